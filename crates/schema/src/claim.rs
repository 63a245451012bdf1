//! *What does one report state about one event, and which words say so?*

use serde::{Deserialize, Serialize};

use crate::{Context, Country, DayInterval, EventType, Mode, Sector, Span};

/// One report's statement of one event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    /// Unique within the report, stable for the same text: `c` and the trigger's start.
    pub id: String,
    /// Id of the caller's trigger, if the caller supplied it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger_id: Option<String>,
    /// PLOVER type; `None` for a caller's trigger that PLOVER has no type for.
    #[serde(rename = "type")]
    pub event_type: Option<EventType>,
    /// PLOVER modes, most certain first.
    #[serde(rename = "mode")]
    pub modes: Vec<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code, as fine as could be told.
    pub cameo: Option<Cameo>,
    /// Who does it; all parties if the event is reciprocal.
    pub actors: Vec<ClaimActor>,
    /// To whom.
    pub recipients: Vec<ClaimActor>,
    /// The days on which it happened or is to happen.
    #[serde(with = "crate::claim::date_text")]
    pub date: Option<DayInterval>,
    /// `day`, `month`, `year` or `interval`.
    pub date_granularity: Option<String>,
    /// Where the date comes from: a rule name, never silently the publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<String>,
    /// Where it happened.
    pub place: Option<ClaimPlace>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// ACLED sub-event type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acled: Option<String>,
    /// Whether it is said to have happened.
    pub status: Status,
    /// Who says so, when the report does not say it in its own voice: outermost speaker last.
    pub attributed_to: Vec<String>,
    /// The same with the words that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<Attribution>,
    /// Whether the report itself does not vouch for it: "allegedly", "reportedly".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hedged: bool,
    /// Who others say that it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// The clause that states it.
    pub span: Span,
    /// The trigger words.
    pub trigger: Span,
    /// Index into the reading's sentences.
    pub sentence: u32,
    /// Lexicon entry, rule or model version that coded it.
    pub rule: String,
    /// Confidence between 0 and 1.
    pub score: f32,
    /// What fusion needs to know of the words, since it never opens the report.
    pub key: ClaimKey,
}

/// What fusion compares besides the coded fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimKey {
    /// Lemma of the trigger's head, lower case.
    pub lemma: String,
    /// All lemmas of the trigger.
    pub trigger: Vec<String>,
    /// Ids of the senses the trigger can have, sorted: two triggers that share one may name one happening.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub senses: Vec<u32>,
    /// Whether the trigger says so little that two reports may use it of anything ("say", "take").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub light: bool,
    /// Content lemmas of the arguments (names whole), sorted, no repeats.
    pub arguments: Vec<String>,
    /// Names of the persons among the arguments, lower case, sorted, no repeats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<String>,
    /// Content lemmas of the sentence, sorted, no repeats.
    pub words: Vec<String>,
    /// The words of the claim's sentence, so that every cell can show its evidence.
    pub quote: String,
    /// What the event is about, for figures: area words and period ("in Iraq and Syria", "since October").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<String>,
    /// Whether the claim speaks of several events at once ("repeated attacks").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub plural: bool,
}

/// Somebody who acts or is acted upon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimActor {
    /// Canonical name if resolved, otherwise the words.
    pub name: String,
    /// ISO 3166-1 alpha-3 or PLOVER supranational code.
    pub country: Option<Country>,
    /// Primary sector.
    pub sector: Option<Sector>,
    /// All sectors, primary first.
    pub sectors: Vec<Sector>,
    /// Id of the actor entry.
    pub actor_id: Option<String>,
    /// How it is known that this is a party.
    pub basis: PartyBasis,
    /// The words that show it; `None` where no word does.
    pub span: Option<Span>,
    /// Of a chain: the words of the mention that tells who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_mention: Option<Span>,
    /// Of what is inherited: the id of the claim that names the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_claim: Option<String>,
}

impl ClaimActor {
    /// Whether no word of the claim's own sentence shows the party: such a one contradicts nobody.
    pub fn is_guess(&self) -> bool {
        matches!(self.basis, PartyBasis::Inherited | PartyBasis::Implied | PartyBasis::Default)
    }

    /// The same party in another claim, taken over from the claim of this id.
    #[must_use]
    pub fn inherited_from(&self, claim: &str) -> Self {
        Self { basis: PartyBasis::Inherited, from_claim: Some(claim.to_owned()), ..self.clone() }
    }
}

crate::code::string_enum! {
    /// How a party of a claim is known.
    #[derive(Default)]
    PartyBasis {
        /// The claim's words name or describe it.
        #[default]
        Named = "named",
        /// A pronoun or a description stands for it; another mention of its chain tells who it is.
        Chain = "chain",
        /// It owns or makes what acts or is acted upon: "Chad's decision".
        Possessor = "possessor",
        /// Another claim of the report names it.
        Inherited = "inherited",
        /// The type of the event implies it: whom people protest against, who arrests.
        Implied = "implied",
        /// Nothing but what is usual speaks for it.
        Default = "default",
    }
}

/// Where an event happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimPlace {
    /// Most specific name; `None` if only a country is known.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Country>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// The words.
    pub span: Span,
    /// The rule that took it from elsewhere in the report; `None` where the claim's own sentence names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// A CAMEO code: two to four digits, kept as text because leading zeros count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cameo(String);

impl Cameo {
    /// The code, if it is two to four digits.
    pub fn new(code: &str) -> Option<Self> {
        let digits = (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(code.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two digits of the root code.
    pub fn root(&self) -> &str {
        &self.0[..2]
    }
}

impl TryFrom<String> for Cameo {
    type Error = crate::UnknownCode;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code).ok_or(crate::UnknownCode { what: "CAMEO code", code })
    }
}

impl From<Cameo> for String {
    fn from(code: Cameo) -> Self {
        code.0
    }
}

crate::code::string_enum! {
    /// How a number is meant.
    Comparator {
        /// Stated plainly.
        Equal = "=",
        /// At least.
        AtLeast = ">=",
        /// More than.
        MoreThan = ">",
        /// At most, up to.
        AtMost = "<=",
        /// Less than.
        LessThan = "<",
        /// About.
        About = "~",
    }
}

/// A counted thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// What is counted: `killed`, `wounded`, `troops`, `attacks`, `money` ...
    pub what: String,
    /// How the number is meant.
    pub cmp: Comparator,
    /// The number.
    pub n: f64,
    /// Upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n2: Option<f64>,
    /// The counted subset: "children", "US soldiers".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Its own speaker, where that is not the claim's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether it is a running total (`true`), an increment (`false`) or neither is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cumulative: Option<bool>,
    /// Period the number covers, as words of the report: "since October last year".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Area the number covers: country codes or place names, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub area: Vec<String>,
    /// The words.
    pub span: Span,
}

/// Words for a figure that another has taken the place of.
pub const EARLIER: [&str; 7] =
    ["earlier", "previous", "initial", "preliminary", "original", "former", "prior"];

impl Quantity {
    /// Whether it is named as a figure that another has taken the place of: "an earlier toll of 41".
    pub fn is_earlier(&self) -> bool {
        let first = self.of.as_deref().and_then(|of| of.split(' ').next());
        first.is_some_and(|first| EARLIER.contains(&&*first.to_lowercase()))
    }
}

crate::code::string_enum! {
    /// Factuality of a claim's content.
    #[derive(Default)]
    Status {
        /// Said to have happened or to be happening.
        #[default]
        Happened = "happened",
        /// Announced, scheduled, ordered.
        Planned = "planned",
        /// Said not to have happened, or denied by the accused.
        Denied = "denied",
        /// If, might, considering.
        Hypothetical = "hypothetical",
        /// Asked for.
        Demanded = "demanded",
    }
}

/// Who is said to say so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// The speaker, canonical where resolved.
    pub name: String,
    /// Id of the actor entry.
    pub actor_id: Option<String>,
    /// The words that name the speaker.
    pub span: Span,
    /// The reporting word: "said", "claims", "according to".
    pub cue: Option<Span>,
    /// Whether the reporting word distances the report from the statement ("claims", "alleged").
    pub hedged: bool,
    /// Whether the speaker vouches only for who did it, as who claims responsibility for an attack does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub of_actors: bool,
}

/// Somebody's account of what the report tells: "Oslo blamed Lima for the raid", "Lima denied that it took place".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Who did it; empty if the account is not about that.
    pub actors: Vec<ClaimActor>,
    /// Whether it is that nothing of the kind happened.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub denies: bool,
    /// Who says so.
    pub attribution: Vec<Attribution>,
}

/// A statement of how many forces or persons are where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posture {
    /// Whose forces.
    pub actor: ClaimActor,
    /// Where.
    pub place: Option<ClaimPlace>,
    /// How many of what.
    pub quantity: Quantity,
    /// Days for which it is stated.
    #[serde(with = "crate::claim::date_text")]
    pub as_of: Option<DayInterval>,
    /// Whether it is so, planned, demanded ...
    pub status: Status,
    /// Who says so.
    pub attributed_to: Vec<String>,
    /// The words.
    pub span: Span,
    /// The sentence, so that every cell can show its evidence.
    #[serde(default)]
    pub quote: String,
}

crate::code::string_enum! {
    /// Where a process such as a negotiation stands.
    ProcessCode {
        /// A date is set.
        Scheduled = "scheduled",
        /// Put off to a later time.
        Postponed = "postponed",
        /// A party will not take part.
        Refused = "refused",
        /// A first meeting, or a round, has begun.
        Opened = "opened",
        /// Under way.
        Ongoing = "ongoing",
        /// Contacts about whether to talk.
        Exploratory = "exploratory",
        /// On hold.
        Suspended = "suspended",
        /// Taken up again.
        Resumed = "resumed",
        /// Ended as intended.
        Concluded = "concluded",
        /// Ended in failure.
        Collapsed = "collapsed",
        /// An agreement was broken.
        Violated = "violated",
        /// Waiting for something.
        Pending = "pending",
        /// In force for the time being.
        Provisional = "provisional",
        /// Agreed, not yet carried out.
        Agreed = "agreed",
    }
}

/// Where a process stands, as one sentence tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessState {
    /// Stable name of the process: sorted parties and subject, e.g. `talks:IRQ-USA:withdrawal`.
    pub process: String,
    /// Where it stands.
    pub code: ProcessCode,
    /// When it came to stand there.
    #[serde(with = "crate::claim::date_text")]
    pub date: Option<DayInterval>,
    /// Who says so.
    pub attributed_to: Vec<String>,
    /// The words.
    pub span: Span,
    /// The sentence, so that every transition can show its evidence.
    #[serde(default)]
    pub quote: String,
}

/// Writes an optional interval of days the way the contract does.
pub(crate) mod date_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::DayInterval;

    pub fn serialize<S: Serializer>(days: &Option<DayInterval>, serializer: S) -> Result<S::Ok, S::Error> {
        match days {
            Some(days) => serializer.serialize_str(&days.format()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DayInterval>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        DayInterval::parse(&text).map(Some).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date")))
    }
}
