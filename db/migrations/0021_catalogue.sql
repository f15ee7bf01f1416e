-- The subsidy catalogue: what training is paid for, and how much. Amounts in fen a person.
-- Levels: 5 junior (五级/初级工) … 1 senior technician (一级/高级技师), 0 a single skill (专项职业能力).
CREATE TABLE catalogue (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE, -- C2026
    title        $TEXT NOT NULL,
    document     $TEXT NOT NULL DEFAULT '', -- 文号
    source       $TEXT NOT NULL DEFAULT '', -- where its amounts come from
    sample       $INT NOT NULL,         -- 1: amounts are samples, not the official ones
    effective_on $INT,                  -- classes that open on or after this day
    until_on     $INT,                  -- last opening day, set when it is superseded
    round_id     $INT REFERENCES shortage_round (id),
    status       $TEXT NOT NULL,        -- flow catalogue: draft, cosigned, published, superseded
    cosigned     $TEXT NOT NULL DEFAULT '', -- who signed with us, and the number of their letter
    created_at   $INT NOT NULL,
    moved_at     $INT NOT NULL,
    version      $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX catalogue_effective ON catalogue (effective_on);

CREATE TABLE catalogue_item (
    id           $ID,
    catalogue_id $INT NOT NULL REFERENCES catalogue (id),
    seq          $INT NOT NULL,
    sector       $TEXT NOT NULL,
    occupation   $TEXT NOT NULL,        -- code of the 2022 edition
    name         $TEXT NOT NULL,        -- the occupation, or a trade of it (工种)
    urgency      $TEXT NOT NULL CHECK (urgency IN ('very', 'short', 'some')),
    class        $TEXT NOT NULL CHECK (class IN ('A', 'B', 'C')), -- of evaluation
    green        $INT NOT NULL DEFAULT 0,
    digital      $INT NOT NULL DEFAULT 0,
    origin       $TEXT NOT NULL CHECK (origin IN ('official', 'quoted', 'made')), -- as published; read in a secondary source; made up
    find         $TEXT NOT NULL,        -- folded sector, name and code, for the search
    UNIQUE (catalogue_id, occupation, name)
) $STRICT;

CREATE TABLE catalogue_rate (
    item_id $INT NOT NULL REFERENCES catalogue_item (id),
    level   $INT NOT NULL CHECK (level BETWEEN 0 AND 5),
    hours   $INT NOT NULL CHECK (hours IN (80, 120)),
    amount  $INT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (item_id, level, hours)
) $STRICT;

CREATE TABLE catalogue_cost ( -- what the amount is made of
    item_id     $INT NOT NULL REFERENCES catalogue_item (id),
    level       $INT NOT NULL,
    hours       $INT NOT NULL,
    teachers    $INT NOT NULL,
    consumables $INT NOT NULL,
    materials   $INT NOT NULL,
    note        $TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id, level, hours)
) $STRICT;

CREATE TABLE evaluation_fee (
    catalogue_id $INT NOT NULL REFERENCES catalogue (id),
    class        $TEXT NOT NULL,
    level        $INT NOT NULL,
    amount       $INT NOT NULL,
    PRIMARY KEY (catalogue_id, class, level)
) $STRICT;
