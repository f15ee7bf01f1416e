-- Slips, referrals, call-backs, hires.

-- @many slip_id_of_visit
SELECT id FROM slip WHERE visit_id = :visit_id ORDER BY id LIMIT 1;

-- @one slip_insert
INSERT INTO slip (code, station_id, visit_id, person_id, account_id, at, expires_at)
VALUES (:code, :station_id, :visit_id?, :person_id?, :account_id, :at, :expires_at)
RETURNING id;

-- @many slip
SELECT slip.id, slip.code, slip.station_id, slip.visit_id, slip.person_id, slip.at, slip.expires_at, station.name AS station_name,
       station.phone AS station_phone, station.address AS station_address, person.erased_at, person.erase_on
  FROM slip JOIN station ON station.id = slip.station_id LEFT JOIN person ON person.id = slip.person_id
 WHERE slip.id = :id;

-- @many slip_by_code
SELECT id FROM slip WHERE code = :code;

-- @exec slip_person
UPDATE slip SET person_id = :person_id? WHERE visit_id = :visit_id AND person_id IS NULL;

-- @exec referral_person
UPDATE referral SET person_id = :person_id? WHERE person_id IS NULL AND slip_id IN (SELECT slip.id FROM slip WHERE slip.visit_id = :visit_id);

-- @many slip_list
-- @out n i64
SELECT slip.id, slip.code, slip.at, slip.expires_at, station.name AS station_name,
       (SELECT count(*) FROM referral WHERE referral.slip_id = slip.id) AS n
  FROM slip JOIN station ON station.id = slip.station_id
 WHERE slip.person_id = :person_id
 ORDER BY slip.id DESC LIMIT 50;

-- @many referral_of_slip
SELECT referral.id, referral.job_id, referral.status, referral.reasons, referral.interview_at, referral.advice, referral.version,
       job.code AS job_code, job.title, job.job_type, job.wage_text, job.place, job.hours, job.status AS job_status, job.valid_until,
       job.district, job.street, job.lng, job.lat, employer.name AS employer_name
  FROM referral JOIN job ON job.id = referral.job_id JOIN employer ON employer.id = job.employer_id
 WHERE referral.slip_id = :slip_id
 ORDER BY referral.id;

-- @exec referral_insert
INSERT INTO referral (slip_id, job_id, person_id, station_id, reasons, status, at, moved_at)
VALUES (:slip_id, :job_id, :person_id?, :station_id, :reasons, :status, :at, :at)
ON CONFLICT (slip_id, job_id) DO NOTHING;

-- @exec referral_delete
DELETE FROM referral WHERE slip_id = :slip_id AND job_id = :job_id AND status = 'proposed';

-- @many referral
SELECT referral.id, referral.slip_id, referral.job_id, referral.person_id, referral.station_id, referral.status, referral.reason,
       referral.reasons, referral.at, referral.moved_at, referral.interview_at, referral.advice, referral.version,
       job.code AS job_code, job.title, job.employer_id, employer.name AS employer_name
  FROM referral JOIN job ON job.id = referral.job_id JOIN employer ON employer.id = job.employer_id
 WHERE referral.id = :id;

-- @exec referral_step
UPDATE referral
   SET status = :status, reason = :reason, moved_at = :moved_at, interview_at = :interview_at?, advice = :advice, version = version + 1
 WHERE id = :id AND version = :version;

-- @many referral_list
SELECT referral.id, referral.status, referral.reason, referral.at, referral.moved_at, referral.interview_at, job.code AS job_code, job.title,
       job.wage_text, employer.name AS employer_name, station.name AS station_name, slip.code AS slip_code
  FROM referral JOIN job ON job.id = referral.job_id JOIN employer ON employer.id = job.employer_id
       JOIN station ON station.id = referral.station_id JOIN slip ON slip.id = referral.slip_id
 WHERE referral.person_id = :person_id
 ORDER BY referral.id DESC LIMIT 100;

-- @many referral_contact
SELECT job.contact_name, job.contact_phone, employer.contact_name AS employer_contact_name, employer.contact_phone AS employer_contact_phone
  FROM job JOIN employer ON employer.id = job.employer_id
 WHERE job.id = :id;

-- @many follow_up_planned
SELECT referral.id, referral.station_id
  FROM referral JOIN slip ON slip.id = referral.slip_id
 WHERE slip.visit_id = :visit_id AND referral.status IN ('proposed', 'informed', 'interview');

-- @exec follow_up_insert
INSERT INTO follow_up (referral_id, station_id, kind, due_on) VALUES (:referral_id, :station_id, :kind, :due_on)
ON CONFLICT (referral_id, kind, due_on) DO NOTHING;

-- @many follow_up_list
-- @out person_code text?
SELECT follow_up.id, follow_up.kind, follow_up.due_on, follow_up.referral_id, referral.job_id, referral.status, referral.person_id, referral.interview_at,
       job.code AS job_code, job.title, employer.name AS employer_name, person.code AS person_code
  FROM follow_up JOIN referral ON referral.id = follow_up.referral_id
       JOIN job ON job.id = referral.job_id JOIN employer ON employer.id = job.employer_id
       LEFT JOIN person ON person.id = referral.person_id
 WHERE follow_up.station_id = :station_id AND follow_up.done_at IS NULL AND follow_up.due_on <= :due_on AND person.erase_on IS NULL
 ORDER BY follow_up.due_on, follow_up.id LIMIT 200;

-- @many follow_up
SELECT id, referral_id, station_id, kind, due_on, done_at FROM follow_up WHERE id = :id;

-- @exec follow_up_end
UPDATE follow_up SET done_at = :done_at?, account_id = :account_id?, result = :result WHERE id = :id AND done_at IS NULL;

-- @exec follow_up_end_all
UPDATE follow_up SET done_at = :done_at?, account_id = :account_id?, result = :result
 WHERE referral_id = :referral_id AND done_at IS NULL AND kind <> 'retention';

-- @one follow_up_tries
-- @out n i64
SELECT count(*) AS n FROM follow_up WHERE referral_id = :referral_id AND kind = :kind AND result = 'no_answer';

-- @exec follow_up_drop
UPDATE follow_up SET done_at = :done_at?, result = 'dropped'
 WHERE done_at IS NULL AND referral_id IN (SELECT referral.id FROM referral WHERE referral.person_id = :person_id);

-- @many hire_same
-- @in month_from i64, month_to i64
SELECT hire.id
  FROM hire JOIN job ON job.id = hire.job_id
 WHERE hire.person_id = :person_id
   AND (hire.job_id = :job_id OR (job.employer_id = :employer_id AND hire.hired_on BETWEEN :month_from AND :month_to))
 LIMIT 1;

-- @many hire_insert
INSERT INTO hire (person_id, job_id, referral_id, hired_on, evidence, evidence_note, at)
VALUES (:person_id, :job_id, :referral_id, :hired_on, :evidence, :evidence_note, :at)
ON CONFLICT DO NOTHING
RETURNING id;

-- Stations that did something for the person in the time before the hire.
-- @many hire_helpers
-- @in since i64, until i64
-- @out station_id i64
SELECT station_id FROM service WHERE service.person_id = :person_id AND service.at BETWEEN :since AND :until
 UNION SELECT station_id FROM referral WHERE referral.person_id = :person_id AND referral.at BETWEEN :since AND :until
 ORDER BY station_id;

-- @exec hire_credit_insert
INSERT INTO hire_credit (hire_id, station_id, share_ppm) VALUES (:hire_id, :station_id, :share_ppm);

-- @exec hire_retained
UPDATE hire SET retained = :retained WHERE referral_id = :referral_id;

-- @many hire_list
SELECT hire.id, hire.hired_on, hire.evidence, hire.evidence_note, hire.retained, job.code AS job_code, job.title, employer.name AS employer_name
  FROM hire JOIN job ON job.id = hire.job_id JOIN employer ON employer.id = job.employer_id
 WHERE hire.person_id = :person_id
 ORDER BY hire.hired_on DESC;

-- @many hire_credits
SELECT hire_credit.station_id, hire_credit.share_ppm, station.code, station.name
  FROM hire_credit JOIN station ON station.id = hire_credit.station_id
 WHERE hire_credit.hire_id = :hire_id
 ORDER BY hire_credit.share_ppm DESC, hire_credit.station_id;

-- A hire belongs to a district or a station when a station there has a part in it.
-- @one placement_count
-- @in from_day i64, to_day i64, district i64?, station_id i64?
-- @out hires i64, retained i64
SELECT count(*) AS hires, CAST(coalesce(sum(CASE WHEN hire.retained = 'yes' THEN 1 ELSE 0 END), 0) AS BIGINT) AS retained
  FROM hire
 WHERE hire.hired_on BETWEEN :from_day AND :to_day
   AND EXISTS (SELECT 1 FROM hire_credit JOIN station ON station.id = hire_credit.station_id
                WHERE hire_credit.hire_id = hire.id
                  AND (:station_id? IS NULL OR hire_credit.station_id = :station_id)
                  AND (:district? IS NULL OR station.district = :district));

-- @many placement_by_station
-- @in from_day i64, to_day i64, district i64?, station_id i64?
-- @out hires i64, share_ppm i64
SELECT hire_credit.station_id, station.code, station.name, station.district, count(*) AS hires,
       CAST(sum(hire_credit.share_ppm) AS BIGINT) AS share_ppm
  FROM hire_credit JOIN hire ON hire.id = hire_credit.hire_id JOIN station ON station.id = hire_credit.station_id
 WHERE hire.hired_on BETWEEN :from_day AND :to_day
   AND (:station_id? IS NULL OR hire_credit.station_id = :station_id)
   AND (:district? IS NULL OR station.district = :district)
 GROUP BY hire_credit.station_id, station.code, station.name, station.district
 ORDER BY share_ppm DESC, hire_credit.station_id;

-- Hires of the month in which the station had a part.
-- @one hires_since
-- @out n i64
SELECT count(*) AS n FROM hire JOIN hire_credit ON hire_credit.hire_id = hire.id
 WHERE hire_credit.station_id = :station_id AND hire.hired_on >= :hired_on;
