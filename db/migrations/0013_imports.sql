-- Imports: the cells of a row hold contacts, so they are sealed; a stopped import goes on from its position.
DROP TABLE import_row;
DROP TABLE import;
CREATE TABLE import (
    id             $ID,
    code           $TEXT NOT NULL UNIQUE,
    kind           $TEXT NOT NULL CHECK (kind IN ('sheet', 'file')), -- sent by somebody; read by the command line
    account_id     $INT NOT NULL,
    employer_id    $INT,
    station_id     $INT,
    source_name    $TEXT NOT NULL,
    anywhere       $INT NOT NULL DEFAULT 0, -- ads of other cities are kept
    file_name      $TEXT NOT NULL,
    file_hash      $TEXT NOT NULL,
    head           $TEXT NOT NULL,             -- column names, one a line
    found          $TEXT NOT NULL,             -- format and encoding
    repair         $TEXT NOT NULL DEFAULT '',  -- sentence when wrongly decoded text was mended
    mapping        $TEXT NOT NULL,
    status         $TEXT NOT NULL CHECK (status IN ('uploaded', 'checked', 'running', 'done', 'undone', 'failed')),
    position       $INT NOT NULL DEFAULT 0,    -- rows done; for a sheet the number of the last row done
    rows_read      $INT NOT NULL DEFAULT 0,
    rows_new       $INT NOT NULL DEFAULT 0,
    rows_changed   $INT NOT NULL DEFAULT 0,
    rows_same      $INT NOT NULL DEFAULT 0,    -- known by source and number
    rows_merged    $INT NOT NULL DEFAULT 0,    -- the same job from elsewhere
    rows_elsewhere $INT NOT NULL DEFAULT 0,    -- ads of other cities, left out
    rows_bad       $INT NOT NULL DEFAULT 0,
    rows_warn      $INT NOT NULL DEFAULT 0,
    at             $INT NOT NULL,
    ended_at       $INT,
    note           $TEXT NOT NULL DEFAULT ''
) $STRICT;
CREATE INDEX import_hash ON import (file_hash);
CREATE INDEX import_employer ON import (employer_id);
CREATE INDEX import_station ON import (station_id);

CREATE TABLE import_row ( -- a sheet's rows all, a file's wrong rows only
    import_id $INT NOT NULL REFERENCES import (id),
    row_no    $INT NOT NULL,
    state     $TEXT NOT NULL CHECK (state IN ('good', 'warn', 'bad', 'same')),
    cells     $BLOB NOT NULL,             -- as read, parted by tabs, sealed
    problems  $TEXT NOT NULL DEFAULT '',  -- a line each: "bad" or "warn", column, kind, sentence, what to do; parted by tabs
    result    $TEXT NOT NULL DEFAULT '',  -- what became of it: new, changed, same, merged, bad
    job_id    $INT,
    PRIMARY KEY (import_id, row_no)
) $STRICT;
CREATE INDEX import_row_state ON import_row (import_id, state, row_no);
