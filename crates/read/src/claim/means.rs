//! *With what was it done?* The weapons named around an assault tell its modes, where its own words do not.

use annalist_schema::{EventType, Mode, Upos};

use super::act::Act;
use super::tree::Tree;
use annalist_data::lexicon::Coding;

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
    matches!(
        tree.lemma(act.core().frame.head),
        "kill"
            | "slay"
            | "murder"
            | "slaughter"
            | "massacre"
            | "execute"
            | "eliminate"
            | "liquidate"
            | "martyr"
            | "wound"
            | "injure"
            | "maim"
            | "hurt"
            | "killing"
            | "slaying"
            | "bloodbath"
            | "die"
            | "perish"
    )
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

fn mode_of(tree: &Tree<'_>, word: u32) -> Option<Mode> {
    let lemma = tree.lemma(word);
    let before = word.checked_sub(1).map(|before| tree.lemma(before)).unwrap_or_default();
    Some(match lemma {
        "strike" | "raid" | "attack" | "bombardment" if matches!(before, "air" | "aerial") => Mode::Aerial,
        "strike" | "raid" | "attack" | "bombing" if before == "drone" => Mode::Drone,
        "airstrike" | "air-strike" | "warplane" | "jet" | "helicopter" | "gunship" | "fighter-bomber"
        | "aircraft" => Mode::Aerial,
        "drone" | "uav" | "quadcopter" => Mode::Drone,
        "suicide" | "kamikaze" => Mode::SuicideAttack,
        "bomb" | "bombing" | "explosion" | "blast" | "explosive" | "ied" | "landmine" | "grenade"
        | "car-bomb" | "dynamite" | "detonate" | "explode" => Mode::Explosives,
        "gunman" | "gun" | "gunfire" | "gunshot" | "bullet" | "rifle" | "pistol" | "firearm" | "shoot"
        | "shooting" | "machine-gun" | "sniper" | "handgun" | "shotgun" => Mode::Firearms,
        "rocket" | "missile" | "mortar" | "shelling" | "artillery" | "tank" | "howitzer" | "projectile" => {
            Mode::HeavyWeapons
        }
        "knife" | "machete" | "axe" | "sword" | "stone" | "rock" | "stick" | "arrow" | "brick" | "spear"
        | "hammer" | "stab" | "hack" | "behead" => Mode::Primitive,
        "assassinate" | "assassination" => Mode::Targeted,
        _ => return None,
    })
}
