-- What came in and was decided: kept for ever, changed by migrations only.

-- One row a transaction that changed anything; `made` is an instant in UTC.
CREATE TABLE revision (
    revision INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    command TEXT NOT NULL,
    program TEXT NOT NULL
) STRICT;

-- Reports as they came in. A withdrawn report stays, and counts for nothing.
CREATE TABLE report (
    report_idx INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    url TEXT,
    lang TEXT,
    published TEXT,
    published_unread TEXT,
    triggers TEXT,
    added INTEGER NOT NULL REFERENCES revision,
    withdrawn INTEGER REFERENCES revision
) STRICT;
CREATE UNIQUE INDEX report_once ON report (id) WHERE withdrawn IS NULL;
CREATE TRIGGER report_is_never_changed
BEFORE UPDATE OF report_idx, id, hash, text, title, outlet, url, lang, published, published_unread, triggers ON report
BEGIN SELECT RAISE(ABORT, 'a report is never changed; a correction is a new report'); END;
CREATE TRIGGER report_is_kept BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'a report is withdrawn, never deleted'); END;

-- What was read from a report, save its claims. Lists are JSON; offsets count bytes of the report's text in UTF-8.
CREATE TABLE reading (
    report_idx INTEGER PRIMARY KEY REFERENCES report,
    reader TEXT NOT NULL,
    hash TEXT NOT NULL,
    published_from TEXT,
    published_to TEXT,
    head TEXT NOT NULL,
    timexes TEXT NOT NULL,
    toponyms TEXT NOT NULL,
    mentions TEXT NOT NULL,
    postures TEXT NOT NULL,
    process_states TEXT NOT NULL,
    notes TEXT NOT NULL,
    fingerprint TEXT NOT NULL
) STRICT;
CREATE TRIGGER reading_is_never_altered BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'a reading is never altered'); END;
CREATE TRIGGER reading_is_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'a reading is never deleted'); END;

CREATE TABLE claim (
    claim_idx INTEGER PRIMARY KEY,
    report_idx INTEGER NOT NULL REFERENCES report,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    type TEXT AS (body ->> '$.type'),
    date TEXT AS (body ->> '$.date'),
    status TEXT AS (body ->> '$.status'),
    UNIQUE (report_idx, position)
) STRICT;
CREATE TRIGGER claim_is_never_altered BEFORE UPDATE ON claim
BEGIN SELECT RAISE(ABORT, 'a claim is never altered'); END;
CREATE TRIGGER claim_is_kept BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a claim is never deleted'); END;

CREATE TABLE sentence (
    sentence_idx INTEGER PRIMARY KEY,
    report_idx INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    first_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    UNIQUE (report_idx, number)
) STRICT;

-- The words of a sentence are cut from its report, so that the two cannot disagree.
CREATE VIEW sentence_text AS
SELECT sentence_idx, id AS report, number,
    CAST(substr(CAST(text AS BLOB), first_byte + 1, end_byte - first_byte) AS TEXT) AS text
FROM sentence JOIN report USING (report_idx);
CREATE VIRTUAL TABLE sentence_search USING fts5 (
    text, content = 'sentence_text', content_rowid = 'sentence_idx', tokenize = 'unicode61 remove_diacritics 2'
);

-- What each revision changed, for ever: bodies are JSON.
CREATE TABLE change_log (
    change_idx INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revision,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX change_of ON change_log (subject, kind);
CREATE INDEX change_by_revision ON change_log (revision);

-- An analyst's hand: which claims, what is decided of them, and why. An undone decision stays.
CREATE TABLE decision (
    decision INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revision,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    because TEXT NOT NULL,
    undone INTEGER REFERENCES revision
) STRICT;

-- The revision up to which the derived layer holds, and what made it.
CREATE TABLE fusion (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL,
    fuser TEXT NOT NULL
) STRICT;
