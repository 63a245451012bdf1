//! *Which words does a piece of HTML show?* A line a block, blanks as they are shown.

use scraper::{Html, Node};

/// Elements that begin and end a line.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "tr",
    "ul",
];

/// Elements whose words nobody sees.
const UNSEEN: [&str; 8] = ["script", "style", "noscript", "template", "head", "svg", "iframe", "select"];

/// The words of a page or of a piece of one, without markup.
pub fn text_of(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let html = Html::parse_document(html);
    let (mut lines, mut line) = (Vec::new(), String::new());
    // Without calls within calls: elements may be nested as deep as somebody likes.
    let mut unseen = 0;
    for edge in html.tree.root().traverse() {
        let (node, is_open) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                if UNSEEN.contains(&name) {
                    unseen = if is_open { unseen + 1 } else { unseen - 1 };
                }
                if BLOCKS.contains(&name) {
                    end(&mut lines, &mut line);
                }
            }
            Node::Text(text) if is_open && unseen == 0 => line.push_str(text),
            _ => {}
        }
    }
    end(&mut lines, &mut line);
    lines.join("\n")
}

fn end(lines: &mut Vec<String>, line: &mut String) {
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.clear();
    if !words.is_empty() {
        lines.push(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(text_of(html), expected);
    }

    #[test]
    fn blocks_are_lines() {
        check("<p>One &amp; <b>two</b>.</p><ul><li>Three<li>Four</ul>", "One & two.\nThree\nFour");
        check("One<br>two<script>three</script>", "One\ntwo");
        check("No markup,\nas it is", "No markup,\nas it is");
    }
}
