-- Supervision: who was there, who looked, what does not fit.
CREATE TABLE sign_in (
    session_id $INT NOT NULL REFERENCES class_session (id),
    trainee_id $INT NOT NULL REFERENCES trainee (id),
    leaving    $INT NOT NULL CHECK (leaving IN (0, 1)),
    at         $INT NOT NULL,
    means      $TEXT NOT NULL CHECK (means IN ('code', 'card', 'sms', 'paper')),
    device     $TEXT NOT NULL DEFAULT '', -- keyed hash of what the phone said, '' when none
    metres     $INT,                      -- from the registered place, when the phone said where it was
    account_id $INT NOT NULL,             -- who wrote it down; 0: the trainee
    reason     $TEXT NOT NULL DEFAULT '', -- paper, or corrected: why
    PRIMARY KEY (session_id, trainee_id, leaving)
) $STRICT;
CREATE INDEX sign_in_trainee ON sign_in (trainee_id);

CREATE TABLE sign_sms ( -- a code was sent to the trainee's own phone; the code itself is not kept
    session_id $INT NOT NULL REFERENCES class_session (id),
    trainee_id $INT NOT NULL REFERENCES trainee (id),
    sent_at    $INT NOT NULL,
    tries      $INT NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, trainee_id)
) $STRICT;

CREATE TABLE absence ( -- missed hours: made up, or noted and accepted
    session_id $INT NOT NULL REFERENCES class_session (id),
    trainee_id $INT NOT NULL REFERENCES trainee (id),
    kind       $TEXT NOT NULL CHECK (kind IN ('made_up', 'noted')),
    note       $TEXT NOT NULL,
    account_id $INT NOT NULL,
    at         $INT NOT NULL,
    PRIMARY KEY (session_id, trainee_id)
) $STRICT;

CREATE TABLE session_seal ( -- the digest of a session's sign-ins, as it went into the audit chain
    session_id $INT PRIMARY KEY REFERENCES class_session (id),
    n          $INT NOT NULL,
    digest     $TEXT NOT NULL,
    at         $INT NOT NULL
) $STRICT;

CREATE TABLE class_look ( -- when something of a class moved, and when anomalies were looked for
    class_id  $INT PRIMARY KEY REFERENCES class (id),
    moved_at  $INT NOT NULL,
    looked_at $INT NOT NULL DEFAULT 0
) $STRICT;
CREATE INDEX class_look_moved ON class_look (moved_at) WHERE moved_at > looked_at;

CREATE TABLE inspector (
    id        $ID,
    district  $INT NOT NULL,
    name      $TEXT NOT NULL,
    post      $TEXT NOT NULL,
    conflicts $TEXT NOT NULL DEFAULT '', -- codes of providers, ','
    from_on   $INT NOT NULL,
    to_on     $INT
) $STRICT;
CREATE INDEX inspector_district ON inspector (district);

CREATE TABLE draw ( -- who is looked at, by lot; anyone can draw again
    id       $ID,
    code     $TEXT NOT NULL UNIQUE,
    kind     $TEXT NOT NULL CHECK (kind IN ('visit', 'call')),
    district $INT NOT NULL,
    day      $INT NOT NULL,
    seed     $TEXT NOT NULL,            -- day, number and head of the chain
    input    $TEXT NOT NULL,            -- JSON: the urn
    result   $TEXT NOT NULL,            -- JSON: what was drawn
    opens_on $INT NOT NULL,         -- from this day on everybody sees the urn and the result, not only the digest
    account_id $INT NOT NULL,
    at       $INT NOT NULL,
    UNIQUE (kind, district, day)    -- nobody draws until the result pleases
) $STRICT;

CREATE TABLE class_visit (
    id         $ID,
    class_id   $INT NOT NULL REFERENCES class (id),
    draw_id    $INT REFERENCES draw (id),
    first_id   $INT NOT NULL REFERENCES inspector (id),
    second_id  $INT NOT NULL REFERENCES inspector (id),
    due_on     $INT NOT NULL,
    visited_at $INT,
    entered_at $INT,
    present    $INT,
    findings   $TEXT NOT NULL DEFAULT '[]', -- JSON: the questions, answered
    verdict    $TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'good', 'minor', 'serious')),
    signed_by  $TEXT NOT NULL DEFAULT '', -- for the provider
    account_id $INT,
    CHECK (first_id <> second_id)
) $STRICT;
CREATE INDEX class_visit_class ON class_visit (class_id);
CREATE INDEX class_visit_open ON class_visit (due_on) WHERE entered_at IS NULL;

CREATE TABLE anomaly (
    id          $ID,
    finding     $TEXT NOT NULL UNIQUE,  -- what makes it the same finding when it is looked for again
    kind        $TEXT NOT NULL,
    district    $INT NOT NULL,
    provider_id $INT NOT NULL REFERENCES provider (id),
    class_id    $INT NOT NULL REFERENCES class (id),
    trainee_id  $INT,
    detail      $TEXT NOT NULL,         -- JSON: the records that do not fit
    found_at    $INT NOT NULL,
    status      $TEXT NOT NULL,         -- flow anomaly
    note        $TEXT NOT NULL DEFAULT '',
    account_id  $INT,
    version     $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX anomaly_class ON anomaly (class_id);
CREATE INDEX anomaly_district ON anomaly (district, status);

CREATE TABLE training_call ( -- a trainee drawn by lot is asked
    id         $ID,
    draw_id    $INT NOT NULL REFERENCES draw (id),
    trainee_id $INT NOT NULL REFERENCES trainee (id),
    due_on     $INT NOT NULL,
    done_at    $INT,
    account_id $INT,
    answers    $TEXT NOT NULL DEFAULT '{}',
    UNIQUE (draw_id, trainee_id)
) $STRICT;
CREATE INDEX training_call_trainee ON training_call (trainee_id);
CREATE INDEX training_call_open ON training_call (due_on) WHERE done_at IS NULL;
