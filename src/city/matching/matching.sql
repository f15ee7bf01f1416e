-- People as the match engine holds them: those who told their wishes and agreed to be served.

-- @many matching_page
-- @in lim i64
SELECT p.id FROM person p JOIN wish w ON w.person_id = p.id
 WHERE p.id > :id AND p.erase_on IS NULL AND p.erased_at IS NULL
   AND EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.purpose = 'service' AND c.withdrawn_at IS NULL)
 ORDER BY p.id LIMIT :lim;

-- @many matching_one
SELECT p.id FROM person p JOIN wish w ON w.person_id = p.id
 WHERE p.id = :id AND p.erase_on IS NULL AND p.erased_at IS NULL
   AND EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND c.purpose = 'service' AND c.withdrawn_at IS NULL);
