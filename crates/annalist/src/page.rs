//! *How do lines look on a terminal?* Headings, a column of dates, text wrapped beside it. The only escape sequences are
//! those of the headings: words of reports pass through [`plain`].

use std::fmt::Write;

use crate::plain;

/// The width of the column of dates.
pub(crate) const INDENT: &str = "            ";

/// What stands before a line of a list.
pub(crate) const BULLET: &str = "- ";

/// Fills the column of dates.
pub(crate) fn pad(date: &str) -> String {
    if date.len() < INDENT.len() { format!("{date:12}") } else { format!("{date}  ") }
}

/// A text that grows line by line.
pub(crate) struct Page {
    /// What is written so far.
    pub out: String,
    width: usize,
    colour: bool,
}

impl Page {
    /// An empty page of a width in characters; headings are bold where `colour`.
    pub fn new(width: usize, colour: bool) -> Self {
        Self { out: String::new(), width: width.max(40), colour }
    }

    /// A line that stands out.
    pub fn heading(&mut self, text: &str) {
        let (on, off) = if self.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        let _ = writeln!(self.out, "{on}{}{off}", plain::line(text));
    }

    /// A heading with its items; nothing where there are none.
    pub fn section<T>(&mut self, name: &str, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.heading(name);
        items.iter().for_each(|item| write(self, item));
    }

    /// Text wrapped at the page's width, the first line after `first`, the others indented.
    pub fn wrapped(&mut self, first: &str, text: &str) {
        self.wrapped_under(first, INDENT, text);
    }

    /// The same with all lines under the first word.
    pub fn flowed(&mut self, first: &str, text: &str) {
        self.wrapped_under(first, &" ".repeat(first.chars().count()), text);
    }

    fn wrapped_under(&mut self, first: &str, indent: &str, text: &str) {
        let mut line = plain::text(first).into_owned();
        let mut is_empty = true;
        for word in plain::text(text).split_whitespace() {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > self.width {
                let _ = writeln!(self.out, "{}", line.trim_end());
                line = indent.to_owned();
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        let _ = writeln!(self.out, "{}", line.trim_end());
    }
}
