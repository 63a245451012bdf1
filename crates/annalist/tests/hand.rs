//! What an analyst's hand on an archive promises: decisions outlive every addition and withdrawal, `undo` brings back
//! every byte, a past day knows nothing decided later, and a table carries all of it to another archive.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use annalist::archive::{Access, Archive, Ask, Decided, Error, tell};
use annalist::briefing::{Detail, Wish};
use annalist::query::{Listing, Query};
use annalist::schema::{DayInterval, Event, Reading, Report};
use annalist::table::to_csv;
use annalist::{Options, Reader, Tier};
use proptest::prelude::*;
use tempfile::TempDir;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap());

const SENTENCES: &[&str] = &[
    "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers.",
    "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said.",
    "Rebels attacked a convoy in Kidal in Mali on 6 February 2024, wounding 12 people.",
    "Protesters marched in Bamako on 8 February 2024 against the government.",
    "President Macron condemned the attack in Gao.",
];

fn entries(reports: &[Vec<usize>]) -> Vec<(Report, Reading)> {
    let report = |(index, sentences): (usize, &Vec<usize>)| Report {
        id: format!("r{index}"),
        text: sentences.iter().map(|sentence| SENTENCES[*sentence]).collect::<Vec<_>>().join(" "),
        published: DayInterval::parse("2024-02-09"),
        ..Report::default()
    };
    let reports: Vec<_> = reports.iter().enumerate().map(report).collect();
    let readings = READER.read(&reports);
    reports.into_iter().zip(readings).collect()
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn archive(&self, name: &str, entries: &[(Report, Reading)]) -> Archive {
        let now = "2024-02-10T12:00:00Z".parse().unwrap();
        let mut archive = Access { path: self.0.path().join(name), wait_s: 1, now }.create().unwrap();
        archive.add(entries, "test").unwrap();
        archive.refresh().unwrap();
        archive
    }
}

/// Every byte that a reader of the archive can see of the situation.
fn bytes(archive: &Archive) -> String {
    archive.check().unwrap();
    serde_json::to_string(&archive.situation(None).unwrap()).unwrap()
}

fn events(archive: &Archive) -> Vec<Event> {
    archive.situation(None).unwrap().events
}

fn claim(event: &Event, index: usize) -> String {
    event.claims[index % event.claims.len()].to_string()
}

/// Something sensible to ask of what the archive holds.
fn ask(archive: &Archive, (kind, one, other): (usize, usize, usize)) -> Option<Ask> {
    let events = events(archive);
    let event = events.get(one % events.len().max(1))?;
    let id = event.id.clone();
    Some(match kind % 6 {
        0 if event.claims.len() > 1 => Ask::Split { event: id, claims: vec![claim(event, other)] },
        1 => Ask::Merge { events: vec![id, events[other % events.len()].id.clone()] },
        2 => Ask::Set { event: id, attribute: "date".to_owned(), value: "2024-02-07".to_owned() },
        3 => Ask::Set { event: id, attribute: "killed".to_owned(), value: "7".to_owned() },
        4 => Ask::RejectClaim { claim: claim(event, other) },
        _ => Ask::Accept { event: id },
    })
}

/// Decides what makes sense; gives how many decisions were made.
fn decide(archive: &mut Archive, asks: &[(usize, usize, usize)]) -> usize {
    let decided =
        asks.iter().filter_map(|asked| archive.decide(&[ask(archive, *asked)?], "they say so").ok());
    decided.count()
}

fn reports() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 1..4), 2..6)
}

fn asks() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0_usize..6, 0_usize..20, 0_usize..20), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn decisions_outlive_additions_and_withdrawals(reports in reports(), asks in asks()) {
        let folder = Folder::new();
        let entries = entries(&reports);
        let (last, first) = entries.split_last().unwrap();
        let mut archive = folder.archive("steps", first);
        decide(&mut archive, &asks);
        let before = bytes(&archive);
        archive.add(std::slice::from_ref(last), "test").unwrap();
        archive.refresh().unwrap();
        let with_all = bytes(&archive);
        archive.rebuild().unwrap();
        prop_assert_eq!(&bytes(&archive), &with_all);
        archive.withdraw(std::slice::from_ref(&last.0.id)).unwrap();
        prop_assert_eq!(&bytes(&archive), &before);
        archive.withdraw(std::slice::from_ref(&first[0].0.id)).unwrap();
        archive.add(&entries, "test").unwrap();
        archive.refresh().unwrap();
        prop_assert_eq!(&bytes(&archive), &with_all);
    }

    #[test]
    fn undo_brings_back_every_byte(reports in reports(), asks in asks()) {
        let folder = Folder::new();
        let mut archive = folder.archive("undone", &entries(&reports));
        let before = bytes(&archive);
        let mut kept = Vec::new();
        for asked in &asks {
            kept.push((decide(&mut archive, &[*asked]), bytes(&archive)));
        }
        let n_decided: usize = kept.iter().map(|(n_decided, _)| n_decided).sum();
        prop_assert_eq!(archive.decisions().unwrap().len(), n_decided);
        let mut number = n_decided as u32;
        while let Some((n_decided, after)) = kept.pop() {
            prop_assert_eq!(&bytes(&archive), &after);
            if n_decided == 1 {
                archive.undo(&[number]).unwrap();
                number -= 1;
            }
        }
        prop_assert_eq!(&bytes(&archive), &before);
    }

    #[test]
    fn a_table_carries_decisions_to_another_archive(reports in reports(), asks in asks()) {
        let folder = Folder::new();
        let entries = entries(&reports);
        let mut archive = folder.archive("one", &entries);
        decide(&mut archive, &asks);
        let table = to_csv(&archive.decisions().unwrap());
        let mut other = folder.archive("other", &[]);
        other.import(Path::new("hand.csv"), &table).unwrap();
        other.add(&entries, "test").unwrap();
        other.refresh().unwrap();
        prop_assert_eq!(bytes(&other), bytes(&archive));
        prop_assert_eq!(other.import(Path::new("hand.csv"), &table).unwrap(), vec![]);
        let plain = |decided: Vec<Decided>| decided.into_iter().map(|one| one.decision).collect::<Vec<_>>();
        prop_assert_eq!(plain(other.decisions().unwrap()), plain(archive.decisions().unwrap()));
    }

    #[test]
    fn a_day_before_a_decision_does_not_know_it(reports in reports(), asks in asks()) {
        let folder = Folder::new();
        let mut archive = folder.archive("as-of", &entries(&reports));
        let before = archive.situation(None).unwrap();
        decide(&mut archive, &asks);
        let as_of = |day: &str| archive.situation(Some(day.parse().unwrap())).unwrap();
        prop_assert_eq!(as_of("2024-02-09"), before);
        prop_assert_eq!(as_of("2024-02-10"), archive.situation(None).unwrap());
    }
}

/// An archive of two reports of one raid, with the id of the event.
fn raid(folder: &Folder) -> (Archive, String) {
    let archive = folder.archive("raid", &entries(&[vec![0], vec![1]]));
    let id = events(&archive).into_iter().find(|event| event.claims.len() == 2).unwrap().id;
    (archive, id)
}

#[test]
fn a_dispute_is_settled_and_what_the_reports_say_stays() {
    let folder = Folder::new();
    let (mut archive, id) = raid(&folder);
    let (attribute, value) = ("killed".to_owned(), "7".to_owned());
    let changes =
        archive.decide(&[Ask::Set { event: id.clone(), attribute, value }], "the army counted").unwrap();
    let kinds: Vec<_> = changes.iter().map(|change| change.kind.as_str()).collect();
    assert_eq!(kinds, ["decision-made", "dispute-resolved"]);
    let event = archive.event(&id).unwrap().unwrap();
    let cell = event.cells.iter().find(|cell| cell.attribute == "killed").unwrap();
    assert_eq!(cell.verdict.as_str(), "contradictory");
    assert_eq!(cell.values[cell.preferred.as_ref().unwrap().0].value, "7 soldiers");
    assert!(cell.why.as_ref().unwrap().contains("the army counted"), "{cell:?}");
}

fn check_refused(ask: impl Fn(String) -> Ask, because: &str, expected: &str) {
    let folder = Folder::new();
    let (mut archive, id) = raid(&folder);
    let before = bytes(&archive);
    let error = archive.decide(&[Ask::Accept { event: id.clone() }, ask(id)], because).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!((bytes(&archive), archive.decisions().unwrap().len()), (before, 0));
}

#[test]
fn what_makes_no_sense_is_refused_whole() {
    let set = |attribute: &str, value: &str| {
        let (attribute, value) = (attribute.to_owned(), value.to_owned());
        move |event: String| Ask::Set { event, attribute: attribute.clone(), value: value.clone() }
    };
    check_refused(|_| Ask::Accept { event: "r9/c9".to_owned() }, "so", "an event or claim, found `r9/c9`");
    check_refused(|event| Ask::Accept { event }, " ", "expected a reason, found none");
    check_refused(
        |event| Ask::Merge { events: vec![event.clone(), event] },
        "so",
        "expected two events or more",
    );
    check_refused(|event| Ask::Split { event, claims: vec!["r7/c1".to_owned()] }, "so", "found `r7/c1`");
    check_refused(
        |event| Ask::Split { claims: vec!["r0/c6".to_owned(), "r1/c7".to_owned()], event },
        "so",
        "expected",
    );
    check_refused(set("date", "yesterday"), "so", "days such as 2024-02-11");
    check_refused(set("type", "RAID"), "so", "one of ");
    check_refused(set("status", "maybe"), "so", "one of happened");
    check_refused(set("killed", ""), "so", "a number in digits");
    check_refused(set("killed", "many"), "so", "expected for `killed` a number in digits");
    check_refused(
        set("nonsense", "4"),
        "so",
        "an attribute, one of actors, recipients, date, place, status, mode",
    );
    check_refused(set("nonsense", "4"), "so", "killed, wounded");
    check_refused(set("nonsense", "4"), "so", "found `nonsense`");
    check_refused(set("actors", ";"), "so", "names");
    check_refused(
        |event| Ask::Merge { events: vec![event, "r1/c7".to_owned()] },
        "so",
        "which are one event already",
    );
}

#[test]
fn a_table_that_is_none_changes_nothing() {
    let folder = Folder::new();
    let (mut archive, _) = raid(&folder);
    let before = bytes(&archive);
    let table = "kind,claims,because\naccept,r0/c1,x\nbless,r0/c1,x\n";
    let error = archive.import(Path::new("hand.csv"), table).unwrap_err();
    assert!(matches!(error, Error::BadTable { line: 3, .. }), "{error}");
    assert!(error.to_string().starts_with("hand.csv:3: expected one of split"), "{error}");
    assert_eq!((bytes(&archive), archive.decisions().unwrap().len()), (before, 0));
    let error = archive.undo(&[1]).unwrap_err();
    assert!(error.to_string().contains("expected the id of a decision, found `1`"), "{error}");
}

fn set_killed(event: &str, value: &str) -> Ask {
    Ask::Set { event: event.to_owned(), attribute: "killed".to_owned(), value: value.to_owned() }
}

/// What an analyst decided for stands first wherever the values do, and the dispute counts as settled everywhere.
#[test]
fn a_settled_dispute_is_settled_everywhere() {
    let folder = Folder::new();
    let (mut archive, id) = raid(&folder);
    let open = Query { undecided: true, ..Query::default() };
    let answer = |archive: &Archive, query: &Query| archive.answer(query, None, Detail::Whole).unwrap();
    let page = archive.briefing(Wish::default()).unwrap().to_text(4000, false);
    assert!(page.contains("1 difference\n") && page.contains("WHERE THE REPORTS DIFFER"), "{page}");
    assert_eq!(answer(&archive, &open).disputes.len(), 1);
    assert_eq!((archive.summary().unwrap().contradictions, archive.summary().unwrap().settled), (1, 0));

    let changes = archive.decide(&[set_killed(&id, "7")], "the army counted").unwrap();
    let told = tell(&changes, 9, 4000, false);
    assert!(told.contains("3 soldiers | 7 soldiers → 7 soldiers, by decision 1"), "{told}");
    let page = archive.briefing(Wish::default()).unwrap().to_text(4000, false);
    assert!(page.contains("0 differences, 1 more settled by an analyst"), "{page}");
    assert!(!page.contains("WHERE THE REPORTS DIFFER") && page.contains("WHAT AN ANALYST DECIDED"), "{page}");
    assert!(page.contains("decision 1: set killed to “7 soldiers” in"), "{page}");
    for page in [page, answer(&archive, &Query::default()).list(Listing::Timeline, 4000, false)] {
        let line = page
            .lines()
            .find(|line| line.contains("killed decided (contradictory, 2 origins): 7 soldiers ["));
        assert!(line.is_some_and(|line| line.contains("| 3 soldiers [")), "{page}");
        assert!(!page.contains("the reports differ on killed"), "{page}");
    }
    let all = answer(&archive, &Query::default());
    assert_eq!((all.disputes.len(), all.disputes[0].cell.decided), (1, Some(1)));
    assert!(all.list(Listing::Disputes, 4000, false).contains("killed decided (contradictory"));
    assert_eq!(answer(&archive, &open).disputes, vec![]);
    assert_eq!(answer(&archive, &open).timeline().len(), 0);
    assert_eq!((archive.summary().unwrap().contradictions, archive.summary().unwrap().settled), (0, 1));
}

/// An analyst's own value of an attribute that one report alone tells is shown too.
#[test]
fn an_own_value_is_shown_with_what_the_report_says() {
    let folder = Folder::new();
    let mut archive = folder.archive("alone", &entries(&[vec![2]]));
    let id = events(&archive).first().unwrap().id.clone();
    let set = |attribute: &str, value: &str| Ask::Set {
        event: id.clone(),
        attribute: attribute.to_owned(),
        value: value.to_owned(),
    };
    archive
        .decide(&[set("wounded", "at least 14 people"), set("status", "Denied")], "the army counted")
        .unwrap();
    let page =
        archive.answer(&Query::default(), None, Detail::Whole).unwrap().list(Listing::Timeline, 4000, false);
    assert!(page.contains("wounded decided: at least 14 people, according to analyst | 12"), "{page}");
    assert!(page.contains(" · denied · "), "{page}");
}

#[test]
fn a_decision_undone_before_is_said_to_be() {
    let folder = Folder::new();
    let (mut archive, id) = raid(&folder);
    archive.decide(&[set_killed(&id, "7")], "the army counted").unwrap();
    let undone = archive.undo(&[1, 1]).unwrap();
    assert_eq!(undone.iter().filter(|change| change.kind.as_str() == "decision-undone").count(), 1);
    let before = bytes(&archive);
    let error = archive.undo(&[1]).unwrap_err();
    assert!(matches!(error, Error::Undone { number: 1, .. }), "{error}");
    assert!(error.to_string().contains("decision 1 was undone on 2024-02-10 already"), "{error}");
    assert_eq!(bytes(&archive), before);
}

#[test]
fn a_merge_of_many_names_them_all() {
    let folder = Folder::new();
    let mut archive = folder.archive("many", &entries(&[vec![0], vec![2], vec![3]]));
    let ids: Vec<_> = events(&archive).into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    let changes = archive.decide(&[Ask::Merge { events: ids.clone() }], "one raid").unwrap();
    let told = tell(&changes, 9, 4000, false);
    assert!(ids.iter().all(|id| told.contains(id)), "{ids:?} in {told}");
    assert!(told.contains(" into one event, because one raid"), "{told}");
    assert_eq!(told.matches("now part of").count(), 2, "{told}");
}
