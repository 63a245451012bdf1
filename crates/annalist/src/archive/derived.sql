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

-- What lists are picked, ordered and counted by, without bodies being read.
CREATE TABLE event_line (
    event_idx INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    type TEXT,
    first_day TEXT,
    last_day TEXT,
    points INTEGER NOT NULL,
    standing TEXT NOT NULL,
    -- The status preferred, or all that are stated: `|happened|planned|`.
    status TEXT NOT NULL,
    -- The verdicts on which nobody has decided, where reports differ: `|contradictory|`.
    differs TEXT NOT NULL,
    n_reports INTEGER NOT NULL,
    -- The largest number killed that is no upper bound, of the figure preferred or of any.
    killed REAL,
    -- Names of its parties, folded, and after them their codes and ids: `|name|name||COL|MIL|`.
    parties TEXT NOT NULL,
    codes TEXT NOT NULL,
    lat REAL,
    lon REAL
) STRICT;
CREATE INDEX event_line_by_day ON event_line (first_day, event_idx);
CREATE INDEX event_line_by_points ON event_line (standing, points DESC, event_idx);
CREATE INDEX event_line_by_differs ON event_line (points DESC, event_idx) WHERE differs <> '';

-- What lists pick reports by, of those that count.
CREATE TABLE report_line (
    report_idx INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    published_from TEXT,
    published_to TEXT,
    outlet TEXT,
    title TEXT
) STRICT;
CREATE INDEX report_line_by_day ON report_line (published_to DESC, report_idx DESC);
CREATE INDEX report_line_by_outlet ON report_line (outlet);

-- Each place that a cell writes.
CREATE TABLE event_place (
    written TEXT NOT NULL,
    event_idx INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    PRIMARY KEY (written, event_idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_event ON event_place (event_idx);

-- Who acts and who is acted upon, as preferred.
CREATE TABLE event_party (
    event_idx INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    position INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    PRIMARY KEY (event_idx, position)
) STRICT, WITHOUT ROWID;

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
