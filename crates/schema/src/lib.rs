//! *Which values travel from a report to a briefing, and how does each remember its words?*
//!
//! This crate holds nouns only: no I/O, no clock, no algorithm. The path is
//! report → document → mentions → claims → events → situation → outlook → briefing.

pub mod claim;
mod code;
pub mod decision;
pub mod document;
mod happening;
pub mod mention;
pub mod note;
pub mod reading;
mod reference;
pub mod report;
pub mod situation;
mod span;
mod stamp;
mod time;
mod weight;

pub use claim::{
    Account, Attribution, Cameo, Claim, ClaimActor, ClaimKey, ClaimPlace, Comparator, EARLIER, PartyBasis,
    Posture, ProcessCode, ProcessState, Quantity, Status,
};
pub use code::{Context, Country, EventType, Mode, QuadClass, Sector, UnknownCode};
pub use decision::{Decision, DecisionKind};
pub use document::{
    Degree, Deprel, Document, EntityTag, EntityType, Feats, Mood, Ner, NerType, NumType, Number, PronType,
    Sentence, Tense, Token, Upos, VerbForm, View,
};
pub use happening::{Happening, Part, Role};
pub use mention::{Mention, MentionKind, SpanFields, Timex, TimexType, Toponym, ToponymKind};
pub use note::{Note, NoteKind};
pub use reading::{Fingerprint, Odds, Published, PublishedBasis, Reading, ReadingStatus, ReportHead};
pub use reference::ClaimRef;
pub use report::{Report, Trigger};
pub use situation::{
    Cell, CellValue, Copy, Event, PostureSeries, PostureStatement, Process, ReportDate, ReportNote,
    Situation, Statement, Transition, Verdict,
};
pub use span::{CodePoints, Span};
pub use stamp::{MONTHS, Stamp, WEEKDAYS};
pub use time::DayInterval;
pub use weight::{Standing, Weight};
