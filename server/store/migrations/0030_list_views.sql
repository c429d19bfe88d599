-- Columns and saved views of every list that has them, where contacts alone had them before.
CREATE TABLE list_views (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    shared INTEGER NOT NULL,
    view TEXT NOT NULL, -- JSON: which rows, in which order, in which columns
    created_at INTEGER NOT NULL,
    CONSTRAINT list_views_differ UNIQUE (author_id, list, folded)
) STRICT;
INSERT INTO list_views (id, list, author_id, name, folded, shared, view, created_at)
SELECT id, 'contacts', author_id, name, folded, shared, view, created_at FROM contact_views;
CREATE INDEX list_views_shared ON list_views (list, folded, id) WHERE shared = 1;

CREATE TABLE list_settings (
    user_id INTEGER NOT NULL REFERENCES users (id),
    list TEXT NOT NULL,
    columns TEXT, -- JSON; none as long as they were never changed
    default_view INTEGER REFERENCES list_views (id) ON DELETE SET NULL,
    PRIMARY KEY (user_id, list)
) STRICT, WITHOUT ROWID;
INSERT INTO list_settings (user_id, list, columns, default_view)
SELECT user_id, 'contacts', columns, default_view FROM contact_list_settings;
CREATE INDEX list_settings_by_view ON list_settings (default_view) WHERE default_view IS NOT NULL;

DROP TABLE contact_list_settings;
DROP TABLE contact_views;
UPDATE counters SET name = 'list_views' WHERE name = 'contact_views';

-- What the list of messages is led by when it is narrowed to what few of them are.
CREATE INDEX messages_by_origin ON messages (origin, created_at, id) WHERE origin <> 'campaign';
CREATE INDEX messages_of_texts ON messages (created_at, id) WHERE channel = 'sms';
CREATE INDEX messages_with_files ON messages (created_at, id) WHERE 0 < attachments;
CREATE INDEX messages_from_template ON messages (template_id, created_at, id) WHERE template_id IS NOT NULL;
