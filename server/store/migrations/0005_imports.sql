-- Files of contacts on their way in, what became of their rows, and what it takes to undo them.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    file BLOB NOT NULL, -- sealed
    size INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    state TEXT NOT NULL,
    reading TEXT NOT NULL, -- JSON: how the file is read
    plan TEXT, -- JSON
    -- Headings of the columns as JSON, for reports and for memory.
    columns TEXT NOT NULL DEFAULT '[]',
    rows INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    bad INTEGER NOT NULL DEFAULT 0,
    progress INTEGER NOT NULL DEFAULT 0,
    fault TEXT, -- JSON
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX imports_open ON imports (id) WHERE state IN ('queued', 'running');
CREATE INDEX imports_by_time ON imports (created_at, id);

-- The file in pieces, so that none needs to be in memory as a whole.
CREATE TABLE import_chunks (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    content BLOB NOT NULL, -- sealed
    CONSTRAINT import_chunks_follow UNIQUE (import_id, start)
) STRICT;

-- Rows of the report, many in one piece.
CREATE TABLE import_reports (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    content BLOB NOT NULL -- sealed
) STRICT;
CREATE INDEX import_reports_by_import ON import_reports (import_id, id);

-- Contacts that an import made: their ids follow one another.
CREATE TABLE import_ranges (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    PRIMARY KEY (import_id, first_id)
) STRICT, WITHOUT ROWID;

-- Contacts that an import changed, as they were before.
CREATE TABLE import_changes (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    -- The revision after the change; another one means that somebody changed it since.
    revision INTEGER NOT NULL,
    before BLOB NOT NULL, -- sealed
    CONSTRAINT import_changes_once UNIQUE (import_id, contact_id)
) STRICT;
CREATE INDEX import_changes_by_contact ON import_changes (contact_id);

-- What the columns of files with these headings were the last time.
CREATE TABLE import_headings (
    headings TEXT PRIMARY KEY,
    targets TEXT NOT NULL, -- JSON
    used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
