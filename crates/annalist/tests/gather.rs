//! A pile that lies on a shelf gives the page that it gives in memory, byte by byte.

#![allow(clippy::unwrap_used)]

use annalist::briefing::{Briefing, Detail, Wish};
use annalist::gather::Gathering;
use annalist::pile::Pile;
use annalist::schema::{DayInterval, Report};
use annalist::{Options, Reader, Tier, reconcile};

fn report(id: &str, published: Option<&str>, text: &str) -> Report {
    Report {
        id: id.to_owned(),
        text: text.to_owned(),
        published: published.and_then(DayInterval::parse),
        ..Report::default()
    }
}

fn check(reports: Vec<Report>) {
    let readings = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap().read(&reports);
    let situation = reconcile(&readings);
    let entries: Vec<_> = reports.into_iter().zip(readings).collect();
    let gathered = |detail| {
        let mut gathering = Gathering::new().unwrap();
        let takes = entries.iter().map(|(report, reading)| gathering.take(report, reading.clone()));
        takes.collect::<Result<(), _>>().unwrap();
        gathering.briefing(Wish::of(detail)).unwrap()
    };
    let (lines, whole) = (gathered(Detail::Lines), gathered(Detail::Whole));
    let expected = Briefing::new(&situation, &Pile::new(entries.clone()));
    assert_eq!(whole, expected);
    assert_eq!(lines.to_text(80, false), expected.to_text(80, false));
    assert_eq!(lines.to_markdown(), expected.to_markdown());
    assert!(lines.deeds.iter().all(|entry| entry.event.is_none()));
}

#[test]
fn a_pile_on_a_shelf_gives_the_same_page() {
    let herald = "Rebels attacked a village near Gao in Mali on 5 February 2024. Three soldiers were killed in the attack. \
                  About 2,500 French troops are stationed in Mali, the ministry said. Talks between Mali and France were \
                  suspended on 7 February 2024.";
    let lantern = "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said. \
                   About 2,000 French troops are stationed in Mali. France demanded that Mali resume talks.";
    let day = Some("2024-02-10");
    check(vec![
        report("lantern", day, lantern),
        report("herald", day, herald),
        report("herald", day, herald),
    ]);
    // Different reports of one id, and one without a day.
    check(vec![
        report("a", day, lantern),
        report("b", None, lantern),
        report("a", Some("2024-02-09"), herald),
    ]);
    check(Vec::new());
}
