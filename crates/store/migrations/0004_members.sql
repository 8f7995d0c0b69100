-- Members, what goes out to them, and what comes back.

CREATE TABLE member (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    country   TEXT,
    clearance INTEGER NOT NULL,
    channels  TEXT NOT NULL,
    active    INTEGER NOT NULL,
    secret    BLOB NOT NULL
) WITHOUT ROWID;

-- What is to go out: a document of a notice, to a member, by a channel. Queued once.
CREATE TABLE delivery (
    number   INTEGER PRIMARY KEY,
    notice   BLOB NOT NULL REFERENCES notice (id),
    document TEXT NOT NULL,
    member   TEXT NOT NULL REFERENCES member (id),
    channel  TEXT NOT NULL,
    state    TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  TEXT NOT NULL,
    UNIQUE (notice, document, member, channel)
);
CREATE INDEX delivery_due ON delivery (state, next_at);

CREATE TABLE delivery_attempt (
    delivery INTEGER NOT NULL REFERENCES delivery (number),
    attempt  INTEGER NOT NULL,
    at       TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    PRIMARY KEY (delivery, attempt)
) WITHOUT ROWID;
CREATE TRIGGER delivery_attempt_keeps BEFORE UPDATE ON delivery_attempt
BEGIN SELECT RAISE (ABORT, 'attempts are append-only'); END;

-- The first time of each kind counts.
CREATE TABLE receipt (
    notice BLOB NOT NULL REFERENCES notice (id),
    member TEXT NOT NULL REFERENCES member (id),
    kind   TEXT NOT NULL,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    PRIMARY KEY (notice, member, kind)
) WITHOUT ROWID;

CREATE TABLE reply (
    number      INTEGER PRIMARY KEY,
    notice      BLOB NOT NULL REFERENCES notice (id),
    member      TEXT NOT NULL REFERENCES member (id),
    at          TEXT NOT NULL,
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    observables TEXT NOT NULL,
    report      BLOB REFERENCES report (id)
);
CREATE INDEX reply_notice ON reply (notice, number);
CREATE TRIGGER reply_keeps BEFORE UPDATE ON reply
BEGIN SELECT RAISE (ABORT, 'replies are append-only'); END;
