//! *Which words could name a place?* Every run of words that the gazetteer knows, the longest first.

use std::ops::Range;

use annalist_data::gazetteer::{CountryEntry, Feature, Gazetteer, Place, WordList};
use annalist_schema::Span;

use super::word::{Gap, Word};

/// How a place is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By its name.
    Name,
    /// By an abbreviation that means nothing else where it stands.
    Short,
    /// By an adjective or its inhabitants.
    Demonym,
    /// By a name that only sounds like the gazetteer's.
    Sound,
    /// A street: named, but in no gazetteer.
    Street,
    /// By a name that the tagger knows and no gazetteer does.
    Unlisted,
}

/// Words that could name a place, with the places.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Range of words.
    pub words: Range<usize>,
    /// Their span.
    pub span: Span,
    /// How the place is named.
    pub form: Form,
    /// The places of this name; empty for streets and unlisted names.
    pub places: Vec<Place<'static>>,
    /// The country of the one that the name by itself means.
    pub famous: Option<&'static str>,
}

/// Names longer than this are not tried.
const LONGEST: usize = 7;
/// Of a name that hundreds of villages share, so many are weighed.
const MOST_PLACES: usize = 60;

/// All spots, in order, none overlapping another.
pub fn find(text: &str, words: &[Word<'_>]) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut index = 0;
    while index < words.len() {
        if let Some(length) = house(text, words, index) {
            index += length;
            continue;
        }
        match at(text, words, index) {
            Some(spot) => {
                index = spot.words.end;
                spots.push(spot);
            }
            None => index += 1,
        }
    }
    spots
}

/// How many words name a seat of government that is no place of its own: "White House", which is not the town of White.
fn house(text: &str, words: &[Word<'_>], index: usize) -> Option<usize> {
    (2..=3).rev().find(|&length| {
        joined(text, words, index, length, |word| word.is_capital()).is_some_and(|name| {
            Gazetteer::in_use().country_by_seat(name).is_some() && places(name, &words[index]).is_empty()
        })
    })
}

fn at(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    let may_begin = words[index].is_capital() || is_article(words, index);
    if !may_begin {
        return has_no_capitals(words).then(|| small_country(text, words, index)).flatten();
    }
    street(words, index)
        .or_else(|| abbreviation(text, words, index))
        .or_else(|| longer(demonym(text, words, index), name(text, words, index)))
        .or_else(|| sounding(text, words, index))
}

/// "Saudi Arabia" is no Saudi, "Latin American" no Latin; of two equally long, the first.
fn longer(one: Option<Spot>, other: Option<Spot>) -> Option<Spot> {
    let length = |spot: &Option<Spot>| spot.as_ref().map_or(0, |spot| spot.words.len());
    if length(&other) > length(&one) { other } else { one }
}

/// "al-Tanf": a name may begin with a small article. Those that are English words too are bound to it by a hyphen: "at-Tall", but
/// "at Tall".
fn is_article(words: &[Word<'_>], index: usize) -> bool {
    let Some(next) = words.get(index + 1).filter(|next| next.is_capital()) else { return false };
    match words[index].text {
        "al" | "el" | "ash" | "ar" | "az" => matches!(next.gap, Gap::Hyphen | Gap::Space),
        "as" | "at" | "an" | "ad" => next.gap == Gap::Hyphen,
        _ => false,
    }
}

/// The spot of a range of words.
pub fn spot(words: &[Word<'_>], range: Range<usize>, form: Form, places: Vec<Place<'static>>) -> Spot {
    let span = words[range.start].span.cover(words[range.end - 1].span);
    Spot { words: range, span, form, places, famous: None }
}

/// "Memphis Street" is a place, but not in Tennessee.
fn street(words: &[Word<'_>], index: usize) -> Option<Spot> {
    let is_street = |word: &Word<'_>| Gazetteer::in_use().is_listed(WordList::Street, word.text);
    let end = (index + 1..words.len().min(index + 4)).find(|&end| is_street(&words[end]))?;
    let inside = &words[index + 1..=end];
    let is_one =
        inside.iter().all(|word| word.gap == Gap::Space && word.is_capital() && !word.starts_sentence);
    // "St" before a name is a saint, and "Trail Blazers" a team.
    let ends = words.get(end + 1).is_none_or(|next| next.gap != Gap::Space || !next.is_capital());
    let is_name = !is_street(&words[index]) && !words[index].is_shouted() && !words[index].starts_sentence;
    let saint = words[end].text == "St"
        && words.get(end + 1).is_some_and(|next| next.gap == Gap::Point && next.is_capital());
    (is_one && ends && is_name && !saint).then(|| spot(words, index..end + 1, Form::Street, Vec::new()))
}

/// "Calif." anywhere after a comma, "CA" and "NSW" after a comma only.
fn abbreviation(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    let word = &words[index];
    let after_name =
        matches!(word.gap, Gap::Comma | Gap::Bracket) && index > 0 && words[index - 1].is_capital();
    let has_point = text[word.span.end as usize..].starts_with('.') && !word.text.ends_with('.');
    let written = if has_point { format!("{}.", word.text) } else { word.text.to_owned() };
    let gazetteer = Gazetteer::in_use();
    let is_sure = after_name || word.text.matches('.').count() > 1;
    let state = gazetteer
        .state_by_abbreviation(&written)
        .filter(|_| is_sure)
        .or_else(|| gazetteer.state_by_postal_code(word.text).filter(|_| after_name))?;
    let mut found = spot(words, index..index + 1, Form::Short, vec![state]);
    found.span.end += u32::from(has_point && gazetteer.state_by_abbreviation(&written).is_some());
    Some(found)
}

/// "Iraqi", "South Koreans", "Latin American".
fn demonym(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    let gazetteer = Gazetteer::in_use();
    for length in (1..=2).rev() {
        let Some(name) = joined(text, words, index, length, |word| word.is_capital()) else { continue };
        let country = gazetteer.country_by_demonym(name).and_then(place_of);
        if let Some(place) = country.or_else(|| gazetteer.area_by_demonym(name)) {
            return Some(spot(words, index..index + length, Form::Demonym, vec![place]));
        }
    }
    None
}

fn place_of(country: &'static CountryEntry) -> Option<Place<'static>> {
    Gazetteer::in_use()
        .lookup(country.name())
        .find(|place| place.feature == Feature::Country && place.iso2() == Some(country.iso2))
}

fn name(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    (1..=LONGEST).rev().find_map(|length| {
        let name = joined(text, words, index, length, is_inner)?;
        let last = &words[index + length - 1];
        let may_end = last.is_capital() || length > 1 && is_setting(last.text);
        // "The region" and "the valley" are no names, whatever place is called so.
        let is_bare = !words[index + usize::from(words[index].text == "The" && length > 1)..index + length]
            .iter()
            .any(|word| is_named(words, word));
        let places: Vec<_> = if may_end && !is_bare { places(name, &words[index]) } else { Vec::new() };
        let famous = Gazetteer::in_use().country_of_famous(name);
        (!places.is_empty())
            .then(|| Spot { famous, ..spot(words, index..index + length, Form::Name, places) })
    })
}

/// No large country is governed from a smaller town; it is a house of that name.
const SMALL_SEAT: u32 = 20_000;
/// Inhabitants of a large country.
const LARGE: u32 = 5_000_000;

/// Whether a word is written as a name is; in a text without capitals countries and their towns are named all the same.
fn is_named(words: &[Word<'_>], word: &Word<'_>) -> bool {
    word.is_capital() || has_no_capitals(words)
}

/// A headline or message typed in small letters throughout.
fn has_no_capitals(words: &[Word<'_>]) -> bool {
    (SHORTEST_SMALL..=LONGEST_SMALL).contains(&words.len()) && !words.iter().any(Word::is_capital)
}

/// So few words say too little of how their writer writes.
const SHORTEST_SMALL: usize = 3;
/// Longer texts have a capital somewhere.
const LONGEST_SMALL: usize = 60;

/// A country or a seat of government in a text without capitals: "nine soldiers killed in northern mali".
fn small_country(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    let gazetteer = Gazetteer::in_use();
    (1..=4).rev().find_map(|length| {
        let name = joined(text, words, index, length, |_| true).filter(|name| name.len() > 3)?;
        let country = gazetteer.country_by_name(name);
        if let Some(place) = country.and_then(place_of) {
            return Some(spot(words, index..index + length, Form::Name, vec![place]));
        }
        if let Some(place) =
            gazetteer.country_by_demonym(name).filter(|_| !is_english(name)).and_then(place_of)
        {
            return Some(spot(words, index..index + length, Form::Demonym, vec![place]));
        }
        let is_large = |place: &Place<'_>| match place.feature {
            Feature::Region => true,
            Feature::City => place.population >= LARGE_TOWN,
            _ => false,
        };
        let is_word = gazetteer.is_listed(WordList::Ordinary, &title_case(name));
        let places: Vec<_> =
            gazetteer.lookup(name).filter(|place| !is_word && is_large(place)).take(1).collect();
        (!places.is_empty()).then(|| spot(words, index..index + length, Form::Name, places))
    })
}

/// So large a town is known by a name without a capital.
const LARGE_TOWN: u32 = 500_000;

fn title_case(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Adjectives that small letters make words of their own.
fn is_english(name: &str) -> bool {
    matches!(name, "polish" | "thai" | "dutch" | "swiss" | "manx" | "saudis")
}

/// In a headline in capitals "US" may be "us", but "IRAQ" is Iraq.
fn places(name: &str, first: &Word<'_>) -> Vec<Place<'static>> {
    let gazetteer = Gazetteer::in_use();
    // "The White House" is the American one, not the town whose name means that.
    let seat = gazetteer.country_by_seat(name);
    let is_small = |place: &Place<'_>| place.feature == Feature::City && place.population < SMALL_SEAT;
    let is_other = |place: &Place<'_>| {
        seat.is_some_and(|seat| {
            place.iso2() != Some(seat.iso2) && place.is_alias || is_small(place) && seat.population > LARGE
        })
    };
    let mut places = gazetteer.lookup(name).filter(|place| !is_other(place)).take(MOST_PLACES).peekable();
    if places.peek().is_none() {
        // A long name that only the table of countries has: "Republic of Uganda".
        return gazetteer.country_by_name(name).and_then(place_of).into_iter().collect();
    }
    // Three or four capitals stand for something longer, seldom for a village.
    let is_short = first.is_shouted() && name.len() <= 4;
    places
        .filter(|place| !is_short || place.feature <= Feature::Admin1 || place.feature == Feature::Bloc)
        .collect()
}

fn is_inner(word: &Word<'_>) -> bool {
    word.is_capital() || LINKS.contains(&word.text) || is_setting(word.text)
}

fn is_setting(word: &str) -> bool {
    Gazetteer::in_use().is_listed(WordList::Setting, word) || FEATURES.contains(&word)
}

/// Small words inside names.
const LINKS: &[&str] = &[
    "of", "the", "and", "al", "el", "de", "la", "del", "du", "da", "do", "di", "das", "dos", "los", "las",
    "des", "le", "les", "in", "on", "upon", "sur", "am", "an", "der", "den", "bin", "ez", "az", "ash", "as",
    "ad", "ar", "at", "ul", "e", "y", "es", "aux", "en", "sous", "zu", "bei", "ter", "op", "aan",
];

/// Small words that end names.
const FEATURES: &[&str] = &[
    "river",
    "sea",
    "lake",
    "gulf",
    "strait",
    "straits",
    "canal",
    "desert",
    "mountains",
    "islands",
    "oasis",
    "corridor",
    "crossing",
    "camp",
    "airbase",
    "garrison",
    "bridge",
    "plain",
    "plains",
    "heights",
    "bay",
    "delta",
    "nuclear",
    "power",
    "plant",
    "airport",
    "compound",
];

/// The text of some words if nothing but blanks, hyphens or the point of "St." stands between them.
fn joined<'t>(
    text: &'t str,
    words: &[Word<'t>],
    index: usize,
    length: usize,
    is_inner: impl Fn(&Word<'_>) -> bool,
) -> Option<&'t str> {
    let run = words.get(index..index + length)?;
    for pair in run.windows(2) {
        let is_saint = pair[1].gap == Gap::Point && matches!(pair[0].text, "St" | "Ste" | "Mt" | "Ft" | "Pt");
        let is_bound = matches!(pair[1].gap, Gap::Space | Gap::Hyphen) || is_saint;
        // "The People's Republic of China" is one name.
        let is_owner = pair[0].is_genitive && pair[0].text != "People";
        if !is_bound || is_owner || !is_inner(&pair[1]) {
            return None;
        }
    }
    Some(run[0].span.cover(run[length - 1].span).of(text))
}

/// A name brought over from another script in a spelling that the gazetteer lacks.
fn sounding(text: &str, words: &[Word<'_>], index: usize) -> Option<Spot> {
    let is_rare = |word: &str| {
        let gazetteer = Gazetteer::in_use();
        let lists = [WordList::Ordinary, WordList::Given, WordList::Surname, WordList::Institution];
        word.len() >= 5 && !lists.iter().any(|list| gazetteer.is_listed(*list, word))
    };
    (1..=3).rev().find_map(|length| {
        let name =
            joined(text, words, index, length, |word| word.is_capital() || LINKS.contains(&word.text))?;
        let last = &words[index + length - 1];
        let may_be = last.is_capital() && is_rare(name) && !(length == 1 && words[index].starts_sentence);
        let places: Vec<_> = if may_be {
            Gazetteer::in_use().lookup_by_sound(name).take(MOST_PLACES).collect()
        } else {
            Vec::new()
        };
        (!places.is_empty()).then(|| spot(words, index..index + length, Form::Sound, places))
    })
}
