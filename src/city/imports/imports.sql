-- Imports.

-- @one import_add
-- @out id i64
INSERT INTO import (code, kind, account_id, employer_id, station_id, source_name, anywhere, file_name, file_hash, head, found, repair, mapping, status, at)
VALUES (:code, :kind, :account_id, :employer_id?, :station_id?, :source_name, :anywhere, :file_name, :file_hash, :head, :found, :repair, :mapping,
       :status, :at)
RETURNING id;

-- @exec import_code
UPDATE import SET code = :code WHERE id = :id;

-- @one import_get
SELECT id, code, kind, account_id, employer_id, station_id, source_name, anywhere, file_name, file_hash, head, found, repair, mapping, status,
       position, rows_read, rows_new, rows_changed, rows_same, rows_merged, rows_elsewhere, rows_bad, rows_warn, at, ended_at, note
  FROM import WHERE id = :id;

-- @many import_by_code
SELECT id, employer_id, station_id FROM import WHERE code = :code;

-- @many import_by_hash
SELECT id, code, status, at FROM import
 WHERE file_hash = :file_hash AND kind = :kind AND source_name = :source_name AND anywhere = :anywhere ORDER BY id DESC LIMIT 20;

-- @many import_before
SELECT mapping FROM import
 WHERE (:employer_id? IS NULL OR employer_id = :employer_id) AND (:station_id? IS NULL OR station_id = :station_id) AND status <> 'uploaded'
 ORDER BY id DESC LIMIT 1;

-- @exec import_advance
-- @in read i64, fresh i64, changed i64, same i64, merged i64, elsewhere i64, bad i64, warn i64, was i64
UPDATE import SET position = :position, rows_read = rows_read + :read, rows_new = rows_new + :fresh, rows_changed = rows_changed + :changed,
       rows_same = rows_same + :same, rows_merged = rows_merged + :merged, rows_elsewhere = rows_elsewhere + :elsewhere,
       rows_bad = rows_bad + :bad, rows_warn = rows_warn + :warn
 WHERE id = :id AND status = 'running' AND position = :was;

-- @exec import_move
-- @in was text
UPDATE import SET status = :status, ended_at = :ended_at?, note = :note WHERE id = :id AND status = :was;

-- @exec import_checked
UPDATE import SET status = 'checked', mapping = :mapping WHERE id = :id AND status IN ('uploaded', 'checked');

-- @many import_running
-- @in lim i64
SELECT id FROM import WHERE status = 'running' AND kind = 'sheet' ORDER BY id LIMIT :lim;

-- @many import_list
-- @in lim i64, off i64
-- @out total i64
SELECT id, code, file_name, status, rows_read, rows_new, rows_changed, rows_same, rows_merged, rows_bad, at, count(*) OVER () AS total
  FROM import
 WHERE kind = 'sheet' AND (:employer_id? IS NULL OR employer_id = :employer_id) AND (:station_id? IS NULL OR station_id = :station_id)
 ORDER BY id DESC LIMIT :lim OFFSET :off;

-- @exec import_row_add
INSERT INTO import_row (import_id, row_no, state, cells, problems, result, job_id)
VALUES (:import_id, :row_no, :state, :cells, :problems, :result, :job_id?);

-- @exec import_row_state
UPDATE import_row SET state = :state, problems = :problems WHERE import_id = :import_id AND row_no = :row_no;

-- @exec import_row_mend
UPDATE import_row SET cells = :cells WHERE import_id = :import_id AND row_no = :row_no;

-- @exec import_row_done
UPDATE import_row SET result = :result, job_id = :job_id?, problems = :problems WHERE import_id = :import_id AND row_no = :row_no;

-- @exec import_row_bad
UPDATE import_row SET result = 'bad' WHERE import_id = :import_id AND row_no = :row_no;

-- @many import_row_after
-- @in lim i64
SELECT row_no, state, cells FROM import_row WHERE import_id = :import_id AND row_no > :row_no ORDER BY row_no LIMIT :lim;

-- @many import_row_faults
-- @in lim i64
SELECT row_no, cells, problems FROM import_row
 WHERE import_id = :import_id AND row_no > :row_no AND (state = 'bad' OR result = 'bad') ORDER BY row_no LIMIT :lim;

-- @many import_row_reasons
-- @in lim i64
SELECT row_no, problems FROM import_row
 WHERE import_id = :import_id AND row_no > :row_no AND (state = 'bad' OR result = 'bad') ORDER BY row_no LIMIT :lim;

-- @many import_row_page
-- @in lim i64, off i64
-- @out total i64
SELECT r.row_no, r.state, r.cells, r.problems, r.result, r.job_id, j.code AS job_code, j.title AS job_title, j.status AS job_status,
       count(*) OVER () AS total
  FROM import_row r LEFT JOIN job j ON j.id = r.job_id
 WHERE r.import_id = :import_id AND (:state? IS NULL OR r.state = :state) AND (:result? IS NULL OR r.result = :result)
 ORDER BY r.row_no LIMIT :lim OFFSET :off;

-- @many import_row_counts
-- @out n i64
SELECT state, count(*) AS n FROM import_row WHERE import_id = :import_id GROUP BY state ORDER BY state;

-- @many import_made
-- @in lim i64
SELECT row_no, job_id FROM import_row WHERE import_id = :import_id AND row_no > :row_no AND result = 'new' ORDER BY row_no LIMIT :lim;
