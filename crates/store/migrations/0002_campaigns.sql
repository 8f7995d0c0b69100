-- Campaigns grow with the reports instead of being found anew. What was found before is derived from the
-- reports and found once more.

DROP TABLE campaign_member;
DROP TABLE campaign;

-- `whole` is the campaign that it is part of now: itself, or the one that it was merged into. A merge that
-- an analyst marked as wrong changes `whole` and nothing else, so that it can be taken back.
CREATE TABLE campaign (
    id              BLOB PRIMARY KEY,
    whole           BLOB NOT NULL,
    size            INTEGER NOT NULL DEFAULT 0,
    described       INTEGER NOT NULL DEFAULT 0,
    relative_length REAL,
    compression     REAL,
    segments        TEXT
) WITHOUT ROWID;
CREATE INDEX campaign_whole ON campaign (whole, id);

-- A report came to one campaign, its home, and stays there; `number` is the order of arrival.
CREATE TABLE campaign_member (
    report BLOB PRIMARY KEY REFERENCES report (id),
    home   BLOB NOT NULL REFERENCES campaign (id),
    number INTEGER NOT NULL,
    role   TEXT NOT NULL DEFAULT 'member'
) WITHOUT ROWID;
CREATE INDEX campaign_member_home ON campaign_member (home, number);

-- Which campaigns turned out to be one, and by which report.
CREATE TABLE campaign_merge (
    number    INTEGER PRIMARY KEY,
    absorbed  BLOB NOT NULL,
    kept      BLOB NOT NULL,
    by_report BLOB NOT NULL,
    at        TEXT NOT NULL,
    UNIQUE (absorbed, kept)
);

-- How far the reports were taken: the last sighting, and the engine that took them.
CREATE TABLE campaign_state (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    engine   TEXT NOT NULL,
    sighting INTEGER NOT NULL
);
