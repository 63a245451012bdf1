//! The example of the library does what its page in the book shows, to the letter. `ANNALIST_REVIEW=1` rewrites the page.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use annalist::{Options, Tier};

#[allow(dead_code)]
#[path = "../examples/figures.rs"]
mod figures;

const CODE: &str = "<!-- crates/annalist/examples/figures.rs -->\n```rust\n";
const OUTPUT: &str = "<!-- what it prints -->\n```text\n";
const END: &str = "\n```\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A page with the text behind a mark replaced.
fn with(page: &str, mark: &str, text: &str) -> String {
    let (before, rest) = page.split_once(mark).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{mark}{text}```\n{after}")
}

#[test]
fn the_page_of_the_library_is_true() {
    let paths = ["herald.txt", "lantern.txt"].map(|name| root().join("examples/cauca").join(name));
    let told = figures::told(&paths, Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    // Ids are the paths as given; the page shows them as from the root.
    let told = told.replace(&format!("{}/", root().canonicalize().unwrap().display()), "");
    assert!(told.contains("killed = 11 (") && told.contains("“Eleven soldiers were killed"), "{told}");
    let code = std::fs::read_to_string(root().join("crates/annalist/examples/figures.rs")).unwrap();
    let path = root().join("docs/library.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let expected = with(&with(&page, CODE, &code), OUTPUT, &told);
    if std::env::var_os("ANNALIST_REVIEW").is_some() {
        std::fs::write(path, expected).unwrap();
    } else {
        assert_eq!(page, expected, "run the tests with ANNALIST_REVIEW=1 and look at the difference");
    }
}
