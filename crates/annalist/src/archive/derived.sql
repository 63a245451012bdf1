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

CREATE TABLE posture (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE process (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE report_copy (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE situation_note (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
