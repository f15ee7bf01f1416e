-- Shortages: rounds, reports of the channels, our own witness, what came out.

-- @many shortage_round_rows
-- @in first_id i64, last_id i64
-- @out reports i64, organisations i64, scored i64
SELECT r.id, r.code, r.title, r.period_from, r.period_to, r.closes_on, r.status, r.scoring, r.analysed_at, r.published_on, r.version,
       (SELECT count(*) FROM shortage_report p WHERE p.round_id = r.id AND p.withdrawn_at IS NULL) AS reports,
       (SELECT count(DISTINCT p.organisation) FROM shortage_report p WHERE p.round_id = r.id AND p.withdrawn_at IS NULL) AS organisations,
       (SELECT count(*) FROM shortage_score s WHERE s.round_id = r.id) AS scored
  FROM shortage_round r WHERE r.id BETWEEN :first_id AND :last_id
 ORDER BY r.period_to DESC, r.id DESC;

-- @many shortage_round_id_of
SELECT id FROM shortage_round WHERE code = :code;

-- @one shortage_round_add
-- @out id i64
INSERT INTO shortage_round (code, title, period_from, period_to, closes_on, status)
VALUES (:code, :title, :period_from, :period_to, :closes_on, :status)
RETURNING id;

-- @exec shortage_round_move
-- @in was i64
UPDATE shortage_round SET status = :status, scoring = :scoring, analysed_at = :analysed_at?, published_on = :published_on?, closes_on = :closes_on, version = version + 1
 WHERE id = :id AND version = :was;

-- @many shortage_report_rows
-- @in first_id i64, last_id i64, off i64, lim i64, stood i64
-- @out total i64
SELECT id, round_id, channel, organisation, district, occupation, level, openings, difficulty, vacant_days, evidence, said_by, account_id, at,
       withdrawn_at, withdrawn_why, count(*) OVER () AS total
  FROM shortage_report
 WHERE round_id = :round_id AND id BETWEEN :first_id AND :last_id AND (:channel? IS NULL OR channel = :channel)
   AND (:district? IS NULL OR district = :district) AND (:occupation? IS NULL OR occupation = :occupation)
   AND (:stood = 0 OR withdrawn_at IS NULL)
 ORDER BY channel, occupation, level DESC, organisation, district, id LIMIT :lim OFFSET :off;

-- @many shortage_report_get
SELECT id, round_id, channel, organisation, district, occupation, level, openings, difficulty, vacant_days, evidence, said_by, account_id, at,
       withdrawn_at, withdrawn_why
  FROM shortage_report WHERE id = :id;

-- @many shortage_report_same
SELECT id, openings, difficulty, vacant_days, evidence, said_by FROM shortage_report
 WHERE round_id = :round_id AND channel = :channel AND organisation = :organisation AND district = :district AND occupation = :occupation
   AND level = :level AND withdrawn_at IS NULL;

-- @one shortage_report_add
-- @out id i64
INSERT INTO shortage_report (round_id, channel, organisation, district, occupation, level, openings, difficulty, vacant_days, evidence, said_by,
                             account_id, at, sheet_id)
VALUES (:round_id, :channel, :organisation, :district, :occupation, :level, :openings, :difficulty, :vacant_days?, :evidence, :said_by,
        :account_id, :at, :sheet_id?)
RETURNING id;

-- @exec shortage_report_withdraw
UPDATE shortage_report SET withdrawn_at = :withdrawn_at, withdrawn_why = :withdrawn_why WHERE id = :id AND withdrawn_at IS NULL;

-- @many shortage_own_ads
-- @in today i64
-- @out ads i64, openings i64
SELECT occupation, posted_on, count(*) AS ads, CAST(sum(openings) AS BIGINT) AS openings
  FROM job WHERE status = 'open' AND valid_until >= :today AND posted_on <= :today AND occupation IS NOT NULL
 GROUP BY occupation, posted_on ORDER BY occupation, posted_on DESC;

-- @many shortage_own_wishes
-- @out n i64
SELECT w.occupations, count(*) AS n FROM wish w JOIN person p ON p.id = w.person_id
 WHERE p.erased_at IS NULL AND w.occupations <> '' GROUP BY w.occupations ORDER BY w.occupations;

-- @many shortage_own_refused
-- @in since i64
-- @out n i64
SELECT j.occupation, count(*) AS n
  FROM referral r JOIN job j ON j.id = r.job_id
 WHERE r.moved_at >= :since AND r.status = 'refused' AND r.reason IN ('certificate', 'skills') AND j.occupation IS NOT NULL
 GROUP BY j.occupation ORDER BY j.occupation;

-- @exec shortage_witness_clear
DELETE FROM shortage_witness WHERE round_id = :round_id;

-- @exec shortage_witness_add
INSERT INTO shortage_witness (round_id, occupation, ads, openings, seekers, vacant_days, refused)
VALUES (:round_id, :occupation, :ads, :openings, :seekers, :vacant_days, :refused);

-- @many shortage_witness_rows
SELECT occupation, ads, openings, seekers, vacant_days, refused FROM shortage_witness WHERE round_id = :round_id ORDER BY occupation;

-- @exec shortage_score_clear
DELETE FROM shortage_score WHERE round_id = :round_id;

-- @exec shortage_score_add
INSERT INTO shortage_score (round_id, occupation, score, urgency, parts) VALUES (:round_id, :occupation, :score, :urgency, :parts);

-- @many shortage_score_rows
SELECT occupation, score, urgency FROM shortage_score
 WHERE round_id = :round_id AND (:urgency? IS NULL OR urgency = :urgency) AND (:occupation? IS NULL OR occupation = :occupation)
 ORDER BY score DESC, occupation;

-- @many shortage_score_counts
-- @out n i64
SELECT urgency, count(*) AS n FROM shortage_score WHERE round_id = :round_id GROUP BY urgency ORDER BY urgency;
