//! *What does an answer say to a person?* As one paragraph, and at length with a chart of letters.

use std::fmt::Write;

use crate::answer::{Answer, Chance, Past};
use crate::question::Kind;

/// What every answer ends with.
pub const LIMITS: &str = "Counts of events by organisations and areas as their sources publish them: no persons, no next targets, not \
     for targeting. What follows something need not be caused by it.";

impl Answer {
    /// The answer as one paragraph, with the comparison and the record.
    pub fn to_paragraph(&self) -> String {
        let mut out = format!("{}: {}", self.series, self.basis());
        if let Some(refusal) = &self.refusal {
            let _ = write!(out, " {refusal}");
            return out;
        }
        let first = self.lull_ends.first();
        if let Some(first) = first {
            let _ = write!(out, " The last event was {} days before.", self.quiet_days);
            let said: Vec<String> = self.lull_ends.iter().map(said).collect();
            let _ = write!(out, " The lull ends {}.", said.join(", "));
            out += &compared(first);
        } else if let Some(week) = self.counts.first() {
            let [low, high] = week.intervals[1];
            let _ = write!(
                out,
                " Within {} days {} events are as likely exceeded as not (80 % interval {low} to {high}; {:.0} in as many days before).",
                week.days, week.median, week.before
            );
        }
        if let Some(change) = self.changes.last() {
            let _ = write!(
                out,
                " The rate changed about {} (between {} and {}; probability {:.0} %), from {:.2} to {:.2} events a day.",
                change.at,
                change.when[0],
                change.when[1],
                100.0 * change.probability,
                change.observed_before,
                change.observed_after
            );
        }
        let kind = if first.is_some() { Kind::LullEnds } else { Kind::Count };
        if let Some(past) = self.record.iter().find(|past| past.kind == kind) {
            let _ = write!(out, " {}", scored(past));
        }
        for note in &self.notes {
            let _ = write!(out, " {note}");
        }
        out
    }

    /// From which data it is.
    fn basis(&self) -> String {
        let days =
            |date: Option<jiff::civil::Date>| date.map_or("no day".to_owned(), |date| date.to_string());
        let events = match self.n_events {
            [1, 1] => "1 event".to_owned(),
            [least, most] if least == most => format!("{least} events"),
            [least, most] => format!("{least} to {most} events"),
        };
        let unknown = match self.n_unknown {
            0 => String::new(),
            n => format!(", {n} days unknown"),
        };
        format!("As of {}, by {events} since {}{unknown}.", days(self.as_of), days(self.since))
    }

    /// The answer at length.
    pub fn to_text(&self) -> String {
        let mut out = format!("{}\n{}\n", self.series.to_uppercase(), self.basis());
        if let Some(refusal) = &self.refusal {
            let _ = writeln!(out, "{refusal}");
        }
        if !self.lull_ends.is_empty() {
            let _ = writeln!(out, "\nDOES THE LULL END? The last event was {} days before.", self.quiet_days);
            for chance in &self.lull_ends {
                let naive: Vec<String> = chance
                    .naive
                    .iter()
                    .map(|naive| format!("{} {:.2}", naive.model, naive.probability))
                    .collect();
                let range = match chance.range {
                    [low, high] if high - low >= 0.01 => {
                        format!(" ({low:.2} to {high:.2} by what the record leaves open)")
                    }
                    _ => String::new(),
                };
                let [n, ended] = chance.comparable;
                let _ = writeln!(
                    out,
                    "  within {:>2} days: {:.2}{range} · {} · {}",
                    chance.days,
                    chance.probability,
                    comparable(n, ended),
                    naive.join(", ")
                );
            }
            let lulls: Vec<String> = self.past_lulls.iter().take(8).map(usize::to_string).collect();
            match lulls.as_slice() {
                [] => out += "  No earlier lull of seven days or more is in the record.\n",
                lulls => {
                    let _ = writeln!(
                        out,
                        "  Earlier lulls of seven days or more: {}; the longest, in days: {}",
                        self.past_lulls.len(),
                        lulls.join(", ")
                    );
                }
            }
        }
        if !self.counts.is_empty() {
            out += "\nHOW MANY EVENTS? median, 50 %, 80 %, 95 % interval\n";
            for expected in &self.counts {
                let intervals = expected.intervals.map(|[low, high]| format!("{low}-{high}"));
                let _ = writeln!(
                    out,
                    "  within {:>2} days: {} · {} · {:.0} in as many days before",
                    expected.days,
                    expected.median,
                    intervals.join(" · "),
                    expected.before
                );
            }
        }
        if !self.changes.is_empty() {
            out += "\nWHEN DID THE RATE CHANGE?\n";
            for change in &self.changes {
                let _ = writeln!(
                    out,
                    "  {} (between {} and {}): from {:.2} to {:.2} events a day · probability {:.2}",
                    change.at,
                    change.when[0],
                    change.when[1],
                    change.observed_before,
                    change.observed_after,
                    change.probability
                );
            }
        }
        if !self.record.is_empty() {
            out += "\nHOW GOOD WAS THIS METHOD ON THIS SERIES BEFORE? lower is better\n";
            for past in &self.record {
                let _ = writeln!(out, "  {}", scored(past));
            }
        }
        for note in &self.notes {
            let _ = writeln!(out, "Note: {note}");
        }
        let _ = writeln!(out, "{LIMITS}");
        out
    }
}

fn said(chance: &Chance) -> String {
    let range = match chance.range {
        [low, high] if high - low >= 0.02 => format!(" ({:.0}-{:.0} %)", 100.0 * low, 100.0 * high),
        _ => String::new(),
    };
    format!("within {} days with a probability of {:.0} %{range}", chance.days, 100.0 * chance.probability)
}

fn comparable(n: usize, ended: usize) -> String {
    match n {
        0 => "no earlier lull lasted as long".to_owned(),
        n => format!("{ended} of {n} earlier lulls that lasted as long ended by then"),
    }
}

fn compared(chance: &Chance) -> String {
    let [n, ended] = chance.comparable;
    let naive = chance.naive.iter().find(|naive| naive.model == "poisson90");
    let naive = naive.map_or(String::new(), |naive| {
        format!("; the rate of the last 90 days alone would say {:.0} %", 100.0 * naive.probability)
    });
    format!(" For {} days: {}{naive}.", chance.days, comparable(n, ended))
}

fn scored(past: &Past) -> String {
    let what = match past.kind {
        Kind::LullEnds => "Log score of lulls",
        Kind::Count => "CRPS of counts",
    };
    format!(
        "{what} within {} days {:.3} on {} past questions, {:.3} for the best naive forecast ({}).",
        past.days, past.score, past.n, past.naive_score, past.best_naive
    )
}
