-- Which database this is and how far it was written; the mark beside it says the same, and is written after it. A database that is behind
-- its mark is a copy made earlier that was put back.
CREATE TABLE lineage (
    id INTEGER PRIMARY KEY CONSTRAINT lineage_is_one CHECK (id = 1),
    -- Another one after each time that a copy was put back.
    name BLOB NOT NULL,
    commits INTEGER NOT NULL DEFAULT 0,
    -- How many deliveries were handed over.
    handed INTEGER NOT NULL DEFAULT 0,
    -- Of a copy that was put back and that nobody has decided about yet: when it was made, until when the one before it was written, how many
    -- deliveries that one handed over since, and the last delivery that the copy knows.
    made_at INTEGER,
    ran_until INTEGER,
    left_since INTEGER,
    last_delivery INTEGER NOT NULL DEFAULT 0,
    noticed_at INTEGER
) STRICT;
INSERT INTO lineage (id, name) VALUES (1, randomblob(16));

-- Copies of what an account sends may go to an address instead of a folder: each leaves as a mail of its own, under the limits of the account.
ALTER TABLE copy_mailboxes ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- When copies were handed over to a relay lately, and to which domain: the limits count them.
CREATE TABLE copies_handed (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    handed_at INTEGER NOT NULL,
    domain TEXT NOT NULL
) STRICT;
CREATE INDEX copies_handed_lately ON copies_handed (account_id, handed_at);
