//! *What does a time expression say before anybody knows when it was said?*

use std::fmt;

use annalist_schema::{Span, TimexType};

use super::feast::Feast;
use super::length::Length;
use super::unit::{Season, Unit};
use super::value::{Clock, Reference, Value};

/// A time expression found in the text, not yet resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its words.
    pub span: Span,
    /// What it says.
    pub symbol: Symbol,
    /// Name of the rule that read it.
    pub rule: &'static str,
    /// Whether its clause speaks of the past or the future.
    pub outlook: Outlook,
    /// Whether "since" or "until" and the like stand before it.
    pub relation: Relation,
}

/// What the clause around an expression speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing tells.
    #[default]
    Unknown,
    /// The past.
    Past,
    /// The past, and of this very time: "since October", "attacked the town in October".
    Settled,
    /// The future.
    Future,
}

impl Outlook {
    /// Whether the clause speaks of the past.
    pub fn is_past(self) -> bool {
        matches!(self, Self::Past | Self::Settled)
    }
}

/// How the words before an expression relate an event to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relation {
    /// At it or in it.
    #[default]
    Within,
    /// "since", "from".
    Since,
    /// "until", "by", "before".
    Until,
    /// "after".
    After,
}

/// What an expression says, as an operation on an anchor.
#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    /// Known as it stands.
    Fixed(Value),
    /// Something that recurs, such as a month: which one depends on the anchor.
    Named(Name, Pick),
    /// The calendar unit so many steps from the anchor's: "last year" is -1 year.
    Step(i32, Unit, Anchor),
    /// A length before (-1) or after (1) the anchor: "three days later".
    Shift(Length, i32, Anchor),
    /// A named part of something larger: "October last year".
    Inside(Name, Box<Symbol>),
    /// A week told by one of its days: "the week of February 15".
    WeekBy(WeekDay, Box<Symbol>),
    /// A time of a day.
    At(Clock, Box<Symbol>),
    /// A length, which may lie before (-1) or after (1) an anchor: "the past three months".
    Length(Length, Option<(i32, Anchor)>),
    /// A recurring time.
    Set(String),
    /// Something vague.
    Reference(Reference),
}

/// What an expression is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day of publication.
    Published,
    /// The time that the text has arrived at.
    Story,
}

/// Something that recurs in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A month.
    Month(i8),
    /// A day of a month, with its weekday if that is said.
    MonthDay {
        /// The month.
        month: i8,
        /// The day.
        day: i8,
        /// 1 (Monday) to 7.
        weekday: Option<i8>,
    },
    /// A day of a month that is not said, with its weekday if that is said.
    DayOfMonth(i8),
    /// A day of the week, 1 (Monday) to 7.
    Weekday(i8),
    /// A weekend.
    Weekend,
    /// A season.
    Season(Season),
    /// A quarter.
    Quarter(u8),
    /// A half year.
    Half(u8),
    /// A feast or memorial day.
    Feast(Feast),
    /// Some quarter: "the quarter", "the latest quarter".
    SomeQuarter,
}

/// What a day is to the week that it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekDay {
    /// Some day of it: "the week of".
    Any,
    /// The first: "the week beginning".
    First,
    /// The last: "the week ending", "the week to".
    Last,
}

/// Which of those that recur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The nearest one that suits the tense.
    Near,
    /// The last one before the anchor.
    Last,
    /// The next one after the anchor.
    Next,
    /// The one of the anchor's own week, month or year.
    This,
    /// The next one in the story.
    Following,
    /// The one before in the story.
    Preceding,
}

impl Symbol {
    /// TIMEX3 type.
    pub fn kind(&self) -> TimexType {
        match self {
            Self::Fixed(Value::Time(..)) | Self::At(..) => TimexType::Time,
            Self::Fixed(Value::Length(..)) | Self::Length(..) => TimexType::Duration,
            Self::Fixed(Value::Set(_)) | Self::Set(_) => TimexType::Set,
            Self::Shift(length, ..) if length.unit.is_clock() => TimexType::Time,
            _ => TimexType::Date,
        }
    }
}

/// The value as far as it is known without an anchor: `XXXX-01-27`.
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(value) => write!(f, "{value}"),
            Self::Named(name, _) => write!(f, "XXXX-{name}"),
            Self::Inside(name, outer) => match &**outer {
                Self::Fixed(Value::Year(_)) => write!(f, "{outer}-{name}"),
                _ => write!(f, "XXXX-{name}"),
            },
            Self::Step(_, unit, _) => f.write_str(unknown(*unit)),
            Self::Shift(length, ..) => f.write_str(unknown(length.unit)),
            Self::WeekBy(..) => f.write_str(unknown(Unit::Week)),
            Self::At(clock, day) => write!(f, "{day}T{clock}"),
            Self::Length(length, _) => write!(f, "{length}"),
            Self::Set(text) => f.write_str(text),
            Self::Reference(reference) => write!(f, "{}", Value::Reference(*reference)),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => write!(f, "{month:02}"),
            Self::MonthDay { month, day, .. } => write!(f, "{month:02}-{day:02}"),
            Self::DayOfMonth(day) => write!(f, "XX-{day:02}"),
            Self::Weekday(weekday) => write!(f, "WXX-{weekday}"),
            Self::Weekend => f.write_str("WXX-WE"),
            Self::Season(season) => f.write_str(season.code()),
            Self::Quarter(quarter) => write!(f, "Q{quarter}"),
            Self::Half(half) => write!(f, "H{half}"),
            Self::Feast(_) => f.write_str("XX-XX"),
            Self::SomeQuarter => f.write_str("QX"),
        }
    }
}

fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
    }
}
