//! *Here is the head of a phrase: which actor is it?*

use annalist_data::gazetteer::{CountryEntry, Gazetteer, Place};
use annalist_data::lexicon::lexicon;
use annalist_schema::{
    ClaimActor, Country, DayInterval, Deprel, Mention, MentionKind, Ner, NerType, Number, PartyBasis, Sector,
    Span, Toponym, ToponymKind, Upos,
};

use super::tree::Tree;
use super::{Context, coalition};
use crate::mention::actor::{Question, Resolved, resolve_with_head};

/// The actors that phrases name, each once.
pub fn actors(
    context: &Context<'_>,
    tree: &Tree<'_>,
    heads: &[u32],
    days: Option<DayInterval>,
) -> Vec<ClaimActor> {
    let mut found: Vec<ClaimActor> = Vec::new();
    let named = heads.iter().flat_map(|&head| match of_plural(context, tree, head) {
        Some(members) => {
            let members = members.into_iter().flat_map(|member| several_or_one(context, tree, member, days));
            let stands_for = |member: ClaimActor| ClaimActor {
                basis: PartyBasis::Chain,
                by_mention: member.span,
                ..member
            };
            members.map(stands_for).collect()
        }
        None => several_or_one(context, tree, head, days),
    });
    for actor in named {
        let is_known = found.iter().any(|known| {
            known.span == actor.span || (known.name == actor.name && known.country == actor.country)
        });
        if !is_known {
            found.push(actor);
        }
    }
    found
}

fn several_or_one(
    context: &Context<'_>,
    tree: &Tree<'_>,
    head: u32,
    days: Option<DayInterval>,
) -> Vec<ClaimActor> {
    let mut several = of_several_countries(tree, head, days);
    if several.is_empty() {
        several = belonging_to_several(tree, head, days);
    }
    if several.is_empty() { actor(context, tree, head, days).into_iter().collect() } else { several }
}

/// "Ana Rojas and her counterparts met. They agreed": all who were named together, where a plural stands for one of them.
fn of_plural(context: &Context<'_>, tree: &Tree<'_>, head: u32) -> Option<Vec<u32>> {
    let token = tree.view.token(head);
    let is_plural = token.feats.number == Some(Number::Plur);
    let is_known =
        tree.children_by(head, &["det"]).any(|det| matches!(tree.lemma(det), "the" | "these" | "both"));
    let stands_for = token.upos == Upos::Pron || token.upos == Upos::Noun && is_known;
    let chain =
        mention_at(context, tree, head).filter(|_| is_plural && stands_for).and_then(|mention| mention.chain);
    let is_before = |mention: &&Mention| mention.head < head && tree.upos(mention.head) != Upos::Pron;
    let first_named = |mention: &Mention| {
        let is_one_of_several = tree.is_rel(mention.head, &["conj"])
            && tree.view.token(mention.head).feats.number == Some(Number::Plur);
        tree.head(mention.head).filter(|&first| is_one_of_several && tree.is_someone(first))
    };
    let before = |chain| of_chain(context, tree, chain).filter(is_before).find_map(first_named);
    chain.and_then(before).map(|first| tree.with_conjuncts(first))
}

/// "The Greek, Cypriot and French ministers": one actor for each country; empty where fewer than two are named.
fn of_several_countries(tree: &Tree<'_>, head: u32, days: Option<DayInterval>) -> Vec<ClaimActor> {
    let noun = tree.view.token(head);
    if noun.upos != Upos::Noun || noun.feats.number != Some(Number::Plur) {
        return Vec::new();
    }
    let adjectives = tree.children_by(head, &["amod"]).flat_map(|first| {
        let further = tree.children_by(first, &["conj"]).filter(|&word| word < head);
        std::iter::once(first).chain(further)
    });
    let question = || Question { days, ..Question::default() };
    let mut found: Vec<ClaimActor> = Vec::new();
    for adjective in adjectives {
        let word = tree.view.form(adjective);
        let Some(country) = Gazetteer::embedded().country_by_demonym(word).map(|entry| entry.iso3) else {
            continue;
        };
        let before = tree
            .children_by(head, &["compound", "amod"])
            .filter(|&word| word + 1 == head && word != adjective);
        let before =
            before.filter(|&word| Gazetteer::embedded().country_by_demonym(tree.view.form(word)).is_none());
        let noun_words: Vec<&str> = before.chain([head]).map(|word| tree.view.form(word)).collect();
        let name = format!("{word} {}", noun_words.join(" "));
        let resolved = resolve_with_head(&name, name.len(), question());
        found.push(ClaimActor {
            country: Some(country),
            sector: resolved.sector,
            sectors: resolved.sectors,
            span: Some(tree.view.token(adjective).span),
            name,
            ..ClaimActor::default()
        });
    }
    let is_several = found.windows(2).any(|pair| pair[0].country != pair[1].country);
    if is_several { found } else { Vec::new() }
}

/// "The navies of China, India and Oman": one actor for each country; empty where fewer than two are named.
fn belonging_to_several(tree: &Tree<'_>, head: u32, days: Option<DayInterval>) -> Vec<ClaimActor> {
    let noun = tree.view.token(head);
    if noun.upos != Upos::Noun || noun.feats.number != Some(Number::Plur) {
        return Vec::new();
    }
    let Some(first) = tree.children_by(head, &["nmod"]).find(|&word| tree.case(word) == Some("of")) else {
        return Vec::new();
    };
    let of_country = |owner: u32| {
        let span = phrase(tree, owner);
        let name = format!("{} of {}", tree.view.form(head), span.of(tree.view.text));
        let question = Question { days, ..Question::default() };
        let resolved = resolve_with_head(&name, tree.view.form(head).len(), question);
        let country = resolved.country?;
        let sectors = resolved.sectors;
        Some(ClaimActor {
            country: Some(country),
            sector: resolved.sector,
            sectors,
            span: Some(span),
            name,
            ..ClaimActor::default()
        })
    };
    let owners = tree.with_conjuncts(first);
    let found: Vec<ClaimActor> = owners.iter().filter_map(|&owner| of_country(owner)).collect();
    // Where one of them is no country, they are something else.
    if owners.len() > 1 && found.len() == owners.len() { found } else { Vec::new() }
}

/// The actor that a phrase names; `None` for a pronoun that stands for nobody known.
pub fn actor(
    context: &Context<'_>,
    tree: &Tree<'_>,
    head: u32,
    days: Option<DayInterval>,
) -> Option<ClaimActor> {
    let span = phrase(tree, head);
    let mention = mention_at(context, tree, head);
    let own = if tree.upos(head) == Upos::Pron {
        Resolved::default()
    } else {
        // "Santos" is no town where the report names a person so.
        let is_person = mention.is_some_and(|mention| mention.kind == MentionKind::Person);
        resolve(tree, head, span, Question { days, is_person, ..Question::default() })
    };
    let own = if is_namesake(context, tree, mention, &own) { unknown(span.of(tree.view.text)) } else { own };
    let own = as_placed(context, tree, head, own);
    let own = as_located(context, span, own);
    let own = as_branch(tree, head, own);
    let own = as_state(tree, head, own);
    let is_known = |own: &Resolved| own.country.is_some() || own.actor_id.is_some();
    let own = if is_known(&own) { own } else { by_apposition(tree, head, own, days) };
    let (resolved, by_mention) =
        if is_known(&own) { (own, None) } else { by_chain(context, tree, mention, own, days) };
    if resolved.name.is_empty() {
        let voice = tree.voice.as_ref().filter(|_| speaks_for_report(tree, head))?;
        return Some(ClaimActor { span: Some(span), ..voice.clone() });
    }
    let resolved = if resolved.country.is_none() && resolved.actor_id.is_none() {
        let resolved = affiliated(tree, head, resolved, days);
        let country = resolved.country.or_else(|| of_namesake(context, tree, head, &resolved, days));
        let country = country.or_else(|| coalition::leader(context, &resolved));
        Resolved { country, ..resolved }
    } else {
        resolved
    };
    Some(ClaimActor {
        name: resolved.name,
        country: resolved.country,
        sector: resolved.sector,
        sectors: resolved.sectors,
        actor_id: resolved.actor_id,
        basis: match by_mention {
            Some(_) => PartyBasis::Chain,
            None if is_possessor(tree, head) => PartyBasis::Possessor,
            None => PartyBasis::Named,
        },
        span: Some(span),
        by_mention,
        from_claim: None,
    })
}

/// "We condemn the attack": outside quotations, whoever writes the report.
fn speaks_for_report(tree: &Tree<'_>, head: u32) -> bool {
    let is_quoted = || tree.quotations().iter().any(|quotation| quotation.contains(&head));
    matches!(tree.lemma(head), "we" | "us" | "our" | "i" | "my" | "me") && !is_quoted()
}

/// "Chad's decision", "its forces", "Chilean involvement": whose it is that acts or is acted upon.
fn is_possessor(tree: &Tree<'_>, head: u32) -> bool {
    tree.is_rel(head, &["nmod:poss"]) || is_of_deed(tree, head)
}

/// "Chilean involvement", but not "Chilean soldiers".
fn is_of_deed(tree: &Tree<'_>, head: u32) -> bool {
    tree.upos(head) == Upos::Adj
        && tree.is_rel(head, &["amod"])
        && tree.head(head).is_some_and(|noun| !tree.is_someone(noun))
}

/// "Chilean involvement", "Peruvian airstrikes": the country's deeds, no inhabitant's.
fn as_state(tree: &Tree<'_>, head: u32, own: Resolved) -> Resolved {
    let country = Gazetteer::embedded().country_by_demonym(tree.view.form(head));
    match country.filter(|_| is_of_deed(tree, head) && own.actor_id.is_none() && own.country.is_some()) {
        Some(country) => {
            Resolved { name: country.name().to_owned(), sector: None, sectors: Vec::new(), ..own }
        }
        None => own,
    }
}

/// A town for its inhabitants is the one that the report means, of all that are called so.
fn as_placed(context: &Context<'_>, tree: &Tree<'_>, head: u32, own: Resolved) -> Resolved {
    let word = tree.view.token(head).span;
    let is_it =
        |toponym: &&Toponym| toponym.kind == ToponymKind::Literal && Span::from(toponym.span).contains(word);
    // "A bar in Lagos" is not that of a president of this name.
    let is_located =
        tree.is_rel(head, &["obl", "nmod"]) && matches!(tree.case(head), Some("in" | "at" | "near"));
    if own.actor_id.is_some()
        && is_located
        && context.toponyms_around(word).iter().any(|toponym| is_it(&toponym))
    {
        return unknown(tree.view.form(head));
    }
    let is_town = own.actor_id.is_none() && own.country.is_some() && own.sectors == [Sector::Cvl];
    let placed = context.toponyms_around(word).iter().filter(|_| is_town).find(is_it);
    match placed.and_then(|toponym| toponym.country) {
        Some(country) => Resolved { country: Some(country), ..own },
        None => own,
    }
}

/// "Shell Nigeria said": the firm or body of that name, not the state.
fn as_branch(tree: &Tree<'_>, head: u32, own: Resolved) -> Resolved {
    let view = tree.view;
    let is_state = own.country.is_some() && own.sector.is_none() && own.actor_id.is_none();
    let sentence = view.sentence_tokens(head);
    let is_inside = |&token: &u32| view.token(token).ner == Ner::Inside(NerType::Org);
    let last = (head + 1..sentence.end).take_while(is_inside).last().unwrap_or(head);
    if !is_state {
        return own;
    }
    if view.token(last).ner != Ner::Inside(NerType::Org) {
        return as_unknown_branch(tree, head, own);
    }
    let n_inside = (sentence.start..=last).rev().take_while(is_inside).count() as u32;
    let first = last.saturating_sub(n_inside).max(sentence.start);
    let is_plain = |token: u32| matches!(view.token(token).upos, Upos::Propn | Upos::Noun | Upos::Adj);
    if !(first..=last).all(is_plain) {
        return own;
    }
    branch(tree, first, last, own)
}

/// A body of which the last word is a country's name: of the sector of the words before it, or else a firm.
fn branch(tree: &Tree<'_>, first: u32, last: u32, own: Resolved) -> Resolved {
    let view = tree.view;
    let words = |first: u32, last: u32| view.token(first).span.cover(view.token(last).span).of(view.text);
    let is_country = |words: &str| Gazetteer::in_use().country_by_name(words).is_some();
    if first >= last || !is_country(view.form(last)) || is_country(words(first, last)) {
        return own;
    }
    let body = resolve_with_head(words(first, last - 1), words(first, last - 1).len(), Question::default());
    let sectors = if body.sectors.is_empty() { vec![Sector::Bus] } else { body.sectors };
    let sector = sectors.first().copied();
    Resolved { name: words(first, last).to_owned(), sector, sectors, wiki: None, ..own }
}

/// "MTN Rwanda": a name before a country's that is no place, no people and no title makes the two a body of their own.
fn as_unknown_branch(tree: &Tree<'_>, head: u32, own: Resolved) -> Resolved {
    const REGIMES: [&str; 9] =
        ["Nazi", "Communist", "Soviet", "Imperial", "Vichy", "Fascist", "Greater", "Mainland", "Apartheid"];
    let flat = tree.children_by(head, &["flat"]).find(|&word| word == head + 1);
    let last = flat.unwrap_or(head);
    let Some(name) = last.checked_sub(1).filter(|&name| tree.view.sentence_tokens(head).contains(&name))
    else {
        return own;
    };
    let (word, country) = (tree.view.form(name), tree.view.form(last));
    let gazetteer = Gazetteer::in_use();
    let is_part = name == head || tree.head(name) == Some(head) && tree.is_rel(name, &["compound", "flat"]);
    let is_name = tree.upos(name) == Upos::Propn && word.starts_with(char::is_uppercase) && word.len() > 2;
    let is_known = || {
        REGIMES.contains(&word)
            || gazetteer.country_by_demonym(word).is_some()
            || gazetteer.country_by_name(word).is_some()
            || gazetteer.lookup(word).any(|place| place.population > 50_000)
            || !crate::mention::actor::resolve(word, None, None).is_unknown()
                && gazetteer.country_by_seat(word).is_some()
    };
    let is_alone = name == 0
        || !tree.view.form(name - 1).starts_with(char::is_uppercase)
        || !tree.view.sentence_tokens(head).contains(&(name - 1));
    let is_one = is_part && is_name && is_alone && gazetteer.country_by_name(country).is_some();
    if is_one && !is_known() { branch(tree, name, last, own) } else { own }
}

/// "Georgia police arrested a senator in Atlanta", "police in Tripoli": the party's words hold a place, and the report as a whole tells
/// in which country that lies better than the words alone.
fn as_located(context: &Context<'_>, span: Span, own: Resolved) -> Resolved {
    if own.actor_id.is_some() || own.country.is_none() {
        return own;
    }
    let inside =
        || context.toponyms_around(span).iter().filter(|toponym| span.contains(Span::from(toponym.span)));
    let mut countries: Vec<Country> = inside().filter_map(|toponym| toponym.country).collect();
    countries.sort_unstable();
    countries.dedup();
    let misled = own.country.is_some_and(|country| {
        inside().any(|toponym| is_also_of(Span::from(toponym.span).of(context.view.text), country))
    });
    match countries.as_slice() {
        [country] if misled => Resolved { country: Some(*country), ..own },
        _ => own,
    }
}

/// Whether the words of a place, or some of them, are also the name of another in a country: "Georgia", "New Mexico".
fn is_also_of(words: &str, country: Country) -> bool {
    let gazetteer = Gazetteer::in_use();
    let is_it = |entry: &CountryEntry| entry.iso3 == country;
    let is_part = |word: &str| {
        gazetteer.country_by_name(word).is_some_and(is_it)
            || gazetteer.country_by_seat(word).is_some_and(is_it)
    };
    let is_known = |place: Place<'_>| place.country.is_some_and(is_it) && place.population >= 15_000;
    words.split_whitespace().any(is_part) || gazetteer.lookup(words).any(is_known)
}

/// "One of these groups, the Lowland Front, agreed": the name beside a noun says who it is.
fn by_apposition(tree: &Tree<'_>, head: u32, own: Resolved, days: Option<DayInterval>) -> Resolved {
    if tree.upos(head) != Upos::Noun {
        return own;
    }
    let is_name = |&word: &u32| {
        tree.view.token(word).ner.kind().is_some_and(|kind| matches!(kind, NerType::Org | NerType::Per))
    };
    // "One of these groups, the Front": the name may hang from the one.
    let one = tree.head(head).filter(|&one| tree.upos(one) == Upos::Num && tree.case(head) == Some("of"));
    let is_beside = |&word: &u32| tree.is_rel(word, &["appos"]) || word > head && tree.case(word).is_none();
    let beside = std::iter::once(head).chain(one).flat_map(|noun| tree.children_by(noun, &["appos", "nmod"]));
    let names = beside.filter(is_beside).filter(is_name);
    let read = |word: u32| resolve(tree, word, phrase(tree, word), Question { days, ..Question::default() });
    let named = names.map(read).find(|named| named.actor_id.is_some() && named.sector.is_some());
    named.unwrap_or(own)
}

/// "Paul Hare of the army's Southern Command": a person belongs to what he is said to be of.
fn affiliated(tree: &Tree<'_>, head: u32, own: Resolved, days: Option<DayInterval>) -> Resolved {
    if own.sector.is_some() || tree.view.token(head).ner.kind() != Some(NerType::Per) {
        return own;
    }
    let is_of = |&word: &u32| matches!(tree.case(word), Some("of" | "from" | "with" | "at"));
    let told = tree.children_by(head, &["nmod"]).filter(is_of).find_map(|body| {
        let owners = tree.children_by(body, &["nmod:poss"]);
        let read =
            |word: u32| resolve(tree, word, phrase(tree, word), Question { days, ..Question::default() });
        std::iter::once(body).chain(owners).map(read).find(|resolved| resolved.sector.is_some())
    });
    match told {
        Some(body) => Resolved { country: body.country, sector: body.sector, sectors: body.sectors, ..own },
        None => own,
    }
}

/// "The parliament" is that of which the report speaks: the country of the one other body of this name in it.
fn of_namesake(
    context: &Context<'_>,
    tree: &Tree<'_>,
    head: u32,
    own: &Resolved,
    days: Option<DayInterval>,
) -> Option<Country> {
    let is_the = tree.children_by(head, &["det"]).any(|det| tree.lemma(det) == "the");
    let is_single = tree.view.token(head).feats.number != Some(Number::Plur);
    if !is_the || !is_single || !own.sector.is_some_and(is_body) {
        return None;
    }
    let is_same = |other: &&Mention| {
        other.head != head && tree.view.form(other.head).eq_ignore_ascii_case(tree.view.form(head))
    };
    let read = |other: &Mention| {
        let question = Question { days, ..Question::default() };
        resolve(tree, other.head, Span::from(other.span), question).country
    };
    let namesakes = context.mentions.iter().filter(is_same).take(MOST_MENTIONS);
    let mut countries: Vec<Country> = namesakes.filter_map(read).collect();
    countries.dedup();
    if let [country] = countries[..] { Some(country) } else { None }
}

/// Bodies of which a country has one; "the coalition" may be of many.
fn is_body(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Leg | Sector::Jud | Sector::Cop)
}

fn resolve(tree: &Tree<'_>, head: u32, span: Span, question: Question<'_>) -> Resolved {
    let words = span.of(tree.view.text);
    // "Ahmed Salem" hangs from "Ahmed", which alone is another man's name.
    let last = tree.children_by(head, &["flat"]).max().map_or(head, |part| part.max(head));
    let head_end = tree.view.token(last).span.end.saturating_sub(span.start) as usize;
    resolve_with_head(words, head_end.min(words.len()), question)
}

/// So many mentions of a chain are asked; who is introduced is introduced early.
const MOST_MENTIONS: usize = 12;

/// "Leo Berg … Berg": whom the report names in full is not another of this last name.
fn is_namesake(context: &Context<'_>, tree: &Tree<'_>, mention: Option<&Mention>, own: &Resolved) -> bool {
    let Some((mention, chain)) = mention.and_then(|mention| Some((mention, mention.chain?))) else {
        return false;
    };
    let name = tree.view.form(mention.head);
    let is_person = |mention: &Mention| mention.kind == MentionKind::Person;
    if own.actor_id.is_none() || !is_person(mention) {
        return false;
    }
    let is_fuller = |other: &&Mention| {
        let words = Span::from(other.span).of(tree.view.text);
        is_person(other) && other.head != mention.head && words.contains(' ') && is_part(name, words)
    };
    let is_other = |other: &Mention| {
        let question = Question { is_person: true, ..Question::default() };
        resolve(tree, other.head, Span::from(other.span), question).actor_id != own.actor_id
    };
    let mut fuller = of_chain(context, tree, chain).filter(is_fuller).take(MOST_MENTIONS).peekable();
    fuller.peek().is_some() && fuller.all(is_other)
}

/// The name alone.
fn unknown(name: &str) -> Resolved {
    Resolved { name: name.to_owned(), ..Resolved::default() }
}

/// What the other mentions of the same chain tell: "he", "the group", "al-Sudani"; with the words of the mention that tells who
/// it is, where the own words do not.
fn by_chain(
    context: &Context<'_>,
    tree: &Tree<'_>,
    mention: Option<&Mention>,
    own: Resolved,
    days: Option<DayInterval>,
) -> (Resolved, Option<Span>) {
    let Some((mention, chain)) = mention.and_then(|mention| Some((mention, mention.chain?))) else {
        return (own, None);
    };
    let is_other = |other: &&Mention| other.head != mention.head && tree.upos(other.head) != Upos::Pron;
    let reading = |other: &Mention| {
        let is_person = other.kind == MentionKind::Person;
        let question = Question { days, is_person, ..Question::default() };
        let span = Span::from(other.span);
        let resolved = as_branch(tree, other.head, resolve(tree, other.head, span, question));
        let resolved =
            if resolved.country.is_none() { affiliated(tree, other.head, resolved, days) } else { resolved };
        (resolved, span)
    };
    let readings: Vec<(Resolved, Span)> =
        of_chain(context, tree, chain).filter(is_other).take(MOST_MENTIONS).map(reading).collect();
    // Of equals the first: that is where somebody is introduced.
    let best = readings.into_iter().rev().max_by_key(|(reading, _)| {
        (reading.actor_id.is_some(), reading.country.is_some(), reading.sector.is_some())
    });
    let is_named = tree.view.token(mention.head).ner.kind() == Some(NerType::Per) && !own.name.is_empty();
    match best {
        // "The ministry's spokesman, Leo Berg": he is of the ministry, and he is not it.
        Some((best, _)) if is_named && !is_part(&own.name, &best.name) => {
            (Resolved { country: best.country, sector: best.sector, sectors: best.sectors, ..own }, None)
        }
        Some((best, words)) if best.country.is_some() || own.name.is_empty() => {
            let resolved = Resolved {
                sector: best.sector.or(own.sector),
                sectors: if best.sectors.is_empty() { own.sectors } else { best.sectors.clone() },
                ..best
            };
            (resolved, Some(words))
        }
        Some((best, _)) if own.sector.is_none() && best.sector.is_some() => {
            (Resolved { sector: best.sector, sectors: best.sectors, ..own }, None)
        }
        _ => (own, None),
    }
}

/// Whether all words of a name stand in another: "Berg", "Leo Berg".
fn is_part(short: &str, long: &str) -> bool {
    short.split_whitespace().all(|word| long.split_whitespace().any(|other| other.eq_ignore_ascii_case(word)))
}

/// The personal name of whom a description stands for: "the top diplomat".
pub fn personal_name<'c>(context: &Context<'c>, tree: &Tree<'_>, head: u32) -> Option<&'c str> {
    let is_name = |token: u32| tree.view.token(token).ner.kind() == Some(NerType::Per);
    let chain = mention_at(context, tree, head).filter(|_| !is_name(head))?.chain?;
    let named = of_chain(context, tree, chain).find(|mention| is_name(mention.head))?;
    Some(Span::from(named.span).of(context.view.text))
}

/// Of somebody who is mentioned more often, the first so many mentions tell enough.
const LONGEST_CHAIN: usize = 200;

/// The first mentions of a chain, in order of text.
fn of_chain<'m>(context: &Context<'m>, tree: &Tree<'_>, chain: u32) -> impl Iterator<Item = &'m Mention> {
    let mentions = context.mentions;
    tree.chain(chain).iter().take(LONGEST_CHAIN).filter_map(|&at| mentions.get(at))
}

fn mention_at<'m>(context: &Context<'m>, tree: &Tree<'_>, head: u32) -> Option<&'m Mention> {
    let word = tree.view.token(head).span;
    context
        .mentions_around(word)
        .iter()
        .filter(|mention| {
            matches!(
                mention.kind,
                MentionKind::Person | MentionKind::Organisation | MentionKind::Group | MentionKind::Place
            )
        })
        .find(|mention| mention.head == head || Span::from(mention.span) == word)
}

/// The phrase of a head, without what is said about it in clauses, appositions and coordination.
pub fn phrase(tree: &Tree<'_>, head: u32) -> Span {
    let is_own = |word: u32| {
        tree.head(word).is_some_and(|above| {
            above == head
                || tree.head(above) == Some(head)
                    && tree.is_rel(above, &["appos", "flat"])
                    && tree.is_rel(word, &["conj", "cc"])
        })
    };
    let is_outside = |word: u32| {
        matches!(
            tree.rel(word),
            Deprel::Conj
                | Deprel::Cc
                | Deprel::CcPreconj
                | Deprel::Acl
                | Deprel::AclRelcl
                | Deprel::Advcl
                | Deprel::Parataxis
                | Deprel::Case
                | Deprel::Mark
                | Deprel::Nsubj
                | Deprel::Cop
                | Deprel::Obl
                | Deprel::Aux
                | Deprel::Orphan
        ) && is_own(word)
    };
    let is_clause = |word: u32| tree.is_rel(word, &["acl", "advcl", "parataxis", "ccomp"]);
    // "Rebels in Chad" belong there; "rebels on Sunday", "rebels near the town" only act there.
    let is_loose = |word: u32| {
        tree.is_rel(word, &["nmod"])
            && (word > head
                && tree.case(word).is_some_and(|case| !matches!(case, "of" | "in" | "from" | "for"))
                || lexicon().is("calendar", tree.lemma(word)))
    };
    let words = tree.subtree(head, |word| !is_outside(word) && !is_clause(word) && !is_loose(word));
    let mut first = head;
    let mut last = head;
    // Only what stands together: a gap is filled by something that does not belong.
    while first > 0 && words.contains(&(first - 1)) {
        first -= 1;
    }
    while words.contains(&(last + 1)) {
        last += 1;
    }
    while last > head && tree.upos(last) == Upos::Punct {
        last -= 1;
    }
    while first < head && tree.upos(first) == Upos::Punct {
        first += 1;
    }
    tree.view.token(first).span.cover(tree.view.token(last).span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    /// The country of whom a word stands for.
    fn check(text: &str, word: &str, expected: Option<&str>) {
        with_context(text, |context, tree| {
            let n_tokens = context.view.document.tokens.len() as u32;
            let head = (0..n_tokens).rev().find(|&token| tree.view.form(token) == word).unwrap();
            let country = actor(context, tree, head, None).and_then(|actor| actor.country);
            assert_eq!(country.map(|country| country.to_string()).as_deref(), expected, "{text}");
        });
    }

    #[cfg(feature = "full")]
    #[test]
    fn each_country_of_a_shared_noun_is_an_actor() {
        crate::claim::testing::with_full_context(
            "The Peruvian, Chilean and Bolivian foreign ministers met in Lima.",
            |context, tree| {
                let n_tokens = tree.view.document.tokens.len() as u32;
                let head = (0..n_tokens).find(|&token| tree.view.form(token) == "ministers");
                let head = head.expect("the word stands in the text");
                let found = actors(context, tree, &[head], None);
                let told: Vec<String> = found
                    .iter()
                    .map(|actor| format!("{} {:?}", actor.name, actor.sector.map(|sector| sector.as_str())))
                    .collect();
                assert_eq!(
                    told,
                    [
                        "Peruvian foreign ministers Some(\"GOV\")",
                        "Chilean foreign ministers Some(\"GOV\")",
                        "Bolivian foreign ministers Some(\"GOV\")"
                    ]
                );
            },
        );
    }

    #[cfg(feature = "full")]
    #[test]
    fn a_party_says_how_it_is_known() {
        use crate::claim::testing::{with_full_context, word_of};
        let check = |text: &str, word: &str, basis: PartyBasis, by_mention: Option<&str>| {
            with_full_context(text, |context, tree| {
                let party = actor(context, tree, word_of(tree, word), None).unwrap_or_default();
                let told = party.by_mention.map(|words| words.of(text));
                assert_eq!((party.basis, told), (basis, by_mention), "{text}");
            });
        };
        check("Chad protested.", "Chad", PartyBasis::Named, None);
        check("Chad's decision angered many.", "Chad", PartyBasis::Possessor, None);
        let text = "The Peruvian president spoke. He urged restraint.";
        check(text, "He", PartyBasis::Chain, Some("The Peruvian president"));
    }

    #[test]
    fn a_pronoun_has_the_country_of_whom_it_stands_for() {
        check("The Peruvian president spoke. He urged restraint.", "He", Some("PER"));
        check("He urged restraint.", "He", None);
    }
}
