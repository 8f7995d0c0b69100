-- Views of the network that people saved: what was asked for and how it was laid out, as JSON. They are
-- conveniences of their owners and no decisions: they may change and go.
CREATE TABLE network_view (
    owner    TEXT NOT NULL,
    name     TEXT NOT NULL,
    -- Seen by others too, if they may see what the owner might see at the time.
    shared   INTEGER NOT NULL,
    tlp      INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    payload  TEXT NOT NULL,
    PRIMARY KEY (owner, name)
) WITHOUT ROWID;

-- Whether anything changed is asked at each page view; counting by the small index spares the wide rows.
CREATE INDEX incident_known_from ON incident (known_from);
