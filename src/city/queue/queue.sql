-- Numbers in line.

-- @many queue_station
SELECT id, code, name, status FROM station WHERE id = :id;

-- @one ticket_last
-- @out number i64
SELECT coalesce(max(number), 0) AS number FROM ticket WHERE station_id = :station_id AND day = :day;

-- @many ticket_insert
INSERT INTO ticket (code, station_id, day, number, status, taken_at) VALUES (:code, :station_id, :day, :number, 'waiting', :taken_at)
ON CONFLICT DO NOTHING
RETURNING id;

-- @many ticket
SELECT ticket.id, ticket.code, ticket.station_id, ticket.day, ticket.number, ticket.status, ticket.place, ticket.taken_at, ticket.called_at,
       station.code AS station_code, station.name AS station_name
  FROM ticket JOIN station ON station.id = ticket.station_id
 WHERE ticket.id = :id;

-- @many ticket_id
SELECT id FROM ticket WHERE code = :code;

-- @many ticket_next
SELECT id, number, status FROM ticket WHERE station_id = :station_id AND day = :day AND status = 'waiting' ORDER BY number LIMIT 1;

-- @exec ticket_step
-- @in from_status text
UPDATE ticket SET status = :status, place = :place, called_at = :called_at?, account_id = :account_id?
 WHERE id = :id AND status = :from_status;

-- @many ticket_of_day
SELECT id, code, number, status, place, taken_at, called_at
  FROM ticket
 WHERE station_id = :station_id AND day = :day AND status = :status
 ORDER BY number LIMIT 200;

-- @one ticket_ahead
-- @out n i64
SELECT count(*) AS n FROM ticket WHERE station_id = :station_id AND day = :day AND status = 'waiting' AND number < :number;

-- How long a finished visit takes here (ms, mean of the last 60), and how many windows called lately.
-- @one queue_pace
-- @out visit_ms i64?, windows i64
-- @in since i64
SELECT (SELECT CAST(avg(took) AS BIGINT)
          FROM (SELECT ended_at - started_at AS took FROM visit
                 WHERE visit.station_id = :station_id AND ended_at IS NOT NULL ORDER BY visit.id DESC LIMIT 60) AS lately) AS visit_ms,
       (SELECT count(DISTINCT account_id) FROM ticket WHERE ticket.station_id = :station_id AND day = :day AND called_at > :since) AS windows;

-- @many help_open
SELECT id, at FROM help_call WHERE station_id = :station_id AND answered_at IS NULL ORDER BY id;

-- @exec help_insert
INSERT INTO help_call (station_id, at) VALUES (:station_id, :at);

-- @exec help_answer
UPDATE help_call SET answered_at = :answered_at?, account_id = :account_id? WHERE station_id = :station_id AND answered_at IS NULL;

-- The window this clerk called to last, today.
-- @many ticket_last_place
SELECT place FROM ticket
 WHERE station_id = :station_id AND day = :day AND account_id = :account_id? AND place <> ''
 ORDER BY called_at DESC LIMIT 1;
