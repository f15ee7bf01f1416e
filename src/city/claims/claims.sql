-- Claims: who may be claimed for, the claim's way, notices and objections, payments and what the bank answers, asking back.

-- ---- candidates ----

-- @many claim_trainees
-- @out certificate_id i64?, number text?, certificate_occupation text?, certificate_level i64?, issued_on i64?
SELECT trainee.id, trainee.code, trainee.person_id, trainee.status, trainee.hours, trainee.employer_id,
       trainee.employer, trainee.uscc, person.name, certificate.id AS certificate_id, certificate.number AS number,
       certificate.occupation AS certificate_occupation, certificate.level AS certificate_level, certificate.issued_on AS issued_on
  FROM trainee JOIN person ON person.id = trainee.person_id
       LEFT JOIN certificate ON certificate.trainee_id = trainee.id AND certificate.status = 'verified'
 WHERE trainee.class_id = :class_id
 ORDER BY trainee.id;

-- @many claim_class
-- @out master_id i64?
SELECT class.id, class.code, class.name, class.provider_id, class.district, class.occupation, class.level, class.hours, class.starts_on,
       class.ends_on, class.status, class.decided_by, provider.name AS provider_name, provider.code AS provider_code, class_master.person_id AS master_id
  FROM class JOIN provider ON provider.id = class.provider_id LEFT JOIN class_master ON class_master.class_id = class.id AND class.line = 'master'
 WHERE class.id = :id;

-- @many claim_class_by_code
SELECT id FROM class WHERE code = :code;

-- What was claimed for the trainees of a class; a line that was taken out comes first, so that a later claim of it counts.
-- @many claim_held
SELECT claim_line.trainee_id, claim_line.item, claim_line.status, claim_line.final, claim_line.reason, claim.code
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id
 WHERE claim.class_id = :class_id
 ORDER BY CASE WHEN claim_line.status = 'withdrawn' THEN 0 ELSE 1 END, claim_line.id;

-- The same training or item of the same person in another class, whoever paid it.
-- @many claim_doubles
SELECT claim_line.item, claim_line.district, claim_line.fund, claim.code, class.occupation, class.level, trainee.person_id
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN trainee ON trainee.id = claim_line.trainee_id
       JOIN class ON class.id = claim.class_id
 WHERE claim.class_id <> :class_id AND class.occupation = :occupation AND class.level = :level AND class.line IN ('catalogue', 'centre')
   AND EXISTS (SELECT 1 FROM class k WHERE k.id = :class_id AND k.line IN ('catalogue', 'centre'))
   AND claim_line.status NOT IN ('withdrawn', 'recovered') AND claim_line.item <> 'allowance'
   AND trainee.person_id IN (SELECT t.person_id FROM trainee t WHERE t.class_id = :class_id);

-- A living allowance of the same person from another class in the year before.
-- @many claim_allowances
-- @in since i64
SELECT trainee.person_id, claim.code, claim_line.district
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN trainee ON trainee.id = claim_line.trainee_id
 WHERE claim.class_id <> :class_id AND claim_line.item = 'allowance' AND claim.at >= :since
   AND claim_line.status NOT IN ('withdrawn', 'recovered')
   AND trainee.person_id IN (SELECT t.person_id FROM trainee t WHERE t.class_id = :class_id);

-- @many claim_employer_of
SELECT id FROM employer WHERE uscc = :uscc;

-- Classes with somebody who passed and is on no claim, or has a line that was taken out to be claimed again.
-- @many claim_class_ready
-- @in lim i64, provider_id i64?, district i64?
-- @out passed i64, held i64
SELECT class.id, class.code, class.name, class.provider_id, class.district, class.ends_on, provider.name AS provider_name,
       (SELECT count(*) FROM trainee JOIN certificate ON certificate.trainee_id = trainee.id AND certificate.status = 'verified'
         WHERE trainee.class_id = class.id AND trainee.status = 'passed') AS passed,
       (SELECT count(DISTINCT claim_line.trainee_id) FROM claim_line JOIN trainee ON trainee.id = claim_line.trainee_id
         WHERE trainee.class_id = class.id AND (claim_line.status <> 'withdrawn' OR claim_line.final = 1)
           AND NOT EXISTS (SELECT 1 FROM claim_line w WHERE w.trainee_id = trainee.id AND w.status = 'withdrawn' AND w.final IS NULL
                              AND NOT EXISTS (SELECT 1 FROM claim_line l WHERE l.trainee_id = w.trainee_id AND l.item = w.item
                                                 AND (l.status <> 'withdrawn' OR l.final = 1)))) AS held
  FROM class JOIN provider ON provider.id = class.provider_id
 WHERE (:provider_id? IS NULL OR class.provider_id = :provider_id) AND (:district? IS NULL OR class.district = :district)
   AND class.status NOT IN ('draft', 'declared', 'returned', 'approved', 'cancelled')
   AND (EXISTS (SELECT 1 FROM trainee JOIN certificate ON certificate.trainee_id = trainee.id AND certificate.status = 'verified'
                 WHERE trainee.class_id = class.id AND trainee.status = 'passed'
                   AND NOT EXISTS (SELECT 1 FROM claim_line WHERE claim_line.trainee_id = trainee.id AND (claim_line.status <> 'withdrawn' OR claim_line.final = 1)))
        OR class.id IN (SELECT q.class_id FROM claim_line w JOIN claim q ON q.id = w.claim_id
                         WHERE w.status = 'withdrawn' AND w.final IS NULL
                           AND NOT EXISTS (SELECT 1 FROM claim_line l WHERE l.trainee_id = w.trainee_id AND l.item = w.item AND (l.status <> 'withdrawn' OR l.final = 1))))
 ORDER BY class.ends_on DESC, class.id LIMIT :lim;

-- Classes that are over for good, once nothing of them can be claimed: no live claim, nobody without a result, and a claim of theirs
-- paid or nobody who passed outside of one.
-- @many claim_class_done
-- @in lim i64
SELECT class.id, class.status FROM class
 WHERE class.status IN ('finished', 'examined')
   AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.class_id = class.id AND claim.status NOT IN ('paid', 'withdrawn'))
   AND NOT EXISTS (SELECT 1 FROM trainee WHERE trainee.class_id = class.id
                      AND (trainee.status IN ('admitted', 'attending')
                           OR (trainee.status = 'completed' AND NOT EXISTS (SELECT 1 FROM certificate
                                WHERE certificate.trainee_id = trainee.id AND certificate.status = 'rejected'))))
   AND (EXISTS (SELECT 1 FROM claim WHERE claim.class_id = class.id AND claim.status = 'paid')
        OR NOT EXISTS (SELECT 1 FROM trainee WHERE trainee.class_id = class.id AND trainee.status = 'passed'
                          AND NOT EXISTS (SELECT 1 FROM claim_line WHERE claim_line.trainee_id = trainee.id
                                             AND (claim_line.status <> 'withdrawn' OR claim_line.final = 1))))
 ORDER BY class.id LIMIT :lim;

-- What goes to the person's own account, and what the bank said when it came back.
-- @many claim_of_person
-- @out answer text?
SELECT claim_line.trainee_id, claim_line.item, claim_line.amount, claim_line.status,
       (SELECT payment.answer FROM payment JOIN payment_line ON payment_line.payment_id = payment.id
         WHERE payment_line.claim_line_id = claim_line.id AND payment.status = 'failed' ORDER BY payment.id DESC LIMIT 1) AS answer
  FROM claim_line JOIN trainee ON trainee.id = claim_line.trainee_id
 WHERE claim_line.payee = 'person' AND claim_line.payee_id = :person_id
 ORDER BY claim_line.id;

-- ---- claims ----

-- @one claim_next
-- @out n i64
SELECT coalesce(max(id), 0) + 1 AS n FROM claim;

-- @one claim_rounds
-- @out n i64
SELECT coalesce(max(round), 0) AS n FROM claim WHERE class_id = :class_id;

-- @many claim_drawn
SELECT id, version FROM claim WHERE class_id = :class_id AND status = 'drawn' ORDER BY id;

-- @one claim_insert
INSERT INTO claim (code, class_id, round, provider_id, district, status, class_by, at)
VALUES (:code, :class_id, :round, :provider_id, :district, :status, :class_by?, :at)
RETURNING id;

-- @exec claim_touch
UPDATE claim SET at = :at, version = version + 1 WHERE id = :id AND status = 'drawn';

-- @exec claim_clear_lines
DELETE FROM claim_line WHERE claim_id = :claim_id AND status = 'drawn';

-- @exec claim_line_insert
INSERT INTO claim_line (claim_id, trainee_id, certificate_id, item, amount, payee, payee_id, fund, formula, district, status)
VALUES (:claim_id, :trainee_id, :certificate_id, :item, :amount, :payee, :payee_id, :fund, :formula, :district, 'drawn');

-- @many claim
-- @out notice_code text?, opens_on i64?, closes_on i64?, fen i64, lines i64
SELECT claim.id, claim.code, claim.class_id, claim.round, claim.provider_id, claim.district, claim.status, claim.class_by, claim.confirmed_by,
       claim.reviewed_by, claim.approved_by, claim.notice_id, claim.reason, claim.at, claim.version,
       class.code AS class_code, class.name AS class_name, class.occupation, class.level, provider.name AS provider_name, provider.code AS provider_code,
       notice.code AS notice_code, notice.opens_on AS opens_on, notice.closes_on AS closes_on,
       (SELECT CAST(coalesce(sum(claim_line.amount), 0) AS BIGINT) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS fen,
       (SELECT count(*) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS lines
  FROM claim JOIN class ON class.id = claim.class_id JOIN provider ON provider.id = claim.provider_id
       LEFT JOIN notice ON notice.id = claim.notice_id
 WHERE claim.id = :id;

-- @many claim_by_code
SELECT id FROM claim WHERE code = :code;

-- The page is cut out first: only its rows are summed up.
-- @many claim_list
-- @in lim i64, off i64, provider_id i64?, district i64?, status text?
-- @out total i64, fen i64, lines i64
SELECT claim.id, claim.code, claim.status, claim.at, claim.district, claim.class_by, claim.reviewed_by, class.code AS class_code, class.name AS class_name,
       provider.name AS provider_name,
       (SELECT CAST(coalesce(sum(claim_line.amount), 0) AS BIGINT) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS fen,
       (SELECT count(*) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS lines,
       page.total AS total
  FROM (SELECT c.id AS page_id, count(*) OVER () AS total FROM claim c
         WHERE (:provider_id? IS NULL OR c.provider_id = :provider_id) AND (:district? IS NULL OR c.district = :district)
           AND (:status? IS NULL OR c.status = :status)
         ORDER BY c.id DESC LIMIT :lim OFFSET :off) AS page
       JOIN claim ON claim.id = page.page_id JOIN class ON class.id = claim.class_id JOIN provider ON provider.id = claim.provider_id
 ORDER BY claim.id DESC;

-- What waits for one officer: to be reviewed; to be put on notice; to be approved by somebody else than who reviewed it or approved the class.
-- @many claim_waiting
-- @in lim i64, me i64
-- @out fen i64, lines i64
SELECT claim.id, claim.code, claim.status, claim.at, claim.district, claim.class_by, claim.reviewed_by, class.code AS class_code, class.name AS class_name,
       provider.name AS provider_name,
       (SELECT CAST(coalesce(sum(claim_line.amount), 0) AS BIGINT) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS fen,
       (SELECT count(*) FROM claim_line WHERE claim_line.claim_id = claim.id AND claim_line.status <> 'withdrawn') AS lines
  FROM claim JOIN class ON class.id = claim.class_id JOIN provider ON provider.id = claim.provider_id
 WHERE claim.district = :district
   AND (claim.status IN ('confirmed', 'reviewed')
        OR (claim.status = 'cleared' AND claim.reviewed_by <> :me AND coalesce(claim.class_by, 0) <> :me))
 ORDER BY claim.id LIMIT :lim;

-- @many claim_counts
-- @in provider_id i64?, district i64?
-- @out n i64
SELECT status, count(*) AS n FROM claim
 WHERE (:provider_id? IS NULL OR provider_id = :provider_id) AND (:district? IS NULL OR district = :district)
 GROUP BY status;

-- @many claim_districts
-- @out n i64, fen i64, paid i64, failed i64
SELECT q.district, q.n AS n, l.fen AS fen, l.paid AS paid, l.failed AS failed
  FROM (SELECT district, count(*) AS n FROM claim GROUP BY district) AS q
       JOIN (SELECT district, CAST(coalesce(sum(CASE WHEN status <> 'withdrawn' THEN amount ELSE 0 END), 0) AS BIGINT) AS fen,
                    CAST(coalesce(sum(CASE WHEN status = 'paid' THEN amount ELSE 0 END), 0) AS BIGINT) AS paid,
                    CAST(coalesce(sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS failed
               FROM claim_line GROUP BY district) AS l ON l.district = q.district
 ORDER BY q.district;

-- @exec claim_move
UPDATE claim
   SET status = :status, confirmed_by = :confirmed_by?, reviewed_by = :reviewed_by?, approved_by = :approved_by?, notice_id = :notice_id?,
       reason = :reason, version = version + 1
 WHERE id = :id AND version = :version;

-- @many claim_of_notice
SELECT id, code, status FROM claim WHERE notice_id = :notice_id? ORDER BY id;

-- @many claim_reviewed
SELECT id FROM claim WHERE district = :district AND status = 'reviewed' ORDER BY id;

-- @many claim_lines
SELECT claim_line.id, claim_line.trainee_id, claim_line.certificate_id, claim_line.item, claim_line.amount, claim_line.payee, claim_line.payee_id,
       claim_line.fund, claim_line.formula, claim_line.status, claim_line.district, claim_line.year, claim_line.final, claim_line.reason, claim_line.out_at,
       trainee.code AS trainee_code, trainee.person_id, trainee.category, person.name, person.idno, certificate.number
  FROM claim_line JOIN trainee ON trainee.id = claim_line.trainee_id JOIN person ON person.id = trainee.person_id
       JOIN certificate ON certificate.id = claim_line.certificate_id
 WHERE claim_line.claim_id = :claim_id
 ORDER BY trainee.id, claim_line.item DESC;

-- Lines of the same trainees that were taken out of earlier claims.
-- @many claim_lines_out
SELECT claim_line.trainee_id, claim_line.item, claim_line.reason, claim_line.out_at, claim.code
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id
 WHERE claim_line.trainee_id IN (SELECT l.trainee_id FROM claim_line l WHERE l.claim_id = :claim_id) AND claim_line.claim_id < :claim_id
   AND claim_line.status = 'withdrawn'
 ORDER BY claim_line.id;

-- The claim's way as the audit chain holds it, newest first.
-- @many claim_way
-- @in claim_id i64
-- @out name blob?
SELECT audit.at, audit.role, audit.action, audit.detail, account.name AS name
  FROM audit LEFT JOIN account ON account.id = audit.account_id
 WHERE audit.kind = 'claim' AND audit.object_id = :claim_id
 ORDER BY audit.seq DESC LIMIT 60;

-- Who is on a claim.
-- @many claim_people
SELECT DISTINCT trainee.id, trainee.code, trainee.person_id, person.name, person.idno
  FROM claim_line JOIN trainee ON trainee.id = claim_line.trainee_id JOIN person ON person.id = trainee.person_id
 WHERE claim_line.claim_id = :claim_id ORDER BY trainee.id;

-- What the same people have, or ask for, by other claims.
-- @many claim_elsewhere
SELECT trainee.person_id, claim_line.item, claim_line.fund, claim_line.district, claim_line.amount, claim_line.status, claim.code, class.occupation,
       class.level, class.line, class.starts_on
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN trainee ON trainee.id = claim_line.trainee_id JOIN class ON class.id = claim.class_id
 WHERE claim_line.claim_id <> :claim_id AND claim_line.status <> 'withdrawn'
   AND trainee.person_id IN (SELECT t.person_id FROM trainee t JOIN claim_line l ON l.trainee_id = t.id WHERE l.claim_id = :claim_id)
 ORDER BY trainee.person_id, claim_line.id LIMIT 500;

-- @many claim_line
SELECT claim_line.id, claim_line.claim_id, claim_line.trainee_id, claim_line.item, claim_line.amount, claim_line.payee, claim_line.payee_id, claim_line.fund,
       claim_line.district, claim_line.year, claim_line.status, claim_line.final, claim.code, claim.class_id, claim.provider_id
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id WHERE claim_line.id = :id;

-- @exec claim_line_move
-- @in was text
UPDATE claim_line SET status = :status WHERE id = :id AND status = :was;

-- @exec claim_line_out
UPDATE claim_line SET final = :final?, reason = :reason, out_at = :out_at? WHERE id = :id AND status = 'withdrawn';

-- @exec claim_line_allow
UPDATE claim_line SET final = NULL WHERE id = :id AND status = 'withdrawn' AND final = 1;

-- @exec claim_line_approve
UPDATE claim_line SET status = 'approved', year = :year? WHERE id = :id AND status = 'drawn';

-- @one claim_open_lines
-- @out n i64, live i64
SELECT CAST(coalesce(sum(CASE WHEN status IN ('drawn', 'approved', 'paying', 'failed') THEN 1 ELSE 0 END), 0) AS BIGINT) AS n,
       CAST(coalesce(sum(CASE WHEN status <> 'withdrawn' THEN 1 ELSE 0 END), 0) AS BIGINT) AS live
  FROM claim_line WHERE claim_id = :claim_id;

-- ---- notices and objections ----

-- @one notice_number
-- @in opens_from i64, opens_to i64
-- @out n i64
SELECT count(*) + 1 AS n FROM notice WHERE district = :district AND opens_on BETWEEN :opens_from AND :opens_to;

-- @one notice_insert
INSERT INTO notice (code, district, opens_on, closes_on, body, digest, chain_seq, chain_hash, published_by)
VALUES (:code, :district, :opens_on, :closes_on, :body, :digest, :chain_seq, :chain_hash, :published_by)
RETURNING id;

-- @many notice
SELECT id, code, district, opens_on, closes_on, body, digest, chain_seq, chain_hash, published_by FROM notice WHERE code = :code;

-- @many notice_list
-- @in lim i64, off i64, district i64?
-- @out total i64, claims i64
SELECT notice.id, notice.code, notice.district, notice.opens_on, notice.closes_on, notice.digest,
       (SELECT count(*) FROM claim WHERE claim.notice_id = notice.id) AS claims, count(*) OVER () AS total
  FROM notice WHERE (:district? IS NULL OR notice.district = :district)
 ORDER BY notice.closes_on DESC, notice.id DESC LIMIT :lim OFFSET :off;

-- @many claim_to_clear
-- @in today i64
SELECT claim.id, claim.version
  FROM claim JOIN notice ON notice.id = claim.notice_id
 WHERE claim.status = 'noticed' AND notice.closes_on < :today
   AND NOT EXISTS (SELECT 1 FROM objection WHERE objection.notice_id = notice.id AND objection.status = 'open'
                      AND (objection.claim_id IS NULL OR objection.claim_id = claim.id))
 ORDER BY claim.id LIMIT 1000;

-- @many claim_line_on
SELECT claim_line.id, claim_line.claim_id, claim_line.trainee_id FROM claim_line JOIN claim ON claim.id = claim_line.claim_id
 WHERE claim_line.id = :id AND claim.notice_id = :notice_id?;

-- @many claim_person_lines
SELECT claim_line.id, claim_line.claim_id, claim_line.trainee_id, claim_line.item, claim_line.amount, claim_line.payee, claim_line.payee_id, claim_line.fund,
       claim_line.status, claim.class_id
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id
 WHERE claim.notice_id = :notice_id? AND claim_line.trainee_id = :trainee_id ORDER BY claim_line.id;

-- @many claim_persons
SELECT DISTINCT trainee.id, trainee.code, claim.code AS claim_code, person.name, person.idno
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN trainee ON trainee.id = claim_line.trainee_id JOIN person ON person.id = trainee.person_id
 WHERE claim.notice_id = :notice_id? AND (:claim_id? IS NULL OR claim.id = :claim_id) AND claim_line.status <> 'withdrawn'
 ORDER BY trainee.id LIMIT 500;

-- @exec claim_line_correct
UPDATE claim_line SET amount = :amount, payee = :payee, payee_id = :payee_id, fund = :fund, formula = :formula WHERE id = :id AND status = 'drawn';

-- @one objection_insert
INSERT INTO objection (code, notice_id, claim_id, trainee_id, text, contact, at, status)
VALUES (:code, :notice_id, :claim_id?, :trainee_id?, :text, :contact?, :at, 'open')
RETURNING id;

-- @many objection
-- @out claim_code text?
SELECT objection.id, objection.code, objection.notice_id, objection.claim_id, objection.trainee_id, objection.text, objection.contact, objection.at, objection.status,
       objection.answer, objection.closed_at, notice.code AS notice_code, notice.district, claim.code AS claim_code
  FROM objection JOIN notice ON notice.id = objection.notice_id LEFT JOIN claim ON claim.id = objection.claim_id
 WHERE objection.id = :id;

-- @many objection_by_code
SELECT id FROM objection WHERE code = :code;

-- @many objection_list
-- @in lim i64, district i64?, notice_id i64?
-- @out claim_code text?, contacted i64
SELECT objection.id, objection.code, objection.notice_id, objection.claim_id, objection.trainee_id, objection.text, objection.at, objection.status, objection.answer, objection.closed_at,
       CAST(CASE WHEN objection.contact IS NULL THEN 0 ELSE 1 END AS BIGINT) AS contacted, notice.code AS notice_code, notice.district, claim.code AS claim_code
  FROM objection JOIN notice ON notice.id = objection.notice_id LEFT JOIN claim ON claim.id = objection.claim_id
 WHERE (:district? IS NULL OR notice.district = :district) AND (:notice_id? IS NULL OR objection.notice_id = :notice_id)
 ORDER BY CASE WHEN objection.status = 'open' THEN 0 ELSE 1 END, objection.id DESC LIMIT :lim;

-- @exec objection_close
UPDATE objection SET status = :status, answer = :answer, closed_by = :closed_by?, closed_at = :closed_at? WHERE id = :id AND status = 'open';

-- ---- where the money goes ----

-- @exec payee_account_set
INSERT INTO payee_account (payee, payee_id, name, bank, account, tail, changed_at, changed_by)
VALUES (:payee, :payee_id, :name, :bank, :account, :tail, :changed_at, :changed_by)
ON CONFLICT (payee, payee_id) DO UPDATE SET name = excluded.name, bank = excluded.bank, account = excluded.account, tail = excluded.tail,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- @exec payee_account_forget
DELETE FROM payee_account WHERE payee = 'person' AND payee_id = :payee_id;

-- @many payee_account
SELECT name, bank, account, tail, changed_at FROM payee_account WHERE payee = :payee AND payee_id = :payee_id;

-- @many payee_person
SELECT name FROM person WHERE id = :id;

-- @many payee_provider
SELECT name, bank, bank_account FROM provider WHERE id = :id;

-- @many payee_employer
SELECT name FROM employer WHERE id = :id;

-- Has this payee to do with classes of the provider, or of the district?
-- @many payee_concerned
-- @in payee text, payee_id i64, provider_id i64?, district i64?
SELECT class.id
  FROM class
 WHERE (:provider_id? IS NULL OR class.provider_id = :provider_id) AND (:district? IS NULL OR class.district = :district)
   AND ((:payee = 'provider' AND class.provider_id = :payee_id)
        OR (:payee = 'person' AND class.id IN (SELECT trainee.class_id FROM trainee WHERE trainee.person_id = :payee_id))
        OR (:payee = 'person' AND class.id IN (SELECT class_master.class_id FROM class_master WHERE class_master.person_id = :payee_id))
        OR (:payee = 'enterprise' AND class.id IN (SELECT trainee.class_id FROM trainee JOIN employer ON employer.id = :payee_id
                                                    WHERE trainee.employer_id = employer.id OR trainee.uscc = employer.uscc)))
 LIMIT 1;

-- ---- payments ----

-- @many batch_due
SELECT claim_line.id, claim_line.claim_id, claim_line.trainee_id, claim_line.item, claim_line.amount, claim_line.payee, claim_line.payee_id,
       claim_line.status, claim_line.year, claim.code AS claim_code, class.code AS class_code, class.id AS class_id
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN class ON class.id = claim.class_id
 WHERE claim_line.district = :district AND claim_line.fund = :fund AND claim_line.status IN ('approved', 'failed')
 ORDER BY claim_line.claim_id, CASE WHEN claim_line.payee = 'evaluator' THEN 'provider' ELSE claim_line.payee END, claim_line.payee_id, claim_line.id;

-- @one batch_next
-- @out n i64
SELECT coalesce(max(id), 0) + 1 AS n FROM payment_batch;

-- @one batch_insert
INSERT INTO payment_batch (code, district, fund, status, total, lines, digest, made_by, at)
VALUES (:code, :district, :fund, 'made', :total, :lines, :digest, :made_by, :at)
RETURNING id;

-- @exec batch_seal
UPDATE payment_batch SET digest = :digest, total = :total, lines = :lines WHERE id = :id;

-- @one payment_insert
INSERT INTO payment (reference, batch_id, payee, payee_id, seq, claim_id, name, bank, account, amount, status)
VALUES (:reference, :batch_id, :payee, :payee_id, :seq, :claim_id, :name, :bank, :account, :amount, 'sent')
RETURNING id;

-- @exec payment_line_insert
INSERT INTO payment_line (payment_id, claim_line_id, live) VALUES (:payment_id, :claim_line_id, 1);

-- @many batch
SELECT id, code, district, fund, status, total, lines, digest, made_by, at, sent_by, sent_at FROM payment_batch WHERE code = :code;

-- @many batch_by_id
SELECT id, code, district, fund, status, total, lines, digest, made_by, at, sent_by, sent_at FROM payment_batch WHERE id = :id;

-- @many batch_list
-- @in lim i64, district i64?
-- @out paid i64, failed i64
SELECT payment_batch.id, payment_batch.code, payment_batch.district, payment_batch.fund, payment_batch.status, payment_batch.total, payment_batch.lines,
       payment_batch.made_by, payment_batch.at, payment_batch.sent_at,
       (SELECT count(*) FROM payment WHERE payment.batch_id = payment_batch.id AND payment.status = 'paid') AS paid,
       (SELECT count(*) FROM payment WHERE payment.batch_id = payment_batch.id AND payment.status = 'failed') AS failed
  FROM payment_batch WHERE (:district? IS NULL OR payment_batch.district = :district)
 ORDER BY payment_batch.id DESC LIMIT :lim;

-- @exec batch_sent
UPDATE payment_batch SET status = 'sent', sent_by = :sent_by?, sent_at = :sent_at? WHERE id = :id AND status = 'made';

-- @exec batch_done
UPDATE payment_batch SET status = 'done'
 WHERE id = :id AND status = 'sent' AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.batch_id = payment_batch.id AND payment.status = 'sent');

-- @many payment_list
SELECT payment.id, payment.reference, payment.payee, payment.payee_id, payment.seq, payment.claim_id, payment.name, payment.bank, payment.account,
       payment.amount, payment.status, payment.answer, payment.answered_at, claim.code AS claim_code, class.code AS class_code
  FROM payment JOIN claim ON claim.id = payment.claim_id JOIN class ON class.id = claim.class_id
 WHERE payment.batch_id = :batch_id ORDER BY payment.seq;

-- @many payment_by_reference
SELECT payment.id, payment.batch_id, payment.claim_id, payment.amount, payment.status, payment_batch.district, payment_batch.status AS batch_status
  FROM payment JOIN payment_batch ON payment_batch.id = payment.batch_id WHERE payment.reference = :reference;

-- @exec payment_answer
UPDATE payment SET status = :status, answer = :answer, answered_at = :answered_at?, return_id = :return_id? WHERE id = :id AND status = 'sent';

-- @many payment_lines
SELECT claim_line.id, claim_line.claim_id, claim_line.amount, claim_line.fund, claim_line.district, claim_line.year, claim_line.status
  FROM payment_line JOIN claim_line ON claim_line.id = payment_line.claim_line_id
 WHERE payment_line.payment_id = :payment_id AND payment_line.live = 1 ORDER BY claim_line.id;

-- @exec payment_lines_free
UPDATE payment_line SET live = NULL WHERE payment_id = :payment_id;

-- @many payment_failed_of_line
SELECT payment.name, payment.account, payment.bank, payment.answer
  FROM payment JOIN payment_line ON payment_line.payment_id = payment.id
 WHERE payment_line.claim_line_id = :claim_line_id AND payment.status = 'failed' ORDER BY payment.id DESC LIMIT 1;

-- @many bank_return
SELECT id FROM bank_return WHERE digest = :digest;

-- @one bank_return_insert
INSERT INTO bank_return (digest, name, district, lines, paid, failed, account_id, at)
VALUES (:digest, :name, :district, :lines, 0, 0, :account_id, :at)
RETURNING id;

-- @exec bank_return_counts
UPDATE bank_return SET paid = :paid, failed = :failed WHERE id = :id;

-- @many bank_return_list
-- @in lim i64
SELECT id, name, digest, lines, paid, failed, at FROM bank_return WHERE district = :district ORDER BY id DESC LIMIT :lim;

-- ---- asking back ----

-- @exec recovery_insert
INSERT INTO recovery (claim_line_id, amount, reason, due_on, status, account_id, at)
VALUES (:claim_line_id, :amount, :reason, :due_on, 'asked', :account_id, :at);

-- @exec recovery_done
UPDATE recovery SET status = 'returned', returned_on = :returned_on? WHERE claim_line_id = :claim_line_id AND status = 'asked';

-- @many recovery_list
-- @in lim i64, district i64?
SELECT recovery.id, recovery.claim_line_id, recovery.amount, recovery.reason, recovery.due_on, recovery.status, recovery.returned_on,
       claim_line.item, claim_line.district, claim.code, provider.name AS provider_name
  FROM recovery JOIN claim_line ON claim_line.id = recovery.claim_line_id JOIN claim ON claim.id = claim_line.claim_id
       JOIN provider ON provider.id = claim.provider_id
 WHERE (:district? IS NULL OR claim_line.district = :district)
 ORDER BY CASE WHEN recovery.status = 'asked' THEN 0 ELSE 1 END, recovery.due_on LIMIT :lim;

-- @many paid_before
SELECT claim_line.item, claim_line.fund, claim_line.district, claim_line.amount, claim_line.status, claim_line.year, claim.code, class.occupation,
       class.level, class.starts_on
  FROM claim_line JOIN claim ON claim.id = claim_line.claim_id JOIN trainee ON trainee.id = claim_line.trainee_id
       JOIN person ON person.id = trainee.person_id JOIN class ON class.id = claim.class_id
 WHERE person.idno_find = :idno_find AND claim_line.status <> 'withdrawn'
 ORDER BY claim_line.id LIMIT 200;

-- @one claims_demo_done
-- @out n i64
SELECT count(*) AS n FROM claim;

-- @many claims_accounts
-- @in role text
SELECT id FROM account WHERE role = :role AND district = :district ORDER BY id;
