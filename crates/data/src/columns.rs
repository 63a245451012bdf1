//! *Which rows does a table have?* Columns between tabs; lines that begin with `#` say something to people.

use annalist_schema::DayInterval;

use crate::error::Error;

/// Reads each row of `N` columns.
pub(crate) fn rows<'t, const N: usize, T>(
    file: &str,
    text: &'t str,
    read: impl Fn([&'t str; N]) -> Result<T, String>,
) -> Result<Vec<T>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|(at, line)| {
            let problem = |problem: String| Error::at(file, at + 1, problem);
            columns(line).and_then(&read).map_err(problem)
        })
        .collect()
}

fn columns<const N: usize>(line: &str) -> Result<[&str; N], String> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let n_columns = columns.len();
    columns.try_into().map_err(|_| format!("{N} columns were expected and {n_columns} were there"))
}

/// A day, a month or a year.
pub(crate) fn days(text: &str) -> Result<DayInterval, String> {
    DayInterval::parse(text).ok_or_else(|| format!("`{text}` is not a day, a month or a year"))
}

/// A column that must say something.
pub(crate) fn filled(name: &str, text: &str) -> Result<String, String> {
    (!text.is_empty()).then(|| text.to_owned()).ok_or_else(|| format!("the row has no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Vec<i8>, &str>) {
        let read = |[day, origin]: [&str; 2]| {
            filled("origin", origin)?;
            Ok(days(day)?.earliest.day())
        };
        let found = rows("a.tsv", text, read).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{text}");
    }

    #[test]
    fn a_row_is_read_or_says_why_not() {
        check("# day\torigin\n2001-02-03\tBook\n\n2001-02\tBook", Ok(vec![3, 1]));
        check("2001-02-03", Err("a.tsv:1: 2 columns were expected and 1 were there"));
        check("#\n2001-02-30\tBook", Err("a.tsv:2: `2001-02-30` is not a day, a month or a year"));
        check("2001-02-03\t", Err("a.tsv:1: the row has no origin"));
    }
}
