//! *What is asked, of which series, as of which day?* Questions of a back-test, read from a table or put to every series at every
//! seventh day.

use std::io::Read;

use serde::Serialize;

use crate::Error;
use crate::daily::{Day, day_of};
use crate::table::Table;
use crate::track::{ACTIVE_WINDOW, HORIZONS, Track};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// How many events there will be.
    Count,
    /// Whether, after seven days or more without an event, there will be one.
    LullEnds,
}

impl Kind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::LullEnds => "lull_ends",
        }
    }
}

/// A question about the days after an origin; what is known up to and including that day may be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The series.
    pub series: String,
    /// The last day that is known.
    pub origin: Day,
    /// Index into [`HORIZONS`].
    pub horizon: usize,
    /// What is asked.
    pub kind: Kind,
    /// The part of a split that it belongs to; empty if there is none.
    pub split: String,
    /// What came true: the count, or 1 if the lull ended.
    pub outcome: Option<f64>,
}

impl Question {
    /// The horizon in days.
    pub fn days(&self) -> usize {
        HORIZONS[self.horizon]
    }
}

/// Reads a table of `series`, `origin`, `horizon` (7, 14 or 30), `kind` (`count` or `lull_ends`), and, if they are there, `split`
/// and `y`, what came true.
///
/// # Errors
/// If the table has no such columns, or a field no such value.
pub fn read_questions(file: &str, input: impl Read) -> Result<Vec<Question>, Error> {
    let table = Table::open(file, input)?;
    let [series, origin, horizon, kind] =
        [&["series"], &["origin"], &["horizon"], &["kind"]].map(|name| table.column(name));
    let (series, origin, horizon, kind) = (series?, origin?, horizon?, kind?);
    let (split, outcome) = (table.find(&["split"]), table.find(&["y", "outcome"]));
    let mut all = Vec::new();
    table.for_each(|row| {
        all.push(Question {
            series: row.text(series).to_owned(),
            origin: day_of(row.day(origin)?),
            horizon: row.parse(horizon, "7, 14 or 30", |text| {
                let days: usize = text.parse().ok()?;
                HORIZONS.iter().position(|horizon| *horizon == days)
            })?,
            kind: row.parse(kind, "`count` or `lull_ends`", |text| {
                [Kind::Count, Kind::LullEnds].into_iter().find(|kind| kind.name() == text)
            })?,
            split: split.map_or(String::new(), |split| row.text(split).to_owned()),
            outcome: match outcome.filter(|outcome| !row.text(*outcome).is_empty()) {
                Some(outcome) => Some(row.count(outcome)? as f64),
                None => None,
            },
        });
        Ok(())
    })?;
    Ok(all)
}

/// All questions about a series whose outcomes are known: at every seventh day from the 180th where five or more events fell in the
/// last 180 days, how many there will be, and in a lull whether it ends.
pub fn questions_of(track: &Track) -> Vec<Question> {
    let mut all = Vec::new();
    for (horizon, days) in HORIZONS.into_iter().enumerate() {
        for at in (ACTIVE_WINDOW..track.len()).step_by(7).filter(|at| track.is_asked(*at)) {
            let Some(count) = track.outcome(at, days) else { continue };
            let question = |kind, outcome| Question {
                series: track.name.clone(),
                origin: track.first + at as Day,
                horizon,
                kind,
                split: String::new(),
                outcome: Some(outcome),
            };
            all.push(question(Kind::Count, count));
            if track.is_lull(at) {
                all.push(question(Kind::LullEnds, f64::from(u8::from(count > 0.0))));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daily::Series;

    fn check(text: &str, expected: &str) {
        let show = |all: Vec<Question>| {
            let one = |q: &Question| {
                format!("{} {} {} {} {:?}", q.series, q.origin, q.days(), q.kind.name(), q.outcome)
            };
            all.iter().map(one).collect::<Vec<_>>().join("; ")
        };
        let found = read_questions("x.csv", text.as_bytes());
        assert_eq!(found.map_or_else(|error| error.to_string(), show), expected, "{text}");
    }

    #[test]
    fn questions_are_read() {
        check("series,origin,horizon,kind,y\na,1970-01-03,14,count,5\n", "a 2 14 count Some(5.0)");
        check("kind,series,origin,horizon\nlull_ends,a,1970-01-03,7\n", "a 2 7 lull_ends None");
        check(
            "series,origin,horizon,kind\na,1970-01-03,8,count\n",
            "x.csv, line 2: expected 7, 14 or 30 in column `horizon`; found `8`",
        );
        check(
            "series,origin,horizon,kind\na,1970-01-03,7,lull\n",
            "x.csv, line 2: expected `count` or `lull_ends` in column `kind`; found `lull`",
        );
    }

    #[test]
    fn every_seventh_day_is_asked_about_where_something_happens() {
        let mut counts = vec![Some(0); 220];
        counts[100] = Some(5);
        let track = Track::new(&Series {
            name: "a".to_owned(),
            first: 0,
            counts: counts.clone(),
            ..Series::default()
        });
        let all = questions_of(&track);
        // Days 180, 187 … 212 with 7 days after them, 205 with 14, 189 with 30; each a count and a lull.
        let count = |days| all.iter().filter(|question| question.days() == days).count();
        assert_eq!([7, 14, 30].map(count), [10, 8, 4]);
        counts[100] = Some(4);
        assert_eq!(
            questions_of(&Track::new(&Series {
                name: "a".to_owned(),
                first: 0,
                counts,
                ..Series::default()
            })),
            []
        );
    }
}
