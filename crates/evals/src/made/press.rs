//! *Which reports are there, and who copied whom?* Tellings become reports, some of them reprinted by other outlets.

use std::collections::BTreeSet;
use std::ops::Range;

use annalist_schema::{DayInterval, Report};
use jiff::ToSpan;
use jiff::civil::Date;

use super::land::lands;
use super::story::{Story, Telling, Twist, stories};
use super::wording::sentence;
use crate::chance::Chance;

/// How many reports are reprinted, and by how many outlets at most.
const REPRINTED: f64 = 0.3;
const MOST_REPRINTS: usize = 3;
/// How many reports end with what another report on the same story ends with, and are no copies for that.
const QUOTES: f64 = 0.3;
/// How many reports mention another story in passing.
const MENTIONS: f64 = 0.25;
/// How often a report looks for words that no other has.
const MOST_TRIES: usize = 40;

/// Sentences that reports already have.
type Words = BTreeSet<String>;

/// A pile of reports with the truth about it.
#[derive(Debug)]
pub struct Press {
    /// In no order that tells anything.
    pub reports: Vec<Report>,
    /// Where the reports tell what.
    pub told: Vec<Told>,
    /// Groups of reports of which all but one are copies.
    pub copies: Vec<Vec<String>>,
}

/// A report tells a story in some words.
#[derive(Clone, Debug)]
pub struct Told {
    /// Id of the report.
    pub report: String,
    /// Index of the story.
    pub story: usize,
    /// Bytes of the report's text.
    pub words: Range<usize>,
}

/// Reports on all stories. A story that another mentions gets a telling more.
pub fn press(stories: &mut [Story<'_>], chance: &mut Chance) -> Press {
    let mut press = Press { reports: Vec::new(), told: Vec::new(), copies: Vec::new() };
    let mut words = Words::new();
    for index in 0..stories.len() {
        let quote = filler(chance);
        for telling in 0..stories[index].tellings.len() {
            let mut sheet = lead(&stories[index], index, telling, &mut words, chance);
            if chance.happens(MENTIONS) {
                sheet.mention(stories, index, &mut words, chance);
            }
            (0..chance.between(3, 6)).for_each(|_| sheet.add(None, filler(chance)));
            if chance.happens(QUOTES) {
                sheet.add(None, quote.clone());
            }
            press.print_with_copies(sheet, chance);
        }
    }
    press
}

/// So many made-up short reports, the same for the same seed: story after story, each told by several outlets.
pub fn reports(n_reports: usize, seed: u64) -> Vec<Report> {
    let lands = lands();
    let mut chance = Chance::new(seed);
    // A story has three reports and more; a small pile needs some to spare.
    let mut stories = stories(&lands, n_reports / 3 + 32, &mut chance);
    let mut reports = press(&mut stories, &mut chance).reports;
    reports.truncate(n_reports);
    reports
}

/// A report in the making: its sentences, with the stories that they tell.
#[derive(Clone)]
struct Sheet {
    published: Date,
    sentences: Vec<(Option<usize>, String)>,
}

/// A report with the sentence of one telling.
fn lead(story: &Story<'_>, index: usize, telling: usize, words: &mut Words, chance: &mut Chance) -> Sheet {
    let telling = &story.tellings[telling];
    let sentences = vec![(Some(index), own_words(story, telling, words, chance))];
    Sheet { published: telling.published, sentences }
}

/// A sentence that no other report has, as far as there is one: whoever writes for himself finds his own words.
fn own_words(story: &Story<'_>, telling: &Telling, words: &mut Words, chance: &mut Chance) -> String {
    let tries = std::iter::repeat_with(|| sentence(&story.happening, telling, chance)).take(MOST_TRIES);
    let mut tries: Vec<_> = tries.collect();
    let own = tries.iter().position(|sentence| !words.contains(sentence)).unwrap_or_default();
    let sentence = tries.swap_remove(own);
    words.insert(sentence.clone());
    sentence
}

impl Sheet {
    fn add(&mut self, story: Option<usize>, sentence: String) {
        self.sentences.push((story, sentence));
    }

    /// In passing, what has happened before and everybody tells alike.
    fn mention(&mut self, stories: &mut [Story<'_>], index: usize, words: &mut Words, chance: &mut Chance) {
        let is_known = |(other, story): &(usize, &Story<'_>)| {
            let last = story.tellings.iter().map(|telling| telling.published).max();
            *other != index && story.twist == Twist::Plain && last.is_some_and(|last| last < self.published)
        };
        let known: Vec<_> = stories.iter().enumerate().filter(is_known).map(|(other, _)| other).collect();
        let Some(&other) = chance.pick(&known) else { return };
        let story = &mut stories[other];
        let telling = story.retell(self.published, chance);
        let sentence = own_words(story, &telling, words, chance);
        self.add(Some(other), sentence);
    }

    /// As another outlet prints it: shortened to its beginning, within a longer report, or with another end.
    fn reprint(&self, chance: &mut Chance) -> Self {
        let mut copy = self.clone();
        copy.published = self.published.saturating_add((chance.below(2) as i64).days());
        let n_own = match chance.below(4) {
            0 => {
                copy.sentences.truncate(3);
                0
            }
            1 => chance.between(2, 6),
            _ => {
                let has_end = copy.sentences.last().is_some_and(|(story, _)| story.is_none());
                copy.sentences.truncate(copy.sentences.len() - usize::from(has_end && chance.happens(0.5)));
                chance.below(2)
            }
        };
        (0..n_own).for_each(|_| copy.add(None, filler(chance)));
        copy
    }
}

impl Press {
    fn print_with_copies(&mut self, sheet: Sheet, chance: &mut Chance) {
        let original = self.print(&sheet, chance);
        if !chance.happens(REPRINTED) {
            return;
        }
        let n_reprints = chance.between(1, MOST_REPRINTS);
        let reprints: Vec<_> = (0..n_reprints).map(|_| self.print(&sheet.reprint(chance), chance)).collect();
        self.copies.push([vec![original], reprints].concat());
    }

    /// Puts a report on the pile; its id tells nothing.
    fn print(&mut self, sheet: &Sheet, chance: &mut Chance) -> String {
        let id = format!("{:016x}", chance.number());
        let mut text = String::new();
        for (story, sentence) in &sheet.sentences {
            let start = text.len();
            text.push_str(sentence);
            if let Some(story) = *story {
                self.told.push(Told { report: id.clone(), story, words: start..text.len() });
            }
            text.push_str(if chance.happens(0.4) { "\n\n" } else { " " });
        }
        self.reports.push(Report {
            id: id.clone(),
            text,
            published: Some(DayInterval::day(sheet.published)),
            outlet: Some(format!("Outlet {}", self.reports.len())),
            lang: Some("en".to_owned()),
            ..Report::default()
        });
        id
    }
}

fn filler(chance: &mut Chance) -> String {
    let rows = include_str!("fillers.txt").lines().filter(|row| !row.starts_with('#'));
    let rows: Vec<_> = rows.collect();
    let row = chance.pick(&rows).copied().unwrap_or_default();
    row.replace("{}", &chance.between(4, 94).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telling_stands_where_it_says() {
        let lands = lands();
        let mut chance = Chance::new(3);
        let mut stories = stories(&lands, 32, &mut chance);
        let press = press(&mut stories, &mut chance);
        for told in &press.told {
            let report = press.reports.iter().find(|report| report.id == told.report);
            let words = report.and_then(|report| report.text.get(told.words.clone())).unwrap_or_default();
            assert!(words.ends_with('.') && words.len() > 20, "{words:?}");
        }
        let n_tellings: usize = stories.iter().map(|story| story.tellings.len()).sum();
        assert!(press.told.len() >= n_tellings && !press.copies.is_empty());
        assert!(press.copies.iter().all(|group| group.len() > 1));
    }
}
