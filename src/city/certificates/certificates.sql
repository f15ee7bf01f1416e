-- Certificates, the evaluators who issue them, and the result files they send.

-- @many certificate_get
-- @in first_id i64, last_id i64
-- @out class_code text, class_name text, provider_name text, trainee_code text, provider_id i64, class_id i64
SELECT x.id, x.number, x.kind, x.person_id, x.trainee_id, x.occupation, x.level, x.issued_on, x.evaluator, x.status, x.checks, x.result_file_id,
       x.first_by, x.second_by, x.evidence, x.at, x.version, c.id AS class_id, c.code AS class_code, c.name AS class_name, c.district,
       c.provider_id, v.name AS provider_name, t.code AS trainee_code
  FROM certificate x JOIN trainee t ON t.id = x.trainee_id JOIN class c ON c.id = t.class_id JOIN provider v ON v.id = c.provider_id
 WHERE x.id BETWEEN :first_id AND :last_id
 LIMIT 1;

-- @many certificate_id_of
SELECT id FROM certificate WHERE trainee_id = :trainee_id;

-- @many certificate_number
SELECT id, person_id, trainee_id, level, issued_on, status, version FROM certificate WHERE number = :number;

-- @many certificate_list
-- @in off i64, lim i64
-- @out class_code text, class_name text, provider_name text, trainee_code text, total i64
SELECT x.id, x.number, x.level, x.issued_on, x.evaluator, x.status, x.first_by, c.code AS class_code, c.name AS class_name,
       v.name AS provider_name, t.code AS trainee_code, count(*) OVER () AS total
  FROM certificate x JOIN trainee t ON t.id = x.trainee_id JOIN class c ON c.id = t.class_id JOIN provider v ON v.id = c.provider_id
 WHERE (:district? IS NULL OR c.district = :district) AND (:status? IS NULL OR x.status = :status)
 ORDER BY CASE x.status WHEN 'entered' THEN 0 WHEN 'seen' THEN 1 WHEN 'doubtful' THEN 2 ELSE 3 END, x.at DESC, x.id DESC
 LIMIT :lim OFFSET :off;

-- @one certificate_insert
INSERT INTO certificate (number, kind, person_id, trainee_id, occupation, level, issued_on, evaluator, status, checks, result_file_id, at)
VALUES (:number, :kind, :person_id, :trainee_id, :occupation, :level, :issued_on, :evaluator, :status, :checks, :result_file_id?, :at)
RETURNING id;

-- @exec certificate_step
UPDATE certificate
   SET status = :status, first_by = :first_by?, second_by = :second_by?, evidence = :evidence, result_file_id = :result_file_id?,
       version = version + 1
 WHERE id = :id AND version = :version;

-- @many certificate_of_class
-- @out certificate_id i64?, number text?, issued_on i64?, evaluator text?, certificate_status text?
SELECT t.id, t.code, t.status, p.name, x.id AS certificate_id, x.number, x.issued_on, x.evaluator, x.status AS certificate_status
  FROM trainee t JOIN person p ON p.id = t.person_id LEFT JOIN certificate x ON x.trainee_id = t.id
 WHERE t.class_id = :class_id AND t.status NOT IN ('applied', 'refused', 'dropped')
 ORDER BY t.id;

-- @many certificate_class
-- @out provider_name text
SELECT c.id, c.code, c.name, c.provider_id, c.district, c.occupation, c.level, c.certificate, c.ends_on, c.status, v.name AS provider_name
  FROM class c JOIN provider v ON v.id = c.provider_id
 WHERE c.code = :code;

-- @many certificate_trainee
-- @out class_status text, provider_name text
SELECT t.id, t.code, t.class_id, t.person_id, t.status, p.idno_find, c.provider_id, c.district, c.occupation, c.level, c.certificate, c.ends_on,
       c.status AS class_status, v.name AS provider_name
  FROM trainee t JOIN person p ON p.id = t.person_id JOIN class c ON c.id = t.class_id JOIN provider v ON v.id = c.provider_id
 WHERE t.id = :id;

-- @many certificate_trainee_of
SELECT t.id FROM trainee t JOIN person p ON p.id = t.person_id
 WHERE t.class_id = :class_id AND p.idno_find = :idno_find AND t.status NOT IN ('applied', 'refused', 'dropped');

-- @many certificate_trainee_code
SELECT id, class_id FROM trainee WHERE code = :code;

-- @many certificate_person
SELECT idno_find FROM person WHERE id = :id;

-- ---- evaluators ----

-- @many evaluator_list
SELECT id, name, kind, prefix, from_on, to_on FROM evaluator ORDER BY name;

-- @many evaluator_named
SELECT id, name, kind, prefix, from_on, to_on FROM evaluator WHERE name = :name;

-- @one evaluator_insert
INSERT INTO evaluator (name, kind, prefix, from_on) VALUES (:name, :kind, :prefix, :from_on) RETURNING id;

-- @exec evaluator_end
UPDATE evaluator SET to_on = :to_on WHERE id = :id AND to_on IS NULL;

-- ---- result files ----

-- @one result_file_insert
INSERT INTO result_file (name, digest, evaluator, lines, matched, account_id, at) VALUES (:name, :digest, :evaluator, 0, 0, :account_id, :at)
RETURNING id;

-- @many result_file_digest
SELECT id, name, at FROM result_file WHERE digest = :digest;

-- @exec result_file_count
UPDATE result_file SET lines = :lines, matched = :matched WHERE id = :id;

-- @many result_file_list
-- @in first_id i64, last_id i64, off i64, lim i64
-- @out total i64, faults i64
SELECT f.id, f.name, f.digest, f.evaluator, f.lines, f.matched, f.at,
       (SELECT count(*) FROM result_line l WHERE l.file_id = f.id AND l.fault <> '') AS faults, count(*) OVER () AS total
  FROM result_file f
 WHERE f.id BETWEEN :first_id AND :last_id
 ORDER BY f.id DESC LIMIT :lim OFFSET :off;

-- @exec result_line_insert
INSERT INTO result_line (file_id, line, number, idno_find, occupation, level, issued_on, passed, fault)
VALUES (:file_id, :line, :number, :idno_find, :occupation, :level, :issued_on, :passed, :fault);

-- @many result_line_number
SELECT file_id, line, number, idno_find, level, issued_on, passed FROM result_line
 WHERE number = :number AND fault = ''
 ORDER BY file_id DESC LIMIT 5;

-- @many result_line_faults
-- @in lim i64
SELECT line, number, fault FROM result_line WHERE file_id = :file_id AND fault <> '' ORDER BY line LIMIT :lim;

-- ---- the demo ----

-- @many certificate_demo_trainees
-- @in day i64, lim i64
SELECT t.id, t.class_id, t.status, c.ends_on, c.level, c.certificate, c.district
  FROM trainee t JOIN class c ON c.id = t.class_id LEFT JOIN certificate x ON x.trainee_id = t.id
 WHERE c.ends_on < :day AND t.status = 'completed' AND x.id IS NULL
 ORDER BY t.id LIMIT :lim;

-- @one certificate_demo_done
-- @out n i64
SELECT count(*) AS n FROM evaluator;
