//! *How many were killed or hurt, by whose count?* `At least 58 people were killed in a gas attack in Idlib on 4 April.`

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use annalist_reconcile::show_figure;
use annalist_schema::{Comparator, DayInterval, EventType, PartyBasis, Quantity};

use super::super::words::amount;
use super::name::{noun, place};
use super::{Source, Told, Witness, party, sentence};
use crate::pile::Citation;

/// Words for people that leave nobody out: a count of these is the toll.
const PEOPLE: [&str; 14] = [
    "people",
    "persons",
    "person",
    "civilians",
    "civilian",
    "victims",
    "residents",
    "villagers",
    "dead",
    "men",
    "others",
    "protesters",
    "demonstrators",
    "inhabitants",
];

/// A toll this many times another is of something else.
const MOST_TIMES: f64 = 5.0;

pub(super) fn tell(source: &Source<'_>) -> Option<Told> {
    let is_violent = source.event.event_type == Some(EventType::Assault);
    let counts = counts(source, "killed");
    let toll = toll(&counts).filter(|_| is_violent)?;
    let lead = toll.lead;
    if !lead.is_of(source) {
        return None;
    }
    let (what, is_one) = counted(lead.first);
    let wounded = wounded(source, lead);
    let hurt = wounded.as_ref().map(|one| format!(" and {} wounded", amount(&figure(one.first.quantity))));
    let be = if is_one { "was" } else { "were" };
    // Those killed are no doers, however they were read.
    let doer = doer(source).filter(|doer| !what.to_lowercase().contains(&doer.to_lowercase()));
    let doer = doer.map(|doer| format!(" by {doer}")).unwrap_or_default();
    let place = place(source).map(|place| format!(" {place}")).unwrap_or_default();
    let when = source.when().map(|when| format!(" {when}")).unwrap_or_default();
    let speaker =
        lead.speaker().map(|speaker| format!(", according to {}", inner(speaker))).unwrap_or_default();
    let mut text = format!(
        "{} {be} killed{} in {}{doer}{place}{when}{speaker}",
        sentence(&what),
        hurt.unwrap_or_default(),
        noun(source),
    );
    let mut citations = lead.citations(2);
    citations.extend(wounded.iter().flat_map(|one| one.citations(1)));
    if let Some(later) = toll.later {
        let day = later.made().map(|made| format!(" {}", super::super::day::when(made, source.year)));
        text.push_str(&format!("; reports{} gave {}", day.unwrap_or_default(), said(later)));
        citations.extend(later.citations(1));
    } else if let Some(other) = toll.other {
        match other.speaker() {
            Some(who) => text.push_str(&format!("; {} says {}", inner(who), said(other))),
            None => text.push_str(&format!("; another report gives {}", said(other))),
        }
        citations.extend(other.citations(1));
    } else if let Some(first) = toll.first {
        let by = first.speaker().map(|who| format!(" of {}", inner(who))).unwrap_or_default();
        text.push_str(&format!("; the first count{by} was {}", said(first)));
        citations.extend(first.citations(1));
    }
    Some(Told { text: text + ".", citations })
}

/// One figure with all who give it.
struct Count<'s, 'a> {
    first: Stated<'s, 'a>,
    stated: Vec<Stated<'s, 'a>>,
}

#[derive(Clone, Copy)]
struct Stated<'s, 'a> {
    quantity: &'a Quantity,
    witness: &'s Witness<'a>,
}

impl<'a> Count<'_, 'a> {
    fn n_reports(&self) -> usize {
        self.stated.iter().map(|stated| &stated.witness.report.id).collect::<BTreeSet<_>>().len()
    }

    fn made(&self) -> Option<DayInterval> {
        self.stated.iter().filter_map(|stated| stated.witness.made).min()
    }

    fn n(&self) -> f64 {
        self.first.quantity.n
    }

    /// Whom all cite for it; nobody if a report gives it in its own voice.
    fn speaker(&self) -> Option<&'a str> {
        let speakers: Option<BTreeSet<&str>> = self.stated.iter().map(Stated::speaker).collect();
        speakers?.into_iter().next()
    }

    /// Whether it is the event's own toll: one claim of many, far down in its report, may speak of something else.
    fn is_of(&self, source: &Source<'_>) -> bool {
        let opens = self.stated.iter().any(|stated| stated.witness.claim.sentence < super::OPENING);
        let n_claims = source.happened().count();
        opens || self.n_reports() >= 2 || n_claims <= 3
    }

    fn citations(&self, most: usize) -> Vec<Citation> {
        let mut seen = BTreeSet::new();
        let cited = self.stated.iter().filter_map(|stated| stated.witness.cite(stated.quantity.span));
        cited.filter(|citation| seen.insert(citation.number)).take(most).collect()
    }
}

impl<'a> Stated<'_, 'a> {
    fn speaker(&self) -> Option<&'a str> {
        self.quantity.by.as_deref().or_else(|| self.witness.speaker())
    }
}

/// The figures of a thing, those that count all before those that count some of them, what most reports give first.
fn counts<'s, 'a>(source: &'s Source<'a>, what: &str) -> Vec<Count<'s, 'a>> {
    let mut groups: BTreeMap<(bool, String), Vec<Stated<'s, 'a>>> = BTreeMap::new();
    for witness in source.happened() {
        let counted = |quantity: &&Quantity| {
            let is_near = witness.claim.sentence == witness.sentence_of(quantity.span);
            quantity.what == what
                && is_near
                && quantity.period.is_none()
                && !quantity.is_earlier()
                && quantity.n >= 1.0
        };
        for quantity in witness.claim.quantities.iter().filter(counted) {
            groups
                .entry((!is_whole(quantity), bare(quantity)))
                .or_default()
                .push(Stated { quantity, witness });
        }
    }
    // A size says less than any number.
    let is_size =
        |stated: &[Stated<'_, '_>]| stated.iter().all(|one| is_vague(&one.witness.words(one.quantity.span)));
    let has_number = groups.values().any(|stated| !is_size(stated));
    groups.retain(|_, stated| !(has_number && is_size(stated)));
    let has_whole = groups.keys().any(|(is_part, _)| !is_part);
    let groups = groups.into_iter().filter(|((is_part, _), _)| !(has_whole && *is_part));
    let mut counts: Vec<_> =
        groups.filter_map(|(_, stated)| Some(Count { first: *stated.first()?, stated })).collect();
    counts.sort_by_key(|count| Reverse(count.n_reports()));
    counts
}

/// Whether the count is of all who were hit rather than of the children among them.
fn is_whole(quantity: &Quantity) -> bool {
    let Some(of) = &quantity.of else { return true };
    of.split(' ').next_back().is_some_and(|last| PEOPLE.contains(&last.to_lowercase().as_str()))
}

/// The figure without what it counts.
fn bare(quantity: &Quantity) -> String {
    figure(&Quantity { of: None, ..quantity.clone() })
}

fn figure(quantity: &Quantity) -> String {
    let of = quantity.of.clone().filter(|_| !is_whole(quantity));
    show_figure(&Quantity { of, ..quantity.clone() })
}

/// `at least 58 people`, `dozens of people`, `a border guard`, and whether it is one alone.
fn counted(stated: Stated<'_, '_>) -> (String, bool) {
    let quantity = stated.quantity;
    let is_one = quantity.n == 1.0 && quantity.n2.is_none() && quantity.cmp == Comparator::Equal;
    if let Some(words) = in_words(stated) {
        return (words, is_one);
    }
    let of = match &quantity.of {
        Some(of) => of.clone(),
        None if is_one => "person".to_owned(),
        None => "people".to_owned(),
    };
    (amount(&show_figure(&Quantity { of: Some(of), ..quantity.clone() })), is_one)
}

/// The words of the report, where they are no digits and stand alone.
fn in_words(stated: Stated<'_, '_>) -> Option<String> {
    let words = stated.witness.words(stated.quantity.span);
    let lower = words.to_lowercase();
    let leans =
        ["more", "other", "others", "them", "these", "those", "lives", "deaths", "another", "earlier"];
    let stands = !lower.split(' ').any(|word| leans.contains(&word))
        && !words.contains(|one: char| one.is_ascii_digit());
    let is_bare = stated.quantity.of.is_none() && !PEOPLE.iter().any(|people| lower.ends_with(people));
    match (stands, is_bare, is_vague(&lower)) {
        (false, ..) => None,
        (true, true, true) if !lower.contains(" of ") => Some(format!("{words} of people")),
        (true, true, _) => None,
        (true, false, _) => Some(words),
    }
}

/// Whether the words give a size rather than a number.
fn is_vague(words: &str) -> bool {
    const SIZES: [&str; 8] =
        ["dozens", "scores", "hundreds", "thousands", "millions", "several", "many", "some"];
    words.to_lowercase().split(' ').any(|word| SIZES.contains(&word))
}

/// `at least 86`, without what is counted.
fn said(count: &Count<'_, '_>) -> String {
    amount(&figure(count.first.quantity))
}

/// A name within a sentence: "The opposition" begins none there.
fn inner(name: &str) -> String {
    let articles = [("The ", "the "), ("A ", "a "), ("An ", "an ")];
    let is_first = articles.iter().find_map(|(large, small)| Some((name.strip_prefix(large)?, small)));
    is_first.map_or_else(|| name.to_owned(), |(rest, small)| format!("{small}{rest}"))
}

/// What the toll is, and what was counted later or by others.
struct Toll<'c, 's, 'a> {
    lead: &'c Count<'s, 'a>,
    later: Option<&'c Count<'s, 'a>>,
    other: Option<&'c Count<'s, 'a>>,
    first: Option<&'c Count<'s, 'a>>,
}

/// The figure that most reports give; of others the largest that can be of the same.
fn toll<'c, 's, 'a>(counts: &'c [Count<'s, 'a>]) -> Option<Toll<'c, 's, 'a>> {
    let n_most = counts.first()?.n_reports();
    let rank = |count: &&Count<'_, '_>| (count.made(), count.n() as u64);
    let lead = counts.iter().filter(|count| count.n_reports() == n_most).max_by_key(rank)?;
    let is_more = |count: &&Count<'_, '_>| count.n() > lead.n() && count.n() <= lead.n() * MOST_TIMES;
    let largest = |counts: &mut dyn Iterator<Item = &'c Count<'s, 'a>>| {
        counts.max_by_key(|count| (count.n_reports(), count.n() as u64))
    };
    let later = largest(&mut counts.iter().filter(is_more).filter(|count| count.made() > lead.made()));
    let other = largest(&mut counts.iter().filter(is_more));
    let is_less = |count: &&Count<'_, '_>| count.n() < lead.n() && count.n() * MOST_TIMES >= lead.n();
    let first = counts
        .iter()
        .filter(is_less)
        .filter(|count| count.made() < lead.made())
        .min_by_key(|count| count.made());
    Some(Toll { lead, later, other, first })
}

/// Those hurt, by a report that gives the toll, or by most.
fn wounded<'s, 'a>(source: &'s Source<'a>, lead: &Count<'_, 'a>) -> Option<Count<'s, 'a>> {
    let counts: Vec<_> =
        counts(source, "wounded").into_iter().filter(|count| is_whole(count.first.quantity)).collect();
    let is_of_lead = |count: &Count<'_, '_>| {
        count.stated.iter().any(|one| {
            lead.stated.iter().any(|other| {
                one.witness.report.id == other.witness.report.id
                    && one.witness.claim.sentence.abs_diff(other.witness.claim.sentence) <= 1
            })
        })
    };
    counts.into_iter().find(is_of_lead)
}

/// Who did it, if reports name somebody and nobody else is named as often.
fn doer(source: &Source<'_>) -> Option<String> {
    let mut votes: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let speakers: BTreeSet<&str> =
        source.claims.iter().flat_map(|one| &one.claim.attributed_to).map(String::as_str).collect();
    for witness in source.happened() {
        for actor in &witness.claim.actors {
            let is_known =
                matches!(actor.basis, PartyBasis::Named | PartyBasis::Chain) && actor.sector.is_some();
            let is_told = is_known && !speakers.contains(actor.name.as_str());
            if let Some(words) = party::words(actor, witness).filter(|_| is_told) {
                votes.entry(&actor.name).or_insert((0, words)).0 += 1;
            }
        }
    }
    let n_claims = source.happened().count();
    let mut votes: Vec<_> = votes.into_values().collect();
    votes.sort_by_key(|(n, words)| (Reverse(*n), words.len()));
    let (n, words) = votes.first()?;
    let is_alone = votes.get(1).is_none_or(|(other, _)| other < n);
    let is_sure = *n >= 2 || (n_claims == 1 && source.claims[0].claim.score >= 0.8);
    // "A suicide bombing by a bomber" says nothing.
    let says_more = !["bomber", "attacker", "assailant"].iter().any(|word| words.contains(word));
    (is_alone && is_sure && says_more).then(|| inner(words))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_toll_is_told_with_its_hedge_its_place_and_what_came_later() {
        check(
            &[
                (
                    "2024-06-07",
                    "At least 17 people were killed in a suicide bombing in Maiduguri on 6 June 2024.",
                ),
                ("2024-06-07", "A suicide bombing killed at least 17 people in Maiduguri on 6 June 2024."),
                ("2024-06-09", "A suicide bombing in Maiduguri on 6 June 2024 killed 25 people."),
            ],
            "ASSAULT",
            "At least 17 people were killed in a suicide bombing in Maiduguri on 6 June; reports on 9 June gave 25.",
        );
    }

    #[test]
    fn a_size_is_left_as_it_is_said() {
        check(
            &[("2024-06-07", "Gunmen killed dozens of people in an attack in Gao on 6 June 2024.")],
            "ASSAULT",
            "Dozens of people were killed in an attack by gunmen in Gao on 6 June.",
        );
    }
}
