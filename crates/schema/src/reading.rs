//! *What did one report give?* The row that `annalist read` writes and `annalist reconcile` takes.

use serde::{Deserialize, Serialize};

use crate::{
    Claim, ClaimActor, DayInterval, Document, Mention, Note, Posture, ProcessState, Span, Timex, Toponym,
};

/// Everything read from one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The report's id.
    pub id: String,
    /// What is known about the report itself.
    pub report: ReportHead,
    /// Sentences in order.
    pub sentences: Vec<Span>,
    /// Time expressions in order.
    pub timexes: Vec<Timex>,
    /// Place names in order.
    pub toponyms: Vec<Toponym>,
    /// Mentions in order.
    pub mentions: Vec<Mention>,
    /// Claims in order of confidence.
    pub claims: Vec<Claim>,
    /// Statements of how many forces are where, in order.
    pub postures: Vec<Posture>,
    /// Statements of where a process stands, in order.
    pub process_states: Vec<ProcessState>,
    /// What is doubtful, in order.
    pub notes: Vec<Note>,
    /// What fusion needs to know of the whole report.
    pub fingerprint: Fingerprint,
    /// Whether the report could be read.
    pub status: ReadingStatus,
    /// Why it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The analysis behind it; written only on request, as `tokens`.
    #[serde(skip)]
    pub document: Document,
}

/// What is known about the report itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportHead {
    /// Its title, given or found.
    pub title: Option<String>,
    /// Its outlet, given or found.
    pub outlet: Option<String>,
    /// ISO 639-1 language.
    pub lang: Option<String>,
    /// Day or interval of publication.
    pub published: Option<Published>,
    /// Hash of what came in, without the id: tells the report from another one of its id. Empty where nobody worked it out.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

/// When a report was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The days.
    #[serde(with = "days_text")]
    pub value: DayInterval,
    /// How it is known.
    pub basis: PublishedBasis,
    /// The reasons, one sentence each.
    pub why: Vec<String>,
    /// How likely the days are, where words left many: for reports that others can help to date. In order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odds: Vec<Odds>,
}

/// How likely some days are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odds {
    /// The days, each as likely as the others.
    #[serde(with = "days_text")]
    pub days: DayInterval,
    /// All of them together, in parts of a million.
    pub parts: u32,
}

crate::code::string_enum! {
    /// How a publication date is known.
    PublishedBasis {
        /// Supplied by the caller.
        Given = "given",
        /// Found in the report's dateline or header.
        Metadata = "metadata",
        /// Derived from its content.
        Inferred = "inferred",
    }
}

crate::code::string_enum! {
    /// Whether a report could be read.
    #[derive(Default)]
    ReadingStatus {
        /// It could.
        #[default]
        Ok = "ok",
        /// It could not; `error` says why.
        Failed = "failed",
    }
}

/// What fusion needs to know of the whole report, since it never opens it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fingerprint {
    /// Content lemmas with their counts, sorted by lemma.
    pub terms: Vec<(String, u32)>,
    /// One 64-bit hash of the normalised words of each sentence, in order; `0` for sentences too short to tell.
    pub sentences: Vec<u64>,
}

impl Reading {
    /// Rewrites every span; used once at the border, where bytes become code points.
    pub fn map_spans(&mut self, mut map: impl FnMut(Span) -> Span) {
        let fields = |fields: &mut crate::mention::SpanFields, map: &mut dyn FnMut(Span) -> Span| {
            *fields = map(Span::from(*fields)).into();
        };
        self.sentences.iter_mut().for_each(|span| *span = map(*span));
        self.timexes.iter_mut().for_each(|timex| fields(&mut timex.span, &mut map));
        self.toponyms.iter_mut().for_each(|toponym| fields(&mut toponym.span, &mut map));
        self.mentions.iter_mut().for_each(|mention| fields(&mut mention.span, &mut map));
        self.notes.iter_mut().filter_map(|note| note.span.as_mut()).for_each(|span| *span = map(*span));
        for claim in &mut self.claims {
            claim.map_spans(&mut map);
        }
        for posture in &mut self.postures {
            posture.actor.map_spans(&mut map);
            posture.quantity.span = map(posture.quantity.span);
            posture.span = map(posture.span);
            posture.place.iter_mut().for_each(|place| place.span = map(place.span));
        }
        self.process_states.iter_mut().for_each(|state| state.span = map(state.span));
    }
}

impl Claim {
    fn map_spans(&mut self, map: &mut impl FnMut(Span) -> Span) {
        self.span = map(self.span);
        self.trigger = map(self.trigger);
        for actor in self.actors.iter_mut().chain(&mut self.recipients) {
            actor.map_spans(map);
        }
        self.place.iter_mut().for_each(|place| place.span = map(place.span));
        self.quantities.iter_mut().for_each(|quantity| quantity.span = map(quantity.span));
        for actor in self.accounts.iter_mut().flat_map(|account| &mut account.actors) {
            actor.map_spans(map);
        }
        let others = self.accounts.iter_mut().flat_map(|account| &mut account.attribution);
        for attribution in self.attribution.iter_mut().chain(others) {
            attribution.span = map(attribution.span);
            attribution.cue.iter_mut().for_each(|cue| *cue = map(*cue));
        }
    }
}

impl ClaimActor {
    fn map_spans(&mut self, map: &mut impl FnMut(Span) -> Span) {
        self.span.iter_mut().chain(&mut self.by_mention).for_each(|span| *span = map(*span));
    }
}

mod days_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::DayInterval;

    pub fn serialize<S: Serializer>(days: &DayInterval, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&days.format())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DayInterval, D::Error> {
        let text = String::deserialize(deserializer)?;
        DayInterval::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date")))
    }
}
