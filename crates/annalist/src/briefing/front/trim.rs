//! *Which lines fit?* Every part may have its share of the words; what one leaves over, the next may take.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use annalist_outlook::answer::Answer;
use annalist_schema::{DayInterval, Event};

use super::super::telling::sentence;
use super::super::wish::Wish;
use super::super::words::amount;
use super::super::{Dispute, Doubt, PostureLine, ProcessLines, ReportLine, ValueLine, day, words};
use super::candidate::{Candidate, Candidates, PublishedDays, is_stance};
use super::{Front, FrontLine, Part, forces, gaps, talks, trend};
use crate::pile::Pile;

/// Outlets that are named with the number of their reports.
const MOST_OUTLETS: usize = 6;

const GAPS: &str = "Uncertain or missing";

/// The heading of what is forecast.
pub(crate) const OUTLOOK: &str = "What may come next";

/// Values of a contradiction that are told.
const MOST_VALUES: usize = 3;

/// Of fewer reports no week says anything.
const LEAST_FOR_TREND: usize = 6;

/// Kept for saying what rests on one report.
const ALONE_WORDS: usize = 18;

/// What the page is put together from.
pub(crate) struct Scope<'a> {
    pub wish: &'a Wish,
    pub reports: &'a [ReportLine],
    pub disputes: &'a [Dispute],
    pub postures: &'a [PostureLine],
    pub processes: &'a [ProcessLines],
    pub doubts: &'a [Doubt],
    pub outlook: &'a [Answer],
}

/// A part with the lines that may stand in it, the most important first.
struct Offer {
    name: &'static str,
    heading: String,
    lines: Vec<FrontLine>,
    /// Hundredths of the page that it may take before the others had their turn.
    share: usize,
    most: usize,
}

/// The first page.
pub(crate) fn front(mut candidates: Candidates, scope: &Scope<'_>) -> Front {
    let weeks = std::mem::take(&mut candidates.weeks).finish(scope.reports);
    let candidates = &candidates;
    let year = last_year(scope.reports);
    let points = key_points(candidates);
    let mut offers = vec![Offer {
        name: "key-points",
        heading: "Key points".to_owned(),
        lines: points.iter().map(|point| line(point, scope.wish)).collect(),
        share: 45,
        most: 10,
    }];
    if let Some(since) = scope.wish.since {
        let lines = new(candidates, &points).into_iter().map(|one| line(one, scope.wish)).collect();
        let heading = format!("New since {}", day::days(DayInterval::day(since), year));
        offers.push(Offer { name: "new", heading, lines, share: 15, most: 5 });
    }
    offers.push(Offer {
        name: "outlook",
        heading: OUTLOOK.to_owned(),
        lines: scope.outlook.iter().filter(|answer| answer.refusal.is_none()).map(outlook).collect(),
        share: 20,
        most: 1,
    });
    let is_pile = scope.reports.len() >= LEAST_FOR_TREND;
    let trend = if is_pile { trend::lines(&weeks, year) } else { Vec::new() };
    let rest = [
        ("background", "Background and undated", rest_of(candidates, &points, scope.wish), 8, 10),
        ("disputes", "Where reports contradict one another", disputes(scope, year), 12, 4),
        ("talks", "State of talks", talks::lines(scope.processes, year), 9, 3),
        ("forces", "Forces", forces::lines(scope.postures, year), 8, 4),
        ("demands", "Who demands, refuses and threatens", demands(candidates, &points, scope.wish), 14, 5),
        ("trend", "Week by week", trend, 5, 2),
        ("gaps", GAPS, gaps::lines(scope.reports, scope.doubts, year), 9, 4),
    ];
    offers.extend(rest.into_iter().map(|(name, heading, lines, share, most)| Offer {
        name,
        heading: heading.to_owned(),
        lines,
        share,
        most,
    }));
    let mut front = Front {
        period: period(scope.reports, scope.wish),
        outlets: outlets(candidates, scope),
        weeks,
        ..Front::default()
    };
    let spent = n_words(&front.period) + n_words(&front.outlets) + ALONE_WORDS;
    fill(&mut front, offers, scope, spent);
    front
}

/// The first key points of some events, which are the weightiest of all.
pub(crate) fn points(
    events: &[Event],
    published: &PublishedDays,
    pile: &Pile,
    most: usize,
) -> Vec<FrontLine> {
    let (wish, mut candidates) = (Wish::default(), Candidates::default());
    for event in events {
        if let Some(event_type) = event.event_type {
            candidates.consider(event, event_type, &wish, published, pile);
        }
    }
    key_points(&candidates).into_iter().take(most).map(|point| line(point, &wish)).collect()
}

/// Puts lines on the page while their words fit: first the share of each part, then what is left.
fn fill(front: &mut Front, offers: Vec<Offer>, scope: &Scope<'_>, mut spent: usize) {
    let names = names(scope.reports);
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    let mut taken: Vec<(Vec<FrontLine>, usize)> = offers.iter().map(|_| (Vec::new(), 0)).collect();
    for is_last in [false, true] {
        for (offer, (lines, used)) in offers.iter().zip(&mut taken) {
            let share = scope.wish.words * offer.share / 100;
            while let Some(next) = offer.lines.get(lines.len()).filter(|_| lines.len() < offer.most) {
                let heading = if lines.is_empty() { n_words(&offer.heading) } else { 0 };
                let fresh: BTreeSet<_> = next
                    .marked()
                    .iter()
                    .map(|one| one.number)
                    .filter(|number| !cited.contains(number))
                    .collect();
                let cost = heading + line_words(next) + words_of_list(&cited, &fresh, &names);
                let fits = spent + cost <= scope.wish.words.saturating_sub(1);
                if !fits || (!is_last && !lines.is_empty() && *used + cost > share) {
                    break;
                }
                spent += cost;
                *used += cost;
                cited.extend(fresh);
                lines.push(next.clone());
            }
        }
    }
    let parts = offers.into_iter().zip(taken).filter(|(_, (lines, _))| !lines.is_empty());
    front.parts =
        parts.map(|(offer, (lines, _))| Part { name: offer.name, heading: offer.heading, lines }).collect();
    add_alone(front);
    front.cited = by_outlet(&cited, &names);
}

/// What more reports add to the list under the page: a mark each, and the name of an outlet that is not in it yet.
fn words_of_list(cited: &BTreeSet<usize>, fresh: &BTreeSet<usize>, names: &BTreeMap<usize, &str>) -> usize {
    let known: BTreeSet<_> = cited.iter().filter_map(|number| names.get(number)).collect();
    let new: BTreeSet<_> =
        fresh.iter().filter_map(|number| names.get(number)).filter(|name| !known.contains(name)).collect();
    fresh.len() + new.into_iter().map(|name| n_words(name)).sum::<usize>()
}

/// Says which key points rest on one report: their marks stand above.
fn add_alone(front: &mut Front) {
    let points = front.parts.iter().find(|part| part.name == "key-points");
    let Some(alone) = points.and_then(|part| gaps::alone(&part.lines)) else { return };
    match front.parts.iter_mut().find(|part| part.name == "gaps") {
        Some(gaps) => gaps.lines.insert(0, alone),
        None => front.parts.push(Part { name: "gaps", heading: GAPS.to_owned(), lines: vec![alone] }),
    }
}

/// Words as a reader counts them; the dash before a line is one.
fn line_words(line: &FrontLine) -> usize {
    let code = line.code.as_deref().map_or(0, n_words);
    1 + n_words(&line.text) + line.marked().len() + usize::from(line.more().is_some()) + code
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The weightiest events, of those that are alike one; speech only where it weighs as much as deeds.
fn key_points(candidates: &Candidates) -> Vec<&Candidate> {
    let mut all: Vec<_> = candidates.deeds.iter().chain(&candidates.words).collect();
    all.sort_by(|one, other| other.points.cmp(&one.points).then_with(|| one.id.cmp(&other.id)));
    distinct(all, &[])
}

fn new<'a>(candidates: &'a Candidates, points: &[&'a Candidate]) -> Vec<&'a Candidate> {
    let points: Vec<_> = points.iter().take(10).copied().filter(|point| point.is_new).collect();
    distinct(candidates.new.iter().collect(), &points)
}

/// Each that is like none before it.
fn distinct<'a>(all: Vec<&'a Candidate>, known: &[&'a Candidate]) -> Vec<&'a Candidate> {
    let mut kept: Vec<&Candidate> = Vec::new();
    for one in all {
        if !kept.iter().chain(known).any(|other| one.is_like(other)) {
            kept.push(one);
        }
    }
    kept
}

/// What is demanded and threatened, and what the key points have not told.
fn demands(candidates: &Candidates, points: &[&Candidate], wish: &Wish) -> Vec<FrontLine> {
    let told: Vec<_> = points.iter().take(10).copied().collect();
    let dated = candidates.words.iter().filter(|one| is_stance(one.event_type));
    let mut pressing: Vec<_> = dated.chain(&candidates.stances).collect();
    pressing.sort_by(|one, other| other.points.cmp(&one.points).then_with(|| one.id.cmp(&other.id)));
    distinct(pressing, &told).into_iter().map(|one| line(one, wish)).collect()
}

/// What is no news, for pages that have room.
fn rest_of(candidates: &Candidates, points: &[&Candidate], wish: &Wish) -> Vec<FrontLine> {
    let told: Vec<_> = points.iter().take(10).copied().collect();
    distinct(candidates.rest.iter().collect(), &told).into_iter().map(|one| line(one, wish)).collect()
}

/// What was computed of what comes next, in words.
fn outlook(answer: &Answer) -> FrontLine {
    FrontLine { text: sentence(&answer.to_paragraph()), ..FrontLine::default() }
}

fn line(point: &Candidate, wish: &Wish) -> FrontLine {
    FrontLine {
        text: point.told.text.clone(),
        code: (!wish.plain).then(|| point.code.clone()),
        event: Some(point.id.clone()),
        why: point.why.clone(),
        citations: point.told.citations.clone(),
    }
}

/// How an event was done and to whom is told in more ways than there are truths.
fn is_worth_knowing(dispute: &Dispute) -> bool {
    !matches!(dispute.cell.attribute.as_str(), "mode" | "type" | "recipients")
}

/// What reports contradict one another on, the weightiest events first.
fn disputes(scope: &Scope<'_>, year: Option<i16>) -> Vec<FrontLine> {
    let mut open: Vec<_> = scope
        .disputes
        .iter()
        .filter(|dispute| dispute.is_contradiction() && is_worth_knowing(dispute))
        .collect();
    open.sort_by_key(|dispute| Reverse(dispute.points));
    open.into_iter().map(|one| dispute(one, year)).collect()
}

fn dispute(dispute: &Dispute, year: Option<i16>) -> FrontLine {
    let cell = &dispute.cell;
    let mut values: Vec<_> = cell.values.iter().filter(|value| is_decisive(dispute, value)).collect();
    values.sort_by_key(|value| Reverse(value.citations.len()));
    values.truncate(MOST_VALUES);
    let told: Vec<_> = values.iter().map(|value| stated(&cell.attribute, value, year)).collect();
    let told = told.join(" or ");
    let text = match cell.attribute.as_str() {
        "actors" => format!("Who is behind {}: {told}.", dispute.name),
        "date" => format!("When {} was: {told}.", dispute.name),
        "place" => format!("Where {} was: {told}.", dispute.name),
        "status" => format!("Whether {} took place: {told}.", dispute.name),
        what => format!("How many were {} in {}: {told}.", what.replace('_', " "), dispute.name),
    };
    let citations = values.iter().filter_map(|value| value.citations.first().cloned()).collect();
    FrontLine { text, event: dispute.id.clone(), citations, ..FrontLine::default() }
}

/// Whether it is one of the two values that cannot both be true.
fn is_decisive(dispute: &Dispute, value: &ValueLine) -> bool {
    let why = dispute.cell.why.as_deref().unwrap_or_default();
    why.contains(&format!("“{}”", value.value)) || !why.contains('“')
}

/// A value with who says so, as a person writes it.
fn stated(attribute: &str, value: &ValueLine, year: Option<i16>) -> String {
    let by = value.attributed_to.first().map(|by| format!(" ({by})")).unwrap_or_default();
    let shown = match attribute {
        "date" => DayInterval::parse(&value.value).map(|days| day::days(days, year)),
        "place" => Some(words::plain_place(&value.value)),
        _ => None,
    };
    format!("{}{by}", shown.unwrap_or_else(|| amount(&value.value)))
}

/// `1 event`, `2 events`.
fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `33 reports of 11 outlets, published from 3 to 25 April 2017`.
fn period(reports: &[ReportLine], wish: &Wish) -> String {
    let outlets: BTreeSet<_> = reports.iter().filter_map(|report| report.outlet.as_deref()).collect();
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let of =
        if outlets.is_empty() { String::new() } else { format!(" of {}", count(outlets.len(), "outlet")) };
    let days: Vec<_> = reports
        .iter()
        .filter_map(|report| report.published.as_deref().and_then(DayInterval::parse))
        .collect();
    let earliest = days.iter().map(|days| days.earliest).min();
    let latest = days.iter().map(|days| days.latest).max();
    let days =
        earliest.zip(latest).map(|(earliest, latest)| day::when(DayInterval::new(earliest, latest), None));
    let days = days.map(|days| format!(", published {days}")).unwrap_or_default();
    let asked = Some(wish.query.to_string()).filter(|asked| !asked.is_empty());
    let asked = asked.map(|asked| format!(": {asked}")).unwrap_or_default();
    format!("{}{of}{days}{asked}", count(reports.len(), "report"))
}

/// `ahram 6, alaraby 7 and 9 others: 212 events, of which 90 in the news, 4 contradictions`.
fn outlets(candidates: &Candidates, scope: &Scope<'_>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    scope.reports.iter().filter_map(|report| report.outlet.as_deref()).for_each(|outlet| {
        *counts.entry(outlet).or_default() += 1;
    });
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let more = counts.len().saturating_sub(MOST_OUTLETS);
    let mut named: Vec<_> =
        counts.iter().take(MOST_OUTLETS).map(|(outlet, n)| format!("{outlet} {n}")).collect();
    named.extend((more > 0).then(|| format!("{more} others")));
    let n_open = scope.disputes.iter().filter(|dispute| dispute.is_contradiction()).count();
    let events = format!(
        "{}, {} of them news of these days; {}",
        count(candidates.n_events, "event"),
        candidates.n_news,
        count(n_open, "contradiction")
    );
    if named.is_empty() { events } else { format!("{}. {events}", named.join(", ")) }
}

/// Under what name the reports of an outlet are listed.
fn names(reports: &[ReportLine]) -> BTreeMap<usize, &str> {
    reports.iter().map(|report| (report.number, report.outlet.as_deref().unwrap_or(&report.id))).collect()
}

/// `ahram [2] [3] [11]`, the outlets in order of their first report.
fn by_outlet(cited: &BTreeSet<usize>, names: &BTreeMap<usize, &str>) -> Vec<String> {
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for number in cited {
        let Some(name) = names.get(number) else { continue };
        let mark = format!("[{number}]");
        match lists.iter_mut().find(|(known, _)| known == name) {
            Some((_, marks)) => marks.push(mark),
            None => lists.push((name, vec![mark])),
        }
    }
    lists.into_iter().map(|(name, marks)| format!("{name} {}", marks.join(" "))).collect()
}

fn last_year(reports: &[ReportLine]) -> Option<i16> {
    let days = reports.iter().filter_map(|report| report.published.as_deref().and_then(DayInterval::parse));
    days.map(|days| days.latest).max().map(|day| day.year())
}
