-- Private matching: whom we compare lists with, our lists, each exchange, and what it found. And what was
-- published of noisy counts.

CREATE TABLE match_agreement (
    partner           TEXT PRIMARY KEY,
    kid               TEXT NOT NULL UNIQUE,
    jwk               TEXT NOT NULL,
    set_name          TEXT,
    learns            TEXT NOT NULL,
    url               TEXT,
    token_file        TEXT,
    values_max        INTEGER NOT NULL,
    questions_per_day INTEGER NOT NULL,
    values_per_day    INTEGER NOT NULL,
    active            INTEGER NOT NULL
) WITHOUT ROWID;

-- A set that changes becomes a new row, so that an exchange keeps the values that it began with.
CREATE TABLE match_set (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    officer    TEXT NOT NULL,
    contact    TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    nonce      BLOB NOT NULL,
    commitment BLOB NOT NULL,
    count      INTEGER NOT NULL,
    current    INTEGER NOT NULL
);
CREATE UNIQUE INDEX match_set_current ON match_set (name) WHERE current = 1;

CREATE TABLE match_value (
    set_number INTEGER NOT NULL REFERENCES match_set (number) ON DELETE CASCADE,
    value      TEXT NOT NULL,
    case_ref   TEXT NOT NULL,
    PRIMARY KEY (set_number, value, case_ref)
) WITHOUT ROWID;

CREATE TABLE match_session (
    id         BLOB PRIMARY KEY,
    asked      INTEGER NOT NULL,
    partner    TEXT NOT NULL,
    set_number INTEGER NOT NULL,
    purpose    TEXT NOT NULL,
    learns     TEXT NOT NULL,
    state      TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    kid        TEXT NOT NULL,
    seed       BLOB,
    sent       BLOB NOT NULL,
    received   BLOB,
    count      INTEGER NOT NULL,
    hits       INTEGER
) WITHOUT ROWID;
CREATE INDEX match_session_made ON match_session (made_at);
CREATE INDEX match_session_partner ON match_session (partner, made_at);

-- Each hit is a request to talk. An empty value: only the number of a case's hits was learned.
CREATE TABLE match_hit (
    number    INTEGER PRIMARY KEY,
    session   BLOB NOT NULL REFERENCES match_session (id),
    value     TEXT NOT NULL,
    case_ref  TEXT NOT NULL,
    count     INTEGER NOT NULL,
    officer   TEXT NOT NULL,
    contact   TEXT NOT NULL,
    found_at  TEXT NOT NULL,
    talked_at TEXT,
    outcome   TEXT,
    UNIQUE (session, value, case_ref)
);
CREATE INDEX match_hit_open ON match_hit (talked_at, number);

-- What was published of noisy counts, and what it cost: only ever added to.
CREATE TABLE statistics_release (
    number    INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    question  TEXT NOT NULL,
    rho_micro INTEGER NOT NULL
);
CREATE TRIGGER statistics_release_keeps BEFORE UPDATE ON statistics_release
BEGIN SELECT RAISE (ABORT, 'releases are append-only'); END;
CREATE TRIGGER statistics_release_stays BEFORE DELETE ON statistics_release
BEGIN SELECT RAISE (ABORT, 'releases are append-only'); END;
