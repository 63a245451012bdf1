//! *Which words stand in the text and are no part of the report?* "Related article", "Read more", which pages put between its
//! sentences without a mark at their end.

use annalist_schema::Span;

/// What pages of news sites put before the headline of another report. Collected from the pages of broadcasters and agencies.
const MARKERS: [&str; 18] = [
    "Related articles",
    "Related article",
    "Related stories",
    "Related story",
    "Related video",
    "Related topics",
    "Read more here",
    "Read more",
    "Read also",
    "Also read",
    "See also",
    "More on this story",
    "Recommended stories",
    "Recommended reading",
    "Article continues below",
    "Continue reading",
    "Advertisement",
    "Image source",
];

/// Where such words end inside a block, in order: the next word begins a sentence, whatever stands before it.
pub fn ends(text: &str, block: Span) -> Vec<u32> {
    let body = block.of(text);
    let mut found: Vec<u32> = MARKERS
        .iter()
        .flat_map(|marker| body.match_indices(marker).map(|(at, marker)| (at, at + marker.len())))
        .filter(|&(start, end)| stands_apart(&body[..start]) && leads_on(&body[end..]))
        .map(|(_, end)| block.start + (end + usize::from(body[end..].starts_with(':'))) as u32)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// At the beginning, or behind the end of a sentence or a bracket.
fn stands_apart(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ')', ']', '”', '"', '…'])
}

/// A capital follows, with or without a colon.
fn leads_on(behind: &str) -> bool {
    let rest = behind.strip_prefix(':').unwrap_or(behind);
    let name = rest.trim_start();
    name.len() < rest.len() && name.starts_with(|letter: char| letter.is_uppercase() || letter == '“')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let block = Span::from(0..text.len());
        let found: Vec<&str> = ends(text, block).iter().map(|&end| &text[..end as usize]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_to_other_reports_end_behind_their_words() {
        check("Related article Two met The army left.", &["Related article"]);
        check("They left. (Photo by Ann) Read more: Two met", &["They left. (Photo by Ann) Read more:"]);
        check("A related article said so.", &[]);
        check("Related articles were burned.", &[]);
        check("They saw the Advertisement Board.", &[]);
        check("", &[]);
    }
}
