//! *Which report does this web page hold?* The article without menus and advertisements, with title, outlet, address, language
//! and day of publication; of a live blog, its posts.
//!
//! Each line of the text is a line of the page's own text, so that [`align`] finds it there again.

mod date;
mod json_ld;
mod text;

use annalist_schema::{Report, Span};
use encoding_rs::Encoding;
use scraper::{Html, Selector};

use super::source::{Few, Made};
use super::{Failure, MAX_REPORT_BYTES, encoding, failure, guessed_encoding, id};

pub use date::Dated;
pub use text::text_of;

/// What is known of a page besides its bytes.
#[derive(Clone, Debug, Default)]
pub struct Found<'a> {
    /// Where it was fetched.
    pub url: Option<&'a str>,
    /// Whether the report is called by its address rather than by its file.
    pub is_named_by_url: bool,
    /// The encoding that came with it.
    pub charset: Option<&'a str>,
}

/// Largest page that is taken apart.
pub const LARGEST: usize = 16 << 20;

/// Fewer characters are hardly an article: a second opinion is asked.
const SHORT: usize = 250;

/// Fewer words are a menu's.
const FEWEST_WORDS: usize = 5;

/// The reports of a page.
pub fn pages(name: &str, bytes: Vec<u8>, found: &Found<'_>) -> Few {
    match decode(bytes, found.charset) {
        Ok((html, note)) => of_html(name, &html, note, found),
        Err(problem) => Few::refused(name, &problem),
    }
}

/// The reports of a page that is text already.
pub fn of_html(name: &str, html: &str, guessed: Option<&'static str>, found: &Found<'_>) -> Few {
    if html.len() > LARGEST {
        return Few::refused(
            name,
            &format!("a web page of more than {} MiB; give the text of its article", LARGEST >> 20),
        );
    }
    if depth(html) > DEEPEST {
        let problem = format!(
            "a web page with more than {DEEPEST} elements within one another; give the text of its article"
        );
        return Few::refused(name, &problem);
    }
    let page = Page::new(html, found);
    let posts = page.posts();
    let outcomes: Vec<_> = if posts.is_empty() {
        vec![page.report(name, found)]
    } else {
        posts.into_iter().map(|post| page.post(name, found, post)).collect()
    };
    let noted = outcomes.into_iter().map(|(mut outcome, made)| {
        if let Ok(report) = &mut outcome {
            report.notes.extend(guessed.map(guessed_encoding));
        }
        (outcome, made)
    });
    Few::new(noted)
}

/// Deeper no page of news is nested; what takes pages apart needs the square of it in time.
const DEEPEST: usize = 1500;

/// Elements that end by themselves where another begins, or hold nothing.
const SELF_ENDING: [&str; 22] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "source", "td", "th", "tr", "track", "wbr", "tbody",
];

/// How many elements are open at once, about.
fn depth(html: &str) -> usize {
    let (mut n_open, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let rest = &html.as_bytes()[at + 1..];
        let is_end = rest.first() == Some(&b'/');
        let name = &rest[usize::from(is_end)..];
        let name: Vec<u8> = name
            .iter()
            .take(16)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .map(u8::to_ascii_lowercase)
            .collect();
        if name.is_empty() || SELF_ENDING.iter().any(|one| one.as_bytes() == name) {
            continue;
        }
        n_open = if is_end { n_open.saturating_sub(1) } else { n_open + 1 };
        deepest = deepest.max(n_open);
    }
    deepest
}

/// UTF-8 as it is; else by what the page or who sent it says, else by a guess.
fn decode(bytes: Vec<u8>, charset: Option<&str>) -> Result<(String, Option<&'static str>), String> {
    let is_plain = encoding::wide(&bytes).is_none() && std::str::from_utf8(&bytes).is_err();
    let declared = charset.map(str::to_owned).or_else(|| declared(&bytes));
    match declared.and_then(|label| Encoding::for_label(label.trim().as_bytes())).filter(|_| is_plain) {
        Some(declared) if declared != encoding_rs::UTF_8 => {
            Ok((declared.decode(&bytes).0.into_owned(), None))
        }
        _ => encoding::decode(bytes).map(|decoded| (decoded.text, decoded.guessed)),
    }
}

/// What stands behind `charset=` at the top.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|sign: char| !(sign.is_ascii_alphanumeric() || "-_:.".contains(sign)))?;
    Some(label[..end].to_owned()).filter(|label| !label.is_empty())
}

/// A page, taken apart.
struct Page<'h> {
    source: &'h str,
    html: Html,
    data: Vec<serde_json::Value>,
    url: Option<String>,
}

type MadeOutcome = (Result<Report, Failure>, Made);

impl<'h> Page<'h> {
    fn new(source: &'h str, found: &Found<'_>) -> Self {
        let html = Html::parse_document(source);
        let data = json_ld::objects(&html);
        let canonical = attribute(&html, "link[rel='canonical']", "href")
            .or_else(|| attribute(&html, "meta[property='og:url']", "content"));
        let url = found.url.map(str::to_owned).or(canonical).filter(|url| url.starts_with("http"));
        Self { source, html, data, url }
    }

    /// The posts of a live blog.
    fn posts(&self) -> Vec<json_ld::Post> {
        json_ld::posts(&self.data)
    }

    fn report(&self, name: &str, found: &Found<'_>) -> MadeOutcome {
        let extracted = extract(self.source);
        let said = json_ld::article_body(&self.data).map(|body| text_of(&body));
        let text = [extracted.text, said.unwrap_or_default()].into_iter();
        let text =
            text.reduce(|one, other| if is_better(&other, &one) { other } else { one }).unwrap_or_default();
        let text =
            if text.chars().count() < SHORT { longer(text, second_opinion(self.source)) } else { text };
        let dated = date::resolve(&self.html, &self.data, self.url.as_deref());
        let made = Made { format: "web page", dated_by: dated.as_ref().map(|dated| dated.by.clone()) };
        if text.split_whitespace().count() < FEWEST_WORDS {
            let n_words = text_of(self.source).split_whitespace().count();
            let problem = format!(
                "expected a web page with an article, found one of {n_words} words that holds none; give its text as a text file"
            );
            return (Err(failure(name, &problem)), made);
        }
        if text.len() > MAX_REPORT_BYTES {
            let problem =
                format!("an article of more than {} MiB; split it into its reports", MAX_REPORT_BYTES >> 20);
            return (Err(failure(name, &problem)), made);
        }
        let title = Some(extracted.title).filter(|title| !title.is_empty()).or_else(|| self.title());
        // The headline is the title already; twice it would be told twice.
        let is_title = |line: &str| title.as_deref().is_some_and(|title| title.trim() == line.trim());
        let text = match text.split_once('\n') {
            Some((first, rest)) if is_title(first) => rest.to_owned(),
            _ => text,
        };
        let report = Report {
            id: id::of_file(name),
            published: dated.map(|dated| dated.days),
            title,
            text,
            ..self.frame(Some(extracted.sitename))
        };
        (Ok(self.named(report, found)), made)
    }

    fn post(&self, name: &str, found: &Found<'_>, post: json_ld::Post) -> MadeOutcome {
        let made = Made {
            format: "post of a live blog",
            dated_by: post.published.map(|_| "the post's own data".to_owned()),
        };
        let number = post.number;
        let text = text_of(&post.body);
        if text.trim().is_empty() || text.len() > MAX_REPORT_BYTES {
            let problem =
                format!("expected a text in post {number} of the live blog, found none that can be read");
            return (Err(failure(name, &problem)), made);
        }
        let mut report = Report {
            id: id::of_file(name),
            published: post.published,
            title: post.title,
            text,
            ..self.frame(None)
        };
        report = self.named(report, found);
        report.id = format!("{}#{number}", report.id);
        report.url = post.url.or(report.url);
        (Ok(report), made)
    }

    fn named(&self, report: Report, found: &Found<'_>) -> Report {
        match report.url.clone().filter(|_| found.is_named_by_url) {
            Some(url) => Report { id: url, ..report },
            None => report,
        }
    }

    /// What is the same of all reports of a page.
    fn frame(&self, sitename: Option<String>) -> Report {
        let named = || {
            attribute(&self.html, "meta[property='og:site_name']", "content")
                .or_else(|| json_ld::publisher(&self.data))
                .or(sitename.filter(|name| !name.is_empty()))
                .or_else(|| self.url.as_deref().and_then(host))
        };
        let lang =
            attribute(&self.html, "html", "lang").and_then(|lang| lang.get(..2).map(str::to_ascii_lowercase));
        Report {
            outlet: named(),
            url: self.url.clone(),
            lang: lang.filter(|lang| lang.bytes().all(|byte| byte.is_ascii_lowercase())),
            ..Report::default()
        }
    }

    fn title(&self) -> Option<String> {
        let titles = ["meta[property='og:title']", "h1", "title"];
        let found = titles.iter().find_map(|selector| {
            let element = first(&self.html, selector)?;
            let words = element.attr("content").map_or_else(|| element.text().collect(), str::to_owned);
            Some(words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty())
        });
        found.filter(|title| title.len() < 1000)
    }
}

/// What `trafilatura` makes of a page.
#[derive(Default)]
struct Extracted {
    text: String,
    title: String,
    sitename: String,
}

/// Taking a page apart goes as deep as its elements are nested.
const STACK: usize = 256 << 20;

/// Runs where there is room for it; whatever goes wrong there, nothing was extracted.
fn aside<T: Send + Default>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

fn extract(html: &str) -> Extracted {
    aside(|| {
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_exclude_comments(true)
            .with_max_tree_size(N_ELEMENTS);
        let result = trafilatura::extract(html, &options).ok();
        result.map_or_else(Extracted::default, |result| Extracted {
            // Its plain text runs paragraphs together; its markup has them apart.
            text: text_of(&result.content_html),
            title: result.metadata.title,
            sitename: result.metadata.sitename,
        })
    })
}

/// More elements no page of news has.
const N_ELEMENTS: usize = 200_000;

/// What another extractor finds, where the first found hardly anything.
fn second_opinion(html: &str) -> String {
    aside(|| {
        let config = dom_smoothie::Config {
            text_mode: dom_smoothie::TextMode::Formatted,
            max_elements_to_parse: N_ELEMENTS,
            ..dom_smoothie::Config::default()
        };
        let article =
            dom_smoothie::Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
        article.map_or_else(|_| String::new(), |article| tidy(&article.text_content))
    })
}

/// The page's own data have the article where its elements hold only its beginning.
fn is_better(said: &str, extracted: &str) -> bool {
    let (said, extracted) = (said.chars().count(), extracted.chars().count());
    extracted < SHORT && said > extracted || said > extracted * 3
}

fn longer(one: String, other: String) -> String {
    if other.chars().count() > one.chars().count() { other } else { one }
}

/// Lines without blanks around them, blank ones left out.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn first<'a>(html: &'a Html, selector: &str) -> Option<scraper::ElementRef<'a>> {
    html.select(&Selector::parse(selector).ok()?).next()
}

fn attribute(html: &Html, selector: &str, name: &str) -> Option<String> {
    let value = first(html, selector)?.attr(name)?.trim();
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

/// `news.example` of `https://www.news.example/a`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
}

/// Where each line of a report's text stands in the text of its page, as [`text_of`] gives it: the span in the report, the span
/// in the page's text. Lines that were put together otherwise than they stand there are left out.
pub fn align(page: &str, report: &str) -> Vec<(Span, Span)> {
    let (mut at, mut from) = (0, 0);
    let mut aligned = Vec::new();
    for line in report.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        let found = page[from..].find(words).map(|place| from + place).or_else(|| page.find(words));
        if let Some(place) = found.filter(|_| !words.is_empty()) {
            aligned.push((Span::from(at..at + words.len()), Span::from(place..place + words.len())));
            from = place + words.len();
        }
        at += line.len();
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::source::Source;

    const ARTICLE: &str = "<p>Rebels attacked a village near Gao in Mali on Monday, killing three soldiers, the army said in a \
        statement.</p><p>Residents told <a href='x'>reporters</a> that gunmen came on <b>motorbikes</b> before dawn and set \
        fire to several houses.</p><p>The government promised to send more troops to the region by the end of the week.</p>";

    fn page(head: &str, body: &str) -> String {
        format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Attack near Gao | The Post</title>{head}</head><body><nav><a \
             href='/'>Home</a> <a href='/world'>World</a></nav><main><article><h1>Attack near Gao</h1>{body}</article></main>\
             <aside><p>Most read: Peru accused Chile of spying</p></aside><footer>Copyright 2024 The Post. All rights \
             reserved.</footer></body></html>"
        )
    }

    /// `id | day by what | title | outlet | lang | first words`.
    fn check(html: &str, expected: &[&str]) {
        let mut few = pages("p/a.html", html.as_bytes().to_vec(), &Found::default());
        let mut shown = Vec::new();
        while let Some(outcome) = few.next() {
            shown.push(match outcome {
                Err(failure) => failure.to_string(),
                Ok(report) => {
                    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
                    let day = or_dash(report.published.map(|days| days.format()));
                    let by = or_dash(few.made().dated_by);
                    let words: Vec<_> = report.text.split(' ').take(3).collect();
                    [
                        report.id,
                        format!("{day} by {by}"),
                        or_dash(report.title),
                        or_dash(report.outlet),
                        or_dash(report.lang),
                        words.join(" "),
                    ]
                    .join(" | ")
                }
            });
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_article_is_read_and_the_furniture_left() {
        let html = page("", ARTICLE);
        let mut few = pages("a.html", html.clone().into_bytes(), &Found::default());
        let report = few.next().unwrap().unwrap();
        assert!(
            report.text.contains("motorbikes before dawn") && report.text.contains("end of the week."),
            "{}",
            report.text
        );
        assert!(
            !report.text.contains("Peru") && !report.text.contains("Home") && !report.text.contains("rights"),
            "{}",
            report.text
        );
        // Every line stands in the text of the page.
        let whole = text_of(&html);
        let aligned = align(&whole, &report.text);
        assert_eq!(aligned.len(), report.text.lines().count(), "{}\n{}", whole, report.text);
        assert!(aligned.iter().all(|(own, its)| own.of(&report.text) == its.of(&whole)));
    }

    #[test]
    fn the_day_is_taken_from_the_best_that_tells_it() {
        let told = |head: &str, expected: &str| {
            check(
                &page(head, ARTICLE),
                &[&format!(
                    "p/a.html | {expected} | Attack near Gao | {} | en | Rebels attacked a",
                    if head.contains("site_name") {
                        "Post"
                    } else if head.contains("canonical") {
                        "news.example"
                    } else {
                        "-"
                    }
                )],
            );
        };
        told("", "- by -");
        told(
            "<meta property='og:site_name' content='Post'><meta property='article:published_time' content='2021-03-03T10:15:00Z'>",
            "2021-03-03 by meta article:published_time",
        );
        told(
            "<link rel='canonical' href='https://www.news.example/2021/03/04/attack'>",
            "2021-03-04 by the address",
        );
        told(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2021-03-05T23:00:00-05:00\",\"dateModified\":\"2021-03-09\"}</script>",
            "2021-03-05 by JSON-LD datePublished",
        );
        check(
            &page(
                "",
                &format!(
                    "<p class='byline'>By A. Writer <time datetime='2021-03-06T08:00'>Saturday</time></p>{ARTICLE}"
                ),
            ),
            &["p/a.html | 2021-03-06 by time in the article | Attack near Gao | - | en | Rebels attacked a"],
        );
    }

    #[test]
    fn a_live_blog_gives_its_posts() {
        let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"LiveBlogPosting","liveBlogUpdate":[
            {"@type":"BlogPosting","headline":"First","datePublished":"2021-03-03T10:00:00Z","articleBody":"Rebels attacked Gao.","url":"https://n.example/live#1"},
            {"@type":"BlogPosting","headline":"Second","datePublished":"2021-03-04T10:00:00Z","articleBody":"<p>The army sent troops.</p>"},
            {"@type":"BlogPosting","headline":"Third"}]}</script>"#;
        check(
            &page(data, ARTICLE),
            &[
                "p/a.html#1 | 2021-03-03 by the post's own data | First | - | en | Rebels attacked Gao.",
                "p/a.html#2 | 2021-03-04 by the post's own data | Second | - | en | The army sent",
                "p/a.html: expected a text in post 3 of the live blog, found none that can be read",
            ],
        );
    }

    #[test]
    fn encodings_are_those_that_the_page_says() {
        let html = page("<meta charset='windows-1251'>", "<p>Полиция</p>").replace(ARTICLE, "");
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
        let (text, guessed) = decode(bytes.into_owned(), None).unwrap();
        assert!(text.contains("Полиция") && guessed.is_none());
        assert_eq!(
            declared(b"<meta http-equiv=x content=\"text/html; charset=ISO-8859-2\">").as_deref(),
            Some("iso-8859-2")
        );
    }

    #[test]
    fn strange_pages_end_quietly() {
        check(
            "<html></html>",
            &[
                "p/a.html: expected a web page with an article, found one of 0 words that holds none; give its text as a text file",
            ],
        );
        for html in [
            "<div>".repeat(100_000),
            "<b><i>".repeat(20_000),
            format!("<table>{}", "<tr><td><table>".repeat(5_000)),
            "<script type='application/ld+json'>{\"@graph\":[[[".to_owned(),
            format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000)),
        ] {
            let mut few = pages("a.html", html.into_bytes(), &Found::default());
            while few.next().is_some() {}
        }
    }
}
