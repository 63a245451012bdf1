//! *Which word hangs from the wrong verb?* "The army has beaten the rebels and Chad will leave": parsers take Chad for beaten. "'They
//! killed him,' a man told the agency": they take the man for a killer.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Deprel, Document, NerType, Number, Token, Upos};

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

/// Gives words around verbs of speech and in rows of verbs back to the verb that they belong to.
pub fn arguments(text: &str, document: &mut Document) {
    for sentence in document.sentences.clone() {
        for word in sentence.tokens.clone() {
            let near = Near {
                text,
                tokens: &document.tokens,
                start: sentence.tokens.start,
                end: sentence.tokens.end,
            };
            if let Some(verb) = near.late_subject(word) {
                document.tokens[word as usize].head = Some(verb);
            } else if let Some((verb, article)) = near.listener(word) {
                let token = &mut document.tokens[word as usize];
                (token.head, token.deprel) = (Some(verb), Deprel::Iobj);
                if let Some(article) = article {
                    document.tokens[article as usize].head = Some(word);
                }
            } else if let Some(verb) = near.row_of(word) {
                let token = &mut document.tokens[word as usize];
                (token.head, token.deprel) = (Some(verb), Deprel::Conj);
            } else if let Some((who, verb)) = near.inserted(word) {
                let token = &mut document.tokens[word as usize];
                (token.head, token.deprel) = (Some(verb), Deprel::Parataxis);
                let token = &mut document.tokens[who as usize];
                (token.head, token.deprel) = (Some(word), Deprel::Nsubj);
            } else if let Some((place, before)) = near.attribute(word) {
                let token = &mut document.tokens[word as usize];
                (token.head, token.deprel) = (Some(place), Deprel::Amod);
                let token = &mut document.tokens[place as usize];
                (token.head, token.deprel) = (Some(before), Deprel::Conj);
            } else if let Some(verb) = near.asked(word) {
                let token = &mut document.tokens[word as usize];
                (token.head, token.deprel) = (Some(verb), Deprel::Xcomp);
            }
        }
    }
}

/// A sentence around a word.
#[derive(Clone, Copy)]
struct Near<'t> {
    text: &'t str,
    tokens: &'t [Token],
    start: u32,
    end: u32,
}

impl Near<'_> {
    fn at(&self, word: u32) -> &Token {
        &self.tokens[word as usize]
    }

    fn form(&self, word: u32) -> &str {
        self.at(word).span.of(self.text)
    }

    fn children(&self, verb: u32, relations: &'static [Deprel]) -> impl Iterator<Item = u32> + '_ {
        let (first, last) = (self.start.max(verb.saturating_sub(REACH)), self.end.min(verb + REACH));
        (first..last).filter(move |&child| {
            self.at(child).head == Some(verb) && relations.contains(&self.at(child).deprel)
        })
    }

    /// "They killed him, a man told the agency": the verb of speech whose subject was taken for that of what is said.
    fn late_subject(&self, noun: u32) -> Option<u32> {
        let said = self.at(noun).head.filter(|&said| self.at(noun).deprel == Deprel::Nsubj && said < noun)?;
        let verb = self.at(said).head.filter(|&verb| self.at(said).deprel == Deprel::Ccomp && verb > noun)?;
        let is_parted = (said..noun).any(|mark| matches!(self.form(mark), "," | "”" | "\"" | "''"));
        let has_none = self.children(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_none();
        (is_parted && has_none && self.at(verb).upos == Upos::Verb).then_some(verb)
    }

    /// "Told the agency gunmen had shot him": who is told stands right behind the verb, not before "gunmen".
    fn listener(&self, name: u32) -> Option<(u32, Option<u32>)> {
        let noun = self
            .at(name)
            .head
            .filter(|&noun| self.at(name).deprel == Deprel::Compound && noun == name + 1)?;
        let is_many = self.at(noun).upos == Upos::Noun && self.at(noun).feats.number == Some(Number::Plur);
        let clause = self.at(noun).head.filter(|_| is_many && self.at(noun).deprel == Deprel::Nsubj)?;
        let verb = self.at(clause).head.filter(|_| self.at(clause).deprel == Deprel::Ccomp)?;
        let before = name.checked_sub(1)?;
        let article = (self.at(before).upos == Upos::Det).then_some(before);
        let follows = article.unwrap_or(name).checked_sub(1) == Some(verb);
        let is_told = &*self.at(verb).lemma == "tell" && self.at(name).ner.kind() == Some(NerType::Org);
        let has_none = self.children(verb, &[Deprel::Obj, Deprel::Iobj]).next().is_none();
        (follows && is_told && has_none).then_some((verb, article))
    }

    /// "The rebels, the army said, killed nine": taken for another name of the rebels.
    fn inserted(&self, says: u32) -> Option<(u32, u32)> {
        let token = self.at(says);
        let is_speech = token.upos == Upos::Verb && lexicon().is("speech", &token.lemma);
        // Parsers hang the clause from the other name or from what it is taken for a name of.
        let who = says.checked_sub(1).filter(|_| is_speech && token.deprel == Deprel::AclRelcl)?;
        let host = self.at(who).head.filter(|&host| self.at(who).deprel == Deprel::Appos && host < who)?;
        let verb = self.at(host).head.filter(|&verb| verb > says)?;
        if ![Some(who), Some(host)].contains(&token.head) {
            return None;
        }
        let is_bare =
            self.children(says, &[Deprel::Nsubj, Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]).next().is_none();
        let comma = |word: u32| (self.start..self.end).contains(&word) && self.form(word) == ",";
        let is_parted = comma(says + 1) && (host..who).any(comma);
        (is_bare && is_parted && self.at(host).deprel == Deprel::Nsubj).then_some((who, verb))
    }

    /// "In the West Bank and occupied East Jerusalem": an attribute of the second place, taken for a verb of the first's.
    fn attribute(&self, verb: u32) -> Option<(u32, u32)> {
        let token = self.at(verb);
        let holds = matches!(
            &*token.lemma,
            "occupy" | "annex" | "besiege" | "dispute" | "contest" | "control" | "hold"
        );
        let is_row = holds && token.upos == Upos::Verb && token.deprel == Deprel::Conj;
        let and = verb.checked_sub(1).filter(|&and| is_row && self.at(and).upos == Upos::Cconj)?;
        let before = and.checked_sub(1).filter(|&before| self.is_place(before))?;
        let place = self.children(verb, &[Deprel::Obj]).find(|&place| self.is_place(place))?;
        let follows = (verb + 1..place).all(|word| self.at(word).head == Some(place));
        let is_bare = self
            .children(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass])
            .next()
            .is_none();
        (follows && is_bare).then_some((place, before))
    }

    fn is_place(&self, word: u32) -> bool {
        self.at(word).upos == Upos::Propn && self.at(word).ner.kind() == Some(NerType::Loc)
    }

    /// "Asked countries that have ties with Chad to urge it": what they are asked to do, taken for what they are for.
    fn asked(&self, verb: u32) -> Option<u32> {
        let is_behind = matches!(self.at(verb).deprel, Deprel::Acl | Deprel::Advcl);
        let noun = self.at(verb).head.filter(|&noun| is_behind && noun < verb)?;
        let is_listener = |&noun: &u32| {
            let is_someone =
                self.at(noun).upos == Upos::Propn || lexicon().is("people", &self.at(noun).lemma);
            is_someone && matches!(self.at(noun).deprel, Deprel::Obj | Deprel::Iobj)
        };
        let above = std::iter::successors(Some(noun), |&at| self.at(at).head).take(4);
        let listener = above.into_iter().find(is_listener)?;
        let asks = self.at(listener).head.filter(|&asks| self.at(asks).upos == Upos::Verb)?;
        let is_asking = matches!(
            &*self.at(asks).lemma,
            "ask" | "tell" | "urge" | "order" | "invite" | "advise" | "instruct"
        );
        let is_infinitive = self.children(verb, &[Deprel::Mark]).any(|to| self.form(to) == "to");
        let is_open = self.children(asks, &[Deprel::Xcomp, Deprel::Ccomp]).next().is_none();
        (is_asking && is_infinitive && is_open).then_some(asks)
    }

    /// "He called it a crime, accused Chad of spying, and left": the first of a row of verbs, where the parser hung one of them
    /// from the noun before it.
    fn row_of(&self, verb: u32) -> Option<u32> {
        let token = self.at(verb);
        let is_past = token.upos == Upos::Verb && self.form(verb).ends_with("ed");
        let noun = token.head.filter(|&noun| is_past && token.deprel == Deprel::Acl && noun < verb)?;
        let comma = verb.checked_sub(1).filter(|&mark| self.form(mark) == ",");
        let first =
            self.at(noun).head.filter(|&first| comma.is_some() && self.at(first).upos == Upos::Verb)?;
        let has_object = self.children(verb, &[Deprel::Obj]).any(|object| object > verb);
        let goes_on =
            self.children(first, &[Deprel::Conj]).any(|last| last > verb && self.at(last).upos == Upos::Verb);
        let acts = self.children(first, &[Deprel::Nsubj]).next().is_some();
        (has_object && goes_on && acts).then_some(first)
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
    use annalist_schema::Sentence;

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
        let sentence = Sentence { tokens: 0..tokens.len() as u32, ..Sentence::default() };
        let mut document = Document { sentences: vec![sentence], tokens };
        subjects(&mut document);
        let token = &document.tokens[noun];
        assert_eq!((token.head, token.deprel), expected, "{words}");
    }

    /// The heads of the words that are not where the parser hung them.
    #[cfg(feature = "full")]
    fn check_arguments(text: &str, expected: &[(&str, &str, Deprel)]) {
        let document =
            crate::claim::testing::with_full_context(text, |context, _| context.view.document.clone());
        let form = |index: u32| document.tokens[index as usize].span.of(text);
        for &(word, head, relation) in expected {
            let is_it = |token: &&Token| token.span.of(text) == word;
            let token = document.tokens.iter().find(is_it).unwrap();
            assert_eq!((token.head.map(form), token.deprel), (Some(head), relation), "{word} in {text}");
        }
    }

    #[cfg(feature = "full")]
    #[test]
    fn arguments_come_back_to_their_verbs() {
        check_arguments("“They shot my father,” a nurse told Reuters.", &[("nurse", "told", Deprel::Nsubj)]);
        let told = "Villagers told the BBC gunmen had taken six girls.";
        check_arguments(told, &[("BBC", "told", Deprel::Iobj), ("gunmen", "taken", Deprel::Nsubj)]);
        let row = "She called the strike a crime, accused Chad of bombing a market, and left.";
        check_arguments(row, &[("accused", "called", Deprel::Conj)]);
        let inserted = "The rebels, the army said, killed nine villagers in Bria.";
        check_arguments(inserted, &[("army", "said", Deprel::Nsubj), ("said", "killed", Deprel::Parataxis)]);
        let attribute = "Nine men were killed in the West Bank and occupied East Jerusalem this year.";
        check_arguments(attribute, &[("occupied", "Jerusalem", Deprel::Amod)]);
        let asked = "Peru has been asking countries that have relations with Chile to urge it not to attack.";
        check_arguments(asked, &[("urge", "asking", Deprel::Xcomp)]);
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
