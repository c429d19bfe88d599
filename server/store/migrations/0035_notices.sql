-- What the program itself writes mails about.

-- Which level of the credit somebody was told last: enough, low or stopped.
ALTER TABLE sms_accounts ADD COLUMN told TEXT NOT NULL DEFAULT 'enough';

-- The mail about where the action log ended each day.
CREATE TABLE log_mail (
    id INTEGER PRIMARY KEY CONSTRAINT log_mail_is_one CHECK (id = 1),
    -- Whom it goes to, as JSON; empty when it is off.
    notify TEXT NOT NULL DEFAULT '',
    -- The last day that was told; days as the calendar of Slovakia and Czechia counts them, from 1970-01-01.
    last_day INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO log_mail (id) VALUES (1);
