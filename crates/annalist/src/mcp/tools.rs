//! *What can be asked?* The tools, with what each takes and gives.

use std::collections::BTreeSet;

use annalist_schema::{DayInterval, EventType};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Desk, Tool, check};
use crate::archive::{Error, Since};
use crate::briefing::{Briefing, CellLine, Detail, Entry, Wish};
use crate::days;
use crate::pile::Citation;
use crate::query::{FigureRow, ProcessRow, Query};
use crate::rows::told_row;

/// Every tool; more than nine of them a model does not choose among well.
pub static TOOLS: &[Tool] = &[
    Tool {
        name: "situation_overview",
        title: "Overview",
        description: "What the archive holds and its weightiest news, with disputes, talks and gaps, each line with its sentences. Ask \
            this first.",
        input: || {
            object(
                &[(
                    "since",
                    "Tells apart what reports of this day or later are the first to tell, such as 2024-02-11.",
                )],
                &[],
            )
        },
        output: || gives(&[("holds", "string"), ("parts", "array")]),
        call: overview,
    },
    Tool {
        name: "search_events",
        title: "Search events",
        description: "Events by days, actor, place and type, or sentences by words, with ids for get_event.",
        input: || {
            object(
                &[
                    ("words", "Words that a sentence of the event must have."),
                    ("days", "2024, 2024-02, 2024-02-11 or 2024-02-05..2024-02-29."),
                    ("actor", "Part of a name, or a country or sector code."),
                    ("place", "A place, state or country."),
                    ("type", "A PLOVER type, such as ASSAULT, PROTEST, CONSULT."),
                    ("limit", "At most so many, 20 unless given."),
                ],
                &[],
            )
        },
        output: || gives(&[("events", "array"), ("sentences", "array"), ("n_found", "integer")]),
        call: search,
    },
    Tool {
        name: "get_event",
        title: "One event",
        description: "One event with every attribute, every value that a report gives, who says so, the verdict and the sentences.",
        input: || object(&[("id", "Id of the event, or of a claim of it.")], &["id"]),
        output: || gives(&[("events", "array")]),
        call: event,
    },
    Tool {
        name: "get_figures",
        title: "Figures",
        description: "How many killed, wounded, troops and so on, one row a figure: by whose words, with the sentences. Figures that \
            differ are all given.",
        input: || {
            object(
                &[
                    ("what", "killed, wounded, troops …"),
                    ("days", "As in search_events."),
                    ("actor", "As there."),
                    ("place", "As there."),
                ],
                &[],
            )
        },
        output: || gives(&[("figures", "array")]),
        call: figures,
    },
    Tool {
        name: "get_process",
        title: "Talks and agreements",
        description: "Where talks and agreements stand and how they got there, state by state, with the sentences.",
        input: || object(&[("actor", "A party."), ("days", "As in search_events.")], &[]),
        output: || gives(&[("states", "array")]),
        call: processes,
    },
    Tool {
        name: "compare_reports",
        title: "Two reports side by side",
        description: "What two reports both tell, what only one of them tells, and on what they differ.",
        input: || object(&[("one", "Id of a report."), ("other", "Id of another.")], &["one", "other"]),
        output: || {
            gives(&[("both", "array"), ("only_one", "array"), ("only_other", "array"), ("differ", "array")])
        },
        call: side_by_side,
    },
    Tool {
        name: "what_changed",
        title: "What changed",
        description: "What was added, revised, disputed or resolved since a day.",
        input: || object(&[("since", "A day, such as 2024-02-11, or `yesterday`.")], &["since"]),
        output: || gives(&[("changes", "array")]),
        call: changes,
    },
    Tool {
        name: "check_claim",
        title: "Check a claim",
        description: "Whether the reports support or contradict a sentence, or say nothing of it, with their sentences. Give one whole \
            sentence with who, what, when and where. `absent` is not false.",
        input: || object(&[("sentence", "The sentence.")], &["sentence"]),
        output: || {
            let mut schema = gives(&[
                ("verdict", "string"),
                ("reason", "string"),
                ("quotes", "array"),
                ("against", "array"),
                ("events", "array"),
            ]);
            schema["properties"]["verdict"]["enum"] = json!(["supported", "contradicted", "absent"]);
            schema
        },
        call: |desk, arguments| {
            check::check(desk, text(arguments, "sentence").ok_or("expected a `sentence`, found none")?)
        },
    },
];

/// A schema of texts.
fn object(properties: &[(&str, &str)], required: &[&str]) -> Value {
    let property = |&(name, description): &(&str, &str)| {
        let kind = if name == "limit" { "integer" } else { "string" };
        (name.to_owned(), json!({"type": kind, "description": description}))
    };
    let properties: serde_json::Map<_, _> = properties.iter().map(property).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn gives(properties: &[(&str, &str)]) -> Value {
    let required: Vec<_> = properties.iter().map(|(name, _)| *name).collect();
    let properties: serde_json::Map<_, _> =
        properties.iter().map(|(name, kind)| ((*name).to_owned(), json!({"type": kind}))).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn text<'a>(arguments: &'a Value, name: &str) -> Option<&'a str> {
    arguments[name].as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn in_words(error: Error) -> String {
    error.to_string()
}

fn today() -> Date {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}

fn query(arguments: &Value) -> Result<Query, String> {
    let days: Option<DayInterval> = text(arguments, "days")
        .map(|text| days::parse(text, today()))
        .transpose()
        .map_err(|error| error.to_string())?;
    let event_type = text(arguments, "type").map(|text| text.to_uppercase().parse::<EventType>());
    Ok(Query {
        days,
        actor: text(arguments, "actor").map(str::to_owned),
        place: text(arguments, "place").map(str::to_owned),
        event_type: event_type.transpose().map_err(|error| error.to_string())?,
        ..Query::default()
    })
}

fn answer(desk: &Desk<'_>, query: &Query) -> Result<Briefing, String> {
    desk.archive.answer(query, None, Detail::Whole).map_err(in_words)
}

fn overview(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let since = text(arguments, "since").map(|text| days::parse(text, today())).transpose();
    let since = since.map_err(|error| error.to_string())?.map(|days| days.earliest);
    let wish = Wish { since, ..Wish::default() };
    let briefing = desk.archive.briefing(wish).map_err(in_words)?;
    let front = serde_json::to_value(&briefing.front).unwrap_or_default();
    Ok(
        json!({"holds": format!("{}; {}", briefing.front.period, briefing.front.outlets), "parts": front["parts"]}),
    )
}

fn search(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let query = query(arguments)?;
    let limit = arguments["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(20);
    if let Some(words) = text(arguments, "words") {
        let mut found = desk.archive.search(words, &query, None).map_err(in_words)?;
        let n_found = found.len();
        found.truncate(limit);
        return Ok(json!({"events": [], "sentences": found, "n_found": n_found}));
    }
    let answer = answer(desk, &query)?;
    let entries = answer.timeline();
    let rows: Vec<_> = entries.iter().take(limit).map(|entry| brief(entry)).collect();
    Ok(json!({"events": rows, "sentences": [], "n_found": entries.len()}))
}

/// An event in short.
fn brief(entry: &Entry) -> Value {
    json!({
        "id": entry.id, "date": entry.date, "code": entry.code, "actors": entry.actors, "recipients": entry.recipients,
        "place": entry.place, "statuses": entry.statuses, "attributed_to": entry.attributed_to,
        "differ": entry.cells.iter().filter(|cell| cell.is_open()).map(|cell| &cell.attribute).collect::<Vec<_>>(),
        "sentences": entry.citations.iter().map(quote).collect::<Vec<_>>(),
    })
}

fn quote(citation: &Citation) -> Value {
    json!({"report": citation.report, "sentence": citation.sentence, "text": citation.text})
}

fn event(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let id = text(arguments, "id").ok_or("expected an `id`, found none")?;
    let found = desk.archive.explain(id).map_err(in_words)?;
    Ok(json!({"events": found.timeline().into_iter().map(told_row).collect::<Vec<_>>()}))
}

fn figures(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let answer = answer(desk, &query(arguments)?)?;
    let mut rows = FigureRow::of(&answer.timeline());
    if let Some(what) = text(arguments, "what") {
        rows.retain(|row| row.figure.what == what);
    }
    Ok(json!({"figures": rows}))
}

fn processes(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let answer = answer(desk, &query(arguments)?)?;
    Ok(json!({"states": ProcessRow::of(&answer.processes)}))
}

fn side_by_side(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let [one, other] = ["one", "other"].map(|name| text(arguments, name));
    let (Some(one), Some(other)) = (one, other) else {
        return Err("expected the ids of two reports as `one` and `other`".to_owned());
    };
    let reports = Some(BTreeSet::from([one.to_owned(), other.to_owned()]));
    let answer = answer(desk, &Query { reports, ..Query::default() })?;
    let tells =
        |entry: &Entry, report: &str| entry.citations.iter().any(|citation| citation.report == report);
    let (mut both, mut only_one, mut only_other, mut differ) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for entry in answer.timeline() {
        match (tells(entry, one), tells(entry, other)) {
            (true, true) => {
                both.push(brief(entry));
                let is_between = |cell: &&CellLine| {
                    cell.is_open()
                        && [one, other]
                            .iter()
                            .all(|report| cell.citations().any(|citation| citation.report == **report))
                };
                differ.extend(
                    entry
                        .every
                        .iter()
                        .filter(is_between)
                        .map(|cell| json!({"event": entry.id, "cell": cell})),
                );
            }
            (true, false) => only_one.push(brief(entry)),
            _ => only_other.push(brief(entry)),
        }
    }
    Ok(json!({"both": both, "only_one": only_one, "only_other": only_other, "differ": differ}))
}

fn changes(desk: &Desk<'_>, arguments: &Value) -> Result<Value, String> {
    let since = text(arguments, "since").ok_or("expected a day as `since`, found none")?;
    let since = Since::parse(since, today()).map_err(|error| error.to_string())?;
    Ok(json!({"changes": desk.archive.changes(since).map_err(in_words)?}))
}
