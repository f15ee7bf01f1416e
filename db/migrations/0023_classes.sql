-- Classes: declared, checked, approved, held; and the needs that look for one.
CREATE TABLE class (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE, -- K120
    name         $TEXT NOT NULL,        -- 年度+机构简称+职业+等级+序号+证类型
    filing_no    $TEXT NOT NULL DEFAULT '', -- 开班备案号, given when it is approved
    provider_id  $INT NOT NULL REFERENCES provider (id),
    project_id   $INT NOT NULL REFERENCES project (id),
    district     $INT NOT NULL,
    catalogue_id $INT NOT NULL REFERENCES catalogue (id), -- in force on the opening day
    item_id      $INT NOT NULL REFERENCES catalogue_item (id),
    occupation   $TEXT NOT NULL,
    level        $INT NOT NULL,
    hours        $INT NOT NULL,
    mode         $TEXT NOT NULL CHECK (mode IN ('offline', 'hybrid')),
    certificate  $TEXT NOT NULL CHECK (certificate IN ('level', 'qualification', 'special')),
    audience     $TEXT NOT NULL CHECK (audience IN ('society', 'employees')),
    employer_id  $INT,                  -- employees: of which enterprise
    place_id     $INT NOT NULL REFERENCES provider_place (id),
    seats        $INT NOT NULL,
    schedule     $TEXT NOT NULL CHECK (schedule IN ('day', 'evening', 'weekend')),
    starts_on    $INT NOT NULL,
    ends_on      $INT NOT NULL,
    contact      $TEXT NOT NULL,
    phone        $TEXT NOT NULL,
    status       $TEXT NOT NULL,        -- flow class
    declared_on  $INT,
    due_on       $INT,                  -- the district answers by this day
    decided_by   $INT,                  -- account that approved or returned it
    decided_on   $INT,
    reason       $TEXT NOT NULL DEFAULT '',
    secret       $BLOB,                 -- of the rotating sign-in code, sealed "class.secret"
    created_by   $INT NOT NULL,
    version      $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX class_project ON class (project_id);
CREATE INDEX class_district ON class (district, status, starts_on);
CREATE INDEX class_provider ON class (provider_id, starts_on);
CREATE INDEX class_starts ON class (starts_on);
CREATE INDEX class_occupation ON class (occupation, starts_on);

CREATE TABLE class_session ( -- a line of the plan
    id         $ID,
    class_id   $INT NOT NULL REFERENCES class (id),
    day        $INT NOT NULL,
    from_min   $INT NOT NULL,
    to_min     $INT NOT NULL,
    kind       $TEXT NOT NULL CHECK (kind IN ('theory', 'practice', 'safety')),
    hours      $INT NOT NULL,           -- 课时 of 45 minutes
    content    $TEXT NOT NULL,
    teacher_id $INT NOT NULL REFERENCES provider_teacher (id),
    place_id   $INT NOT NULL REFERENCES provider_place (id),
    UNIQUE (class_id, day, from_min)
) $STRICT;
CREATE INDEX class_session_day ON class_session (day);

CREATE TABLE class_change ( -- asked for before it is made
    id         $ID,
    class_id   $INT NOT NULL REFERENCES class (id),
    proposed   $TEXT NOT NULL,          -- JSON of fields, old and new
    reason     $TEXT NOT NULL,
    status     $TEXT NOT NULL CHECK (status IN ('asked', 'approved', 'refused')),
    at         $INT NOT NULL,
    account_id $INT NOT NULL,
    decided_by $INT,
    decided_at $INT
) $STRICT;
CREATE INDEX class_change_class ON class_change (class_id);

CREATE TABLE class_log (
    id          $ID,
    class_id    $INT NOT NULL REFERENCES class (id),
    at          $INT NOT NULL,
    account_id  $INT NOT NULL,
    role        $TEXT NOT NULL,
    action      $TEXT NOT NULL,
    from_status $TEXT NOT NULL,
    to_status   $TEXT NOT NULL,
    note        $TEXT NOT NULL DEFAULT ''
) $STRICT;
CREATE INDEX class_log_class ON class_log (class_id);

CREATE TABLE need ( -- 培训需求
    id         $ID,
    person_id  $INT NOT NULL REFERENCES person (id),
    station_id $INT,
    occupation $TEXT NOT NULL,
    level      $INT NOT NULL,
    district   $INT NOT NULL,
    street     $INT NOT NULL,
    schedule   $TEXT NOT NULL CHECK (schedule IN ('any', 'day', 'evening', 'weekend')),
    source     $TEXT NOT NULL CHECK (source IN ('counter', 'nearmiss', 'self')),
    status     $TEXT NOT NULL CHECK (status IN ('waiting', 'offered', 'enrolled', 'closed')),
    class_id   $INT REFERENCES class (id),
    at         $INT NOT NULL
) $STRICT;
CREATE INDEX need_pool ON need (occupation, level, status);
CREATE INDEX need_person ON need (person_id);
