//! *What do the parts of a phrase say together?*

use annalist_data::actors::{Actor, ActorKind, Match, NameStyle, Role, RoleKind, known, roles};
use annalist_data::gazetteer::{CountryEntry, Feature, Gazetteer, Place, WordList, fold};
use annalist_schema::{Country, Sector};

use super::office::{likeliest, standing};
use super::phrase::{Bond, Chunk, Meaning, Phrase};
use super::{Question, Resolved};

/// Resolves every part between commas; what the first leaves open, an apposition may tell.
pub(super) fn compose(phrase: &Phrase<'_>, question: Question<'_>) -> Resolved {
    let mut whole = Resolved::default();
    let segments = phrase.segments();
    for (at, segment) in segments.iter().enumerate() {
        let reader = Reader { phrase, question, hint: context_country(question) };
        let mut part = reader.segment(segment);
        if let Some(country) = segments.get(at + 1).and_then(|area| reader.country_of_town_in(segment, area))
        {
            part.country = Some(country);
        }
        merge(&mut whole, part);
        if whole.country.is_some() && whole.sector.is_some() {
            break;
        }
    }
    whole
}

fn merge(whole: &mut Resolved, part: Resolved) {
    if whole.is_unknown() {
        let why = std::mem::take(&mut whole.why);
        *whole = part;
        whole.why.splice(0..0, why);
        return;
    }
    whole.country = whole.country.or(part.country);
    if whole.sector.is_none() && whole.actor_id.is_none() {
        (whole.sector, whole.sectors) = (part.sector, part.sectors);
    }
    whole.why.extend(part.why);
}

/// The only country named in the words around.
fn context_country(question: Question<'_>) -> Option<Country> {
    let around = Phrase::read(question.context?);
    let mut countries: Vec<Country> =
        around.chunks.iter().filter_map(|chunk| country_of(&chunk.meaning)).collect();
    countries.sort_unstable();
    countries.dedup();
    match countries.as_slice() {
        [country] => Some(*country),
        _ => None,
    }
}

fn country_of(meaning: &Meaning) -> Option<Country> {
    match meaning {
        Meaning::Country(entry) | Meaning::Demonym(entry) | Meaning::Seat(entry) => Some(entry.iso3),
        _ => None,
    }
}

struct Reader<'p, 't> {
    phrase: &'p Phrase<'t>,
    question: Question<'p>,
    hint: Option<Country>,
}

impl Reader<'_, '_> {
    fn segment(&self, segment: &[Chunk]) -> Resolved {
        let (core, linked) = self.phrase.core(segment);
        let mut resolved = self.core(core, linked);
        if resolved.country.is_none() {
            self.add_linked_country(linked, &mut resolved);
        }
        if core.iter().any(|chunk| self.phrase.is_former(chunk)) {
            make_former(&mut resolved);
        }
        resolved
    }

    /// The head and what stands before it.
    fn core(&self, core: &[Chunk], linked: &[Chunk]) -> Resolved {
        let Some((head, before)) = core.split_last() else { return Resolved::default() };
        match &head.meaning {
            Meaning::Actor(listed) => self.listed(head, listed, before, linked),
            Meaning::Country(entry) => self.country_or_body(entry, before),
            Meaning::Seat(entry) => self.seat(entry, head),
            Meaning::Demonym(entry) => self.inhabitants(entry, head, before),
            Meaning::Role(role) => self.role(role, before, linked),
            Meaning::Modifier(sector) => {
                self.with_country(by_sectors(&[*sector], "adjective as noun"), before)
            }
            _ => self.other_head(core, linked),
        }
    }

    /// A listed name, perhaps after a title: "Prime Minister Scott Morrison".
    fn listed(
        &self,
        head: &Chunk,
        listed: &[Match<'static>],
        before: &[Chunk],
        linked: &[Chunk],
    ) -> Resolved {
        let own_country = self.country_in(before);
        let country = own_country.or(self.hint);
        let Some(actor) = self.choose(listed, country, title_in(self.phrase, before).as_deref()) else {
            let why = vec![format!("{} actors have this name", listed.len())];
            return self.with_country(Resolved { why, ..Resolved::default() }, before);
        };
        // "Chile's Defense Department" is not the American one, whose bare name it shares.
        if actor.kind == ActorKind::Organisation
            && own_country.is_some_and(|country| actor.country != Some(country))
            && let Some(role) = role_at_end(self.phrase.text_of(head.words.clone()))
        {
            return self.role(role, before, linked);
        }
        let mut resolved = self.entry(actor);
        let title =
            before.iter().rev().find_map(role_of).filter(|role| !role.weak && !role.sectors.is_empty());
        if let Some(role) = title.filter(|_| actor.kind == ActorKind::Person && self.title_counts(actor)) {
            set_sectors(&mut resolved, &role.sectors);
            resolved.why.push("the title before the name".to_owned());
        }
        resolved
    }

    /// With a date the record of offices decides where it has one, otherwise the title that the report gives.
    fn title_counts(&self, actor: &Actor) -> bool {
        self.question.days.is_none_or(|days| actor.offices_on(days).next().is_none())
    }

    fn choose(
        &self,
        listed: &[Match<'static>],
        country: Option<Country>,
        title: Option<&str>,
    ) -> Option<&'static Actor> {
        let persons: Vec<&'static Actor> =
            listed.iter().map(|found| found.actor).filter(|actor| actor.kind == ActorKind::Person).collect();
        if persons.len() == listed.len() && persons.len() > 1 {
            return likeliest(&persons, None, title, self.question.days);
        }
        let alive = |actor: &&Actor| self.question.days.is_none_or(|days| actor.exists_on(days));
        let of_country = |actor: &&Actor| country.is_some() && actor.country == country;
        let all = || listed.iter().map(|found| found.actor);
        match all().filter(of_country).find(alive).or_else(|| all().find(of_country)) {
            Some(actor) => Some(actor),
            None => only(all().filter(alive)).or_else(|| only(all())),
        }
    }

    /// What an entry says on the days asked about.
    fn entry(&self, actor: &Actor) -> Resolved {
        let mut resolved = Resolved {
            name: actor.name.clone(),
            country: actor.country,
            actor_id: Some(actor.id.clone()),
            wiki: actor.wiki.clone(),
            ..Resolved::default()
        };
        if actor.terms.is_empty() {
            set_sectors(&mut resolved, &actor.sectors);
            resolved.why.push(format!("listed as {}", actor.name));
            return resolved;
        }
        let standing = standing(actor, self.question.days);
        resolved.country = standing.country;
        set_sectors(&mut resolved, &standing.sectors);
        resolved.why.push(standing.why);
        resolved
    }

    /// "The PRI Mexico" is the party, "NATO member Norway" the country.
    fn country_or_body(&self, entry: &CountryEntry, before: &[Chunk]) -> Resolved {
        let body = before.last().and_then(|chunk| match &chunk.meaning {
            Meaning::Actor(listed) => self.choose(listed, Some(entry.iso3), None),
            _ => None,
        });
        match body.filter(|actor| actor.country == Some(entry.iso3) && is_body(actor)) {
            Some(actor) => self.entry(actor),
            None => country_itself(entry),
        }
    }

    /// "Tehran said": the town stands for its government.
    fn seat(&self, entry: &CountryEntry, head: &Chunk) -> Resolved {
        let words = self.phrase.text_of(head.words.clone());
        let title = entry.seats.iter().find(|seat| fold(seat) == fold(words)).map(|seat| (*seat).to_owned());
        let why = format!("a seat of government of {}", entry.name());
        Resolved { country: Some(entry.iso3), wiki: title, ..by_sectors(&[Sector::Gov], &why) }
    }

    /// A people as such has no sector; counted or described people are civilians.
    fn inhabitants(&self, entry: &CountryEntry, head: &Chunk, before: &[Chunk]) -> Resolved {
        let outer = before.iter().find_map(|chunk| self.belonging(chunk));
        let words = self.phrase.text_of(head.words.clone());
        let is_plural = words.ends_with('s') || words.ends_with("men");
        let is_people = before.iter().all(|chunk| matches!(chunk.meaning, Meaning::Filler));
        let sectors: &[Sector] =
            if before.is_empty() || (is_plural && is_people) { &[] } else { &[Sector::Cvl] };
        let why = format!("people of {}", entry.name());
        Resolved { country: outer.or(Some(entry.iso3)), ..by_sectors(sectors, &why) }
    }

    fn role(&self, role: &Role, before: &[Chunk], linked: &[Chunk]) -> Resolved {
        if let Some(resolved) = self.adopted(role, before, linked) {
            return resolved;
        }
        let around = if role.weak { self.sectors_around(before, linked) } else { Vec::new() };
        let is_backed = role.weak && before.iter().any(|chunk| self.phrase.is_backed(chunk));
        let resolved = if around.is_empty() && role.sectors.is_empty() && is_backed {
            by_sectors(&[Sector::Uaf], "armed or paid from outside")
        } else if around.is_empty() {
            by_sectors(&role.sectors, "by its head noun")
        } else {
            by_sectors(&around, "by the words around its head")
        };
        self.with_country(resolved, before)
    }

    /// "Hamas fighters", "members of the PKK", "Shin Bet Security Service": the listed actor itself is meant.
    fn adopted(&self, role: &Role, before: &[Chunk], linked: &[Chunk]) -> Option<Resolved> {
        let is_collective = matches!(role.kind, RoleKind::Organisation | RoleKind::Group);
        if !(role.weak || is_armed(role) || is_collective) {
            return None;
        }
        let beside = before
            .last()
            .filter(|chunk| !self.phrase.is_possessive(chunk) && self.phrase.bond(chunk).is_none());
        let member_of =
            || linked.iter().skip(1).find(|chunk| !is_light(chunk)).filter(|_| self.is_of(linked));
        let organisation = |chunk: &Chunk| match &chunk.meaning {
            Meaning::Actor(listed) => self.choose(listed, self.hint, None).filter(|actor| is_body(actor)),
            _ => None,
        };
        let is_weak_none = role.weak && role.sectors.is_empty();
        let actor = match beside.and_then(organisation) {
            Some(actor) => Some(actor),
            None if is_weak_none || is_armed(role) => member_of().and_then(organisation),
            None => None,
        }?;
        let mut resolved = self.entry(actor);
        if resolved.sector.is_none() {
            set_sectors(&mut resolved, &role.sectors);
        }
        let is_government = resolved.country.is_some_and(is_supranational) && role.kind == RoleKind::Person;
        if resolved.sector.is_none() && is_government {
            set_sectors(&mut resolved, &[Sector::Gov]);
        }
        Some(resolved)
    }

    fn is_of(&self, linked: &[Chunk]) -> bool {
        linked.first().is_some_and(|chunk| {
            matches!(self.phrase.text_of(chunk.words.clone()), "of" | "from" | "with" | "in")
        })
    }

    /// The nearest telling word before the head, then what the head is of; "civilian" only if nothing else tells.
    fn sectors_around(&self, before: &[Chunk], linked: &[Chunk]) -> Vec<Sector> {
        let own = |chunk: &Chunk| self.sectors_of(chunk);
        let telling: Vec<Vec<Sector>> =
            before.iter().rev().map(own).filter(|sectors| !sectors.is_empty()).collect();
        let best = telling.iter().find(|sectors| sectors[0] != Sector::Cvl).or(telling.first()).cloned();
        best.unwrap_or_else(|| self.linked_sectors(linked))
    }

    fn sectors_of(&self, chunk: &Chunk) -> Vec<Sector> {
        match &chunk.meaning {
            Meaning::Role(role) => role.sectors.clone(),
            Meaning::Modifier(sector) => vec![*sector],
            Meaning::Actor(listed) => self
                .choose(listed, self.hint, None)
                .map(|actor| self.entry(actor).sectors)
                .unwrap_or_default(),
            Meaning::Seat(_) => vec![Sector::Gov],
            _ => Vec::new(),
        }
    }

    fn linked_sectors(&self, linked: &[Chunk]) -> Vec<Sector> {
        let Some((link, rest)) = linked.split_first() else { return Vec::new() };
        let word = self.phrase.text_of(link.words.clone());
        if !matches!(word, "of" | "for" | "from" | "at" | "with" | "within" | "inside") {
            return Vec::new();
        }
        let complement = self.segment(rest);
        // "The leader of Chad" leads a country, and countries have no sector.
        if complement.sectors.is_empty() && complement.country.is_some() && word == "of" {
            return vec![Sector::Gov];
        }
        complement.sectors
    }

    /// A head that is no listed word: a personal name after a title, or an unknown noun that its modifiers describe.
    fn other_head(&self, core: &[Chunk], linked: &[Chunk]) -> Resolved {
        let is_name =
            |chunk: &&Chunk| matches!(chunk.meaning, Meaning::Other) && self.phrase.is_capitalised(chunk);
        let n_name = core.iter().rev().take_while(is_name).count();
        let (before, name) = core.split_at(core.len() - n_name);
        if n_name > 0 {
            return self.named_person(before, name, linked);
        }
        let sectors = self.sectors_around(core, linked);
        self.with_country(by_sectors(&sectors, "by the words around its head"), core)
    }

    fn named_person(&self, before: &[Chunk], name: &[Chunk], linked: &[Chunk]) -> Resolved {
        let title = title_in(self.phrase, before);
        let country = self.country_in(before).or(self.hint);
        if let Some(person) = self.by_surname(name, country, title.as_deref()) {
            let listed = [Match { actor: person, style: NameStyle::Name }];
            return self.listed(&name[0], &listed, before, linked);
        }
        match before.split_last() {
            Some((Chunk { meaning: Meaning::Role(role), .. }, rest)) => self.role(role, rest, linked),
            Some(_) => self.with_country(
                by_sectors(&self.sectors_around(before, &[]), "by the words before the name"),
                before,
            ),
            None => self.town(name),
        }
    }

    /// A town alone stands for those who live there, unless it is known that a person is meant.
    fn town(&self, name: &[Chunk]) -> Resolved {
        let Some(country) = self.town_country(name) else { return Resolved::default() };
        Resolved { country: Some(country), ..by_sectors(&[Sector::Cvl], "a place, for its inhabitants") }
    }

    /// "Police in Hyderabad, Pakistan": the country of the area behind the comma, where it has a town of this name.
    fn country_of_town_in(&self, segment: &[Chunk], area: &[Chunk]) -> Option<Country> {
        let is_name = |chunk: &&Chunk| {
            self.phrase.is_capitalised(chunk)
                && matches!(chunk.meaning, Meaning::Other | Meaning::Country(_) | Meaning::Seat(_))
        };
        let run = segment.len() - segment.iter().rev().take_while(is_name).count();
        let (town, area) = (segment.get(run..).filter(|run| !run.is_empty())?, area.first().filter(is_name)?);
        let text = |chunks: &[Chunk]| -> &str {
            let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { return "" };
            self.phrase.text_of(first.words.start..last.words.end)
        };
        let gazetteer = Gazetteer::in_use();
        let towns = || gazetteer.lookup(text(town));
        if let Meaning::Country(entry) = area.meaning {
            return towns().any(|place| place.iso2() == Some(entry.iso2)).then_some(entry.iso3);
        }
        let areas = gazetteer.lookup(self.phrase.text_of(area.words.clone()));
        let mut areas = areas.filter(|area| area.feature == Feature::Admin1);
        let holder = areas.find(|area| towns().any(|place| place.admin1 == Some(area.number)))?;
        holder.country.map(|country| country.iso3)
    }

    /// The country of a run of capitalised words that is the name of a place.
    fn town_country(&self, name: &[Chunk]) -> Option<Country> {
        let words = name.first()?.words.start..name.last()?.words.end;
        if words.len() == 1
            && Gazetteer::embedded().is_listed(WordList::Ordinary, self.phrase.text_of(words.clone()))
        {
            return None;
        }
        let name = self.phrase.text_of(words);
        let place = Gazetteer::in_use().lookup(name).find(is_known_place)?;
        // "Nagorno-Karabakh's army" is not the army of those whom it fights.
        if Gazetteer::in_use().is_breakaway(name) {
            return None;
        }
        place.country.map(|country| country.iso3).filter(|_| !self.question.is_person)
    }

    /// "Santa Marta" in "Santa Marta police": a capitalised run before the head that names a place.
    fn town_before(&self, chunks: &[Chunk]) -> Option<Country> {
        let is_name =
            |chunk: &Chunk| matches!(chunk.meaning, Meaning::Other) && self.phrase.is_capitalised(chunk);
        let mut runs = chunks.chunk_by(|one, other| is_name(one) == is_name(other));
        runs.find_map(|run| self.town_country(run).filter(|_| is_name(&run[0])))
    }

    /// A last name alone is enough only where a title, a country or the only bearer makes it clear.
    fn by_surname(
        &self,
        name: &[Chunk],
        country: Option<Country>,
        title: Option<&str>,
    ) -> Option<&'static Actor> {
        let words = name.first()?.words.start..name.last()?.words.end;
        if title.is_none()
            && country.is_none()
            && words.len() == 1
            && is_anybodys(self.phrase.text_of(words.clone()))
        {
            return None;
        }
        let persons = known().by_surname(self.phrase.text_of(words));
        let fits = |person: &&Actor| {
            title.is_none_or(|title| person.terms.iter().any(|term| term.office.contains(title)))
        };
        let fitting: Vec<&'static Actor> = persons.into_iter().filter(fits).collect();
        likeliest(&fitting, country, title, self.question.days)
    }

    fn with_country(&self, mut resolved: Resolved, before: &[Chunk]) -> Resolved {
        resolved.country = resolved.country.or_else(|| self.country_in(before));
        resolved
    }

    /// The country that a phrase's own words belong to: adjectives and possessors first, "US-led" next, listed bodies last.
    fn country_in(&self, chunks: &[Chunk]) -> Option<Country> {
        let own = chunks.iter().find_map(|chunk| self.belonging(chunk));
        let led = || {
            chunks
                .iter()
                .filter(|chunk| self.phrase.bond(chunk) == Some(Bond::Belongs))
                .find_map(|chunk| country_of(&chunk.meaning))
        };
        let body = || {
            chunks
                .iter()
                .filter(|chunk| self.phrase.bond(chunk).is_none())
                .find_map(|chunk| self.body_country(chunk))
        };
        own.or_else(led).or_else(body).or_else(|| self.town_before(chunks))
    }

    fn belonging(&self, chunk: &Chunk) -> Option<Country> {
        country_of(&chunk.meaning).filter(|_| self.phrase.bond(chunk).is_none())
    }

    fn body_country(&self, chunk: &Chunk) -> Option<Country> {
        match &chunk.meaning {
            Meaning::Actor(_)
                if Gazetteer::in_use().is_breakaway(self.phrase.text_of(chunk.words.clone())) =>
            {
                None
            }
            Meaning::Actor(listed) => {
                self.choose(listed, self.hint, None).and_then(|actor| self.entry(actor).country)
            }
            _ => None,
        }
    }

    /// "police in Jericho", "the president of Georgia": where or of what, unless the link says otherwise ("ambassador to").
    fn add_linked_country(&self, linked: &[Chunk], resolved: &mut Resolved) {
        let Some((link, rest)) = linked.split_first() else { return };
        let word = self.phrase.text_of(link.words.clone()).to_lowercase();
        let belongs = matches!(
            word.as_str(),
            "of" | "in"
                | "at"
                | "from"
                | "for"
                | "across"
                | "throughout"
                | "within"
                | "inside"
                | "based"
                | "outside"
                | "near"
                | "around"
        );
        let further = rest.iter().position(|chunk| matches!(chunk.meaning, Meaning::Link));
        // "For the Liberation of Mali": what the aim is of, not a town called like the aim.
        let is_aim = word == "for" && further.is_some();
        let own = if belongs && !is_aim {
            self.segment(&rest[..further.unwrap_or(rest.len())]).country
        } else {
            None
        };
        match (own, further) {
            (Some(country), _) => {
                resolved.country = Some(country);
                resolved.why.push(format!("country after \"{word}\""));
            }
            (None, Some(at)) => self.add_linked_country(&rest[at..], resolved),
            (None, None) => {}
        }
    }
}

/// "Ibrahim was arrested", "Khan was shot": a first name alone, and a last name that a hundred thousand bear. "Xi" is neither: where
/// the family's name stands first, it is the one that is called.
fn is_anybodys(name: &str) -> bool {
    let gazetteer = Gazetteer::embedded();
    let is_common = gazetteer.is_listed(WordList::Family, name);
    let is_first = gazetteer.is_listed(WordList::Given, name)
        && !known().by_surname(name).iter().any(|person| person.name.starts_with(&format!("{name} ")));
    is_common || is_first
}

/// The words of a title before a name, for comparison with offices.
fn title_in(phrase: &Phrase<'_>, before: &[Chunk]) -> Option<String> {
    let chunk = before
        .iter()
        .rev()
        .find(|chunk| role_of(chunk).is_some_and(|role| role.sectors.first() == Some(&Sector::Gov)))?;
    Some(phrase.text_of(chunk.words.clone()).to_lowercase().replace("defense", "defence"))
}

fn role_of(chunk: &Chunk) -> Option<&'static Role> {
    match chunk.meaning {
        Meaning::Role(role) => Some(role),
        _ => None,
    }
}

/// The longest role noun that ends a name: "Defense Department".
fn role_at_end(name: &str) -> Option<&'static Role> {
    let folded = fold(name);
    let starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter_map(|start| folded.get(start..)).find_map(|ending| roles().get(ending))
}

fn is_light(chunk: &Chunk) -> bool {
    matches!(chunk.meaning, Meaning::Filler | Meaning::Count)
}

fn is_body(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::Organisation | ActorKind::Group)
}

/// Words for armed people, who are their group: "Taliban fighters".
fn is_armed(role: &Role) -> bool {
    matches!(role.sectors.first(), Some(Sector::Reb | Sector::Prm | Sector::Uaf))
}

fn is_supranational(country: Country) -> bool {
    matches!(country.as_str(), "IGO" | "UNO" | "EUR")
}

/// Villages share their names with people and things too often.
fn is_known_place(place: &Place<'_>) -> bool {
    match place.feature {
        Feature::City => place.population >= 15_000,
        feature => matches!(
            feature,
            Feature::Country | Feature::Admin1 | Feature::Region | Feature::District | Feature::Island
        ),
    }
}

fn country_itself(entry: &CountryEntry) -> Resolved {
    Resolved {
        name: entry.name().to_owned(),
        country: Some(entry.iso3),
        wiki: Some(entry.name().to_owned()),
        why: vec![format!("the country {}", entry.name())],
        ..Resolved::default()
    }
}

fn by_sectors(sectors: &[Sector], why: &str) -> Resolved {
    let mut resolved = Resolved::default();
    set_sectors(&mut resolved, sectors);
    if !sectors.is_empty() {
        resolved.why.push(why.to_owned());
    }
    resolved
}

fn set_sectors(resolved: &mut Resolved, sectors: &[Sector]) {
    resolved.sector = sectors.first().copied();
    resolved.sectors = sectors.to_vec();
}

/// Who held an office is no longer of its sector.
fn make_former(resolved: &mut Resolved) {
    let official = matches!(
        resolved.sector,
        None | Some(Sector::Gov | Sector::Leg | Sector::Jud | Sector::Mil | Sector::Cop | Sector::Spy)
    );
    if official {
        set_sectors(resolved, &[Sector::Eli]);
        resolved.why.push("called a former office holder".to_owned());
    }
}

fn only<'a>(mut actors: impl Iterator<Item = &'a Actor>) -> Option<&'a Actor> {
    let first = actors.next()?;
    actors.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::mention::actor::resolve;

    fn check(phrase: &str, expected: &str) {
        let found = resolve(phrase, None, None);
        let country = found.country.map(|country| country.to_string()).unwrap_or_default();
        let sector = found.sector.map(|sector| sector.as_str()).unwrap_or_default();
        assert_eq!(format!("{country} {sector}"), expected, "{phrase}");
    }

    #[test]
    fn who_is_backed_from_outside_is_armed() {
        check("Iran-backed groups", " UAF");
        check("Moscow-backed government", " GOV");
        check("French-speaking groups", " ");
    }

    #[test]
    fn a_listed_name_may_hold_a_possessor() {
        check("the Kurdistan Workers' Party", "TUR REB");
        check("Chile's police", "CHL COP");
    }

    #[test]
    fn an_aim_is_no_town() {
        check("the Army for the Liberation of Mali", "MLI MIL");
        check("police in Jericho", "PSE COP");
    }

    #[test]
    fn a_town_lies_in_the_area_behind_it() {
        check("police in Hyderabad, Pakistan", "PAK COP");
        check("police in Tripoli, Lebanon", "LBN COP");
        check("police in Birmingham, Alabama", "USA COP");
        check("the mayor of Cartagena, Spain", "ESP GOV");
        check("New Mexico state police", "USA COP");
    }

    #[test]
    fn breakaway_areas_are_of_nobody() {
        check("Nagorno-Karabakh's army", " MIL");
        check("Abkhazia's president", " GOV");
        check("Transnistria's troops", " MIL");
    }

    #[test]
    fn a_first_name_is_anybodys() {
        check("Ibrahim", " ");
        check("Khan", " ");
        check("Prime Minister Ibrahim", "MYS GOV");
    }

    #[test]
    fn words_that_count_are_no_towns() {
        check("More than 1000 people", " CVL");
    }
}
