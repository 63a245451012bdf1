//! *Is anything in the lexicon dead?* Classes that nobody asks for, acts that no entry is, classes that code asks for and
//! nobody has written: such a question is answered "no" for ever.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of all files with an ending below a folder.
fn texts(folder: &Path, ending: &str) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: PathBuf| match path.is_dir() {
        true => texts(&path, ending),
        false if path.to_string_lossy().ends_with(ending) => std::fs::read_to_string(path).unwrap(),
        false => String::new(),
    };
    entries.map(text).collect()
}

/// The words before `=` that begin a line.
fn classes(text: &str) -> BTreeSet<&str> {
    let names = text.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    names
        .filter(|name| name.chars().all(|char| char.is_ascii_lowercase() || matches!(char, '_' | '-')))
        .collect()
}

/// What stands after a mark, as far as a name goes.
fn names_after<'t>(text: &'t str, mark: &'t str) -> BTreeSet<&'t str> {
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
    text.split(mark)
        .skip(1)
        .map(|rest| &rest[..rest.find(|char| !is_name(char)).unwrap_or(rest.len())])
        .collect()
}

/// The classes that a table of finer codes names: `"070" = "military 072, …"`.
fn refining(text: &str) -> BTreeSet<&str> {
    let rows = text.lines().filter(|line| line.starts_with('"'));
    let items = rows.flat_map(|row| row.split('"').nth(3).unwrap_or("").split(','));
    items.filter_map(|item| item.trim().split_once(' ')).map(|(class, _)| class).collect()
}

#[test]
fn nothing_in_the_lexicon_is_dead() {
    let lexicon = root().join("data/lexicon");
    let read = |file: &str| std::fs::read_to_string(lexicon.join(file)).unwrap();
    let (entries, code) = (texts(&lexicon, ".toml"), texts(&root().join("crates/read/src"), ".rs"));
    let (table, refine) = (read("classes.toml"), read("refine.toml"));
    let quoted: BTreeSet<&str> = code.split('"').collect();
    let asked = names_after(&entries, "@");
    let refining = refining(&refine);
    let mut dead = classes(&table);
    dead.retain(|class| !asked.contains(class) && !refining.contains(class) && !quoted.contains(class));
    assert!(dead.is_empty(), "nothing asks for the classes {dead:?}");

    let acts = read("acts.toml");
    let acts = acts
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
        .filter(|act| !act.contains('.'));
    let dead: Vec<&str> =
        acts.filter(|act| !entries.contains(&format!("act = \"{act}\"")) && !quoted.contains(act)).collect();
    assert!(dead.is_empty(), "no entry is one of the acts {dead:?}");
}

#[test]
fn code_asks_for_classes_that_there_are() {
    let table = std::fs::read_to_string(root().join("data/lexicon/classes.toml")).unwrap();
    let code = texts(&root().join("crates/read/src"), ".rs");
    let classes = classes(&table);
    let asked = names_after(&code, "lexicon().is(\"");
    assert!(asked.len() > 10, "{asked:?}");
    let unknown: Vec<_> = asked.difference(&classes).collect();
    assert!(unknown.is_empty(), "there are no classes {unknown:?}");
}

#[test]
fn names_are_told_from_what_is_none() {
    assert_eq!(
        classes("arms = \"gun\"\nbig = \"\"\"tank,\n  ship\"\"\"\n# note = x"),
        ["arms", "big"].into()
    );
    assert_eq!(names_after("need.object = \"@arms, gun, @big\"", "@"), ["arms", "big"].into());
    assert_eq!(refining("\"070\" = \"military 072, food 073\""), ["food", "military"].into());
}
