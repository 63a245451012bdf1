//! *What does the report state about the events that the caller marked?*

use std::collections::HashMap;

use annalist_data::lexicon::{HeadKind, Slot};
use annalist_schema::{Claim, Span, Status, Trigger};

use super::act::{self, Act};
use super::frame::Frame;
use super::modal::Modality;
use super::predicate::head_kinds;
use super::tree::Tree;
use super::{Context, attribution, coded, date, key, party, place};

/// One claim for each marked event, in the caller's order.
pub fn claims(context: &Context<'_>, tree: &Tree<'_>, triggers: &[Trigger]) -> Vec<Claim> {
    let mut acts: HashMap<u32, Vec<Act>> = HashMap::new();
    triggers.iter().map(|trigger| claim(context, tree, trigger, &mut acts)).collect()
}

fn claim(
    context: &Context<'_>,
    tree: &Tree<'_>,
    trigger: &Trigger,
    acts: &mut HashMap<u32, Vec<Act>>,
) -> Claim {
    let Some(head) = head(context, trigger.span) else {
        return marked(Claim::default(), trigger);
    };
    let sentence = context.view.sentence_of(head);
    let acts = acts.entry(sentence).or_insert_with(|| act::find(tree, context.view.sentence_tokens(head)));
    let act = acts.iter().flat_map(Act::chain).find(|act| act.frame.head == head || act.trigger() == head);
    let claim =
        act.and_then(|act| coded::of_act(context, tree, act)).unwrap_or_else(|| uncoded(context, tree, head));
    let mut claim = marked(claim, trigger);
    claim.sentence = sentence;
    claim.place = place::place_of(context, tree, head);
    date_claim(&mut claim, date::date_of(context, tree, head));
    claim.key = key::key(context, tree, head, &[head], trigger.span);
    claim
}

/// A marked event is dated by the report where nothing better is known; the basis says so.
fn date_claim(claim: &mut Claim, dated: Option<date::Dated>) {
    let days = dated.map(|dated| dated.days);
    claim.date = days;
    claim.date_granularity = days.map(|days| days.granularity().to_owned());
    claim.date_basis = dated.map(|dated| dated.basis.to_owned());
}

fn marked(claim: Claim, trigger: &Trigger) -> Claim {
    let rule =
        if claim.rule.is_empty() { "supplied".to_owned() } else { format!("supplied({})", claim.rule) };
    Claim {
        id: format!("c{}", trigger.span.start),
        trigger_id: Some(trigger.id.clone()),
        span: trigger.span,
        trigger: trigger.span,
        score: 1.0,
        rule,
        ..claim
    }
}

/// An event that PLOVER has no type for: its parties, speakers, status and day all the same.
fn uncoded(context: &Context<'_>, tree: &Tree<'_>, head: u32) -> Claim {
    let kind = head_kinds(tree, head).first().copied().unwrap_or(HeadKind::Noun);
    let frame = Frame::of(tree, head, kind);
    let days = date::date_of(context, tree, head).map(|dated| dated.days);
    let someone = |slot: Slot| -> Vec<u32> {
        frame.slot(&slot).into_iter().filter(|&word| tree.is_someone(word)).collect()
    };
    let speakers = attribution::speakers(tree, head);
    let attribution: Vec<_> =
        speakers.iter().filter_map(|speaker| coded::attribution_of(context, tree, speaker, days)).collect();
    Claim {
        actors: party::actors(context, tree, &someone(Slot::Subject), days),
        recipients: party::actors(context, tree, &someone(Slot::Object), days),
        status: status(Modality::of(tree, head)),
        attributed_to: attribution.iter().map(|attribution| attribution.name.clone()).collect(),
        attribution,
        ..Claim::default()
    }
}

fn status(modality: Modality) -> Status {
    if modality.is_negated {
        Status::Denied
    } else if modality.is_future {
        Status::Planned
    } else if modality.is_obligation || modality.is_possibility || modality.is_condition || modality.is_unreal
    {
        Status::Hypothetical
    } else {
        Status::Happened
    }
}

/// The token of the marked words that no other of them governs.
fn head(context: &Context<'_>, words: Span) -> Option<u32> {
    let tokens = &context.view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= words.start);
    let inside = |index: &usize| tokens.get(*index).is_some_and(|token| token.span.overlaps(words));
    let marked: Vec<usize> = (first..tokens.len()).take_while(inside).collect();
    let is_governed = |index: usize| {
        tokens.get(index).and_then(|token| token.head).is_some_and(|head| marked.contains(&(head as usize)))
    };
    marked.iter().find(|&&index| !is_governed(index)).or(marked.first()).map(|&index| index as u32)
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Document, Report, Sentence, Token, View};

    use super::*;

    /// Words of a text, each hanging from the word at the index beside it.
    fn document(text: &str, heads: &[Option<u32>]) -> Document {
        let mut at = 0;
        let token = |(word, head): (&str, &Option<u32>)| {
            let start = at;
            at += word.len() as u32 + 1;
            Token {
                span: Span::new(start, start + word.len() as u32),
                lemma: word.into(),
                head: *head,
                ..Token::default()
            }
        };
        let tokens: Vec<Token> = text.split(' ').zip(heads).map(token).collect();
        let sentence = Sentence {
            span: Span::from(0..text.len()),
            tokens: 0..tokens.len() as u32,
            ..Sentence::default()
        };
        Document { sentences: vec![sentence], tokens }
    }

    fn check(marked: Span, expected_lemma: &str) {
        let text = "Rebels carried out raids";
        let document = document(text, &[Some(1), None, Some(1), Some(1)]);
        let report = Report { text: text.to_owned(), ..Report::default() };
        let context = Context {
            report: &report,
            view: View::new(text, &document),
            published: None,
            timexes: &[],
            toponyms: &[],
            mentions: &[],
        };
        let tree = Tree::new(&context);
        let claims = claims(&context, &tree, &[Trigger { id: "t1".to_owned(), span: marked }]);
        assert_eq!(claims.len(), 1);
        assert_eq!(claims[0].trigger_id.as_deref(), Some("t1"));
        assert_eq!(claims[0].id, format!("c{}", marked.start));
        assert_eq!(claims[0].key.lemma, expected_lemma);
        assert_eq!(claims[0].date, None);
    }

    #[test]
    fn every_marked_event_becomes_a_claim() {
        check(Span::new(7, 18), "carry");
        check(Span::new(19, 24), "raids");
        check(Span::new(90, 95), "");
    }
}
