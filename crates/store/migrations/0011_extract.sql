-- Public extracts of notices: each proposal and each decision on one is a step; steps are only added.
CREATE TABLE extract_step (
    number  INTEGER PRIMARY KEY,
    notice  BLOB NOT NULL REFERENCES notice (id),
    state   TEXT NOT NULL,
    -- What was chosen, in the step that proposes it.
    choice  TEXT,
    who     TEXT NOT NULL,
    at      TEXT NOT NULL,
    why     TEXT NOT NULL
);
CREATE INDEX extract_step_notice ON extract_step (notice, number);
CREATE TRIGGER extract_step_keeps BEFORE UPDATE ON extract_step
BEGIN SELECT RAISE (ABORT, 'steps of an extract are append-only'); END;
CREATE TRIGGER extract_step_stays BEFORE DELETE ON extract_step
BEGIN SELECT RAISE (ABORT, 'steps of an extract are append-only'); END;
