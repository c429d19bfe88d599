-- What messages say, beside their rows: those are written again with each step of a delivery, these never. The values are bound to
-- the row of `messages` in which they were sealed first. Drafts have none, nor has what was erased.
CREATE TABLE message_texts (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    body_text BLOB, -- sealed
    body_html BLOB, -- sealed
    -- Plain text and HTML together, packed by the common text of the message's content, instead of the two.
    bodies BLOB -- sealed
) STRICT;
INSERT INTO message_texts (message_id, body_text, body_html, bodies)
SELECT id, body_text, body_html, bodies FROM messages
WHERE body_text IS NOT NULL OR body_html IS NOT NULL OR bodies IS NOT NULL
ORDER BY id;
-- Overwritten where they lie, so that no free place of the file keeps what is destroyed later.
UPDATE messages
SET body_text = zeroblob(length(body_text)), body_html = zeroblob(length(body_html)), bodies = zeroblob(length(bodies))
WHERE body_text IS NOT NULL OR body_html IS NOT NULL OR bodies IS NOT NULL;
ALTER TABLE messages DROP COLUMN body_text;
ALTER TABLE messages DROP COLUMN body_html;
ALTER TABLE messages DROP COLUMN bodies;
