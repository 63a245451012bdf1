//! *What is the base form of this word?* Endings exchanged as the treebanks do it, the longest known ending first.

use std::collections::HashMap;

use annalist_schema::{Degree, Feats, Number, Tense, Upos, VerbForm};

use crate::Error;

/// Exchanges of endings, learnt from treebanks.
pub struct Lemmatiser {
    rules: HashMap<char, Rules>,
}

/// The exchanges of one inflection.
#[derive(Default)]
struct Rules {
    words: HashMap<Box<str>, Exchange>,
    endings: HashMap<Box<str>, Exchange>,
}

/// How many bytes to take off, and what to put on.
struct Exchange {
    off: u8,
    on: Box<str>,
}

/// Longest ending that is looked up short of the whole word.
pub const LONGEST_ENDING: usize = 6;

impl Lemmatiser {
    /// Reads lines of four columns: inflection, ending (`^` before a whole word), bytes to take off, text to put on.
    ///
    /// # Errors
    /// If a line has another shape.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut lemmatiser = Self { rules: HashMap::new() };
        for line in text.lines() {
            lemmatiser.add(line).ok_or_else(|| Error::Model(format!("lemma rule: {line}")))?;
        }
        Ok(lemmatiser)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        let inflection = columns.next()?.chars().next()?;
        let ending = columns.next()?;
        let exchange = Exchange { off: columns.next()?.parse().ok()?, on: columns.next()?.into() };
        let rules = self.rules.entry(inflection).or_default();
        let (map, ending) = match ending.strip_prefix('^') {
            Some(word) => (&mut rules.words, word),
            None => (&mut rules.endings, ending),
        };
        let fits = usize::from(exchange.off) <= ending.len();
        map.insert(ending.into(), exchange);
        fits.then_some(())
    }

    /// The base form; lower case except for proper names.
    pub fn lemma(&self, form: &str, upos: Upos, feats: &Feats) -> Box<str> {
        let inflection = inflection(upos, feats);
        if inflection == PROPER_NAME {
            return form.into();
        }
        let base = if upos == Upos::Propn { form.to_owned() } else { form.to_lowercase() };
        let base = base.replace('’', "'");
        match self.exchange(&base, inflection) {
            Some(Exchange { off, on }) => [&base[..base.len() - usize::from(*off)], on].concat().into(),
            None => base.into(),
        }
    }

    fn exchange(&self, base: &str, inflection: char) -> Option<&Exchange> {
        let rules = self.rules.get(&inflection)?;
        let by_ending = || endings(base).find_map(|ending| rules.endings.get(ending));
        rules.words.get(base).or_else(by_ending)
    }
}

/// The endings of a word from long to short, the empty one last.
pub fn endings(word: &str) -> impl Iterator<Item = &str> {
    let longest = word.len().min(LONGEST_ENDING);
    (0..=longest).rev().filter_map(|length| word.get(word.len() - length..))
}

/// The inflection of words whose form is the base form.
const PROPER_NAME: char = 'P';

/// The inflection of a word as one letter; words of one inflection share their rules.
pub fn inflection(upos: Upos, feats: &Feats) -> char {
    match upos {
        Upos::Verb => verb_inflection(feats, 'i'),
        Upos::Aux => verb_inflection(feats, 'a'),
        Upos::Noun => {
            if feats.number == Some(Number::Plur) {
                's'
            } else {
                'n'
            }
        }
        Upos::Propn => {
            if feats.number == Some(Number::Plur) {
                'Q'
            } else {
                'P'
            }
        }
        Upos::Adj | Upos::Adv => match feats.degree {
            Some(Degree::Cmp) => 'r',
            Some(Degree::Sup) => 't',
            _ => {
                if upos == Upos::Adj {
                    'j'
                } else {
                    'b'
                }
            }
        },
        Upos::Pron => 'o',
        Upos::Det => 'e',
        Upos::Part => 'l',
        Upos::Adp | Upos::Sconj | Upos::Cconj => 'c',
        Upos::Num => 'u',
        _ => 'x',
    }
}

fn verb_inflection(feats: &Feats, base: char) -> char {
    if base == 'a' {
        return 'a';
    }
    match (feats.verb_form, feats.tense) {
        (Some(VerbForm::Ger), _) => 'g',
        (Some(VerbForm::Part), Some(Tense::Past)) => 'd',
        (Some(VerbForm::Part), _) => 'g',
        (_, Some(Tense::Past)) => 'd',
        (Some(VerbForm::Fin), Some(Tense::Pres))
            if feats.number == Some(Number::Sing) && feats.person == Some(3) =>
        {
            'z'
        }
        _ => base,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, upos: Upos, feats: &str, expected: &str) {
        let rules = "d\ted\t2\t\nd\t^shot\t2\toot\ns\ts\t1\t\ns\ties\t3\ty\nQ\ts\t1\t\n";
        let lemmatiser = Lemmatiser::parse(rules).unwrap();
        assert_eq!(&*lemmatiser.lemma(form, upos, &Feats::parse(feats)), expected);
    }

    #[test]
    fn the_longest_ending_wins() {
        check("Cities", Upos::Noun, "Number=Plur", "city");
        check("tanks", Upos::Noun, "Number=Plur", "tank");
        check("shot", Upos::Verb, "Tense=Past|VerbForm=Fin", "shoot");
        check("shelled", Upos::Verb, "Tense=Past|VerbForm=Part", "shell");
    }

    #[test]
    fn proper_names_keep_their_case() {
        check("Baghdad", Upos::Propn, "Number=Sing", "Baghdad");
        check("Americans", Upos::Propn, "Number=Plur", "American");
    }

    #[test]
    fn strange_words_are_their_own_base_form() {
        check("ед", Upos::Verb, "Tense=Past", "ед");
        check("", Upos::Noun, "Number=Plur", "");
    }

    #[test]
    fn a_damaged_line_is_an_error() {
        assert!(Lemmatiser::parse("d\ted\t9\t\n").is_err());
        assert!(Lemmatiser::parse("d\ted\n").is_err());
    }
}
