-- Claims: from the verified certificate to the money in the right account.
CREATE TABLE notice ( -- 公示: frozen when it is published
    id           $ID,
    code         $TEXT NOT NULL UNIQUE, -- G120101-2026-11
    district     $INT NOT NULL,
    opens_on     $INT NOT NULL,
    closes_on    $INT NOT NULL,         -- last of its working days
    body         $TEXT NOT NULL,        -- JSON: the list with masked numbers
    digest       $TEXT NOT NULL,        -- SM3 of the body
    chain_seq    $INT NOT NULL,
    chain_hash   $TEXT NOT NULL,        -- head of the audit chain that day
    published_by $INT NOT NULL
) $STRICT;
CREATE INDEX notice_district ON notice (district, opens_on);
--sqlite CREATE TRIGGER notice_keep_1 BEFORE UPDATE ON notice BEGIN SELECT RAISE(ABORT, 'a notice is not changed'); END;
--sqlite CREATE TRIGGER notice_keep_2 BEFORE DELETE ON notice BEGIN SELECT RAISE(ABORT, 'a notice is not changed'); END;
--pg CREATE FUNCTION notice_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a notice is not changed''; END';
--pg CREATE TRIGGER notice_keep BEFORE UPDATE OR DELETE ON notice FOR EACH STATEMENT EXECUTE FUNCTION notice_keep();

CREATE TABLE claim (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE, -- Q120
    class_id     $INT NOT NULL REFERENCES class (id),
    round        $INT NOT NULL,         -- 1, or more when trainees passed later
    provider_id  $INT NOT NULL REFERENCES provider (id),
    district     $INT NOT NULL,
    status       $TEXT NOT NULL,        -- flow claim
    class_by     $INT,                  -- who approved the class
    confirmed_by $INT,
    reviewed_by  $INT,
    notice_id    $INT REFERENCES notice (id),
    approved_by  $INT,
    reason       $TEXT NOT NULL DEFAULT '',
    at           $INT NOT NULL,
    version      $INT NOT NULL DEFAULT 1,
    UNIQUE (class_id, round),
    CHECK (approved_by IS NULL OR approved_by <> reviewed_by),
    CHECK (approved_by IS NULL OR class_by IS NULL OR approved_by <> class_by) -- 财社〔2023〕181号 art. 25: the two posts are kept apart
) $STRICT;
CREATE INDEX claim_district ON claim (district, status);
CREATE INDEX claim_provider ON claim (provider_id, status);
CREATE INDEX claim_notice ON claim (notice_id);

CREATE TABLE payment_batch (
    id       $ID,
    code     $TEXT NOT NULL UNIQUE,
    district $INT NOT NULL,
    fund     $TEXT NOT NULL,
    status   $TEXT NOT NULL CHECK (status IN ('made', 'sent', 'done')),
    total    $INT NOT NULL,
    lines    $INT NOT NULL,
    digest   $TEXT NOT NULL,            -- of the file as it is sent
    made_by  $INT NOT NULL,
    at       $INT NOT NULL,
    sent_by  $INT,
    sent_at  $INT,
    CHECK (sent_by IS NULL OR sent_by <> made_by)
) $STRICT;
CREATE INDEX payment_batch_district ON payment_batch (district, status);

CREATE TABLE claim_line ( -- one trainee, one item; what makes a second payment impossible
    id             $ID,
    claim_id       $INT NOT NULL REFERENCES claim (id),
    trainee_id     $INT NOT NULL REFERENCES trainee (id),
    certificate_id $INT NOT NULL REFERENCES certificate (id),
    item           $TEXT NOT NULL CHECK (item IN ('training', 'evaluation', 'allowance')),
    amount         $INT NOT NULL CHECK (amount > 0),
    payee          $TEXT NOT NULL CHECK (payee IN ('enterprise', 'provider', 'person', 'evaluator')),
    payee_id       $INT NOT NULL,
    fund           $TEXT NOT NULL CHECK (fund IN ('insurance', 'employment')),
    formula        $TEXT NOT NULL,      -- JSON: the decision's arithmetic, with clauses
    district       $INT NOT NULL,       -- of the claim: whose purse
    year           $INT,                -- of the purse, from the approval on
    status         $TEXT NOT NULL,      -- flow claim_line: drawn, approved, paying, paid, failed, withdrawn, recovering, recovered
    UNIQUE (trainee_id, item)
) $STRICT;
CREATE INDEX claim_line_claim ON claim_line (claim_id);
CREATE INDEX claim_line_due ON claim_line (district, fund, status, amount); -- amount: all that the overview needs
CREATE INDEX claim_line_purse ON claim_line (fund, district, year);

CREATE TABLE objection (
    id        $ID,
    code      $TEXT NOT NULL UNIQUE,
    notice_id $INT NOT NULL REFERENCES notice (id),
    claim_id  $INT REFERENCES claim (id),
    text      $TEXT NOT NULL,
    contact   $BLOB,                    -- sealed "objection.contact"
    at        $INT NOT NULL,
    status    $TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
    answer    $TEXT NOT NULL DEFAULT '',
    closed_by $INT,
    closed_at $INT
) $STRICT;
CREATE INDEX objection_notice ON objection (notice_id);

CREATE TABLE payee_account ( -- where the money goes; of a person: asked for with the living allowance
    payee      $TEXT NOT NULL CHECK (payee IN ('enterprise', 'provider', 'person')),
    payee_id   $INT NOT NULL,
    name       $BLOB NOT NULL,          -- sealed "payee_account.name"
    bank       $TEXT NOT NULL,
    account    $BLOB NOT NULL,          -- sealed "payee_account.account"
    tail       $TEXT NOT NULL,          -- last four digits, to be shown
    changed_at $INT NOT NULL,
    changed_by $INT NOT NULL,
    PRIMARY KEY (payee, payee_id)
) $STRICT;

CREATE TABLE bank_return (
    id         $ID,
    digest     $TEXT NOT NULL UNIQUE,   -- the same file twice is one
    name       $TEXT NOT NULL,
    district   $INT NOT NULL,
    lines      $INT NOT NULL,
    paid       $INT NOT NULL,
    failed     $INT NOT NULL,
    account_id $INT NOT NULL,
    at         $INT NOT NULL
) $STRICT;

CREATE TABLE payment (
    id        $ID,
    reference $TEXT NOT NULL UNIQUE,    -- goes to the bank and comes back
    batch_id  $INT NOT NULL REFERENCES payment_batch (id),
    payee     $TEXT NOT NULL,
    payee_id  $INT NOT NULL,
    seq       $INT NOT NULL,            -- place in the file
    claim_id  $INT NOT NULL REFERENCES claim (id),
    name      $BLOB NOT NULL,           -- sealed "payment.name"
    bank      $TEXT NOT NULL,
    account   $BLOB NOT NULL,           -- sealed "payment.account"
    amount    $INT NOT NULL CHECK (amount > 0),
    status    $TEXT NOT NULL CHECK (status IN ('sent', 'paid', 'failed')),
    answer    $TEXT NOT NULL DEFAULT '',
    return_id $INT REFERENCES bank_return (id),
    answered_at $INT
) $STRICT;
CREATE INDEX payment_batch_id ON payment (batch_id, seq);

CREATE TABLE payment_line (
    payment_id    $INT NOT NULL REFERENCES payment (id),
    claim_line_id $INT NOT NULL REFERENCES claim_line (id),
    live          $INT CHECK (live = 1), -- NULL once the payment failed: the line may go out again
    PRIMARY KEY (payment_id, claim_line_id),
    UNIQUE (claim_line_id, live)
) $STRICT;

CREATE TABLE recovery (
    id            $ID,
    claim_line_id $INT NOT NULL UNIQUE REFERENCES claim_line (id),
    amount        $INT NOT NULL,
    reason        $TEXT NOT NULL,
    due_on        $INT NOT NULL,
    status        $TEXT NOT NULL CHECK (status IN ('asked', 'returned')),
    account_id    $INT NOT NULL,
    at            $INT NOT NULL,
    returned_on   $INT
) $STRICT;
