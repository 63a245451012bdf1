//! A list of an archive picks by narrow rows what a query picks among whole events.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use annalist::archive::{Access, Archive, Asked, Order, Window};
use annalist::query::Query;
use annalist::schema::{DayInterval, EventType, Report, Status, Verdict};
use annalist::{Options, Reader, Tier};

const TEXTS: [(&str, &str, &str); 4] = [
    (
        "one",
        "2024-06-07",
        "Rebels killed 12 soldiers in Kidal on 6 June 2024. France will send troops to Mali.",
    ),
    (
        "two",
        "2024-06-08",
        "Rebels killed 9 soldiers in Kidal on 6 June 2024, the army said. Iran condemned the attack.",
    ),
    ("three", "2015-04-16", "Colombia resumed air strikes against the FARC in Cauca on 15 April 2015."),
    (
        "four",
        "2024-06-09",
        "Mali demanded that France withdraw its troops. Chad denied that it had killed 40 people in Gao.",
    ),
];

fn archive(folder: &tempfile::TempDir) -> Archive {
    let access = Access { path: folder.path().join("a.db"), wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH };
    let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    let report = |(id, day, text): &(&str, &str, &str)| Report {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        published: DayInterval::parse(day),
        ..Report::default()
    };
    let reports: Vec<_> = TEXTS.iter().map(report).collect();
    let readings = reader.read(&reports);
    let mut archive = access.create().unwrap();
    archive.add(&reports.into_iter().zip(readings).collect::<Vec<_>>(), "test").unwrap();
    archive.refresh().unwrap();
    archive
}

fn check(archive: &Archive, query: Query) {
    let expected: BTreeSet<_> =
        archive.select(&query, None).unwrap().events.into_iter().map(|event| event.id).collect();
    let asked = Asked { query: query.clone(), ..Asked::default() };
    let listed = archive.events(&asked, Order::Day, Window::first(100)).unwrap();
    let found: BTreeSet<_> = listed.rows.iter().map(|event| event.id.clone()).collect();
    assert_eq!(found, expected, "{query}");
    assert_eq!(
        (listed.total, archive.facets(&asked).unwrap().total),
        (expected.len(), expected.len()),
        "{query}"
    );
}

#[test]
fn a_list_is_what_a_query_selects() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let text = |text: &str| Some(text.to_owned());
    let n_events = archive.situation(None).unwrap().events.len();
    assert!(n_events > 4, "{n_events}");
    check(&archive, Query::default());
    for actor in ["rebels", "MLI", "FRA", "MIL", "colombia", "nobody"] {
        check(&archive, Query { actor: text(actor), ..Query::default() });
    }
    for place in ["Kidal", "Mali", "MLI", "Colombia", "Cauca", "Gao", "nowhere"] {
        check(&archive, Query { place: text(place), ..Query::default() });
        check(&archive, Query { about: text(place), ..Query::default() });
    }
    for event_type in EventType::ALL {
        check(&archive, Query { event_type: Some(*event_type), ..Query::default() });
    }
    for verdict in Verdict::ALL {
        check(&archive, Query { verdict: Some(*verdict), ..Query::default() });
        check(&archive, Query { verdict: Some(*verdict), undecided: true, ..Query::default() });
    }
    for status in Status::ALL {
        check(&archive, Query { status: Some(*status), ..Query::default() });
    }
    for days in ["2024", "2024-06-06", "2015-04", "1999"] {
        check(&archive, Query { days: DayInterval::parse(days), ..Query::default() });
    }
    for killed in [1.0, 9.0, 12.0, 13.0] {
        check(&archive, Query { min_killed: Some(killed), ..Query::default() });
    }
    check(&archive, Query { undecided: true, ..Query::default() });
    check(&archive, Query { reports: Some(["two".to_owned()].into()), ..Query::default() });
}

#[test]
fn windows_together_are_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    for order in [Order::Day, Order::Latest, Order::Weight] {
        let ids = |window| {
            let rows = archive.events(&Asked::default(), order, window).unwrap().rows;
            rows.into_iter().map(|event| event.id).collect::<Vec<_>>()
        };
        let all = ids(Window::first(100));
        let parts: Vec<_> = (0..all.len()).flat_map(|offset| ids(Window { offset, limit: 1 })).collect();
        assert_eq!(parts, all);
    }
}

#[test]
fn key_points_are_those_of_the_briefing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let briefing = archive.briefing(annalist::briefing::Wish::default()).unwrap();
    let expected = briefing.front.parts.iter().find(|part| part.name == "key-points");
    let expected: Vec<_> =
        expected.iter().flat_map(|part| &part.lines).map(|line| (&line.text, &line.event)).collect();
    let points = archive.key_points(10).unwrap();
    assert_eq!(points.iter().map(|line| (&line.text, &line.event)).collect::<Vec<_>>(), expected);
    assert!(!points.is_empty());
}
