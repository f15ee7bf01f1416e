-- Searches that people keep, and what was found for them since.
CREATE TABLE saved_search (
    id           $ID,
    account_id   $INT,           -- of a seeker; NULL: by mail only
    mail         $BLOB,          -- sealed; NULL: shown on the own page only
    mail_find    $TEXT,          -- keyed hash of it
    asked        $TEXT NOT NULL, -- lines name=value of the search page
    label        $TEXT NOT NULL, -- the same in words
    every        $TEXT NOT NULL CHECK (every IN ('now', 'day', 'week')),
    status       $TEXT NOT NULL CHECK (status IN ('asked', 'active', 'ended')), -- asked: the address is not confirmed yet
    created_at   $INT NOT NULL,
    confirmed_at $INT,
    due          $INT NOT NULL,  -- the next mail not before this
    UNIQUE (account_id, asked)
) $STRICT;
CREATE INDEX saved_search_mail ON saved_search (mail_find);
CREATE INDEX saved_search_due ON saved_search (status, due);

CREATE TABLE saved_search_hit (
    search_id $INT NOT NULL REFERENCES saved_search (id),
    job_id    $INT NOT NULL REFERENCES job (id),
    at        $INT NOT NULL,
    told_at   $INT,
    PRIMARY KEY (search_id, job_id)
) $STRICT;
