//! *Who did what to whom, when, where, how many, according to whom?*

mod act;
mod argument;
mod attribution;
mod blame;
mod cameo;
mod coalition;
mod coded;
mod country;
pub mod damage;
pub mod date;
mod denial;
mod eventhood;
mod frame;
mod group;
mod id;
mod implied;
mod key;
mod lemma;
mod means;
mod modal;
mod named;
mod party;
mod place;
pub mod posture;
mod predicate;
pub mod process;
pub mod quantity;
mod quotation;
mod reader;
pub mod relate;
mod repeat;
mod responsibility;
mod round;
mod scene;
mod sense;
mod settle;
mod state;
mod supplied;
mod syntax;
#[cfg(test)]
pub(crate) mod testing;
mod tree;
mod voice;
mod within;

use annalist_schema::{Claim, Mention, Note, Posture, ProcessState, Published, Report, Timex, Toponym, View};

pub use key::fingerprint;
use repeat::Told;
use tree::Tree;

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
    let tree = Tree::new(context);
    let told = match &context.report.triggers {
        Some(triggers) => supplied::claims(context, &tree, triggers).into_iter().map(Told::once).collect(),
        None => found(context, &tree),
    };
    let (mut claims, again): (Vec<Claim>, Vec<_>) =
        told.into_iter().map(|told| (told.claim, told.again)).unzip();
    id::number(&mut claims);
    id::follow(&mut claims, &again);
    let processes = process::named(context, &tree);
    let mut coded = Coded {
        claims,
        postures: posture::find(context, &tree, &counted),
        process_states: process::find(context, &tree, &processes),
    };
    quantity::attach(context, &tree, &counted, &mut coded.claims, &again);
    damage::find(context, &processes, notes);
    coded
}

/// What the report states by itself, in order of confidence.
fn found(context: &Context<'_>, tree: &Tree<'_>) -> Vec<Told> {
    let mut claims = coded::claims(context, tree);
    group::resolve(tree, &mut claims);
    round::inherit(&mut claims);
    responsibility::claimed(context, tree, &mut claims);
    blame::of_doers(context, tree, &mut claims);
    blame::accounts(context, tree, &mut claims);
    let mut told = repeat::merge(context, tree, claims);
    scene::inherit(context, told.iter_mut().map(|told| &mut told.claim));
    implied::supply(tree, &mut told);
    scene::of_parties(context, told.iter_mut().map(|told| &mut told.claim));
    told.iter_mut().for_each(|told| state::sectors(&mut told.claim));
    told.sort_by(|one, other| {
        let (one, other) = (&one.claim, &other.claim);
        other.score.total_cmp(&one.score).then(one.trigger.cmp(&other.trigger))
    });
    told
}
