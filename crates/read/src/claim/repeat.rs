//! *Is this the same event told again?* Repeats inside a report become one claim: the best told one.

use annalist_data::lexicon::lexicon;
use annalist_schema::{
    Account, Attribution, Claim, ClaimActor, ClaimPlace, Country, DayInterval, Deprel, EventType, NerType,
    Sector, Span, Status, Upos, View,
};

use super::Context;
use super::tree::Tree;

/// A claim with every other place of the report that tells of the same event.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The best told version.
    pub claim: Claim,
    /// Where else it is told.
    pub again: Vec<Telling>,
}

impl Told {
    /// An event that is told in one place.
    pub fn once(claim: Claim) -> Self {
        Self { claim, again: Vec::new() }
    }
}

/// Words that tell of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Index of the sentence.
    pub sentence: u32,
    /// The trigger words.
    pub trigger: Span,
}

impl Telling {
    /// Where a claim stands.
    pub fn of(claim: &Claim) -> Self {
        Self { sentence: claim.sentence, trigger: claim.trigger }
    }

    /// The word of the trigger that the others hang from.
    pub fn head(self, view: View<'_>) -> Option<u32> {
        let tokens = view.document.sentences.get(self.sentence as usize)?.tokens.clone();
        let mut inside = tokens.filter(|&token| view.token(token).span.overlaps(self.trigger));
        let first = inside.next()?;
        let head_outside = |token: &u32| {
            view.token(*token).head.is_none_or(|head| !view.token(head).span.overlaps(self.trigger))
        };
        Some([first].into_iter().chain(inside).find(head_outside).unwrap_or(first))
    }
}

/// One claim for each event and version, best told first; the others give what the best lacks.
///
/// The words of one sentence find each other first: those who "were killed when rebels attacked" died in that attack, not in the
/// one of the title.
pub fn merge(context: &Context<'_>, tree: &Tree<'_>, claims: Vec<Claim>) -> Vec<Told> {
    let mut kept: Vec<Told> = Vec::new();
    for told in by_sentence(context, claims) {
        let claim = &told.claim;
        let (is_one, is_sum) = (is_one_of_several(tree, context, claim), is_sum(tree, context, claim));
        let same = |known: &&mut Told| {
            let may_repeat = if is_heading(context, &known.claim) { !is_one } else { !is_sum };
            may_repeat
                && known.claim.sentence != claim.sentence
                && (same(&known.claim, claim) || retold(context, tree, known, claim))
        };
        let known = kept.len().saturating_sub(MOST_KNOWN);
        if let Some(known) = kept[known..].iter_mut().rev().find(|known| denies(context, tree, known, claim))
        {
            let attribution = claim.attribution.clone();
            known.claim.accounts.push(Account { denies: true, attribution, ..Account::default() });
        }
        match kept[known..].iter_mut().find(same) {
            Some(known) => known.take(context, told),
            None => kept.push(told),
        }
    }
    kept
}

/// So many events back a repeat is looked for; more of them only tables and damaged files have.
const MOST_KNOWN: usize = 500;

/// The claims, those of a sentence that tell of one event joined.
fn by_sentence(context: &Context<'_>, claims: Vec<Claim>) -> Vec<Told> {
    let mut kept: Vec<Told> = Vec::new();
    let mut start = 0;
    for claim in claims {
        if kept.last().is_some_and(|last| last.claim.sentence != claim.sentence) {
            start = kept.len();
        }
        match kept[start..].iter_mut().find(|known| same(&known.claim, &claim)) {
            Some(known) => known.take(context, Told::once(claim)),
            None => kept.push(Told::once(claim)),
        }
    }
    kept
}

impl Told {
    /// Takes a repeat in; the body of a report tells better than its title.
    fn take(&mut self, context: &Context<'_>, repeat: Told) {
        self.again.extend(repeat.again);
        let mut repeat = repeat.claim;
        if is_heading(context, &self.claim) && !is_heading(context, &repeat) {
            std::mem::swap(&mut self.claim, &mut repeat);
        }
        self.again.push(Telling::of(&repeat));
        let before = Telling::of(&self.claim);
        let further = further_victims(context, &self.claim, &repeat);
        absorb(&mut self.claim, repeat);
        self.claim.recipients.extend(further);
        // The words of a better told repeat have become the claim's own.
        let now = Telling::of(&self.claim);
        if now != before
            && let Some(last) = self.again.last_mut()
        {
            *last = before;
        }
    }
}

fn same(one: &Claim, other: &Claim) -> bool {
    one.event_type == other.event_type
        && one.status == other.status
        && compatible_dates(one, other)
        && if one.sentence == other.sentence {
            within_sentence(one, other)
        } else {
            across_sentences(one, other)
        }
}

/// Whether a later sentence speaks of a known deed without telling it anew: after the title, as "the attack", by its losses.
fn retold(context: &Context<'_>, tree: &Tree<'_>, known: &Told, later: &Claim) -> bool {
    let claim = &known.claim;
    claim.event_type == later.event_type
        && claim.event_type.is_some_and(is_deed)
        && claim.status == later.status
        && claim.sentence != later.sentence
        && compatible_dates(claim, later)
        && compatible_places(claim, later)
        && agree(&claim.actors, &later.actors)
        && !turn_on_their_own(claim, later)
        && !sets_apart(later)
        && (is_loss_of(known, later)
            || is_anaphor(context, tree, later) && claim.key.plural == later.key.plural
            || follows_title(context, claim, later) && agree(&claim.recipients, &later.recipients))
}

/// "The governor denied that the attack had taken place": of a deed that was told.
fn denies(context: &Context<'_>, tree: &Tree<'_>, known: &Told, later: &Claim) -> bool {
    let claim = &known.claim;
    later.status == Status::Denied
        && later.rule.starts_with("outer.deny")
        && claim.status == Status::Happened
        && later.event_type == Some(EventType::Assault)
        && claim.event_type == later.event_type
        && claim.sentence != later.sentence
        && !later.attribution.is_empty()
        && later.recipients.is_empty()
        && compatible_dates(claim, later)
        && compatible_places(claim, later)
        && agree(&claim.actors, &later.actors)
        && is_anaphor(context, tree, later)
        && claim.key.plural == later.key.plural
}

/// Sentences below a title that may tell what it announces.
const LEAD: u32 = 3;

fn follows_title(context: &Context<'_>, title: &Claim, later: &Claim) -> bool {
    is_heading(context, title) && !is_heading(context, later) && later.sentence <= title.sentence + LEAD
}

/// "A total of 170 attacks": a count says how many there were of something, and repeats none of them.
fn is_sum(tree: &Tree<'_>, context: &Context<'_>, claim: &Claim) -> bool {
    let Some(head) = Telling::of(claim).head(context.view) else { return false };
    let is_number = |word: u32| tree.upos(word) == Upos::Num && !matches!(tree.lemma(word), "one" | "1");
    claim.key.plural && tree.children_by(head, &["nummod"]).any(is_number)
}

/// "The first meeting": of the several that the title speaks of, one.
fn is_one_of_several(tree: &Tree<'_>, context: &Context<'_>, claim: &Claim) -> bool {
    let Some(head) = Telling::of(claim).head(context.view) else { return false };
    tree.upos(head) == Upos::Noun
        && tree.children_by(head, &["amod"]).any(|word| {
            matches!(tree.lemma(word), "first" | "second" | "third" | "last" | "latest" | "next" | "previous")
        })
}

fn is_heading(context: &Context<'_>, claim: &Claim) -> bool {
    let sentence = context.view.document.sentences.get(claim.sentence as usize);
    sentence.is_some_and(|sentence| sentence.is_heading)
}

/// "The attack", "Monday's strike", "the second blast hit ...", "it was targeted": words that speak of what is known.
fn is_anaphor(context: &Context<'_>, tree: &Tree<'_>, claim: &Claim) -> bool {
    let Some(head) = Telling::of(claim).head(context.view) else { return false };
    match tree.upos(head) {
        Upos::Noun => points_back(tree, head),
        Upos::Verb => tree.children_by(head, &["nsubj"]).any(|subject| {
            tree.lemma(subject) == "it" && tree.rel(subject) == Deprel::NsubjPass
                || lexicon().is("attack_told", tree.lemma(subject)) && points_back(tree, subject)
        }),
        _ => false,
    }
}

/// Whether a noun has the article or the day of what is known, and nothing but its rank that sets it apart.
fn points_back(tree: &Tree<'_>, noun: u32) -> bool {
    let is_definite = |det: u32| matches!(tree.lemma(det), "the" | "this" | "that" | "these" | "those");
    let is_rank =
        |word: u32| matches!(tree.lemma(word), "first" | "second" | "third" | "last" | "deadly" | "latest");
    let is_day = |word: u32| lexicon().is("calendar", tree.lemma(word));
    let is_bare = tree.children_by(noun, &["acl", "nummod", "amod"]).all(is_rank);
    is_bare
        && (tree.children_by(noun, &["det"]).any(is_definite)
            || tree.children_by(noun, &["nmod:poss"]).any(is_day))
}

/// Sentences over which a loss still belongs to the attack spoken of.
const NEAR: u32 = 3;

/// "Ninety were wounded": what an attack that was just told left behind.
fn is_loss_of(known: &Told, later: &Claim) -> bool {
    let tellings = std::iter::once(Telling::of(&known.claim)).chain(known.again.iter().copied());
    let is_near = |telling: Telling| {
        later.sentence.checked_sub(telling.sentence).is_some_and(|gap| (1..=NEAR).contains(&gap))
    };
    is_loss(later)
        && known.claim.event_type == Some(EventType::Assault)
        && countries(&later.actors).is_empty()
        && tellings.into_iter().any(is_near)
}

fn is_loss(claim: &Claim) -> bool {
    matches!(&*claim.key.lemma, "kill" | "wound" | "injure" | "hurt" | "die" | "perish" | "dead" | "maim")
}

/// "In a separate attack", "elsewhere": the sentence itself says that it is another.
fn sets_apart(claim: &Claim) -> bool {
    const APART: [&str; 8] =
        ["another", "separate", "separately", "elsewhere", "meanwhile", "previous", "earlier", "similar"];
    claim.key.words.iter().any(|word| APART.contains(&&**word))
}

/// A state does not strike its own forces: if together two tellings say so, they tell of two deeds.
fn turn_on_their_own(one: &Claim, other: &Claim) -> bool {
    let is_force = |party: &ClaimActor| matches!(party.sector, Some(Sector::Gov | Sector::Mil));
    let strikes = |actors: &[ClaimActor], recipients: &[ClaimActor]| {
        actors
            .iter()
            .filter(|actor| is_state(actor))
            .any(|actor| recipients.iter().any(|party| is_force(party) && party.country == actor.country))
    };
    strikes(&one.actors, &other.recipients) || strikes(&other.actors, &one.recipients)
}

fn compatible_places(one: &Claim, other: &Claim) -> bool {
    let country = |claim: &Claim| claim.place.as_ref().and_then(|place| place.country);
    match (country(one), country(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// "An airstrike killed two": one assault, told by two words.
fn within_sentence(one: &Claim, other: &Claim) -> bool {
    let is_deed = one.event_type.is_some_and(is_deed);
    (is_deed || one.key.lemma == other.key.lemma)
        && agree(&one.actors, &other.actors)
        && agree(&one.recipients, &other.recipients)
        && !are_two(&one.actors, &other.actors)
        && !are_two(&other.actors, &one.actors)
}

/// "The groups attacked and the United States struck back": a country and somebody of none, in one sentence, are two.
fn are_two(some: &[ClaimActor], others: &[ClaimActor]) -> bool {
    !some.is_empty()
        && !others.is_empty()
        && some.iter().all(|one| one.country.is_some() && one.sector.is_none())
        && others
            .iter()
            .all(|other| other.country.is_none() && some.iter().all(|one| !share_words(one, other)))
}

fn share_words(one: &ClaimActor, other: &ClaimActor) -> bool {
    one.span.is_some() && one.span == other.span
}

/// Later sentences repeat an event by naming its parties again, or by leaving them out.
fn across_sentences(one: &Claim, other: &Claim) -> bool {
    let shares_word = one.key.lemma == other.key.lemma || same_code(one, other);
    let shares_party = shared(&one.actors, &other.actors) || shared(&one.recipients, &other.recipients);
    shares_word
        && shares_party
        && !turn_on_their_own(one, other)
        && agree(&one.actors, &other.actors)
        && agree(&one.recipients, &other.recipients)
        && one.key.plural == other.key.plural
        && !brings_voices(one, other)
}

/// "Peru condemned it", "condemnation came from Chile, Peru and Oman": more have spoken than were told of.
fn brings_voices(one: &Claim, other: &Claim) -> bool {
    let is_voice = matches!(
        one.event_type,
        Some(EventType::Accuse | EventType::Reject | EventType::Request | EventType::Support)
    );
    let told = countries(&one.actors);
    is_voice && !told.is_empty() && countries(&other.actors).iter().any(|country| !told.contains(country))
}

fn same_code(one: &Claim, other: &Claim) -> bool {
    let root = |claim: &Claim| {
        claim.cameo.as_ref().map(|code| code.as_str()[..3.min(code.as_str().len())].to_owned())
    };
    root(one) == root(other)
}

/// Events that several words of one sentence tell together.
fn is_deed(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Assault
            | EventType::Protest
            | EventType::Consult
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Retreat
            | EventType::Aid
            | EventType::Cooperate
    )
}

fn compatible_dates(one: &Claim, other: &Claim) -> bool {
    let explicit = |claim: &Claim| claim.date.filter(|_| claim.date_basis.as_deref() != Some("published"));
    match (explicit(one), explicit(other)) {
        (Some(one), Some(other)) => {
            one.overlaps(&other) && !is_course_of(one, other) && !is_course_of(other, one)
        }
        _ => true,
    }
}

/// "Have been protesting since June" and "marched yesterday": what goes on for weeks is not one day of it.
fn is_course_of(course: DayInterval, day: DayInterval) -> bool {
    const LONG: i64 = 28;
    let is_open = course.granularity() == "interval";
    is_open && course.n_days() >= LONG && day.n_days() == 1
}

/// Whether neither list names a country that the other contradicts, nor a state where the other names an armed group.
fn agree(some: &[ClaimActor], others: &[ClaimActor]) -> bool {
    let may_be_one = |one: &ClaimActor, other: &ClaimActor| {
        let are_opposed = is_state(one) && is_armed_group(other) || is_armed_group(one) && is_state(other);
        !are_opposed && (one.country.is_none() || other.country.is_none() || one.country == other.country)
    };
    // Where countries are named on both sides, somebody of no known country makes no difference.
    let are_named = some.iter().any(has_country) && others.iter().any(has_country);
    let counts = |party: &&ClaimActor| !are_named || has_country(party);
    let mut counting = some.iter().filter(counts);
    some.is_empty()
        || others.is_empty()
        || counting.any(|one| others.iter().filter(counts).any(|other| may_be_one(one, other)))
}

fn has_country(party: &ClaimActor) -> bool {
    party.country.is_some()
}

/// A country under its own name, its government or its forces.
fn is_state(party: &ClaimActor) -> bool {
    party.country.is_some() && party.sector.is_none_or(|sector| matches!(sector, Sector::Gov | Sector::Mil))
}

fn is_armed_group(party: &ClaimActor) -> bool {
    party.sector.is_some_and(Sector::is_armed_group)
}

fn shared(some: &[ClaimActor], others: &[ClaimActor]) -> bool {
    let others_countries = countries(others);
    countries(some).iter().any(|country| others_countries.contains(country))
        || some.iter().any(|one| others.iter().any(|other| one.name.eq_ignore_ascii_case(&other.name)))
}

fn countries(actors: &[ClaimActor]) -> Vec<Country> {
    actors.iter().filter_map(|actor| actor.country).collect()
}

/// "He was met by Vera, who was also killed": somebody by name of whom the other telling does not speak.
fn further_victims(context: &Context<'_>, known: &Claim, repeat: &Claim) -> Vec<ClaimActor> {
    if known.recipients.is_empty() || !is_loss(known) || !is_loss(repeat) || known.sentence == repeat.sentence
    {
        return Vec::new();
    }
    let tokens = &context.view.document.tokens;
    let is_person = |party: &&ClaimActor| {
        let Some(span) = party.span else { return false };
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let inside = tokens[first..].iter().take_while(|token| token.span.start < span.end);
        inside.into_iter().any(|token| token.ner.kind() == Some(NerType::Per))
    };
    let is_known = |party: &ClaimActor| {
        let parties = known.recipients.iter().chain(&known.actors);
        parties.into_iter().any(|other| may_name_one(party, other))
    };
    repeat.recipients.iter().filter(is_person).filter(|party| !is_known(party)).cloned().collect()
}

/// Whether two names share an entry or a word that is no title.
fn may_name_one(one: &ClaimActor, other: &ClaimActor) -> bool {
    let words = |party: &ClaimActor| -> Vec<String> {
        let words = party.name.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_lowercase).collect()
    };
    let last = words(one).pop();
    one.actor_id.is_some() && one.actor_id == other.actor_id
        || last.is_none_or(|last| words(other).contains(&last))
        || words(other).pop().is_some_and(|last| words(one).contains(&last))
}

/// Takes over what only the repeat tells; a better told repeat becomes the claim.
fn absorb(known: &mut Claim, mut repeat: Claim) {
    if repeat.score > known.score && repeat.status == Status::Happened && repeat.sentence == known.sentence {
        std::mem::swap(known, &mut repeat);
    }
    let repeat_is_vague = is_vague(&repeat);
    known.accounts.append(&mut repeat.accounts);
    known.accounts.extend(own_account(known, &repeat));
    // "Eleven soldiers died when rebels attacked a patrol": whom it was aimed at says more than who was lost.
    let names_aim = is_loss(known)
        && !is_loss(&repeat)
        && known.sentence == repeat.sentence
        && !repeat.recipients.is_empty();
    if known.actors.is_empty() {
        // Who names the doer, speaks of the deed: "the rebels claimed responsibility"; of it alone, where others told the rest.
        if !repeat.actors.is_empty() {
            let of_actors = !known.attribution.is_empty();
            let is_new = |attribution: &Attribution| {
                known.attribution.iter().all(|speaker| speaker.name != attribution.name)
            };
            repeat.attribution.retain(is_new);
            known.attributed_to.extend(repeat.attribution.iter().map(|speaker| speaker.name.clone()));
            let speakers = repeat.attribution.into_iter();
            known.attribution.extend(speakers.map(|speaker| Attribution { of_actors, ..speaker }));
        }
        known.actors = repeat.actors;
    }
    if known.recipients.is_empty() || names_aim {
        known.recipients = repeat
            .recipients
            .into_iter()
            .filter(|party| known.actors.iter().all(|actor| !share_words(actor, party)))
            .collect();
    }
    if known.modes.is_empty() && known.event_type == repeat.event_type {
        known.modes = repeat.modes;
    }
    if known.acled.is_none() {
        known.acled = repeat.acled;
    }
    if is_vague(known) && !repeat_is_vague {
        known.date = repeat.date;
        known.date_granularity = repeat.date_granularity;
        known.date_basis = repeat.date_basis;
    }
    if is_wider(known.place.as_ref(), repeat.place.as_ref()) {
        known.place = repeat.place;
    }
}

/// "Gunmen attacked a convoy. The front said it carried out the attack": what is said of the doer beside what was told.
fn own_account(known: &Claim, repeat: &Claim) -> Option<Account> {
    let is_told = |party: &ClaimActor| {
        known.actors.iter().any(|actor| actor.name == party.name || same_entry(actor, party))
    };
    let is_other = !known.actors.is_empty() && repeat.actors.iter().any(|party| !is_told(party));
    let is_of_deed = known.event_type == Some(EventType::Assault) && known.sentence != repeat.sentence;
    let speaks = !repeat.attribution.is_empty();
    (is_of_deed && is_other && speaks).then(|| Account {
        actors: repeat.actors.clone(),
        attribution: repeat.attribution.clone(),
        denies: false,
    })
}

fn same_entry(one: &ClaimActor, other: &ClaimActor) -> bool {
    one.actor_id.is_some() && one.actor_id == other.actor_id
}

/// "In Peru" and, further down, "at Tacna".
fn is_wider(known: Option<&ClaimPlace>, repeat: Option<&ClaimPlace>) -> bool {
    let (Some(known), Some(repeat)) = (known, repeat) else { return known.is_none() };
    known.name.is_none() && repeat.name.is_some() && known.country == repeat.country
}

fn is_vague(claim: &Claim) -> bool {
    claim.date.is_none() || claim.date_basis.as_deref() == Some("published")
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    /// Whom the attacks of a text hit, one list each.
    fn victims(text: &str) -> Vec<Vec<String>> {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let attacks = told.iter().map(|told| &told.claim);
            let attacks = attacks.filter(|claim| claim.rule.contains("kill"));
            attacks.map(|claim| claim.recipients.iter().map(|party| party.name.clone()).collect()).collect()
        })
    }

    #[test]
    fn who_was_killed_too_is_kept_by_name() {
        let strike = "Chilean forces killed General Pedro Rojas in an airstrike at Lima airport on Thursday.";
        let text = format!("{strike} He was being met by Juan Vera, who was also killed in the airstrike.");
        assert_eq!(victims(&text), [["General Pedro Rojas", "Juan Vera"]]);
        let text = format!("{strike} Rojas, who was killed in the airstrike, was 61.");
        assert_eq!(victims(&text), [["General Pedro Rojas"]]);
    }
}
