//! *Where in the briefing does each row of the situation go?*

use annalist_schema::{
    Cell, ClaimActor, ClaimPlace, ClaimRef, Event, EventType, PostureSeries, Process, PublishedBasis,
    ReportNote, Situation, Verdict,
};

use super::{
    Briefing, CellLine, Dispute, Doubt, Entry, PostureEntry, PostureLine, ProcessLines, ReportLine,
    TransitionLine, ValueLine,
};
use crate::pile::{Citation, Pile};

/// Attributes that an entry shows in places of their own; every other attribute is a figure.
const PLAIN_ATTRIBUTES: [&str; 7] = ["actors", "recipients", "date", "place", "status", "mode", "type"];

pub fn briefing(situation: &Situation, pile: &Pile) -> Briefing {
    let coded = situation.events.iter().filter(|event| event.event_type.is_some());
    let (mut words, mut deeds): (Vec<_>, Vec<_>) =
        coded.partition(|event| event.event_type.is_some_and(is_said_rather_than_done));
    for events in [&mut words, &mut deeds] {
        events.sort_by_key(|event| (event.date.is_none(), event.date.clone(), event.id.clone()));
    }
    let entries = |events: Vec<&Event>| events.into_iter().map(|event| entry(event, pile)).collect();
    Briefing {
        reports: reports(pile),
        disputes: disputes(situation, pile),
        deeds: entries(deeds),
        words: entries(words),
        postures: situation.postures.iter().map(|series| posture(series, pile)).collect(),
        processes: situation.processes.iter().map(|track| process(track, pile)).collect(),
        doubts: doubts(situation, pile),
    }
}

/// Demands, refusals, offers and the like are kept apart from what was done.
fn is_said_rather_than_done(event_type: EventType) -> bool {
    use EventType::*;
    matches!(event_type, Agree | Support | Concede | Request | Accuse | Reject | Threaten)
}

fn reports(pile: &Pile) -> Vec<ReportLine> {
    let line = |(report, reading): &(annalist_schema::Report, annalist_schema::Reading)| {
        let published = reading.report.published.as_ref();
        let inferred = published.is_some_and(|published| published.basis == PublishedBasis::Inferred);
        let sentence = |span: &annalist_schema::Span| {
            span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        ReportLine {
            number: pile.number(&report.id).unwrap_or_default(),
            id: report.id.clone(),
            title: reading.report.title.clone(),
            outlet: reading.report.outlet.clone(),
            published: published.map(|published| published.value.format()),
            basis: published.map(|published| published.basis.as_str()),
            why: published.filter(|_| inferred).map(|published| published.why.clone()).unwrap_or_default(),
            sentences: reading.sentences.iter().map(sentence).collect(),
        }
    };
    pile.entries().iter().map(line).collect()
}

fn entry(event: &Event, pile: &Pile) -> Entry {
    let claims: Vec<_> = event.claims.iter().filter_map(|claim| pile.claim(claim)).collect();
    let several_speak = |cell: &&Cell| cell.verdict != Verdict::SingleSource;
    let figures = event.cells.iter().filter(|cell| !PLAIN_ATTRIBUTES.contains(&cell.attribute.as_str()));
    let (agreed, differing): (Vec<_>, Vec<_>) =
        event.cells.iter().filter(several_speak).partition(|cell| cell.verdict == Verdict::Agreed);
    Entry {
        id: event.id.clone(),
        date: event.date.clone(),
        code: code(event, &claims),
        actors: event.actors.iter().map(actor_name).collect(),
        recipients: event.recipients.iter().map(actor_name).collect(),
        place: event.place.as_ref().map(place_name),
        figures: figures.map(|cell| cell_line(cell, pile)).collect(),
        statuses: sorted(claims.iter().map(|claim| claim.status).collect()),
        attributed_to: sorted(claims.iter().flat_map(|claim| claim.attributed_to.clone()).collect()),
        agreed: agreed.into_iter().map(|cell| cell.attribute.clone()).collect(),
        cells: differing.into_iter().map(|cell| cell_line(cell, pile)).collect(),
        citations: citations(&event.claims, pile),
    }
}

fn code(event: &Event, claims: &[&annalist_schema::Claim]) -> String {
    let modes =
        sorted(claims.iter().flat_map(|claim| claim.modes.iter().map(|mode| mode.as_str())).collect());
    let event_type = event.event_type.map_or("", EventType::as_str);
    if modes.is_empty() { event_type.to_owned() } else { format!("{event_type} ({})", modes.join(", ")) }
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values.dedup();
    values
}

fn actor_name(actor: &ClaimActor) -> String {
    let code =
        [actor.country.map(|country| country.to_string()), actor.sector.map(|sector| sector.to_string())];
    let code: Vec<_> = code.into_iter().flatten().collect();
    if code.is_empty() { actor.name.clone() } else { format!("{} ({})", actor.name, code.join(" ")) }
}

fn place_name(place: &ClaimPlace) -> String {
    let country = place.country.map(|country| country.to_string());
    match (&place.name, country) {
        (Some(name), Some(country)) => format!("{name} ({country})"),
        (Some(name), None) => name.clone(),
        (None, country) => country.unwrap_or_default(),
    }
}

fn citations(claims: &[ClaimRef], pile: &Pile) -> Vec<Citation> {
    let cite = |claim: &ClaimRef| pile.cite(&claim.0, pile.claim(claim)?.trigger);
    sorted(claims.iter().filter_map(cite).collect())
}

fn cell_line(cell: &Cell, pile: &Pile) -> CellLine {
    let value = |value: &annalist_schema::CellValue| ValueLine {
        value: value.value.clone(),
        attributed_to: value.attributed_to.clone(),
        citations: citations(&value.claims, pile),
    };
    CellLine {
        attribute: cell.attribute.clone(),
        values: cell.values.iter().map(value).collect(),
        verdict: cell.verdict,
        why: cell.why.clone(),
        n_origins: cell.origins.len(),
    }
}

/// Contradictions first, then what was superseded, then what differs in scope.
fn disputes(situation: &Situation, pile: &Pile) -> Vec<Dispute> {
    let of_event = |event: &Event| {
        let about = entry(event, pile);
        let about = headline(&about);
        let disputed = event.cells.iter().filter(|cell| is_disputed(cell.verdict));
        disputed
            .map(|cell| Dispute {
                about: about.clone(),
                date: event.date.clone(),
                cell: cell_line(cell, pile),
            })
            .collect::<Vec<_>>()
    };
    let of_posture = |series: &PostureSeries| {
        let about = format!("forces of {} in {}", actor_name(&series.actor), posture_place(series));
        let disputed = series.cells.iter().filter(|cell| is_disputed(cell.verdict));
        disputed
            .map(|cell| Dispute { about: about.clone(), date: None, cell: posture_cell(cell, series, pile) })
            .collect::<Vec<_>>()
    };
    let mut disputes: Vec<_> =
        situation.events.iter().filter(|event| event.event_type.is_some()).flat_map(of_event).collect();
    disputes.extend(situation.postures.iter().flat_map(of_posture));
    disputes.sort_by_key(|dispute| std::cmp::Reverse(dispute.cell.verdict));
    disputes
}

fn is_disputed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Contradictory | Verdict::Superseded | Verdict::DifferentScope)
}

/// `ASSAULT (aerial): A → B`.
pub fn headline(entry: &Entry) -> String {
    let actors = if entry.actors.is_empty() { "unknown actor".to_owned() } else { entry.actors.join(", ") };
    let recipients = if entry.recipients.is_empty() {
        String::new()
    } else {
        format!(" → {}", entry.recipients.join(", "))
    };
    format!("{}: {actors}{recipients}", entry.code)
}

fn posture_place(series: &PostureSeries) -> String {
    series.place.as_ref().map_or_else(|| "unknown place".to_owned(), place_name)
}

/// The claims of a posture cell are reports and statements, not events: they cite by the statement's words.
fn posture_cell(cell: &Cell, series: &PostureSeries, pile: &Pile) -> CellLine {
    let mut line = cell_line(cell, pile);
    for (value, shown) in cell.values.iter().zip(&mut line.values) {
        let of_value = |report: &str| series.statements.iter().find(|statement| statement.report == report);
        let cite = |claim: &ClaimRef| pile.cite(&claim.0, of_value(&claim.0)?.span);
        shown.citations = sorted(value.claims.iter().filter_map(cite).collect());
    }
    line
}

fn posture(series: &PostureSeries, pile: &Pile) -> PostureLine {
    let statement = |statement: &annalist_schema::PostureStatement| PostureEntry {
        as_of: statement.as_of.clone(),
        value: statement.value.clone(),
        status: statement.status,
        attributed_to: statement.attributed_to.clone(),
        citation: pile.cite(&statement.report, statement.span),
    };
    PostureLine {
        actor: actor_name(&series.actor),
        place: posture_place(series),
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
        process: process.process.clone(),
        transitions: process.transitions.iter().map(line).collect(),
    }
}

fn doubts(situation: &Situation, pile: &Pile) -> Vec<Doubt> {
    let of_pile = situation.notes.iter().map(|note| doubt(note, pile));
    let of_reports = pile.entries().iter().flat_map(|(report, reading)| {
        reading
            .notes
            .iter()
            .map(|note| doubt(&ReportNote { report: Some(report.id.clone()), note: note.clone() }, pile))
    });
    of_reports.chain(of_pile).collect()
}

fn doubt(note: &ReportNote, pile: &Pile) -> Doubt {
    let citation =
        note.report.as_deref().zip(note.note.span).and_then(|(report, span)| pile.cite(report, span));
    Doubt {
        kind: note.note.kind.as_str(),
        message: note.note.message.clone(),
        citation,
        report: note.report.clone(),
    }
}
