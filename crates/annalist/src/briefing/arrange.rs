//! *Where in the briefing does each row of the situation go?*

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use annalist_outlook::answer::Answer;
use annalist_schema::{
    Cell, ClaimRef, DayInterval, Event, EventType, Note, PostureSeries, PostureStatement, Process, Published,
    PublishedBasis, Reading, Report, ReportHead, ReportNote, Situation, Span, Statement, Status, Transition,
    Verdict,
};

use super::front::{Candidates, Front, PublishedDays, Scope, front};
use super::outline::headline;
use super::telling::{self, Source};
use super::{
    Briefing, CellLine, Detail, Dispute, Doubt, Entry, PostureEntry, PostureLine, ProcessLines, ReportLine,
    TransitionLine, ValueLine, Wish, words,
};
use crate::figure::is_figure;
use crate::outlook::Wanted;
use crate::pile::{Citation, Pile};
use crate::rows::Points;

/// Claims whose reports are open at a time.
const FEW_CLAIMS: usize = 1024;

/// A report as a page names it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its number.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// What was read of its title, outlet and date.
    pub head: ReportHead,
    /// What was noted on it.
    pub notes: Vec<Note>,
}

/// Arranges a situation whose reports are all at hand.
pub fn briefing(situation: &Situation, pile: &Pile) -> Briefing {
    let mut open = |_: &BTreeSet<&str>| Ok::<_, Infallible>(pile);
    let named = |(report, reading): &(Report, Reading)| Named {
        number: pile.number(&report.id).unwrap_or_default(),
        id: report.id.clone(),
        head: reading.report.clone(),
        notes: reading.notes.clone(),
    };
    let named: Vec<_> = pile.entries().iter().map(named).collect();
    let wish = Wish::default();
    let mut wanted = Wanted::new(&wish, &named);
    wanted.iter_mut().for_each(|wanted| wanted.take(&situation.events));
    let mut arranging = Arranging::new(wish, &named);
    let Ok(()) = arranging.take(&situation.events, &mut open);
    let outlook = wanted.map_or(Vec::new(), Wanted::answers);
    let Ok(briefing) = arranging.with_outlook(outlook).finish(situation, named, &mut open);
    briefing
}

/// A briefing on the way. It takes events as they come and opens the reports behind a few of them at a time, so that
/// neither need be in memory together: `open` gives those of some ids, with the numbers that they have among all.
pub struct Arranging {
    wish: Wish,
    /// Whether a first page is wanted.
    has_front: bool,
    published: PublishedDays,
    candidates: Candidates,
    points: Points,
    deeds: Vec<Entry>,
    /// Each with the rank of its kind.
    words: Vec<(u8, Entry)>,
    disputes: Vec<Dispute>,
    outlook: Vec<Answer>,
}

impl Arranging {
    /// Nothing yet; of reports that may stand on the page.
    pub fn new(wish: Wish, reports: &[Named]) -> Self {
        let day = |report: &Named| {
            let published = report.head.published.as_ref().filter(|published| is_telling(published))?;
            Some((report.id.clone(), published.value))
        };
        Self { has_front: true, published: reports.iter().filter_map(day).collect(), ..Self::list(wish) }
    }

    /// The same for lists, which have no first page.
    pub fn list(wish: Wish) -> Self {
        Self {
            wish,
            has_front: false,
            published: PublishedDays::new(),
            candidates: Candidates::default(),
            points: Points::default(),
            deeds: Vec::new(),
            words: Vec::new(),
            disputes: Vec::new(),
            outlook: Vec::new(),
        }
    }

    /// The same with what comes next.
    pub fn with_outlook(self, outlook: Vec<Answer>) -> Self {
        Self { outlook, ..self }
    }

    /// Takes the next events of a situation; those without a type are left out.
    pub fn take<P: Borrow<Pile>, E>(
        &mut self,
        events: impl IntoIterator<Item: Borrow<Event>>,
        open: &mut impl FnMut(&BTreeSet<&str>) -> Result<P, E>,
    ) -> Result<(), E> {
        let (mut few, mut n_claims) = (Vec::new(), 0);
        for event in events {
            n_claims += event.borrow().claims.len();
            few.push(event);
            if n_claims >= FEW_CLAIMS {
                self.take_few(&few, open)?;
                (few, n_claims) = (Vec::new(), 0);
            }
        }
        self.take_few(&few, open)
    }

    fn take_few<P: Borrow<Pile>, E>(
        &mut self,
        events: &[impl Borrow<Event>],
        open: &mut impl FnMut(&BTreeSet<&str>) -> Result<P, E>,
    ) -> Result<(), E> {
        let events = || events.iter().map(Borrow::borrow);
        let pile = open(&events().flat_map(reports_of_event).collect())?;
        let coded = events().filter_map(|event| Some((event, event.event_type?)));
        coded.for_each(|(event, event_type)| self.event(event, event_type, pile.borrow()));
        Ok(())
    }

    fn event(&mut self, event: &Event, event_type: EventType, pile: &Pile) {
        let mut entry = entry(event, pile);
        if self.has_front {
            self.candidates.consider(event, event_type, &self.wish, &self.published, pile);
        }
        self.disputes.extend(disputes_of_event(event, &entry, &self.published, pile));
        if !self.wish.has_lists() {
            return;
        }
        if self.wish.detail == Detail::Whole {
            entry.every = event.cells.iter().map(|cell| cell_line(cell, pile)).collect();
            entry.event = Some(Box::new(self.points.of_event(event, pile)));
        }
        match rank_of_words(event_type) {
            None => self.deeds.push(entry),
            Some(rank) => self.words.push((rank, entry)),
        }
    }

    /// Puts the rest of the situation and the reports beside its events; the reports come in order of their numbers.
    pub fn finish<P: Borrow<Pile>, E>(
        self,
        rest: &Situation,
        reports: Vec<Named>,
        open: &mut impl FnMut(&BTreeSet<&str>) -> Result<P, E>,
    ) -> Result<Briefing, E> {
        let Self { wish, has_front, candidates, mut deeds, mut words, mut disputes, outlook, .. } = self;
        deeds.sort_unstable_by(|one, other| order(one).cmp(&order(other)));
        words.sort_unstable_by(|one, other| (one.0, order(&one.1)).cmp(&(other.0, order(&other.1))));
        let mut postures = Vec::with_capacity(rest.postures.len());
        for series in &rest.postures {
            let pile = open(&reports_of_posture(series).collect())?;
            postures.push(posture(series, pile.borrow()));
            disputes.extend(disputes_of_posture(series, pile.borrow()));
        }
        disputes.sort_by_key(|dispute| (dispute.cell.decided.is_some(), Reverse(dispute.cell.verdict)));
        let processes =
            rest.processes.iter().map(|track| process(track, open)).collect::<Result<Vec<_>, _>>()?;
        let (reports, doubts) = reports_and_doubts(wish.detail, rest, reports, open)?;
        let scope = Scope {
            wish: &wish,
            reports: &reports,
            disputes: &disputes,
            postures: &postures,
            processes: &processes,
            doubts: &doubts,
            outlook: &outlook,
        };
        let front = if has_front { front(candidates, &scope) } else { Front::default() };
        Ok(Briefing {
            front,
            is_full: wish.full,
            reports,
            disputes,
            deeds,
            words: words.into_iter().map(|(_, entry)| entry).collect(),
            postures,
            processes,
            outlook,
            decisions: Vec::new(),
            doubts,
        })
    }
}

/// By day, then as the reports tell them; the id settles what one sentence tells twice.
fn order(entry: &Entry) -> impl Ord + use<'_> {
    let first = entry.citations.first().map(|citation| (citation.number, citation.sentence));
    (entry.date.is_none(), entry.date.as_deref(), first, entry.id.as_str())
}

/// Ids of the reports that an event rests on.
pub fn reports_of_event(event: &Event) -> impl Iterator<Item = &str> {
    event.claims.iter().map(|claim| claim.report.as_str())
}

/// The same of a posture series.
pub fn reports_of_posture(series: &PostureSeries) -> impl Iterator<Item = &str> {
    series.statements.iter().map(|statement| statement.report.as_str())
}

/// The same of a state of a process.
pub fn reports_of_transition(transition: &Transition) -> impl Iterator<Item = &str> {
    transition.statements.iter().map(|statement| statement.report.as_str())
}

/// Demands, refusals, offers and the like are kept apart from what was done, the most pressing first.
pub fn rank_of_words(event_type: EventType) -> Option<u8> {
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

/// A report that may have been published on any day of so many years is undated, whatever narrowed them down.
const TELLING_YEARS: i64 = 10;

fn is_telling(published: &Published) -> bool {
    is_telling_days(published.value)
}

/// Whether a report of so many days counts as dated.
pub fn is_telling_days(days: DayInterval) -> bool {
    days.n_days() <= TELLING_YEARS * 366
}

fn report_line(Named { number, id, head, .. }: Named, sentences: Vec<String>) -> ReportLine {
    let published = head.published.as_ref();
    let dated = published.filter(|published| is_telling(published));
    let inferred = published.is_some_and(|published| published.basis == PublishedBasis::Inferred);
    ReportLine {
        number,
        id,
        title: head.title.as_deref().map(words::one_line),
        outlet: head.outlet.as_deref().map(words::one_line),
        published: dated.map(|published| published.value.format()),
        basis: dated.map(|published| published.basis.as_str()),
        why: published.filter(|_| inferred).map(|published| published.why.clone()).unwrap_or_default(),
        sentences,
    }
}

fn sentences((report, reading): &(Report, Reading)) -> Vec<String> {
    reading.sentences.iter().map(|span| words::one_line(span.of(&report.text))).collect()
}

/// An event as the lines of a page show it.
fn entry(event: &Event, pile: &Pile) -> Entry {
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
        figures: tight(figures.map(|cell| cell_line(cell, pile)).collect()),
        statuses: statuses(event, &claims),
        attributed_to: sorted(claims.iter().flat_map(|claim| claim.attributed_to.clone()).collect()),
        agreed: agreed.into_iter().map(|cell| cell.attribute.clone()).collect(),
        cells: differing.into_iter().map(|cell| cell_line(cell, pile)).collect(),
        every: Vec::new(),
        citations: citations(&event.claims, pile),
        claims: event.claims.iter().map(ClaimRef::to_string).collect(),
        event: None,
        standing: event.weight.standing,
        why: event.weight.why.clone(),
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
    tight(values)
}

/// Without room to grow, which would be most of what a list of one value takes.
fn tight<T>(mut values: Vec<T>) -> Vec<T> {
    values.shrink_to_fit();
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

fn disputes_of_event(event: &Event, entry: &Entry, published: &PublishedDays, pile: &Pile) -> Vec<Dispute> {
    let year = published.values().map(|days| days.latest.year()).max();
    let name = |_: &Cell| telling::name(&Source::new(event, pile, published, year));
    let dispute = |cell: &Cell| Dispute {
        id: Some(event.id.clone()),
        about: headline(entry),
        name: name(cell),
        points: event.weight.points,
        date: event.date.clone(),
        cell: cell_line(cell, pile),
    };
    event.cells.iter().filter(|cell| is_disputed(cell.verdict)).map(dispute).collect()
}

fn disputes_of_posture(series: &PostureSeries, pile: &Pile) -> Vec<Dispute> {
    let dispute = |cell: &Cell| Dispute {
        id: None,
        about: words::forces(series),
        name: format!("the forces of {}", words::plain_forces(series)),
        points: 0,
        date: None,
        cell: posture_cell(cell, series, pile),
    };
    series.cells.iter().filter(|cell| is_disputed(cell.verdict)).map(dispute).collect()
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
        name: words::plain_forces(series),
        is_known: series.actor.country.is_some() && !series.actor.is_guess() && series.place.is_some(),
        cells: series.cells.iter().map(|cell| posture_cell(cell, series, pile)).collect(),
        statements: series.statements.iter().map(statement).collect(),
    }
}

fn process<P: Borrow<Pile>, E>(
    process: &Process,
    open: &mut impl FnMut(&BTreeSet<&str>) -> Result<P, E>,
) -> Result<ProcessLines, E> {
    let line = |transition: &Transition| {
        let pile = open(&reports_of_transition(transition).collect())?;
        let statements = transition.statements.iter();
        let cite = |statement: &Statement| pile.borrow().cite(&statement.report, statement.span);
        Ok(TransitionLine {
            date: transition.date.clone(),
            code: transition.code.as_str(),
            attributed_to: transition.attributed_to.clone(),
            citations: sorted(statements.filter_map(cite).collect()),
        })
    };
    Ok(ProcessLines {
        process: words::process(&process.process),
        transitions: process.transitions.iter().map(line).collect::<Result<_, _>>()?,
    })
}

/// What stands in the list of reports, and what to doubt of them and of all together.
fn reports_and_doubts<P: Borrow<Pile>, E>(
    detail: Detail,
    rest: &Situation,
    reports: Vec<Named>,
    open: &mut impl FnMut(&BTreeSet<&str>) -> Result<P, E>,
) -> Result<(Vec<ReportLine>, Vec<Doubt>), E> {
    let is_whole = detail == Detail::Whole;
    let mut lines = Vec::with_capacity(reports.len());
    let mut doubts = Doubts::default();
    for mut report in reports {
        let notes = std::mem::take(&mut report.notes);
        let mut shown = Vec::new();
        if is_whole || !notes.is_empty() {
            let pile = open(&BTreeSet::from([report.id.as_str()]))?;
            let noted = |note| ReportNote { report: Some(report.id.clone()), note };
            notes.into_iter().for_each(|note| doubts.add(doubt(&noted(note), pile.borrow())));
            let entry = pile.borrow().get(&report.id).filter(|_| is_whole);
            shown = entry.map(sentences).unwrap_or_default();
        }
        lines.push(report_line(report, shown));
    }
    for note in &rest.notes {
        doubts.add(doubt(note, open(&note.report.iter().map(String::as_str).collect())?.borrow()));
    }
    Ok((lines, doubts.all()))
}

/// What is said of several sentences in the same words is said once.
#[derive(Default)]
struct Doubts {
    doubts: Vec<Doubt>,
    known: BTreeMap<(&'static str, String), usize>,
}

impl Doubts {
    fn add(&mut self, doubt: Doubt) {
        let next = self.doubts.len();
        let place = *self.known.entry((doubt.kind, doubt.message.clone())).or_insert(next);
        match self.doubts.get_mut(place) {
            Some(known) => {
                known.citations.extend(doubt.citations);
                known.reports.extend(doubt.reports);
            }
            None => self.doubts.push(doubt),
        }
    }

    /// In the order in which they came first.
    fn all(self) -> Vec<Doubt> {
        let in_order = |doubt: Doubt| Doubt {
            citations: sorted(doubt.citations),
            reports: sorted(doubt.reports),
            ..doubt
        };
        self.doubts.into_iter().map(in_order).collect()
    }
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
    use super::*;

    fn check(days: &str, basis: PublishedBasis, expected: &str) {
        let value = DayInterval::parse(days).unwrap();
        let published =
            Published { value, basis, why: vec!["Alma-Ata is no capital.".to_owned()], odds: Vec::new() };
        let head = ReportHead { published: Some(published), ..ReportHead::default() };
        let report = Named { number: 1, id: "r".to_owned(), head, notes: Vec::new() };
        let line = report_line(report, Vec::new());
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

    /// Every form of a page whose outlook is this answer.
    fn pages(refusal: Option<&str>, full: bool) -> [String; 4] {
        let answer = Answer {
            series: "attacks".to_owned(),
            refusal: refusal.map(str::to_owned),
            cautions: vec!["Rely <b>little</b> on it.".to_owned()],
            ..Answer::default()
        };
        let wish = Wish { full, ..Wish::default() };
        let mut open = |_: &BTreeSet<&str>| Ok::<_, Infallible>(Pile::default());
        let arranging = Arranging::new(wish, &[]).with_outlook(vec![answer]);
        let Ok(briefing) = arranging.finish(&Situation::default(), Vec::new(), &mut open);
        let json = serde_json::to_string(&briefing).unwrap();
        [briefing.to_text(10_000, false), briefing.to_markdown(), briefing.to_html(), json]
    }

    #[test]
    fn what_comes_next_is_on_every_page_where_there_is_a_forecast() {
        for page in pages(None, false) {
            assert!(page.contains("ttacks: As of no day") && page.contains("little"), "{page}");
        }
        let [text, _, html, _] = pages(None, false);
        assert!(text.contains("WHAT MAY COME NEXT") && !html.contains("<b>little"), "{text}{html}");
    }

    #[test]
    fn why_there_is_no_forecast_is_told_with_everything_else() {
        let why = "No forecast: 4 days were counted.";
        for (at, page) in pages(Some(why), false).into_iter().enumerate() {
            // JSON has everything at any length.
            assert_eq!(page.contains(why), at == 3, "{page}");
        }
        assert!(pages(Some(why), true).iter().all(|page| page.contains(why)));
    }
}
