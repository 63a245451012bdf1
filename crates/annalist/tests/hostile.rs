//! Reports damaged at random, always the same way: whatever arrives is read without a panic, every span is a piece of its
//! text, ids are unique, and the page can be written.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use annalist::archive::{Access, Archive, Ask, Since, search_text, tell, tell_decisions};
use annalist::briefing::{Briefing, Detail};
use annalist::explain::{explain, when_where};
use annalist::pile::Pile;
use annalist::query::{
    EventRow, Listing, PostureRow, ProcessRow, Query, actors, list_actors, list_relations, relations,
};
use annalist::schema::{DayInterval, Reading, Report, Span};
use annalist::table::to_csv;
use annalist::{Options, Reader, Tier, plain, reconcile, rows};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Whole reports of our own writing, with datelines, titles, quotations, figures and lists.
const REPORTS: [&str; 3] = [
    include_str!("../../../examples/cauca/herald.txt"),
    include_str!("../../../examples/cauca/lantern.txt"),
    "Ferry talks resume\n\nTALLINN, March 3, 2021 (Harbour Wire) - Estonia and Finland resumed talks on the ferry line on \
     Tuesday, the Estonian prime minister said. “We won't accept less than 12 crossings a day,” she added.\n\nOn 27 January \
     about 1,200 dockers had walked out; 14 were arrested and three injured in clashes with police.\n- Helsinki denied \
     that it had threatened sanctions.\n- Sweden* called on both sides to sign.\n",
];

/// What strange files hold: marks of direction, joiners, control characters, brackets that never close, other scripts.
const STRANGE: [&str; 24] = [
    "\u{202e}",
    "\u{200f}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{301}\u{302}",
    "\0",
    "\x1b[31m",
    "\r\n",
    "\u{2028}",
    "((((",
    "\"",
    "“",
    "''",
    "***",
    ",,,,",
    "-",
    "2024-13-45",
    "99999999999999999999",
    "👩‍👩‍👧",
    "الحكومة",
    "攻击了",
    "ß",
    "İ",
];

/// A small generator, so that a failure comes back with the same number on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    /// Two places between characters, in order.
    fn cuts(&mut self, text: &str) -> (usize, usize) {
        let mut cut = || {
            let at = self.below(text.len() + 1);
            (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
        };
        let (one, other) = (cut(), cut());
        (one.min(other), one.max(other))
    }
}

fn damaged(seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut text = REPORTS[dice.below(REPORTS.len())].to_owned();
    for _ in 0..=dice.below(6) {
        let (start, end) = dice.cuts(&text);
        let near = (start + 40..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end).min(end);
        match dice.below(7) {
            0 => text.replace_range(start..near, ""),
            1 => text.insert_str(start, STRANGE[dice.below(STRANGE.len())]),
            2 => {
                let again = text[start..near].to_owned();
                text.insert_str(end, &again);
            }
            3 => text.truncate(end),
            4 => text.replace_range(start..end, &text[start..end].to_uppercase()),
            5 => text.replace_range(start..end, &text[start..end].replace(' ', "\n")),
            _ => text.replace_range(start..near, &STRANGE[dice.below(STRANGE.len())].repeat(50)),
        }
    }
    text
}

fn report(seed: u64) -> Report {
    let published = DayInterval::parse("2021-03-03").filter(|_| seed.is_multiple_of(2));
    Report { id: format!("damaged-{seed}"), text: damaged(seed), published, ..Report::default() }
}

fn check(tier: Tier, seeds: std::ops::Range<u64>) {
    let reader = Reader::new(Options { tier, ..Options::default() }).unwrap();
    let reports: Vec<_> = seeds.map(report).collect();
    let readings = reader.read(&reports);
    for (report, reading) in reports.iter().zip(&readings) {
        check_reading(report, reading);
    }
    let situation = reconcile(&readings);
    let ids: BTreeSet<_> = situation.events.iter().map(|event| &event.id).collect();
    assert_eq!(ids.len(), situation.events.len(), "ids of events are unique");
    let briefing = Briefing::new(&situation, &Pile::new(reports.into_iter().zip(readings).collect()));
    assert!(!briefing.to_text(80, false).is_empty() && !briefing.to_html().is_empty());
}

fn check_reading(report: &Report, reading: &Reading) {
    reading.clone().map_spans(|span: Span| {
        assert!(report.text.get(span.range()).is_some(), "{span:?} of {}: {:?}", report.id, report.text);
        span
    });
    let ids: BTreeSet<_> = reading.claims.iter().map(|claim| &claim.id).collect();
    assert_eq!(
        ids.len(),
        reading.claims.len(),
        "ids of claims are unique in {}: {:?}",
        report.id,
        report.text
    );
    let row = rows::reading_row(report, reading.clone(), true);
    assert!(serde_json::from_str::<Reading>(&row.to_string()).is_ok(), "{}", report.id);
}

#[test]
fn the_fast_tier_reads_anything() {
    check(Tier::Fast, 0..300);
}

#[test]
#[cfg(feature = "full")]
fn the_full_tier_reads_anything() {
    check(Tier::Full, 1_000..1_012);
}

/// The kinds of characters that scanners take differently: letters that are marks, marks that sit on letters, numbers that
/// are no digits, signs, controls. The rest are letters of scripts, alike among themselves.
fn is_risky(character: char) -> bool {
    character.general_category() != GeneralCategory::OtherLetter
}

/// Every assigned character of a kind, alone, doubled, inside a word and beside words, some hundred in a report.
fn characters(is_wanted: impl Fn(usize, char) -> bool) -> Vec<Report> {
    let is_assigned = |character: &char| {
        !matches!(character.general_category(), GeneralCategory::Unassigned | GeneralCategory::PrivateUse)
    };
    let all: Vec<char> = ('\u{1}'..=char::MAX).filter(is_assigned).collect();
    let wanted: Vec<char> =
        all.into_iter().enumerate().filter(|&(at, each)| is_wanted(at, each)).map(|(_, each)| each).collect();
    let line = |each: &char| format!("The {each} {each}{each} an{each}a {each}Iraq{each} army left.\n");
    let report = |some: &[char]| Report {
        id: format!("U+{:04X}", u32::from(some[0])),
        text: some.iter().map(line).collect(),
        ..Report::default()
    };
    wanted.chunks(100).map(report).collect()
}

fn check_characters(tier: Tier, reports: &[Report]) {
    let reader = Reader::new(Options { tier, ..Options::default() }).unwrap();
    for some in reports.chunks(32) {
        for (report, reading) in some.iter().zip(reader.read(some)) {
            assert_eq!(reading.error, None, "{}", report.id);
            check_reading(report, &reading);
        }
    }
}

#[test]
fn the_fast_tier_passes_every_character() {
    check_characters(Tier::Fast, &characters(|_, _| true));
}

/// Letters that are marks in the middle of names, and a sample of all others.
#[test]
#[cfg(feature = "full")]
fn the_full_tier_passes_characters_of_every_kind() {
    let is_modifier = |character: char| character.general_category() == GeneralCategory::ModifierLetter;
    check_characters(
        Tier::Full,
        &characters(|at, character| {
            is_modifier(character) || at.is_multiple_of(if is_risky(character) { 64 } else { 1024 })
        }),
    );
}

/// Time grows with the length of a line, not with its square: a long line of anything takes seconds even unoptimised.
#[test]
fn long_lines_come_to_an_end() {
    let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    let units = [
        "Rebels killed three soldiers in Mali on Monday. ",
        ",",
        "\"",
        "a",
        "he said that ",
        "\u{202e}x ",
        "😀",
    ];
    let reports: Vec<_> = units
        .iter()
        .map(|unit| Report {
            id: (*unit).to_owned(),
            text: unit.repeat(30_000 / unit.len()),
            ..Report::default()
        })
        .collect();
    for (report, reading) in reports.iter().zip(reader.read(&reports)) {
        check_reading(report, &reading);
    }
}

/// Eight times the text may take a little more than eight times as long, and far less than sixty-four times.
#[test]
fn reading_time_grows_with_the_length_of_the_text() {
    let reader = Reader::new(Options { tier: Tier::Fast, threads: 1 }).unwrap();
    for unit in ["Mosul, ", "3 May 1999 ", "The attack killed 3. ", "Rebels killed three men in Mali. "] {
        let seconds = |n_bytes: usize| {
            let report = Report { text: unit.repeat(n_bytes / unit.len()), ..Report::default() };
            let read = || {
                let start = std::time::Instant::now();
                reader.read(std::slice::from_ref(&report));
                start.elapsed().as_secs_f64()
            };
            // The better of two, as others may use the machine.
            read().min(read())
        };
        let (short, long) = (seconds(50_000), seconds(400_000));
        assert!(long < 24.0 * short, "{unit:?}: {short} s for 50 kB, {long} s for 400 kB");
    }
}

/// C0 but for the line break, delete, C1, and Unicode's `Bidi_Control`.
fn acting() -> Vec<char> {
    let codes = (0..0x20).chain(0x7f..0xa0).chain([0x61c, 0x200e, 0x200f]).chain(0x202a..0x202f);
    let characters = codes.chain(0x2066..0x206a).filter_map(char::from_u32);
    characters.filter(|character| *character != '\n').collect()
}

/// Reports with some characters in every word that is somebody else's: text, title, id, outlet, address.
fn strange(characters: &str) -> Vec<Report> {
    let texts = [
        "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers (%). Rebels% attacked a \
         town% in Kidal%. About 2,500 French troops are stationed in Mali (%). Talks between Mali and France were \
         suspended on 7 February 2024 (%).",
        "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said (%). \
         France condemned the % attack.",
    ];
    let with = |words: &str| words.replace('%', characters);
    let report = |(index, text): (usize, &&str)| Report {
        id: with(&format!("%r{index}\"'><script>%")),
        text: with(text),
        published: DayInterval::parse("2024-02-09"),
        title: Some(with("<img src=x onerror=alert(1)>% [go](javascript:alert(1)) <!-- %")),
        outlet: Some(with("*Herald*%&#x202e;<b>")),
        url: Some(with("javascript:alert(1)%")),
        ..Report::default()
    };
    texts.iter().enumerate().map(report).collect()
}

/// Everything that the library writes for people of some reports: what it is, and its words.
fn written(reports: Vec<Report>) -> Vec<(&'static str, String)> {
    let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    let readings = reader.read(&reports);
    let entries: Vec<_> = reports.into_iter().zip(readings).collect();
    let folder = tempfile::tempdir().unwrap();
    let now = "2024-02-10T12:00:00Z".parse().unwrap();
    let mut archive = Access { path: folder.path().join("a.db"), wait_s: 1, now }.create().unwrap();
    archive.add(&entries, "test").unwrap();
    archive.refresh().unwrap();
    let mut written: Vec<_> = entries
        .iter()
        .flat_map(|(report, reading)| {
            [("explain", explain(report, reading)), ("when and where", when_where(report, reading))]
        })
        .collect();
    let readings: Vec<_> = entries.iter().map(|(_, reading)| reading.clone()).collect();
    written.extend(pages(&Briefing::new(&reconcile(&readings), &Pile::new(entries))));
    let id = archive.situation(None).unwrap().events[0].id.clone();
    let set = Ask::Set { event: id.clone(), attribute: "killed".to_owned(), value: "4".to_owned() };
    let changes = archive.decide(&[set], "they \u{1b}[31msay\u{202e} so").unwrap();
    written.push(("changes", tell(&changes, 99, 80, false)));
    written.push((
        "an error",
        plain::line(&archive.explain(&format!("{id}\u{202e}x")).unwrap_err().to_string()),
    ));
    written.extend(answers(&archive, &id));
    written
}

fn pages(briefing: &Briefing) -> [(&'static str, String); 5] {
    [
        ("text", briefing.to_text(80, false)),
        ("bold text", briefing.to_text(80, true).replace("\x1b[1m", "").replace("\x1b[0m", "")),
        ("Markdown", briefing.to_markdown()),
        ("HTML", briefing.to_html()),
        ("JSON", laid_out(briefing)),
    ]
}

fn laid_out(briefing: &Briefing) -> String {
    let mut json = Vec::new();
    plain::json_pretty(&mut json, briefing).unwrap();
    String::from_utf8(json).unwrap()
}

fn answers(archive: &Archive, id: &str) -> Vec<(&'static str, String)> {
    let query = Query::default();
    let answer = archive.answer(&query, None, Detail::Whole).unwrap();
    let situation = archive.situation(None).unwrap();
    let (decisions, found) =
        (archive.decisions().unwrap(), archive.search("soldiers", &query, None).unwrap());
    let logged = archive.changes(Since::Revision(0)).unwrap();
    let (of_actors, of_relations) = (actors(&situation, &query), relations(&situation, &query));
    let events: Vec<_> = answer.timeline().into_iter().map(EventRow).collect();
    assert!(!answer.disputes.is_empty() && !answer.postures.is_empty() && !found.is_empty());
    vec![
        ("timeline", answer.list(Listing::Timeline, 80, false)),
        ("disputes", answer.list(Listing::Disputes, 80, false)),
        ("posture", answer.list(Listing::Posture, 80, false)),
        ("process", answer.list(Listing::Process, 80, false)),
        ("explanation", archive.explain(id).unwrap().explanation(&decisions, 80, false)),
        ("actors", list_actors(&of_actors, 80, false)),
        ("relations", list_relations(&of_relations, 80, false)),
        ("search", search_text(&found, 80, false)),
        ("decisions", tell_decisions(&decisions, 80, false)),
        ("status", archive.summary().unwrap().to_text()),
        ("timeline.csv", to_csv(&events)),
        ("disputes.csv", to_csv(&answer.disputes)),
        ("posture.csv", to_csv(&PostureRow::of(&answer.postures))),
        ("process.csv", to_csv(&ProcessRow::of(&answer.processes))),
        ("actors.csv", to_csv(&of_actors)),
        ("relations.csv", to_csv(&of_relations)),
        ("search.csv", to_csv(&found)),
        ("decisions.csv", to_csv(&decisions)),
        ("changes.csv", to_csv(&logged)),
        ("timeline.json", plain::json(&events).unwrap()),
        ("changes.json", plain::json(&logged).unwrap()),
    ]
}

fn check_written(characters: &str) {
    for (name, words) in written(strange(characters)) {
        let acting = words.chars().find(|character| plain::acts(*character));
        assert_eq!(acting, None, "{name} with {characters:?}: {words}");
        assert!(!words.is_empty(), "{name} with {characters:?}");
        if name == "HTML" {
            check_html(&words);
        }
        if name == "Markdown" {
            assert!(!words.replace("\\<", "").contains('<') && !words.contains("[go]("), "{words}");
        }
    }
}

/// Nothing of a report is markup, and no address leads out of the page.
fn check_html(page: &str) {
    for markup in ["<script", "<img", "<b>*", "<!--", "&#x202e;", "href=\"javascript", "onerror=alert(1)>"] {
        assert!(!page.contains(markup), "{markup} in {page}");
    }
    let addresses: Vec<_> = page.split("href=\"").skip(1).filter_map(|rest| rest.chars().next()).collect();
    assert!(!addresses.is_empty() && addresses.iter().all(|first| *first == '#'), "{addresses:?}");
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

/// Whichever command prints whichever part of a report in whichever form, no character of it acts.
#[test]
fn nothing_of_a_report_acts_on_a_screen() {
    let all: String = acting().into_iter().collect();
    check_written(&all);
    for sequence in
        ["\x1b[31m", "\u{9b}2J", "\x1b]0;title\x07", "\u{202e}", "\u{2066}", "\r", "\x08\x08", "\x1b[1m"]
    {
        check_written(sequence);
    }
}

/// One after another, so that none hides behind its neighbours.
#[test]
fn every_acting_character_is_seen_alone() {
    for character in acting() {
        assert!(plain::acts(character), "{character:?}");
        let words = format!("a{character}b");
        assert!(!plain::text(&words).contains(character) && !plain::line(&words).contains(character));
        let json = plain::json(&words).unwrap();
        assert!(!json.contains(character), "{json:?}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), words);
    }
}
