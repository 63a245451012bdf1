//! *Does the body begin with place, day and agency?*

use annalist_schema::{MONTHS, Span, Stamp, WEEKDAYS};

use super::heading;

/// "BAGHDAD, Jan 4 (Agency) --".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// With its dash.
    pub span: Span,
    /// The agency in brackets.
    pub outlet: Option<String>,
}

/// Longest dateline, in bytes.
const LONGEST: usize = 120;

/// The dateline at the start of a block: names, numbers and an agency before a dash, and nothing that a sentence has.
pub fn find(text: &str, block: Span) -> Option<Dateline> {
    let body = block.of(text);
    let Some((head_end, dash_end)) = dash(body) else { return bracketed(body, block) };
    let head = body[..head_end].trim_end();
    let (place, outlet) = split_agency(head);
    let is_loud = place
        .split(|char: char| !char.is_alphabetic())
        .next()
        .is_some_and(|word| word.len() > 2 && is_loud(word));
    let is_dateline = (outlet.is_some() || is_loud || is_date_line(place))
        && place.split_whitespace().all(is_dateline_word)
        && dash_end < body.trim_end().len();
    is_dateline.then(|| Dateline {
        span: Span::new(block.start, block.start + dash_end as u32),
        outlet: outlet.map(str::to_owned),
    })
}

/// "HARARE (Agency) On Thursday ...": a place in capitals with its agency needs no dash.
fn bracketed(body: &str, block: Span) -> Option<Dateline> {
    let close = body.find(')').filter(|&at| at < LONGEST)?;
    let (place, outlet) = split_agency(&body[..=close]);
    let outlet = outlet?;
    let end = close + 1 + usize::from(body[close + 1..].starts_with(['.', ':']));
    let goes_on = body[end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let mut words = place.split_whitespace();
    let is_loud_place = words.next().is_some_and(|word| {
        let bare = word.trim_matches(|char: char| !char.is_alphabetic());
        bare.len() > 2 && is_loud(bare)
    });
    (goes_on && is_loud_place && words.all(is_dateline_word)).then(|| Dateline {
        span: Span::new(block.start, block.start + end as u32),
        outlet: Some(outlet.to_owned()),
    })
}

/// Where the first dash with space or a bracket before it starts, and where it ends.
fn dash(body: &str) -> Option<(usize, usize)> {
    let is_dash = |char: char| matches!(char, '-' | '–' | '—' | '―');
    for (at, char) in body.char_indices().take_while(|&(at, _)| at < LONGEST) {
        let is_set_apart = char == '—' || body[..at].ends_with([' ', ')', '\u{a0}']);
        if is_dash(char) && is_set_apart {
            let length = body[at..].find(|char| !is_dash(char))?;
            let follows = body[at + length..].starts_with(char::is_whitespace)
                || char == '—'
                || body[..at].ends_with(')');
            return follows.then_some((at, at + length));
        }
    }
    None
}

/// The head without the bracket at its end, and what is in the bracket.
fn split_agency(head: &str) -> (&str, Option<&str>) {
    let Some((place, agency)) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')) else {
        return (head, None);
    };
    let is_capitalised = |word: &str| word.starts_with(|char: char| char.is_uppercase() || char == '/');
    let is_name =
        (1..=5).contains(&agency.split_whitespace().count()) && agency.split_whitespace().all(is_capitalised);
    if is_name { (place.trim_end(), Some(agency)) } else { (head, None) }
}

fn is_loud(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// A name, a number, or a particle of a name.
fn is_dateline_word(word: &str) -> bool {
    let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
    bare.is_empty()
        || bare.starts_with(|char: char| char.is_uppercase() || char.is_numeric())
        || matches!(bare, "al" | "de" | "of" | "el" | "and")
}

/// A line that holds a date and nothing else but a byline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateLine {
    /// Without the byline.
    pub span: Span,
    /// What it says, where it is written as programs and outlets write it.
    pub stamp: Option<Stamp>,
}

impl DateLine {
    /// Whether it names an earlier day, or names a day where the other does not.
    pub fn is_before(&self, other: &Self) -> bool {
        let day = |line: &Self| match line.stamp {
            Some(Stamp::Days(days)) => Some(days.earliest),
            Some(Stamp::Ambiguous(..)) | None => None,
        };
        day(self).is_some_and(|own| day(other).is_none_or(|other| own < other))
    }
}

/// The date of a block that is a line with a date: "Published: 3 March 2021", "By Jane Doe   Updated 3 Mar 2021 10:15".
pub fn date_line(text: &str, block: Span) -> Option<DateLine> {
    let line = block.of(text);
    if line.len() > LONGEST || line.contains('\n') {
        return None;
    }
    if let Some(stamp) = Stamp::read(line) {
        return Some(DateLine { span: block, stamp: Some(stamp) });
    }
    if is_date_line(line) {
        return Some(DateLine { span: block, stamp: None });
    }
    let gaps =
        line.char_indices().filter(|(_, char)| char.is_whitespace() || matches!(char, '|' | '·' | ','));
    gaps.map(|(at, char)| (&line[..at], &line[at + char.len_utf8()..])).find_map(|(name, rest)| {
        let stamp = Stamp::read(rest).filter(|_| heading::byline(name.trim(), false).is_some())?;
        let length = rest.trim_start().len() as u32;
        Some(DateLine { span: Span::new(block.end - length, block.end), stamp: Some(stamp) })
    })
}

/// Whether a line holds a day or month with its year and nothing else: "Monday, March 4, 2019".
pub fn is_date_line(text: &str) -> bool {
    let words = || text.split([' ', ',', '\u{a0}', '|', ':']).filter(|word| !word.is_empty());
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && is_number(word);
    let is_calendar = |word: &str| {
        let word = bare(word);
        word.len() > 2 && MONTHS.iter().chain(&WEEKDAYS).any(|name| name.starts_with(&word))
    };
    let has_figures = |word: &str| word.split(['-', '/', '.']).filter(|part| is_number(part)).count() == 3;
    let names_day = words().any(is_year) && words().any(is_calendar) || words().any(has_figures);
    let is_other = |word: &str| {
        matches!(bare(word).as_str(), "on" | "published" | "posted" | "updated" | "the" | "of" | "date")
    };
    let is_day = |word: &str| is_number(bare(word).trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']));
    words().count() <= 9
        && names_day
        && words().all(|word| is_day(word) || is_calendar(word) || has_figures(word) || is_other(word))
}

fn bare(word: &str) -> String {
    word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase()
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<&str>)>) {
        let found = find(text, Span::from(0..text.len()));
        let found = found.map(|dateline| (dateline.span.of(text).to_owned(), dateline.outlet));
        assert_eq!(
            found,
            expected.map(|(head, outlet)| (head.to_owned(), outlet.map(str::to_owned))),
            "{text}"
        );
    }

    #[test]
    fn tells_datelines() {
        check("BASEL, Jan 4 (Agency) -- Two met.", Some(("BASEL, Jan 4 (Agency) --", Some("Agency"))));
        check("BASEL (Agency) On Monday two met.", Some(("BASEL (Agency)", Some("Agency"))));
        check("BASEL, Jan 4 (Agency): Two met.", Some(("BASEL, Jan 4 (Agency):", Some("Agency"))));
        check("NATO (Brussels) said so.", None);
        check("BASEL — Two met.", Some(("BASEL —", None)));
        check("March 4, 2019 - Two met.", Some(("March 4, 2019 -", None)));
        check("(Agency) - Two met.", Some(("(Agency) -", Some("Agency"))));
        check("Basel, Feb. 11 (News One)— Two met.", Some(("Basel, Feb. 11 (News One)—", Some("News One"))));
    }

    #[test]
    fn tells_lines_with_a_date() {
        for line in
            ["Monday, March 4, 2019", "4 Mar. 2019", "2019-03-04", "Published: 04/03/2019", "March 2019"]
        {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["In March 2019 talks resumed", "Basel, 4 March 2019", "March", "2019", "1.5", ""] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn other_dashes_are_left_alone() {
        check("Two met - and parted.", None);
        check("Two (Ann and Bob) - both tall - met.", None);
        check("The UN-backed talks - long awaited - began.", None);
        check("BASEL -", None);
        check("", None);
    }
}
