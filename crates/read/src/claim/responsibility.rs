//! *Who says that it was them?* "The rebels have claimed responsibility" names no deed: it is the one that was told before.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Attribution, Claim, EventType, Status};

use super::tree::Tree;
use super::{Context, attribution, coded, party};

/// Gives attacks by nobody known the doers who claim them further down; claims stand in order of text.
pub fn claimed(context: &Context<'_>, tree: &Tree<'_>, claims: &mut [Claim]) {
    let words = 0..context.view.document.tokens.len() as u32;
    for noun in words {
        let Some(speaker) = claimant(tree, noun).or_else(|| claimant_of(tree, noun)) else { continue };
        let sentence = context.view.sentence_of(noun);
        let is_it = |claim: &&mut Claim| {
            (claim.sentence < sentence || claim.trigger == tree.view.token(noun).span) && is_attack(claim)
        };
        let Some(claim) = claims.iter_mut().rev().find(is_it) else { continue };
        if !claim.actors.is_empty() {
            continue;
        }
        claim.actors = party::actors(context, tree, &[speaker.head], claim.date);
        let attribution = coded::attribution_of(context, tree, &speaker, claim.date)
            .map(|attribution| Attribution { of_actors: true, ..attribution });
        claim.attributed_to.extend(attribution.iter().map(|attribution| attribution.name.clone()));
        claim.attribution.extend(attribution);
    }
}

/// Who claims it, unless the words say what for: then the deed itself is told there.
fn claimant(tree: &Tree<'_>, noun: u32) -> Option<attribution::Speaker> {
    let verb =
        tree.head(noun).filter(|_| tree.lemma(noun) == "responsibility" && tree.is_rel(noun, &["obj"]))?;
    let is_claim = matches!(tree.lemma(verb), "claim" | "take" | "accept" | "admit" | "assume");
    let tells_deed = [noun, verb].into_iter().any(|word| {
        tree.children_by(word, &["obl", "nmod", "advcl", "acl"]).any(|child| tree.case(child) == Some("for"))
    });
    let is_negated =
        tree.children_by(verb, &["advmod"]).any(|word| matches!(tree.lemma(word), "not" | "never"));
    if !is_claim || tells_deed || is_negated {
        return None;
    }
    let subject = tree.children_by(verb, &["nsubj"]).find(|&word| tree.is_someone(word))?;
    Some(attribution::speaker(tree, subject, verb))
}

/// "The attack was claimed by the rebels".
fn claimant_of(tree: &Tree<'_>, deed: u32) -> Option<attribution::Speaker> {
    let verb = tree.head(deed).filter(|_| tree.is_rel(deed, &["nsubj:pass"]))?;
    let is_claim = tree.lemma(verb) == "claim" && lexicon().is("aggression", tree.lemma(deed));
    let by = |&word: &u32| tree.case(word) == Some("by") && tree.is_someone(word);
    let who = tree.children_by(verb, &["obl"]).filter(|_| is_claim).find(by)?;
    Some(attribution::speaker(tree, who, verb))
}

fn is_attack(claim: &Claim) -> bool {
    claim.event_type == Some(EventType::Assault) && claim.status == Status::Happened
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    fn check(text: &str, expected: &[&str]) {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let names: Vec<&str> =
                told.iter().flat_map(|told| &told.claim.actors).map(|actor| &*actor.name).collect();
            assert_eq!(names, expected, "{text}");
        });
    }

    #[test]
    fn who_claims_responsibility_made_the_attack_told_before() {
        let attack = "A bomb killed ten soldiers in Lima on Monday.";
        check(&format!("{attack} The rebels have claimed responsibility."), &["The rebels"]);
        check(&format!("{attack} The rebels have not claimed responsibility."), &[]);
        check(&format!("{attack} Nobody has claimed responsibility."), &[]);
    }
}
