//! Sentences and stories beside what we expect to read in them, in `cases/`. `ANNALIST_REVIEW=1` rewrites the expectations.

#![allow(clippy::unwrap_used)]
#![cfg(feature = "full")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use annalist::briefing::Briefing;
use annalist::pile::Pile;
use annalist::schema::{Claim, ClaimActor, ClaimPlace, DayInterval, Posture, Quantity, Reading, Report};
use annalist::{Options, Reader, reconcile};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Options::default()).unwrap());

/// A line of a file of cases.
enum Line {
    /// Prose, headings, texts: kept as they are.
    Kept(String),
    /// A block of expectations: its kind, what it says, and how many reports stand before it.
    Expected { kind: String, text: String, n_reports: usize },
}

/// A file of cases: its lines, and its reports in order.
struct Cases {
    lines: Vec<Line>,
    reports: Vec<Report>,
}

impl Cases {
    fn parse(markdown: &str) -> Self {
        let mut cases = Self { lines: Vec::new(), reports: Vec::new() };
        let (mut title, mut published) = (String::new(), None);
        let mut lines = markdown.lines();
        while let Some(line) = lines.next() {
            if let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) {
                let text: String = lines
                    .by_ref()
                    .take_while(|line| *line != "```")
                    .map(|line| format!("{line}\n"))
                    .collect();
                cases.lines.push(Line::Expected {
                    kind: kind.to_owned(),
                    text,
                    n_reports: cases.reports.len(),
                });
                continue;
            }
            if let Some(heading) = line.strip_prefix("## ") {
                heading.clone_into(&mut title);
            } else if let Some(day) = line.strip_prefix("Published: ") {
                published = DayInterval::parse(day);
                assert!(published.is_some() || day == "unknown", "{day} is no date");
            } else if let Some(words) = line.strip_prefix('>') {
                cases.add(&title, published, words.strip_prefix(' ').unwrap_or(words));
            }
            cases.lines.push(Line::Kept(line.to_owned()));
        }
        cases
    }

    /// Another line of the report under a heading.
    fn add(&mut self, title: &str, published: Option<DayInterval>, line: &str) {
        match self.reports.last_mut().filter(|report| report.id == title) {
            Some(report) => report.text.push_str(&format!("{line}\n")),
            None => self.reports.push(Report {
                id: title.to_owned(),
                text: format!("{line}\n"),
                published,
                ..Report::default()
            }),
        }
    }

    /// The file with what is read now in place of what was expected, and the blocks that differ.
    fn read(&self) -> (String, Vec<String>) {
        let readings = READER.read(&self.reports);
        let (mut file, mut differences) = (String::new(), Vec::new());
        for line in &self.lines {
            match line {
                Line::Kept(line) => file.push_str(&format!("{line}\n")),
                Line::Expected { kind, text, n_reports } => {
                    let (reports, readings) = (&self.reports[..*n_reports], &readings[..*n_reports]);
                    let found = block(kind, reports, readings);
                    if found != *text {
                        let title = reports.last().map_or("", |report| &report.id);
                        differences.push(format!("## {title}\nexpected:\n{text}found:\n{found}"));
                    }
                    file.push_str(&format!("```{kind}\n{found}```\n"));
                }
            }
        }
        (file, differences)
    }
}

/// What a block holds: the claims of the last report, or the briefing of all.
fn block(kind: &str, reports: &[Report], readings: &[Reading]) -> String {
    match kind {
        "claims" => readings.last().map(claims).unwrap_or_default(),
        "briefing" => {
            let pile = Pile::new(reports.iter().cloned().zip(readings.iter().cloned()).collect());
            Briefing::new(&reconcile(readings), &pile).to_text(100, false)
        }
        kind => panic!("a block is `claims` or `briefing`, not `{kind}`"),
    }
}

/// One line a claim, a posture, a state of a process, a note, in order of text.
fn claims(reading: &Reading) -> String {
    let mut lines: Vec<_> =
        reading.claims.iter().map(|claim| (claim.trigger, 0, claim_line(claim))).collect();
    lines.extend(reading.postures.iter().map(|posture| (posture.span, 1, posture_line(posture))));
    lines.extend(reading.process_states.iter().map(|state| {
        let date = state.date.map(|date| date.format());
        let parts = [Some(format!("{} {}", state.process, state.code)), date];
        (state.span, 2, format!("{}{}", joined(parts), says(&state.attributed_to)))
    }));
    lines.extend(
        reading.notes.iter().filter_map(|note| Some((note.span?, 3, format!("note {}", note.kind.as_str())))),
    );
    lines.sort();
    lines.into_iter().map(|(_, _, line)| format!("{line}\n")).collect()
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn says(speakers: &[String]) -> String {
    if speakers.is_empty() { String::new() } else { format!(" | says {}", speakers.join(", ")) }
}

/// `ASSAULT aerial 195 | happened | Turkey (TUR MIL) → PKK (TUR REB) | 2019-10-09 | Qandil, IRQ | killed >= 3 | says the army`.
fn claim_line(claim: &Claim) -> String {
    let modes = claim.modes.iter().map(|mode| mode.as_str());
    let cameo = claim.cameo.as_ref().map(|code| code.as_str());
    let code: Vec<_> =
        claim.event_type.map(|kind| kind.as_str()).into_iter().chain(modes).chain(cameo).collect();
    let parties = match claim.recipients.as_slice() {
        [] => actors(&claim.actors),
        recipients => format!("{} → {}", actors(&claim.actors), actors(recipients)),
    };
    let figures: Vec<_> = claim.quantities.iter().map(quantity).collect();
    let figures = (!figures.is_empty()).then(|| figures.join(", "));
    let parts = [
        Some(code.join(" ")),
        Some(format!("{}{}", claim.status, if claim.hedged { ", hedged" } else { "" })),
        Some(parties),
        claim.date.map(|date| date.format()),
        claim.place.as_ref().map(place),
        figures,
    ];
    format!("{}{}{} | {}", joined(parts), says(&claim.attributed_to), denied(claim), claim.rule)
}

fn denied(claim: &Claim) -> String {
    let accounts = claim.accounts.iter().filter(|account| account.denies);
    let by: Vec<_> = accounts.flat_map(|account| &account.attribution).map(|by| by.name.as_str()).collect();
    if by.is_empty() { String::new() } else { format!(" | denied by {}", by.join(", ")) }
}

fn posture_line(posture: &Posture) -> String {
    let at = posture.place.as_ref().map(place);
    let figure = quantity(&posture.quantity);
    let status = posture.status.to_string();
    let date = posture.as_of.map(|date| date.format());
    let forces = format!("forces of {}", actors(std::slice::from_ref(&posture.actor)));
    format!(
        "{}{}",
        joined([Some(forces), Some(status), at, Some(figure), date]),
        says(&posture.attributed_to)
    )
}

fn actors(actors: &[ClaimActor]) -> String {
    let actor = |actor: &ClaimActor| {
        let country = actor.country.map_or("…".to_owned(), |country| country.to_string());
        let sector = actor.sector.map(|sector| format!(" {sector}")).unwrap_or_default();
        let basis = if actor.is_guess() { format!(", {}", actor.basis) } else { String::new() };
        format!("{} ({country}{sector}{basis})", actor.name)
    };
    if actors.is_empty() {
        "…".to_owned()
    } else {
        actors.iter().map(actor).collect::<Vec<_>>().join(" + ")
    }
}

fn place(place: &ClaimPlace) -> String {
    let country = place.country.map(|country| country.to_string());
    [place.name.clone(), country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn quantity(quantity: &Quantity) -> String {
    let upper = quantity.n2.map(|upper| format!("–{upper}")).unwrap_or_default();
    let of = quantity.of.as_ref().map(|of| format!(" {of}")).unwrap_or_default();
    format!("{} {} {}{upper}{of}", quantity.what, quantity.cmp, quantity.n)
}

/// Holds a file of cases against what is read now; under review writes it anew.
fn check(path: &Path) {
    let markdown = std::fs::read_to_string(path).unwrap();
    let (file, differences) = Cases::parse(&markdown).read();
    if std::env::var_os("ANNALIST_REVIEW").is_some() {
        std::fs::write(path, file).unwrap();
        return;
    }
    assert!(
        differences.is_empty(),
        "{}: not read as expected; if it is read better now, run `just review` and look at the difference\n\n{}",
        path.display(),
        differences.join("\n")
    );
}

fn check_folder(folder: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_case =
        |path: &PathBuf| path.extension().is_some_and(|end| end == "md") && !path.ends_with("README.md");
    let mut paths: Vec<_> = entries.filter(is_case).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.iter().for_each(|path| check(path));
}

#[test]
fn sentences_give_the_claims_we_expect() {
    check_folder("cases");
}

#[test]
fn stories_give_the_briefing_we_expect() {
    check_folder("cases/stories");
}
