//! *Is a count a standing strength, and which word says so?*

use annalist_schema::{Deprel, Span, ToponymKind};

use crate::claim::Context;
use crate::claim::quantity::Counted;
use crate::claim::syntax::{Relation, has_case, predicates};
use crate::claim::tree::Tree;

/// Why a count is a standing strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stance {
    /// How the word says so.
    pub kind: Kind,
    /// The word that says so.
    pub word: u32,
}

/// How a word says that a count is a standing strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// "has 900 troops", "keeps 40 tanks": the subject has them.
    Held,
    /// "hosts 2 million refugees", "has 2 million Syrian refugees": the subject is the place.
    Hosted,
    /// "900 troops stationed", "900 troops are based".
    Stationed,
    /// "there are 900 troops".
    Existing,
    /// "cut the number of troops from 5,200 to 3,500".
    Changing,
}

/// The stance of a count; a count in a row shares that of the one before: "1,500 troops in Niger and 300 in Gabon".
pub fn stance(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    count: &Counted,
    before: Option<(&Counted, Stance)>,
) -> Option<Stance> {
    stationed(tree, count)
        .or_else(|| predicated(ctx, tree, count))
        .or_else(|| changing(tree, count))
        .or_else(|| in_row(ctx, count, before?))
}

/// "stationed", "based", "deployed" said of the strength, but not "deployed to".
fn stationed(tree: &Tree<'_>, count: &Counted) -> Option<Stance> {
    let phrases = [Some(count.head), count.noun].into_iter().flatten();
    let word = phrases
        .flat_map(|at| predicates(tree.view, at))
        .map(|(verb, _)| verb)
        .find(|&verb| is_posting(tree, verb))
        .or_else(|| tree.children(count.noun?).iter().copied().find(|&word| is_posting(tree, word)))?;
    Some(Stance { kind: Kind::Stationed, word })
}

fn is_posting(tree: &Tree<'_>, verb: u32) -> bool {
    const POSTINGS: [&str; 9] =
        ["station", "base", "deploy", "quarter", "garrison", "post", "remain", "stay", "encamp"];
    let moves = tree.children(verb).iter().any(|&child| has_case(tree.view, child, &["to", "into", "from"]));
    POSTINGS.contains(&tree.lemma(verb)) && !moves
}

fn predicated(ctx: &Context<'_>, tree: &Tree<'_>, count: &Counted) -> Option<Stance> {
    let phrase = crate::claim::syntax::first_conjunct(tree.view, count.head);
    predicates(tree.view, phrase).into_iter().find_map(|(verb, relation)| match relation {
        Relation::Subject if tree.view.children_by(verb, &[Deprel::Expl]).next().is_some() => {
            Some(Stance { kind: Kind::Existing, word: verb })
        }
        Relation::Object => held(ctx, tree, count, verb),
        _ => None,
    })
}

fn held(ctx: &Context<'_>, tree: &Tree<'_>, count: &Counted, verb: u32) -> Option<Stance> {
    const HOLDS: [&str; 6] = ["have", "maintain", "keep", "station", "base", "retain"];
    const HOSTS: [&str; 6] = ["host", "shelter", "house", "accommodate", "harbour", "harbor"];
    let lemma = tree.lemma(verb);
    let hosts = HOSTS.contains(&lemma)
        || (lemma == "have"
            && is_foreign(ctx, count)
            && super::whereabouts::nearby(ctx, tree, count, verb).is_none());
    let kind = if hosts { Kind::Hosted } else { Kind::Held };
    (hosts || HOLDS.contains(&lemma)).then_some(Stance { kind, word: verb })
}

/// Whether the counted are called by another country or group: "Syrian refugees", "members of other coalitions".
fn is_foreign(ctx: &Context<'_>, count: &Counted) -> bool {
    const FOREIGN: [&str; 5] = ["refugee", "foreign", "international", "coalition", "migrant"];
    let noun = count.noun.unwrap_or(count.head);
    let Some(words) = ctx.view.cover(&ctx.view.subtree(noun)) else { return false };
    let by_demonym = ctx
        .toponyms_around(words)
        .iter()
        .any(|toponym| toponym.kind == ToponymKind::Demonym && words.overlaps(Span::from(toponym.span)));
    let text = words.of(ctx.view.text).to_lowercase();
    by_demonym || FOREIGN.iter().any(|word| text.contains(word))
}

/// "from 5,200 to 3,500", "the number of troops stood at 900".
fn changing(tree: &Tree<'_>, count: &Counted) -> Option<Stance> {
    let is_figure =
        count.noun.is_some_and(|noun| noun < count.head && !tree.view.dominates(count.head, noun));
    let word = tree.head(count.head).filter(|_| is_figure || count.is_before.is_some())?;
    Some(Stance { kind: Kind::Changing, word })
}

fn in_row(ctx: &Context<'_>, count: &Counted, (before, stance): (&Counted, Stance)) -> Option<Stance> {
    let between = Span::new(before.quantity.span.end, count.quantity.span.start).of(ctx.view.text);
    let joins = between.trim_end().ends_with("and") || between.trim_end().ends_with(',');
    let is_near = before.sentence == count.sentence && between.len() < 80;
    (joins && is_near && before.quantity.what == count.quantity.what).then_some(stance)
}
