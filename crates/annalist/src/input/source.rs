//! *Where do reports come from, one after the other?* Every format is a [`Source`].

use std::collections::{BTreeSet, VecDeque};

use super::{Failure, Outcome, failure};

/// Reports of one file, in order.
pub trait Source {
    /// The next report, or why there is none; `None` at the end.
    fn next(&mut self) -> Option<Outcome>;

    /// What the last one was made of.
    fn made(&self) -> Made;

    /// Names of fields, in the rows so far, that nothing is made of.
    fn unused(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }
}

/// What a report was made of, for whoever looks before reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The format: `web page`, `row of a table` …
    pub format: &'static str,
    /// Where its day of publication comes from, if it has one.
    pub dated_by: Option<String>,
}

impl Made {
    /// Of a format in which the day, where there is one, stands as a field.
    pub fn of(format: &'static str) -> Self {
        Self { format, dated_by: None }
    }
}

/// A few reports that are there already.
pub struct Few {
    outcomes: VecDeque<(Outcome, Made)>,
    made: Made,
}

impl Few {
    /// In their order.
    pub fn new(outcomes: impl IntoIterator<Item = (Outcome, Made)>) -> Self {
        Self { outcomes: outcomes.into_iter().collect(), made: Made::default() }
    }

    /// One report, or why there is none.
    pub fn one(outcome: Outcome, format: &'static str) -> Self {
        Self::new([(outcome, Made::of(format))])
    }

    /// Why there is none.
    pub fn failed(failure: Failure) -> Self {
        Self::one(Err(failure), "")
    }

    /// The same, of a file and a sentence.
    pub fn refused(name: &str, problem: &str) -> Self {
        Self::failed(failure(name, problem))
    }
}

impl Source for Few {
    fn next(&mut self) -> Option<Outcome> {
        let (outcome, made) = self.outcomes.pop_front()?;
        self.made = made;
        Some(outcome)
    }

    fn made(&self) -> Made {
        self.made.clone()
    }
}
