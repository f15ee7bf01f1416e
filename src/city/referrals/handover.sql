-- What a closing station leaves to its successor.

-- @one handover_open
-- @in station_id i64
-- @out referrals i64, follow_ups i64
SELECT (SELECT count(*) FROM referral WHERE station_id = :station_id AND status NOT IN ('hired', 'refused', 'withdrawn'))
           AS referrals,
       (SELECT count(*) FROM follow_up WHERE station_id = :station_id AND done_at IS NULL) AS follow_ups;

-- @exec handover_referrals
-- @in to_id i64
UPDATE referral SET station_id = :to_id, version = version + 1
 WHERE station_id = :station_id AND status NOT IN ('hired', 'refused', 'withdrawn');

-- @exec handover_follow_ups
-- @in to_id i64
UPDATE follow_up SET station_id = :to_id WHERE station_id = :station_id AND done_at IS NULL;
