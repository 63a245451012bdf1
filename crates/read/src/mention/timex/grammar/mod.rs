//! *Which words make a time expression?* A hand-written grammar of phrases; every rule is tried where its first word may
//! stand, and the longest reading wins.

mod calendar;
mod clock;
mod cursor;
mod duration;
mod named;
mod number;
mod quarter;
mod recurrence;
mod relative;
mod year;

use super::lexicon::{Class, Key};
use super::symbol::{Name, Symbol};
use super::unit::{Season, Unit};
use super::words::Word;
use cursor::{Cursor, Parsed};

/// What stands at a word: the symbol, the index behind its last word, and the rule that read it.
pub struct Reading {
    /// What it says.
    pub symbol: Symbol,
    /// Index behind its last word.
    pub end: usize,
    /// Name of the rule.
    pub rule: &'static str,
}

type Rule = for<'w> fn(Cursor<'w>) -> Parsed<'w, Symbol>;

/// In the order of preference where two read equally far.
const RULES: &[(&str, Rule)] = &[
    ("set", recurrence::set),
    ("clock", clock::time),
    ("part-of-year", quarter::part_of_year),
    ("year-ago", relative::year_ago),
    ("unit-end", relative::unit_end),
    ("duration", duration::duration),
    ("part-of-date", part_of_date),
    ("date", calendar::date),
    ("relative", relative::relative),
    ("season-of-year", relative::season_of_year),
    ("near-day", relative::near_day),
    ("name", lone_name),
    ("week", calendar::week_of_year),
    ("week-of", calendar::week_by_day),
    ("year", year::year),
    ("day-of-month", calendar::day_of_month),
    ("reference", named::reference),
];

/// The longest time expression that begins at a word.
pub fn longest<'w>(words: &'w [Word<'w>], at: usize) -> Option<Reading> {
    let c = Cursor { words, at };
    if !may_begin(c) {
        return None;
    }
    let mut best: Option<Reading> = None;
    for (rule, read) in RULES {
        if let Some((symbol, end)) = read(c)
            && best.as_ref().is_none_or(|best| end.at > best.end)
        {
            best = Some(Reading { symbol, end: end.at, rule });
        }
    }
    best
}

/// Most words begin nothing; they are passed over at the price of one comparison.
fn may_begin(c: Cursor<'_>) -> bool {
    match c.class() {
        Class::Other => c.text().starts_with(|first: char| first == 'Q' || first.is_ascii_digit()),
        Class::Break | Class::Scale(_) | Class::Zone => false,
        Class::Mark(mark) => mark == b'\'',
        Class::Key(key) => !matches!(
            key,
            Key::Of
                | Key::And
                | Key::In
                | Key::On
                | Key::To
                | Key::By
                | Key::For
                | Key::Or
                | Key::As
                | Key::Will
                | Key::S
        ),
        _ => true,
    }
}

pub use clock::in_four_digits;

/// What stands behind the second of two times of day.
pub struct Hours {
    /// The day of both.
    pub day: Symbol,
    /// Hours ahead of Greenwich.
    pub zone: Option<i8>,
    /// Index behind the last word.
    pub end: usize,
}

/// The day and zone behind four digits that end a pair; `None` where nothing says that they are a time of day.
pub fn hours_behind<'w>(words: &'w [Word<'w>], at: usize) -> Option<Hours> {
    clock::hours_behind(Cursor { words, at: at + 1 }).or_else(|| {
        // "0600 to 0900": no year begins with nought.
        let is_early = |at: usize| words.get(at).is_some_and(|word| word.text.starts_with('0'));
        is_early(at).then(|| Hours { day: clock::story_day(), zone: None, end: at + 1 })
    })
}

/// A day of the calendar or of the story, as it stands behind a clock time or before a part of the day.
fn day(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let found = calendar::date(c)
        .or_else(|| relative::near_day(c))
        .or_else(|| relative::of_larger(c))
        .or_else(|| relative::relative(c))
        .or_else(|| relative::recurring(c))?;
    is_day(&found.0).then_some(found)
}

fn is_day(symbol: &Symbol) -> bool {
    use Name::{DayOfMonth, Feast, MonthDay, Weekday};
    match symbol {
        Symbol::Fixed(value) => value.unit() == Some(Unit::Day),
        Symbol::Named(name, _) | Symbol::Inside(name, _) => {
            matches!(name, MonthDay { .. } | DayOfMonth(_) | Weekday(_) | Feast(_))
        }
        Symbol::Step(_, unit, _) => *unit == Unit::Day,
        _ => false,
    }
}

/// "early October", "mid-1996", "the end of last month", "later this year", "the spring of 1916".
fn part_of_date(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = edge(c).or_else(|| edge_of(c))?;
    let found = anything(next)?;
    Some(day_of_weekend(c, &found.0).map_or(found.clone(), |day| (day, found.1)))
}

/// "The start of last weekend" is its Saturday, "the end" its Sunday.
fn day_of_weekend(c: Cursor<'_>, weekend: &Symbol) -> Option<Symbol> {
    let Symbol::Step(n, Unit::Weekend, anchor) = weekend else { return None };
    let next = c.maybe(&[Key::The]).maybe(&[Key::Very]);
    let weekday = match next.class() {
        Class::Key(Key::Start) => 6,
        Class::Key(Key::End) => 7,
        _ => return None,
    };
    Some(Symbol::Inside(Name::Weekday(weekday), Box::new(Symbol::Step(*n, Unit::Week, *anchor))))
}

/// "early", "late", "mid-", "earlier", "later", "sometime", "the early".
fn edge(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.maybe(&[Key::The]).key(&[
        Key::Early,
        Key::Late,
        Key::Mid,
        Key::Earlier,
        Key::Later,
        Key::Sometime,
    ])?;
    let next = next.maybe_mark(b'-');
    Some(
        next.key(&[Key::In])
            .filter(|next| matches!(next.class(), Class::Digits { length: 4, .. }))
            .unwrap_or(next),
    )
}

/// "the end of", "the start of", "the middle of", "the latter part of", "the rest of", "most of".
fn edge_of(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.maybe(&[Key::The]).maybe(&[Key::Very]);
    let inner = match next.class() {
        Class::Key(Key::End | Key::Start | Key::Middle | Key::Remainder | Key::Least) => next.skip(1),
        Class::Key(Key::Early | Key::Late | Key::Latter | Key::Later | Key::Earlier) => {
            next.skip(1).key(&[Key::Part])?
        }
        _ => return None,
    };
    inner.key(&[Key::Of])
}

/// Any date, the unit of the story included: what "the end of" may stand before.
fn anything(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let rules: &[Rule] = &[
        quarter::part_of_year,
        calendar::date,
        relative::relative,
        relative::season_of_year,
        relative::near_day,
        relative::recurring,
        season_with_article,
        relative::the_unit,
        year::year_only,
        part_of_date,
    ];
    let found = rules.iter().filter_map(|rule| rule(c));
    found.reduce(|best, next| if next.1.at > best.1.at { next } else { best })
}

fn season_with_article(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.key(&[Key::The])?;
    let is_name =
        matches!(next.class(), Class::Season(_) | Class::Unit { unit: Unit::Weekend, plural: false });
    if is_name { relative::recurring(next) } else { None }
}

/// "Friday", "the weekend", "in spring", "Christmas": names that may mean other things need an introduction.
fn lone_name(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.maybe(&[Key::The]);
    let found = relative::recurring(next)?;
    let introduced = matches!(
        c.behind(1),
        Class::Key(Key::In | Key::By | Key::Until | Key::Since | Key::Over | Key::Through | Key::During)
    );
    let fits = match next.class() {
        Class::Weekday(_) => next.at == c.at && is_weekday(c),
        Class::Season(_) if next.text() == "fall" => false,
        // "summer" and "winter" can only be times; "spring" is also a source or a jump, "Winter Olympics" a name.
        Class::Season(season) => introduced || next.at > c.at || season != Season::Spring && !c.is_name(),
        _ => true,
    };
    fits.then_some(found)
}

/// "Sun", "Sat", "Wed" and "Mon" without a stop are rarely days.
fn is_weekday(c: Cursor<'_>) -> bool {
    c.text().len() > 3 || c.ahead(1) == Class::Mark(b'.') && !matches!(c.ahead(2), Class::Break)
}
