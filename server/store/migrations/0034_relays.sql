-- Other accounts that carry what waits for an account.
CREATE TABLE stand_ins (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    stand_in_id INTEGER NOT NULL REFERENCES accounts (id),
    rank INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (account_id, stand_in_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE accounts ADD COLUMN own_weight INTEGER NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN overflows INTEGER NOT NULL DEFAULT 1;

-- The account that a delivery waited for, while and after another one carried it; what waits is always at home, without it.
ALTER TABLE deliveries ADD COLUMN home_id INTEGER REFERENCES accounts (id);
-- The account that carried a try, once it is not the delivery's any more.
ALTER TABLE attempts ADD COLUMN account_id INTEGER REFERENCES accounts (id);
CREATE INDEX attempts_elsewhere ON attempts (account_id, handed_at) WHERE account_id IS NOT NULL;

-- Where copies of what an account sends are put: a folder of a mailbox.
CREATE TABLE copy_mailboxes (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    security TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password BLOB, -- sealed
    folder TEXT NOT NULL,
    next_at INTEGER NOT NULL DEFAULT 0,
    put_at INTEGER,
    trouble TEXT NOT NULL DEFAULT '',
    troubles INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Messages whose copy is still to be put there; who is through is deleted.
CREATE TABLE copies (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    -- Whether a try may have come through: then the folder is asked before the next one.
    begun INTEGER NOT NULL DEFAULT 0,
    -- The server's words, of one that was given up.
    failure TEXT
) STRICT;
CREATE INDEX copies_due ON copies (account_id, due_at, message_id) WHERE failure IS NULL;
CREATE INDEX copies_failed ON copies (account_id, message_id) WHERE failure IS NOT NULL;
