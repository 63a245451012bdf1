//! *How much does this event matter, and why?*
//!
//! Points for who tells it and how early in their reports, for the dead and hurt, for parties that are known, and for a change
//! in what holds between them. Each is a small whole number, so that a person can add them up.

use std::collections::BTreeSet;

use annalist_schema::{
    Claim, Comparator, DayInterval, Event, EventType, Mode, Quantity, Sector, Standing, Status, Weight,
};

use super::origin::Origin;

/// A claim of the event, and what its report is.
pub(super) struct Telling<'a> {
    pub claim: &'a Claim,
    pub report: u32,
    pub title: Option<&'a str>,
    pub origin: Origin,
    pub made: Option<DayInterval>,
}

/// A report opens with what is new: its title, and the first sentences under it.
const OPENING: u32 = 3;

/// What came to light later than this after it happened was known before.
const NEWS_DAYS: i32 = 14;

/// What went on for longer is the state of things rather than an event.
const LONGEST_NEWS_DAYS: i64 = 31;

/// More witnesses than this add nothing.
const MANY: usize = 10;

/// The most that the dead count for: a war's toll is no reason to tell of a skirmish.
const MOST_DEAD: f64 = 1000.0;

pub(super) fn weight(event: &Event, tellings: &[Telling<'_>]) -> Weight {
    let (standing, why_so) = standing(event, tellings);
    let reasons = [
        origins(tellings),
        openings(tellings),
        casualties(tellings, "killed", 4.0),
        casualties(tellings, "wounded", 2.0),
        casualties(tellings, "abducted", 2.0),
        casualties(tellings, "detained", 2.0),
        casualties(tellings, "displaced", 1.5),
        casualties(tellings, "protesters", 1.5),
        parties(event),
        change(event),
    ];
    let reasons: Vec<_> = reasons.into_iter().flatten().collect();
    Weight {
        points: reasons.iter().map(|(points, _)| points).sum(),
        standing,
        why: reasons.into_iter().map(|(_, why)| why).chain(why_so).collect(),
    }
}

/// Points, and what for.
type Reason = Option<(u32, String)>;

fn origins(tellings: &[Telling<'_>]) -> Reason {
    let n = tellings.iter().map(|telling| telling.origin).collect::<BTreeSet<_>>().len();
    let words = if n == 1 { "one origin".to_owned() } else { format!("{n} independent origins") };
    Some((3 * n.min(MANY) as u32, words))
}

fn openings(tellings: &[Telling<'_>]) -> Reason {
    let opens = tellings.iter().filter(|telling| telling.claim.sentence < OPENING);
    let n = opens.map(|telling| telling.report).collect::<BTreeSet<_>>().len();
    let words = if n == 1 { "opens a report".to_owned() } else { format!("opens {n} reports") };
    (n > 0).then(|| (3 * n.min(MANY) as u32, words))
}

/// The figure that most claims give; of two the lower.
fn casualties(tellings: &[Telling<'_>], what: &str, points: f64) -> Reason {
    let counted = tellings.iter().flat_map(|telling| &telling.claim.quantities);
    let mut stated: Vec<u64> = counted.filter(|quantity| is_of_event(quantity, what)).map(least).collect();
    stated.sort_unstable();
    let runs = stated.chunk_by(|one, other| one == other);
    let n = runs.max_by_key(|run| (run.len(), std::cmp::Reverse(run[0]))).map(|run| run[0])?;
    let weighed = points * (n as f64).min(MOST_DEAD).log10() + points / 2.0;
    (n > 0).then(|| (weighed.round() as u32, format!("{n} {what}")))
}

/// Whether it counts what befell people in the event, rather than over a war or up to a limit.
fn is_of_event(quantity: &Quantity, what: &str) -> bool {
    let is_limit = matches!(quantity.cmp, Comparator::AtMost | Comparator::LessThan);
    quantity.what == what && quantity.period.is_none() && !is_limit && !quantity.is_earlier()
}

fn least(quantity: &Quantity) -> u64 {
    if quantity.n.is_finite() { quantity.n.max(0.0) as u64 } else { 0 }
}

/// States and their leaders, and groups that are known by name.
fn parties(event: &Event) -> Reason {
    let is_known = |actor: &&annalist_schema::ClaimActor| {
        let is_state = actor.country.is_some()
            && matches!(actor.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Reb));
        !actor.is_guess() && (actor.actor_id.is_some() || is_state)
    };
    let sides = [&event.actors, &event.recipients];
    let n = sides.into_iter().filter(|side| side.iter().any(|actor| is_known(&actor))).count();
    (n > 0).then(|| (2 * n as u32, if n == 1 { "a known party" } else { "both parties known" }.to_owned()))
}

/// Whether something holds afterwards that did not hold before.
fn change(event: &Event) -> Reason {
    let modes = event.cells.iter().find(|cell| cell.attribute == "mode");
    let has_mode = |mode: Mode| {
        modes.is_some_and(|cell| cell.values.iter().any(|value| value.value.contains(mode.as_str())))
    };
    let code = event.cameo.as_ref().map_or("", |code| code.as_str());
    let (points, words) = match event.event_type? {
        EventType::Agree => (4, "changes what is agreed"),
        EventType::Retreat if has_mode(Mode::Ceasefire) => (4, "changes what is agreed"),
        EventType::Coerce if code.starts_with("191") || code.starts_with("192") => {
            (4, "changes who holds what")
        }
        EventType::Retreat | EventType::Mobilize => (2, "changes the posture of forces"),
        EventType::Consult => (2, "moves talks"),
        EventType::Sanction => (2, "changes relations"),
        EventType::Threaten => (1, "may change relations"),
        _ => return None,
    };
    Some((points, words.to_owned()))
}

/// What the event is to those who report it; why, where it is no news.
fn standing(event: &Event, tellings: &[Telling<'_>]) -> (Standing, Option<String>) {
    let all = |is_so: &dyn Fn(&Telling<'_>) -> bool| tellings.iter().all(is_so);
    let is_open = |status| matches!(status, Status::Planned | Status::Hypothetical | Status::Demanded);
    if all(&|telling| is_open(telling.claim.status)) {
        return (Standing::Forecast, Some("nobody says that it has happened".to_owned()));
    }
    if all(&|telling| telling.title.is_some_and(is_comment)) {
        return (Standing::Opinion, Some("only comments and analyses tell it".to_owned()));
    }
    let days = event.date.as_deref().and_then(DayInterval::parse);
    let is_told = |telling: &Telling<'_>| telling.claim.date_basis.as_deref() != Some("published");
    let told =
        days.filter(|_| tellings.iter().any(|telling| telling.claim.date.is_some() && is_told(telling)));
    let first_told = tellings.iter().filter_map(|telling| telling.made).map(|made| made.earliest).min();
    match (told, first_told) {
        (Some(days), _) if days.n_days() > LONGEST_NEWS_DAYS => {
            (Standing::Background, Some("went on for longer than a month".to_owned()))
        }
        (Some(days), Some(made)) if (made - days.latest).get_days() > NEWS_DAYS => {
            let lag = (made - days.latest).get_days();
            (Standing::Background, Some(format!("{lag} days past when first told")))
        }
        (Some(_), _) => (Standing::News, None),
        (None, _) if tellings.iter().any(|telling| telling.claim.sentence < OPENING) => {
            (Standing::News, None)
        }
        (None, _) => (Standing::Undated, Some("nothing tells when".to_owned())),
    }
}

/// What outlets put over pieces that tell what somebody thinks of the news; a question is answered by opinions.
fn is_comment(title: &str) -> bool {
    const LABELS: [&str; 10] = [
        "opinion",
        "analysis",
        "editorial",
        "commentary",
        "comment",
        "explainer",
        "explained",
        "column",
        "op-ed",
        "view",
    ];
    let mut words = title.split(|character: char| !(character.is_alphanumeric() || character == '-'));
    let first = words.find(|word| !word.is_empty()).unwrap_or_default().to_lowercase();
    LABELS.contains(&first.as_str()) || title.trim_end().ends_with('?')
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Published, PublishedBasis, Reading, ReportHead};

    use super::*;

    /// A report of a day that tells one event of another, with so many dead.
    fn reading(
        id: &str,
        title: &str,
        made: &str,
        happened: Option<&str>,
        killed: f64,
        status: Status,
    ) -> Reading {
        let quantity = Quantity {
            what: "killed".to_owned(),
            cmp: Comparator::Equal,
            n: killed,
            n2: None,
            of: None,
            by: None,
            cumulative: None,
            period: None,
            area: Vec::new(),
            span: annalist_schema::Span::default(),
        };
        let claim = Claim {
            id: "c1".to_owned(),
            event_type: Some(EventType::Assault),
            date: happened.and_then(DayInterval::parse),
            quantities: vec![quantity],
            sentence: 5,
            status,
            ..Claim::default()
        };
        let value = DayInterval::parse(made).unwrap();
        let published = Published { value, basis: PublishedBasis::Given, why: Vec::new(), odds: Vec::new() };
        let report =
            ReportHead { title: Some(title.to_owned()), published: Some(published), ..ReportHead::default() };
        Reading { id: id.to_owned(), report, claims: vec![claim], ..Reading::default() }
    }

    fn check(title: &str, happened: Option<&str>, status: Status, expected: Standing) {
        let situation = crate::reconcile(&[reading("a", title, "2024-06-07", happened, 12.0, status)]);
        assert_eq!(situation.events[0].weight.standing, expected, "{title} {happened:?} {status}");
    }

    #[test]
    fn what_is_news_is_told_apart() {
        let day = Some("2024-06-06");
        check("Blast in Gao", day, Status::Happened, Standing::News);
        check("Blast in Gao", Some("2024-04-06"), Status::Happened, Standing::Background);
        check("Blast in Gao", Some("2023"), Status::Happened, Standing::Background);
        check("Blast in Gao", None, Status::Happened, Standing::Undated);
        check("Blast in Gao", day, Status::Planned, Standing::Forecast);
        check("Analysis: the blast in Gao", day, Status::Happened, Standing::Opinion);
        check("Why was there a blast in Gao?", day, Status::Happened, Standing::Opinion);
    }

    #[test]
    fn points_can_be_added_up() {
        let day = Some("2024-06-06");
        let weight = |killed| {
            let readings = [reading("a", "Blast", "2024-06-07", day, killed, Status::Happened)];
            crate::reconcile(&readings).events[0].weight.clone()
        };
        assert_eq!(
            (weight(10.0).points, weight(10.0).why),
            (9, vec!["one origin".to_owned(), "10 killed".to_owned()])
        );
        assert_eq!((weight(1.0).points, weight(0.0).points), (5, 3));
        assert_eq!(weight(5_000.0).points, weight(2_000_000.0).points);
    }
}
