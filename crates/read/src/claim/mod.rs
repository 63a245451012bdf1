//! *Who did what to whom, when, where, how many, according to whom?*

pub mod damage;
pub mod date;
pub mod posture;
pub mod process;
pub mod quantity;
mod supplied;

use annalist_schema::{
    Claim, Fingerprint, Mention, Note, Posture, ProcessState, Published, Report, Timex, Toponym, View,
};

/// Everything a claim may depend on.
pub struct Context<'a> {
    /// The report as it came in.
    pub report: &'a Report,
    /// Its text and analysis.
    pub view: View<'a>,
    /// When it was published.
    pub published: Option<&'a Published>,
    /// Its time expressions, resolved.
    pub timexes: &'a [Timex],
    /// Its place names, resolved.
    pub toponyms: &'a [Toponym],
    /// Its mentions with chains.
    pub mentions: &'a [Mention],
}

/// What coding gives.
#[derive(Debug, Default)]
pub struct Coded {
    /// In order of confidence.
    pub claims: Vec<Claim>,
    /// In order of text.
    pub postures: Vec<Posture>,
    /// In order of text.
    pub process_states: Vec<ProcessState>,
}

/// Codes a report. Events that the caller marked become one claim each, and then no others are looked for.
pub fn code(context: &Context<'_>, notes: &mut Vec<Note>) -> Coded {
    let counted = quantity::find(context);
    let claims = match &context.report.triggers {
        Some(triggers) => supplied::claims(context, triggers),
        None => Vec::new(),
    };
    let mut coded =
        Coded { claims, postures: posture::find(context, &counted), process_states: process::find(context) };
    quantity::attach(context, &counted, &mut coded.claims);
    damage::find(context, notes);
    coded
}

/// What fusion needs to know of the whole report.
pub fn fingerprint(_view: View<'_>) -> Fingerprint {
    Fingerprint::default()
}
