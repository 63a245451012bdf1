//! *What do other conflicts say before this one has said much?* Coefficients learned from UCDP's events in Iraq, which travel
//! inside the program; see `models/outlook`.

use std::sync::LazyLock;

use crate::question::Kind;
use crate::regression::Prior;
use crate::track::{HORIZONS, N_LULL, N_MEAN, N_SIZE};

const TABLE: &str = include_str!("../../../models/outlook/prior.tsv");

static LEARNED: LazyLock<Result<Vec<Prior>, String>> = LazyLock::new(|| parse(TABLE));

/// Number of coefficients of a kind of question.
pub fn size(kind: Kind) -> usize {
    match kind {
        Kind::Count => N_MEAN + N_SIZE,
        Kind::LullEnds => N_LULL,
    }
}

/// Whether the table inside the program can be read.
///
/// # Errors
/// With the line that cannot.
pub fn check() -> Result<(), String> {
    LEARNED.as_ref().map(|_| ()).map_err(Clone::clone)
}

/// What was learned for a question; nothing but that coefficients are small where the table is damaged, which [`check`] tells.
pub fn learned(kind: Kind, horizon: usize) -> Prior {
    let place = kinds().position(|one| one == (kind, horizon));
    let found = LEARNED.as_ref().ok().zip(place).and_then(|(all, place)| all.get(place)).cloned();
    found.unwrap_or_else(|| Prior::vague(size(kind)))
}

/// The questions in the order of the table.
fn kinds() -> impl Iterator<Item = (Kind, usize)> {
    [Kind::Count, Kind::LullEnds]
        .into_iter()
        .flat_map(|kind| (0..HORIZONS.len()).map(move |horizon| (kind, horizon)))
}

/// A table of what was learned, as [`check`] wants it.
pub fn to_table(learned: impl Fn(Kind, usize) -> Prior) -> String {
    let mut out = String::from("kind\thorizon\twhat\tvalues\n");
    for (kind, horizon) in kinds() {
        let prior = learned(kind, horizon);
        for (what, values) in [("mean", prior.mean), ("precision", prior.precision)] {
            let values: Vec<String> = values.iter().map(|value| format!("{value:.6e}")).collect();
            out += &format!("{}\t{}\t{what}\t{}\n", kind.name(), HORIZONS[horizon], values.join(" "));
        }
    }
    out
}

fn parse(table: &str) -> Result<Vec<Prior>, String> {
    let mut lines = table.lines().enumerate().skip(1);
    let mut row = |kind: Kind, horizon: usize, what: &str, n: usize| {
        let (at, line) = lines.next().ok_or("models/outlook/prior.tsv ends too early")?;
        let start = format!("{}\t{}\t{what}\t", kind.name(), HORIZONS[horizon]);
        let values = line.strip_prefix(&start).unwrap_or_default().split(' ');
        let values: Result<Vec<f64>, _> = values.map(str::parse).collect();
        let values =
            values.ok().filter(|values| values.len() == n && values.iter().all(|value| value.is_finite()));
        values.ok_or(format!("models/outlook/prior.tsv, line {}: expected `{start}` and {n} numbers", at + 1))
    };
    let read = |(kind, horizon)| -> Result<Prior, String> {
        let n = size(kind);
        Ok(Prior { mean: row(kind, horizon, "mean", n)?, precision: row(kind, horizon, "precision", n * n)? })
    };
    kinds().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_inside_is_whole() {
        assert_eq!(check(), Ok(()));
        assert_eq!(to_table(learned), TABLE);
    }

    fn check_damaged(damage: impl Fn(&str) -> String, expected: &str) {
        assert_eq!(parse(&damage(TABLE)).err().as_deref(), Some(expected));
    }

    #[test]
    fn a_damaged_table_is_told() {
        let line = "models/outlook/prior.tsv, line 2: expected `count\t7\tmean\t` and 9 numbers";
        check_damaged(|table| table.replace("count\t7\tmean\t", "count\t7\tmean\tNaN "), line);
        check_damaged(|table| table.replace("count\t7\tmean\t", "count\t8\tmean\t"), line);
        check_damaged(|_| String::new(), "models/outlook/prior.tsv ends too early");
    }
}
