//! *Which features does a tagged word have?*
//!
//! The fast tier's tags tell most features; closed classes add what their form tells, and a few need the tree.

use std::collections::HashMap;

use annalist_schema::{Deprel, Feats, Tense, Token, Upos, VerbForm};

use crate::Error;

/// Part of speech and features for each tag of the tagger.
pub struct Morphology {
    /// In the order of the tagger's classes.
    tags: Vec<(Upos, Feats)>,
    /// Where the form tells more than the tag.
    forms: HashMap<Box<str>, Vec<(u8, Feats)>>,
}

impl Morphology {
    /// Reads lines of three columns: tag, form in lower case or `*` for every form, features. `labels` are the tags.
    ///
    /// # Errors
    /// If a tag names no part of speech, or a line has another shape.
    pub fn parse(text: &str, labels: &[String]) -> Result<Self, Error> {
        let tags = labels
            .iter()
            .map(|label| Ok((upos_of(label)?, Feats::default())))
            .collect::<Result<_, Error>>()?;
        let mut morphology = Self { tags, forms: HashMap::new() };
        for line in text.lines() {
            let (tag, form, feats) = columns(line)?;
            // A tag that the tagger no longer gives is of no use, and no harm.
            if let Some(class) = labels.iter().position(|label| label == tag) {
                morphology.add(class, form, Feats::parse(feats));
            }
        }
        Ok(morphology)
    }

    fn add(&mut self, class: usize, form: &str, feats: Feats) {
        if form == "*" {
            self.tags[class].1 = feats;
        } else {
            self.forms.entry(form.into()).or_default().push((class as u8, feats));
        }
    }

    /// Part of speech and features of a tagged word.
    pub fn of(&self, tag: u8, form: &str) -> (Upos, Feats) {
        let (upos, feats) = self.tags.get(usize::from(tag)).copied().unwrap_or((Upos::X, Feats::default()));
        let by_form = self.forms.get(form.to_lowercase().as_str());
        let special = by_form.and_then(|tags| tags.iter().find(|(of, _)| *of == tag));
        (upos, special.map_or(feats, |&(_, feats)| feats))
    }
}

fn columns(line: &str) -> Result<(&str, &str, &str), Error> {
    let mut columns = line.split('\t');
    match (columns.next(), columns.next(), columns.next()) {
        (Some(tag), Some(form), Some(feats)) => Ok((tag, form, feats)),
        _ => Err(Error::Model(format!("morphology: {line}"))),
    }
}

fn upos_of(tag: &str) -> Result<Upos, Error> {
    let upos = tag.split('/').next().unwrap_or(tag);
    upos.parse().map_err(|_| Error::Model(format!("tag {tag} names no part of speech")))
}

/// Marks passive participles, which only the tree tells from those of the perfect.
///
/// `tokens` are one sentence, the first of them the document's `first`.
pub fn mark_passives(tokens: &mut [Token], first: u32) {
    let n_tokens = tokens.len();
    let mut is_perfect = vec![false; n_tokens];
    let mut is_passive = vec![false; n_tokens];
    for token in tokens.iter() {
        let head = token.head.and_then(|head| head.checked_sub(first)).map(|head| head as usize);
        let Some(head) = head.filter(|&head| head < n_tokens) else {
            continue;
        };
        is_perfect[head] |= token.deprel == Deprel::Aux && &*token.lemma == "have";
        is_passive[head] |= matches!(token.deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent);
    }
    for (index, token) in tokens.iter_mut().enumerate() {
        let is_participle =
            token.feats.verb_form == Some(VerbForm::Part) && token.feats.tense == Some(Tense::Past);
        token.feats.passive =
            is_participle && token.upos == Upos::Verb && (is_passive[index] || !is_perfect[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn participle(deprel: Deprel, head: Option<u32>) -> Token {
        let feats = Feats::parse("Tense=Past|VerbForm=Part");
        Token { upos: Upos::Verb, feats, deprel, head, ..Token::default() }
    }

    fn check(auxiliary: Deprel, lemma: &str, expected: bool) {
        let have = Token { lemma: lemma.into(), deprel: auxiliary, head: Some(1), ..Token::default() };
        let mut tokens = [have, participle(Deprel::Root, None)];
        mark_passives(&mut tokens, 0);
        assert_eq!(tokens[1].feats.passive, expected);
    }

    #[test]
    fn the_auxiliary_tells_the_voice() {
        check(Deprel::Aux, "have", false);
        check(Deprel::AuxPass, "be", true);
        check(Deprel::Punct, ",", true);
    }

    #[test]
    fn forms_tell_more_than_tags() {
        let labels = ["PRON/PRP".to_owned()];
        let morphology =
            Morphology::parse("PRON/PRP\t*\tPronType=Prs\nPRON/PRP\tthey\tNumber=Plur\n", &labels).unwrap();
        assert_eq!(morphology.of(0, "It").1.format(), "PronType=Prs");
        assert_eq!(morphology.of(0, "They").1.format(), "Number=Plur");
        assert_eq!(morphology.of(9, "They").0, Upos::X);
        assert!(Morphology::parse("x", &labels).is_err());
        assert!(Morphology::parse("", &["NO/NO".to_owned()]).is_err());
    }
}
