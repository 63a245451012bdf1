//! *What does an answer say to a person?* As one paragraph, and at length.

use std::fmt::Write;

use crate::answer::{Answer, Chance, Expected, Past};
use crate::changes::Change;
use crate::naive::in_words;
use crate::question::Kind;

/// What every answer ends with.
pub const LIMITS: &str = "Counts of events by organisations and areas as their sources publish them: no persons, no next targets, not \
     for targeting. What follows something need not be caused by it.";

impl Answer {
    /// The answer as one paragraph, with the comparison and the record.
    pub fn to_paragraph(&self) -> String {
        let mut out = format!("{}: {}", self.series, self.basis());
        if let Some(refusal) = &self.refusal {
            return format!("{out} {refusal}");
        }
        let parts = [self.told_lull(), self.told_counts(), self.told_change(), self.told_record()];
        let all = parts.into_iter().flatten().chain(self.told_silence()).chain(self.cautions.iter().cloned());
        all.for_each(|part| {
            let _ = write!(out, " {part}");
        });
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
            1 => ", 1 day unknown".to_owned(),
            n => format!(", {n} days unknown"),
        };
        match self.since {
            Some(since) => format!("As of {}, by {events} since {since}{unknown}.", days(self.as_of)),
            None => format!("As of {}, by no event.", days(self.as_of)),
        }
    }

    /// Whether the lull ends, beside what lulls as long did and what the rate alone would say.
    fn told_lull(&self) -> Option<String> {
        let first = self.lull_ends.first()?;
        let days: Vec<String> = self.lull_ends.iter().map(|chance| chance.days.to_string()).collect();
        let said: Vec<String> = self.lull_ends.iter().map(percent).collect();
        let [n, ended] = first.comparable;
        let naive = first.naive.iter().find(|naive| naive.model == "poisson90");
        let naive = naive.map_or(String::new(), |naive| {
            format!("; {} alone would say {:.0} %", in_words(naive.model), 100.0 * naive.probability)
        });
        Some(format!(
            "The last event was {} days before; the lull ends within {} days with a probability of {}. For {} days: {}{naive}.",
            self.quiet_days,
            listed(&days),
            listed(&said),
            first.days,
            comparable(n, ended),
        ))
    }

    /// How many events, where there is no lull.
    fn told_counts(&self) -> Option<String> {
        let week = self.counts.first().filter(|_| self.lull_ends.is_empty())?;
        let [low, high] = week.intervals[1];
        let naive = week.naive.iter().find(|naive| naive.model == "nb90");
        let naive = naive.map_or(String::new(), |naive| {
            let [low, high] = naive.interval;
            format!("; {} alone would say {} ({low} to {high})", in_words("poisson90"), naive.median)
        });
        Some(format!(
            "Within {} days {} events are as likely exceeded as not, in four of five cases {low} to {high}{naive}; {:.0} in as many \
             days before.",
            week.days, week.median, week.before
        ))
    }

    fn told_change(&self) -> Option<String> {
        let change = self.changes.last()?;
        Some(format!("The rate changed about {}.", told_change(change)))
    }

    /// How the method did before, on the first horizon of what is told.
    fn told_record(&self) -> Option<String> {
        let kind = if self.lull_ends.is_empty() { Kind::Count } else { Kind::LullEnds };
        self.record.iter().find(|past| past.kind == kind).map(scored)
    }

    /// That a lull rests on silence.
    fn told_silence(&self) -> Option<String> {
        let known = self.known_until.filter(|known| Some(*known) < self.as_of)?;
        Some(format!("That nothing happened after {known} is inferred from silence."))
    }

    /// The answer at length.
    pub fn to_text(&self) -> String {
        let mut out = format!("{}\n{}\n", self.series.to_uppercase(), self.basis());
        if let Some(refusal) = &self.refusal {
            let _ = writeln!(out, "{refusal}");
        }
        self.list_lull(&mut out);
        self.list_counts(&mut out);
        if !self.changes.is_empty() {
            out += "\nWHEN DID THE RATE CHANGE?\n";
            for change in &self.changes {
                let _ = writeln!(out, "  {}", told_change(change));
            }
        }
        self.list_record(&mut out);
        for caution in &self.cautions {
            let _ = writeln!(out, "Caution: {caution}");
        }
        for note in &self.notes {
            let _ = writeln!(out, "Note: {note}");
        }
        let _ = writeln!(out, "{LIMITS}");
        out
    }

    fn list_lull(&self, out: &mut String) {
        if self.lull_ends.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nDOES THE LULL END? The last event was {} days before.", self.quiet_days);
        for chance in &self.lull_ends {
            let [n, ended] = chance.comparable;
            let _ = writeln!(
                out,
                "  within {:>2} days: {:.2}{} · {}",
                chance.days,
                chance.probability,
                left_open(chance),
                comparable(n, ended),
            );
        }
        let _ = writeln!(out, "  Naive forecasts for {} days:", days_of(&self.lull_ends));
        let models = self.lull_ends[0].naive.iter().enumerate();
        for (place, naive) in models {
            let said = self.lull_ends.iter().filter_map(|chance| chance.naive.get(place));
            let said: Vec<String> = said.map(|naive| format!("{:.2}", naive.probability)).collect();
            let _ = writeln!(out, "    {} · {}", said.join(", "), in_words(naive.model));
        }
        let lulls: Vec<String> = self.past_lulls.iter().take(8).map(usize::to_string).collect();
        let _ = match lulls.as_slice() {
            [] => writeln!(out, "  No earlier lull of seven days or more is in the record."),
            lulls => writeln!(
                out,
                "  Earlier lulls of seven days or more: {}; the longest, in days: {}",
                self.past_lulls.len(),
                lulls.join(", ")
            ),
        };
    }

    fn list_counts(&self, out: &mut String) {
        if self.counts.is_empty() {
            return;
        }
        *out += "\nHOW MANY EVENTS? median, 50 %, 80 %, 95 % interval\n";
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
        let _ = writeln!(
            out,
            "  Naive forecasts for {} days, median and 80 % interval:",
            counted_days(&self.counts)
        );
        for (place, naive) in self.counts[0].naive.iter().enumerate() {
            let said = self.counts.iter().filter_map(|expected| expected.naive.get(place));
            let said: Vec<String> = said
                .map(|naive| format!("{} ({}-{})", naive.median, naive.interval[0], naive.interval[1]))
                .collect();
            let _ = writeln!(out, "    {} · {}", said.join(", "), in_words(naive.model));
        }
    }

    fn list_record(&self, out: &mut String) {
        if self.refusal.is_some() {
            return;
        }
        *out += "\nHOW GOOD WAS THIS METHOD ON THIS SERIES BEFORE? lower is better\n";
        if self.record.is_empty() {
            *out += "  Nobody knows: fewer than ten questions of its past can be asked.\n";
        }
        for past in &self.record {
            let _ = writeln!(out, "  {}", scored(past));
        }
    }
}

fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn days_of(all: &[Chance]) -> String {
    listed(&all.iter().map(|chance| chance.days.to_string()).collect::<Vec<_>>())
}

fn counted_days(all: &[Expected]) -> String {
    listed(&all.iter().map(|expected| expected.days.to_string()).collect::<Vec<_>>())
}

/// `52 %`, or with what the record leaves open `52 % (31 to 70)`.
fn percent(chance: &Chance) -> String {
    // Nothing here is certain, whatever it is rounded to.
    let whole = |p: f64| (100.0 * p).round().clamp(1.0, 99.0);
    let range = match chance.range {
        [low, high] if high - low >= 0.02 => format!(" ({} to {})", whole(low), whole(high)),
        _ => String::new(),
    };
    format!("{} %{range}", whole(chance.probability))
}

fn left_open(chance: &Chance) -> String {
    match chance.range {
        [low, high] if high - low >= 0.01 => {
            format!(" ({low:.2} to {high:.2} by what the record leaves open)")
        }
        _ => String::new(),
    }
}

fn comparable(n: usize, ended: usize) -> String {
    match (n, ended) {
        (0, _) => "no earlier lull lasted as long".to_owned(),
        (1, 0) => "the one earlier lull that lasted as long went on".to_owned(),
        (1, _) => "the one earlier lull that lasted as long ended by then".to_owned(),
        (n, ended) => format!("{ended} of {n} earlier lulls that lasted as long ended by then"),
    }
}

/// `2024-02-03 (between …), from 1.19 to 0.00 events a day, with a probability of 53 %`.
fn told_change(change: &Change) -> String {
    format!(
        "{} (between {} and {}), from {:.2} to {:.2} events a day, with a probability of {:.0} %",
        change.at,
        change.when[0],
        change.when[1],
        change.observed_before,
        change.observed_after,
        100.0 * change.probability
    )
}

fn scored(past: &Past) -> String {
    let what = match past.kind {
        Kind::LullEnds => "lulls within",
        Kind::Count => "counts of",
    };
    let score = match past.kind {
        Kind::LullEnds => "log score",
        Kind::Count => "CRPS",
    };
    format!(
        "On {} past days asked about {what} {} days it scored {:.3} ({score}, lower is better), {} {:.3}, the best naive forecast.",
        past.n,
        past.days,
        past.score,
        in_words(&past.best_naive),
        past.naive_score
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Naive;

    fn chance(range: [f64; 2], comparable: [usize; 2]) -> Chance {
        let naive = vec![Naive { model: "poisson90", probability: 0.86 }];
        Chance { days: 7, probability: 0.52, range, naive, comparable }
    }

    fn check(lull_ends: Vec<Chance>, expected: &str) {
        let answer = Answer { quiet_days: 9, lull_ends, ..Answer::default() };
        assert_eq!(answer.told_lull().unwrap_or_default(), expected);
    }

    #[test]
    fn a_lull_is_told_with_its_comparison() {
        check(
            vec![chance([0.52, 0.52], [8, 4])],
            "The last event was 9 days before; the lull ends within 7 days with a probability of 52 %. For 7 days: 4 of 8 earlier \
             lulls that lasted as long ended by then; the rate of the last 90 days alone would say 86 %.",
        );
        check(
            vec![chance([0.3, 0.7], [1, 0])],
            "The last event was 9 days before; the lull ends within 7 days with a probability of 52 % (30 to 70). For 7 days: the one \
             earlier lull that lasted as long went on; the rate of the last 90 days alone would say 86 %.",
        );
        check(Vec::new(), "");
    }
}
