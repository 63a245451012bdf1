//! *Is this an attribute of an event, and are these words a value of it?* What an analyst may set.

use annalist_data::quantities::Quantities;
use annalist_reconcile::show_figure;
use annalist_schema::{Comparator, DayInterval, EventType, Mode, Quantity, Span, Status};

/// Attributes that every event may have; the others count something.
const PLAIN: [&str; 7] = ["actors", "recipients", "date", "place", "status", "mode", "type"];

/// What was expected and what was there.
pub type Fault = (String, String);

/// The words as a cell of the attribute shows such a value.
///
/// # Errors
/// If there is no such attribute, or the words are no value of it.
pub fn value(attribute: &str, words: &str) -> Result<String, Fault> {
    let names = attributes();
    if !names.contains(&attribute) {
        return Err((format!("an attribute, one of {}", names.join(", ")), format!("`{attribute}`")));
    }
    let words = words.trim();
    let (value, expected) = match attribute {
        "actors" | "recipients" => (parties(words), "names, several between semicolons".to_owned()),
        "place" => (named(words), "the name of a place".to_owned()),
        "date" => (
            DayInterval::parse(words).map(|_| words.to_owned()),
            "days such as 2024-02-11 or 2024-02".to_owned(),
        ),
        "type" => (coded::<EventType>(&words.to_uppercase()), one_of(EventType::ALL)),
        "status" => (coded::<Status>(&words.to_lowercase()), one_of(Status::ALL)),
        "mode" => (modes(words), one_of(Mode::ALL)),
        _ => (
            figure(attribute, words),
            "a number in digits, such as 7, `at least 10 soldiers` or 20–30".to_owned(),
        ),
    };
    value.ok_or_else(|| (format!("for `{attribute}` {expected}"), format!("`{words}`")))
}

/// The names of all attributes.
fn attributes() -> Vec<&'static str> {
    let counted = Quantities::embedded().things.iter().map(|thing| thing.what.as_str());
    PLAIN.into_iter().chain(counted).collect()
}

fn coded<T: std::str::FromStr + ToString>(words: &str) -> Option<String> {
    words.parse::<T>().ok().map(|code| code.to_string())
}

fn modes(words: &str) -> Option<String> {
    let modes = words.to_lowercase();
    let modes = modes.split(',').map(|mode| coded::<Mode>(mode.trim()));
    modes.collect::<Option<Vec<_>>>().map(|modes| modes.join(", "))
}

fn named(words: &str) -> Option<String> {
    words.chars().any(char::is_alphabetic).then(|| words.to_owned())
}

fn parties(words: &str) -> Option<String> {
    let names = words.split(';').map(|name| named(name.trim()));
    names.collect::<Option<Vec<_>>>().map(|names| names.join("; "))
}

/// `>= 10 soldiers` for `at least 10 soldiers`.
fn figure(what: &str, words: &str) -> Option<String> {
    let words: Vec<_> = words.split_whitespace().collect();
    let (before, words) = sign(&words);
    let (number, rest) = words.split_first()?;
    let (n, n2) = range(number)?;
    let (n2, rest) = match rest {
        ["to", upper, rest @ ..] if n2.is_none() => (Some(count(upper)?), rest),
        rest => (n2, rest),
    };
    let (after, rest) = bound(rest);
    let of = (!rest.is_empty()).then(|| rest.join(" "));
    let is_noun =
        of.as_deref().is_none_or(|of| !of.contains(|one: char| one.is_ascii_digit()) && named(of).is_some());
    let is_range = n2.is_none_or(|upper| upper > n);
    let cmp = before.or(after).unwrap_or(Comparator::Equal);
    let quantity = Quantity {
        what: what.to_owned(),
        cmp,
        n,
        n2,
        of,
        by: None,
        cumulative: None,
        period: None,
        area: Vec::new(),
        span: Span::default(),
    };
    (is_noun && is_range).then(|| show_figure(&quantity))
}

/// What the first words say of the number behind them: a sign, or a phrase of the lexicon.
fn sign<'a, 'w>(words: &'w [&'a str]) -> (Option<Comparator>, &'w [&'a str]) {
    if let Some(sign) = words.first().and_then(|first| first.parse().ok()) {
        return (Some(sign), &words[1..]);
    }
    let begins = |phrase: &[String]| {
        phrase.len() < words.len()
            && phrase.iter().zip(words).all(|(one, word)| one.eq_ignore_ascii_case(word))
    };
    let said = Quantities::embedded().before.iter().find(|(phrase, _)| begins(phrase));
    said.map_or((None, words), |(phrase, sign)| (*sign, &words[phrase.len()..]))
}

/// What the words behind a number say of it: `or more`.
fn bound<'a, 'w>(words: &'w [&'a str]) -> (Option<Comparator>, &'w [&'a str]) {
    let begins = |phrase: &[String]| {
        phrase.len() <= words.len()
            && phrase.iter().zip(words).all(|(one, word)| one.eq_ignore_ascii_case(word))
    };
    let said = Quantities::embedded().after.iter().find(|(phrase, _)| begins(phrase));
    said.map_or((None, words), |(phrase, sign)| (Some(*sign), &words[phrase.len()..]))
}

fn range(number: &str) -> Option<(f64, Option<f64>)> {
    match number.split_once(['–', '-']) {
        Some((low, high)) => Some((count(low)?, Some(count(high)?))),
        None => Some((count(number)?, None)),
    }
}

fn count(digits: &str) -> Option<f64> {
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit());
    digits.replace(',', "").parse().ok().filter(|n: &f64| is_number && n.is_finite())
}

fn one_of<T: ToString>(all: &[T]) -> String {
    format!("one of {}", all.iter().map(T::to_string).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attribute: &str, words: &str, expected: &str) {
        assert_eq!(value(attribute, words).as_deref(), Ok(expected), "{attribute} {words}");
    }

    #[test]
    fn words_become_values() {
        check("killed", "7", "7");
        check("killed", "at least 10 soldiers", ">= 10 soldiers");
        check("troops", ">= 2500", ">= 2,500");
        check("troops", "about 2,500 U.S. troops", "~ 2,500 U.S. troops");
        check("wounded", "20-30", "20–30");
        check("wounded", "20 to 30 civilians", "20–30 civilians");
        check("status", "Denied", "denied");
        check("type", "assault", "ASSAULT");
        check("mode", "aerial,drone", "aerial, drone");
        check("date", "2024-02", "2024-02");
        check("place", "Gao", "Gao");
        check("actors", "the army;rebels", "the army; rebels");
    }

    fn check_fault(attribute: &str, words: &str, expected: &str, found: &str) {
        let fault = value(attribute, words).unwrap_err();
        assert!(fault.0.contains(expected) && fault.1 == format!("`{found}`"), "{fault:?}");
    }

    #[test]
    fn what_is_no_value_is_named() {
        check_fault(
            "nonsense",
            "4",
            "one of actors, recipients, date, place, status, mode, type, killed, wounded",
            "nonsense",
        );
        check_fault("killed", "many", "a number in digits", "many");
        check_fault("killed", "7 or 8", "a number in digits", "7 or 8");
        check_fault("killed", "", "a number in digits", "");
        check_fault("wounded", "30-20", "a number in digits", "30-20");
        check_fault("troops", "NaN", "a number in digits", "NaN");
        check_fault("date", "yesterday", "days such as", "yesterday");
        check_fault("status", "maybe", "one of happened", "maybe");
        check_fault("type", "RAID", "one of", "RAID");
        check_fault("mode", "aerial, loud", "one of", "aerial, loud");
        check_fault("place", "12", "the name of a place", "12");
        check_fault("actors", "the army; ", "names", "the army;");
    }
}
