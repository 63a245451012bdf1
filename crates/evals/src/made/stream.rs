//! *What does a year of news look like to fusion?* Readings without text, of any number, for measuring cost.
//!
//! Actors, places and words follow Zipf's law, most happenings are told once, some by hundreds of reports within days,
//! and a tenth of the reports are reprints. A pile ten times as large covers about three times as many days, each of
//! them about three times as busy.

use std::sync::Arc;

use annalist_schema::{
    Cameo, Claim, ClaimActor, ClaimKey, ClaimPlace, Comparator, Country, DayInterval, EventType, Fingerprint,
    Mode, Published, PublishedBasis, Quantity, Reading, ReportHead, Sector, Span, Status,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::chance::Chance;

/// Reports that one happening has at most, and how fast larger numbers become rare.
const MOST_REPORTS: usize = 400;
const TAIL: f64 = 1.3;
/// How much of the news is about happenings that are already being told.
const RETOLD: f64 = 0.25;
const REPRINTED: f64 = 0.1;
/// Lemmas that one type of event is told with, and lemmas of all types.
const LEMMAS_A_TYPE: usize = 12;

/// Readings with `n_claims` claims or a few more, one by one.
pub fn readings(n_claims: usize, seed: u64) -> impl Iterator<Item = Reading> {
    let mut newsroom = Newsroom::new(n_claims, seed);
    let mut n = 0;
    let stories = std::iter::repeat_with(move || newsroom.next_story()).flatten();
    stories.take_while(move |reading| {
        let is_wanted = n < n_claims;
        n += reading.claims.len();
        is_wanted
    })
}

/// What happened, and what its reports share.
#[derive(Clone)]
struct Happening {
    event_type: EventType,
    actor: ClaimActor,
    recipient: ClaimActor,
    place: ClaimPlace,
    day: Date,
    toll: Option<f64>,
    /// Words that its reports share.
    topic: Arc<[String]>,
}

struct Newsroom {
    chance: Chance,
    words: Vec<&'static str>,
    n_actors: usize,
    n_days: usize,
    n_stories: usize,
    stories_a_day: usize,
    /// Happenings of late.
    recent: Vec<Happening>,
    n_reports: usize,
}

impl Newsroom {
    fn new(n_claims: usize, seed: u64) -> Self {
        let n = n_claims as f64;
        let n_days = n.sqrt().ceil() as usize;
        Self {
            chance: Chance::new(seed),
            words: words(),
            n_actors: (20.0 * n.powf(0.5)) as usize + 50,
            n_days,
            n_stories: 0,
            // A story has about three reports of eight claims.
            stories_a_day: (n_claims / n_days / 24).max(1),
            recent: Vec::new(),
            n_reports: 0,
        }
    }

    /// All reports on one happening.
    fn next_story(&mut self) -> Vec<Reading> {
        let day_number = (self.n_stories / self.stories_a_day).min(self.n_days) as i64;
        self.n_stories += 1;
        let day = date(2020, 1, 1).saturating_add(day_number.days());
        let main = self.happening(day);
        let n_reports = self.chance.burst(TAIL, MOST_REPORTS);
        let mut readings: Vec<Reading> = Vec::with_capacity(n_reports);
        for _ in 0..n_reports {
            let reprint = readings.last().filter(|_| self.chance.happens(REPRINTED)).cloned();
            let reading = match reprint {
                Some(original) => self.reprint(original),
                None => self.report(&main),
            };
            readings.push(reading);
        }
        self.recent.push(main);
        if self.recent.len() > 4 * self.stories_a_day {
            self.recent.swap_remove(0);
        }
        readings
    }

    fn happening(&mut self, day: Date) -> Happening {
        let (actor, recipient) = (self.actor(), self.actor());
        let topic: Vec<String> = (0..12).map(|_| self.word()).collect();
        let country = if self.chance.happens(0.7) { recipient.country } else { actor.country };
        let place = self.chance.rank(60);
        Happening {
            event_type: EventType::ALL[self.chance.rank(EventType::ALL.len())],
            place: ClaimPlace {
                name: self.chance.happens(0.7).then(|| name(place * 191 + country_number(country))),
                country,
                ..ClaimPlace::default()
            },
            actor,
            recipient,
            day,
            toll: self.chance.happens(0.4).then(|| self.chance.burst(0.8, 3000) as f64),
            topic: topic.into(),
        }
    }

    fn actor(&mut self) -> ClaimActor {
        let number = self.chance.rank(self.n_actors);
        ClaimActor {
            name: format!("{} {}", name(number * 7 + 1), name(number * 13 + 5)),
            country: country(number % 173 * 3 % 190),
            sector: Sector::ALL.get(number % 5).copied(),
            sectors: Sector::ALL.get(number % 5).copied().into_iter().collect(),
            actor_id: (!number.is_multiple_of(3)).then(|| format!("actor-{number}")),
            span: Some(Span::default()),
            ..ClaimActor::default()
        }
    }

    fn word(&mut self) -> String {
        let rank = self.chance.rank(self.words.len() * 2);
        self.words.get(rank).map_or_else(|| name(rank), |word| (*word).to_owned())
    }

    /// A report on a happening, with what else it tells.
    fn report(&mut self, main: &Happening) -> Reading {
        let published = main.day.saturating_add((self.chance.rank(4) as i64).days());
        let mut claims = Vec::new();
        for _ in 0..self.chance.between(1, 3) {
            claims.push(self.claim(main));
        }
        for _ in 0..self.chance.between(3, 9) {
            let other = match self.chance.happens(RETOLD) {
                true => self.chance.pick(&self.recent).cloned(),
                false => None,
            };
            let other =
                other.unwrap_or_else(|| Happening { topic: main.topic.clone(), ..self.happening(published) });
            claims.push(self.claim(&other));
        }
        for (index, claim) in claims.iter_mut().enumerate() {
            let start = 80 * index as u32;
            claim.id = format!("c{start}");
            claim.sentence = index as u32;
            claim.trigger = Span::new(start + 10, start + 16);
            claim.span = Span::new(start, start + 78);
        }
        claims.shrink_to_fit();
        let sentences = (0..claims.len() + 4).map(|_| self.chance.number() | 1).collect();
        Reading {
            id: self.next_id(),
            report: self.head(published),
            fingerprint: Fingerprint { terms: self.terms(main, &claims), sentences },
            claims,
            ..Reading::default()
        }
    }

    fn next_id(&mut self) -> String {
        self.n_reports += 1;
        format!("r{:07}", self.n_reports)
    }

    fn head(&mut self, published: Date) -> ReportHead {
        let value = DayInterval::day(published);
        ReportHead {
            outlet: Some(format!("{} Post", name(self.chance.rank(300)))),
            published: Some(Published {
                value,
                basis: PublishedBasis::Given,
                why: Vec::new(),
                odds: Vec::new(),
            }),
            ..ReportHead::default()
        }
    }

    /// Another outlet prints the same sentences, but for one.
    fn reprint(&mut self, original: Reading) -> Reading {
        let mut reading = Reading { id: self.next_id(), ..original };
        reading.report.outlet = Some(format!("{} Post", name(self.chance.rank(300))));
        if let Some(last) = reading.fingerprint.sentences.last_mut() {
            *last = self.chance.number() | 1;
        }
        reading
    }

    fn claim(&mut self, told: &Happening) -> Claim {
        let event_number = told.event_type as usize;
        let lemma = self.words.get(event_number * LEMMAS_A_TYPE * 7 + self.chance.rank(LEMMAS_A_TYPE) * 7);
        let lemma = (*lemma.unwrap_or(&"say")).to_owned();
        let mut arguments: Vec<_> =
            [&told.actor.name, &told.recipient.name].map(|name| name.to_lowercase()).to_vec();
        arguments.extend(told.place.name.iter().map(|name| name.to_lowercase()));
        arguments.extend((0..2).map(|_| self.word()));
        arguments.sort();
        let mut words = arguments.clone();
        words.push(lemma.clone());
        words.extend(told.topic.iter().filter(|word| word.len() % 2 == 0).cloned());
        words.extend((0..6).map(|_| self.word()));
        words.sort();
        words.dedup();
        words.shrink_to_fit();
        let quote = words.join(" ");
        Claim {
            event_type: Some(told.event_type),
            modes: Mode::ALL.get(event_number..event_number + 1).unwrap_or_default().to_vec(),
            cameo: Cameo::new(&format!("{:02}", event_number + 1)),
            actors: if self.chance.happens(0.85) { vec![told.actor.clone()] } else { Vec::new() },
            recipients: if self.chance.happens(0.7) { vec![told.recipient.clone()] } else { Vec::new() },
            date: Some(DayInterval::day(told.day)),
            date_basis: self.chance.happens(0.5).then(|| "published".to_owned()),
            place: self.chance.happens(0.6).then(|| told.place.clone()),
            quantities: self.figures(told),
            status: if self.chance.happens(0.85) { Status::Happened } else { Status::Planned },
            attributed_to: if self.chance.happens(0.3) { vec![told.actor.name.clone()] } else { Vec::new() },
            rule: "made".to_owned(),
            score: 0.8,
            key: ClaimKey {
                trigger: vec![lemma.clone()],
                senses: vec![event_number as u32 * 100 + lemma.len() as u32],
                lemma,
                arguments,
                words,
                quote,
                ..ClaimKey::default()
            },
            ..Claim::default()
        }
    }

    fn figures(&mut self, told: &Happening) -> Vec<Quantity> {
        let Some(toll) = told.toll.filter(|_| self.chance.happens(0.7)) else { return Vec::new() };
        let cmp = Comparator::ALL[self.chance.rank(3)];
        vec![Quantity {
            what: "killed".to_owned(),
            cmp,
            n: toll,
            n2: None,
            of: None,
            by: None,
            cumulative: None,
            period: None,
            area: Vec::new(),
            span: Span::default(),
        }]
    }

    fn terms(&mut self, main: &Happening, claims: &[Claim]) -> Vec<(String, u32)> {
        let mut terms: Vec<_> = claims.iter().flat_map(|claim| claim.key.words.iter().cloned()).collect();
        terms.extend(main.topic.iter().cloned());
        terms.extend((0..30).map(|_| self.word()));
        terms.sort();
        terms.dedup();
        terms.into_iter().map(|term| (term, 1)).collect()
    }
}

fn country_number(country: Option<Country>) -> usize {
    country.map_or(0, |country| country.to_string().bytes().map(usize::from).sum())
}

/// Made-up codes.
fn country(number: usize) -> Option<Country> {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    Country::new(&[letter(number / 26), letter(number), letter(number * 7)].iter().collect::<String>())
}

/// A pronounceable name of a number; different numbers below a million have different names.
fn name(number: usize) -> String {
    let (consonants, vowels) = (b"bdfgklmnprstvz".map(char::from), b"aeiou".map(char::from));
    let mut rest = number;
    let mut name = String::new();
    while name.len() < 4 || rest > 0 {
        name.push(consonants[rest % consonants.len()]);
        rest /= consonants.len();
        name.push(vowels[rest % vowels.len()]);
        rest /= vowels.len();
    }
    name
}

/// English words, common ones first.
fn words() -> Vec<&'static str> {
    let table = include_str!("../../../../data/frequency/words.tsv");
    let rows = table.lines().filter_map(|line| line.split_once('\t'));
    let mut words: Vec<(u32, &str)> =
        rows.filter_map(|(word, rarity)| Some((rarity.parse().ok()?, word))).collect();
    words.sort_unstable();
    // Content words only: the commonest are articles and the like.
    words.into_iter().skip(100).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_same_for_one_seed_and_skewed() {
        let pile: Vec<_> = readings(4_000, 1).collect();
        assert!(readings(4_000, 1).eq(pile.iter().cloned()));
        let n_claims: usize = pile.iter().map(|reading| reading.claims.len()).sum();
        assert!((4_000..8_000).contains(&n_claims));
        let mut ids: Vec<_> = pile.iter().map(|reading| &reading.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), pile.len());
    }

    #[test]
    fn names_differ() {
        let mut names: Vec<_> = (0..5_000).map(name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 5_000);
    }
}
