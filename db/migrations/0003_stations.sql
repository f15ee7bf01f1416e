-- The network of employment stations. Positions are micro-degrees (WGS-84).
CREATE TABLE station (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE,
    name         $TEXT NOT NULL,
    type         $TEXT NOT NULL CHECK (type IN ('street', 'park', 'campus', 'business', 'gig', 'hub')),
    district     $INT NOT NULL,
    street       $INT NOT NULL,
    address      $TEXT NOT NULL,
    lng          $INT NOT NULL,
    lat          $INT NOT NULL,
    located      $TEXT NOT NULL, -- how the position is known: 'survey', 'approximate'
    area_m2      $INT NOT NULL DEFAULT 0,
    phone        $TEXT NOT NULL,
    operator     $TEXT NOT NULL DEFAULT '',
    batch        $INT NOT NULL,  -- year of the programme it was planned in
    brand        $TEXT NOT NULL DEFAULT '',
    story        $TEXT NOT NULL DEFAULT '',
    access       $TEXT NOT NULL DEFAULT '', -- 'ramp,parking,sign'
    status       $TEXT NOT NULL,
    status_on    $INT NOT NULL,  -- day of the last step
    trial_on     $INT,           -- first day of the trial
    open_on      $INT,           -- first day of service
    successor_id $INT REFERENCES station (id), -- where to go when it is closed
    version      $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX station_district ON station (district, status);
CREATE INDEX station_street ON station (street);

CREATE TABLE station_hours (
    station_id $INT NOT NULL REFERENCES station (id),
    weekday    $INT NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 = Monday
    from_min   $INT NOT NULL,
    to_min     $INT NOT NULL,
    PRIMARY KEY (station_id, weekday, from_min)
) $STRICT;

CREATE TABLE station_service (
    station_id $INT NOT NULL REFERENCES station (id),
    item       $TEXT NOT NULL, -- S01 … S20
    PRIMARY KEY (station_id, item)
) $STRICT;

CREATE TABLE station_member ( -- people of the station, with an account or not
    id         $ID,
    station_id $INT NOT NULL REFERENCES station (id),
    name       $BLOB NOT NULL,
    kind       $TEXT NOT NULL CHECK (kind IN ('full', 'part', 'volunteer', 'posted', 'expert')),
    duty       $TEXT NOT NULL DEFAULT '',
    trained_on $INT,
    from_on    $INT NOT NULL,
    to_on      $INT
) $STRICT;
CREATE INDEX station_member_station ON station_member (station_id);

CREATE TABLE station_move (
    id         $ID,
    station_id $INT NOT NULL REFERENCES station (id),
    at         $INT NOT NULL,
    account_id $INT NOT NULL,
    action     $TEXT NOT NULL,
    from_state $TEXT NOT NULL,
    to_state   $TEXT NOT NULL,
    note       $TEXT NOT NULL,
    evidence   $TEXT NOT NULL -- JSON: what was there on that day (staff, functions, services of the trial)
) $STRICT;
CREATE INDEX station_move_station ON station_move (station_id, id);

CREATE TABLE event (
    id         $ID,
    code       $TEXT NOT NULL UNIQUE,
    station_id $INT NOT NULL REFERENCES station (id),
    title      $TEXT NOT NULL,
    kind       $TEXT NOT NULL CHECK (kind IN ('onsite', 'online', 'live', 'talk')),
    starts_at  $INT NOT NULL,
    ends_at    $INT NOT NULL,
    place      $TEXT NOT NULL,
    summary    $TEXT NOT NULL,
    employers  $INT NOT NULL DEFAULT 0,
    expected   $INT NOT NULL DEFAULT 0,
    status     $TEXT NOT NULL CHECK (status IN ('planned', 'held', 'cancelled')),
    sequence   $INT NOT NULL DEFAULT 0,
    updated_at $INT NOT NULL
) $STRICT;
CREATE INDEX event_starts ON event (starts_at);
CREATE INDEX event_station ON event (station_id, starts_at);
