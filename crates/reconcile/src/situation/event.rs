//! *What is one event, put together from its claims?*

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use annalist_schema::{
    Account, Attribution, Cameo, Cell, Claim, ClaimActor, ClaimRef, DayInterval, Event, EventType, Quantity,
    Span, Status, Weight,
};

use crate::hand::Hand;
use crate::pile::Pile;

use super::anchor::{anchors, plain_anchors};
use super::cell::{Stated, Value, cell, mild_cell};
use super::decided::{decide, sets_date};
use super::origin::{Origins, Voice};
use super::value::{Days, Figure, Modes, Parties, Place, State, Type};
use super::weight::{Telling, weight};

/// The event of some claims; `claims` is sorted and not empty.
pub(crate) fn event(pile: &Pile<'_>, hand: &Hand<'_>, origins: &Origins<'_>, claims: &[u32]) -> Event {
    let witness = |&claim_idx: &u32| Witness::new(pile, origins, claim_idx);
    let witnesses: Vec<_> = claims.iter().map(witness).collect();
    let cells = cells(&witnesses, origins);
    let preferred = |attribute: &str| preferred(&cells, attribute, &witnesses);
    let typed = preferred("type").and_then(|claim| claim.event_type);
    let mut event = Event {
        id: id(pile, claims),
        claims: claims.iter().map(|&claim_idx| pile.reference(claim_idx)).collect(),
        event_type: typed,
        cameo: cameo(&witnesses),
        actors: preferred("actors").map(|claim| claim.actors.clone()).unwrap_or_default(),
        recipients: preferred("recipients").map(|claim| claim.recipients.clone()).unwrap_or_default(),
        date: preferred("date").and_then(|claim| claim.date).map(|days| days.format()),
        place: preferred("place").and_then(|claim| claim.place.clone()),
        headline: headline(&witnesses),
        weight: Weight::default(),
        decisions: Vec::new(),
        cells,
    };
    event.weight =
        weight(&event, &witnesses.iter().map(|witness| telling(pile, witness)).collect::<Vec<_>>());
    let decisions = hand.on(claims);
    if !decisions.is_empty() {
        decide(&mut event, &decisions, |claim| pile.find(claim).map(|claim_idx| pile.claim(claim_idx)));
    }
    event
}

/// Where an event stands among others: by date, undated ones last, then by id.
pub(crate) fn rank(
    pile: &Pile<'_>,
    hand: &Hand<'_>,
    origins: &Origins<'_>,
    claims: &[u32],
) -> (bool, Option<String>, String) {
    if sets_date(&hand.on(claims)) {
        let event = event(pile, hand, origins, claims);
        return (event.date.is_none(), event.date, event.id);
    }
    let witness = |&claim_idx: &u32| Witness::new(pile, origins, claim_idx);
    let witnesses: Vec<_> = claims.iter().map(witness).collect();
    let cells: Vec<_> = date(&witnesses, origins).into_iter().collect();
    let days = preferred(&cells, "date", &witnesses).and_then(|claim| claim.date).map(|days| days.format());
    (days.is_none(), days, id(pile, claims))
}

/// A claim as a witness to its event.
struct Witness<'a> {
    claim: &'a Claim,
    reference: ClaimRef,
    voice: Voice<'a>,
    report: u32,
    made: Option<DayInterval>,
    anchors: Rc<[u64]>,
}

impl<'a> Witness<'a> {
    fn new(pile: &Pile<'a>, origins: &Origins<'_>, claim_idx: u32) -> Self {
        let member = pile.members[claim_idx as usize];
        Self {
            claim: member.claim,
            reference: pile.reference(claim_idx),
            voice: origins.of_claim(member.report, member.claim),
            report: member.report,
            made: pile.published(member.report),
            anchors: anchors(member.claim).into(),
        }
    }

    fn states<V>(&self, value: V, span: Span) -> Stated<'a, V> {
        Stated {
            value,
            claim: self.reference.clone(),
            span,
            voice: self.voice.clone(),
            made: self.made,
            position: span.start,
            distance: span.start.abs_diff(self.claim.trigger.start),
            anchors: Rc::clone(&self.anchors),
            is_on_this: false,
        }
    }
}

/// A claim as its event is weighed by it.
fn telling<'a>(pile: &Pile<'a>, witness: &Witness<'a>) -> Telling<'a> {
    Telling {
        claim: witness.claim,
        report: witness.report,
        title: pile.title(witness.report),
        origin: witness.voice.origin,
        made: witness.made,
    }
}

/// The earliest claim names the event: by publication, then report, then place in the report. Never by arrival.
fn id(pile: &Pile<'_>, claims: &[u32]) -> String {
    let age = |&claim_idx: &u32| {
        let member = pile.members[claim_idx as usize];
        let published = pile.published(member.report).map(|days| days.earliest);
        (published.is_none(), published, member.report, member.claim.trigger.start, claim_idx)
    };
    let earliest = claims.iter().copied().min_by_key(age).unwrap_or_default();
    let ClaimRef { report, claim } = pile.reference(earliest);
    format!("{report}/{claim}")
}

/// One cell for each attribute that a claim fills.
fn cells(witnesses: &[Witness<'_>], origins: &Origins<'_>) -> Vec<Cell> {
    let are_shown = |claim: &Claim| claim.recipients.iter().any(|recipient| !recipient.is_guess());
    let any_shown = witnesses.iter().any(|witness| are_shown(witness.claim));
    let recipients = |claim: &Claim| parties(&claim.recipients, any_shown);
    let modes = |claim: &Claim| (!claim.modes.is_empty()).then(|| Modes::new(&claim.modes));
    let trigger = |claim: &Claim| claim.trigger;
    let plain = [
        actors(witnesses, origins),
        of("recipients", witnesses, origins, false, recipients, |claim| words_of(&claim.recipients, claim)),
        date(witnesses, origins),
        place(witnesses, origins),
        status(witnesses, origins),
        of("mode", witnesses, origins, false, modes, trigger),
        of("type", witnesses, origins, false, |claim| claim.event_type.map(Type), trigger),
    ];
    plain.into_iter().flatten().chain(figures(witnesses, origins)).collect()
}

/// The parties of a claim as a value. Where words of some claim show who it is, what others only imply adds nothing.
fn parties(parties: &[ClaimActor], any_shown: bool) -> Option<Parties> {
    let told = parties.iter().filter(|party| !any_shown || !party.is_guess());
    let told: Vec<_> = told.cloned().collect();
    (!told.is_empty()).then(|| Parties::new(&told))
}

/// The words that show the first party; where none do, those that tell of the event.
fn words_of(parties: &[ClaimActor], claim: &Claim) -> Span {
    parties.iter().find_map(|party| party.span).unwrap_or(claim.trigger)
}

/// Who did it, by the report and by all who blame somebody for it.
fn actors<'a>(witnesses: &[Witness<'a>], origins: &Origins<'_>) -> Option<Cell> {
    let accused = |claim: &Claim| claim.accounts.iter().any(|account| !account.actors.is_empty());
    let are_shown = |claim: &Claim| claim.actors.iter().any(|actor| !actor.is_guess());
    let any_shown = witnesses.iter().any(|witness| are_shown(witness.claim) || accused(witness.claim));
    let claims_it = |attribution: &&'a Attribution| attribution.of_actors;
    let claimants = witnesses.iter().flat_map(|witness| witness.claim.attribution.iter().filter(claims_it));
    let claimants: BTreeSet<&str> = claimants.map(|attribution| attribution.name.as_str()).collect();
    let stated = witnesses.iter().flat_map(|witness| {
        let claim = witness.claim;
        let accounts = claim.accounts.iter();
        let accounts = accounts
            .map(|account| (&account.actors, origins.of_account(witness.report, claim, account), true));
        let claims_it = claim.attribution.iter().any(|attribution| attribution.of_actors);
        let own = (&claim.actors, origins.of_actors(witness.report, claim), claims_it);
        // Who says so is easily taken for who did it, unless another report says that he claims it.
        let is_speaker = claim.actors.iter().all(|actor| {
            claim.attributed_to.contains(&actor.name) && !claimants.contains(actor.name.as_str())
        });
        let state = |(actors, voice, is_on_this): (&Vec<ClaimActor>, _, bool)| {
            let value = parties(actors, any_shown)?;
            let value = if is_speaker && !is_on_this { value.into_guess() } else { value };
            Some(Stated { voice, is_on_this, ..witness.states(value, words_of(actors, claim)) })
        };
        std::iter::once(own).chain(accounts).filter_map(state).collect::<Vec<_>>()
    });
    disputable("actors", &stated.collect::<Vec<_>>(), origins, are_deeds(witnesses))
}

/// Whether it happened, by the report and by all who deny it.
fn status(witnesses: &[Witness<'_>], origins: &Origins<'_>) -> Option<Cell> {
    let stated = witnesses.iter().flat_map(|witness| {
        let claim = witness.claim;
        let denials = claim.accounts.iter().filter(|account| account.denies);
        let denial = |account: &Account| Stated {
            voice: origins.of_account(witness.report, claim, account),
            ..witness.states(
                State(Status::Denied),
                account.attribution.first().map_or(claim.trigger, |by| by.span),
            )
        };
        let own = witness.states(State(claim.status), claim.trigger);
        std::iter::once(own).chain(denials.map(denial)).collect::<Vec<_>>()
    });
    disputable("status", &stated.collect::<Vec<_>>(), origins, are_deeds(witnesses))
}

fn date(witnesses: &[Witness<'_>], origins: &Origins<'_>) -> Option<Cell> {
    // Where some report dates the event, the span up to another's publication adds nothing.
    let is_told = |claim: &Claim| claim.date.is_some() && claim.date_basis.as_deref() != Some("published");
    let any_told = witnesses.iter().any(|witness| is_told(witness.claim));
    let days = |claim: &Claim| {
        claim
            .date
            .filter(|_| is_told(claim) || !any_told)
            .map(|days| Days::new(days, claim.status, claim.date_basis.as_deref()))
    };
    of("date", witnesses, origins, are_deeds(witnesses), days, |claim| claim.trigger)
}

fn place(witnesses: &[Witness<'_>], origins: &Origins<'_>) -> Option<Cell> {
    // Where some report says it, what the parties of another suggest adds nothing.
    let stated = |claim: &'_ Claim| claim.place.as_ref().is_some_and(|place| place.basis.is_none());
    let any_stated = witnesses.iter().any(|witness| stated(witness.claim));
    let value = |claim: &Claim| {
        let place = claim.place.as_ref().filter(|_| stated(claim) || !any_stated);
        place.and_then(Place::new)
    };
    let span = |claim: &Claim| claim.place.as_ref().map_or(claim.trigger, |place| place.span);
    of("place", witnesses, origins, are_deeds(witnesses), value, span)
}

fn of<'a, V: Value>(
    attribute: &str,
    witnesses: &[Witness<'a>],
    origins: &Origins<'_>,
    may_contradict: bool,
    value: impl Fn(&'a Claim) -> Option<V>,
    span: impl Fn(&Claim) -> Span,
) -> Option<Cell> {
    let state = |witness: &Witness<'a>| Some(witness.states(value(witness.claim)?, span(witness.claim)));
    disputable(attribute, &witnesses.iter().filter_map(state).collect::<Vec<_>>(), origins, may_contradict)
}

/// A cell on which reports can contradict one another, or not.
fn disputable<V: Value>(
    attribute: &str,
    stated: &[Stated<'_, V>],
    origins: &Origins<'_>,
    may_contradict: bool,
) -> Option<Cell> {
    if may_contradict { cell(attribute, stated, origins) } else { mild_cell(attribute, stated, origins) }
}

/// Whether something was done rather than said: what was said on another day, by another, of another is another word of the
/// same kind.
fn are_deeds(witnesses: &[Witness<'_>]) -> bool {
    use EventType::{Accuse, Reject, Request, Support, Threaten};
    let is_said = |witness: &Witness<'_>| {
        matches!(witness.claim.event_type, Some(Request | Reject | Threaten | Accuse | Support))
    };
    !witnesses.iter().all(is_said)
}

/// A cell for each counted thing.
fn figures(witnesses: &[Witness<'_>], origins: &Origins<'_>) -> Vec<Cell> {
    let mut counted: BTreeMap<&str, Vec<Stated<'_, Figure<'_>>>> = BTreeMap::new();
    for witness in witnesses {
        for quantity in &witness.claim.quantities {
            let stated = state_figure(witness, quantity, origins);
            counted.entry(&quantity.what).or_default().push(stated);
        }
    }
    counted.into_iter().filter_map(|(what, stated)| cell(what, &stated, origins)).collect()
}

/// A number may have a speaker of its own.
fn state_figure<'a>(
    witness: &Witness<'a>,
    quantity: &'a Quantity,
    origins: &Origins<'_>,
) -> Stated<'a, Figure<'a>> {
    let anchors = plain_anchors(witness.claim).into();
    let stated = witness.states(Figure::of_event(quantity).in_claim(witness.claim), quantity.span);
    let mut stated = Stated { anchors, ..stated };
    if let Some(speaker) = &quantity.by {
        stated.voice = Voice {
            origin: origins.of_speaker(witness.report, Some(witness.claim.sentence), Some(speaker)),
            speakers: std::slice::from_ref(speaker).into(),
        };
    }
    stated
}

/// The first claim of the value that a cell prefers, or of its first value where nothing speaks for either.
fn preferred<'a>(cells: &[Cell], attribute: &str, witnesses: &[Witness<'a>]) -> Option<&'a Claim> {
    let cell = cells.iter().find(|cell| cell.attribute == attribute)?;
    let index = cell.preferred.as_ref().map_or(0, |(index, _)| *index);
    let reference = cell.values.get(index)?.claims.first()?;
    witnesses.iter().find(|witness| witness.reference == *reference).map(|witness| witness.claim)
}

/// The finest code, then the one most claims have, then the smallest.
fn cameo(witnesses: &[Witness<'_>]) -> Option<Cameo> {
    let mut counts: BTreeMap<&Cameo, usize> = BTreeMap::new();
    witnesses.iter().filter_map(|witness| witness.claim.cameo.as_ref()).for_each(|code| {
        *counts.entry(code).or_default() += 1;
    });
    let best = counts.into_iter().max_by_key(|(code, count)| (code.as_str().len(), *count, Reverse(*code)));
    best.map(|(code, _)| code.clone())
}

/// The sentence of the claim that fills most attributes.
fn headline(witnesses: &[Witness<'_>]) -> Option<(ClaimRef, String)> {
    let told = witnesses.iter().filter(|witness| !witness.claim.key.quote.is_empty());
    let best = told.max_by(|one, other| {
        let weigh =
            |witness: &Witness<'_>| (witness.claim.status == Status::Happened, n_filled(witness.claim));
        let by_score = one.claim.score.total_cmp(&other.claim.score);
        weigh(one).cmp(&weigh(other)).then(by_score).then_with(|| other.reference.cmp(&one.reference))
    })?;
    Some((best.reference.clone(), best.claim.key.quote.clone()))
}

fn n_filled(claim: &Claim) -> usize {
    let filled = [
        !claim.actors.is_empty(),
        !claim.recipients.is_empty(),
        claim.date.is_some(),
        claim.place.is_some(),
        !claim.quantities.is_empty(),
    ];
    filled.into_iter().filter(|is_filled| *is_filled).count()
}
