//! *How does a list look as a table?* CSV with a line of names above it (RFC 4180).

/// A row of a table.
pub trait Record {
    /// Names of the columns.
    const COLUMNS: &'static [&'static str];

    /// One field for each column; unknown is empty.
    fn fields(&self) -> Vec<String>;
}

/// The rows as CSV, columns named in the first line even where there are no rows.
pub fn to_csv<R: Record>(rows: &[R]) -> String {
    let mut out = line(R::COLUMNS.iter().copied());
    for row in rows {
        out.push_str(&line(row.fields().iter().map(String::as_str)));
    }
    out
}

fn line<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing text into memory does not fail.
    let written = writer.write_record(fields).ok().and_then(|()| writer.into_inner().ok());
    written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Several values in one field.
pub fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, &'static str);

    impl Record for Row {
        const COLUMNS: &'static [&'static str] = &["one", "other"];

        fn fields(&self) -> Vec<String> {
            vec![self.0.to_owned(), self.1.to_owned()]
        }
    }

    #[test]
    fn quotes_what_needs_it() {
        assert_eq!(to_csv(&[Row("a,b", "\"c\"\nd")]), "one,other\n\"a,b\",\"\"\"c\"\"\nd\"\n");
        assert_eq!(to_csv::<Row>(&[]), "one,other\n");
    }
}
