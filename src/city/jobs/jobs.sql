-- Ads.

-- @one job_get
SELECT j.id, j.code, j.employer_id, j.title, j.occupation, j.occupation_by, j.description, j.requirements, j.openings, j.wage_text, j.wage_unit,
       j.wage_min, j.wage_max, j.wage_months, j.month_min, j.month_max, j.district, j.street, j.place, j.address, j.lng, j.lat, j.education,
       j.experience, j.job_type, j.shift, j.benefits, j.certificates, j.hours, j.contact_name, j.contact_phone, j.source, j.source_name, j.source_ref,
       j.station_id, j.status, j.posted_on, j.valid_until, j.verified_on, j.outcome, j.created_at, j.created_by, j.version,
       e.name AS employer_name, e.code AS employer_code, e.status AS employer_status, s.name AS station_name, s.code AS station_code
  FROM job j JOIN employer e ON e.id = j.employer_id LEFT JOIN station s ON s.id = j.station_id
 WHERE j.id = :id;

-- @many job_by_code
SELECT id, status FROM job WHERE code = :code;

-- @many job_twin
-- @in lim i64
SELECT id FROM job
 WHERE employer_id = :employer_id AND title = :title AND street = :street AND place = :place AND wage_text = :wage_text AND description = :description
   AND openings = :openings AND status IN ('open', 'review') ORDER BY id LIMIT :lim;

-- @many job_by_source
SELECT id, status, version FROM job WHERE source_name = :source_name AND source_ref = :source_ref;

-- The number of the next ad: it is part of the ad's code. On SQLite for who writes.
-- @one job_next
-- @out id i64
--sqlite SELECT coalesce(max(id), 0) + 1 AS id FROM job;
--pg SELECT nextval(pg_get_serial_sequence('job', 'id')) AS id;

-- @exec job_add
INSERT INTO job (id, code, employer_id, title, occupation, occupation_by, description, requirements, openings, wage_text, wage_unit, wage_min, wage_max,
       wage_months, month_min, month_max, district, street, place, address, lng, lat, education, experience, job_type, shift, benefits, certificates, hours,
       contact_name, contact_phone, source, source_name, source_ref, station_id, status, posted_on, valid_until, verified_on, created_at, created_by)
VALUES (:id, :code, :employer_id, :title, :occupation?, :occupation_by, :description, :requirements, :openings, :wage_text, :wage_unit, :wage_min?,
       :wage_max?, :wage_months, :month_min?, :month_max?, :district, :street, :place, :address, :lng?, :lat?, :education, :experience, :job_type, :shift,
       :benefits, :certificates, :hours, :contact_name?, :contact_phone?, :source, :source_name, :source_ref?, :station_id?, :status, :posted_on,
       :valid_until, :verified_on?, :created_at, :created_by);

-- @exec job_edit
UPDATE job SET title = :title, occupation = :occupation?, occupation_by = :occupation_by, description = :description, requirements = :requirements,
       openings = :openings, wage_text = :wage_text, wage_unit = :wage_unit, wage_min = :wage_min?, wage_max = :wage_max?, wage_months = :wage_months,
       month_min = :month_min?, month_max = :month_max?, district = :district, street = :street, place = :place, address = :address, lng = :lng?, lat = :lat?,
       education = :education, experience = :experience, job_type = :job_type, shift = :shift, benefits = :benefits, certificates = :certificates,
       hours = :hours, contact_name = :contact_name?, contact_phone = :contact_phone?, valid_until = :valid_until, verified_on = :verified_on?,
       version = version + 1
 WHERE id = :id AND version = :version;

-- @exec job_move
UPDATE job SET status = :status, outcome = :outcome, valid_until = :valid_until, verified_on = :verified_on?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec job_sighting_add
INSERT INTO job_sighting (job_id, at, source_name, source_ref, station_id, why, words)
VALUES (:job_id, :at, :source_name, :source_ref?, :station_id?, :why, :words)
ON CONFLICT DO NOTHING;

-- @exec job_join
-- @in from_id i64, to_id i64
UPDATE job SET employer_id = :to_id WHERE employer_id = :from_id;

-- @exec job_forget_source
UPDATE job SET source_ref = NULL WHERE id = :id;

-- @many job_by_sighting
SELECT job_id FROM job_sighting WHERE source_name = :source_name AND source_ref = :source_ref AND apart_at IS NULL;

-- @many job_apart_of
SELECT job_id FROM job_sighting
 WHERE source_name = :source_name AND apart_at IS NOT NULL
   AND (source_ref = :source_ref? OR (source_ref IS NULL AND :source_ref? IS NULL AND words = :words));

-- @exec job_sighting_part
UPDATE job_sighting SET apart_at = :apart_at, apart_by = :apart_by WHERE id = :id AND job_id = :job_id AND apart_at IS NULL;

-- @exec job_log_add
INSERT INTO job_log (job_id, at, account_id, role, action, from_status, to_status, note)
VALUES (:job_id, :at, :account_id, :role, :action, :from_status, :to_status, :note);

-- @many job_log_list
SELECT id, at, account_id, role, action, from_status, to_status, note FROM job_log WHERE job_id = :job_id ORDER BY id DESC LIMIT 50;

-- @exec job_look_add
INSERT INTO job_look (job_id, at, who) VALUES (:job_id, :at, :who);

-- @one job_look_count
-- @out n i64
SELECT count(*) AS n FROM job_look WHERE who = :who AND at > :at;

-- @many job_sightings
SELECT s.id, s.at, s.source_name, s.why, s.apart_at, t.name AS station_name FROM job_sighting s LEFT JOIN station t ON t.id = s.station_id
 WHERE s.job_id = :job_id ORDER BY s.id;

-- @many job_index_page
-- @in lim i64
SELECT j.id, j.employer_id, j.title, j.occupation, j.description, j.requirements, j.openings, j.wage_unit, j.month_min, j.month_max, j.district,
       j.street, j.place, j.lng, j.lat, j.education, j.experience, j.job_type, j.shift, j.benefits, j.certificates, j.source, j.posted_on,
       j.valid_until, j.verified_on, e.name AS employer_name, e.status AS employer_status
  FROM job j JOIN employer e ON e.id = j.employer_id
 WHERE j.id > :id AND j.status = 'open' AND e.status <> 'blocked' ORDER BY j.id LIMIT :lim;

-- @many job_index_one
SELECT j.id, j.employer_id, j.title, j.occupation, j.description, j.requirements, j.openings, j.wage_unit, j.month_min, j.month_max, j.district,
       j.street, j.place, j.lng, j.lat, j.education, j.experience, j.job_type, j.shift, j.benefits, j.certificates, j.source, j.posted_on,
       j.valid_until, j.verified_on, e.name AS employer_name, e.status AS employer_status
  FROM job j JOIN employer e ON e.id = j.employer_id
 WHERE j.id = :id AND j.status = 'open' AND e.status <> 'blocked';

-- @many job_expired
-- @in lim i64
SELECT id FROM job WHERE status = 'open' AND valid_until < :valid_until ORDER BY valid_until, id LIMIT :lim;

-- @many job_list
-- @in lim i64, off i64
-- @out total i64
SELECT j.id, j.code, j.title, j.openings, j.wage_text, j.place, j.status, j.posted_on, j.valid_until, j.verified_on, j.source_name, j.version,
       e.name AS employer_name, e.code AS employer_code, e.status AS employer_status, count(*) OVER () AS total
  FROM job j JOIN employer e ON e.id = j.employer_id
 WHERE (:employer_id? IS NULL OR j.employer_id = :employer_id) AND (:station_id? IS NULL OR j.station_id = :station_id)
   AND (:district? IS NULL OR j.district = :district) AND (:status? IS NULL OR j.status = :status)
   AND (:verified_on? IS NULL OR coalesce(j.verified_on, j.posted_on) < :verified_on)
   AND (:valid_until? IS NULL OR j.valid_until <= :valid_until)
 ORDER BY j.id DESC LIMIT :lim OFFSET :off;

-- @many job_states
-- @out ads i64, openings i64
SELECT status, count(*) AS ads, coalesce(CAST(sum(openings) AS BIGINT), 0) AS openings FROM job
 WHERE (:employer_id? IS NULL OR employer_id = :employer_id) AND (:station_id? IS NULL OR station_id = :station_id)
   AND (:district? IS NULL OR district = :district)
 GROUP BY status;

-- @many job_site_page
-- @in lim i64
SELECT id, code, posted_on, verified_on FROM job WHERE id > :id AND status = 'open' ORDER BY id LIMIT :lim;

-- @one job_counts
-- @out ads i64, openings i64
SELECT count(*) AS ads, coalesce(CAST(sum(openings) AS BIGINT), 0) AS openings FROM job WHERE status = 'open';

-- @exec job_report_add
INSERT INTO job_report (job_id, at, reason, detail) VALUES (:job_id, :at, :reason, :detail);

-- @many job_report_list
-- @in lim i64
SELECT r.id, r.job_id, r.at, r.reason, r.detail, j.code, j.title, j.status, j.district, j.station_id FROM job_report r JOIN job j ON j.id = r.job_id
 WHERE r.handled_at IS NULL AND (:station_id? IS NULL OR j.station_id = :station_id OR (j.station_id IS NULL AND j.district = :district?))
 ORDER BY r.id LIMIT :lim;

-- @many job_reports_of
SELECT id, at, reason, detail, handled_at, answer FROM job_report WHERE job_id = :job_id ORDER BY id DESC LIMIT 20;

-- @many job_report_get
SELECT id, job_id FROM job_report WHERE id = :id AND handled_at IS NULL;

-- @many job_report_about
SELECT job_id FROM job_report WHERE id = :id;

-- @one job_report_waiting
-- @out n i64
SELECT count(*) AS n FROM job_report r JOIN job j ON j.id = r.job_id
 WHERE r.handled_at IS NULL AND (:station_id? IS NULL OR j.station_id = :station_id OR (j.station_id IS NULL AND j.district = :district?));

-- @exec job_report_handle
UPDATE job_report SET handled_at = :handled_at, handled_by = :handled_by, answer = :answer WHERE id = :id AND handled_at IS NULL;

-- @many job_open_of
SELECT id FROM job WHERE employer_id = :employer_id AND status = 'open';
