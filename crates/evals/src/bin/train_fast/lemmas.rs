//! *Which endings are exchanged for the base form?*

use std::collections::BTreeMap;

use annalist_read::document::lemma::{LONGEST_ENDING, Lemmatiser, inflection};
use annalist_schema::{Feats, Upos};

use crate::conllu::{Treebank, Word};
use crate::tags::percent;

/// What is seen of an ending: how often each exchange.
type Exchanges = BTreeMap<(usize, String), usize>;

pub fn train(train: &[Treebank], dev: &[Treebank]) -> (String, String) {
    let mut words: BTreeMap<(char, String), Exchanges> = BTreeMap::new();
    for word in train.iter().flat_map(Treebank::sentences).flat_map(|sentence| &sentence.words) {
        if let Some((inflection, form, exchange)) = seen(word) {
            *words.entry((inflection, form)).or_default().entry(exchange).or_default() += 1;
        }
    }
    let mut lines = String::new();
    let inflections: std::collections::BTreeSet<char> =
        words.keys().map(|(inflection, _)| *inflection).collect();
    for inflection in inflections {
        let forms = words.iter().filter(|((of, _), _)| *of == inflection);
        // Every form counts once in its endings: frequent words are irregular and must not drown the rule.
        let forms: Vec<(&str, &(usize, String))> =
            forms.filter_map(|((_, form), exchanges)| Some((form.as_str(), commonest(exchanges)?))).collect();
        lines.push_str(&rules(inflection, &forms));
    }
    let report = match Lemmatiser::parse(&lines) {
        Ok(lemmatiser) => {
            dev.iter().map(|treebank| score(treebank, &lemmatiser)).collect::<Vec<_>>().join(", ")
        }
        Err(error) => error.to_string(),
    };
    (lines.clone(), format!("{} rules, {report}", lines.lines().count()))
}

/// Inflection, form in the case the lemmatiser sees it, and its exchange.
fn seen(word: &Word) -> Option<(char, String, (usize, String))> {
    if word.feats.contains("Typo=Yes") || word.feats.contains("Abbr=Yes") || word.lemma == "_" {
        return None;
    }
    let upos: Upos = word.upos.parse().ok()?;
    let inflection = inflection(upos, &Feats::parse(&word.feats));
    let fold = |text: &str| if upos == Upos::Propn { text.to_owned() } else { text.to_lowercase() };
    let form = fold(&word.form).replace('’', "'");
    let lemma = fold(&word.lemma);
    if inflection == 'P' || !form.is_ascii() || !lemma.is_ascii() || form.len() > 30 {
        return None;
    }
    let common = form.bytes().zip(lemma.bytes()).take_while(|(a, b)| a == b).count();
    let exchange = (form.len() - common, lemma[common..].to_owned());
    Some((inflection, form, exchange))
}

fn commonest(exchanges: &Exchanges) -> Option<&(usize, String)> {
    exchanges.iter().max_by_key(|(_, count)| **count).map(|(exchange, _)| exchange)
}

/// The fewest rules that give every form its exchange, from the shortest ending to whole words.
fn rules(inflection: char, forms: &[(&str, &(usize, String))]) -> String {
    let mut by_ending: BTreeMap<(usize, &str), Exchanges> = BTreeMap::new();
    for (form, exchange) in forms {
        for length in 0..=form.len().min(LONGEST_ENDING) {
            let ending = &form[form.len() - length..];
            if exchange.0 <= length {
                *by_ending.entry((length, ending)).or_default().entry((*exchange).clone()).or_default() += 1;
            }
        }
    }
    let mut chosen: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let nothing = (0, String::new());
    let mut lines = String::new();
    for ((length, ending), exchanges) in by_ending {
        let Some(best) = commonest(&exchanges) else { continue };
        let inherited =
            (0..length).rev().find_map(|shorter| chosen.get(&ending[length - shorter..])).unwrap_or(&nothing);
        if best != inherited && exchanges[best] >= 2 {
            chosen.insert(ending, best.clone());
            lines.push_str(&format!("{inflection}\t{ending}\t{}\t{}\n", best.0, best.1));
        }
    }
    for (form, exchange) in forms {
        let longest = form.len().min(LONGEST_ENDING);
        let by_ending = (0..=longest)
            .rev()
            .find_map(|length| chosen.get(&form[form.len() - length..]))
            .unwrap_or(&nothing);
        if by_ending != *exchange {
            lines.push_str(&format!("{inflection}\t^{form}\t{}\t{}\n", exchange.0, exchange.1));
        }
    }
    lines
}

fn score(treebank: &Treebank, lemmatiser: &Lemmatiser) -> String {
    let (mut right, mut all) = (0, 0);
    for word in treebank.sentences().flat_map(|sentence| &sentence.words) {
        let Ok(upos) = word.upos.parse() else { continue };
        all += 1;
        right += usize::from(*lemmatiser.lemma(&word.form, upos, &Feats::parse(&word.feats)) == *word.lemma);
    }
    format!("{:.2}", percent(right, all))
}
