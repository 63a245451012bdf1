//! *Who is condemned with "the attack", whom does who opposes "the withdrawal" oppose?* Those of whom the report said that
//! they did it.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Account, Attribution, Claim, ClaimActor, EventType, Number, Status, Upos};

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
    let before = &claims[..at];
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
        return about.or_else(|| before.iter().rev().find(is_it)).map(doers);
    }
    let known = deed_meant(context, tree, claims, at, Some(noun), |known| !known.actors.is_empty());
    known.map(|known| doers(&claims[known]))
}

/// Those who did a deed, as parties of the claim that condemns it.
fn doers(deed: &Claim) -> Vec<ClaimActor> {
    deed.actors.iter().map(|doer| doer.inherited_from(&deed.id)).collect()
}

/// Which of the attacks told is meant by "the attack" of the claim at `at`, or by no word at all.
fn deed_meant(
    context: &Context<'_>,
    tree: &Tree<'_>,
    claims: &[Claim],
    at: usize,
    noun: Option<u32>,
    may_be: impl Fn(&Claim) -> bool,
) -> Option<usize> {
    let claim = &claims[at];
    let is_told = |&known: &usize| {
        let known = &claims[known];
        known.event_type == Some(EventType::Assault) && known.status == Status::Happened && may_be(known)
    };
    // The deed itself may be told in the same words: "condemned the attack by rebels".
    let is_own = |&other: &usize| {
        let words = noun.map(|noun| tree.view.token(noun).span);
        claims[other].sentence == claim.sentence
            && words.is_some_and(|words| claims[other].trigger.overlaps(words))
    };
    let own = (at + 1..claims.len()).take_while(|&other| claims[other].sentence == claim.sentence);
    let own = own.filter(is_own);
    let known = own.chain((0..at).rev().take(MOST_TOLD)).filter(is_told);
    // "The attack" is none of "the attacks".
    let is_one = noun.is_some_and(|noun| tree.view.token(noun).feats.number == Some(Number::Sing));
    let (many, known): (Vec<usize>, Vec<usize>) =
        known.partition(|&known| is_one && is_plural(context, tree, &claims[known]));
    let known = if known.is_empty() { many } else { known };
    let near = || known.iter().filter(|&&known| claim.sentence - claims[known].sentence <= NEAR);
    let is_so_called =
        |known: &&usize| noun.is_some_and(|noun| claims[**known].key.lemma == tree.lemma(noun));
    let so_called = near().find(is_so_called);
    // Further down, "the attack" is the one that the report is about: it was told first.
    so_called.or_else(|| near().next()).or(known.last()).copied()
}

/// Gives attacks that are known the accounts of those who blame somebody for them; claims stand in order of text.
pub fn accounts(context: &Context<'_>, tree: &Tree<'_>, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let Some(deed) = deed_charged(context, tree, claims, at) else { continue };
        let accused = claims[at].recipients.clone();
        let cue = claims[at].trigger;
        let accuser = |actor: &ClaimActor| Attribution {
            name: actor.name.clone(),
            actor_id: actor.actor_id.clone(),
            span: actor.span.unwrap_or(cue),
            cue: Some(cue),
            hedged: true,
            of_actors: true,
        };
        let accusers: Vec<_> = claims[at].actors.iter().map(accuser).collect();
        let claim = &mut claims[deed];
        if claim.actors.is_empty() {
            claim.actors = accused;
            claim.attributed_to.extend(accusers.iter().map(|accuser| accuser.name.clone()));
            claim.attribution.extend(accusers);
            continue;
        }
        let account =
            |accuser| Account { actors: accused.clone(), attribution: vec![accuser], ..Account::default() };
        claim.accounts.extend(accusers.into_iter().map(account));
    }
}

/// The attack that the claim charges somebody with.
fn deed_charged(context: &Context<'_>, tree: &Tree<'_>, claims: &[Claim], at: usize) -> Option<usize> {
    let claim = &claims[at];
    let is_charge = claim.event_type == Some(EventType::Accuse)
        && claim.status == Status::Happened
        && claim.cameo.as_ref().is_some_and(|code| code.as_str().starts_with("112"));
    if !is_charge || claim.recipients.is_empty() || claim.actors.is_empty() {
        return None;
    }
    let head = Telling::of(claim).head(context.view)?;
    let below = tree
        .subtree(head, |word| tree.is_rel(word, &["obj", "obl", "nmod", "xcomp", "advcl", "acl", "ccomp"]));
    let is_deed =
        |&&word: &&u32| tree.upos(word) == Upos::Noun && is_violent(tree, word) && is_known(tree, word);
    let is_part = |word: &u32| {
        matches!(tree.lemma(*word), "involvement" | "responsibility" | "complicity" | "role")
            && tree.children_by(*word, &["nmod", "acl"]).next().is_none()
    };
    let noun = below.iter().find(is_deed).copied();
    if noun.is_none() && !below.iter().any(is_part) {
        return None;
    }
    deed_meant(context, tree, claims, at, noun, |_| true)
}

fn is_plural(context: &Context<'_>, tree: &Tree<'_>, claim: &Claim) -> bool {
    let head = Telling::of(claim).head(context.view);
    head.is_some_and(|head| {
        tree.upos(head) == Upos::Noun && tree.view.token(head).feats.number == Some(Number::Plur)
    })
}

/// "Condemned the attack", "spoke out against the strike", "the raid was denounced": the deed as something known.
fn deed_spoken_of(tree: &Tree<'_>, head: u32) -> Option<u32> {
    let is_known_deed = |word: &u32| tree.upos(*word) == Upos::Noun && is_known(tree, *word);
    let close = tree.children_by(head, &["obj", "nsubj:pass", "obl", "nmod"]);
    let close = close.filter(|&word| {
        !tree.is_rel(word, &["obl", "nmod"])
            || matches!(tree.case(word), Some("against" | "of" | "over" | "at" | "for"))
    });
    close.into_iter().find(is_known_deed)
}

fn is_known(tree: &Tree<'_>, noun: u32) -> bool {
    let is_definite = |det: u32| matches!(tree.lemma(det), "the" | "this" | "that" | "these" | "those");
    tree.children_by(noun, &["det"]).any(is_definite)
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
    use super::*;
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
    fn who_is_blamed_for_an_attack_is_another_account_of_it() {
        let text = "Drones hit an oil field in Oman on Monday. The Houthis claimed responsibility for the attack. \
                    The United States blamed Iran for the attack.";
        let accounts = with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let attacks = told.iter().map(|told| &told.claim);
            let attacks = attacks.filter(|claim| claim.event_type == Some(EventType::Assault));
            let names =
                |account: &Account| (account.actors[0].name.clone(), account.attribution[0].name.clone());
            attacks.flat_map(|claim| claim.accounts.iter().map(names).collect::<Vec<_>>()).collect::<Vec<_>>()
        });
        assert_eq!(accounts, [("Iran".to_owned(), "United States".to_owned())]);
    }

    #[test]
    fn who_denies_a_known_attack_denies_that_one() {
        let accounts = |text: &str| {
            with_full_context(text, |context, tree| {
                let told = found(context, tree);
                let all = told.iter().flat_map(|told| &told.claim.accounts);
                all.map(|account| (account.denies, account.attribution[0].name.clone())).collect::<Vec<_>>()
            })
        };
        let attack = "Gunmen attacked a convoy near Gao on Monday, the army said.";
        let denied = format!("{attack} The governor denied that the attack had happened.");
        assert_eq!(accounts(&denied), [(true, "The governor".to_owned())]);
        let none = format!("{attack} There have been no attacks since, the governor said.");
        assert_eq!(accounts(&none), []);
    }

    #[test]
    fn who_says_that_it_was_them_is_another_account_too() {
        let text = "Gunmen attacked a convoy near Gao on Monday, the army said. \
                    The Lowland Front said it carried out the attack.";
        let accounts = with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let all = told.iter().flat_map(|told| &told.claim.accounts);
            all.map(|account| account.actors[0].name.clone()).collect::<Vec<_>>()
        });
        assert_eq!(accounts, ["Lowland Front"]);
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
