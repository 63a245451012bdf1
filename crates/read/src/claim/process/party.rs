//! *Whose process is it?* The countries of the parties, from the noun's own words, the predicate's subject, or an earlier mention.

use std::collections::BTreeSet;

use annalist_data::actors;
use annalist_schema::{Country, Deprel, Span, ToponymKind, View};

use super::noun::Named;
use crate::claim::Context;

/// Country codes of the parties, sorted; empty where none are told.
pub type Parties = BTreeSet<Country>;

/// The parties that a sentence names: those in the noun's own phrase, else also those that act.
pub fn told(ctx: &Context<'_>, named: &Named, predicate: Option<u32>) -> Parties {
    let mut parties = own(ctx, named);
    if parties.len() < 2 {
        let actors = predicate.into_iter().flat_map(|verb| acting(ctx.view, named, verb));
        parties.extend(actors.flat_map(|token| countries(ctx, &ctx.view.subtree(token))));
    }
    parties
}

/// The parties in the noun's own phrase: "talks between A and B", "A-B talks", "A's negotiations with B".
pub fn own(ctx: &Context<'_>, named: &Named) -> Parties {
    const BETWEEN: [&str; 6] = ["between", "with", "among", "of", "by", "and"];
    let view = ctx.view;
    let words: BTreeSet<u32> = [named.token, named.top].into();
    let parts = words.iter().flat_map(|&noun| {
        view.children(noun).filter(move |&child| match view.token(child).deprel {
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss => true,
            Deprel::Nmod => view
                .children_by(child, &[Deprel::Case])
                .any(|case| BETWEEN.contains(&view.form(case).to_lowercase().as_str())),
            _ => false,
        })
    });
    parts.flat_map(|part| countries(ctx, &party_words(view, part))).collect()
}

/// A party and those coordinated with it, without what they talk about.
fn party_words(view: View<'_>, part: u32) -> Vec<u32> {
    const ABOUT: [&str; 6] = ["on", "about", "over", "regarding", "concerning", "in"];
    let topic = view.subtree(part).into_iter().find(|&token| {
        view.token(token).deprel == Deprel::Nmod
            && view
                .children_by(token, &[Deprel::Case])
                .any(|case| ABOUT.contains(&view.form(case).to_lowercase().as_str()))
    });
    let all = view.subtree(part);
    match topic {
        Some(topic) => all.into_iter().filter(|&token| !view.dominates(topic, token)).collect(),
        None => all,
    }
}

/// Subject, agent and counterpart of a predicate, unless the process itself is the subject.
fn acting(view: View<'_>, named: &Named, predicate: u32) -> Vec<u32> {
    let mut acting = Vec::new();
    let mut at = predicate;
    for _ in 0..4 {
        let children =
            view.children_by(at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::OblAgent, Deprel::Obl]);
        acting.extend(children.filter(|&child| {
            let is_process = view.dominates(child, named.token);
            let counterpart = view.token(child).deprel != Deprel::Obl || is_counterpart(view, child);
            !is_process && counterpart
        }));
        if !acting.is_empty() {
            break;
        }
        match (view.token(at).deprel, view.token(at).head) {
            (Deprel::Xcomp | Deprel::Conj | Deprel::Advcl, Some(head)) => at = head,
            _ => break,
        }
    }
    acting
}

fn is_counterpart(view: View<'_>, oblique: u32) -> bool {
    view.children_by(oblique, &[Deprel::Case]).any(|case| view.form(case).eq_ignore_ascii_case("with"))
}

/// Countries that words name as actors: by country, demonym, seat of government, or as somebody known.
pub fn countries(ctx: &Context<'_>, tokens: &[u32]) -> Parties {
    let within = |span: Span| tokens.iter().any(|&token| span.overlaps(ctx.view.token(token).span));
    let places = ctx.toponyms.iter().filter(|toponym| {
        let names_actor = toponym.feature == "country" || toponym.kind != ToponymKind::Literal;
        names_actor && within(Span::from(toponym.span))
    });
    let mentions = ctx.mentions.iter().filter(|mention| within(Span::from(mention.span)));
    let known = mentions.filter_map(|mention| actors::known().by_id(mention.actor.as_deref()?)?.country);
    places.filter_map(|toponym| toponym.country).chain(known).collect()
}
