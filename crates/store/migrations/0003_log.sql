-- The transparency log of what was issued, and the keys that signed it.

-- One leaf for each issued notice and each end of one, in order: only ever added to.
CREATE TABLE log_leaf (
    position INTEGER PRIMARY KEY,
    subject  TEXT NOT NULL UNIQUE,
    hash     BLOB NOT NULL
);
CREATE TRIGGER log_leaf_keeps BEFORE UPDATE ON log_leaf
BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_leaf_stays BEFORE DELETE ON log_leaf
BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;

-- The end of a notice as a signed document: withdrawn, superseded, expired.
CREATE TABLE notice_end (
    notice BLOB PRIMARY KEY REFERENCES notice (id),
    signed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER notice_end_keeps BEFORE UPDATE ON notice_end
BEGIN SELECT RAISE (ABORT, 'a signed document does not change'); END;
CREATE TRIGGER notice_end_stays BEFORE DELETE ON notice_end
BEGIN SELECT RAISE (ABORT, 'a signed document does not change'); END;

-- Public halves of the signing keys; the private ones lie encrypted in files beside the database.
CREATE TABLE signing_key (
    kid       TEXT PRIMARY KEY,
    jwk       TEXT NOT NULL,
    from_at   TEXT NOT NULL,
    until_at  TEXT
);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
