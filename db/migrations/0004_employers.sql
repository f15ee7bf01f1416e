-- Employers: who offers work, and whether somebody checked it.
CREATE TABLE employer (
    id            $ID,
    code          $TEXT NOT NULL UNIQUE,
    uscc          $TEXT UNIQUE,           -- GB 32100; unknown for employers that came with imported ads
    name          $TEXT NOT NULL,
    name_key      $TEXT NOT NULL,         -- the name without what writers vary
    kind          $TEXT NOT NULL DEFAULT '',
    size          $TEXT NOT NULL DEFAULT '',
    industry      $TEXT NOT NULL DEFAULT '',
    district      $INT NOT NULL DEFAULT 0,
    street        $INT NOT NULL DEFAULT 0,
    address       $TEXT NOT NULL DEFAULT '',
    about         $TEXT NOT NULL DEFAULT '',
    contact_name  $BLOB,
    contact_phone $BLOB,
    status        $TEXT NOT NULL CHECK (status IN ('claimed', 'listed', 'verified', 'blocked')),
    verified_at   $INT,
    verified_by   $INT,
    created_at    $INT NOT NULL,
    version       $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX employer_key ON employer (name_key);
