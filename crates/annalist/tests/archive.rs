//! What an archive promises: no order of arrival shows, twice is once, a withdrawal undoes an addition, and what is
//! built step by step is what is built at once.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use annalist::archive::{Access, Archive, Error};
use annalist::rows::reading_row;
use annalist::schema::{DayInterval, Reading, Report, Situation};
use annalist::{Options, Reader, Tier, reconcile};
use proptest::prelude::*;
use tempfile::TempDir;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap());

/// Sentences of a few happenings, told in several ways, so that reports share events and disagree.
const SENTENCES: &[&str] = &[
    "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers.",
    "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said.",
    "The army said at least five soldiers were killed in Gao on 5 February 2024.",
    "Rebels attacked a convoy in Kidal in Mali on 6 February 2024, wounding 12 people.",
    "Talks between Mali and the rebels were suspended on 7 February 2024.",
    "Talks between Mali and the rebels resumed in Algiers on 9 February 2024.",
    "About 2,500 French troops are stationed in Mali.",
    "France has 1,700 troops in Mali, the ministry said.",
    "President Macron condemned the attack in Gao.",
    "Mali demanded that France withdraw its troops.",
    "Protesters marched in Bamako on 8 February 2024 against the government.",
    "It rained.",
];

fn report(index: usize, sentences: &[usize]) -> Report {
    let text = sentences.iter().map(|sentence| SENTENCES[*sentence]).collect::<Vec<_>>().join(" ");
    let day = format!("2024-02-{:02}", 8 + index);
    let published = DayInterval::parse(&day);
    let outlet = Some(format!("Outlet {index}"));
    Report { id: format!("r{index}"), text, published, outlet, ..Report::default() }
}

fn piles() -> impl Strategy<Value = Vec<(Report, Reading)>> {
    dated_piles(usize::MAX)
}

/// Reports of which those whose number can be divided have no date.
fn dated_piles(undated: usize) -> impl Strategy<Value = Vec<(Report, Reading)>> {
    let sentences = prop::collection::vec(0..SENTENCES.len(), 1..6);
    prop::collection::vec(sentences, 1..7).prop_map(move |reports| {
        let report = |(index, sentences): (usize, &Vec<usize>)| {
            let report = report(index, sentences);
            let published = report.published.filter(|_| (index + 1) % undated != 0);
            Report { published, ..report }
        };
        let reports: Vec<_> = reports.iter().enumerate().map(report).collect();
        let readings = READER.read(&reports);
        reports.into_iter().zip(readings).collect()
    })
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn access(&self, name: &str) -> Access {
        Access { path: self.0.path().join(name), wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH }
    }

    /// An archive to which reports were added one by one.
    fn archive(&self, name: &str, entries: &[(Report, Reading)]) -> Archive {
        let mut archive = self.access(name).create().unwrap();
        for entry in entries {
            archive.add(std::slice::from_ref(entry), "test").unwrap();
            archive.refresh().unwrap();
        }
        archive
    }
}

fn held(archive: &Archive) -> Situation {
    archive.check().unwrap();
    archive.situation(None).unwrap()
}

fn batch(entries: &[(Report, Reading)]) -> Situation {
    let situation = reconcile(&entries.iter().map(|(_, reading)| reading.clone()).collect::<Vec<_>>());
    // Days of undated reports are no part of what is kept.
    Situation { dates: Vec::new(), ..situation }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn step_by_step_in_any_order_is_at_once(entries in dated_piles(3), turn in 0_usize..7) {
        let folder = Folder::new();
        let mut turned = entries.clone();
        turned.rotate_left(turn % entries.len());
        let mut archive = folder.archive("steps", &turned);
        let expected = batch(&entries);
        prop_assert_eq!(&held(&archive), &expected);
        prop_assert_eq!(archive.add(&entries, "test").unwrap(), Vec::<String>::new());
        prop_assert_eq!(archive.refresh().unwrap(), vec![]);
        prop_assert_eq!(archive.rebuild().unwrap(), vec![]);
        prop_assert_eq!(&held(&archive), &expected);
    }

    #[test]
    fn a_withdrawn_report_leaves_no_trace_in_the_situation(entries in piles(), gone in 0_usize..7) {
        let folder = Folder::new();
        let gone = gone % entries.len();
        let mut archive = folder.archive("withdrawn", &entries);
        archive.withdraw(&[entries[gone].0.id.clone()]).unwrap();
        let mut rest = entries.clone();
        let again = rest.remove(gone);
        prop_assert_eq!(held(&archive), batch(&rest));
        archive.add(&[again], "test").unwrap();
        archive.refresh().unwrap();
        prop_assert_eq!(held(&archive), batch(&entries));
    }

    #[test]
    fn a_past_day_sees_nothing_published_later(entries in piles(), day in 7_usize..16) {
        let folder = Folder::new();
        let archive = folder.archive("as-of", &entries);
        let (earlier, _): (Vec<_>, Vec<_>) =
            entries.into_iter().enumerate().partition(|(index, _)| 8 + index <= day);
        let earlier: Vec<_> = earlier.into_iter().map(|(_, entry)| entry).collect();
        let as_of = format!("2024-02-{day:02}").parse().unwrap();
        prop_assert_eq!(archive.situation(Some(as_of)).unwrap(), batch(&earlier));
        prop_assert_eq!(archive.pile(Some(as_of)).unwrap().entries().len(), earlier.len());
    }

    #[test]
    fn reports_and_readings_come_out_as_they_went_in(entries in piles()) {
        let folder = Folder::new();
        let archive = folder.archive("whole", &entries);
        let pile = archive.pile(None).unwrap();
        let row = |(report, reading): &(Report, Reading)| (report.clone(), reading_row(report, reading.clone(), false));
        let kept: Vec<_> = pile.entries().iter().map(row).collect();
        prop_assert_eq!(kept, entries.iter().map(row).collect::<Vec<_>>());
    }

    #[test]
    fn every_value_of_every_cell_leads_to_a_sentence(entries in piles()) {
        let folder = Folder::new();
        let archive = folder.archive("cells", &entries);
        let pile = archive.pile(None).unwrap();
        for event in archive.situation(None).unwrap().events {
            for value in event.cells.iter().flat_map(|cell| &cell.values) {
                for claim in &value.claims {
                    let words = pile.claim(claim).unwrap().trigger;
                    let citation = pile.cite(&claim.report, words).unwrap();
                    let said = words.of(&pile.get(&claim.report).unwrap().0.text);
                    prop_assert!(!said.is_empty() && citation.text.contains(said), "{said}: {citation:?}");
                }
            }
        }
    }
}

#[test]
fn a_report_is_never_changed() {
    let folder = Folder::new();
    let entries: Vec<_> = [report(1, &[0])].into_iter().map(|report| (report, Reading::default())).collect();
    let mut archive = folder.archive("changed", &entries);
    let other = (Report { text: "It rains.".to_owned(), ..entries[0].0.clone() }, Reading::default());
    let error = archive.add(&[other], "test").unwrap_err();
    assert!(matches!(error, Error::OtherReport { .. }), "{error}");
    assert!(error.to_string().contains("“Rebels attacked a village"), "{error}");
}

/// Enough reports that a few more are taken in one by one.
#[test]
fn the_last_report_once_withdrawn_stays_away() {
    let folder = Folder::new();
    let entry = |index: usize| {
        let report = report(index % 20, &[index % 7, 11]);
        let reading = READER.read(std::slice::from_ref(&report)).remove(0);
        let id = format!("r{index}");
        (Report { id: id.clone(), ..report }, Reading { id, ..reading })
    };
    let entries: Vec<_> = (0..220).map(entry).collect();
    let (later, first) = entries.split_last().unwrap();
    let mut archive = folder.access("last").create().unwrap();
    archive.add(first, "test").unwrap();
    archive.refresh().unwrap();
    archive.withdraw(&["r218".to_owned(), "r7".to_owned()]).unwrap();
    archive.add(std::slice::from_ref(later), "test").unwrap();
    archive.refresh().unwrap();
    let is_there = |(report, _): &&(Report, Reading)| !["r218", "r7"].contains(&&*report.id);
    let rest: Vec<_> = entries.iter().filter(is_there).cloned().collect();
    assert_eq!(held(&archive), batch(&rest));
}

#[test]
fn the_missing_file_and_the_missing_report_are_named() {
    let folder = Folder::new();
    assert!(matches!(folder.access("none").open(), Err(Error::Missing { .. })));
    assert!(!Path::new(&folder.access("none").path).exists());
    let mut archive = folder.archive("empty", &[]);
    let error = archive.withdraw(&["r9".to_owned()]).unwrap_err();
    assert!(error.to_string().contains("found `r9`"), "{error}");
}
