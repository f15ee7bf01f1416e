-- Who may come in, and what they act for.
CREATE TABLE account (
    id           $ID,
    login        $TEXT NOT NULL UNIQUE,
    role         $TEXT NOT NULL CHECK (role IN ('seeker', 'employer', 'staff', 'head', 'district', 'city', 'auditor', 'admin', 'provider')),
    name         $BLOB NOT NULL,
    email        $BLOB,
    password     $TEXT NOT NULL,
    password_at  $INT NOT NULL,
    otp_secret   $BLOB,
    otp_step     $INT NOT NULL DEFAULT 0,
    station_id   $INT,
    employer_id  $INT,
    provider_id  $INT,
    person_id    $INT,
    district     $INT NOT NULL DEFAULT 0,
    blocked      $INT NOT NULL DEFAULT 0,
    failures     $INT NOT NULL DEFAULT 0,
    locked_until $INT NOT NULL DEFAULT 0,
    created_at   $INT NOT NULL,
    created_by   $INT NOT NULL
) $STRICT;
CREATE INDEX account_station ON account (station_id);
CREATE INDEX account_employer ON account (employer_id);

CREATE TABLE session (
    id          $ID,
    token_hash  $TEXT NOT NULL UNIQUE,
    account_id  $INT NOT NULL REFERENCES account (id),
    created_at  $INT NOT NULL,
    seen_at     $INT NOT NULL,
    expires_at  $INT NOT NULL,
    fresh_until $INT NOT NULL,
    pending     $INT NOT NULL DEFAULT 0, -- 1: the password was right, the second factor is still to come
    agent       $TEXT NOT NULL,
    address     $TEXT NOT NULL,
    ended_at    $INT
) $STRICT;
CREATE INDEX session_account ON session (account_id);

CREATE TABLE invitation (
    id          $ID,
    code_hash   $TEXT NOT NULL UNIQUE,
    role        $TEXT NOT NULL,
    name        $BLOB NOT NULL,
    email       $BLOB,
    station_id  $INT,
    employer_id $INT,
    provider_id $INT,
    district    $INT NOT NULL DEFAULT 0,
    created_at  $INT NOT NULL,
    created_by  $INT NOT NULL,
    expires_at  $INT NOT NULL,
    used_at     $INT
) $STRICT;

-- What somebody typed when their session had ended; sealed, for a day.
CREATE TABLE draft (
    code_hash $TEXT PRIMARY KEY,
    path      $TEXT NOT NULL,
    body      $BLOB NOT NULL,
    at        $INT NOT NULL
) $STRICT;

-- Wrong passwords by address, so that one address cannot try many accounts.
CREATE TABLE login_failure (
    address      $TEXT PRIMARY KEY,
    failures     $INT NOT NULL,
    locked_until $INT NOT NULL,
    last_at      $INT NOT NULL
) $STRICT;
