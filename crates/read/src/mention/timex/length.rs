//! *How long?*

use std::fmt;

use super::unit::{Size, Unit};

/// A length of time: "two and a half years", "a few days".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// How many.
    pub count: Count,
    /// Of what.
    pub unit: Unit,
    /// A second, shorter part: "an hour and ten minutes".
    pub rest: Option<(u32, Unit)>,
}

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// A number; halves and tenths occur.
    Number(f64),
    /// Several.
    Vague,
}

impl Length {
    /// So many units.
    pub const fn new(count: Count, unit: Unit) -> Self {
        Self { count, unit, rest: None }
    }

    /// The number of whole units, if there is one.
    pub fn whole(&self) -> Option<i64> {
        match self.count {
            Count::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => Some(number as i64),
            _ => None,
        }
    }

    /// Days in it, roughly; `None` if nobody says how many.
    pub fn about_days(&self) -> Option<f64> {
        let Count::Number(number) = self.count else { return None };
        let unit = match self.unit.size() {
            Size::Seconds(seconds) => seconds as f64 / 86_400.0,
            Size::Days(days) => days as f64,
            Size::Months(months) => months as f64 * 30.44,
        };
        Some(number * unit)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, factor) = self.unit.symbol();
        f.write_str(if self.unit.is_clock() { "PT" } else { "P" })?;
        let Count::Number(number) = self.count else { return write!(f, "X{letter}") };
        let number = number * f64::from(factor);
        match halved(self.unit) {
            Some((part, n)) if number.fract() == 0.5 && number < 1.0 => {
                let time = if self.unit == Unit::Day { "T" } else { "" };
                write!(f, "{time}{n}{part}")
            }
            Some((part, n)) if number.fract() == 0.5 && self.unit != Unit::Day => {
                write!(f, "{}{letter}{n}{part}", number.trunc())
            }
            _ => write!(f, "{number}{letter}"),
        }?;
        match self.rest {
            Some((n, unit)) => write!(f, "{n}{}", unit.symbol().0),
            None => Ok(()),
        }
    }
}

/// Half a unit in whole smaller ones.
fn halved(unit: Unit) -> Option<(&'static str, u32)> {
    match unit {
        Unit::Year => Some(("M", 6)),
        Unit::Day => Some(("H", 12)),
        Unit::Hour => Some(("M", 30)),
        Unit::Minute => Some(("S", 30)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: f64, unit: Unit, expected: &str) {
        assert_eq!(Length::new(Count::Number(number), unit).to_string(), expected);
    }

    #[test]
    fn lengths_are_written_as_timex3_does() {
        check(3.0, Unit::Day, "P3D");
        check(2.5, Unit::Year, "P2Y6M");
        check(5.5, Unit::Hour, "PT5H30M");
        check(0.5, Unit::Hour, "PT30M");
        check(0.5, Unit::Day, "PT12H");
        check(22.8, Unit::Year, "P22.8Y");
        check(2.0, Unit::Decade, "P20Y");
        check(0.5, Unit::Century, "P50Y");
        check(1.0, Unit::Fortnight, "P2W");
        assert_eq!(Length::new(Count::Vague, Unit::Month).to_string(), "PXM");
        assert_eq!(
            Length { rest: Some((10, Unit::Minute)), ..Length::new(Count::Number(1.0), Unit::Hour) }
                .to_string(),
            "PT1H10M"
        );
    }
}
