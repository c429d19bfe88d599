-- Campaigns: what is typed, whom it goes to, what was prepared from what.

CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    -- Words of name, classification and note without case and accents, each with a blank in front.
    words TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    classification TEXT NOT NULL,
    draft BLOB NOT NULL, -- sealed JSON
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- What the background does, the place up to which it is done, and how many there are in all.
    work TEXT,
    work_after INTEGER NOT NULL DEFAULT 0,
    work_done INTEGER NOT NULL DEFAULT 0,
    work_of INTEGER NOT NULL DEFAULT 0,
    -- How far contacts and typed addresses were gathered, as JSON; nothing when they all are.
    gather TEXT,
    checked_at INTEGER,
    checked_revision INTEGER,
    -- The content that messages are made from, since the last preparation.
    content_id INTEGER REFERENCES campaign_contents (id),
    pace TEXT NOT NULL, -- JSON
    -- No slot before then is free any more, under the campaign's own pace.
    next_slot INTEGER NOT NULL DEFAULT 0,
    approval TEXT NOT NULL DEFAULT 'open',
    approved_hash BLOB,
    requested_by INTEGER REFERENCES users (id),
    requested_at INTEGER,
    decided_by INTEGER REFERENCES users (id),
    decided_at INTEGER,
    comment TEXT NOT NULL DEFAULT '',
    starts_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    -- For lists: how many messages are to be sent, and how many have ended, as counted last.
    messages INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0,
    copy_of INTEGER REFERENCES campaigns (id) ON DELETE SET NULL,
    author_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX campaigns_by_update ON campaigns (updated_at, id);
CREATE INDEX campaigns_by_name ON campaigns (sort_name, id);
CREATE INDEX campaigns_by_copy ON campaigns (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX campaigns_working ON campaigns (id) WHERE work IS NOT NULL;
CREATE INDEX campaigns_moving ON campaigns (id) WHERE state IN ('scheduled', 'running');

-- What messages were made from, frozen: the texts, and the common text that all of them are packed by.
CREATE TABLE campaign_contents (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    template_id INTEGER REFERENCES templates (id),
    template_version INTEGER,
    draft BLOB NOT NULL, -- sealed JSON
    common BLOB NOT NULL, -- sealed JSON
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    sender_name TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    -- A hash of all that goes into the messages, to tell whether the campaign was edited since.
    hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT campaign_contents_count UNIQUE (campaign_id, version)
) STRICT;
CREATE INDEX campaign_contents_by_template ON campaign_contents (template_id) WHERE template_id IS NOT NULL;

-- The audience as it was gathered, with everybody who is left out.
CREATE TABLE campaign_recipients (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    -- Without a reference: who is gone was in the audience all the same.
    contact_id INTEGER,
    contact_revision INTEGER,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The first 63 bits of the SHA-256 of the normalised address; each gets one message.
    address_key INTEGER,
    language TEXT NOT NULL,
    fate TEXT NOT NULL,
    reason TEXT,
    -- Whose duplicate it is, or which suppression stops it.
    other TEXT,
    suppression_id INTEGER,
    missing TEXT, -- JSON
    message_id INTEGER,
    build INTEGER NOT NULL DEFAULT 0,
    length INTEGER NOT NULL DEFAULT 0,
    edited_by INTEGER,
    edited_at INTEGER,
    PRIMARY KEY (campaign_id, place)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX campaign_recipients_once ON campaign_recipients (campaign_id, address_key) WHERE address_key IS NOT NULL;
CREATE INDEX campaign_recipients_by_fate ON campaign_recipients (campaign_id, fate, reason, place);
CREATE INDEX campaign_recipients_by_length ON campaign_recipients (campaign_id, length, place) WHERE fate = 'prepared';
CREATE INDEX campaign_recipients_by_build ON campaign_recipients (campaign_id, build, length, place) WHERE fate = 'prepared';
CREATE INDEX campaign_recipients_by_message ON campaign_recipients (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX campaign_recipients_by_contact ON campaign_recipients (contact_id, campaign_id) WHERE contact_id IS NOT NULL;
CREATE INDEX campaign_recipients_edited ON campaign_recipients (campaign_id, place) WHERE edited_at IS NOT NULL;

-- Values that a person filled in; place 0 means everybody. Without a value a doubtful one stands as it is.
CREATE TABLE campaign_fills (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    value BLOB, -- sealed
    PRIMARY KEY (campaign_id, place, path)
) STRICT, WITHOUT ROWID;

-- Who has looked at which message.
CREATE TABLE campaign_reviews (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id),
    place INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, user_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_settings (
    id INTEGER PRIMARY KEY CONSTRAINT campaign_settings_is_one CHECK (id = 1),
    approval_rule TEXT NOT NULL -- JSON
) STRICT;
INSERT INTO campaign_settings (id, approval_rule) VALUES (1, '"Never"');

ALTER TABLE messages ADD COLUMN campaign_id INTEGER REFERENCES campaigns (id);
-- What the message was made from and is packed by, and the one whose files it carries.
ALTER TABLE messages ADD COLUMN content_id INTEGER REFERENCES campaign_contents (id);
ALTER TABLE messages ADD COLUMN files_id INTEGER REFERENCES campaign_contents (id);
-- Plain text and HTML together, packed by the common text, instead of `body_text` and `body_html`.
ALTER TABLE messages ADD COLUMN bodies BLOB; -- sealed
CREATE INDEX messages_by_campaign ON messages (campaign_id, state, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX messages_sent_by_campaign ON messages (campaign_id, sent_at) WHERE campaign_id IS NOT NULL AND sent_at IS NOT NULL;
CREATE INDEX messages_by_content ON messages (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX messages_by_files ON messages (files_id) WHERE files_id IS NOT NULL;

ALTER TABLE attachments ADD COLUMN campaign_id INTEGER REFERENCES campaigns (id) ON DELETE CASCADE;
ALTER TABLE attachments ADD COLUMN content_id INTEGER REFERENCES campaign_contents (id) ON DELETE CASCADE;
CREATE INDEX attachments_by_campaign ON attachments (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX attachments_by_content ON attachments (content_id) WHERE content_id IS NOT NULL;
