//! *What does a view work with, and what does it give?*

use std::sync::Arc;

use annalist::archive::{Archive, Error};
use annalist::table::{Record, to_csv};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::address::{self, Filter};
use crate::memo::State;
use crate::reply::{Form, Request};
use crate::shelf::{Gist, Site};
use crate::words::number;

/// One request with the archive that answers it.
pub struct Desk<'a> {
    pub archive: &'a Archive,
    pub site: &'a Site,
    pub request: &'a Request,
    pub filter: Filter,
    pub form: Form,
    pub state: State,
}

/// What a view gives.
pub enum Shown {
    View(Box<View>),
    Json(Value),
    Csv(String),
}

/// A view for a person.
pub struct View {
    pub title: String,
    /// The path that the list of views marks.
    pub here: &'static str,
    pub main: Markup,
    /// What stands beside it.
    pub pane: Option<Markup>,
    /// The address of the same as JSON, and as a table.
    pub twins: Option<(String, String)>,
}

/// Why there is no such view.
#[derive(Debug)]
pub enum Fault {
    Archive(Error),
    /// What was expected, and what was asked for.
    Missing(&'static str, String),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Archive(error)
    }
}

pub type Outcome = Result<Shown, Fault>;

impl Desk<'_> {
    pub fn gist(&self) -> Result<Arc<Gist>, Fault> {
        Ok(self.site.gist(self.archive, self.state)?)
    }

    /// How many rows are given: few to a person, many to a program.
    pub fn rows(&self, for_person: usize) -> usize {
        if self.form == Form::Page { for_person } else { address::MANY }
    }

    /// The twins of a view at a path, with the filters and what is asked besides.
    pub fn twins(&self, path: &str, also: &[(&str, Option<&str>)]) -> Option<(String, String)> {
        let page = (self.filter.page > 1).then(|| self.filter.page.to_string());
        let mut also = also.to_vec();
        also.push(("page", page.as_deref()));
        let twin = |ending: &str| self.filter.address(&format!("{path}.{ending}"), &also);
        Some((twin("json"), twin("csv")))
    }

    /// Rows for a program, with how many there are and where the next are.
    pub fn rows_of(&self, total: usize, rows: Vec<Value>) -> Shown {
        let pages = total.div_ceil(address::MANY).max(1);
        Shown::Json(json!({"total": total, "page": self.filter.page, "pages": pages, "rows": rows}))
    }

    /// The way through a long list.
    pub fn pages(&self, path: &str, total: usize, rows: usize, also: &[(&str, Option<&str>)]) -> Markup {
        let pages = total.div_ceil(rows).max(1);
        let page = self.filter.page.min(pages);
        let to = |page: usize| {
            let number = page.to_string();
            let mut also = also.to_vec();
            also.push(("page", (page > 1).then_some(number.as_str())));
            self.filter.address(path, &also)
        };
        html! {
            @if pages > 1 {
                nav.pages aria-label="Pages" {
                    @if page > 1 { a rel="prev" href=(to(page - 1)) { "← Previous" } } @else { span.none { "← Previous" } }
                    span { (number((page - 1) * rows + 1)) "–" (number((page * rows).min(total))) " of " (number(total)) }
                    @if page < pages { a rel="next" href=(to(page + 1)) { "Next →" } } @else { span.none { "Next →" } }
                }
            }
        }
    }
}

/// Rows as a table.
pub fn table<R: Record>(rows: &[R]) -> Shown {
    Shown::Csv(to_csv(rows))
}

/// Values of our own as JSON.
pub fn value(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
