//! Reports damaged at random, always the same way: whatever arrives is read without a panic, every span is a piece of its
//! text, ids are unique, and the page can be written.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use annalist::briefing::Briefing;
use annalist::pile::Pile;
use annalist::schema::{DayInterval, Reading, Report, Span};
use annalist::{Options, Reader, Tier, reconcile, rows};
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
