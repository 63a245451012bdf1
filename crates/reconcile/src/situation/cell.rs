//! *What do the claims of one event say of one attribute, and how do they relate?*
//!
//! Nothing is averaged: a cell keeps every value with the claims that state it, says how the values relate, and names
//! the rule by which one is preferred.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

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

    /// Whether reports that say it and another in their own voice may rather speak of two things, so that it takes somebody's
    /// word on just that, or two who differ, to make it a contradiction.
    fn needs_speaker(&self) -> bool {
        false
    }

    /// Whether it only contradicts another if something else shows that both are about one thing; [`Stated::anchors`] do.
    fn needs_anchor(&self, _other: &Self) -> bool {
        false
    }

    /// Whether one report may state several, of several things.
    fn has_parts(&self) -> bool {
        false
    }

    /// Whether one report against many has rather been misread.
    fn yields_to_many(&self) -> bool {
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
    /// What shows that another claim is about the same: a person, a day with its place, a figure.
    pub anchors: Rc<[u64]>,
    /// Whether the voice speaks of just this: who blames somebody or claims a deed says who did it.
    pub is_on_this: bool,
}

/// So many origins outweigh one.
const MANY: usize = 3;

/// The cell of an attribute, if anything is stated of it.
pub(crate) fn cell<V: Value>(
    attribute: &str,
    stated: &[Stated<'_, V>],
    origins: &Origins<'_>,
) -> Option<Cell> {
    of_groups(attribute, stated, origins, true)
}

/// The same of an attribute on which different words are no contradiction: how it was done, to whom, how it is coded.
pub(crate) fn mild_cell<V: Value>(
    attribute: &str,
    stated: &[Stated<'_, V>],
    origins: &Origins<'_>,
) -> Option<Cell> {
    of_groups(attribute, stated, origins, false)
}

fn of_groups<V: Value>(
    attribute: &str,
    stated: &[Stated<'_, V>],
    origins: &Origins<'_>,
    may_contradict: bool,
) -> Option<Cell> {
    let groups = group(stated);
    let ruling = Ruling::new(&groups, may_contradict)?;
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
            // Whoever gives two numbers in one report counts two things.
            Match::Different if value.has_parts() && self.is_beside(other) => Relation::OtherScope,
            Match::Different if value.needs_anchor(other_value) && !self.is_anchored(other) => {
                if value.has_parts() { Relation::OtherScope } else { Relation::Compatible }
            }
            Match::Different if value.needs_speaker() && !self.is_disputed_by(other) => Relation::Compatible,
            Match::Different if value.yields_to_many() && self.is_outweighed(other) => Relation::Compatible,
            Match::Different => Relation::Contradicts,
        }
    }

    /// Whether one report states both, and not by two speakers.
    fn is_beside(&self, other: &Self) -> bool {
        let is_told_twice = |one: &Stated<'_, V>, other: &Stated<'_, V>| {
            let both_cite = one.first_speaker().is_some() && other.first_speaker().is_some();
            one.claim.report == other.claim.report && (one.voice.origin == other.voice.origin || !both_cite)
        };
        self.stated.iter().any(|one| other.stated.iter().any(|other| is_told_twice(one, other)))
    }

    /// Whether a claim states both, or two claims share what shows that they are about one thing.
    fn is_anchored(&self, other: &Self) -> bool {
        let share = |one: &Stated<'_, V>, other: &Stated<'_, V>| {
            one.claim == other.claim || one.anchors.iter().any(|anchor| other.anchors.contains(anchor))
        };
        self.stated.iter().any(|one| other.stated.iter().any(|other| share(one, other)))
    }

    /// Whether somebody speaks of just this, or two speakers differ.
    fn is_disputed_by(&self, other: &Self) -> bool {
        let is_on_this = |group: &Self| group.stated.iter().any(|stated| stated.is_on_this);
        is_on_this(self) || is_on_this(other) || (self.has_speaker() && other.has_speaker())
    }

    fn has_speaker(&self) -> bool {
        self.stated.iter().any(|stated| stated.first_speaker().is_some())
    }

    fn is_outweighed(&self, other: &Self) -> bool {
        let is_on_this = |group: &Self| group.stated.iter().any(|stated| stated.is_on_this);
        let (one, another) = (self.origins().len(), other.origins().len());
        one.min(another) == 1 && one.max(another) >= MANY && !is_on_this(self) && !is_on_this(other)
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
    /// The worst relation in the cell and the two values it is between, of several such those with most origins; `None` if
    /// there is one value.
    decisive: Option<(Relation, usize, usize)>,
    /// Values that a later one replaces.
    replaced: Vec<bool>,
}

impl<'g, 's, 'a, V: Value> Ruling<'g, 's, 'a, V> {
    fn new(groups: &'g [Group<'s, 'a, V>], may_contradict: bool) -> Option<Self> {
        let n_origins = distinct(groups.iter().flat_map(Group::origins)).len();
        let mut ruling = Self { groups, n_origins, decisive: None, replaced: vec![false; groups.len()] };
        for (one, group) in groups.iter().enumerate() {
            for (other, other_group) in groups.iter().enumerate().skip(one + 1) {
                let relation = match group.relate(other_group) {
                    Relation::Contradicts if !may_contradict => Relation::Compatible,
                    relation => relation,
                };
                ruling.add(relation, one, other);
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
        let weight = |relation, one: usize, other: usize| {
            let n_origins = self.groups[one].origins().len() + self.groups[other].origins().len();
            (rank(relation), n_origins)
        };
        let is_worse = |(worst, first, second)| weight(worst, first, second) < weight(relation, one, other);
        if self.decisive.is_none_or(is_worse) {
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
