//! *Where were words masked?* "**" in running text, as some outlets and translation pipelines leave behind.

use annalist_schema::{Note, NoteKind, Span};

/// Adds a note on every mask, with the word before it.
pub fn find(text: &str, notes: &mut Vec<Note>) {
    let masks = without_emphasis(text, runs(text).collect());
    for mask in masks.into_iter().filter(|run| !run.is_ornament).map(|run| run.span) {
        notes.push(Note {
            kind: NoteKind::MaskedWords,
            span: Some(with_word_before(text, mask)),
            message: format!(
                "`{}` stands where words were masked or lost; check the original for what it replaces",
                mask.of(text)
            ),
        });
    }
}

/// Leaves out pairs that set words in bold, as Markdown does: one glued to the word behind it, the next in the paragraph
/// to the word before it.
fn without_emphasis(text: &str, runs: Vec<Run>) -> Vec<Run> {
    let mut kept = Vec::new();
    let mut opened: Option<Run> = None;
    for run in runs {
        let pairs = opened.is_some_and(|open| {
            let between = Span::new(open.span.end, run.span.start).of(text);
            !between.contains("\n\n") && !between.ends_with(char::is_whitespace)
        });
        if pairs {
            opened = None;
            continue;
        }
        kept.extend(opened.take());
        if opens(text, run.span) { opened = Some(run) } else { kept.push(run) }
    }
    kept.extend(opened);
    kept
}

/// Glued to the letter behind it, or to the sign that opens a quotation or bracket, and to no letter before it.
fn opens(text: &str, run: Span) -> bool {
    let before = text[..run.start as usize].chars().next_back();
    let after = text[run.end as usize..].chars().next();
    before.is_none_or(|character| !character.is_alphanumeric())
        && after.is_some_and(|after| after.is_alphanumeric() || "“‘\"'«([$€£#_".contains(after))
}

/// Signs that may stand for words.
#[derive(Clone, Copy)]
struct Run {
    span: Span,
    /// Alone in its line, at the beginning of one, or beside another ornament.
    is_ornament: bool,
}

/// Runs of two to eight asterisks, of full-width ones, or of "×".
fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let found = runs_of_line(line, start);
        start += line.len();
        found
    })
}

/// The same for one line, which begins at a byte of the text. What the whole line holds is looked for once: a line may be all
/// of the text.
fn runs_of_line(line: &str, offset: usize) -> Vec<Run> {
    let letters = line.find(char::is_alphabetic).zip(line.rfind(char::is_alphabetic));
    let last_mask = line.rfind(is_mask).unwrap_or(0);
    let is_ornament = |start: usize, end: usize| match letters {
        Some((first, last)) => first >= start || last < end && last_mask >= end,
        None => true,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = line[at..].find(is_mask) {
        let start = at + next;
        let rest = &line[start..];
        at = start + rest.find(|character| !is_mask(character)).unwrap_or(rest.len());
        if (2..=8).contains(&line[start..at].chars().count()) {
            let span = Span::from(offset + start..offset + at);
            found.push(Run { span, is_ornament: is_ornament(start, at) });
        }
    }
    found
}

fn is_mask(character: char) -> bool {
    matches!(character, '*' | '＊' | '×' | '█' | '▇' | '■')
}

fn with_word_before(text: &str, mask: Span) -> Span {
    let before = text[..mask.start as usize].trim_end();
    let word: usize = before
        .chars()
        .rev()
        .take(LONGEST_WORD)
        .take_while(|character| !character.is_whitespace())
        .map(char::len_utf8)
        .sum();
    Span::new((before.len() - word) as u32, mask.end)
}

/// Of longer words the end is shown.
const LONGEST_WORD: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut notes = Vec::new();
        find(text, &mut notes);
        let shown: Vec<&str> = notes.iter().filter_map(|note| note.span).map(|span| span.of(text)).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn finds_masked_words() {
        check("The ** army entered the town.", &["The **"]);
        check("Envoys urged Sudan** to reply, and Egypt*** agreed.", &["Sudan**", "Egypt***"]);
        check("The minister said ███ would come.", &["said ███"]);
        check("It will also serve **. Chad** agreed.", &["serve **", "Chad**"]);
        check("He met **Mr Banda** in Zambia** today.", &["Zambia**"]);
    }

    #[test]
    fn leaves_markup_and_ornaments_alone() {
        check("This is **bold** and **strong** text.", &[]);
        check("**Kabul** fell.\n\n**Police:** five men were held.\n- **Ann Roe** left.", &[]);
        check("**“We will not leave”**, he said. He met **the\nminister** (**and**) left.", &[]);
        check("***Gunmen*** killed four.\n\n## **What we know**\n\n> **Note** it.", &[]);
        check("End of part one.\n***\nPart two.", &[]);
        check("* first\n** second", &[]);
        check("██ Party A\n██ Party B", &[]);
        check("A footnote* here.", &[]);
        check("", &[]);
        check("é**", &["é**"]);
    }
}
