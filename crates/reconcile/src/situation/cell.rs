//! *What do the claims of one event say of one attribute, and how do they relate?*
//!
//! Nothing is averaged: a cell keeps every value with the claims that state it, says how the values relate, and names
//! the rule by which one is preferred.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use annalist_schema::{Cell, CellValue, ClaimRef, DayInterval, Span, Verdict};

use crate::same::Match;

use super::origin::{Origin, Origins, Voice};

/// A value that claims can state of an attribute.
pub(crate) trait Value {
    /// As written for a person.
    fn show(&self) -> String;

    /// How it relates to another: [`Match::Different`] if the two cannot both be true.
    fn compare(&self, other: &Self) -> Match;

    /// Whether it speaks of another area, period or category.
    fn has_other_scope(&self, _other: &Self) -> bool {
        false
    }

    /// Whether it takes the place of an earlier value that it contradicts.
    fn replaces(&self, _earlier: &Self, _when: When) -> bool {
        false
    }

    /// How much it tells; of values that can all be true the one that tells most is preferred.
    fn precision(&self) -> f64 {
        0.0
    }
}

/// How the statement of a value stands to that of another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    /// Whether it was made before or after, if that can be told.
    pub order: Option<Ordering>,
    /// Whether one origin made both.
    pub same_origin: bool,
}

/// One claim's statement of a value.
pub(crate) struct Stated<'a, V> {
    pub value: V,
    pub claim: ClaimRef,
    pub span: Span,
    pub voice: Voice<'a>,
    /// When the statement was made: the publication of its report.
    pub made: Option<DayInterval>,
    /// Its place among the statements of its report.
    pub position: u32,
    /// How far it stands from the words that tell of the event.
    pub distance: u32,
}

/// The cell of an attribute, if anything is stated of it.
pub(crate) fn cell<V: Value>(
    attribute: &str,
    stated: &[Stated<'_, V>],
    origins: &Origins<'_>,
) -> Option<Cell> {
    let groups = group(stated);
    let ruling = Ruling::new(&groups)?;
    let speakers: Vec<_> =
        stated.iter().map(|stated| (stated.voice.origin, stated.first_speaker())).collect();
    let names = origins.names(&speakers);
    Some(Cell {
        attribute: attribute.to_owned(),
        verdict: ruling.verdict(),
        preferred: ruling.preferred(),
        why: Some(ruling.why(&names)),
        values: groups.iter().map(Group::row).collect(),
        origins: names,
        decided: None,
        as_of: None,
    })
}

impl<V> Stated<'_, V> {
    fn first_speaker(&self) -> Option<&str> {
        self.voice.speakers.first().map(String::as_str)
    }
}

/// The statements of one value; never empty.
struct Group<'s, 'a, V> {
    text: String,
    stated: Vec<&'s Stated<'a, V>>,
    /// The earliest of them, as far as can be told.
    first: &'s Stated<'a, V>,
}

/// Equal texts are one value; sorted by text.
fn group<'s, 'a, V: Value>(stated: &'s [Stated<'a, V>]) -> Vec<Group<'s, 'a, V>> {
    let mut groups: BTreeMap<String, Vec<&'s Stated<'a, V>>> = BTreeMap::new();
    for stated in stated {
        groups.entry(stated.value.show()).or_default().push(stated);
    }
    let made =
        |stated: &&Stated<'a, V>| (stated.made.is_none(), stated.made, stated.claim.clone(), stated.position);
    let finish = |(text, stated): (String, Vec<&'s Stated<'a, V>>)| {
        let first = stated.iter().copied().min_by_key(made)?;
        Some(Group { text, stated, first })
    };
    groups.into_iter().filter_map(finish).collect()
}

impl<V: Value> Group<'_, '_, V> {
    fn row(&self) -> CellValue {
        // Of each claim the words that state it nearest to its own.
        let mut words: BTreeMap<&ClaimRef, (u32, Span)> = BTreeMap::new();
        for stated in &self.stated {
            let nearest = words.entry(&stated.claim).or_insert((stated.distance, stated.span));
            *nearest = (*nearest).min((stated.distance, stated.span));
        }
        let spans: Vec<Span> = words.values().map(|(_, span)| *span).collect();
        CellValue {
            value: self.text.clone(),
            claims: words.into_keys().cloned().collect(),
            attributed_to: distinct(self.stated.iter().flat_map(|stated| &*stated.voice.speakers).cloned()),
            span: spans.first().copied(),
            spans: if spans.len() > 1 { spans } else { Vec::new() },
        }
    }

    fn origins(&self) -> Vec<Origin> {
        distinct(self.stated.iter().map(|stated| stated.voice.origin))
    }

    /// How this value's first statement stands to that of another.
    fn when(&self, other: &Self) -> When {
        let origins = self.origins();
        let same_origin = other.origins().iter().any(|origin| origins.contains(origin));
        // What one report says of two speakers is said at once, in whatever order.
        let is_at_once = self.first.claim.report == other.first.claim.report && !same_origin;
        When { order: order(self.first, other.first).filter(|_| !is_at_once), same_origin }
    }

    fn relate(&self, other: &Self) -> Relation {
        let (value, other_value) = (&self.first.value, &other.first.value);
        match value.compare(other_value) {
            Match::Same => Relation::Equal,
            Match::Compatible | Match::Unknown => Relation::Compatible,
            Match::Different if value.replaces(other_value, self.when(other)) => Relation::Replaces,
            Match::Different if other_value.replaces(value, other.when(self)) => Relation::Replaced,
            Match::Different if value.has_other_scope(other_value) => Relation::OtherScope,
            Match::Different => Relation::Contradicts,
        }
    }
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<_> = values.collect();
    values.sort();
    values.dedup();
    values
}

/// Which of two statements came first: by publication, or by place in the same report.
fn order<V>(one: &Stated<'_, V>, other: &Stated<'_, V>) -> Option<Ordering> {
    if one.claim.report == other.claim.report {
        return Some(one.position.cmp(&other.position));
    }
    let (made, other_made) = (one.made?, other.made?);
    if made.overlaps(&other_made) { None } else { Some(made.cmp(&other_made)) }
}

/// How one value of a cell stands to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Compatible,
    Replaces,
    Replaced,
    OtherScope,
    Contradicts,
}

/// The verdict on a cell, with the pair of values that decides it.
struct Ruling<'g, 's, 'a, V> {
    groups: &'g [Group<'s, 'a, V>],
    n_origins: usize,
    /// The worst relation in the cell and the two values it is between; `None` if there is one value.
    decisive: Option<(Relation, usize, usize)>,
    /// Values that a later one replaces.
    replaced: Vec<bool>,
}

impl<'g, 's, 'a, V: Value> Ruling<'g, 's, 'a, V> {
    fn new(groups: &'g [Group<'s, 'a, V>]) -> Option<Self> {
        let n_origins = distinct(groups.iter().flat_map(Group::origins)).len();
        let mut ruling = Self { groups, n_origins, decisive: None, replaced: vec![false; groups.len()] };
        for (one, group) in groups.iter().enumerate() {
            for (other, other_group) in groups.iter().enumerate().skip(one + 1) {
                ruling.add(group.relate(other_group), one, other);
            }
        }
        (!groups.is_empty()).then_some(ruling)
    }

    /// The newer of two values stands first where one replaces the other.
    fn add(&mut self, relation: Relation, one: usize, other: usize) {
        let (relation, one, other) = match relation {
            Relation::Replaced => (Relation::Replaces, other, one),
            relation => (relation, one, other),
        };
        if relation == Relation::Replaces {
            self.replaced[other] = true;
        }
        if self.decisive.is_none_or(|(worst, ..)| rank(worst) < rank(relation)) {
            self.decisive = Some((relation, one, other));
        }
    }

    fn verdict(&self) -> Verdict {
        match self.decisive.map_or(Relation::Equal, |(relation, ..)| relation) {
            Relation::Equal | Relation::Compatible if self.n_origins < 2 => Verdict::SingleSource,
            Relation::Equal => Verdict::Agreed,
            Relation::Compatible => Verdict::Compatible,
            Relation::Replaces | Relation::Replaced => Verdict::Superseded,
            Relation::OtherScope => Verdict::DifferentScope,
            Relation::Contradicts => Verdict::Contradictory,
        }
    }

    /// Index of the preferred value and the rule that preferred it; none where nothing speaks for one of two
    /// contradictory values.
    fn preferred(&self) -> Option<(usize, String)> {
        let verdict = self.verdict();
        let standing = (0..self.groups.len()).filter(|&index| !self.replaced[index]);
        let rule = match verdict {
            _ if self.groups.len() == 1 => "only value",
            Verdict::Superseded => "latest statement",
            Verdict::Contradictory => "most independent origins",
            Verdict::SingleSource | Verdict::Agreed | Verdict::Compatible | Verdict::DifferentScope => {
                "most precise, then most independent origins"
            }
        };
        let by_origins = verdict == Verdict::Contradictory;
        let mut ranked: Vec<_> = standing.collect();
        ranked.sort_by(|&one, &other| self.prefer(other, one, by_origins).then(one.cmp(&other)));
        let tied =
            by_origins && ranked.get(1).is_some_and(|&second| self.prefer(ranked[0], second, true).is_eq());
        ranked.first().filter(|_| !tied).map(|&best| (best, rule.to_owned()))
    }

    fn prefer(&self, one: usize, other: usize, by_origins: bool) -> Ordering {
        let (one, other) = (&self.groups[one], &self.groups[other]);
        let origins = one.origins().len().cmp(&other.origins().len());
        if by_origins {
            return origins;
        }
        one.first.value.precision().total_cmp(&other.first.value.precision()).then(origins)
    }

    fn why(&self, names: &[String]) -> String {
        let text = |index: usize| &self.groups[index].text;
        let Some((relation, one, other)) = self.decisive.filter(|_| self.verdict() != Verdict::SingleSource)
        else {
            return self.why_alike(names);
        };
        let (one, other) = (text(one), text(other));
        match relation {
            Relation::Equal => self.why_alike(names),
            Relation::Compatible => format!("“{one}” and “{other}” can both be true."),
            Relation::Replaces | Relation::Replaced => format!("“{one}” replaces the earlier “{other}”."),
            Relation::OtherScope => {
                format!("“{one}” and “{other}” speak of different areas, periods or groups.")
            }
            Relation::Contradicts => format!("“{one}” and “{other}” cannot both be true."),
        }
    }

    fn why_alike(&self, names: &[String]) -> String {
        match names {
            [name] => format!("All that is said goes back to {name}."),
            _ => format!("{} independent origins say the same.", self.n_origins),
        }
    }
}

/// A later statement explains a difference before another scope does, so a cell with both is first of all superseded.
fn rank(relation: Relation) -> u8 {
    match relation {
        Relation::Equal => 0,
        Relation::Compatible => 1,
        Relation::OtherScope => 2,
        Relation::Replaces | Relation::Replaced => 3,
        Relation::Contradicts => 4,
    }
}
