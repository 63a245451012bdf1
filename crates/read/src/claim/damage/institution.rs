//! *Is a parliament named that is not theirs?*
//!
//! Translation puts the best known parliament's name for the plain word: lawmakers of one country then submit bills to the parliament of another.
//! Only parliamentary business is looked at, because lawmakers do visit and address other parliaments.

use annalist_data::actors::{self, Actor, ActorKind};
use annalist_data::gazetteer::Gazetteer;
use annalist_schema::{Country, Deprel, Note, NoteKind, Sector, Span, ToponymKind, Upos, View};

use crate::claim::Context;
use crate::claim::syntax::subject;
use crate::mention::actor::resolve;

/// Adds a note on every parliament that stands where another country's lawmakers do their own business.
pub fn find(ctx: &Context<'_>, notes: &mut Vec<Note>) {
    for (span, head, parliament) in parliaments(ctx) {
        let Some(country) = parliament.country else { continue };
        let others = called_by(ctx, head, country).or_else(|| lawmakers_of(ctx, head, country));
        if let Some(other) = others {
            notes.push(note(ctx, span, parliament, other));
        }
    }
}

/// Parliaments named by a name of their own, with the head word of the name.
fn parliaments<'c>(ctx: &'c Context<'_>) -> impl Iterator<Item = (Span, u32, &'static Actor)> + 'c {
    let view = ctx.view;
    let names =
        (0..view.document.tokens.len() as u32).filter(move |&token| view.token(token).upos == Upos::Propn);
    names.filter_map(move |token| {
        let (span, actor) = longest_name(view, token)?;
        let is_parliament = actor.kind != ActorKind::Person && actor.sectors.contains(&Sector::Leg);
        is_parliament.then_some((span, token, actor))
    })
}

/// The longest known name of up to four words that ends at a token.
fn longest_name(view: View<'_>, token: u32) -> Option<(Span, &'static Actor)> {
    let first = view.sentence_tokens(token).start;
    let starts = (0..4).rev().filter_map(|before| token.checked_sub(before)).filter(|&start| start >= first);
    starts.into_iter().find_map(|start| {
        let span = view.token(start).span.cover(view.token(token).span);
        let matched = actors::known().named(span.of(view.text));
        matched.first().map(|found| (span, found.actor))
    })
}

/// "the Iraqi Knesset": an adjective of another country before the name.
fn called_by(ctx: &Context<'_>, head: u32, country: Country) -> Option<Country> {
    let view = ctx.view;
    let mut before = view.children_by(head, &[Deprel::Amod, Deprel::NmodPoss, Deprel::Compound]);
    before.find_map(|word| {
        let span = view.token(word).span;
        let toponym = ctx.toponyms_around(span).iter().find(|toponym| {
            toponym.kind != ToponymKind::Embedded && span.overlaps(Span::from(toponym.span))
        })?;
        toponym.country.filter(|other| *other != country)
    })
}

/// Lawmakers of another country who do parliamentary business in the clause of the name.
fn lawmakers_of(ctx: &Context<'_>, head: u32, country: Country) -> Option<Country> {
    let view = ctx.view;
    let verb = verb_above(view, head)?;
    let subject = subject(view, verb).filter(|&subject| !view.dominates(subject, head))?;
    let words = view.cover(&view.subtree(subject))?;
    let lawmakers = resolve(words.of(view.text), None, ctx.published.map(|published| published.value));
    let is_lawmaker = lawmakers.sectors.contains(&Sector::Leg);
    let other = lawmakers.country.filter(|other| is_lawmaker && *other != country)?;
    does_business(view, verb).then_some(other)
}

fn verb_above(view: View<'_>, token: u32) -> Option<u32> {
    let mut at = token;
    for _ in 0..view.sentence_tokens(token).len() {
        at = view.token(at).head?;
        if view.token(at).upos == Upos::Verb {
            return Some(at);
        }
    }
    None
}

/// Bills, motions and votes among the words of a verb.
fn does_business(view: View<'_>, verb: u32) -> bool {
    const BUSINESS: [&str; 14] = [
        "bill",
        "motion",
        "law",
        "draft",
        "amendment",
        "legislation",
        "resolution",
        "vote",
        "budget",
        "petition",
        "session",
        "proposal",
        "reading",
        "quorum",
    ];
    view.subtree(verb).into_iter().any(|token| BUSINESS.contains(&view.lemma(token)))
}

fn note(ctx: &Context<'_>, span: Span, parliament: &Actor, other: Country) -> Note {
    let words = span.of(ctx.view.text);
    let owner = parliament.country.map(name).unwrap_or_default();
    Note {
        kind: NoteKind::SuspectedTranslationError,
        span: Some(span),
        message: format!(
            "`{words}` is the parliament of {owner}, but the lawmakers here are of {}; check the original",
            name(other)
        ),
    }
}

fn name(country: Country) -> String {
    let code = country.to_string();
    Gazetteer::embedded().country(&code).map_or(code, |entry| entry.name().to_owned())
}
