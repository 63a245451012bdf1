//! *What is this file?* Told by its first bytes, then by its name, then by its text.

use std::sync::LazyLock;

/// How the bytes of a file become reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON objects: one a line, in a list, or one after the other.
    Json,
    /// What Telegram writes of a channel: a JSON object with a list of messages.
    Telegram,
    /// One report, plain text.
    Text,
    /// A web page.
    Page,
    /// RSS or Atom.
    Feed,
    /// Rows with names of columns above them.
    Table,
    /// One mail.
    Mail,
    /// Mails one after the other.
    Mailbox,
    /// A web archive.
    Warc,
    /// A Word document.
    Docx,
    /// Packed with gzip.
    Gzip,
    /// Packed with zstd.
    Zstd,
    /// A zip archive of files.
    Zip,
    /// Nothing that can be read.
    Other(&'static Kind),
}

/// A kind of file that holds no report as it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// "a PDF".
    pub name: &'static str,
    /// What to do instead, as a clause.
    pub advice: &'static str,
}

impl Kind {
    /// One sentence for a person.
    pub fn problem(&self) -> String {
        format!("expected text or JSON, found {}; {}", self.name, self.advice)
    }
}

const PICTURE: &str = "it holds no text: give what is written on it as a text file";
const RECORDING: &str = "it holds no text: give a transcript as a text file";
const PACKED: &str = "unpack it and give the files or the folder";
const OFFICE: &str = "save it as plain text and give that";
const ROWS: &str =
    "give each row as a JSON object with `id`, `text`, `published`, `title` and `outlet`, one a line";

static XML: Kind =
    Kind { name: "an XML file", advice: "give the text of its reports alone, as text files or JSON" };
static DATABASE: Kind = Kind {
    name: "a database",
    advice: "if it is an archive of Annalist, `annalist timeline --archive FILE` shows it",
};

/// Bytes at an offset, and what begins like that.
struct Signature(usize, &'static [u8], Kind);

const fn begins(bytes: &'static [u8], name: &'static str, advice: &'static str) -> Signature {
    Signature(0, bytes, Kind { name, advice })
}

/// From the published descriptions of the formats, as collected by the `file` command.
static SIGNATURES: &[Signature] = &[
    begins(b"%PDF-", "a PDF", "take its text out (`pdftotext FILE`) and give that"),
    begins(b"%!PS", "a PostScript file", "take its text out (`ps2ascii FILE`) and give that"),
    begins(b"{\\rtf", "a rich text document (RTF)", OFFICE),
    begins(b"\xd0\xcf\x11\xe0", "an old Office document (such as DOC or XLS)", OFFICE),
    begins(b"BZh", "a file packed with bzip2", PACKED),
    begins(b"\xfd7zXZ", "a file packed with xz", PACKED),
    begins(b"7z\xbc\xaf\x27", "a 7-Zip archive", PACKED),
    begins(b"Rar!", "a RAR archive", PACKED),
    Signature(257, b"ustar", Kind { name: "a tar archive", advice: PACKED }),
    begins(b"\x89PNG", "a PNG image", PICTURE),
    begins(b"\xff\xd8\xff", "a JPEG image", PICTURE),
    begins(b"GIF8", "a GIF image", PICTURE),
    begins(b"II*\0", "a TIFF image", PICTURE),
    begins(b"MM\0*", "a TIFF image", PICTURE),
    begins(b"BM", "a BMP image", PICTURE),
    Signature(8, b"WEBP", Kind { name: "a WebP image", advice: PICTURE }),
    Signature(4, b"ftyphei", Kind { name: "a HEIC image", advice: PICTURE }),
    Signature(4, b"ftypavif", Kind { name: "an AVIF image", advice: PICTURE }),
    Signature(4, b"ftyp", Kind { name: "a video or sound recording", advice: RECORDING }),
    Signature(8, b"AVI ", Kind { name: "a video", advice: RECORDING }),
    Signature(8, b"WAVE", Kind { name: "a sound recording", advice: RECORDING }),
    begins(b"\x1a\x45\xdf\xa3", "a video", RECORDING),
    begins(b"OggS", "a sound recording", RECORDING),
    begins(b"ID3", "a sound recording", RECORDING),
    begins(b"fLaC", "a sound recording", RECORDING),
    begins(b"PAR1", "a Parquet table", ROWS),
];

/// What a zip holds tells which kind of document it is.
static ZIPPED: &[(&[u8], Kind)] = &[
    (b"xl/", Kind { name: "an Excel table (XLSX)", advice: ROWS }),
    (b"ppt/", Kind { name: "PowerPoint slides (PPTX)", advice: OFFICE }),
    (b"opendocument.spreadsheet", Kind { name: "an OpenDocument table (ODS)", advice: ROWS }),
    (b"opendocument", Kind { name: "an OpenDocument text (ODT)", advice: OFFICE }),
    (b"epub+zip", Kind { name: "an electronic book (EPUB)", advice: OFFICE }),
];

/// The same by name, where the part of the file that tells comes late.
static ZIPPED_BY_NAME: &[(&str, usize)] =
    &[(".xlsx", 0), (".pptx", 1), (".ods", 2), (".odt", 3), (".epub", 4)];

/// How many of the first bytes are looked at.
pub const HEAD: usize = 4096;

/// Tells the format from the first bytes, and from the name where they do not tell.
pub fn format_of(name: &str, head: &[u8]) -> Format {
    let lower = name.to_ascii_lowercase();
    if let Some(format) = packed(&lower, head) {
        return format;
    }
    if let Some(kind) = signed(head) {
        return Format::Other(kind);
    }
    let has_end = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    // In UTF-16, the letters between zero bytes.
    let wide = super::encoding::wide(head).map(|encoding| encoding.decode(head).0.into_owned());
    let words = wide.unwrap_or_else(|| String::from_utf8_lossy(head).into_owned());
    let words = words.trim_start_matches('\u{feff}').trim_start();
    if words.starts_with("WARC/") {
        return Format::Warc;
    }
    // Rows may hold whole pages, pages never begin as rows.
    if begins_as_rows(words) {
        return if is_telegram(words) { Format::Telegram } else { Format::Json };
    }
    if let Some(format) = markup(words) {
        return format;
    }
    if has_end(&[".jsonl", ".ndjson", ".json"]) {
        return Format::Json;
    }
    if has_end(&[".csv", ".tsv"]) {
        return Format::Table;
    }
    if words.starts_with("From ") && words.split_once('\n').is_some_and(|(_, rest)| is_mail(rest)) {
        return Format::Mailbox;
    }
    if is_mail(words) || has_end(&[".eml"]) {
        return Format::Mail;
    }
    if has_end(&[".mbox"]) { Format::Mailbox } else { Format::Text }
}

/// Whether the first lines are a mail's: names of headers with colons, among them those that every mail has.
fn is_mail(words: &str) -> bool {
    let mut n_known = 0;
    for line in words.lines().take(60).take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        n_known += usize::from(HEADERS.contains(&name.to_ascii_lowercase().as_str()));
    }
    n_known >= 3
}

const HEADERS: [&str; 8] =
    ["from", "date", "subject", "message-id", "received", "return-path", "mime-version", "delivered-to"];

/// Telegram's own words for what it wrote, at the top of it.
fn is_telegram(words: &str) -> bool {
    let kinds =
        ["_channel\"", "_group\"", "_supergroup\"", "personal_chat\"", "saved_messages\"", "bot_chat\""];
    let (top, has_messages) = words.split_once("\"messages\"").map_or((words, false), |(top, _)| (top, true));
    has_messages && top.contains("\"type\"") && kinds.iter().any(|kind| top.contains(kind))
}

/// `{"`, or such an object in a list: no prose begins so.
fn begins_as_rows(words: &str) -> bool {
    let after = |text: &'_ str, sign| text.strip_prefix(sign).map(|rest: &str| rest.trim_start().to_owned());
    let is_object = |text: &str| after(text, '{').is_some_and(|rest| rest.starts_with(['"', '}']));
    is_object(words) || after(words, '[').is_some_and(|rest| is_object(&rest))
}

/// What is packed, by its first bytes; of a zip, what is in it tells.
fn packed(lower_name: &str, head: &[u8]) -> Option<Format> {
    if head.starts_with(b"\x1f\x8b") {
        return Some(Format::Gzip);
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        return Some(Format::Zstd);
    }
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if holds(b"word/") || lower_name.ends_with(".docx") {
        return Some(Format::Docx);
    }
    let within = ZIPPED.iter().find(|(part, _)| holds(part));
    let named = || ZIPPED_BY_NAME.iter().find(|(end, _)| lower_name.ends_with(end));
    let kind = within.map(|(_, kind)| kind).or_else(|| named().map(|&(_, at)| &ZIPPED[at].1));
    Some(kind.map_or(Format::Zip, Format::Other))
}

fn signed(head: &[u8]) -> Option<&'static Kind> {
    if head.starts_with(b"SQLite format 3") {
        return Some(&DATABASE);
    }
    // "BM" may begin a text; the four zero bytes after the size of a bitmap do not.
    let is_text = head.starts_with(b"BM") && head.get(6..10) != Some(&[0; 4]);
    let fits =
        |Signature(at, bytes, _): &&Signature| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes));
    SIGNATURES.iter().find(fits).filter(|_| !is_text).map(|Signature(_, _, kind)| kind)
}

/// A page, feed or table that came as a text.
pub fn disguised(text: &str) -> Option<Format> {
    markup(text).or_else(|| is_table(text).then_some(Format::Table))
}

/// A page or feed, whole or in part.
pub fn markup(text: &str) -> Option<Format> {
    let start = after_comments(text.trim_start_matches('\u{feff}').trim_start());
    let head = start.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| head.starts_with(word));
    if begins(&["<rss", "<feed", "<rdf:rdf"]) {
        return Some(Format::Feed);
    }
    if begins(&["<!doctype html", "<html", "<head>", "<body"]) {
        return Some(Format::Page);
    }
    if begins(&["<?xml"]) {
        let is_feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|word| head.contains(word));
        let other = if head.contains("<html") { Format::Page } else { Format::Other(&XML) };
        return Some(if is_feed { Format::Feed } else { other });
    }
    // A part of a page has the ends of its blocks; a text that quotes a tag or two has not.
    let n_ends = BLOCK_ENDS.iter().map(|end| count(text, end)).sum::<usize>();
    let n_needed = if head.starts_with('<') { 1 } else { 3 };
    (n_ends >= n_needed && n_ends * 1500 > text.len()).then_some(Format::Page)
}

/// Tags that end the blocks of a page, without those that only set words apart.
const BLOCK_ENDS: [&str; 16] = [
    "</p>",
    "</div>",
    "</span>",
    "</a>",
    "</li>",
    "</ul>",
    "</table>",
    "</td>",
    "</tr>",
    "</script>",
    "</style>",
    "</article>",
    "</section>",
    "</h1>",
    "</h2>",
    "</h3>",
];

fn count(text: &str, end: &str) -> usize {
    text.match_indices("</")
        .filter(|(at, _)| {
            text.as_bytes()
                .get(*at..*at + end.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(end.as_bytes()))
        })
        .count()
}

fn after_comments(mut text: &str) -> &str {
    while let Some((_, rest)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        text = rest.trim_start();
    }
    text
}

/// What the columns of a table of reports are called, in lower case.
static COLUMNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "id,url,link,title,headline,text,body,content,article,summary,description,date,published,publish_date,pubdate,\
     published_at,publication,source,outlet,publisher,author,authors,lang,language,country,category,section,timestamp,\
     year,month,day,event_date,event_type,actor1,actor2,location,latitude,longitude,fatalities,notes"
        .split(',')
        .collect()
});

/// A line of names of columns, and rows of as many cells below it.
fn is_table(text: &str) -> bool {
    [b',', b';', b'\t', b'|'].into_iter().any(|sign| is_table_with(text, sign))
}

fn is_table_with(text: &str, sign: u8) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().map_while(Result::ok);
    let Some(head) = records.next().filter(|head| head.len() >= 2) else { return false };
    let is_name = |cell: &str| {
        let cell = cell.trim();
        !cell.is_empty()
            && cell.len() <= 40
            && !cell.contains(['.', '!', '?'])
            && cell.split(' ').count() <= 3
    };
    if !head.iter().all(is_name) {
        return false;
    }
    let n_known = head.iter().filter(|cell| COLUMNS.contains(&cell.trim().to_lowercase().as_str())).count();
    let (mut n_rows, mut n_even) = (0, 0);
    for record in records.take(200) {
        n_rows += 1;
        n_even += usize::from(record.len() == head.len());
    }
    let is_even = n_even * 10 >= n_rows * 9 && n_even > 0;
    is_even && (n_known >= 2 || head.len() >= 3 && n_rows >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `json`, `text`, or the name of the kind.
    fn check(name: &str, bytes: &[u8], expected: &str) {
        let told = |format| match format {
            Format::Other(kind) => kind.name.to_owned(),
            format => format!("{format:?}").to_lowercase(),
        };
        let found = match format_of(name, bytes) {
            Format::Text => {
                let text = String::from_utf8(bytes.to_vec()).ok();
                told(text.and_then(|text| disguised(&text)).unwrap_or(Format::Text))
            }
            format => told(format),
        };
        assert_eq!(found, expected, "{name}: {}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn files_that_hold_no_text() {
        check("a.pdf", b"%PDF-1.7\n", "a PDF");
        check("a.txt", b"%PDF-1.7\n", "a PDF");
        check("a.docx", b"PK\x03\x04\x14\0[Content_Types].xml", "docx");
        check("a", b"PK\x03\x04\x14\0\x06word/document.xml", "docx");
        check("a.zip", b"PK\x03\x04\x14\0reports/a.txt", "zip");
        check("a.png", b"\x89PNG\r\n\x1a\n", "a PNG image");
        check("a.jpg", b"\xff\xd8\xff\xe0", "a JPEG image");
        check("a.gz", b"\x1f\x8b\x08", "gzip");
        check("annals.db", b"SQLite format 3\0", "a database");
        check("a.txt", b"BMW recalled cars in Germany.", "text");
        let row = br#"{"id": "1", "text": "<html><head><title>x</title></head><body><p>a</p><p>b</p><div>c</div></body></html>"}"#;
        check("a", row, "json");
    }

    #[test]
    fn pages_and_feeds_by_any_name() {
        for name in ["a.html", "a.txt", "-", "a.jsonl"] {
            check(name, b"<!DOCTYPE html>\n<html><script>x</script></html>", "page");
        }
        check("a.txt", b"\xef\xbb\xbf<!-- saved --><HTML><p>One.</p>", "page");
        check("a.txt", b"<div><p>Rebels attacked.</p></div>", "page");
        check("a.txt", b"Home <a>News</a> <p>Rebels attacked.</p></div>", "page");
        check("a.txt", b"<?xml version=\"1.0\"?><rss><channel>", "feed");
        check("a.xml", b"<feed xmlns=\"x\">", "feed");
        check("a.xml", b"<?xml version=\"1.0\"?><nitf>", "an XML file");
        check("a.txt", b"Rebels attacked <script>alert(1)</script> in Mali.", "text");
        check("a.txt", b"<Unconfirmed> Rebels attacked a town.", "text");
    }

    #[test]
    fn tables_by_any_name() {
        check("a.csv", b"x", "table");
        check("a.txt", b"id,date,text\n1,2021-03-03,\"Rebels attacked, then left.\"\n", "table");
        check("a.txt", b"id;title\n1;Rebels attacked\n2;Police came\n", "table");
        check("a.txt", b"title\ttext\nOne\tRebels attacked, in Mali.\n", "table");
        check("a.txt", b"Paris, London, Rome\nOne, two, three came.\n", "text");
        check("a.txt", b"Kabul, March 3\n\nRebels attacked, police said.\n", "text");
        check("a.txt", b"Talks resume\n\nThey met, talked, and left.\n", "text");
    }

    #[test]
    fn rows_by_any_name() {
        check("a.txt", b"{\"id\": 1}", "json");
        check("-", b"[\n  {\"id\": 1}]", "json");
        check("-", b"\xff\xfe{\0\"\0i\0", "json");
        check("-", b"{\0\"\0i\0d\0\"\0:\0", "json");
        check("-", b"[Updated] Rebels attacked.", "text");
        check("a.json", b"[]", "json");
        check("-", b"{Reuters} Rebels attacked.", "text");
    }
}
