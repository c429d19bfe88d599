-- SQLite takes an index over some of the rows only when a question has one of its conditions word for word, so the states stand one by
-- one: with a list of them, each question about what moves went through all deliveries there ever were.
DROP INDEX deliveries_open;
CREATE INDEX deliveries_open ON deliveries (state, lease_until) WHERE state = 'leased' OR state = 'handed' OR state = 'unknown';
