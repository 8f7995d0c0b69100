-- Values that are written with capitals (wallets, some handles), to be found whatever the case they are asked for in.
CREATE INDEX observable_case ON observable (value COLLATE NOCASE) WHERE value <> lower(value);
