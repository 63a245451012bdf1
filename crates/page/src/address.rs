//! *What does an address ask for, and which address asks for this?* Filters live in addresses, so that each view can be kept,
//! sent and come back to.

use annalist::archive::{Asked, Order, Window};
use annalist::query::Query;
use annalist::schema::{DayInterval, EventType, Standing, Status, Verdict};
use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::reply::Request;

/// Rows of a list that one page shows.
pub const ROWS: usize = 50;

/// Rows of a table or of JSON at most.
pub const MANY: usize = 1000;

/// The filters that every view of events understands, by the names that they have in addresses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub asked: Asked,
    pub order: Option<Order>,
    /// Counted from one.
    pub page: usize,
    /// What was left out because it makes no sense, in words.
    pub complaints: Vec<String>,
}

impl Filter {
    /// What a request asks for.
    pub fn of(request: &Request) -> Self {
        let mut complaints = Vec::new();
        let text = |name: &str| request.asked(name).map(str::to_owned);
        let days = days_of(request, &mut complaints);
        let query = Query {
            days,
            about: text("about"),
            actor: text("actor"),
            place: text("place"),
            event_type: code(request, "type", EventType::ALL.iter().map(|one| one.as_str()), &mut complaints),
            verdict: code(request, "verdict", Verdict::ALL.iter().map(|one| one.as_str()), &mut complaints),
            undecided: request.asked("undecided").is_some(),
            reports: text("report").map(|id| [id].into()),
            status: code(request, "status", Status::ALL.iter().map(|one| one.as_str()), &mut complaints),
            min_killed: number(request, "killed", &mut complaints),
        };
        let standings = Standing::ALL.iter().map(|one| one.as_str());
        let asked = Asked {
            query,
            standing: code(request, "standing", standings, &mut complaints),
            words: text("q"),
            outlet: text("outlet"),
        };
        let order = request.asked("order").and_then(|order| match order {
            "day" => Some(Order::Day),
            "latest" => Some(Order::Latest),
            "weight" => Some(Order::Weight),
            other => {
                complaints.push(complaint("order", "day, latest or weight", other));
                None
            }
        });
        let page = number(request, "page", &mut complaints).map_or(1, |page| page.max(1.0) as usize);
        Self { asked, order, page, complaints }
    }

    /// Which rows of a list are shown.
    pub fn window(&self, rows: usize) -> Window {
        Window { offset: (self.page - 1).saturating_mul(rows), limit: rows }
    }

    /// Whether nothing is left out.
    pub fn is_open(&self) -> bool {
        self.asked == Asked::default()
    }

    /// As it stands in an address, without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Asked { query, standing, words, outlet } = &self.asked;
        let from = query.days.map(|days| days.earliest).filter(|day| *day > Date::MIN);
        let to = query.days.map(|days| days.latest).filter(|day| *day < Date::MAX);
        let order = self.order.map(|order| match order {
            Order::Day => "day",
            Order::Latest => "latest",
            Order::Weight => "weight",
        });
        let pairs = [
            ("q", words.clone()),
            ("from", from.map(|day| day.to_string())),
            ("to", to.map(|day| day.to_string())),
            ("about", query.about.clone()),
            ("actor", query.actor.clone()),
            ("place", query.place.clone()),
            ("type", query.event_type.map(|one| one.to_string())),
            ("verdict", query.verdict.map(|one| one.to_string())),
            ("undecided", query.undecided.then(|| "yes".to_owned())),
            ("status", query.status.map(|one| one.to_string())),
            ("standing", standing.map(|one| one.to_string())),
            ("killed", query.min_killed.map(|n| n.to_string())),
            ("outlet", outlet.clone()),
            ("report", query.reports.iter().flatten().next().cloned()),
            ("order", order.map(str::to_owned)),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address of a view with these filters, some of them otherwise; without a value one is left out.
    pub fn address(&self, path: &str, otherwise: &[(&str, Option<&str>)]) -> String {
        let mut pairs: Vec<(&str, String)> = self.pairs();
        pairs.retain(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
        pairs.extend(otherwise.iter().filter_map(|(name, value)| Some((*name, (*value)?.to_owned()))));
        with(path, &pairs)
    }
}

/// A path with what stands behind its question mark.
pub fn with(path: &str, pairs: &[(&str, String)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// The address of an event.
pub fn of_event(id: &str) -> String {
    format!("/event/{}", escaped(id))
}

/// The same with one value of an attribute picked out.
pub fn of_value(id: &str, attribute: &str, index: usize) -> String {
    with(&of_event(id), &[("at", format!("{attribute}.{index}"))])
}

/// The address of a report.
pub fn of_report(id: &str) -> String {
    format!("/report/{}", escaped(id))
}

/// The address of a sentence of a report, by its number from one.
pub fn of_sentence(id: &str, sentence: usize) -> String {
    format!("{}#s{sentence}", of_report(id))
}

/// What needs no code in a path.
const OPEN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~').remove(b'.');

/// Slashes stay where no browser would take a step at them.
fn escaped(id: &str) -> String {
    let is_step = |part: &str| matches!(part, "" | "." | "..");
    let all = |id: &str| utf8_percent_encode(id, OPEN).to_string();
    if id.split('/').any(is_step) { all(id) } else { id.split('/').map(all).collect::<Vec<_>>().join("/") }
}

fn complaint(name: &str, expected: &str, found: &str) -> String {
    format!("{name}: expected {expected}, found “{found}”; it was left out")
}

fn days_of(request: &Request, complaints: &mut Vec<String>) -> Option<DayInterval> {
    let mut read = |name: &str| {
        let text = request.asked(name)?;
        let days = DayInterval::parse(&text.replace("..", "/"));
        if days.is_none() {
            complaints.push(complaint(name, "days such as 2015, 2015-04 or 2015-04-15", text));
        }
        days
    };
    let (days, from, to) = (read("days"), read("from"), read("to"));
    if days.is_none() && from.is_none() && to.is_none() {
        return None;
    }
    let earliest = from.map(|from| from.earliest).or(days.map(|days| days.earliest)).unwrap_or(Date::MIN);
    let latest = to.map(|to| to.latest).or(days.map(|days| days.latest)).unwrap_or(Date::MAX);
    Some(DayInterval::new(earliest, latest))
}

fn code<T: std::str::FromStr>(
    request: &Request,
    name: &str,
    mut all: impl Iterator<Item = &'static str>,
    complaints: &mut Vec<String>,
) -> Option<T> {
    let text = request.asked(name)?;
    let known = all.by_ref().find(|known| known.eq_ignore_ascii_case(text));
    if known.is_none() {
        complaints.push(complaint(name, "a code that there is", text));
    }
    known?.parse().ok()
}

fn number(request: &Request, name: &str, complaints: &mut Vec<String>) -> Option<f64> {
    let text = request.asked(name)?;
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0);
    if number.is_none() {
        complaints.push(complaint(name, "a number", text));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let filter = Filter::of(&Request::get(address));
        assert_eq!(filter.address("/", &[]), expected, "{address}: {:?}", filter.complaints);
    }

    #[test]
    fn an_address_is_what_it_asks() {
        check("/", "/");
        check("/?type=assault&page=3", "/?type=ASSAULT");
        check("/?days=2015-04&actor=COL", "/?from=2015-04-01&to=2015-04-30&actor=COL");
        check("/?from=2015&q=two+%22five+men%22", "/?q=two+%22five+men%22&from=2015-01-01");
        check("/?verdict=agreed&undecided=1&standing=news", "/?verdict=agreed&undecided=yes&standing=news");
    }

    #[test]
    fn nonsense_is_named_and_left_out() {
        for address in ["/?type=<script>", "/?from=yesterday", "/?killed=many", "/?page=-1", "/?order=up"] {
            let filter = Filter::of(&Request::get(address));
            assert_eq!((filter.is_open(), filter.complaints.len(), filter.page), (true, 1, 1), "{address}");
        }
    }

    fn check_path(id: &str, expected: &str) {
        let address = of_event(id);
        assert_eq!(address, expected);
        assert_eq!(Request::get(&address).path, format!("event/{id}"));
    }

    #[test]
    fn every_id_has_an_address() {
        check_path("herald/c113", "/event/herald/c113");
        check_path("a b?#%/c1", "/event/a%20b%3F%23%25/c1");
        check_path("../etc/passwd/c1", "/event/..%2Fetc%2Fpasswd%2Fc1");
        check_path("\"><script>/c1", "/event/%22%3E%3Cscript%3E/c1");
        check_path("الجيش/c1", "/event/%D8%A7%D9%84%D8%AC%D9%8A%D8%B4/c1");
    }
}
