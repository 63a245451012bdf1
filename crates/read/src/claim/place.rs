//! *Where did this event happen?* Not the place named nearest, but the one that the trigger's own clause puts it in.
//!
//! Every place named in the sentence is followed up the tree to where its way meets the trigger's. How it stands there ("in
//! Mosul", "shelled Mosul", "the siege of Mosul") and how far both ways are decide; a way that crosses into another clause, or
//! out of what somebody says, leads nowhere. Adjectives and governments called by their seat are never where something happened.

use annalist_data::gazetteer::Gazetteer;
use annalist_data::gazetteer::WordList;
use annalist_data::lexicon::lexicon;
use annalist_schema::{ClaimPlace, Ner, NerType, Span, Toponym, ToponymKind, Upos};

use super::Context;
use super::tree::Tree;

/// The place of the event whose head is the token `trigger`; `None` where the report does not say.
pub fn place_of(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<ClaimPlace> {
    let sites = sites(context, tree, trigger);
    let weighed = sites.iter().filter_map(|site| Some((weigh(tree, site, trigger)?, site)));
    let weighed: Vec<(f64, &Site<'_>)> = weighed.filter(|(weight, _)| *weight >= ENOUGH).collect();
    let by_weight = |one: &&(f64, &Site<'_>), other: &&(f64, &Site<'_>)| {
        one.0.total_cmp(&other.0).then(other.1.span.cmp(&one.1.span))
    };
    let (_, best) = weighed.iter().max_by(by_weight)?;
    let narrower = weighed.iter().filter(|(_, site)| is_inside(tree, best, site)).max_by(by_weight);
    Some(narrower.map_or(best, |(_, site)| site).claim_place())
}

/// The place whose name a word of the trigger's sentence belongs to, or heads the phrase of.
pub fn place_at(context: &Context<'_>, tree: &Tree<'_>, trigger: u32, word: u32) -> Option<ClaimPlace> {
    let sites = sites(context, tree, trigger);
    let stands_there = |site: &&Site<'_>| {
        site.span.contains(tree.view.token(word).span) || phrase_of(tree, site.head) == word
    };
    sites.iter().find(stands_there).map(Site::claim_place)
}

/// "Trafalgar Square in London": the place that the other only locates is the one meant.
fn is_inside(tree: &Tree<'_>, wide: &Site<'_>, narrow: &Site<'_>) -> bool {
    let phrase = phrase_of(tree, narrow.head);
    wide.span != narrow.span
        && phrase_of(tree, wide.head) != phrase
        && !narrow.is_wide()
        && tree.ancestors(wide.head).take_while(|&word| tree.is_nominal(word)).any(|word| word == phrase)
}

/// The least weight that puts an event at a place.
const ENOUGH: f64 = 0.4;

/// What each word between a place and the trigger takes from the place's weight.
const A_WORD: f64 = 0.02;

/// So many words away no place has weight left, however it stands; names of several words and what lies above them included.
const FARTHEST: u32 = 140;

/// A place named in the trigger's sentence.
struct Site<'a> {
    /// Its words.
    span: Span,
    /// Its last word.
    head: u32,
    /// Its gazetteer entry; `None` for names that only the entity tagger knows.
    toponym: Option<&'a Toponym>,
    name: &'a str,
}

impl Site<'_> {
    fn claim_place(&self) -> ClaimPlace {
        let Some(toponym) = self.toponym else {
            return ClaimPlace { name: Some(self.name.to_owned()), span: self.span, ..ClaimPlace::default() };
        };
        let is_country = toponym.feature == "country";
        ClaimPlace {
            name: (!is_country).then(|| toponym.name.clone()),
            country: toponym.country,
            lat: toponym.lat,
            lon: toponym.lon,
            geonames_id: toponym.geonames_id,
            span: self.span,
            basis: None,
        }
    }

    /// Narrow places say more than wide ones.
    fn narrowness(&self) -> f64 {
        match self.toponym.map(|toponym| toponym.feature.as_str()) {
            Some("country" | "continent" | "bloc") => -0.6,
            Some("admin1" | "region") => -0.2,
            _ => 0.3,
        }
    }

    fn is_wide(&self) -> bool {
        self.toponym.is_some_and(|toponym| matches!(&*toponym.feature, "country" | "continent" | "bloc"))
    }

    fn is_metonym(&self) -> bool {
        self.toponym.is_some_and(|toponym| toponym.kind == ToponymKind::Metonym)
    }
}

fn sites<'a>(context: &Context<'a>, tree: &Tree<'a>, trigger: u32) -> Vec<Site<'a>> {
    let view = tree.view;
    let sentence = view.document.sentences.get(view.sentence_of(trigger) as usize);
    let Some(sentence) = sentence else { return Vec::new() };
    let tokens = near(trigger, &sentence.tokens);
    let sentence = Span::new(view.token(tokens.start).span.start, view.token(tokens.end - 1).span.end);
    let first = context.toponyms.partition_point(|toponym| toponym.span.end <= sentence.start);
    let toponyms = context.toponyms[first..].iter().take_while(|toponym| toponym.span.start < sentence.end);
    let mut sites: Vec<Site<'a>> = toponyms
        .filter(|toponym| toponym.kind != ToponymKind::Demonym)
        .filter_map(|toponym| {
            let span = Span::from(toponym.span);
            let within = view.document.tokens.partition_point(|token| token.span.start < span.end) as u32;
            let mut words = (tokens.start..within.min(tokens.end)).rev();
            let head = words
                .by_ref()
                .take_while(|&token| view.token(token).span.end > span.start)
                .find(|&token| span.contains(view.token(token).span))?;
            if is_in_name_of_somebody(tree, head) {
                return None;
            }
            Some(Site { span, head, toponym: Some(toponym), name: &toponym.name })
        })
        .collect();
    let known: Vec<Span> = context.toponyms[first..]
        .iter()
        .take_while(|toponym| toponym.span.start < sentence.end)
        .map(|toponym| Span::from(toponym.span))
        .collect();
    sites.extend(unlisted(tree, tokens, &known));
    sites
}

/// The words of a sentence that stand so near to a trigger that a place named there can be meant.
fn near(trigger: u32, tokens: &std::ops::Range<u32>) -> std::ops::Range<u32> {
    trigger.saturating_sub(FARTHEST).max(tokens.start)..(trigger + FARTHEST + 1).min(tokens.end)
}

/// "The Islamic State of Iraq", "the Bank of England": part of a name that goes before it and names no place.
fn is_in_name_of_somebody(tree: &Tree<'_>, head: u32) -> bool {
    let view = tree.view;
    match view.token(head).ner {
        Ner::Inside(NerType::Per) => true,
        Ner::Inside(NerType::Org) => {
            let first = (0..head).rev().find(|&token| matches!(view.token(token).ner, Ner::Begin(_)));
            first.is_some_and(|first| (first..head).any(|token| view.token(token).upos == Upos::Adp))
        }
        _ => false,
    }
}

/// Names of places that no gazetteer has: villages, hills, gas fields.
fn unlisted<'a>(tree: &Tree<'a>, tokens: std::ops::Range<u32>, known: &[Span]) -> Vec<Site<'a>> {
    let view = tree.view;
    let is_open = |&token: &u32| {
        let at = view.token(token);
        at.ner.kind() == Some(NerType::Loc) && matches!(at.upos, Upos::Propn | Upos::Noun | Upos::X) && {
            let name = name_span(tree, token, &tokens);
            !known.iter().any(|span| span.overlaps(name))
        }
    };
    let mut sites: Vec<Site<'a>> = Vec::new();
    for token in tokens.clone().filter(is_open) {
        // "As-Suq" is one name, whatever its parts are.
        let span = name_span(tree, token, &tokens);
        match sites.last_mut().filter(|last| last.span == span) {
            Some(last) => last.head = token,
            None => sites.push(Site { span, head: token, toponym: None, name: span.of(view.text) }),
        }
    }
    sites
}

/// The words of the name that a word is part of, in its sentence.
fn name_span(tree: &Tree<'_>, token: u32, sentence: &std::ops::Range<u32>) -> Span {
    let view = tree.view;
    let is_inside = |&token: &u32| matches!(view.token(token).ner, Ner::Inside(_));
    let n_before = (sentence.start..=token).rev().take_while(is_inside).count() as u32;
    let last = (token + 1..sentence.end).take_while(is_inside).last().unwrap_or(token);
    view.token(token.saturating_sub(n_before).max(sentence.start)).span.cover(view.token(last).span)
}

/// How strongly the sentence puts the event at a place; `None` if it cannot be meant.
fn weigh(tree: &Tree<'_>, site: &Site<'_>, trigger: u32) -> Option<f64> {
    let phrase = phrase_of(tree, site.head);
    if is_owner(tree, site, phrase) {
        return None;
    }
    let role = role(tree, site, phrase, trigger);
    let behind = if phrase > trigger { 0.2 } else { 0.0 };
    let distance = f64::from(phrase.abs_diff(trigger)) * A_WORD;
    // What follows only takes away.
    if role + site.narrowness() + behind - distance < ENOUGH {
        return None;
    }
    let (site_way, trigger_way) = ways(tree, phrase, trigger)?;
    let crossed = site_cost(tree, &site_way)?;
    let climbed = trigger_cost(tree, &trigger_way)?;
    let aside = if is_aside(tree, site, phrase) { 0.4 } else { 0.0 };
    Some(role + site.narrowness() + behind - crossed - climbed - distance - aside)
}

/// "Baghdad's neighborhood of Hurriyah", "the Bani Zaid quarter of Aleppo": of the names in one phrase, the one that only says
/// where the other is.
fn is_aside(tree: &Tree<'_>, site: &Site<'_>, phrase: u32) -> bool {
    if site.head == phrase {
        return false;
    }
    let is_named =
        || tree.children_by(phrase, &["compound", "flat"]).any(|word| tree.upos(word) == Upos::Propn);
    tree.is_rel(site.head, &["nmod:poss"])
        || tree.case(site.head).is_some_and(|case| case != "of")
        || tree.is_rel(site.head, &["nmod"]) && (is_named() || tree.upos(phrase) == Upos::Propn)
}

/// "U.S. bases", "Russian-held" posts: a country's name before its forces and buildings says whose they are, not where.
fn is_owner(tree: &Tree<'_>, site: &Site<'_>, phrase: u32) -> bool {
    let is_country = site.toponym.is_some_and(|toponym| toponym.feature == "country");
    let is_modifier = phrase != site.head && tree.is_rel(site.head, &["compound", "amod", "nmod"]);
    is_country
        && is_modifier
        && tree.case(site.head).is_none()
        && ["owned", "force", "people"].iter().any(|class| lexicon().is(class, tree.lemma(phrase)))
}

/// The head of the phrase that a name stands in: "district" for "Ghazaliyah district", "city" for "the city of Mosul", "capital"
/// for "Somalia's capital".
fn phrase_of(tree: &Tree<'_>, name: u32) -> u32 {
    let mut at = name;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { return at };
        let is_part = tree.is_rel(at, &["compound", "flat", "goeswith"])
            && tree.is_nominal(head)
            && tree.case(at).is_none();
        let is_named =
            tree.is_rel(at, &["nmod", "appos"]) && is_place_noun(tree, head) && !is_locative(tree, at);
        if !is_part && !is_named {
            return at;
        }
        at = head;
    }
    at
}

fn is_locative(tree: &Tree<'_>, index: u32) -> bool {
    tree.case(index).is_some_and(|case| lexicon().is("place_case", case) || WEAK.contains(&case))
}

fn is_place_noun(tree: &Tree<'_>, index: u32) -> bool {
    let lemma = tree.lemma(index);
    lexicon().is("place-part", lemma)
        || Gazetteer::embedded().is_listed(WordList::Setting, lemma) && !is_people(lemma)
}

fn is_people(lemma: &str) -> bool {
    matches!(
        lemma,
        "resident"
            | "police"
            | "mayor"
            | "official"
            | "government"
            | "authorities"
            | "governor"
            | "council"
            | "court"
            | "native"
    )
}

/// The words from the phrase, and from the trigger, up to where the two ways meet (that word not included).
fn ways(tree: &Tree<'_>, phrase: u32, trigger: u32) -> Option<(Vec<u32>, Vec<u32>)> {
    let up = |index: u32| std::iter::once(index).chain(tree.ancestors(index)).collect::<Vec<u32>>();
    let (from_phrase, from_trigger) = (up(phrase), up(trigger));
    let meeting = from_phrase.iter().find(|word| from_trigger.contains(word))?;
    let before = |way: &[u32]| way.iter().copied().take_while(|word| word != meeting).collect();
    Some((before(&from_phrase), before(&from_trigger)))
}

/// What the way down from the meeting point to the place costs; `None` if it enters another clause.
fn site_cost(tree: &Tree<'_>, way: &[u32]) -> Option<f64> {
    way.iter().skip(1).try_fold(0.0, |cost, &word| {
        let step = match tree.rel(word).base() {
            "obj" | "obl" => 0.2,
            "nmod" | "appos" => 0.4,
            "compound" | "flat" | "amod" | "conj" => 0.5,
            "nsubj" => 0.6,
            "xcomp" | "advcl" => 0.9,
            "acl" if lexicon().is("standing", tree.lemma(word)) => 0.6,
            "acl" => 1.5,
            _ => return None,
        };
        Some(cost + step)
    })
}

/// What the way up from the trigger costs: an event inherits the place of the clause it is part of, never of a speech.
fn trigger_cost(tree: &Tree<'_>, way: &[u32]) -> Option<f64> {
    way.iter().try_fold(0.0, |cost, &word| {
        let step = match tree.rel(word).base() {
            "obj" | "nsubj" | "obl" | "nmod" | "compound" => 0.4,
            // "He was flown to Lima, but the court has questioned it": the other half is somewhere else.
            "conj" if is_contrast(tree, word) => return None,
            "conj" => 0.5,
            "xcomp" | "advcl" => 0.5,
            "amod" | "acl" | "appos" => 0.8,
            "ccomp" | "parataxis" => 2.0,
            _ => 1.0,
        };
        Some(cost + step)
    })
}

fn is_contrast(tree: &Tree<'_>, clause: u32) -> bool {
    tree.children_by(clause, &["cc"]).any(|mark| matches!(tree.lemma(mark), "but" | "yet"))
        && tree.children_by(clause, &["nsubj"]).next().is_some()
}

/// How a place stands in its sentence.
fn role(tree: &Tree<'_>, site: &Site<'_>, phrase: u32, trigger: u32) -> f64 {
    let case = tree.case(phrase);
    let head = tree.head(phrase);
    let of_trigger = head == Some(trigger);
    if let Some(case) = case {
        let is_country = site.toponym.is_some_and(|toponym| toponym.feature == "country");
        return match case {
            // "Talks between Peru and Chile": parties, not borders.
            "between" | "among" if is_country => -1.5,
            // "Attacks on Peru" are there; sanctions on it, pressure on it and calls on it are not.
            "on" if is_country && !head.is_some_and(|head| is_attack(tree, head)) => -1.5,
            _ if lexicon().is("place_case", case) => 2.4,
            "of" if of_trigger => 2.0,
            // "South of Lima", "in the eastern corner of Tacna".
            "of" if head.is_some_and(|head| is_direction(tree, head)) => 2.0,
            "of" if head.is_some_and(|head| says_where(tree, head)) => 1.4,
            "of" | "for" | "by" | "with" | "against" | "like" | "as" => -0.5,
            "to" | "into" | "toward" | "towards" | "onto"
                if head.is_some_and(|head| is_motion(tree, head) || tells_of_attack(tree, head))
                    || is_attack(tree, trigger) =>
            {
                1.9
            }
            // "Moved from Lima to the northern border": where it was is not where it is.
            "from" if head.is_some_and(|head| has_goal(tree, head)) => -1.5,
            "from" => {
                if head.is_some_and(|head| is_motion(tree, head)) {
                    1.2
                } else {
                    0.3
                }
            }
            _ => 0.8,
        };
    }
    let verb = head.map(|head| tree.lemma(head)).unwrap_or_default();
    let is_taken = lexicon().is("site-taking", verb);
    match tree.rel(phrase).as_str() {
        "obj" if is_taken => 2.4,
        "nsubj:pass" if is_taken => 2.2,
        "obj" => 0.6,
        // "At Tacna's town hall".
        "nmod:poss" if head.is_some_and(|head| says_where(tree, head)) => 1.4,
        "nsubj" | "nsubj:pass" | "nmod:poss" | "iobj" => -1.5,
        _ if site.is_metonym() => -1.5,
        "compound" | "amod" if of_trigger => 1.4,
        "obl" | "obl:unmarked" | "advmod" => 1.2,
        "conj" | "appos" => {
            head.map_or(0.5, |head| if head == phrase { 0.0 } else { role_of_head(tree, head) })
        }
        _ => 0.6,
    }
}

/// Whether a motion says where it goes.
fn has_goal(tree: &Tree<'_>, verb: u32) -> bool {
    is_motion(tree, verb)
        && tree
            .children_by(verb, &["obl"])
            .any(|goal| matches!(tree.case(goal), Some("to" | "into" | "toward" | "towards" | "onto")))
}

/// "In the corner": a phrase that puts something somewhere.
fn says_where(tree: &Tree<'_>, noun: u32) -> bool {
    tree.upos(noun) == Upos::Noun && tree.case(noun).is_some_and(|case| lexicon().is("place_case", case))
}

fn is_direction(tree: &Tree<'_>, word: u32) -> bool {
    let lemma = tree.lemma(word);
    let lemma = lemma.strip_prefix("north").or(lemma.strip_prefix("south")).unwrap_or(lemma);
    matches!(lemma.trim_start_matches('-'), "" | "east" | "west")
}

/// "in Homs and Hama": what is coordinated stands like its head.
fn role_of_head(tree: &Tree<'_>, head: u32) -> f64 {
    let phrase = phrase_of(tree, head);
    match tree.case(phrase) {
        Some("between" | "among") => -1.5,
        Some(case) if lexicon().is("place_case", case) => 2.0,
        // "Peru and Chile met": the second acts as the first does.
        None if tree.is_rel(phrase, &["nsubj", "nmod:poss", "iobj"])
            && !tree.is_rel(phrase, &["nsubj:pass"]) =>
        {
            -1.5
        }
        _ => 0.6,
    }
}

fn is_attack(tree: &Tree<'_>, index: u32) -> bool {
    ["fighting", "aggression"].iter().any(|class| lexicon().is(class, tree.lemma(index)))
}

/// "An offensive into Chad", "began an offensive into Chad".
fn tells_of_attack(tree: &Tree<'_>, head: u32) -> bool {
    is_attack(tree, head) || tree.children_by(head, &["obj"]).any(|object| is_attack(tree, object))
}

fn is_motion(tree: &Tree<'_>, index: u32) -> bool {
    lexicon().is("motion", tree.lemma(index))
}

const WEAK: &[&str] = &["to", "into", "toward", "towards", "from"];

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::{with_full_context, word_of};

    /// Where what a word tells of happened.
    fn check(text: &str, trigger: &str, expected: &str) {
        with_full_context(text, |context, tree| {
            let place = place_of(context, tree, word_of(tree, trigger)).unwrap_or_default();
            let country = place.country.map(|country| country.to_string());
            let told: Vec<String> = place.name.into_iter().chain(country).collect();
            assert_eq!(told.join(", "), expected, "{text}");
        });
    }

    #[test]
    fn an_event_is_where_its_clause_puts_it() {
        check("Gunmen killed two men in Tacna on Monday.", "killed", "Tacna, PER");
        check("Rebels shelled Aleppo on Monday.", "shelled", "Aleppo, SYR");
        check("The siege of Homs lasted a year.", "siege", "Homs, SYR");
        check("A bomb exploded near Kabul.", "exploded", "Kabul, AFG");
    }

    #[test]
    fn who_acts_is_no_place() {
        check("Peru and Chile held talks on Monday.", "talks", "");
        check("Paris condemned the attack.", "condemned", "");
        check("Turkish jets bombed a village.", "bombed", "");
    }

    #[test]
    fn a_place_in_what_somebody_says_is_not_where_he_speaks() {
        check("In Geneva the envoy said that rebels had killed two men in Homs.", "killed", "Homs, SYR");
    }

    #[test]
    fn of_two_places_the_narrower_is_meant() {
        check("Protesters marched in Lagos, Nigeria.", "marched", "Lagos, NGA");
        check("Police arrested two men in the city of Basra in southern Iraq.", "arrested", "Basra, IRQ");
    }
}
