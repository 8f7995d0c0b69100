-- Finding reports again. Everything here is derived from the reports; where it is missing it is made anew.

-- The terms of a text and its facets (kind, language, country, identifier, day, …, see store/src/search.rs), so that one
-- walk over lists in the order of arrival answers any mixture of them. `rowid` is the number of the report's first
-- sighting. It keeps no text: that stands in `report` alone. The terms are cut by us, so that the simplest
-- tokenizer will do. The one table that is particular to SQLite.
CREATE VIRTUAL TABLE search_text USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- How much is gathered in memory before it is written, in bytes.
INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 16777216);

-- What is read of each hit.
CREATE TABLE search_entry (
    number   INTEGER PRIMARY KEY,
    report   BLOB NOT NULL,
    tlp      INTEGER NOT NULL,
    log_odds REAL
);
CREATE INDEX search_entry_score ON search_entry (log_odds);

CREATE INDEX candidate_report ON candidate (report);

-- Reports that wait to be read: they are new, or were seen in a further place. What another version of the stages
-- read waits, too.
CREATE TABLE report_waiting (
    report BLOB PRIMARY KEY REFERENCES report (id)
) WITHOUT ROWID;
INSERT INTO report_waiting (report)
    SELECT r.id FROM report r WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.report = r.id);
CREATE INDEX finding_version ON finding (version);

-- Campaigns as a reader with a clearance sees them: what lists are sorted by. One row for each clearance at which some
-- member may be seen.
CREATE TABLE campaign_view (
    clearance INTEGER NOT NULL,
    id        BLOB NOT NULL,
    members   INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day  INTEGER NOT NULL,
    suspicion REAL NOT NULL,
    languages TEXT NOT NULL,
    countries TEXT NOT NULL,
    PRIMARY KEY (clearance, id)
) WITHOUT ROWID;
CREATE INDEX campaign_view_members ON campaign_view (clearance, members);
CREATE INDEX campaign_view_suspicion ON campaign_view (clearance, suspicion);
CREATE INDEX campaign_view_last_day ON campaign_view (clearance, last_day);

-- How many members were first published, or else received, on which day (days since 1970-01-01).
CREATE TABLE campaign_day (
    id      BLOB NOT NULL,
    day     INTEGER NOT NULL,
    tlp     INTEGER NOT NULL,
    members INTEGER NOT NULL,
    PRIMARY KEY (id, day, tlp)
) WITHOUT ROWID;
CREATE INDEX campaign_day_day ON campaign_day (day, id, tlp, members);

-- Campaigns whose views are to be made anew, whoever changed them.
CREATE TABLE campaign_stale (
    id BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO campaign_stale (id) SELECT id FROM campaign;
CREATE TRIGGER campaign_member_comes AFTER INSERT ON campaign_member
BEGIN INSERT OR IGNORE INTO campaign_stale (id) VALUES (NEW.home); END;
CREATE TRIGGER campaign_member_moves AFTER UPDATE OF home ON campaign_member
BEGIN INSERT OR IGNORE INTO campaign_stale (id) VALUES (OLD.home), (NEW.home); END;
CREATE TRIGGER campaign_member_goes AFTER DELETE ON campaign_member
BEGIN INSERT OR IGNORE INTO campaign_stale (id) VALUES (OLD.home); END;
CREATE TRIGGER campaign_merges AFTER UPDATE OF whole ON campaign
BEGIN INSERT OR IGNORE INTO campaign_stale (id) VALUES (OLD.whole), (NEW.whole), (NEW.id); END;
CREATE TRIGGER campaign_member_marked AFTER UPDATE OF tlp ON report
BEGIN INSERT OR IGNORE INTO campaign_stale (id) SELECT home FROM campaign_member WHERE report = NEW.id; END;
CREATE TRIGGER campaign_member_read AFTER UPDATE ON finding
BEGIN INSERT OR IGNORE INTO campaign_stale (id) SELECT home FROM campaign_member WHERE report = NEW.report; END;
