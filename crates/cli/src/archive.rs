//! *Which archive, and how are its answers printed?* Options shared by the commands that work on one.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use annalist::archive::{Access, Archive, Change, Error, tell};
use annalist::plain;
use annalist::table::{Record, sort, to_csv};
use clap::Args;
use serde::Serialize;

use crate::files;

/// Which archive.
#[derive(Args)]
pub struct ArchiveArguments {
    /// The archive, one file
    #[arg(long, value_name = "FILE", env = "ANNALIST_ARCHIVE", default_value = "annals.db")]
    pub archive: PathBuf,
    /// Seconds to wait for another process that writes to it
    #[arg(long, value_name = "SECONDS", default_value_t = 10, hide_short_help = true)]
    wait: u64,
}

impl ArchiveArguments {
    /// An archive named otherwise.
    pub fn at(path: &Path) -> Self {
        Self { archive: path.to_owned(), wait: 10 }
    }

    /// Opens an archive that is there.
    pub fn open(&self) -> anyhow::Result<Archive> {
        Ok(self.access().open()?)
    }

    /// The same, or `None` if there is no such file.
    pub fn open_if_there(&self) -> anyhow::Result<Option<Archive>> {
        match self.access().open() {
            Err(Error::Missing { .. }) => Ok(None),
            archive => Ok(Some(archive?)),
        }
    }

    /// Opens an archive, making it if there is none.
    pub fn create(&self) -> anyhow::Result<Archive> {
        Ok(self.access().create()?)
    }

    /// How it is opened, with this moment for what is changed.
    pub fn access(&self) -> Access {
        let now = std::time::SystemTime::now().try_into().unwrap_or_default();
        Access { path: self.archive.clone(), wait_s: self.wait, now }
    }
}

/// How to print.
#[derive(Args)]
pub struct FormArguments {
    /// Prints one JSON object a line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Prints a table
    #[arg(long)]
    pub csv: bool,
}

impl FormArguments {
    /// Prints rows as they were asked for; `text` makes the page for a person.
    pub fn print<R: Record + Serialize>(
        &self,
        rows: &[R],
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        let out = match self {
            Self { json: true, .. } => json_lines(rows)?,
            Self { csv: true, .. } => to_csv(rows),
            _ => text(),
        };
        Ok(stdout().lock().write_all(out.as_bytes())?)
    }
}

/// How to print a list, in which order, and how much of it.
#[derive(Args)]
pub struct ListArguments {
    #[command(flatten)]
    form: FormArguments,
    /// Sorts by a column of `--csv`; with `-` before its name, the last first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Prints only the first
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl ListArguments {
    /// Whether rows come as programs take them rather than as a page.
    pub fn is_data(&self) -> bool {
        self.form.json || self.form.csv
    }

    /// Whether rows come as JSON.
    pub fn is_json(&self) -> bool {
        self.form.json
    }

    /// Whether rows are to stand in another order than their own.
    pub fn is_sorted(&self) -> bool {
        self.sort.is_some()
    }

    /// Prints rows as they were asked for; `text` makes the page for a person, `nothing` says that there is none.
    pub fn print<R: Record + Serialize>(
        &self,
        mut rows: Vec<R>,
        text: impl FnOnce(&[R]) -> String,
        nothing: impl FnOnce() -> anyhow::Result<String>,
    ) -> anyhow::Result<()> {
        if let Some(by) = &self.sort {
            sort(&mut rows, by).map_err(|problem| usage(&problem.to_string()))?;
        }
        let n_found = rows.len();
        rows.truncate(self.limit.unwrap_or(n_found));
        let out = match n_found {
            0 if !self.is_data() => plain::text(&nothing()?).into_owned() + "\n",
            _ => return self.form.print(&rows, || text(&rows) + &left_out(n_found - rows.len())),
        };
        Ok(stdout().lock().write_all(out.as_bytes())?)
    }
}

fn left_out(n_left: usize) -> String {
    if n_left == 0 { String::new() } else { format!("… and {n_left} more\n") }
}

/// A wrong call that only the command itself can tell.
fn usage(problem: &str) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::InvalidValue, format!("{problem}\n"))
}

fn json_lines<R: Serialize>(rows: &[R]) -> anyhow::Result<String> {
    let lines = rows.iter().map(plain::json).collect::<Result<Vec<_>, _>>()?;
    Ok(lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect())
}

/// Changes of a kind that are shown on a terminal; `annalist changes` shows all.
const N_SHOWN: usize = 20;

/// Prints what a command changed.
pub fn print_changes(changes: &[Change], json: bool) -> anyhow::Result<()> {
    let out = match json {
        true => json_lines(changes)?,
        false => tell(changes, N_SHOWN, files::terminal_width(), files::colour()),
    };
    Ok(stdout().lock().write_all(out.as_bytes())?)
}
