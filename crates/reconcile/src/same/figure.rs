//! *Can these two numbers be one?* A number as reports state it is a range: "about 2,500", "more than 150".

use annalist_schema::{Comparator, Quantity};
use serde::{Deserialize, Serialize};

use super::Match;

/// "More than 150" is said of 160 or 190, hardly of 900: numbers within this factor of the bound are what it suggests.
const TYPICAL_REACH: f64 = 1.33;

/// The numbers that a statement allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Range {
    pub low: f64,
    pub high: f64,
    low_open: bool,
    high_open: bool,
    /// Whether it is a plain number rather than a bound.
    is_point: bool,
}

impl Range {
    pub fn new(quantity: &Quantity) -> Self {
        let n = if quantity.n.is_finite() { quantity.n } else { 0.0 };
        let upper = quantity.n2.filter(|n2| n2.is_finite() && *n2 > n);
        let closed =
            |low: f64, high: f64| Self { low, high, low_open: false, high_open: false, is_point: false };
        match quantity.cmp {
            _ if upper.is_some() => closed(n, upper.unwrap_or(n)),
            Comparator::Equal => Self { is_point: true, ..closed(n, n) },
            Comparator::About => {
                let slack = last_significant_unit(n) / 2.0;
                Self { is_point: true, ..closed(n - slack, n + slack) }
            }
            Comparator::AtLeast => closed(n, f64::INFINITY),
            Comparator::MoreThan => Self { low_open: true, ..closed(n, f64::INFINITY) },
            Comparator::AtMost => closed(f64::NEG_INFINITY, n),
            Comparator::LessThan => Self { high_open: true, ..closed(f64::NEG_INFINITY, n) },
        }
    }

    pub fn intersects(&self, other: &Self) -> bool {
        self.reaches(other) && other.reaches(self)
    }

    fn reaches(&self, other: &Self) -> bool {
        self.high > other.low || (self.high == other.low && !self.high_open && !other.low_open)
    }

    /// Whether every number of this range is below every number of the other.
    pub fn is_below(&self, other: &Self) -> bool {
        !self.reaches(other)
    }

    /// [`Match::Same`] if one number is meant at the stated precision, [`Match::Compatible`] if both can be true.
    pub fn compare(&self, other: &Self) -> Match {
        if !self.intersects(other) {
            return Match::Different;
        }
        if self == other || (self.is_point && other.is_point) { Match::Same } else { Match::Compatible }
    }

    /// Whether somebody who knows the one number would word it as the other.
    pub fn is_typical_of(&self, other: &Self) -> bool {
        self.with_typical_reach().intersects(&other.with_typical_reach())
    }

    fn with_typical_reach(self) -> Self {
        let high = if self.high == f64::INFINITY { self.low * TYPICAL_REACH } else { self.high };
        let low = if self.low == f64::NEG_INFINITY { self.high / TYPICAL_REACH } else { self.low };
        Self { low, high, ..self }
    }
}

/// 100 for 2,500; 10 for 170; 1 for 7.
fn last_significant_unit(n: f64) -> f64 {
    let mut unit = 1.0;
    while n != 0.0 && unit < 1e15 && n % (unit * 10.0) == 0.0 {
        unit *= 10.0;
    }
    unit
}

/// A quantity as cells write it for a person: `~ 2,500 troops`.
pub fn show_figure(quantity: &Quantity) -> String {
    show(quantity, quantity.of.as_deref())
}

/// As written for a person: `~ 2,500`, `> 150`, `20–30`, with the counted part if there is one.
pub(crate) fn show(quantity: &Quantity, of: Option<&str>) -> String {
    let number = match quantity.n2 {
        Some(n2) => format!("{}–{}", group_digits(quantity.n), group_digits(n2)),
        None => group_digits(quantity.n),
    };
    let sign = if quantity.cmp == Comparator::Equal { String::new() } else { format!("{} ", quantity.cmp) };
    let of = of.map(|of| format!(" {of}")).unwrap_or_default();
    format!("{sign}{number}{of}")
}

/// A figure taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Amount {
    /// How the number is meant.
    pub cmp: Comparator,
    /// The number.
    pub n: f64,
    /// Upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n2: Option<f64>,
    /// The counted part, if it is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// Takes the value of a figure's cell apart, `>= 10 soldiers` or `20–30`; `None` if it is no figure.
pub fn read_figure(value: &str) -> Option<Amount> {
    let signed = value.split_once(' ').and_then(|(sign, rest)| Some((sign.parse().ok()?, rest)));
    let (cmp, rest) = signed.unwrap_or((Comparator::Equal, value));
    let (number, of) = rest.split_once(' ').map_or((rest, None), |(number, of)| (number, Some(of)));
    let (n, n2) = match number.split_once('–') {
        Some((n, n2)) => (n, Some(ungroup_digits(n2)?)),
        None => (number, None),
    };
    Some(Amount { cmp, n: ungroup_digits(n)?, n2, of: of.map(str::to_owned) })
}

fn ungroup_digits(text: &str) -> Option<f64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b",.-".contains(&byte));
    if is_number { text.replace(',', "").parse().ok() } else { None }
}

fn group_digits(n: f64) -> String {
    let text = format!("{n}");
    let digits_end = text.find('.').unwrap_or(text.len());
    let digits_start = usize::from(text.starts_with('-'));
    let Some(digits) = text.get(digits_start..digits_end) else { return text };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let mut grouped = text[..digits_start].to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &text[digits_end..]
}

#[cfg(test)]
mod tests {
    use annalist_schema::Span;

    use super::*;

    fn quantity(text: &str) -> Quantity {
        let (cmp, n) = text.split_once(' ').unwrap();
        let (n, n2) = n.split_once('-').map_or((n, None), |(n, n2)| (n, Some(n2.parse().unwrap())));
        Quantity {
            what: "killed".to_owned(),
            cmp: cmp.parse().unwrap(),
            n: n.parse().unwrap(),
            n2,
            of: None,
            by: None,
            cumulative: None,
            period: None,
            area: Vec::new(),
            span: Span::default(),
        }
    }

    fn check(one: &str, other: &str, expected: Match) {
        let (one, other) = (Range::new(&quantity(one)), Range::new(&quantity(other)));
        assert_eq!((one.compare(&other), other.compare(&one)), (expected, expected));
    }

    #[test]
    fn compares_at_the_stated_precision() {
        check("= 170", "= 170", Match::Same);
        check("~ 2500", "= 2540", Match::Same);
        check("~ 2500", "~ 2500", Match::Same);
        check("= 170", "> 150", Match::Compatible);
        check("> 170", "= 170", Match::Different);
        check(">= 170", "= 170", Match::Compatible);
        check("<= 20", "= 27", Match::Different);
        check("= 20-30", "= 27", Match::Compatible);
        check("= 3", "= 5", Match::Different);
    }

    #[test]
    fn a_bound_suggests_numbers_near_it() {
        let range = |text| Range::new(&quantity(text));
        assert!(range("> 150").is_typical_of(&range("= 170")));
        assert!(!range("> 150").is_typical_of(&range("= 900")));
        assert!(!range("<= 100").is_typical_of(&range("= 3")));
    }

    fn check_apart(value: &str, expected: Option<(Comparator, f64, Option<f64>, Option<&str>)>) {
        let expected = expected.map(|(cmp, n, n2, of)| Amount { cmp, n, n2, of: of.map(str::to_owned) });
        assert_eq!(read_figure(value), expected, "{value}");
    }

    #[test]
    fn what_is_shown_can_be_taken_apart() {
        use Comparator::{About, AtLeast, Equal, MoreThan};
        check_apart("11 soldiers", Some((Equal, 11.0, None, Some("soldiers"))));
        check_apart(">= 10 soldiers of the 5th", Some((AtLeast, 10.0, None, Some("soldiers of the 5th"))));
        check_apart("20–30", Some((Equal, 20.0, Some(30.0), None)));
        check_apart("~ 2,500", Some((About, 2500.0, None, None)));
        check_apart("> 1,234,567.5 dollars", Some((MoreThan, 1_234_567.5, None, Some("dollars"))));
        for value in ["", "several", "> ", "ten men", "infinity", "2024-02-11", "–"] {
            check_apart(value, None);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_in_showing(
            cmp in 0..Comparator::ALL.len(),
            n in proptest::sample::select(vec![0.0, 1.0, 12.5, 999.0, 1000.0, 2.5e6, 123_456_789.0]),
            more in proptest::option::of(1..5000_u32),
            of in proptest::option::of("[a-z]{1,8}( [a-z0-9]{1,5}){0,2}"),
        ) {
            let n2 = more.map(|more| n + f64::from(more));
            let quantity = Quantity { cmp: Comparator::ALL[cmp], n, n2, ..quantity("= 1") };
            let expected = Amount { cmp: quantity.cmp, n, n2, of: of.clone() };
            proptest::prop_assert_eq!(read_figure(&show(&quantity, of.as_deref())), Some(expected));
        }
    }

    #[test]
    fn shows_what_a_person_would_write() {
        assert_eq!(show(&quantity("~ 2500"), None), "~ 2,500");
        assert_eq!(show(&quantity("= 20-30"), None), "20–30");
        assert_eq!(show(&quantity("= 5.7"), None), "5.7");
        assert_eq!(show(&quantity("> 1234567"), None), "> 1,234,567");
    }
}
