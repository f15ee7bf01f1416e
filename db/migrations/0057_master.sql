-- Masters and apprentices (津人社局发〔2022〕20号 art. 22): who teaches; the apprentices are the trainees of the class, which holds no lessons.
CREATE TABLE class_master (
    class_id   $INT PRIMARY KEY REFERENCES class (id),
    person_id  $INT NOT NULL REFERENCES person (id), -- who is paid
    pension    $TEXT NOT NULL CHECK (pension IN ('yes', 'no')),
    civil      $TEXT NOT NULL CHECK (civil IN ('yes', 'no')),
    at         $INT NOT NULL,
    account_id $INT NOT NULL
) $STRICT;
CREATE INDEX class_master_person ON class_master (person_id);
CREATE INDEX claim_line_person ON claim_line (payee_id) WHERE payee = 'person'; -- what goes to somebody's own account
CREATE INDEX claim_line_again ON claim_line (trainee_id, item) WHERE status = 'withdrawn' AND final IS NULL; -- few: what may be claimed once more
