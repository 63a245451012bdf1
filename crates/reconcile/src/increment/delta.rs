//! *What differs between a situation that is kept and a new one?* Row by row, each under a key of its own.

use std::collections::BTreeMap;

use annalist_schema::{Copy, Event, Posture, PostureSeries, Process, ProcessState, ReportNote};

use crate::situation::{posture_key, process_key};

/// What differs between a situation that is kept and a new one.
#[derive(Debug, Default)]
pub struct Delta {
    /// Events as they are kept that the new situation does not hold so; by id.
    pub gone: BTreeMap<String, Event>,
    /// Events of the new situation that are not kept so; by id.
    pub come: BTreeMap<String, Event>,
    /// Posture series.
    pub postures: List<PostureSeries>,
    /// Processes.
    pub processes: List<Process>,
    /// Copies, of which nobody is told.
    pub copies: List<Copy>,
    /// Notes, of which nobody is told.
    pub notes: List<ReportNote>,
}

/// What differs in a list, row by row.
#[derive(Debug)]
pub struct List<T> {
    /// Rows as kept that are not so any more, by key.
    pub before: BTreeMap<String, T>,
    /// Rows that are not kept so, by key.
    pub after: BTreeMap<String, T>,
    /// Keys of kept rows that cannot be read: another program made them.
    pub unread: Vec<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { before: BTreeMap::new(), after: BTreeMap::new(), unread: Vec::new() }
    }
}

impl<T: PartialEq> List<T> {
    /// What differs between kept rows and new ones.
    pub fn between(mut before: BTreeMap<String, T>, mut after: BTreeMap<String, T>) -> Self {
        after.retain(|key, row| before.get(key) != Some(row) || before.remove(key).is_none());
        Self { before, after, unread: Vec::new() }
    }
}

/// Series by the keys under which they are kept.
pub fn posture_rows(series: &[PostureSeries]) -> BTreeMap<String, PostureSeries> {
    by_key(series, |series| posture_key(&series.actor, series.place.as_ref()))
}

/// Processes by the keys under which they are kept.
pub fn process_rows(processes: &[Process]) -> BTreeMap<String, Process> {
    by_key(processes, |process| process_key(&process.process).to_owned())
}

/// Groups of copies by the keys under which they are kept: groups share no report.
pub fn copy_rows(copies: &[Copy]) -> BTreeMap<String, Copy> {
    by_key(copies, |copy| copy.reports.first().cloned().unwrap_or_default())
}

/// The key of the series that a posture belongs to.
pub(super) fn key_of_posture(posture: &Posture) -> String {
    posture_key(&posture.actor, posture.place.as_ref())
}

/// The key of the process that a state belongs to.
pub(super) fn key_of_state(state: &ProcessState) -> &str {
    process_key(&state.process)
}

fn by_key<T: Clone>(rows: &[T], key: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    rows.iter().map(|row| (key(row), row.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[(&str, u8)], after: &[(&str, u8)], gone: &[&str], come: &[&str]) {
        let rows = |rows: &[(&str, u8)]| rows.iter().map(|(key, row)| ((*key).to_owned(), *row)).collect();
        let list = List::between(rows(before), rows(after));
        let keys = |rows: &BTreeMap<String, u8>| rows.keys().cloned().collect::<Vec<_>>();
        assert_eq!((keys(&list.before), keys(&list.after)), (gone.map_owned(), come.map_owned()));
    }

    trait Owned {
        fn map_owned(&self) -> Vec<String>;
    }

    impl Owned for &[&str] {
        fn map_owned(&self) -> Vec<String> {
            self.iter().map(|key| (*key).to_owned()).collect()
        }
    }

    #[test]
    fn only_what_differs_is_named() {
        check(&[("a", 1), ("b", 2), ("c", 3)], &[("b", 2), ("c", 4), ("d", 5)], &["a", "c"], &["c", "d"]);
        check(&[], &[], &[], &[]);
    }
}
