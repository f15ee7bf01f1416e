-- Recruitment events of the stations.

-- @many event_list
-- @in first_id i64, last_id i64, from_at i64, to_at i64, station_id i64?, off i64, lim i64, dir i64
-- @out total i64
SELECT e.id, e.code, e.station_id, e.title, e.kind, e.starts_at, e.ends_at, e.place, e.summary, e.employers, e.expected, e.status,
       e.sequence, e.updated_at, e.note, e.licence, e.attended, s.code AS station_code, s.name AS station_name, s.district, s.street,
       s.phone, count(*) OVER () AS total
  FROM event e JOIN station s ON s.id = e.station_id
 WHERE e.id BETWEEN :first_id AND :last_id AND e.ends_at >= :from_at AND e.starts_at < :to_at
   AND (:district? IS NULL OR s.district = :district) AND (:station_id? IS NULL OR e.station_id = :station_id)
   AND (:kind? IS NULL OR e.kind = :kind) AND (:status? IS NULL OR e.status = :status)
 ORDER BY e.starts_at * :dir, e.id * :dir LIMIT :lim OFFSET :off;

-- @one event_insert
INSERT INTO event (code, station_id, title, kind, starts_at, ends_at, place, summary, employers, expected, status, updated_at, licence)
VALUES (:code, :station_id, :title, :kind, :starts_at, :ends_at, :place, :summary, :employers, :expected, :status, :updated_at, :licence)
RETURNING id;

-- @exec event_name
UPDATE event SET code = :code WHERE id = :id;

-- @exec event_change
-- @in was i64
UPDATE event
   SET title = :title, kind = :kind, starts_at = :starts_at, ends_at = :ends_at, place = :place, summary = :summary,
       employers = :employers, expected = :expected, licence = :licence, sequence = sequence + 1, updated_at = :updated_at
 WHERE id = :id AND sequence = :was;

-- @exec event_step
-- @in was i64
UPDATE event
   SET status = :status, note = :note, attended = :attended, sequence = sequence + 1, updated_at = :updated_at
 WHERE id = :id AND sequence = :was;

-- @many event_counts
-- @in from_at i64, to_at i64
-- @out n i64, attended i64
SELECT s.district, e.status, count(*) AS n, CAST(sum(e.attended) AS BIGINT) AS attended
  FROM event e JOIN station s ON s.id = e.station_id
 WHERE e.starts_at >= :from_at AND e.starts_at < :to_at
 GROUP BY s.district, e.status
 ORDER BY s.district, e.status;
