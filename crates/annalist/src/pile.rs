//! *Here is a citation: which sentence of which report is it?*

use std::collections::BTreeMap;

use annalist_read::report::digest;
use annalist_reconcile::longer_ids;
use annalist_schema::{Claim, ClaimRef, Reading, Report, Span};

use crate::briefing::words::one_line;

/// Reports with their readings, numbered by publication date and id so that no order of arrival shows.
#[derive(Debug, Default)]
pub struct Pile {
    entries: Vec<(Report, Reading)>,
    by_id: BTreeMap<String, usize>,
    /// Numbers of the entries, where they are part of a larger pile.
    numbers: Option<Vec<usize>>,
}

impl Pile {
    /// Puts reports and readings together. A report given twice counts once; different reports of one id are told apart as
    /// `reconcile` does, so that neither is quoted for the other.
    pub fn new(mut entries: Vec<(Report, Reading)>) -> Self {
        let ids: Vec<&str> = entries.iter().map(|(report, _)| report.id.as_str()).collect();
        for (index, id) in longer_ids(&ids, |index| digest(&entries[index].0)) {
            let (report, reading) = &mut entries[index];
            report.id.clone_from(&id);
            reading.id = id;
        }
        let day = |(_, reading): &(Report, Reading)| {
            reading.report.published.as_ref().map(|published| published.value)
        };
        entries.sort_by(|one, other| (day(one), &one.0.id).cmp(&(day(other), &other.0.id)));
        let mut by_id = BTreeMap::new();
        entries.retain(|(report, _)| {
            let number = by_id.len();
            let is_new = !by_id.contains_key(&report.id);
            by_id.entry(report.id.clone()).or_insert(number);
            is_new
        });
        Self { entries, by_id, numbers: None }
    }

    /// Some reports of a larger pile, which keep the numbers that they have there. A report that the larger pile does not
    /// have is left out.
    pub fn part_of(all: &Numbers, mut entries: Vec<(Report, Reading)>) -> Self {
        entries.retain(|(report, _)| all.of(&report.id).is_some());
        let pile = Self::new(entries);
        let number = |(report, _): &(Report, Reading)| all.of(&report.id);
        Self { numbers: Some(pile.entries.iter().filter_map(number).collect()), ..pile }
    }

    /// Reports and readings, in order of their numbers.
    pub fn entries(&self) -> &[(Report, Reading)] {
        &self.entries
    }

    /// The same, handed over.
    pub fn into_entries(self) -> Vec<(Report, Reading)> {
        self.entries
    }

    /// Number of a report, counted from one.
    pub fn number(&self, report: &str) -> Option<usize> {
        let index = *self.by_id.get(report)?;
        self.numbers.as_ref().map_or(Some(index + 1), |numbers| numbers.get(index).copied())
    }

    /// A report and its reading.
    pub fn get(&self, report: &str) -> Option<&(Report, Reading)> {
        self.entries.get(*self.by_id.get(report)?)
    }

    /// The claim behind a reference.
    pub fn claim(&self, ClaimRef { report, claim }: &ClaimRef) -> Option<&Claim> {
        self.get(report)?.1.claims.iter().find(|candidate| candidate.id == *claim)
    }

    /// Where some words of a report stand.
    pub fn cite(&self, report: &str, words: Span) -> Option<Citation> {
        let (source, reading) = self.get(report)?;
        let index = reading.sentences.partition_point(|sentence| sentence.end <= words.start);
        let sentence = *reading.sentences.get(index)?;
        Some(Citation {
            number: self.number(report)?,
            report: report.to_owned(),
            sentence: index + 1,
            text: one_line(sentence.of(&source.text)),
        })
    }
}

/// The numbers of the reports of a pile, by their ids.
#[derive(Debug, Default)]
pub struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// Of ids in the order of the pile.
    pub fn new(ids: impl IntoIterator<Item = String>) -> Self {
        Self(ids.into_iter().zip(1..).collect())
    }

    /// Number of a report, counted from one.
    pub fn of(&self, report: &str) -> Option<usize> {
        self.0.get(report).copied()
    }
}

/// A sentence of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Citation {
    /// Number of the report in this briefing, from one.
    pub number: usize,
    /// Number of the sentence in the report, from one.
    pub sentence: usize,
    /// Id of the report.
    pub report: String,
    /// The sentence, line breaks taken out.
    pub text: String,
}

impl Citation {
    /// `[2:14]`: report 2, sentence 14.
    pub fn mark(&self) -> String {
        format!("[{}:{}]", self.number, self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, text: &str) -> (Report, Reading) {
        let report = Report { id: id.to_owned(), text: text.to_owned(), ..Report::default() };
        let sentences = vec![Span::from(0..text.len())];
        (report, Reading { id: id.to_owned(), sentences, ..Reading::default() })
    }

    #[test]
    fn numbers_do_not_show_the_order_of_arrival() {
        for order in [["b", "a"], ["a", "b"]] {
            let pile = Pile::new(order.iter().map(|id| entry(id, "It\nrains.")).collect());
            assert_eq!((pile.number("a"), pile.number("b"), pile.number("c")), (Some(1), Some(2), None));
        }
    }

    #[test]
    fn a_report_given_twice_counts_once() {
        let pile = Pile::new(vec![entry("a", "It rains."), entry("a", "It rains."), entry("b", "It snows.")]);
        assert_eq!(pile.entries().len(), 2);
        assert_eq!(pile.get("b").map(|(report, _)| report.text.as_str()), Some("It snows."));
    }

    #[test]
    fn a_part_keeps_the_numbers_of_the_whole() {
        let all = Numbers::new(["x", "b", "y", "a"].map(str::to_owned));
        let pile =
            Pile::part_of(&all, vec![entry("a", "It rains."), entry("b", "It snows."), entry("c", "")]);
        assert_eq!((pile.number("a"), pile.number("b"), pile.number("c")), (Some(4), Some(2), None));
        assert_eq!(pile.cite("a", Span::new(0, 2)).unwrap().mark(), "[4:1]");
    }

    #[test]
    fn different_reports_of_one_id_are_both_kept() {
        let (one, other) = (entry("a", "It rains."), entry("a", "It snows."));
        let texts = |entries| {
            let pile = Pile::new(entries);
            pile.entries()
                .iter()
                .map(|(report, _)| format!("{}={}", report.id, report.text))
                .collect::<Vec<_>>()
        };
        let expected = ["a~424aae18=It snows.", "a~c6a5f215=It rains."];
        assert_eq!(texts(vec![one.clone(), other.clone(), one.clone()]), expected);
        assert_eq!(texts(vec![other, one]), expected);
    }

    #[test]
    fn cites_the_sentence_on_one_line() {
        let pile = Pile::new(vec![entry("a", "It\nrains.")]);
        let citation = pile.cite("a", Span::new(3, 8)).unwrap();
        assert_eq!((citation.mark().as_str(), citation.text.as_str()), ("[1:1]", "It rains."));
    }
}
