//! *Here is a phrase and a day: which actor, of which country and sector?*
//!
//! A listed name answers with its entry as of the day; otherwise the head noun gives the sector ("lawmakers" LEG) and
//! modifiers, possessors and complements give the country ("Iraqi", "Chile's", "of Estonia"). Backing is not belonging:
//! "Iran-backed militants" have no country. Every answer says why.

mod compose;
mod office;
mod phrase;

use annalist_schema::{Country, DayInterval, Sector};

use phrase::Phrase;

/// What is known about the actor that a phrase names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The usual name, or the phrase without article if it names nobody listed.
    pub name: String,
    /// Country or supranational code; `None` if the phrase tells none.
    pub country: Option<Country>,
    /// The primary sector; `None` if unknown, and for countries as such.
    pub sector: Option<Sector>,
    /// All sectors, the primary first.
    pub sectors: Vec<Sector>,
    /// Id of the actor entry.
    pub actor_id: Option<String>,
    /// Title of its article in the English Wikipedia.
    pub wiki: Option<String>,
    /// The reasons, one short sentence each.
    pub why: Vec<String>,
}

impl Resolved {
    /// Whether nothing was learned beyond the words themselves.
    pub fn is_unknown(&self) -> bool {
        self.country.is_none() && self.sector.is_none() && self.actor_id.is_none()
    }
}

/// What is asked of a phrase, besides its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'a> {
    /// Words around the phrase; a country in them decides between namesakes.
    pub context: Option<&'a str>,
    /// The days of the event; offices are read as of them.
    pub days: Option<DayInterval>,
    /// Whether a person is known to be meant, so that no town is.
    pub is_person: bool,
}

/// Resolves a noun phrase.
///
/// ```
/// use annalist_read::mention::actor::resolve;
///
/// let actor = resolve("two Chilean senators", None, None);
/// assert_eq!(actor.country.map(|country| country.to_string()).as_deref(), Some("CHL"));
/// assert_eq!(actor.sector.map(|sector| sector.as_str()), Some("LEG"));
/// ```
pub fn resolve(phrase: &str, context: Option<&str>, days: Option<DayInterval>) -> Resolved {
    resolve_phrase(&Phrase::read(phrase), Question { context, days, is_person: false })
}

/// Resolves a noun phrase whose head ends at a byte of it, as a parser knows and plain words do not.
pub fn resolve_with_head(phrase: &str, head_end: usize, question: Question<'_>) -> Resolved {
    resolve_phrase(&Phrase::read_with_head(phrase, head_end), question)
}

fn resolve_phrase(phrase: &Phrase<'_>, question: Question<'_>) -> Resolved {
    let mut resolved = compose::compose(phrase, question);
    if resolved.name.is_empty() {
        resolved.name = phrase.plain_name();
    }
    resolved
}
