//! *How do the days of reports lie that are bound to each other?* The weights of dating in a pile, each with what it says.
//!
//! They are estimates of how news is written, in round numbers, and none is fitted to particular reports. The last step of
//! each list is how often two reports are bound like this by error or by chance.

const EVER: i32 = i32::MAX;
const MONTH: i32 = 31;
const YEAR: i32 = 366;

/// How likely each day is by its distance to some days. The figures say how many of a hundred reports lie in a step.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Up to so many days before; the last step reaches for ever.
    pub before: &'static [(i32, f64)],
    /// On one of the days.
    pub inside: f64,
    /// As before.
    pub after: &'static [(i32, f64)],
}

/// Two reports that print the same sentences.
pub(crate) const REPRINT: Shape = Shape {
    before: &[(1, 14.0), (3, 6.0), (7, 3.0), (MONTH, 2.0), (YEAR, 2.0), (EVER, 1.0)],
    inside: 40.0,
    after: &[(1, 14.0), (3, 6.0), (7, 4.0), (MONTH, 3.0), (YEAR, 3.0), (EVER, 2.0)],
};

/// Two reports that tell of several events alike, or that share most of their words.
pub(crate) const SAME_STORY: Shape = Shape {
    before: &[(1, 12.0), (3, 8.0), (7, 7.0), (MONTH, 9.0), (YEAR, 6.0), (5 * YEAR, 2.0), (EVER, 1.0)],
    inside: 10.0,
    after: &[(1, 12.0), (3, 8.0), (7, 7.0), (MONTH, 9.0), (YEAR, 6.0), (5 * YEAR, 2.0), (EVER, 1.0)],
};

/// Two reports on one subject.
pub(crate) const SAME_SUBJECT: Shape = Shape {
    before: &[(3, 7.0), (7, 6.0), (MONTH, 13.0), (92, 9.0), (YEAR, 8.0), (5 * YEAR, 4.0), (EVER, 2.0)],
    inside: 2.0,
    after: &[(3, 7.0), (7, 6.0), (MONTH, 13.0), (92, 9.0), (YEAR, 8.0), (5 * YEAR, 4.0), (EVER, 2.0)],
};

/// Two reports that somebody put into one pile.
pub(crate) const PILE: Shape = Shape {
    before: &[(MONTH, 7.0), (183, 10.0), (YEAR, 10.0), (2 * YEAR, 9.0), (5 * YEAR, 8.0), (EVER, 5.0)],
    inside: 2.0,
    after: &[(MONTH, 7.0), (183, 10.0), (YEAR, 10.0), (2 * YEAR, 9.0), (5 * YEAR, 8.0), (EVER, 5.0)],
};

/// What a report tells of as past: mostly news, else background.
pub(crate) const HAPPENED: Shape = Shape {
    before: &[(1, 2.0), (MONTH, 1.0), (EVER, 1.0)],
    inside: 14.0,
    after: &[
        (1, 22.0),
        (3, 14.0),
        (7, 10.0),
        (MONTH, 12.0),
        (183, 9.0),
        (YEAR, 5.0),
        (5 * YEAR, 6.0),
        (EVER, 4.0),
    ],
};

/// That the days of the pile say something of a report's.
pub(crate) const PILE_WEIGHT: f64 = 1.0;
/// That a report has come into the pile from any time.
pub(crate) const STRANGER: f64 = 0.3;
/// That reports with the same sentences are of one time.
pub(crate) const REPRINT_WEIGHT: f64 = 40.0;
/// That reports with one event in common are; more of them weigh more.
pub(crate) const EVENT_WEIGHT: f64 = 3.0;
/// That reports alike are: by the square of their likeness in tenths.
pub(crate) const ALIKE_WEIGHT: f64 = 1.0;
