-- Consents that a person is asked to confirm by a link sent to the address.

CREATE TABLE consent_questions (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    -- The address or number that would be written to.
    address TEXT NOT NULL,
    -- The language of the page, and the words on it that are agreed to.
    language TEXT NOT NULL,
    statement TEXT NOT NULL,
    -- Only the hash of the secret in the link is kept.
    token_hash BLOB NOT NULL CONSTRAINT consent_questions_differ UNIQUE,
    asked_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL REFERENCES users (id),
    until INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- A later question, or what was said in another way, took its place.
    closed_at INTEGER
) STRICT;
CREATE INDEX consent_questions_by_contact ON consent_questions (contact_id, channel);

-- Which address a link went to or was used for, and from which network address it was used.
ALTER TABLE consents ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE consents ADD COLUMN network TEXT NOT NULL DEFAULT '';

-- Most contacts never said anything; these find the others.
CREATE INDEX contacts_by_consent_email ON contacts (consent_email) WHERE consent_email <> 'unknown';
CREATE INDEX contacts_by_consent_sms ON contacts (consent_sms) WHERE consent_sms <> 'unknown';
