-- Supervision: sign-ins, attendance, draws, visits, calls, anomalies, what the city sees of its districts.

-- @many watch_class
-- @out place_seats i64, provider_code text, provider_name text
SELECT c.id, c.code, c.name, c.provider_id, c.district, c.occupation, c.level, c.seats, c.schedule, c.starts_on, c.ends_on, c.status,
       c.place_id, p.seats AS place_seats, p.lng, p.lat, p.radius_m, v.code AS provider_code, v.name AS provider_name, v.credit
  FROM class c JOIN provider_place p ON p.id = c.place_id JOIN provider v ON v.id = c.provider_id
 WHERE c.id BETWEEN :first_id AND :last_id
-- @in first_id i64, last_id i64
 LIMIT 1;

-- @many watch_class_id
SELECT id FROM class WHERE code = :code;

-- ---- signing in ----

-- @many sign_secret
SELECT id, code, secret FROM class WHERE id = :id;

-- @exec sign_secret_set
UPDATE class SET secret = :secret WHERE id = :id AND secret IS NULL;

-- @many sign_session
-- @out class_code text, class_name text, place_name text, provider_name text
SELECT s.id, s.class_id, s.day, s.from_min, s.to_min, s.kind, s.hours, s.content, c.code AS class_code, c.name AS class_name, c.status,
       c.secret, p.name AS place_name, p.lng, p.lat, p.radius_m, v.name AS provider_name
  FROM class c JOIN class_session s ON s.class_id = c.id JOIN provider_place p ON p.id = s.place_id JOIN provider v ON v.id = c.provider_id
 WHERE c.code = :code AND s.day = :day
 ORDER BY s.from_min;

-- @many sign_roster
SELECT t.id, t.code, t.status, t.person_id, p.name, p.idno, p.idno_find, p.phone, p.tail_find
  FROM trainee t JOIN person p ON p.id = t.person_id
 WHERE t.class_id = :class_id AND t.status NOT IN ('applied', 'refused', 'dropped')
 ORDER BY t.id;

-- @exec sign_insert
INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, device, metres, account_id, reason)
VALUES (:session_id, :trainee_id, :leaving, :at, :means, :device, :metres?, :account_id, :reason)
ON CONFLICT DO NOTHING;

-- Again once the last one has expired, so many times a lesson.
-- @exec sign_sms_insert
-- @in before i64, most i64
INSERT INTO sign_sms (session_id, trainee_id, sent_at) VALUES (:session_id, :trainee_id, :sent_at)
ON CONFLICT (session_id, trainee_id) DO UPDATE SET sent_at = excluded.sent_at, tries = 0, sends = sign_sms.sends + 1
 WHERE sign_sms.sent_at < :before AND sign_sms.sends < :most;

-- @exec sign_sms_try
-- @in most i64
UPDATE sign_sms SET tries = tries + 1 WHERE session_id = :session_id AND trainee_id = :trainee_id AND tries < :most;

-- @many sign_sms_get
SELECT sent_at, tries, sends FROM sign_sms WHERE session_id = :session_id AND trainee_id = :trainee_id;

-- ---- attendance ----

-- @many attendance_session
SELECT id, day, from_min, to_min, kind, hours, content FROM class_session WHERE class_id = :class_id ORDER BY day, from_min;

-- @many attendance_sign
-- @out session_id i64
SELECT s.id AS session_id, i.trainee_id, i.leaving, i.at, i.means, i.device, i.metres, i.account_id, i.reason
  FROM class_session s JOIN sign_in i ON i.session_id = s.id
 WHERE s.class_id = :class_id
 ORDER BY s.day, s.from_min, i.trainee_id, i.leaving;

-- The times alone.
-- @many attendance_time
-- @out session_id i64
SELECT s.id AS session_id, i.trainee_id, i.leaving, i.at
  FROM class_session s JOIN sign_in i ON i.session_id = s.id
 WHERE s.class_id = :class_id
 ORDER BY s.day, s.from_min, i.trainee_id, i.leaving;

-- @many attendance_absence
SELECT a.session_id, a.trainee_id, a.kind, a.note
  FROM class_session s JOIN absence a ON a.session_id = s.id
 WHERE s.class_id = :class_id
 ORDER BY a.session_id, a.trainee_id;

-- @many attendance_trainee
SELECT id, code, person_id, category, status, decided_at FROM trainee
 WHERE class_id = :class_id AND status NOT IN ('applied', 'refused', 'dropped')
 ORDER BY id;

-- @exec attendance_hours
UPDATE trainee SET hours = :hours WHERE id = :id AND hours <> :hours;

-- @exec absence_put
INSERT INTO absence (session_id, trainee_id, kind, note, account_id, at) VALUES (:session_id, :trainee_id, :kind, :note, :account_id, :at)
ON CONFLICT (session_id, trainee_id) DO UPDATE SET kind = excluded.kind, note = excluded.note, account_id = excluded.account_id, at = excluded.at;

-- @many seal_due
-- @in lim i64, from_day i64, to_day i64
SELECT s.id FROM class_session s
 WHERE s.day BETWEEN :from_day AND :to_day
   AND NOT EXISTS (SELECT 1 FROM session_seal e WHERE e.session_id = s.id)
   AND EXISTS (SELECT 1 FROM sign_in i WHERE i.session_id = s.id)
 ORDER BY s.day, s.id LIMIT :lim;

-- @many seal_rows
SELECT trainee_id, leaving, at, means, device, account_id FROM sign_in WHERE session_id = :session_id ORDER BY trainee_id, leaving;

-- @exec seal_insert
INSERT INTO session_seal (session_id, n, digest, at) VALUES (:session_id, :n, :digest, :at) ON CONFLICT DO NOTHING;

-- ---- inspectors ----

-- @many inspector_list
SELECT id, district, name, post, conflicts, from_on, to_on FROM inspector
 WHERE district = :district
 ORDER BY id;

-- @one inspector_insert
INSERT INTO inspector (district, name, post, conflicts, from_on) VALUES (:district, :name, :post, :conflicts, :from_on) RETURNING id;

-- @exec inspector_change
UPDATE inspector SET conflicts = :conflicts, to_on = :to_on? WHERE id = :id AND district = :district;

-- @many inspector_pairs
-- @in since i64
-- @out provider_code text, n i64
SELECT x.first_id, x.second_id, v.code AS provider_code, count(*) AS n
  FROM class_visit x JOIN class c ON c.id = x.class_id JOIN provider v ON v.id = c.provider_id
 WHERE c.district = :district AND x.due_on >= :since
 GROUP BY x.first_id, x.second_id, v.code
 ORDER BY x.first_id, x.second_id, v.code;

-- ---- draws ----

-- @many draw_classes
-- @in day i64
-- @out provider_code text, visits i64, cases i64, sanctions i64
SELECT c.id, c.code, c.starts_on, c.ends_on, v.code AS provider_code, v.credit,
       (SELECT count(*) FROM class_visit x WHERE x.class_id = c.id AND x.entered_at IS NOT NULL) AS visits,
       (SELECT count(*) FROM anomaly a WHERE a.class_id = c.id AND a.status <> 'explained') AS cases,
       (SELECT count(*) FROM sanction n WHERE n.provider_id = c.provider_id AND n.ban_until >= :day) AS sanctions
  FROM class c JOIN provider v ON v.id = c.provider_id
 WHERE c.district = :district AND c.starts_on <= :day AND c.ends_on >= :day AND c.line <> 'master'
   AND c.status NOT IN ('draft', 'declared', 'returned', 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM class_visit x WHERE x.class_id = c.id AND x.entered_at IS NULL)
 ORDER BY c.id;

-- @many draw_trainees
-- @in day i64, since i64
-- @out class_code text
SELECT t.id, c.code AS class_code, c.starts_on, c.ends_on
  FROM class c JOIN trainee t ON t.class_id = c.id
 WHERE c.district = :district AND c.starts_on <= :day AND c.ends_on >= :since
   AND c.status NOT IN ('draft', 'declared', 'returned', 'cancelled') AND t.status NOT IN ('applied', 'refused')
   AND NOT EXISTS (SELECT 1 FROM training_call k JOIN trainee o ON o.id = k.trainee_id WHERE o.class_id = c.id)
 ORDER BY t.id;

-- @one draw_insert
INSERT INTO draw (code, kind, district, day, seed, input, result, opens_on, account_id, at)
VALUES (:code, :kind, :district, :day, :seed, :input, :result, :opens_on, :account_id, :at) RETURNING id;

-- @many draw_of_day
SELECT id FROM draw WHERE kind = :kind AND district = :district AND day = :day;

-- @many draw_get
SELECT id, code, kind, district, day, seed, input, result, opens_on, at FROM draw WHERE code = :code;

-- @many draw_list
-- @in off i64, lim i64
-- @out total i64
SELECT id, code, kind, district, day, seed, opens_on, count(*) OVER () AS total FROM draw
 WHERE (:district? IS NULL OR district = :district)
 ORDER BY day DESC, id DESC LIMIT :lim OFFSET :off;

-- @one watch_visit_insert
INSERT INTO class_visit (class_id, draw_id, first_id, second_id, due_on) VALUES (:class_id, :draw_id, :first_id, :second_id, :due_on)
RETURNING id;

-- @exec training_call_insert
INSERT INTO training_call (draw_id, trainee_id, due_on) VALUES (:draw_id, :trainee_id, :due_on);

-- ---- visits ----

-- @many watch_visit_list
-- @in first_id i64, last_id i64, class_first i64, class_last i64, open i64?, off i64, lim i64
-- @out class_code text, class_name text, provider_name text, provider_id i64, first_name text, second_name text, draw_code text?, drawn_on i64?, total i64
SELECT x.id, x.class_id, x.due_on, x.visited_at, x.entered_at, x.present, x.findings, x.verdict, x.signed_by, x.account_id, c.code AS class_code,
       c.name AS class_name, c.district, v.id AS provider_id, v.name AS provider_name, a.name AS first_name, b.name AS second_name,
       d.code AS draw_code, d.day AS drawn_on, c.starts_on, count(*) OVER () AS total
  FROM class_visit x JOIN class c ON c.id = x.class_id JOIN provider v ON v.id = c.provider_id
       JOIN inspector a ON a.id = x.first_id JOIN inspector b ON b.id = x.second_id LEFT JOIN draw d ON d.id = x.draw_id
 WHERE x.id BETWEEN :first_id AND :last_id AND x.class_id BETWEEN :class_first AND :class_last
   AND (:district? IS NULL OR c.district = :district)
   AND (:open? IS NULL OR (CASE WHEN x.entered_at IS NULL THEN 1 ELSE 0 END) = :open)
 ORDER BY CASE WHEN x.entered_at IS NULL THEN 0 ELSE 1 END, x.due_on DESC, x.id DESC LIMIT :lim OFFSET :off;

-- @exec watch_visit_enter
UPDATE class_visit
   SET visited_at = :visited_at, entered_at = :entered_at, present = :present, findings = :findings, verdict = :verdict,
       signed_by = :signed_by, account_id = :account_id
 WHERE id = :id AND entered_at IS NULL;

-- ---- calls ----

-- @many training_call_list
-- @in first_id i64, last_id i64, open i64?, off i64, lim i64
-- @out trainee_code text, class_code text, class_name text, provider_name text, draw_code text, total i64
SELECT k.id, k.trainee_id, k.due_on, k.done_at, k.answers, t.code AS trainee_code, t.person_id, t.class_id, p.name, c.code AS class_code,
       c.name AS class_name, c.district, c.starts_on, c.ends_on, v.name AS provider_name, d.code AS draw_code, count(*) OVER () AS total
  FROM training_call k JOIN trainee t ON t.id = k.trainee_id JOIN person p ON p.id = t.person_id JOIN class c ON c.id = t.class_id
       JOIN provider v ON v.id = c.provider_id JOIN draw d ON d.id = k.draw_id
 WHERE k.id BETWEEN :first_id AND :last_id AND (:district? IS NULL OR c.district = :district)
   AND (:open? IS NULL OR (CASE WHEN k.done_at IS NULL THEN 1 ELSE 0 END) = :open)
 ORDER BY CASE WHEN k.done_at IS NULL THEN 0 ELSE 1 END, k.due_on, k.id LIMIT :lim OFFSET :off;

-- @exec training_call_done
UPDATE training_call SET done_at = :done_at, account_id = :account_id, answers = :answers WHERE id = :id AND done_at IS NULL;

-- Nobody answered: it stays open, to be called again.
-- @exec training_call_tried
UPDATE training_call SET account_id = :account_id, answers = :answers WHERE id = :id AND done_at IS NULL;

-- ---- anomalies ----

-- @exec anomaly_insert
INSERT INTO anomaly (finding, kind, district, provider_id, class_id, trainee_id, detail, found_at, status)
VALUES (:finding, :kind, :district, :provider_id, :class_id, :trainee_id?, :detail, :found_at, :status)
ON CONFLICT DO NOTHING;

-- @exec anomaly_renew
UPDATE anomaly SET detail = :detail WHERE finding = :finding AND status = 'new' AND detail <> :detail;

-- @many anomaly_list
-- @in first_id i64, last_id i64, open i64?, asked i64?, off i64, lim i64
-- @out class_code text, class_name text, provider_name text, trainee_code text?, total i64
SELECT a.id, a.kind, a.district, a.provider_id, a.class_id, a.trainee_id, a.detail, a.found_at, a.status, a.note, a.account_id, a.version,
       c.code AS class_code, c.name AS class_name, v.name AS provider_name, t.code AS trainee_code, count(*) OVER () AS total
  FROM anomaly a JOIN class c ON c.id = a.class_id JOIN provider v ON v.id = a.provider_id LEFT JOIN trainee t ON t.id = a.trainee_id
 WHERE a.id BETWEEN :first_id AND :last_id AND (:district? IS NULL OR a.district = :district)
   AND (:provider_id? IS NULL OR a.provider_id = :provider_id) AND (:class_id? IS NULL OR a.class_id = :class_id)
   AND (:kind? IS NULL OR a.kind = :kind) AND (:asked? IS NULL OR a.status NOT IN ('new', 'looking'))
   AND (:open? IS NULL OR (CASE WHEN a.status IN ('explained', 'confirmed') THEN 0 ELSE 1 END) = :open)
 ORDER BY CASE WHEN a.status IN ('explained', 'confirmed') THEN 1 ELSE 0 END, a.found_at DESC, a.id DESC LIMIT :lim OFFSET :off;

-- @exec anomaly_step
UPDATE anomaly SET status = :status, note = :note, account_id = :account_id, version = version + 1 WHERE id = :id AND version = :version;

-- @one anomaly_open
-- @out n i64
SELECT count(*) AS n FROM anomaly WHERE class_id = :class_id AND status NOT IN ('explained', 'confirmed');

-- @many find_overlap
-- @in lim i64
-- @out trainee_code text, other_code text, other_trainee i64, other_at i64
SELECT ta.id, ta.code AS trainee_code, tb.id AS other_trainee, o.class_id, cb.code AS other_code, s.day, s.from_min, s.to_min, a.at, a.means,
       b.at AS other_at
  FROM class_session s JOIN sign_in a ON a.session_id = s.id AND a.leaving = 0
       JOIN trainee ta ON ta.id = a.trainee_id
       JOIN trainee tb ON tb.person_id = ta.person_id AND tb.id <> ta.id
       JOIN sign_in b ON b.trainee_id = tb.id AND b.leaving = 0
       JOIN class_session o ON o.id = b.session_id AND o.day = s.day AND o.from_min < s.to_min AND s.from_min < o.to_min
       JOIN class cb ON cb.id = o.class_id
 WHERE s.class_id = :class_id
 ORDER BY ta.id, tb.id, s.day, s.from_min LIMIT :lim;

-- @many find_capacity
-- @out place_name text, place_seats i64, n i64
SELECT s.id, s.day, s.from_min, s.to_min, p.name AS place_name, p.seats AS place_seats,
       (SELECT count(*) FROM class_session o JOIN sign_in i ON i.session_id = o.id AND i.leaving = 0
         WHERE o.day = s.day AND o.place_id = s.place_id AND o.from_min < s.to_min AND s.from_min < o.to_min) AS n
  FROM class_session s JOIN provider_place p ON p.id = s.place_id
 WHERE s.class_id = :class_id
 ORDER BY s.day, s.from_min;

-- @many find_hires
-- @out from_on i64
SELECT t.id, t.code, h.hired_on AS from_on
  FROM trainee t JOIN hire h ON h.person_id = t.person_id
 WHERE t.class_id = :class_id AND t.category <> 'employee' AND t.status NOT IN ('applied', 'refused', 'dropped') AND h.retained <> 'no'
 ORDER BY t.id, h.hired_on;

-- @many find_employed
SELECT t.id, t.code, f.from_on, f.to_on
  FROM trainee t JOIN fact f ON f.person_id = t.person_id AND f.name = 'employer'
 WHERE t.class_id = :class_id AND t.category <> 'employee' AND t.status NOT IN ('applied', 'refused', 'dropped')
   AND f.status = 'held' AND f.value <> '' AND f.value <> 'none' AND f.source IN ('insurance', 'register')
 ORDER BY t.id, f.from_on;

-- @many find_certificates
-- @out n i64
SELECT x.evaluator, x.issued_on, count(*) AS n
  FROM certificate x JOIN trainee t ON t.id = x.trainee_id JOIN class c ON c.id = t.class_id
 WHERE c.provider_id = :provider_id AND x.issued_on BETWEEN :first_on AND :last_on AND x.status <> 'rejected'
-- @in first_on i64, last_on i64
 GROUP BY x.evaluator, x.issued_on
 ORDER BY x.issued_on, x.evaluator;

-- @many find_early
SELECT t.id, t.code, x.number, x.issued_on
  FROM certificate x JOIN trainee t ON t.id = x.trainee_id JOIN class c ON c.id = t.class_id
 WHERE t.class_id = :class_id AND x.issued_on <= c.ends_on AND x.status <> 'rejected'
 ORDER BY t.id;

-- @exec look_moved
INSERT INTO class_look (class_id, moved_at) VALUES (:class_id, :moved_at)
ON CONFLICT (class_id) DO UPDATE SET moved_at = excluded.moved_at;

-- @exec look_done
INSERT INTO class_look (class_id, moved_at, looked_at) VALUES (:class_id, 0, :looked_at)
ON CONFLICT (class_id) DO UPDATE SET looked_at = excluded.looked_at;

-- @many look_due
-- @in from_day i64, to_day i64, before i64, lim i64
SELECT class_id FROM class_look WHERE moved_at > looked_at
UNION
SELECT s.class_id FROM class_session s LEFT JOIN class_look l ON l.class_id = s.class_id
 WHERE s.day BETWEEN :from_day AND :to_day AND (l.looked_at IS NULL OR l.looked_at < :before)
 ORDER BY class_id LIMIT :lim;

-- ---- how the districts watch ----

-- @many indicator_classes
-- @in from_on i64, to_on i64, today i64
-- @out classes i64, finished i64, unseen i64
SELECT c.district, count(*) AS classes,
       CAST(sum(CASE WHEN c.ends_on < :today THEN 1 ELSE 0 END) AS BIGINT) AS finished,
       CAST(sum(CASE WHEN c.ends_on < :today AND NOT EXISTS (SELECT 1 FROM class_visit x WHERE x.class_id = c.id AND x.entered_at IS NOT NULL)
                THEN 1 ELSE 0 END) AS BIGINT) AS unseen
  FROM class c
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND c.line <> 'master' AND c.status NOT IN ('draft', 'declared', 'returned', 'approved', 'cancelled')
 GROUP BY c.district ORDER BY c.district;

-- @many indicator_visits
-- @in from_on i64, to_on i64, today i64, late_ms i64
-- @out visits i64, late i64, overdue i64, bad i64
SELECT c.district, count(*) AS visits,
       CAST(sum(CASE WHEN x.entered_at > x.visited_at + :late_ms THEN 1 ELSE 0 END) AS BIGINT) AS late,
       CAST(sum(CASE WHEN x.entered_at IS NULL AND x.due_on < :today THEN 1 ELSE 0 END) AS BIGINT) AS overdue,
       CAST(sum(CASE WHEN x.verdict IN ('minor', 'serious') THEN 1 ELSE 0 END) AS BIGINT) AS bad
  FROM class_visit x JOIN class c ON c.id = x.class_id
 WHERE c.starts_on BETWEEN :from_on AND :to_on
 GROUP BY c.district ORDER BY c.district;

-- @many indicator_pairs
-- @in from_on i64, to_on i64
-- @out n i64
SELECT r.district, CAST(count(*) AS BIGINT) AS n FROM
       (SELECT c.district, c.provider_id, x.first_id, x.second_id FROM class_visit x JOIN class c ON c.id = x.class_id
         WHERE c.starts_on BETWEEN :from_on AND :to_on
         GROUP BY c.district, c.provider_id, x.first_id, x.second_id HAVING count(*) > 1) r
 GROUP BY r.district ORDER BY r.district;

-- @many indicator_passes
-- @in from_on i64, to_on i64, least i64
-- @out n i64
SELECT r.district, CAST(count(*) AS BIGINT) AS n FROM
       (SELECT c.id, c.district FROM class c JOIN trainee t ON t.class_id = c.id
         WHERE c.starts_on BETWEEN :from_on AND :to_on AND t.status IN ('passed', 'failed')
         GROUP BY c.id, c.district
        HAVING count(*) >= :least AND sum(CASE WHEN t.status = 'failed' THEN 1 ELSE 0 END) = 0) r
 GROUP BY r.district ORDER BY r.district;

-- @many indicator_cases
-- @in from_at i64, old_at i64
-- @out cases i64, waiting i64, old i64, confirmed i64
SELECT a.district, count(*) AS cases,
       CAST(sum(CASE WHEN a.status NOT IN ('explained', 'confirmed') THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
       CAST(sum(CASE WHEN a.status NOT IN ('explained', 'confirmed') AND a.found_at < :old_at THEN 1 ELSE 0 END) AS BIGINT) AS old,
       CAST(sum(CASE WHEN a.status = 'confirmed' THEN 1 ELSE 0 END) AS BIGINT) AS confirmed
  FROM anomaly a WHERE a.found_at >= :from_at
 GROUP BY a.district ORDER BY a.district;

-- How each kind of case came out: what a rule is worth shows in the share that was confirmed.
-- @many indicator_kinds
-- @in from_at i64, to_at i64
-- @out cases i64, waiting i64, confirmed i64
SELECT a.kind, count(*) AS cases,
       CAST(sum(CASE WHEN a.status NOT IN ('explained', 'confirmed') THEN 1 ELSE 0 END) AS BIGINT) AS waiting,
       CAST(sum(CASE WHEN a.status = 'confirmed' THEN 1 ELSE 0 END) AS BIGINT) AS confirmed
  FROM anomaly a WHERE a.found_at BETWEEN :from_at AND :to_at
 GROUP BY a.kind ORDER BY count(*) DESC, a.kind;

-- @many indicator_calls
-- @in from_on i64, today i64
-- @out calls i64, done i64, overdue i64
SELECT c.district, count(*) AS calls, CAST(sum(CASE WHEN k.done_at IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS done,
       CAST(sum(CASE WHEN k.done_at IS NULL AND k.due_on < :today THEN 1 ELSE 0 END) AS BIGINT) AS overdue
  FROM training_call k JOIN trainee t ON t.id = k.trainee_id JOIN class c ON c.id = t.class_id
 WHERE k.due_on >= :from_on
 GROUP BY c.district ORDER BY c.district;

-- ---- the demo ----

-- @many supervision_demo_classes
-- @out trainees i64
SELECT c.id, c.code, c.district, c.provider_id, c.starts_on, c.ends_on, c.status,
       (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('applied', 'refused', 'dropped')) AS trainees
  FROM class c WHERE c.starts_on <= :day AND c.status NOT IN ('draft', 'declared', 'returned', 'approved', 'cancelled')
-- @in day i64
 ORDER BY c.id;

-- @one supervision_demo_done
-- @out n i64
SELECT count(*) AS n FROM inspector;
