//! *What was asked of the server, and what goes back?* Plain values, so that views need no network to be tried.

use serde::Serialize;

/// What a browser asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Whether it is to change something.
    pub is_post: bool,
    /// The path, its codes undone, without the first slash.
    pub path: String,
    /// What stands behind the question mark.
    pub query: Vec<(String, String)>,
    /// What a form sends along.
    pub form: Vec<(String, String)>,
    /// Whether only the evidence beside the view is wanted.
    pub only_pane: bool,
    /// The version of the answer that the browser has.
    pub known: Option<String>,
    /// The token that a cookie of ours carries.
    pub cookie: Option<String>,
}

impl Request {
    /// What is asked by an address such as `/timeline?type=ASSAULT`.
    pub fn get(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = percent_encoding::percent_decode_str(path.trim_start_matches('/'));
        Self {
            path: path.decode_utf8_lossy().into_owned(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            ..Self::default()
        }
    }

    /// The first value of a name behind the question mark; nothing where it is empty.
    pub fn asked(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The same of a form.
    pub fn sent(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }

    /// The address that this was, for the memory of answers.
    pub fn address(&self) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
        format!("{}?{query}{}", self.path, if self.only_pane { "#" } else { "" })
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(one, _)| one == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// In which form a view is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person.
    Page,
    /// For a program.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// What goes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The code of HTTP.
    pub status: u16,
    /// What kind of text it is.
    pub kind: &'static str,
    /// The text.
    pub body: String,
    /// Where to go instead.
    pub to: Option<String>,
    /// Which version this is; the same version is the same text.
    pub version: Option<String>,
}

impl Reply {
    fn of(status: u16, kind: &'static str, body: String) -> Self {
        Self { status, kind, body, to: None, version: None }
    }

    /// A page.
    pub(crate) fn page(status: u16, body: String) -> Self {
        Self::of(status, "text/html; charset=utf-8", body)
    }

    /// Words of ours alone.
    pub(crate) fn words(status: u16, words: &str) -> Self {
        Self::of(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }

    /// A file of ours.
    pub(crate) fn file(kind: &'static str, body: &str) -> Self {
        Self::of(200, kind, body.to_owned())
    }

    /// A value for a program.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        let body = annalist::plain::json(value).unwrap_or_default();
        Self::of(200, "application/json", body + "\n")
    }

    /// A table.
    pub(crate) fn csv(table: String) -> Self {
        Self::of(200, "text/csv; charset=utf-8", table)
    }

    /// Another address, which is to be looked at instead.
    pub(crate) fn elsewhere(to: String) -> Self {
        Self { to: Some(to), ..Self::words(303, "See the page that follows.") }
    }
}
