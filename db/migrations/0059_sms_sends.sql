-- A code by SMS that has expired may be sent again: to leave with, or when it never arrived.
ALTER TABLE sign_sms ADD COLUMN sends $INT NOT NULL DEFAULT 1;
