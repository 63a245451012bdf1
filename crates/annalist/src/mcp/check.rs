//! *Do the reports say so?* A sentence is read like a report and reconciled with those of the archive: what it joins supports or
//! contradicts it.

use annalist_reconcile::{Amount, read_figure};
use annalist_schema::{
    Cell, ClaimRef, Comparator, DayInterval, Event, Reading, Report, Span, Status, Verdict,
};
use serde_json::{Value, json};

use super::Desk;
use super::words::{Numbered, are_said, numbers};
use crate::figure::is_figure;
use crate::pile::{Citation, Pile};

/// Id of the sentence, which no report has.
const ASKED: &str = "\u{1}asked";

/// Attributes on which an event and a sentence must agree for the event to speak of it.
const TELLING: [&str; 7] = ["actors", "recipients", "date", "place", "status", "killed", "wounded"];

/// What the reports say of a sentence.
pub fn check(desk: &Desk<'_>, sentence: &str) -> Result<Value, String> {
    let pile = desk.archive.pile(None).map_err(|error| error.to_string())?;
    // "Today" is the day of the last report.
    let last = pile
        .entries()
        .iter()
        .filter_map(|(_, reading)| reading.report.published.as_ref())
        .map(|one| one.value.latest)
        .max();
    let asked = Report {
        id: ASKED.to_owned(),
        text: sentence.to_owned(),
        outlet: Some(ASKED.to_owned()),
        published: last.map(DayInterval::day),
        ..Report::default()
    };
    let Some(reading) =
        desk.reader.read(std::slice::from_ref(&asked)).pop().filter(|reading| !reading.claims.is_empty())
    else {
        return Ok(json!({
            "verdict": "absent", "reason": "The sentence states no event that can be looked for; ask search_events.",
            "quotes": [], "against": [], "events": [],
        }));
    };
    let mut readings: Vec<Reading> = pile.entries().iter().map(|(_, reading)| reading.clone()).collect();
    let numbers = undated(sentence, &reading);
    let n_claims = reading.claims.len();
    readings.push(reading);
    let decisions = desk.archive.counting().map_err(|error| error.to_string())?;
    let situation = annalist_reconcile::reconcile_decided(readings, &decisions);
    let is_joined = |event: &&Event| is_of(event, ASKED) && !event.claims.iter().all(is_asked);
    let joined = situation.events.iter().filter(is_joined);
    // Of what the sentence states besides, no report speaks.
    let n_joined = joined.clone().flat_map(|event| &event.claims).filter(|claim| is_asked(claim)).count();
    let mut found: Vec<_> = joined.map(|event| Found::of(event, &pile)).collect();
    found.iter_mut().for_each(|one| one.count(&numbers));
    if let Some(first) = found.first_mut().filter(|_| n_joined < n_claims) {
        first.unsaid.push("other statements".to_owned());
    }
    Ok(verdict(&found))
}

/// Numbers of the sentence but those of its dates.
fn undated(sentence: &str, reading: &Reading) -> Vec<Numbered> {
    let timed = reading.timexes.iter().map(|timex| Span::from(timex.span));
    numbers(sentence, &timed.collect::<Vec<_>>())
}

/// What one event that the sentence joined says of it.
struct Found {
    event: String,
    /// Sentences of reports that state the event.
    quotes: Vec<Citation>,
    /// Attributes on which the sentence stands against the reports, with their sentences.
    against: Vec<(String, String, Vec<Citation>)>,
    /// Attributes that the sentence has and no report states.
    unsaid: Vec<String>,
    /// Numbers of the sentence that stand beside those of reports in a cell.
    counted: Vec<f64>,
}

impl Found {
    fn of(event: &Event, pile: &Pile) -> Self {
        let cells = event
            .cells
            .iter()
            .filter(|cell| TELLING.contains(&cell.attribute.as_str()) || is_figure(&cell.attribute));
        let own: Vec<_> = cells.filter(|cell| values_of(cell, ASKED).next().is_some()).collect();
        let is_open = |cell: &&&Cell| match cell.attribute.as_str() {
            attribute if is_figure(attribute) => is_other_figure(cell),
            // Where reports are divided, the sentence is with one side of them.
            "status" => {
                cell.verdict == Verdict::Contradictory && (!is_shared(cell) || is_denied(event, pile))
            }
            _ => cell.verdict == Verdict::Contradictory && !is_shared(cell),
        };
        let against = own.iter().filter(is_open).map(|cell| {
            let others = cell.values.iter().filter(|value| !value.claims.iter().any(is_asked));
            let said: Vec<_> = others.clone().map(|value| value.value.clone()).collect();
            let quotes =
                others.flat_map(|value| crate::briefing::arrange::citations_of(value, pile)).collect();
            (cell.attribute.clone(), said.join(" | "), quotes)
        });
        let mut quotes: Vec<_> = event
            .claims
            .iter()
            .filter(|claim| !is_asked(claim))
            .filter_map(|claim| pile.cite(&claim.report, pile.claim(claim)?.trigger))
            .collect();
        quotes.sort();
        quotes.dedup();
        // Of parties and places the words may stand in a sentence where no cell has them.
        let texts = || quotes.iter().map(|quote| quote.text.as_str());
        let is_unsaid = |cell: &&&Cell| {
            let is_alone = cell.values.iter().all(|value| value.claims.iter().all(is_asked));
            let is_named = matches!(cell.attribute.as_str(), "actors" | "recipients" | "place");
            let has_words = values_of(cell, ASKED)
                .all(|value| are_said(value.split(" (").next().unwrap_or(value), texts()));
            if is_named { !is_shared(cell) && !has_words } else { is_alone }
        };
        Self {
            event: event
                .claims
                .iter()
                .find(|claim| !is_asked(claim))
                .map(ToString::to_string)
                .unwrap_or_default(),
            unsaid: own.iter().filter(is_unsaid).map(|cell| cell.attribute.clone()).collect(),
            counted: own
                .iter()
                .filter(|cell| is_figure(&cell.attribute))
                .flat_map(|cell| values_of(cell, ASKED).filter_map(read_figure))
                .map(|amount| amount.n)
                .collect(),
            against: against.collect(),
            quotes,
        }
    }

    /// Sets numbers that no cell has beside those of the sentences: another number of the same thing stands against the
    /// sentence, none at all leaves it unsaid.
    fn count(&mut self, asked: &[Numbered]) {
        let counted = std::mem::take(&mut self.counted);
        for number in asked.iter().filter(|number| !counted.contains(&(number.n as f64))) {
            let of = |quote: &Citation| {
                numbers(&quote.text, &[]).into_iter().filter(|one| one.is_beside(number)).collect::<Vec<_>>()
            };
            let beside: Vec<_> =
                self.quotes.iter().map(|quote| (quote, of(quote))).filter(|(_, of)| !of.is_empty()).collect();
            let is_said = beside.iter().any(|(_, of)| of.iter().any(|one| one.n == number.n));
            if beside.is_empty() {
                self.unsaid.push(format!("number {}", number.n));
            } else if !is_said {
                let said: Vec<_> =
                    beside.iter().flat_map(|(_, of)| of).map(|one| one.n.to_string()).collect();
                let quotes = beside.iter().map(|(quote, _)| (*quote).clone()).collect();
                self.against.push(("number".to_owned(), said.join(" | "), quotes));
            }
        }
    }
}

/// Whether a report states the value that the sentence gives.
fn is_shared(cell: &Cell) -> bool {
    let own = cell.values.iter().filter(|value| value.claims.iter().any(is_asked));
    own.into_iter().any(|value| !value.claims.iter().all(is_asked))
}

/// Whether the party that the sentence names is said not to have done it.
fn is_denied(event: &Event, pile: &Pile) -> bool {
    let actors = event.cells.iter().filter(|cell| cell.attribute == "actors").flat_map(|cell| &cell.values);
    let mut beside = actors.filter(|value| value.claims.iter().any(is_asked)).flat_map(|value| &value.claims);
    beside.any(|claim| pile.claim(claim).is_some_and(|claim| claim.status == Status::Denied))
}

/// Whether the sentence gives a number of something that no report gives of it, and reports give others.
fn is_other_figure(cell: &Cell) -> bool {
    let (own, others): (Vec<_>, Vec<_>) =
        cell.values.iter().partition(|value| value.claims.iter().any(is_asked));
    let amounts = |values: &[&annalist_schema::CellValue]| -> Vec<Amount> {
        values.iter().filter_map(|value| read_figure(&value.value)).collect()
    };
    let is_said = own.iter().any(|value| !value.claims.iter().all(is_asked));
    let (own, others) = (amounts(&own), amounts(&others));
    // Of the same thing, as far as either names it: `miner` and `miners`.
    let is_within = |one: &str, other: &str| are_said(one, std::iter::once(other));
    let is_comparable = |one: &Amount, other: &Amount| match (&one.of, &other.of) {
        (Some(one), Some(other)) => one == other || is_within(one, other) || is_within(other, one),
        _ => true,
    };
    let pairs = own.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let pairs: Vec<_> = pairs.filter(|(one, other)| is_comparable(one, other)).collect();
    !is_said && !pairs.is_empty() && pairs.iter().all(|(one, other)| are_apart(one, other))
}

fn are_apart(one: &Amount, other: &Amount) -> bool {
    let ((low, high), (other_low, other_high)) = (bounds(one), bounds(other));
    low > other_high || other_low > high
}

/// What a number may be as it is meant.
fn bounds(amount: &Amount) -> (f64, f64) {
    let n = amount.n;
    match amount.cmp {
        Comparator::Equal => (n, amount.n2.unwrap_or(n).max(n)),
        Comparator::AtLeast | Comparator::MoreThan => (n, f64::INFINITY),
        Comparator::AtMost | Comparator::LessThan => (0.0, n),
        Comparator::About => (n * 0.8, n * 1.25),
    }
}

fn is_asked(claim: &ClaimRef) -> bool {
    claim.report == ASKED
}

fn is_of(event: &Event, report: &str) -> bool {
    event.claims.iter().any(|claim| claim.report == report)
}

fn values_of<'a>(cell: &'a Cell, report: &'a str) -> impl Iterator<Item = &'a str> {
    let told =
        cell.values.iter().filter(move |value| value.claims.iter().any(|claim| claim.report == report));
    told.map(|value| value.value.as_str())
}

fn verdict(found: &[Found]) -> Value {
    let quotes: Vec<_> = found.iter().flat_map(|one| one.quotes.iter().map(quote)).collect();
    let against: Vec<_> = found
        .iter()
        .flat_map(|one| &one.against)
        .map(|(attribute, said, quotes)| json!({"attribute": attribute, "reports_say": said, "quotes": quotes.iter().map(quote).collect::<Vec<_>>()}))
        .collect();
    let events: Vec<_> = found.iter().map(|one| one.event.clone()).collect();
    let unsaid: Vec<_> = found.iter().flat_map(|one| one.unsaid.clone()).collect();
    let (verdict, reason) = if !against.is_empty() {
        (
            "contradicted",
            "Reports of the same event say otherwise on the attributes under `against`.".to_owned(),
        )
    } else if quotes.is_empty() {
        ("absent", "No report of the archive states such an event; that does not make it false.".to_owned())
    } else if unsaid.is_empty() {
        ("supported", "Reports state the event as the sentence does; see `quotes`.".to_owned())
    } else {
        ("absent", format!("Reports state the event, but none says the sentence's {}.", unsaid.join(", ")))
    };
    json!({"verdict": verdict, "reason": reason, "quotes": quotes, "against": against, "events": events})
}

fn quote(citation: &Citation) -> Value {
    json!({"report": citation.report, "sentence": citation.sentence, "text": citation.text})
}
