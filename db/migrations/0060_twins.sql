-- The very same ad again is looked for by employer, street and title: an employer with ten thousand ads must not be read through.
DROP INDEX job_employer;
CREATE INDEX job_employer ON job (employer_id, street, title);
