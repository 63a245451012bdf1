//! The picture of who may know whom, held against the manifests.
//!
//! ```text
//! faces        cli        py        evals
//! screen        page
//! front door          annalist
//! stages       read   reconcile   outlook       (they meet only in schema)
//! ground          schema ← data
//! ```

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Room, and the rooms it may depend on.
const PICTURE: &[(&str, &[&str])] = &[
    ("schema", &[]),
    ("data", &["schema"]),
    ("read", &["schema", "data"]),
    ("reconcile", &["schema"]),
    ("outlook", &["schema"]),
    ("annalist", &["schema", "data", "read", "reconcile", "outlook"]),
    ("page", &["annalist"]),
    ("cli", &["annalist", "page"]),
    ("evals", &["annalist", "data", "read", "reconcile", "schema"]),
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rooms() -> BTreeSet<String> {
    let entries = std::fs::read_dir(crates()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The rooms that a manifest names, in whatever table.
fn known_rooms(room: &str) -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(crates().join(room).join("Cargo.toml")).unwrap();
    let names = manifest.lines().filter_map(|line| line.split(['.', ' ', '=']).next());
    let room_of = |name: &str| match name {
        "annalist" => Some("annalist".to_owned()),
        name => name.strip_prefix("annalist-").map(str::to_owned),
    };
    names.filter_map(room_of).filter(|name| rooms().contains(name)).collect()
}

#[test]
fn every_room_is_in_the_picture() {
    let drawn: BTreeSet<String> = PICTURE.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms(), drawn);
}

#[test]
fn rooms_know_only_the_floors_below() {
    for (room, allowed) in PICTURE {
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        let strangers: Vec<_> = known_rooms(room).difference(&allowed).cloned().collect();
        assert!(strangers.is_empty(), "{room} must not know {strangers:?}");
    }
}

/// Source files of the rooms that load what travels inside the program, tests left out.
fn loaders() -> Vec<(PathBuf, String)> {
    let mut open: Vec<PathBuf> =
        ["data", "read", "reconcile"].iter().map(|room| crates().join(room).join("src")).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
            found.push((path, code));
        }
    }
    found
}

/// What turns a table that cannot be read into an empty one, in the statements that load one.
fn silent_loads(code: &str) -> Vec<&str> {
    let is_silent = |statement: &&str| {
        (statement.contains("include_str!(") || statement.contains("include_bytes!("))
            && ["unwrap_or", ".ok()", "filter_map"].iter().any(|way| statement.contains(way))
    };
    code.split_inclusive([';', '}']).filter(is_silent).collect()
}

#[test]
fn a_bad_table_is_never_an_empty_one() {
    let loaders = loaders();
    assert!(loaders.iter().filter(|(_, code)| code.contains("include_str!(")).count() > 10);
    for (path, code) in &loaders {
        assert_eq!(silent_loads(code), Vec::<&str>::new(), "{}", path.display());
    }
    let silent =
        "static T: LazyLock<T> = LazyLock::new(|| parse(include_str!(\"t.toml\")).unwrap_or_default());";
    assert_eq!(silent_loads(silent), [silent]);
}
