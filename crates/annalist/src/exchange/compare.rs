//! *Which of somebody else's rows do our events match, and where do the figures differ?* For tables in the layouts of GDELT,
//! ACLED, UCDP and POLECAT, and our own table of events.

use std::collections::{BTreeMap, BTreeSet};

use annalist_data::gazetteer::{Gazetteer, country_codes, distance_km, fold};
use annalist_schema::{Cameo, ClaimActor, Country, DayInterval, EventType, Status};
use jiff::civil::Date;
use serde::Serialize;

use super::account::{Account, PlacePrecision, Range, Told};
use super::gdelt;
use super::layout::described;
use crate::briefing::words;
use crate::input::{Failure, failure};
use crate::table::{Record, joined, unguarded};

/// An event that others coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// Line of the file.
    pub line: u64,
    /// Their id.
    pub id: String,
    /// Its days.
    pub days: Option<DayInterval>,
    /// PLOVER types that it may be; any, where there is none.
    pub types: BTreeSet<EventType>,
    /// Names and codes of its parties.
    pub parties: Vec<String>,
    /// Its country.
    pub country: Option<Country>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// Name of its place.
    pub place: String,
    /// How many were killed: lowest and highest.
    pub killed: Option<(f64, f64)>,
}

/// How a row and an event stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Both have it, and what both say of the killed agrees, or one says nothing.
    Matched,
    /// Both have it, with different numbers of killed.
    Differs,
    /// Only they have it.
    OnlyTheirs,
    /// Only we have it.
    OnlyOurs,
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// How they stand to each other.
    pub standing: Standing,
    /// Their id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<String>,
    /// The line of their file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Id of our event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ours: Option<String>,
    /// Its days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What it is about: ours where we have it.
    pub about: String,
    /// Why they are taken for one.
    pub why: Vec<String>,
    /// How many were killed by their row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed_theirs: Option<String>,
    /// How many by our reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed_ours: Option<String>,
}

impl Record for Compared {
    const COLUMNS: &'static [&'static str] =
        &["standing", "theirs", "line", "ours", "date", "about", "why", "killed_theirs", "killed_ours"];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            self.standing.as_str().to_owned(),
            text(&self.theirs),
            joined(self.line),
            text(&self.ours),
            text(&self.date),
            self.about.clone(),
            joined(&self.why),
            text(&self.killed_theirs),
            text(&self.killed_ours),
        ]
    }
}

impl Standing {
    /// Its name in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Differs => "differs",
            Self::OnlyTheirs => "only-theirs",
            Self::OnlyOurs => "only-ours",
        }
    }
}

/// A layout that we can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Acled,
    Ucdp,
    Polecat,
    Gdelt,
    Own,
}

/// The rows of a table, and what could not be read of it.
pub fn coded(name: &str, bytes: &[u8]) -> (Vec<Coded>, Vec<Failure>) {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has_tabs = first.contains(&b'\t');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if has_tabs { b'\t' } else { b',' })
        .quoting(!has_tabs)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut records = reader.byte_records().map_while(Result::ok).map(|record| {
        let cells: Vec<String> =
            record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        (record.position().map_or(0, csv::Position::line), cells)
    });
    let Some((line, first)) = records.next() else {
        return (Vec::new(), vec![failure(name, "empty: expected a table of coded events")]);
    };
    let header: Vec<String> =
        first.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let Some(layout) = layout(&header) else {
        let problem = format!(
            "expected a table in the layout of GDELT, ACLED, UCDP or POLECAT, or of `annalist export --format csv`; found the columns `{}`",
            header.iter().take(12).cloned().collect::<Vec<_>>().join("`, `")
        );
        return (Vec::new(), vec![failure(name, &problem)]);
    };
    let names: Vec<String> = match layout {
        Layout::Gdelt => described(&gdelt::EVENTS).iter().map(|column| column.name.to_owned()).collect(),
        _ => header,
    };
    let is_row = layout == Layout::Gdelt;
    let rows = is_row.then_some((line, first)).into_iter().chain(records);
    let (mut coded, mut failures) = (Vec::new(), Vec::new());
    for (line, cells) in rows {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let row: BTreeMap<&str, &str> =
            names.iter().map(String::as_str).zip(cells.iter().map(|cell| unguarded(cell))).collect();
        let read = Coded { line, ..row_of(layout, &row) };
        match read.days {
            Some(_) => coded.push(read),
            None => failures.push(failure(
                &format!("{name}:{line}"),
                "expected a row with a day, found none that can be read",
            )),
        }
    }
    (coded, failures)
}

fn layout(header: &[String]) -> Option<Layout> {
    let has = |name: &str| header.iter().any(|one| one == name);
    if has("event_date") && has("event_type") {
        return Some(Layout::Acled);
    }
    if has("date_start") && has("best") {
        return Some(Layout::Ucdp);
    }
    if has("Event Date") && has("Event Type") {
        return Some(Layout::Polecat);
    }
    if has("date_start") && has("killed_best") {
        return Some(Layout::Own);
    }
    let is_number = |at: usize| header.get(at).is_some_and(|cell| cell.parse::<u64>().is_ok());
    (header.len() == 61 && is_number(0) && is_number(1)).then_some(Layout::Gdelt)
}

fn row_of(layout: Layout, row: &BTreeMap<&str, &str>) -> Coded {
    let get = |name: &str| row.get(name).copied().unwrap_or_default();
    let number = |name: &str| get(name).parse::<f64>().ok().filter(|number| number.is_finite());
    let day = |name: &str| days(get(name));
    let point = |lat: &str, lon: &str| number(lat).zip(number(lon));
    let parties = |names: &[&str]| {
        names.iter().map(|name| get(name).to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let between = |one: Option<DayInterval>, other: Option<DayInterval>| {
        one.map(|one| DayInterval::new(one.earliest, other.map_or(one.latest, |other| other.latest)))
    };
    match layout {
        Layout::Acled => Coded {
            id: get("event_id_cnty").to_owned(),
            days: day("event_date").map(|days| widened(days, get("time_precision"))),
            types: acled_types(get("event_type")),
            parties: parties(&["actor1", "actor2", "assoc_actor_1", "assoc_actor_2"]),
            country: country(get("country")),
            point: point("latitude", "longitude"),
            place: get("location").to_owned(),
            // A nought is what ACLED writes where nobody says.
            killed: number("fatalities").filter(|n| *n > 0.0).map(|n| (n, n)),
            ..Coded::default()
        },
        Layout::Ucdp => Coded {
            id: first_filled(get("relid"), get("id")),
            days: between(day("date_start"), day("date_end")),
            types: [EventType::Assault].into(),
            parties: parties(&["side_a", "side_b"]),
            country: country(get("country")),
            point: point("latitude", "longitude"),
            place: get("where_coordinates").to_owned(),
            killed: number("low").zip(number("high")).or_else(|| number("best").map(|best| (best, best))),
            ..Coded::default()
        },
        Layout::Polecat => Coded {
            id: get("Event ID").to_owned(),
            days: day("Event Date"),
            types: get("Event Type").parse().into_iter().collect(),
            parties: parties(&["Actor Name", "Recipient Name", "Actor Country", "Recipient Country"]),
            country: country(get("Country")),
            point: point("Latitude", "Longitude"),
            place: get("Placename").to_owned(),
            ..Coded::default()
        },
        Layout::Gdelt => Coded {
            id: get("GlobalEventID").to_owned(),
            days: day("Day"),
            types: cameo_types(get("EventCode")),
            parties: parties(&["Actor1Name", "Actor2Name", "Actor1CountryCode", "Actor2CountryCode"]),
            country: of_fips(get("ActionGeo_CountryCode")),
            point: point("ActionGeo_Lat", "ActionGeo_Long"),
            place: get("ActionGeo_FullName").to_owned(),
            ..Coded::default()
        },
        Layout::Own => Coded {
            id: get("id").to_owned(),
            days: between(day("date_start"), day("date_end")),
            types: get("type").parse().into_iter().collect(),
            parties: parties(&["actors", "recipients"]),
            country: country(get("country")),
            point: point("latitude", "longitude"),
            place: get("place").to_owned(),
            killed: number("killed_low").zip(number("killed_high")),
            ..Coded::default()
        },
    }
}

fn first_filled(one: &str, other: &str) -> String {
    (if one.is_empty() { other } else { one }).to_owned()
}

/// `2021-03-03`, `03 March 2021`, `20210303`, with a time behind or not.
fn days(text: &str) -> Option<DayInterval> {
    let stamped = || match annalist_schema::Stamp::read(text)? {
        annalist_schema::Stamp::Days(days) => Some(days),
        annalist_schema::Stamp::Ambiguous(..) => None,
    };
    DayInterval::parse(text).or_else(stamped)
}

/// ACLED's precision of a day: 2 is within a week, 3 within a month.
fn widened(days: DayInterval, precision: &str) -> DayInterval {
    let day = days.earliest;
    match precision {
        "2" => {
            let (before, after) =
                (day.checked_sub(jiff::Span::new().days(6)), day.checked_add(jiff::Span::new().days(6)));
            DayInterval::new(before.unwrap_or(day), after.unwrap_or(day))
        }
        "3" => DayInterval::new(day.first_of_month(), day.last_of_month()),
        _ => days,
    }
}

fn acled_types(event_type: &str) -> BTreeSet<EventType> {
    match event_type {
        "Battles" | "Explosions/Remote violence" => [EventType::Assault].into(),
        "Violence against civilians" => [EventType::Assault, EventType::Coerce].into(),
        "Protests" => [EventType::Protest].into(),
        "Riots" => [EventType::Protest, EventType::Assault].into(),
        _ => BTreeSet::new(),
    }
}

fn cameo_types(code: &str) -> BTreeSet<EventType> {
    let entry =
        Cameo::new(code).and_then(|code| annalist_data::ontology::ontology().cameo(&code)?.event_type);
    entry.into_iter().collect()
}

fn country(text: &str) -> Option<Country> {
    let gazetteer = Gazetteer::in_use();
    let entry = gazetteer.country(text).or_else(|| gazetteer.country_by_name(text));
    entry.map(|entry| entry.iso3).or_else(|| Country::new(text))
}

fn of_fips(code: &str) -> Option<Country> {
    let all = Gazetteer::in_use().countries().iter().map(|entry| entry.iso3);
    all.into_iter().find(|iso3| !code.is_empty() && country_codes(*iso3).fips == Some(code))
}

/// Events further apart in time are not the same.
const DAYS_APART: i64 = 1;

/// Points further apart are not the same place, and within so many they surely are.
const FAR_KM: f64 = 100.0;
const NEAR_KM: f64 = 30.0;

/// So much must speak for one event: the day alone is one, a place, a party and a figure are one each.
const ENOUGH: f64 = 2.0;

/// Sets rows beside the events of an account; best matches first come first served, one row to one event. Of the events that
/// only we have, those of kinds that their table has are told.
pub fn compare(theirs: &[Coded], account: &Account) -> Vec<Compared> {
    let ours: Vec<Told> =
        account.events().filter(|told| told.status() == Status::Happened && told.days().is_some()).collect();
    let mut pairs: Vec<(f64, usize, usize, Vec<String>)> = Vec::new();
    for (at, row) in theirs.iter().enumerate() {
        for (other, told) in ours.iter().enumerate() {
            let fit = fit(row, told).filter(|(score, _)| *score >= ENOUGH);
            pairs.extend(fit.map(|(score, why)| (score, at, other, why)));
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let (mut of_theirs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, at, other, why) in pairs {
        if !of_theirs.contains_key(&at) && taken.insert(other) {
            of_theirs.insert(at, (other, why));
        }
    }
    let mut compared: Vec<_> = theirs
        .iter()
        .enumerate()
        .map(|(at, row)| match of_theirs.remove(&at) {
            Some((other, why)) => both(row, &ours[other], why),
            None => only_theirs(row),
        })
        .collect();
    let kinds: BTreeSet<_> = theirs.iter().flat_map(|row| &row.types).copied().collect();
    let is_asked =
        |told: &Told| kinds.is_empty() || told.event.event_type.is_some_and(|one| kinds.contains(&one));
    let rest = ours.iter().enumerate().filter(|(other, told)| !taken.contains(other) && is_asked(told));
    compared.extend(rest.map(|(_, told)| only_ours(told)));
    compared
}

/// How much speaks for a row and an event being one, and what; `None` where something speaks against it.
fn fit(row: &Coded, told: &Told) -> Option<(f64, Vec<String>)> {
    let (their_days, our_days) = (row.days?, told.days()?);
    let event_type = told.event.event_type?;
    if !row.types.is_empty() && !row.types.contains(&event_type) {
        return None;
    }
    let gap = gap(their_days, our_days);
    if gap > DAYS_APART || our_days.n_days() > 31 {
        return None;
    }
    let mut why = vec![if gap == 0 { "the same days".to_owned() } else { "a day apart".to_owned() }];
    let mut score = if gap == 0 { 1.0 } else { 0.5 };
    let (place_score, place_why) = place_fit(row, told)?;
    score += place_score;
    why.extend(place_why);
    let named = shared_party(row, told);
    score += f64::from(u8::from(named.is_some()));
    why.extend(named.map(|name| format!("both name {name}")));
    if let (Some((low, high)), Some(range)) = (row.killed, told.range("killed")) {
        let agree = low <= range.high && range.low <= high;
        score += if agree { 1.0 } else { 0.0 };
        why.extend(agree.then(|| "the same number of killed".to_owned()));
    }
    Some((score, why))
}

fn gap(one: DayInterval, other: DayInterval) -> i64 {
    let between = |earlier: Date, later: Date| i64::from((later - earlier).get_days());
    if one.overlaps(&other) {
        0
    } else {
        between(one.latest, other.earliest).max(between(other.latest, one.earliest))
    }
}

fn place_fit(row: &Coded, told: &Told) -> Option<(f64, Option<String>)> {
    let place = told.event.place.as_ref();
    let ours = place.and_then(|place| place.country);
    if row.country.zip(ours).is_some_and(|(one, other)| one != other) {
        return None;
    }
    let is_exact = matches!(told.precision(), Some(PlacePrecision::Point | PlacePrecision::District));
    let point = place.and_then(|place| place.lat.zip(place.lon)).filter(|_| is_exact);
    if let Some((one, other)) = row.point.zip(point) {
        let km = distance_km(one, other);
        return match km {
            km if km > FAR_KM => None,
            km if km > NEAR_KM => Some((0.5, Some(format!("{km:.0} km apart")))),
            km => Some((1.0, Some(format!("{km:.0} km apart")))),
        };
    }
    let name = place.and_then(|place| place.name.as_deref()).map(fold);
    let is_named = name.is_some_and(|name| !name.is_empty() && fold(&row.place).contains(&name));
    let is_there = row.country.is_some() && row.country == ours;
    Some(match (is_named, is_there) {
        (true, _) => (1.0, Some("the same place".to_owned())),
        (_, true) => (0.5, Some("the same country".to_owned())),
        _ => (0.0, None),
    })
}

/// A party that both name, by a word of its name or by its country's code.
fn shared_party(row: &Coded, told: &Told) -> Option<String> {
    let words_of = |name: &str| -> BTreeSet<String> {
        let folded = fold(name);
        folded
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let theirs: BTreeSet<_> = row.parties.iter().flat_map(|name| words_of(name)).collect();
    let is_shared = |party: &&ClaimActor| {
        let is_code =
            party.country.is_some_and(|country| row.parties.iter().any(|one| one == country.as_str()));
        is_code || !words_of(&party.name).is_disjoint(&theirs)
    };
    told.event.actors.iter().chain(&told.event.recipients).find(is_shared).map(|party| party.name.clone())
}

fn both(row: &Coded, told: &Told, why: Vec<String>) -> Compared {
    let range = told.range("killed");
    let differ =
        row.killed.zip(range).is_some_and(|((low, high), range)| low > range.high || high < range.low);
    Compared {
        standing: if differ { Standing::Differs } else { Standing::Matched },
        theirs: Some(row.id.clone()),
        line: Some(row.line),
        why,
        killed_theirs: row.killed.map(|(low, high)| told_as(low, high)),
        ..only_ours(told)
    }
}

fn only_theirs(row: &Coded) -> Compared {
    let place = if row.place.is_empty() { String::new() } else { format!(" in {}", row.place) };
    let types: Vec<_> = row.types.iter().map(|one| one.as_str()).collect();
    Compared {
        standing: Standing::OnlyTheirs,
        theirs: Some(row.id.clone()),
        line: Some(row.line),
        ours: None,
        date: row.days.map(|days| days.format()),
        about: format!("{}: {}{place}", types.join(" or "), row.parties.join(", ")),
        why: Vec::new(),
        killed_theirs: row.killed.map(|(low, high)| told_as(low, high)),
        killed_ours: None,
    }
}

fn only_ours(told: &Told) -> Compared {
    let place =
        told.event.place.as_ref().map(|place| format!(" in {}", words::place(place))).unwrap_or_default();
    Compared {
        standing: Standing::OnlyOurs,
        theirs: None,
        line: None,
        ours: Some(told.event.id.clone()),
        date: told.event.date.clone(),
        about: format!("{}{place}", words::event(&told.event)),
        why: Vec::new(),
        killed_theirs: None,
        killed_ours: told.range("killed").map(|Range { low, high, .. }| told_as(low, high)),
    }
}

/// `9 to 12`, `12`.
fn told_as(low: f64, high: f64) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// For a terminal: how many of each, then a line each.
pub fn text(compared: &[Compared]) -> String {
    let heads = [
        (Standing::Differs, "BOTH HAVE, WITH DIFFERENT NUMBERS OF KILLED"),
        (Standing::Matched, "BOTH HAVE"),
        (Standing::OnlyTheirs, "ONLY THEY HAVE"),
        (Standing::OnlyOurs, "ONLY WE HAVE"),
    ];
    let mut out = String::new();
    for (standing, head) in heads {
        let of_standing: Vec<_> = compared.iter().filter(|one| one.standing == standing).collect();
        if of_standing.is_empty() {
            continue;
        }
        out += &format!("{}{head}: {}\n", if out.is_empty() { "" } else { "\n" }, of_standing.len());
        for one in of_standing {
            out += &crate::plain::line(&line_of(one));
            out.push('\n');
        }
    }
    out
}

fn line_of(one: &Compared) -> String {
    let mut parts = vec![format!("{} {}", one.date.as_deref().unwrap_or("undated"), one.about)];
    parts.extend(one.killed_theirs.as_ref().map(|n| format!("killed by theirs {n}")));
    parts.extend(one.killed_ours.as_ref().map(|n| format!("killed by ours {n}")));
    parts.extend(Some(one.why.join(", ")).filter(|why| !why.is_empty()));
    parts.extend(one.theirs.iter().map(|id| format!("theirs {id}, line {}", one.line.unwrap_or_default())));
    parts.extend(one.ours.iter().map(|id| format!("ours {id}")));
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &str, expected: &str) {
        let (coded, failures) = coded("x.csv", table.as_bytes());
        let shown: Vec<_> = coded
            .iter()
            .map(|row| {
                let country = row.country.map_or_else(|| "-".to_owned(), |country| country.to_string());
                format!(
                    "{} {} {country} {:?}",
                    row.id,
                    row.days.map_or_else(String::new, |days| days.format()),
                    row.killed
                )
            })
            .chain(failures.iter().map(ToString::to_string))
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn tables_of_others_are_read_by_their_headers() {
        check(
            "event_id_cnty,event_date,time_precision,event_type,country,fatalities\nMLI1,03 March 2021,1,Battles,Mali,3\nMLI2,2021-03-03,3,Riots,Mali,0\nMLI3,soon,1,Riots,Mali,0\n",
            "MLI1 2021-03-03 MLI Some((3.0, 3.0))\nMLI2 2021-03 MLI None\nx.csv:4: expected a row with a day, found none that can be read",
        );
        check(
            "id,relid,country,date_start,date_end,best,low,high\n7,MLI-7,Mali,2021-03-01 00:00:00.000,2021-03-02 00:00:00.000,5,4,9\n",
            "MLI-7 2021-03-01/2021-03-02 MLI Some((4.0, 9.0))",
        );
        let mut gdelt = vec![""; 61];
        (gdelt[0], gdelt[1], gdelt[26], gdelt[53]) = ("12", "20210303", "190", "ML");
        check(&(gdelt.join("\t") + "\n"), "12 2021-03-03 MLI None");
        check(
            "a,b\n1,2\n",
            "x.csv: expected a table in the layout of GDELT, ACLED, UCDP or POLECAT, or of `annalist export --format csv`; found the columns `a`, `b`",
        );
        check("", "x.csv: empty: expected a table of coded events");
    }
}
