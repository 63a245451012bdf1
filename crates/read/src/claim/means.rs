//! *With what was it done?* The weapons named around an assault tell its modes, where its own words do not.

use annalist_schema::{EventType, Mode, Upos};

use super::act::Act;
use super::tree::Tree;
use annalist_data::lexicon::{Coding, lexicon};

/// The coding with the modes that the words around an assault show.
pub fn arm(tree: &Tree<'_>, act: &Act, mut coding: Coding) -> Coding {
    let says_nothing = coding.modes.is_empty() || (coding.modes == [Mode::Beat] && is_harm(tree, act));
    if coding.event_type != Some(EventType::Assault) || !says_nothing {
        return coding;
    }
    let words = words(tree, act);
    let mut modes: Vec<Mode> = Vec::new();
    for &word in &words {
        let mode = mode_of(tree, word);
        modes.extend(mode.filter(|mode| !modes.contains(mode)));
    }
    // A bombing from the air is no bomb that somebody laid.
    if modes.iter().any(|mode| matches!(mode, Mode::Aerial | Mode::Drone)) {
        modes.retain(|mode| *mode != Mode::Explosives);
    }
    coding.modes = modes;
    coding
}

/// Words that say what was suffered, not how it was done.
fn is_harm(tree: &Tree<'_>, act: &Act) -> bool {
    lexicon().is("harm", tree.lemma(act.core().frame.head))
}

/// The words of the act's clause, and of the clause that it hangs from where it is said in passing: "fired on them, killing two".
fn words(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let clause = |head: u32| {
        tree.subtree(head, |word| {
            let is_other = tree.is_rel(word, &["parataxis", "ccomp"])
                || (tree.is_rel(word, &["conj"]) && tree.upos(word) == Upos::Verb)
                || tree.rel(word).as_str() == "acl:relcl";
            !is_other
        })
    };
    let mut found: Vec<u32> = act.chain().flat_map(|part| clause(part.frame.head)).collect();
    let head = act.frame.head;
    let hangs = tree.is_rel(head, &["advcl", "xcomp", "conj"]);
    if let Some(above) = tree.head(head).filter(|&above| hangs && tree.upos(above) == Upos::Verb) {
        found.extend(clause(above));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The classes of the lexicon whose words show a mode.
const SHOWN_BY: [(&str, Mode); 8] = [
    ("means_aerial", Mode::Aerial),
    ("means_drone", Mode::Drone),
    ("means_suicide", Mode::SuicideAttack),
    ("means_explosives", Mode::Explosives),
    ("means_firearms", Mode::Firearms),
    ("means_heavy", Mode::HeavyWeapons),
    ("means_primitive", Mode::Primitive),
    ("means_targeted", Mode::Targeted),
];

fn mode_of(tree: &Tree<'_>, word: u32) -> Option<Mode> {
    let lemma = tree.lemma(word);
    let before = word.checked_sub(1).map(|before| tree.lemma(before)).unwrap_or_default();
    // "Air strikes", "drone attack": the noun alone shows nothing.
    let is_shown = |class: &str| match before {
        "air" | "aerial" if class == "means_aerial" => lexicon().is("struck_from_air", lemma),
        "drone" if class == "means_drone" => lexicon().is("struck_from_air", lemma),
        _ => false,
    };
    let shown = |&&(class, _): &&(&str, Mode)| is_shown(class) || lexicon().is(class, lemma);
    SHOWN_BY.iter().find(shown).map(|&(_, mode)| mode)
}
