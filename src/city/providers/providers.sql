-- Providers: the registry, agreements with their projects, yearly assessments, sanctions.

-- @one provider_get
SELECT id, code, kind, name, short_name, uscc, licence, licence_from, licence_to, legal_person, contact, phone, district, street, address,
       about, employer_id, base, public_kind, credit, bank, bank_account, status, filed_on, due_on, reason, created_at, version
  FROM provider WHERE id = :id;

-- @many provider_codes
SELECT id, code, name, status, district FROM provider WHERE code = :code;

-- @many provider_by_uscc
SELECT id, code, name FROM provider WHERE uscc = :uscc;

-- @many provider_list
-- @in lim i64, off i64, words text?, occupation text?, grade text?, grade_year i64, on_day i64
-- @out grade text, agreements i64, total i64
SELECT p.id, p.code, p.kind, p.name, p.short_name, p.licence_to, p.contact, p.phone, p.district, p.street, p.address, p.base, p.credit,
       p.status, p.filed_on, p.due_on,
       COALESCE((SELECT a.grade FROM assessment a WHERE a.provider_id = p.id AND a.status = 'published' AND a.year <= :grade_year
                  ORDER BY a.year DESC LIMIT 1), '') AS grade,
       (SELECT count(*) FROM agreement g WHERE g.provider_id = p.id AND g.status = 'signed' AND g.from_on <= :on_day AND g.to_on >= :on_day) AS agreements,
       count(*) OVER () AS total
  FROM provider p
 WHERE (:district? IS NULL OR p.district = :district) AND (:kind? IS NULL OR p.kind = :kind) AND (:status? IS NULL OR p.status = :status)
   AND (:occupation? IS NULL OR EXISTS (SELECT 1 FROM agreement g JOIN project j ON j.agreement_id = g.id
         WHERE g.provider_id = p.id AND g.status = 'signed' AND g.to_on >= :on_day AND (j.closed_on IS NULL OR j.closed_on > :on_day) AND j.occupation = :occupation))
   AND (:grade? IS NULL OR :grade = (SELECT a.grade FROM assessment a WHERE a.provider_id = p.id AND a.status = 'published'
         AND a.year <= :grade_year ORDER BY a.year DESC LIMIT 1))
--sqlite    AND (:words IS NULL OR instr(p.name, :words) > 0)
--pg    AND (:words IS NULL OR strpos(p.name, :words) > 0)
 ORDER BY p.id LIMIT :lim OFFSET :off;

-- @one provider_add
-- @out id i64
INSERT INTO provider (code, kind, name, short_name, uscc, licence, licence_from, licence_to, legal_person, contact, phone, district, street,
       address, about, employer_id, base, credit, bank, bank_account, status, created_at)
VALUES (:code, :kind, :name, :short_name, :uscc, :licence, :licence_from?, :licence_to?, :legal_person, :contact, :phone, :district, :street,
       :address, :about, :employer_id?, :base, :credit, :bank, :bank_account?, :status, :created_at)
RETURNING id;

-- @exec provider_name_code
UPDATE provider SET code = :code WHERE id = :id;

-- @exec provider_edit
UPDATE provider SET name = :name, short_name = :short_name, licence = :licence, licence_from = :licence_from?, licence_to = :licence_to?,
       legal_person = :legal_person, contact = :contact, phone = :phone, district = :district, street = :street, address = :address,
       about = :about, bank = :bank, bank_account = :bank_account?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec provider_standing
UPDATE provider SET base = :base, public_kind = :public_kind, version = version + 1 WHERE id = :id;

-- @exec provider_credit
UPDATE provider SET credit = :credit, version = version + 1 WHERE id = :id;

-- @exec provider_move
UPDATE provider SET status = :status, filed_on = :filed_on?, due_on = :due_on?, reason = :reason, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec provider_place_filed
UPDATE provider_place SET filed_on = :filed_on WHERE provider_id = :provider_id AND filed_on IS NULL;

-- @exec provider_teacher_filed
UPDATE provider_teacher SET filed_on = :filed_on WHERE provider_id = :provider_id AND filed_on IS NULL;

-- @exec provider_log_add
INSERT INTO provider_log (kind, object_id, provider_id, at, account_id, role, action, from_status, to_status, note)
VALUES (:kind, :object_id, :provider_id, :at, :account_id, :role, :action, :from_status, :to_status, :note);

-- @many provider_log_list
SELECT id, kind, object_id, at, account_id, role, action, from_status, to_status, note FROM provider_log
 WHERE kind = :kind AND object_id = :object_id ORDER BY id DESC LIMIT 50;

-- ---- places, teachers, equipment ----

-- @many provider_place_list
SELECT id, provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on, to_on, filed_on
  FROM provider_place WHERE provider_id = :provider_id ORDER BY id;

-- @one provider_place_get
SELECT id, provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on, to_on, filed_on FROM provider_place WHERE id = :id;

-- @one provider_place_add
-- @out id i64
INSERT INTO provider_place (provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on, filed_on)
VALUES (:provider_id, :name, :address, :district, :street, :lng, :lat, :radius_m, :seats, :from_on, :filed_on?)
RETURNING id;

-- @exec provider_place_end
UPDATE provider_place SET to_on = :to_on WHERE id = :id AND provider_id = :provider_id;

-- @many provider_teacher_list
SELECT id, provider_id, name, kind, occupation, certificate, level, courses, from_on, to_on, filed_on
  FROM provider_teacher WHERE provider_id = :provider_id ORDER BY id;

-- @one provider_teacher_get
SELECT id, provider_id, name, kind, occupation, certificate, level, courses, from_on, to_on, filed_on FROM provider_teacher WHERE id = :id;

-- @one provider_teacher_add
-- @out id i64
INSERT INTO provider_teacher (provider_id, name, kind, occupation, certificate, level, courses, from_on, filed_on)
VALUES (:provider_id, :name, :kind, :occupation, :certificate, :level, :courses, :from_on, :filed_on?)
RETURNING id;

-- @exec provider_teacher_end
UPDATE provider_teacher SET to_on = :to_on WHERE id = :id AND provider_id = :provider_id;

-- @many provider_equipment_list
SELECT id, provider_id, occupation, name, model, quantity FROM provider_equipment WHERE provider_id = :provider_id ORDER BY occupation, id;

-- @exec provider_equipment_add
INSERT INTO provider_equipment (provider_id, occupation, name, model, quantity) VALUES (:provider_id, :occupation, :name, :model, :quantity);

-- @exec provider_equipment_remove
DELETE FROM provider_equipment WHERE id = :id AND provider_id = :provider_id;

-- ---- agreements and projects ----

-- @one agreement_get
SELECT g.id, g.code, g.provider_id, g.district, g.year, g.from_on, g.to_on, g.status, g.asked_on, g.due_on, g.decided_by, g.decided_on,
       g.reason, g.version, p.name, p.short_name, p.kind, p.code AS provider_code
  FROM agreement g JOIN provider p ON p.id = g.provider_id WHERE g.id = :id;

-- @many agreement_id_of
SELECT id FROM agreement WHERE code = :code;

-- @many agreement_list
-- @in on_day i64, lim i64, off i64
-- @out projects i64, total i64
SELECT g.id, g.code, g.provider_id, g.district, g.year, g.from_on, g.to_on, g.status, g.asked_on, g.due_on, g.reason,
       p.name, p.kind, p.code AS provider_code,
       (SELECT count(*) FROM project j WHERE j.agreement_id = g.id AND (j.closed_on IS NULL OR j.closed_on > :on_day)) AS projects, count(*) OVER () AS total
  FROM agreement g JOIN provider p ON p.id = g.provider_id
 WHERE (:district? IS NULL OR g.district = :district) AND (:year? IS NULL OR g.year = :year) AND (:status? IS NULL OR g.status = :status)
   AND (:provider_id? IS NULL OR g.provider_id = :provider_id)
 ORDER BY CASE g.status WHEN 'asked' THEN 0 ELSE 1 END, g.year DESC, g.id DESC LIMIT :lim OFFSET :off;

-- @one agreement_add
-- @out id i64
INSERT INTO agreement (code, provider_id, district, year, status) VALUES (:code, :provider_id, :district, :year, :status) RETURNING id;

-- @exec agreement_code
UPDATE agreement SET code = :code WHERE id = :id;

-- @exec agreement_move
-- @in was i64
UPDATE agreement SET status = :status, from_on = :from_on?, to_on = :to_on?, asked_on = :asked_on?, due_on = :due_on?, decided_by = :decided_by?,
       decided_on = :decided_on?, reason = :reason, version = version + 1
 WHERE id = :id AND version = :was;

-- @many agreement_over
-- @in on_day i64, lim i64
SELECT id FROM agreement WHERE status IN ('signed', 'suspended') AND to_on < :on_day ORDER BY id LIMIT :lim;

-- @many agreement_of_provider
SELECT id, district, status FROM agreement WHERE provider_id = :provider_id AND status IN ('asked', 'signed', 'suspended');

-- @many project_list
SELECT id, agreement_id, occupation, name, top_level, capacity, closed_on, closed_why FROM project WHERE agreement_id = :agreement_id ORDER BY id;

-- @many project_of_provider
-- @in on_day i64
SELECT j.id, j.agreement_id, j.occupation, j.name, j.top_level, j.capacity, j.closed_on, j.closed_why, g.code, g.district, g.year, g.from_on, g.to_on, g.status
  FROM project j JOIN agreement g ON g.id = j.agreement_id
 WHERE g.provider_id = :provider_id AND g.status IN ('signed', 'suspended') AND g.to_on >= :on_day
 ORDER BY j.id;

-- @one project_get
SELECT j.id, j.agreement_id, j.occupation, j.name, j.top_level, j.capacity, j.closed_on, j.closed_why, g.provider_id, g.code, g.district,
       g.year, g.from_on, g.to_on, g.status
  FROM project j JOIN agreement g ON g.id = j.agreement_id WHERE j.id = :id;

-- @one project_add
-- @out id i64
INSERT INTO project (agreement_id, occupation, name, top_level, capacity) VALUES (:agreement_id, :occupation, :name, :top_level, :capacity) RETURNING id;

-- @exec project_remove
DELETE FROM project WHERE id = :id AND agreement_id = :agreement_id;

-- @many project_left
-- @in catalogue_id i64
SELECT j.id, j.occupation, j.name, g.provider_id, g.id AS agreement_id
  FROM project j JOIN agreement g ON g.id = j.agreement_id
 WHERE j.closed_on IS NULL AND g.status IN ('asked', 'signed', 'suspended')
   AND NOT EXISTS (SELECT 1 FROM catalogue_item i WHERE i.catalogue_id = :catalogue_id AND i.occupation = j.occupation)
 ORDER BY j.id;

-- @exec project_close
UPDATE project SET closed_on = :closed_on, closed_why = :closed_why WHERE id = :id AND closed_on IS NULL;

-- @many project_in_force
-- @in on_day i64
SELECT j.occupation, j.name, j.top_level, j.capacity, g.district, p.id AS provider_id, p.code AS provider_code, p.name AS provider_name
  FROM project j JOIN agreement g ON g.id = j.agreement_id JOIN provider p ON p.id = g.provider_id
 WHERE g.status = 'signed' AND g.from_on <= :on_day AND g.to_on >= :on_day AND (j.closed_on IS NULL OR j.closed_on > :on_day)
 ORDER BY p.id, j.id LIMIT 5000;

-- ---- yearly assessment ----

-- @one assessment_get
SELECT a.id, a.provider_id, a.year, a.status, a.self_report, a.scores, a.score, a.grade, a.comment, a.visited_on, a.published_on, a.version,
       p.name, p.code AS provider_code, p.district, p.licence_from, p.kind
  FROM assessment a JOIN provider p ON p.id = a.provider_id WHERE a.id = :id;

-- @many assessment_of
SELECT id, provider_id, year, status, score, grade, published_on FROM assessment WHERE provider_id = :provider_id ORDER BY year DESC;

-- @many assessment_list
-- @out provider_code text
SELECT a.id, a.provider_id, a.year, a.status, a.score, a.grade, a.visited_on, a.published_on, p.name, p.code AS provider_code, p.district
  FROM assessment a JOIN provider p ON p.id = a.provider_id
 WHERE (:district? IS NULL OR p.district = :district) AND a.year = :year AND (:status? IS NULL OR a.status = :status)
 ORDER BY p.district, COALESCE(a.score, 0) DESC, a.id LIMIT 1000;

-- @many assessment_missing
-- @in year i64
SELECT p.id, p.licence_from FROM provider p
 WHERE p.kind = 'school' AND p.district = :district AND p.status IN ('registered', 'amended')
   AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.provider_id = p.id AND a.year = :year) ORDER BY p.id;

-- @one assessment_add
-- @out id i64
INSERT INTO assessment (provider_id, year, status) VALUES (:provider_id, :year, :status) RETURNING id;

-- @exec assessment_move
-- @in was i64
UPDATE assessment SET status = :status, self_report = :self_report, scores = :scores, score = :score?, grade = :grade, comment = :comment,
       visited_on = :visited_on?, published_on = :published_on?, version = version + 1
 WHERE id = :id AND version = :was;

-- @one assessment_count
-- @out n i64, a i64
SELECT count(*) AS n, CAST(COALESCE(sum(CASE WHEN a.grade = 'A' THEN 1 ELSE 0 END), 0) AS BIGINT) AS a
  FROM assessment a JOIN provider p ON p.id = a.provider_id WHERE p.district = :district AND a.year = :year;

-- ---- sanctions ----

-- @one sanction_get
SELECT s.id, s.code, s.provider_id, s.district, s.class_id, s.step, s.cause, s.facts, s.decided_on, s.fix_by, s.ban_until, s.status, s.proposed,
       s.report_by, s.reported_on, s.fixed_on, s.account_id, s.version, p.name, p.code AS provider_code
  FROM sanction s JOIN provider p ON p.id = s.provider_id WHERE s.id = :id;

-- @many sanction_id_of
SELECT id FROM sanction WHERE code = :code;

-- @many sanction_list
-- @in lim i64, off i64
-- @out total i64
SELECT s.id, s.code, s.provider_id, s.district, s.class_id, s.step, s.cause, s.facts, s.decided_on, s.fix_by, s.ban_until, s.status, s.proposed,
       s.report_by, s.reported_on, s.fixed_on, p.name, p.code AS provider_code, count(*) OVER () AS total
  FROM sanction s JOIN provider p ON p.id = s.provider_id
 WHERE (:district? IS NULL OR s.district = :district) AND (:provider_id? IS NULL OR s.provider_id = :provider_id)
   AND (:status? IS NULL OR s.status = :status)
 ORDER BY s.decided_on DESC, s.id DESC LIMIT :lim OFFSET :off;

-- @many sanction_of_provider
SELECT id, code, step, cause, decided_on, fix_by, ban_until, status, proposed FROM sanction WHERE provider_id = :provider_id ORDER BY decided_on, id;

-- @one sanction_add
-- @out id i64
INSERT INTO sanction (code, provider_id, district, class_id, step, cause, facts, decided_on, fix_by, ban_until, status, proposed, report_by, account_id)
VALUES (:code, :provider_id, :district, :class_id?, :step, :cause, :facts, :decided_on, :fix_by, :ban_until?, :status, :proposed, :report_by, :account_id)
RETURNING id;

-- @exec sanction_code
UPDATE sanction SET code = :code WHERE id = :id;

-- @exec sanction_move
-- @in was i64
UPDATE sanction SET status = :status, facts = :facts, decided_on = :decided_on, fix_by = :fix_by, ban_until = :ban_until?, report_by = :report_by,
       reported_on = :reported_on?, fixed_on = :fixed_on?, account_id = :account_id, version = version + 1
 WHERE id = :id AND version = :was;

-- ---- what is due, for the homes ----

-- @one provider_due_district
-- @in district i64, today i64
-- @out filings i64, agreements i64, fixes i64, reports i64, proposals i64
SELECT (SELECT count(*) FROM provider p WHERE p.district = :district AND p.status IN ('filed', 'amended')) AS filings,
       (SELECT count(*) FROM agreement g WHERE g.district = :district AND g.status = 'asked') AS agreements,
       (SELECT count(*) FROM sanction s WHERE s.district = :district AND s.status = 'decided' AND s.fix_by < :today) AS fixes,
       (SELECT count(*) FROM sanction s WHERE s.district = :district AND s.status IN ('decided', 'fixed') AND s.reported_on IS NULL) AS reports,
       (SELECT count(*) FROM sanction s WHERE s.district = :district AND s.status = 'proposed') AS proposals;

-- @many provider_late
-- @in today i64
-- @out district i64, filings i64, agreements i64, fixes i64, reports i64
SELECT p.district,
       CAST(sum(CASE WHEN p.status IN ('filed', 'amended') AND p.due_on < :today THEN 1 ELSE 0 END) AS BIGINT) AS filings,
       CAST(sum((SELECT count(*) FROM agreement g WHERE g.provider_id = p.id AND g.status = 'asked' AND g.due_on < :today)) AS BIGINT) AS agreements,
       CAST(sum((SELECT count(*) FROM sanction s WHERE s.provider_id = p.id AND s.status = 'decided' AND s.fix_by < :today)) AS BIGINT) AS fixes,
       CAST(sum((SELECT count(*) FROM sanction s WHERE s.provider_id = p.id AND s.status IN ('decided', 'fixed') AND s.reported_on IS NULL
                   AND s.report_by < :today)) AS BIGINT) AS reports
  FROM provider p GROUP BY p.district ORDER BY p.district;

-- @one provider_results
-- @out began i64, completed i64, passed i64
SELECT count(*) AS began,
       CAST(COALESCE(sum(CASE WHEN t.status IN ('completed', 'passed', 'failed') THEN 1 ELSE 0 END), 0) AS BIGINT) AS completed,
       CAST(COALESCE(sum(CASE WHEN t.status = 'passed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS passed
  FROM trainee t JOIN class c ON c.id = t.class_id
 WHERE c.provider_id = :provider_id AND c.status IN ('finished', 'examined', 'closed') AND t.status IN ('attending', 'completed', 'passed', 'failed', 'dropped');
