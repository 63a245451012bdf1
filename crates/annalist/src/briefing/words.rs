//! *How is a value put in words?* Signs, codes and names of processes as a reader says them.

use annalist_data::gazetteer::Gazetteer;
use annalist_schema::{ClaimActor, ClaimPlace, Event, PostureSeries, Verdict};

use super::{CellLine, ReportLine, ValueLine};
use crate::pile::Citation;

/// Counts of what happens to people: the word stands behind whoever is counted. Other counts name the counted thing.
const HAPPENS_TO_PEOPLE: [&str; 10] = [
    "killed",
    "wounded",
    "killed_or_wounded",
    "missing",
    "detained",
    "abducted",
    "released",
    "surrendered",
    "escaped",
    "displaced",
];

/// `at least 10 soldiers killed`, `about 2,500 troops`, `3 | more than 5 wounded`.
pub fn figure(cell: &CellLine) -> String {
    let values: Vec<_> = cell.values.iter().map(|value| amount(&value.value)).collect();
    counted(&cell.attribute, values.join(" | "))
}

/// An amount with what it counts, unless it says so: `at least 10 soldiers killed`, `about 2,500 troops`.
pub fn counted(what: &str, amount: String) -> String {
    let names_the_counted = amount.ends_with(char::is_alphabetic);
    if names_the_counted && !HAPPENS_TO_PEOPLE.contains(&what) {
        return amount;
    }
    format!("{amount} {}", attribute(what))
}

/// `killed or wounded`.
pub fn attribute(name: &str) -> String {
    name.replace('_', " ")
}

/// `at least 10 soldiers` for `>= 10 soldiers`; what begins with no sign stays as it is.
pub fn amount(value: &str) -> String {
    let in_words = |sign: &str| {
        Some(match sign {
            ">=" => "at least",
            ">" => "more than",
            "<=" => "at most",
            "<" => "fewer than",
            "~" => "about",
            _ => return None,
        })
    };
    match value.split_once(' ').and_then(|(sign, rest)| Some((in_words(sign)?, rest))) {
        Some((words, rest)) => format!("{words} {rest}"),
        None => value.to_owned(),
    }
}

/// `contradictory, 2 origins`: how the origins of a value relate; `decided (contradictory, 2 origins)` once an analyst has
/// chosen.
pub fn verdict_text(cell: &CellLine) -> String {
    let verdict = match cell.n_origins {
        0 | 1 => cell.verdict.to_string(),
        n => format!("{}, {n} origins", cell.verdict),
    };
    match cell.decided {
        None => verdict,
        Some(_) if cell.verdict == Verdict::SingleSource => "decided".to_owned(),
        Some(_) => format!("decided ({verdict})"),
    }
}

/// `[1:2] [2:5]`.
pub fn marks<'a>(citations: impl IntoIterator<Item = &'a Citation>) -> String {
    citations.into_iter().map(Citation::mark).collect::<Vec<_>>().join(" ")
}

/// `killed contradictory, 2 origins: 12 [1:4], according to the army | 9 [2:1] (“12” and “9” cannot both be true.)`; that
/// compatible values can both be true goes without saying.
pub fn cell_text(cell: &CellLine) -> String {
    let values: Vec<_> = cell.values.iter().map(value).collect();
    let why = cell.why.as_ref().filter(|_| needs_why(cell)).map(|why| format!(" ({why})"));
    let (name, verdict) = (attribute(&cell.attribute), verdict_text(cell));
    format!("{name} {verdict}: {}{}", values.join(" | "), why.unwrap_or_default())
}

/// Whether the reason adds to the verdict and the values.
pub fn needs_why(cell: &CellLine) -> bool {
    cell.decided.is_some() || (cell.values.len() > 1 && cell.verdict != Verdict::Compatible)
}

/// `12 [1:4], according to the army`.
fn value(value: &ValueLine) -> String {
    let speakers = according_to(&value.attributed_to);
    let comma = if speakers.is_empty() { "" } else { ", " };
    let marks = marks(&value.citations);
    let space = if marks.is_empty() { "" } else { " " };
    format!("{}{space}{marks}{comma}{speakers}", amount(&value.value))
}

/// `ASSAULT (aerial): A → B`.
pub fn headline(code: &str, actors: &[String], recipients: &[String]) -> String {
    let actors = if actors.is_empty() { "unknown actor".to_owned() } else { actors.join(", ") };
    let recipients =
        if recipients.is_empty() { String::new() } else { format!(" → {}", recipients.join(", ")) };
    format!("{code}: {actors}{recipients}")
}

/// The headline of an event, from its preferred values alone; the words of its sentence where it has no type.
pub fn event(event: &Event) -> String {
    let Some(event_type) = event.event_type else {
        let quote = event.headline.as_ref().map(|(_, quote)| one_line(quote));
        return quote.unwrap_or_else(|| "event without a type".to_owned());
    };
    let mode = event.cells.iter().find(|cell| cell.attribute == "mode").and_then(|cell| {
        let index = cell.preferred.as_ref().map_or(0, |(index, _)| *index);
        cell.values.get(index).map(|value| format!(" ({})", value.value))
    });
    let code = format!("{event_type}{}", mode.unwrap_or_default());
    let names = |actors: &[ClaimActor]| actors.iter().map(actor).collect::<Vec<_>>();
    headline(&code, &names(&event.actors), &names(&event.recipients))
}

/// `forces of National Army of Colombia (COL MIL) in Cauca (COL)`.
pub fn forces(series: &PostureSeries) -> String {
    format!("forces of {} in {}", actor(&series.actor), posture_place(series))
}

/// `National Army of Colombia in Cauca`.
pub fn plain_forces(series: &PostureSeries) -> String {
    let place = series.place.as_ref().and_then(|place| {
        place.name.clone().or_else(|| place.country.map(|country| country_name(&country.to_string())))
    });
    let place = place.map(|place| format!(" in {place}")).unwrap_or_default();
    format!("{}{place}", series.actor.name)
}

/// Where the forces of a series are.
pub fn posture_place(series: &PostureSeries) -> String {
    series.place.as_ref().map_or_else(|| "unknown place".to_owned(), place)
}

/// Text on one line: hard line breaks of a report are not ours to print.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `National Army of Colombia (COL MIL)`, `government (COL GOV, implied)`: a guess is shown as one.
pub fn actor(actor: &ClaimActor) -> String {
    let code =
        [actor.country.map(|country| country.to_string()), actor.sector.map(|sector| sector.to_string())];
    let code: Vec<_> = code.into_iter().flatten().collect();
    let basis = actor.is_guess().then(|| actor.basis.as_str().to_owned());
    let known = [Some(code.join(" ")).filter(|code| !code.is_empty()), basis];
    let known: Vec<_> = known.into_iter().flatten().collect();
    if known.is_empty() { actor.name.clone() } else { format!("{} ({})", actor.name, known.join(", ")) }
}

/// `Cauca (COL)`, or the country's name where nothing finer is known.
pub fn place(place: &ClaimPlace) -> String {
    let country = place.country.map(|country| country.to_string());
    match (&place.name, country) {
        (Some(name), Some(code)) if *name != country_name(&code) => format!("{name} ({code})"),
        (Some(name), _) => name.clone(),
        (None, code) => code.map(|code| country_name(&code)).unwrap_or_default(),
    }
}

/// `Cauca` for `Cauca (COL)`, the country's name for its code alone.
pub fn plain_place(written: &str) -> String {
    written.split_once(" (").map_or_else(|| country_name(written), |(name, _)| name.to_owned())
}

/// The code itself where it is no country's.
fn country_name(code: &str) -> String {
    Gazetteer::embedded().country(code).map_or_else(|| code.to_owned(), |entry| entry.name().to_owned())
}

/// `talks between Cuba and Norway` for `talks:CUB-NOR`.
pub fn process(name: &str) -> String {
    let Some((kind, parties)) = name.split_once(':') else { return name.to_owned() };
    let is_code = |party: &str| party.len() == 3 && party.bytes().all(|byte| byte.is_ascii_uppercase());
    if !parties.split('-').all(is_code) {
        return format!("{kind}: {parties}");
    }
    let parties: Vec<_> = parties.split('-').map(country_name).collect();
    match parties.as_slice() {
        [] => kind.to_owned(),
        [party] => format!("{kind} of {party}"),
        [first @ .., last] => format!("{kind} between {} and {last}", first.join(", ")),
    }
}

/// `dated 2024-02-05 to 2024-02-29 from its content`.
pub fn published(report: &ReportLine) -> String {
    let Some(days) = &report.published else { return "undated".to_owned() };
    let days = days.replace('/', " to ");
    match report.basis {
        Some("inferred") => format!("dated {days} from its content"),
        Some("metadata") => format!("dated {days} by its own dateline"),
        _ => format!("published {days}"),
    }
}

/// `according to A, B`, empty if nobody is named.
pub fn according_to(speakers: &[String]) -> String {
    match speakers {
        [] => String::new(),
        speakers => format!("according to {}", speakers.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_figure(attribute: &str, values: &[&str], expected: &str) {
        let value = |value: &&str| ValueLine {
            value: (*value).to_owned(),
            attributed_to: Vec::new(),
            citations: Vec::new(),
        };
        let cell = CellLine {
            attribute: attribute.to_owned(),
            values: values.iter().map(value).collect(),
            verdict: Verdict::SingleSource,
            why: None,
            n_origins: 1,
            decided: None,
        };
        assert_eq!(figure(&cell), expected);
    }

    #[test]
    fn figures_read_as_they_are_said() {
        check_figure("killed", &[">= 10 soldiers"], "at least 10 soldiers killed");
        check_figure("wounded", &["3", "> 5"], "3 | more than 5 wounded");
        check_figure("troops", &["~ 2,500 U.S. troops"], "about 2,500 U.S. troops");
        check_figure("attacks", &["170"], "170 attacks");
        check_figure("killed_or_wounded", &["<= 4"], "at most 4 killed or wounded");
    }

    #[test]
    fn processes_name_their_parties() {
        assert_eq!(process("talks:CUB-NOR"), "talks between Cuba and Norway");
        assert_eq!(process("ceasefire:YEM"), "ceasefire of Yemen");
        assert_eq!(process("ceasefire"), "ceasefire");
        assert_eq!(process("talks:farc-COL"), "talks: farc-COL");
    }
}
