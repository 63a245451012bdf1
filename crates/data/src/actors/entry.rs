//! *What is known about one actor?*

use annalist_schema::{Country, DayInterval, Sector};
use jiff::civil::Date;

/// What sort of actor an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A person, usually with terms of office.
    Person,
    /// A government body, force, party, court, company or other organisation.
    Organisation,
    /// An armed group.
    Group,
    /// A building or town that stands for those who sit there: "the Kremlin".
    Seat,
}

/// Somebody who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Stable id: the name in lower case with hyphens.
    pub id: String,
    /// The usual English name.
    pub name: String,
    /// Title of the article in the English Wikipedia, if there is one.
    pub wiki: Option<String>,
    /// Where a reader can check the entry.
    pub origin: String,
    /// What sort of actor.
    pub kind: ActorKind,
    /// Country, or a supranational code; `None` where there is none.
    pub country: Option<Country>,
    /// PLOVER sectors, the first one primary; of persons, see [`Actor::terms`].
    pub sectors: Vec<Sector>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Offices held, in the order of the file.
    pub terms: Vec<Term>,
    /// When it came into being.
    pub from: Option<DayInterval>,
    /// When it ended.
    pub to: Option<DayInterval>,
    /// Ids or names of what it belongs to.
    pub member_of: Vec<String>,
    /// Countries that support it; backing is not belonging.
    pub backed_by: Vec<Country>,
}

/// An office held by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The office in lower case, without its country: `president`, `foreign minister`.
    pub office: String,
    /// The sector that goes with it.
    pub sector: Sector,
    /// The country it is an office of.
    pub country: Option<Country>,
    /// When it began: a day, or the month or year known.
    pub from: DayInterval,
    /// When it ended; `None` = still held when the file was last looked through.
    pub to: Option<DayInterval>,
}

impl Term {
    /// The longest stretch that the term may have covered.
    pub fn days(&self) -> DayInterval {
        DayInterval::new(self.from.earliest, self.to.map_or(Date::MAX, |to| to.latest))
    }

    /// Whether the office may have been held on one of the days.
    pub fn covers(&self, days: DayInterval) -> bool {
        self.days().overlaps(&days)
    }
}

impl Actor {
    /// The offices held on one of the days, in the order of the file.
    pub fn offices_on(&self, days: DayInterval) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.covers(days))
    }

    /// Whether the actor may have existed on one of the days.
    pub fn exists_on(&self, days: DayInterval) -> bool {
        let first = self.from.map_or(Date::MIN, |from| from.earliest);
        let last = self.to.map_or(Date::MAX, |to| to.latest);
        DayInterval::new(first, last).overlaps(&days)
    }
}
