-- Certificates: a number, what was checked of it, and who stood for it.
CREATE TABLE certificate (
    id          $ID,
    number      $TEXT NOT NULL UNIQUE,
    kind        $TEXT NOT NULL CHECK (kind IN ('level', 'qualification', 'special')),
    person_id   $INT NOT NULL REFERENCES person (id),
    trainee_id  $INT UNIQUE REFERENCES trainee (id), -- the class it came from
    occupation  $TEXT NOT NULL,
    level       $INT NOT NULL,
    issued_on   $INT NOT NULL,
    evaluator   $TEXT NOT NULL,
    status      $TEXT NOT NULL,         -- flow certificate: entered, seen, verified, doubtful, rejected
    checks      $TEXT NOT NULL,         -- JSON: form and consistency
    result_file_id $INT,                -- verified by a result file
    first_by    $INT,                   -- or by two people
    second_by   $INT,
    evidence    $TEXT NOT NULL DEFAULT '', -- digest of what they saw
    at          $INT NOT NULL,
    version     $INT NOT NULL DEFAULT 1,
    CHECK (second_by IS NULL OR second_by <> first_by)
) $STRICT;
CREATE INDEX certificate_person ON certificate (person_id);
CREATE INDEX certificate_issued ON certificate (issued_on, evaluator);
CREATE INDEX certificate_status ON certificate (status, at);

CREATE TABLE evaluator ( -- who may issue certificates, as the city knows them
    id      $ID,
    name    $TEXT NOT NULL UNIQUE,
    kind    $TEXT NOT NULL CHECK (kind IN ('employer', 'society', 'centre')), -- 用人单位 (Y), 社会评价组织 (S), 技能鉴定中心
    prefix  $TEXT NOT NULL DEFAULT '', -- how its numbers begin, up to 13 characters; '' = not told
    from_on $INT NOT NULL,
    to_on   $INT
) $STRICT;

CREATE TABLE result_file ( -- results as the evaluator sends them
    id         $ID,
    name       $TEXT NOT NULL,
    digest     $TEXT NOT NULL UNIQUE,
    evaluator  $TEXT NOT NULL,
    lines      $INT NOT NULL,
    matched    $INT NOT NULL,
    account_id $INT NOT NULL,
    at         $INT NOT NULL
) $STRICT;

CREATE TABLE result_line (
    file_id    $INT NOT NULL REFERENCES result_file (id),
    line       $INT NOT NULL,
    number     $TEXT NOT NULL,
    idno_find  $TEXT NOT NULL,
    occupation $TEXT NOT NULL,
    level      $INT NOT NULL,
    issued_on  $INT NOT NULL,
    passed     $INT NOT NULL,
    fault      $TEXT NOT NULL DEFAULT '', -- why the line counts for nothing, '' when it is good
    PRIMARY KEY (file_id, line)
) $STRICT;
CREATE INDEX result_line_number ON result_line (number);
