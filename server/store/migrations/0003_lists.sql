-- Named sets of contacts, and saved filters over contacts.

CREATE TABLE recipient_lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    -- Without case and diacritics, a blank in front: what words begin with is found by ' ' || what is typed.
    folded_name TEXT NOT NULL CONSTRAINT recipient_lists_name UNIQUE,
    description TEXT NOT NULL,
    origin TEXT NOT NULL,
    -- Kept by the triggers below, so that lists of lists need not count.
    members INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    author_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recipient_lists_by_name ON recipient_lists (sort_name, id);
CREATE INDEX recipient_lists_by_members ON recipient_lists (members, id);
CREATE INDEX recipient_lists_by_update ON recipient_lists (updated_at, id);

-- No reference to the list: a list of a million goes at once, its members are swept out piece by piece behind it. Ids are never used
-- twice, so nothing of a list that is gone can appear in another one.
CREATE TABLE list_members (
    list_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    how TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (list_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_members_by_contact ON list_members (contact_id, list_id);

CREATE TRIGGER list_members_added AFTER INSERT ON list_members
BEGIN
    UPDATE recipient_lists SET members = members + 1 WHERE id = new.list_id;
END;
CREATE TRIGGER list_members_removed AFTER DELETE ON list_members
BEGIN
    UPDATE recipient_lists SET members = members - 1 WHERE id = old.list_id;
END;

CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    folded_name TEXT NOT NULL CONSTRAINT segments_name UNIQUE,
    description TEXT NOT NULL,
    -- The condition tree as JSON, read strictly.
    rule TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    author_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX segments_by_name ON segments (sort_name, id);
CREATE INDEX segments_by_update ON segments (updated_at, id);

-- Everything about a contact that rules ask about most, in a narrow copy in the order of ids: a count over a million contacts reads
-- this instead of the table. It grows at its end only.
CREATE INDEX contacts_facts ON contacts (
    id, kind, nature, language, owner_id, city, postcode, obtained_way, obtained_on, no_bulk, consent_email, consent_sms, email, phone,
    created_at, updated_at
);
-- By this the towns there are are found, each once.
CREATE INDEX contacts_by_town ON contacts (city);

-- Which lists a segment asks about, so that such a list is not deleted under it.
CREATE TABLE segment_lists (
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    list_id INTEGER NOT NULL,
    PRIMARY KEY (list_id, segment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_lists_by_segment ON segment_lists (segment_id);
