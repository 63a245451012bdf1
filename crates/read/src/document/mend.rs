//! *Which verb has lost its subject to the clause before it?* "The army has beaten the rebels and Chad will leave": parsers take
//! Chad for beaten.

use annalist_schema::{Deprel, Document, Token, Upos};

/// Gives verbs with auxiliaries but no subject the last member of the row right before them.
pub fn subjects(document: &mut Document) {
    for sentence in &document.sentences {
        let tokens = sentence.tokens.clone();
        for verb in tokens.clone() {
            let Some(lost) = Lost::find(&document.tokens, tokens.start, tokens.end, verb) else { continue };
            let token = &mut document.tokens[lost.noun as usize];
            token.head = Some(verb);
            token.deprel = if lost.is_passive { Deprel::NsubjPass } else { Deprel::Nsubj };
            document.tokens[lost.and as usize].head = Some(verb);
        }
    }
}

/// A subject that hangs in a row of the clause before.
struct Lost {
    noun: u32,
    and: u32,
    is_passive: bool,
}

/// Words on either side of a verb in which its auxiliaries, and the row before them, are looked for.
const REACH: u32 = 60;

impl Lost {
    fn find(tokens: &[Token], start: u32, end: u32, verb: u32) -> Option<Self> {
        let (start, end) = (start.max(verb.saturating_sub(REACH)), end.min(verb + REACH));
        let at = |index: u32| &tokens[index as usize];
        if !matches!(at(verb).upos, Upos::Verb | Upos::Adj | Upos::Noun) || !may_have_subject(at(verb).deprel)
        {
            return None;
        }
        let mut auxiliary = None;
        let mut is_passive = false;
        for child in start..end {
            if at(child).head != Some(verb) {
                continue;
            }
            match at(child).deprel {
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                    auxiliary = auxiliary.or(Some(child));
                    is_passive |= at(child).deprel == Deprel::AuxPass;
                }
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Csubj | Deprel::Expl => {
                    return None;
                }
                _ => {}
            }
        }
        let auxiliary = auxiliary.filter(|&auxiliary| auxiliary < verb && at(auxiliary).upos == Upos::Aux)?;
        let last = (start..auxiliary).rev().find(|&before| at(before).upos != Upos::Adv)?;
        let noun = top(tokens, last, auxiliary)?;
        let and = (start..noun).rev().find(|&before| at(before).upos == Upos::Cconj)?;
        let is_theirs = |inner: u32| inner == noun || is_below(tokens, inner, noun);
        let is_row = at(noun).deprel == Deprel::Conj
            && at(noun).head.is_some_and(|first| first < and)
            && at(and).head == Some(noun)
            && (and + 1..auxiliary).all(|inner| is_theirs(inner) || at(inner).upos == Upos::Adv);
        is_row.then_some(Self { noun, and, is_passive })
    }
}

/// Clauses that have subjects of their own; infinitives and participles have not.
fn may_have_subject(relation: Deprel) -> bool {
    matches!(relation, Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis)
}

/// The head of the phrase that ends at a word.
fn top(tokens: &[Token], last: u32, end: u32) -> Option<u32> {
    let is_nominal =
        |index: u32| matches!(tokens[index as usize].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    let mut at = last;
    for _ in 0..8 {
        if tokens[at as usize].deprel == Deprel::Conj {
            break;
        }
        at = tokens[at as usize].head.filter(|&head| head < end)?;
    }
    (is_nominal(last) && is_nominal(at)).then_some(at)
}

fn is_below(tokens: &[Token], word: u32, above: u32) -> bool {
    let mut at = word;
    for _ in 0..8 {
        match tokens[at as usize].head {
            Some(head) if head == above => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Sentence, Span};

    use super::*;

    /// Words as `form/UPOS/relation/head`.
    fn check(words: &str, noun: usize, expected: (Option<u32>, Deprel)) {
        let token = |word: &str| {
            let parts: Vec<&str> = word.split('/').collect();
            Token {
                upos: parts[1].parse().unwrap(),
                deprel: parts[2].parse().unwrap(),
                head: parts[3].parse().ok(),
                ..Token::default()
            }
        };
        let tokens: Vec<Token> = words.split(' ').map(token).collect();
        let sentence = Sentence {
            span: Span::default(),
            tokens: 0..tokens.len() as u32,
            is_heading: false,
            vector: Vec::new(),
        };
        let mut document = Document { sentences: vec![sentence], tokens };
        subjects(&mut document);
        let token = &document.tokens[noun];
        assert_eq!((token.head, token.deprel), expected, "{words}");
    }

    #[test]
    fn a_subject_taken_into_the_row_before_comes_back() {
        let before =
            "She/PRON/nsubj/1 said/VERB/root/- they/PRON/nsubj/3 beat/VERB/ccomp/1 rebels/NOUN/obj/3";
        let after = "and/CCONJ/cc/6 Chad/PROPN/conj/4 would/AUX/aux/8 leave/VERB/ccomp/1";
        check(&format!("{before} {after}"), 6, (Some(8), Deprel::Nsubj));
        let own = "and/CCONJ/cc/6 Chad/PROPN/conj/4 who/PRON/nsubj/9 would/AUX/aux/9 leave/VERB/ccomp/1";
        check(&format!("{before} {own}"), 6, (Some(4), Deprel::Conj));
        let shared = "and/CCONJ/cc/6 towns/NOUN/conj/4 and/CCONJ/cc/9 would/AUX/aux/9 leave/VERB/conj/3";
        check(&format!("{before} {shared}"), 6, (Some(4), Deprel::Conj));
    }
}
