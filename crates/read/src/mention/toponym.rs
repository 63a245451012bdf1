//! *Which words name a place, and which place is it?*
//!
//! Four steps: words ([`word`]), spots that the gazetteer knows ([`spot`]), whether each names a place where it stands
//! ([`judge`]), and which place ([`rank`]). Every choice says why it was made.

mod judge;
mod person;
mod rank;
mod spot;
mod word;

use annalist_data::gazetteer::{Feature, Gazetteer};
use annalist_data::lexicon::lexicon;
use annalist_schema::{Deprel, Note, NoteKind, Toponym, ToponymKind, View};

use judge::Judged;
use rank::Choice;
use spot::Form;
use word::{Gap, Word};

/// Place names in order, none overlapping another, resolved against the gazetteer and the rest of the report.
///
/// A name that two places have an equal claim to is resolved to the better one, with an `ambiguous-toponym` note. Streets are
/// named but not resolved.
pub fn find(view: View<'_>, notes: &mut Vec<Note>) -> Vec<Toponym> {
    resolve(view, &recognise(view), notes)
}

/// The words of a report, and which of them name places.
#[derive(Debug)]
pub struct Recognised<'t> {
    words: Vec<Word<'t>>,
    judged: Vec<Judged>,
    /// The countries that words other than names speak of.
    cues: rank::Countries,
}

/// The first half of [`find`]: which words name a place.
pub fn recognise(view: View<'_>) -> Recognised<'_> {
    let words = word::scan(view);
    let persons = person::Persons::of(view, &words);
    let spots = spot::find(view.text, &words);
    let judged = judge::judge(view, &words, &persons, spots);
    Recognised { cues: rank::local_cues(&words), words, judged }
}

/// The second half of [`find`]: which place each names.
pub fn resolve(view: View<'_>, found: &Recognised<'_>, notes: &mut Vec<Note>) -> Vec<Toponym> {
    let Recognised { words, judged, cues } = found;
    let choices = rank::resolve(view.text, words, cues, judged);
    let pairs = judged.iter().zip(&choices);
    notes.extend(pairs.clone().filter_map(|(judged, choice)| ambiguity(view, judged, choice)));
    pairs.map(|(judged, choice)| toponym(view, words, judged, choice)).collect()
}

fn toponym(view: View<'_>, words: &[Word<'_>], judged: &Judged, choice: &Choice) -> Toponym {
    let place = choice.place;
    Toponym {
        span: judged.spot.span.into(),
        name: place.map_or(judged.spot.span.of(view.text), |place| place.name).to_owned(),
        country: place.and_then(|place| place.country).map(|country| country.iso3),
        cc: place.and_then(|place| place.iso2()).map(str::to_owned),
        lat: place.map(|place| place.lat),
        lon: place.map(|place| place.lon),
        geonames_id: place.and_then(|place| place.geonames_id),
        kind: kind(view, words, judged, choice),
        feature: place.map_or(unplaced(judged), |place| place.feature.as_str()).to_owned(),
        why: choice.why.clone(),
    }
}

/// What is called a place and has no entry.
fn unplaced(judged: &Judged) -> &'static str {
    if judged.spot.form == Form::Street { "street" } else { "unlisted" }
}

/// The least lead over a place elsewhere that needs no note.
const CLOSE: f64 = 0.5;

fn ambiguity(view: View<'_>, judged: &Judged, choice: &Choice) -> Option<Note> {
    let margin = choice.margin?;
    let rival = choice.why.last()?;
    let place = rank::describe(&choice.place?);
    let name = judged.spot.span.of(view.text);
    (margin < CLOSE && judged.spot.form != Form::Demonym).then(|| Note {
        kind: NoteKind::AmbiguousToponym,
        span: Some(judged.spot.span),
        message: format!(
            "`{name}` was read as {place}, {rival}; the report says little to choose: check the country"
        ),
    })
}

fn kind(view: View<'_>, words: &[Word<'_>], judged: &Judged, choice: &Choice) -> ToponymKind {
    match () {
        () if judged.spot.form == Form::Demonym => ToponymKind::Demonym,
        () if judged.is_embedded => ToponymKind::Embedded,
        () if is_metonym(view, words, judged, choice) => ToponymKind::Metonym,
        () => ToponymKind::Literal,
    }
}

/// "Baghdad condemned": a country or its seat does what only a government does.
fn is_metonym(view: View<'_>, words: &[Word<'_>], judged: &Judged, choice: &Choice) -> bool {
    let Some(place) = choice.place else { return false };
    let is_power = matches!(place.feature, Feature::Country | Feature::Bloc | Feature::Admin1)
        || Gazetteer::in_use().country_by_seat(place.name).is_some();
    let last = &words[judged.spot.words.end - 1];
    let subject = last.token.map(|token| view.token(token).deprel);
    let parsed = view.document.tokens.iter().any(|token| token.head.is_some());
    let acts = match (parsed, subject) {
        (true, Some(deprel)) => matches!(deprel, Deprel::Nsubj | Deprel::Iobj | Deprel::OblAgent),
        _ => words
            .get(judged.spot.words.end)
            .is_some_and(|next| next.gap == Gap::Space && lexicon().is("power_speaks", next.text)),
    };
    is_power && acts && !last.is_genitive
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Document, Span};

    use super::*;

    /// Toponyms as `words=name, country, kind`.
    fn check(text: &str, expected: &[&str]) {
        let document = Document::default();
        let found = find(View::new(text, &document), &mut Vec::new());
        let found: Vec<_> = found
            .iter()
            .map(|toponym| {
                let words = Span::from(toponym.span).of(text);
                format!("{words}={} {} {}", toponym.name, toponym.cc.as_deref().unwrap_or("-"), toponym.kind)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_adjectives_and_seats() {
        check("Iraqi troops left Mosul.", &["Iraqi=Iraq IQ demonym", "Mosul=Mosul IQ literal"]);
        check("Saudi Arabia's oil", &["Saudi Arabia=Saudi Arabia SA literal"]);
        check("Latin American towns", &["Latin American=Latin America - demonym"]);
        check("Baghdad condemned it.", &["Baghdad=Baghdad IQ metonym"]);
        check("the Paris Agreement", &["Paris=Paris FR embedded"]);
        check(
            "a strike at Baghdad International Airport",
            &["Baghdad International Airport=Baghdad International Airport IQ literal"],
        );
        check("a base at al-Tanf in Syria", &["al-Tanf=Al-Tanf SY literal", "Syria=Syria SY literal"]);
    }

    #[test]
    fn containers_decide() {
        check("in Paris, Texas", &["Paris=Paris US literal", "Texas=Texas US literal"]);
        check("in Alexandria, La.", &["Alexandria=Alexandria US literal", "La.=Louisiana US literal"]);
        check("in Tripoli, Lebanon", &["Tripoli=Tripoli LB literal", "Lebanon=Lebanon LB literal"]);
    }

    #[test]
    fn long_names_are_those_of_the_state() {
        check("in the People's Republic of China", &["People's Republic of China=China CN literal"]);
        check("in the Republic of Uganda", &["Republic of Uganda=Uganda UG literal"]);
    }

    #[test]
    fn the_best_known_of_a_name() {
        check("in Florence", &["Florence=Florence IT literal"]);
        check("in Odessa", &["Odessa=Odesa UA literal"]);
        check("in Bristol", &["Bristol=Bristol GB literal"]);
    }

    #[test]
    fn articles_and_houses_name_no_place() {
        check("The region left it.", &[]);
        check("The valley lies there.", &[]);
        check("They met at the White House.", &[]);
    }

    #[test]
    fn countries_in_small_letters() {
        check("rebels kill nine in northern mali", &["mali=Mali ML literal"]);
        check("The rebels of mali", &[]);
    }

    #[test]
    fn persons_and_words_are_no_towns() {
        check("Then Jackson said so.", &[]);
        check("Then Keith Lincoln said so.", &[]);
        check("Police shot him in March.", &[]);
        check("Most of us may go.", &[]);
    }

    #[test]
    fn streets_are_not_resolved() {
        check("a house on Memphis Street", &["Memphis Street=Memphis Street - literal"]);
    }

    #[test]
    fn a_small_place_lies_where_the_words_beside_it_put_it() {
        check(
            "They marched on Independence Square in central Accra.",
            &["Independence Square=Accra GH literal", "Accra=Accra GH literal"],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_spans_that_slice(text in "(\\PC|in |Paris|, |Texas|St. |al-|'s|\n)*") {
            let document = Document::default();
            let mut notes = Vec::new();
            let found = find(View::new(&text, &document), &mut notes);
            let mut end = 0;
            for toponym in &found {
                proptest::prop_assert!(!Span::from(toponym.span).of(&text).is_empty());
                proptest::prop_assert!(toponym.span.start >= end);
                end = toponym.span.end;
            }
            for note in &notes {
                proptest::prop_assert!(note.span.is_some_and(|span| !span.of(&text).is_empty()));
            }
        }
    }
}
