//! *Which id does a report get?* One that depends on the report alone, never on what came before it.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Component, Path};

use annalist_read::report::digest;
use annalist_reconcile::{id_beside_others, shared_id_note};
use annalist_schema::Report;

/// The id of a text file: its path as given, tidied, without `.txt`. So files of one name in two folders have two ids, and a
/// file has the same id whatever it is given together with.
pub fn of_file(name: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in Path::new(name).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            Component::RootDir => parts.push(String::new()),
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    let path = parts.join("/");
    match path.len().checked_sub(4).and_then(|at| path.split_at_checked(at)) {
        Some((stem, end)) if end.eq_ignore_ascii_case(".txt") && !stem.is_empty() && !stem.ends_with('/') => {
            stem.to_owned()
        }
        _ => path,
    }
}

/// The id of a row that has none: its URL, or the file with a hash of the row.
pub fn of_nameless(file: &str, report: &Report) -> String {
    report.url.clone().unwrap_or_else(|| format!("{}#{}", of_file(file), &digest(report)[..8]))
}

/// Which ids were seen with which reports: 16 bytes a report, whatever its length.
#[derive(Debug, Default)]
pub struct Ids {
    /// Hash of the first report that came with an id, by the hash of the id.
    first: HashMap<u64, u64>,
    /// Hashes of ids that came with different reports.
    shared: HashSet<u64>,
}

impl Ids {
    /// Takes note of a report that will come.
    pub fn see(&mut self, report: &Report) {
        let (id, content) = (hash(&report.id), hash(&digest(report)));
        if *self.first.entry(id).or_insert(content) != content {
            self.shared.insert(id);
        }
    }

    /// Tells a report from others of its id. Of those that nobody could see coming, the first keeps its id; `reconcile`
    /// gives it the longer one.
    pub fn settle(&mut self, report: &mut Report) {
        let digest = digest(report);
        let (id, content) = (hash(&report.id), hash(&digest));
        let first = *self.first.entry(id).or_insert(content);
        if first == content && !self.shared.contains(&id) {
            return;
        }
        let longer = id_beside_others(&report.id, &digest);
        report.notes.push(shared_id_note(&report.id, &longer));
        report.id = longer;
    }
}

fn hash(value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(of_file(name), expected, "{name}");
    }

    #[test]
    fn files_are_called_by_their_path() {
        check("report.txt", "report");
        check("p/report.txt", "p/report");
        check("./p//report.txt", "p/report");
        check("q/../p/report.TXT", "p/report");
        check("../p/report.txt", "../p/report");
        check("/data/report.txt", "/data/report");
        check("p/report.md", "p/report.md");
        check("p/report", "p/report");
        check(".txt", ".txt");
        check("-", "-");
        check("é.txt", "é");
    }

    fn settled(seen: &[(&str, &str)], reports: &[(&str, &str)]) -> Vec<String> {
        let report = |&(id, text): &(&str, &str)| Report {
            id: id.to_owned(),
            text: text.to_owned(),
            ..Report::default()
        };
        let mut ids = Ids::default();
        seen.iter().for_each(|given| ids.see(&report(given)));
        let mut reports: Vec<_> = reports.iter().map(report).collect();
        reports.iter_mut().for_each(|report| ids.settle(report));
        reports
            .into_iter()
            .map(|report| format!("{}={} {}", report.id, report.text, report.notes.len()))
            .collect()
    }

    #[test]
    fn reports_of_one_id_are_told_apart_in_any_order() {
        let (one, other, third) = (("x", "It rains."), ("x", "It snows."), ("y", "It snows."));
        let given = [one, other, third, one];
        let expected =
            ["x~c6a5f215=It rains. 1", "x~424aae18=It snows. 1", "y=It snows. 0", "x~c6a5f215=It rains. 1"];
        assert_eq!(settled(&given, &given), expected);
        let turned = settled(&[other, one], &[other, one]);
        assert_eq!(turned, [expected[1], expected[0]]);
    }

    #[test]
    fn a_report_given_twice_keeps_its_id() {
        let one = ("x", "It rains.");
        assert_eq!(settled(&[one, one], &[one, one]), ["x=It rains. 0", "x=It rains. 0"]);
    }

    #[test]
    fn in_a_stream_the_first_keeps_its_id() {
        let (one, other) = (("x", "It rains."), ("x", "It snows."));
        assert_eq!(
            settled(&[], &[one, other, one, other]),
            ["x=It rains. 0", "x~424aae18=It snows. 1", "x=It rains. 0", "x~424aae18=It snows. 1"]
        );
    }
}
