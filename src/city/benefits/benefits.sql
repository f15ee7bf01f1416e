-- What could I get: open classes and the catalogue in force, with their amounts.

-- @many benefit_classes
-- @in today i64, lim i64
-- @out sample i64, rate i64?, fee i64?, first_level i64?, taken i64
SELECT c.id, c.code, c.name AS class_name, c.occupation, c.line, c.level, c.hours, c.mode, c.audience, c.starts_on, c.ends_on, c.seats, c.district,
       p.name AS provider_name, p.kind AS provider_kind, p.base, p.credit, p.public_kind, i.name AS item_name, i.urgency, i.class AS evaluation, k.title AS catalogue,
       CASE WHEN k.sample = 1 OR i.origin <> 'official' THEN 1 ELSE 0 END AS sample, e.uscc AS employer_uscc,
       (SELECT max(r.amount) FROM catalogue_rate r WHERE r.item_id = c.item_id AND r.level = c.level AND r.hours = c.hours
          AND k.effective_on <= c.starts_on AND (k.until_on IS NULL OR k.until_on >= c.starts_on)) AS rate,
       (SELECT max(f.amount) FROM evaluation_fee f WHERE f.catalogue_id = c.catalogue_id AND f.class = i.class
          AND f.level = CASE WHEN c.line = 'centre' THEN 3 ELSE c.level END) AS fee,
       (SELECT max(r.level) FROM catalogue_rate r WHERE r.item_id = c.item_id) AS first_level,
       (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('refused', 'dropped')) AS taken
  FROM class c JOIN provider p ON p.id = c.provider_id JOIN catalogue_item i ON i.id = c.item_id JOIN catalogue k ON k.id = c.catalogue_id
       LEFT JOIN employer e ON e.id = c.employer_id
 WHERE c.status = 'approved' AND c.starts_on > :today ORDER BY c.starts_on, c.id LIMIT :lim;

-- @many benefit_items
-- @in today i64
-- @out sample i64
SELECT i.id, i.occupation, i.name, i.urgency, i.sector, k.title,
       CASE WHEN k.sample = 1 OR EXISTS (SELECT 1 FROM catalogue_item o WHERE o.catalogue_id = k.id AND o.origin <> 'official') THEN 1 ELSE 0 END AS sample
  FROM catalogue_item i JOIN catalogue k ON k.id = i.catalogue_id
 WHERE k.status IN ('published', 'superseded') AND k.effective_on <= :today AND (k.until_on IS NULL OR k.until_on >= :today) ORDER BY i.seq, i.id LIMIT 400;

-- @many benefit_rates
-- @in id i64
-- @out fee i64?
SELECT i.occupation, i.name, i.urgency, i.class AS evaluation, k.title, r.level, r.hours, r.amount,
       (SELECT max(f.amount) FROM evaluation_fee f WHERE f.catalogue_id = i.catalogue_id AND f.class = i.class AND f.level = r.level) AS fee
  FROM catalogue_item i JOIN catalogue k ON k.id = i.catalogue_id JOIN catalogue_rate r ON r.item_id = i.id
 WHERE i.id = :id ORDER BY CASE WHEN r.level = 0 THEN 9 ELSE r.level END DESC, r.hours DESC;
