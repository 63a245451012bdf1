//! *What was doubtful, where, and what could a person do about it?*

use serde::{Deserialize, Serialize};

use crate::Span;

/// Something a reader of the report should know; strange text is never an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable name of the kind of note.
    pub kind: NoteKind,
    /// The words it is about; `None` if it is about the whole report.
    pub span: Option<Span>,
    /// One sentence for a person, saying what was seen and what to check.
    pub message: String,
}

crate::code::string_enum! {
    /// The kinds of note.
    NoteKind {
        /// A claim could not be dated.
        UndatedClaim = "undated-claim",
        /// The report carries no publication date; one was inferred or none could be.
        UndatedReport = "undated-report",
        /// A toponym has several readings of similar weight.
        AmbiguousToponym = "ambiguous-toponym",
        /// An actor could not be coded.
        UnknownActor = "unknown-actor",
        /// Words that look damaged by machine translation, or contradict the rest of the report.
        SuspectedTranslationError = "suspected-translation-error",
        /// Masked or missing words, such as `**`.
        MaskedWords = "masked-words",
        /// A sentence too long or too strange to be analysed as one.
        UnreadableText = "unreadable-text",
        /// The report is in a language that the program does not read.
        UnsupportedLanguage = "unsupported-language",
        /// A date that contradicts another date of the report.
        InconsistentDate = "inconsistent-date",
        /// Other reports of the pile came with the same id; this one is told from them by a longer one.
        SharedId = "shared-id",
        /// The text was not UTF-8; its encoding was guessed.
        GuessedEncoding = "guessed-encoding",
    }
}
