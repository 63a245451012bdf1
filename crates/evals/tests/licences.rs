//! *Is every licence said once and right?* The table in `NOTICE` against the manifests, the READMEs beside the data and the
//! cards of the models.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The licence of what has no row of its own.
const OWN: &str = "MIT OR Apache-2.0";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(&path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Licences by the path that their row names, with whom to credit.
fn table(notice: &str) -> BTreeMap<String, (String, String)> {
    let rows = notice.lines().filter(|line| line.starts_with("| ")).skip(1);
    let cells = |row: &str| -> Vec<String> {
        row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    rows.map(|row| match &cells(row)[..] {
        [path, licence, credit] => {
            (path.trim_start_matches('/').to_owned(), (licence.clone(), credit.clone()))
        }
        _ => panic!("NOTICE: expected three columns, found {row}"),
    })
    .collect()
}

fn licence<'t>(table: &'t BTreeMap<String, (String, String)>, path: &str) -> &'t str {
    let fitting = table.iter().filter(|(prefix, _)| path.starts_with(prefix.as_str()));
    &fitting.max_by_key(|(prefix, _)| prefix.len()).unwrap().1.0
}

/// Every file below a folder, as a path from the root.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// What a crate's own files are under together with what it puts into the program.
fn expression<'l>(licences: impl Iterator<Item = &'l str>) -> String {
    let further: BTreeSet<&str> =
        licences.filter(|one| *one != OWN).flat_map(|one| one.split(" AND ")).collect();
    let joined: String = further.iter().map(|one| format!(" AND {one}")).collect();
    if joined.is_empty() { OWN.to_owned() } else { format!("({OWN}){joined}") }
}

/// The paths below `data` and `models` that a crate's source names to put them into the program; of a folder, all its files.
fn included(room: &str) -> BTreeSet<String> {
    let sources = files(&format!("crates/{room}/src")).into_iter().filter(|path| path.ends_with(".rs"));
    let mut found = BTreeSet::new();
    for source in sources {
        for literal in read(&source).split('"').skip(1).step_by(2) {
            let path = literal.trim_start_matches("../");
            if path.len() < literal.len() && (path.starts_with("data/") || path.starts_with("models/")) {
                match path.strip_suffix('/') {
                    Some(folder) => found.extend(files(folder)),
                    None => found.extend([path.to_owned()]),
                }
            }
        }
    }
    found
}

fn manifest_licence(room: &str) -> String {
    let line = |text: &str, start: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(start).map(str::to_owned));
        found.map(|value| value.trim_matches('"').to_owned())
    };
    line(&read(format!("crates/{room}/Cargo.toml")), "license = ")
        .unwrap_or_else(|| line(&read("Cargo.toml"), "license = ").unwrap())
}

#[test]
fn every_row_is_of_files_that_there_are_and_credits_somebody() {
    let notice = read("NOTICE");
    for (path, (licence, credits)) in table(&notice) {
        assert!(root().join(&path).exists(), "NOTICE has a row for {path}, which is not there");
        for one in licence.split([' ', '(', ')']).filter(|one| !["AND", "OR", ""].contains(one)) {
            assert!(
                notice.lines().any(|line| line.starts_with(&format!("{one}: "))),
                "{path}: where is {one}?"
            );
        }
        let credits: Vec<&str> = if path.is_empty() { Vec::new() } else { credits.split(", ").collect() };
        for credit in credits {
            let has_credit = notice.lines().any(|line| line.starts_with(credit) && line.contains(':'));
            assert!(has_credit, "{path}: no credit of {credit}");
        }
    }
    assert!(
        notice.contains(read("data/gazetteer/NOTICE.part").trim()),
        "NOTICE.part is not what NOTICE says"
    );
}

#[test]
fn manifests_name_what_their_crates_put_into_the_program() {
    let table = table(&read("NOTICE"));
    let rooms: Vec<String> = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut all = BTreeSet::new();
    for room in &rooms {
        let paths = included(room);
        let expected = expression(paths.iter().map(|path| licence(&table, path)));
        all.extend(paths);
        // In the command travels what its crates put into it.
        if room != "cli" {
            assert_eq!(manifest_licence(room), expected, "crates/{room}/Cargo.toml");
        }
    }
    let expected = expression(all.iter().map(|path| licence(&table, path)));
    assert_eq!(manifest_licence("cli"), expected, "crates/cli/Cargo.toml");
    assert!(all.contains("data/ontology/plover.toml") && all.contains("models/layers.onnx"), "{all:?}");
}

/// What a README says a file beside it is under: the licence in the row that names it, or else that of the whole folder.
fn said<'r>(readme: &'r str, file: &str, licences: &BTreeSet<&str>) -> Option<&'r str> {
    let names_it = |cell: &str| {
        let name = cell.trim().trim_matches('`');
        name == file || name.ends_with('/') && file.starts_with(name)
    };
    let rows = readme.lines().filter(|line| line.starts_with('|'));
    let mut of_row = rows
        .filter(|row| row.split('|').nth(1).is_some_and(names_it))
        .filter_map(|row| row.split('|').map(str::trim).find(|cell| licences.contains(cell)));
    of_row.next().or_else(|| readme.lines().find_map(|line| line.strip_prefix("**Licence.** ")))
}

#[test]
fn readmes_say_of_every_file_what_the_notice_says() {
    let table = table(&read("NOTICE"));
    let licences: BTreeSet<&str> = table.values().map(|(licence, _)| licence.as_str()).collect();
    let mut n_files = 0;
    for path in files("data").iter().filter(|path| !path.ends_with("README.md")) {
        let folder = path.split('/').take(2).collect::<Vec<_>>().join("/");
        let readme = read(format!("{folder}/README.md"));
        let file = &path[folder.len() + 1..];
        assert_eq!(
            said(&readme, file, &licences),
            Some(licence(&table, path)),
            "{folder}/README.md on {file}"
        );
        n_files += 1;
    }
    assert!(n_files > 40, "{n_files} files");
    for card in ["models/CARD.md", "models/fast/CARD.md"] {
        let expected = licence(&table, card).replace("CC-BY-SA-4.0", "CC BY-SA 4.0");
        for name in expected.split(" AND ") {
            assert!(read(card).contains(name), "{card} does not name {name}");
        }
    }
}

#[test]
fn wrong_words_are_found() {
    let table = table(
        "| Files | Licence | Credit |\n|---|---|---|\n| / | MIT OR Apache-2.0 | us |\n| data/a.tsv | CC-BY-4.0 | A |",
    );
    assert_eq!((licence(&table, "data/a.tsv"), licence(&table, "data/b.tsv")), ("CC-BY-4.0", OWN));
    let licences: BTreeSet<&str> = [OWN, "CC-BY-4.0"].into();
    let check = |readme: &str, expected: Option<&str>| assert_eq!(said(readme, "a.tsv", &licences), expected);
    check("| `a.tsv` | towns | CC-BY-4.0 |", Some("CC-BY-4.0"));
    check("| `b.tsv` | towns | CC-BY-4.0 |\n\n**Licence.** MIT OR Apache-2.0", Some(OWN));
    check("| `a.tsv` | towns | public domain |", None);
    assert_eq!(expression([OWN].into_iter()), OWN);
    assert_eq!(
        expression([OWN, "MIT AND CC-BY-4.0"].into_iter()),
        "(MIT OR Apache-2.0) AND CC-BY-4.0 AND MIT"
    );
}
