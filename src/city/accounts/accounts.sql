-- Accounts, sessions, invitations.

-- @many account_by_login
SELECT id, login, role, name, password, otp_secret, otp_step, station_id, employer_id, provider_id, person_id, district, blocked, failures, locked_until
  FROM account WHERE login = :login;

-- @one account_get
SELECT id, login, role, name, email, password, password_at, otp_secret, otp_step, station_id, employer_id, provider_id, person_id, district, blocked, failures,
       locked_until, created_at
  FROM account WHERE id = :id;

-- @one account_add
-- @out id i64
INSERT INTO account (login, role, name, email, password, password_at, station_id, employer_id, provider_id, person_id, district, created_at, created_by)
VALUES (:login, :role, :name, :email?, :password, :created_at, :station_id?, :employer_id?, :provider_id?, :person_id?, :district, :created_at, :created_by)
RETURNING id;

-- @many account_list
-- @in q text?, lim i64, off i64
-- @out total i64
SELECT a.id, a.login, a.role, a.name, a.station_id, a.employer_id, a.provider_id, a.district, a.blocked, a.created_at, s.name AS station_name,
       e.name AS employer_name, p.name AS provider_name, a.otp_secret, count(*) OVER () AS total
  FROM account a LEFT JOIN station s ON s.id = a.station_id LEFT JOIN employer e ON e.id = a.employer_id
       LEFT JOIN provider p ON p.id = a.provider_id
 WHERE (:role? IS NULL OR a.role = :role) AND (:q IS NULL OR a.login = :q) AND (:station_id? IS NULL OR a.station_id = :station_id)
   AND (:employer_id? IS NULL OR a.employer_id = :employer_id)
 ORDER BY a.id LIMIT :lim OFFSET :off;

-- @exec account_failed
UPDATE account SET failures = failures + 1, locked_until = :locked_until WHERE id = :id;

-- @exec account_succeeded
UPDATE account SET failures = 0, locked_until = 0 WHERE id = :id;

-- @exec account_otp_used
UPDATE account SET otp_step = :otp_step WHERE id = :id AND otp_step < :otp_step;

-- @exec account_otp_secret
UPDATE account SET otp_secret = :otp_secret?, otp_step = 0 WHERE id = :id;

-- @exec account_password
UPDATE account SET password = :password, password_at = :password_at WHERE id = :id;

-- @exec account_block
UPDATE account SET blocked = :blocked WHERE id = :id;

-- @exec account_set_person
UPDATE account SET person_id = :person_id WHERE id = :id AND person_id IS NULL;

-- @many address_failures
SELECT failures, locked_until, last_at FROM login_failure WHERE address = :address;

-- @exec address_failed
INSERT INTO login_failure (address, failures, locked_until, last_at) VALUES (:address, :failures, :locked_until, :last_at)
ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, last_at = excluded.last_at;

-- @exec address_forget
DELETE FROM login_failure WHERE last_at < :last_at;

-- @one session_add
-- @out id i64
INSERT INTO session (token_hash, account_id, created_at, seen_at, expires_at, fresh_until, pending, agent, address)
VALUES (:token_hash, :account_id, :created_at, :created_at, :expires_at, :fresh_until, :pending, :agent, :address)
RETURNING id;

-- @many session_find
SELECT s.id AS session_id, s.seen_at, s.expires_at, s.fresh_until, s.pending, a.id, a.login, a.role, a.name, a.station_id, a.employer_id, a.provider_id,
       a.person_id, a.district, a.blocked
  FROM session s JOIN account a ON a.id = s.account_id
 WHERE s.token_hash = :token_hash AND s.ended_at IS NULL;

-- @exec session_seen
UPDATE session SET seen_at = :seen_at WHERE id = :id;

-- @exec session_passed
UPDATE session SET pending = 0, fresh_until = :fresh_until WHERE id = :id;

-- @exec session_end
UPDATE session SET ended_at = :ended_at WHERE id = :id AND account_id = :account_id AND ended_at IS NULL;

-- @exec session_end_all
UPDATE session SET ended_at = :ended_at WHERE account_id = :account_id AND id <> :id AND ended_at IS NULL;

-- @many session_list
SELECT id, created_at, seen_at, expires_at, agent, address FROM session
 WHERE account_id = :account_id AND ended_at IS NULL AND expires_at > :expires_at ORDER BY seen_at DESC;

-- @one session_get
SELECT id, account_id, fresh_until, pending FROM session WHERE id = :id;

-- @one invitation_add
-- @out id i64
INSERT INTO invitation (code_hash, role, name, email, station_id, employer_id, provider_id, district, created_at, created_by, expires_at)
VALUES (:code_hash, :role, :name, :email?, :station_id?, :employer_id?, :provider_id?, :district, :created_at, :created_by, :expires_at)
RETURNING id;

-- @many invitation_find
SELECT id, role, name, email, station_id, employer_id, provider_id, district, created_by, expires_at FROM invitation WHERE code_hash = :code_hash AND used_at IS NULL;

-- @exec invitation_use
UPDATE invitation SET used_at = :used_at WHERE id = :id AND used_at IS NULL;

-- @exec draft_put
INSERT INTO draft (code_hash, path, body, at) VALUES (:code_hash, :path, :body, :at);

-- @many draft_get
SELECT path, body, at FROM draft WHERE code_hash = :code_hash;

-- @exec draft_drop
DELETE FROM draft WHERE code_hash = :code_hash OR at < :at;

-- @many audit_list
-- @in kind text?, account_id i64?, lim i64
SELECT seq, at, account_id, role, action, kind, object_id, detail, hash FROM audit
 WHERE (:kind IS NULL OR kind = :kind) AND (:account_id IS NULL OR account_id = :account_id) AND seq < :seq
 ORDER BY seq DESC LIMIT :lim;
