//! *What is packed in here?* gzip, zstd and zip, unpacked in memory: nothing is written, no path leads anywhere, and what
//! unpacks to far more than it should is refused.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use zip::ZipArchive;

use super::source::{Few, Made, Source};
use super::{Outcome, Reports, Wishes, failure, folder, reports_of};

/// Archives within archives within archives.
pub const DEEPEST: usize = 3;

/// So much may be unpacked whatever it was packed from.
const FREE: u64 = 64 << 20;

/// Beyond that, so many times as much as went in. Texts shrink to a tenth or a thirtieth, bombs to a thousandth.
const MOST_TIMES: u64 = 300;

/// Largest archive and largest file of one, which are held in memory.
const LARGEST: u64 = 512 << 20;

const BOMB: &str =
    "it unpacks to more than 300 times its size, as a decompression bomb does; nothing more of it was read";

/// The reports of a file packed with gzip.
pub fn gzip<'a>(name: &str, reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Reports<'a> {
    let (counted, n_in) = Counted::new(reader);
    let inner = Guarded { inner: MultiGzDecoder::new(counted), n_out: 0, n_in };
    unpacked(name, &[".gz", ".gzip"], Box::new(BufReader::new(inner)), wishes)
}

/// The reports of a file packed with zstd.
pub fn zstd<'a>(name: &str, reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Reports<'a> {
    let (counted, n_in) = Counted::new(reader);
    let inner = Guarded { inner: Frames { state: Frame::Between(counted) }, n_out: 0, n_in };
    unpacked(name, &[".zst", ".zstd"], Box::new(BufReader::new(inner)), wishes)
}

/// What comes out is called as the file without its last ending.
fn unpacked<'a>(name: &str, ends: &[&str], reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Reports<'a> {
    let end = ends.iter().find(|end| name.to_ascii_lowercase().ends_with(*end));
    let inner = end.map_or(name, |end| &name[..name.len() - end.len()]);
    match wishes.deeper() {
        Some(wishes) => reports_of(inner, reader, &wishes),
        None => Reports::failed(failure(name, TOO_DEEP)),
    }
}

const TOO_DEEP: &str = "archives within archives within archives: unpack it and give the files";

/// The reports of a zip archive.
pub fn zip<'a>(name: &str, reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Box<dyn Source + 'a> {
    let mut bytes = Vec::new();
    if let Err(error) = reader.take(LARGEST + 1).read_to_end(&mut bytes) {
        return Box::new(Few::refused(name, &error.to_string()));
    }
    if bytes.len() as u64 > LARGEST {
        let problem =
            format!("a zip archive of more than {} MiB; unpack it and give the folder", LARGEST >> 20);
        return Box::new(Few::refused(name, &problem));
    }
    let n_in = bytes.len() as u64;
    match ZipArchive::new(Cursor::new(bytes)) {
        Err(error) => {
            let problem = format!("expected a zip archive, found a damaged or truncated one: {error}");
            Box::new(Few::refused(name, &problem))
        }
        Ok(archive) => {
            let Some(wishes) = wishes.deeper() else { return Box::new(Few::refused(name, TOO_DEEP)) };
            let packs = |name: &str| name.starts_with("archive/") && name.contains(".warc");
            let is_wacz = archive.file_names().flatten().any(|name| packs(&name));
            Box::new(Zip {
                name: name.to_owned(),
                is_wacz,
                archive,
                at: 0,
                n_in,
                n_out: 0,
                current: None,
                made: Made::default(),
                wishes,
            })
        }
    }
}

struct Zip {
    name: String,
    /// Whether it packs web archives with what finds pages in them, which is nobody's report.
    is_wacz: bool,
    archive: ZipArchive<Cursor<Vec<u8>>>,
    at: usize,
    n_in: u64,
    n_out: u64,
    current: Option<Reports<'static>>,
    made: Made,
    wishes: Wishes,
}

/// A file of an archive.
enum Member {
    /// Its name and bytes.
    File(String, Vec<u8>),
    /// A folder, or what a system left there.
    Nothing,
}

impl Zip {
    fn member(&mut self) -> Result<Member, (String, String)> {
        let at = self.at;
        self.at += 1;
        let outer = self.name.clone();
        let fail = |place: &str, problem: &str| (place.to_owned(), problem.to_owned());
        let mut file = match self.archive.by_index(at) {
            Ok(file) => file,
            Err(error) => {
                let problem = match error.to_string() {
                    text if text.to_lowercase().contains("password") => {
                        "it is encrypted: unpack it with its password and give the files".to_owned()
                    }
                    text => format!("it cannot be unpacked: {text}"),
                };
                return Err((format!("{outer}/file {}", at + 1), problem));
            }
        };
        if file.is_dir() {
            return Ok(Member::Nothing);
        }
        let Some(path) = file.enclosed_name() else {
            let problem =
                "its path climbs out of the archive, as those of hostile archives do; it was not read";
            return Err(fail(&format!("{outer}/file {}", at + 1), problem));
        };
        let name = path.to_string_lossy().replace('\\', "/");
        if self.is_wacz && !name.starts_with("archive/") {
            return Ok(Member::Nothing);
        }
        let place = format!("{outer}/{name}");
        if name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            return Ok(Member::Nothing);
        }
        let mut bytes = Vec::new();
        let most = LARGEST.min(FREE.max(self.n_in * MOST_TIMES).saturating_sub(self.n_out));
        let read = file.by_ref().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| (place.clone(), format!("it cannot be unpacked: {error}")))?;
        if bytes.len() as u64 > most {
            self.at = usize::MAX;
            return Err(fail(&place, BOMB));
        }
        self.n_out += bytes.len() as u64;
        Ok(Member::File(place, bytes))
    }
}

impl Source for Zip {
    fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(outcome) = current.next() {
                    self.made = current.made();
                    return Some(outcome);
                }
                self.current = None;
            }
            if self.at >= self.archive.len() {
                return None;
            }
            match self.member() {
                Ok(Member::Nothing) => {}
                Ok(Member::File(place, bytes)) => {
                    let head = &bytes[..bytes.len().min(super::format::HEAD)];
                    if let Some(passed_over) = folder::passed_over(&place, head) {
                        return Some(Err(passed_over));
                    }
                    self.current = Some(reports_of(&place, Box::new(Cursor::new(bytes)), &self.wishes));
                }
                Err((place, problem)) => return Some(Err(failure(&place, &problem))),
            }
        }
    }

    fn made(&self) -> Made {
        self.made.clone()
    }

    fn unused(&self) -> BTreeSet<String> {
        self.current.as_ref().map(Reports::unused).unwrap_or_default()
    }
}

/// Counts what goes through.
struct Counted<R> {
    inner: R,
    n: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let n = Rc::new(Cell::new(0));
        (Self { inner, n: Rc::clone(&n) }, n)
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.n.set(self.n.get() + n as u64);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.n.set(self.n.get() + n as u64);
        self.inner.consume(n);
    }
}

/// Ends with an error where far more comes out than goes in.
struct Guarded<R> {
    inner: R,
    n_out: u64,
    n_in: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into).map_err(|error| {
            io::Error::other(format!("it cannot be unpacked, for it is damaged or truncated: {error}"))
        })?;
        self.n_out += n as u64;
        if self.n_out > FREE && self.n_out > self.n_in.get().saturating_mul(MOST_TIMES) {
            return Err(io::Error::other(BOMB));
        }
        Ok(n)
    }
}

/// All frames of a zstd file, one after the other.
struct Frames<R: BufRead> {
    state: Frame<R>,
}

enum Frame<R: BufRead> {
    Between(R),
    Within(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    End,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, Frame::End) {
                Frame::End => return Ok(0),
                Frame::Between(mut reader) => {
                    if reader.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new(reader).map_err(io::Error::other)?;
                    self.state = Frame::Within(Box::new(decoder));
                }
                Frame::Within(mut decoder) => {
                    let n = decoder.read(into)?;
                    if n > 0 || into.is_empty() {
                        self.state = Frame::Within(decoder);
                        return Ok(n);
                    }
                    self.state = Frame::Between(decoder.into_inner());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(name: &str, bytes: &[u8], expected: &[&str]) {
        let outcomes = super::super::reports(name, bytes);
        let shown: Vec<_> = outcomes
            .map(|outcome| {
                outcome.map_or_else(
                    |failure| failure.to_string(),
                    |report| format!("{}={}", report.id, report.text),
                )
            })
            .collect();
        assert_eq!(shown.len(), expected.len(), "{shown:?}");
        for (shown, expected) in shown.iter().zip(expected) {
            assert!(shown.starts_with(expected), "{shown}");
        }
    }

    #[test]
    fn packed_files_are_read_by_what_is_in_them() {
        let rows = b"{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\"Two.\"}\n";
        check("x.jsonl.gz", &gz(rows), &["a=One.", "b=Two."]);
        check("x.txt.gz", &[gz(b"One. "), gz(b"Two.")].concat(), &["x=One. Two."]);
        // Made with `zstd -19`, two frames: "One. " and "Two.".
        let frame = |text: &[u8]| {
            let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x20, text.len() as u8];
            bytes.extend_from_slice(&(((text.len() as u32) << 3) | 1).to_le_bytes()[..3]);
            bytes.extend_from_slice(text);
            bytes
        };
        check("x.txt.zst", &[frame(b"One. "), frame(b"Two.")].concat(), &["x=One. Two."]);
        let files = zipped(&[
            ("a.txt", b"One."),
            ("deep/b.jsonl", b"{\"id\":\"b\",\"text\":\"Two.\"}"),
            ("c.png", b"\x89PNG\r"),
        ]);
        check("x.zip", &files, &["x.zip/a=One.", "b=Two.", "x.zip/c.png: expected text"]);
        check("x.zip.gz", &gz(&files), &["x.zip/a=One.", "b=Two.", "x.zip/c.png"]);
    }

    #[test]
    fn hostile_archives_are_refused() {
        let bomb = vec![b'x'; FREE as usize + 8];
        check("x.txt.gz", &gz(&bomb), &["x.txt: longer than 4 MiB"]);
        check("x.jsonl.gz", &gz(&bomb), &["x.jsonl:1: it unpacks to more than 300 times its size"]);
        check(
            "x.zip",
            &zipped(&[("a.txt", &bomb), ("b.txt", b"One.")]),
            &["x.zip/a.txt: it unpacks to more than 300 times"],
        );
        check(
            "x.zip",
            &zipped(&[("../a.txt", b"One."), ("b.txt", b"Two.")]),
            &["x.zip/file 1: its path climbs out", "x.zip/b=Two."],
        );
        let mut nested = zipped(&[("a.txt", b"One.")]);
        for _ in 0..4 {
            nested = zipped(&[("a.zip", &nested)]);
        }
        check("x.zip", &nested, &["x.zip/a.zip/a.zip/a.zip: archives within archives"]);
    }

    #[test]
    fn encrypted_files_are_named_and_the_rest_goes_on() {
        let mut files = zipped(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
        // The flag of encryption, in the file's own header and in the list of files.
        let list = files.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        files[6] |= 1;
        files[list + 8] |= 1;
        check("x.zip", &files, &["x.zip/file 1: it is encrypted", "x.zip/b=Two."]);
    }

    #[test]
    fn of_packed_web_archives_only_the_archives_are_read() {
        let warc = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Target-URI: https://n.example/a\r\nContent-Length: 4\r\n\r\nOne.\r\n\r\n";
        let files = [
            ("datapackage.json", &b"{}"[..]),
            ("archive/data.warc.gz", &gz(warc)),
            ("pages/pages.jsonl", b"{\"format\":\"x\"}"),
        ];
        check("x.wacz", &zipped(&files), &["https://n.example/a=One."]);
    }

    #[test]
    fn damaged_archives_are_named() {
        let whole = gz(b"{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\"Two.\"}\n");
        check(
            "x.jsonl.gz",
            &whole[..whole.len() / 2],
            &["x.jsonl: it cannot be unpacked, for it is damaged or truncated"],
        );
        let files = zipped(&[("a.txt", b"One.")]);
        check(
            "x.zip",
            &files[..files.len() / 2],
            &["x.zip: expected a zip archive, found a damaged or truncated one"],
        );
        check("x.zst", b"\x28\xb5\x2f\xfdxxxx", &["x: it cannot be unpacked"]);
    }
}
