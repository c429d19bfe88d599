-- Messages to addresses that belong to no contact are found by these when the person behind one is handed out or erased.
CREATE INDEX recipients_untied ON recipients (lower(address)) WHERE contact_id IS NULL;

-- Contacts whose words are to be written anew in the background, because an own field or a choice of it changed or went.
CREATE TABLE contacts_to_reword (
    contact_id INTEGER PRIMARY KEY REFERENCES contacts (id) ON DELETE CASCADE
) STRICT;

-- A campaign is found by the name of its author as well.
CREATE TRIGGER users_renamed AFTER UPDATE OF name ON users WHEN old.name <> new.name
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) SELECT 'campaign', id FROM campaigns WHERE author_id = new.id;
END;
