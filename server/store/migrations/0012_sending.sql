-- How fast an account sends, over how many connections, and when.
ALTER TABLE accounts ADD COLUMN connections INTEGER NOT NULL DEFAULT 3;
ALTER TABLE accounts ADD COLUMN messages_per_connection INTEGER NOT NULL DEFAULT 100;
ALTER TABLE accounts ADD COLUMN minute_limit INTEGER;
-- Seven bits, Monday the lowest, and minutes of the day between which campaigns leave.
ALTER TABLE accounts ADD COLUMN window_days INTEGER NOT NULL DEFAULT 127;
ALTER TABLE accounts ADD COLUMN window_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN window_until INTEGER NOT NULL DEFAULT 1440;
ALTER TABLE accounts ADD COLUMN ramp_first_day INTEGER;
ALTER TABLE accounts ADD COLUMN ramp_began_at INTEGER;

CREATE TABLE domain_limits (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    domain TEXT NOT NULL,
    per_hour INTEGER NOT NULL,
    -- Before then every slot of the domain is given out.
    next_slot INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, domain)
) STRICT, WITHOUT ROWID;

-- Holds everything, whatever the accounts do, and how long what was put off waits.
CREATE TABLE sending (
    id INTEGER PRIMARY KEY CONSTRAINT sending_is_one CHECK (id = 1),
    paused_at INTEGER,
    paused_by INTEGER REFERENCES users (id),
    retry_rules TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO sending (id) VALUES (1);

-- What a waiting delivery waits for before its turn: its time, its next try, or the slot of its domain.
ALTER TABLE deliveries ADD COLUMN waits TEXT NOT NULL DEFAULT 'time';
ALTER TABLE deliveries ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
UPDATE deliveries SET tries = (SELECT count(*) FROM attempts WHERE delivery_id = deliveries.id);
CREATE INDEX deliveries_by_wait ON deliveries (account_id, waits, due_at, id) WHERE state = 'waiting';

-- When the last byte of a try was allowed to leave; nothing when it was not.
ALTER TABLE attempts ADD COLUMN handed_at INTEGER;
UPDATE attempts SET handed_at = at WHERE outcome IN ('accepted', 'unknown');
