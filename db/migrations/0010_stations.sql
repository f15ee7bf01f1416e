-- The day on which a planned station is to open; NULL = no plan was made.
ALTER TABLE station ADD COLUMN due_on $INT;

-- A day that differs from the week: a holiday on duty (from < to), a day closed (both 0).
CREATE TABLE station_day (
    station_id $INT NOT NULL REFERENCES station (id),
    on_day     $INT NOT NULL,
    from_min   $INT NOT NULL,
    to_min     $INT NOT NULL,
    note       $TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (station_id, on_day)
) $STRICT;

-- The receipt of a closing station: what went where.
CREATE TABLE station_handover (
    id         $ID,
    station_id $INT NOT NULL REFERENCES station (id),
    to_id      $INT NOT NULL REFERENCES station (id),
    at         $INT NOT NULL,
    account_id $INT NOT NULL,
    referrals  $INT NOT NULL,
    follow_ups $INT NOT NULL,
    jobs       $INT NOT NULL,
    note       $TEXT NOT NULL
) $STRICT;
CREATE INDEX station_handover_station ON station_handover (station_id);

-- Why an event was cancelled; the number of its safety licence; how many came.
ALTER TABLE event ADD COLUMN note $TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN licence $TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN attended $INT NOT NULL DEFAULT 0;
