//! *How do events look on TimelineJS?* Its JSON: dates, a headline, a text; what is not known to the day has its days as words.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::account::Told;
use super::layout::Kind::{Object, Text};
use super::layout::{Column, column, object};
use crate::briefing::words;
use crate::plain;

/// Fields of an event.
pub static FIELDS: &[Column<Told>] = &[
    column("unique_id", Text, "", "Our id.", |told| told.event.id.clone().into()),
    column("start_date", Object, "year, month, day", "First day.", |told| {
        told.days().map_or(Value::Null, |days| date(days.earliest))
    }),
    column("end_date", Object, "year, month, day", "Last day, where it is another.", |told| {
        let days = told.days().filter(|days| days.earliest != days.latest);
        days.map_or(Value::Null, |days| date(days.latest))
    }),
    column("display_date", Text, "", "The days as they are known, where they are not one day.", |told| {
        let days = told.days().filter(|days| days.earliest != days.latest);
        days.map_or(Value::Null, |days| days.format().into())
    }),
    column(
        "text",
        Object,
        "HTML, escaped",
        "`headline`: who does what to whom; `text`: place, status, the sentences with their outlets.",
        text,
    ),
    column("group", Text, "PLOVER", "The type.", |told| {
        told.event.event_type.map_or(Value::Null, |one| one.as_str().into())
    }),
];

/// What is lost.
pub static LOST: &[&str] =
    &["Events without a day.", "Codes, figures and verdicts as values: the text is for people."];

/// Why an event is left out, if it is.
pub fn obstacle(told: &Told) -> Option<&'static str> {
    told.days().is_none().then_some("without a day")
}

fn date(day: Date) -> Value {
    json!({"year": day.year(), "month": day.month(), "day": day.day()})
}

fn text(told: &Told) -> Value {
    let mut parts: Vec<String> = Vec::new();
    let place = told.event.place.as_ref().map(words::place);
    parts.extend(place.map(|place| format!("<p>{}</p>", html(&place))));
    let status = told.status();
    if status != annalist_schema::Status::Happened {
        parts.push(format!("<p>{status}</p>"));
    }
    for saying in &told.sayings {
        let outlet = saying.source.outlet().unwrap_or(&saying.source.report.id);
        parts.push(format!("<p>“{}” — {}</p>", html(&words::one_line(saying.quote())), html(outlet)));
    }
    parts.dedup();
    json!({"headline": html(&words::event(&told.event)), "text": parts.concat()})
}

/// Words of others, which are no markup.
fn html(text: &str) -> String {
    let line = plain::line(text);
    line.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Writes one timeline.
pub fn write(out: &mut dyn Write, events: impl Iterator<Item = Told>, n_reports: usize) -> io::Result<()> {
    let title = json!({"text": {"headline": "Annals", "text": format!("{n_reports} reports")}});
    write!(out, "{{\"title\":{title},\"events\":[")?;
    for (at, told) in events.enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{}", plain::json(&object(FIELDS, &told))?)?;
    }
    writeln!(out, "\n]}}")
}
