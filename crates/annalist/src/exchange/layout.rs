//! *Which columns has this format, what does each mean, and what stands in it?* Said once: the writer's header, the types of
//! a data package and the page of the book are all made of it.

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::plain;
use crate::table::guarded;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words or a code.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day, `2024-02-11`.
    Day,
    /// Yes or no.
    Flag,
    /// Several values: joined by `; ` in tables, a list in JSON.
    List,
    /// An object; in JSON alone.
    Object,
}

impl Kind {
    /// The word for a person, and for Frictionless, which has the same but for days and flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Day => "date",
            Self::Flag => "boolean",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

/// A column, or a field of an object.
pub struct Column<R: 'static> {
    /// Its name in the header.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// The unit or the system of codes, where there is one.
    pub unit: &'static str,
    /// What it means, for whoever reads the table.
    pub meaning: &'static str,
    /// What stands in it of a row; null is unknown.
    pub fill: fn(&R) -> Value,
}

/// A column of a layout.
pub const fn column<R>(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    meaning: &'static str,
    fill: fn(&R) -> Value,
) -> Column<R> {
    Column { name, kind, unit, meaning, fill }
}

/// A column of a foreign layout that we have nothing for.
pub const fn empty<R>(name: &'static str, meaning: &'static str) -> Column<R> {
    Column { name, kind: Kind::Text, unit: "", meaning, fill: |_| Value::Null }
}

/// What a page says of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Unit or system of codes.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// The columns without what fills them.
pub fn described<R>(columns: &[Column<R>]) -> Vec<Described> {
    let one = |column: &Column<R>| Described {
        name: column.name,
        kind: column.kind,
        unit: column.unit,
        meaning: column.meaning,
    };
    columns.iter().map(one).collect()
}

/// A row as an object, without what is unknown.
pub fn object<R>(columns: &[Column<R>], row: &R) -> Map<String, Value> {
    let filled = columns.iter().map(|column| (column.name.to_owned(), (column.fill)(row)));
    filled.filter(|(_, value)| !is_empty(value)).collect()
}

/// The same with nulls for what is unknown, so that every row has the same fields.
pub fn whole_object<R>(columns: &[Column<R>], row: &R) -> Map<String, Value> {
    columns.iter().map(|column| (column.name.to_owned(), (column.fill)(row))).collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A value as a cell of a table.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Writes a table with commas (RFC 4180) for people and their spreadsheets: a cell that one would run begins with an
/// apostrophe.
///
/// # Errors
/// If nothing can be written.
pub fn write_csv<R>(
    out: &mut dyn Write,
    columns: &[Column<R>],
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| column.name))?;
    for row in rows {
        let cells = columns.iter().map(|column| cell(&(column.fill)(&row)));
        writer.write_record(cells.map(|cell| guarded(&plain::text(&cell)).into_owned()))?;
    }
    writer.flush()
}

/// Writes a table with tabs for programs that split lines: neither quotes nor guards, and within a cell a tab or a line
/// break is a space.
///
/// # Errors
/// If nothing can be written.
pub fn write_tsv<R>(
    out: &mut dyn Write,
    columns: &[Column<R>],
    has_header: bool,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    if has_header {
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        writeln!(out, "{}", names.join("\t"))?;
    }
    for row in rows {
        let cells = columns.iter().map(|column| plain::line(&cell(&(column.fill)(&row))));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("\t"))?;
    }
    Ok(())
}

/// Unknown as null.
pub fn maybe<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or(Value::Null, Into::into)
}

/// A list of texts.
pub fn list<T: ToString>(values: impl IntoIterator<Item = T>) -> Value {
    Value::Array(values.into_iter().map(|value| value.to_string().into()).collect())
}

/// A number without a fraction as a whole one.
pub fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { (value as i64).into() } else { value.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, Option<f64>);

    static COLUMNS: [Column<Row>; 2] = [
        column("words", Kind::Text, "", "What was said.", |row| row.0.into()),
        column("n", Kind::Number, "persons", "How many.", |row| maybe(row.1.map(number))),
    ];

    fn check(row: Row, csv: &str, tsv: &str) {
        let (mut comma, mut tab) = (Vec::new(), Vec::new());
        let again = Row(row.0, row.1);
        write_csv(&mut comma, &COLUMNS, [row]).unwrap();
        write_tsv(&mut tab, &COLUMNS, true, [again]).unwrap();
        assert_eq!(String::from_utf8(comma).unwrap(), format!("words,n\n{csv}\n"));
        assert_eq!(String::from_utf8(tab).unwrap(), format!("words\tn\n{tsv}\n"));
    }

    #[test]
    fn cells_do_nothing_where_they_are_opened() {
        check(Row("a, \"b\"", Some(2.0)), "\"a, \"\"b\"\"\",2", "a, \"b\"\t2");
        check(Row("=HYPERLINK(1)", Some(-2.5)), "'=HYPERLINK(1),-2.5", "=HYPERLINK(1)\t-2.5");
        check(
            Row("one\ttwo\nthree\u{202e}", None),
            "\"one two\nthree\\u{202e}\",",
            "one two three\\u{202e}\t",
        );
    }

    #[test]
    fn what_is_unknown_is_no_field() {
        let row = Row("", None);
        assert!(object(&COLUMNS, &row).is_empty());
        assert_eq!(whole_object(&COLUMNS, &row).len(), 2);
    }
}
