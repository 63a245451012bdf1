//! *Which reports does this feed hold?* RSS (0.9 to 2.0) and Atom: one an item, its longest text without markup.

use annalist_schema::Report;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::page::text_of;
use super::source::{Few, Made};
use super::{Outcome, encoding, failure, id, row};

/// Largest feed.
pub const LARGEST: usize = 64 << 20;

/// What was read of an item so far, and of the feed before it.
#[derive(Default)]
struct Item {
    title: String,
    id: String,
    link: String,
    published: String,
    updated: String,
    texts: Vec<String>,
    outlet: String,
}

/// The reports of a feed.
pub fn reports(name: &str, bytes: Vec<u8>) -> Few {
    match encoding::decode(declared_as_utf8(bytes)) {
        Ok(decoded) => of_text(name, &decoded.text),
        Err(problem) => Few::refused(name, &problem),
    }
}

/// By the encoding that the first line of XML says.
fn declared_as_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let label = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next().map(str::to_owned));
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match encoding.filter(|encoding| *encoding != encoding_rs::UTF_8 && std::str::from_utf8(&bytes).is_err())
    {
        Some(encoding) => encoding.decode(&bytes).0.into_owned().into_bytes(),
        None => bytes,
    }
}

fn of_text(name: &str, text: &str) -> Few {
    let (mut outcomes, mut feed, mut item): (Vec<(Outcome, Made)>, Item, Option<Item>) =
        (Vec::new(), Item::default(), None);
    // Names of the elements that are open, with the words of the innermost.
    let (mut open, mut words): (Vec<String>, String) = (Vec::new(), String::new());
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Err(error) => {
                let problem = format!(
                    "expected a feed, found XML that is damaged at byte {}: {error}",
                    reader.error_position()
                );
                outcomes.push((Err(failure(name, &problem)), Made::of(FORMAT)));
                break;
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => {
                let element_name = element.name().as_ref().to_ascii_lowercase();
                if matches!(element_name.as_str(), "item" | "entry") {
                    item = Some(Item { outlet: feed.title.clone(), ..Item::default() });
                }
                take_link(&element, &element_name, item.as_mut().unwrap_or(&mut feed));
                // XHTML within Atom is kept as it stands.
                let is_markup = element_name == "content" || element_name == "summary";
                if is_markup && attribute(&element, "type").as_deref() == Some("xhtml") {
                    let inner = reader.read_text(element.to_end().name()).map(|inner| inner.to_string());
                    if let (Some(item), Ok(inner)) = (&mut item, inner) {
                        item.texts.push(text_of(&inner));
                    }
                    continue;
                }
                open.push(element_name);
                words.clear();
            }
            Ok(Event::Empty(element)) => {
                let element_name = element.name().as_ref().to_ascii_lowercase();
                take_link(&element, &element_name, item.as_mut().unwrap_or(&mut feed));
            }
            Ok(Event::Text(piece)) => words.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => words.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(reference)) => words.push_str(&entity(&reference)),
            Ok(Event::End(_)) => {
                let Some(element_name) = open.pop() else { continue };
                if matches!(element_name.as_str(), "item" | "entry") {
                    let made = item.take().map(|item| outcome(name, outcomes.len() + 1, item));
                    outcomes.extend(made);
                } else if open.last().is_some_and(|outer| OUTER.contains(&outer.as_str())) {
                    take(item.as_mut().unwrap_or(&mut feed), &element_name, &words);
                }
                words.clear();
            }
            Ok(_) => {}
        }
    }
    if outcomes.is_empty() {
        return Few::refused(name, "expected a feed with items, found one without any");
    }
    Few::new(outcomes)
}

const FORMAT: &str = "item of a feed";

/// Elements whose own are fields.
const OUTER: [&str; 5] = ["item", "entry", "channel", "feed", "source"];

fn attribute(element: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.as_ref().eq_ignore_ascii_case(name))?;
    let value = found.value.as_ref().replace("&amp;", "&");
    Some(value)
}

fn take_link(element: &quick_xml::events::BytesStart<'_>, name: &str, item: &mut Item) {
    if name != "link" || !item.link.is_empty() {
        return;
    }
    let rel = attribute(element, "rel");
    if rel.is_none_or(|rel| rel == "alternate") {
        item.link = attribute(element, "href").unwrap_or_default();
    }
}

fn take(item: &mut Item, name: &str, words: &str) {
    let first = |field: &mut String| {
        if field.is_empty() {
            *field = words.trim().to_owned();
        }
    };
    match name {
        "title" => first(&mut item.title),
        "guid" | "id" => first(&mut item.id),
        "link" => first(&mut item.link),
        "pubdate" | "published" | "dc:date" | "issued" => first(&mut item.published),
        "updated" | "modified" | "lastbuilddate" => first(&mut item.updated),
        "description" | "content:encoded" | "summary" | "content" => item.texts.push(text_of(words)),
        _ => {}
    }
}

/// The character that a reference stands for; of what only pages know, nothing.
fn entity(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name)
        .map_or_else(|| text_of(&format!("&{name};")), str::to_owned)
}

fn outcome(name: &str, number: usize, item: Item) -> (Outcome, Made) {
    let dated_by = match (item.published.is_empty(), item.updated.is_empty()) {
        (false, _) => Some("the item's day of publication".to_owned()),
        (true, false) => Some("the item's last change".to_owned()),
        _ => None,
    };
    let stamp = if item.published.is_empty() { item.updated } else { item.published };
    let text = item.texts.into_iter().max_by_key(String::len).unwrap_or_default();
    let published = row::days(&stamp);
    let made = Made { format: FORMAT, dated_by: dated_by.filter(|_| published.is_some()) };
    if text.trim().is_empty() {
        let problem = format!(
            "expected a text in item {number} of the feed (“{}”), found none; give its page",
            item.title
        );
        return (Err(failure(name, &problem)), made);
    }
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let url = some(item.link).filter(|link| link.contains("://"));
    let own = some(item.id).or_else(|| url.clone());
    let report = Report {
        id: own.unwrap_or_else(|| format!("{}#{number}", id::of_file(name))),
        published_unread: some(stamp).filter(|_| published.is_none()),
        published,
        title: some(text_of(&item.title)),
        outlet: some(text_of(&item.outlet)),
        url,
        text,
        ..Report::default()
    };
    (Ok(report), made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::source::Source;

    fn check(feed: &str, expected: &[&str]) {
        let mut few = reports("x.xml", feed.as_bytes().to_vec());
        let mut shown = Vec::new();
        while let Some(outcome) = few.next() {
            shown.push(match outcome {
                Err(failure) => failure.to_string(),
                Ok(report) => {
                    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
                    let day = report.published.map(|days| days.format());
                    [report.id, or_dash(day), or_dash(report.title), or_dash(report.outlet), report.text]
                        .join(" | ")
                }
            });
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn items_of_rss() {
        check(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>The Post &amp; Co</title><link>https://n.example</link>\
             <item><title>Attack &#8211; Gao</title><link>https://n.example/1?a=1&amp;b=2</link>\
             <pubDate>Wed, 03 Mar 2021 10:15:00 GMT</pubDate><description>Short.</description>\
             <content:encoded><![CDATA[<p>Rebels attacked <b>Gao</b>.</p><p>Two died.</p>]]></content:encoded></item>\
             <item><title>Empty</title><guid>g2</guid></item>\
             <item><guid>g3</guid><description>&lt;p&gt;The army came.&lt;/p&gt;</description></item></channel></rss>",
            &[
                "https://n.example/1?a=1&b=2 | 2021-03-03 | Attack – Gao | The Post & Co | Rebels attacked Gao.\nTwo died.",
                "x.xml: expected a text in item 2 of the feed (“Empty”), found none; give its page",
                "g3 | - | - | The Post & Co | The army came.",
            ],
        );
    }

    #[test]
    fn entries_of_atom() {
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><id>tag:1</id><title type='html'>A &amp;amp; B</title>\
             <link rel='self' href='https://n.example/self'/><link href='https://n.example/a'/><updated>2021-03-04T00:00:00Z</updated>\
             <published>2021-03-03T10:00:00Z</published><content type='xhtml'><div xmlns='x'><p>Rebels &amp; troops.</p></div></content>\
             </entry></feed>",
            &["tag:1 | 2021-03-03 | A & B | Wire | Rebels & troops."],
        );
    }

    #[test]
    fn what_is_damaged_is_named_and_the_rest_kept() {
        check(
            "<rss><channel></channel></rss>",
            &["x.xml: expected a feed with items, found one without any"],
        );
        let cut = "<rss><channel><item><guid>a</guid><description>One.</description></item><item><guid>b<";
        let mut few = reports("x.xml", cut.as_bytes().to_vec());
        assert!(few.next().is_some_and(|first| first.is_ok_and(|report| report.text == "One.")));
        let _ = few.next();
    }
}
