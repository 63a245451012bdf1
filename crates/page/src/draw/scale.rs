//! *Where on a picture is this day, and which days are named under it?*

use annalist::schema::DayInterval;
use jiff::civil::{Date, date};

/// Days from left to right.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    first: Date,
    n_days: f64,
    left: f64,
    width: f64,
}

/// Names under an axis at most.
const MOST_TICKS: usize = 8;

impl Days {
    /// The days of an interval between two edges.
    pub fn new(days: DayInterval, left: f64, right: f64) -> Self {
        Self { first: days.earliest, n_days: days.n_days().max(1) as f64, left, width: right - left }
    }

    /// Where a day begins.
    pub fn at(&self, day: Date) -> f64 {
        let n = f64::from((day - self.first).get_days());
        self.left + self.width * (n / self.n_days).clamp(0.0, 1.0)
    }

    /// Where a day ends.
    pub fn after(&self, day: Date) -> f64 {
        day.tomorrow().map_or(self.left + self.width, |next| self.at(next))
    }

    /// Days that an axis names, with their names.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let last =
            self.first.saturating_add(jiff::Span::new().try_days(self.n_days as i64).unwrap_or_default());
        let all = match self.n_days as i64 {
            0..=70 => self.days(last),
            71..=1500 => self.months(last),
            _ => self.years(last),
        };
        let step = all.len().div_ceil(MOST_TICKS).max(1);
        all.into_iter().step_by(step).map(|(day, name)| (self.at(day), name)).collect()
    }

    fn days(&self, last: Date) -> Vec<(Date, String)> {
        let days = self.first.series(jiff::Span::new().days(1)).take_while(|day| *day < last);
        days.map(|day| (day, day.strftime("%-d %b").to_string())).collect()
    }

    fn months(&self, last: Date) -> Vec<(Date, String)> {
        let first = self.first.first_of_month();
        let months = first.series(jiff::Span::new().months(1)).take_while(|day| *day < last);
        let name = |day: Date| day.strftime(if day.month() == 1 { "%b %Y" } else { "%b" }).to_string();
        months.filter(|day| *day >= self.first).map(|day| (day, name(day))).collect()
    }

    fn years(&self, last: Date) -> Vec<(Date, String)> {
        let years = self.first.year()..=last.year();
        let begun = years.map(|year| date(year, 1, 1)).filter(|day| *day >= self.first && *day < last);
        begun.map(|day| (day, day.year().to_string())).collect()
    }
}

/// Numbers from bottom to top, with round ones named.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    top: f64,
    bottom: f64,
    most: f64,
    step: f64,
}

impl Numbers {
    /// From nothing to the most.
    pub fn new(most: f64, top: f64, bottom: f64) -> Self {
        let most = most.max(1.0);
        let rough = most / 3.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .iter()
            .map(|part| part * power)
            .find(|step| *step >= rough)
            .unwrap_or(rough);
        let step = step.max(1.0);
        Self { top, bottom, most: (most / step).ceil() * step, step }
    }

    /// Where a number is.
    pub fn at(&self, n: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (n / self.most).clamp(0.0, 1.0)
    }

    /// The round numbers.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let n = (self.most / self.step).round() as usize;
        (0..=n)
            .map(|index| index as f64 * self.step)
            .map(|n| (self.at(n), crate::words::number(n as usize)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &str, expected: &[&str]) {
        let scale = Days::new(DayInterval::parse(days).unwrap(), 0.0, 100.0);
        let names: Vec<_> = scale.ticks().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, expected, "{days}");
    }

    #[test]
    fn an_axis_names_round_days() {
        check("2015-04-14/2015-04-16", &["14 Apr", "15 Apr", "16 Apr"]);
        check("2014-11/2015-02", &["Nov", "Dec", "Jan 2015", "Feb"]);
        check("1990/2020", &["1990", "1994", "1998", "2002", "2006", "2010", "2014", "2018"]);
    }

    #[test]
    fn a_scale_ends_at_a_round_number() {
        let scale = Numbers::new(23.0, 0.0, 100.0);
        let names: Vec<_> = scale.ticks().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["0", "10", "20", "30"]);
        assert!((scale.at(30.0), scale.at(0.0)) == (0.0, 100.0));
    }
}
