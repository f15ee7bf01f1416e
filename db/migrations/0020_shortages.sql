-- Shortages: who says that workers are lacking, what our own ads say, and what comes out of it.
CREATE TABLE shortage_round (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE,  -- R2026-1
    title        $TEXT NOT NULL,
    period_from  $INT NOT NULL,          -- the months the reports speak of
    period_to    $INT NOT NULL,
    closes_on    $INT NOT NULL,          -- last day for reports
    status       $TEXT NOT NULL,         -- flow shortage_round
    scoring      $TEXT NOT NULL DEFAULT '', -- the terms it was computed with, JSON as in the download
    analysed_at  $INT,
    published_on $INT,
    version      $INT NOT NULL DEFAULT 1
) $STRICT;

CREATE TABLE shortage_report (
    id           $ID,
    round_id     $INT NOT NULL REFERENCES shortage_round (id),
    channel      $TEXT NOT NULL CHECK (channel IN ('bureau', 'district', 'agency')),
    organisation $TEXT NOT NULL,
    district     $INT NOT NULL DEFAULT 0, -- 0: the whole city
    occupation   $TEXT NOT NULL,
    level        $INT NOT NULL CHECK (level BETWEEN 0 AND 5),
    openings     $INT NOT NULL,
    difficulty   $INT NOT NULL CHECK (difficulty BETWEEN 1 AND 5), -- 5: nobody found in half a year
    vacant_days  $INT,
    evidence     $TEXT NOT NULL,
    said_by      $TEXT NOT NULL,          -- post of the person who answers for it
    account_id   $INT NOT NULL,
    at           $INT NOT NULL,
    withdrawn_at $INT,
    withdrawn_why $TEXT NOT NULL DEFAULT '',
    sheet_id     $INT                    -- the sheet it came with
) $STRICT;
CREATE UNIQUE INDEX shortage_report_once ON shortage_report (round_id, channel, organisation, district, occupation, level)
 WHERE withdrawn_at IS NULL;

CREATE TABLE shortage_witness ( -- what our own ads and referrals say, as it stood when the round was analysed
    round_id     $INT NOT NULL REFERENCES shortage_round (id),
    occupation   $TEXT NOT NULL,
    ads          $INT NOT NULL,
    openings     $INT NOT NULL,
    seekers      $INT NOT NULL,
    vacant_days  $INT NOT NULL, -- median age of the ads that stand
    refused      $INT NOT NULL, -- referrals refused for a missing certificate or experience
    PRIMARY KEY (round_id, occupation)
) $STRICT;

CREATE TABLE shortage_score (
    round_id   $INT NOT NULL REFERENCES shortage_round (id),
    occupation $TEXT NOT NULL,
    score      $INT NOT NULL, -- 0..1000
    urgency    $TEXT NOT NULL CHECK (urgency IN ('very', 'short', 'some', 'none')),
    parts      $TEXT NOT NULL, -- JSON: each channel's part, where they disagree, what would change it
    PRIMARY KEY (round_id, occupation)
) $STRICT;

-- Sheets that officers send: kept row by row, shown with what is wrong, brought in once (city/sheet.h).
CREATE TABLE sheet (
    id         $ID,
    kind       $TEXT NOT NULL,           -- "shortage", "catalogue"
    subject_id $INT NOT NULL,            -- the round, the version
    account_id $INT NOT NULL,
    file_name  $TEXT NOT NULL,
    file_hash  $TEXT NOT NULL,
    found      $TEXT NOT NULL,           -- "XLSX · UTF-8", and which column is which
    status     $TEXT NOT NULL CHECK (status IN ('checked', 'done')),
    at         $INT NOT NULL
) $STRICT;
CREATE INDEX sheet_subject ON sheet (kind, subject_id);

CREATE TABLE sheet_row (
    sheet_id $INT NOT NULL REFERENCES sheet (id),
    row_no   $INT NOT NULL,              -- as the person counts
    cells    $TEXT NOT NULL,             -- JSON object: field, text
    problems $TEXT NOT NULL DEFAULT '',  -- JSON list {field, label, say}
    state    $TEXT NOT NULL CHECK (state IN ('good', 'bad', 'known', 'done')),
    PRIMARY KEY (sheet_id, row_no)
) $STRICT;
