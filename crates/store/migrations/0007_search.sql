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
