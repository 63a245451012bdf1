//! *How does an event look to scripts for PETRARCH?* "Event data classic" as PETRARCH2 writes it: no header, tabs.

use annalist_schema::ClaimActor;

use super::account::Told;
use super::layout::Kind::Text;
use super::layout::{Column, column, empty, maybe};

/// Unknown, as PETRARCH writes it.
const UNKNOWN: &str = "---";

/// `COLMIL`: country and sector of the first party.
pub fn code_of(parties: &[ClaimActor]) -> Option<String> {
    let party = parties.first()?;
    let country = party.country.map(|country| country.to_string()).unwrap_or_default();
    let sector = party.sector.map_or("", |sector| sector.as_str());
    Some(format!("{country}{sector}")).filter(|code| !code.is_empty())
}

/// The columns.
pub static COLUMNS: &[Column<Told>] = &[
    column("date", Text, "day, YYYYMMDD", "The day.", |told| maybe(told.day().map(super::compact))),
    column(
        "source",
        Text,
        "ISO 3166-1 alpha-3 and PLOVER sector",
        "Who does it; `---` is unknown.",
        |told| code_of(&told.event.actors).unwrap_or_else(|| UNKNOWN.to_owned()).into(),
    ),
    column("target", Text, "ISO 3166-1 alpha-3 and PLOVER sector", "To whom; `---` is unknown.", |told| {
        code_of(&told.event.recipients).unwrap_or_else(|| UNKNOWN.to_owned()).into()
    }),
    column("code", Text, "CAMEO", "The event; text, for leading zeros count.", |told| {
        maybe(told.event.cameo.as_ref().map(|code| code.as_str()))
    }),
    empty("issues", "Empty: we code no issues."),
    column("sentence ids", Text, "", "The claims, `report/claim`, joined by `;`.", |told| {
        told.sayings.iter().map(super::account::Saying::id).collect::<Vec<_>>().join(";").into()
    }),
    column("url", Text, "", "Address of the report that tells it best, or its id.", |told| {
        maybe(told.best().map(|saying| {
            let report = &saying.source.report;
            report.url.clone().unwrap_or_else(|| report.id.clone())
        }))
    }),
    column("story source", Text, "", "Its outlet.", |told| {
        let outlet = told.best().and_then(|saying| saying.source.outlet().map(str::to_owned));
        outlet.unwrap_or_else(|| UNKNOWN.to_owned()).into()
    }),
];

/// What the layout has no place for.
pub static LOST: &[&str] = &[
    "Everything but day, two parties, code and the claims: place, figures, modes, who says so, the verdicts.",
    "All parties but the first. Codes of parties are ISO country and PLOVER sector, not PETRARCH's dictionary.",
    "Events without a day or a CAMEO code; what is planned, denied, hypothetical or demanded.",
];
