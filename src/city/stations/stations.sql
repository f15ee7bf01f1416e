-- Stations, their hours, services and people, the steps of their lives.

-- @many station
-- @in first_id i64, last_id i64
SELECT id, code, name, type, district, street, address, lng, lat, located, area_m2, phone, operator, batch, brand, story, access,
       status, status_on, trial_on, open_on, due_on, successor_id, version
  FROM station
 WHERE id BETWEEN :first_id AND :last_id AND (:district? IS NULL OR district = :district)
 ORDER BY district, street, id;

-- @one station_insert
INSERT INTO station (code, name, type, district, street, address, lng, lat, located, area_m2, phone, operator, batch, brand, story,
                     access, status, status_on, due_on)
VALUES (:code, :name, :type, :district, :street, :address, :lng, :lat, :located, :area_m2, :phone, :operator, :batch, :brand, :story,
        :access, :status, :status_on, :due_on?)
RETURNING id;

-- @exec station_change
UPDATE station
   SET name = :name, type = :type, district = :district, street = :street, address = :address, lng = :lng, lat = :lat,
       located = :located, area_m2 = :area_m2, phone = :phone, operator = :operator, brand = :brand, story = :story,
       access = :access, due_on = :due_on?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec station_step
UPDATE station
   SET status = :status, status_on = :status_on, trial_on = :trial_on?, open_on = :open_on?, version = version + 1
 WHERE id = :id AND version = :version;

-- @exec station_succeed
UPDATE station SET successor_id = :successor_id, version = version + 1 WHERE id = :id;

-- @exec station_touch
UPDATE station SET version = version + 1 WHERE id = :id AND version = :version;

-- @many station_hours
-- @in first_id i64, last_id i64
SELECT station_id, weekday, from_min, to_min
  FROM station_hours
 WHERE station_id BETWEEN :first_id AND :last_id
 ORDER BY station_id, weekday, from_min;

-- @exec station_hours_clear
DELETE FROM station_hours WHERE station_id = :station_id;

-- @exec station_hours_add
INSERT INTO station_hours (station_id, weekday, from_min, to_min) VALUES (:station_id, :weekday, :from_min, :to_min);

-- @many station_days
-- @in first_id i64, last_id i64, first_day i64, last_day i64
SELECT station_id, on_day, from_min, to_min, note
  FROM station_day
 WHERE station_id BETWEEN :first_id AND :last_id AND on_day BETWEEN :first_day AND :last_day
 ORDER BY station_id, on_day;

-- @exec station_day_clear
DELETE FROM station_day WHERE station_id = :station_id AND on_day = :on_day;

-- @exec station_day_add
INSERT INTO station_day (station_id, on_day, from_min, to_min, note) VALUES (:station_id, :on_day, :from_min, :to_min, :note);

-- @many station_services
-- @in first_id i64, last_id i64
SELECT station_id, item FROM station_service WHERE station_id BETWEEN :first_id AND :last_id ORDER BY station_id, item;

-- @exec station_services_clear
DELETE FROM station_service WHERE station_id = :station_id;

-- @exec station_services_add
INSERT INTO station_service (station_id, item) VALUES (:station_id, :item);

-- @many station_members
-- @in on_day i64
SELECT id, station_id, name, kind, duty, trained_on, from_on, to_on
  FROM station_member
 WHERE station_id = :station_id AND (to_on IS NULL OR to_on > :on_day)
 ORDER BY kind, from_on, id;

-- @exec station_member_add
INSERT INTO station_member (station_id, name, kind, duty, trained_on, from_on)
VALUES (:station_id, :name, :kind, :duty, :trained_on?, :from_on);

-- @exec station_member_end
UPDATE station_member SET to_on = :to_on WHERE id = :id AND station_id = :station_id AND to_on IS NULL;

-- @many station_staff
-- @in first_id i64, last_id i64, day i64
-- @out n i64, trained i64
SELECT station_id, kind, count(*) AS n, count(trained_on) AS trained
  FROM station_member
 WHERE station_id BETWEEN :first_id AND :last_id AND from_on <= :day AND (to_on IS NULL OR to_on > :day)
 GROUP BY station_id, kind
 ORDER BY station_id, kind;

-- @one station_served_since
-- @out n i64
SELECT count(*) AS n FROM service WHERE station_id = :station_id AND at >= :at;

-- @one station_events_waiting
-- @out n i64
SELECT count(*) AS n FROM event WHERE station_id = :station_id AND status = 'planned';

-- @exec station_move_add
INSERT INTO station_move (station_id, at, account_id, action, from_state, to_state, note, evidence)
VALUES (:station_id, :at, :account_id, :action, :from_state, :to_state, :note, :evidence);

-- @many station_moves
-- @out author blob?, author_role text?
SELECT m.id, m.at, m.action, m.from_state, m.to_state, m.note, m.evidence, a.name AS author, a.role AS author_role
  FROM station_move m LEFT JOIN account a ON a.id = m.account_id
 WHERE m.station_id = :station_id
 ORDER BY m.id DESC;

-- @one station_handover_add
INSERT INTO station_handover (station_id, to_id, at, account_id, referrals, follow_ups, jobs, note)
VALUES (:station_id, :to_id, :at, :account_id, :referrals, :follow_ups, :jobs, :note)
RETURNING id;

-- @many station_handovers
-- @out author blob?
SELECT h.id, h.at, h.to_id, h.referrals, h.follow_ups, h.jobs, h.note, t.code AS to_code, t.name AS to_name, a.name AS author
  FROM station_handover h JOIN station t ON t.id = h.to_id LEFT JOIN account a ON a.id = h.account_id
 WHERE h.station_id = :station_id
 ORDER BY h.id DESC;

-- @exec station_name
UPDATE station SET code = :code WHERE id = :id;

-- The counter's records of a demo station's trial, in bulk.
-- @exec station_demo_served
-- @in many i64, from_at i64, step i64
INSERT INTO service (station_id, account_id, item, channel, at)
WITH RECURSIVE k (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM k WHERE n < :many)
SELECT :station_id, :account_id, CASE n % 4 WHEN 0 THEN 'S01' WHEN 1 THEN 'S03' WHEN 2 THEN 'S05' ELSE 'S04' END, 'counter',
       :from_at + n * :step
  FROM k;
