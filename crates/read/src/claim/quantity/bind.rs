//! *Which event does a count belong to?*
//!
//! A count goes to the event whose trigger is nearest to the word that makes it a count, measured over the tree. Losses that stand in a sentence
//! without an event of their own ("At least 20 were killed.") go to the event that the report was speaking of.

use std::collections::BTreeMap;

use annalist_schema::{Claim, Deprel, EventType, Quantity, View};

use super::Counted;
use crate::claim::repeat::Telling;
use crate::claim::tree::Tree;
use crate::claim::{Context, reader, voice};

/// Gives every count to the event that it belongs to; counts that belong to none are left out.
///
/// Call it once all claims of a report stand: claims that are in the list take, claims dropped as repeats leave their counts to those that stay.
/// `again` holds for each claim where else the report tells of its event.
pub fn attach(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    counted: &[Counted],
    claims: &mut [Claim],
    again: &[Vec<Telling>],
) {
    let told = by_sentence(ctx, claims, again);
    for count in counted {
        let near = count.sentence.saturating_sub(MAX_GAP)..=count.sentence;
        let is_of_war = is_of_war(ctx.view, count);
        let nearest = told
            .range(near)
            .flat_map(|(sentence, told)| told.iter().map(move |&(at, trigger)| (at, *sentence, trigger)))
            .filter(|&(at, _, trigger)| {
                fits(&count.quantity.what, claims[at].event_type)
                    || reader::figure(tree, trigger, count.numeral).is_some()
            })
            .filter(|&(at, ..)| claims[at].sentence == count.sentence || !is_of_war)
            // "The number of attacks has exceeded 150" sums up what was told as many.
            .filter(|&(at, ..)| {
                count.quantity.what != "attacks"
                    || claims[at].sentence == count.sentence
                    || claims[at].key.plural
            })
            .filter_map(|(at, sentence, trigger)| {
                if reader::figure(tree, trigger, count.numeral).is_some() {
                    return Some((0, at));
                }
                let apart = distance(ctx.view, count, sentence, trigger)?;
                Some((apart + strangeness(tree, count, &claims[at]), at))
            })
            .min();
        if let Some((_, at)) = nearest {
            let quantity = for_claim(ctx, tree, count, &claims[at]);
            let is_own = claims[at].sentence == count.sentence;
            add(&mut claims[at].quantities, quantity, is_own);
        }
    }
}

/// "The war has killed at least 100,000 people": the toll of all that came before, not of the deed just told.
fn is_of_war(view: View<'_>, count: &Counted) -> bool {
    let mut subjects = view.children_by(count.governor, &[Deprel::Nsubj, Deprel::NsubjPass]);
    subjects.any(|subject| {
        matches!(
            view.lemma(subject),
            "war" | "conflict" | "insurgency" | "rebellion" | "crisis" | "campaign" | "uprising"
        )
    })
}

/// By sentence the claims told there, each with the head of its trigger.
fn by_sentence(
    ctx: &Context<'_>,
    claims: &[Claim],
    again: &[Vec<Telling>],
) -> BTreeMap<u32, Vec<(usize, u32)>> {
    let mut told: BTreeMap<u32, Vec<(usize, u32)>> = BTreeMap::new();
    for (at, (claim, again)) in claims.iter().zip(again).enumerate() {
        for telling in std::iter::once(Telling::of(claim)).chain(again.iter().copied()) {
            if let Some(head) = telling.head(ctx.view) {
                told.entry(telling.sentence).or_default().push((at, head));
            }
        }
    }
    told
}

/// The count as a field of an event: its own speaker where that is not the event's, and marchers as protesters.
fn for_claim(ctx: &Context<'_>, tree: &Tree<'_>, count: &Counted, claim: &Claim) -> Quantity {
    let mut quantity = count.quantity.clone();
    let speaker = voice::speakers(ctx, tree, count.governor).into_iter().next();
    let speaker = quantity.by.take().or(speaker);
    quantity.by = speaker.filter(|speaker| !claim.attributed_to.contains(speaker));
    let marches = claim.event_type == Some(EventType::Protest) && count.quantity.what == "persons";
    if marches && claim.sentence == count.sentence && count.quantity.span.start < claim.trigger.start {
        quantity.what = "protesters".to_owned();
    }
    quantity
}

/// Every figure once, in the claim's own sentence rather than in a title above it.
fn add(quantities: &mut Vec<Quantity>, quantity: Quantity, is_own: bool) {
    let said = |known: &Quantity| {
        (&known.what, known.n, known.n2, known.cmp, &known.of)
            == (&quantity.what, quantity.n, quantity.n2, quantity.cmp, &quantity.of)
    };
    match quantities.iter().position(said) {
        Some(known) if is_own => quantities[known] = quantity,
        Some(_) => {}
        None => quantities.push(quantity),
    }
}

/// How far a count is from where an event is told; `None` if it cannot belong to it. Smaller is nearer.
fn distance(view: View<'_>, count: &Counted, sentence: u32, trigger: u32) -> Option<u32> {
    if count.sentence == sentence {
        return Some(edges(view, count, trigger));
    }
    let gap = count.sentence.checked_sub(sentence)?;
    let reaches_back = is_loss(&count.quantity.what) || count.quantity.what == "attacks";
    (reaches_back && gap <= MAX_GAP).then(|| FAR + gap)
}

/// Protesters who died are the losses of the protest, not of a deed told since.
fn strangeness(tree: &Tree<'_>, count: &Counted, claim: &Claim) -> u32 {
    let is_protester =
        count.noun.is_some_and(|noun| matches!(tree.lemma(noun), "protester" | "protestor" | "demonstrator"));
    let is_elsewhere = count.sentence != claim.sentence && claim.event_type != Some(EventType::Protest);
    if is_protester && is_elsewhere { MAX_GAP + 1 } else { 0 }
}

/// Sentences over which a loss still belongs to the event spoken of.
const MAX_GAP: u32 = 5;

/// More than any distance within a sentence that matters.
const FAR: u32 = 1000;

/// Edges between the count and the trigger over the tree; the governor of the count is the count itself.
fn edges(view: View<'_>, count: &Counted, trigger: u32) -> u32 {
    let from_governor = path(view, count.governor, trigger);
    let from_head = path(view, count.head, trigger);
    from_governor.min(from_head)
}

/// Length of the path between two words of a sentence over their nearest common ancestor.
fn path(view: View<'_>, one: u32, other: u32) -> u32 {
    // A tree has no path longer than its sentence; a damaged one must not hang us.
    let most = view.sentence_tokens(one).len() as u32;
    let depth = |word: u32| {
        std::iter::successors(Some(word), |&at| view.token(at).head).take(most as usize).count() as u32
    };
    let up = |word: u32, n: u32| (0..n).try_fold(word, |at, _| view.token(at).head);
    let (deep, shallow) = (depth(one), depth(other));
    // From the same depth both ways meet after as many steps.
    let level = (up(one, deep.saturating_sub(shallow)), up(other, shallow.saturating_sub(deep)));
    let (Some(mut one), Some(mut other)) = level else { return FAR / 2 };
    let mut edges = deep.abs_diff(shallow);
    while one != other {
        edges += 2;
        match (view.token(one).head, view.token(other).head) {
            (Some(above), Some(below)) if edges <= 2 * most => (one, other) = (above, below),
            _ => return FAR / 2,
        }
    }
    edges
}

/// Whether events of a type have such counts.
fn fits(what: &str, event_type: Option<EventType>) -> bool {
    let Some(event_type) = event_type else { return true };
    use EventType as T;
    match what {
        "killed" | "wounded" | "killed_or_wounded" | "missing" | "rockets" | "missiles" | "drones"
        | "shells" | "output_lost" => {
            matches!(event_type, T::Assault | T::Protest | T::Coerce | T::Mobilize | T::Aid | T::Threaten)
        }
        "abducted" => matches!(event_type, T::Assault | T::Coerce),
        "detained" => matches!(event_type, T::Coerce | T::Assault | T::Protest | T::Threaten),
        "protesters" => matches!(event_type, T::Protest | T::Coerce | T::Assault),
        "released" => {
            matches!(event_type, T::Retreat | T::Aid | T::Concede | T::Cooperate | T::Agree | T::Support)
        }
        "surrendered" | "escaped" => matches!(event_type, T::Retreat | T::Assault | T::Concede),
        "attacks" => matches!(event_type, T::Assault | T::Accuse | T::Threaten),
        _ => true,
    }
}

/// What an attack, a protest or a sweep leaves behind, often told in the sentence after it.
fn is_loss(what: &str) -> bool {
    matches!(
        what,
        "killed"
            | "wounded"
            | "killed_or_wounded"
            | "missing"
            | "abducted"
            | "detained"
            | "rockets"
            | "missiles"
            | "drones"
            | "protesters"
            | "displaced"
    )
}
