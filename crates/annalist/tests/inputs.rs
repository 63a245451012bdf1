//! One small file of each format, damaged at random, always the same way: whatever comes in, every outcome is a report with a
//! text or a failure that names its place, and it takes no time worth mentioning. `ANNALIST_DAMAGED=100000` damages more of them.

#![allow(clippy::unwrap_used)]
#![cfg(feature = "formats")]

use std::io::Write;

use annalist::exchange::lossless;
use annalist::input::reports;

const TEXT: &str =
    "Rebels attacked a town near Gao in Mali on Monday, killing two soldiers; “No,” Señor Ríos 😀 said. ";

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file of each format, with its name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><link rel=canonical href='https://n.example/2021/03/03/a'>\
         <script type='application/ld+json'>{{\"@graph\":[{{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2021-03-03T10:00:00Z\"}}]}}\
         </script></head><body><nav><ul><li>Home</ul></nav><article><h1>Attack</h1><time datetime=2021-03-03>3 March</time><p>{0}</p>\
         <table><tr><td>{0}</table><blockquote>{0}</blockquote></article></body></html>",
        TEXT.repeat(2)
    );
    let mail = format!(
        "From: =?utf-8?q?R=C3=ADos?= <a@n.example>\nDate: Wed, 3 Mar 2021 10:15:00 +0000\nSubject: x\nMIME-Version: 1.0\n\
        Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{TEXT}\n--b\nContent-Type: text/html\n\n<p>{TEXT}</p>\n--b--\n"
    );
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/a\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let feed = format!(
        "<?xml version='1.0'?><rss><channel><title>x &amp; y</title><item><guid>a</guid><pubDate>Wed, 03 Mar 2021 10:15:00 GMT</pubDate>\
        <description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>"
    );
    let atom = format!(
        "<feed><entry><id>a</id><link href='https://n.example/a?b=1&amp;c'/><content type='xhtml'><div>{TEXT}</div></content></entry></feed>"
    );
    let chat = format!(
        "{{\"name\":\"x\",\"type\":\"public_channel\",\"messages\":[{{\"id\":1,\"type\":\"message\",\"date\":\"2021-03-03T10:00:00\",\"text\":[\"{TEXT}\",{{\"text\":\"x\"}}]}}]}}"
    );
    let document =
        format!("<w:document><w:body><w:p><w:r><w:t>{TEXT} &amp;</w:t></w:r></w:p></w:body></w:document>");
    let table = format!("id,published,text\na,2021-03-03,\"{TEXT}\"\nb,,\"{TEXT}\"\n");
    let rows = format!("{{\"id\":\"a\",\"text\":\"{TEXT}\"}}\n{{\"id\":\"b\",\"text\":\"{TEXT}\"}}\n");
    vec![
        ("a.html", page.clone().into_bytes()),
        ("a.xml", feed.into_bytes()),
        ("a.atom", atom.into_bytes()),
        ("a.csv", table.clone().into_bytes()),
        ("a.eml", mail.clone().into_bytes()),
        (
            "a.mbox",
            format!("From x Wed Mar  3 10:15:00 2021\n{mail}\nFrom x Wed Mar  3 10:15:00 2021\n{mail}")
                .into_bytes(),
        ),
        ("a.warc", warc.clone().into_bytes()),
        ("a.warc.gz", [gzipped(warc.as_bytes()), gzipped(warc.as_bytes())].concat()),
        ("a.json", chat.into_bytes()),
        (
            "a.docx",
            zipped(&[("word/document.xml", &document), ("docProps/core.xml", "<dc:title>x</dc:title>")]),
        ),
        ("a.zip", zipped(&[("a.txt", TEXT), ("b/c.jsonl", &rows), ("d.csv", &table)])),
        ("a.jsonl.gz", gzipped(rows.as_bytes())),
        ("a.jsonl", rows.into_bytes()),
    ]
}

/// A small generator, so that a failure comes back with the same number on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn damaged(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(5) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => bytes.truncate(at.max(1)),
            1 => drop(bytes.drain(at..end)),
            2 => bytes[at] = dice.below(256) as u8,
            3 => {
                let again = bytes[at..end].repeat(1 + dice.below(20));
                bytes.splice(at..at, again);
            }
            4 => {
                let strange: [&[u8]; 8] = [
                    b"\0",
                    b"<",
                    b"\"",
                    b"\xff\xfe",
                    b"\r\n\r\n",
                    b"&#x110000;",
                    b"]]>",
                    b"99999999999999999999",
                ];
                bytes.splice(at..at, strange[dice.below(strange.len())].iter().copied());
            }
            _ => bytes[at] ^= 1 << dice.below(8),
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

fn check(name: &str, bytes: &[u8]) {
    for outcome in reports(name, bytes).take(1000) {
        match outcome {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty(), "{name}"),
            Err(failure) => {
                let stem = name.split('.').next().unwrap();
                assert!(failure.place.starts_with(stem) && !failure.problem.is_empty(), "{name}: {failure}");
            }
        }
    }
    for row in lossless::rows(name, bytes).take(100) {
        drop(row);
    }
}

#[test]
fn each_format_is_read_whole() {
    for (name, bytes) in files() {
        let outcomes: Vec<_> = reports(name, &bytes[..]).collect();
        let bad: Vec<_> =
            outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).map(ToString::to_string).collect();
        assert!(bad.is_empty() && !outcomes.is_empty(), "{name}: {bad:?}");
        assert!(outcomes.iter().flatten().all(|report| report.text.contains("Señor Ríos 😀 said")), "{name}");
    }
}

#[test]
fn whatever_comes_in_is_a_report_or_a_sentence() {
    let n: u64 = std::env::var("ANNALIST_DAMAGED").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for seed in 0..n {
        for (name, bytes) in files() {
            check(name, &damaged(&bytes, seed));
            // The first bytes tell what it is, whatever it is called.
            check("a", &damaged(&bytes, seed ^ 0x5eed));
        }
    }
}
