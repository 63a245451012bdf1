//! What a mark promises: `[2:14]` leads to the words of sentence 14 of report 2 on the same page, in every list and format.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use annalist::archive::{Access, Archive, Ask};
use annalist::briefing::{Briefing, Detail, Wish};
use annalist::query::{EventRow, Listing, PostureRow, ProcessRow, Query};
use annalist::schema::{DayInterval, Report};
use annalist::table::to_csv;
use annalist::{Options, Reader, Tier};

/// Reports that differ, state a value in another sentence than its event, and say one thing twice.
const REPORTS: [(&str, &str); 3] = [
    (
        "herald",
        "Rebels attacked a village near Gao in Mali on 5 February 2024. Three soldiers were killed in the attack. \
         About 2,500 French troops are stationed in Mali, the ministry said. Talks between Mali and France were \
         suspended on 7 February 2024. Rebels attacked the army in Gao.",
    ),
    (
        "lantern",
        "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said. About \
         2,000 French troops are stationed in Mali. Talks between Mali and France resumed on 9 February 2024.",
    ),
    (
        "courier",
        "France demanded that Mali resume talks. Nobody told when. Talks between Mali and France were suspended on 7 \
         February 2024. Rebels attacked a village near Gao in Mali on 5 February 2024, wounding 12 people.",
    ),
];

fn archive(folder: &tempfile::TempDir) -> Archive {
    let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    let report = |(id, text): &(&str, &str)| Report {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        published: DayInterval::parse("2024-02-10"),
        ..Report::default()
    };
    let reports: Vec<_> = REPORTS.iter().map(report).collect();
    let readings = reader.read(&reports);
    let entries: Vec<_> = reports.into_iter().zip(readings).collect();
    let now = "2024-02-12T12:00:00Z".parse().unwrap();
    let mut archive = Access { path: folder.path().join("a.db"), wait_s: 1, now }.create().unwrap();
    archive.add(&entries, "test").unwrap();
    archive.refresh().unwrap();
    archive
}

/// Every `[report:sentence]` in a text.
fn marks(text: &str) -> BTreeSet<String> {
    let parts = text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(mark, _)| mark);
    let is_mark = |mark: &&str| {
        mark.split_once(':').is_some_and(|(report, sentence)| {
            let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number(report) && is_number(sentence)
        })
    };
    parts.filter(is_mark).map(str::to_owned).collect()
}

/// Each mark has its sentence behind it somewhere, and what is said to be quoted above is.
fn check_text(name: &str, text: &str) {
    let text = &text.replace("\\[", "[").replace("\\]", "]");
    let found = marks(text);
    assert!(!found.is_empty(), "{name}: {text}");
    for mark in found {
        let quote = text.find(&format!("[{mark}] “"));
        assert!(quote.is_some(), "{name}: no words of [{mark}] in\n{text}");
        let again =
            text.lines().find(|line| line.ends_with("quoted above") && line.contains(&format!("[{mark}]")));
        let again = again.and_then(|line| text.find(line));
        assert!(again.is_none_or(|again| quote < Some(again)), "{name}: [{mark}] is quoted below in\n{text}");
    }
}

/// Every link of a page has its place on it.
fn check_html(page: &str) {
    let links: BTreeSet<_> = page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(link, _)| link)
        .collect();
    assert!(links.iter().any(|link| link.contains('s')), "{links:?}");
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link} leads nowhere");
    }
    let ids: Vec<_> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is there twice");
}

/// Whoever reads a row has the words of each sentence that it cites.
fn check_json(rows: &str) {
    fn citations(value: &serde_json::Value, found: &mut Vec<bool>) {
        if let Some(fields) = value.as_object() {
            if fields.contains_key("sentence") && fields.contains_key("report") {
                found.push(fields["text"].as_str().is_some_and(|text| !text.is_empty()));
            }
            fields.values().for_each(|value| citations(value, found));
        }
        value.as_array().into_iter().flatten().for_each(|value| citations(value, found));
    }
    let mut found = Vec::new();
    citations(&serde_json::from_str(rows).unwrap(), &mut found);
    assert!(!found.is_empty() && found.iter().all(|has_words| *has_words), "{rows}");
}

/// A table has the words of each sentence that it cites as `report:sentence`.
fn check_csv(name: &str, table: &str) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |names: &[&str]| headers.iter().position(|header| names.contains(&header)).unwrap();
    let (cited, quoted) = (column(&["citations", "citation"]), column(&["quotes", "quote"]));
    let mut n_cited = 0;
    for record in reader.records() {
        let record = record.unwrap();
        for place in record[cited].split("; ").filter(|place| !place.is_empty()) {
            assert!(
                record[quoted].contains(&format!("{place} “")),
                "{name}: no words of {place} in {record:?}"
            );
            n_cited += 1;
        }
    }
    assert!(n_cited > 0, "{name}: {table}");
}

fn check_briefing(briefing: &Briefing) {
    for width in [60, 4000] {
        check_text("briefing", &briefing.to_text(width, false));
    }
    check_text("Markdown", &briefing.to_markdown());
    check_html(&briefing.to_html());
    check_json(&serde_json::to_string(briefing).unwrap());
}

fn check_lists(archive: &Archive) {
    let [answer, lines] =
        [Detail::Whole, Detail::Lines].map(|detail| archive.answer(&Query::default(), None, detail).unwrap());
    for listing in [Listing::Timeline, Listing::Disputes, Listing::Posture, Listing::Process] {
        check_text(&format!("{listing:?}"), &answer.list(listing, 4000, false));
        assert_eq!(lines.list(listing, 4000, false), answer.list(listing, 4000, false));
    }
    let table = |answer: &Briefing| to_csv(&answer.timeline().into_iter().map(EventRow).collect::<Vec<_>>());
    assert_eq!(table(&lines), table(&answer));
    let events: Vec<_> = answer.timeline().into_iter().map(EventRow).collect();
    check_csv("timeline", &to_csv(&events));
    check_csv("disputes", &to_csv(&answer.disputes));
    check_csv("posture", &to_csv(&PostureRow::of(&answer.postures)));
    check_csv("process", &to_csv(&ProcessRow::of(&answer.processes)));
    check_json(&serde_json::to_string(&events).unwrap());
    check_json(&serde_json::to_string(&answer.disputes).unwrap());
    for event in &events {
        let explained = archive.explain(&event.0.id).unwrap();
        check_text("explanation", &explained.explanation(&archive.decisions().unwrap(), 4000, false));
    }
}

#[test]
fn every_mark_leads_to_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    check_briefing(&archive.briefing(Wish::default()).unwrap());
    check_lists(&archive);
    let event =
        archive.situation(None).unwrap().events.into_iter().find(|event| event.claims.len() > 1).unwrap();
    let set = Ask::Set { event: event.id, attribute: "killed".to_owned(), value: "7".to_owned() };
    archive.decide(&[set], "the army counted").unwrap();
    check_briefing(&archive.briefing(Wish::default()).unwrap());
    check_lists(&archive);
}

/// Headings between two marks, in order.
fn between<'a>(page: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(heading, _)| heading).collect()
}

/// Sections, their order and headings do not depend on who writes them; rows have theirs in the same order.
#[test]
fn every_format_has_the_same_sections() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    let id = archive.situation(None).unwrap().events[0].id.clone();
    archive.decide(&[Ask::Accept { event: id }], "seen on video").unwrap();
    let briefing = archive.briefing(Wish::default()).unwrap();
    let markdown = briefing.to_markdown();
    let headings = between(&markdown, "\n## ", "\n");
    assert!(headings.len() > 4, "{markdown}");
    let page = briefing.to_html();
    let page = page.split("<aside>").next().unwrap();
    assert_eq!(between(page, "<section><h2>", "</h2>"), headings);
    let text = briefing.to_text(100, false);
    let capitals: Vec<_> = headings.iter().map(|heading| heading.to_uppercase()).collect();
    let found: Vec<_> = text.lines().filter(|line| capitals.iter().any(|heading| heading == line)).collect();
    assert_eq!(found, capitals);
    let of_front: Vec<_> = briefing.front.parts.iter().map(|part| part.heading.as_str()).collect();
    assert_eq!(headings[..of_front.len()], of_front);
    let rows = serde_json::to_string(&briefing).unwrap();
    let parts = ["disputes", "deeds", "words", "postures", "processes", "decisions", "doubts"];
    let places: Vec<_> = parts.iter().filter_map(|part| rows.find(&format!(",\"{part}\":[{{"))).collect();
    assert!(rows.starts_with("{\"front\":{") && places.is_sorted() && places.len() > 4, "{places:?}");
}

/// The page alone marks no report that it does not name, and keeps to its words.
#[test]
fn the_first_page_names_the_reports_that_it_marks() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    for words in [90, 120, 200, 600] {
        let wish = Wish { full: false, words, ..Wish::default() };
        let briefing = archive.briefing(wish).unwrap();
        let page = briefing.to_text(80, false);
        assert!(page.split_whitespace().count() <= words, "{words}: {page}");
        let (told, named) = page.rsplit_once("\n\n").unwrap();
        for mark in marks(told) {
            let (report, _) = mark.split_once(':').unwrap();
            assert!(named.contains(&format!("[{report}]")), "{mark}: {page}");
        }
        check_html(&briefing.to_html());
    }
}

/// The list of forces and that of talks say "quoted above" of nothing that is not above.
#[test]
fn a_list_quotes_its_own_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let answer = archive(&folder).answer(&Query::default(), None, Detail::Whole).unwrap();
    for listing in [Listing::Posture, Listing::Process] {
        let page = answer.list(listing, 4000, false);
        let first = page.find("quoted above").unwrap_or(page.len());
        assert!(page[..first].contains('“'), "{page}");
    }
}

/// Every attribute stands in an explanation, with the sentence of each of its values.
#[test]
fn an_explanation_shows_every_attribute() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    for event in archive.situation(None).unwrap().events {
        let page = archive.explain(&event.id).unwrap().explanation(&[], 4000, false);
        for cell in &event.cells {
            let line = page
                .lines()
                .find(|line| line.trim().starts_with(&format!("{} ", cell.attribute.replace('_', " "))));
            assert!(line.is_some_and(|line| !marks(line).is_empty()), "{}: {page}", cell.attribute);
        }
    }
}
