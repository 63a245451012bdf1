//! *What do the words of this phrase mean, one by one?* Listed names, countries, role nouns, links and the rest.

use std::ops::Range;

use annalist_data::actors::{LONGEST_ROLE, Match, Role, known, roles};
use annalist_data::gazetteer::{CountryEntry, Feature, Gazetteer, Place, abbreviation, fold, is_ayn};
use annalist_schema::Sector;

/// A word of a phrase.
#[derive(Debug)]
pub(super) struct Word<'t> {
    /// As written, without possessive ending, punctuation and the bond of a compound.
    pub text: &'t str,
    start: usize,
    folded: String,
    /// "Chile's".
    pub possessive: bool,
    /// A comma, dash or bracket follows.
    break_after: bool,
    /// What the other half of a compound says: "Iran-backed".
    pub bond: Option<Bond>,
    /// "ex-president".
    former: bool,
}

/// How the country of a compound relates to its noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// "US-led", "Somalia-based": it belongs.
    Belongs,
    /// "Iran-backed", "anti-Syria", "Taliban-ruled": it does not.
    Outside,
}

/// What a run of words means.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// Listed actors of that name.
    Actor(Vec<Match<'static>>),
    /// A country's name.
    Country(&'static CountryEntry),
    /// An adjective or inhabitant.
    Demonym(&'static CountryEntry),
    /// A seat of government.
    Seat(&'static CountryEntry),
    /// A role noun.
    Role(&'static Role),
    /// An adjective that tells a sector.
    Modifier(Sector),
    /// "former".
    Former,
    /// A preposition, relative pronoun or participle: what follows is no longer the head's own words.
    Link,
    /// An article, or another word without weight.
    Filler,
    /// A number or another word that counts.
    Count,
    /// Anything else.
    Other,
}

/// A run of words with one meaning.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub words: Range<usize>,
    pub meaning: Meaning,
}

/// A phrase cut into chunks.
#[derive(Debug)]
pub(super) struct Phrase<'t> {
    text: &'t str,
    pub words: Vec<Word<'t>>,
    pub chunks: Vec<Chunk>,
    /// Byte where the head ends, if known from outside.
    head_end: Option<usize>,
}

/// Listed names have at most this many words here; longer ones are not written out in running text.
const LONGEST_NAME: usize = 9;
/// Phrases end here; nobody is named by more words.
const MOST_WORDS: usize = 60;

impl<'t> Phrase<'t> {
    pub fn read(text: &'t str) -> Self {
        let words = words(text);
        let chunks = chunks(text, &words);
        Self { text, words, chunks, head_end: None }
    }

    pub fn read_with_head(text: &'t str, head_end: usize) -> Self {
        Self { head_end: Some(head_end), ..Self::read(text) }
    }

    /// The chunks between commas, with the apposition after the name it explains.
    pub fn segments(&self) -> Vec<&[Chunk]> {
        self.chunks.split_inclusive(|chunk| self.words[chunk.words.end - 1].break_after).collect()
    }

    /// Splits a segment into the head's own chunks and what is linked to it.
    pub fn core<'c>(&self, segment: &'c [Chunk]) -> (&'c [Chunk], &'c [Chunk]) {
        // "Over two dozen men" begins with its own link.
        let by_link =
            segment.iter().skip(1).position(|chunk| matches!(chunk.meaning, Meaning::Link)).map(|at| at + 1);
        let mut at = by_link.unwrap_or(segment.len());
        if let Some(head_end) = self.head_end {
            let beyond = segment.iter().position(|chunk| self.words[chunk.words.start].start >= head_end);
            at = at.min(beyond.filter(|&beyond| beyond > 0).unwrap_or(at));
        }
        segment.split_at(at)
    }

    pub fn is_possessive(&self, chunk: &Chunk) -> bool {
        self.words[chunk.words.end - 1].possessive
    }

    pub fn bond(&self, chunk: &Chunk) -> Option<Bond> {
        self.words[chunk.words.end - 1].bond
    }

    /// "Iran-backed", "Moscow-aligned": armed and paid by the one before the hyphen.
    pub fn is_backed(&self, chunk: &Chunk) -> bool {
        const BACKED: [&str; 7] =
            ["backed", "aligned", "allied", "sponsored", "armed", "funded", "supported"];
        let word = &self.words[chunk.words.end - 1];
        let written =
            self.text.get(word.start..).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
        word.bond == Some(Bond::Outside)
            && written.rsplit_once('-').is_some_and(|(_, last)| BACKED.contains(&last))
    }

    pub fn is_former(&self, chunk: &Chunk) -> bool {
        matches!(chunk.meaning, Meaning::Former) || self.words[chunk.words.start].former
    }

    pub fn is_capitalised(&self, chunk: &Chunk) -> bool {
        self.words[chunk.words.start].text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The words of a chunk as written.
    pub fn text_of(&self, words: Range<usize>) -> &'t str {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => slice(self.text, first, last),
            _ => "",
        }
    }

    /// The phrase without leading articles and counts.
    pub fn plain_name(&self) -> String {
        let is_light = |chunk: &&Chunk| matches!(chunk.meaning, Meaning::Filler);
        let first = self.chunks.iter().find(|chunk| !is_light(chunk)).map_or(0, |chunk| chunk.words.start);
        self.text_of(first..self.words.len()).trim().to_owned()
    }
}

fn slice<'t>(text: &'t str, first: &Word<'t>, last: &Word<'t>) -> &'t str {
    let end = last.text.as_ptr() as usize - text.as_ptr() as usize + last.text.len();
    text.get(first.text_start(text)..end).unwrap_or("")
}

impl<'t> Word<'t> {
    fn text_start(&self, text: &str) -> usize {
        self.text.as_ptr() as usize - text.as_ptr() as usize
    }

    fn new(text: &'t str, start: usize) -> Option<Self> {
        let lead = |letter: char| is_ayn(letter) || !letter.is_alphanumeric() && letter != '-';
        let trimmed = text.trim_start_matches(lead);
        let bare = trimmed.trim_end_matches(|letter: char| {
            matches!(
                letter,
                ',' | ';' | ':' | ')' | ']' | '"' | '”' | '»' | '?' | '!' | '(' | '[' | '“' | '—' | '–'
            )
        });
        let break_after = bare.len() < trimmed.len();
        let (bare, possessive) = without_possessive(bare);
        let bare = without_full_stop(bare);
        let (bare, bond) = without_bond(bare);
        let (bare, former) = match strip_prefix_ignoring_case(bare, "ex-") {
            Some(rest) => (rest, true),
            None => (bare, false),
        };
        let word = Self { text: bare, start, folded: fold(bare), possessive, break_after, bond, former };
        (!word.folded.is_empty()).then_some(word)
    }
}

/// "U.S." and "Gen." keep their dots, "Baghdad." does not need its own.
fn without_full_stop(word: &str) -> &str {
    match word.strip_suffix('.') {
        Some(rest) if !rest.contains('.') && rest.chars().count() > 4 => rest,
        _ => word,
    }
}

fn without_possessive(word: &str) -> (&str, bool) {
    for ending in ["'s", "’s", "ʼs", "'S", "’S", "ʼS"] {
        if let Some(rest) = word.strip_suffix(ending) {
            return (rest, true);
        }
    }
    match word.strip_suffix(['\'', '’']) {
        Some(rest) if rest.ends_with('s') => (rest, true),
        Some(rest) => (rest, false),
        None => (word, false),
    }
}

fn strip_prefix_ignoring_case<'t>(word: &'t str, prefix: &str) -> Option<&'t str> {
    let head = word.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &word[prefix.len()..]).filter(|rest| !rest.is_empty())
}

/// "U.S.-led" is "U.S." with a bond; "anti-Syria" is "Syria" with one.
fn without_bond(word: &str) -> (&str, Option<Bond>) {
    for prefix in ["anti-", "pro-", "non-"] {
        if let Some(rest) = strip_prefix_ignoring_case(word, prefix).filter(|rest| starts_upper(rest)) {
            return (rest, Some(Bond::Outside));
        }
    }
    let Some((before, after)) = word.rsplit_once(['-', '‑', '–']) else { return (word, None) };
    match bond_of(after).filter(|_| starts_upper(before)) {
        Some(bond) => (before, Some(bond)),
        None => (word, None),
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn bond_of(participle: &str) -> Option<Bond> {
    match participle {
        "led" | "based" | "headed" | "dominated" | "born" | "owned" | "flagged" | "registered" | "run"
        | "operated" => Some(Bond::Belongs),
        "backed" | "supported" | "sponsored" | "aligned" | "linked" | "affiliated" | "allied" | "ruled"
        | "held" | "controlled" | "occupied" | "funded" | "financed" | "trained" | "armed" | "brokered"
        | "mediated" | "inspired" | "speaking" | "friendly" | "administered" | "supplied" | "made"
        | "built" | "bound" | "annexed" | "installed" | "appointed" | "oriented" | "leaning" | "loyal"
        | "designated" | "majority" | "member" => Some(Bond::Outside),
        _ => None,
    }
}

/// Splits at white space; a free-standing "'s" or "led" joins the word before it.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for part in text.split_whitespace() {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        if let Some(last) = words.last_mut() {
            if matches!(part, "'s" | "’s" | "'" | "’") {
                last.possessive = true;
                continue;
            }
            if !part.chars().any(char::is_alphanumeric) {
                last.break_after |= part != "&";
                continue;
            }
            if let Some(bond) =
                bond_of(part).filter(|_| starts_upper(last.text) && part != "run" && part != "member")
            {
                last.bond = Some(bond);
                continue;
            }
        }
        words.extend(Word::new(part, start));
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

fn chunks(text: &str, words: &[Word<'_>]) -> Vec<Chunk> {
    // In a phrase without any capital, names have none either.
    let any_capital = text.chars().any(char::is_uppercase);
    let mut chunks = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let chunk = longest_chunk(text, words, at, !any_capital);
        at = chunk.words.end;
        chunks.push(chunk);
    }
    chunks
}

/// "Joseph R. Biden": listed without the initial.
fn initialled(words: &[Word<'_>]) -> Option<Meaning> {
    let is_initial = |word: &Word<'_>| word.text.trim_end_matches('.').chars().count() == 1;
    let (first, rest) = words.split_first()?;
    let (last, middle) = rest.split_last()?;
    if is_initial(first) || is_initial(last) || middle.is_empty() || !middle.iter().all(is_initial) {
        return None;
    }
    let listed = known().named(&format!("{} {}", first.text, last.text));
    (!listed.is_empty()).then_some(Meaning::Actor(listed))
}

fn longest_chunk(text: &str, words: &[Word<'_>], at: usize, loose: bool) -> Chunk {
    let room = words.len() - at;
    let inner =
        words[at..].iter().take_while(|word| !word.possessive && !word.break_after && word.bond.is_none());
    let reach = (inner.count() + 1).min(room);
    // "Kurdistan Workers' Party": listed names hold possessors.
    let unbroken = words[at..].iter().take_while(|word| !word.break_after && word.bond.is_none());
    let reach_of_names = (unbroken.count() + 1).min(room);
    let article = usize::from(words[at].folded == "the");
    let after_article = words.get(at + article).unwrap_or(&words[at]);
    let first = after_article.folded.split(' ').next().unwrap_or_default();
    let named = loose
        || starts_upper(words[at].text)
        || words[at].text.starts_with(|letter: char| letter.is_ascii_digit());
    let longest = (known().longest_from(first) + 1).min(LONGEST_NAME);
    // An article makes one word more, and so may a point.
    let gazetteer = Gazetteer::embedded();
    // "The People's Republic" begins with "peoples" where names are compared.
    let owner =
        if after_article.possessive { gazetteer.longest_country_from(&format!("{first}s")) } else { 0 };
    let longest_country = article + gazetteer.longest_country_from(first).max(owner) + 1;
    for length in (1..=reach_of_names.min(LONGEST_NAME)).rev() {
        let part = slice(text, &words[at], &words[at + length - 1]);
        if length > reach {
            let listed = if named && length <= longest { known().named(part) } else { Vec::new() };
            if !listed.is_empty() {
                return Chunk { words: at..at + length, meaning: Meaning::Actor(listed) };
            }
            // "The People's Republic of China" is no other republic of China.
            let country = Gazetteer::embedded().country_by_name(part).filter(|_| length <= longest_country);
            if let Some(country) = country {
                return Chunk { words: at..at + length, meaning: Meaning::Country(country) };
            }
            continue;
        }
        let name = || {
            name_meaning(part, length <= longest, length <= longest_country)
                .filter(|_| named || is_article_name(part))
        };
        let name = || name().or_else(|| initialled(&words[at..at + length]).filter(|_| named));
        let role = || (length <= LONGEST_ROLE).then(|| role_meaning(part)).flatten();
        let longer = || (named && is_longer_place(part, &words[at..at + length])).then_some(Meaning::Other);
        if let Some(meaning) = name().or_else(role).or_else(longer) {
            return Chunk { words: at..at + length, meaning };
        }
    }
    Chunk { words: at..at + 1, meaning: plain_meaning(&words[at]) }
}

/// "New Mexico", "Mocimboa da Praia", "Niger Delta": a known place whose name only holds the name of a country or of its seat.
fn is_longer_place(part: &str, words: &[Word<'_>]) -> bool {
    let [first, .., last] = words else { return false };
    let gazetteer = Gazetteer::embedded();
    let is_country = |word: &Word<'_>| gazetteer.country_by_name(word.text).is_some();
    let holds_country =
        is_country(first) || is_country(last) || gazetteer.country_by_seat(last.text).is_some();
    let is_known = |place: Place<'_>| match place.feature {
        Feature::City => place.population >= 15_000,
        feature => matches!(feature, Feature::Admin1 | Feature::Region | Feature::Island),
    };
    words.len() <= 4
        && starts_upper(first.text)
        && starts_upper(last.text)
        && holds_country
        && Gazetteer::in_use().lookup(part).any(|place| place.country.is_some() && is_known(place))
}

/// "al-Qaeda" begins with a small letter, yet is a name.
fn is_article_name(part: &str) -> bool {
    part.split_once(['-', ' ', '‑'])
        .is_some_and(|(article, rest)| matches!(article, "al" | "el" | "bin") && starts_upper(rest))
}

fn name_meaning(part: &str, may_be_listed: bool, may_be_country: bool) -> Option<Meaning> {
    // "The PRC" is the state, whatever committees have its initials.
    let is_state = || abbreviation(part).is_some() && Gazetteer::embedded().country_by_name(part).is_some();
    if may_be_listed && !(may_be_country && is_state()) {
        let listed = known().named(part);
        if !listed.is_empty() {
            return Some(Meaning::Actor(listed));
        }
    }
    if !may_be_country {
        return None;
    }
    let gazetteer = Gazetteer::embedded();
    let country = gazetteer.country_by_name(part).map(Meaning::Country);
    let seat = || gazetteer.country_by_seat(part).map(Meaning::Seat);
    let demonym = || gazetteer.country_by_demonym(part).map(Meaning::Demonym);
    country.or_else(demonym).or_else(seat)
}

fn role_meaning(part: &str) -> Option<Meaning> {
    let folded = fold(part);
    if let Some(role) = roles().get(&folded) {
        return Some(Meaning::Role(role));
    }
    if let Some(sector) = roles().modifier(&folded) {
        return Some(Meaning::Modifier(sector));
    }
    roles().is_former(&folded).then_some(Meaning::Former)
}

fn plain_meaning(word: &Word<'_>) -> Meaning {
    match word.folded.as_str() {
        "of" | "in" | "at" | "from" | "for" | "to" | "with" | "by" | "on" | "near" | "across"
        | "throughout" | "within" | "inside" | "under" | "against" | "outside" | "around" | "between"
        | "among" | "over" | "about" | "after" | "during" | "who" | "which" | "that" | "whose" | "where"
        | "including" | "loyal" | "based" | "belonging" | "linked" | "and" | "or" | "as" | "is" | "was"
        | "were" | "are" | "has" | "had" | "said" | "along" | "via" | "behind" | "en" | "allied" | "led"
        | "backed" | "affiliated" | "accused" | "suspected" | "wearing" | "carrying" => Meaning::Link,
        "the" | "a" | "an" | "this" | "these" | "those" | "its" | "his" | "her" | "their" | "our" | "my"
        | "your" | "all" | "both" | "other" | "another" | "any" | "own" => Meaning::Filler,
        "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "eleven"
        | "twelve" | "dozen" | "dozens" | "hundred" | "hundreds" | "thousand" | "thousands" | "several"
        | "many" | "some" | "few" | "more" | "most" | "less" | "fewer" | "nearly" | "almost" | "than"
        | "scores" | "million" | "millions" | "each" | "every" | "no" => Meaning::Count,
        folded if folded.starts_with(|letter: char| letter.is_ascii_digit()) => Meaning::Count,
        _ => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let phrase = Phrase::read(text);
        let signs: Vec<String> = phrase.chunks.iter().map(|chunk| sign(&phrase, chunk)).collect();
        assert_eq!(signs.join(" "), expected, "{text}");
    }

    fn sign(phrase: &Phrase<'_>, chunk: &Chunk) -> String {
        let mut sign = match &chunk.meaning {
            Meaning::Actor(listed) => listed.first().map(|found| found.actor.id.clone()).unwrap_or_default(),
            Meaning::Country(entry) => entry.iso3.to_string(),
            Meaning::Demonym(entry) => format!("{}~", entry.iso3),
            Meaning::Seat(entry) => format!("{}!", entry.iso3),
            Meaning::Role(role) => role.sectors.first().map_or("weak", |sector| sector.as_str()).to_owned(),
            Meaning::Modifier(sector) => sector.as_str().to_lowercase(),
            other => format!("{other:?}"),
        };
        sign.push_str(if phrase.is_possessive(chunk) { "'s" } else { "" });
        sign.push_str(match phrase.bond(chunk) {
            Some(Bond::Belongs) => "+",
            Some(Bond::Outside) => "-",
            None => "",
        });
        sign
    }

    #[test]
    fn words_get_their_meaning() {
        check("the French foreign minister", "Filler FRA~ GOV");
        check("Chile's Ministry of Mines", "CHL's GOV Link BUS");
        check("Iran-backed militants", "IRN- REB");
        check("the U.S.-led coalition", "Filler USA+ MIL");
        check("anti-Syria journalist", "SYR- JRN");
        check("schoolchildren 's parents", "CVL's CVL");
        check("President Joe Biden", "GOV joe-biden");
        check("the People's Republic of China", "CHN");
        check("the Republic of China", "Filler TWN");
        check("Democratic People's Republic of Korea", "PRK");
        check("New Mexico police", "Other COP");
        check("", "");
        check("— , !", "");
    }
}
