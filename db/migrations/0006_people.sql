-- People, encrypted; found by keyed hash.
CREATE TABLE person (
    id         $ID,
    code       $TEXT NOT NULL UNIQUE,
    name       $BLOB NOT NULL,
    name_find  $TEXT NOT NULL,
    idno       $BLOB,
    idno_find  $TEXT UNIQUE,
    phone      $BLOB,
    phone_find $TEXT,
    tail_find  $TEXT,              -- last four digits of the phone
    birth_year $INT,
    district   $INT NOT NULL DEFAULT 0,
    street     $INT NOT NULL DEFAULT 0,
    category   $TEXT NOT NULL DEFAULT '', -- codes, ','
    station_id $INT,               -- where the person was first registered
    created_at $INT NOT NULL,
    created_by $INT NOT NULL,
    erased_at  $INT,
    version    $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX person_phone ON person (phone_find);
CREATE INDEX person_tail ON person (tail_find);
CREATE INDEX person_name ON person (name_find);

CREATE TABLE wish ( -- what the person looks for: one line a person
    person_id    $INT PRIMARY KEY REFERENCES person (id),
    words        $TEXT NOT NULL DEFAULT '',
    occupations  $TEXT NOT NULL DEFAULT '', -- codes, ','
    wage_floor   $INT,                    -- fen per month
    street       $INT NOT NULL DEFAULT 0, -- near which street
    radius_m     $INT,
    districts    $TEXT NOT NULL DEFAULT '',
    job_types    $TEXT NOT NULL DEFAULT '',
    shifts       $TEXT NOT NULL DEFAULT '',
    education    $INT NOT NULL DEFAULT 0,
    experience   $INT NOT NULL DEFAULT 0, -- months
    certificates $TEXT NOT NULL DEFAULT '',
    skills       $TEXT NOT NULL DEFAULT '',
    updated_at   $INT NOT NULL
) $STRICT;

CREATE TABLE consent (
    id           $ID,
    person_id    $INT NOT NULL REFERENCES person (id),
    purpose      $TEXT NOT NULL,  -- 'service', 'share' (with employers), 'contact'
    text_version $TEXT NOT NULL,
    channel      $TEXT NOT NULL CHECK (channel IN ('paper', 'screen', 'spoken')),
    given_at     $INT NOT NULL,
    account_id   $INT NOT NULL,
    withdrawn_at $INT
) $STRICT;
CREATE INDEX consent_person ON consent (person_id);

CREATE TABLE dislike ( -- "not for me, because": a job the person does not want to see again
    person_id $INT NOT NULL REFERENCES person (id),
    job_id    $INT NOT NULL REFERENCES job (id),
    reason    $TEXT NOT NULL,
    at        $INT NOT NULL,
    PRIMARY KEY (person_id, job_id)
) $STRICT;

-- The counter: tickets, visits, services, slips, outcomes.
CREATE TABLE ticket (
    id         $ID,
    code       $TEXT NOT NULL UNIQUE,
    station_id $INT NOT NULL REFERENCES station (id),
    day        $INT NOT NULL,
    number     $INT NOT NULL,
    status     $TEXT NOT NULL CHECK (status IN ('waiting', 'called', 'served', 'missed', 'left')),
    place      $TEXT NOT NULL DEFAULT '', -- window that calls
    taken_at   $INT NOT NULL,
    called_at  $INT,
    account_id $INT,
    UNIQUE (station_id, day, number)
) $STRICT;

CREATE TABLE visit (
    id         $ID,
    station_id $INT NOT NULL REFERENCES station (id),
    ticket_id  $INT REFERENCES ticket (id),
    person_id  $INT REFERENCES person (id), -- NULL: anonymous service
    account_id $INT NOT NULL,
    started_at $INT NOT NULL,
    ended_at   $INT,
    outcome    $TEXT NOT NULL DEFAULT '',
    note       $BLOB
) $STRICT;
CREATE INDEX visit_station ON visit (station_id, started_at);
CREATE INDEX visit_person ON visit (person_id);

CREATE TABLE service (
    id         $ID,
    station_id $INT NOT NULL REFERENCES station (id),
    visit_id   $INT REFERENCES visit (id),
    person_id  $INT REFERENCES person (id),
    account_id $INT NOT NULL,
    item       $TEXT NOT NULL, -- S01 … S20
    channel    $TEXT NOT NULL CHECK (channel IN ('counter', 'phone', 'outside', 'online')),
    at         $INT NOT NULL,
    outcome    $TEXT NOT NULL DEFAULT '',
    note       $BLOB
) $STRICT;
CREATE INDEX service_station ON service (station_id, at);
CREATE INDEX service_person ON service (person_id);

CREATE TABLE slip ( -- 推荐单
    id         $ID,
    code       $TEXT NOT NULL UNIQUE,
    station_id $INT NOT NULL REFERENCES station (id),
    visit_id   $INT REFERENCES visit (id),
    person_id  $INT REFERENCES person (id),
    account_id $INT NOT NULL,
    at         $INT NOT NULL,
    expires_at $INT NOT NULL
) $STRICT;
CREATE INDEX slip_person ON slip (person_id);

CREATE TABLE referral (
    id         $ID,
    slip_id    $INT NOT NULL REFERENCES slip (id),
    job_id     $INT NOT NULL REFERENCES job (id),
    person_id  $INT REFERENCES person (id),
    station_id $INT NOT NULL REFERENCES station (id),
    reasons    $TEXT NOT NULL, -- JSON: each condition met, missed and by how much, as it was shown
    status     $TEXT NOT NULL,
    reason     $TEXT NOT NULL DEFAULT '', -- why refused
    at         $INT NOT NULL,
    moved_at   $INT NOT NULL,
    version    $INT NOT NULL DEFAULT 1,
    UNIQUE (slip_id, job_id)
) $STRICT;
CREATE INDEX referral_job ON referral (job_id);
CREATE INDEX referral_station ON referral (station_id, status);

CREATE TABLE follow_up ( -- calls that are due
    id          $ID,
    referral_id $INT NOT NULL REFERENCES referral (id),
    station_id  $INT NOT NULL REFERENCES station (id),
    kind        $TEXT NOT NULL CHECK (kind IN ('next_day', 'interview', 'retention')),
    due_on      $INT NOT NULL,
    done_at     $INT,
    account_id  $INT,
    result      $TEXT NOT NULL DEFAULT '',
    UNIQUE (referral_id, kind, due_on)
) $STRICT;
CREATE INDEX follow_up_due ON follow_up (station_id, due_on) WHERE done_at IS NULL;

CREATE TABLE hire ( -- counts once, however many stations helped
    id          $ID,
    person_id   $INT NOT NULL REFERENCES person (id),
    job_id      $INT NOT NULL REFERENCES job (id),
    referral_id $INT NOT NULL UNIQUE REFERENCES referral (id),
    hired_on    $INT NOT NULL,
    evidence    $TEXT NOT NULL, -- 'contract', 'insurance', 'employer', 'person'
    evidence_note $TEXT NOT NULL DEFAULT '',
    retained    $TEXT NOT NULL DEFAULT '', -- '', 'yes', 'no' after three months
    at          $INT NOT NULL,
    UNIQUE (person_id, job_id)
) $STRICT;

CREATE TABLE hire_credit ( -- parts of one million
    hire_id    $INT NOT NULL REFERENCES hire (id),
    station_id $INT NOT NULL REFERENCES station (id),
    share_ppm  $INT NOT NULL,
    PRIMARY KEY (hire_id, station_id)
) $STRICT;
