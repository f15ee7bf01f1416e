-- Trainees: a person in a class, the facts a decision rests on, and the decision.
CREATE TABLE trainee (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE,
    class_id     $INT NOT NULL REFERENCES class (id),
    person_id    $INT NOT NULL REFERENCES person (id),
    category     $TEXT NOT NULL CHECK (category IN ('employee', 'student', 'rural', 'unemployed', 'flexible', 'partner', 'veteran', 'resident')),
    flags        $TEXT NOT NULL DEFAULT '', -- hard,zero,low: what gives a living allowance
    proof        $TEXT NOT NULL,        -- record, insurance, certificate, promise
    employer_id  $INT,                  -- of an employee
    employer     $TEXT NOT NULL DEFAULT '',
    uscc         $TEXT NOT NULL DEFAULT '',
    graduates_on $INT,                  -- of a student
    said         $TEXT NOT NULL DEFAULT '', -- what else was answered: pension=no civil=no …
    status       $TEXT NOT NULL,        -- flow trainee: applied, admitted, attending, completed, passed, failed, dropped, refused
    reason       $TEXT NOT NULL DEFAULT '', -- the note of the last step
    applied_at   $INT NOT NULL DEFAULT 0,
    channel      $TEXT NOT NULL DEFAULT 'provider' CHECK (channel IN ('public', 'desk', 'provider', 'district')),
    verdict      $TEXT NOT NULL DEFAULT 'yes' CHECK (verdict IN ('yes', 'ask', 'no')),
    decision     $TEXT NOT NULL,        -- JSON: the decision as it was made
    decided_at   $INT NOT NULL,
    decided_by   $INT NOT NULL,
    hours        $INT NOT NULL DEFAULT 0, -- 课时 attended
    confirmed_at $INT,                  -- the person's own word that the course was held
    confirmed_by $TEXT NOT NULL DEFAULT '', -- sms, code, paper
    version      $INT NOT NULL DEFAULT 1,
    UNIQUE (class_id, person_id)
) $STRICT;
CREATE INDEX trainee_person ON trainee (person_id, status);
CREATE INDEX trainee_status ON trainee (status, class_id);

CREATE TABLE trainee_code ( -- sent to the person's phone: the word that the course was held
    trainee_id $INT PRIMARY KEY REFERENCES trainee (id),
    code_hash  $TEXT NOT NULL,
    until      $INT NOT NULL,
    tries      $INT NOT NULL
) $STRICT;

CREATE TABLE fact ( -- what is held to be true of a person, and since when; corrected by adding, never by overwriting
    id         $ID,
    person_id  $INT NOT NULL REFERENCES person (id),
    name       $TEXT NOT NULL,          -- pension, employer, category, civil_servant, student, flag …
    value      $TEXT NOT NULL,
    source     $TEXT NOT NULL,          -- insurance, register, person, officer …
    from_on    $INT NOT NULL,
    to_on      $INT,
    status     $TEXT NOT NULL CHECK (status IN ('held', 'disputed', 'replaced')),
    note       $TEXT NOT NULL DEFAULT '',
    at         $INT NOT NULL,
    account_id $INT NOT NULL
) $STRICT;
CREATE INDEX fact_person ON fact (person_id, name);
