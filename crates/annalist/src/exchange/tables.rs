//! *How do events, claims, figures and reports look in our own tables?* One value a cell; several are joined by `; `.

use std::sync::Arc;

use annalist_schema::{ClaimActor, Span};
use serde_json::Value;

use super::account::{Account, Saying, Source, Told};
use super::layout::Kind::{Day, Flag, Integer, List, Number, Text};
use super::layout::{Column, column, list, maybe, number};
use crate::briefing::arrange::is_disputed;
use crate::briefing::words;
use crate::figure::figures;
use crate::pile::Pile;

/// One row an event.
pub static EVENTS: &[Column<Told>] = &[
    column("id", Text, "", "Id of the event: its earliest claim, `report/claim`.", |told| {
        told.event.id.clone().into()
    }),
    column("date_start", Day, "UTC day", "First day on which it may have happened.", |told| {
        maybe(told.days().map(|days| days.earliest.to_string()))
    }),
    column("date_end", Day, "UTC day", "Last day on which it may have happened.", |told| {
        maybe(told.days().map(|days| days.latest.to_string()))
    }),
    column("date_precision", Text, "day, month, year or interval", "How exactly the day is known.", |told| {
        maybe(told.days().map(|days| days.granularity()))
    }),
    column("type", Text, "PLOVER", "What kind of event it is.", |told| {
        maybe(told.event.event_type.map(|one| one.as_str()))
    }),
    column("mode", List, "PLOVER", "In which way it was done.", |told| list(told.modes())),
    column("contexts", List, "PLOVER", "What it is about.", |told| {
        list(told.of_claims(|claim| claim.contexts.clone()))
    }),
    column(
        "cameo",
        Text,
        "CAMEO",
        "The finest code that its claims support; text, for leading zeros count.",
        |told| maybe(told.event.cameo.as_ref().map(|code| code.as_str())),
    ),
    column(
        "quad",
        Integer,
        "PLOVER",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        |told| maybe(told.event.event_type.map(|one| one.quad() as u8)),
    ),
    column(
        "intensity",
        Number,
        "PLOVER, -10 to 10",
        "From the worst conflict to the closest cooperation.",
        |told| maybe(told.intensity().map(number)),
    ),
    column(
        "status",
        Text,
        "",
        "Whether it happened, is planned, denied, hypothetical or demanded.",
        |told| told.status().as_str().into(),
    ),
    column("actors", List, "", "Who does it.", |told| names(&told.event.actors)),
    column("actor_countries", List, "ISO 3166-1 alpha-3 or PLOVER", "Their countries.", |told| {
        countries(&told.event.actors)
    }),
    column("actor_sectors", List, "PLOVER", "What they are.", |told| sectors(&told.event.actors)),
    column("recipients", List, "", "To whom.", |told| names(&told.event.recipients)),
    column("recipient_countries", List, "ISO 3166-1 alpha-3 or PLOVER", "Their countries.", |told| {
        countries(&told.event.recipients)
    }),
    column("recipient_sectors", List, "PLOVER", "What they are.", |told| sectors(&told.event.recipients)),
    column("place", Text, "", "Name of the place.", |told| maybe(told.spot().name)),
    column("admin1", Text, "", "State or province of the place.", |told| maybe(told.spot().admin1)),
    column("admin2", Text, "", "County or district of the place.", |told| maybe(told.spot().admin2)),
    column("country", Text, "ISO 3166-1 alpha-3", "Country of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.country).map(|country| country.to_string()))
    }),
    column("latitude", Number, "degrees north, WGS 84", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lat))
    }),
    column("longitude", Number, "degrees east, WGS 84", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lon))
    }),
    column("geonames_id", Integer, "GeoNames", "Id of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.geonames_id))
    }),
    column(
        "place_precision",
        Text,
        "point, district, province, region, country or water",
        "How exactly the place is known.",
        |told| maybe(told.precision().map(super::account::PlacePrecision::as_str)),
    ),
    column("killed_low", Number, "persons", "The lowest figure that anybody states.", |told| {
        low(told, "killed")
    }),
    column(
        "killed_best",
        Number,
        "persons",
        "The preferred figure; where reports contradict one another and nothing speaks for one, the lowest.",
        |told| best(told, "killed"),
    ),
    column("killed_high", Number, "persons", "The highest figure.", |told| high(told, "killed")),
    column("wounded_low", Number, "persons", "As for the killed.", |told| low(told, "wounded")),
    column("wounded_best", Number, "persons", "As for the killed.", |told| best(told, "wounded")),
    column("wounded_high", Number, "persons", "As for the killed.", |told| high(told, "wounded")),
    column("differs", List, "", "Attributes on which the reports differ.", |told| {
        list(told.event.cells.iter().filter(|cell| is_disputed(cell.verdict)).map(|cell| &cell.attribute))
    }),
    column("n_claims", Integer, "claims", "How many claims tell it.", |told| told.event.claims.len().into()),
    column("n_reports", Integer, "reports", "How many reports tell it.", |told| told.sources().len().into()),
    column(
        "n_origins",
        Integer,
        "origins",
        "How many independent origins are behind them; reports that copy one another count once.",
        |told| told.origins().len().into(),
    ),
    column("outlets", List, "", "Who published them.", |told| list(told.outlets())),
    column("attributed_to", List, "", "Who is said to say so.", |told| list(told.speakers())),
    column(
        "standing",
        Text,
        "news, undated, background, opinion or forecast",
        "What it is to those who report it.",
        |told| told.event.weight.standing.as_str().into(),
    ),
    column("quote", Text, "", "The sentence that tells it best.", |told| {
        maybe(told.best().map(|saying| words::one_line(saying.quote())))
    }),
    column("quote_report", Text, "", "Id of the report of the sentence.", |told| {
        maybe(told.best().map(|saying| saying.source.report.id.clone()))
    }),
    column(
        "quote_start",
        Integer,
        "code points",
        "Where the sentence begins in the report's text.",
        |told| maybe(told.best().map(|saying| sentence(saying).start)),
    ),
    column("quote_end", Integer, "code points", "Where it ends.", |told| {
        maybe(told.best().map(|saying| sentence(saying).end))
    }),
    column("decisions", List, "", "Numbers of the analyst's decisions that made it what it is.", |told| {
        list(&told.event.decisions)
    }),
];

/// One row a claim: what one report states of one event.
pub static CLAIMS: &[Column<Saying>] = &[
    column("event", Text, "", "Id of the event.", |saying| saying.event.clone().into()),
    column("id", Text, "", "Id of the claim, `report/claim`.", |saying| saying.id().into()),
    column("report", Text, "", "Id of the report.", |saying| saying.source.report.id.clone().into()),
    column("outlet", Text, "", "Who published the report.", |saying| maybe(saying.source.outlet())),
    column(
        "published",
        Text,
        "day, month, year or two days with `/`",
        "When the report was published.",
        |saying| maybe(saying.source.published().map(|days| days.format())),
    ),
    column("type", Text, "PLOVER", "What kind of event the claim states.", |saying| {
        maybe(saying.claim.event_type.map(|one| one.as_str()))
    }),
    column("mode", List, "PLOVER", "In which way.", |saying| list(&saying.claim.modes)),
    column("cameo", Text, "CAMEO", "Its code.", |saying| {
        maybe(saying.claim.cameo.as_ref().map(|code| code.as_str()))
    }),
    column("status", Text, "", "Whether it is said to have happened.", |saying| {
        saying.claim.status.as_str().into()
    }),
    column("actors", List, "", "Who is said to do it.", |saying| names(&saying.claim.actors)),
    column("recipients", List, "", "To whom.", |saying| names(&saying.claim.recipients)),
    column(
        "date",
        Text,
        "day, month, year or two days with `/`",
        "When it is said to have happened.",
        |saying| maybe(saying.claim.date.map(|days| days.format())),
    ),
    column("place", Text, "", "Where.", |saying| {
        maybe(saying.claim.place.as_ref().and_then(|place| place.name.clone()))
    }),
    column(
        "attributed_to",
        List,
        "",
        "Who says so, where the report does not say it in its own voice.",
        |saying| list(&saying.claim.attributed_to),
    ),
    column("hedged", Flag, "", "Whether the report does not vouch for it: “allegedly”.", |saying| {
        saying.claim.hedged.into()
    }),
    column("score", Number, "probability", "How likely the claim is right.", |saying| {
        let score = f64::from(saying.claim.score);
        ((score * 1e4).round() / 1e4).into()
    }),
    column("rule", Text, "", "Lexicon entry, rule or model that coded it.", |saying| {
        saying.claim.rule.clone().into()
    }),
    column("quote", Text, "", "Its sentence.", |saying| words::one_line(saying.quote()).into()),
    column(
        "quote_start",
        Integer,
        "code points",
        "Where the sentence begins in the report's text.",
        |saying| sentence(saying).start.into(),
    ),
    column("quote_end", Integer, "code points", "Where it ends.", |saying| sentence(saying).end.into()),
    column("trigger_start", Integer, "code points", "Where the words for the deed begin.", |saying| {
        saying.source.points(saying.claim.trigger).start.into()
    }),
    column("trigger_end", Integer, "code points", "Where they end.", |saying| {
        saying.source.points(saying.claim.trigger).end.into()
    }),
];

/// A figure of an event.
pub struct Counted(crate::figure::Figure);

/// One row a figure that anybody states.
pub static FIGURES: &[Column<Counted>] = &[
    column("event", Text, "", "Id of the event.", |row| row.0.event.clone().into()),
    column("what", Text, "", "What is counted.", |row| row.0.what.clone().into()),
    column(
        "comparison",
        Text,
        "exactly, at least, more than, at most, fewer than or about",
        "How the number is meant, in words: a sign is a formula to some programs.",
        |row| crate::query::in_words(row.0.cmp).into(),
    ),
    column("n", Number, "as `what` says", "The number.", |row| number(row.0.n)),
    column("n2", Number, "as `what` says", "Upper end of a range.", |row| maybe(row.0.n2.map(number))),
    column("of", Text, "", "The counted part, if one is named.", |row| maybe(row.0.of.clone())),
    column("attributed_to", List, "", "Who is said to say so.", |row| list(&row.0.by)),
    column("preferred", Flag, "", "Whether the event shows it, of all that are given of the thing.", |row| {
        row.0.is_preferred.into()
    }),
    column("verdict", Text, "", "How the figures of the thing stand to each other.", |row| {
        row.0.verdict.as_str().into()
    }),
    column("claims", List, "", "The claims that state it.", |row| list(&row.0.claims)),
    column("quote", Text, "", "The first sentence that states it.", |row| {
        maybe(row.0.citations.first().map(|citation| citation.text.clone()))
    }),
];

/// One row a report.
pub static REPORTS: &[Column<Arc<Source>>] = &[
    column("id", Text, "", "Id of the report.", |source| source.report.id.clone().into()),
    column("number", Integer, "", "Its number in the pile, by day of publication.", |source| {
        source.number.into()
    }),
    column("title", Text, "", "Its title.", |source| maybe(source.title().map(words::one_line))),
    column("outlet", Text, "", "Who published it.", |source| maybe(source.outlet())),
    column("url", Text, "", "Where.", |source| maybe(source.report.url.clone())),
    column("published", Text, "day, month, year or two days with `/`", "When.", |source| {
        maybe(source.published().map(|days| days.format()))
    }),
    column("published_basis", Text, "given, metadata or inferred", "How that is known.", |source| {
        maybe(source.reading.report.published.as_ref().map(|published| published.basis.as_str()))
    }),
    column("lang", Text, "ISO 639-1", "Its language.", |source| maybe(source.lang())),
    column("n_characters", Integer, "code points", "How long its text is.", |source| {
        source.report.text.chars().count().into()
    }),
    column("n_claims", Integer, "claims", "How many claims were read from it.", |source| {
        source.reading.claims.len().into()
    }),
];

/// The figures of all events.
pub fn figures_of(account: &Account) -> Vec<Counted> {
    // What cites a sentence is a pile.
    let entries = account.sources().iter().map(|source| (source.report.clone(), source.reading.clone()));
    let pile = Pile::new(entries.collect());
    let typed = account.situation().events.iter().filter(|event| event.event_type.is_some());
    typed.flat_map(|event| figures(event, &pile)).map(Counted).collect()
}

fn sentence(saying: &Saying) -> Span {
    saying.source.points(saying.sentence())
}

fn names(parties: &[ClaimActor]) -> Value {
    list(parties.iter().map(|party| &party.name))
}

fn countries(parties: &[ClaimActor]) -> Value {
    list(parties.iter().map(|party| party.country.map(|country| country.to_string()).unwrap_or_default()))
}

fn sectors(parties: &[ClaimActor]) -> Value {
    list(parties.iter().map(|party| party.sector.map_or("", |sector| sector.as_str())))
}

fn low(told: &Told, what: &str) -> Value {
    maybe(told.range(what).map(|range| number(range.low)))
}

fn best(told: &Told, what: &str) -> Value {
    maybe(told.range(what).map(|range| number(range.best)))
}

fn high(told: &Told, what: &str) -> Value {
    maybe(told.range(what).map(|range| number(range.high)))
}
