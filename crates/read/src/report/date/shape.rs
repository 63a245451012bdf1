//! *How do the dates that news speaks of lie to its own date?* The weights of dating, each with what it says.
//!
//! They are estimates of how news is written, in round numbers, and none is fitted to particular reports. The
//! last step of each list is how often the words are there although the day is far away: by error, by chance,
//! or as history. It keeps any single clue from deciding alone.

pub use super::curve::{Per, Shape};

const EVER: i32 = i32::MAX;
const YEAR: i32 = 366;

/// A year named as over or without a tense: mostly the one before, its own or the one to come.
pub const YEAR_NAMED: Shape = Shape {
    per: Per::Day,
    before: &[(YEAR, 0.12), (2 * YEAR, 0.04), (5 * YEAR, 0.02), (10 * YEAR, 0.01), (EVER, 0.003)],
    inside: 0.8,
    after: &[
        (YEAR, 1.0),
        (2 * YEAR, 0.7),
        (3 * YEAR, 0.45),
        (4 * YEAR, 0.34),
        (5 * YEAR, 0.26),
        (10 * YEAR, 0.15),
        (20 * YEAR, 0.08),
        (50 * YEAR, 0.04),
        (EVER, 0.03),
    ],
};

/// A year named as past, "since" it or in the past tense.
pub const YEAR_PAST: Shape =
    Shape { per: Per::Day, before: &[(YEAR, 0.01), (5 * YEAR, 0.004), (EVER, 0.001)], ..YEAR_NAMED };

/// A year named as to come: "by 2010".
pub const YEAR_AHEAD: Shape = Shape {
    per: Per::Day,
    before: &[
        (YEAR, 1.0),
        (2 * YEAR, 0.7),
        (5 * YEAR, 0.45),
        (10 * YEAR, 0.25),
        (20 * YEAR, 0.1),
        (EVER, 0.02),
    ],
    inside: 0.6,
    after: &[(YEAR, 0.05), (5 * YEAR, 0.03), (EVER, 0.01)],
};

/// The year of a day or month that is named with its year. Style books (AP, Reuters) leave the year out where
/// it is the current one.
pub const YEAR_OF_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(YEAR, 0.04), (2 * YEAR, 0.01), (5 * YEAR, 0.004), (EVER, 0.001)],
    inside: 0.35,
    after: &[
        (YEAR, 1.0),
        (2 * YEAR, 0.6),
        (3 * YEAR, 0.4),
        (5 * YEAR, 0.25),
        (10 * YEAR, 0.13),
        (20 * YEAR, 0.06),
        (EVER, 0.03),
    ],
};

/// A day with its year that is to come: what is announced is mostly near.
pub const DAY_AHEAD: Shape = Shape {
    per: Per::Step,
    before: &[
        (31, 25.0),
        (92, 20.0),
        (183, 12.0),
        (YEAR, 13.0),
        (2 * YEAR, 9.0),
        (5 * YEAR, 6.0),
        (EVER, 4.0),
    ],
    inside: 1.0,
    after: &[(31, 4.0), (YEAR, 4.0), (EVER, 2.0)],
};

/// A day with its year in the first lines: often the day of the report itself.
pub const DAY_AT_HEAD: Shape = Shape {
    per: Per::Step,
    before: &[(7, 4.0), (31, 3.0), (YEAR, 3.0), (EVER, 3.0)],
    inside: 30.0,
    after: &[(3, 20.0), (7, 9.0), (31, 10.0), (92, 4.0), (YEAR, 6.0), (5 * YEAR, 5.0), (EVER, 3.0)],
};

/// A day with its weekday and its year: who names both speaks of a day near his own.
pub const DAY_IN_FULL: Shape = Shape {
    per: Per::Step,
    before: &[(7, 14.0), (31, 15.0), (92, 8.0), (YEAR, 4.0), (EVER, 2.0)],
    inside: 14.0,
    after: &[(3, 12.0), (31, 12.0), (92, 5.0), (YEAR, 6.0), (5 * YEAR, 4.0), (EVER, 4.0)],
};

/// When a loan is due: bonds run for some years or some decades.
pub const DUE: Shape = Shape {
    per: Per::Step,
    before: &[
        (YEAR, 7.0),
        (3 * YEAR, 14.0),
        (5 * YEAR, 15.0),
        (7 * YEAR, 14.0),
        (10 * YEAR, 20.0),
        (15 * YEAR, 8.0),
        (20 * YEAR, 7.0),
        (30 * YEAR, 11.0),
        (EVER, 1.0),
    ],
    inside: 2.0,
    after: &[(YEAR, 0.5), (EVER, 0.5)],
};

/// "Copyright 2004": the year of the report.
pub const COPYRIGHT: Shape = Shape {
    per: Per::Step,
    before: &[(31, 2.0), (EVER, 4.0)],
    inside: 82.0,
    after: &[(YEAR, 8.0), (EVER, 4.0)],
};

/// The last year that a report names, if it is not to come.
pub const LAST_YEAR: Shape = Shape {
    per: Per::Step,
    before: &[(YEAR, 5.0), (2 * YEAR, 2.0), (10 * YEAR, 2.0), (EVER, 1.0)],
    inside: 27.0,
    after: &[
        (YEAR, 22.0),
        (2 * YEAR, 8.0),
        (3 * YEAR, 5.0),
        (5 * YEAR, 7.0),
        (10 * YEAR, 9.0),
        (20 * YEAR, 7.0),
        (EVER, 5.0),
    ],
};

/// The same in a report that says "last year" as well: it would have said so of the year before.
pub const LAST_YEAR_BUT_ONE: Shape = Shape {
    after: &[
        (YEAR, 10.0),
        (2 * YEAR, 20.0),
        (3 * YEAR, 7.0),
        (5 * YEAR, 8.0),
        (10 * YEAR, 9.0),
        (20 * YEAR, 6.0),
        (EVER, 4.0),
    ],
    ..LAST_YEAR
};

/// The year of the last day or month that a report names with its year, if it is not to come.
pub const LAST_YEAR_OF_DAY: Shape = Shape {
    per: Per::Step,
    before: &[(YEAR, 3.0), (10 * YEAR, 2.0), (EVER, 1.0)],
    inside: 27.0,
    after: &[
        (YEAR, 34.0),
        (2 * YEAR, 9.0),
        (3 * YEAR, 5.0),
        (5 * YEAR, 6.0),
        (10 * YEAR, 6.0),
        (20 * YEAR, 4.0),
        (EVER, 3.0),
    ],
};

/// A decade: "the 1980s".
pub const DECADE: Shape = Shape {
    per: Per::Day,
    before: &[(5 * YEAR, 0.05), (EVER, 0.01)],
    inside: 0.5,
    after: &[(10 * YEAR, 1.0), (20 * YEAR, 0.6), (EVER, 0.3)],
};

/// The last of the days that a report names without their year, which are over. One is mostly of the last
/// days, nearly always of the last four weeks.
pub const LAST_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(7, 0.02), (EVER, 0.001)],
    inside: 1.0,
    after: &[(2, 1.0), (7, 0.6), (14, 0.3), (28, 0.12), (92, 0.003), (183, 0.0015), (EVER, 0.001)],
};

/// Each of the days that a report names without their year: it lies in the months before.
pub const PAST_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(EVER, 0.02)],
    inside: 1.0,
    after: &[(31, 1.0), (92, 0.6), (183, 0.35), (275, 0.12), (EVER, 0.02)],
};

/// The same where nothing tells whether it is over.
pub const NEAR_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(31, 0.12), (92, 0.1), (EVER, 0.08)],
    inside: 1.0,
    after: &[(31, 1.0), (92, 0.6), (183, 0.4), (275, 0.2), (EVER, 0.1)],
};

/// The first of the days that a report names without their year, where nothing tells whether it is over: it
/// may be to come.
pub const OPEN_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(7, 0.15), (14, 0.1), (31, 0.06), (92, 0.02), (EVER, 0.001)],
    inside: 1.0,
    after: &[(EVER, 0.001)],
};

/// The first of the days that a report names without their year, which are to come.
pub const NEXT_DAY: Shape = Shape {
    per: Per::Day,
    before: &[(7, 1.0), (14, 0.6), (31, 0.4), (92, 0.15), (183, 0.05), (EVER, 0.004)],
    inside: 0.8,
    after: &[(7, 0.3), (31, 0.05), (EVER, 0.004)],
};

/// The day of a dateline.
pub const DATELINE: Shape = Shape {
    per: Per::Day,
    before: &[(1, 0.02), (EVER, 0.0005)],
    inside: 1.0,
    after: &[(1, 1.0), (3, 0.2), (7, 0.02), (EVER, 0.0005)],
};

/// A happening that is told of for some months.
pub const EVENT_RECENT: Shape = Shape {
    per: Per::Step,
    before: &[(14, 1.0), (EVER, 5.0)],
    inside: 3.0,
    after: &[
        (14, 20.0),
        (31, 14.0),
        (92, 20.0),
        (183, 12.0),
        (YEAR, 9.0),
        (2 * YEAR, 6.0),
        (5 * YEAR, 5.0),
        (EVER, 5.0),
    ],
};

/// A happening that is recalled for years.
pub const EVENT_RECALLED: Shape = Shape {
    per: Per::Step,
    before: &[(92, 1.0), (EVER, 4.0)],
    inside: 1.0,
    after: &[
        (31, 8.0),
        (183, 14.0),
        (YEAR, 14.0),
        (2 * YEAR, 14.0),
        (5 * YEAR, 19.0),
        (10 * YEAR, 13.0),
        (20 * YEAR, 8.0),
        (EVER, 4.0),
    ],
};

/// A happening that was planned or awaited long before.
pub const EVENT_PLANNED: Shape = Shape {
    before: &[(92, 18.0), (YEAR, 18.0), (2 * YEAR, 9.0), (5 * YEAR, 6.0), (EVER, 3.0)],
    ..EVENT_RECENT
};

/// So many years after something: "ten years after the invasion".
pub const ANNIVERSARY: Shape = Shape {
    per: Per::Day,
    before: &[(92, 0.6), (YEAR, 0.25), (EVER, 0.08)],
    inside: 1.0,
    after: &[(92, 0.6), (YEAR, 0.3), (EVER, 0.08)],
};

/// The term of an office, where a person is named with its title.
pub const IN_OFFICE: Shape = Shape {
    per: Per::Day,
    before: &[(92, 0.04), (EVER, 0.003)],
    inside: 1.0,
    after: &[(31, 0.3), (YEAR, 0.07), (5 * YEAR, 0.04), (EVER, 0.015)],
};

/// The same where the title is said to be over: "former President".
pub const OUT_OF_OFFICE: Shape = Shape {
    per: Per::Day,
    before: &[(EVER, 0.002)],
    inside: 0.01,
    after: &[(YEAR, 0.8), (10 * YEAR, 1.0), (20 * YEAR, 0.5), (EVER, 0.2)],
};

/// The terms of a person who is merely named.
pub const KNOWN: Shape = Shape {
    per: Per::Day,
    before: &[(YEAR, 0.3), (5 * YEAR, 0.15), (10 * YEAR, 0.06), (EVER, 0.02)],
    inside: 1.0,
    after: &[(YEAR, 0.5), (5 * YEAR, 0.25), (10 * YEAR, 0.15), (EVER, 0.07)],
};

/// A price, index or rate of the day.
pub const LEVEL: Shape = Shape {
    per: Per::Day,
    before: &[(31, 0.3), (EVER, 0.04)],
    inside: 1.0,
    after: &[(31, 0.3), (YEAR, 0.1), (EVER, 0.04)],
};

/// A company, organisation, state or currency.
pub const ERA_NAME: Shape = Shape {
    per: Per::Day,
    before: &[(183, 0.05), (YEAR, 0.02), (EVER, 0.004)],
    inside: 1.0,
    after: &[(YEAR, 0.3), (5 * YEAR, 0.12), (10 * YEAR, 0.07), (EVER, 0.04)],
};

/// A person in the news.
pub const ERA_PERSON: Shape = Shape {
    per: Per::Day,
    before: &[(YEAR, 0.1), (5 * YEAR, 0.04), (EVER, 0.008)],
    inside: 1.0,
    after: &[(YEAR, 0.35), (5 * YEAR, 0.15), (20 * YEAR, 0.07), (EVER, 0.04)],
};

/// A thing or way of speaking.
pub const ERA_WORD: Shape = Shape {
    per: Per::Day,
    before: &[(YEAR, 0.15), (3 * YEAR, 0.05), (EVER, 0.01)],
    inside: 1.0,
    after: &[(YEAR, 0.4), (5 * YEAR, 0.2), (EVER, 0.1)],
};

/// Something that was talked of for a while.
pub const ERA_AFFAIR: Shape = Shape {
    per: Per::Step,
    before: &[(31, 1.0), (EVER, 4.0)],
    inside: 76.0,
    after: &[(YEAR, 9.0), (5 * YEAR, 6.0), (EVER, 4.0)],
};

/// A day of a month with its weekday: the half years around the days that suit.
pub const WEEKDAY: Shape = Shape {
    per: Per::Day,
    before: &[(183, 1.0), (EVER, 0.04)],
    inside: 1.0,
    after: &[(183, 1.0), (EVER, 0.04)],
};

/// The same where the weekday may be that of the day before.
pub const WEEKDAY_BEFORE: Shape = Shape {
    per: Per::Day,
    before: &[(183, 0.4), (EVER, 0.04)],
    inside: 0.4,
    after: &[(183, 0.4), (EVER, 0.04)],
};

/// A year that is fixed by what was "last year" in it.
pub const YEAR_FIXED: Shape =
    Shape { per: Per::Day, before: &[(EVER, 0.01)], inside: 1.0, after: &[(EVER, 0.01)] };
