//! *Which rows does one page of a list show?* Only these are read, however many there are.

use std::collections::{BTreeMap, BTreeSet};

use annalist_data::gazetteer::fold;
use annalist_schema::{Event, Standing, Verdict};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, ToSql, params_from_iter};
use serde::Serialize;

use super::json::Json;
use super::search;
use crate::query::{Area, Query};

/// Sentences that are looked through for the events that they state.
const MOST_SENTENCES: i64 = 2000;

/// What is asked of the events of an archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// What they are.
    pub query: Query,
    /// What they are to those who report them.
    pub standing: Option<Standing>,
    /// Words, all of which must stand in a sentence that states the event.
    pub words: Option<String>,
    /// Part of the name of an outlet, of which some report must tell it.
    pub outlet: Option<String>,
}

/// In which order events come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By day, undated last.
    #[default]
    Day,
    /// The last day first, undated last.
    Latest,
    /// The weightiest first.
    Weight,
}

/// Which rows of all that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many are passed over.
    pub offset: usize,
    /// How many are wanted at most.
    pub limit: usize,
}

impl Window {
    /// The first.
    pub const fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }
}

/// Some rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Listed<T> {
    /// Those of the window.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: usize,
}

/// How many events there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// By PLOVER type, the most first.
    pub types: Vec<(String, usize)>,
    /// By what they are to those who report them, the most first.
    pub standings: Vec<(String, usize)>,
    /// By year, oldest first.
    pub years: Vec<(String, usize)>,
    /// On which reports contradict one another.
    pub contradictory: usize,
    /// That several reports tell.
    pub shared: usize,
    /// That have no day.
    pub undated: usize,
    /// All.
    pub total: usize,
}

/// What a chart of events needs of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventLine {
    /// Its id.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
    /// How much it matters.
    pub points: u32,
    /// Reports that tell it.
    pub n_reports: usize,
    /// Whether reports contradict one another on it, and nobody has decided.
    pub is_contradicted: bool,
    /// The sentence that tells it best.
    pub headline: Option<String>,
}

/// The events of one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spot {
    /// Its name, if more than its country is known.
    pub place: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// Degrees north and east.
    pub point: (f64, f64),
    /// Events.
    pub n_events: usize,
    /// Whether reports contradict one another on any of them, and nobody has decided.
    pub is_contradicted: bool,
}

/// What must hold of the rows of `event_line`, and with which values.
#[derive(Default)]
struct Clause {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Clause {
    fn add(&mut self, part: &str, values: impl IntoIterator<Item = Value>) {
        self.parts.push(part.to_owned());
        self.values.extend(values);
    }

    /// One of several values.
    fn add_any(&mut self, before: &str, values: BTreeSet<String>, after: &str) {
        let marks = vec!["?"; values.len()].join(", ");
        self.add(&format!("{before}({marks}){after}"), values.into_iter().map(Value::from));
    }

    fn text(&self) -> String {
        if self.parts.is_empty() { "1".to_owned() } else { self.parts.join(" AND ") }
    }

    fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }

    fn of(connection: &Connection, asked: &Asked) -> rusqlite::Result<Self> {
        let Query { days, about, actor, place, event_type, verdict, undecided, reports, status, min_killed } =
            &asked.query;
        let mut clause = Self::default();
        if let Some(days) = days {
            let [from, to] = [days.earliest, days.latest].map(|day| Value::from(day.to_string()));
            clause.add("line.first_day <= ? AND line.last_day >= ?", [to, from]);
        }
        if let Some(event_type) = event_type {
            clause.add("line.type = ?", [Value::from(event_type.as_str().to_owned())]);
        }
        if let Some(standing) = asked.standing {
            clause.add("standing = ?", [Value::from(standing.as_str().to_owned())]);
        }
        if let Some(status) = status {
            clause.add("instr(status, ?)", [barred(status.as_str())]);
        }
        if let Some(least) = min_killed {
            clause.add("killed >= ?", [Value::from(*least)]);
        }
        if *undecided {
            clause.add("differs <> ''", []);
        }
        if let Some(verdict) = verdict {
            clause.verdict(*verdict, *undecided);
        }
        if let Some(actor) = actor {
            clause.add(OF_PARTY, of_party(actor));
        }
        if let Some(place) = place {
            clause.add_any(OF_PLACE.0, places(connection, place)?, OF_PLACE.1);
        }
        if let Some(about) = about {
            clause.values.extend(of_party(about));
            let either = format!("({OF_PARTY} OR {}", OF_PLACE.0);
            clause.add_any(&either, places(connection, about)?, &format!("{})", OF_PLACE.1));
        }
        if let Some(reports) = reports {
            clause.add_any(OF_REPORT.0, reports.clone(), OF_REPORT.1);
        }
        if let Some(outlet) = &asked.outlet {
            clause.add_any(OF_OUTLET.0, outlets_named(connection, outlet)?, OF_OUTLET.1);
        }
        let of_words = asked.words.as_deref().map(|words| with_words(connection, words)).transpose()?;
        if let Some(events) = of_words.flatten() {
            let list = events.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            clause.add(&format!("line.event_idx IN ({list})"), []);
        }
        Ok(clause)
    }

    fn verdict(&mut self, verdict: Verdict, undecided: bool) {
        if undecided {
            self.add("instr(differs, ?)", [barred(verdict.as_str())]);
        } else {
            let part = "line.event_idx IN (SELECT event_idx FROM cell WHERE verdict = ?)";
            self.add(part, [Value::from(verdict.as_str().to_owned())]);
        }
    }
}

const OF_PARTY: &str = "(instr(parties, ?) OR instr(codes, ?))";
const OF_PLACE: (&str, &str) =
    ("line.event_idx IN (SELECT event_idx FROM event_place WHERE written IN ", ")");
const OF_OUTLET: (&str, &str) = (
    "line.event_idx IN (SELECT event_idx FROM event_claim JOIN report_line ON report_line.id = report WHERE outlet IN ",
    ")",
);
const OF_REPORT: (&str, &str) =
    ("line.event_idx IN (SELECT event_idx FROM event_claim WHERE report IN ", ")");

fn of_party(wanted: &str) -> [Value; 2] {
    [Value::from(fold(wanted)), barred(wanted)]
}

fn barred(code: &str) -> Value {
    Value::from(format!("|{code}|"))
}

/// All places as cells write them that lie in one asked for.
fn places(connection: &Connection, wanted: &str) -> rusqlite::Result<BTreeSet<String>> {
    let area = Area::new(wanted);
    let mut statement = connection.prepare_cached("SELECT DISTINCT written FROM event_place")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let is_in = |written: &rusqlite::Result<String>| {
        written.as_ref().map_or(true, |written| area.holds_written(written))
    };
    rows.filter(is_in).collect()
}

/// The outlets of the reports that count, those with most first.
pub fn outlets(connection: &Connection) -> rusqlite::Result<Vec<(String, usize)>> {
    let sql = "SELECT outlet, count(*) FROM report_line WHERE outlet IS NOT NULL
               GROUP BY outlet ORDER BY count(*) DESC, outlet";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.try_into().unwrap_or_default())))?;
    rows.collect()
}

/// The outlets of which some words are part of the name.
fn outlets_named(connection: &Connection, words: &str) -> rusqlite::Result<BTreeSet<String>> {
    let wanted = fold(words);
    let outlets = outlets(connection)?.into_iter().map(|(outlet, _)| outlet);
    Ok(outlets.filter(|outlet| fold(outlet).contains(&wanted)).collect())
}

/// Numbers of the events that a sentence with all of some words states.
fn with_words(connection: &Connection, words: &str) -> rusqlite::Result<Option<BTreeSet<i64>>> {
    let phrases = search::phrases(words);
    if phrases.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT event_idx FROM (
            SELECT rowid AS found FROM sentence_search WHERE sentence_search MATCH ?1 ORDER BY rank LIMIT ?2
        ) JOIN sentence ON sentence_idx = found JOIN report USING (report_idx) JOIN claim USING (report_idx)
        JOIN event_claim ON event_claim.report = report.id AND event_claim.claim = claim.id
        WHERE withdrawn IS NULL AND claim.body ->> '$.sentence' = number - 1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params![phrases, MOST_SENTENCES], |row| row.get(0))?;
    rows.collect::<rusqlite::Result<_>>().map(Some)
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Day => "line.first_day IS NULL, line.first_day, line.last_day, line.event_idx",
        Order::Latest => "line.last_day DESC, line.first_day DESC, line.event_idx",
        Order::Weight => "points DESC, line.event_idx",
    }
}

/// Events that fit.
pub fn events(
    connection: &Connection,
    asked: &Asked,
    by: Order,
    window: Window,
) -> rusqlite::Result<Listed<Event>> {
    let clause = Clause::of(connection, asked)?;
    let total = count(connection, &clause)?;
    let sql = format!(
        "SELECT body FROM (SELECT event_idx FROM event_line AS line WHERE {} ORDER BY {} LIMIT {} OFFSET {}) JOIN event USING (event_idx)",
        clause.text(),
        order(by),
        window.limit,
        window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows =
        statement.query_map(params_from_iter(clause.values()), |row| Ok(row.get::<_, Json<Event>>(0)?.0))?;
    Ok(Listed { rows: rows.collect::<rusqlite::Result<_>>()?, total })
}

fn count(connection: &Connection, clause: &Clause) -> rusqlite::Result<usize> {
    let sql = format!("SELECT count(*) FROM event_line AS line WHERE {}", clause.text());
    let mut statement = connection.prepare_cached(&sql)?;
    let total: i64 = statement.query_row(params_from_iter(clause.values()), |row| row.get(0))?;
    Ok(usize::try_from(total).unwrap_or_default())
}

/// What charts need of events that fit.
pub fn lines(
    connection: &Connection,
    asked: &Asked,
    by: Order,
    window: Window,
) -> rusqlite::Result<Listed<EventLine>> {
    let clause = Clause::of(connection, asked)?;
    let total = count(connection, &clause)?;
    let sql = format!(
        "SELECT id, line.type, line.first_day, line.last_day, points, n_reports, differs, body ->> '$.headline[1]'
         FROM event_line AS line JOIN event USING (event_idx) WHERE {} ORDER BY {} LIMIT {} OFFSET {}",
        clause.text(),
        order(by),
        window.limit,
        window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), line)?;
    Ok(Listed { rows: rows.collect::<rusqlite::Result<_>>()?, total })
}

fn line(row: &Row<'_>) -> rusqlite::Result<EventLine> {
    let day = |day: Option<String>| day.and_then(|day| day.parse().ok());
    let differs: String = row.get(6)?;
    Ok(EventLine {
        id: row.get(0)?,
        event_type: row.get(1)?,
        first: day(row.get(2)?),
        last: day(row.get(3)?),
        points: row.get(4)?,
        n_reports: row.get::<_, i64>(5)?.try_into().unwrap_or_default(),
        is_contradicted: differs.contains(Verdict::Contradictory.as_str()),
        headline: row.get(7)?,
    })
}

/// The places of events that fit, those with most first.
pub fn spots(connection: &Connection, asked: &Asked) -> rusqlite::Result<Vec<Spot>> {
    let clause = Clause::of(connection, asked)?;
    let sql = format!(
        "SELECT place, country, line.lat, line.lon, count(*), max(instr(differs, '|contradictory|') > 0)
         FROM event_line AS line JOIN event USING (event_idx)
         WHERE line.lat IS NOT NULL AND line.lon IS NOT NULL AND {}
         GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2",
        clause.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok(Spot {
            place: row.get(0)?,
            country: row.get(1)?,
            point: (row.get(2)?, row.get(3)?),
            n_events: row.get::<_, i64>(4)?.try_into().unwrap_or_default(),
            is_contradicted: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// How many events fit, by kind: one pass over the narrow rows.
pub fn facets(connection: &Connection, asked: &Asked) -> rusqlite::Result<Facets> {
    let clause = Clause::of(connection, asked)?;
    let sql = format!(
        "SELECT type, standing, substr(first_day, 1, 4), n_reports > 1, instr(differs, '|contradictory|') > 0, count(*)
         FROM event_line AS line WHERE {} GROUP BY 1, 2, 3, 4, 5",
        clause.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(clause.values()))?;
    let (mut types, mut standings, mut years) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut facets = Facets::default();
    while let Some(row) = rows.next()? {
        let n = usize::try_from(row.get::<_, i64>(5)?).unwrap_or_default();
        let year: Option<String> = row.get(2)?;
        facets.total += n;
        facets.undated += if year.is_none() { n } else { 0 };
        facets.shared += if row.get(3)? { n } else { 0 };
        facets.contradictory += if row.get(4)? { n } else { 0 };
        for (kinds, kind) in [(&mut types, row.get(0)?), (&mut standings, row.get(1)?), (&mut years, year)] {
            if let Some(kind) = kind {
                *kinds.entry(kind).or_insert(0) += n;
            }
        }
    }
    let most_first = |kinds: BTreeMap<String, usize>| {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        kinds
    };
    Ok(Facets {
        types: most_first(types),
        standings: most_first(standings),
        years: years.into_iter().collect(),
        ..facets
    })
}

/// How many events began in each span of time: by `10`, `7` or `4` letters of their first day.
pub fn histogram(
    connection: &Connection,
    asked: &Asked,
    letters: usize,
) -> rusqlite::Result<Vec<(String, usize)>> {
    let clause = Clause::of(connection, asked)?;
    let sql = format!(
        "SELECT substr(first_day, 1, {letters}) AS span, count(*) FROM event_line AS line
         WHERE first_day IS NOT NULL AND {} GROUP BY span ORDER BY span",
        clause.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.try_into().unwrap_or_default()))
    })?;
    rows.collect()
}

/// Events with the attribute on which their reports differ, the weightiest first; `verdicts` says how.
pub fn differences(
    connection: &Connection,
    asked: &Asked,
    verdicts: &[Verdict],
    window: Window,
) -> rusqlite::Result<Listed<(Event, String)>> {
    let mut clause = Clause::of(connection, asked)?;
    let verdicts = verdicts.iter().map(|verdict| verdict.as_str().to_owned()).collect();
    clause.add_any("verdict IN ", verdicts, "");
    let from = format!("FROM cell JOIN event_line AS line USING (event_idx) WHERE {}", clause.text());
    let mut counted = connection.prepare_cached(&format!("SELECT count(*) {from}"))?;
    let total: i64 = counted.query_row(params_from_iter(clause.values()), |row| row.get(0))?;
    let sql = format!(
        "SELECT body, attribute FROM (SELECT event_idx, attribute {from}
             ORDER BY verdict <> 'contradictory', points DESC, event_idx, attribute LIMIT {} OFFSET {})
         JOIN event USING (event_idx)",
        window.limit, window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok((row.get::<_, Json<Event>>(0)?.0, row.get(1)?))
    })?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Listed { rows, total: usize::try_from(total).unwrap_or_default() })
}

/// The weightiest news: of deeds and of words apart, so many of each.
pub fn weightiest(connection: &Connection, words: &[&str], n: usize) -> rusqlite::Result<Vec<Event>> {
    let list = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
    let mut found = Vec::new();
    for is_in in ["IN", "NOT IN"] {
        let sql = format!(
            "SELECT body FROM (SELECT event_idx FROM event_line AS line JOIN event USING (event_idx)
                 WHERE standing = 'news' AND line.type {is_in} ({list}) ORDER BY points DESC, id LIMIT {n})
             JOIN event USING (event_idx)"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| Ok(row.get::<_, Json<Event>>(0)?.0))?;
        for event in rows {
            found.push(event?);
        }
    }
    Ok(found)
}

/// A party of events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyLine {
    /// What makes two namings one.
    #[serde(skip)]
    pub identity: String,
    /// The name that most events use.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// Sector code.
    pub sector: Option<String>,
    /// Events in which it acts.
    pub n_as_actor: usize,
    /// Events in which it is acted upon.
    pub n_as_recipient: usize,
}

/// The parties of events that fit, the busiest first.
pub fn parties(
    connection: &Connection,
    asked: &Asked,
    window: Window,
) -> rusqlite::Result<Listed<PartyLine>> {
    let clause = Clause::of(connection, asked)?;
    let from = format!(
        "FROM event_party AS party JOIN event_line AS line USING (event_idx) WHERE {}",
        clause.text()
    );
    let sql = format!("SELECT count(DISTINCT identity) {from}");
    let total: i64 =
        connection.prepare_cached(&sql)?.query_row(params_from_iter(clause.values()), |row| row.get(0))?;
    let sql = format!(
        "SELECT identity, max(name), max(party.country), max(sector), sum(acts), sum(1 - acts) {from}
         GROUP BY identity ORDER BY count(DISTINCT event_idx) DESC, identity LIMIT {} OFFSET {}",
        window.limit, window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), |row| {
        let n = |column| row.get::<_, i64>(column).map(|n| usize::try_from(n).unwrap_or_default());
        Ok(PartyLine {
            identity: row.get(0)?,
            name: row.get(1)?,
            country: row.get(2)?,
            sector: row.get(3)?,
            n_as_actor: n(4)?,
            n_as_recipient: n(5)?,
        })
    })?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Listed { rows, total: usize::try_from(total).unwrap_or_default() })
}

/// What one party does to another: how many events of a type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairLine {
    /// Who acts, by [`PartyLine::identity`].
    #[serde(skip)]
    pub actor: String,
    /// Upon whom.
    #[serde(skip)]
    pub recipient: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Events.
    pub n_events: usize,
}

/// What some parties do to one another in events that fit.
pub fn pairs(
    connection: &Connection,
    asked: &Asked,
    among: &BTreeSet<String>,
) -> rusqlite::Result<Vec<PairLine>> {
    let mut clause = Clause::of(connection, asked)?;
    clause.add_any("one.identity IN ", among.clone(), "");
    clause.add_any("other.identity IN ", among.clone(), "");
    let sql = format!(
        "SELECT one.identity, other.identity, line.type, count(DISTINCT event_idx)
         FROM event_party AS one JOIN event_party AS other USING (event_idx) JOIN event_line AS line USING (event_idx)
         WHERE one.acts AND NOT other.acts AND one.identity <> other.identity AND line.type IS NOT NULL AND {}
         GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
        clause.text()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok(PairLine {
            actor: row.get(0)?,
            recipient: row.get(1)?,
            event_type: row.get(2)?,
            n_events: row.get::<_, i64>(3)?.try_into().unwrap_or_default(),
        })
    })?;
    rows.collect()
}

/// Rows of the derived layer's other lists, by key.
pub fn of_table<T: serde::de::DeserializeOwned>(
    connection: &Connection,
    table: &str,
    window: Window,
) -> rusqlite::Result<Listed<T>> {
    let total: i64 = connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
    let sql =
        format!("SELECT body FROM {table} ORDER BY key LIMIT {} OFFSET {}", window.limit, window.offset);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok(row.get::<_, Json<T>>(0)?.0))?;
    Ok(Listed {
        rows: rows.collect::<rusqlite::Result<_>>()?,
        total: usize::try_from(total).unwrap_or_default(),
    })
}
