-- Ads. Openings are counted apart from ads; every sighting of an ad is kept with its source.
CREATE TABLE job (
    id            $ID,
    code          $TEXT NOT NULL UNIQUE,
    employer_id   $INT NOT NULL REFERENCES employer (id),
    title         $TEXT NOT NULL,
    occupation    $TEXT,                  -- "4-10-01-05"; NULL when none could be proposed
    occupation_by $TEXT NOT NULL DEFAULT '', -- 'person' or 'engine'
    description   $TEXT NOT NULL,
    requirements  $TEXT NOT NULL DEFAULT '',
    openings      $INT NOT NULL,
    wage_text     $TEXT NOT NULL,         -- as it was written
    wage_unit     $TEXT NOT NULL,         -- wage_unit_code() of base/wage.h
    wage_min      $INT,                   -- fen per unit
    wage_max      $INT,
    wage_months   $INT NOT NULL DEFAULT 12,
    month_min     $INT,                   -- fen per month, for comparing
    month_max     $INT,
    district      $INT NOT NULL,          -- 0: outside the city, or unknown
    street        $INT NOT NULL DEFAULT 0,
    place         $TEXT NOT NULL,         -- as it was written
    lng           $INT,
    lat           $INT,
    education     $INT NOT NULL DEFAULT 0, -- enum education of base/years.h, 0 = no demand
    experience    $INT NOT NULL DEFAULT 0, -- months at least
    job_type      $TEXT NOT NULL DEFAULT 'full_time',
    shift         $TEXT NOT NULL DEFAULT '', -- codes, ','
    benefits      $TEXT NOT NULL DEFAULT '', -- codes, ','
    certificates  $TEXT NOT NULL DEFAULT '', -- required ones, ','
    hours         $TEXT NOT NULL DEFAULT '',
    contact_name  $BLOB,
    contact_phone $BLOB,
    source        $TEXT NOT NULL CHECK (source IN ('employer', 'desk', 'sheet', 'feed', 'api')),
    source_name   $TEXT NOT NULL,         -- shown: "来源：…"
    source_ref    $TEXT,                  -- its number there
    station_id    $INT,                   -- the station that collected it
    status        $TEXT NOT NULL,
    posted_on     $INT NOT NULL,
    valid_until   $INT NOT NULL,
    verified_on   $INT,                   -- last "still open?"
    outcome       $TEXT NOT NULL DEFAULT '', -- how it ended
    created_at    $INT NOT NULL,
    created_by    $INT NOT NULL,
    version       $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE UNIQUE INDEX job_source ON job (source_name, source_ref) WHERE source_ref IS NOT NULL;
CREATE INDEX job_employer ON job (employer_id);
CREATE INDEX job_open ON job (valid_until) WHERE status = 'open';
CREATE INDEX job_station ON job (station_id, status);

CREATE TABLE job_sighting ( -- the same ad seen again elsewhere
    id          $ID,
    job_id      $INT NOT NULL REFERENCES job (id),
    at          $INT NOT NULL,
    source_name $TEXT NOT NULL,
    source_ref  $TEXT,
    station_id  $INT,
    why         $TEXT NOT NULL -- "same employer, place, title 0.93"
) $STRICT;
CREATE INDEX job_sighting_job ON job_sighting (job_id);
CREATE UNIQUE INDEX job_sighting_source ON job_sighting (source_name, source_ref) WHERE source_ref IS NOT NULL;

CREATE TABLE job_report ( -- somebody says that an ad is wrong
    id         $ID,
    job_id     $INT NOT NULL REFERENCES job (id),
    at         $INT NOT NULL,
    reason     $TEXT NOT NULL,
    detail     $TEXT NOT NULL,
    handled_at $INT,
    handled_by $INT,
    answer     $TEXT
) $STRICT;
CREATE INDEX job_report_open ON job_report (job_id) WHERE handled_at IS NULL;

CREATE TABLE import ( -- one file of ads
    id          $ID,
    code        $TEXT NOT NULL UNIQUE,
    account_id  $INT NOT NULL,
    employer_id $INT,
    station_id  $INT,
    file_name   $TEXT NOT NULL,
    file_hash   $TEXT NOT NULL,
    stored      $TEXT NOT NULL,  -- name in the spool
    mapping     $TEXT NOT NULL,
    status      $TEXT NOT NULL CHECK (status IN ('uploaded', 'checked', 'running', 'done', 'undone', 'failed')),
    rows_read   $INT NOT NULL DEFAULT 0,
    rows_good   $INT NOT NULL DEFAULT 0,
    rows_bad    $INT NOT NULL DEFAULT 0,
    rows_same   $INT NOT NULL DEFAULT 0, -- known already
    at          $INT NOT NULL,
    ended_at    $INT,
    note        $TEXT NOT NULL DEFAULT ''
) $STRICT;

CREATE TABLE import_row (
    import_id $INT NOT NULL REFERENCES import (id),
    row_no    $INT NOT NULL,
    state     $TEXT NOT NULL CHECK (state IN ('good', 'warn', 'bad', 'same', 'stored')),
    cells     $TEXT NOT NULL, -- JSON array, as read
    problems  $TEXT NOT NULL, -- JSON array of {field, say}
    job_id    $INT,
    PRIMARY KEY (import_id, row_no)
) $STRICT;
