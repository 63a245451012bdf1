//! *Where were words masked?* "**" in running text, as some outlets and translation pipelines leave behind.

use annalist_schema::{Note, NoteKind, Span};

/// Adds a note on every mask, with the words beside it.
pub fn find(text: &str, notes: &mut Vec<Note>) {
    if is_markup(text) {
        return;
    }
    for mask in runs(text) {
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

/// Text that uses asterisks for emphasis or lists: a run glued to the word behind it opens something.
fn is_markup(text: &str) -> bool {
    let mut opening = 0;
    let mut closing = 0;
    for mask in runs(text) {
        let before = text[..mask.start as usize].chars().next_back();
        let after = text[mask.end as usize..].chars().next();
        let spaced_before = before.is_none_or(char::is_whitespace);
        let spaced_after = after.is_none_or(char::is_whitespace);
        opening += usize::from(spaced_before && !spaced_after);
        closing += usize::from(!spaced_before && spaced_after);
    }
    opening > 0 && closing >= opening
}

/// Runs of two to eight asterisks, of full-width ones, or of "×" between words; lines made of nothing else are ornaments.
fn runs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[at..].find(is_mask) {
            let start = at + found;
            let rest = &text[start..];
            let length = rest.find(|character| !is_mask(character)).unwrap_or(rest.len());
            at = start + length;
            let run = &text[start..at];
            if (2..=8).contains(&run.chars().count()) && !is_ornament(text, start, at) {
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
fn is_ornament(text: &str, start: usize, end: usize) -> bool {
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
    }

    #[test]
    fn leaves_markup_and_ornaments_alone() {
        check("This is **bold** and **strong** text.", &[]);
        check("End of part one.\n***\nPart two.", &[]);
        check("* first\n** second", &[]);
        check("██ Party A\n██ Party B", &[]);
        check("A footnote* here.", &[]);
        check("", &[]);
        check("é**", &["é**"]);
    }
}
