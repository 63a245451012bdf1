//! *Which names and words belong to a time?* A company before it was founded is in no news, nor is a thing
//! before it was invented.

use std::collections::HashMap;
use std::ops::Range;

use annalist_schema::DayInterval;
use jiff::civil::Date;

use crate::columns;
use crate::error::Error;

/// What sort of name or word it is, which says how news goes on with it afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EraKind {
    /// A company, organisation, state or currency: it began and perhaps ended.
    Name,
    /// A person, from the first fame to the last news.
    Person,
    /// A thing or way of speaking, from when news knew it to when it no longer did.
    Word,
    /// Something that was talked of for a while.
    Affair,
}

/// A name or word of its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Era {
    /// What sort.
    pub kind: EraKind,
    /// As it is written, in all its forms.
    pub forms: Vec<String>,
    /// From the first to the last day.
    pub days: DayInterval,
    /// Title of the article in the English Wikipedia that gives the days.
    pub origin: String,
}

/// All of them with an index of their forms.
#[derive(Debug, Default)]
pub struct Eras {
    entries: Vec<Era>,
    /// Forms by the letters and figures that they begin with.
    by_start: HashMap<String, Vec<(String, u32)>>,
}

impl Eras {
    /// Columns: first, last (`-` = still), kind, `form|form`, origin.
    ///
    /// # Errors
    /// Names file and line of a row that cannot be used.
    pub fn load(file: &str, text: &str) -> Result<Self, Error> {
        let entries = columns::rows(file, text, read)?;
        let mut by_start: HashMap<String, Vec<(String, u32)>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for form in &entry.forms {
                by_start.entry(start(form).to_owned()).or_default().push((form.clone(), at as u32));
            }
        }
        Ok(Self { entries, by_start })
    }

    /// In the order of the file.
    pub fn entries(&self) -> &[Era] {
        &self.entries
    }

    /// Those that a text names, each once with the place of its first form, in order of text.
    pub fn named_in(&self, text: &str) -> Vec<(&Era, Range<usize>)> {
        let mut found: Vec<(u32, Range<usize>)> = Vec::new();
        let mut previous = ' ';
        for (at, char) in text.char_indices() {
            if char.is_alphanumeric() && !previous.is_alphanumeric() {
                for (entry, length) in self.at(&text[at..]) {
                    if !found.iter().any(|(other, _)| *other == entry) {
                        found.push((entry, at..at + length));
                    }
                }
            }
            previous = char;
        }
        found
            .into_iter()
            .filter_map(|(entry, range)| Some((self.entries.get(entry as usize)?, range)))
            .collect()
    }

    /// The entries whose form stands at the start, with its length.
    fn at(&self, text: &str) -> impl Iterator<Item = (u32, usize)> {
        let forms = self.by_start.get(start(text)).map(Vec::as_slice).unwrap_or_default();
        let is_there =
            |form: &str| text.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        forms.iter().filter(move |(form, _)| is_there(form)).map(|(form, entry)| (*entry, form.len()))
    }
}

/// The letters and figures at the start.
fn start(text: &str) -> &str {
    &text[..text.find(|char: char| !char.is_alphanumeric()).unwrap_or(text.len())]
}

fn read([first, last, kind, forms, origin]: [&str; 5]) -> Result<Era, String> {
    let kind = match kind {
        "name" => EraKind::Name,
        "person" => EraKind::Person,
        "word" => EraKind::Word,
        "affair" => EraKind::Affair,
        other => return Err(format!("name, person, word or affair was expected and `{other}` was there")),
    };
    let forms: Vec<String> = forms.split('|').map(|form| form.trim().to_owned()).collect();
    if let Some(form) = forms.iter().find(|form| start(form).is_empty()) {
        return Err(format!("`{form}` does not begin with a letter or a figure"));
    }
    let earliest = columns::days(first)?.earliest;
    let latest = if last == "-" { Date::MAX } else { columns::days(last)?.latest };
    if latest < earliest {
        return Err(format!("{last} is before {first}"));
    }
    Ok(Era {
        kind,
        forms,
        days: DayInterval { earliest, latest },
        origin: columns::filled("origin", origin)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_loads() {
        let eras = Eras::load("eras.tsv", include_str!("../../../../data/world/eras.tsv")).unwrap();
        assert!(eras.entries().len() > 300, "{}", eras.entries().len());
        let mut forms: Vec<&String> = eras.entries().iter().flat_map(|era| &era.forms).collect();
        forms.sort_unstable();
        let twice: Vec<_> = forms.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn names_are_whole_and_found_once() {
        let eras =
            Eras::load("e.tsv", "1990\t-\tname\tAcme Corp.|Acme\tAcme\n1990\t1999\tword\tweb\tWeb").unwrap();
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = eras.named_in(text).into_iter().map(|(_, range)| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Acme Corp. bought Acme of the web", &["Acme Corp.", "web"]);
        check("cobweb Acmes", &[]);
        check("é Acme", &["Acme"]);
    }

    #[test]
    fn rows_say_what_is_wrong() {
        let check = |line: &str, expected: &str| {
            let problem = Eras::load("e.tsv", line).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(problem, Err(expected.to_owned()));
        };
        check(
            "1999\t-\tthing\ta\tb",
            "e.tsv:1: name, person, word or affair was expected and `thing` was there",
        );
        check("1999\t1998\tname\ta\tb", "e.tsv:1: 1998 is before 1999");
        check("1999\t-\tname\ta|\tb", "e.tsv:1: `` does not begin with a letter or a figure");
    }
}
