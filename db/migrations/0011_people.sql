-- A person who asked to be forgotten is locked at once; what a law keeps goes on the day `erase_on`.
ALTER TABLE person ADD COLUMN erase_on $INT;
CREATE INDEX person_erase ON person (erase_on) WHERE erase_on IS NOT NULL AND erased_at IS NULL;

-- What the appointment of a referral is, and what to bring; nothing about the person.
ALTER TABLE referral ADD COLUMN interview_at $INT;
ALTER TABLE referral ADD COLUMN advice $TEXT NOT NULL DEFAULT '';
CREATE INDEX referral_person ON referral (person_id);

CREATE INDEX hire_person ON hire (person_id);
CREATE INDEX hire_on ON hire (hired_on);
CREATE INDEX ticket_waiting ON ticket (station_id, day, number) WHERE status = 'waiting';
CREATE INDEX visit_open ON visit (station_id) WHERE ended_at IS NULL;

-- Somebody at a kiosk asks for a human.
CREATE TABLE help_call (
    id          $ID,
    station_id  $INT NOT NULL REFERENCES station (id),
    at          $INT NOT NULL,
    answered_at $INT,
    account_id  $INT
) $STRICT;
CREATE INDEX help_call_open ON help_call (station_id) WHERE answered_at IS NULL;
