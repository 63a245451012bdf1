//! *Under which base form does the lexicon know this word?* Learnt lemmas of rare words are sometimes no words; then a
//! regular ending is taken off, or an irregular form looked up, if the lexicon knows what is left.

use annalist_data::lexicon::{HeadKind, lexicon, verb_of};
use annalist_schema::{Upos, View};

/// The base form, lower case: the analysis' own, unless only another is in the lexicon.
pub fn known(view: View<'_>, index: u32) -> Box<str> {
    let lemma = view.lemma(index).to_lowercase();
    if lexicon().knows(&lemma) || !lemma.is_ascii() {
        return lemma.into();
    }
    let form = view.form(index).to_lowercase();
    let mut bases = regular(&form);
    if view.token(index).upos == Upos::Verb {
        bases.extend(verb_of(&form).map(str::to_owned));
        // "Shelling" is a word of the lexicon too, but a verb is no noun.
        bases.sort_by_key(|base| lexicon().patterns(HeadKind::Verb, base).next().is_none());
    }
    bases.into_iter().find(|base| lexicon().knows(base)).unwrap_or(lemma).into()
}

/// What the word would be the form of, if it were regular.
fn regular(form: &str) -> Vec<String> {
    let mut bases = vec![form.to_owned()];
    for (ending, replacements) in [
        ("ies", &["y"][..]),
        ("ied", &["y"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
    ] {
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() >= 2) else { continue };
        bases.extend(replacements.iter().map(|replacement| format!("{stem}{replacement}")));
        bases.extend(undoubled(stem));
    }
    bases
}

/// "step" for "stepp".
fn undoubled(stem: &str) -> Option<String> {
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    (last == before).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_come_off() {
        let check =
            |form: &str, base: &str| assert!(regular(form).iter().any(|found| found == base), "{form}");
        check("rioted", "riot");
        check("troops", "troop");
        check("stepped", "step");
        check("seizing", "seize");
        check("allies", "ally");
        check("s", "s");
    }
}
