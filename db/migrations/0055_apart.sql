-- Somebody says that what was joined is another job: it stays apart when it is seen again.
ALTER TABLE job_sighting ADD COLUMN words $TEXT;     -- hash of what it said: knows it again when its source has no number for it
ALTER TABLE job_sighting ADD COLUMN apart_at $INT;   -- NULL: the same job
ALTER TABLE job_sighting ADD COLUMN apart_by $INT;
DROP INDEX job_sighting_source;
CREATE UNIQUE INDEX job_sighting_source ON job_sighting (source_name, source_ref) WHERE source_ref IS NOT NULL AND apart_at IS NULL;
CREATE INDEX job_sighting_apart ON job_sighting (source_name) WHERE apart_at IS NOT NULL;
