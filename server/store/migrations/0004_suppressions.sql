-- Whom we must not write to. A lifted suppression stays as history.
CREATE TABLE suppressions (
    -- Counts up, so that newest first is the order of ids.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL,
    channels TEXT NOT NULL,
    -- Normalised address, number or domain; empty when it is a contact.
    value TEXT NOT NULL,
    -- The contact with its name at that time. It may be gone meanwhile.
    contact_id INTEGER,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    message_id INTEGER,
    author_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    lifted_at INTEGER,
    lifted_by INTEGER REFERENCES users (id),
    lifted_reason TEXT NOT NULL DEFAULT '',
    CONSTRAINT suppressions_mean_one_thing CHECK ((scope = 'contact') = (contact_id IS NOT NULL) AND (scope = 'contact') = (value = ''))
) STRICT;
-- By these the claim of the worker finds them: one step into an index for each address.
CREATE UNIQUE INDEX suppressions_of_value ON suppressions (value, scope) WHERE lifted_at IS NULL AND contact_id IS NULL;
CREATE UNIQUE INDEX suppressions_of_contact ON suppressions (contact_id, channels)
    WHERE lifted_at IS NULL AND contact_id IS NOT NULL;
CREATE INDEX suppressions_active ON suppressions (id) WHERE lifted_at IS NULL;
CREATE INDEX suppressions_active_by_reason ON suppressions (reason, id) WHERE lifted_at IS NULL;
CREATE INDEX suppressions_active_by_source ON suppressions (source, id) WHERE lifted_at IS NULL;
CREATE INDEX suppressions_lifted ON suppressions (id) WHERE lifted_at IS NOT NULL;

CREATE VIRTUAL TABLE suppression_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER suppressions_are_found AFTER INSERT ON suppressions
BEGIN
    INSERT INTO suppression_words (rowid, words) VALUES (new.id, new.value || ' ' || new.name || ' ' || new.note);
END;

-- A contact that goes leaves its addresses suppressed, or an import would bring them back.
CREATE TRIGGER contacts_leave_suppressions BEFORE DELETE ON contacts
BEGIN
    INSERT OR IGNORE INTO suppressions (scope, channels, value, name, reason, source, note, message_id, author_id, created_at)
    SELECT 'address', a.channel, a.normalized, s.name, s.reason, s.source, s.note, s.message_id, s.author_id, s.created_at
    FROM suppressions s
    JOIN addresses a ON a.contact_id = s.contact_id AND s.channels IN (a.channel, 'both')
    WHERE s.contact_id = old.id AND s.lifted_at IS NULL;
END;

-- What stopped a delivery.
ALTER TABLE deliveries ADD COLUMN suppression_id INTEGER REFERENCES suppressions (id);

-- What DNS last said about domains of addresses.
CREATE TABLE domain_checks (
    domain TEXT PRIMARY KEY,
    found TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether DNS may be asked at all.
ALTER TABLE company ADD COLUMN domain_checks INTEGER NOT NULL DEFAULT 0;
