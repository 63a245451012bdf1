//! *What do the dates that a report names say of its own?*

use std::collections::BTreeMap;

use annalist_schema::{DayInterval, Span, View};
use jiff::civil::Date;

use super::curve::{self, Curve, Shape};
use super::shape;
use super::solve::{Clue, Sort};
use crate::mention::timex::{
    Anchor, Candidate, Name, Outlook, Pick, Relation, Symbol, Unit as Duration, Value,
};

/// So many bytes from the start a report may still say when it is from.
const HEAD: u32 = 250;

/// A day of a month without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: i8,
    day: i8,
    /// 1 (Monday) to 7, if it is said.
    weekday: Option<i8>,
}

impl MonthDay {
    /// The day in a year, if the year has it and it falls on the weekday.
    fn in_year(self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        self.weekday.is_none_or(|weekday| weekday == weekday_of(date)).then_some(date)
    }

    /// In every year looked at.
    fn days(self) -> Vec<DayInterval> {
        years().filter_map(|year| self.in_year(year)).map(DayInterval::day).collect()
    }
}

fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn years() -> std::ops::RangeInclusive<i16> {
    curve::FIRST.year()..=curve::LAST.year()
}

/// The clues of all time expressions.
pub fn clues(view: View<'_>, dateline: Option<Span>, timexes: &[Candidate]) -> Vec<Clue> {
    let is_of_head = |candidate: &&Candidate| dateline.is_some_and(|span| span.contains(candidate.span));
    let body: Vec<&Candidate> = timexes.iter().filter(|candidate| !is_of_head(candidate)).collect();
    let mut clues = dated(view, &body);
    clues.extend(undated(view, &body));
    let head = timexes.iter().filter(is_of_head).find_map(|candidate| month_day(&candidate.symbol));
    if let (Some(day), Some(span)) = (head, dateline) {
        clues.push(Clue {
            sort: Sort::Day,
            why: format!("its dateline is “{}”", span.of(view.text).trim()),
            curve: Curve::around_any(&day.days(), &shape::DATELINE),
        });
        clues.extend(weekday_of_lead(view, day, span, &body));
    }
    clues
}

/// What is named with its year, each day, month or year once.
fn dated(view: View<'_>, timexes: &[&Candidate]) -> Vec<Clue> {
    let in_full = timexes.iter().filter(|candidate| !is_short(candidate.span.of(view.text)));
    let with_days: Vec<(&Candidate, (DayInterval, Unit))> =
        in_full.filter_map(|candidate| Some((*candidate, days_of(&candidate.symbol)?))).collect();
    let past =
        with_days.iter().filter(|(candidate, (_, unit))| *unit != Unit::Decade && !is_ahead(candidate));
    let last = past.map(|(_, (days, _))| days.latest).max();
    let is_beside_last_year = timexes.iter().any(|candidate| is_last_year(&candidate.symbol));
    let mut found: BTreeMap<(DayInterval, Unit), Clue> = BTreeMap::new();
    for (candidate, (days, unit)) in with_days {
        let rank = Rank { is_last: last == Some(days.latest), is_beside_last_year };
        let (around, shape) = reading(view, candidate, days, unit, rank);
        let why = format!("it names “{}”", candidate.span.of(view.text));
        found.entry((days, unit)).or_insert(Clue {
            sort: Sort::Dated,
            why,
            curve: Curve::around(around, shape),
        });
    }
    found.into_values().collect()
}

/// Whether figures stand for a year without its century: "'87", which may be a score or an age.
fn is_short(words: &str) -> bool {
    let n_figures = words.chars().filter(char::is_ascii_digit).count();
    (1..4).contains(&n_figures)
}

/// "last year" and times in it.
fn is_last_year(symbol: &Symbol) -> bool {
    match symbol {
        Symbol::Step(-1, Duration::Year, Anchor::Published) => true,
        Symbol::Inside(_, outer) | Symbol::At(_, outer) => is_last_year(outer),
        _ => false,
    }
}

/// How a time lies to the others that are named.
#[derive(Clone, Copy, Debug)]
struct Rank {
    /// The last of those that are not to come.
    is_last: bool,
    /// "last year" is said as well.
    is_beside_last_year: bool,
}

/// How exactly a time is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Day,
    Year,
    Decade,
}

/// The days of a value that needs no anchor.
fn days_of(symbol: &Symbol) -> Option<(DayInterval, Unit)> {
    let value = match symbol {
        Symbol::Fixed(Value::Time(day, _)) => (**day).clone(),
        Symbol::Fixed(value) => value.clone(),
        Symbol::At(_, inner) => return days_of(inner),
        Symbol::Inside(name, outer) => match (&**outer, name) {
            (Symbol::Fixed(Value::Year(year)), Name::Month(month)) => Value::month(*year, *month)?,
            (Symbol::Fixed(Value::Year(year)), Name::MonthDay { month, day, .. }) => {
                Value::day(*year, *month, *day)?
            }
            (Symbol::Fixed(outer), _) => outer.clone(),
            _ => return None,
        },
        _ => return None,
    };
    let unit = match value {
        Value::Day(_) | Value::Month(_) | Value::Week(_) => Unit::Day,
        Value::Year(_) | Value::Quarter(..) | Value::Half(..) | Value::Season(..) => Unit::Year,
        Value::Decade(_) => Unit::Decade,
        _ => return None,
    };
    let days = value.days()?;
    (days.earliest.year() >= 1900 && days.latest.year() < 2100).then_some((days, unit))
}

/// The days around which reports name a time so, and how they do.
fn reading(
    view: View<'_>,
    candidate: &Candidate,
    days: DayInterval,
    unit: Unit,
    rank: Rank,
) -> (DayInterval, &'static Shape) {
    let words = candidate.span.of(view.text);
    let is_past = candidate.outlook.is_past() || candidate.relation == Relation::Since;
    let is_ahead = is_ahead(candidate);
    let is_at_head = candidate.span.start < HEAD && days.n_days() == 1;
    let shape = match unit {
        Unit::Decade => &shape::DECADE,
        _ if is_due(view, candidate) => return (days, &shape::DUE),
        Unit::Day if is_at_head && !is_ahead => return (days, &shape::DAY_AT_HEAD),
        _ if is_copyright(view, candidate) => &shape::COPYRIGHT,
        Unit::Day if days.n_days() == 1 && has_weekday(words) => return (days, &shape::DAY_IN_FULL),
        Unit::Day if is_ahead => return (days, &shape::DAY_AHEAD),
        _ if is_ahead => &shape::YEAR_AHEAD,
        Unit::Day if rank.is_last => &shape::LAST_YEAR_OF_DAY,
        Unit::Year if rank.is_last && rank.is_beside_last_year => &shape::LAST_YEAR_BUT_ONE,
        Unit::Year if rank.is_last => &shape::LAST_YEAR,
        Unit::Day => &shape::YEAR_OF_DAY,
        Unit::Year if is_past => &shape::YEAR_PAST,
        Unit::Year => &shape::YEAR_NAMED,
    };
    (years_of(days), shape)
}

/// Whether a time is to come when it is named.
fn is_ahead(candidate: &Candidate) -> bool {
    candidate.outlook == Outlook::Future
        || candidate.relation == Relation::Until && !candidate.outlook.is_past()
}

fn years_of(days: DayInterval) -> DayInterval {
    DayInterval { earliest: days.earliest.first_of_year(), latest: days.latest.last_of_year() }
}

/// "Copyright 2004", "© 2004".
fn is_copyright(view: View<'_>, candidate: &Candidate) -> bool {
    ["copyright", "©", "(c)"].iter().any(|word| follows(view, candidate, word))
}

/// "notes due March 15, 2017".
fn is_due(view: View<'_>, candidate: &Candidate) -> bool {
    [
        "due",
        "due on",
        "due in",
        "maturing",
        "maturing on",
        "maturing in",
        "matures",
        "mature in",
        "matures in",
    ]
    .iter()
    .any(|word| follows(view, candidate, word))
}

/// Whether a word stands right before a time.
fn follows(view: View<'_>, candidate: &Candidate, word: &str) -> bool {
    let before = view.text.get(..candidate.span.start as usize).unwrap_or_default().trim_end();
    let Some((rest, end)) = before.split_at_checked(before.len().saturating_sub(word.len())) else {
        return false;
    };
    end.eq_ignore_ascii_case(word) && !rest.ends_with(char::is_alphanumeric)
}

/// "Friday, May 3, 2019".
fn has_weekday(words: &str) -> bool {
    let mut words = words.split(|char: char| !char.is_alphabetic());
    words.any(|word| word.len() > 5 && word.ends_with("day") && word.starts_with(char::is_uppercase))
}

/// What is named without its year: the last of the days that are over, the first of those to come, and the
/// weekdays of all.
fn undated(view: View<'_>, timexes: &[&Candidate]) -> Vec<Clue> {
    let mut named: BTreeMap<MonthDay, &Candidate> = BTreeMap::new();
    for candidate in timexes {
        if let Some(day) = month_day(&candidate.symbol) {
            named.entry(day).or_insert(candidate);
        }
    }
    let mut clues = Vec::new();
    let is_ahead =
        |candidate: &Candidate| candidate.outlook == Outlook::Future || candidate.relation == Relation::Until;
    let words = |ahead: bool| -> Vec<(MonthDay, &Candidate)> {
        named.iter().filter(|(_, one)| is_ahead(one) == ahead).map(|(day, one)| (*day, *one)).collect()
    };
    let over = nearest(view, &words(false), &shape::LAST_DAY, "the last day that it names is near: it names");
    let is_open = |(_, candidate): &(MonthDay, &Candidate)| candidate.outlook == Outlook::Unknown;
    let open: Vec<DayInterval> =
        words(false).iter().filter(|one| is_open(one)).flat_map(|(day, _)| day.days()).collect();
    clues.extend(
        over.map(|clue| Clue { curve: clue.curve.or(&Curve::around_any(&open, &shape::OPEN_DAY)), ..clue }),
    );
    clues.extend(nearest(
        view,
        &words(true),
        &shape::NEXT_DAY,
        "the first day that it names as to come is near: it names",
    ));
    clues.extend(words(false).into_iter().map(|(day, candidate)| Clue {
        sort: Sort::EachDay,
        why: format!("“{}” is of the months before", candidate.span.of(view.text)),
        curve: Curve::around_any(
            &day.days(),
            match candidate.outlook {
                Outlook::Past | Outlook::Settled => &shape::PAST_DAY,
                _ => &shape::NEAR_DAY,
            },
        ),
    }));
    let with_weekday = named.iter().filter(|(day, _)| day.weekday.is_some());
    clues.extend(with_weekday.map(|(day, candidate)| Clue {
        sort: Sort::Day,
        why: format!("“{}” is a day of its year", candidate.span.of(view.text)),
        curve: Curve::around_any(&day.days(), &shape::WEEKDAY),
    }));
    clues
}

fn nearest(view: View<'_>, days: &[(MonthDay, &Candidate)], shape: &Shape, why: &str) -> Option<Clue> {
    let stretches: Vec<DayInterval> = days.iter().flat_map(|(day, _)| day.days()).collect();
    let words: Vec<String> =
        days.iter().take(4).map(|(_, candidate)| format!("“{}”", candidate.span.of(view.text))).collect();
    (!days.is_empty()).then(|| Clue {
        sort: Sort::Day,
        why: format!("{why} {}", words.join(", ")),
        curve: Curve::around_any(&stretches, shape),
    })
}

fn month_day(symbol: &Symbol) -> Option<MonthDay> {
    match symbol {
        Symbol::Named(Name::MonthDay { month, day, weekday }, Pick::Near) => {
            Some(MonthDay { month: *month, day: *day, weekday: *weekday })
        }
        Symbol::At(_, day) => month_day(day),
        _ => None,
    }
}

/// Agencies name the weekday of the dateline, or of the day before it, in the first sentence.
fn weekday_of_lead(view: View<'_>, day: MonthDay, dateline: Span, timexes: &[&Candidate]) -> Option<Clue> {
    let after = timexes.iter().filter(|candidate| candidate.span.start >= dateline.end);
    let mut lead = after.take_while(|candidate| candidate.span.start < dateline.end + HEAD);
    let (weekday, candidate) =
        lead.find_map(|candidate| Some((bare_weekday(&candidate.symbol)?, candidate)))?;
    let of = |back: i8| -> Vec<DayInterval> {
        let named = (weekday - 1 + back) % 7 + 1;
        let day = MonthDay { weekday: Some(named), ..day };
        day.days()
    };
    let same = Curve::around_any(&of(0), &shape::WEEKDAY);
    let next = Curve::around_any(&of(1), &shape::WEEKDAY_BEFORE);
    Some(Clue {
        sort: Sort::Day,
        why: format!(
            "its first sentences say “{}” of the days of its dateline",
            candidate.span.of(view.text)
        ),
        curve: same.or(&next),
    })
}

fn bare_weekday(symbol: &Symbol) -> Option<i8> {
    match symbol {
        Symbol::Named(Name::Weekday(weekday), Pick::Near) => Some(*weekday),
        Symbol::At(_, day) => bare_weekday(day),
        _ => None,
    }
}
