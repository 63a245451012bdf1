//! *Where in the raw text are the title, the outlet, the dateline and the paragraphs?*

pub mod date;
mod dateline;
mod digest;
mod furniture;
mod heading;
mod language;
mod line;

use annalist_schema::{Report, Span, Stamp};

use dateline::DateLine;

pub use digest::digest;
pub use language::foreign;

/// The parts of a report's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The title within the text.
    pub title: Option<Span>,
    /// Outlet, given or found.
    pub outlet: Option<String>,
    /// "BAGHDAD, Jan 4 (Agency) -" and the like at the start of the body, or a line that holds nothing but a date.
    pub dateline: Option<Span>,
    /// What such a line says, where it is written as programs and outlets write it.
    pub stamp: Option<Stamp>,
    /// Title, headings, dateline and paragraphs in order, without blank lines.
    pub blocks: Vec<Block>,
}

/// A stretch of text that no sentence crosses the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text.
    pub span: Span,
    /// Whether it is the title or a heading.
    pub is_heading: bool,
}

impl Outline {
    /// The title, given or found.
    pub fn title_text(&self, report: &Report) -> Option<String> {
        report.title.clone().or_else(|| self.title.map(|title| title.of(&report.text).to_owned()))
    }
}

/// Finds the parts of a report.
///
/// Lines that were wrapped at a fixed width are one block; blank lines, bullets and short lines end one.
pub fn outline(report: &Report) -> Outline {
    let text = &report.text;
    let mut blocks: Vec<Block> =
        line::paragraphs(text).into_iter().map(|span| Block { span, is_heading: false }).collect();
    let head = head(text, &blocks, report.title.as_deref());
    blocks.iter_mut().take(head.n_blocks).for_each(|block| block.is_heading = true);
    heading::mark_headings(text, &mut blocks[head.n_blocks..]);
    let dateline = blocks.get(head.n_blocks).and_then(|block| dateline::find(text, block.span));
    if let Some(dateline) = &dateline {
        set_apart(&mut blocks, head.n_blocks, dateline.span, text);
    }
    let mut blocks: Vec<Block> =
        blocks.into_iter().flat_map(|block| without_furniture(text, block)).collect();
    blocks.retain(|block| !block.span.is_empty());
    let outlet = head.outlet.or_else(|| dateline.as_ref().and_then(|dateline| dateline.outlet.clone()));
    Outline {
        title: head.title,
        outlet: report.outlet.clone().or(outlet),
        dateline: head.date_line.map(|line| line.span).or(dateline.map(|dateline| dateline.span)),
        stamp: head.date_line.and_then(|line| line.stamp),
        blocks,
    }
}

/// The block cut behind the words that lead to other reports, so that none of them is the subject of the next sentence.
fn without_furniture(text: &str, block: Block) -> Vec<Block> {
    let ends = furniture::ends(text, block.span);
    let mut start = block.span.start;
    let mut parts = Vec::with_capacity(ends.len() + 1);
    for end in ends.into_iter().chain([block.span.end]) {
        let rest = Span::new(start, end).of(text);
        let blank = rest.len() - rest.trim_start_matches(line::is_blank).len();
        let blank = if start == block.span.start { 0 } else { blank };
        parts.push(Block { span: Span::new(start + blank as u32, end), ..block });
        start = end;
    }
    parts
}

/// What stands before the body.
#[derive(Default)]
struct Head {
    n_blocks: usize,
    title: Option<Span>,
    outlet: Option<String>,
    /// Of several, the one of the first day: what came out first was changed later.
    date_line: Option<DateLine>,
}

/// The title, and around it a byline and lines with dates, in any order.
fn head(text: &str, blocks: &[Block], given_title: Option<&str>) -> Head {
    let mut head = Head::default();
    head.take_date_lines(text, blocks);
    head.title = heading::title(text, &blocks[head.n_blocks..], given_title);
    head.n_blocks += usize::from(head.title.is_some());
    head.take_date_lines(text, blocks);
    if let Some(byline) = head.byline(text, blocks) {
        head.outlet = byline;
        head.n_blocks += 1;
    }
    head.take_date_lines(text, blocks);
    head
}

impl Head {
    fn take_date_lines(&mut self, text: &str, blocks: &[Block]) {
        let lines = blocks[self.n_blocks..].iter().map_while(|block| dateline::date_line(text, block.span));
        for line in lines {
            self.n_blocks += 1;
            let is_first = self.date_line.is_none_or(|known| line.is_before(&known));
            self.date_line = if is_first { Some(line) } else { self.date_line };
        }
    }

    /// The byline behind the title; with the outlet, if it names one.
    fn byline(&self, text: &str, blocks: &[Block]) -> Option<Option<String>> {
        self.title?;
        let next = blocks.get(self.n_blocks + 1);
        let stands_before_dateline = next.is_some_and(|next| dateline::find(text, next.span).is_some());
        heading::byline(blocks.get(self.n_blocks)?.span.of(text), stands_before_dateline)
    }
}

/// Makes the dateline a block of its own, so that it is no part of the first sentence.
fn set_apart(blocks: &mut Vec<Block>, index: usize, dateline: Span, text: &str) {
    let block = blocks[index].span;
    let rest = Span::new(dateline.end, block.end);
    let blank = rest.of(text).len() - rest.of(text).trim_start().len();
    blocks[index].span = Span::new(dateline.end + blank as u32, block.end);
    blocks.insert(index, Block { span: dateline, is_heading: false });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Blocks are shown one a line, headings with a hash.
    fn check(text: &str, outlet: Option<&str>, expected: &[&str]) {
        let report = Report { text: text.to_owned(), ..Report::default() };
        let outline = outline(&report);
        let show = |block: &Block| {
            format!(
                "{}{}",
                if block.is_heading { "# " } else { "" },
                block.span.of(text).replace(['\n', '\r'], "¶")
            )
        };
        assert_eq!(outline.blocks.iter().map(show).collect::<Vec<_>>(), expected);
        assert_eq!(outline.outlet.as_deref(), outlet);
    }

    #[test]
    fn title_byline_and_dateline_are_set_apart() {
        check(
            "Talks resume in Geneva\n\nAlpine Press Agency\n\nGENEVA, Jan 4 (APA) -- Talks resumed on Monday.\n\nBoth sides came.",
            Some("Alpine Press Agency"),
            &[
                "# Talks resume in Geneva",
                "# Alpine Press Agency",
                "GENEVA, Jan 4 (APA) --",
                "Talks resumed on Monday.",
                "Both sides came.",
            ],
        );
        check("GENEVA (APA) — Talks resumed.", Some("APA"), &["GENEVA (APA) —", "Talks resumed."]);
    }

    #[test]
    fn a_line_with_a_date_is_the_dateline() {
        let text = "Talks resume\n\nMonday, March 4, 2019\n\nTalks resumed on Sunday.";
        let report = Report { text: text.to_owned(), ..Report::default() };
        assert_eq!(outline(&report).dateline.map(|span| span.of(text)), Some("Monday, March 4, 2019"));
    }

    /// The title, the line with the date, and the day it says.
    fn check_date(text: &str, title: Option<&str>, line: &str, day: &str) {
        let report = Report { text: text.to_owned(), ..Report::default() };
        let outline = outline(&report);
        assert_eq!(outline.title.map(|span| span.of(text)), title, "{text}");
        assert_eq!(outline.dateline.map(|span| span.of(text)), Some(line), "{text}");
        let days = match outline.stamp {
            Some(Stamp::Days(days)) => days.format(),
            other => format!("{other:?}"),
        };
        assert_eq!(days, day, "{text}");
    }

    #[test]
    fn stamps_of_their_own_line_are_datelines() {
        let body = "Gunmen killed four soldiers in Quetta on Tuesday.";
        let title = "Four soldiers killed in Quetta";
        for line in [
            "2021-03-03T10:15:00+01:00",
            "Wed, 03 Mar 2021 10:15:00 +0100",
            "Wed Mar 03 2021 10:15:00 GMT+0100 (CET)",
            "3 March 2021 at 10:15",
            "Published: 3 March 2021",
            "Last updated 3 Mar 2021 10:15",
            "Mar 3, 2021 - 10:15 AM EST",
            "Published 3 March 2021 | Updated 5 March 2021",
        ] {
            check_date(&format!("{}\n{line}\n{body}", title), Some(title), line, "2021-03-03");
            check_date(&format!("{line}\n\n{}\n\n{body}", title), Some(title), line, "2021-03-03");
            check_date(
                &format!("{}\n\nBy Jane Doe\n\n{line}\n\n{body}", title),
                Some(title),
                line,
                "2021-03-03",
            );
        }
        for line in ["By Jane Doe   Updated 3 Mar 2021 10:15", "Andean Herald, March 3, 2021"] {
            let stamp = &line[line.find("  Up").map_or("Andean Herald,".len(), |at| at + 1)..];
            check_date(&format!("{}\n\n{line}\n\n{body}", title), Some(title), stamp.trim(), "2021-03-03");
        }
        let lines = "Updated: 5 March 2021\n\nPublished: 3 March 2021";
        check_date(
            &format!("{}\n\n{lines}\n\n{body}", title),
            Some(title),
            "Published: 3 March 2021",
            "2021-03-03",
        );
    }

    #[test]
    fn a_date_as_the_first_line_is_no_title() {
        let body = "Gunmen killed four soldiers in Quetta on Tuesday. Police arrested a man.";
        check_date(&format!("March 3, 2021\n\n{body}"), None, "March 3, 2021", "2021-03-03");
        check_date(&format!("2021-03-03T10:15:00Z\n{body}"), None, "2021-03-03T10:15:00Z", "2021-03-03");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The delegation of the northern council arrived in the\r\ncapital on Tuesday for talks on the release of some\r\nprisoners, an official said.\r\n\r\nIt left on Wednesday.";
        let first = "The delegation of the northern council arrived in the¶¶capital on Tuesday for talks on the release of some¶¶prisoners, an official said.";
        check(text, None, &[first, "It left on Wednesday."]);
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        check(
            "One came.\nTwo left.\n\u{a0}\n* Three\n* Four",
            None,
            &["One came.", "Two left.", "* Three", "* Four"],
        );
        check("No title here.", None, &["No title here."]);
    }

    proptest! {
        #[test]
        fn blocks_hold_all_text_in_order(text in r"[ A-Ca-z.\-—()\n\r\t\u{feff}é*1,]{0,120}") {
            let report = Report { text: text.clone(), ..Report::default() };
            let mut end = 0;
            let mut held = String::new();
            for block in outline(&report).blocks {
                prop_assert!(block.span.start >= end && !block.span.is_empty());
                held.push_str(block.span.of(&text));
                end = block.span.end;
            }
            let visible = |text: &str| text.chars().filter(|char| !line::is_blank(*char)).collect::<String>();
            prop_assert_eq!(visible(&held), visible(&text));
        }
    }
}
