-- How long messages are kept, the bin that they go through, and how far the walk through them is.
CREATE TABLE retention (
    id INTEGER PRIMARY KEY CONSTRAINT retention_is_one CHECK (id = 1),
    rules TEXT NOT NULL, -- JSON
    -- Counts the changes of the rules; a look holds for those that it was made under.
    revision INTEGER NOT NULL DEFAULT 0,
    nightly INTEGER NOT NULL DEFAULT 0,
    -- The last day on which it was begun by itself.
    begun_on INTEGER
) STRICT;
INSERT INTO retention (id, rules) VALUES (1, '{}');

CREATE TABLE retention_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The rules as they were when it began.
    rules TEXT NOT NULL, -- JSON
    revision INTEGER NOT NULL,
    by_id INTEGER NOT NULL REFERENCES users (id),
    -- The message behind which it goes on.
    after_at INTEGER,
    after_id INTEGER,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL,
    found TEXT NOT NULL, -- JSON
    began_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX retention_runs_by_mode ON retention_runs (mode, id);
CREATE UNIQUE INDEX retention_runs_one_runs ON retention_runs (state) WHERE state = 'running';

-- Since when and by whom a message lies in the bin; nobody means that its time was over.
ALTER TABLE messages ADD COLUMN binned_at INTEGER;
ALTER TABLE messages ADD COLUMN binned_by INTEGER REFERENCES users (id);
-- When its content was destroyed because its time was over.
ALTER TABLE messages ADD COLUMN anonymized_at INTEGER;
ALTER TABLE messages ADD COLUMN is_proof INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_binned ON messages (binned_at, id) WHERE binned_at IS NOT NULL;
