-- Archives of other programs on their way in, and what was taken in from them.
CREATE TABLE archives (
    id INTEGER PRIMARY KEY,
    file BLOB NOT NULL, -- sealed
    size INTEGER NOT NULL DEFAULT 0,
    author_id INTEGER NOT NULL REFERENCES users (id),
    state TEXT NOT NULL,
    -- Of the walk that goes on or was the last one.
    read INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    bad INTEGER NOT NULL DEFAULT 0,
    undated INTEGER NOT NULL DEFAULT 0,
    progress INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX archives_open ON archives (id) WHERE state IN ('looking', 'running');

-- The file in pieces, so that none needs to be in memory as a whole.
CREATE TABLE archive_chunks (
    id INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    content BLOB NOT NULL, -- sealed
    CONSTRAINT archive_chunks_follow UNIQUE (archive_id, start)
) STRICT;

-- The first of those that could not be taken in.
CREATE TABLE archive_notes (
    archive_id INTEGER NOT NULL REFERENCES archives (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (archive_id, number)
) STRICT, WITHOUT ROWID;

-- A keyed hash of what was taken in once; it stays when the message is gone, so that it does not come back with the same file.
CREATE TABLE archived_mails (
    hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
