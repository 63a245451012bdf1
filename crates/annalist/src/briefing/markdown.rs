//! *How does a briefing look in Markdown?*

use std::fmt::Write;

use super::outline::{Head, Item, Line, Outline, sections, title};
use super::text::told;
use super::words::{cell_text, marks, published};
use super::{Briefing, Front, ReportLine};
use crate::plain;

pub fn write(briefing: &Briefing) -> String {
    let mut out = front(&briefing.front);
    if !briefing.is_full {
        return out;
    }
    let _ = write!(out, "\n# {}\n\n", escape(&title(briefing)));
    briefing.reports.iter().for_each(|line| report(&mut out, line));
    let mut outline = Outline::default();
    for section in sections(briefing) {
        let _ = writeln!(out, "\n## {}\n", section.heading);
        section.rows.iter().for_each(|row| item(&mut out, &outline.item(*row)));
    }
    out
}

fn front(front: &Front) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&front.period), escape(&front.outlets));
    for part in &front.parts {
        let _ = writeln!(out, "\n## {}\n", escape(&part.heading));
        part.lines.iter().for_each(|line| point(&mut out, 0, &escape(&told(line))));
    }
    if !front.cited.is_empty() {
        let _ = writeln!(out, "\n{}", escape(&front.cited.join("; ")));
    }
    out
}

fn point(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{}- {text}", "  ".repeat(depth));
}

/// Words of others on one line that is neither markup nor HTML.
pub fn escape(text: &str) -> String {
    let line = plain::line(text);
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        if matches!(
            character,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$' | '@'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn report(out: &mut String, report: &ReportLine) {
    let title = escape(report.title.as_deref().unwrap_or(&report.id));
    let outlet = report.outlet.as_deref().map(|outlet| format!(", {}", escape(outlet))).unwrap_or_default();
    let _ = writeln!(out, "{}. **{title}**{outlet}, {}", report.number, escape(&published(report)));
    report.why.iter().for_each(|why| point(out, 1, &format!("because {}", escape(why))));
}

fn item(out: &mut String, item: &Item<'_>) {
    let head = match &item.head {
        Head::Dated(day, words) if day.is_empty() => escape(words),
        Head::Dated(day, words) => format!("**{}** {}", escape(day), escape(words)),
        Head::Name(name) => format!("**{}**", escape(name)),
        Head::Prose(words) => escape(words),
    };
    point(out, 0, &head);
    item.lines.iter().for_each(|shown| point(out, 1, &line(shown)));
}

fn line(line: &Line<'_>) -> String {
    match line {
        Line::Details(words) => escape(words),
        Line::Dated(day, words) => format!("{} {}", escape(day), escape(words)),
        Line::Cell(cell) => escape(&cell_text(cell)),
        Line::Quote(citation) => format!("{} “{}”", escape(&citation.mark()), escape(&citation.text)),
        Line::Again(citations) => escape(&format!("{}, quoted above", marks(citations.iter().copied()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn words_of_others_are_no_markup() {
        check("a\n# b\n\n- c", "a \\# b - c");
        check("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>");
        check("[x](javascript:alert)", "\\[x\\](javascript:alert)");
        check("~~a~~ $b$ @c `d` &lt; \\", "\\~\\~a\\~\\~ \\$b\\$ \\@c \\`d\\` \\&lt; \\\\");
        check("a\u{202e}b\x1b[31m", "a\\\\u{202e}b\\\\u{1b}\\[31m");
    }
}
