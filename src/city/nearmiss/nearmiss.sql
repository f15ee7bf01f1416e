-- What people lack by one certificate.

-- @many near_miss_due
-- @in lim i64
SELECT w.person_id FROM wish w JOIN person p ON p.id = w.person_id
 WHERE p.erase_on IS NULL AND p.erased_at IS NULL
   AND EXISTS (SELECT 1 FROM consent c WHERE c.person_id = w.person_id AND c.purpose = 'service' AND c.withdrawn_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM near_miss n WHERE n.person_id = w.person_id AND n.at > :at AND n.at >= w.updated_at)
 ORDER BY w.person_id LIMIT :lim;

-- @exec near_miss_clear
DELETE FROM near_miss WHERE person_id = :person_id;

-- @exec near_miss_lapsed
DELETE FROM near_miss
 WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.person_id = near_miss.person_id AND c.purpose = 'service' AND c.withdrawn_at IS NULL);

-- @exec near_miss_add
INSERT INTO near_miss (person_id, certificate, ads, openings, at) VALUES (:person_id, :certificate, :ads, :openings, :at);

-- @many near_miss_demand
-- @in fewest i64
-- @out people i64, ads i64
SELECT n.certificate, p.district, count(*) AS people, max(n.ads) AS ads
  FROM near_miss n JOIN person p ON p.id = n.person_id
 WHERE n.certificate <> '' AND p.district <> 0 AND (:district? IS NULL OR p.district = :district)
 GROUP BY n.certificate, p.district HAVING count(*) >= :fewest
 ORDER BY people DESC, n.certificate, p.district;
