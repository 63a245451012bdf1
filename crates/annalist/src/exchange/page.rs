//! *What does the book say of a format?* Its columns, what each means and what is lost, from the tables that write it.

use std::fmt::Write;

use super::{Described, FORMATS, Format};

/// The page of a format.
pub fn page(format: &Format) -> String {
    let mut out = format!("# {}: `--format {}`\n\n{}\n\n", format.title, format.name, format.about);
    let to = match format.is_folder() {
        true => format!("--to annals.{}", format.ending),
        false => format!("> annals.{}", format.ending),
    };
    let _ = writeln!(out, "    annalist export --format {} {to}", format.name);
    for (name, columns) in format.tables() {
        let _ =
            write!(out, "\n## `{name}`\n\n| Column | Type | Unit or codes | Meaning |\n|---|---|---|---|\n");
        columns.iter().for_each(|column| out.push_str(&row(column)));
    }
    out.push_str("\n## What is lost\n\n");
    format.lost.iter().for_each(|line| {
        let _ = writeln!(out, "- {line}");
    });
    out
}

fn row(column: &Described) -> String {
    let Described { name, kind, unit, meaning } = column;
    format!("| `{name}` | {} | {unit} | {meaning} |\n", kind.as_str())
}

/// The page that leads to all of them.
pub fn index() -> String {
    let mut out = String::from(
        "# Formats\n\n`annalist export --format NAME` writes what an archive holds, or what some reports say, for other \
         programs. A list in a cell is joined by `; `. Rows in the layouts of GDELT, PETRARCH, POLECAT, ACLED and UCDP mean \
         that something happened: what is planned, denied, hypothetical or demanded is left out there, and the command says \
         how many events were, and why.\n\nCodes and intensities are PLOVER's (CC BY-SA 4.0), coordinates and ids of places \
         GeoNames' (CC BY 4.0); the words are the reports'.\n\n| Name | Gives |\n|---|---|\n",
    );
    for format in FORMATS {
        let _ = writeln!(out, "| [`{}`]({}.md) | {} |", format.name, format.name, format.title);
    }
    out
}
