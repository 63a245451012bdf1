//! *Which offices does a title before a name say?* "Fed Chairman" is the "chair of the Federal Reserve".

use crate::columns;
use crate::error::Error;

/// A title as it stands before a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its words in lower case.
    pub words: Vec<String>,
    /// What the offices that it may mean begin with.
    pub offices: Vec<String>,
}

impl Title {
    /// Whether it may mean an office.
    pub fn means(&self, office: &str) -> bool {
        self.offices.iter().any(|start| {
            office.strip_prefix(start.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }
}

/// The longest title that begins a list of words.
pub fn longest_title(titles: &[Title], is_at: impl Fn(&[String]) -> bool) -> Option<&Title> {
    titles.iter().filter(|title| is_at(&title.words)).max_by_key(|title| title.words.len())
}

/// Columns: title, `office|office`.
pub(super) fn load(file: &str, text: &str) -> Result<Vec<Title>, Error> {
    columns::rows(file, text, |[title, offices]: [&str; 2]| {
        let title = columns::filled("title", title)?;
        let words = title.split(' ').map(str::to_owned).collect();
        let offices =
            columns::filled("office", offices)?.split('|').map(|office| office.trim().to_owned()).collect();
        Ok(Title { words, offices })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_title_is_somebodys() {
        let titles = load("titles.tsv", include_str!("../../../../data/world/titles.tsv")).unwrap();
        let offices: Vec<&str> = crate::actors::known()
            .office_holders()
            .flat_map(|person| person.terms.iter().map(|term| term.office.as_str()))
            .collect();
        for title in titles {
            assert!(offices.iter().any(|office| title.means(office)), "{:?}", title.words);
        }
    }

    #[test]
    fn rows_say_what_is_wrong() {
        let check = |line: &str, expected: &str| {
            let problem = load("t.tsv", line).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(problem, Err(expected.to_owned()));
        };
        check("Fed Chairman", "t.tsv:1: 2 columns were expected and 1 were there");
        check("Fed Chairman\t", "t.tsv:1: the row has no office");
    }

    #[test]
    fn a_title_means_whole_words() {
        let title = Title { words: vec!["premier".to_owned()], offices: vec!["prime minister".to_owned()] };
        let check = |office: &str, expected: bool| assert_eq!(title.means(office), expected, "{office}");
        check("prime minister", true);
        check("prime minister of Scotland", true);
        check("prime ministerial aide", false);
        check("deputy prime minister", false);
    }
}
