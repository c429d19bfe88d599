-- Times are Unix milliseconds. Sealed columns hold what the vault wrote; their place (table, column, id) is bound into them.

-- Ids are given out before a row is written, because sealed columns are bound to the id.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE vault_keys (
    id INTEGER PRIMARY KEY,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE company (
    id INTEGER PRIMARY KEY CONSTRAINT company_is_one CHECK (id = 1),
    name TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    tax_number TEXT NOT NULL,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    web TEXT NOT NULL,
    language TEXT NOT NULL,
    attachments_max INTEGER NOT NULL
) STRICT;

CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    delivered TEXT
) STRICT;

CREATE TABLE role_permissions (
    role_id INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (role_id, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_normalized TEXT NOT NULL UNIQUE,
    password TEXT,
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    density TEXT NOT NULL,
    signature TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER
) STRICT;

CREATE TABLE user_roles (
    user_id INTEGER NOT NULL REFERENCES users (id),
    role_id INTEGER NOT NULL REFERENCES roles (id),
    PRIMARY KEY (user_id, role_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role_id);

-- Only hashes of secrets are kept. A link without a user is the one of the first run.
CREATE TABLE one_time_links (
    id INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES users (id),
    token_hash BLOB NOT NULL UNIQUE,
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX one_time_links_by_user ON one_time_links (user_id);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    token_hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL,
    network TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    transport TEXT NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    security TEXT NOT NULL,
    user_name TEXT NOT NULL,
    password BLOB, -- sealed
    sender_name TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    hourly_limit INTEGER,
    is_default INTEGER NOT NULL,
    state TEXT NOT NULL,
    trouble_reply TEXT NOT NULL DEFAULT '',
    trouble_since INTEGER,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX accounts_one_default ON accounts (is_default) WHERE is_default = 1;

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    nature TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    company_name TEXT NOT NULL,
    position TEXT NOT NULL,
    salutation TEXT NOT NULL,
    language TEXT,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    note TEXT NOT NULL,
    -- The default addresses, copied from `addresses` so that lists need no join.
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contacts_by_name ON contacts (sort_name, id);
CREATE INDEX contacts_by_update ON contacts (updated_at, id);

CREATE TABLE addresses (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    place INTEGER NOT NULL,
    value TEXT NOT NULL,
    normalized TEXT NOT NULL,
    PRIMARY KEY (contact_id, channel, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_value ON addresses (channel, normalized);

-- Words of contacts without case and diacritics, for search by the beginnings of words.
CREATE VIRTUAL TABLE contact_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    contact_id INTEGER,
    account_id INTEGER REFERENCES accounts (id),
    sender_name TEXT NOT NULL DEFAULT '',
    sender_address TEXT NOT NULL DEFAULT '',
    reply_to TEXT NOT NULL DEFAULT '',
    header_id TEXT NOT NULL DEFAULT '',
    subject BLOB NOT NULL, -- sealed
    body_text BLOB, -- sealed
    body_html BLOB, -- sealed
    draft BLOB, -- sealed
    revision INTEGER NOT NULL,
    first_recipient TEXT NOT NULL,
    recipients INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    resend_of INTEGER REFERENCES messages (id),
    created_at INTEGER NOT NULL,
    undo_until INTEGER,
    sent_at INTEGER
) STRICT;
CREATE INDEX messages_by_time ON messages (created_at, id);
CREATE INDEX messages_by_state ON messages (state, created_at, id);
CREATE INDEX messages_by_author ON messages (author_id, created_at, id);
CREATE INDEX messages_by_contact ON messages (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX messages_by_resend ON messages (resend_of) WHERE resend_of IS NOT NULL;

CREATE TABLE recipients (
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    contact_id INTEGER,
    PRIMARY KEY (message_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipients_by_contact ON recipients (contact_id, message_id) WHERE contact_id IS NOT NULL;

-- The queue: one row for each address of a released message.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    address TEXT NOT NULL,
    lane INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- Counts the leases; a worker that finds another number has lost its lease.
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    handed_at INTEGER,
    settled_at INTEGER
) STRICT;
CREATE INDEX deliveries_by_message ON deliveries (message_id);
CREATE INDEX deliveries_waiting ON deliveries (account_id, lane, due_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_expiring ON deliveries (expires_at) WHERE state = 'waiting';
CREATE INDEX deliveries_open ON deliveries (state, lease_until) WHERE state IN ('leased', 'handed', 'unknown');
CREATE INDEX deliveries_handed ON deliveries (account_id, handed_at) WHERE handed_at IS NOT NULL;
CREATE INDEX deliveries_accepted ON deliveries (settled_at) WHERE state IN ('accepted', 'delivered');

CREATE TABLE attempts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    relay TEXT NOT NULL,
    reply TEXT NOT NULL,
    tls TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

-- Equal files are kept once, found by a keyed hash of their content.
CREATE TABLE blobs (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    content BLOB NOT NULL -- sealed
) STRICT;

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    blob_id INTEGER NOT NULL REFERENCES blobs (id),
    owner_id INTEGER NOT NULL REFERENCES users (id),
    message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    place INTEGER NOT NULL DEFAULT 0,
    name BLOB NOT NULL, -- sealed
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message_id, place);
CREATE INDEX attachments_by_blob ON attachments (blob_id);
CREATE INDEX attachments_loose ON attachments (created_at) WHERE message_id IS NULL;

CREATE TABLE captured (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    subject BLOB NOT NULL, -- sealed
    content BLOB NOT NULL, -- sealed
    size INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX captured_by_time ON captured (at, id);

-- Each entry carries the hash of the one before it, so that nothing can be taken out unnoticed.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES users (id),
    deed TEXT NOT NULL,
    subject_kind TEXT,
    subject_id INTEGER,
    network TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id, id) WHERE subject_kind IS NOT NULL;
CREATE INDEX audit_by_actor ON audit (actor_id, id);

-- What the full text has to take in; written in the transaction of the change.
CREATE TABLE search_jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL
) STRICT;
