//! *According to whom?* The speakers above a predicate, innermost first.

use std::ops::Range;

use annalist_data::lexicon::lexicon;
use annalist_schema::{EventType, Mode, NerType, Upos, VerbForm};

use super::act::Act;
use super::frame::subjects_of;
use super::tree::Tree;

/// Somebody who is said to say so, as words of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Head of the words that name the speaker.
    pub head: u32,
    /// The reporting word.
    pub cue: u32,
    /// Whether the reporting word distances the report from the statement.
    pub is_hedged: bool,
    /// Whether the reporting word denies the statement.
    pub denies: bool,
}

/// The speakers of what a predicate states, innermost first, outermost last.
pub fn speakers(tree: &Tree<'_>, predicate: u32) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = Vec::new();
    let mut at = predicate;
    for _ in 0..12 {
        found.extend(beside(tree, at));
        let Some(above) = tree.head(at) else { break };
        found.extend(over(tree, at, above));
        at = above;
    }
    if found.is_empty() {
        found.extend(closing(tree, predicate));
    }
    if found.is_empty() {
        found.extend(of_quotation(tree, predicate));
    }
    let issued = found.last().and_then(|last| Some(Speaker { head: issuer(tree, last.head)?, ..*last }));
    found.extend(issued);
    let mut seen = Vec::new();
    found.retain(|speaker| {
        speaker.head != predicate && can_speak(tree, speaker.head) && !seen.contains(&speaker.head) && {
            seen.push(speaker.head);
            true
        }
    });
    found
}

/// Somebody, or something that is said or written.
fn can_speak(tree: &Tree<'_>, head: u32) -> bool {
    tree.is_someone(head)
        || lexicon().is("speech_noun", tree.lemma(head))
        || tree.children_by(head, &["flat", "appos", "nmod:desc"]).any(|name| is_person(tree, name))
}

fn is_person(tree: &Tree<'_>, word: u32) -> bool {
    tree.view.token(word).ner.kind() == Some(NerType::Per)
}

/// Who says what he himself does by saying it: who accuses, admits, denies, announces.
pub fn own_voice(tree: &Tree<'_>, act: &Act, event_type: Option<EventType>) -> Option<Speaker> {
    let is_words = matches!(event_type, Some(EventType::Threaten))
        || event_type == Some(EventType::Accuse)
            && act.coding.modes.iter().any(|mode| matches!(mode, Mode::Disapprove | Mode::Allege));
    let says = |part: &&Act| {
        tree.upos(part.frame.head) == Upos::Verb
            // Who is asked to urge somebody has not urged him yet.
            && !tree.children_by(part.frame.head, &["mark"]).any(|mark| tree.lemma(mark) == "to")
            && (is_words || lexicon().is("voice", tree.lemma(part.frame.head)))
    };
    let part = act.chain().find(says)?;
    // "There were allegations": nobody is named who makes them.
    let is_other = |who: u32| who != part.frame.head && act.chain().all(|inner| inner.frame.head != who);
    let who = part.frame.subject.iter().copied().find(|&who| can_speak(tree, who) && is_other(who))?;
    Some(speaker(tree, who, part.frame.head))
}

/// How many quotations in a row one speaker may fill.
const QUOTATIONS_IN_A_ROW: usize = 4;

/// The speaker of the quotation that a predicate stands in, where its own sentence does not name him.
fn of_quotation(tree: &Tree<'_>, predicate: u32) -> Option<Speaker> {
    let at = tree.quotations().iter().position(|words| words.contains(&predicate))?;
    let mut at = at;
    for _ in 0..QUOTATIONS_IN_A_ROW {
        if let Some(found) = introduced(tree, &tree.quotations()[at]) {
            return Some(found);
        }
        // A quotation that nobody introduces goes on where the one before ended.
        let sentence = |word: u32| tree.view.sentence_of(word);
        let before = at.checked_sub(1)?;
        let gap =
            sentence(tree.quotations()[at].start).checked_sub(sentence(tree.quotations()[before].end))?;
        at = (gap <= 1).then_some(before)?;
    }
    None
}

/// The speaker whom the words around a quotation name: "X said: '...'", "'...', said X", "According to X, '...'".
fn introduced(tree: &Tree<'_>, quotation: &Range<u32>) -> Option<Speaker> {
    let view = tree.view;
    let first = view.sentence_tokens(quotation.start);
    let last = view.sentence_tokens(quotation.end);
    let is_inside = |word: u32| tree.quotations().iter().any(|words| words.contains(&word));
    let says = |&word: &u32| is_speech_verb(tree, word) && !is_inside(word);
    let of = |word: u32| of_verb(tree, word).filter(|speaker| can_speak(tree, speaker.head));
    let before = (first.start..quotation.start).rev().filter(says).find_map(of);
    let after = || (quotation.end..last.end).filter(says).find_map(of);
    let according = || {
        let around = (first.start..quotation.start).chain(quotation.end..last.end);
        around
            .filter(|&word| tree.head(word).is_none())
            .find_map(|root| beside(tree, root).into_iter().next())
    };
    // "The ministry defended the raid: '...'": a colon lets the subject speak.
    let colon = || {
        let mark = quotation.start.checked_sub(2).filter(|&mark| view.form(mark) == ":")?;
        let root = (first.start..mark).find(|&word| tree.head(word).is_none())?;
        let who = subjects_of(tree, root, 2).into_iter().find(|&who| can_speak(tree, who))?;
        Some(speaker(tree, who, root))
    };
    before.or_else(after).or_else(according).or_else(colon)
}

/// A sentence that closes with ", police said" says all of it, whatever the parser made of that.
fn closing(tree: &Tree<'_>, predicate: u32) -> Option<Speaker> {
    let sentence = tree.view.sentence_tokens(predicate);
    let verb = (predicate + 1..sentence.end).rev().find(|&word| tree.upos(word) == Upos::Verb)?;
    let has_content = tree.children_by(verb, &["ccomp", "xcomp", "obj"]).any(|child| child > verb);
    let subject = tree.children_by(verb, &["nsubj"]).find(|&child| child < verb)?;
    let first = tree.subtree(subject, |word| !tree.is_rel(word, &["acl", "ccomp"])).first().copied()?;
    let comma =
        first.checked_sub(1).filter(|&word| matches!(tree.view.form(word), "," | "\"" | "”" | "''"))?;
    (is_speech_verb(tree, verb) && !has_content && predicate < comma).then(|| speaker(tree, subject, verb))
}

/// "..., police said"; "Chad, police say, ..."; "according to police"; "in the words of the police".
fn beside(tree: &Tree<'_>, at: u32) -> Vec<Speaker> {
    let inserted = tree.children_by(at, &["nsubj", "obj", "obl"]);
    let hosts = std::iter::once(at).chain(inserted);
    let verbs = hosts
        .flat_map(|host| tree.children_by(host, &["parataxis"]))
        .filter(|&verb| is_speech_verb(tree, verb));
    let mut found: Vec<Speaker> = verbs.filter_map(|verb| of_verb(tree, verb)).collect();
    let told = tree.children_by(at, &["acl"]).filter(|&verb| is_telling(tree, verb));
    found.extend(told.filter_map(|verb| of_verb(tree, verb)));
    let accounts = tree.children_by(at, &["obl", "nmod"]).filter(|&word| is_account(tree, word));
    found.extend(accounts.filter_map(|word| Some(speaker(tree, holder(tree, word)?, word))));
    for phrase in tree.children_by(at, &["obl", "nmod", "parataxis"]) {
        let Some(cue) = tree.children_by(phrase, &["case"]).next() else { continue };
        if matches!(tree.lemma(cue), "according" | "accord") {
            found.push(speaker(tree, phrase, cue));
        }
    }
    // "According" may also be parsed as a verb: "according to police".
    for verb in
        tree.children_by(at, &["advcl", "obl", "acl"]).filter(|&verb| tree.lemma(verb).starts_with("accord"))
    {
        found.extend(tree.children_by(verb, &["obl", "nmod"]).next().map(|who| speaker(tree, who, verb)));
    }
    found
}

/// "In the words of the army", "by the army's account": a phrase that only says whose words these are.
pub fn is_account(tree: &Tree<'_>, word: u32) -> bool {
    matches!(tree.case(word), Some("in" | "by" | "on" | "from" | "per"))
        && lexicon().is("account", tree.lemma(word))
        && holder(tree, word).is_some()
}

/// "Police said that ...", "a statement saying that ...", "the claim that ...".
fn over(tree: &Tree<'_>, at: u32, above: u32) -> Option<Speaker> {
    if let Some(verb) = strayed_from(tree, at, above) {
        return of_verb(tree, verb);
    }
    let is_content = tree.is_rel(at, &["ccomp", "parataxis", "acl"]) || is_reported_infinitive(tree, at);
    if !is_content {
        return None;
    }
    if is_speech_verb(tree, above) {
        return of_verb(tree, above);
    }
    let is_statement = tree.is_nominal(above) && lexicon().is("speech_noun", tree.lemma(above));
    is_statement.then(|| holder(tree, above)).flatten().map(|who| speaker(tree, who, above))
}

/// "Said in reply to a query that it was aware": the clause that the parser hung from the last noun is what was said.
fn strayed_from(tree: &Tree<'_>, at: u32, above: u32) -> Option<u32> {
    let is_clause = tree.is_rel(at, &["acl"]) && tree.is_nominal(above) && !may_state(tree, above);
    let is_that = tree.children_by(at, &["mark"]).any(|mark| tree.lemma(mark) == "that");
    let verb = tree.ancestors(above).take(3).find(|&word| tree.upos(word) == Upos::Verb)?;
    let is_open = tree.children_by(verb, &["ccomp", "obj"]).next().is_none();
    (is_clause && is_that && is_open && verb < above && is_speech_verb(tree, verb)).then_some(verb)
}

/// Nouns that have a content: "the claim that", "the decision that".
fn may_state(tree: &Tree<'_>, noun: u32) -> bool {
    ["speech_noun", "statement", "evidence"].iter().any(|class| lexicon().is(class, tree.lemma(noun)))
}

/// "The raid reported by border guards": the agent of such a participle tells of it, and does not do it.
pub fn is_telling(tree: &Tree<'_>, participle: u32) -> bool {
    tree.is_rel(participle, &["acl"])
        && lexicon().is("telling", tree.lemma(participle))
        && super::frame::is_passive(tree, participle)
}

/// "Is said to have fled", "claims to have shot".
fn is_reported_infinitive(tree: &Tree<'_>, at: u32) -> bool {
    tree.is_rel(at, &["xcomp"])
        && tree.head(at).is_some_and(|above| {
            matches!(
                tree.lemma(above),
                "claim" | "say" | "report" | "believe" | "allege" | "deny" | "admit" | "think"
            )
        })
}

fn is_speech_verb(tree: &Tree<'_>, verb: u32) -> bool {
    // "The statement read": people read otherwise.
    let reads = || {
        tree.lemma(verb) == "read"
            && tree.children_by(verb, &["nsubj"]).any(|word| lexicon().is("speech_noun", tree.lemma(word)))
    };
    tree.upos(verb) == Upos::Verb && (lexicon().is("speech", tree.lemma(verb)) || reads())
}

fn of_verb(tree: &Tree<'_>, verb: u32) -> Option<Speaker> {
    let who = subjects_of(tree, verb, 4).into_iter().find(|&who| who != verb)?;
    Some(speaker(tree, super::frame::antecedent(tree, who), verb))
}

/// Who says it and the word that shows it.
pub fn speaker(tree: &Tree<'_>, head: u32, cue: u32) -> Speaker {
    let lemma = tree.lemma(cue);
    Speaker {
        head: by_name(tree, statement_holder(tree, head)),
        cue,
        is_hedged: lexicon().is("hedge", lemma),
        denies: lexicon().is("denial", lemma)
            && tree.view.token(cue).feats.verb_form != Some(VerbForm::Inf)
            && !super::modal::is_negated(tree, cue),
    }
}

/// The name that stands beside an office: "a spokesperson of the ministry, Ada Lund".
fn by_name(tree: &Tree<'_>, head: u32) -> u32 {
    let mut names = tree.children_by(head, &["appos"]).filter(|&name| is_person(tree, name));
    if is_person(tree, head) { head } else { names.next().unwrap_or(head) }
}

/// Whose statement it is, where a statement speaks: "a statement by the ministry said".
fn statement_holder(tree: &Tree<'_>, head: u32) -> u32 {
    if !lexicon().is("speech_noun", tree.lemma(head)) {
        return head;
    }
    holder(tree, head).unwrap_or(head)
}

/// How far back the words that introduce a statement may stand.
const ISSUED_WITHIN: u32 = 300;

/// Who issued the statement that is spoken of again: "the ministry released a statement ... The statement said".
fn issuer(tree: &Tree<'_>, head: u32) -> Option<u32> {
    let is_known = lexicon().is("speech_noun", tree.lemma(head))
        && tree.children_by(head, &["det"]).any(|det| tree.lemma(det) == "the");
    let before = (head.saturating_sub(ISSUED_WITHIN)..head).rev().filter(|_| is_known);
    before.filter(|&word| tree.lemma(word) == tree.lemma(head)).find_map(|word| {
        let verb = tree.head(word).filter(|&verb| tree.upos(verb) == Upos::Verb);
        let is_issued =
            tree.is_rel(word, &["obj"]) || tree.is_rel(word, &["obl"]) && tree.case(word) == Some("in");
        let subject =
            || subjects_of(tree, verb?, 2).into_iter().find(|&who| is_issued && tree.is_someone(who));
        holder(tree, word).or_else(subject)
    })
}

fn holder(tree: &Tree<'_>, noun: u32) -> Option<u32> {
    let by = |child: &u32| matches!(tree.case(*child), Some("by" | "of" | "from"));
    tree.children_by(noun, &["nmod:poss"])
        .next()
        .or_else(|| tree.children_by(noun, &["nmod", "obl"]).filter(by).find(|&who| tree.is_someone(who)))
        .or_else(|| {
            // "A statement issued by the ministry".
            let clause = tree.children_by(noun, &["acl"]).next()?;
            tree.children_by(clause, &["obl"]).filter(by).find(|&who| tree.is_someone(who))
        })
        .or_else(|| tree.children_by(noun, &["compound", "amod"]).find(|&word| tree.is_someone(word)))
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::{with_full_context, word_of};

    /// The speakers of what a word states, innermost first, each with the reporting word and what that does to the statement.
    fn check(text: &str, predicate: &str, expected: &str) {
        with_full_context(text, |_, tree| {
            let show = |speaker: &Speaker| {
                let marks = [(speaker.is_hedged, " hedged"), (speaker.denies, " denies")];
                let marks: String = marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| *mark).collect();
                format!("{} {}{marks}", tree.view.form(speaker.head), tree.view.form(speaker.cue))
            };
            let told: Vec<String> = speakers(tree, word_of(tree, predicate)).iter().map(show).collect();
            assert_eq!(told.join(", "), expected, "{text}");
        });
    }

    #[test]
    fn who_says_it_stands_above_before_or_behind() {
        check("The ministry said that rebels had attacked the town.", "attacked", "ministry said");
        check("Rebels attacked the town, the ministry said.", "attacked", "ministry said");
        check("According to the police, rebels attacked the town.", "attacked", "police According");
        check("“Rebels attacked the town,” said Colonel Ana Rojas.", "attacked", "Ana said");
    }

    #[test]
    fn what_the_report_says_itself_has_no_speaker() {
        check("Rebels attacked the town on Monday.", "attacked", "");
        check("The ministry said that it was raining. Rebels attacked the town.", "attacked", "");
    }

    #[test]
    fn speakers_stand_within_one_another() {
        check(
            "Norway said the UN had reported that rebels attacked the town.",
            "attacked",
            "UN reported, Norway said",
        );
    }

    #[test]
    fn the_reporting_word_tells_how_far_to_trust() {
        check("The rebels claimed that they had attacked the town.", "attacked", "rebels claimed hedged");
        check("The army denied that it had attacked the town.", "attacked", "army denied denies");
    }
}
