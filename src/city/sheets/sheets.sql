-- Sheets that officers send: kept row by row, brought in once.

-- @one sheet_add
-- @out id i64
INSERT INTO sheet (kind, subject_id, account_id, file_name, file_hash, found, status, at)
VALUES (:kind, :subject_id, :account_id, :file_name, :file_hash, :found, 'checked', :at)
RETURNING id;

-- @many sheet_get
SELECT id, kind, subject_id, account_id, file_name, file_hash, found, status, at FROM sheet WHERE id = :id;

-- @many sheet_list
SELECT id, account_id, file_name, status, at FROM sheet WHERE kind = :kind AND subject_id = :subject_id ORDER BY id DESC LIMIT 20;

-- @many sheet_twin
SELECT id, at FROM sheet WHERE kind = :kind AND subject_id = :subject_id AND file_hash = :file_hash AND status = 'done' ORDER BY id DESC LIMIT 1;

-- @exec sheet_done
UPDATE sheet SET status = 'done' WHERE id = :id AND status = 'checked';

-- @exec sheet_row_add
INSERT INTO sheet_row (sheet_id, row_no, cells, sealed, problems, state) VALUES (:sheet_id, :row_no, :cells, :sealed?, :problems, :state);

-- @exec sheet_row_state
UPDATE sheet_row SET state = :state, problems = :problems, sealed = CASE WHEN CAST(:state AS TEXT) = 'bad' THEN sealed ELSE NULL END WHERE sheet_id = :sheet_id AND row_no = :row_no;

-- @many sheet_rows
-- @in off i64, lim i64
-- @out total i64
SELECT row_no, cells, sealed, problems, state, count(*) OVER () AS total FROM sheet_row
 WHERE sheet_id = :sheet_id AND (:state? IS NULL OR state = :state) ORDER BY row_no LIMIT :lim OFFSET :off;

-- @many sheet_states
-- @out n i64
SELECT state, count(*) AS n FROM sheet_row WHERE sheet_id = :sheet_id GROUP BY state ORDER BY state;
