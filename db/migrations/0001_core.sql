-- The audit chain: every change of state, in order; each hash covers the one before.
CREATE TABLE audit (
    seq        $INT PRIMARY KEY,
    at         $INT NOT NULL,
    account_id $INT NOT NULL,
    role       $TEXT NOT NULL,
    action     $TEXT NOT NULL,
    kind       $TEXT NOT NULL,
    object_id  $INT NOT NULL,
    detail     $TEXT NOT NULL,
    mac        $TEXT NOT NULL, -- HMAC-SM3 with our key: only we can have written it
    hash       $TEXT NOT NULL  -- SM3 over the entry, its mac and the hash before: anyone can check it
) $STRICT;
CREATE INDEX audit_object ON audit (kind, object_id);
CREATE INDEX audit_account ON audit (account_id, seq);
--sqlite CREATE TRIGGER audit_keep_1 BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is not changed'); END;
--sqlite CREATE TRIGGER audit_keep_2 BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is not changed'); END;
--pg CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the audit chain is not changed''; END';
--pg CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();

-- What followers (the match index of each node) have to look at again.
CREATE TABLE change_log (
    seq       $ID,
    at        $INT NOT NULL,
    kind      $TEXT NOT NULL,
    object_id $INT NOT NULL
) $STRICT;

-- Messages that leave the house after their act was committed.
CREATE TABLE outbox (
    id         $ID,
    at         $INT NOT NULL,
    kind       $TEXT NOT NULL CHECK (kind IN ('mail', 'sms')),
    recipient  $BLOB NOT NULL,
    subject    $TEXT NOT NULL,
    body       $BLOB NOT NULL,
    due        $INT NOT NULL,
    tries      $INT NOT NULL DEFAULT 0,
    sent_at    $INT,
    last_error $TEXT
) $STRICT;
CREATE INDEX outbox_due ON outbox (due) WHERE sent_at IS NULL;

-- Acts that were done once: a repeated key finds the answer here.
CREATE TABLE once (
    once_key   $TEXT NOT NULL,
    account_id $INT NOT NULL,
    at         $INT NOT NULL,
    result     $TEXT,
    PRIMARY KEY (once_key, account_id)
) $STRICT;
CREATE INDEX once_at ON once (at);

-- Background work, taken with a lease.
CREATE TABLE task (
    name       $TEXT PRIMARY KEY,
    due        $INT NOT NULL,
    lease      $INT NOT NULL DEFAULT 0,
    last_run   $INT,
    last_error $TEXT
) $STRICT;

-- What the operator or a command set for this database.
CREATE TABLE setting (
    name  $TEXT PRIMARY KEY,
    value $TEXT NOT NULL
) $STRICT;
