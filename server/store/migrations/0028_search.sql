-- Whether the full text takes in the words inside attachments.
ALTER TABLE company ADD COLUMN attachment_contents INTEGER NOT NULL DEFAULT 0 CHECK (attachment_contents IN (0, 1));
