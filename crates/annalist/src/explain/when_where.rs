//! *Why these days and these places?* Sentence by sentence: each time expression with its rule, its anchor and its other
//! readings, each place name with the reason and the runner-up, each event with the day and place that it got.

use std::fmt::Write;

use annalist_schema::{Claim, Reading, Report, Span, Timex, Toponym};

use super::{Part, date, line, place, quote_sentence, quoted};
use crate::briefing::words::one_line;
use crate::plain;

/// The times and places of a report, each explained for a person.
pub fn when_where(report: &Report, reading: &Reading) -> String {
    let mut out = format!("{}\n", one_line(&report.id));
    published(&mut out, reading);
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let parts = parts(&report.text, reading, index as u32, *sentence);
        if !parts.is_empty() {
            out.push_str(&quote_sentence(index as u32, sentence.of(&report.text)));
            parts.iter().for_each(|part| line(&mut out, part));
        }
    }
    out.push('\n');
    plain::text(&out).into_owned()
}

/// What all times are counted from in the end.
fn published(out: &mut String, reading: &Reading) {
    let Some(published) = &reading.report.published else {
        out.push_str("  published    on a day that nothing tells\n");
        return;
    };
    let _ = writeln!(out, "  published    {} ({})", published.value.format(), published.basis);
    published.why.iter().for_each(|why| line(out, &("", String::new(), format!("because {why}"))));
}

fn parts(text: &str, reading: &Reading, index: u32, sentence: Span) -> Vec<Part> {
    let is_inside = |start: u32| sentence.start <= start && start < sentence.end;
    let timexes = reading.timexes.iter().filter(|timex| is_inside(timex.span.start));
    let toponyms = reading.toponyms.iter().filter(|toponym| is_inside(toponym.span.start));
    let claims = reading.claims.iter().filter(|claim| claim.sentence == index);
    let mut parts: Vec<Part> = timexes.flat_map(|timex| of_timex(text, timex)).collect();
    parts.extend(toponyms.flat_map(|toponym| of_toponym(text, toponym)));
    parts.extend(claims.flat_map(|claim| of_claim(text, claim)));
    parts
}

fn of_timex(text: &str, timex: &Timex) -> Vec<Part> {
    let days = timex.days.map(|days| days.format()).filter(|days| *days != timex.value);
    let days = days.map_or(String::new(), |days| format!(" = {days}"));
    let words = quoted(text, timex.span.into());
    let mut parts = vec![("time", words, format!("{} {}{days}", timex.kind, timex.value))];
    parts.push(note(format!("rule {}: {}", timex.rule, timex.why)));
    parts.extend(timex.anchor.as_ref().map(|anchor| note(format!("anchor {anchor}"))));
    parts.extend(timex.alternatives.iter().map(|other| note(format!("or {other}"))));
    parts
}

fn of_toponym(text: &str, toponym: &Toponym) -> Vec<Part> {
    let point = toponym.lat.zip(toponym.lon).map_or(String::new(), |(lat, lon)| format!(" at {lat}, {lon}"));
    let country = toponym.country.map_or(String::new(), |country| format!(", {country}"));
    let id = toponym.geonames_id.map_or(String::new(), |id| format!(", GeoNames {id}"));
    let value = format!("{}{country} ({} {}){point}{id}", toponym.name, toponym.kind, toponym.feature);
    let mut parts = vec![("place name", quoted(text, toponym.span.into()), value)];
    parts.extend(toponym.why.iter().map(|why| note(why.clone())));
    parts
}

fn of_claim(text: &str, claim: &Claim) -> Vec<Part> {
    let event_type = claim.event_type.map_or("no PLOVER type", |event_type| event_type.as_str());
    let mut parts = vec![("event", quoted(text, claim.trigger), format!("{} {event_type}", claim.id))];
    let nowhere = [("date", "none that the report tells"), ("place", "none that the report tells")];
    let [no_date, no_place] = nowhere.map(|(role, value)| (role, String::new(), value.to_owned()));
    parts.push(date(claim).unwrap_or(no_date));
    parts.push(place(text, claim).unwrap_or(no_place));
    parts
}

/// A line that goes on about the one above it.
fn note(text: String) -> Part {
    ("", String::new(), format!("  {text}"))
}

#[cfg(test)]
mod tests {
    use annalist_read::{Options, Reader, Tier};
    use annalist_schema::DayInterval;

    use super::*;

    /// Every one of these stands in the explanation, in this order.
    fn check(text: &str, published: &str, expected: &[&str]) {
        let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).expect("it loads");
        let published = DayInterval::parse(published);
        let report = Report { id: "r".to_owned(), text: text.to_owned(), published, ..Report::default() };
        let reading = reader.read(std::slice::from_ref(&report)).remove(0);
        let explained = when_where(&report, &reading);
        let mut rest = explained.as_str();
        for words in expected {
            rest = rest.split_once(words).unwrap_or_else(|| panic!("{words} in {explained}")).1;
        }
    }

    #[test]
    fn times_show_rule_anchor_and_alternatives() {
        check(
            "Rebels attacked a convoy near Mosul last August.",
            "2024-02-11",
            &[
                "published    2024-02-11 (given)",
                "sentence 1: Rebels attacked",
                "time         DATE 2023-08  “last August”",
                "rule relative: the last one before the day of publication",
                "anchor 2024-02-11",
                "event",
                "“attacked”",
                "date         2023-08",
                "place        Mosul, IRQ  “Mosul”",
            ],
        );
        check("Talks on Friday.", "2024-02-11", &["DATE 2024-02-09", "no tense tells", "or 2024-02-16"]);
        check("Talks on Friday.", "", &["on a day that nothing tells", "XXXX-WXX-5"]);
    }

    #[test]
    fn places_show_the_reason_and_the_runner_up() {
        check(
            "Gunmen killed two people in Tripoli, Lebanon.",
            "",
            &[
                "place name   Tripoli, LBN (literal city)",
                "the words beside it say so",
                "rather than Tripoli",
            ],
        );
    }
}
