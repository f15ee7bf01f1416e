-- The store's own statements.

-- @one migration_seen
-- @out n i64
SELECT count(*) AS n FROM migration WHERE name = :name;

-- @exec migration_add
INSERT INTO migration (name, applied_at) VALUES (:name, :applied_at);

-- @many audit_last
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;

-- @exec audit_insert
INSERT INTO audit (seq, at, account_id, role, action, kind, object_id, detail, mac, hash)
VALUES (:seq, :at, :account_id, :role, :action, :kind, :object_id, :detail, :mac, :hash);

-- @many audit_page
-- @in lim i64
SELECT seq, at, account_id, role, action, kind, object_id, detail, mac, hash FROM audit WHERE seq > :seq ORDER BY seq LIMIT :lim;

-- @exec change_insert
INSERT INTO change_log (at, kind, object_id) VALUES (:at, :kind, :object_id);

-- @many change_after
-- @in lim i64
SELECT seq, kind, object_id FROM change_log WHERE seq > :seq ORDER BY seq LIMIT :lim;

-- @one change_newest
-- @out seq i64
SELECT coalesce(max(seq), 0) AS seq FROM change_log;

-- @many change_end
SELECT seq, at, kind, object_id FROM change_log ORDER BY seq DESC LIMIT 1;

-- @many change_at
SELECT at, kind, object_id FROM change_log WHERE seq = :seq;

-- @one change_oldest
-- @out seq i64
SELECT coalesce(min(seq), 0) AS seq FROM change_log;

-- @exec outbox_insert
INSERT INTO outbox (at, kind, recipient, subject, body, due) VALUES (:at, :kind, :recipient, :subject, :body, :at);

-- @many outbox_waiting
-- @in lim i64
SELECT id, kind, recipient, subject, body, tries FROM outbox WHERE sent_at IS NULL AND due <= :due ORDER BY due, id LIMIT :lim;

-- @exec outbox_sent
UPDATE outbox SET sent_at = :sent_at, last_error = NULL WHERE id = :id;

-- @exec outbox_failed
UPDATE outbox SET tries = tries + 1, due = :due, last_error = :last_error WHERE id = :id;

-- @many once_get
SELECT result FROM once WHERE once_key = :once_key AND account_id = :account_id;

-- @exec once_add
INSERT INTO once (once_key, account_id, at, result) VALUES (:once_key, :account_id, :at, :result?);

-- @exec once_forget
DELETE FROM once WHERE at < :at;

-- @exec task_ensure
INSERT INTO task (name, due) VALUES (:name, :due) ON CONFLICT (name) DO NOTHING;

-- @exec task_take
-- @in now i64
UPDATE task SET lease = :lease WHERE name = :name AND due <= :now AND lease <= :now;

-- @exec task_done
UPDATE task SET lease = 0, due = :due, last_run = :last_run?, last_error = :last_error? WHERE name = :name;

-- @many setting_find
SELECT value FROM setting WHERE name = :name;

-- @exec setting_put
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- @many audit_at
SELECT hash FROM audit WHERE seq = :seq;
