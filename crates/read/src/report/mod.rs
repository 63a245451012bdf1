//! *Where in the raw text are the title, the outlet, the dateline and the paragraphs?*

pub mod date;
mod dateline;
mod furniture;
mod heading;
mod line;

use annalist_schema::{Report, Span};

/// The parts of a report's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The title within the text.
    pub title: Option<Span>,
    /// Outlet, given or found.
    pub outlet: Option<String>,
    /// "BAGHDAD, Jan 4 (Agency) -" and the like at the start of the body, or a line that holds nothing but a date.
    pub dateline: Option<Span>,
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
    let title = heading::title(text, &blocks, report.title.as_deref());
    let n_title = usize::from(title.is_some());
    let byline = blocks.get(n_title).filter(|_| title.is_some()).and_then(|block| {
        let stands_before_dateline =
            blocks.get(n_title + 1).is_some_and(|next| dateline::find(text, next.span).is_some());
        heading::byline(block.span.of(text), stands_before_dateline)
    });
    let n_head = n_title + usize::from(byline.is_some());
    blocks.iter_mut().take(n_head).for_each(|block| block.is_heading = true);
    heading::mark_headings(text, &mut blocks[n_head..]);
    let date_line =
        blocks.get(n_head).map(|block| block.span).filter(|span| dateline::is_date_line(span.of(text)));
    let n_before = n_head + usize::from(date_line.is_some());
    let dateline = blocks.get(n_before).and_then(|block| dateline::find(text, block.span));
    if let Some(dateline) = &dateline {
        set_apart(&mut blocks, n_before, dateline.span, text);
    }
    let mut blocks: Vec<Block> =
        blocks.into_iter().flat_map(|block| without_furniture(text, block)).collect();
    blocks.retain(|block| !block.span.is_empty());
    let found = byline.flatten().or_else(|| dateline.as_ref().and_then(|dateline| dateline.outlet.clone()));
    Outline {
        title,
        outlet: report.outlet.clone().or(found),
        dateline: date_line.or(dateline.map(|dateline| dateline.span)),
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
