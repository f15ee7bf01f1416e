-- Persons, wishes, consents, looks, being forgotten.

-- @many person
SELECT id, code, name, idno, phone, birth_year, district, street, category, station_id, created_at, erase_on, version
  FROM person
 WHERE id = :id AND erased_at IS NULL;

-- @many person_by_idno
SELECT id FROM person WHERE idno_find = :idno_find;

-- @many person_by_phone
SELECT id FROM person WHERE phone_find = :phone_find ORDER BY id DESC LIMIT 20;

-- @many person_by_phone_name
SELECT id FROM person WHERE phone_find = :phone_find AND name_find = :name_find ORDER BY id LIMIT 1;

-- @many person_by_tail
SELECT id
  FROM person
 WHERE tail_find = :tail_find
   AND (station_id = :station_id OR EXISTS (SELECT 1 FROM visit WHERE visit.person_id = person.id AND visit.station_id = :station_id))
 ORDER BY id DESC LIMIT 20;

-- @many person_by_name
SELECT id
  FROM person
 WHERE name_find = :name_find
   AND (station_id = :station_id OR EXISTS (SELECT 1 FROM visit WHERE visit.person_id = person.id AND visit.station_id = :station_id))
 ORDER BY id DESC LIMIT 20;

-- @many person_of_station
-- @in lim i64, off i64
-- @out id i64, total i64
SELECT id, count(*) OVER () AS total
  FROM person
 WHERE erase_on IS NULL AND erased_at IS NULL
   AND (station_id = :station_id OR id IN (SELECT person_id FROM visit WHERE visit.station_id = :station_id))
 ORDER BY id DESC LIMIT :lim OFFSET :off;

-- @one person_served
-- @out n i64
SELECT count(*) AS n FROM visit WHERE person_id = :person_id AND station_id = :station_id;

-- @many person_insert
INSERT INTO person (code, name, name_find, idno, idno_find, phone, phone_find, tail_find, birth_year, district, street, category,
                    station_id, created_at, created_by)
VALUES (:code, :name, :name_find, :idno?, :idno_find?, :phone?, :phone_find?, :tail_find?, :birth_year?, :district, :street, :category,
        :station_id?, :created_at, :created_by)
ON CONFLICT (idno_find) DO NOTHING
RETURNING id;

-- @exec person_name_code
UPDATE person SET code = 'P' || CAST(id AS TEXT) WHERE id = :id;

-- @exec person_change
UPDATE person
   SET name = :name, name_find = :name_find, idno = :idno?, idno_find = :idno_find?, phone = :phone?, phone_find = :phone_find?,
       tail_find = :tail_find?, birth_year = :birth_year?, district = :district, street = :street, category = :category,
       version = version + 1
 WHERE id = :id AND version = :version;

-- @exec person_lock
UPDATE person
   SET erase_on = :erase_on?, name_find = '', idno_find = NULL, phone = NULL, phone_find = NULL, tail_find = NULL,
       birth_year = NULL, street = 0, category = '', version = version + 1
 WHERE id = :id AND erased_at IS NULL;

-- @exec person_wipe
UPDATE person
   SET name = :name, idno = NULL, erase_on = NULL, erased_at = :erased_at?, version = version + 1
 WHERE id = :id AND erased_at IS NULL;

-- @many person_to_wipe
SELECT id FROM person WHERE erase_on <= :erase_on AND erased_at IS NULL ORDER BY id LIMIT 200;

-- @many person_looks
SELECT seq, at, account_id, role, action, detail
  FROM audit
 WHERE kind = 'person' AND object_id = :object_id AND action IN ('look', 'person.export')
 ORDER BY seq DESC LIMIT 200;

-- @many wish
SELECT words, occupations, wage_floor, street, radius_m, districts, job_types, shifts, education, experience, certificates, skills,
       updated_at
  FROM wish WHERE person_id = :person_id;

-- @exec wish_put
INSERT INTO wish (person_id, words, occupations, wage_floor, street, radius_m, districts, job_types, shifts, education, experience,
                  certificates, skills, updated_at)
VALUES (:person_id, :words, :occupations, :wage_floor?, :street, :radius_m?, :districts, :job_types, :shifts, :education, :experience,
        :certificates, :skills, :updated_at)
ON CONFLICT (person_id) DO UPDATE
   SET words = excluded.words, occupations = excluded.occupations, wage_floor = excluded.wage_floor, street = excluded.street,
       radius_m = excluded.radius_m, districts = excluded.districts, job_types = excluded.job_types, shifts = excluded.shifts,
       education = excluded.education, experience = excluded.experience, certificates = excluded.certificates,
       skills = excluded.skills, updated_at = excluded.updated_at;

-- @exec wish_forget
DELETE FROM wish WHERE person_id = :person_id;

-- @many consent_current
SELECT id, text_version FROM consent WHERE person_id = :person_id AND purpose = :purpose AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1;

-- @exec consent_insert
INSERT INTO consent (person_id, purpose, text_version, channel, given_at, account_id)
VALUES (:person_id, :purpose, :text_version, :channel, :given_at, :account_id);

-- @exec consent_end
UPDATE consent SET withdrawn_at = :withdrawn_at? WHERE person_id = :person_id AND purpose = :purpose AND withdrawn_at IS NULL;

-- @exec consent_end_all
UPDATE consent SET withdrawn_at = :withdrawn_at? WHERE person_id = :person_id AND withdrawn_at IS NULL;

-- @many consent_list
SELECT purpose, text_version, channel, given_at, withdrawn_at FROM consent WHERE person_id = :person_id ORDER BY id DESC;

-- @exec dislike_put
INSERT INTO dislike (person_id, job_id, reason, at) VALUES (:person_id, :job_id, :reason, :at)
ON CONFLICT (person_id, job_id) DO UPDATE SET reason = excluded.reason, at = excluded.at;

-- @many dislike_list
SELECT dislike.job_id, dislike.reason, dislike.at, job.code, job.title
  FROM dislike JOIN job ON job.id = dislike.job_id
 WHERE dislike.person_id = :person_id
 ORDER BY dislike.at DESC;

-- @exec dislike_forget
DELETE FROM dislike WHERE person_id = :person_id;

-- The last day on which something was done for the person that has to be kept: services, referrals, hires.
-- @one person_last_served
-- @out at i64
SELECT coalesce(max(at), 0) AS at
  FROM (SELECT at FROM service WHERE service.person_id = :person_id
         UNION ALL SELECT moved_at AS at FROM referral WHERE referral.person_id = :person_id
         UNION ALL SELECT at FROM hire WHERE hire.person_id = :person_id
         UNION ALL SELECT decided_at AS at FROM trainee WHERE trainee.person_id = :person_id AND status <> 'refused'
         UNION ALL SELECT at FROM certificate WHERE certificate.person_id = :person_id
         UNION ALL SELECT p.at FROM claim_line l JOIN trainee t ON t.id = l.trainee_id JOIN payment_line k ON k.claim_line_id = l.id
                     JOIN payment m ON m.id = k.payment_id JOIN payment_batch p ON p.id = m.batch_id WHERE t.person_id = :person_id) AS served;

-- @many person_account
SELECT id, login, role, created_at FROM account WHERE person_id = :person_id;

-- @exec person_account_end
UPDATE account
   SET login = 'erased-' || CAST(id AS TEXT), name = :name, email = NULL, otp_secret = NULL, password = '', blocked = 1, person_id = NULL
 WHERE person_id = :person_id AND role = 'seeker';

-- @exec person_session_end
UPDATE session SET ended_at = :ended_at?
 WHERE ended_at IS NULL AND account_id IN (SELECT account.id FROM account WHERE account.person_id = :person_id);

-- @exec person_account_join
UPDATE account SET person_id = :person_id? WHERE id = :id AND role = 'seeker' AND person_id IS NULL;

-- Somebody without any number: the same name in the same street.
-- @many person_by_name_street
SELECT id FROM person
 WHERE name_find = :name_find AND street = :street AND idno_find IS NULL AND phone_find IS NULL AND erased_at IS NULL
 ORDER BY id LIMIT 1;

-- @one person_number
-- @out n i64
SELECT count(*) AS n FROM person;

-- @many person_account_named
SELECT id, person_id FROM account WHERE login = :login AND role = 'seeker';
