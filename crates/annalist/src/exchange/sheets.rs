//! *How do the tables look in a workbook?* XLSX: numbers are numbers, days are days, and nothing that a report says is run.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::account::Account;
use super::layout::{Column, Kind, cell};
use super::tables::{CLAIMS, EVENTS, FIGURES, REPORTS, figures_of};
use crate::plain;

/// Most characters of a cell.
const LONGEST: usize = 32_000;

/// Writes one workbook with a sheet for each table, and one that says what the columns mean.
pub fn write(account: &Account, out: &mut dyn Write) -> io::Result<()> {
    let workbook = workbook(account).and_then(|mut workbook| workbook.save_to_buffer());
    out.write_all(&workbook.map_err(io::Error::other)?)
}

fn workbook(account: &Account) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // The same account gives the same bytes: the day of making is that of the last report.
    let day = account.sources().iter().filter_map(|source| source.published()).map(|days| days.latest).max();
    let day = day.filter(|day| day.year() >= 1900).unwrap_or(jiff::civil::date(2000, 1, 1));
    let made = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
    workbook.set_properties(&DocProperties::new().set_title("Annals").set_creation_datetime(&made));
    sheet(workbook.add_worksheet(), "events", EVENTS, account.events())?;
    sheet(workbook.add_worksheet(), "claims", CLAIMS, account.sayings())?;
    sheet(workbook.add_worksheet(), "figures", FIGURES, figures_of(account).into_iter())?;
    sheet(workbook.add_worksheet(), "reports", REPORTS, account.sources().iter().cloned())?;
    columns(workbook.add_worksheet())?;
    Ok(workbook)
}

fn sheet<R>(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[Column<R>],
    rows: impl Iterator<Item = R>,
) -> Result<(), XlsxError> {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, column.name, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (at, column) in (0..).zip(columns) {
            write_cell(sheet, (line, at), column.kind, &(column.fill)(&row), &day)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    kind: Kind,
    value: &Value,
    day: &Format,
) -> Result<(), XlsxError> {
    let day_of = |text: &str| ExcelDateTime::parse_from_str(text).ok().filter(|_| kind == Kind::Day);
    match value {
        Value::Null => {}
        Value::Bool(flag) => {
            sheet.write_boolean(line, at, *flag)?;
        }
        Value::Number(number) => {
            sheet.write_number(line, at, number.as_f64().unwrap_or_default())?;
        }
        value => {
            let text = cell(value);
            match day_of(&text) {
                Some(date) => sheet.write_datetime_with_format(line, at, &date, day)?,
                // Before 1900 workbooks have no days.
                None => sheet.write_string(line, at, fitting(&text))?,
            };
        }
    }
    Ok(())
}

/// Words of others, no longer than a cell may be; what is cut off is said.
fn fitting(text: &str) -> String {
    let text = plain::text(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} … (cut: a cell holds no more)", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}

/// What the columns mean.
fn columns(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("columns")?;
    for (at, name) in (0..).zip(["sheet", "column", "type", "unit", "meaning"]) {
        sheet.write_string_with_format(0, at, name, &bold)?;
    }
    let mut line = 0;
    for (name, columns) in super::own_tables() {
        for column in columns {
            line += 1;
            let cells = [name, column.name, column.kind.as_str(), column.unit, column.meaning];
            for (at, text) in (0..).zip(cells) {
                sheet.write_string(line, at, text)?;
            }
        }
    }
    Ok(())
}
