-- Requests that carry a key of their own (Idempotency-Key), so that one that is sent again acts once. `status` is
-- NULL while the first is being answered.
CREATE TABLE request (
    who    TEXT NOT NULL,
    key    TEXT NOT NULL,
    digest BLOB NOT NULL,
    at     TEXT NOT NULL,
    status INTEGER,
    answer BLOB,
    PRIMARY KEY (who, key)
) WITHOUT ROWID;
CREATE INDEX request_at ON request (at);
