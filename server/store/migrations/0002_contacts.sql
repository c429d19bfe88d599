-- Everything else about a contact: kin, purposes, own fields, tags, consents, and keys that can be destroyed.

ALTER TABLE contacts ADD COLUMN gender TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE contacts ADD COLUMN title_before TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN title_after TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN first_vocative TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN last_vocative TEXT NOT NULL DEFAULT '';
-- `street`, `city`, `postcode` and `country` are the billing address.
ALTER TABLE contacts ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN delivery_street TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN delivery_city TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN delivery_postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN delivery_country TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN tax_number TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN parent_id INTEGER REFERENCES contacts (id);
ALTER TABLE contacts ADD COLUMN relation TEXT;
ALTER TABLE contacts ADD COLUMN owner_id INTEGER REFERENCES users (id);
ALTER TABLE contacts ADD COLUMN no_bulk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN obtained_way TEXT;
-- A day, counted from 1970-01-01.
ALTER TABLE contacts ADD COLUMN obtained_on INTEGER;
ALTER TABLE contacts ADD COLUMN obtained_note TEXT NOT NULL DEFAULT '';
-- What was last said, copied from `consents` so that lists need no join.
ALTER TABLE contacts ADD COLUMN consent_email TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE contacts ADD COLUMN consent_sms TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE contacts ADD COLUMN password BLOB; -- sealed
CREATE INDEX contacts_by_parent ON contacts (parent_id, relation, sort_name, id) WHERE parent_id IS NOT NULL;
CREATE INDEX contacts_by_owner ON contacts (owner_id, sort_name, id) WHERE owner_id IS NOT NULL;

-- The first address of a purpose is its default.
ALTER TABLE addresses ADD COLUMN purpose TEXT NOT NULL DEFAULT 'general';

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL CONSTRAINT tags_differ UNIQUE
) STRICT;

CREATE TABLE contact_tags (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (contact_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tags_by_tag ON contact_tags (tag_id, contact_id);

CREATE TABLE fields (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL CONSTRAINT fields_differ_by_key UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL CONSTRAINT fields_differ_by_name UNIQUE,
    kind TEXT NOT NULL,
    place INTEGER NOT NULL
) STRICT;

CREATE TABLE field_choices (
    id INTEGER PRIMARY KEY,
    field_id INTEGER NOT NULL REFERENCES fields (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    place INTEGER NOT NULL
) STRICT;
CREATE INDEX field_choices_by_field ON field_choices (field_id, place);

-- A text stands in `text` and, without case and accents, in `folded`; a number in ten-thousandths, a day counted from 1970-01-01 and
-- the id of a choice stand in `number`.
CREATE TABLE field_values (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    field_id INTEGER NOT NULL REFERENCES fields (id) ON DELETE CASCADE,
    text TEXT,
    folded TEXT,
    number INTEGER,
    PRIMARY KEY (contact_id, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX field_values_by_text ON field_values (field_id, folded, contact_id);
CREATE INDEX field_values_by_number ON field_values (field_id, number, contact_id);

-- The proof log: rows are only added, and go with the contact.
CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    said_on INTEGER NOT NULL,
    way TEXT NOT NULL,
    proof TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    noted_by INTEGER NOT NULL REFERENCES users (id)
) STRICT;
CREATE INDEX consents_by_contact ON consents (contact_id, id);

-- The key of one person, wrapped by the master key. What is sealed under it cannot be read by anybody once it is destroyed; the row
-- stays, so that the key is never made anew.
CREATE TABLE person_keys (
    contact_id INTEGER PRIMARY KEY,
    wrapped BLOB NOT NULL,
    destroyed_at INTEGER
) STRICT;

-- The person under whose key a message to nobody else is sealed.
ALTER TABLE messages ADD COLUMN person_id INTEGER REFERENCES person_keys (contact_id);
CREATE INDEX messages_by_person ON messages (person_id) WHERE person_id IS NOT NULL;

-- What fields of a contact were before and after a change, sealed under the key of the person.
CREATE TABLE contact_changes (
    audit_id INTEGER PRIMARY KEY REFERENCES audit (id),
    contact_id INTEGER NOT NULL,
    changes BLOB NOT NULL -- sealed
) STRICT;
CREATE INDEX contact_changes_by_contact ON contact_changes (contact_id);
