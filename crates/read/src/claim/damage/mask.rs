//! *Where were words masked?* "**" in running text, as some outlets and translation pipelines leave behind.

use annalist_schema::{Note, NoteKind, Span};

/// Adds a note on every mask, with the word before it.
pub fn find(text: &str, notes: &mut Vec<Note>) {
    let masks = without_emphasis(text, runs(text).collect());
    for mask in masks.into_iter().filter(|mask| !is_ornament(text, *mask)) {
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
fn without_emphasis(text: &str, runs: Vec<Span>) -> Vec<Span> {
    let mut kept = Vec::new();
    let mut opened: Option<Span> = None;
    for run in runs {
        let pairs = opened.is_some_and(|open| {
            let between = Span::new(open.end, run.start).of(text);
            !between.contains("\n\n") && !between.ends_with(char::is_whitespace)
        });
        if pairs {
            opened = None;
            continue;
        }
        kept.extend(opened.take());
        if opens(text, run) { opened = Some(run) } else { kept.push(run) }
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

/// Runs of two to eight asterisks, of full-width ones, or of "×".
fn runs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[at..].find(is_mask) {
            let start = at + found;
            let rest = &text[start..];
            let length = rest.find(|character| !is_mask(character)).unwrap_or(rest.len());
            at = start + length;
            let run = &text[start..at];
            if (2..=8).contains(&run.chars().count()) {
                return Some(Span::from(start..at));
            }
        }
        None
    })
}

fn is_mask(character: char) -> bool {
    matches!(character, '*' | '＊' | '×' | '█' | '▇' | '■')
}

/// Alone in its line, at the beginning of one, or beside another ornament.
fn is_ornament(text: &str, run: Span) -> bool {
    let (start, end) = (run.start as usize, run.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let before = text[line_start..start].trim();
    let after = text[end..line_end].trim();
    let letters = |part: &str| part.contains(char::is_alphabetic);
    !letters(before) || (!letters(after) && after.contains(is_mask))
}

fn with_word_before(text: &str, mask: Span) -> Span {
    let before = text[..mask.start as usize].trim_end();
    let word = before
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    Span::new(word as u32, mask.end)
}

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
