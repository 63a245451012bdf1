//! *Which features go with a tag, and which with a form?*

use std::collections::BTreeMap;

use annalist_schema::{Feats, Number, Tense};

use crate::conllu::Treebank;
use crate::tags::class;

/// A form is listed when its features differ from those of its tag this often.
const LEAST: usize = 4;

/// Lines of tag, form or `*`, features.
pub fn table(train: &[Treebank], labels: &[String]) -> String {
    let mut tags: BTreeMap<u8, Counts> = BTreeMap::new();
    let mut forms: BTreeMap<(u8, String), Counts> = BTreeMap::new();
    for word in train.iter().flat_map(Treebank::sentences).flat_map(|sentence| &sentence.words) {
        let class = class(word, labels);
        let feats = features(&word.feats);
        *tags.entry(class).or_default().entry(feats.clone()).or_default() += 1;
        *forms.entry((class, word.form.to_lowercase())).or_default().entry(feats).or_default() += 1;
    }
    let mut lines = String::new();
    for (class, counts) in &tags {
        lines.push_str(&line(labels, *class, "*", commonest(counts)));
    }
    for ((class, form), counts) in &forms {
        let feats = commonest(counts);
        if feats != commonest(&tags[class]) && counts[feats] >= LEAST {
            lines.push_str(&line(labels, *class, form, feats));
        }
    }
    lines
}

type Counts = BTreeMap<String, usize>;

/// Features that a word shows by itself: person and number of a verb are its subject's, its voice the tree's.
fn features(text: &str) -> String {
    let mut feats = Feats::parse(text);
    let is_third_person =
        feats.person == Some(3) && feats.number == Some(Number::Sing) && feats.tense == Some(Tense::Pres);
    if feats.verb_form.is_some() && !is_third_person {
        feats.person = None;
        feats.number = None;
    }
    feats.passive = false;
    feats.format()
}

fn commonest(counts: &Counts) -> &str {
    counts.iter().max_by_key(|(_, count)| **count).map_or("_", |(feats, _)| feats)
}

fn line(labels: &[String], class: u8, form: &str, feats: &str) -> String {
    format!("{}\t{form}\t{feats}\n", labels[usize::from(class)])
}
