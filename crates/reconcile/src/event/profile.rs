//! *What does linking compare of a claim?* Gathered once, from the claim alone.

use annalist_schema::{Claim, ClaimActor, DayInterval, EventType, QuadClass, Quantity, Status};
use serde::{Deserialize, Serialize};

use crate::same::days;
use crate::same::figure::Range as Amount;
use crate::same::name::{Name, hash};
use crate::same::party::Party;
use crate::same::place::Spot;

use super::word::{Word, words};

/// One claim, ready for comparing. Depends on nothing but the claim.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// Head of the trigger; `None` if the reader gave none.
    pub lemma: Option<Word>,
    pub senses: Box<[u32]>,
    /// Whether the trigger says so little that it may be said of anything.
    pub is_light: bool,
    pub event_type: Option<EventType>,
    pub root: Option<[u8; 2]>,
    pub status: Status,
    pub days: Option<DayInterval>,
    /// Whether words of the report give the days, rather than its own day.
    pub is_dated: bool,
    /// Whether the days are those of news, up to the report's own: a reader gives them to no other claim.
    pub is_news: bool,
    pub place: Option<Spot>,
    /// Whether words of the report give the place, rather than where its people are from.
    pub is_placed: bool,
    pub actors: Box<[Party]>,
    pub recipients: Box<[Party]>,
    /// Content words of the arguments, sorted, and their rarity added up.
    pub arguments: Box<[Word]>,
    pub arguments_weight: f32,
    /// Persons among the arguments.
    pub persons: Box<[Name]>,
    /// Content words of the sentence, sorted, and their rarity added up.
    pub words: Box<[Word]>,
    pub words_weight: f32,
    pub figures: Box<[(u64, Amount)]>,
    pub plural: bool,
    /// Whether the caller gave the trigger, and no reader found it.
    pub is_given: bool,
}

impl Profile {
    pub fn new(claim: &Claim) -> Self {
        // A guess is no evidence, neither for one event nor against it.
        let parties =
            |actors: &[ClaimActor]| actors.iter().filter(|actor| !actor.is_guess()).map(Party::new).collect();
        let key = &claim.key;
        let (arguments, words) = (words(&key.arguments), words(&key.words));
        let figure = |quantity: &Quantity| (hash(&quantity.what), Amount::new(quantity));
        let mut senses = key.senses.clone();
        senses.sort_unstable();
        senses.dedup();
        Self {
            lemma: (!key.lemma.is_empty()).then(|| Word::new(&key.lemma)),
            is_light: key.light,
            senses: senses.into(),
            event_type: claim.event_type,
            root: claim.cameo.as_ref().and_then(|code| code.root().as_bytes().try_into().ok()),
            status: claim.status,
            days: claim.date,
            is_news: claim.date_basis.as_deref() == Some("published") && claim.trigger_id.is_none(),
            is_dated: claim.date.is_some() && claim.date_basis.as_deref() != Some("published"),
            place: claim.place.as_ref().map(Spot::new),
            is_placed: claim.place.as_ref().is_some_and(|place| place.basis.is_none()),
            actors: parties(&claim.actors),
            recipients: parties(&claim.recipients),
            arguments_weight: weight(&arguments),
            arguments,
            persons: key.persons.iter().map(|name| Name::new(name)).collect(),
            words_weight: weight(&words),
            words,
            figures: claim.quantities.iter().map(figure).collect(),
            plural: key.plural,
            is_given: claim.trigger_id.is_some(),
        }
    }

    /// Whether this is planned and the other was done.
    pub fn is_plan_of(&self, other: &Self) -> bool {
        self.status == Status::Planned && other.status == Status::Happened
    }

    /// Whether this is planned and the other a deed that was done.
    pub fn is_carried_out_by(&self, other: &Self) -> bool {
        use QuadClass::{MaterialConflict, MaterialCooperation};
        let quad = other.event_type.map(EventType::quad);
        self.is_plan_of(other) && matches!(quad, None | Some(MaterialConflict | MaterialCooperation))
    }

    /// Whether this is a plan whose sentence has the word that tells the deed: "plans to withdraw".
    pub fn announces(&self, other: &Self) -> bool {
        let are_coded = self.event_type.is_some() && other.event_type.is_some();
        are_coded
            && self.is_plan_of(other)
            && other.lemma.is_some_and(|lemma| self.words.binary_search(&lemma).is_ok())
    }

    /// Days between the dates of two claims, if both have one.
    pub fn days_apart(&self, other: &Self) -> Option<i64> {
        Some(days::gap(self.days?, other.days?))
    }
}

fn weight(words: &[Word]) -> f32 {
    words.iter().map(|word| word.rarity()).sum::<f64>() as f32
}
