//! *Which meetings are announced, for a calendar?* iCalendar (RFC 5545): what is planned to be met about, and dates set for
//! talks.

use std::io::{self, Write};

use annalist_schema::{DayInterval, EventType, ProcessCode, Status};
use jiff::ToSpan;
use serde_json::Value;

use super::account::{Account, Told};
use super::compact;
use super::layout::Kind::Text;
use super::layout::{Column, cell, column, maybe};
use crate::briefing::words;

/// Something that is to be met about.
pub struct Meeting {
    id: String,
    days: DayInterval,
    summary: String,
    description: String,
    place: Option<String>,
    point: Option<(f64, f64)>,
    url: Option<String>,
    /// The last day on which a report of it was published.
    stamped: Option<jiff::civil::Date>,
}

/// Longer than that nobody keeps free.
const LONGEST_DAYS: i64 = 31;

/// Properties of an entry.
pub static PROPERTIES: &[Column<Meeting>] = &[
    column("UID", Text, "", "Our id.", |meeting| format!("{}@annalist", meeting.id).into()),
    column(
        "DTSTAMP",
        Text,
        "instant",
        "The last day on which a report of it was published, at midnight: the same reports give the same bytes.",
        |meeting| {
            let day = meeting.stamped.unwrap_or(meeting.days.earliest);
            format!("{}T000000Z", compact(day)).into()
        },
    ),
    column("DTSTART;VALUE=DATE", Text, "day", "First day.", |meeting| compact(meeting.days.earliest).into()),
    column("DTEND;VALUE=DATE", Text, "day", "The day after the last, as the format wants it.", |meeting| {
        let after = meeting.days.latest.checked_add(1.day()).unwrap_or(meeting.days.latest);
        compact(after).into()
    }),
    column("SUMMARY", Text, "", "Who meets whom, or which talks.", |meeting| meeting.summary.clone().into()),
    column(
        "DESCRIPTION",
        Text,
        "",
        "The sentences, with their outlets; where more than a day is possible, that any of these days may be meant.",
        |meeting| meeting.description.clone().into(),
    ),
    column("LOCATION", Text, "", "The place.", |meeting| maybe(meeting.place.clone())),
    column("GEO", Text, "degrees north;east", "Its point.", |meeting| {
        maybe(meeting.point.map(|(lat, lon)| format!("{lat};{lon}")))
    }),
    column("URL", Text, "", "Address of the first report that has one.", |meeting| {
        maybe(meeting.url.clone())
    }),
    column("STATUS", Text, "", "`TENTATIVE`: it is announced.", |_| "TENTATIVE".into()),
    column("TRANSP", Text, "", "`TRANSPARENT`: it takes none of your time.", |_| "TRANSPARENT".into()),
];

/// What is lost.
pub static LOST: &[&str] = &[
    "Everything that is not an announced meeting with days, or a date set for talks; what is announced for more than a month.",
    "Hours: reports rarely give them with their zone.",
];

/// The meetings of an account, by day.
pub fn meetings(account: &Account) -> Vec<Meeting> {
    let mut meetings: Vec<_> = account.events().filter_map(|told| of_event(&told)).collect();
    meetings.extend(of_processes(account));
    meetings.retain(|meeting| meeting.days.n_days() <= LONGEST_DAYS);
    meetings.sort_by(|one, other| (one.days, &one.id).cmp(&(other.days, &other.id)));
    meetings
}

fn of_event(told: &Told) -> Option<Meeting> {
    let is_meeting = matches!(told.event.event_type?, EventType::Consult | EventType::Agree);
    if !is_meeting || told.status() != Status::Planned {
        return None;
    }
    let days = told.days()?;
    let mut lines: Vec<String> = told
        .sayings
        .iter()
        .map(|saying| {
            let outlet = saying.source.outlet().unwrap_or(&saying.source.report.id);
            format!("“{}” ({outlet})", words::one_line(saying.quote()))
        })
        .collect();
    lines.dedup();
    Some(Meeting {
        id: told.event.id.clone(),
        days,
        summary: words::event(&told.event),
        description: described(lines, days),
        place: told.event.place.as_ref().map(words::place),
        point: told.event.place.as_ref().and_then(|place| place.lat.zip(place.lon)),
        url: told.sayings.iter().find_map(|saying| saying.source.report.url.clone()),
        stamped: told.last_published(),
    })
}

fn of_processes(account: &Account) -> impl Iterator<Item = Meeting> {
    account.situation().processes.iter().flat_map(move |process| {
        let set =
            process.transitions.iter().enumerate().filter(|(_, one)| one.code == ProcessCode::Scheduled);
        set.filter_map(move |(at, transition)| {
            let days = transition.date.as_deref().and_then(DayInterval::parse)?;
            let sources = transition.statements.iter().filter_map(|one| account.source(&one.report));
            let lines = transition.statements.iter().map(|one| {
                let outlet = account.source(&one.report).and_then(|source| source.outlet());
                format!("“{}” ({})", words::one_line(&one.quote), outlet.unwrap_or(&one.report))
            });
            Some(Meeting {
                id: format!("{}/{at}", process.process),
                days,
                summary: format!("{}: scheduled", words::process(&process.process)),
                description: described(lines.collect(), days),
                place: None,
                point: None,
                url: sources.clone().find_map(|source| source.report.url.clone()),
                stamped: sources.filter_map(|source| source.published()).map(|days| days.latest).max(),
            })
        })
    })
}

fn described(mut lines: Vec<String>, days: DayInterval) -> String {
    if days.earliest != days.latest {
        lines.insert(0, format!("Known as {}: any of these days may be meant, or all.", days.format()));
    }
    lines.join("\n")
}

/// Writes one calendar.
pub fn write(out: &mut dyn Write, meetings: &[Meeting]) -> io::Result<()> {
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", &format!("PRODID:-//Annalist//{}//EN", super::CODER)] {
        put(out, line)?;
    }
    for meeting in meetings {
        put(out, "BEGIN:VEVENT")?;
        for property in PROPERTIES {
            let value = (property.fill)(meeting);
            if value != Value::Null {
                put(out, &format!("{}:{}", property.name, escaped(property.name, &cell(&value))))?;
            }
        }
        put(out, "END:VEVENT")?;
    }
    put(out, "END:VCALENDAR")
}

/// Words of others on one logical line; the numbers of a point are parted by a sign that texts must escape.
fn escaped(name: &str, text: &str) -> String {
    if matches!(name, "GEO" | "URL") {
        return crate::plain::line(text);
    }
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    let lines: Vec<_> = text.lines().map(crate::plain::line).collect();
    lines.join("\\n")
}

/// A line in pieces of at most 75 bytes, each but the first after a space; no character is cut.
fn put(out: &mut dyn Write, line: &str) -> io::Result<()> {
    let (mut width, mut piece) = (75, String::new());
    for character in line.chars() {
        if piece.len() + character.len_utf8() > width {
            write!(out, "{piece}\r\n ")?;
            (width, piece) = (74, String::new());
        }
        piece.push(character);
    }
    write!(out, "{piece}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        put(&mut out, &format!("SUMMARY:{}", escaped("SUMMARY", text))).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn words_end_no_line_and_begin_no_property() {
        check("a,b;c\\d\r\nEND:VEVENT", "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n");
        let long = "é".repeat(40);
        check(&long, &format!("SUMMARY:{}\r\n {}\r\n", "é".repeat(33), "é".repeat(7)));
    }
}
