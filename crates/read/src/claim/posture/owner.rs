//! *Whose forces are they?*

use annalist_schema::{ClaimActor, DayInterval, PartyBasis, Span};

use super::stance::{Kind, Stance};
use crate::claim::quantity::Counted;
use crate::claim::syntax::subject;
use crate::claim::tree::Tree;
use crate::claim::{Context, party};
use crate::mention::actor::{Question, resolve_with_head};

/// The owner by the words of the count ("900 U.S. troops"), else by the one that has them; the words alone where neither has a country.
pub fn owner(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    count: &Counted,
    stance: Stance,
    days: Option<DayInterval>,
) -> ClaimActor {
    let by_phrase = by_phrase(ctx, tree, count, days);
    let holds = matches!(stance.kind, Kind::Held | Kind::Changing);
    let holder = subject(ctx.view, stance.word).filter(|_| holds);
    let by_holder = || holder.and_then(|head| party::actor(ctx, tree, head, days));
    let tells = |owner: &ClaimActor| owner.country.is_some();
    let nobody = || ClaimActor { basis: PartyBasis::Default, ..ClaimActor::default() };
    let owner = by_phrase.clone().filter(tells).or_else(|| by_holder().filter(tells)).or(by_phrase);
    owner.unwrap_or_else(nobody)
}

/// The owner that the words of the count themselves name.
pub fn by_phrase(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    count: &Counted,
    days: Option<DayInterval>,
) -> Option<ClaimActor> {
    let noun = count.noun?;
    let span = without_place(tree, noun, without_number(ctx, count, party::phrase(tree, noun)));
    let head_end = tree.view.token(noun).span.end.saturating_sub(span.start) as usize;
    let words = span.of(ctx.view.text);
    let question = Question { days, ..Question::default() };
    let resolved = resolve_with_head(words, head_end.min(words.len()), question);
    Some(ClaimActor {
        name: resolved.name,
        country: resolved.country,
        sector: resolved.sector,
        sectors: resolved.sectors,
        actor_id: resolved.actor_id,
        span: Some(span),
        ..ClaimActor::default()
    })
}

/// The words behind the number, where it stands within them.
fn without_number(ctx: &Context<'_>, count: &Counted, words: Span) -> Span {
    let end = ctx.view.token(count.numeral).span.end;
    if words.start < end && end < words.end {
        let rest = Span::new(end, words.end).of(ctx.view.text);
        let space = (rest.len() - rest.trim_start_matches([' ', '-']).len()) as u32;
        return Span::new(end + space, words.end);
    }
    words
}

/// The words up to the noun, and on only where "of" says whose: "members of the coalition", but "troops" of "troops in Niger".
fn without_place(tree: &Tree<'_>, noun: u32, words: Span) -> Span {
    let tokens = tree.view.sentence_tokens(noun);
    let next = Some(noun + 1).filter(|next| tokens.contains(next));
    let says_whose = next.is_some_and(|next| matches!(tree.view.form(next), "of" | "from"));
    if says_whose { words } else { Span::new(words.start, tree.view.token(noun).span.end) }
}
