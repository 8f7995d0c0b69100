-- The index of the clusterer, so that new reports are compared without reading all others again. It is derived
-- from the reports; where it is missing it is made anew.
CREATE TABLE campaign_index (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    engine   TEXT NOT NULL,
    sighting INTEGER NOT NULL,
    bytes    INTEGER NOT NULL
);

-- In parts, because a row has a limit.
CREATE TABLE campaign_index_part (
    part  INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);
