//! Every format of `annalist export`, read again by readers of our own that are stricter than those of others, on an account
//! with what is hard: three scripts, an emoji, a formula, tabs, a contradiction, a planned meeting, a denial.
//!
//! `ANNALIST_REVIEW=1` rewrites the pages of `docs/formats`.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use annalist::exchange::{Account, Export, FORMATS, Format, Kind, index, names_its_words, page};
use annalist::pile::Pile;
use annalist::schema::{DayInterval, Reading, Report};
use annalist::{Options, Reader, Tier, reconcile};
use serde_json::Value;

const REPORTS: [(&str, &str, &str, &str); 4] = [
    ("=herald/1", "2015-04-15", "Andean Herald", include_str!("../../../examples/cauca/herald.txt")),
    ("lantern", "2015-04-17", "The Havana Lantern", include_str!("../../../examples/cauca/lantern.txt")),
    (
        "ríos 😀",
        "2021-03-03",
        "Diario\t“Ríos”",
        "Señor Ríos 😀 said that rebels killed 12 soldiers in Popayán, Colombia, on 1 March 2021.\n\nPolice said on \
         Tuesday that 9 soldiers had been killed in the attack in Popayán on 1 March. The foreign ministers of Iraq and \
         Turkey will meet in Baghdad on 20 March 2021. Iran denied that it had attacked Erbil on 2 March 2021. Thousands \
         protested in Bogotá on 2 March 2021.",
    ),
    (
        "../up",
        "2021-03-04",
        "<b>Post</b>, Inc; \"x\"",
        "An army spokesman said that 12 soldiers were killed when rebels attacked a patrol in Popayán on 1 March 2021, \
         الحكومة said. The talks between Iraq and Turkey, scheduled for 20 March 2021, will be held in Baghdad.",
    ),
];

fn export() -> Export {
    let report = |(id, published, outlet, text): &(&str, &str, &str, &str)| Report {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        published: DayInterval::parse(published),
        outlet: Some((*outlet).to_owned()),
        url: (*id == "lantern").then(|| "https://lantern.example/a?b=1&c=2".to_owned()),
        ..Report::default()
    };
    let reports: Vec<_> = REPORTS.iter().map(report).collect();
    let readings = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap().read(&reports);
    let situation = reconcile(&readings);
    let entries: Vec<(Report, Reading)> = reports.into_iter().zip(readings).collect();
    let readers = entries.iter().map(|(report, _)| (report.id.clone(), "test".to_owned())).collect();
    Export { account: Account::new(situation, Pile::new(entries)), readers, decisions: Vec::new() }
}

/// What a format writes, by the paths of its files.
fn written(name: &str, export: &Export) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let put = &mut |path: &str, bytes: &[u8]| {
        files.insert(path.to_owned(), String::from_utf8_lossy(bytes).into_owned());
        Ok(())
    };
    Format::of(name).unwrap().write_folder(export, put).unwrap();
    files
}

fn one(name: &str, export: &Export) -> String {
    let mut files = written(name, export);
    assert_eq!(files.len(), 1, "{name}");
    files.pop_first().unwrap().1
}

fn columns(name: &str) -> Vec<annalist::exchange::Described> {
    Format::of(name).unwrap().tables().swap_remove(0).1
}

/// The rows of a table, held to the names and kinds of its columns.
fn table(name: &str, text: &str, delimiter: u8, has_header: bool) -> Vec<Vec<String>> {
    let columns = columns(name);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    if has_header {
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        assert_eq!(rows.remove(0), names, "{name}");
    }
    assert!(!rows.is_empty(), "{name}");
    for row in &rows {
        assert_eq!(row.len(), columns.len(), "{name}");
        for (cell, column) in row.iter().zip(&columns) {
            let fits = cell.is_empty()
                || match column.kind {
                    Kind::Integer => cell.parse::<i64>().is_ok(),
                    Kind::Number => cell.parse::<f64>().is_ok_and(f64::is_finite),
                    Kind::Day => DayInterval::parse(cell).is_some_and(|days| days.n_days() == 1),
                    Kind::Flag => ["true", "false"].contains(&cell.as_str()),
                    _ => !cell.contains(['\u{202e}', '\0']),
                };
            assert!(fits, "{name}: `{cell}` in {}", column.name);
            assert!(delimiter != b',' || !cell.starts_with(['=', '@']), "{name}: a spreadsheet runs {cell}");
        }
    }
    rows
}

fn column_of(name: &str, rows: &[Vec<String>], column: &str) -> Vec<String> {
    let at = columns(name).iter().position(|one| one.name == column).unwrap();
    rows.iter().map(|row| row[at].clone()).collect()
}

#[test]
fn tables_hold_what_their_columns_say() {
    let export = export();
    let rows = table("csv", &one("csv", &export), b',', true);
    assert_eq!(rows.len(), export.account.events().count());
    let ranges: Vec<_> =
        ["killed_low", "killed_best", "killed_high"].map(|name| column_of("csv", &rows, name)).into();
    let told = |at: usize| [&ranges[0][at], &ranges[1][at], &ranges[2][at]].map(String::as_str);
    assert!((0..rows.len()).any(|at| told(at)[0] == "9" && told(at)[2] == "12"), "{ranges:?}");
    for name in ["acled", "ucdp"] {
        table(name, &one(name, &export), b',', true);
    }
    table("polecat", &one("polecat", &export), b'\t', true);
    table("petrarch", &one("petrarch", &export), b'\t', false);
    let events = table("gdelt-events", &one("gdelt-events", &export), b'\t', false);
    let mentions = table("gdelt-mentions", &one("gdelt-mentions", &export), b'\t', false);
    let ids: BTreeSet<_> = column_of("gdelt-events", &events, "GlobalEventID").into_iter().collect();
    assert_eq!(ids.len(), events.len(), "ids are unique");
    let n_mentions: usize =
        column_of("gdelt-events", &events, "NumMentions").iter().map(|n| n.parse::<usize>().unwrap()).sum();
    assert_eq!(n_mentions, mentions.len());
    assert!(column_of("gdelt-mentions", &mentions, "GLOBALEVENTID").iter().all(|id| ids.contains(id)));
    // Codes stay text: leading zeros count.
    assert!(column_of("gdelt-events", &events, "EventRootCode").iter().all(|code| code.len() == 2));
}

#[test]
fn only_what_happened_is_told_as_such() {
    let export = export();
    let happened: BTreeSet<_> = export
        .account
        .events()
        .filter(|told| told.status() == annalist::schema::Status::Happened)
        .map(|told| told.event.id)
        .collect();
    assert!(happened.len() < export.account.events().count());
    for (name, id) in [("polecat", "Event ID"), ("acled", "event_id_cnty"), ("ucdp", "relid")] {
        let delimiter = if name == "polecat" { b'\t' } else { b',' };
        let rows = table(name, &one(name, &export), delimiter, true);
        for id in column_of(name, &rows, id) {
            assert!(happened.contains(annalist::table::unguarded(&id)), "{name}: {id}");
        }
    }
}

#[test]
fn maps_have_points_on_the_earth() {
    let export = export();
    let map: Value = serde_json::from_str(&one("geojson", &export)).unwrap();
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), export.account.events().count());
    assert!(features.iter().any(|feature| feature["geometry"].is_object()));
    for feature in features {
        assert!(feature["properties"].is_object() && feature["id"].is_string());
        if let Some(point) = feature["geometry"].as_object() {
            let at: Vec<_> =
                point["coordinates"].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect();
            assert!(point["type"] == "Point" && at.len() == 2 && at[0].abs() <= 180.0 && at[1].abs() <= 90.0);
        }
    }
}

#[test]
fn records_of_plover_have_what_it_requires() {
    let export = export();
    let lines = one("plover", &export);
    assert!(lines.lines().count() > 3);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(["id", "date", "event"].iter().all(|name| record[name].is_string()), "{line}");
        assert!(record["actor"].as_array().is_some_and(|actors| !actors.is_empty()), "{line}");
        let known: BTreeSet<_> = columns("plover").iter().map(|column| column.name).collect();
        assert!(record.as_object().unwrap().keys().all(|name| known.contains(name.as_str())), "{line}");
    }
    let has = |mode: &str| lines.lines().any(|line| line.contains(&format!("\"{mode}\"")));
    assert!(has("future") && has("negation"), "{lines}");
}

#[test]
fn every_annotation_quotes_the_words_at_its_position() {
    let export = export();
    let annotations: Value = serde_json::from_str(&one("annotations", &export)).unwrap();
    let items = annotations["first"]["items"].as_array().unwrap();
    assert_eq!(annotations["total"], items.len());
    assert_eq!(items.len(), export.account.sayings().count());
    for (item, saying) in items.iter().zip(export.account.sayings()) {
        assert!(names_its_words(item, &saying.source.report.text), "{item}");
        assert!(item["id"].as_str().unwrap().starts_with("urn:annalist:claim:"));
    }
}

#[test]
fn timelines_hold_no_markup_of_others() {
    let export = export();
    let timeline: Value = serde_json::from_str(&one("timelinejs", &export)).unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert!(!events.is_empty());
    for event in events {
        assert!(event["start_date"]["year"].is_number());
        let text = event["text"].to_string();
        assert!(!text.contains("<b>"), "{text}");
    }
}

#[test]
fn calendars_hold_announced_meetings() {
    let calendar = one("ics", &export());
    assert!(
        calendar.lines().count() > 5 && calendar.split_inclusive('\n').all(|line| line.ends_with("\r\n"))
    );
    assert!(calendar.lines().all(|line| line.len() <= 75));
    let whole = calendar.replace("\r\n ", "");
    assert!(
        whole.contains("DTSTART;VALUE=DATE:20210320\r\n") && whole.contains("DTEND;VALUE=DATE:20210321\r\n"),
        "{whole}"
    );
    let count = |line: &str| whole.lines().filter(|one| *one == line).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
}

#[test]
fn notes_lead_to_notes() {
    let notes = written("notes", &export());
    let mut n_links = 0;
    for (path, text) in &notes {
        let parts = Path::new(path).components();
        assert!(parts.into_iter().all(|part| matches!(part, std::path::Component::Normal(_))), "{path}");
        for link in text.split("[[").skip(1) {
            let target = link.split(['|', ']']).next().unwrap();
            assert!(notes.contains_key(&format!("{target}.md")), "{path} leads to {target}");
            n_links += 1;
        }
        // Front matter is data; what stands below it is read as markup.
        let below = text.rsplit_once("\n---\n").map_or(text.as_str(), |(_, below)| below);
        assert!(!below.contains("<b>"), "{path}: {text}");
    }
    assert!(n_links > 20 && notes.contains_key("index.md"));
}

#[test]
fn packages_describe_their_tables() {
    let files = written("datapackage", &export());
    let package: Value = serde_json::from_str(&files["datapackage.json"]).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 4);
    let ids = |resource: &str, field: &str| -> BTreeSet<String> {
        let mut reader = csv::Reader::from_reader(files[&format!("{resource}.csv")].as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == field).unwrap();
        reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
    };
    for resource in resources {
        let mut reader = csv::Reader::from_reader(files[resource["path"].as_str().unwrap()].as_bytes());
        let names: Vec<_> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
        assert!(reader.records().all(|record| record.is_ok_and(|record| record.len() == names.len())));
        for key in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let (own, other) = (text(&key["fields"]), &key["reference"]);
            let there = ids(&text(&other["resource"]), &text(&other["fields"]));
            assert!(ids(&text(&resource["name"]), &own).is_subset(&there), "{own}");
        }
    }
}

#[cfg(feature = "formats")]
#[test]
fn workbooks_are_the_same_each_time() {
    let (one, other) = (written("xlsx", &export()), written("xlsx", &export()));
    assert!(one == other && one["annals.xlsx"].starts_with("PK"));
}

#[test]
fn what_is_made_twice_is_the_same() {
    let (one, other) = (export(), export());
    for format in FORMATS {
        assert_eq!(written(format.name, &one), written(format.name, &other), "{}", format.name);
    }
}

#[test]
fn the_pages_of_the_book_are_made_of_the_tables() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats");
    let pages = FORMATS.iter().map(|format| (format!("{}.md", format.name), page(format)));
    for (name, text) in pages.chain([("README.md".to_owned(), index())]) {
        if std::env::var_os("ANNALIST_REVIEW").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(&name), text).unwrap();
        } else {
            let there = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
            assert_eq!(there, text, "{name}: run the tests with ANNALIST_REVIEW=1");
        }
    }
}
