//! *Which report does this Word document hold?* Its paragraphs, with its title.

use std::io::{Cursor, Read};

use annalist_schema::Report;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::source::Few;
use super::{MAX_REPORT_BYTES, Outcome, failure, id};

/// Largest document, and largest part of one.
pub const LARGEST: usize = 64 << 20;

/// The report of a document.
pub fn report(name: &str, bytes: Vec<u8>) -> Few {
    Few::one(outcome(name, bytes), "Word document")
}

fn outcome(name: &str, bytes: Vec<u8>) -> Outcome {
    let fail = |problem: &str| failure(name, problem);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        fail(&format!("expected a Word document, found a damaged or truncated one: {error}"))
    })?;
    let document = part(&mut archive, "word/document.xml").ok_or_else(|| {
        fail("expected a Word document, found one without a text that can be read; save it as plain text")
    })?;
    let text = paragraphs(&document).map_err(|problem| fail(&problem))?;
    if text.trim().is_empty() {
        return Err(fail("empty: there is no text in it"));
    }
    if text.len() > MAX_REPORT_BYTES {
        return Err(fail(&format!("longer than {} MiB; split it into its reports", MAX_REPORT_BYTES >> 20)));
    }
    let title = part(&mut archive, "docProps/core.xml").and_then(|core| title(&core));
    Ok(Report { id: id::of_file(name), title, text, ..Report::default() })
}

fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Option<String> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(LARGEST as u64).read_to_end(&mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}

/// Lines of `w:p` with the words of their `w:t`; what was deleted and is only kept as a change has other names.
fn paragraphs(xml: &str) -> Result<String, String> {
    let (mut lines, mut line, mut is_text) = (Vec::new(), String::new(), false);
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Err(error) => {
                return Err(format!("expected a Word document, found one whose text is damaged: {error}"));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => is_text = element.name().as_ref() == "w:t",
            Ok(Event::Empty(element)) => match element.name().as_ref() {
                "w:tab" => line.push(' '),
                "w:br" | "w:cr" => line.push('\n'),
                _ => {}
            },
            Ok(Event::Text(words)) if is_text => line.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) if is_text => line.push_str(&entity(&reference)),
            Ok(Event::End(element)) => {
                is_text = false;
                if element.name().as_ref() == "w:p" {
                    lines.push(std::mem::take(&mut line));
                }
            }
            Ok(_) => {}
        }
    }
    Ok(lines.join("\n").trim().to_owned())
}

fn entity(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).unwrap_or_default().to_owned()
}

fn title(core: &str) -> Option<String> {
    let (_, rest) = core.split_once("<dc:title>")?;
    let (title, _) = rest.split_once("</dc:title>")?;
    Some(super::page::text_of(title)).filter(|title| !title.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::input::source::Source;

    fn document(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(bytes: Vec<u8>, expected: &str) {
        let shown = match report("p/a.docx", bytes).next().unwrap() {
            Ok(report) => format!("{} | {} | {}", report.id, report.title.unwrap_or_default(), report.text),
            Err(failure) => failure.to_string(),
        };
        assert!(shown.starts_with(expected), "{shown}");
    }

    #[test]
    fn paragraphs_are_lines() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>Rebels &amp; </w:t></w:r><w:r><w:t xml:space='preserve'>troops.</w:t></w:r></w:p>\
                   <w:p><w:r><w:delText>Old.</w:delText><w:tab/><w:t>Two</w:t><w:br/><w:t>lines.</w:t></w:r></w:p></w:body></w:document>";
        let core = "<cp:coreProperties><dc:title>Attack &amp; flight</dc:title></cp:coreProperties>";
        check(
            document(&[("word/document.xml", xml), ("docProps/core.xml", core)]),
            "p/a.docx | Attack & flight | Rebels & troops.\n Two\nlines.",
        );
        check(document(&[("word/document.xml", "<w:document/>")]), "p/a.docx: empty");
        check(
            document(&[("word/other.xml", "")]),
            "p/a.docx: expected a Word document, found one without a text",
        );
        check(b"PK\x03\x04".to_vec(), "p/a.docx: expected a Word document, found a damaged or truncated one");
    }
}
