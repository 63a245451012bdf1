//! *Which words may be events, and which words have which part in them?* What a trained reader makes of a sentence.

use crate::code::string_enum;
use crate::{EventType, Status};

/// A word that may be an event, however doubtfully.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// The word, as an index into [`crate::Document::tokens`].
    pub word: u32,
    /// How probable it is that the word states an event of any type, from 0 to 1.
    pub probability: f32,
    /// How probable each type is, likeliest first; negligible ones are left out.
    pub types: Vec<(EventType, f32)>,
    /// Whether it happened, as the sentence puts it; `None` where the reader does not tell.
    pub status: Option<Status>,
    /// Words of the sentence that may have a part in it, in order of text; empty where the reader does not tell.
    pub parts: Vec<Part>,
}

impl Happening {
    /// The probability of one type, from 0 to 1.
    pub fn of_type(&self, event_type: EventType) -> f32 {
        self.types.iter().find(|(known, _)| *known == event_type).map_or(0.0, |&(_, probability)| probability)
    }

    /// The probability that a word has a role in it, from 0 to 1.
    pub fn of_part(&self, word: u32, role: Role) -> f32 {
        let mut parts = self.parts.iter().filter(|part| part.word == word && part.role == role);
        parts.next().map_or(0.0, |part| part.probability)
    }

    /// The words that are likelier than `least` to have a role in it, in order of text.
    pub fn with_role(&self, role: Role, least: f32) -> impl Iterator<Item = u32> + '_ {
        let parts = self.parts.iter().filter(move |part| part.role == role && part.probability > least);
        parts.map(|part| part.word)
    }
}

/// A word that may have a part in an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The word, as an index into [`crate::Document::tokens`].
    pub word: u32,
    /// Its part.
    pub role: Role,
    /// How probable that is, from 0 to 1.
    pub probability: f32,
}

string_enum! {
    /// What a word is to an event.
    Role {
        /// Who does it.
        Actor = "actor",
        /// To whom.
        Recipient = "recipient",
        /// Where.
        Place = "place",
        /// When.
        Time = "time",
        /// According to whom.
        Speaker = "speaker",
        /// How many were killed.
        Killed = "killed",
        /// How many were wounded.
        Wounded = "wounded",
        /// How many were detained.
        Detained = "detained",
        /// How many were displaced.
        Displaced = "displaced",
        /// How many are missing.
        Missing = "missing",
        /// How many were abducted.
        Abducted = "abducted",
        /// How many were released.
        Released = "released",
        /// How many troops.
        Troops = "troops",
        /// How many protest.
        Protesters = "protesters",
        /// How many or much of anything else.
        Other = "other",
    }
}
