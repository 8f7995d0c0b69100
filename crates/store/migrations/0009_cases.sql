-- Cases of persons, in two parts: codes that can be counted, and what tells who somebody is.

CREATE TABLE case_file (
    id          TEXT PRIMARY KEY,
    facts       TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    changed_at  TEXT NOT NULL
) WITHOUT ROWID;

-- Sealed under a key of the case, which is sealed under the key of the house. Both are NULL once they are erased;
-- the row stays, so that nobody brings the person back unknowing.
CREATE TABLE case_person (
    case_file   TEXT PRIMARY KEY REFERENCES case_file (id),
    sealed      BLOB,
    wrapped_key BLOB,
    erased_at   TEXT
) WITHOUT ROWID;
CREATE TRIGGER case_person_stays_erased BEFORE UPDATE ON case_person
WHEN OLD.erased_at IS NOT NULL AND NEW.sealed IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'what was erased does not come back'); END;
