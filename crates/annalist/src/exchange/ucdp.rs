//! *How does an event look in UCDP's columns?* Those of its Georeferenced Event Dataset, for violence of which somebody died.

use annalist_schema::{EventType, Sector};
use serde_json::Value;

use super::account::{PlacePrecision, Told};
use super::layout::Kind::{Day, Flag, Integer, Number, Text};
use super::layout::{Column, column, empty, maybe, number};
use super::number_of;
use crate::briefing::words;

/// Why an event has no row, if it has none.
pub fn obstacle(told: &Told) -> Option<&'static str> {
    if told.event.event_type != Some(EventType::Assault) {
        return Some("no violence");
    }
    if told.range("killed").is_none_or(|range| range.high < 1.0) {
        return Some("without a figure of the killed");
    }
    match told.days() {
        None => Some("without a day"),
        Some(days) if days.n_days() > 366 => Some("not known to the year"),
        Some(_) => None,
    }
}

/// 1 state-based, 2 between groups that are no states, 3 against civilians.
fn violence(told: &Told) -> Option<u8> {
    let is_state = |sector: Sector| matches!(sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy);
    let actor = told.event.actors.first()?.sector?;
    let recipient = told.event.recipients.first()?.sector?;
    let is_armed = |sector: Sector| is_state(sector) || sector.is_armed_group();
    match (is_armed(actor), is_armed(recipient)) {
        (true, true) => Some(if is_state(actor) || is_state(recipient) { 1 } else { 2 }),
        (true, false) => (recipient != Sector::Unk).then_some(3),
        _ => None,
    }
}

fn date_precision(n_days: i64) -> u8 {
    match n_days {
        1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

fn place_precision(precision: PlacePrecision) -> u8 {
    match precision {
        PlacePrecision::Point => 1,
        PlacePrecision::District => 3,
        PlacePrecision::Province => 4,
        PlacePrecision::Region => 5,
        PlacePrecision::Country => 6,
        PlacePrecision::Water => 7,
    }
}

fn name_of(parties: &[annalist_schema::ClaimActor]) -> Value {
    maybe(parties.first().map(|party| party.name.clone()))
}

/// The columns.
pub static COLUMNS: &[Column<Told>] = &[
    column("id", Integer, "", "A number made of our id; the same event has the same number.", |told| {
        number_of(&told.event.id).into()
    }),
    column("relid", Text, "", "Our id.", |told| told.event.id.clone().into()),
    column("year", Integer, "", "Year of the first day.", |told| {
        maybe(told.days().map(|days| days.earliest.year()))
    }),
    empty("active_year", "Empty: it is told of a year, not of an event."),
    column(
        "code_status",
        Text,
        "",
        "“Clear” where one origin speaks or the reports agree on the killed, else “Check”.",
        |told| {
            let cell = told.event.cells.iter().find(|cell| cell.attribute == "killed");
            let is_open = cell.is_some_and(|cell| {
                crate::briefing::arrange::is_disputed(cell.verdict) && cell.decided.is_none()
            });
            (if is_open { "Check" } else { "Clear" }).into()
        },
    ),
    column(
        "type_of_violence",
        Integer,
        "UCDP",
        "1 a state takes part, 2 between groups that are no states, 3 against civilians; empty where a party is unknown.",
        |told| maybe(violence(told)),
    ),
    empty("conflict_dset_id", "Empty: UCDP's own numbers."),
    empty("conflict_new_id", "Empty."),
    empty("conflict_name", "Empty."),
    empty("dyad_dset_id", "Empty."),
    empty("dyad_new_id", "Empty."),
    column("dyad_name", Text, "", "Both sides.", |told| {
        let side = |parties: &[annalist_schema::ClaimActor]| parties.first().map(|party| party.name.clone());
        let sides = side(&told.event.actors).zip(side(&told.event.recipients));
        maybe(sides.map(|(one, other)| format!("{one} - {other}")))
    }),
    empty("side_a_dset_id", "Empty."),
    empty("side_a_new_id", "Empty."),
    column("side_a", Text, "", "The first actor.", |told| name_of(&told.event.actors)),
    empty("side_b_dset_id", "Empty."),
    empty("side_b_new_id", "Empty."),
    column("side_b", Text, "", "The first recipient.", |told| name_of(&told.event.recipients)),
    column(
        "number_of_sources",
        Integer,
        "origins",
        "Independent origins; reports that copy one another count once.",
        |told| told.origins().len().into(),
    ),
    column("source_article", Text, "", "Ids of the reports, joined by `; `.", |told| {
        let ids: Vec<_> = told.sources().iter().map(|source| source.report.id.clone()).collect();
        ids.join("; ").into()
    }),
    column("source_office", Text, "", "Their outlets, joined by `; `.", |told| {
        told.outlets().join("; ").into()
    }),
    column("source_date", Text, "", "When they were published, joined by `; `.", |told| {
        let days: Vec<_> =
            told.sources().iter().filter_map(|source| Some(source.published()?.format())).collect();
        days.join("; ").into()
    }),
    column("source_headline", Text, "", "Title of the report that tells it best.", |told| {
        maybe(told.best().and_then(|saying| saying.source.title().map(words::one_line)))
    }),
    column("source_original", Text, "", "Who is said to say so, joined by `; `.", |told| {
        told.speakers().join("; ").into()
    }),
    column(
        "where_prec",
        Integer,
        "1 to 7",
        "1 a point, 3 a district, 4 a province, 5 a region, 6 a country, 7 a sea; 2 is never told.",
        |told| maybe(told.precision().map(place_precision)),
    ),
    column("where_coordinates", Text, "", "The place to which the coordinates belong.", |told| {
        let spot = told.spot();
        maybe(spot.name.or_else(|| spot.country.map(str::to_owned)))
    }),
    column("where_description", Text, "", "The words of the report.", |told| {
        let words = |saying: &super::account::Saying| {
            let place = saying.claim.place.as_ref()?;
            Some(words::one_line(place.span.of(&saying.source.report.text)))
        };
        maybe(told.best().and_then(words))
    }),
    column("adm_1", Text, "", "State or province.", |told| maybe(told.spot().admin1)),
    column("adm_2", Text, "", "District.", |told| maybe(told.spot().admin2)),
    column("latitude", Number, "degrees north", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lat))
    }),
    column("longitude", Number, "degrees east", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lon))
    }),
    column("geom_wkt", Text, "WKT, longitude first", "The same as a point.", |told| {
        let point = told.event.place.as_ref().and_then(|place| place.lon.zip(place.lat));
        maybe(point.map(|(lon, lat)| format!("POINT ({lon} {lat})")))
    }),
    column("priogrid_gid", Integer, "PRIO-GRID", "Cell of half a degree.", |told| {
        let point = told.event.place.as_ref().and_then(|place| place.lat.zip(place.lon));
        maybe(point.map(|(lat, lon)| grid_cell(lat, lon)))
    }),
    column("country", Text, "", "The country.", |told| maybe(told.spot().country)),
    empty("country_id", "Empty: numbers of Gleditsch and Ward, which we do not hold."),
    empty("region", "Empty: UCDP's own grouping."),
    column(
        "event_clarity",
        Integer,
        "1 or 2",
        "1 an event of its own, 2 where a claim speaks of several at once.",
        |told| (if told.sayings.iter().all(|saying| saying.claim.key.plural) { 2 } else { 1 }).into(),
    ),
    column(
        "date_prec",
        Integer,
        "1 to 5",
        "1 the day, 2 within six days, 3 within a week, 4 within a month, 5 within a year.",
        |told| maybe(told.days().map(|days| date_precision(days.n_days()))),
    ),
    column("date_start", Day, "", "First day.", |told| {
        maybe(told.days().map(|days| days.earliest.to_string()))
    }),
    column("date_end", Day, "", "Last day.", |told| maybe(told.days().map(|days| days.latest.to_string()))),
    empty("deaths_a", "Empty: whose dead they are is a figure's `of`, which is words."),
    empty("deaths_b", "Empty."),
    empty("deaths_civilians", "Empty."),
    column(
        "deaths_unknown",
        Number,
        "persons",
        "As `best`: whose dead they are is not told apart.",
        |told| maybe(told.range("killed").map(|range| number(range.best))),
    ),
    column(
        "best",
        Number,
        "persons",
        "The preferred figure; where reports contradict one another and nothing speaks for one, the lowest.",
        |told| maybe(told.range("killed").map(|range| number(range.best))),
    ),
    column("high", Number, "persons", "The highest figure.", |told| {
        maybe(told.range("killed").map(|range| number(range.high)))
    }),
    column("low", Number, "persons", "The lowest figure.", |told| {
        maybe(told.range("killed").map(|range| number(range.low)))
    }),
    empty("gwnoa", "Empty: numbers of Gleditsch and Ward."),
    empty("gwnob", "Empty."),
    column(
        "is_bound",
        Flag,
        "ours",
        "Whether the preferred figure is a bound (“at least 10”) rather than a count.",
        |told| {
            let value = crate::figure::preferred(&told.event.cells, "killed");
            value.is_some_and(|value| value.value.starts_with(['<', '>', '~'])).into()
        },
    ),
];

/// PRIO-GRID counts cells of half a degree from the south-west, row by row.
fn grid_cell(lat: f64, lon: f64) -> i64 {
    let row = (((lat + 90.0) * 2.0).floor() as i64).clamp(0, 359);
    let at = (((lon + 180.0) * 2.0).floor() as i64).clamp(0, 719);
    row * 720 + at + 1
}

/// What UCDP's layout has no place for.
pub static LOST: &[&str] = &[
    "Who says which figure: `csv` in a data package has one row a figure.",
    "The verdicts and the sentences; the numbers of conflicts, dyads and actors are UCDP's own and stay empty.",
    "What nobody is said to have died of, is not known to the year, or is planned, denied, hypothetical or demanded.",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid_are_counted_from_the_south_west() {
        assert_eq!(grid_cell(-89.9, -179.9), 1);
        assert_eq!(grid_cell(89.9, 179.9), 259_200);
        // Gaborone.
        assert_eq!(grid_cell(-24.65, 25.91), 130 * 720 + 411 + 1);
    }
}
