//! *What happened, who tells it how, and which verdicts must come out?*
//!
//! A story is a made-up happening with its tellings. What its verdicts must be follows from how it was planted: without
//! a twist every origin tells the same, so an attribute is agreed if two origins tell it. A twist changes one telling
//! and says what that makes of the attribute.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::Verdict;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::land::Land;
use crate::chance::Chance;

/// What sort of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An armed group attacks.
    Attack,
    /// Police arrest people.
    Raid,
    /// People protest.
    Protest,
    /// Troops leave a town.
    Withdrawal,
}

/// A made-up happening, as it was.
#[derive(Clone, Debug)]
pub struct Happening<'a> {
    /// What sort of thing.
    pub kind: Kind,
    /// In which land.
    pub land: &'a Land,
    /// Which of the land's groups did it.
    pub group: usize,
    /// Which of the land's towns it was in.
    pub town: usize,
    /// On which day.
    pub day: Date,
    /// Dead, arrested or protesters.
    pub n: u32,
    /// Wounded; of attacks only.
    pub wounded: u32,
    /// Whom or what it was about: a number that picks the words.
    pub subject: usize,
}

/// How precisely a number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// "12".
    Plain,
    /// "At least 12".
    AtLeast,
    /// "More than 12".
    MoreThan,
    /// "Up to 12".
    UpTo,
}

/// Who is said to have done it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// One of the land's groups.
    Group(usize),
    /// "Gunmen".
    Somebody,
}

/// When it is said to have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On a day.
    Day(Date),
    /// The week of the report.
    ThisWeek,
}

/// Whether it is said to have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has.
    Happened,
    /// It will.
    Planned,
    /// By those who are said to have done it.
    Denied,
}

/// One report's version of a happening.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The day of the report.
    pub published: Date,
    /// Who did it.
    pub who: Who,
    /// When.
    pub when: When,
    /// Whether it names the town rather than the part of the country.
    pub names_town: bool,
    /// How many, and whether only a part of them: a number that picks the words.
    pub figure: Option<(Hedge, u32, Option<usize>)>,
    /// How many were wounded.
    pub wounded: Option<u32>,
    /// Whether it happened.
    pub standing: Standing,
    /// Whom it cites: a number that picks the words.
    pub speaker: Option<usize>,
    /// Whether the news is the number, rather than the happening.
    pub is_update: bool,
}

/// A happening, its tellings, each by another outlet, and what must come out.
#[derive(Clone, Debug)]
pub struct Story<'a> {
    /// What happened.
    pub happening: Happening<'a>,
    /// Who tells it how.
    pub tellings: Vec<Telling>,
    /// How the tellings differ.
    pub twist: Twist,
    /// What the twist makes of an attribute.
    planted: BTreeMap<&'static str, Verdict>,
}

/// How the tellings of a story differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Twist {
    /// Nobody else tells it.
    Alone,
    /// All cite one speaker.
    OneVoice,
    /// They do not differ.
    Plain,
    /// One gives a bound instead of the number.
    HedgedFigure,
    /// One names the week instead of the day.
    VagueDay,
    /// One names the part of the country instead of the town.
    VaguePlace,
    /// One does not know who did it.
    VagueActor,
    /// Days later more have died.
    RisingToll,
    /// Whoever gave a number takes it back.
    Corrected,
    /// One is an announcement.
    PlanAndDeed,
    /// One is an announcement for another day.
    Postponed,
    /// Each counts others.
    Parts,
    /// One gives another number.
    OtherFigure,
    /// One gives another day.
    OtherDay,
    /// One names another group.
    OtherActor,
    /// One is a denial by those who are said to have done it.
    Denial,
}

impl Twist {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Alone,
        Self::OneVoice,
        Self::Plain,
        Self::HedgedFigure,
        Self::VagueDay,
        Self::VaguePlace,
        Self::VagueActor,
        Self::RisingToll,
        Self::Corrected,
        Self::PlanAndDeed,
        Self::Postponed,
        Self::Parts,
        Self::OtherFigure,
        Self::OtherDay,
        Self::OtherActor,
        Self::Denial,
    ];

    /// What a story with this twist can be about.
    fn kinds(self) -> &'static [Kind] {
        use Kind::{Attack, Protest, Raid, Withdrawal};
        match self {
            Self::VagueActor | Self::RisingToll | Self::Parts | Self::OtherActor | Self::Denial => &[Attack],
            Self::HedgedFigure | Self::Corrected | Self::OtherFigure => &[Attack, Raid, Protest],
            Self::PlanAndDeed | Self::Postponed => &[Withdrawal],
            _ => &[Attack, Raid, Protest, Withdrawal],
        }
    }
}

impl Kind {
    /// What its figure counts, as cells name it.
    pub fn counted(self) -> Option<&'static str> {
        match self {
            Self::Attack => Some("killed"),
            Self::Raid => Some("detained"),
            Self::Protest => Some("protesters"),
            Self::Withdrawal => None,
        }
    }
}

/// Whether a telling tells an attribute.
type IsTold = fn(&Telling) -> bool;

/// Days over which stories spread, and days between two that nothing but the day tells apart.
const N_DAYS: usize = 150;
const MIN_GAP_DAYS: i32 = 9;

/// Stories, the twists in turn.
pub fn stories<'a>(lands: &'a [Land], n: usize, chance: &mut Chance) -> Vec<Story<'a>> {
    let mut stories: Vec<Story<'a>> = Vec::new();
    for twist in Twist::ALL.iter().copied().cycle().take(n) {
        let is_like = |one: &Happening<'_>, other: &Happening<'_>| {
            let place = |happening: &Happening<'_>| (happening.land.name, happening.town);
            let apart_days = (one.day - other.day).get_days().abs();
            one.kind == other.kind && place(one) == place(other) && apart_days < MIN_GAP_DAYS
        };
        // A calendar without room left would give the last draw; there is room for hundreds.
        let mut happening = draw(lands, twist, chance);
        for _ in 0..100 {
            if !stories.iter().any(|story| is_like(&story.happening, &happening)) {
                break;
            }
            happening = draw(lands, twist, chance);
        }
        stories.push(Story::new(happening, twist, chance));
    }
    stories
}

fn draw<'a>(lands: &'a [Land], twist: Twist, chance: &mut Chance) -> Happening<'a> {
    let land = &lands[chance.below(lands.len())];
    let kind = twist.kinds()[chance.below(twist.kinds().len())];
    let n = match kind {
        Kind::Protest => 1_000 * chance.between(2, 40),
        _ => chance.between(7, 60),
    };
    Happening {
        kind,
        land,
        group: chance.below(2),
        town: chance.below(land.towns.len()),
        day: date(2024, 1, 8).saturating_add((chance.below(N_DAYS) as i64).days()),
        n: n as u32,
        wounded: chance.between(5, 90) as u32,
        subject: chance.below(100),
    }
}

impl<'a> Story<'a> {
    fn new(happening: Happening<'a>, twist: Twist, chance: &mut Chance) -> Self {
        let n_tellings = if twist == Twist::Alone { 1 } else { chance.between(2, 4) };
        let tellings = (0..n_tellings).map(|_| plain(&happening, chance)).collect();
        let mut story = Self { happening, tellings, twist, planted: BTreeMap::new() };
        story.plant(chance);
        story
    }

    /// Another report tells it in passing.
    pub fn retell(&mut self, published: Date, chance: &mut Chance) -> Telling {
        let telling = Telling { published, ..plain(&self.happening, chance) };
        self.tellings.push(telling.clone());
        telling
    }

    /// The verdict that each attribute must get; attributes that nobody tells are absent.
    pub fn verdicts(&self) -> BTreeMap<&'static str, Verdict> {
        let counted = self.happening.kind.counted();
        let told: [(Option<&'static str>, IsTold); 6] = [
            (Some("actors").filter(|_| self.happening.kind == Kind::Attack), |_| true),
            (Some("date"), |_| true),
            (Some("place"), |_| true),
            (Some("status"), |_| true),
            (counted, |telling| telling.figure.is_some()),
            (Some("wounded"), |telling| telling.wounded.is_some()),
        ];
        let mut verdicts = BTreeMap::new();
        for (attribute, is_told) in told {
            let n_origins = self.n_origins(is_told);
            let Some(attribute) = attribute.filter(|_| n_origins > 0) else { continue };
            verdicts.insert(attribute, if n_origins > 1 { Verdict::Agreed } else { Verdict::SingleSource });
        }
        verdicts.extend(&self.planted);
        verdicts
    }

    /// Who is cited is one origin, every outlet that speaks for itself another.
    fn n_origins(&self, is_told: impl Fn(&Telling) -> bool) -> usize {
        let told = self.tellings.iter().enumerate().filter(|(_, telling)| is_told(telling));
        let origin = |(outlet, telling): (usize, &Telling)| match telling.speaker {
            Some(speaker) => (true, speaker),
            None => (false, outlet),
        };
        told.map(origin).collect::<BTreeSet<_>>().len()
    }

    /// Changes the tellings as the twist wants. The last telling is the odd one; the first stays as it is.
    fn plant(&mut self, chance: &mut Chance) {
        let counted = self.happening.kind.counted().unwrap_or("killed");
        let (n, day) = (self.happening.n, self.happening.day);
        match self.twist {
            Twist::Alone | Twist::Plain => {}
            Twist::OneVoice => self.tellings.iter_mut().for_each(|telling| telling.speaker = Some(0)),
            Twist::HedgedFigure => {
                let hedged = match chance.below(3) {
                    0 => (Hedge::AtLeast, n - n / 5, None),
                    1 => (Hedge::MoreThan, n - n / 4, None),
                    _ => (Hedge::UpTo, n + n / 5, None),
                };
                self.change(counted, Verdict::Compatible, |odd| odd.figure = Some(hedged));
                self.tellings[0].figure = Some((Hedge::Plain, n, None));
            }
            Twist::VagueDay => self.change("date", Verdict::Compatible, |odd| {
                odd.when = When::ThisWeek;
                odd.published = day;
            }),
            Twist::VaguePlace => self.change("place", Verdict::Compatible, |odd| odd.names_town = false),
            Twist::VagueActor => self.change("actors", Verdict::Compatible, |odd| odd.who = Who::Somebody),
            Twist::RisingToll => self.raise(chance),
            Twist::Corrected => self.correct(counted, chance),
            Twist::PlanAndDeed | Twist::Postponed => self.announce(chance),
            Twist::Parts => {
                self.tellings
                    .iter_mut()
                    .for_each(|telling| telling.figure = Some((Hedge::Plain, n, Some(0))));
                let others = Some((Hedge::Plain, n - 3, Some(1)));
                self.change(counted, Verdict::DifferentScope, |odd| odd.figure = others);
            }
            Twist::OtherFigure => {
                let other = n + (n / 4).max(2);
                self.tellings.iter_mut().for_each(|telling| telling.published = day);
                self.tellings[0].figure = Some((Hedge::Plain, n, None));
                self.change(counted, Verdict::Contradictory, |odd| {
                    odd.figure = Some((Hedge::Plain, other, None))
                });
            }
            Twist::OtherDay => self.change("date", Verdict::Contradictory, |odd| {
                odd.when = When::Day(day.yesterday().unwrap_or(day));
            }),
            Twist::OtherActor => {
                let other = 1 - self.happening.group;
                self.change("actors", Verdict::Contradictory, |odd| odd.who = Who::Group(other));
            }
            Twist::Denial => self.change("status", Verdict::Contradictory, |odd| {
                odd.standing = Standing::Denied;
                (odd.figure, odd.wounded, odd.speaker) = (None, None, None);
            }),
        }
    }

    fn change(&mut self, attribute: &'static str, verdict: Verdict, change: impl Fn(&mut Telling)) {
        self.planted.insert(attribute, verdict);
        self.tellings.last_mut().into_iter().for_each(change);
    }

    /// Days later more have died.
    fn raise(&mut self, chance: &mut Chance) {
        let (n, day) = (self.happening.n, self.happening.day);
        self.tellings.iter_mut().for_each(|telling| telling.published = day);
        self.tellings[0].figure = Some((Hedge::Plain, n, None));
        let published = day.saturating_add((chance.between(2, 5) as i64).days());
        let risen = n + chance.between(2, 9) as u32;
        self.change("killed", Verdict::Superseded, |odd| {
            odd.published = published;
            odd.figure = Some((Hedge::Plain, risen, None));
            odd.wounded = None;
            odd.is_update = true;
        });
    }

    /// The one speaker who gave the number lowers it.
    fn correct(&mut self, counted: &'static str, chance: &mut Chance) {
        let (n, day) = (self.happening.n, self.happening.day);
        for telling in &mut self.tellings {
            (telling.figure, telling.speaker, telling.published) = (None, None, day);
        }
        let first = &mut self.tellings[0];
        (first.figure, first.speaker) = (Some((Hedge::Plain, n, None)), Some(1));
        let published = day.saturating_add((chance.between(2, 5) as i64).days());
        let lowered = n - (n / 5).max(2);
        self.change(counted, Verdict::Superseded, |odd| {
            odd.published = published;
            (odd.figure, odd.speaker) = (Some((Hedge::Plain, lowered, None)), Some(1));
            odd.wounded = None;
            odd.is_update = true;
        });
    }

    /// Announced for a day, and carried out then or later.
    fn announce(&mut self, chance: &mut Chance) {
        let day = self.happening.day;
        let announced = day.saturating_sub((chance.between(3, 12) as i64).days());
        let planned_for = match self.twist {
            Twist::Postponed => day.saturating_sub(2.days()),
            _ => day,
        };
        self.change("status", Verdict::Superseded, |odd| {
            odd.published = announced;
            odd.standing = Standing::Planned;
            odd.when = When::Day(planned_for);
        });
        if self.twist == Twist::Postponed {
            self.planted.insert("date", Verdict::Superseded);
        }
    }
}

/// As it was, told on the day or soon after.
fn plain(happening: &Happening<'_>, chance: &mut Chance) -> Telling {
    let has_figure = happening.kind.counted().is_some() && chance.happens(0.8);
    Telling {
        published: happening.day.saturating_add((chance.below(3) as i64).days()),
        who: Who::Group(happening.group),
        when: When::Day(happening.day),
        names_town: true,
        figure: has_figure.then_some((Hedge::Plain, happening.n, None)),
        wounded: (happening.kind == Kind::Attack && chance.happens(0.5)).then_some(happening.wounded),
        standing: Standing::Happened,
        speaker: None,
        is_update: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made::land::lands;

    /// The verdict on one attribute in all stories of a twist.
    fn check(twist: Twist, attribute: &str, expected: Verdict) {
        let lands = lands();
        let stories = stories(&lands, 64, &mut Chance::new(5));
        let found = stories.iter().filter(|story| story.twist == twist);
        let verdicts: BTreeSet<_> =
            found.filter_map(|story| story.verdicts().get(attribute).copied()).collect();
        assert_eq!(verdicts.into_iter().collect::<Vec<_>>(), [expected], "{twist:?}");
    }

    #[test]
    fn plants_what_it_says() {
        check(Twist::Alone, "date", Verdict::SingleSource);
        check(Twist::OneVoice, "place", Verdict::SingleSource);
        check(Twist::Plain, "date", Verdict::Agreed);
        check(Twist::RisingToll, "killed", Verdict::Superseded);
        check(Twist::Parts, "killed", Verdict::DifferentScope);
        check(Twist::Postponed, "date", Verdict::Superseded);
        check(Twist::Denial, "status", Verdict::Contradictory);
    }
}
