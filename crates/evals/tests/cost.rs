//! What odd text costs: no more for each byte than prose, within a factor of two and what noise adds. CPU time of the process, so
//! there is one test here, and nothing beside it.

#![allow(clippy::unwrap_used)]

use annalist::{Options, Reader, Tier};
use annalist_evals::measure::timed;
use annalist_schema::Report;

/// What prose costs is the measure.
const PROSE: [&str; 2] =
    [include_str!("../../../examples/cauca/herald.txt"), include_str!("../../../examples/cauca/lantern.txt")];

/// Of what odd texts are made, each repeated without end: brackets in brackets, one sentence again and again, and sentences that
/// never end, of names, figures, days, words in quotation marks and all that readers look for.
const UNITS: [&str; 16] = [
    "(",
    "(Iraq ",
    "'",
    ", ",
    "rice, ",
    "\"he said ",
    "Mosul and ",
    "12,000 ",
    "3 May 1999 ",
    "killed 3, ",
    "Iraq attacked Iran; ",
    "Iran-backed-",
    "- Iraq denied it.\n",
    "a** ",
    "He met her and they left. ",
    "Rebels killed three soldiers in Mali on Monday. ",
];

/// A factor of two, and room for what else the machine does.
const MOST: f64 = 3.0;

fn seconds(reader: &Reader, text: &str) -> f64 {
    let report = Report { text: text.to_owned(), ..Report::default() };
    timed(|| reader.read(std::slice::from_ref(&report))).0.as_secs_f64()
}

fn repeated(unit: &str, n_bytes: usize) -> String {
    unit.repeat(n_bytes.div_ceil(unit.len()))
}

fn check(tier: Tier, n_bytes: usize) {
    let reader = Reader::new(Options { tier, threads: 1 }).unwrap();
    let prose = seconds(&reader, &repeated(&PROSE.join("\n\n"), n_bytes));
    let nested = format!("Rebels {}{} left.", "(".repeat(n_bytes / 2), ")".repeat(n_bytes / 2));
    let odd = UNITS.iter().map(|unit| repeated(unit, n_bytes)).chain([nested]);
    for text in odd {
        // Whatever else runs beside it makes a measurement dearer, never cheaper.
        let cost = (0..3).map(|_| seconds(&reader, &text) / prose).find(|cost| *cost < MOST);
        let cost = cost.unwrap_or_else(|| seconds(&reader, &text) / prose);
        let start: String = text.chars().take(30).collect();
        assert!(cost < MOST, "{tier:?}: {start:?} costs {cost:.1} times what prose does");
    }
}

#[test]
fn odd_text_costs_no_more_than_prose() {
    check(Tier::Fast, 20_000);
    // What grows with the square shows here.
    check(Tier::Fast, 120_000);
    #[cfg(feature = "full")]
    check(Tier::Full, 8_000);
}
