//! *Which files do these paths mean?* Files as they are, folders with all that can be read in them, and what is neither.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Failure, failure};

/// Something to be read, or why it cannot be.
#[derive(Debug)]
pub enum Entry {
    /// A file on a disk, which can be read twice.
    File(PathBuf),
    /// A pipe or a device, which cannot.
    Stream(PathBuf),
    /// Standard input.
    Standard,
    /// Nothing that can be read.
    Nothing(Failure),
}

/// How files of a folder end that hold plain text; others are told by what is in them, or named and passed over.
const ENDS: [&str; 9] = ["txt", "text", "md", "markdown", "jsonl", "ndjson", "json", "csv", "tsv"];

/// The files that some paths mean, in order; those of a folder sorted by name.
pub fn entries(paths: &[PathBuf]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for path in paths {
        match path.to_str() {
            Some("-") => entries.push(Entry::Standard),
            Some(name) if is_address(name) => entries.push(Entry::Nothing(address(name))),
            _ => add(path, &mut entries),
        }
    }
    entries
}

fn add(path: &Path, entries: &mut Vec<Entry>) {
    let name = path.display().to_string();
    match fs::metadata(path) {
        Err(error) => entries.push(Entry::Nothing(missing(&name, &error))),
        Ok(metadata) if metadata.is_dir() => {
            let before = entries.len();
            add_folder(path, entries);
            if entries.len() == before {
                let problem = "expected a folder with reports, found no file in it that could be one";
                entries.push(Entry::Nothing(failure(&name, problem)));
            }
        }
        Ok(metadata) if metadata.is_file() => entries.push(Entry::File(path.to_owned())),
        Ok(_) => entries.push(Entry::Stream(path.to_owned())),
    }
}

/// Hidden files and folders are nobody's reports; links to folders may lead in circles.
fn add_folder(path: &Path, entries: &mut Vec<Entry>) {
    let listed = fs::read_dir(path).and_then(|listing| listing.collect::<io::Result<Vec<_>>>());
    let mut listed = match listed {
        Ok(listed) => listed,
        Err(error) => {
            entries.push(Entry::Nothing(failure(&path.display().to_string(), &error.to_string())));
            return;
        }
    };
    listed.sort_by_key(fs::DirEntry::file_name);
    for entry in listed {
        let (path, is_hidden) = (entry.path(), entry.file_name().to_string_lossy().starts_with('.'));
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_hidden || path.is_dir() && !is_folder {
            continue;
        }
        if is_folder {
            add_folder(&path, entries);
        } else {
            let (name, head) = (path.display().to_string(), super::head_of(&path).unwrap_or_default());
            let passed_over = passed_over(&name, &head);
            entries.push(passed_over.map_or(Entry::File(path), Entry::Nothing));
        }
    }
}

/// Why a file of a folder or archive is passed over, if it is: one that is no report, or words that are called as none.
pub fn passed_over(name: &str, head: &[u8]) -> Option<Failure> {
    let end = Path::new(name).extension().map(|end| end.to_string_lossy().to_lowercase());
    if end.is_some_and(|end| ENDS.contains(&end.as_str())) {
        return None;
    }
    let problem = match super::format::format_of(name, head) {
        super::format::Format::Other(kind) => kind.problem(),
        super::format::Format::Text => {
            let ends = ENDS.join(", .");
            format!(
                "in a folder, expected text in files that end with .{ends}; name this one itself to have it read"
            )
        }
        _ => return None,
    };
    Some(failure(name, &problem))
}

fn is_address(name: &str) -> bool {
    let scheme = name.split_once("://").map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
}

fn address(name: &str) -> Failure {
    let problem = "expected a file, found an address on the network, where nothing is read from; save the text of the \
                   article in a file and give that";
    failure(name, problem)
}

fn missing(name: &str, error: &io::Error) -> Failure {
    if error.kind() != io::ErrorKind::NotFound {
        return failure(name, &error.to_string());
    }
    let problem = match name.contains(['*', '?', '[']) {
        true => {
            "expected a file, found a pattern that no file fits (the shell hands on such a pattern as it is)"
        }
        false => "expected a file or a folder, found nothing of this name",
    };
    failure(name, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[PathBuf], root: &Path, expected: &[&str]) {
        let show = |entry: Entry| match entry {
            Entry::File(path) => path.strip_prefix(root).unwrap_or(&path).display().to_string(),
            Entry::Stream(path) => format!("stream {}", path.display()),
            Entry::Standard => "standard input".to_owned(),
            Entry::Nothing(failure) => failure.to_string().replace(&format!("{}/", root.display()), ""),
        };
        let got: Vec<_> = entries(paths).into_iter().map(show).collect();
        assert_eq!(got.len(), expected.len(), "{got:?}");
        for (got, expected) in got.iter().zip(expected) {
            assert!(got.starts_with(expected), "{got}");
        }
    }

    #[test]
    fn a_folder_is_read_in_order() {
        let root = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("b.txt", &b"Two."[..]),
            ("a.jsonl", b"{}"),
            (".hidden.txt", b"x"),
            ("map.png", b"\x89PNG"),
            ("notes.log", b"x"),
            ("c/d/e.md", b"Three."),
        ] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        fs::create_dir(root.path().join("z")).unwrap();
        check(
            &[root.path().to_owned()],
            root.path(),
            &[
                "a.jsonl",
                "b.txt",
                "c/d/e.md",
                "map.png: expected text or JSON, found a PNG image; it holds no text",
                "notes.log: in a folder, expected text in files that end with .txt",
            ],
        );
        check(&[root.path().join("z")], root.path(), &["z: expected a folder with reports, found no file"]);
    }

    #[test]
    fn what_is_no_file() {
        let paths = ["-", "https://a.example/news", "reports/*.txt", "report.txt"].map(PathBuf::from);
        check(
            &paths,
            Path::new("/nowhere"),
            &[
                "standard input",
                "https://a.example/news: expected a file, found an address on the network",
                "reports/*.txt: expected a file, found a pattern that no file fits",
                "report.txt: expected a file or a folder, found nothing of this name",
            ],
        );
    }
}
