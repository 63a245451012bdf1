//! *Which claims do the sentences make?* Acts with their parties, speakers and status become claims.

use annalist_data::lexicon::lexicon;
use annalist_schema::{
    Account, Attribution, Claim, ClaimActor, DayInterval, EventType, NerType, PartyBasis, QuadClass, Role,
    Sector, Sentence, Span, Status, Upos,
};

use super::act::{self, Act};
use super::argument::{self, Parties};
use super::attribution::{self, Speaker};
use super::eventhood;
use super::modal::Modality;
use super::reader::Ground;
use super::settle::{self, Settled};
use super::tree::Tree;
use super::{Context, cameo, country, date, denial, key, means, party, place, quotation, reader};

/// The claims of every sentence, in order of text.
pub fn claims(context: &Context<'_>, tree: &Tree<'_>) -> Vec<Claim> {
    let sentences = &context.view.document.sentences;
    sentences.iter().flat_map(|sentence| of_sentence(context, tree, sentence)).collect()
}

/// The claims of a sentence.
///
/// What only the reader takes for an event, and what nobody is sure of, is often one that another word of the sentence tells already:
/// "two were killed in an Israeli strike". Of each type, then, that word stays, and takes the parties that the other shows.
fn of_sentence(context: &Context<'_>, tree: &Tree<'_>, sentence: &Sentence) -> Vec<Claim> {
    let acts = reader::acts(tree, sentence);
    let mut all: Vec<Found> = acts.iter().filter_map(|act| found(context, tree, act)).collect();
    let is_firm = |found: &&Found| found.ground.is_some_and(|ground| ground != Ground::Reader);
    let mut told: Vec<EventType> =
        all.iter().filter(is_firm).filter_map(|found| found.claim.event_type).collect();
    for found in all.iter_mut().filter(|found| found.ground == Some(Ground::Reader)) {
        match found.claim.event_type {
            Some(event_type) if !told.contains(&event_type) => told.push(event_type),
            _ => found.ground = None,
        }
    }
    let (stated, doubted): (Vec<Found>, Vec<Found>) =
        all.into_iter().partition(|found| found.ground.is_some());
    stated.into_iter().map(|stated| completed(tree, stated, &doubted)).collect()
}

/// So many words above another may tell the same event.
const MOST_STEPS: usize = 4;

/// A claim with the parties that a doubted word below it, which tells the same, has beside it.
fn completed(tree: &Tree<'_>, stated: Found, doubted: &[Found]) -> Claim {
    let Found { mut claim, head, .. } = stated;
    let is_below = |word: u32| {
        let above = std::iter::successors(Some(word), |&at| tree.head(at)).skip(1);
        above.take(MOST_STEPS).any(|at| at == head)
    };
    let same = |other: &&Found| other.claim.event_type == claim.event_type && is_below(other.head);
    let Some(Found { claim: other, .. }) = doubted.iter().find(same) else { return claim };
    if claim.actors.is_empty() {
        // "The Quetta bombing" was no deed of Quetta.
        let place = other.place.as_ref().and_then(|place| place.name.as_deref());
        claim.actors = apart(&other.actors, &claim.recipients);
        claim.actors.retain(|actor| place.is_none_or(|place| *actor.name != *place));
    }
    if claim.recipients.is_empty() {
        claim.recipients = apart(&other.recipients, &claim.actors);
    }
    claim
}

/// Parties that are none of others.
fn apart(parties: &[ClaimActor], others: &[ClaimActor]) -> Vec<ClaimActor> {
    let is_other = |party: &&ClaimActor| others.iter().all(|other| other.span != party.span);
    parties.iter().filter(is_other).cloned().collect()
}

/// A claim with what it stands on.
struct Found {
    claim: Claim,
    /// Nothing where it is no event that the report states.
    ground: Option<Ground>,
    /// The word that tells of it.
    head: u32,
}

fn found(context: &Context<'_>, tree: &Tree<'_>, act: &Act) -> Option<Found> {
    let (claim, proposed) = coded(context, tree, act)?;
    let ground = reader::ground(tree, act, proposed).filter(|ground| match ground {
        Ground::Reader => claim.actors.iter().chain(&claim.recipients).any(|party| party.country.is_some()),
        // "Is the army about to storm Goma?": the reader hardly tells what is from what may be.
        Ground::Both => claim.status != Status::Hypothetical || proposed >= eventhood::LEAST_CLAIM,
        Ground::Lexicon => true,
    });
    Some(Found { claim, ground, head: act.frame.head })
}

/// The claim of one act, however doubtful.
pub fn of_act(context: &Context<'_>, tree: &Tree<'_>, act: &Act) -> Option<Claim> {
    coded(context, tree, act).map(|(claim, _)| claim)
}

/// The claim of one act, and how sure the lexicon is of it.
fn coded(context: &Context<'_>, tree: &Tree<'_>, act: &Act) -> Option<(Claim, f32)> {
    if quotation::is_slogan(tree, act.frame.head) {
        return None;
    }
    let Stated { settled, modality, speakers, parties } = state(tree, act)?;
    let proposed = eventhood::confidence(tree, act, &settled, modality, &parties);
    let score = reader::confidence(tree, act, proposed);
    let own = || attribution::own_voice(tree, act, settled.coding.event_type).into_iter().collect();
    let is_unclaimed = known_deed(act).is_some() && parties.actors.is_empty();
    if is_taken_sides_on(tree, act) {
        // The statement has a speaker and a day, the deed that it speaks of has its own.
        let claim = build(context, tree, act, settled, &parties, &[], score);
        let claim = Claim { date: None, date_granularity: None, date_basis: None, ..claim };
        return Some((claim, proposed));
    }
    let speakers = if speakers.is_empty() && !is_unclaimed { own() } else { speakers };
    Some((build(context, tree, act, settled, &parties, &speakers, score), proposed))
}

/// An act with all that the words around it make of it.
pub struct Stated {
    /// What it is.
    pub settled: Settled,
    /// How its clause presents it.
    pub modality: Modality,
    /// Who says so, innermost first.
    pub speakers: Vec<Speaker>,
    /// Who acts, and upon whom.
    pub parties: Parties,
}

impl Stated {
    /// The entries and rules that coded it, the outer before the inner in brackets.
    pub fn rule(settled: &Settled, act: &Act) -> String {
        match settled.rule {
            Some(outer) => format!("{outer}({})", act.rule),
            None => act.rule.clone(),
        }
    }
}

/// What an act is, said as it is said, with its parties; `None` if nobody is said to do, plan or want it.
pub fn state(tree: &Tree<'_>, act: &Act) -> Option<Stated> {
    let modality = Modality::of(tree, act.frame.head);
    let mut speakers = attribution::speakers(tree, act.frame.head);
    let denial = denial::of(tree, act.frame.head);
    let is_denied = denial.is_some() || speakers.iter().any(|speaker| speaker.denies);
    if let Some(deed) = known_deed(act).filter(|_| is_denied || modality.is_negated) {
        return Some(unclaimed(tree, deed, speakers));
    }
    let denier = denial.and_then(|denial| denial.by);
    speakers.extend(denier.filter(|by| speakers.iter().all(|speaker| speaker.head != by.head)));
    let settled = settle::settle(act, modality, !speakers.is_empty(), is_denied)?;
    let settled = reader::retyped(tree, act, settled);
    let parties = reader::parties(tree, act, parties(tree, act, &settled, &speakers));
    Some(Stated { settled, modality, speakers, parties })
}

/// "Said that they supported the operation in Kursk": a deed as what somebody is for or against, in his own words.
fn is_taken_sides_on(tree: &Tree<'_>, act: &Act) -> bool {
    let noun = act.frame.head;
    let takes_sides = |verb: u32| {
        lexicon().is("stance", tree.lemma(verb))
            && tree.is_rel(verb, &["ccomp"])
            && tree.children_by(verb, &["nsubj"]).any(|who| tree.upos(who) == Upos::Pron)
    };
    act::is_nominal(tree, act)
        && tree.is_rel(noun, &["obj"])
        && tree.head(noun).is_some_and(takes_sides)
        && !tree.children(noun).iter().any(|&child| lexicon().is("calendar", tree.lemma(child)))
}

/// The deed that is known whatever becomes of the words around it: who claims no bombing, claims not to have done it.
fn known_deed(act: &Act) -> Option<&Act> {
    let around = act.chain().take_while(|part| part.keeps);
    around.into_iter().any(|part| part.entry.presupposes).then(|| act.core())
}

/// A deed that somebody is said not to have claimed: it happened, by nobody knows whom.
fn unclaimed(tree: &Tree<'_>, deed: &Act, speakers: Vec<Speaker>) -> Stated {
    let status = Status::Happened;
    let settled = Settled { coding: deed.coding.clone(), status, rule: None, speaker_acts: false };
    let modality = Modality::default();
    let parties = parties(tree, deed, &settled, &speakers);
    Stated { settled, modality, speakers, parties }
}

fn parties(tree: &Tree<'_>, act: &Act, settled: &Settled, speakers: &[Speaker]) -> Parties {
    let mut parties = argument::parties(tree, act);
    if parties.actors.is_empty() && settled.coding.event_type == Some(EventType::Protest) {
        parties.actors = argument::described_by(tree, act.core());
    }
    if parties.recipients.is_empty() && settled.coding.event_type.is_some_and(is_aimed) {
        let spoken: Vec<u32> = speakers.iter().map(|speaker| speaker.head).collect();
        parties.recipients = argument::aimed_at(tree, act, &parties.actors, &spoken);
    }
    if parties.recipients.is_empty() {
        parties.recipients = match settled.coding.event_type {
            Some(EventType::Assault) => {
                let ousted = argument::to_be_ousted(tree, act);
                if ousted.is_empty() { argument::aimed_at_thing(tree, act) } else { ousted }
            }
            Some(EventType::Sanction) => argument::posted_to(tree, &parties.actors),
            _ => Vec::new(),
        };
    }
    // "The statement said": what people say there, its author says.
    let someone = speakers.iter().find(|speaker| tree.is_someone(speaker.head));
    let Some(speaker) = someone.or(speakers.first()) else { return parties };
    if settled.speaker_acts {
        let asked = parties.actors.into_iter().chain(parties.recipients).take(3).collect();
        return Parties { actors: vec![speaker.head], recipients: asked };
    }
    // "Norway said it would withdraw": the pronoun speaks of the speaker.
    for actor in &mut parties.actors {
        if tree.upos(*actor) == Upos::Pron && may_be_speaker(tree, *actor) && tree.is_someone(speaker.head) {
            *actor = speaker.head;
        }
    }
    parties.actors.dedup();
    parties
}

/// Acts that somebody has to bear.
fn is_aimed(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Reject
            | EventType::Threaten
            | EventType::Protest
            | EventType::Request
            | EventType::Accuse
            | EventType::Sanction
    )
}

/// Who speaks is "we" in his own words, and "he" in those of the report.
fn may_be_speaker(tree: &Tree<'_>, word: u32) -> bool {
    let is_quoted = tree.quotations().iter().any(|quotation| quotation.contains(&word));
    match tree.lemma(word) {
        "we" | "i" => true,
        "it" | "he" | "she" | "they" => !is_quoted,
        _ => false,
    }
}

fn build(
    context: &Context<'_>,
    tree: &Tree<'_>,
    act: &Act,
    settled: Settled,
    parties: &Parties,
    speakers: &[Speaker],
    score: f32,
) -> Claim {
    let trigger_head = act.trigger();
    let heads: Vec<u32> = act.chain().map(|part| part.frame.head).collect();
    // What nothing in the report dates has no date, rather than that of the report; news lies between its story and it.
    let when = reader::word_with(tree, act, Role::Time);
    let dated = when.and_then(|word| date::told_at(context, tree, trigger_head, word));
    let dated = dated.or_else(|| date::told(context, tree, trigger_head));
    let is_news =
        settled.status == Status::Happened || settled.status == Status::Planned && settled.rule.is_some();
    let of_today =
        || date::present(context, tree, trigger_head).filter(|_| settled.status != Status::Hypothetical);
    let dated = dated.or_else(of_today);
    let dated = dated.or_else(|| date::news(context, tree, act.frame.head).filter(|_| is_news));
    let days = dated.map(|dated| dated.days);
    let trigger = trigger_span(tree, act);
    let rule = Stated::rule(&settled, act);
    let coding = means::arm(tree, act, cameo::refine(tree, act, settled.coding));
    let mut actors = named(tree, party::actors(context, tree, &parties.actors, days));
    if actors.is_empty() && coding.event_type == Some(EventType::Protest) {
        actors.push(protesters());
    }
    if actors.is_empty() && coding.event_type == Some(EventType::Aid) && settled.status == Status::Happened {
        actors.extend(own_deed(context, tree, speakers, days));
    }
    let recipients = party::actors(context, tree, &parties.recipients, days);
    let mut recipients = named(tree, without(recipients, &actors));
    if recipients.is_empty() && coding.event_type == Some(EventType::Protest) {
        recipients.extend(government_opposed(tree, act, parties));
    }
    let sentence = context.view.sentence_of(trigger_head);
    let site = reader::word_with(tree, act, Role::Place);
    let place = site.and_then(|word| place::place_at(context, tree, trigger_head, word));
    let mut place = place.or_else(|| place::place_of(context, tree, trigger_head));
    let place_country = place.as_ref().and_then(|place| place.country);
    let around =
        country::Around { sentence, place: place_country, home: tree.home, voice: tree.voice_country() };
    country::settle(context, around, coding.event_type, &mut actors, &mut recipients);
    if let Some(place) = place.as_mut().filter(|place| place.country.is_none() && place.lat.is_none()) {
        place.country = country::of_unlisted_place(context, around, &actors, &recipients);
    }
    let attribution: Vec<Attribution> =
        speakers.iter().filter_map(|speaker| attribution_of(context, tree, speaker, days)).collect();
    let accounts = disputes(context, tree, act, coding.event_type, days);
    Claim {
        id: format!("c{}", trigger.start),
        event_type: coding.event_type,
        modes: coding.modes,
        contexts: coding.contexts,
        cameo: coding.cameo,
        actors,
        recipients,
        date: days,
        date_granularity: days.map(|days| days.granularity().to_owned()),
        date_basis: dated.map(|dated| dated.basis.to_owned()),
        place,
        acled: acled(act, settled.status),
        status: settled.status,
        attributed_to: names(&attribution),
        attribution,
        accounts,
        hedged: is_hedged(tree, act),
        span: clause_span(tree, act, parties),
        trigger,
        sentence,
        rule,
        score,
        key: key::key(context, tree, act.named(tree), &heads, trigger),
        ..Claim::default()
    }
}

/// Who denies a deed in the words behind it.
fn disputes(
    context: &Context<'_>,
    tree: &Tree<'_>,
    act: &Act,
    event_type: Option<EventType>,
    days: Option<DayInterval>,
) -> Vec<Account> {
    let is_deed = event_type.is_some_and(|known| known.quad() == QuadClass::MaterialConflict);
    let deniers = denial::behind(tree, act.frame.head);
    let voices =
        deniers.iter().filter(|_| is_deed).filter_map(|who| attribution_of(context, tree, who, days));
    voices.map(|voice| Account { denies: true, attribution: vec![voice], ..Account::default() }).collect()
}

/// "Allegedly", "reportedly": the report does not vouch for it, and names nobody who does.
fn is_hedged(tree: &Tree<'_>, act: &Act) -> bool {
    let heads = act.chain().map(|part| part.frame.head);
    let marks = heads.flat_map(|head| tree.children_by(head, &["advmod", "amod"]));
    marks.into_iter().any(|word| lexicon().is("hedged", tree.lemma(word)))
}

fn acled(act: &Act, status: Status) -> Option<String> {
    let core = act.core();
    let is_changed = core.coding.event_type != act.coding.event_type;
    (status == Status::Happened && !is_changed).then(|| core.entry.acled.clone()).flatten()
}

/// Where some parties are known, groups without country, kind or name ("both sides", "two countries") add nothing.
fn named(tree: &Tree<'_>, mut parties: Vec<ClaimActor>) -> Vec<ClaimActor> {
    let is_known = |party: &ClaimActor| {
        party.country.is_some()
            || party.sector.is_some()
            || party.actor_id.is_some()
            || party.span.is_some_and(|span| is_person(tree, span))
    };
    if parties.iter().any(is_known) {
        parties.retain(is_known);
    }
    parties
}

/// Whether a phrase begins with a personal name.
fn is_person(tree: &Tree<'_>, span: Span) -> bool {
    let tokens = &tree.view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    tokens.get(first).is_some_and(|token| token.ner.kind() == Some(NerType::Per))
}

/// Who protests where nobody is named: the word itself says that somebody does.
fn protesters() -> ClaimActor {
    ClaimActor {
        name: "protesters".to_owned(),
        sector: Some(Sector::Cvl),
        sectors: vec![Sector::Cvl],
        basis: PartyBasis::Implied,
        ..ClaimActor::default()
    }
}

/// "The girl has been rescued, the army says": forces tell of what they did.
fn own_deed(
    context: &Context<'_>,
    tree: &Tree<'_>,
    speakers: &[Speaker],
    days: Option<DayInterval>,
) -> Option<ClaimActor> {
    let [speaker] = speakers else { return None };
    let speaker = party::actor(context, tree, speaker.head, days)?;
    let speaker = ClaimActor { basis: PartyBasis::Implied, ..speaker };
    matches!(speaker.sector, Some(Sector::Mil | Sector::Cop)).then_some(speaker)
}

/// "Anti-government protests", "anti-government protesters": the word itself says against whom.
fn government_opposed(tree: &Tree<'_>, act: &Act, parties: &Parties) -> Option<ClaimActor> {
    let nouns = act.chain().map(|part| part.frame.head).chain(parties.actors.iter().copied());
    let word = nouns
        .flat_map(|noun| tree.children_by(noun, &["amod", "compound"]))
        .find(|&word| matches!(tree.lemma(word), "anti-government" | "antigovernment"))?;
    Some(ClaimActor {
        name: "government".to_owned(),
        sector: Some(Sector::Gov),
        sectors: vec![Sector::Gov],
        span: Some(tree.view.token(word).span),
        ..ClaimActor::default()
    })
}

fn without(actors: Vec<ClaimActor>, others: &[ClaimActor]) -> Vec<ClaimActor> {
    let is_same = |one: &ClaimActor, other: &ClaimActor| {
        one.span.is_some() && one.span == other.span
            || one.actor_id.is_some() && one.actor_id == other.actor_id
            || one.country.is_some() && (&one.name, one.country) == (&other.name, other.country)
    };
    actors.into_iter().filter(|actor| others.iter().all(|other| !is_same(actor, other))).collect()
}

/// Every speaker once.
fn names(attribution: &[Attribution]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for Attribution { name, .. } in attribution {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Who is said to say so, with the words that show it.
pub fn attribution_of(
    context: &Context<'_>,
    tree: &Tree<'_>,
    speaker: &Speaker,
    days: Option<DayInterval>,
) -> Option<Attribution> {
    let actor = party::actor(context, tree, speaker.head, days)?;
    let name = match party::personal_name(context, tree, speaker.head) {
        Some(name) if actor.actor_id.is_none() => name.to_owned(),
        _ => actor.name,
    };
    Some(Attribution {
        name,
        actor_id: actor.actor_id,
        span: actor.span.unwrap_or_else(|| party::phrase(tree, speaker.head)),
        cue: Some(tree.view.token(speaker.cue).span),
        hedged: speaker.is_hedged,
        of_actors: false,
    })
}

/// The words of the predicate and of the noun that it supports, where they stand together; else the trigger's own words.
fn trigger_span(tree: &Tree<'_>, act: &Act) -> Span {
    let core = act.core();
    tree.view.cover(&core.words).unwrap_or_else(|| tree.view.token(core.frame.head).span)
}

/// From the first to the last word of the predicate, its parties and what completes it, within its sentence.
fn clause_span(tree: &Tree<'_>, act: &Act, parties: &Parties) -> Span {
    let sentence = tree.view.sentence_tokens(act.frame.head);
    let parts =
        act.chain().flat_map(|part| part.words.iter().copied().chain(part.frame.object.iter().copied()));
    let words: Vec<u32> = parts
        .chain(parties.actors.iter().copied())
        .chain(parties.recipients.iter().copied())
        .filter(|word| sentence.contains(word))
        .collect();
    tree.view.cover(&words).unwrap_or_else(|| tree.view.token(act.frame.head).span)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::with_full_context;

    /// The claims of a text: type, status, who to whom with how that is known, and the day's basis.
    fn check(text: &str, expected: &[&str]) {
        with_full_context(text, |context, tree| {
            let party = |party: &ClaimActor| match party.basis {
                PartyBasis::Named => party.name.clone(),
                basis => format!("{} ({basis})", party.name),
            };
            let parties = |all: &[ClaimActor]| all.iter().map(party).collect::<Vec<_>>().join(" + ");
            let line = |claim: &Claim| {
                let event_type = claim.event_type.map_or("-", |event_type| event_type.as_str());
                let says =
                    claim.attributed_to.iter().map(|speaker| format!(", says {speaker}")).collect::<String>();
                format!(
                    "{event_type} {}: {} -> {}{says}",
                    claim.status,
                    parties(&claim.actors),
                    parties(&claim.recipients)
                )
            };
            let told: Vec<String> = claims(context, tree).iter().map(line).collect();
            assert_eq!(told, expected, "{text}");
        });
    }

    #[test]
    fn a_claim_has_its_parties_and_its_status() {
        check(
            "Rebels attacked an army convoy in Mali on Monday.",
            &["ASSAULT happened: Rebels -> army convoy"],
        );
        check("The army did not attack the village.", &["ASSAULT denied: The army -> "]);
        check("Norway plans to withdraw its troops from Mali.", &["RETREAT planned: Norway -> Mali"]);
    }

    #[test]
    fn parties_say_how_they_are_known() {
        check(
            "The Peruvian president spoke on Monday. He accused Chile of spying.",
            &["ACCUSE happened: The Peruvian president (chain) -> Chile, says The Peruvian president"],
        );
        check("A protest was held in Lima on Monday.", &["PROTEST happened: protesters (implied) -> "]);
        check(
            "Three miners were rescued in Mali, the army said.",
            &["AID happened: the army (implied) -> Three miners, says the army"],
        );
    }

    #[test]
    fn what_people_say_is_theirs() {
        check(
            "Norway said that it would recall its ambassador from Chile.",
            &["THREATEN happened: Norway -> Chile, says Norway"],
        );
        check(
            "Rebels killed two men, according to the police.",
            &["ASSAULT happened: Rebels -> two men, says the police"],
        );
    }
}
