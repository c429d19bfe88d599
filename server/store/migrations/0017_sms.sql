-- Text messages: their accounts, their parts, and what gateways tell about them.

-- One default account for each channel.
ALTER TABLE accounts ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
DROP INDEX accounts_one_default;
CREATE UNIQUE INDEX accounts_one_default ON accounts (channel) WHERE is_default = 1;

CREATE TABLE sms_accounts (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
    -- JSON; nothing in it is secret.
    settings TEXT NOT NULL,
    secrets BLOB NOT NULL, -- sealed
    -- What the address ends with that the gateway calls; it is found by its hash.
    callback BLOB NOT NULL, -- sealed
    callback_hash BLOB NOT NULL UNIQUE,
    -- In ten-thousandths of the gateway's unit.
    credit INTEGER,
    credit_at INTEGER,
    credit_trouble TEXT NOT NULL DEFAULT '',
    is_low INTEGER NOT NULL DEFAULT 0,
    -- Nothing leaves until the credit is topped up.
    is_stopped INTEGER NOT NULL DEFAULT 0,
    credit_due_at INTEGER NOT NULL DEFAULT 0,
    -- The key under which changes are asked for; it is kept until the answer is stored.
    changes_key TEXT NOT NULL DEFAULT '',
    changes_due_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Deliveries that a gateway took and that it is still to be asked about.
CREATE TABLE sms_deliveries (
    delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    asked INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER
) STRICT;
CREATE INDEX sms_deliveries_due ON sms_deliveries (account_id, ask_at) WHERE ask_at IS NOT NULL;

-- One row for each part; `name` is the gateway's own.
CREATE TABLE sms_parts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    word TEXT NOT NULL DEFAULT '',
    at INTEGER,
    price INTEGER,
    carrier TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_parts_by_name ON sms_parts (account_id, name) WHERE name <> '';

-- Receipts that came before what they are about was settled, or that belong to nothing.
CREATE TABLE sms_receipts (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    delivery_id INTEGER,
    name TEXT NOT NULL,
    number INTEGER,
    state TEXT NOT NULL,
    word TEXT NOT NULL,
    happened_at INTEGER,
    price INTEGER,
    carrier TEXT NOT NULL,
    error TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sms_receipts_by_name ON sms_receipts (account_id, name);
CREATE INDEX sms_receipts_by_delivery ON sms_receipts (account_id, delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX sms_receipts_by_time ON sms_receipts (at);

ALTER TABLE captured ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';
