-- Saved searches.

-- @one search_add
-- @out id i64
INSERT INTO saved_search (account_id, mail, mail_find, asked, label, every, status, created_at, confirmed_at, due)
VALUES (:account_id?, :mail?, :mail_find?, :asked, :label, :every, :status, :created_at, :confirmed_at?, :due)
RETURNING id;

-- @many search_get
SELECT id, account_id, mail, mail_find, asked, label, every, status, created_at, due FROM saved_search WHERE id = :id;

-- @many search_same
SELECT id, status FROM saved_search
 WHERE asked = :asked AND status <> 'ended' AND (account_id = :account_id? OR (account_id IS NULL AND mail_find = :mail_find?));

-- @one search_count
-- @out mine i64, unconfirmed i64
SELECT count(*) AS mine, CAST(coalesce(sum(CASE WHEN status = 'asked' THEN 1 ELSE 0 END), 0) AS BIGINT) AS unconfirmed
  FROM saved_search
 WHERE status <> 'ended' AND (account_id = :account_id? OR mail_find = :mail_find?);

-- @many search_mine
-- @out fresh i64
SELECT id, asked, label, every, status, created_at, due,
       (SELECT count(*) FROM saved_search_hit h WHERE h.search_id = saved_search.id) AS fresh
  FROM saved_search
 WHERE account_id = :account_id AND status <> 'ended' ORDER BY id DESC;

-- @many search_active
-- @in lim i64
SELECT id, asked FROM saved_search WHERE id > :id AND status = 'active' ORDER BY id LIMIT :lim;

-- @many search_to_tell
-- @in now i64, lim i64
SELECT id, mail, label, asked, every FROM saved_search
 WHERE status = 'active' AND mail IS NOT NULL AND due <= :now
   AND EXISTS (SELECT 1 FROM saved_search_hit h WHERE h.search_id = saved_search.id AND h.told_at IS NULL)
 ORDER BY due, id LIMIT :lim;

-- @many search_found
-- @in lim i64
SELECT job_id FROM saved_search_hit WHERE search_id = :search_id AND told_at IS NULL ORDER BY job_id DESC LIMIT :lim;

-- @exec search_hit
INSERT INTO saved_search_hit (search_id, job_id, at, told_at)
SELECT s.id, :job_id, :at, NULL FROM saved_search s WHERE s.id = :search_id AND s.status = 'active'
ON CONFLICT (search_id, job_id) DO NOTHING;

-- @exec search_told
UPDATE saved_search_hit SET told_at = :told_at WHERE search_id = :search_id AND told_at IS NULL;

-- @exec search_due
UPDATE saved_search SET due = :due WHERE id = :id;

-- @exec search_confirm
UPDATE saved_search SET status = 'active', confirmed_at = :confirmed_at WHERE id = :id AND status = 'asked';

-- @exec search_every
UPDATE saved_search SET every = :every, due = :due WHERE id = :id AND status <> 'ended';

-- @exec search_drop_hits
DELETE FROM saved_search_hit WHERE search_id = :search_id;

-- @exec search_drop
DELETE FROM saved_search WHERE id = :id;

-- @many search_stale
-- @in before i64
SELECT id FROM saved_search WHERE status = 'asked' AND created_at < :before ORDER BY id LIMIT 200;

-- @many search_of_person
SELECT s.id, s.mail, s.label, s.every, s.status, s.created_at
  FROM saved_search s JOIN account a ON a.id = s.account_id WHERE a.person_id = :person_id ORDER BY s.id;

-- @exec search_hits_old
-- @in before i64
DELETE FROM saved_search_hit WHERE told_at IS NOT NULL AND at < :before;
