-- Trainees and the facts their decisions rest on.

-- @many trainee_get
SELECT t.id, t.code, t.class_id, t.person_id, t.category, t.flags, t.proof, t.employer_id, t.employer, t.uscc, t.graduates_on, t.said, t.status, t.reason,
       t.applied_at, t.channel, t.verdict, t.decision, t.decided_at, t.decided_by, t.hours, t.confirmed_at, t.confirmed_by, t.version,
       c.code AS class_code, c.name AS class_name, c.provider_id, c.district, c.occupation, c.level, c.starts_on, c.ends_on, c.status AS class_status
  FROM trainee t JOIN class c ON c.id = t.class_id WHERE t.id = :id;

-- @many trainee_by_code
SELECT id FROM trainee WHERE code = :code;

-- @many trainee_of_class
SELECT t.id, t.code, t.person_id, t.category, t.flags, t.proof, t.employer, t.status, t.reason, t.applied_at, t.verdict, t.hours, t.confirmed_at, t.confirmed_by,
       t.version, p.code AS person_code, p.name AS person_name, p.idno, p.phone
  FROM trainee t JOIN person p ON p.id = t.person_id WHERE t.class_id = :class_id ORDER BY t.id;

-- @many trainee_list
-- @in lim i64, off i64, from_on i64, to_on i64
-- @out total i64
SELECT t.id, t.code, t.category, t.status, t.applied_at, t.verdict, c.code AS class_code, c.name AS class_name, c.starts_on, c.district,
       p.name AS person_name, p.idno, count(*) OVER () AS total
  FROM trainee t JOIN class c ON c.id = t.class_id JOIN person p ON p.id = t.person_id
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND (:district? IS NULL OR c.district = :district) AND (:provider_id? IS NULL OR c.provider_id = :provider_id)
   AND (:status? IS NULL OR t.status = :status) AND (:verdict? IS NULL OR t.verdict = :verdict)
   AND (:category? IS NULL OR t.category = :category) AND (:class_id? IS NULL OR t.class_id = :class_id) AND (:code? IS NULL OR t.code = :code)
 ORDER BY CASE WHEN t.status = 'applied' THEN 0 ELSE 1 END, t.applied_at DESC, t.id DESC LIMIT :lim OFFSET :off;

-- @many trainee_of_person
SELECT t.id, t.code, t.class_id, t.status, t.verdict, t.confirmed_at, t.version, c.code AS class_code, c.name AS class_name, c.starts_on, c.ends_on
  FROM trainee t JOIN class c ON c.id = t.class_id WHERE t.person_id = :person_id ORDER BY t.id DESC LIMIT 50;

-- @many trainee_in_class
SELECT id, status, version FROM trainee WHERE class_id = :class_id AND person_id = :person_id;

-- @one trainee_add
-- @out id i64
INSERT INTO trainee (code, class_id, person_id, category, flags, proof, employer_id, employer, uscc, graduates_on, said, status, applied_at, channel, verdict, decision,
       decided_at, decided_by)
VALUES (:code, :class_id, :person_id, :category, :flags, :proof, :employer_id?, :employer, :uscc, :graduates_on?, :said, :status, :applied_at, :channel, :verdict, :decision,
       :decided_at, :decided_by)
RETURNING id;

-- @exec trainee_name_code
UPDATE trainee SET code = 'A' || id WHERE id = :id;

-- @exec trainee_again
UPDATE trainee SET category = :category, flags = :flags, proof = :proof, employer_id = :employer_id?, employer = :employer, uscc = :uscc,
       graduates_on = :graduates_on?, said = :said, status = :status, reason = '', applied_at = :applied_at, channel = :channel, verdict = :verdict, decision = :decision,
       decided_at = :decided_at, decided_by = :decided_by, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec trainee_move
UPDATE trainee SET status = :status, reason = :reason, version = version + 1 WHERE id = :id AND version = :version;

-- @exec trainee_decided
UPDATE trainee SET verdict = :verdict, decision = :decision, decided_at = :decided_at, decided_by = :decided_by, version = version + 1
 WHERE id = :id AND version = :version;

-- @many trainee_due
SELECT t.id, t.status FROM trainee t JOIN class c ON c.id = t.class_id
 WHERE (t.status = 'admitted' AND c.status IN ('running', 'finished', 'examined', 'closed', 'unqualified'))
    OR (t.status = 'attending' AND c.status IN ('finished', 'examined', 'closed', 'unqualified'))
 ORDER BY t.id LIMIT 2000;

-- @exec trainee_set_hours
UPDATE trainee SET hours = :hours, version = version + 1 WHERE id = :id;

-- @exec trainee_confirm_set
UPDATE trainee SET confirmed_at = :confirmed_at?, confirmed_by = :confirmed_by, version = version + 1 WHERE id = :id AND confirmed_at IS NULL;

-- @one trainee_count
-- @in from_on i64, to_on i64
-- @out n i64
SELECT count(*) AS n FROM trainee t JOIN class c ON c.id = t.class_id
 WHERE c.starts_on BETWEEN :from_on AND :to_on AND (:district? IS NULL OR c.district = :district) AND t.status NOT IN ('applied', 'refused', 'dropped');

-- @one trainee_taken
-- @out n i64
SELECT count(*) AS n FROM trainee WHERE class_id = :class_id AND status NOT IN ('refused', 'dropped');

-- @exec trainee_code_drop
DELETE FROM trainee_code WHERE trainee_id = :trainee_id;

-- @exec trainee_code_put
INSERT INTO trainee_code (trainee_id, code_hash, until, tries) VALUES (:trainee_id, :code_hash, :until, 0);

-- @many trainee_code_get
SELECT trainee_id, code_hash, until, tries FROM trainee_code WHERE trainee_id = :trainee_id;

-- @exec trainee_code_tried
UPDATE trainee_code SET tries = tries + 1 WHERE trainee_id = :trainee_id;

-- ---- what a decision needs ----

-- @many trainee_case
-- @out rate i64?, fee i64?, first_level i64?
SELECT c.id, c.code, c.name AS class_name, c.occupation, c.line, c.level, c.hours, c.mode, c.audience, c.starts_on, c.ends_on, c.status, c.seats, c.decided_on, c.provider_id, c.district,
       p.name AS provider_name, p.kind AS provider_kind, p.base, p.credit, p.public_kind, l.name AS place_name, l.address AS place_address, c.phone, i.name AS item_name, i.urgency, i.class AS evaluation, k.title AS catalogue, e.uscc AS employer_uscc,
       (SELECT max(r.amount) FROM catalogue_rate r WHERE r.item_id = c.item_id AND r.level = c.level AND r.hours = c.hours
          AND k.effective_on <= c.starts_on AND (k.until_on IS NULL OR k.until_on >= c.starts_on)) AS rate,
       (SELECT max(f.amount) FROM evaluation_fee f WHERE f.catalogue_id = c.catalogue_id AND f.class = i.class
          AND f.level = CASE WHEN c.line = 'centre' THEN 3 ELSE c.level END) AS fee,
       (SELECT max(r.level) FROM catalogue_rate r WHERE r.item_id = c.item_id) AS first_level
  FROM class c JOIN provider p ON p.id = c.provider_id JOIN provider_place l ON l.id = c.place_id JOIN catalogue_item i ON i.id = c.item_id
       JOIN catalogue k ON k.id = c.catalogue_id LEFT JOIN employer e ON e.id = c.employer_id
 WHERE c.id = :id;

-- @many trainee_class_of
SELECT id FROM class WHERE code = :code;

-- @many trainee_idno
SELECT idno, name, phone FROM person WHERE id = :id;

-- All of a class at once: what each application says, and who it is.
-- @many trainee_decide
SELECT t.id, t.code, t.person_id, t.category, t.flags, t.proof, t.employer, t.uscc, t.graduates_on, t.said, t.channel, p.idno
  FROM trainee t JOIN person p ON p.id = t.person_id WHERE t.class_id = :class_id ORDER BY t.id;

-- @many trainee_person_known
SELECT id FROM person WHERE idno_find = :idno_find?;

-- @many trainee_past
-- @out paid i64, claimed i64, fund text?
SELECT t.id, c.code, c.occupation, c.line, c.level, c.starts_on, c.ends_on,
       (SELECT count(*) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status = 'paid') AS paid,
       (SELECT count(*) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status NOT IN ('withdrawn', 'recovered')) AS claimed,
       (SELECT max(l.fund) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status NOT IN ('withdrawn', 'recovered')) AS fund
  FROM trainee t JOIN class c ON c.id = t.class_id
 WHERE t.person_id = :person_id AND t.class_id <> :class_id AND t.status NOT IN ('applied', 'refused', 'dropped', 'failed') AND c.status NOT IN ('cancelled', 'unqualified')
 ORDER BY t.id;

-- @many trainee_past_items
SELECT q.code, q.at, l.item, l.fund, l.status, c.occupation, c.level, c.starts_on, c.ends_on
  FROM claim_line l JOIN claim q ON q.id = l.claim_id JOIN trainee t ON t.id = l.trainee_id JOIN class c ON c.id = t.class_id
 WHERE t.person_id = :person_id AND t.class_id <> :class_id AND l.item <> 'training' AND l.status NOT IN ('withdrawn', 'recovered')
 ORDER BY l.id;

-- The same of everybody in a class; of_trainee: who of them.
-- @many trainee_past_class
-- @out of_trainee i64, paid i64, claimed i64, fund text?
SELECT o.id AS of_trainee, t.id, c.code, c.occupation, c.line, c.level, c.starts_on, c.ends_on,
       (SELECT count(*) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status = 'paid') AS paid,
       (SELECT count(*) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status NOT IN ('withdrawn', 'recovered')) AS claimed,
       (SELECT max(l.fund) FROM claim_line l WHERE l.trainee_id = t.id AND l.item = 'training' AND l.status NOT IN ('withdrawn', 'recovered')) AS fund
  FROM trainee o JOIN trainee t ON t.person_id = o.person_id JOIN class c ON c.id = t.class_id
 WHERE o.class_id = :class_id AND t.class_id <> :class_id AND t.status NOT IN ('applied', 'refused', 'dropped', 'failed') AND c.status NOT IN ('cancelled', 'unqualified')
 ORDER BY o.id, t.id;

-- @many trainee_items_class
-- @out of_trainee i64
SELECT o.id AS of_trainee, q.code, q.at, l.item, l.fund, l.status, c.occupation, c.level, c.starts_on, c.ends_on
  FROM trainee o JOIN trainee t ON t.person_id = o.person_id JOIN claim_line l ON l.trainee_id = t.id JOIN claim q ON q.id = l.claim_id JOIN class c ON c.id = t.class_id
 WHERE o.class_id = :class_id AND t.class_id <> :class_id AND l.item <> 'training' AND l.status NOT IN ('withdrawn', 'recovered')
 ORDER BY o.id, l.id;

-- @many fact_class
-- @out of_trainee i64
SELECT t.id AS of_trainee, f.name, f.value, f.source, f.from_on, f.to_on, f.status
  FROM trainee t JOIN fact f ON f.person_id = t.person_id WHERE t.class_id = :class_id ORDER BY t.id, f.id DESC;

-- ---- demo ----

-- @many trainee_demo_classes
SELECT c.id, c.code, c.status, c.starts_on, c.district, c.provider_id, c.seats, c.level, c.line, c.audience, p.name AS provider_name, p.uscc, e.name AS employer_name,
       e.uscc AS employer_uscc
  FROM class c JOIN provider p ON p.id = c.provider_id LEFT JOIN employer e ON e.id = c.employer_id
 WHERE c.status IN ('approved', 'running', 'finished', 'examined', 'closed', 'unqualified') ORDER BY c.id;

-- @many trainee_demo_seeker
-- @out class_id i64?
SELECT person_id, (SELECT max(c.id) FROM class c WHERE c.status = 'approved' AND c.audience = 'society') AS class_id
  FROM account WHERE role = 'seeker' AND person_id IS NOT NULL ORDER BY id LIMIT 1;

-- @one trainee_any
-- @out n i64
SELECT count(*) AS n FROM trainee;

-- ---- facts ----

-- @many fact_list
SELECT id, person_id, name, value, source, from_on, to_on, status, note, at, account_id FROM fact WHERE person_id = :person_id ORDER BY id DESC LIMIT 200;

-- @many fact_get
SELECT id, person_id, name, value, source, from_on, to_on, status, note, at, account_id FROM fact WHERE id = :id;

-- @many fact_disputed
-- @in lim i64
-- @out trainee_code text?
SELECT f.id, f.person_id, f.name, f.value, f.source, f.from_on, f.note, f.at, p.code AS person_code, p.name AS person_name,
       (SELECT max(t.code) FROM trainee t WHERE t.person_id = f.person_id) AS trainee_code
  FROM fact f JOIN person p ON p.id = f.person_id
 WHERE f.status = 'disputed' AND (:district? IS NULL OR EXISTS
       (SELECT 1 FROM trainee t JOIN class c ON c.id = t.class_id WHERE t.person_id = f.person_id AND c.district = :district))
 ORDER BY f.id LIMIT :lim;

-- @one fact_insert
-- @out id i64
INSERT INTO fact (person_id, name, value, source, from_on, to_on, status, note, at, account_id)
VALUES (:person_id, :name, :value, :source, :from_on, :to_on?, 'held', :note, :at, :account_id)
RETURNING id;

-- @exec fact_move
UPDATE fact SET status = :status, to_on = :to_on?, note = :note WHERE id = :id;

-- @exec fact_forget
DELETE FROM fact WHERE person_id = :person_id;
