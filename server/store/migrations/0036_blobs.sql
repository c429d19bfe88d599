-- Contents of files in sealed pieces, so that none is ever whole in memory. What was kept before stays whole in `blobs.content` until it is
-- divided; the content of what lies in pieces is empty there.
CREATE TABLE blob_chunks (
    -- Made of the blob, the how-many-eth piece it is and whether it is the last one; what is sealed is bound to it.
    id INTEGER PRIMARY KEY,
    blob_id INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    content BLOB NOT NULL -- sealed
) STRICT;
CREATE UNIQUE INDEX blob_chunks_by_blob ON blob_chunks (blob_id, start);

-- Since when a content comes in; its hash is not known until it is whole.
ALTER TABLE blobs ADD COLUMN arriving_at INTEGER;
CREATE INDEX blobs_arriving ON blobs (arriving_at) WHERE arriving_at IS NOT NULL;
