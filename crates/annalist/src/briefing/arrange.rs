//! *Where in the briefing does each row of the situation go?*

use std::collections::BTreeMap;

use annalist_schema::{
    Cell, ClaimRef, Event, EventType, PostureSeries, PostureStatement, Process, Published, PublishedBasis,
    ReportNote, Situation, Span, Status, Verdict,
};

use super::outline::headline;
use super::{
    Briefing, CellLine, Dispute, Doubt, Entry, PostureEntry, PostureLine, ProcessLines, ReportLine,
    TransitionLine, ValueLine, words,
};
use crate::figure::is_figure;
use crate::pile::{Citation, Pile};
use crate::rows::Points;

pub fn briefing(situation: &Situation, pile: &Pile) -> Briefing {
    let coded = situation.events.iter().filter(|event| event.event_type.is_some());
    let mut points = Points::default();
    let mut entries: Vec<_> = coded
        .map(|event| (event.event_type.and_then(rank_of_words), entry(event, pile, &mut points)))
        .map(|(rank, entry)| {
            ((rank, entry.date.is_none(), entry.date.clone(), place_in_reports(&entry)), entry)
        })
        .collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    let disputes = disputes(situation, &entries.iter().map(|(_, entry)| entry).collect::<Vec<_>>(), pile);
    let (deeds, words): (Vec<_>, Vec<_>) = entries.into_iter().partition(|((rank, ..), _)| rank.is_none());
    let plain = |entries: Vec<(_, Entry)>| entries.into_iter().map(|(_, entry)| entry).collect();
    Briefing {
        reports: reports(pile),
        disputes,
        deeds: plain(deeds),
        words: plain(words),
        postures: situation.postures.iter().map(|series| posture(series, pile)).collect(),
        processes: situation.processes.iter().map(|track| process(track, pile)).collect(),
        decisions: Vec::new(),
        doubts: doubts(situation, pile),
    }
}

/// Demands, refusals, offers and the like are kept apart from what was done, the most pressing first.
fn rank_of_words(event_type: EventType) -> Option<u8> {
    use EventType::*;
    Some(match event_type {
        Request => 0,
        Reject => 1,
        Threaten => 2,
        Accuse => 3,
        Concede => 4,
        Support => 5,
        Agree => 6,
        _ => return None,
    })
}

/// Where the reports first tell it; the id settles what one sentence tells twice.
fn place_in_reports(entry: &Entry) -> (Option<(usize, usize)>, String) {
    (entry.citations.first().map(|citation| (citation.number, citation.sentence)), entry.id.clone())
}

/// A report that may have been published on any day of so many years is undated, whatever narrowed them down.
const TELLING_YEARS: i64 = 10;

fn is_telling(published: &Published) -> bool {
    published.value.n_days() <= TELLING_YEARS * 366
}

fn reports(pile: &Pile) -> Vec<ReportLine> {
    let line = |(report, reading): &(annalist_schema::Report, annalist_schema::Reading)| {
        let published = reading.report.published.as_ref();
        let dated = published.filter(|published| is_telling(published));
        let inferred = published.is_some_and(|published| published.basis == PublishedBasis::Inferred);
        let sentence = |span: &Span| words::one_line(span.of(&report.text));
        ReportLine {
            number: pile.number(&report.id).unwrap_or_default(),
            id: report.id.clone(),
            title: reading.report.title.as_deref().map(words::one_line),
            outlet: reading.report.outlet.as_deref().map(words::one_line),
            published: dated.map(|published| published.value.format()),
            basis: dated.map(|published| published.basis.as_str()),
            why: published.filter(|_| inferred).map(|published| published.why.clone()).unwrap_or_default(),
            sentences: reading.sentences.iter().map(sentence).collect(),
        }
    };
    pile.entries().iter().map(line).collect()
}

fn entry(event: &Event, pile: &Pile, points: &mut Points) -> Entry {
    let claims: Vec<_> = event.claims.iter().filter_map(|claim| pile.claim(claim)).collect();
    let has_line = |cell: &&Cell| cell.verdict != Verdict::SingleSource || cell.decided.is_some();
    let is_agreed = |cell: &&Cell| cell.verdict == Verdict::Agreed && cell.decided.is_none();
    let figures = event.cells.iter().filter(|cell| is_figure(&cell.attribute));
    let (agreed, differing): (Vec<_>, Vec<_>) = event.cells.iter().filter(has_line).partition(is_agreed);
    Entry {
        id: event.id.clone(),
        date: event.date.clone(),
        code: code(event, &claims),
        actors: event.actors.iter().map(words::actor).collect(),
        recipients: event.recipients.iter().map(words::actor).collect(),
        place: event.place.as_ref().map(words::place),
        figures: figures.map(|cell| cell_line(cell, pile)).collect(),
        statuses: statuses(event, &claims),
        attributed_to: sorted(claims.iter().flat_map(|claim| claim.attributed_to.clone()).collect()),
        agreed: agreed.into_iter().map(|cell| cell.attribute.clone()).collect(),
        cells: differing.into_iter().map(|cell| cell_line(cell, pile)).collect(),
        every: event.cells.iter().map(|cell| cell_line(cell, pile)).collect(),
        citations: citations(&event.claims, pile),
        claims: event.claims.iter().map(ClaimRef::to_string).collect(),
        event: points.of_event(event, pile),
        decisions: event.decisions.clone(),
    }
}

fn code(event: &Event, claims: &[&annalist_schema::Claim]) -> String {
    let stated =
        || sorted(claims.iter().flat_map(|claim| claim.modes.iter().map(|mode| mode.as_str())).collect());
    let modes = decided(event, "mode").map_or_else(stated, |modes| modes.split(", ").collect());
    let event_type = event.event_type.map_or("", EventType::as_str);
    if modes.is_empty() { event_type.to_owned() } else { format!("{event_type} ({})", modes.join(", ")) }
}

/// What the claims say, unless an analyst has decided.
fn statuses(event: &Event, claims: &[&annalist_schema::Claim]) -> Vec<Status> {
    let decided = decided(event, "status").and_then(|status| status.parse().ok());
    let stated = || sorted(claims.iter().map(|claim| claim.status).collect());
    decided.map_or_else(stated, |status| vec![status])
}

/// The value that an analyst decided for.
fn decided<'a>(event: &'a Event, attribute: &str) -> Option<&'a str> {
    let cell = event.cells.iter().find(|cell| cell.attribute == attribute)?;
    let (index, _) = cell.preferred.as_ref().filter(|_| cell.decided.is_some())?;
    cell.values.get(*index).map(|value| value.value.as_str())
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values.dedup();
    values
}

fn citations(claims: &[ClaimRef], pile: &Pile) -> Vec<Citation> {
    let cite = |claim: &ClaimRef| pile.cite(&claim.report, pile.claim(claim)?.trigger);
    sorted(claims.iter().filter_map(cite).collect())
}

/// Where each report states a value, which may be further down than the sentence of its claim.
pub fn citations_of(value: &annalist_schema::CellValue, pile: &Pile) -> Vec<Citation> {
    let cite = |(claim, words): (&ClaimRef, Option<Span>)| {
        let words = words.filter(|words| !words.is_empty());
        pile.cite(&claim.report, words.map_or_else(|| pile.claim(claim).map(|claim| claim.trigger), Some)?)
    };
    sorted(value.stated().filter_map(cite).collect())
}

fn cell_line(cell: &Cell, pile: &Pile) -> CellLine {
    let value = |value: &annalist_schema::CellValue| ValueLine {
        value: value.value.clone(),
        attributed_to: value.attributed_to.clone(),
        citations: citations_of(value, pile),
    };
    let mut values: Vec<_> = cell.values.iter().map(value).collect();
    if let (Some(_), Some((index, _))) = (cell.decided, &cell.preferred) {
        values[..=*index].rotate_right(1);
    }
    CellLine {
        attribute: cell.attribute.clone(),
        values,
        verdict: cell.verdict,
        why: cell.why.clone(),
        n_origins: cell.origins.len(),
        decided: cell.decided,
    }
}

/// Contradictions first, then what differs in scope, then what was superseded; what an analyst has settled last.
fn disputes(situation: &Situation, entries: &[&Entry], pile: &Pile) -> Vec<Dispute> {
    let abouts: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.id.as_str(), *entry)).collect();
    let of_event = |event: &Event| {
        let about = abouts.get(event.id.as_str()).map(|entry| headline(entry)).unwrap_or_default();
        let disputed = event.cells.iter().filter(|cell| is_disputed(cell.verdict));
        disputed
            .map(|cell| Dispute {
                id: Some(event.id.clone()),
                about: about.clone(),
                date: event.date.clone(),
                cell: cell_line(cell, pile),
            })
            .collect::<Vec<_>>()
    };
    let of_posture = |series: &PostureSeries| {
        let about = words::forces(series);
        let disputed = series.cells.iter().filter(|cell| is_disputed(cell.verdict));
        disputed
            .map(|cell| Dispute {
                id: None,
                about: about.clone(),
                date: None,
                cell: posture_cell(cell, series, pile),
            })
            .collect::<Vec<_>>()
    };
    let mut disputes: Vec<_> =
        situation.events.iter().filter(|event| event.event_type.is_some()).flat_map(of_event).collect();
    disputes.extend(situation.postures.iter().flat_map(of_posture));
    disputes.sort_by_key(|dispute| (dispute.cell.decided.is_some(), std::cmp::Reverse(dispute.cell.verdict)));
    disputes
}

/// Whether a cell stands among the differences at the top of the page.
pub fn is_disputed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Contradictory | Verdict::Superseded | Verdict::DifferentScope)
}

/// The claims of a posture cell are statements, not events: report, and `p` with the byte where the statement begins.
fn posture_cell(cell: &Cell, series: &PostureSeries, pile: &Pile) -> CellLine {
    let mut line = cell_line(cell, pile);
    for (value, shown) in cell.values.iter().zip(&mut line.values) {
        let is_meant = |statement: &&PostureStatement, one: &ClaimRef| {
            statement.report == one.report && one.claim == format!("p{}", statement.span.start)
        };
        let of_value =
            |claim: &ClaimRef| series.statements.iter().find(|statement| is_meant(statement, claim));
        let cite = |claim: &ClaimRef| pile.cite(&claim.report, of_value(claim)?.span);
        shown.citations = sorted(value.claims.iter().filter_map(cite).collect());
    }
    line
}

fn posture(series: &PostureSeries, pile: &Pile) -> PostureLine {
    let statement = |statement: &PostureStatement| PostureEntry {
        as_of: statement.as_of.clone(),
        value: statement.value.clone(),
        status: statement.status,
        attributed_to: statement.attributed_to.clone(),
        citation: pile.cite(&statement.report, statement.span),
    };
    PostureLine {
        actor: words::actor(&series.actor),
        place: words::posture_place(series),
        cells: series.cells.iter().map(|cell| posture_cell(cell, series, pile)).collect(),
        statements: series.statements.iter().map(statement).collect(),
    }
}

fn process(process: &Process, pile: &Pile) -> ProcessLines {
    let line = |transition: &annalist_schema::Transition| TransitionLine {
        date: transition.date.clone(),
        code: transition.code.as_str(),
        attributed_to: transition.attributed_to.clone(),
        citations: sorted(
            transition
                .statements
                .iter()
                .filter_map(|statement| pile.cite(&statement.report, statement.span))
                .collect(),
        ),
    };
    ProcessLines {
        process: words::process(&process.process),
        transitions: process.transitions.iter().map(line).collect(),
    }
}

/// What is said of several sentences in the same words is said once.
fn doubts(situation: &Situation, pile: &Pile) -> Vec<Doubt> {
    let of_pile = situation.notes.iter().map(|note| doubt(note, pile));
    let of_reports = pile.entries().iter().flat_map(|(report, reading)| {
        reading
            .notes
            .iter()
            .map(|note| doubt(&ReportNote { report: Some(report.id.clone()), note: note.clone() }, pile))
    });
    let mut doubts: Vec<Doubt> = Vec::new();
    for doubt in of_reports.chain(of_pile) {
        match doubts.iter_mut().find(|known| (known.kind, &known.message) == (doubt.kind, &doubt.message)) {
            Some(known) => {
                known.citations = sorted([known.citations.as_slice(), &doubt.citations].concat());
                known.reports = sorted([known.reports.as_slice(), &doubt.reports].concat());
            }
            None => doubts.push(doubt),
        }
    }
    doubts
}

fn doubt(note: &ReportNote, pile: &Pile) -> Doubt {
    let citation =
        note.report.as_deref().zip(note.note.span).and_then(|(report, span)| pile.cite(report, span));
    let whole = note.report.as_deref().filter(|_| citation.is_none()).and_then(|report| pile.number(report));
    Doubt {
        kind: note.note.kind.as_str(),
        message: note.note.message.clone(),
        citations: citation.into_iter().collect(),
        reports: whole.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{DayInterval, Reading, Report, ReportHead};

    use super::*;

    fn check(days: &str, basis: PublishedBasis, expected: &str) {
        let value = DayInterval::parse(days).unwrap();
        let published =
            Published { value, basis, why: vec!["Alma-Ata is no capital.".to_owned()], odds: Vec::new() };
        let head = ReportHead { published: Some(published), ..ReportHead::default() };
        let pile = Pile::new(vec![(Report::default(), Reading { report: head, ..Reading::default() })]);
        let line = reports(&pile).remove(0);
        let json = (line.published.clone(), line.basis);
        assert_eq!(words::published(&line), expected, "{days}");
        assert_eq!(json.0.is_none(), expected == "undated", "{json:?}");
        assert_eq!(json.0.is_none(), json.1.is_none(), "{json:?}");
        assert_eq!(line.why.is_empty(), basis != PublishedBasis::Inferred);
    }

    #[test]
    fn a_date_is_told_alike_on_the_page_and_in_rows() {
        use PublishedBasis::{Given, Inferred, Metadata};
        check("2015-04-15", Given, "published 2015-04-15");
        check("2015-04-15", Metadata, "dated 2015-04-15 by its own dateline");
        check("2015-04-01/2015-05-15", Inferred, "dated 2015-04-01 to 2015-05-15 from its content");
        check("1984-01-01/2024-12-31", Inferred, "undated");
    }
}
