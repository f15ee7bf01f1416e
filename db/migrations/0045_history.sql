-- What was subsidised before the city began with this system; rows of sheets of persons are kept sealed.
CREATE TABLE history (
    id          $ID,
    code        $TEXT NOT NULL UNIQUE,  -- H12
    idno_find   $TEXT NOT NULL,         -- keyed hash, the same as the person's
    idno        $BLOB NOT NULL,         -- sealed "history.idno"
    name        $BLOB NOT NULL,         -- sealed "history.name"
    item        $TEXT NOT NULL CHECK (item IN ('training', 'evaluation', 'allowance')),
    line        $TEXT NOT NULL DEFAULT 'catalogue', -- of training: which line of the regulation
    occupation  $TEXT NOT NULL DEFAULT '',
    level       $INT NOT NULL,
    year        $INT NOT NULL,
    starts_on   $INT,                   -- when only the year is known: NULL
    ends_on     $INT,
    state       $TEXT NOT NULL CHECK (state IN ('paid', 'claimed', 'open')),
    fund        $TEXT NOT NULL DEFAULT '' CHECK (fund IN ('', 'insurance', 'employment')),
    amount      $INT,
    certificate $BLOB,                  -- sealed "history.certificate"
    provider    $TEXT NOT NULL DEFAULT '',
    district    $INT NOT NULL,          -- whose record it is; 0: the city's
    sheet_id    $INT,                   -- NULL: by the command line
    status      $TEXT NOT NULL CHECK (status IN ('held', 'removed')),
    reason      $TEXT NOT NULL DEFAULT '', -- why it was removed
    at          $INT NOT NULL,
    account_id  $INT NOT NULL
) $STRICT;
CREATE UNIQUE INDEX history_once ON history (idno_find, item, line, occupation, level, year) WHERE status = 'held';
CREATE INDEX history_district ON history (district, year);

ALTER TABLE sheet_row ADD COLUMN sealed $BLOB; -- of a sheet of persons: the cells, sealed "sheet_row.sealed"; `cells` is empty then
