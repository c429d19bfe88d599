-- What people say by the links in messages: that they want no more of them.

-- From which message somebody unsubscribed, so that a campaign can tell how many did.
CREATE TABLE unsubscribes (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT;

-- The name under which its members know a list; only such a list is offered to them for leaving.
ALTER TABLE recipient_lists ADD COLUMN public_name TEXT NOT NULL DEFAULT '';

-- Who left a list is put back by a colleague's hand alone, never by an import, a search or a takeover.
CREATE TABLE list_departures (
    list_id INTEGER NOT NULL REFERENCES recipient_lists (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    left_at INTEGER NOT NULL,
    PRIMARY KEY (list_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_departures_by_contact ON list_departures (contact_id);
