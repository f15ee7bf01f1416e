-- The ledger: a row moves an amount from one account to another, so that every entry balances by its form.
-- Funds: insurance (失业保险基金), employment (就业补助资金).
CREATE TABLE budget ( -- appropriation ≥ commitments ≥ payments, held by the database
    fund         $TEXT NOT NULL CHECK (fund IN ('insurance', 'employment')),
    district     $INT NOT NULL,
    year         $INT NOT NULL,
    appropriated $INT NOT NULL,
    committed    $INT NOT NULL DEFAULT 0,
    paid         $INT NOT NULL DEFAULT 0,
    PRIMARY KEY (fund, district, year),
    CHECK (paid >= 0 AND committed >= paid AND appropriated >= committed)
) $STRICT;

CREATE TABLE ledger (
    id        $ID,
    at        $INT NOT NULL,
    fund      $TEXT NOT NULL,
    district  $INT NOT NULL,
    year      $INT NOT NULL,
    debit     $TEXT NOT NULL,           -- account that receives: appropriation, commitment, payment, bank, receivable …
    credit    $TEXT NOT NULL,           -- account that gives
    amount    $INT NOT NULL CHECK (amount > 0),
    kind      $TEXT NOT NULL,           -- what it is for: budget, claim, payment, recovery
    object_id $INT NOT NULL,
    CHECK (debit <> credit)
) $STRICT;
CREATE INDEX ledger_object ON ledger (kind, object_id);
CREATE INDEX ledger_fund ON ledger (fund, district, year);
--sqlite CREATE TRIGGER ledger_keep_1 BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is not changed'); END;
--sqlite CREATE TRIGGER ledger_keep_2 BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is not changed'); END;
--pg CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the ledger is not changed''; END';
--pg CREATE TRIGGER ledger_keep BEFORE UPDATE OR DELETE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();
