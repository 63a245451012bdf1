//! *What was published, by whom, when?*

use serde::{Deserialize, Serialize};

use crate::{DayInterval, Note, Span};

/// One published text as it came in. Never changed; a correction is a new report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Caller's id, unique in the pile.
    pub id: String,
    /// The original text; every span of the reading points into it.
    pub text: String,
    /// Day (or interval of days) of publication, if the caller knows it.
    pub published: Option<DayInterval>,
    /// What the caller gave as the day of publication, where it is no date that can be read.
    pub published_unread: Option<String>,
    /// Title given apart from the text.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 language, if the caller knows it.
    pub lang: Option<String>,
    /// Event mentions supplied by the caller; if present, exactly these become claims.
    pub triggers: Option<Vec<Trigger>>,
    /// What was seen when the report came in, such as a guessed encoding; the reading hands it on. No part of the report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// An event mention that the caller supplies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Caller's id, handed back as the claim's `trigger_id`.
    pub id: String,
    /// Its words.
    pub span: Span,
}
