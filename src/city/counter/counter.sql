-- Visits, services, what the counter needs of a job.

-- @one visit_insert
INSERT INTO visit (station_id, ticket_id, account_id, started_at) VALUES (:station_id, :ticket_id?, :account_id, :started_at)
RETURNING id;

-- @many visit
-- @out ticket_number i64?
SELECT visit.id, visit.station_id, visit.ticket_id, visit.person_id, visit.account_id, visit.started_at, visit.ended_at, visit.outcome,
       ticket.number AS ticket_number, station.name AS station_name, station.lng, station.lat, station.street AS station_street
  FROM visit JOIN station ON station.id = visit.station_id LEFT JOIN ticket ON ticket.id = visit.ticket_id
 WHERE visit.id = :id;

-- @many visit_of_ticket
SELECT id FROM visit WHERE ticket_id = :ticket_id ORDER BY id DESC LIMIT 1;

-- @exec visit_person
UPDATE visit SET person_id = :person_id? WHERE id = :id AND ended_at IS NULL;

-- @exec visit_mark
UPDATE visit SET outcome = :outcome WHERE id = :id AND ended_at IS NULL;

-- @exec visit_end
UPDATE visit SET ended_at = :ended_at?, outcome = :outcome, note = :note? WHERE id = :id AND ended_at IS NULL;

-- @many visit_open
-- @out ticket_number i64?
SELECT visit.id, visit.person_id, visit.account_id, visit.started_at, visit.outcome, ticket.number AS ticket_number
  FROM visit LEFT JOIN ticket ON ticket.id = visit.ticket_id
 WHERE visit.station_id = :station_id AND visit.ended_at IS NULL
 ORDER BY visit.started_at;

-- @many visit_list
SELECT visit.id, visit.started_at, visit.ended_at, visit.outcome, station.name AS station_name
  FROM visit JOIN station ON station.id = visit.station_id
 WHERE visit.person_id = :person_id
 ORDER BY visit.id DESC LIMIT 100;

-- @many service_seen
SELECT id FROM service WHERE visit_id = :visit_id AND item = :item;

-- @exec service_insert
INSERT INTO service (station_id, visit_id, person_id, account_id, item, channel, at, outcome, note)
VALUES (:station_id, :visit_id?, :person_id?, :account_id, :item, :channel, :at, :outcome, :note?);

-- The person may have been named only after the first services of the visit.
-- @exec service_person
UPDATE service SET person_id = :person_id? WHERE visit_id = :visit_id AND person_id IS NULL;

-- @many service_list
SELECT service.id, service.at, service.item, service.channel, service.outcome, station.name AS station_name
  FROM service JOIN station ON station.id = service.station_id
 WHERE service.person_id = :person_id
 ORDER BY service.at DESC, service.id DESC LIMIT 200;

-- @many service_of_visit
SELECT item, outcome, at FROM service WHERE visit_id = :visit_id ORDER BY id;

-- @many service_notes
SELECT at, item, note FROM service WHERE person_id = :person_id AND note IS NOT NULL ORDER BY id;

-- @many visit_notes
SELECT started_at, note FROM visit WHERE person_id = :person_id AND note IS NOT NULL ORDER BY id;

-- @one counter_today
-- @in since i64
-- @out visits i64, served i64, services i64, slips i64
SELECT (SELECT count(*) FROM visit WHERE visit.station_id = :station_id AND visit.started_at >= :since) AS visits,
       (SELECT count(*) FROM visit WHERE visit.station_id = :station_id AND visit.started_at >= :since AND visit.ended_at IS NOT NULL) AS served,
       (SELECT count(*) FROM service WHERE service.station_id = :station_id AND service.at >= :since) AS services,
       (SELECT count(*) FROM slip WHERE slip.station_id = :station_id AND slip.at >= :since) AS slips;

-- @many visit_times
-- @in since i64
-- @out took i64
SELECT ended_at - started_at AS took FROM visit
 WHERE station_id = :station_id AND started_at >= :since AND ended_at IS NOT NULL
 ORDER BY took LIMIT 500;

-- @one jobs_to_verify
-- @in before i64
-- @out n i64
SELECT count(*) AS n FROM job WHERE station_id = :station_id? AND status = 'open' AND coalesce(verified_on, posted_on) < :before;

-- @exec visit_forget
UPDATE visit SET note = NULL WHERE person_id = :person_id AND note IS NOT NULL;

-- @exec service_forget
UPDATE service SET note = NULL WHERE person_id = :person_id AND note IS NOT NULL;
