-- The subsidy catalogue: versions, items, rates, costs, fees.

-- @many catalogue_rows
-- @in first_id i64, last_id i64
-- @out items i64, sectors i64, very i64, shorts i64, somes i64, made i64, samples i64
SELECT c.id, c.code, c.title, c.document, c.source, c.sample, c.effective_on, c.until_on, c.round_id, c.status, c.cosigned,
       c.created_at, c.moved_at, c.version, count(i.id) AS items, count(DISTINCT i.sector) AS sectors,
       CAST(COALESCE(sum(CASE WHEN i.urgency = 'very' THEN 1 ELSE 0 END), 0) AS BIGINT) AS very,
       CAST(COALESCE(sum(CASE WHEN i.urgency = 'short' THEN 1 ELSE 0 END), 0) AS BIGINT) AS shorts,
       CAST(COALESCE(sum(CASE WHEN i.urgency = 'some' THEN 1 ELSE 0 END), 0) AS BIGINT) AS somes,
       CAST(COALESCE(sum(CASE WHEN i.origin = 'made' THEN 1 ELSE 0 END), 0) AS BIGINT) AS made,
       CAST(COALESCE(sum(CASE WHEN i.origin <> 'official' THEN 1 ELSE 0 END), 0) AS BIGINT) AS samples
  FROM catalogue c LEFT JOIN catalogue_item i ON i.catalogue_id = c.id
 WHERE c.id BETWEEN :first_id AND :last_id
 GROUP BY c.id, c.code, c.title, c.document, c.source, c.sample, c.effective_on, c.until_on, c.round_id, c.status, c.cosigned,
          c.created_at, c.moved_at, c.version
 ORDER BY COALESCE(c.effective_on, 99991231) DESC, c.id DESC;

-- @many catalogue_id_of
SELECT id FROM catalogue WHERE code = :code;

-- @many catalogue_in_force
-- @in ymd i64
SELECT id FROM catalogue
 WHERE status IN ('published', 'superseded') AND effective_on <= :ymd AND (until_on IS NULL OR until_on >= :ymd)
 ORDER BY effective_on DESC, id DESC LIMIT 1;

-- @one catalogue_add
-- @out id i64
INSERT INTO catalogue (code, title, document, source, sample, round_id, status, created_at, moved_at)
VALUES (:code, :title, :document, :source, :sample, :round_id?, :status, :created_at, :moved_at)
RETURNING id;

-- @exec catalogue_move
-- @in was i64
UPDATE catalogue SET status = :status, document = :document, cosigned = :cosigned, effective_on = :effective_on?, moved_at = :moved_at,
       version = version + 1
 WHERE id = :id AND version = :was;

-- @exec catalogue_end
UPDATE catalogue SET until_on = :until_on, version = version + 1 WHERE id <> :id AND status = 'published' AND until_on IS NULL;

-- @exec catalogue_supersede
UPDATE catalogue SET status = :status, moved_at = :moved_at, version = version + 1 WHERE id = :id AND status = 'published';

-- @many catalogue_due
-- @in ymd i64
SELECT id FROM catalogue WHERE status = 'published' AND until_on IS NOT NULL AND until_on < :ymd ORDER BY id;

-- @many catalogue_latest_effective
SELECT id, effective_on FROM catalogue WHERE status IN ('published', 'superseded') AND effective_on IS NOT NULL ORDER BY effective_on DESC LIMIT 1;

-- @many catalogue_items
-- @in first_id i64, last_id i64
SELECT id, catalogue_id, seq, sector, occupation, name, urgency, class, green, digital, origin, find
  FROM catalogue_item
 WHERE catalogue_id = :catalogue_id AND id BETWEEN :first_id AND :last_id AND (:sector? IS NULL OR sector = :sector)
   AND (:urgency? IS NULL OR urgency = :urgency) AND (:occupation? IS NULL OR occupation = :occupation)
 ORDER BY seq, id;

-- @many catalogue_item_by_id
SELECT id, catalogue_id, seq, sector, occupation, name, urgency, class, green, digital, origin, find FROM catalogue_item WHERE id = :id;

-- @many catalogue_item_same
SELECT id, catalogue_id, seq, sector, occupation, name, urgency, class, green, digital, origin, find
  FROM catalogue_item WHERE catalogue_id = :catalogue_id AND occupation = :occupation AND name = :name;

-- @many catalogue_item_next
-- @out seq i64
SELECT COALESCE(max(seq), 0) + 1 AS seq FROM catalogue_item WHERE catalogue_id = :catalogue_id;

-- @one catalogue_item_add
-- @out id i64
INSERT INTO catalogue_item (catalogue_id, seq, sector, occupation, name, urgency, class, green, digital, origin, find)
VALUES (:catalogue_id, :seq, :sector, :occupation, :name, :urgency, :class, :green, :digital, :origin, :find)
RETURNING id;

-- @exec catalogue_item_change
UPDATE catalogue_item SET sector = :sector, urgency = :urgency, class = :class, green = :green, digital = :digital, origin = :origin, find = :find
 WHERE id = :id;

-- @exec catalogue_item_drop
DELETE FROM catalogue_item WHERE id = :id;

-- @many catalogue_rates
SELECT r.item_id, r.level, r.hours, r.amount
  FROM catalogue_rate r JOIN catalogue_item i ON i.id = r.item_id
 WHERE i.catalogue_id = :catalogue_id AND (:item_id? IS NULL OR r.item_id = :item_id)
 ORDER BY r.item_id, r.hours DESC, r.level DESC;

-- @many catalogue_rate_one
SELECT amount FROM catalogue_rate WHERE item_id = :item_id AND level = :level AND hours = :hours;

-- @exec catalogue_rate_set
INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (:item_id, :level, :hours, :amount)
ON CONFLICT (item_id, level, hours) DO UPDATE SET amount = excluded.amount;

-- @exec catalogue_rates_drop
DELETE FROM catalogue_rate WHERE item_id = :item_id;

-- @exec catalogue_rate_drop
DELETE FROM catalogue_rate WHERE item_id = :item_id AND level = :level AND hours = :hours;

-- @many catalogue_costs
SELECT k.item_id, k.level, k.hours, k.teachers, k.consumables, k.materials, k.note
  FROM catalogue_cost k JOIN catalogue_item i ON i.id = k.item_id
 WHERE i.catalogue_id = :catalogue_id AND (:item_id? IS NULL OR k.item_id = :item_id)
 ORDER BY k.item_id, k.hours DESC, k.level DESC;

-- @exec catalogue_cost_set
INSERT INTO catalogue_cost (item_id, level, hours, teachers, consumables, materials, note)
VALUES (:item_id, :level, :hours, :teachers, :consumables, :materials, :note)
ON CONFLICT (item_id, level, hours) DO UPDATE
   SET teachers = excluded.teachers, consumables = excluded.consumables, materials = excluded.materials, note = excluded.note;

-- @exec catalogue_costs_drop
DELETE FROM catalogue_cost WHERE item_id = :item_id;

-- @many catalogue_fees
SELECT catalogue_id, class, level, amount FROM evaluation_fee WHERE catalogue_id = :catalogue_id ORDER BY class, level DESC;

-- @many catalogue_fee_one
SELECT amount FROM evaluation_fee WHERE catalogue_id = :catalogue_id AND class = :class AND level = :level;

-- @exec catalogue_fee_set
INSERT INTO evaluation_fee (catalogue_id, class, level, amount) VALUES (:catalogue_id, :class, :level, :amount)
ON CONFLICT (catalogue_id, class, level) DO UPDATE SET amount = excluded.amount;
