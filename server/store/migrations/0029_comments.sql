-- What people say about a contact, a campaign or a message, beside what the program writes down by itself.
CREATE TABLE comments (
    id INTEGER PRIMARY KEY,
    -- Exactly one of them says what it is about.
    contact_id INTEGER REFERENCES contacts (id) ON DELETE CASCADE,
    campaign_id INTEGER REFERENCES campaigns (id) ON DELETE CASCADE,
    message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES users (id),
    -- Under whose key the text lies; none means the data key.
    person_id INTEGER REFERENCES person_keys (contact_id),
    text BLOB NOT NULL, -- sealed
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    CONSTRAINT comments_about_one CHECK ((contact_id IS NULL) + (campaign_id IS NULL) + (message_id IS NULL) = 2)
) STRICT;
CREATE INDEX comments_by_contact ON comments (contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX comments_by_campaign ON comments (campaign_id, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX comments_by_message ON comments (message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX comments_by_person ON comments (person_id) WHERE person_id IS NOT NULL;
