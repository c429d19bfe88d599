-- Long lists of contacts: what they are sorted and found by, how each user sees them, and contacts that are one and the same.

-- All written beside the words of a contact, from the same fields.
-- Words without case and accents, each with a blank in front: what a list with a common word is checked by, row by row.
ALTER TABLE contacts ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN company_key TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN city_key TEXT NOT NULL DEFAULT '';
-- What duplicates have in common; empty where that says nothing.
ALTER TABLE contacts ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN registration_key TEXT NOT NULL DEFAULT '';

CREATE INDEX contacts_by_company ON contacts (company_key, id);
CREATE INDEX contacts_by_city ON contacts (city_key, id);
CREATE INDEX contacts_by_name_key ON contacts (name_key, id) WHERE name_key <> '';
CREATE INDEX contacts_by_registration ON contacts (registration_key, id) WHERE registration_key <> '';
-- What a filter asks for is seldom met by many: these find the few.
CREATE INDEX contacts_by_kind ON contacts (kind, nature);
CREATE INDEX contacts_by_way ON contacts (obtained_way) WHERE obtained_way IS NOT NULL;
CREATE INDEX contacts_no_bulk ON contacts (id) WHERE no_bulk = 1;
CREATE INDEX contacts_by_reach ON contacts ((email = ''), (phone = ''));

CREATE TABLE contact_views (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    shared INTEGER NOT NULL,
    view TEXT NOT NULL, -- JSON: filter, order, columns
    created_at INTEGER NOT NULL,
    CONSTRAINT contact_views_differ UNIQUE (author_id, folded)
) STRICT;

CREATE TABLE contact_list_settings (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    columns TEXT NOT NULL, -- JSON
    default_view INTEGER REFERENCES contact_views (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX contact_list_settings_by_view ON contact_list_settings (default_view) WHERE default_view IS NOT NULL;

-- Contacts that share something and are not the same. A further contact that shares it brings the group back.
CREATE TABLE duplicates_dismissed (
    reason TEXT NOT NULL,
    key TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (reason, key, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicates_dismissed_by_contact ON duplicates_dismissed (contact_id);

-- Contacts that went into another one. What was known under the old id leads to the new one.
CREATE TABLE contact_merges (
    old_id INTEGER PRIMARY KEY,
    new_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_merges_by_new ON contact_merges (new_id);
