-- Classes: declared, decided, held; their plans and changes; the needs that look for one.

-- @many class_rows
-- @in first_id i64, last_id i64
SELECT c.id, c.code, c.name, c.filing_no, c.provider_id, c.project_id, c.district, c.catalogue_id, c.item_id, c.occupation, c.level, c.hours, c.line,
       c.mode, c.certificate, c.audience, c.employer_id, c.place_id, c.seats, c.schedule, c.starts_on, c.ends_on, c.contact, c.phone, c.status,
       c.declared_on, c.due_on, c.decided_by, c.decided_on, c.reason, c.created_by, c.version,
       p.name AS provider_name, p.short_name AS provider_short, p.code AS provider_code, p.kind AS provider_kind, p.base AS provider_base, p.credit AS provider_credit, p.public_kind,
       l.name AS place_name, l.address AS place_address, l.lng, l.lat, l.radius_m, l.street, j.name AS project_name
  FROM class c JOIN provider p ON p.id = c.provider_id JOIN provider_place l ON l.id = c.place_id JOIN project j ON j.id = c.project_id
 WHERE c.id BETWEEN :first_id AND :last_id ORDER BY c.id;

-- The master of a class of that line, and how many apprentices they have at the same time, this class included.
-- @many class_master
-- @out apprentices i64
SELECT m.class_id, m.person_id, m.pension, m.civil, p.name, p.idno, p.phone,
       (SELECT CAST(coalesce(sum(CASE WHEN b.status IN ('draft', 'returned', 'declared', 'approved') THEN b.seats
                                      ELSE (SELECT count(*) FROM trainee t WHERE t.class_id = b.id AND t.status NOT IN ('refused', 'dropped')) END), 0) AS BIGINT)
          FROM class_master o JOIN class b ON b.id = o.class_id
         WHERE o.person_id = m.person_id AND (b.id = c.id OR b.status NOT IN ('draft', 'returned', 'cancelled')) AND b.starts_on <= c.ends_on AND b.ends_on >= c.starts_on) AS apprentices
  FROM class_master m JOIN class c ON c.id = m.class_id JOIN person p ON p.id = m.person_id WHERE m.class_id = :class_id;

-- @exec class_master_put
INSERT INTO class_master (class_id, person_id, pension, civil, at, account_id) VALUES (:class_id, :person_id, :pension, :civil, :at, :account_id)
ON CONFLICT (class_id) DO UPDATE SET person_id = excluded.person_id, pension = excluded.pension, civil = excluded.civil, at = excluded.at,
       account_id = excluded.account_id;

-- @many class_id_of
SELECT id FROM class WHERE code = :code;

-- @many class_list
-- @in from_on i64, to_on i64, lim i64, off i64, shown i64, street i64?
-- @out taken i64, total i64, street i64
SELECT c.id, c.code, c.name, c.filing_no, c.provider_id, c.district, c.occupation, c.level, c.hours, c.line, c.mode, c.certificate, c.audience, c.seats,
       c.schedule, c.starts_on, c.ends_on, c.contact, c.phone, c.status, c.declared_on, c.due_on, c.decided_on, c.item_id,
       p.name AS provider_name, p.code AS provider_code, p.short_name AS provider_short, l.name AS place_name, l.address AS place_address,
       l.lng, l.lat, l.street, j.name AS project_name,
       (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('refused', 'dropped')) AS taken,
       count(*) OVER () AS total
  FROM class c JOIN provider p ON p.id = c.provider_id JOIN provider_place l ON l.id = c.place_id JOIN project j ON j.id = c.project_id
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND (:district? IS NULL OR c.district = :district)
   AND (:occupation? IS NULL OR c.occupation = :occupation) AND (:level? IS NULL OR c.level = :level)
   AND (:provider_id? IS NULL OR c.provider_id = :provider_id) AND (:schedule? IS NULL OR c.schedule = :schedule)
   AND (:audience? IS NULL OR c.audience = :audience) AND (:street? IS NULL OR l.street = :street)
   AND (:status? IS NULL OR c.status = :status)
   AND (:shown NOT IN (1, 2) OR c.line <> 'master')
   AND (:shown = 0 OR (:shown = 1 AND c.status IN ('approved', 'running', 'finished', 'examined', 'closed'))
        OR (:shown = 2 AND c.status = 'approved') OR (:shown = 3 AND c.status IN ('draft', 'declared', 'returned', 'approved', 'running', 'finished')))
 ORDER BY c.starts_on, c.id LIMIT :lim OFFSET :off;

-- @many class_latest
-- @in lim i64, off i64
-- @out taken i64, total i64
SELECT c.id, c.code, c.name, c.provider_id, c.district, c.occupation, c.level, c.hours, c.seats, c.starts_on, c.ends_on, c.status,
       c.declared_on, c.due_on, c.decided_on, p.name AS provider_name, p.code AS provider_code,
       (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('refused', 'dropped')) AS taken, count(*) OVER () AS total
  FROM class c JOIN provider p ON p.id = c.provider_id
 WHERE (:district? IS NULL OR c.district = :district) AND (:provider_id? IS NULL OR c.provider_id = :provider_id)
   AND (:status? IS NULL OR c.status = :status)
 ORDER BY CASE c.status WHEN 'declared' THEN 0 WHEN 'returned' THEN 1 WHEN 'draft' THEN 2 WHEN 'running' THEN 3 WHEN 'approved' THEN 4 ELSE 5 END,
          COALESCE(CASE WHEN c.status = 'declared' THEN c.due_on END, 0), c.starts_on DESC, c.id DESC
 LIMIT :lim OFFSET :off;

-- @one class_taken
-- @out seats i64, taken i64
SELECT c.seats, (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('refused', 'dropped')) AS taken
  FROM class c WHERE c.id = :id;

-- @many class_plan
SELECT s.id, s.class_id, s.day, s.from_min, s.to_min, s.kind, s.hours, s.content, s.teacher_id, s.place_id, l.name AS place_name
  FROM class_session s JOIN provider_place l ON l.id = s.place_id WHERE s.class_id = :class_id ORDER BY s.day, s.from_min;

-- @one class_add
-- @out id i64
INSERT INTO class (code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, line, level, hours, mode, certificate, audience,
       employer_id, place_id, seats, schedule, starts_on, ends_on, contact, phone, status, created_by)
VALUES (:code, :name, :provider_id, :project_id, :district, :catalogue_id, :item_id, :occupation, :line, :level, :hours, :mode, :certificate, :audience,
       :employer_id?, :place_id, :seats, :schedule, :starts_on, :ends_on, :contact, :phone, :status, :created_by)
RETURNING id;

-- @exec class_code
UPDATE class SET code = :code WHERE id = :id;

-- @exec class_edit
UPDATE class SET name = :name, project_id = :project_id, district = :district, catalogue_id = :catalogue_id, item_id = :item_id,
       occupation = :occupation, line = :line, level = :level, hours = :hours, mode = :mode, certificate = :certificate, audience = :audience,
       employer_id = :employer_id?, place_id = :place_id, seats = :seats, schedule = :schedule, starts_on = :starts_on, ends_on = :ends_on,
       contact = :contact, phone = :phone, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec class_move
UPDATE class SET status = :status, filing_no = :filing_no, declared_on = :declared_on?, due_on = :due_on?, decided_by = :decided_by?,
       decided_on = :decided_on?, reason = :reason, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec class_bind
UPDATE class SET catalogue_id = :catalogue_id, item_id = :item_id WHERE id = :id;

-- Not begun, and bound to another version than that of its opening day: item_id NULL when its occupation is not in that one.
-- @many class_moved
-- @in today i64
-- @out item_id i64?, taken i64
SELECT c.id, c.code, c.name, c.status, c.starts_on, c.provider_id, c.district, k.id AS catalogue_id, k.title, k.effective_on,
       (SELECT min(i.id) FROM catalogue_item i WHERE i.catalogue_id = k.id AND i.occupation = c.occupation AND i.name = j.name) AS item_id,
       (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status NOT IN ('refused', 'dropped')) AS taken
  FROM class c JOIN project j ON j.id = c.project_id
       JOIN catalogue k ON k.status IN ('published', 'superseded') AND k.effective_on <= c.starts_on AND (k.until_on IS NULL OR k.until_on >= c.starts_on)
 WHERE c.status IN ('draft', 'declared', 'returned', 'approved') AND c.starts_on >= :today AND c.line IN ('catalogue', 'centre') AND k.id <> c.catalogue_id
   AND (:district? IS NULL OR c.district = :district) AND (:provider_id? IS NULL OR c.provider_id = :provider_id) AND (:id? IS NULL OR c.id = :id)
 ORDER BY c.starts_on, c.id LIMIT 200;

-- @exec class_days
UPDATE class SET starts_on = :starts_on, ends_on = :ends_on, version = version + 1 WHERE id = :id;

-- @one class_year
-- @in from_on i64, to_on i64
-- @out n i64, bad i64
SELECT count(*) AS n, CAST(COALESCE(sum(CASE WHEN status = 'unqualified' THEN 1 ELSE 0 END), 0) AS BIGINT) AS bad FROM class
 WHERE provider_id = :provider_id AND starts_on BETWEEN :from_on AND :to_on
   AND status IN ('running', 'finished', 'examined', 'closed', 'unqualified');

-- @one class_seq
-- @in from_on i64, to_on i64
-- @out n i64
SELECT count(*) AS n FROM class WHERE provider_id = :provider_id AND occupation = :occupation AND level = :level AND starts_on BETWEEN :from_on AND :to_on
   AND id <> :id;

-- @one class_filed
-- @in from_on i64, to_on i64
-- @out n i64
SELECT count(*) AS n FROM class WHERE district = :district AND filing_no <> '' AND decided_on BETWEEN :from_on AND :to_on;

-- @many class_beside
-- @in from_on i64, to_on i64
SELECT id, code, occupation, seats, starts_on, ends_on, project_id, place_id FROM class
 WHERE provider_id = :provider_id AND id <> :id AND status IN ('declared', 'approved', 'running') AND starts_on <= :to_on AND ends_on >= :from_on;

-- @many class_beside_sessions
-- @in from_on i64, to_on i64
SELECT s.class_id, s.day, s.from_min, s.to_min, s.teacher_id, s.place_id, c.code, c.seats, c.project_id
  FROM class_session s JOIN class c ON c.id = s.class_id
 WHERE c.provider_id = :provider_id AND c.id <> :id AND c.status IN ('declared', 'approved', 'running') AND s.day BETWEEN :from_on AND :to_on
 ORDER BY s.day, s.from_min;

-- @exec class_session_add
INSERT INTO class_session (class_id, day, from_min, to_min, kind, hours, content, teacher_id, place_id)
VALUES (:class_id, :day, :from_min, :to_min, :kind, :hours, :content, :teacher_id, :place_id);

-- @exec class_session_clear
DELETE FROM class_session WHERE class_id = :class_id;

-- @exec class_session_edit
UPDATE class_session SET day = :day, from_min = :from_min, to_min = :to_min, teacher_id = :teacher_id, place_id = :place_id
 WHERE id = :id AND class_id = :class_id;

-- @many class_to_start
-- @in today i64, lim i64
SELECT id FROM class WHERE status = 'approved' AND starts_on <= :today ORDER BY starts_on, id LIMIT :lim;

-- @many class_to_finish
-- @in today i64, lim i64
SELECT id FROM class WHERE status = 'running' AND ends_on < :today ORDER BY ends_on, id LIMIT :lim;

-- @exec class_log_add
INSERT INTO class_log (class_id, at, account_id, role, action, from_status, to_status, note)
VALUES (:class_id, :at, :account_id, :role, :action, :from_status, :to_status, :note);

-- @many class_log_list
SELECT id, at, account_id, role, action, from_status, to_status, note FROM class_log WHERE class_id = :class_id ORDER BY id DESC LIMIT 50;

-- ---- changes ----

-- @one class_change_add
-- @out id i64
INSERT INTO class_change (class_id, proposed, reason, status, at, account_id) VALUES (:class_id, :proposed, :reason, :status, :at, :account_id)
RETURNING id;

-- @one class_change_get
SELECT id, class_id, proposed, reason, status, at, account_id, decided_by, decided_at FROM class_change WHERE id = :id;

-- @many class_change_list
SELECT id, class_id, proposed, reason, status, at, account_id, decided_by, decided_at FROM class_change WHERE class_id = :class_id ORDER BY id DESC;

-- @many class_change_waiting
SELECT h.id, h.class_id, h.reason, h.at, c.code, c.name FROM class_change h JOIN class c ON c.id = h.class_id
 WHERE h.status = 'asked' AND c.district = :district ORDER BY h.at LIMIT 100;

-- @exec class_change_decide
UPDATE class_change SET status = :status, decided_by = :decided_by, decided_at = :decided_at WHERE id = :id AND status = 'asked';

-- ---- numbers ----

-- @many class_counts
-- @in from_on i64, to_on i64
-- @out n i64, seats i64
SELECT district, status, count(*) AS n, CAST(sum(seats) AS BIGINT) AS seats FROM class
 WHERE starts_on BETWEEN :from_on AND :to_on GROUP BY district, status ORDER BY district, status;

-- @many class_person_times
-- @in from_on i64, to_on i64
-- @out n i64
SELECT c.district, count(*) AS n FROM trainee t JOIN class c ON c.id = t.class_id
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND t.status IN ('attending', 'completed', 'passed', 'failed')
 GROUP BY c.district ORDER BY c.district;

-- The year by occupation: classes that were held, person-times, who passed, what was paid.
-- @many class_trades
-- @in from_on i64, to_on i64, lim i64
-- @out name text, classes i64, times i64, passed i64, paid i64
SELECT c.occupation, min(j.name) AS name, count(DISTINCT c.id) AS classes,
       CAST(sum(CASE WHEN t.status IN ('attending', 'completed', 'passed', 'failed') THEN 1 ELSE 0 END) AS BIGINT) AS times,
       CAST(sum(CASE WHEN t.status = 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed,
       CAST(coalesce((SELECT sum(l.amount) FROM claim_line l JOIN claim q ON q.id = l.claim_id JOIN class k ON k.id = q.class_id
                       WHERE k.occupation = c.occupation AND k.starts_on BETWEEN :from_on AND :to_on AND l.status = 'paid'), 0) AS BIGINT) AS paid
  FROM class c JOIN project j ON j.id = c.project_id JOIN trainee t ON t.class_id = c.id
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND c.status IN ('running', 'finished', 'examined', 'closed', 'unqualified')
 GROUP BY c.occupation ORDER BY times DESC, c.occupation LIMIT :lim;

-- @many class_late
-- @in today i64
-- @out n i64
SELECT district, count(*) AS n FROM class WHERE status = 'declared' AND due_on < :today GROUP BY district ORDER BY district;

-- @many class_late_ever
-- @in from_on i64, to_on i64
-- @out n i64, late i64
SELECT district, count(*) AS n, CAST(sum(CASE WHEN decided_on > due_on THEN 1 ELSE 0 END) AS BIGINT) AS late FROM class
 WHERE decided_on BETWEEN :from_on AND :to_on AND due_on IS NOT NULL GROUP BY district ORDER BY district;

-- ---- needs ----

-- @many need_of_person
SELECT id, occupation, level, district, street, schedule, source, status, class_id, station_id, at FROM need WHERE person_id = :person_id ORDER BY id DESC LIMIT 50;

-- @one need_get
SELECT id, person_id, station_id, occupation, level, district, street, schedule, source, status, class_id, at FROM need WHERE id = :id;

-- @one need_add
-- @out id i64
INSERT INTO need (person_id, station_id, occupation, level, district, street, schedule, source, status, at)
VALUES (:person_id, :station_id?, :occupation, :level, :district, :street, :schedule, :source, :status, :at) RETURNING id;

-- @exec need_change
UPDATE need SET schedule = :schedule, district = :district, street = :street WHERE id = :id;

-- @exec need_forget
DELETE FROM need WHERE person_id = :person_id;

-- @exec need_move
-- @in was text
UPDATE need SET status = :status, class_id = :class_id? WHERE id = :id AND status = :was;

-- @many need_cells
-- @out n i64
SELECT occupation, level, district, street, count(*) AS n FROM need WHERE status = 'waiting'
 GROUP BY occupation, level, district, street ORDER BY occupation, level, district, street;

-- @many need_waiting
SELECT n.id, n.person_id, n.street, n.schedule, n.at, p.phone FROM need n JOIN person p ON p.id = n.person_id
 WHERE n.occupation = :occupation AND n.level = :level AND n.district = :district AND n.status = 'waiting' ORDER BY n.at, n.id LIMIT 2000;

-- @many need_same
SELECT id FROM need WHERE person_id = :person_id AND occupation = :occupation AND level = :level AND status IN ('waiting', 'offered');

-- @many need_stale
-- @in lim i64
SELECT n.id FROM need n JOIN class c ON c.id = n.class_id WHERE n.status = 'offered' AND c.status <> 'approved' ORDER BY n.id LIMIT :lim;

-- @many need_entered
-- @in lim i64
SELECT n.id, n.status, t.class_id FROM need n JOIN trainee t ON t.person_id = n.person_id JOIN class c ON c.id = t.class_id
 WHERE n.status IN ('waiting', 'offered') AND c.occupation = n.occupation AND c.level = n.level
   AND t.status IN ('admitted', 'attending', 'completed', 'passed', 'failed') AND c.starts_on >= :starts_on
 ORDER BY n.id LIMIT :lim;

-- @many need_people
SELECT id FROM person ORDER BY id LIMIT 60;

-- ---- what classes really cost ----

-- @exec class_cost_set
INSERT INTO class_cost (class_id, teachers, consumables, materials, other, note, at, account_id)
VALUES (:class_id, :teachers, :consumables, :materials, :other, :note, :at, :account_id)
    ON CONFLICT (class_id) DO UPDATE SET teachers = excluded.teachers, consumables = excluded.consumables, materials = excluded.materials, other = excluded.other,
       note = excluded.note, at = excluded.at, account_id = excluded.account_id;

-- @many class_cost_of
SELECT class_id, teachers, consumables, materials, other, note, at FROM class_cost WHERE class_id = :class_id;

-- Classes of an occupation that were held: sizes and lessons of all, costs of those that told them.
-- @many class_actuals
-- @in since i64
-- @out classes i64, people i64, lessons i64, costed i64, costed_people i64, teachers i64, consumables i64, materials i64, other i64
SELECT x.level, x.hours, count(*) AS classes, CAST(sum(x.people) AS BIGINT) AS people, CAST(sum(x.lessons) AS BIGINT) AS lessons, CAST(sum(x.costed) AS BIGINT) AS costed,
       CAST(sum(x.costed * x.people) AS BIGINT) AS costed_people, CAST(sum(x.teachers) AS BIGINT) AS teachers, CAST(sum(x.consumables) AS BIGINT) AS consumables,
       CAST(sum(x.materials) AS BIGINT) AS materials, CAST(sum(x.other) AS BIGINT) AS other
  FROM (SELECT c.level, c.hours, (SELECT count(*) FROM trainee t WHERE t.class_id = c.id AND t.status IN ('completed', 'passed', 'failed')) AS people,
               (SELECT COALESCE(sum(s.hours), 0) FROM class_session s WHERE s.class_id = c.id) AS lessons,
               CASE WHEN k.class_id IS NULL THEN 0 ELSE 1 END AS costed, COALESCE(k.teachers, 0) AS teachers, COALESCE(k.consumables, 0) AS consumables,
               COALESCE(k.materials, 0) AS materials, COALESCE(k.other, 0) AS other
          FROM class c LEFT JOIN class_cost k ON k.class_id = c.id
         WHERE c.occupation = :occupation AND c.line = 'catalogue' AND c.status IN ('finished', 'examined', 'closed') AND c.starts_on >= :since) x
 GROUP BY x.level, x.hours ORDER BY CASE WHEN x.level = 0 THEN 9 ELSE x.level END DESC, x.hours DESC;

-- ---- what waits ----

-- For the officers of a district, beside its classes. `me`: claims they may not approve are not theirs.
-- @one class_due
-- @in district i64, me i64, today i64
-- @out trainees i64, facts i64, certificates i64, claims i64, objections i64, to_pay i64, failed i64, unsent i64, recoveries i64
SELECT (SELECT count(*) FROM trainee JOIN class ON class.id = trainee.class_id
         WHERE trainee.status = 'applied' AND trainee.verdict = 'ask' AND class.district = :district) AS trainees,
       (SELECT count(*) FROM fact WHERE fact.status = 'disputed' AND EXISTS (SELECT 1 FROM trainee JOIN class ON class.id = trainee.class_id
         WHERE trainee.person_id = fact.person_id AND class.district = :district)) AS facts,
       (SELECT count(*) FROM certificate JOIN trainee ON trainee.id = certificate.trainee_id JOIN class ON class.id = trainee.class_id
         WHERE certificate.status IN ('entered', 'seen', 'doubtful') AND class.district = :district
           AND (certificate.status <> 'seen' OR coalesce(certificate.first_by, 0) <> :me)) AS certificates,
       (SELECT count(*) FROM claim WHERE claim.district = :district AND (claim.status IN ('confirmed', 'reviewed')
         OR (claim.status = 'cleared' AND coalesce(claim.reviewed_by, 0) <> :me AND coalesce(claim.class_by, 0) <> :me))) AS claims,
       (SELECT count(*) FROM objection JOIN notice ON notice.id = objection.notice_id
         WHERE objection.status = 'open' AND notice.district = :district) AS objections,
       (SELECT count(*) FROM claim WHERE claim.district = :district AND claim.status = 'approved') AS to_pay,
       (SELECT count(*) FROM claim_line WHERE claim_line.district = :district AND claim_line.status = 'failed') AS failed,
       (SELECT count(*) FROM payment_batch WHERE payment_batch.district = :district AND payment_batch.status = 'made' AND payment_batch.made_by <> :me) AS unsent,
       (SELECT count(*) FROM recovery JOIN claim_line ON claim_line.id = recovery.claim_line_id
         WHERE recovery.status = 'asked' AND recovery.due_on < :today AND claim_line.district = :district) AS recoveries;

-- For a provider.
-- @one class_due_own
-- @out trainees i64, claims i64, cases i64
SELECT (SELECT count(*) FROM trainee JOIN class ON class.id = trainee.class_id
         WHERE trainee.status = 'applied' AND class.provider_id = :provider_id AND class.status = 'approved') AS trainees,
       (SELECT count(*) FROM claim WHERE claim.provider_id = :provider_id AND claim.status = 'drawn') AS claims,
       (SELECT count(*) FROM anomaly WHERE anomaly.status = 'asked'
           AND anomaly.class_id IN (SELECT class.id FROM class WHERE class.provider_id = :provider_id)) AS cases;
