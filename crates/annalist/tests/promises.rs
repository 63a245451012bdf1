//! The promises that hold for any report, held against reports made at random.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use annalist::schema::{DayInterval, Reading, Report, Span};
use annalist::{Options, Reader, Tier, reconcile, rows};
use proptest::prelude::*;

static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap());

/// News-like words beside hostile ones, so that rules fire as well as fail.
const WORDS: &[&str] = &[
    "Rebels",
    "attacked",
    "killing",
    "three",
    "soldiers",
    "in",
    "Mali",
    "on",
    "Monday",
    ",",
    ".",
    "the",
    "army",
    "said",
    "talks",
    "were",
    "suspended",
    "Iraq",
    "and",
    "France",
    "agreed",
    "to",
    "withdraw",
    "2,500",
    "troops",
    "from",
    "Baghdad",
    "January",
    "27",
    "last",
    "year",
    "\n",
    "\n\n",
    "\"",
    "(",
    ")",
    "😀",
    "الحكومة",
    "é",
    "U.S.",
    "don't",
    "**",
    "-",
    "—",
    "5",
    "million",
    "not",
    "if",
    "would",
    "He",
    "it",
    "\u{200f}",
    "\t",
    "Santos",
    "condemned",
    "more",
    "than",
    "150",
    "attacks",
];

fn report_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(WORDS), 1..60).prop_map(|words| words.join(" ")),
        1 => "\\PC{1,80}",
    ]
}

fn reports() -> impl Strategy<Value = Vec<Report>> {
    prop::collection::vec(report_text(), 1..5).prop_map(|texts| {
        let dated = |index: usize| DayInterval::parse("2024-02-11").filter(|_| index.is_multiple_of(2));
        let report = |(index, text)| Report {
            id: format!("r{index}"),
            text,
            published: dated(index),
            ..Report::default()
        };
        texts.into_iter().enumerate().map(report).collect()
    })
}

/// Every span that a reading holds.
fn spans(reading: &Reading) -> Vec<Span> {
    let mut spans = Vec::new();
    reading.clone().map_spans(|span| {
        spans.push(span);
        span
    });
    spans
}

fn situation(readings: &[Reading]) -> Vec<String> {
    rows::situation_rows(&reconcile(readings)).map(|row| row.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_span_is_a_piece_of_its_report(reports in reports()) {
        for (report, reading) in reports.iter().zip(READER.read(&reports)) {
            for span in spans(&reading) {
                prop_assert!(report.text.get(span.range()).is_some(), "{span:?} of {:?}", report.text);
            }
        }
    }

    #[test]
    fn a_batch_reads_like_its_reports_alone(reports in reports()) {
        let together = READER.read(&reports);
        let alone: Vec<_> = reports.iter().flat_map(|report| READER.read(std::slice::from_ref(report))).collect();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn neither_order_nor_repetition_shows(reports in reports()) {
        let readings = READER.read(&reports);
        let expected = situation(&readings);
        let backwards: Vec<_> = readings.iter().rev().chain(&readings[..1]).cloned().collect();
        prop_assert_eq!(situation(&backwards), expected);
    }

    #[test]
    fn rows_are_read_back_as_they_were_written(reports in reports()) {
        for (report, reading) in reports.iter().zip(READER.read(&reports)) {
            let row = rows::reading_row(report, reading, false);
            let back: Reading = serde_json::from_value(row.clone()).unwrap();
            let again = serde_json::to_value(&back).unwrap();
            prop_assert_eq!(again, row);
        }
    }
}
