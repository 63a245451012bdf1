//! *What does the report state about the events that the caller marked?*

use annalist_schema::{Claim, ClaimKey, Span, Trigger};

use super::{Context, date};

/// One claim for each marked event, in the caller's order.
pub fn claims(context: &Context<'_>, triggers: &[Trigger]) -> Vec<Claim> {
    triggers.iter().map(|trigger| claim(context, trigger)).collect()
}

fn claim(context: &Context<'_>, trigger: &Trigger) -> Claim {
    let head = head(context, trigger.span);
    let dated = head.and_then(|head| date::date_of(context, head));
    let sentence = head.map_or(0, |head| context.view.sentence_of(head));
    Claim {
        id: format!("c{}", trigger.span.start),
        trigger_id: Some(trigger.id.clone()),
        date: dated.map(|dated| dated.days),
        date_granularity: dated.map(|dated| dated.days.granularity().to_owned()),
        date_basis: dated.map(|dated| dated.basis.to_owned()),
        span: trigger.span,
        trigger: trigger.span,
        sentence,
        rule: "supplied".to_owned(),
        score: 1.0,
        key: head.map(|head| key(context, head)).unwrap_or_default(),
        ..Claim::default()
    }
}

fn key(context: &Context<'_>, head: u32) -> ClaimKey {
    let sentence = context.view.document.sentences.get(context.view.sentence_of(head) as usize);
    let quote = sentence.map(|sentence| sentence.span.of(context.view.text).to_owned());
    ClaimKey {
        lemma: context.view.lemma(head).to_lowercase(),
        quote: quote.unwrap_or_default(),
        ..ClaimKey::default()
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
        let claims = claims(&context, &[Trigger { id: "t1".to_owned(), span: marked }]);
        assert_eq!(claims.len(), 1);
        assert_eq!(claims[0].trigger_id.as_deref(), Some("t1"));
        assert_eq!(claims[0].id, format!("c{}", marked.start));
        assert_eq!(claims[0].key.lemma, expected_lemma);
        assert_eq!(claims[0].date, None);
    }

    #[test]
    fn every_marked_event_becomes_a_claim() {
        check(Span::new(7, 18), "carried");
        check(Span::new(19, 24), "raids");
        check(Span::new(90, 95), "");
    }
}
