//! *Which of the places with this name is meant?* The one that the rest of the report makes likely: what its own words say of it, what
//! country the report speaks of, what lies near the other places, and only then how large it is.

mod affinity;
mod country;

use std::collections::HashMap;

use annalist_data::gazetteer::{Feature, Gazetteer, Place, WordList, fold};

use affinity::Neighbour;
pub use country::Countries;

use super::judge::{Judged, holds};
use super::spot::Form;
use super::word::{Gap, Word};

/// The chosen place and why.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The place; `None` for streets.
    pub place: Option<Place<'static>>,
    /// Reasons for a person, the strongest first, and the runner-up.
    pub why: Vec<String>,
    /// By how much it beat the next place that lies elsewhere; `None` if there was none.
    pub margin: Option<f64>,
}

/// One choice per spot, in order.
pub fn resolve(text: &str, words: &[Word<'_>], cues: &Countries, judged: &[Judged]) -> Vec<Choice> {
    let mut names = Names::of(text, words, cues, judged);
    for _ in 0..ROUNDS {
        names.weigh();
    }
    names.count_by_country();
    names.choices(judged)
}

/// How often the choices are weighed against one another.
const ROUNDS: usize = 3;
/// So many names before and after are weighed against one another.
const WINDOW: usize = 30;
/// How many places of one name are weighed.
const MOST_PLACES: usize = 60;

/// One name of the report with its places.
struct Name {
    places: Vec<Place<'static>>,
    /// The same as neighbours of others.
    neighbours: Vec<Neighbour>,
    /// What is known of each place before the others are looked at.
    prior: Vec<f64>,
    /// The same with the others.
    score: Vec<f64>,
    /// Share of belief of each place.
    belief: Vec<f64>,
    /// Whether words beside the name say which it is.
    is_contained: Vec<bool>,
    /// The name of the area that the report puts it in, where none of its places lies there.
    within: Option<usize>,
    count: usize,
}

struct Names {
    names: Vec<Name>,
    /// The name of each spot.
    of_spot: Vec<usize>,
    /// How much the report speaks of each country.
    countries: Countries,
    /// How many names most likely lie in each country.
    by_country: HashMap<&'static str, usize>,
}

impl Names {
    fn of(text: &str, words: &[Word<'_>], cues: &Countries, judged: &[Judged]) -> Self {
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut names: Vec<Name> = Vec::new();
        let mut of_spot = Vec::with_capacity(judged.len());
        for judged in judged {
            let key = format!("{:?} {}", judged.spot.form, fold(judged.spot.span.of(text)));
            let name = *index.entry(key).or_insert_with(|| {
                names.push(Name::of(judged));
                names.len() - 1
            });
            names[name].count += 1;
            of_spot.push(name);
        }
        let mut all = Self { names, of_spot, countries: cues.clone(), by_country: HashMap::new() };
        all.contain(words, judged);
        all.settle(words, judged);
        all
    }

    /// "Paris, Texas", "Paris (France)", "Mosul in Iraq", "Iraq's Mosul", "the Iraqi city of Mosul".
    fn contain(&mut self, words: &[Word<'_>], judged: &[Judged]) {
        for (inner, outer) in containments(words, judged) {
            let (inner, outer) = (self.of_spot[inner], self.of_spot[outer]);
            if inner == outer {
                continue;
            }
            let areas = self.names[outer].places.clone();
            let holders: Vec<bool> = self.names[inner]
                .places
                .iter()
                .map(|place| areas.iter().any(|area| holds(area, place)))
                .collect();
            let places = &self.names[inner].places;
            let held: Vec<bool> =
                areas.iter().map(|area| places.iter().any(|place| holds(area, place))).collect();
            if holders.contains(&true) {
                self.names[inner].mark(&holders);
                self.names[outer].mark(&held);
            }
        }
    }

    /// "The village of La Esperanza in the department of Cauca" lies in Cauca, even if the gazetteer only knows others of its name.
    fn settle(&mut self, words: &[Word<'_>], judged: &[Judged]) {
        for (inner, outer) in settlements(words, judged) {
            let (inner, outer) = (self.of_spot[inner], self.of_spot[outer]);
            let areas = &self.names[outer].places;
            let lies_there = |place: &Place<'static>| areas.iter().any(|area| holds(area, place));
            let is_area = areas.iter().any(|area| matches!(area.feature, Feature::Admin1 | Feature::Admin2));
            if inner != outer && is_area && !self.names[inner].places.iter().any(lies_there) {
                self.names[inner].within = Some(outer);
            }
        }
        for (inner, outer) in self.elsewhere(words, judged) {
            self.names[inner].within = Some(outer);
        }
    }

    /// "Independence Square in central Accra" lies in Accra, even if the gazetteer only knows one of Kyiv.
    fn elsewhere(&self, words: &[Word<'_>], judged: &[Judged]) -> Vec<(usize, usize)> {
        let in_which = containments(words, judged)
            .into_iter()
            .filter(|&(inner, outer)| inner < outer && words[judged[inner].spot.words.end].text == "in");
        let names = in_which.map(|(inner, outer)| (self.of_spot[inner], self.of_spot[outer]));
        names.filter(|&(inner, outer)| inner != outer && self.lies_elsewhere(inner, outer)).collect()
    }

    /// Whether every place of a name is a small one in a country where no place of the other lies.
    fn lies_elsewhere(&self, inner: usize, outer: usize) -> bool {
        let areas = &self.names[outer].places;
        let is_abroad = |place: &Place<'static>| areas.iter().all(|area| area.iso2() != place.iso2());
        let mut places = self.names[inner].places.iter();
        places.all(|place| is_small(place) && place.iso2().is_some() && is_abroad(place))
    }

    fn weigh(&mut self) {
        let mut countries = self.countries.clone();
        for name in &self.names {
            let weight = (1.0 + name.count as f64).ln();
            for (place, belief) in name.places.iter().zip(&name.belief) {
                if let Some(sum) = place.iso2().and_then(|iso2| countries.get_mut(iso2)) {
                    *sum += weight * belief;
                }
            }
        }
        let total = countries.sum().max(1.0);
        let likely: Vec<Likely<'_>> = self.names.iter().map(Name::likely).collect();
        let scores: Vec<Vec<f64>> =
            (0..self.names.len()).map(|name| self.scores(name, (&countries, total), &likely)).collect();
        for (name, score) in self.names.iter_mut().zip(scores) {
            name.believe(score);
        }
    }

    fn scores(&self, name: usize, (countries, total): (&Countries, f64), likely: &[Likely<'_>]) -> Vec<f64> {
        let own = &self.names[name];
        let before = &likely[name.saturating_sub(WINDOW)..name];
        let after = &likely[name + 1..(name + WINDOW + 1).min(likely.len())];
        let is_country = own.places.iter().any(|place| place.feature == Feature::Country);
        own.places
            .iter()
            .zip(&own.neighbours)
            .zip(&own.prior)
            .map(|((place, neighbour), prior)| {
                let share = place.iso2().map_or(0.0, |iso2| countries.get(iso2) / total);
                let others = before.iter().chain(after);
                let company: f64 = others.map(|other| company(other, neighbour)).sum();
                // "Georgia police arrested a man in Savannah": a town of the state speaks against the country of its name.
                let weight = if is_country && place.feature == Feature::Admin1 { STATE_WEIGHT } else { 1.0 };
                prior + COUNTRY_WEIGHT * share + COMPANY_WEIGHT * (weight * company).min(3.0)
            })
            .collect()
    }

    /// One choice per spot; spots of one name and form share it.
    fn choices(&self, judged: &[Judged]) -> Vec<Choice> {
        let mut chosen: Vec<Option<Choice>> = vec![None; self.names.len()];
        let choose = |(judged, &name): (&Judged, &usize)| {
            chosen[name].get_or_insert_with(|| self.choice(name, judged)).clone()
        };
        judged.iter().zip(&self.of_spot).map(choose).collect()
    }

    fn choice(&self, name: usize, judged: &Judged) -> Choice {
        let form = judged.spot.form;
        let own = &self.names[name];
        if let Some((area, place)) = own.within.and_then(|area| Some((area, self.best(&self.names[area])?))) {
            let why = format!(
                "lies in {}, and no place of this name there is known",
                describe(&self.names[area].places[place])
            );
            return Choice { place: Some(self.names[area].places[place]), why: vec![why], margin: None };
        }
        let name = own;
        let Some(best) = self.best(name) else {
            return Choice { place: None, why: vec![unplaced(form).to_owned()], margin: None };
        };
        let place = name.places[best];
        if form == Form::Sound && !self.speaks_of_country(&place) {
            let why = format!("sounds like {}, of whose country the report does not speak", describe(&place));
            return Choice { place: None, why: vec![why], margin: None };
        }
        if judged.is_ordinary && place.feature != Feature::Country && !self.speaks_of_country(&place) {
            let why = format!("a word like any other, rather than {}", describe(&place));
            return Choice { place: None, why: vec![why], margin: None };
        }
        let rival = name.best_of(|other| name.places[other].distance_km(&place) > FAR_KM);
        let other = |other: usize| describe(&name.places[other]);
        let near = || name.best_of(|place| place != best);
        let mut why = vec![reason(name, best, form)];
        why.extend(match rival {
            Some(rival) => Some(format!("rather than {}", other(rival))),
            None => near().map(|near| format!("rather than, near by, {}", other(near))),
        });
        Choice { place: Some(place), why, margin: rival.map(|rival| name.score[best] - name.score[rival]) }
    }

    /// Counted once, so that a report of many names takes no time for each pair of them.
    fn count_by_country(&mut self) {
        let mut counts: HashMap<&'static str, usize> = HashMap::new();
        for name in &self.names {
            if let Some(iso2) = self.best(name).and_then(|best| name.places[best].iso2()) {
                *counts.entry(iso2).or_default() += 1;
            }
        }
        self.by_country = counts;
    }

    /// Whether a further name of the report lies in the country of a place; a report of one name speaks of that.
    fn speaks_of_country(&self, place: &Place<'static>) -> bool {
        let count = place.iso2().and_then(|iso2| self.by_country.get(iso2));
        self.names.len() == 1 || count.is_some_and(|&count| count > 1)
    }

    fn best(&self, name: &Name) -> Option<usize> {
        name.best_of(|_| true)
    }
}

fn unplaced(form: Form) -> &'static str {
    if form == Form::Street { "a street, in no gazetteer" } else { "in no gazetteer" }
}

/// Places nearer to each other than this are one for a map.
const FAR_KM: f64 = 161.0;
/// What the share of its country in the report is worth to a place.
const COUNTRY_WEIGHT: f64 = 3.0;
/// What the company of other places is worth to it.
const COMPANY_WEIGHT: f64 = 1.0;
/// How much more the company of its towns is worth to a state that shares its name with a country.
const STATE_WEIGHT: f64 = 4.0;
/// What words beside the name are worth to it.
const CONTAINED: f64 = 8.0;

impl Name {
    fn of(judged: &Judged) -> Self {
        let places: Vec<_> = judged.spot.places.iter().take(MOST_PLACES).copied().collect();
        let famous = judged.spot.famous;
        let is_famous = |place: &Place<'static>| famous.is_some() && place.iso2() == famous;
        let prior: Vec<f64> = places
            .iter()
            .map(|place| prior_of(place) + if is_famous(place) { FAMOUS } else { 0.0 })
            .collect();
        let mut name = Self {
            neighbours: places.iter().map(|place| Neighbour::of(*place)).collect(),
            is_contained: vec![false; places.len()],
            within: None,
            score: prior.clone(),
            belief: Vec::new(),
            prior,
            places,
            count: 0,
        };
        name.believe(name.score.clone());
        name
    }

    /// The best of some of its places.
    fn best_of(&self, is_asked: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.places.len())
            .filter(|&place| is_asked(place))
            .max_by(|&one, &other| self.score[one].total_cmp(&self.score[other]).then(other.cmp(&one)))
    }

    fn mark(&mut self, which: &[bool]) {
        for (place, is_marked) in which.iter().enumerate().filter(|(_, is_marked)| **is_marked) {
            if *is_marked && !self.is_contained[place] {
                self.is_contained[place] = true;
                self.prior[place] += CONTAINED;
            }
        }
        self.believe(self.prior.clone());
    }

    fn believe(&mut self, score: Vec<f64>) {
        let top = score.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = score.iter().map(|score| (score - top).exp()).collect();
        let sum: f64 = odds.iter().sum();
        self.belief = odds.iter().map(|odds| odds / sum.max(1e-9)).collect();
        self.score = score;
    }

    /// The places that this name may well mean, with the belief in each.
    fn likely(&self) -> Likely<'_> {
        self.neighbours.iter().zip(&self.belief).filter(|(_, belief)| **belief > 0.02).collect()
    }
}

/// Places with the belief in each.
type Likely<'n> = Vec<(&'n Neighbour, &'n f64)>;

/// How much a name speaks for another place: it holds it, shares its state, or lies near.
fn company(name: &Likely<'_>, place: &Neighbour) -> f64 {
    name.iter().map(|(own, belief)| *belief * own.affinity(place)).sum()
}

fn reason(name: &Name, best: usize, form: Form) -> String {
    let place = &name.places[best];
    let described = describe(place);
    match form {
        Form::Demonym => return format!("people or things of {described}"),
        Form::Short => return format!("abbreviation of {described}"),
        Form::Sound => return format!("sounds like {described}"),
        Form::Name | Form::Street | Form::Unlisted => {}
    }
    if name.places.len() == 1 {
        return format!("the only place of this name: {described}");
    }
    if name.is_contained[best] {
        return format!("the words beside it say so: {described}");
    }
    match name.prior.iter().all(|prior| *prior <= name.prior[best]) {
        true => format!("the best known of {} places of this name: {described}", name.places.len()),
        false => format!("near the other places of the report: {described}"),
    }
}

fn prior_of(place: &Place<'static>) -> f64 {
    let size = f64::from(place.population.max(1)).log10();
    // A large town's English name is an alias only because others call it something else: Venice, Florence, Odessa.
    let alias = match place.is_alias {
        true if place.feature == Feature::City && place.population >= 200_000 => ALIAS / 2.0,
        true => ALIAS,
        false => 0.0,
    };
    alias
        + match place.feature {
            Feature::Country => 8.0,
            Feature::Continent | Feature::Ocean => 8.0,
            Feature::Admin1 => 3.5 + 0.45 * size,
            Feature::Admin2 if place.name.contains(' ') => 4.0,
            Feature::Admin2 => 2.2 + 0.3 * size,
            Feature::City => size + if is_seat(place) { 1.5 } else { 0.0 },
            _ => 6.5,
        }
}

const ALIAS: f64 = -1.2;
/// What it is worth to a place that its name by itself means it.
const FAMOUS: f64 = 1.5;

/// A place of which there may be another, that no gazetteer has.
fn is_small(place: &Place<'_>) -> bool {
    match place.feature {
        Feature::City => place.population < SMALL && !is_seat(place),
        Feature::Country | Feature::Continent | Feature::Ocean | Feature::Admin1 | Feature::Admin2 => false,
        _ => true,
    }
}

/// Inhabitants of the largest town that a report may have another of its name for.
const SMALL: u32 = 100_000;

fn is_seat(place: &Place<'_>) -> bool {
    let country = || Gazetteer::in_use().country_by_seat(place.name);
    place.population > 50_000 && country().is_some_and(|country| Some(country.iso2) == place.iso2())
}

/// "Erbil, Iraq": a place as a person would write it.
pub fn describe(place: &Place<'static>) -> String {
    let state = place.admin1.and_then(|state| Gazetteer::in_use().place(state)).map(|state| state.name);
    let country = place.country.map(|country| country.name()).filter(|name| *name != place.name);
    let parts = [Some(place.name), state.filter(|state| *state != place.name), country];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{name} ({})", place.feature.as_str())
}

/// Pairs of spots, inner and outer, whose words say that one lies in the other.
fn containments(words: &[Word<'_>], judged: &[Judged]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (number, pair) in judged.windows(2).enumerate() {
        let (left, right) = (&pair[0].spot, &pair[1].spot);
        let between = &words[left.words.end..right.words.start];
        let gap = words[right.words.start].gap;
        let texts: Vec<&str> = between.iter().map(|word| word.text).collect();
        let is_genitive = words[left.words.end - 1].is_genitive;
        match texts.as_slice() {
            [] if matches!(gap, Gap::Comma | Gap::Bracket) => pairs.push((number, number + 1)),
            [] if gap == Gap::Space && (is_genitive || left.form == Form::Demonym) => {
                pairs.push((number + 1, number))
            }
            ["in"] | ["in", "the"] | ["in", "northern" | "southern" | "eastern" | "western" | "central"] => {
                pairs.push((number, number + 1))
            }
            [.., "of"]
                if texts.len() <= 4
                    && (is_genitive || left.form == Form::Demonym || left.form == Form::Name) =>
            {
                pairs.push((number + 1, number));
            }
            [_] | [_, _] if is_genitive => pairs.push((number + 1, number)),
            _ => {}
        }
    }
    pairs
}

/// Pairs of spots, a settlement called so and the area that the next words put it in: "the village of A in the Bian province of C".
fn settlements(words: &[Word<'_>], judged: &[Judged]) -> Vec<(usize, usize)> {
    let is_settlement = |noun: &str| Gazetteer::in_use().is_listed(WordList::Settlement, noun);
    let is_area = |noun: &str| Gazetteer::in_use().is_listed(WordList::Area, noun);
    let mut pairs = Vec::new();
    for inner in 0..judged.len() {
        let start = judged[inner].spot.words.start;
        let before = start.checked_sub(2).map(|first| (words[first].text, words[first + 1].text));
        if !before.is_some_and(|(noun, of)| is_settlement(noun) && of == "of") {
            continue;
        }
        for outer in inner + 1..judged.len().min(inner + 3) {
            let between: Vec<&str> = words[judged[inner].spot.words.end..judged[outer].spot.words.start]
                .iter()
                .map(|word| word.text)
                .collect();
            let names_area = match between.as_slice() {
                ["in"] | ["in", "the"] => {
                    words.get(judged[outer].spot.words.end).is_some_and(|word| is_area(word.text))
                }
                ["in", .., noun, "of"] => between.len() <= 6 && is_area(noun),
                _ => false,
            };
            if names_area {
                pairs.push((inner, outer));
            }
        }
    }
    pairs
}

/// How much the words of a report, not its names, speak of a country: American local news seldom names the country.
pub fn local_cues(words: &[Word<'_>]) -> Countries {
    let mut cues = Countries::new();
    for word in words {
        let country = Gazetteer::in_use().country_of_cue(word.text);
        if let Some(weight) = country.and_then(|country| cues.get_mut(country)) {
            *weight = (*weight + 0.4).min(1.6);
        }
    }
    cues
}
