-- Shortages: who says that workers are lacking, what our own ads say, and what comes out of it.
CREATE TABLE shortage_round (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE,  -- R2026-1
    title        $TEXT NOT NULL,
    period_from  $INT NOT NULL,          -- the months the reports speak of
    period_to    $INT NOT NULL,
    closes_on    $INT NOT NULL,          -- last day for reports
    status       $TEXT NOT NULL,         -- flow shortage_round
    scoring      $TEXT NOT NULL,         -- version of the scoring rule it was computed with
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
    UNIQUE (round_id, channel, organisation, district, occupation, level)
) $STRICT;

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
    score      $INT NOT NULL, -- parts of 1000
    urgency    $TEXT NOT NULL CHECK (urgency IN ('very', 'short', 'some', 'none')),
    parts      $TEXT NOT NULL, -- JSON: each channel's part, where they disagree, what would change it
    PRIMARY KEY (round_id, occupation)
) $STRICT;
