-- Providers: private training institutions and enterprise training centres; their yearly assessment, agreements and sanctions.
CREATE TABLE provider (
    id           $ID,
    code         $TEXT NOT NULL UNIQUE, -- T12
    kind         $TEXT NOT NULL CHECK (kind IN ('school', 'centre')), -- 民办职业培训机构, 企业培训中心
    name         $TEXT NOT NULL,
    short_name   $TEXT NOT NULL,
    uscc         $TEXT NOT NULL UNIQUE,
    licence      $TEXT NOT NULL DEFAULT '', -- 办学许可证号; a centre has none
    licence_from $INT,
    licence_to   $INT,
    legal_person $TEXT NOT NULL DEFAULT '',
    contact      $TEXT NOT NULL,        -- public: who answers
    phone        $TEXT NOT NULL,        -- public
    district     $INT NOT NULL,
    street       $INT NOT NULL DEFAULT 0,
    address      $TEXT NOT NULL,
    about        $TEXT NOT NULL DEFAULT '',
    employer_id  $INT REFERENCES employer (id), -- of a centre: the enterprise
    base         $INT NOT NULL DEFAULT 0,   -- recognised as a public practice base
    credit       $TEXT NOT NULL DEFAULT '', -- A+, A, B, C, D
    bank         $TEXT NOT NULL DEFAULT '',
    bank_account $BLOB,                     -- sealed "provider.bank_account"
    status       $TEXT NOT NULL,            -- flow provider
    filed_on     $INT,                      -- handed in for filing; the district answers by due_on
    due_on       $INT,
    reason       $TEXT NOT NULL DEFAULT '', -- why it was returned
    created_at   $INT NOT NULL,
    version      $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX provider_district ON provider (district, status);

CREATE TABLE provider_place ( -- 注册场所
    id          $ID,
    provider_id $INT NOT NULL REFERENCES provider (id),
    name        $TEXT NOT NULL,
    address     $TEXT NOT NULL,
    district    $INT NOT NULL,
    street      $INT NOT NULL,
    lng         $INT NOT NULL,
    lat         $INT NOT NULL,
    radius_m    $INT NOT NULL,
    seats       $INT NOT NULL,
    from_on     $INT NOT NULL,
    to_on       $INT,
    filed_on    $INT                    -- the district took it into the registry; before that no class is held there
) $STRICT;
CREATE INDEX provider_place_provider ON provider_place (provider_id);

CREATE TABLE provider_teacher (
    id          $ID,
    provider_id $INT NOT NULL REFERENCES provider (id),
    name        $BLOB NOT NULL,         -- sealed "provider_teacher.name"
    kind        $TEXT NOT NULL CHECK (kind IN ('full', 'part')),
    occupation  $TEXT NOT NULL,
    certificate $TEXT NOT NULL,
    level       $INT NOT NULL,
    courses     $TEXT NOT NULL DEFAULT '',
    from_on     $INT NOT NULL,
    to_on       $INT,
    filed_on    $INT                    -- the district took the name into the roster
) $STRICT;
CREATE INDEX provider_teacher_provider ON provider_teacher (provider_id);

CREATE TABLE provider_equipment (
    id          $ID,
    provider_id $INT NOT NULL REFERENCES provider (id),
    occupation  $TEXT NOT NULL,
    name        $TEXT NOT NULL,
    model       $TEXT NOT NULL DEFAULT '',
    quantity    $INT NOT NULL
) $STRICT;
CREATE INDEX provider_equipment_provider ON provider_equipment (provider_id);

CREATE TABLE agreement (
    id          $ID,
    code        $TEXT NOT NULL UNIQUE,  -- X2026-0012
    provider_id $INT NOT NULL REFERENCES provider (id),
    district    $INT NOT NULL,
    year        $INT NOT NULL,
    from_on     $INT,
    to_on       $INT,
    status      $TEXT NOT NULL,         -- flow agreement
    asked_on    $INT,
    due_on      $INT,
    decided_by  $INT,
    decided_on  $INT,
    reason      $TEXT NOT NULL DEFAULT '',
    version     $INT NOT NULL DEFAULT 1,
    UNIQUE (provider_id, district, year)
) $STRICT;
CREATE INDEX agreement_district ON agreement (district, year, status);

CREATE TABLE project ( -- 培训项目: what an agreement covers
    id           $ID,
    agreement_id $INT NOT NULL REFERENCES agreement (id),
    occupation   $TEXT NOT NULL,
    name         $TEXT NOT NULL,
    top_level    $INT NOT NULL,
    capacity     $INT NOT NULL,         -- 同期培训规模
    closed_on    $INT,
    closed_why   $TEXT NOT NULL DEFAULT '',
    UNIQUE (agreement_id, occupation, name)
) $STRICT;

CREATE TABLE assessment (
    id           $ID,
    provider_id  $INT NOT NULL REFERENCES provider (id),
    year         $INT NOT NULL,
    status       $TEXT NOT NULL,        -- flow assessment
    self_report  $TEXT NOT NULL DEFAULT '',
    scores       $TEXT NOT NULL DEFAULT '{}', -- JSON: points of each part
    score        $INT,
    grade        $TEXT NOT NULL DEFAULT '',
    comment      $TEXT NOT NULL DEFAULT '', -- of those who looked
    visited_on   $INT,
    published_on $INT,
    version      $INT NOT NULL DEFAULT 1,
    UNIQUE (provider_id, year)
) $STRICT;

CREATE TABLE sanction (
    id          $ID,
    code        $TEXT NOT NULL UNIQUE,
    provider_id $INT NOT NULL REFERENCES provider (id),
    district    $INT NOT NULL,
    class_id    $INT,
    step        $TEXT NOT NULL CHECK (step IN ('interview', 'rectification', 'circular', 'termination')),
    cause       $TEXT NOT NULL,         -- code of the rule's list
    facts       $TEXT NOT NULL,
    decided_on  $INT NOT NULL,
    fix_by      $INT NOT NULL,
    ban_until   $INT,                   -- no new class before the day after
    status      $TEXT NOT NULL,         -- flow sanction
    proposed    $INT NOT NULL DEFAULT 0, -- 1: the rule's counter proposed it, an officer decides
    report_by   $INT NOT NULL,          -- the city is told by this day
    reported_on $INT,
    fixed_on    $INT,
    account_id  $INT NOT NULL,
    version     $INT NOT NULL DEFAULT 1
) $STRICT;
CREATE INDEX sanction_provider ON sanction (provider_id, decided_on);
CREATE INDEX sanction_district ON sanction (district, status);

CREATE TABLE provider_log (
    id          $ID,
    kind        $TEXT NOT NULL CHECK (kind IN ('provider', 'agreement', 'assessment', 'sanction')),
    object_id   $INT NOT NULL,
    provider_id $INT NOT NULL REFERENCES provider (id),
    at          $INT NOT NULL,
    account_id  $INT NOT NULL,
    role        $TEXT NOT NULL,
    action      $TEXT NOT NULL,
    from_status $TEXT NOT NULL,
    to_status   $TEXT NOT NULL,
    note        $TEXT NOT NULL DEFAULT ''
) $STRICT;
CREATE INDEX provider_log_object ON provider_log (kind, object_id);
