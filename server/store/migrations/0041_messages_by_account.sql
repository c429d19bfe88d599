-- The messages of an account that seldom sends are found without going through those of all others.
CREATE INDEX messages_by_account ON messages (account_id, created_at, id) WHERE account_id IS NOT NULL;
