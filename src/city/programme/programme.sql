-- What the stations brought about, counted from their records.

-- @many programme_hires
-- @in from_on i64, to_on i64
-- @out ppm i64, hires i64
SELECT c.station_id, s.code, s.name, s.district, CAST(sum(c.share_ppm) AS BIGINT) AS ppm, count(*) AS hires
  FROM hire_credit c JOIN hire h ON h.id = c.hire_id JOIN station s ON s.id = c.station_id
 WHERE h.hired_on BETWEEN :from_on AND :to_on
 GROUP BY c.station_id, s.code, s.name, s.district
 ORDER BY c.station_id;

-- @one programme_hired
-- @in from_on i64, to_on i64
-- @out hires i64
SELECT count(*) AS hires FROM hire WHERE hired_on BETWEEN :from_on AND :to_on;
