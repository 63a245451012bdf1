//! *What are these weights, from which data, how good?* The card that lies beside them.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The files of the fast tier.
const FILES: [&str; 8] = [
    "events.bin",
    "lemmas.tsv",
    "morphology.tsv",
    "names.bin",
    "parse.bin",
    "parts.bin",
    "sentences.bin",
    "tags.bin",
];

/// Writes `CARD.md` for the files in `folder`; `scores` are a part and its figures each.
pub fn write(folder: &Path, scores: &[(String, String)]) -> io::Result<()> {
    let mut card = include_str!("card.md").to_owned();
    card.push_str(
        "\n## Scores on the development parts, gold words, EWT then GUM\n\n| part | scores |\n|---|---|\n",
    );
    for (part, score) in scores {
        let _ = writeln!(card, "| {part} | {score} |");
    }
    card.push_str("\n## Files\n\n| file | bytes | SHA-256 |\n|---|---|---|\n");
    for file in FILES {
        let bytes = std::fs::read(folder.join(file))?;
        let _ = writeln!(card, "| {file} | {} | {} |", bytes.len(), checksum(&bytes));
    }
    std::fs::write(folder.join("CARD.md"), card)
}

fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
