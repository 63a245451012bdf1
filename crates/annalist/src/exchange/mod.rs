//! *Here is an account: which columns does your tool read?*
//!
//! [`FORMATS`] lists what an account can be written as: our own tables, the layouts of the field, and shapes for maps,
//! timelines, calendars and notes. Each format says once which columns it has, what each means and what is lost; the writer,
//! the data package and the pages of the book are made of that.

mod account;
mod acled;
mod annotation;
mod calendar;
pub mod compare;
mod gdelt;
mod geojson;
mod layout;
pub mod lossless;
mod notes;
mod package;
mod page;
mod petrarch;
mod plover;
mod polecat;
#[cfg(feature = "formats")]
mod sheets;
mod tables;
mod timeline;
mod ucdp;

use std::collections::BTreeMap;
use std::io::{self, Write};

use annalist_schema::{Decision, Status};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub use account::{Account, PlacePrecision, Range, Saying, Source, Spot, Told};
pub use annotation::names_its_words;
pub use layout::{Described, Kind};
pub use page::{index, page};

use layout::{described, object, write_csv, write_tsv};

/// Who coded it.
pub(crate) const CODER: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"));

/// Something that an account can be written as.
pub struct Format {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Who reads it, and what it follows.
    pub about: &'static str,
    /// How its file ends; of a folder, how its name does.
    pub ending: &'static str,
    /// What it has no place for.
    pub lost: &'static [&'static str],
    /// Its tables, by name, with their columns.
    tables: fn() -> Vec<(&'static str, Vec<Described>)>,
    form: Form,
}

/// Whether it is one file or a folder of them.
#[derive(Clone, Copy)]
enum Form {
    File(fn(&Export, &mut dyn Write) -> io::Result<LeftOut>),
    Folder(fn(&Export, &mut notes::Put<'_>) -> io::Result<LeftOut>),
}

/// How many events were left out, by why.
pub type LeftOut = BTreeMap<&'static str, usize>;

/// What is written: an account, and where it is one of an archive, who read its reports and what an analyst decided.
pub struct Export {
    /// The account.
    pub account: Account,
    /// Names of readers, by report.
    pub readers: BTreeMap<String, String>,
    /// The decisions that count.
    pub decisions: Vec<Decision>,
}

impl Format {
    /// The format of a name.
    pub fn of(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        matches!(self.form, Form::Folder(_))
    }

    /// Its tables, by name, with their columns.
    pub fn tables(&self) -> Vec<(&'static str, Vec<Described>)> {
        (self.tables)()
    }

    /// Writes one file; of a folder nothing.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn write(&self, export: &Export, out: &mut dyn Write) -> io::Result<LeftOut> {
        match self.form {
            Form::File(write) => write(export, out),
            Form::Folder(_) => Ok(LeftOut::new()),
        }
    }

    /// Hands on the files of a folder, by their paths in it.
    ///
    /// # Errors
    /// Those of `put`.
    pub fn write_folder(
        &self,
        export: &Export,
        put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    ) -> io::Result<LeftOut> {
        match self.form {
            Form::Folder(write) => write(export, put),
            Form::File(write) => {
                let mut bytes = Vec::new();
                let left_out = write(export, &mut bytes)?;
                put(&format!("annals.{}", self.ending), &bytes)?;
                Ok(left_out)
            }
        }
    }
}

/// Every format, in the order of the book.
pub static FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        title: "Lossless JSON lines",
        about: "Everything that an archive is made of: `annalist add FILE` takes it in again, readings and decisions \
                included, and what that archive gives out is the same, byte for byte.",
        ending: "jsonl",
        lost: lossless::LOST,
        tables: || vec![("row", lossless_fields())],
        form: Form::File(|export, out| {
            lossless::write(out, &export.account, &export.readers, &export.decisions)?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "csv",
        title: "Table of events",
        about: "One row an event, for spreadsheets, R and pandas (RFC 4180). A cell that a spreadsheet would run begins with \
                an apostrophe.",
        ending: "csv",
        lost: &[
            "Figures one by one, claims and reports have tables of their own: `datapackage` and `xlsx` have all four.",
            "All sentences but the one that tells an event best; postures and processes.",
        ],
        tables: || vec![("events", described(tables::EVENTS))],
        form: Form::File(|export, out| {
            write_csv(out, tables::EVENTS, export.account.events())?;
            Ok(LeftOut::new())
        }),
    },
    #[cfg(feature = "formats")]
    Format {
        name: "xlsx",
        title: "Workbook",
        about: "The tables of events, claims, figures and reports as sheets of one workbook, and one that says what the \
                columns mean.",
        ending: "xlsx",
        lost: &[
            "Days before 1900 are text, for workbooks have none; a text of more than 32,000 characters is cut, and says so.",
            "The texts of the reports, postures, processes.",
        ],
        tables: own_described,
        form: Form::File(|export, out| {
            sheets::write(&export.account, out)?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "datapackage",
        title: "Data package",
        about: "A folder with the tables of events, claims, figures and reports as CSV, and `datapackage.json` with their \
                columns, types, units, keys and licences (Frictionless Data, version 1).",
        ending: "datapackage",
        lost: package::LOST,
        tables: own_described,
        form: Form::Folder(|export, put| {
            package::write(&export.account, put)?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "geojson",
        title: "Map",
        about: "A point an event, for QGIS, GDAL, Leaflet (RFC 7946), with the columns of the table of events as properties; \
                lists are one text.",
        ending: "geojson",
        lost: geojson::LOST,
        tables: || vec![("properties", described(tables::EVENTS))],
        form: Form::File(|export, out| {
            geojson::write(out, export.account.events())?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "plover",
        title: "PLOVER records",
        about: "The fields of PLOVER's manual, chapter “Data Fields” (2024-02-04), one JSON object a line.",
        ending: "jsonl",
        lost: plover::LOST,
        tables: || vec![("record", described(plover::FIELDS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, plover::obstacle);
            for told in rows {
                writeln!(out, "{}", crate::plain::json(&object(plover::FIELDS, &told))?)?;
            }
            Ok(left_out)
        }),
    },
    Format {
        name: "polecat",
        title: "POLECAT table",
        about: "The 40 columns of POLECAT's files on Dataverse, tabs between them.",
        ending: "tsv",
        lost: polecat::LOST,
        tables: || vec![("events", described(polecat::COLUMNS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, not_on_a_day);
            write_tsv(out, polecat::COLUMNS, true, rows)?;
            Ok(left_out)
        }),
    },
    Format {
        name: "petrarch",
        title: "PETRARCH table",
        about: "“Event data classic” as PETRARCH2 writes it: tabs, no header.",
        ending: "tsv",
        lost: petrarch::LOST,
        tables: || vec![("events", described(petrarch::COLUMNS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, |told| not_on_a_day(told).or_else(|| uncoded(told)));
            write_tsv(out, petrarch::COLUMNS, false, rows)?;
            Ok(left_out)
        }),
    },
    Format {
        name: "gdelt-events",
        title: "GDELT events",
        about: "The 61 columns of GDELT 2.0's event table: tabs, no header. Its counts of mentions, sources and articles count \
                the claims, independent origins and reports of your pile.",
        ending: "tsv",
        lost: gdelt::LOST,
        tables: || vec![("events", described(&gdelt::EVENTS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, |told| not_on_a_day(told).or_else(|| uncoded(told)));
            write_tsv(out, &gdelt::EVENTS, false, rows)?;
            Ok(left_out)
        }),
    },
    Format {
        name: "gdelt-mentions",
        title: "GDELT mentions",
        about: "The 16 columns of GDELT 2.0's table of mentions: which sentence of which report states each event of \
                `gdelt-events`; tabs, no header.",
        ending: "tsv",
        lost: gdelt::LOST,
        tables: || vec![("mentions", described(gdelt::MENTIONS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, |told| not_on_a_day(told).or_else(|| uncoded(told)));
            write_tsv(out, gdelt::MENTIONS, false, rows.into_iter().flat_map(gdelt::Mention::of))?;
            Ok(left_out)
        }),
    },
    Format {
        name: "acled",
        title: "ACLED's columns",
        about: "Violence and demonstrations in the 31 columns of ACLED's codebook of 2023, for scripts that expect them. None of \
                ACLED's own data is in it.",
        ending: "csv",
        lost: acled::LOST,
        tables: || vec![("events", described(acled::COLUMNS))],
        form: Form::File(|export, out| {
            let (rows, left_out) =
                sorted_out(export, |told| not_happened(told).or_else(|| acled::obstacle(told)));
            write_csv(out, acled::COLUMNS, rows)?;
            Ok(left_out)
        }),
    },
    Format {
        name: "ucdp",
        title: "UCDP's columns",
        about: "Violence of which somebody died in the columns of UCDP's Georeferenced Event Dataset, with low, best and high, \
                the precision of place and day, and the number of independent origins.",
        ending: "csv",
        lost: ucdp::LOST,
        tables: || vec![("events", described(ucdp::COLUMNS))],
        form: Form::File(|export, out| {
            let (rows, left_out) =
                sorted_out(export, |told| not_happened(told).or_else(|| ucdp::obstacle(told)));
            write_csv(out, ucdp::COLUMNS, rows)?;
            Ok(left_out)
        }),
    },
    Format {
        name: "annotations",
        title: "Web annotations",
        about: "Each claim beside the words that state it: W3C Web Annotation Data Model (JSON-LD), with a text quotation and a \
                position, and who says so in terms of PROV.",
        ending: "jsonld",
        lost: annotation::LOST,
        tables: || vec![("annotation", described(annotation::FIELDS))],
        form: Form::File(|export, out| {
            annotation::write(out, export.account.sayings())?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "timelinejs",
        title: "TimelineJS",
        about: "The JSON that TimelineJS reads.",
        ending: "json",
        lost: timeline::LOST,
        tables: || vec![("event", described(timeline::FIELDS))],
        form: Form::File(|export, out| {
            let (rows, left_out) = sorted_out(export, timeline::obstacle);
            timeline::write(out, rows.into_iter(), export.account.sources().len())?;
            Ok(left_out)
        }),
    },
    Format {
        name: "ics",
        title: "Calendar of announced meetings",
        about: "iCalendar (RFC 5545): meetings that are announced, and dates set for talks, as entries of whole days.",
        ending: "ics",
        lost: calendar::LOST,
        tables: || vec![("entry", described(calendar::PROPERTIES))],
        form: Form::File(|export, out| {
            calendar::write(out, &calendar::meetings(&export.account))?;
            Ok(LeftOut::new())
        }),
    },
    Format {
        name: "notes",
        title: "Notes with links",
        about: "A folder of Markdown, one note an event, party, place and report, with `[[links]]` and front matter: open it as a \
                vault of Obsidian.",
        ending: "notes",
        lost: notes::LOST,
        tables: || vec![("event", described(tables::EVENTS)), ("report", described(tables::REPORTS))],
        form: Form::Folder(|export, put| {
            notes::write(&export.account, put)?;
            Ok(LeftOut::new())
        }),
    },
];

/// Our own tables.
pub(crate) fn own_tables() -> Vec<(&'static str, Vec<Described>)> {
    own_described()
}

fn own_described() -> Vec<(&'static str, Vec<Described>)> {
    vec![
        ("events", described(tables::EVENTS)),
        ("claims", described(tables::CLAIMS)),
        ("figures", described(tables::FIGURES)),
        ("reports", described(tables::REPORTS)),
    ]
}

fn lossless_fields() -> Vec<Described> {
    let kind = |kind: &str| match kind {
        "list" => Kind::List,
        "object" => Kind::Object,
        _ => Kind::Text,
    };
    let one = |&(name, of, meaning): &(&'static str, &'static str, &'static str)| Described {
        name,
        kind: kind(of),
        unit: "",
        meaning,
    };
    lossless::FIELDS.iter().map(one).collect()
}

/// The events that have a row, and how many have none, by why.
fn sorted_out(export: &Export, obstacle: impl Fn(&Told) -> Option<&'static str>) -> (Vec<Told>, LeftOut) {
    let (mut rows, mut left_out) = (Vec::new(), LeftOut::new());
    for told in export.account.events() {
        match obstacle(&told) {
            None => rows.push(told),
            Some(why) => *left_out.entry(why).or_default() += 1,
        }
    }
    (rows, left_out)
}

fn not_happened(told: &Told) -> Option<&'static str> {
    (told.status() != Status::Happened).then_some("planned, denied, hypothetical or demanded")
}

fn not_on_a_day(told: &Told) -> Option<&'static str> {
    not_happened(told).or_else(|| told.day().is_none().then_some("not known to the day"))
}

fn uncoded(told: &Told) -> Option<&'static str> {
    told.event.cameo.is_none().then_some("without a CAMEO code")
}

/// `20240211`.
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A number for layouts that want one: 53 bits of a hash, so that every reader of numbers keeps it whole.
pub(crate) fn number_of(id: &str) -> u64 {
    let hash = Sha256::digest(id.as_bytes());
    let bytes: [u8; 8] = hash.first_chunk().copied().unwrap_or_default();
    u64::from_be_bytes(bytes) >> 11
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_columns_stand_once() {
        let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        for format in FORMATS {
            assert!(!format.lost.is_empty() && Format::of(format.name).is_some());
            for (table, columns) in format.tables() {
                let names: BTreeSet<_> = columns.iter().map(|column| column.name).collect();
                assert_eq!(names.len(), columns.len(), "{} {table}", format.name);
            }
        }
    }

    fn check_width(name: &str, expected: usize) {
        let format = Format::of(name).expect("a format");
        assert_eq!(format.tables()[0].1.len(), expected, "{name}");
    }

    #[test]
    fn foreign_tables_are_as_wide_as_theirs() {
        check_width("gdelt-events", 61);
        check_width("gdelt-mentions", 16);
        check_width("polecat", 40);
        check_width("petrarch", 8);
        check_width("acled", 31);
    }
}
