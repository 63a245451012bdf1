//! *By which name does one speak of an event?* `the air strike in Idlib on 4 April`.

use std::collections::BTreeMap;

use annalist_schema::{Event, EventType, Mode};

use super::{Source, Witness};

/// What reports call what happened, longer before shorter, with its article. Plurals stand for themselves.
const NOUNS: [(&str, &str); 62] = [
    ("suspected chemical attack", "a suspected chemical attack"),
    ("suspected chemical weapons attack", "a suspected chemical weapons attack"),
    ("suspected gas attack", "a suspected gas attack"),
    ("suspected poison gas attack", "a suspected poison gas attack"),
    ("suspected sarin attack", "a suspected sarin attack"),
    ("alleged chemical attack", "an alleged chemical attack"),
    ("chemical weapons attack", "a chemical weapons attack"),
    ("chemical attack", "a chemical attack"),
    ("poison gas attack", "a poison gas attack"),
    ("toxic gas attack", "a toxic gas attack"),
    ("gas attack", "a gas attack"),
    ("sarin attack", "a sarin attack"),
    ("suicide car bomb", "a suicide car bombing"),
    ("suicide bombings", "suicide bombings"),
    ("suicide bombing", "a suicide bombing"),
    ("suicide bomber", "a suicide bombing"),
    ("suicide attack", "a suicide attack"),
    ("car bombing", "a car bombing"),
    ("car bomb", "a car bombing"),
    ("truck bomb", "a truck bombing"),
    ("roadside bomb", "a roadside bombing"),
    ("bombings", "bombings"),
    ("bombing raids", "bombing raids"),
    ("bomb attack", "a bomb attack"),
    ("bomb blast", "a bomb blast"),
    ("bombing", "a bombing"),
    ("drone strikes", "drone strikes"),
    ("drone strike", "a drone strike"),
    ("drone attacks", "drone attacks"),
    ("drone attack", "a drone attack"),
    ("missile strikes", "missile strikes"),
    ("missile strike", "a missile strike"),
    ("missile attack", "a missile attack"),
    ("cruise missiles", "a missile strike"),
    ("rocket attack", "a rocket attack"),
    ("air strikes", "air strikes"),
    ("air strike", "an air strike"),
    ("airstrikes", "air strikes"),
    ("airstrike", "an air strike"),
    ("air raids", "air raids"),
    ("air raid", "an air raid"),
    ("shelling", "shelling"),
    ("artillery fire", "artillery fire"),
    ("mortar", "mortar fire"),
    ("mass shooting", "a mass shooting"),
    ("shooting", "a shooting"),
    ("ambush", "an ambush"),
    ("clashes", "clashes"),
    ("fighting", "fighting"),
    ("gun battle", "a gun battle"),
    ("incursion", "an incursion"),
    ("offensive", "an offensive"),
    ("raid", "a raid"),
    ("stampede", "a stampede"),
    ("massacre", "a massacre"),
    ("explosions", "explosions"),
    ("explosion", "an explosion"),
    ("blast", "a blast"),
    ("stabbing", "a stabbing"),
    ("poisoning", "a poisoning"),
    ("crackdown", "a crackdown"),
    ("attacks", "attacks"),
];

/// How far from the words of the event its noun may stand, in bytes.
const NEAR: usize = 60;

/// What the reports call it, with an article; what its type is called where they give no name.
pub(super) fn noun(source: &Source<'_>) -> &'static str {
    if source.event.event_type != Some(EventType::Assault) {
        return of_type(source.event);
    }
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for witness in source.claims.iter().take(12) {
        if let Some(found) = nearest(witness) {
            *votes.entry(found).or_default() += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|(found, n)| (*n, std::cmp::Reverse(*found)));
    most.and_then(|(found, _)| NOUNS.get(found)).map_or_else(|| of_type(source.event), |(_, noun)| noun)
}

/// The noun that stands nearest to the words of the event in the sentence.
fn nearest(witness: &Witness<'_>) -> Option<usize> {
    let words = witness.sentence.of(&witness.report.text).to_lowercase();
    let trigger =
        (witness.claim.trigger.start - witness.sentence.start.min(witness.claim.trigger.start)) as usize;
    let end = trigger + witness.claim.trigger.len() as usize;
    let distance =
        |(at, len): (usize, usize)| if at >= end { at - end } else { trigger.saturating_sub(at + len) };
    let found = NOUNS.iter().enumerate().filter_map(|(index, (noun, _))| {
        let near = places(&words, noun).map(|at| distance((at, noun.len()))).min()?;
        Some((near, std::cmp::Reverse(noun.len()), index))
    });
    found.filter(|(near, ..)| *near <= NEAR).min().map(|(_, _, index)| index)
}

/// Where the words stand as words of their own.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(words).map(|(at, _)| at).filter(move |at| {
        let is_edge = |character: Option<char>| character.is_none_or(|one| !one.is_alphanumeric());
        is_edge(text[..*at].chars().next_back()) && is_edge(text[at + words.len()..].chars().next())
    })
}

fn of_type(event: &Event) -> &'static str {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request,
        Retreat, Sanction, Support, Threaten,
    };
    let modes = event.cells.iter().find(|cell| cell.attribute == "mode");
    let has_mode = |mode: Mode| {
        modes.is_some_and(|cell| cell.values.iter().any(|value| value.value.contains(mode.as_str())))
    };
    match event.event_type {
        Some(Assault) if has_mode(Mode::Abduct) => "an abduction",
        Some(Assault) => "an attack",
        Some(Coerce) if has_mode(Mode::Arrest) => "an arrest",
        Some(Coerce) if has_mode(Mode::Deport) => "a deportation",
        Some(Coerce) if has_mode(Mode::Seize) => "a seizure",
        Some(Coerce) => "a measure of force",
        Some(Retreat) if has_mode(Mode::Ceasefire) => "a ceasefire",
        Some(Retreat) if has_mode(Mode::Release) => "a release",
        Some(Protest) => "a protest",
        Some(Mobilize) => "a mobilisation",
        Some(Threaten) => "a threat",
        Some(Sanction) => "sanctions",
        Some(Request) => "a demand",
        Some(Reject) => "a refusal",
        Some(Accuse) => "an accusation",
        Some(Consult) => "talks",
        Some(Agree) => "an agreement",
        Some(Support) => "support",
        Some(Cooperate) => "cooperation",
        Some(Aid) => "aid",
        Some(Concede) => "a concession",
        Some(Retreat) => "a retreat",
        None => "the event",
    }
}

/// The noun with place and days, for lines that speak of the event rather than tell it.
pub(crate) fn name(source: &Source<'_>) -> String {
    let noun = noun(source);
    let bare = ["a ", "an "].iter().find_map(|article| noun.strip_prefix(article)).unwrap_or(noun);
    let place = place(source).map(|place| format!(" {place}")).unwrap_or_default();
    let when = source.when().map(|when| format!(" {when}")).unwrap_or_default();
    format!("the {bare}{place}{when}")
}

/// `in Khan Sheikhun`: the place that the claims name themselves, in their words.
pub(super) fn place(source: &Source<'_>) -> Option<String> {
    let place = source.event.place.as_ref()?;
    let is_meant = |witness: &&Witness<'_>| {
        witness.claim.place.as_ref().is_some_and(|one| {
            one.basis.is_none() && one.geonames_id == place.geonames_id && one.name == place.name
        })
    };
    let witness = source.claims.iter().find(is_meant)?;
    let written = witness.words(witness.claim.place.as_ref()?.span);
    let is_name =
        written.chars().next().is_some_and(char::is_uppercase) && written.split_whitespace().count() <= 4;
    let words = if is_name { written } else { place.name.clone()? };
    let words = words.strip_suffix("'s").or(words.strip_suffix("’s")).unwrap_or(&words);
    Some(format!("in {words}"))
}
