//! *Does this word name a place here?* A town called Reading is not meant by every sentence that begins with the word.

use std::collections::{HashMap, HashSet};

use annalist_data::gazetteer::{Feature, Gazetteer, Place, WordList, fold};
use annalist_schema::{Ner, NerType, Upos, View};

use super::person::Persons;
use super::spot::{self, Form, Spot};
use super::word::{self, Gap, Word};

/// A spot with the evidence that it names a place.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The spot.
    pub spot: Spot,
    /// Evidence, in odds: above [`ENOUGH`] the spot is a toponym.
    pub weight: f64,
    /// Whether the name is part of an institution's name.
    pub is_embedded: bool,
    /// Whether the name is a word that means something else as well: "Central", "Union".
    pub is_ordinary: bool,
}

/// The least evidence for a toponym.
pub const ENOUGH: f64 = 1.0;

/// The spots that name places, in order.
pub fn judge(view: View<'_>, words: &[Word<'_>], persons: &Persons<'_>, spots: Vec<Spot>) -> Vec<Judged> {
    let has_entities = word::has_entities(view);
    let spots = join_fragments(view, words, spots);
    let ordinary = ordinary_here(words);
    let scene = Scene { view, words, persons, has_entities, ordinary: &ordinary };
    let weights: Vec<_> =
        spots.iter().enumerate().map(|(number, spot)| scene.weigh(spot, spots.get(number + 1))).collect();
    let mut judged: Vec<_> = spots
        .into_iter()
        .zip(weights)
        .map(|(spot, weight)| Judged {
            weight,
            is_embedded: scene.is_embedded(&spot),
            is_ordinary: scene.is_ordinary(&spot),
            spot,
        })
        .collect();
    share_evidence(view, &mut judged);
    judged.retain(|judged| judged.weight >= ENOUGH);
    judged
}

/// "Ain Issa" is neither in the department of Ain nor in a village called Issa: where the tagger takes two names for one and neither
/// place holds the other, it is one that no gazetteer has.
fn join_fragments(view: View<'_>, words: &[Word<'_>], spots: Vec<Spot>) -> Vec<Spot> {
    let mut joined: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots {
        match joined.last_mut().filter(|last| are_fragments(view, words, last, &spot)) {
            Some(last) => {
                *last = spot::spot(words, last.words.start..spot.words.end, Form::Unlisted, Vec::new())
            }
            None => joined.push(spot),
        }
    }
    joined
}

fn are_fragments(view: View<'_>, words: &[Word<'_>], one: &Spot, other: &Spot) -> bool {
    let first = &words[other.words.start];
    let is_name = |spot: &Spot| matches!(spot.form, Form::Name | Form::Sound) && spot.words.len() == 1;
    let hold = |outer: &Spot, inner: &Spot| {
        outer.places.iter().any(|area| inner.places.iter().any(|place| holds(area, place)))
    };
    one.words.end == other.words.start
        && first.gap == Gap::Space
        && word::tag(view, first) == Some(Ner::Inside(NerType::Loc))
        && is_name(one)
        && is_name(other)
        && !is_known_ending(first.text)
        && !hold(one, other)
        && !hold(other, one)
}

/// What is sure in one place of a report is likely in another: one sense for one name.
fn share_evidence(view: View<'_>, judged: &mut [Judged]) {
    let mut best: HashMap<String, f64> = HashMap::new();
    for judged in judged.iter() {
        let weight = best.entry(fold(judged.spot.span.of(view.text))).or_insert(f64::MIN);
        *weight = weight.max(judged.weight);
    }
    for judged in judged {
        let best = best.get(&fold(judged.spot.span.of(view.text))).copied().unwrap_or_default();
        if best >= ENOUGH + 1.5 && judged.weight > -2.0 {
            judged.weight += 1.5;
        }
    }
}

/// Words that the report also writes small are no names where a sentence begins.
fn ordinary_here<'t>(words: &[Word<'t>]) -> HashSet<&'t str> {
    words.iter().filter(|word| !word.is_capital()).map(|word| word.text).collect()
}

struct Scene<'a, 't> {
    view: View<'t>,
    words: &'a [Word<'t>],
    persons: &'a Persons<'t>,
    has_entities: bool,
    ordinary: &'a HashSet<&'t str>,
}

impl Scene<'_, '_> {
    fn weigh(&self, spot: &Spot, next: Option<&Spot>) -> f64 {
        match spot.form {
            Form::Street | Form::Short | Form::Unlisted => return 4.0,
            Form::Demonym => return 3.0 + self.entity_weight(spot).min(0.0),
            Form::Name | Form::Sound => {}
        }
        let sound = if spot.form == Form::Sound { -1.5 } else { 0.0 };
        self.fame(spot)
            + sound
            + self.before(spot)
            + self.after(spot, next)
            + self.entity_weight(spot)
            + self.ordinary_weight(spot)
            + self.person_weight(spot)
            + self.fragment_weight(spot, next)
    }

    /// "Ain" of "Ain Issa", "Airport" of "Baghdad International Airport": the tagger takes more words for one name, and those are in
    /// no gazetteer.
    fn fragment_weight(&self, spot: &Spot, next: Option<&Spot>) -> f64 {
        if spot.words.len() > 1 {
            return 0.0;
        }
        let word = &self.words[spot.words.start];
        let gazetteer = Gazetteer::in_use();
        let known = [WordList::Institution, WordList::Setting, WordList::Street];
        let is_known = |word: &Word<'_>| known.iter().any(|list| gazetteer.is_listed(*list, word.text));
        let joins = |word: Option<&Word<'_>>| {
            word.is_some_and(|word| {
                matches!(word.gap, Gap::Space | Gap::Hyphen)
                    && word.is_capital()
                    && word::tag(self.view, word) == Some(Ner::Inside(NerType::Loc))
            })
        };
        let after = self.words.get(spot.words.end).filter(|after| {
            joins(Some(after))
                && !is_known(after)
                && gazetteer.lookup(after.text).next().is_none()
                && next.is_none_or(|next| next.words.start != spot.words.end)
        });
        let is_end = joins(Some(word)) && is_known_ending(word.text) && spot.words.start > 0;
        if after.is_some() || is_end { -4.0 } else { 0.0 }
    }

    /// How likely a name is to mean a place anywhere: countries nearly always, villages seldom.
    fn fame(&self, spot: &Spot) -> f64 {
        let single = spot.places.iter().map(fame_of).fold(f64::MIN, f64::max);
        let capitals = self.words[spot.words.clone()].iter().filter(|word| word.is_capital()).count();
        single + if capitals > 1 { 1.0 } else { 0.0 }
    }

    fn before(&self, spot: &Spot) -> f64 {
        let Some(before) = self.previous(spot) else { return 0.0 };
        let first = &self.words[spot.words.start];
        if first.gap == Gap::Space || first.gap == Gap::Hyphen {
            let word = before.text.to_lowercase();
            if STRONG_PREPOSITIONS.contains(&word.as_str()) {
                return 1.7;
            }
            if WEAK_PREPOSITIONS.contains(&word.as_str()) {
                return 0.6;
            }
            if COMPASS.contains(&word.as_str()) {
                return 1.5;
            }
            return if self.continues_name(before, first) { -1.2 } else { 0.0 };
        }
        0.0
    }

    /// Whether a capitalised word before belongs to the same longer name.
    fn continues_name(&self, before: &Word<'_>, first: &Word<'_>) -> bool {
        let gazetteer = Gazetteer::in_use();
        let is_place = gazetteer.country_by_demonym(before.text).is_some()
            || gazetteer.lookup(before.text).next().is_some();
        let is_marked = before.is_genitive || before.starts_sentence || first.starts_sentence;
        before.is_capital() && !is_marked && !is_place
    }

    fn after(&self, spot: &Spot, next: Option<&Spot>) -> f64 {
        let container =
            next.filter(|next| next.words.start == spot.words.end && self.is_container(spot, next));
        if container.is_some() {
            return 3.0;
        }
        let Some(after) = self.words.get(spot.words.end) else { return 0.0 };
        let last = &self.words[spot.words.end - 1];
        if after.gap == Gap::Space && Gazetteer::in_use().is_listed(WordList::Setting, after.text) {
            return 1.5;
        }
        if self.is_dateline(spot) {
            return 3.0;
        }
        let is_surname =
            after.gap == Gap::Space && after.is_capital() && !after.starts_sentence && !last.is_genitive;
        let is_known = [WordList::Institution, WordList::Setting, WordList::Street, WordList::Ordinary]
            .iter()
            .any(|list| Gazetteer::in_use().is_listed(*list, after.text));
        if is_surname && !is_known && next.is_none_or(|next| next.words.start != spot.words.end) {
            -1.0
        } else {
            0.0
        }
    }

    /// "Paris, Texas": the next spot is a larger area that holds one of these places.
    fn is_container(&self, spot: &Spot, next: &Spot) -> bool {
        let gap = self.words[next.words.start].gap;
        matches!(gap, Gap::Comma | Gap::Bracket)
            && next.form != Form::Demonym
            && spot.places.iter().any(|place| next.places.iter().any(|area| holds(area, place)))
    }

    /// "BAGHDAD (AP) -", "KYIV, Ukraine -": capitals at the start of the text.
    fn is_dateline(&self, spot: &Spot) -> bool {
        let is_early = spot.words.start < 40 && self.words[spot.words.start].starts_sentence;
        let rest = self.view.text.get(spot.span.end as usize..).unwrap_or_default();
        let rest = rest.trim_start();
        is_early
            && (rest.starts_with('(')
                || rest.starts_with('—')
                || rest.starts_with("- ")
                || rest.starts_with("-- ")
                || rest.starts_with('–'))
    }

    fn entity_weight(&self, spot: &Spot) -> f64 {
        if !self.has_entities {
            return 0.0;
        }
        let tags: Vec<_> =
            self.words[spot.words.clone()].iter().map(|word| word::entity(self.view, word)).collect();
        let has = |kind| tags.contains(&Some(kind));
        match () {
            () if has(NerType::Loc) => 3.0,
            () if has(NerType::Org) => 0.5,
            () if has(NerType::Misc) => 0.3,
            () if has(NerType::Per) => -4.0,
            () => -1.5,
        }
    }

    fn is_ordinary(&self, spot: &Spot) -> bool {
        let [word] = &self.words[spot.words.clone()] else { return false };
        spot.form == Form::Name && Gazetteer::in_use().is_listed(WordList::Ordinary, &title_case(word.text))
    }

    fn ordinary_weight(&self, spot: &Spot) -> f64 {
        let [word] = &self.words[spot.words.clone()] else { return 0.0 };
        let upos = word::part_of_speech(self.view, word);
        let wrong = upos.is_some_and(|upos| !matches!(upos, Upos::Propn | Upos::Noun | Upos::Adj));
        let listed = Gazetteer::in_use().is_listed(WordList::Ordinary, &title_case(word.text));
        let small = self.ordinary.contains(word.text.to_lowercase().as_str());
        let sum =
            if listed { -2.5 } else { 0.0 } + if small { -1.5 } else { 0.0 } + if wrong { -2.0 } else { 0.0 };
        if word.starts_sentence && (listed || small) { sum - 1.5 } else { sum }
    }

    fn person_weight(&self, spot: &Spot) -> f64 {
        let range = spot.words.clone();
        let is_part = range.clone().any(|index| self.persons.is_person(index));
        let single = range.len() == 1;
        let text = self.words[range.start].text;
        let gazetteer = Gazetteer::in_use();
        match () {
            () if is_part && single => -4.0,
            () if is_part => -1.0,
            () if single && self.persons.is_surname(text) => -2.5,
            () if single
                && (gazetteer.is_listed(WordList::Surname, text)
                    || gazetteer.is_listed(WordList::Given, text)) =>
            {
                -1.3
            }
            () => 0.0,
        }
    }

    /// Whether an institution's name holds the place name: "Baghdad University", "University of Baghdad", "the Paris Agreement".
    fn is_embedded(&self, spot: &Spot) -> bool {
        let gazetteer = Gazetteer::in_use();
        let is_institution =
            |word: &Word<'_>| word.is_capital() && gazetteer.is_listed(WordList::Institution, word.text);
        let after = self.words[spot.words.end..].iter().take(4);
        let run = after.take_while(|word| {
            word.gap == Gap::Space && (word.is_capital() || matches!(word.text, "of" | "for" | "and"))
        });
        let mut before = self.words[..spot.words.start].iter().rev();
        let of = before.next().is_some_and(|word| matches!(word.text, "of" | "for"))
            && before.next().is_some_and(is_institution);
        !self.words[spot.words.end - 1].is_genitive && run.into_iter().any(is_institution) || of
    }

    fn previous(&self, spot: &Spot) -> Option<&Word<'_>> {
        let before = spot.words.start.checked_sub(1)?;
        // "in the Netherlands": an article hides the preposition.
        let hides = before > 0 && self.words[before].text.eq_ignore_ascii_case("the");
        self.words.get(if hides { before - 1 } else { before })
    }
}

/// Words that end the name of a place and name none by themselves.
fn is_known_ending(word: &str) -> bool {
    let small = word.to_lowercase();
    let gazetteer = Gazetteer::in_use();
    gazetteer.is_listed(WordList::Setting, &small) || gazetteer.is_listed(WordList::Institution, word)
}

/// Whether an area is the country, state or district of a place.
pub fn holds(area: &Place<'_>, place: &Place<'_>) -> bool {
    match area.feature {
        Feature::Country => {
            area.iso2().is_some() && area.iso2() == place.iso2() && area.number != place.number
        }
        Feature::Admin1 => place.admin1 == Some(area.number),
        Feature::Admin2 => place.admin2 == Some(area.number),
        _ => {
            area.number != place.number
                && area.country.is_some()
                && area.iso2() == place.iso2()
                && area.distance_km(place) < 300.0
        }
    }
}

fn fame_of(place: &Place<'static>) -> f64 {
    let alias = if place.is_alias { -0.7 } else { 0.0 };
    alias
        + match place.feature {
            Feature::Country | Feature::Continent | Feature::Ocean => 3.5,
            Feature::Admin1 if place.population > 500_000 => 2.2,
            Feature::Admin1 => 1.2,
            Feature::Admin2 if place.name.contains(' ') => 1.0,
            Feature::Admin2 => 0.3,
            Feature::City => match place.population {
                1_000_000.. => 2.5,
                300_000.. => 1.9,
                100_000.. => 1.4,
                30_000.. => 0.8,
                10_000.. => 0.4,
                _ => 0.0,
            },
            _ => 2.2,
        }
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}

const STRONG_PREPOSITIONS: &[&str] = &[
    "in",
    "at",
    "near",
    "from",
    "outside",
    "around",
    "across",
    "into",
    "toward",
    "towards",
    "throughout",
    "inside",
    "downtown",
    "within",
];
const WEAK_PREPOSITIONS: &[&str] =
    &["to", "of", "between", "through", "over", "via", "on", "leaving", "off", "against", "and", "or"];
const COMPASS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "greater",
    "upper",
    "lower",
    "mainland",
    "rural",
    "upstate",
];

#[cfg(test)]
mod tests {
    use annalist_schema::{Document, Token};

    use super::*;

    /// The words that name places in a text without analysis, or with the words that are given tagged so.
    fn check(text: &str, tags: &[(&str, Ner)], expected: &[&str]) {
        let mut document = Document::default();
        for (form, ner) in tags {
            let start = text.find(form).expect("the word stands in the text");
            document.tokens.push(Token {
                span: (start..start + form.len()).into(),
                ner: *ner,
                ..Token::default()
            });
        }
        let view = View::new(text, &document);
        let words = word::scan(view);
        let persons = Persons::of(view, &words);
        let judged = judge(view, &words, &persons, spot::find(text, &words));
        let told: Vec<&str> = judged.iter().map(|judged| judged.spot.span.of(text)).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn what_stands_before_a_name_tells_that_it_is_a_place() {
        check("They met in Reading.", &[], &["Reading"]);
        check("Reading books is a joy.", &[], &[]);
        check("They met in Nice.", &[], &["Nice"]);
        check("Nice weather was had by all.", &[], &[]);
    }

    #[test]
    fn countries_need_no_help_and_villages_do() {
        check("Peru won.", &[], &["Peru"]);
        check("Iraqi and Chadian farmers agreed.", &[], &["Iraqi", "Chadian"]);
        check("Paris, Texas is small.", &[], &["Paris", "Texas"]);
    }

    #[test]
    fn a_person_is_no_place() {
        check("Jordan Smith spoke.", &[], &[]);
        check("A speech by Santiago was heard.", &[("Santiago", Ner::Begin(NerType::Per))], &[]);
        check("A speech in Santiago was heard.", &[("Santiago", Ner::Begin(NerType::Loc))], &["Santiago"]);
    }

    #[test]
    fn what_is_sure_once_is_likely_elsewhere() {
        check("They live in Mosul. Mosul fell.", &[], &["Mosul", "Mosul"]);
    }
}
