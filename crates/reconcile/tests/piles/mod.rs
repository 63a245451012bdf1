//! Readings at random, for holding promises against.

use annalist_schema::{
    Claim, ClaimActor, ClaimKey, ClaimPlace, Comparator, Country, DayInterval, EventType, Fingerprint, Odds,
    Posture, ProcessCode, ProcessState, Published, PublishedBasis, Quantity, Reading, ReportHead, Sector,
    Span, Status,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Piles of up to a dozen reports with different ids, on few people, places and days, so that claims meet.
pub fn piles() -> impl Strategy<Value = Vec<Reading>> {
    proptest::collection::vec(reading(), 1..12).prop_map(|mut readings| {
        for (index, reading) in readings.iter_mut().enumerate() {
            reading.id = format!("r{index}");
        }
        readings
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    let claims = proptest::collection::vec(claim(), 0..8);
    let words = proptest::collection::vec(select(WORDS), 0..6);
    let hashes = proptest::collection::vec(0..9_u64, 0..6);
    let states = proptest::collection::vec(process_state(), 0..3);
    let postures = proptest::collection::vec(posture(), 0..3);
    let head = (proptest::option::of(published()), proptest::option::of(select(NAMES)));
    (claims, words, hashes, states, postures, head).prop_map(
        |(mut claims, words, sentences, process_states, postures, (published, outlet))| {
            for (index, claim) in claims.iter_mut().enumerate() {
                claim.id = format!("c{}", index / 2 * 2);
            }
            let mut terms: Vec<_> = words.into_iter().map(|word| (word.to_owned(), 1)).collect();
            terms.sort();
            let outlet = outlet.map(str::to_owned);
            Reading {
                report: ReportHead { outlet, published, ..ReportHead::default() },
                claims,
                fingerprint: Fingerprint { terms, sentences },
                process_states,
                postures,
                ..Reading::default()
            }
        },
    )
}

/// Given, or inferred with some odds.
fn published() -> impl Strategy<Value = Published> {
    let odds = proptest::collection::vec((day(), 0..1_000_000_u32), 0..3);
    (day(), any::<bool>(), odds).prop_map(|(value, is_given, odds)| Published {
        value,
        basis: if is_given { PublishedBasis::Given } else { PublishedBasis::Inferred },
        why: Vec::new(),
        odds: odds.into_iter().map(|(days, parts)| Odds { days, parts }).collect(),
    })
}

const WORDS: &[&str] = &["attack", "strike", "meet", "talks", "bridge", "army", "say", "fire"];
const NAMES: &[&str] = &["Freedonia", "Freedonian army", "rebels", "Anna Berg", "Berg", "", "Radio Nord 😀"];
const PLACES: &[&str] = &["Nordhafen", "eastern Nordhafen", "Altstadt", ""];

fn claim() -> impl Strategy<Value = Claim> {
    let what = (proptest::option::of(select(EventType::ALL)), select(Status::ALL), select(WORDS));
    let who = (actors(), actors(), proptest::collection::vec(select(NAMES), 0..2));
    let when = (proptest::option::of(day()), proptest::option::of(place()));
    let how_many = proptest::collection::vec(quantity(), 0..3);
    let words = proptest::collection::vec(select(WORDS), 0..4);
    (what, who, when, how_many, words, 0..6_u32).prop_map(
        |(
            (event_type, status, lemma),
            (actors, recipients, speakers),
            (date, place),
            quantities,
            words,
            position,
        )| {
            let words: Vec<_> = words.into_iter().map(str::to_owned).collect();
            let span = Span::new(position, position + 1);
            Claim {
                event_type,
                status,
                actors,
                recipients,
                date,
                place,
                quantities,
                attributed_to: speakers.into_iter().map(str::to_owned).collect(),
                span,
                trigger: span,
                sentence: position,
                key: ClaimKey {
                    lemma: lemma.to_owned(),
                    arguments: words.clone(),
                    senses: vec![position],
                    words,
                    quote: lemma.to_owned(),
                    ..ClaimKey::default()
                },
                ..Claim::default()
            }
        },
    )
}

fn actors() -> impl Strategy<Value = Vec<ClaimActor>> {
    proptest::collection::vec(actor(), 0..3)
}

fn actor() -> impl Strategy<Value = ClaimActor> {
    let country = proptest::option::of(select(&["FRE", "SYL"][..]));
    let sector = proptest::option::of(select(&[Sector::Gov, Sector::Mil, Sector::Reb][..]));
    (select(NAMES), country, sector, proptest::option::of(select(&["fre-mil", "fre-gov"][..]))).prop_map(
        |(name, country, sector, actor_id)| ClaimActor {
            name: name.to_owned(),
            country: country.and_then(Country::new),
            sector,
            actor_id: actor_id.map(str::to_owned),
            ..ClaimActor::default()
        },
    )
}

fn place() -> impl Strategy<Value = ClaimPlace> {
    let point = proptest::option::of((-90.0..90.0, -180.0..180.0));
    (select(PLACES), proptest::option::of(select(&["FRE", "SYL"][..])), point).prop_map(
        |(name, country, point)| ClaimPlace {
            name: (!name.is_empty()).then(|| name.to_owned()),
            country: country.and_then(Country::new),
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            ..ClaimPlace::default()
        },
    )
}

fn day() -> impl Strategy<Value = DayInterval> {
    let days = ["2024-01-04", "2024-01-05", "2024-01", "2024-02-28", "2024", "2019-12-30/2020-01-05"];
    select(days.map(|days| DayInterval::parse(days).unwrap()).to_vec())
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let n = prop_oneof![(0..200_u32).prop_map(f64::from), Just(1e300), Just(-4.5)];
    let of = proptest::option::of(select(&["children", "soldiers"][..]));
    (n, proptest::option::of(0.0..1e9), select(Comparator::ALL), of).prop_map(|(n, n2, cmp, of)| Quantity {
        what: "killed".to_owned(),
        n,
        n2,
        cmp,
        of: of.map(str::to_owned),
        by: None,
        cumulative: None,
        period: None,
        area: Vec::new(),
        span: Span::default(),
    })
}

fn posture() -> impl Strategy<Value = Posture> {
    (actor(), proptest::option::of(place()), quantity(), proptest::option::of(day()), select(Status::ALL))
        .prop_map(|(actor, place, quantity, as_of, status)| Posture {
            actor,
            place,
            quantity,
            as_of,
            status,
            attributed_to: Vec::new(),
            span: Span::default(),
            quote: String::new(),
        })
}

fn process_state() -> impl Strategy<Value = ProcessState> {
    let names = &["talks:FRE-SYL:border", "talks:FRE-SYL:prisoners", "truce", ""][..];
    (select(names), select(ProcessCode::ALL), proptest::option::of(day())).prop_map(
        |(process, code, date)| ProcessState {
            process: process.to_owned(),
            code,
            date,
            attributed_to: Vec::new(),
            span: Span::default(),
            quote: String::new(),
        },
    )
}
