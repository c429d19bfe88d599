-- The import that noted a consent, so that taking the import back takes it back, too. Imports are swept out after a while; the number stays.
ALTER TABLE consents ADD COLUMN import_id INTEGER;

-- Contacts of an import whose company was not there yet when their row was taken in: it may come later in the file.
CREATE TABLE import_parents (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    is_new INTEGER NOT NULL,
    line INTEGER NOT NULL,
    keys TEXT NOT NULL -- JSON: by what the company is found
) STRICT;
CREATE INDEX import_parents_by_import ON import_parents (import_id, id);
CREATE INDEX import_parents_by_contact ON import_parents (contact_id);
