//! *Who is condemned with "the attack", whom does who opposes "the withdrawal" oppose?* Those of whom the report said that
//! they did it.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Claim, ClaimActor, EventType, Number, Status, Upos};

use super::Context;
use super::repeat::Telling;
use super::tree::Tree;

/// Gives those who condemn a known deed and name nobody its doers as recipients; claims stand in order of text.
pub fn of_doers(context: &Context<'_>, tree: &Tree<'_>, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        if let Some(doers) = condemned(context, tree, claims, at) {
            let claim = &mut claims[at];
            let is_other = |doer: &ClaimActor| claim.actors.iter().all(|actor| !may_be_one(actor, doer));
            let doers: Vec<_> = doers.into_iter().filter(is_other).collect();
            claim.recipients = doers;
        }
    }
}

/// Of one country and, as far as told, of one kind: nobody condemns himself.
fn may_be_one(one: &ClaimActor, other: &ClaimActor) -> bool {
    one.name == other.name
        || one.country.is_some()
            && one.country == other.country
            && (one.sector.is_none() || other.sector.is_none() || one.sector == other.sector)
}

/// So many claims back a deed is looked for; more of them only tables and damaged files have.
const MOST_TOLD: usize = 500;

/// Sentences back to a deed that "the attack" may point to whatever the report is about.
const NEAR: u32 = 3;

/// The doers of the deed that the claim's own words point to.
fn condemned(context: &Context<'_>, tree: &Tree<'_>, claims: &[Claim], at: usize) -> Option<Vec<ClaimActor>> {
    let claim = &claims[at];
    let is_against = matches!(claim.event_type, Some(EventType::Accuse | EventType::Reject));
    if !is_against || !claim.recipients.is_empty() || claim.actors.is_empty() {
        return None;
    }
    let noun = deed_spoken_of(tree, Telling::of(claim).head(context.view)?)?;
    let (before, own) = claims.split_at(at);
    if claim.event_type == Some(EventType::Reject) || !is_violent(tree, noun) {
        let is_it = |known: &&Claim| {
            let is_deal = lexicon().is("deal", tree.lemma(noun)) && known.sentence != claim.sentence;
            (is_of_stem(tree.lemma(noun), &known.key.lemma)
                || is_of_kind(&claim.rule, &known.rule)
                || is_deal && known.key.words.iter().any(|word| word == tree.lemma(noun)))
                && !known.actors.is_empty()
                && known.status != Status::Denied
        };
        // "The border agreement": of several the one that was on borders.
        let is_on = |known: &&Claim| {
            let kinds = tree.children_by(noun, &["compound", "amod"]);
            kinds.into_iter().any(|kind| known.key.words.iter().any(|word| word == tree.lemma(kind)))
        };
        let about = before.iter().rev().filter(is_it).find(is_on);
        // Nobody meets alone: who joined the talks is not all who held them.
        let meets = |known: &&Claim| known.event_type != Some(EventType::Consult) || is_of_several(known);
        let about = about.or_else(|| before.iter().rev().filter(is_it).find(meets));
        return about.or_else(|| before.iter().rev().find(is_it)).map(|known| known.actors.clone());
    }
    let is_told =
        |known: &&Claim| known.event_type == Some(EventType::Assault) && known.status == Status::Happened;
    // The deed itself may be told in the same words: "condemned the attack by rebels".
    let own = own.iter().skip(1).filter(|other| other.sentence == claim.sentence);
    let own = own.filter(|other| other.trigger.overlaps(tree.view.token(noun).span));
    let known: Vec<&Claim> = own.chain(before.iter().rev().take(MOST_TOLD)).filter(is_told).collect();
    let by_somebody = known.into_iter().filter(|known| !known.actors.is_empty());
    // "The attack" is none of "the attacks".
    let is_one = tree.view.token(noun).feats.number == Some(Number::Sing);
    let (many, known): (Vec<&Claim>, Vec<&Claim>) =
        by_somebody.partition(|known| is_one && is_plural(context, tree, known));
    let known = if known.is_empty() { many } else { known };
    let near = || known.iter().filter(|known| claim.sentence - known.sentence <= NEAR);
    let so_called = near().find(|known| known.key.lemma == tree.lemma(noun));
    // Further down, "the attack" is the one that the report is about: it was told first.
    let meant = so_called.or_else(|| near().next()).or(known.last());
    meant.map(|known| known.actors.clone())
}

fn is_plural(context: &Context<'_>, tree: &Tree<'_>, claim: &Claim) -> bool {
    let head = Telling::of(claim).head(context.view);
    head.is_some_and(|head| {
        tree.upos(head) == Upos::Noun && tree.view.token(head).feats.number == Some(Number::Plur)
    })
}

/// "Condemned the attack", "spoke out against the strike", "the raid was denounced": the deed as something known.
fn deed_spoken_of(tree: &Tree<'_>, head: u32) -> Option<u32> {
    let is_known_deed = |word: &u32| {
        let is_definite = |det: u32| matches!(tree.lemma(det), "the" | "this" | "that" | "these" | "those");
        tree.upos(*word) == Upos::Noun && tree.children_by(*word, &["det"]).any(is_definite)
    };
    let close = tree.children_by(head, &["obj", "nsubj:pass", "obl", "nmod"]);
    let close = close.filter(|&word| {
        !tree.is_rel(word, &["obl", "nmod"])
            || matches!(tree.case(word), Some("against" | "of" | "over" | "at" | "for"))
    });
    close.into_iter().find(is_known_deed)
}

fn is_violent(tree: &Tree<'_>, noun: u32) -> bool {
    ["aggression", "fighting"].iter().any(|class| lexicon().is(class, tree.lemma(noun)))
}

fn is_of_several(claim: &Claim) -> bool {
    claim.actors.windows(2).any(|pair| pair[0].country != pair[1].country)
}

/// Whether what is opposed was coded as the other was: "opposed the withdrawal" after "would leave".
fn is_of_kind(opposing: &str, known: &str) -> bool {
    let kind =
        |rule: &str| rule.rsplit('(').next().and_then(|core| core.split('.').next()).map(str::to_owned);
    opposing.contains('(') && kind(opposing) == kind(known)
}

/// "Withdraw", "withdrawal".
fn is_of_stem(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= SHORTEST && long.starts_with(short)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    fn accused(text: &str) -> Vec<String> {
        opposed(text, "condemn")
    }

    fn opposed(text: &str, verb: &str) -> Vec<String> {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let claim = told.iter().map(|told| &told.claim).find(|claim| &*claim.key.lemma == verb);
            let recipients = claim.map(|claim| claim.recipients.clone()).unwrap_or_default();
            recipients.into_iter().map(|actor| actor.name).collect()
        })
    }

    #[test]
    fn who_condemns_an_attack_condemns_those_who_made_it() {
        let text =
            "Ethiopian troops attacked a border town in Eritrea on Monday. Kenya condemned the attack.";
        assert_eq!(accused(text).len(), 1, "{:?}", accused(text));
    }

    #[test]
    fn who_opposes_a_deed_opposes_those_who_do_it() {
        let text = "Ethiopia announced that it would withdraw its troops from Somalia. Kenya opposed the withdrawal.";
        assert_eq!(opposed(text, "oppose"), ["Ethiopia"]);
    }

    #[test]
    fn who_condemns_a_deal_or_a_meeting_condemns_its_parties() {
        let text = "Norway and Chile signed a border treaty on Monday. Peru condemned the treaty.";
        assert_eq!(accused(text), ["Norway", "Chile"]);
        let text = "Norway and Chile held talks in Oslo. Oman attended the talks. Peru condemned the talks.";
        assert_eq!(accused(text), ["Norway", "Chile"]);
    }

    #[test]
    fn the_attack_is_the_one_that_the_report_is_about() {
        let text = "Ethiopian troops attacked a border town in Eritrea on Monday. The town lies in hills. \
                    Sheep graze there. It was built long ago. Sudanese rebels had carried out attacks on farms \
                    before. Kenya condemned the attack.";
        assert_eq!(accused(text), ["Ethiopian National Defense Force"]);
    }

    #[test]
    fn nobody_is_accused_of_what_nobody_is_said_to_have_done() {
        assert_eq!(accused("A bomb killed two on Monday. Kenya condemned the attack."), Vec::<String>::new());
        let text = "Ethiopian troops attacked a border town in Eritrea. Kenya condemned the election.";
        assert_eq!(accused(text), Vec::<String>::new());
    }
}
