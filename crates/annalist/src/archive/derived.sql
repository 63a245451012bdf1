-- What follows from readings and decisions. These tables can be dropped at any time: the next opening fills them again.
-- Bodies are the rows of `annalist reconcile`, offsets in bytes; the other columns are for looking things up.

CREATE TABLE event (
    event_idx INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT,
    first_day TEXT,
    last_day TEXT,
    place TEXT,
    country TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_day ON event (first_day);

CREATE TABLE event_claim (
    event_idx INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    report TEXT NOT NULL,
    claim TEXT NOT NULL,
    PRIMARY KEY (report, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_of_event ON event_claim (event_idx);

CREATE TABLE cell (
    event_idx INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    attribute TEXT NOT NULL,
    verdict TEXT NOT NULL,
    preferred TEXT,
    n_values INTEGER NOT NULL,
    n_origins INTEGER NOT NULL,
    PRIMARY KEY (event_idx, attribute)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_verdict ON cell (verdict);

CREATE TABLE posture (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE process (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE report_copy (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE situation_note (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

-- What lets one report come in without all others being compared again. Positions count the claims of a report by id.

-- What tells how alike a report is to others.
CREATE TABLE head (report_idx INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
-- What linking knows of a report, so that its reading need not be opened.
CREATE TABLE card (
    report_idx INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    claims TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
-- Where claims stand on their shelves: the bytes sort as the shelves do.
CREATE TABLE place (
    place BLOB PRIMARY KEY,
    report_idx INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- To which claims that are likelier one event with it than not a claim leads, on which way.
CREATE TABLE lead (
    report_idx INTEGER NOT NULL,
    position INTEGER NOT NULL,
    by_kin INTEGER NOT NULL,
    to_report INTEGER NOT NULL,
    to_position INTEGER NOT NULL,
    likely REAL NOT NULL,
    PRIMARY KEY (report_idx, position, by_kin, to_report, to_position)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_to ON lead (to_report, to_position);
-- Which sentences a report prints, by their hashes.
CREATE TABLE print (
    hash INTEGER NOT NULL,
    report_idx INTEGER NOT NULL,
    PRIMARY KEY (hash, report_idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_of ON print (report_idx);
