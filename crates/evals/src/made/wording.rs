//! *How does a report say it?* Several ways for each thing, so that no two reports need be worded alike.

use jiff::civil::{Date, Weekday};

use super::story::{Happening, Hedge, Kind, Standing, Telling, When, Who};
use crate::chance::Chance;

const TARGETS: &[&str] =
    &["an army post", "a checkpoint", "a police station", "a market", "a bus station", "a military convoy"];
const ARRESTED: &[&str] = &["opposition activists", "students", "journalists", "trade unionists"];
const CAUSES: &[&str] = &["fuel prices", "a new tax", "power cuts", "the government"];
/// Whom reports cite, each of them one voice: officials of the land, a hospital, the police.
const SPEAKERS: &[&str] = &["the {} defence ministry", "the {} interior ministry", "the {} health ministry"];
/// The parts that a toll can be told of.
const PARTS: &[&str] = &["soldiers", "civilians"];

/// The sentence that tells a happening.
pub fn sentence(happening: &Happening<'_>, telling: &Telling, chance: &mut Chance) -> String {
    let phrases = Phrases::new(happening, telling, chance);
    let told = match (happening.kind, telling.standing) {
        (Kind::Attack, Standing::Denied) => phrases.denial(chance),
        (Kind::Attack, _) if telling.is_update => phrases.toll_update(chance),
        (Kind::Attack, _) => phrases.attack(chance),
        (Kind::Raid, _) => phrases.raid(chance),
        (Kind::Protest, _) => phrases.protest(chance),
        (Kind::Withdrawal, Standing::Planned) => phrases.announcement(chance),
        (Kind::Withdrawal, _) => phrases.withdrawal(chance),
    };
    let speaker = telling.speaker.map(|speaker| phrases.speaker(speaker));
    capitalized(&speaker.map_or_else(|| told.clone(), |speaker| format!("{told}, {speaker} said"))) + "."
}

/// The parts of the sentence.
struct Phrases<'a> {
    adjective: &'a str,
    land: &'a str,
    who: &'a str,
    whom: &'a str,
    place: String,
    day: String,
    n: Option<String>,
    wounded: Option<u32>,
    cause: &'a str,
}

impl<'a> Phrases<'a> {
    fn new(happening: &Happening<'a>, telling: &Telling, chance: &mut Chance) -> Self {
        let land = happening.land;
        let (town, part) = land.towns[happening.town];
        let pick = |words: &'static [&str]| words[happening.subject % words.len()];
        let who = match telling.who {
            Who::Group(group) => chance.pick(&land.groups[group]).copied().unwrap_or_default(),
            Who::Somebody => "gunmen",
        };
        Self {
            adjective: land.adjective,
            land: land.name,
            who,
            whom: if happening.kind == Kind::Raid { pick(ARRESTED) } else { pick(TARGETS) },
            place: format!("in {}", if telling.names_town { town } else { part }),
            day: day(telling, chance),
            n: telling.figure.map(|(hedge, n, part)| number(hedge, n, part, happening.kind)),
            wounded: telling.wounded,
            cause: pick(CAUSES),
        }
    }

    fn attack(&self, chance: &mut Chance) -> String {
        let Self { who, whom, place, day, .. } = self;
        let wounding = self.wounded.map(|n| format!(" and wounding {n}")).unwrap_or_default();
        let wounded = self.wounded.map(|n| format!(" and wounded {n} others")).unwrap_or_default();
        let were_wounded = self.wounded.map(|n| format!(" and {n} were wounded")).unwrap_or_default();
        match (&self.n, self.wounded, chance.below(3)) {
            (Some(n), _, 0) => format!("{who} attacked {whom} {place} {day}, killing {n}{wounding}"),
            (Some(n), _, 1) => {
                format!("{n} were killed{were_wounded} when {who} attacked {whom} {place} {day}")
            }
            (Some(n), _, _) => format!("an attack by {who} on {whom} {place} killed {n}{wounded} {day}"),
            (None, Some(n), _) => format!("{who} attacked {whom} {place} {day}, wounding {n} people"),
            (None, None, 0) => format!("{whom} {place} came under attack by {who} {day}"),
            (None, None, _) => format!("{who} attacked {whom} {place} {day}"),
        }
    }

    fn toll_update(&self, chance: &mut Chance) -> String {
        let Self { who, whom, place, day, .. } = self;
        let n = self.n.as_deref().unwrap_or("several people");
        let count = n.trim_end_matches(" people");
        match chance.below(3) {
            0 => format!("the death toll from the attack by {who} on {whom} {place} {day} is now {count}"),
            1 => format!(
                "{n} were killed in the attack by {who} on {whom} {place} {day}, more than a first count said"
            ),
            _ => format!("the attack by {who} on {whom} {place} {day} killed {n}"),
        }
    }

    fn denial(&self, chance: &mut Chance) -> String {
        let Self { who, whom, place, day, .. } = self;
        match chance.below(2) {
            0 => format!("{who} denied that it attacked {whom} {place} {day}"),
            _ => format!("{who} denied attacking {whom} {place} {day}"),
        }
    }

    fn raid(&self, chance: &mut Chance) -> String {
        let Self { adjective, whom, place, day, .. } = self;
        let whom = match &self.n {
            Some(n) => format!("{n} {whom}"),
            None => (*whom).to_owned(),
        };
        match chance.below(3) {
            0 => format!("police {place} arrested {whom} {day}"),
            1 => format!("{adjective} police detained {whom} {place} {day}"),
            _ => format!("{whom} were arrested {place} {day}"),
        }
    }

    fn protest(&self, chance: &mut Chance) -> String {
        let Self { place, day, cause, .. } = self;
        let people = self.n.as_deref().map_or_else(|| "people".to_owned(), |n| format!("{n} people"));
        match chance.below(3) {
            0 => format!("{people} protested {place} against {cause} {day}"),
            1 => format!("{people} marched {place} {day} to protest against {cause}"),
            _ => format!("{people} demonstrated against {cause} {place} {day}"),
        }
    }

    fn announcement(&self, chance: &mut Chance) -> String {
        let Self { adjective, land, place, day, .. } = self;
        let from = place.replacen("in ", "from ", 1);
        match chance.below(2) {
            0 => format!("the {adjective} army will withdraw its troops {from} {day}"),
            _ => format!("{land} plans to withdraw its troops {from} {day}"),
        }
    }

    fn withdrawal(&self, chance: &mut Chance) -> String {
        let Self { adjective, land, place, day, .. } = self;
        let from = place.replacen("in ", "from ", 1);
        match chance.below(3) {
            0 => format!("the {adjective} army withdrew its troops {from} {day}"),
            1 => format!("{adjective} troops withdrew {from} {day}"),
            _ => format!("{land} withdrew its troops {from} {day}"),
        }
    }

    fn speaker(&self, speaker: usize) -> String {
        SPEAKERS[speaker % SPEAKERS.len()].replace("{}", self.adjective)
    }
}

/// "at least 12 people", "12 soldiers"; of the arrested and of protesters only the number.
fn number(hedge: Hedge, n: u32, part: Option<usize>, kind: Kind) -> String {
    let hedge = match hedge {
        Hedge::Plain => "",
        Hedge::AtLeast => "at least ",
        Hedge::MoreThan => "more than ",
        Hedge::UpTo => "up to ",
    };
    let n = if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) };
    match (kind, part) {
        (Kind::Attack, Some(part)) => format!("{hedge}{n} {}", PARTS[part % PARTS.len()]),
        (Kind::Attack, None) => format!("{hedge}{n} people"),
        _ => format!("{hedge}{n}"),
    }
}

/// The weekday while it is clear which one is meant, or the date.
fn day(telling: &Telling, chance: &mut Chance) -> String {
    let When::Day(day) = telling.when else { return "this week".to_owned() };
    let age_days = (telling.published - day).get_days();
    match chance.below(4) {
        0 | 1 if (0..6).contains(&age_days) => format!("on {}", weekday(day.weekday())),
        2 => format!("on {} {}", day.day(), month(day)),
        _ => format!("on {} {}", month(day), day.day()),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month(day: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[(day.month() as usize - 1) % NAMES.len()]
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::made::land::lands;

    /// Any of the ways to word it.
    fn check(kind: Kind, change: impl Fn(&mut Telling), expected: &str) {
        let lands = lands();
        let day = date(2024, 3, 4);
        let happening =
            Happening { kind, land: &lands[0], group: 1, town: 0, day, n: 12, wounded: 5, subject: 0 };
        let mut telling = Telling {
            published: day,
            who: Who::Somebody,
            when: When::ThisWeek,
            names_town: true,
            figure: Some((Hedge::AtLeast, 12, None)),
            wounded: None,
            standing: Standing::Happened,
            speaker: None,
            is_update: false,
        };
        change(&mut telling);
        let ways: Vec<_> =
            (0..40).map(|seed| sentence(&happening, &telling, &mut Chance::new(seed))).collect();
        assert!(ways.iter().any(|way| way == expected), "{ways:?}");
    }

    #[test]
    fn words_what_is_told() {
        let attack = "Gunmen attacked an army post in Popayán this week, killing at least 12 people.";
        check(Kind::Attack, |_| {}, attack);
        let voiced = "Police in Popayán arrested at least 12 opposition activists this week, the Colombian defence ministry said.";
        check(Kind::Raid, |telling| telling.speaker = Some(0), voiced);
        let elsewhere =
            "At least 12 people protested in southwestern Colombia against fuel prices this week.";
        check(Kind::Protest, |telling| telling.names_town = false, elsewhere);
        let dated = |telling: &mut Telling| telling.when = When::Day(date(2024, 3, 4));
        check(Kind::Withdrawal, dated, "Colombian troops withdrew from Popayán on Monday.");
        check(Kind::Withdrawal, dated, "Colombian troops withdrew from Popayán on March 4.");
    }
}
