-- People who sign in, what proves it is them, and what came of trying.

-- `password` is an Argon2id string in PHC form; NULL until the person has chosen one. `totp` is the secret of
-- the second factor as it is: whoever can read this file can read everything in it, and only its owner can.
CREATE TABLE user (
    name          TEXT PRIMARY KEY,
    shown         TEXT NOT NULL,
    organisation  TEXT NOT NULL,
    roles         TEXT NOT NULL,
    clearance     INTEGER NOT NULL,
    organisations TEXT NOT NULL,
    locale        TEXT,
    active        INTEGER NOT NULL,
    created_at    TEXT NOT NULL,
    password      TEXT,
    totp          BLOB,
    totp_pending  BLOB,
    totp_step     INTEGER NOT NULL DEFAULT 0,
    external      TEXT UNIQUE
) WITHOUT ROWID;

-- Used once, then gone.
CREATE TABLE recovery_code (
    user TEXT NOT NULL REFERENCES user (name),
    hash BLOB NOT NULL,
    PRIMARY KEY (user, hash)
) WITHOUT ROWID;

-- A session that was ended is gone; the audit log says when and by whom.
CREATE TABLE session (
    id         BLOB PRIMARY KEY,
    user       TEXT NOT NULL REFERENCES user (name),
    made_at    INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_user ON session (user, seen_at);

CREATE TABLE token (
    hash       BLOB PRIMARY KEY,
    prefix     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    owner      TEXT NOT NULL REFERENCES user (name),
    scopes     TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_on    TEXT,
    revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX token_owner ON token (owner, made_at);

-- One for each user at most: the last one made.
CREATE TABLE invitation (
    user       TEXT PRIMARY KEY REFERENCES user (name),
    hash       BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Failed attempts to sign in, by the hash of a name or of an address: people type passwords into the wrong field.
CREATE TABLE failure (
    subject BLOB PRIMARY KEY,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX failure_least ON failure (count, last_at);

CREATE INDEX audit_actor ON audit (actor, number);
CREATE INDEX audit_action ON audit (action, number);
CREATE INDEX audit_subject ON audit (subject, number);
