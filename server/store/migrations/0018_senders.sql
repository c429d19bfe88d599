-- Addresses that messages may leave under besides those of the accounts.
CREATE TABLE senders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- In lower case.
    address TEXT NOT NULL CONSTRAINT senders_differ UNIQUE,
    -- The language of the page behind the link.
    language TEXT NOT NULL,
    -- Only the hash of the secret in the link is kept; of several links the last one counts.
    token_hash BLOB NOT NULL UNIQUE,
    asked_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL REFERENCES users (id),
    until INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT;

-- Domains of which every address may be used, by the word of an administrator.
CREATE TABLE sender_domains (
    domain TEXT PRIMARY KEY,
    vouched_at INTEGER NOT NULL,
    vouched_by INTEGER NOT NULL REFERENCES users (id)
) STRICT, WITHOUT ROWID;

-- Whether a person's messages leave under the account's address or under the person's own.
ALTER TABLE users ADD COLUMN identity TEXT NOT NULL DEFAULT 'account';

-- How often what came back into the mailbox of an account.
CREATE INDEX bounces_by_account ON bounces (account_id, kind);
