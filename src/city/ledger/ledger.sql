-- Purses and the rows that move money in them.

-- @many budget_get
SELECT fund, district, year, appropriated, committed, paid FROM budget WHERE fund = :fund AND district = :district AND year = :year;

-- @exec budget_insert
INSERT INTO budget (fund, district, year, appropriated) VALUES (:fund, :district, :year, 0) ON CONFLICT DO NOTHING;

-- @exec budget_appropriate
UPDATE budget SET appropriated = :appropriated
 WHERE fund = :fund AND district = :district AND year = :year AND committed <= :appropriated;

-- @exec budget_commit
-- @in fen i64
UPDATE budget SET committed = committed + :fen
 WHERE fund = :fund AND district = :district AND year = :year AND appropriated - committed >= :fen;

-- @exec budget_release
-- @in fen i64
UPDATE budget SET committed = committed - :fen
 WHERE fund = :fund AND district = :district AND year = :year AND committed - paid >= :fen;

-- @exec budget_pay
-- @in fen i64
UPDATE budget SET paid = paid + :fen
 WHERE fund = :fund AND district = :district AND year = :year AND committed - paid >= :fen;

-- @exec budget_unpay
-- @in fen i64
UPDATE budget SET paid = paid - :fen
 WHERE fund = :fund AND district = :district AND year = :year AND paid >= :fen;

-- @exec budget_recover
-- @in fen i64
UPDATE budget SET paid = paid - :fen, committed = committed - :fen
 WHERE fund = :fund AND district = :district AND year = :year AND paid >= :fen;

-- @many budget_list
SELECT fund, district, year, appropriated, committed, paid
  FROM budget
 WHERE (:district? IS NULL OR district = :district) AND (:year? IS NULL OR year = :year)
 ORDER BY year DESC, district, fund LIMIT 2000;

-- @many budget_years
SELECT DISTINCT year FROM budget ORDER BY year DESC LIMIT 50;

-- @exec ledger_insert
INSERT INTO ledger (at, fund, district, year, debit, credit, amount, kind, object_id)
VALUES (:at, :fund, :district, :year, :debit, :credit, :amount, :kind, :object_id);

-- @many ledger_list
-- @in lim i64, off i64
-- @out claim_code text?, trainee_code text?, item text?, total i64
SELECT m.id, m.at, m.debit, m.credit, m.amount, m.kind, m.object_id, q.code AS claim_code, t.code AS trainee_code, l.item, count(*) OVER () AS total
  FROM ledger m LEFT JOIN claim_line l ON m.kind = 'claim' AND l.id = m.object_id LEFT JOIN claim q ON q.id = l.claim_id LEFT JOIN trainee t ON t.id = l.trainee_id
 WHERE m.fund = :fund AND m.district = :district AND m.year = :year
 ORDER BY m.id DESC LIMIT :lim OFFSET :off;

-- @many ledger_of_object
SELECT id, at, fund, district, year, debit, credit, amount FROM ledger WHERE kind = :kind AND object_id = :object_id ORDER BY id;

-- What each account of each purse received and gave.
-- @many ledger_sums
-- @out account text, fen i64
SELECT fund, district, year, account, CAST(sum(signed) AS BIGINT) AS fen
  FROM (SELECT fund, district, year, debit AS account, amount AS signed FROM ledger
        UNION ALL SELECT fund, district, year, credit, -amount FROM ledger) AS moved
 GROUP BY fund, district, year, account
 ORDER BY year, district, fund, account;

-- @one ledger_count
-- @out n i64
SELECT count(*) AS n FROM ledger;

-- What the lines of the claims say must be in the purses: promised but not paid, paid, asked back.
-- @many ledger_lines_sums
-- @out fund text, district i64, year i64, promised i64, paid i64, back i64
SELECT fund, district, year,
       CAST(sum(CASE WHEN status IN ('approved', 'paying', 'failed') THEN amount ELSE 0 END) AS BIGINT) AS promised,
       CAST(sum(CASE WHEN status = 'paid' THEN amount ELSE 0 END) AS BIGINT) AS paid,
       CAST(sum(CASE WHEN status = 'recovering' THEN amount ELSE 0 END) AS BIGINT) AS back
  FROM claim_line WHERE year IS NOT NULL
 GROUP BY fund, district, year
 ORDER BY year, district, fund;
