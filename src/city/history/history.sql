-- Subsidies of the time before this system.

-- @many history_of
SELECT id, code, item, line, occupation, level, year, starts_on, ends_on, state, fund, amount, district FROM history
 WHERE idno_find = :idno_find AND status = 'held' ORDER BY year, id;

-- Of everybody in a class.
-- @many history_class
-- @in class_id i64
-- @out of_trainee i64
SELECT t.id AS of_trainee, h.id, h.code, h.item, h.line, h.occupation, h.level, h.year, h.starts_on, h.ends_on, h.state, h.fund, h.amount, h.district
  FROM trainee t JOIN person p ON p.id = t.person_id JOIN history h ON h.idno_find = p.idno_find
 WHERE t.class_id = :class_id AND h.status = 'held' ORDER BY t.id, h.year, h.id;

-- @many history_same
SELECT id, code, starts_on, amount, fund FROM history
 WHERE idno_find = :idno_find AND item = :item AND line = :line AND occupation = :occupation AND level = :level AND year = :year AND status = 'held';

-- @one history_here
-- @in idno_find text, from_on i64, to_on i64
-- @out n i64
SELECT count(*) AS n FROM trainee t JOIN class c ON c.id = t.class_id JOIN person p ON p.id = t.person_id
 WHERE p.idno_find = :idno_find AND c.occupation = :occupation AND c.level = :level AND c.starts_on BETWEEN :from_on AND :to_on
   AND t.status NOT IN ('applied', 'refused', 'dropped', 'failed');

-- @many history_person
SELECT name FROM person WHERE idno_find = :idno_find? AND erased_at IS NULL;

-- @one history_add
-- @in name blob
-- @out id i64
INSERT INTO history (code, idno_find, idno, name, item, line, occupation, level, year, starts_on, ends_on, state, fund, amount, certificate, provider, district, sheet_id,
       status, at, account_id)
VALUES (:code, :idno_find, :idno, :name, :item, :line, :occupation, :level, :year, :starts_on?, :ends_on?, :state, :fund, :amount?, :certificate?, :provider, :district,
       :sheet_id?, 'held', :at, :account_id)
RETURNING id;

-- @exec history_name
UPDATE history SET code = 'H' || id WHERE id = :id;

-- @many history_get
SELECT id, code, district, status FROM history WHERE code = :code;

-- @exec history_out
UPDATE history SET status = 'removed', reason = :reason WHERE id = :id AND status = 'held';

-- @many history_list
-- @in lim i64, off i64
-- @out total i64
SELECT id, code, idno, name, certificate, item, line, occupation, level, year, starts_on, state, fund, amount, provider, district, status, reason, count(*) OVER () AS total
  FROM history
 WHERE (:district? IS NULL OR district = :district) AND (:year? IS NULL OR year = :year) AND (:item? IS NULL OR item = :item) AND (:status? IS NULL OR status = :status)
   AND (:idno_find? IS NULL OR idno_find = :idno_find)
 ORDER BY id DESC LIMIT :lim OFFSET :off;

-- @one history_any
-- @out n i64
SELECT count(*) AS n FROM history;
