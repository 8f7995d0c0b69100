-- Reports, what was found in them, incidents, notices and the audit log.
-- Plain portable SQL: types and constraints that PostgreSQL has too.

CREATE TABLE report (
    id                BLOB PRIMARY KEY,
    title             TEXT,
    body              TEXT NOT NULL,
    kind              TEXT NOT NULL,
    declared_language TEXT,
    tlp               INTEGER NOT NULL,
    pap               INTEGER NOT NULL,
    grading           TEXT NOT NULL
) WITHOUT ROWID;

-- One report may be seen in many places; the same place and id counts once.
CREATE TABLE sighting (
    number       INTEGER PRIMARY KEY,
    report       BLOB NOT NULL REFERENCES report (id),
    source       TEXT NOT NULL,
    external_id  TEXT NOT NULL DEFAULT '',
    url          TEXT,
    received_at  TEXT NOT NULL,
    published_at TEXT,
    UNIQUE (report, source, external_id)
);

-- What the pipeline found. `version` names the stages that found it: when they change, it is found anew.
CREATE TABLE finding (
    report     BLOB PRIMARY KEY REFERENCES report (id),
    version    TEXT NOT NULL,
    language   TEXT NOT NULL,
    countries  TEXT NOT NULL,
    log_odds   REAL,
    verdict    TEXT,
    assessment TEXT
) WITHOUT ROWID;

CREATE TABLE observable (
    report     BLOB NOT NULL REFERENCES report (id),
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (report, span_start, kind, value)
) WITHOUT ROWID;
CREATE INDEX observable_value ON observable (value, kind);

CREATE TABLE indicator (
    report     BLOB NOT NULL REFERENCES report (id),
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    pattern    TEXT NOT NULL,
    PRIMARY KEY (report, span_start, span_end, name)
) WITHOUT ROWID;

CREATE TABLE campaign (
    id              BLOB PRIMARY KEY,
    relative_length REAL NOT NULL,
    compression     REAL NOT NULL,
    segments        TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE campaign_member (
    campaign BLOB NOT NULL REFERENCES campaign (id),
    position INTEGER NOT NULL,
    report   BLOB NOT NULL UNIQUE REFERENCES report (id),
    role     TEXT NOT NULL,
    PRIMARY KEY (campaign, position)
) WITHOUT ROWID;

CREATE TABLE incident (
    id              BLOB PRIMARY KEY,
    event           TEXT NOT NULL,
    happened        TEXT NOT NULL,
    basis           TEXT NOT NULL,
    known_from      TEXT NOT NULL,
    kind            TEXT NOT NULL,
    hub             TEXT,
    place           TEXT,
    origin          TEXT,
    people          INTEGER,
    coercion_stated INTEGER NOT NULL,
    variant         TEXT NOT NULL,
    person_role     TEXT,
    publisher       TEXT NOT NULL,
    url             TEXT NOT NULL,
    summary         TEXT NOT NULL,
    grading         TEXT NOT NULL,
    retracted_on    TEXT
) WITHOUT ROWID;

-- Claims read from a text, until an analyst decides.
CREATE TABLE candidate (
    id             BLOB PRIMARY KEY,
    report         BLOB NOT NULL REFERENCES report (id),
    kind           TEXT NOT NULL,
    subject        TEXT NOT NULL,
    hedged         INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL
) WITHOUT ROWID;

-- Decisions of people on anything, by its printed id: only ever added, the last one counts.
CREATE TABLE decision (
    number     INTEGER PRIMARY KEY,
    subject    TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    reason     TEXT NOT NULL,
    seen_score REAL
);
CREATE INDEX decision_subject ON decision (subject, number);

-- Notices as canonical JSON; `signed` is the whole signed document once it was issued, and never changes.
CREATE TABLE notice (
    id      BLOB PRIMARY KEY,
    number  TEXT NOT NULL UNIQUE,
    state   TEXT NOT NULL,
    payload BLOB NOT NULL,
    signed  BLOB
) WITHOUT ROWID;

CREATE TABLE ingest (
    number     INTEGER PRIMARY KEY,
    input      TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended      INTEGER NOT NULL DEFAULT 0,
    last_line  INTEGER NOT NULL DEFAULT 0,
    accepted   INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    refused    INTEGER NOT NULL DEFAULT 0
);

-- Who did what: a hash chain that is only ever added to.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash     BLOB NOT NULL
);

CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER decision_keeps BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only'); END;
CREATE TRIGGER notice_signed_keeps BEFORE UPDATE OF signed ON notice WHEN OLD.signed IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a signed notice does not change'); END;
