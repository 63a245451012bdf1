//! *Which words are events, of which type, and which words have which part in them?*

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use annalist_read::document::SentenceAnalysis;
use annalist_read::document::fast::event::{
    EventReader, NO_EVENT, NO_PART, PartReader, Place, Sentence, UNIT, part_features, sentence_features,
    trigger_feature, word_features,
};
use annalist_read::document::fast::{Fast, Files};
use annalist_read::document::lemma::Lemmatiser;
use annalist_schema::{EventType, Role};
use serde_json::Value;

use crate::logistic::Logistic;
use crate::perceptron::Random;

const EPOCHS: usize = 6;
/// A feature seen less often is left out.
const LEAST: usize = 3;
/// A word that is at least so probably an event, or has so probably a part in one, counts as one in the scores.
const IS_EVENT: f32 = 0.4;
const IS_PART: f32 = 0.5;

/// Words of a sentence, each with its roles in an event.
type Roles = Vec<(usize, Vec<Role>)>;

/// The sentences of one report, with the events told in them.
struct Report {
    forms: Vec<Vec<String>>,
    lemmas: Vec<Vec<Box<str>>>,
    analyses: Vec<SentenceAnalysis>,
    events: Vec<Vec<Event>>,
}

impl Report {
    fn each_sentence(&self, mut visit: impl FnMut(usize, &Sentence<'_>, &Place)) {
        let mut place = Place::default();
        for (index, forms) in self.forms.iter().enumerate() {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let sentence = Sentence::new(&forms, &self.lemmas[index], &self.analyses[index].words);
            place.enter(index, self.forms.len(), &sentence);
            visit(index, &sentence, &place);
        }
    }
}

/// A word that is an event.
struct Event {
    word: usize,
    /// Types with their shares.
    types: Vec<(EventType, f32)>,
    /// How much it counts: repeats, and what a second reader might leave out, count for less.
    weight: f32,
    /// Words with their roles; `None` where nobody has written them down.
    parts: Option<Roles>,
}

impl Event {
    fn likeliest(&self) -> Option<EventType> {
        let best = self.types.iter().max_by(|one, other| one.1.total_cmp(&other.1));
        best.map(|&(event_type, _)| event_type)
    }
}

/// A word that may be an event.
struct Example {
    sentence: usize,
    features: Vec<u32>,
    shares: Vec<(usize, f32)>,
    weight: f32,
}

/// The files, and how well they read.
pub struct Trained {
    pub events: Vec<u8>,
    pub parts: Vec<u8>,
    pub scores: String,
}

/// Trains on `events.jsonl` and measures on `events-dev.jsonl`; `None` if the first is not there. The tagger, the parser and the
/// names of `out` read the words.
pub fn train(data: &Path, out: &Path) -> Result<Option<Trained>, Box<dyn std::error::Error>> {
    let path = data.join("events.jsonl");
    if !path.exists() {
        return Ok(None);
    }
    let tier = Tier::read(out)?;
    let reports = tier.reports(&path)?;
    let (events, parts) = (fit(&reports), fit_parts(&reports));
    let dev = tier.reports(&data.join("events-dev.jsonl"))?;
    let part_scores = score_parts(&dev, &PartReader::parse(&parts)?);
    let scores = score(&dev, &EventReader::parse(&events, PartReader::parse(&parts)?)?);
    Ok(Some(Trained { events, parts, scores: format!("{scores}, {part_scores}") }))
}

fn fit(reports: &[Report]) -> Vec<u8> {
    let marks = triggers(reports);
    let (shared, mut examples) = (&mut Vec::new(), Vec::new());
    reports.iter().for_each(|report| add_examples(report, &marks, shared, &mut examples));
    let labels = std::iter::once(NO_EVENT).chain(EventType::ALL.iter().map(|known| known.as_str()));
    let mut logistic = Logistic::new(labels.map(str::to_owned).collect(), common(shared, &examples));
    let shared: Vec<Vec<u32>> = shared.iter().map(|features| logistic.rows(features)).collect();
    examples.iter_mut().for_each(|example| example.features = logistic.rows(&example.features));
    let mut random = Random::new(1);
    for _ in 0..EPOCHS {
        random.shuffle(&mut examples);
        for example in &examples {
            let rows = example.features.iter().chain(&shared[example.sentence]).copied();
            logistic.learn(rows, &example.shares, example.weight);
        }
    }
    logistic.file(UNIT, &marks.into_iter().collect::<Vec<_>>())
}

/// The marks of all words that are events anywhere.
fn triggers(reports: &[Report]) -> BTreeSet<u32> {
    let mut marks = BTreeSet::new();
    for report in reports {
        report.each_sentence(|index, sentence, _| {
            let events = report.events[index].iter().filter(|event| event.word < sentence.len());
            marks.extend(events.map(|event| trigger_feature(sentence.lemma(event.word))));
        });
    }
    marks
}

/// A word that may have a part in an event.
struct Pair {
    features: Vec<u32>,
    shares: Vec<(usize, f32)>,
}

fn fit_parts(reports: &[Report]) -> Vec<u8> {
    let mut pairs: Vec<Pair> = reports.iter().flat_map(pairs).collect();
    let labels = std::iter::once(NO_PART).chain(Role::ALL.iter().map(|role| role.as_str()));
    let known = frequent(pairs.iter().flat_map(|pair| &pair.features));
    let mut logistic = Logistic::new(labels.map(str::to_owned).collect(), known);
    pairs.iter_mut().for_each(|pair| pair.features = logistic.rows(&pair.features));
    let mut random = Random::new(1);
    for _ in 0..EPOCHS {
        random.shuffle(&mut pairs);
        for pair in &pairs {
            logistic.learn(pair.features.iter().copied(), &pair.shares, 1.0);
        }
    }
    logistic.file(UNIT, &[])
}

/// The words beside each event of a report whose parts are written down.
fn pairs(report: &Report) -> Vec<Pair> {
    let mut pairs = Vec::new();
    report.each_sentence(|index, sentence, _| {
        for event in report.events[index].iter().filter(|event| event.word < sentence.len()) {
            let Some((parts, event_type)) = event.parts.as_ref().zip(event.likeliest()) else { continue };
            for word in sentence.beside(event.word) {
                let mut features = Vec::new();
                part_features(sentence, event.word, event_type, word, &mut features);
                pairs.push(Pair { features, shares: shares(roles(parts, word)) });
            }
        }
    });
    pairs
}

fn roles(parts: &[(usize, Vec<Role>)], word: usize) -> &[Role] {
    parts.iter().find(|(other, _)| *other == word).map_or(&[], |(_, roles)| roles)
}

/// Classes with equal shares; the first is that of no part.
fn shares(roles: &[Role]) -> Vec<(usize, f32)> {
    let class = |role: &Role| Role::ALL.iter().position(|other| other == role).map(|class| class + 1);
    let classes: Vec<usize> = roles.iter().filter_map(class).collect();
    let share = 1.0 / classes.len().max(1) as f32;
    if classes.is_empty() {
        vec![(0, 1.0)]
    } else {
        classes.into_iter().map(|class| (class, share)).collect()
    }
}

/// How well the parts of known events are found.
fn score_parts(reports: &[Report], reader: &PartReader) -> String {
    const SHOWN: [Role; 4] = [Role::Actor, Role::Recipient, Role::Place, Role::Time];
    let mut tallies = SHOWN.map(|role| (role, Tally::default()));
    for report in reports {
        report.each_sentence(|index, sentence, _| {
            for event in report.events[index].iter().filter(|event| event.word < sentence.len()) {
                let Some((parts, event_type)) = event.parts.as_ref().zip(event.likeliest()) else { continue };
                let found = reader.read(sentence, event.word, event_type);
                for (role, tally) in &mut tallies {
                    let found = found.iter().filter(|part| part.role == *role && part.probability >= IS_PART);
                    let is_right = |word: usize| roles(parts, word).contains(role);
                    for part in found {
                        tally.n_found += 1;
                        tally.n_right += usize::from(is_right(part.word as usize));
                    }
                    tally.n_wanted += parts.iter().filter(|(_, roles)| roles.contains(role)).count();
                }
            }
        });
    }
    let figures = tallies.iter().map(|(role, tally)| format!("{role} {:.2}", tally.f1()));
    format!("parts of known events: {}", figures.collect::<Vec<_>>().join(" "))
}

/// The features of words and sentences that are seen often enough, sorted.
fn common(shared: &[Vec<u32>], examples: &[Example]) -> Vec<u32> {
    frequent(shared.iter().flatten().chain(examples.iter().flat_map(|example| &example.features)))
}

/// The features seen often enough, sorted.
fn frequent<'f>(features: impl Iterator<Item = &'f u32>) -> Vec<u32> {
    let mut all: Vec<u32> = features.copied().collect();
    all.sort_unstable();
    let runs = all.chunk_by(|one, other| one == other);
    runs.filter(|run| run.len() >= LEAST).map(|run| run[0]).collect()
}

/// Adds what the sentences of a report have in common, and their words.
fn add_examples(
    report: &Report,
    marks: &BTreeSet<u32>,
    shared: &mut Vec<Vec<u32>>,
    examples: &mut Vec<Example>,
) {
    report.each_sentence(|index, sentence, place| {
        let mut features = Vec::new();
        sentence_features(sentence, place, &mut features);
        shared.push(features);
        let is_trigger = |word: usize| sentence.may_be_event(word, |trigger| marks.contains(&trigger));
        for word in (0..sentence.len()).filter(|&word| is_trigger(word)) {
            let mut features = Vec::new();
            word_features(sentence, place, word, &mut features);
            let event = at(&report.events[index], word);
            let (shares, weight) =
                event.map_or((vec![(0, 1.0)], 1.0), |event| (classes(event), event.weight));
            examples.push(Example { sentence: shared.len() - 1, features, shares, weight });
        }
    });
}

/// The event of a word, the clearest of several.
fn at(events: &[Event], word: usize) -> Option<&Event> {
    let here = events.iter().filter(|event| event.word == word);
    here.max_by(|one, other| one.weight.total_cmp(&other.weight))
}

/// Classes with their shares; the first is that of no event.
fn classes(event: &Event) -> Vec<(usize, f32)> {
    let class =
        |known: EventType| EventType::ALL.iter().position(|&other| other == known).map(|class| class + 1);
    event.types.iter().filter_map(|&(known, share)| Some((class(known)?, share))).collect()
}

/// How well words with their types are found in short and in long reports; doubtful ones count neither way.
fn score(reports: &[Report], reader: &EventReader) -> String {
    let of = |is_long: bool| {
        let chosen = reports.iter().filter(|report| (report.forms.len() > 2) == is_long);
        let mut tally = Tally::default();
        chosen.for_each(|report| tally.add(report, reader));
        tally.f1()
    };
    format!("F1 of word and type {:.2}, {:.2} in reports of more than two sentences", of(false), of(true))
}

#[derive(Default)]
struct Tally {
    n_right: usize,
    n_found: usize,
    n_wanted: usize,
}

impl Tally {
    fn add(&mut self, report: &Report, reader: &EventReader) {
        let forms: Vec<Vec<&str>> =
            report.forms.iter().map(|forms| forms.iter().map(String::as_str).collect()).collect();
        let found = reader.read(&forms, &report.lemmas, &report.analyses);
        for (events, found) in report.events.iter().zip(found) {
            self.n_wanted += events.iter().filter(|event| event.weight >= 1.0).count();
            for happening in found.iter().filter(|happening| happening.probability >= IS_EVENT) {
                let event = at(events, happening.word as usize);
                let is_clear = event.is_none_or(|event| event.weight >= 1.0);
                let is_type = |&(known, _): &(EventType, f32)| {
                    happening.types.first().is_some_and(|first| first.0 == known)
                };
                let is_right = event.is_some_and(|event| event.types.iter().any(is_type));
                self.n_found += usize::from(is_clear);
                self.n_right += usize::from(is_clear && is_right);
            }
        }
    }

    fn f1(&self) -> f64 {
        200.0 * self.n_right as f64 / (self.n_found + self.n_wanted).max(1) as f64
    }
}

/// What reads the words, trained before.
struct Tier {
    fast: Fast,
    lemmatiser: Lemmatiser,
}

impl Tier {
    fn read(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let bytes = |name: &str| std::fs::read(folder.join(name));
        let text = |name: &str| std::fs::read_to_string(folder.join(name));
        let (tags, parse, names) = (bytes("tags.bin")?, bytes("parse.bin")?, bytes("names.bin")?);
        let files = Files { tags: &tags, parse: &parse, names: &names, morphology: &text("morphology.tsv")? };
        Ok(Self { fast: Fast::parse(&files)?, lemmatiser: Lemmatiser::parse(&text("lemmas.tsv")?)? })
    }

    /// The reports of a file, whose sentences follow each other.
    fn reports(&self, path: &Path) -> io::Result<Vec<Report>> {
        let text = std::fs::read_to_string(path)?;
        let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).map_err(io::Error::other));
        let rows: Vec<Value> = rows.collect::<Result<_, _>>()?;
        let reports = rows.chunk_by(|one, other| one["unit"] == other["unit"]);
        Ok(reports.map(|rows| self.report(rows)).collect())
    }

    fn report(&self, rows: &[Value]) -> Report {
        let forms: Vec<Vec<String>> = rows.iter().map(forms).collect();
        let analyse =
            |forms: &Vec<String>| self.fast.analyse(&forms.iter().map(String::as_str).collect::<Vec<_>>());
        let analyses: Vec<SentenceAnalysis> = forms.iter().map(analyse).collect();
        let lemmas =
            forms.iter().zip(&analyses).map(|(forms, analysis)| self.lemmas(forms, analysis)).collect();
        Report { lemmas, analyses, events: rows.iter().map(events).collect(), forms }
    }

    fn lemmas(&self, forms: &[String], analysis: &SentenceAnalysis) -> Vec<Box<str>> {
        let words = forms.iter().zip(&analysis.words);
        words.map(|(form, word)| self.lemmatiser.lemma(form, word.upos, &word.feats)).collect()
    }
}

fn forms(row: &Value) -> Vec<String> {
    let words = row["words"].as_array().into_iter().flatten();
    words.map(|word| word.as_str().unwrap_or_default().to_owned()).collect()
}

fn events(row: &Value) -> Vec<Event> {
    let list = |name: &str| row[name].as_array().into_iter().flatten();
    // Events in the order of the pairs, which repeats do not have.
    let mut pairs = list("pairs").filter_map(pair);
    let mut next = pairs.next();
    let mut events = Vec::new();
    for mut event in list("events").filter_map(event) {
        if next.as_ref().is_some_and(|(word, _)| *word == event.word) && event.parts.is_none() {
            event.parts = next.take().map(|(_, parts)| parts);
            next = pairs.next();
        }
        events.push(event);
    }
    events
}

fn pair(value: &Value) -> Option<(usize, Roles)> {
    let part = |(word, roles): (&String, &Value)| {
        let roles = roles.as_array()?.iter().filter_map(|role| role.as_str()?.parse().ok());
        Some((word.parse().ok()?, roles.collect()))
    };
    Some((value[0].as_u64()? as usize, value[1].as_object()?.iter().filter_map(part).collect()))
}

fn event(value: &Value) -> Option<Event> {
    let shares: BTreeMap<&str, f32> = value[1]
        .as_object()?
        .iter()
        .map(|(known, share)| (known.as_str(), share.as_f64().unwrap_or(0.0) as f32))
        .collect();
    let types = shares.into_iter().filter_map(|(known, share)| Some((known.parse().ok()?, share))).collect();
    Some(Event { word: value[0].as_u64()? as usize, types, weight: value[3].as_f64()? as f32, parts: None })
}
