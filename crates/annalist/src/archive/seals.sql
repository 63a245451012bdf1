-- Hashes over what is kept, all columns: a report with its reading, claims and sentences; a revision with what it
-- withdrew, decided, undid and logged.
CREATE TABLE seal (
    what TEXT NOT NULL,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (what, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_withdrawn ON report (withdrawn) WHERE withdrawn IS NOT NULL;
