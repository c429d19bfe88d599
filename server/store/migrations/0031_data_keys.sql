-- Several data keys: since when each seals, and since when nothing lies under an earlier one.
ALTER TABLE vault_keys ADD COLUMN taken_up_at INTEGER;
ALTER TABLE vault_keys ADD COLUMN resealed_at INTEGER;
UPDATE vault_keys SET taken_up_at = created_at, resealed_at = created_at;

-- What was before and after a change of anything but contacts.
CREATE TABLE audit_changes (
    audit_id INTEGER PRIMARY KEY REFERENCES audit (id),
    changes BLOB NOT NULL -- sealed
) STRICT;
