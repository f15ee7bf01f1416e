-- An objection about one person of a notice: whose line it is about.
ALTER TABLE objection ADD COLUMN trainee_id $INT;
