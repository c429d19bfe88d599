-- Signing in to relays and mailboxes by OAuth. Without a row an account signs in with its password.
CREATE TABLE oauth_logins (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The relay or the bounce mailbox.
    used_for TEXT NOT NULL,
    -- JSON; nothing in it is secret.
    settings TEXT NOT NULL,
    client_secret BLOB, -- sealed
    access_token BLOB, -- sealed
    refresh_token BLOB, -- sealed
    -- When the access token is renewed, a little before it runs out.
    renew_at INTEGER NOT NULL DEFAULT 0,
    valid_until INTEGER,
    signed_in_as TEXT NOT NULL DEFAULT '',
    signed_in_at INTEGER,
    fault TEXT,
    fault_words TEXT NOT NULL DEFAULT '',
    fault_at INTEGER,
    -- How often in a row the provider could not be asked, and before when it is not asked again.
    failures INTEGER NOT NULL DEFAULT 0,
    ask_at INTEGER NOT NULL DEFAULT 0,
    -- Grows with whatever makes an answer worthless that is still under way.
    version INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, used_for)
) STRICT;

-- People who are away at a provider to agree. Each is good for one return, into the session that it began in.
CREATE TABLE oauth_questions (
    id INTEGER PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES oauth_logins (id) ON DELETE CASCADE,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    state_hash BLOB NOT NULL UNIQUE,
    verifier BLOB NOT NULL, -- sealed
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_questions_by_login ON oauth_questions (login_id);
CREATE INDEX oauth_questions_by_session ON oauth_questions (session_id);
