-- Keys by which the mails of a domain are signed.
CREATE TABLE dkim_keys (
    id INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    selector TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    state TEXT NOT NULL,
    private_key BLOB NOT NULL, -- sealed
    public_key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    -- What DNS last said about its record.
    found TEXT,
    checked_at INTEGER,
    CONSTRAINT dkim_selectors_differ UNIQUE (domain, selector)
) STRICT;
-- One key of each kind signs.
CREATE UNIQUE INDEX dkim_keys_active ON dkim_keys (domain, algorithm) WHERE state = 'active';

-- Where the mails of an account come back to.
CREATE TABLE bounce_mailboxes (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    -- Whether what stands behind a + in the address reaches it as well, so that each delivery has a return path of its own.
    tagged INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    security TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password BLOB, -- sealed
    folder TEXT NOT NULL,
    -- What happens to mails that were read, and into which folder they go.
    after_reading TEXT NOT NULL,
    archive TEXT NOT NULL,
    -- After so many hard bounces an address is suppressed, or that is proposed.
    hard_limit INTEGER NOT NULL,
    on_hard TEXT NOT NULL,
    -- How far the folder was read (IMAP).
    uid_validity INTEGER NOT NULL DEFAULT 0,
    last_uid INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0,
    read_at INTEGER,
    -- What went wrong when it was last read; empty when nothing did.
    trouble TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bounce_mailboxes_due ON bounce_mailboxes (next_at);

-- What a POP3 mailbox still holds and was read already.
CREATE TABLE bounce_mails_read (
    account_id INTEGER NOT NULL REFERENCES bounce_mailboxes (account_id) ON DELETE CASCADE,
    uidl TEXT NOT NULL,
    PRIMARY KEY (account_id, uidl)
) STRICT, WITHOUT ROWID;

-- What came back. The same mail read twice is one row for each address.
CREATE TABLE bounces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    mail_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    code TEXT NOT NULL,
    words BLOB NOT NULL, -- sealed
    -- Without references: the message may be erased.
    delivery_id INTEGER,
    message_id INTEGER,
    matched_by TEXT,
    -- Belongs to no delivery, and nobody has looked at it yet.
    open INTEGER NOT NULL,
    CONSTRAINT bounces_are_read_once UNIQUE (account_id, mail_hash, address)
) STRICT;
CREATE INDEX bounces_by_delivery ON bounces (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX bounces_by_message ON bounces (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX bounces_by_address ON bounces (address, id);
CREATE INDEX bounces_open ON bounces (id) WHERE open = 1;

-- How often mails to an address came back.
CREATE TABLE bounced_addresses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL CONSTRAINT bounced_addresses_differ UNIQUE,
    hard INTEGER NOT NULL,
    soft INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_code TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX bounced_addresses_proposed ON bounced_addresses (id) WHERE state = 'proposed';

-- By which a report names its message.
CREATE INDEX messages_by_header ON messages (header_id) WHERE header_id <> '';
