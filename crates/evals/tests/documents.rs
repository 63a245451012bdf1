//! *Does what is written lead somewhere?* Links of Markdown files, paths that CONTRIBUTING names, files that READMEs list.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder as a path from the root; what is built or belongs to a version control is left out.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let is_ours =
            !name.starts_with('.') && !matches!(&*name, "target" | "work" | "__pycache__" | "shared");
        match entry.file_type().unwrap() {
            kind if kind.is_dir() && is_ours => found.extend(files(&path)),
            kind if kind.is_file() && is_ours => found.push(path),
            _ => {}
        }
    }
    found
}

fn documents() -> Vec<String> {
    let mut documents = files("");
    documents.retain(|path| path.ends_with(".md"));
    documents
}

/// The targets of a document's links, code left out.
fn links(markdown: &str) -> Vec<String> {
    let mut is_code = false;
    let mut found = Vec::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        if is_code || line.starts_with("    ") && !line.trim_start().starts_with(['-', '[']) {
            continue;
        }
        let ends = line.match_indices("](").map(|(at, _)| &line[at + 2..]);
        found.extend(ends.filter_map(|rest| rest.split(')').next()).map(str::to_owned));
    }
    found
}

/// The path from the root that a relative link in a document means; `None` for other links.
fn target(document: &str, link: &str) -> Option<String> {
    let path = link.split('#').next().unwrap();
    if path.is_empty() || link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in Path::new(document).parent().unwrap().join(path).components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => {
                parts.push(Box::leak(name.to_str().unwrap().to_owned().into_boxed_str()))
            }
            _ => {}
        }
    }
    Some(parts.join("/"))
}

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for document in documents() {
        let wanted = links(&read(&document));
        let found = wanted.iter().filter_map(|link| target(&document, link));
        dead.extend(
            found.filter(|path| !root().join(path).exists()).map(|path| format!("{document}: {path}")),
        );
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_document_is_reached_from_the_readme() {
    let mut reached = BTreeSet::new();
    let mut open = vec!["README.md".to_owned()];
    while let Some(document) = open.pop() {
        if !reached.insert(document.clone()) {
            continue;
        }
        for path in links(&read(&document)).iter().filter_map(|link| target(&document, link)) {
            let page = if root().join(&path).is_dir() { format!("{path}/README.md") } else { path };
            if page.ends_with(".md") && root().join(&page).exists() {
                open.push(page);
            }
        }
    }
    // Cases are named by their folder's README, and a piece of a page is included by code.
    let is_page = |path: &String| !path.starts_with("cases/") && !path.contains("/src/");
    let unreached: Vec<String> =
        documents().into_iter().filter(is_page).filter(|path| !reached.contains(path)).collect();
    assert!(unreached.is_empty(), "nothing leads to {unreached:?}");
}

#[test]
fn paths_that_contributing_names_are_there() {
    let text = read("CONTRIBUTING.md");
    let is_path = |word: &&str| {
        ["crates/", "data/", "cases/", "evals/", "training/", "models/"]
            .iter()
            .any(|start| word.starts_with(start))
    };
    let paths: Vec<&str> = text
        .split(['`', ' ', '\n', '('])
        .filter(is_path)
        .map(|word| word.trim_end_matches([')', '.', ',', ';', ':']))
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "CONTRIBUTING.md names {path}, which is not there");
    }
    for journey in ["Add a predicate", "Add an input format", "Add an output", "Mend a wrong date", "Retrain"]
    {
        let journey =
            text.split(&format!("## {journey}\n")).nth(1).unwrap_or_else(|| panic!("no journey {journey}"));
        let journey = journey.split("\n## ").next().unwrap();
        assert!(
            journey.contains("\n1. ") && journey.contains("\n    cargo ") && journey.contains("\nHeld by "),
            "{journey}"
        );
    }
}

#[test]
fn readmes_list_every_file_beside_them() {
    for path in files("data").iter().filter(|path| !path.ends_with("README.md")) {
        let folder = path.split('/').take(2).collect::<Vec<_>>().join("/");
        let file = &path[folder.len() + 1..];
        let whole = file.split_once('/').map(|(folder, _)| format!("`{folder}/`"));
        let readme = read(&format!("{folder}/README.md"));
        let is_listed = [format!("`{file}`")].iter().chain(&whole).any(|name| readme.contains(name.as_str()));
        assert!(is_listed, "{folder}/README.md does not list `{file}`");
    }
}

#[test]
fn links_are_told_from_what_is_none() {
    let check = |markdown: &str, expected: &[&str]| {
        let found: Vec<String> =
            links(markdown).iter().filter_map(|link| target("docs/a.md", link)).collect();
        assert_eq!(found, expected, "{markdown}");
    };
    check("see [b](b.md#part) and [c](../c/)", &["docs/b.md", "c"]);
    check("[site](https://example.org) [part](#part)", &[]);
    check("```\n[b](b.md)\n```", &[]);
}
