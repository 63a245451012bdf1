//! *What may this word mean in a time expression?*

use std::collections::HashMap;
use std::sync::OnceLock;

use super::unit::{DayPart, Season, Unit};

/// What a word may mean; words without a meaning in time are [`Class::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A word of no interest.
    Other,
    /// A blank line.
    Break,
    /// A punctuation mark; all dashes are `-`, all apostrophes `'`, unknown signs 0.
    Mark(u8),
    /// A number written in digits.
    Digits {
        /// Its value.
        value: u32,
        /// How many digits.
        length: u8,
    },
    /// A number written in letters, below a hundred.
    Cardinal(u32),
    /// "hundred", "thousand", "million".
    Scale(u32),
    /// "5pm", or the "30pm" of "5:30pm".
    Meridiem {
        /// The digits.
        value: u8,
        /// Whether after noon.
        after_noon: bool,
    },
    /// "third", "3rd".
    Ordinal(u32),
    /// "1980s" (1980), "nineties" (90).
    Decade(u16),
    /// 1 to 12.
    Month(i8),
    /// 1 (Muharram) to 12 of the Islamic calendar.
    Hijri(u8),
    /// 1 (Monday) to 7.
    Weekday(i8),
    /// A season.
    Season(Season),
    /// A unit of time.
    Unit {
        /// Which.
        unit: Unit,
        /// Whether it is written in the plural.
        plural: bool,
    },
    /// A part of the day.
    Part(DayPart),
    /// A time zone, in capitals.
    Zone,
    /// A word that the grammar asks for by name.
    Key(Key),
}

macro_rules! keys {
    ($($(#[$meta:meta])* $name:ident = $($word:literal)|+;)+) => {
        /// Words that the grammar asks for by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $($(#[$meta])* #[allow(missing_docs)] $name),+ }

        const KEYS: &[(&str, Class)] = &[$($(($word, Class::Key(Key::$name))),+),+];
    };
}

keys! {
    The = "the";
    A = "a" | "an";
    This = "this";
    That = "that";
    These = "these";
    Those = "those";
    Same = "same";
    Last = "last";
    Past = "past";
    Previous = "previous" | "preceding" | "prior";
    Next = "next";
    Coming = "coming" | "upcoming" | "forthcoming";
    Following = "following" | "subsequent" | "ensuing";
    Current = "current";
    Ago = "ago";
    Earlier = "earlier";
    Later = "later";
    Before = "before";
    After = "after" | "afterwards" | "afterward" | "thereafter";
    Since = "since";
    From = "from";
    Hence = "hence";
    Early = "early";
    Late = "late";
    Mid = "mid";
    Middle = "middle" | "midst";
    Start = "beginning" | "start" | "onset" | "opening";
    End = "end" | "close";
    Half = "half";
    Latter = "latter";
    Final = "final" | "closing";
    Remainder = "rest" | "remainder";
    About = "about" | "around" | "approximately" | "nearly" | "almost" | "roughly" | "circa" | "exactly" | "barely";
    Some = "some";
    Sometime = "sometime";
    Over = "over";
    Under = "under";
    More = "more" | "longer";
    Less = "less" | "fewer";
    Than = "than";
    Least = "least" | "most";
    At = "at";
    Up = "up";
    To = "to";
    As = "as";
    No = "no";
    Not = "not";
    Few = "few" | "several" | "many" | "numerous" | "various" | "countless";
    Couple = "couple";
    Dozen = "dozen" | "dozens";
    Pair = "pair";
    Recent = "recent";
    Of = "of";
    And = "and";
    Or = "or";
    In = "in";
    On = "on";
    By = "by";
    Until = "until" | "till" | "til";
    Through = "through" | "throughout" | "within";
    During = "during";
    For = "for";
    Between = "between" | "among";
    Per = "per";
    Every = "every";
    Each = "each";
    Other = "other";
    Daily = "daily" | "nightly";
    Hourly = "hourly";
    Weekly = "weekly";
    Fortnightly = "fortnightly" | "biweekly";
    Monthly = "monthly";
    Annually = "annually" | "yearly";
    Once = "once";
    Twice = "twice";
    Times = "times";
    Old = "old";
    Long = "long" | "lasting";
    Additional = "additional" | "extra" | "further" | "full" | "consecutive" | "straight" | "successive" | "whole" | "entire" | "solid" | "short" | "crucial" | "critical" | "tense" | "bloody" | "brutal" | "calendar" | "working" | "business" | "trading" | "another";
    Now = "now";
    Nowadays = "nowadays" | "currently";
    Today = "today";
    Yesterday = "yesterday";
    Tomorrow = "tomorrow";
    Tonight = "tonight";
    Overnight = "overnight";
    Recently = "recently" | "lately";
    Future = "future";
    Present = "present";
    Moment = "moment";
    Time = "time";
    Then = "then";
    Period = "period";
    Fiscal = "fiscal" | "financial";
    Fy = "fy";
    Ended = "ended" | "ending" | "end's";
    Latest = "latest";
    Term = "term";
    Near = "near" | "foreseeable" | "immediate";
    Distant = "distant" | "not-too-distant";
    Date = "date";
    Bc = "bc" | "bce";
    Ad = "ad" | "ce";
    Hours = "hrs";
    Oclock = "oclock";
    Local = "local";
    Eve = "eve";
    New = "new";
    Christmas = "christmas" | "xmas";
    Thanksgiving = "thanksgiving";
    Easter = "easter";
    Good = "good";
    Ash = "ash";
    Palm = "palm";
    Independence = "independence";
    Labor = "labor" | "labour";
    Memorial = "memorial";
    Veterans = "veterans";
    Halloween = "halloween" | "hallowe'en";
    Valentine = "valentine";
    Armistice = "armistice" | "remembrance";
    Bastille = "bastille";
    Boxing = "boxing";
    Victory = "victory" | "ve";
    Epiphany = "epiphany";
    Pentecost = "pentecost";
    Nowruz = "nowruz" | "norouz" | "newroz" | "navroz" | "nevruz";
    Eid = "eid" | "aid";
    Fitr = "fitr";
    Adha = "adha";
    Al = "al" | "ul" | "el";
    Ashura = "ashura" | "ashoura";
    Arbaeen = "arbaeen" | "arba'een" | "arbain";
    Passover = "passover" | "pesach";
    Hanukkah = "hanukkah" | "chanukah" | "chanukkah";
    Yom = "yom";
    Kippur = "kippur";
    Rosh = "rosh";
    Hashanah = "hashanah" | "hashana";
    Sukkot = "sukkot" | "sukkoth";
    Purim = "purim";
    Will = "will" | "shall";
    Th = "th" | "st" | "nd" | "rd";
    S = "s";
    M = "m";
    P = "p";
    Am = "am";
    Pm = "pm";
    B = "b";
    C = "c";
    D = "d";
    Very = "very";
    Part = "part" | "parts";
}

const NAMES: &[(&str, Class)] = &[
    ("january", Class::Month(1)),
    ("jan", Class::Month(1)),
    ("february", Class::Month(2)),
    ("feb", Class::Month(2)),
    ("march", Class::Month(3)),
    ("mar", Class::Month(3)),
    ("april", Class::Month(4)),
    ("apr", Class::Month(4)),
    ("may", Class::Month(5)),
    ("june", Class::Month(6)),
    ("jun", Class::Month(6)),
    ("july", Class::Month(7)),
    ("jul", Class::Month(7)),
    ("august", Class::Month(8)),
    ("aug", Class::Month(8)),
    ("september", Class::Month(9)),
    ("sept", Class::Month(9)),
    ("sep", Class::Month(9)),
    ("october", Class::Month(10)),
    ("oct", Class::Month(10)),
    ("november", Class::Month(11)),
    ("nov", Class::Month(11)),
    ("december", Class::Month(12)),
    ("dec", Class::Month(12)),
    ("monday", Class::Weekday(1)),
    ("mondays", Class::Weekday(1)),
    ("mon", Class::Weekday(1)),
    ("tuesday", Class::Weekday(2)),
    ("tuesdays", Class::Weekday(2)),
    ("tue", Class::Weekday(2)),
    ("tues", Class::Weekday(2)),
    ("wednesday", Class::Weekday(3)),
    ("wednesdays", Class::Weekday(3)),
    ("wed", Class::Weekday(3)),
    ("thursday", Class::Weekday(4)),
    ("thursdays", Class::Weekday(4)),
    ("thu", Class::Weekday(4)),
    ("thur", Class::Weekday(4)),
    ("thurs", Class::Weekday(4)),
    ("friday", Class::Weekday(5)),
    ("fridays", Class::Weekday(5)),
    ("fri", Class::Weekday(5)),
    ("saturday", Class::Weekday(6)),
    ("saturdays", Class::Weekday(6)),
    ("sat", Class::Weekday(6)),
    ("sunday", Class::Weekday(7)),
    ("sundays", Class::Weekday(7)),
    ("sun", Class::Weekday(7)),
    ("spring", Class::Season(Season::Spring)),
    ("springtime", Class::Season(Season::Spring)),
    ("summer", Class::Season(Season::Summer)),
    ("summertime", Class::Season(Season::Summer)),
    ("summers", Class::Season(Season::Summer)),
    ("autumn", Class::Season(Season::Autumn)),
    ("fall", Class::Season(Season::Autumn)),
    ("winter", Class::Season(Season::Winter)),
    ("wintertime", Class::Season(Season::Winter)),
    ("winters", Class::Season(Season::Winter)),
    ("morning", Class::Part(DayPart::Morning)),
    ("mornings", Class::Part(DayPart::Morning)),
    ("dawn", Class::Part(DayPart::Dawn)),
    ("daybreak", Class::Part(DayPart::Dawn)),
    ("sunrise", Class::Part(DayPart::Dawn)),
    ("noon", Class::Part(DayPart::Noon)),
    ("midday", Class::Part(DayPart::Noon)),
    ("afternoon", Class::Part(DayPart::Afternoon)),
    ("afternoons", Class::Part(DayPart::Afternoon)),
    ("evening", Class::Part(DayPart::Evening)),
    ("evenings", Class::Part(DayPart::Evening)),
    ("dusk", Class::Part(DayPart::Evening)),
    ("sunset", Class::Part(DayPart::Evening)),
    ("night", Class::Part(DayPart::Night)),
    ("nighttime", Class::Part(DayPart::Night)),
    ("nightfall", Class::Part(DayPart::Night)),
    ("midnight", Class::Part(DayPart::Midnight)),
    ("daytime", Class::Part(DayPart::Daytime)),
    ("zero", Class::Cardinal(0)),
    ("one", Class::Cardinal(1)),
    ("two", Class::Cardinal(2)),
    ("three", Class::Cardinal(3)),
    ("four", Class::Cardinal(4)),
    ("five", Class::Cardinal(5)),
    ("six", Class::Cardinal(6)),
    ("seven", Class::Cardinal(7)),
    ("eight", Class::Cardinal(8)),
    ("nine", Class::Cardinal(9)),
    ("ten", Class::Cardinal(10)),
    ("eleven", Class::Cardinal(11)),
    ("twelve", Class::Cardinal(12)),
    ("thirteen", Class::Cardinal(13)),
    ("fourteen", Class::Cardinal(14)),
    ("fifteen", Class::Cardinal(15)),
    ("sixteen", Class::Cardinal(16)),
    ("seventeen", Class::Cardinal(17)),
    ("eighteen", Class::Cardinal(18)),
    ("nineteen", Class::Cardinal(19)),
    ("twenty", Class::Cardinal(20)),
    ("thirty", Class::Cardinal(30)),
    ("forty", Class::Cardinal(40)),
    ("fifty", Class::Cardinal(50)),
    ("sixty", Class::Cardinal(60)),
    ("seventy", Class::Cardinal(70)),
    ("eighty", Class::Cardinal(80)),
    ("ninety", Class::Cardinal(90)),
    ("hundred", Class::Scale(100)),
    ("thousand", Class::Scale(1000)),
    ("million", Class::Scale(1_000_000)),
    ("first", Class::Ordinal(1)),
    ("third", Class::Ordinal(3)),
    ("fourth", Class::Ordinal(4)),
    ("fifth", Class::Ordinal(5)),
    ("sixth", Class::Ordinal(6)),
    ("seventh", Class::Ordinal(7)),
    ("eighth", Class::Ordinal(8)),
    ("ninth", Class::Ordinal(9)),
    ("tenth", Class::Ordinal(10)),
    ("eleventh", Class::Ordinal(11)),
    ("twelfth", Class::Ordinal(12)),
    ("thirteenth", Class::Ordinal(13)),
    ("fourteenth", Class::Ordinal(14)),
    ("fifteenth", Class::Ordinal(15)),
    ("sixteenth", Class::Ordinal(16)),
    ("seventeenth", Class::Ordinal(17)),
    ("eighteenth", Class::Ordinal(18)),
    ("nineteenth", Class::Ordinal(19)),
    ("twentieth", Class::Ordinal(20)),
    ("thirtieth", Class::Ordinal(30)),
    ("twenties", Class::Decade(20)),
    ("thirties", Class::Decade(30)),
    ("forties", Class::Decade(40)),
    ("fifties", Class::Decade(50)),
    ("sixties", Class::Decade(60)),
    ("seventies", Class::Decade(70)),
    ("eighties", Class::Decade(80)),
    ("nineties", Class::Decade(90)),
    ("muharram", Class::Hijri(1)),
    ("safar", Class::Hijri(2)),
    ("shaban", Class::Hijri(8)),
    ("ramadan", Class::Hijri(9)),
    ("ramadhan", Class::Hijri(9)),
    ("ramazan", Class::Hijri(9)),
    ("shawwal", Class::Hijri(10)),
    ("rajab", Class::Hijri(7)),
];

const UNITS: &[(&str, &str, Unit)] = &[
    ("second", "seconds", Unit::Second),
    ("minute", "minutes", Unit::Minute),
    ("hour", "hours", Unit::Hour),
    ("day", "days", Unit::Day),
    ("week", "weeks", Unit::Week),
    ("fortnight", "fortnights", Unit::Fortnight),
    ("weekend", "weekends", Unit::Weekend),
    ("month", "months", Unit::Month),
    ("quarter", "quarters", Unit::Quarter),
    ("semester", "semesters", Unit::Half),
    ("year", "years", Unit::Year),
    ("decade", "decades", Unit::Decade),
    ("century", "centuries", Unit::Century),
    ("millennium", "millennia", Unit::Millennium),
];

/// Short forms that only stand for a unit after a number.
const SHORT_UNITS: &[(&str, Unit)] = &[
    ("min", Unit::Minute),
    ("mins", Unit::Minute),
    ("hrs", Unit::Hour),
    ("yrs", Unit::Year),
    ("yr", Unit::Year),
];

const ZONES: &[&str] = &[
    "GMT", "UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "PT", "CT", "BST", "CET",
    "CEST", "EET", "EEST", "MSK", "IST", "JST", "KST", "PKT", "WIB", "EAT", "WAT",
];

/// Longer words than any in the lexicon need no look-up.
const LONGEST: usize = 16;

/// The meaning of a word as written.
pub fn class(word: &str) -> Class {
    let first = word.as_bytes().first().copied().unwrap_or(0);
    if first.is_ascii_digit() {
        return number(word);
    }
    if word.len() > LONGEST || !first.is_ascii_alphabetic() {
        return Class::Other;
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match table().get(&*lower) {
        Some(&class) if fits(word, class) => class,
        _ if ZONES.contains(&word) => Class::Zone,
        _ => Class::Other,
    }
}

/// Names of months and weekdays carry a capital; "may", "march" and "sun" otherwise mean something else.
fn fits(word: &str, class: Class) -> bool {
    let needs_capital = matches!(class, Class::Month(_) | Class::Weekday(_) | Class::Hijri(_));
    !needs_capital || word.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
}

fn table() -> &'static HashMap<&'static [u8], Class> {
    static TABLE: OnceLock<HashMap<&'static [u8], Class>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let units = UNITS.iter().flat_map(|&(singular, plural, unit)| {
            [(singular, Class::Unit { unit, plural: false }), (plural, Class::Unit { unit, plural: true })]
        });
        let short = SHORT_UNITS.iter().map(|&(word, unit)| (word, Class::Unit { unit, plural: true }));
        let named = KEYS.iter().chain(NAMES).copied();
        named.chain(units).chain(short).map(|(word, class)| (word.as_bytes(), class)).collect()
    })
}

/// Every word with a meaning, as a text may write it.
#[cfg(test)]
pub fn vocabulary() -> Vec<String> {
    let words = table().keys().map(|word| String::from_utf8_lossy(word).into_owned());
    let capital = |word: &String| word[..1].to_uppercase() + &word[1..];
    let mut words: Vec<_> = words.flat_map(|word| [capital(&word), word]).collect();
    words.extend(ZONES.iter().map(|zone| (*zone).to_owned()));
    words.sort();
    words
}

/// "2024", "4th", "1980s", "5pm".
fn number(word: &str) -> Class {
    let length = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, suffix) = word.split_at(length);
    let Ok(value) = digits.parse::<u32>() else { return Class::Other };
    match suffix {
        "" => Class::Digits { value, length: length as u8 },
        "st" | "nd" | "rd" | "th" if value > 0 => Class::Ordinal(value),
        "am" | "AM" if length <= 2 => Class::Meridiem { value: value as u8, after_noon: false },
        "pm" | "PM" if length <= 2 => Class::Meridiem { value: value as u8, after_noon: true },
        "s" if value.is_multiple_of(10) && (length == 4 || length == 2) => Class::Decade(value as u16),
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Class) {
        assert_eq!(class(word), expected, "{word}");
    }

    #[test]
    fn words_are_classified() {
        check("January", Class::Month(1));
        check("may", Class::Other);
        check("MAY", Class::Month(5));
        check("4th", Class::Ordinal(4));
        check("1980s", Class::Decade(1980));
        check("2024", Class::Digits { value: 2024, length: 4 });
        check("The", Class::Key(Key::The));
        check("weeks", Class::Unit { unit: Unit::Week, plural: true });
        check("EST", Class::Zone);
        check("est", Class::Other);
        check("99999999999999999999", Class::Other);
        check("Übermorgen", Class::Other);
        check("", Class::Other);
    }
}
