-- The running ads that a closing station collected.

-- @one job_handover_open
-- @out jobs i64
SELECT count(*) AS jobs FROM job WHERE station_id = :station_id AND status NOT IN ('filled', 'expired', 'closed', 'merged');

-- @many job_handover_move
-- @in to_id i64, station_id i64
UPDATE job SET station_id = :to_id, version = version + 1 WHERE station_id = :station_id AND status NOT IN ('filled', 'expired', 'closed', 'merged') RETURNING id;
