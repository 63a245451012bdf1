//! *How does an account look as notes that lead to one another?* Markdown files with `[[links]]` and front matter, as Obsidian
//! and its like read them: one a event, party, place and report.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::account::{Account, Told};
use super::layout::object;
use super::tables::{EVENTS, REPORTS};
use crate::briefing::words;
use crate::plain;

/// What is lost.
pub static LOST: &[&str] = &[
    "Nothing of an event's row and sentences; figures one by one, and what others state of each attribute, are in `datapackage`.",
    "The texts of the reports.",
];

/// Where a note is put, and what is in it.
pub type Put<'a> = dyn FnMut(&str, &[u8]) -> io::Result<()> + 'a;

/// Writes a folder of notes.
pub fn write(account: &Account, put: &mut Put<'_>) -> io::Result<()> {
    let mut names = Names::default();
    // What leads to what, by the name of the note.
    let mut leads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut days: Vec<(String, String)> = Vec::new();
    for told in account.events() {
        let name = event_name(&told, &mut names);
        put(&format!("{name}.md"), event(&told, &mut names).as_bytes())?;
        for other in linked(&told, &mut names) {
            leads.entry(other).or_default().insert(name.clone());
        }
        days.push((name, words::event(&told.event)));
    }
    for source in account.sources() {
        let name = names.of("reports", &source.report.id);
        let mut text = front(object(REPORTS, source));
        text += &format!("# {}\n", escape(source.title().unwrap_or(&source.report.id)));
        text += &listed(leads.remove(&name).unwrap_or_default());
        put(&format!("{name}.md"), text.as_bytes())?;
    }
    for (name, events) in leads {
        let title = name.rsplit('/').next().unwrap_or(&name);
        put(&format!("{name}.md"), format!("# {}\n{}", escape(title), listed(events)).as_bytes())?;
    }
    let index: String = days.iter().map(|(name, what)| format!("- [[{name}]] {}\n", escape(what))).collect();
    put("index.md", format!("# Annals\n\n{index}").as_bytes())
}

fn listed(events: BTreeSet<String>) -> String {
    events.into_iter().map(|event| format!("\n- [[{event}]]")).collect::<String>() + "\n"
}

fn event_name(told: &Told, names: &mut Names) -> String {
    let day = told.event.date.as_deref().unwrap_or("undated").replace('/', " to ");
    let event_type = told.event.event_type.map_or("event", |one| one.as_str());
    names.of("events", &format!("{day} {event_type} {}", told.event.id))
}

/// Names of the notes that the note of an event leads to.
fn linked(told: &Told, names: &mut Names) -> Vec<String> {
    let parties = told.event.actors.iter().chain(&told.event.recipients);
    let mut linked: Vec<_> = parties.map(|party| names.of("parties", &party.name)).collect();
    linked.extend(told.spot().name.map(|place| names.of("places", &place)));
    linked.extend(told.sources().iter().map(|source| names.of("reports", &source.report.id)));
    linked
}

fn event(told: &Told, names: &mut Names) -> String {
    let mut text = front(object(EVENTS, told));
    text += &format!("# {}\n\n", escape(&words::event(&told.event)));
    let mut link = |folder: &str, name: &str| format!("[[{}|{}]]", names.of(folder, name), label(name));
    let mut part = |what: &str, links: Vec<String>| {
        if !links.is_empty() {
            text += &format!("{what}: {}\n", links.join(", "));
        }
    };
    part("Who", told.event.actors.iter().map(|party| link("parties", &party.name)).collect());
    part("To whom", told.event.recipients.iter().map(|party| link("parties", &party.name)).collect());
    part("Where", told.spot().name.iter().map(|place| link("places", place)).collect());
    for cell in &told.event.cells {
        let values: Vec<_> = cell.values.iter().map(|value| escape(&words::amount(&value.value))).collect();
        text +=
            &format!("- {} ({}): {}\n", words::attribute(&cell.attribute), cell.verdict, values.join(" | "));
    }
    for saying in &told.sayings {
        let report = &saying.source.report.id;
        let from = format!(
            "[[{}|{}]]",
            names.of("reports", report),
            label(saying.source.outlet().unwrap_or(report))
        );
        text += &format!("\n> {}\n\n— {from}\n", escape(saying.quote()));
    }
    text
}

/// Front matter: JSON is YAML too.
fn front(fields: serde_json::Map<String, serde_json::Value>) -> String {
    let lines =
        fields.iter().map(|(name, value)| format!("{name}: {}\n", plain::json(value).unwrap_or_default()));
    format!("---\n{}---\n", lines.collect::<String>())
}

/// What a link shows.
fn label(name: &str) -> String {
    plain::line(name).replace(['[', ']', '|', '<', '>'], " ")
}

/// Words of others on one line that is neither markup nor HTML.
fn escape(text: &str) -> String {
    crate::briefing::escape(text)
}

/// Names of files: what no system forbids, each thing its own.
#[derive(Default)]
struct Names {
    given: BTreeMap<(String, String), String>,
    taken: BTreeSet<String>,
}

/// Longest name, in bytes; systems take 255.
const LONGEST: usize = 120;

impl Names {
    /// Folder and name of a note, without its ending.
    fn of(&mut self, folder: &str, thing: &str) -> String {
        let key = (folder.to_owned(), thing.to_owned());
        if let Some(name) = self.given.get(&key) {
            return name.clone();
        }
        let plain = format!("{folder}/{}", file_name(thing));
        // Some systems do not tell capitals from others.
        let mut tries = std::iter::once(plain.clone()).chain((2..).map(|n| format!("{plain} {n}")));
        let name = tries.find(|name| self.taken.insert(name.to_lowercase())).unwrap_or(plain);
        self.given.insert(key, name.clone());
        name
    }
}

fn file_name(thing: &str) -> String {
    let is_odd = |character: char| {
        plain::acts(character) || character == '\n' || "\\/:*?\"<>|#^[]%".contains(character)
    };
    let mut name: String =
        thing.chars().map(|character| if is_odd(character) { '-' } else { character }).collect();
    while name.len() > LONGEST {
        name.pop();
    }
    let name = name.trim().trim_start_matches('.').trim_end_matches('.').trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(things: &[&str], expected: &[&str]) {
        let mut names = Names::default();
        let found: Vec<_> = things.iter().map(|thing| names.of("p", thing)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_climb_nowhere_and_are_told_apart() {
        check(&["../../etc/passwd", "a/b", "a:b", "a/b"], &["p/-..-etc-passwd", "p/a-b", "p/a-b 2", "p/a-b"]);
        check(&["Iraq", "IRAQ", "", "..."], &["p/Iraq", "p/IRAQ 2", "p/unnamed", "p/unnamed 2"]);
    }
}
