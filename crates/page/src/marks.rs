//! *How does a verdict look?* The same mark for the same verdict on every view: its form says it, only a contradiction has colour.

use annalist::briefing::words::{amount, attribute};
use annalist::schema::{Cell, CellValue, DayInterval, Event, Verdict};
use maud::{Markup, html};

use crate::words;

/// Words that somebody else wrote: set in their own direction, whatever stands around them.
pub fn told(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// A mark alone; its word stands beside it or in its title.
pub fn mark(verdict: Verdict) -> Markup {
    html! {
        svg.mark.open[verdict == Verdict::Contradictory] viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" {
            @match verdict {
                Verdict::SingleSource => circle.line cx="8" cy="8" r="5" {}
                Verdict::Agreed => circle.full cx="8" cy="8" r="5.75" {}
                Verdict::Compatible => {
                    circle.line cx="8" cy="8" r="5" {}
                    path.full d="M8 3a5 5 0 0 0 0 10z" {}
                }
                Verdict::Superseded => {
                    circle.faint cx="6" cy="8" r="4" {}
                    circle.full cx="10.5" cy="8" r="4.25" {}
                }
                Verdict::DifferentScope => {
                    circle.line cx="4.2" cy="8" r="3" {}
                    circle.full cx="11.8" cy="8" r="3.5" {}
                }
                Verdict::Contradictory => path.line d="M3.5 3.5l9 9M12.5 3.5l-9 9" {}
            }
        }
    }
}

/// What a verdict is called.
pub fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::SingleSource => "one origin",
        Verdict::Agreed => "agreed",
        Verdict::Compatible => "compatible",
        Verdict::Superseded => "superseded",
        Verdict::DifferentScope => "different scope",
        Verdict::Contradictory => "contradictory",
    }
}

/// What a verdict means.
pub fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::SingleSource => "only one independent origin says anything",
        Verdict::Agreed => "equal within the stated precision",
        Verdict::Compatible => "one is vaguer, a bound, or names a part",
        Verdict::Superseded => "a later statement replaces an earlier one",
        Verdict::DifferentScope => "they speak of different areas, periods or categories",
        Verdict::Contradictory => "they cannot all be true",
    }
}

/// The mark with its word.
pub fn verdict(verdict: Verdict) -> Markup {
    html! {
        span.verdict.open[verdict == Verdict::Contradictory] title=(meaning(verdict)) {
            (mark(verdict)) (name(verdict))
        }
    }
}

/// The verdict of a cell: decided where an analyst has chosen.
pub fn of_cell(cell: &Cell) -> Markup {
    match cell.decided {
        None => verdict(cell.verdict),
        Some(number) => html! {
            span.verdict.settled title={ "by decision " (number) "; the reports: " (name(cell.verdict)) } {
                (mark(cell.verdict)) "decided"
            }
        },
    }
}

/// All marks with their meanings.
pub fn legend() -> Markup {
    html! {
        dl.legend {
            @for verdict in Verdict::ALL { div { dt { (self::verdict(*verdict)) } dd { (meaning(*verdict)) } } }
        }
    }
}

/// The name of an attribute, as a question that the cell answers.
pub fn question(attribute_name: &str) -> String {
    match attribute_name {
        "actors" => "who".to_owned(),
        "recipients" => "to whom".to_owned(),
        "date" => "when".to_owned(),
        "place" => "where".to_owned(),
        "status" => "whether".to_owned(),
        "type" => "what".to_owned(),
        "mode" => "how".to_owned(),
        other => attribute(other),
    }
}

/// A value as a person reads it.
pub fn value(attribute: &str, value: &CellValue) -> Markup {
    let shown = if attribute == "date" { words::days(&value.value) } else { amount(&value.value) };
    told(&shown)
}

/// Figures first asked for, then who, when, where, and the codes.
pub fn rank(attribute: &str) -> u8 {
    match attribute {
        "actors" => 1,
        "recipients" => 2,
        "date" => 3,
        "place" => 4,
        "status" => 5,
        "type" => 6,
        "mode" => 7,
        _ => 0,
    }
}

/// The cells of an event in the order of a page, each with its own.
pub fn cells(event: &Event) -> Vec<&Cell> {
    let mut cells: Vec<_> = event.cells.iter().collect();
    cells.sort_by_key(|cell| rank(&cell.attribute));
    cells
}

/// The value that is shown of a cell.
pub fn preferred(cell: &Cell) -> Option<(usize, &CellValue)> {
    let index = cell.preferred.as_ref().map_or(0, |(index, _)| *index);
    Some((index, cell.values.get(index)?))
}

/// Days for a column, with the form that programs read.
pub fn day(date: Option<&str>) -> Markup {
    match date.and_then(DayInterval::parse) {
        Some(days) => html! { time datetime=(days.earliest.to_string()) { (words::short(&days.format())) } },
        None => html! { span.none { "undated" } },
    }
}

/// `ASSAULT`, the marginal note of what it is coded as.
pub fn code(event: &Event) -> Markup {
    let party = |actors: &[annalist::schema::ClaimActor]| {
        let mut codes: Vec<String> = actors
            .iter()
            .map(|actor| {
                let parts =
                    [actor.country.map(|code| code.to_string()), actor.sector.map(|code| code.to_string())];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .filter(|code| !code.is_empty())
            .collect();
        codes.dedup();
        codes.truncate(2);
        codes.join(", ")
    };
    let (actors, recipients) = (party(&event.actors), party(&event.recipients));
    html! {
        span.code {
            @if let Some(event_type) = event.event_type { b { (event_type) } }
            @if !actors.is_empty() { " " (actors) }
            @if !recipients.is_empty() { " → " (recipients) }
        }
    }
}
