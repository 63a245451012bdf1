//! Learns what `models/outlook/prior.tsv` holds from a table of daily series, and prints it.
//!
//! Rows of a `split` other than `train` and `valid` are left out, and so are series whose name does not begin with the word given
//! after the file, if one is: `cargo run --release -p annalist-outlook --example prior -- series.csv ged-`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use annalist_outlook::daily::{Series, read};
use annalist_outlook::prior::{size, to_table};
use annalist_outlook::record::Record;
use annalist_outlook::regression::Prior;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a table of daily series");
    let start = arguments.next().unwrap_or_default();
    let splits = arguments.next().unwrap_or_else(|| "train,valid".to_owned());
    let text = std::fs::read_to_string(&file).unwrap();
    let column = text.lines().next().unwrap().split(',').position(|name| name == "split");
    let is_kept = |line: &&str| {
        column.is_none_or(|column| splits.split(',').any(|split| csv_field(line, column) == split))
    };
    let kept: Vec<&str> = text.lines().take(1).chain(text.lines().skip(1).filter(is_kept)).collect();
    let series: Vec<Series> = read(&file, kept.join("\n").as_bytes()).unwrap();
    let series: Vec<Series> = series.into_iter().filter(|series| series.name.starts_with(&start)).collect();
    let record = Record::with_priors(&series, |kind, _| Prior::vague(size(kind)));
    print!("{}", to_table(|kind, horizon| record.learned(kind, horizon, i32::MAX)));
}

/// A field counted from the end of the line: names may hold commas, what follows them does not.
fn csv_field(line: &str, column: usize) -> &str {
    assert_eq!(column, 3, "expected the columns series,date,count,split");
    line.rsplit(',').next().unwrap_or_default()
}
