-- What is exchanged with others: STIX objects, the collections that hold them, and the partners.

-- An object as it came or was made, byte for byte; it is never parsed again on its way out.
CREATE TABLE exchange_object (
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    digest  BLOB NOT NULL,
    tlp     INTEGER NOT NULL,
    pap     INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    creator TEXT,
    bytes   BLOB NOT NULL,
    UNIQUE (id, digest)
);

CREATE TABLE exchange_collection (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    root        TEXT NOT NULL,
    alias       TEXT NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    role        TEXT NOT NULL,
    tlp         INTEGER NOT NULL,
    partner     TEXT,
    UNIQUE (root, alias),
    UNIQUE (root, id)
);

-- An object in a collection. `added` is the instant in microseconds at which it came in, made unique: the key by
-- which pages are cut, so that a page costs the same whatever lies before it.
CREATE TABLE exchange_entry (
    added        INTEGER PRIMARY KEY,
    collection   INTEGER NOT NULL REFERENCES exchange_collection (number),
    object       INTEGER NOT NULL REFERENCES exchange_object (number),
    id           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    spec         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    version_text TEXT NOT NULL,
    is_first     INTEGER NOT NULL,
    is_last      INTEGER NOT NULL
);
CREATE UNIQUE INDEX exchange_entry_version ON exchange_entry (collection, id, version);
CREATE INDEX exchange_entry_last ON exchange_entry (collection, added) WHERE is_last = 1;
CREATE INDEX exchange_entry_all ON exchange_entry (collection, added);
CREATE INDEX exchange_entry_kind ON exchange_entry (collection, kind, added);
CREATE INDEX exchange_entry_spec ON exchange_entry (collection, added) WHERE spec <> '2.1';
CREATE INDEX exchange_entry_object ON exchange_entry (object);

-- What became of a request to add objects.
CREATE TABLE exchange_status (
    id         TEXT PRIMARY KEY,
    root       TEXT NOT NULL,
    author     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    body       TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX exchange_status_at ON exchange_status (at);

-- Another node, or any TAXII 2.1 server. The token lies in a file of its own, never here.
CREATE TABLE exchange_partner (
    id         TEXT PRIMARY KEY,
    config     TEXT NOT NULL
) WITHOUT ROWID;

-- How far the exchange with a partner got.
CREATE TABLE exchange_cursor (
    partner    TEXT NOT NULL REFERENCES exchange_partner (id),
    direction  TEXT NOT NULL,
    collection TEXT NOT NULL,
    position   TEXT NOT NULL,
    PRIMARY KEY (partner, direction, collection)
) WITHOUT ROWID;

-- Each attempt, with what came of it.
CREATE TABLE exchange_run (
    number     INTEGER PRIMARY KEY,
    partner    TEXT NOT NULL REFERENCES exchange_partner (id),
    direction  TEXT NOT NULL,
    at         TEXT NOT NULL,
    accepted   INTEGER NOT NULL,
    known      INTEGER NOT NULL,
    held       INTEGER NOT NULL,
    refused    INTEGER NOT NULL,
    error      TEXT
);
CREATE INDEX exchange_run_partner ON exchange_run (partner, number);

-- What came and is not trusted, with the reason, until a person decides.
CREATE TABLE exchange_quarantine (
    number  INTEGER PRIMARY KEY,
    partner TEXT NOT NULL REFERENCES exchange_partner (id),
    id      TEXT NOT NULL,
    digest  BLOB NOT NULL,
    code    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      TEXT NOT NULL,
    decided TEXT,
    bytes   BLOB NOT NULL,
    UNIQUE (partner, id, digest)
);

-- What was published of an item, so that it gets a new version only when it says something new.
CREATE TABLE exchange_item (
    key      TEXT PRIMARY KEY,
    digest   BLOB NOT NULL,
    modified TEXT NOT NULL
) WITHOUT ROWID;

-- What was taken into the domain out of a collection.
CREATE TABLE exchange_taken (
    id     TEXT NOT NULL,
    digest BLOB NOT NULL,
    became TEXT NOT NULL,
    PRIMARY KEY (id, digest)
) WITHOUT ROWID;
