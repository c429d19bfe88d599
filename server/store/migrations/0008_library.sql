-- Files and pictures that templates and messages share.
CREATE TABLE library (
    id INTEGER PRIMARY KEY,
    blob_id INTEGER NOT NULL REFERENCES blobs (id),
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    -- Words of the name without case and accents, each with a blank in front.
    words TEXT NOT NULL,
    -- The folder as it is shown, empty for none, and as it is told apart.
    folder TEXT NOT NULL,
    folded_folder TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    -- Pixels; zero for what is no picture.
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    thumbnail BLOB, -- sealed
    version INTEGER NOT NULL DEFAULT 1,
    revision INTEGER NOT NULL DEFAULT 1,
    changed_by INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX library_by_name ON library (sort_name, id);
CREATE INDEX library_by_update ON library (updated_at, id);
CREATE INDEX library_by_folder ON library (folded_folder, folder);
CREATE INDEX library_by_blob ON library (blob_id);

-- A file of a template or message remembers from which file of the library it was taken.
ALTER TABLE attachments ADD COLUMN library_id INTEGER REFERENCES library (id) ON DELETE SET NULL;
CREATE INDEX attachments_by_library ON attachments (library_id) WHERE library_id IS NOT NULL;
