-- Ads: their address apart from the place as shown, their steps with reasons, who looked at a contact.
ALTER TABLE job ADD COLUMN address $TEXT NOT NULL DEFAULT '';
CREATE INDEX job_place ON job (district, status);

CREATE TABLE job_log ( -- every step of an ad's life; the reason is for the people who work on it
    id          $ID,
    job_id      $INT NOT NULL REFERENCES job (id),
    at          $INT NOT NULL,
    account_id  $INT NOT NULL,
    role        $TEXT NOT NULL,
    action      $TEXT NOT NULL,
    from_status $TEXT NOT NULL,
    to_status   $TEXT NOT NULL,
    note        $TEXT NOT NULL DEFAULT ''
) $STRICT;
CREATE INDEX job_log_job ON job_log (job_id);

CREATE TABLE job_look ( -- somebody asked for the phone of an ad
    id     $ID,
    job_id $INT NOT NULL REFERENCES job (id),
    at     $INT NOT NULL,
    who    $TEXT NOT NULL -- keyed hash of the address, for the limit only
) $STRICT;
CREATE INDEX job_look_who ON job_look (who, at);
