-- What the full text has to take in again of everything that has a name beside messages. New rows are not noted: they are found by walking
-- through the ids, so that an import of a million pays nothing.
CREATE TABLE thing_jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    thing_id INTEGER NOT NULL
) STRICT;

-- The words of a contact are written whenever anything changes by which it is found.
CREATE TRIGGER contacts_reworded AFTER UPDATE OF words ON contacts
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('contact', new.id);
END;
CREATE TRIGGER contacts_gone AFTER DELETE ON contacts
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('contact', old.id);
END;
CREATE TRIGGER campaigns_reworded AFTER UPDATE OF name, draft ON campaigns
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('campaign', new.id);
END;
CREATE TRIGGER campaigns_gone AFTER DELETE ON campaigns
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('campaign', old.id);
END;
CREATE TRIGGER templates_reworded AFTER UPDATE OF name, version, deleted_at ON templates
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('template', new.id);
END;
CREATE TRIGGER templates_gone AFTER DELETE ON templates
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('template', old.id);
END;
CREATE TRIGGER recipient_lists_reworded AFTER UPDATE OF name, description, public_name ON recipient_lists
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('list', new.id);
END;
CREATE TRIGGER recipient_lists_gone AFTER DELETE ON recipient_lists
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('list', old.id);
END;
CREATE TRIGGER segments_reworded AFTER UPDATE OF name, description ON segments
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('segment', new.id);
END;
CREATE TRIGGER segments_gone AFTER DELETE ON segments
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('segment', old.id);
END;
CREATE TRIGGER library_reworded AFTER UPDATE OF name, folder ON library
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('file', new.id);
END;
CREATE TRIGGER library_gone AFTER DELETE ON library
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('file', old.id);
END;
CREATE TRIGGER users_reworded AFTER UPDATE OF name, email ON users
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('user', new.id);
END;
CREATE TRIGGER users_gone AFTER DELETE ON users
BEGIN
    INSERT INTO thing_jobs (kind, thing_id) VALUES ('user', old.id);
END;
