-- What people lack by one certificate: counted anew each day for everybody with a wish, to be shown as counts only.
CREATE TABLE near_miss (
    person_id   $INT NOT NULL REFERENCES person (id),
    certificate $TEXT NOT NULL, -- '' : looked at, nothing found
    ads         $INT NOT NULL,
    openings    $INT NOT NULL,
    at          $INT NOT NULL,
    PRIMARY KEY (person_id, certificate)
) $STRICT;
CREATE INDEX near_miss_certificate ON near_miss (certificate);
