-- The life of employers.
CREATE TABLE employer_log ( -- who checked an employer, and what was seen
    id          $ID,
    employer_id $INT NOT NULL REFERENCES employer (id),
    at          $INT NOT NULL,
    account_id  $INT NOT NULL,
    role        $TEXT NOT NULL,
    action      $TEXT NOT NULL,
    from_status $TEXT NOT NULL,
    to_status   $TEXT NOT NULL,
    note        $TEXT NOT NULL
) $STRICT;
CREATE INDEX employer_log_employer ON employer_log (employer_id, id);
CREATE INDEX employer_verified ON employer (verified_at) WHERE status = 'verified';
