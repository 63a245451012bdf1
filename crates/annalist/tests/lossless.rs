//! Out, in and out again: the same bytes, on a thousand reports in several scripts with what an analyst decided.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use annalist::archive::{Access, Archive, Ask};
use annalist::exchange::lossless::{Row, is_export, rows};
use annalist::exchange::{Account, Export, Format};
use annalist::schema::{DayInterval, Report};
use annalist::{Options, Reader, Tier};

const N_REPORTS: usize = 1000;

fn report(number: usize) -> Report {
    let (town, n) = (["Gao", "Popayán", "Erbil", "Đà Nẵng"][number % 4], number / 40 + 2);
    let text = match number % 3 {
        0 => format!("Rebels killed {n} soldiers in {town} on Tuesday, the army said 😀."),
        1 => format!("Police in {town} arrested {n} protesters on Monday; الحكومة denied it."),
        _ => format!("The foreign minister will visit {town} next week. “We will talk,” Señor Ríos said."),
    };
    Report {
        id: format!("outlet {}/{number}", number % 7),
        text,
        published: DayInterval::parse(&format!("2024-02-{:02}", number % 28 + 1))
            .filter(|_| !number.is_multiple_of(5)),
        published_unread: number.is_multiple_of(5).then(|| "9:15 PM".to_owned()),
        title: (number.is_multiple_of(2)).then(|| format!("News of {town}\u{202e}")),
        outlet: Some(format!("Outlet {}", number % 7)),
        url: number.is_multiple_of(3).then(|| format!("https://outlet.example/{number}")),
        ..Report::default()
    }
}

fn archive(path: &Path) -> Archive {
    Access { path: path.to_owned(), wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH }.create().unwrap()
}

fn given_out(archive: &Archive) -> Vec<u8> {
    let export = Export {
        account: Account::new(archive.situation(None).unwrap(), archive.pile(None).unwrap()),
        readers: archive.readers().unwrap(),
        decisions: archive.counting().unwrap(),
    };
    let mut out = Vec::new();
    Format::of("jsonl").unwrap().write(&export, &mut out).unwrap();
    out
}

fn take_in(archive: &mut Archive, bytes: &[u8]) {
    let mut decisions = Vec::new();
    for row in rows("x.jsonl", bytes) {
        match row.unwrap() {
            Row::Report(entry, reader) => drop(archive.add(&[*entry], &reader).unwrap()),
            Row::Decision(decision) => decisions.push(decision),
        }
    }
    archive.refresh().unwrap();
    archive.take_in(decisions).unwrap();
}

#[test]
fn out_in_and_out_again_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = archive(&folder.path().join("one.db"));
    let reports: Vec<_> = (0..N_REPORTS).map(report).collect();
    let readings = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap().read(&reports);
    let entries: Vec<_> = reports.into_iter().zip(readings).collect();
    one.add(&entries[..N_REPORTS / 2], "one").unwrap();
    one.add(&entries[N_REPORTS / 2..], "other").unwrap();
    one.refresh().unwrap();
    let events = one.situation(None).unwrap().events;
    let named = |at: usize| events[at].id.clone();
    one.decide(&[Ask::Reject { event: named(0) }], "no event").unwrap();
    one.decide(&[Ask::Accept { event: named(1) }, Ask::Accept { event: named(2) }], "seen").unwrap();
    one.decide(&[Ask::Merge { events: vec![named(3), named(4)] }], "one; \"x\"").unwrap();
    one.undo(&[2]).unwrap();
    let out = given_out(&one);

    let path = folder.path().join("out.jsonl");
    std::fs::write(&path, &out).unwrap();
    assert!(is_export(&path));
    let mut other = archive(&folder.path().join("other.db"));
    take_in(&mut other, &out);
    assert_eq!(other.n_reports().unwrap(), N_REPORTS as i64);
    let again = given_out(&other);
    assert!(out == again, "{} bytes became {}", out.len(), again.len());
    // What follows from it is the same too, but for the numbers of the decisions.
    let bare = |archive: &Archive| {
        let mut situation = archive.situation(None).unwrap();
        situation.events.iter_mut().for_each(|event| event.decisions.clear());
        situation.events.iter_mut().flat_map(|event| &mut event.cells).for_each(|cell| cell.decided = None);
        situation
    };
    assert_eq!(bare(&one), bare(&other));
    other.check().unwrap();
}

fn check(row: &str, expected: &str) {
    let problem = rows("x.jsonl", row.as_bytes()).next().unwrap().err().unwrap();
    assert!(problem.to_string().contains(expected), "{problem}");
}

#[test]
fn what_was_changed_by_hand_is_refused() {
    let report = report(1);
    let reading = Reader::new(Options { tier: Tier::Fast, ..Options::default() })
        .unwrap()
        .read(std::slice::from_ref(&report))
        .remove(0);
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder.path().join("a.db"));
    archive.add(&[(report, reading)], "x").unwrap();
    archive.refresh().unwrap();
    let out = String::from_utf8(given_out(&archive)).unwrap();
    let row = out.lines().nth(1).unwrap();
    check(&row.replacen("arrested 2", "arrested 9", 1), "of another text; read the report anew");
    check(&row[..row.len() / 2], "x.jsonl:1: expected a row that `annalist export --format jsonl` wrote");
    check("{\"kind\":\"decision\"}", "expected a row");
    check("\u{0}", "expected a row");
}
