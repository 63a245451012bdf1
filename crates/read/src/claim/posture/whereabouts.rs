//! *Where does a force stand?*

use annalist_data::gazetteer::Gazetteer;
use annalist_schema::{ClaimPlace, Deprel, Span, Toponym, ToponymKind};

use super::owner;
use super::stance::{Kind, Stance};
use crate::claim::Context;
use crate::claim::party;
use crate::claim::quantity::Counted;
use crate::claim::syntax::{has_case, subject};
use crate::claim::tree::Tree;

/// The place of a count: beside it, the host, or "the country" that the report speaks of.
pub fn place(ctx: &Context<'_>, tree: &Tree<'_>, count: &Counted, stance: Stance) -> Option<ClaimPlace> {
    if stance.kind == Kind::Hosted {
        return host(ctx, tree, subject(ctx.view, stance.word)?);
    }
    nearby(ctx, tree, count, stance.word).map(claim_place).or_else(|| the_country(ctx, tree, count))
}

/// The toponym behind "in", "at", "on" nearest to the right of the number, among the words of the count, of the noun of its figure and of a verb.
pub fn nearby<'c>(ctx: &'c Context<'_>, tree: &Tree<'_>, count: &Counted, verb: u32) -> Option<&'c Toponym> {
    const WHERE: [&str; 9] = ["in", "at", "on", "inside", "across", "within", "near", "throughout", "around"];
    let above = count.noun.and_then(|noun| tree.head(noun)).filter(|&head| tree.is_nominal(head));
    let owners = [Some(count.head), count.noun, above, Some(verb)].into_iter().flatten();
    let mut spots: Vec<u32> = owners
        .flat_map(|owner| tree.view.children_by(owner, &[Deprel::Nmod, Deprel::Obl]))
        .filter(|&token| has_case(tree.view, token, &WHERE))
        .collect();
    let from = count.quantity.span.end;
    // "1,500 in Niger and 300 in Gabon": the place that follows a number is its own.
    spots.sort_by_key(|&token| {
        let start = tree.view.token(token).span.start;
        (start < from, start.abs_diff(from))
    });
    spots.into_iter().find_map(|token| literal(ctx, party::phrase(tree, token)))
}

fn literal<'c>(ctx: &'c Context<'_>, words: Span) -> Option<&'c Toponym> {
    ctx.toponyms_around(words)
        .iter()
        .find(|toponym| toponym.kind != ToponymKind::Demonym && words.contains(Span::from(toponym.span)))
}

/// The country that hosts: the subject by its own name.
fn host(ctx: &Context<'_>, tree: &Tree<'_>, subject: u32) -> Option<ClaimPlace> {
    let words = party::phrase(tree, subject);
    if let Some(toponym) = literal(ctx, words) {
        return Some(claim_place(toponym));
    }
    let entry = Gazetteer::embedded().country_by_name(words.of(ctx.view.text))?;
    Some(ClaimPlace {
        name: Some(entry.name().to_owned()),
        country: Some(entry.iso3),
        lat: Some(entry.lat),
        lon: Some(entry.lon),
        geonames_id: Some(entry.geonames_id),
        span: words,
        basis: None,
    })
}

/// "troops now in the country": the country that the report last named as a place, which is not their own.
fn the_country(ctx: &Context<'_>, tree: &Tree<'_>, count: &Counted) -> Option<ClaimPlace> {
    let sentence = ctx.view.document.sentences.get(count.sentence as usize)?.span;
    let text = sentence.of(ctx.view.text);
    let at = ["in the country", "in that country"].iter().find_map(|words| text.find(words))?;
    let before = sentence.start + at as u32;
    let own = owner::by_phrase(ctx, tree, count, None).and_then(|owner| owner.country);
    let countries = ctx.toponyms.iter().rev().filter(|toponym| {
        toponym.span.end <= before
            && toponym.kind == ToponymKind::Literal
            && toponym.feature == "country"
            && toponym.country != own
    });
    countries.map(claim_place).next()
}

fn claim_place(toponym: &Toponym) -> ClaimPlace {
    ClaimPlace {
        name: Some(toponym.name.clone()),
        country: toponym.country,
        lat: toponym.lat,
        lon: toponym.lon,
        geonames_id: toponym.geonames_id,
        span: Span::from(toponym.span),
        basis: None,
    }
}
