-- Reusable contents of messages. What a template says is kept version by version; the row has what lists need of the newest one.
CREATE TABLE templates (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    -- Without case and diacritics, a blank in front; a name is given back when its template goes.
    folded_name TEXT CONSTRAINT templates_name UNIQUE,
    description TEXT NOT NULL,
    hint TEXT NOT NULL,
    -- Words of name, description and hint without case and accents, each with a blank in front.
    words TEXT NOT NULL,
    channel TEXT NOT NULL,
    -- The key of the record type it is about; empty for a general one.
    record TEXT NOT NULL,
    -- Codes of its languages, each between blanks: ' sk cs '.
    languages TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    -- Whether only some users are offered it.
    is_for_some INTEGER NOT NULL,
    -- The key of the delivered text, and the version that holds it as it was delivered.
    delivered TEXT CONSTRAINT templates_delivered UNIQUE,
    delivered_version INTEGER,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- A template that messages were made from stays behind its deletion, for the sake of its versions.
    deleted_at INTEGER
) STRICT;
CREATE INDEX templates_by_name ON templates (sort_name, id) WHERE deleted_at IS NULL;
CREATE INDEX templates_by_update ON templates (updated_at, id) WHERE deleted_at IS NULL;

CREATE TABLE template_versions (
    id INTEGER PRIMARY KEY,
    template_id INTEGER NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    draft BLOB NOT NULL, -- sealed JSON
    how TEXT NOT NULL,
    -- The version that was taken up again.
    restored INTEGER,
    made_by INTEGER NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL,
    CONSTRAINT template_versions_count UNIQUE (template_id, version)
) STRICT;

CREATE TABLE template_users (
    template_id INTEGER NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (template_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX template_users_by_user ON template_users (user_id);

-- A file belongs to a message or to a template, or is loose.
ALTER TABLE attachments ADD COLUMN template_id INTEGER REFERENCES templates (id) ON DELETE CASCADE;
CREATE INDEX attachments_by_template ON attachments (template_id) WHERE template_id IS NOT NULL;

-- From which version of which template a message was made.
ALTER TABLE messages ADD COLUMN template_id INTEGER REFERENCES templates (id);
ALTER TABLE messages ADD COLUMN template_version INTEGER;
CREATE INDEX messages_by_template ON messages (template_id, template_version) WHERE template_id IS NOT NULL;
-- The few that would still miss it.
CREATE INDEX messages_open_by_template ON messages (template_id, id)
    WHERE template_id IS NOT NULL AND state IN ('draft', 'prepared');

-- The addresses that somebody last sent a test to, as typed.
CREATE TABLE test_addresses (
    user_id INTEGER NOT NULL REFERENCES users (id),
    channel TEXT NOT NULL,
    addresses TEXT NOT NULL,
    PRIMARY KEY (user_id, channel)
) STRICT, WITHOUT ROWID;

-- Messages that only try something out are counted nowhere.
CREATE INDEX messages_tests ON messages (id) WHERE origin = 'test';
