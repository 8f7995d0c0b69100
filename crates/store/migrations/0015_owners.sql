-- Organisations that sources belong to. Their numbers are in the codes below, so none is ever given again.
CREATE TABLE organisation (
    number INTEGER PRIMARY KEY,
    -- The name without case and spaces: by it names are compared.
    key    TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL
);

-- Every source of a sighting; most belong to nobody in particular.
CREATE TABLE source (
    name         TEXT PRIMARY KEY,
    organisation INTEGER REFERENCES organisation (number)
) WITHOUT ROWID;
CREATE INDEX source_organisation ON source (organisation) WHERE organisation IS NOT NULL;
INSERT INTO source (name) SELECT DISTINCT source FROM sighting;

-- From now on `tlp` of `report`, `search_entry` and `campaign_day`, and `clearance` of `campaign_view`, hold a code of
-- who sees something (store/src/audience.rs): the marking's number, or, of what stays with an organisation, sixteen
-- times the organisation's number more. What was written before has no owner and stays as it is.

-- The organisations whose restricted reports the owner of a view could see when it was saved: their numbers as JSON, 0
-- for every one.
ALTER TABLE network_view ADD COLUMN organisations TEXT NOT NULL DEFAULT '[]';
