//! *Do the names of a report agree with each other?* The model reads sentence by sentence; a report calls one thing by one name.
//!
//! A name that is tagged as a person three times and once as a place is a person. A name that is tagged twice and once overlooked
//! is a name there too. And a name that begins anew has ended: "Vera Lund Vera Lund" are two signatures.

use std::collections::{HashMap, HashSet};

#[cfg(all(test, feature = "full"))]
use annalist_schema::View;
use annalist_schema::{Document, Ner, NerType, Upos};

/// Occurrences that must be tagged before others of the same words are.
const FEWEST: usize = 2;

/// The share of a name's occurrences that must be tagged, as one in so many.
const SHARE: usize = 3;

/// Longer runs of words are no names.
const LONGEST: usize = 8;

/// A run of tokens with one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    first: usize,
    last: usize,
    kind: NerType,
}

/// Lets the names of a document agree.
pub fn agree(text: &str, document: &mut Document) {
    let mut names: Vec<Name> =
        names(document).into_iter().flat_map(|name| parted(text, document, name)).collect();
    let forms = |document: &Document, name: &Name| words(text, document, name.first, name.last);
    let mut kinds: HashMap<String, HashMap<NerType, usize>> = HashMap::new();
    for name in &names {
        *kinds.entry(forms(document, name)).or_default().entry(name.kind).or_default() += 1;
    }
    let persons: HashSet<String> = names
        .iter()
        .filter(|name| name.kind == NerType::Per && name.last > name.first)
        .flat_map(|name| (name.first..=name.last).map(|token| words(text, document, token, token)))
        .collect();
    for name in &mut names {
        let form = words(text, document, name.first, name.last);
        name.kind = usual(&kinds[&form], name.kind);
        if name.first == name.last && form.chars().count() > 2 && persons.contains(&form) {
            name.kind = NerType::Per;
        }
    }
    names.extend(overlooked(text, document, &kinds));
    for token in &mut document.tokens {
        token.ner = Ner::Outside;
    }
    for name in names {
        for token in name.first..=name.last {
            document.tokens[token].ner =
                if token == name.first { Ner::Begin(name.kind) } else { Ner::Inside(name.kind) };
        }
    }
}

fn names(document: &Document) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, token) in document.tokens.iter().enumerate() {
        match (token.ner, names.last_mut()) {
            (Ner::Inside(kind), Some(last)) if last.kind == kind && last.last + 1 == index => {
                last.last = index
            }
            (Ner::Begin(kind) | Ner::Inside(kind), _) => names.push(Name { first: index, last: index, kind }),
            (Ner::Outside, _) => {}
        }
    }
    names
}

fn words(text: &str, document: &Document, first: usize, last: usize) -> String {
    let forms: Vec<&str> = document.tokens[first..=last].iter().map(|token| token.span.of(text)).collect();
    forms.join(" ")
}

/// The commonest kind, unless the own is as common.
fn usual(kinds: &HashMap<NerType, usize>, own: NerType) -> NerType {
    let mut best = (own, kinds.get(&own).copied().unwrap_or(0));
    for kind in [NerType::Per, NerType::Loc, NerType::Org, NerType::Misc] {
        let count = kinds.get(&kind).copied().unwrap_or(0);
        if count > best.1 {
            best = (kind, count);
        }
    }
    best.0
}

/// A name cut wherever it begins anew.
fn parted(text: &str, document: &Document, name: Name) -> Vec<Name> {
    if name.kind != NerType::Per {
        return vec![name];
    }
    let form = |token: usize| document.tokens[token].span.of(text);
    let mut starts = vec![name.first];
    let mut at = name.first + 1;
    while at <= name.last {
        let start = starts[starts.len() - 1];
        let length = at - start;
        let is_anew =
            at + length <= name.last + 1 && (0..length).all(|step| form(start + step) == form(at + step));
        if is_anew {
            starts.push(at);
        }
        at += 1;
    }
    // What follows the last copy is somebody else.
    if let [.., before, last] = starts[..]
        && last + (last - before) <= name.last
    {
        starts.push(last + (last - before));
    }
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([name.last]);
    starts.iter().zip(ends).map(|(&first, last)| Name { first, last, ..name }).collect()
}

/// Capitalised words outside all names that the report elsewhere tags.
fn overlooked(
    text: &str,
    document: &Document,
    kinds: &HashMap<String, HashMap<NerType, usize>>,
) -> Vec<Name> {
    let tagged: HashMap<&str, (usize, NerType)> = kinds
        .iter()
        .filter_map(|(form, kinds)| {
            let count: usize = kinds.values().sum();
            let (first, _) = [NerType::Per, NerType::Loc, NerType::Org, NerType::Misc]
                .into_iter()
                .filter_map(|kind| Some((kind, *kinds.get(&kind)?)))
                .fold(
                    (None, 0),
                    |best, (kind, count)| if count > best.1 { (Some(kind), count) } else { best },
                );
            (count >= FEWEST).then_some((form.as_str(), (count, first?)))
        })
        .collect();
    let longest = tagged.keys().map(|form| form.split(' ').count()).max().unwrap_or(0).min(LONGEST);
    let mut found: Vec<(String, Name)> = Vec::new();
    for sentence in &document.sentences {
        let (mut at, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        while at < end {
            let most = if may_begin(text, document, at) { longest.min(end - at) } else { 0 };
            let hit = (1..=most).rev().find_map(|length| {
                let is_free = (at..at + length).all(|token| document.tokens[token].ner == Ner::Outside);
                let form = is_free.then(|| words(text, document, at, at + length - 1))?;
                let (_, kind) = *tagged.get(form.as_str())?;
                Some((form, Name { first: at, last: at + length - 1, kind }))
            });
            at = hit.as_ref().map_or(at + 1, |(_, name)| name.last + 1);
            found.extend(hit);
        }
    }
    let mut missed: HashMap<String, usize> = HashMap::new();
    for (form, _) in &found {
        *missed.entry(form.clone()).or_default() += 1;
    }
    let is_usual = |form: &str| {
        let count = tagged.get(form).map_or(0, |tagged| tagged.0);
        count * SHARE >= count + missed.get(form).copied().unwrap_or(0)
    };
    found.into_iter().filter(|(form, _)| is_usual(form)).map(|(_, name)| name).collect()
}

fn may_begin(text: &str, document: &Document, token: usize) -> bool {
    let token = &document.tokens[token];
    token.span.of(text).starts_with(char::is_uppercase)
        && matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::with_full_context;

    /// The names of a text, with kinds given to some words by hand before they agree.
    fn check(text: &str, tags: &[(&str, usize, Ner)], expected: &[&str]) {
        let document = with_full_context(text, |context, _| context.view.document.clone());
        let mut document = document;
        for token in &mut document.tokens {
            token.ner = Ner::Outside;
        }
        for &(form, occurrence, ner) in tags {
            let token =
                document.tokens.iter_mut().filter(|token| token.span.of(text) == form).nth(occurrence);
            token.expect("the word stands in the text").ner = ner;
        }
        agree(text, &mut document);
        let view = View::new(text, &document);
        let told: Vec<String> = names(&document)
            .iter()
            .map(|name| format!("{} {:?}", words(view.text, &document, name.first, name.last), name.kind))
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn one_name_is_of_one_kind() {
        let text = "Brant spoke. We met Brant. They left Brant.";
        let tags =
            [0, 1, 2].map(|at| ("Brant", at, Ner::Begin(if at == 2 { NerType::Loc } else { NerType::Per })));
        check(text, &tags, &["Brant Per", "Brant Per", "Brant Per"]);
    }

    #[test]
    fn an_overlooked_name_is_a_name() {
        let text = "Azurix paid. They sued Azurix. We know Azurix.";
        let tags = [0, 1].map(|at| ("Azurix", at, Ner::Begin(NerType::Org)));
        check(text, &tags, &["Azurix Org", "Azurix Org", "Azurix Org"]);
        check(text, &tags[..1], &["Azurix Org"]);
    }

    #[test]
    fn a_name_that_begins_anew_has_ended() {
        let text = "Regards, Vera Lund Vera Lund Oslo branch";
        let (begin, inside) = (Ner::Begin(NerType::Per), Ner::Inside(NerType::Per));
        let tags = [("Vera", 0, begin), ("Lund", 0, inside), ("Vera", 1, inside), ("Lund", 1, inside)];
        check(text, &tags, &["Vera Lund Per", "Vera Lund Per"]);
    }
}
