-- Employers.

-- @one employer_get
SELECT id, code, uscc, name, name_key, kind, size, industry, district, street, address, about, contact_name, contact_phone, status,
       verified_at, verified_by, created_at, version
  FROM employer WHERE id = :id;

-- @one employer_known_as
SELECT name, status FROM employer WHERE id = :id;

-- @many employer_by_code
SELECT id, code, uscc, name, status, district FROM employer WHERE code = :code;

-- @many employer_by_uscc
SELECT id, code, uscc, name, status, district FROM employer WHERE uscc = :uscc;

-- @many employer_by_key
SELECT id, code, uscc, name, status, district, verified_at FROM employer WHERE name_key = :name_key
 ORDER BY CASE status WHEN 'blocked' THEN 1 WHEN 'verified' THEN 2 WHEN 'claimed' THEN 3 ELSE 4 END, id LIMIT 20;

-- @one employer_add
-- @out id i64
INSERT INTO employer (code, uscc, name, name_key, kind, size, industry, district, street, address, about, contact_name, contact_phone, status, created_at)
VALUES (:code, :uscc?, :name, :name_key, :kind, :size, :industry, :district, :street, :address, :about, :contact_name?, :contact_phone?, :status, :created_at)
RETURNING id;

-- @exec employer_code
UPDATE employer SET code = :code WHERE id = :id;

-- @exec employer_edit
UPDATE employer SET name = :name, name_key = :name_key, kind = :kind, size = :size, industry = :industry, district = :district, street = :street,
       address = :address, about = :about, contact_name = :contact_name?, contact_phone = :contact_phone?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec employer_move
UPDATE employer SET status = :status, verified_at = :verified_at?, verified_by = :verified_by?, uscc = :uscc?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec employer_release
UPDATE employer SET uscc = NULL, version = version + 1 WHERE id = :id;

-- @exec employer_absorbed
UPDATE employer SET name_key = '=' || code, version = version + 1 WHERE id = :id;

-- @exec employer_log_add
INSERT INTO employer_log (employer_id, at, account_id, role, action, from_status, to_status, note)
VALUES (:employer_id, :at, :account_id, :role, :action, :from_status, :to_status, :note);

-- @many employer_log_list
SELECT id, at, account_id, role, action, from_status, to_status, note FROM employer_log
 WHERE employer_id = :employer_id ORDER BY id DESC LIMIT 50;

-- @many employer_list
-- @in lim i64, off i64, words text?
-- @out jobs i64, total i64
SELECT e.id, e.code, e.uscc, e.name, e.status, e.district, e.industry, e.verified_at, e.created_at,
       (SELECT count(*) FROM job j WHERE j.employer_id = e.id AND j.status = 'open') AS jobs, count(*) OVER () AS total
  FROM employer e
 WHERE substr(e.name_key, 1, 1) <> '=' AND (:district? IS NULL OR e.district = :district) AND (:status? IS NULL OR e.status = :status)
   AND (:name_key? IS NULL OR e.name_key = :name_key)
   AND (:uscc? IS NULL OR e.uscc = :uscc)
--sqlite    AND (:words IS NULL OR instr(e.name_key, :words) > 0)
--pg    AND (:words IS NULL OR strpos(e.name_key, :words) > 0)
 ORDER BY e.id DESC LIMIT :lim OFFSET :off;

-- @many employer_lapsed
-- @in lim i64
SELECT id FROM employer WHERE status = 'verified' AND verified_at < :verified_at ORDER BY verified_at LIMIT :lim;
