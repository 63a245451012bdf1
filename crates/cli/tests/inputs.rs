//! What comes in: files of any kind, ids used twice, encodings, dates, folders. Nothing is lost, and nothing misread in
//! silence.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path: PathBuf = Path::new(self.0.path()).join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        name.to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("annalist").unwrap();
        command.current_dir(self.0.path()).env_remove("ANNALIST_ARCHIVE").args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn rows(output: &Output) -> Vec<serde_json::Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(output: &Output) -> Vec<String> {
    rows(output).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Reads one file, which must go well.
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<serde_json::Value> {
    let desk = Desk::new();
    let output = desk.run(&["read", "--fast", &desk.file(name, bytes)]);
    assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    rows(&output)
}

const GOOD: &str = "Rebels attacked a village in Mali on Monday, killing three people, the army said.\n";

/// A file that cannot be read is named in one line with these words, and the good one beside it is read.
fn check_refused(name: &str, bytes: impl AsRef<[u8]>, words: &[&str]) {
    let desk = Desk::new();
    let (bad, good) = (desk.file(name, bytes), desk.file("good.txt", GOOD));
    let output = desk.run(&["read", "--fast", &bad, &good]);
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}: {complaint}");
    assert_eq!(complaint.lines().count(), 1, "{name}: {complaint}");
    assert!(words.iter().all(|word| complaint.contains(word)), "{name}: {complaint}");
    assert_eq!(
        rows(&output).iter().map(|row| &row["status"]).collect::<Vec<_>>(),
        ["failed", "ok"],
        "{name}"
    );
}

#[test]
fn files_of_one_name_in_two_folders_are_two_reports() {
    let desk = Desk::new();
    desk.file("p/report.txt", "Police arrested five men in Kenya.\n");
    desk.file("q/report.txt", "Rebels killed three soldiers in Mali.\n");
    let brief = desk.run(&["brief", "--fast", "--full", "p/report.txt", "q/report.txt"]);
    assert_eq!(brief.status.code(), Some(0));
    let page = text(&brief.stdout);
    assert!(page.contains("Annals of 2 reports"), "{page}");
    assert!(page.contains("“Police arrested five men in Kenya.”"), "{page}");
    assert!(page.contains("“Rebels killed three soldiers in Mali.”"), "{page}");
    let turned = desk.run(&["brief", "--fast", "--full", "./q/report.txt", "p/../p/report.txt"]);
    assert_eq!(text(&turned.stdout), page);
    assert_eq!(ids(&desk.run(&["read", "--fast", "p/report.txt", "q/report.txt"])), ["p/report", "q/report"]);
    for name in ["p/report.txt", "q/report.txt"] {
        let added = desk.run(&["add", "--fast", name]);
        assert!(text(&added.stdout).contains("1 added, 0 there already"), "{}", text(&added.stdout));
    }
    let again = desk.run(&["add", "--fast", "q/report.txt", "p/report.txt"]);
    assert!(text(&again.stdout).contains("0 added, 2 there already"), "{}", text(&again.stdout));
}

const KENYA: &str = "{\"id\": \"x\", \"text\": \"Police arrested five men in Kenya.\"}\n";
const MALI: &str = "{\"id\": \"x\", \"text\": \"Rebels killed three soldiers in Mali.\"}\n";

#[test]
fn rows_of_one_id_are_told_apart_and_never_quoted_for_each_other() {
    let desk = Desk::new();
    desk.file("one.jsonl", format!("{KENYA}{MALI}"));
    desk.file("other.jsonl", format!("{MALI}{KENYA}{MALI}"));
    let one = desk.run(&["brief", "--fast", "--full", "one.jsonl"]);
    let page = text(&one.stdout);
    assert!(page.contains("Annals of 2 reports"), "{page}");
    assert!(text(&one.stderr).contains("different reports came with the id `x`"), "{}", text(&one.stderr));
    let json = desk.run(&["brief", "--fast", "--json", "one.jsonl"]);
    let briefing: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    for deed in briefing["deeds"].as_array().unwrap() {
        let (is_kenya, quoted) = (deed["place"]["country"] == "KEN", deed["citations"].to_string());
        assert_eq!((quoted.contains("Kenya"), quoted.contains("Mali")), (is_kenya, !is_kenya), "{deed}");
    }
    assert_eq!(text(&desk.run(&["brief", "--fast", "--full", "other.jsonl"]).stdout), page);

    let read = desk.run(&["read", "--fast", "one.jsonl"]);
    let mut names = ids(&read);
    assert!(
        names.len() == 2 && names[0] != names[1] && names.iter().all(|id| id.starts_with("x~")),
        "{names:?}"
    );
    assert!(rows(&read).iter().all(|row| row["notes"].to_string().contains("shared-id")));
    names.reverse();
    assert_eq!(ids(&desk.run(&["read", "--fast", "other.jsonl"]))[..2], names);

    // What comes through a pipe cannot be seen coming: `reconcile` tells the first one apart.
    let situation = |input: String| {
        let read = desk.command(&["read", "--fast", "-"]).write_stdin(input).output().unwrap();
        desk.command(&["reconcile"]).write_stdin(read.stdout).output().unwrap()
    };
    let (one, other) = (situation(format!("{KENYA}{MALI}")), situation(format!("{MALI}{KENYA}")));
    assert_eq!(text(&one.stdout), text(&other.stdout));
    let from_file = desk.command(&["reconcile"]).write_stdin(read.stdout).output().unwrap();
    assert_eq!(text(&one.stdout), text(&from_file.stdout));
    let kinds: Vec<_> = rows(&one).iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "note").count(), 2, "{kinds:?}");
    assert_eq!(kinds.iter().filter(|kind| *kind == "event").count(), 2, "{kinds:?}");
}

#[test]
fn rows_of_one_id_do_not_enter_an_archive() {
    let desk = Desk::new();
    desk.file("rows.jsonl", format!("{KENYA}{MALI}{{\"id\": \"y\", \"text\": \"{}\"}}\n", GOOD.trim()));
    let output = desk.run(&["add", "--fast", "rows.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).starts_with("added y\n1 added, 0 there already, 2 failed\n"),
        "{}",
        text(&output.stdout)
    );
    assert_eq!(text(&output.stderr).matches("different reports came with the id `x`").count(), 2);
}

#[test]
fn an_id_cannot_forge_a_line() {
    let desk = Desk::new();
    let row =
        serde_json::json!({"id": "x\nadded forged\u{1b}[2J", "text": "Police arrested five men in Kenya."});
    desk.file("rows.jsonl", row.to_string());
    let output = desk.run(&["add", "--fast", "rows.jsonl"]);
    let said = text(&output.stdout);
    assert!(said.starts_with("added x added forged\\u{1b}[2J\n1 added"), "{said}");
    assert!(!said.contains("\nadded forged"), "{said}");
}

#[test]
fn bytes_before_a_text_and_older_encodings() {
    let wide =
        |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let row = "{\"id\": 7, \"text\": \"Police arrested Núñez in Peru.\", \"published\": \"2021-03-03\"}";
    for bytes in [
        format!("\u{feff}{row}\n").into_bytes(),
        wide(row),
        row.replace('ú', "\u{1}")
            .replace('ñ', "\u{2}")
            .bytes()
            .map(|byte| match byte {
                1 => 0xfa,
                2 => 0xf1,
                other => other,
            })
            .collect(),
        format!("[{row}]").into_bytes(),
        format!("\u{feff}[\n{row}\n]\n").into_bytes(),
        row.replace(", ", ",\n  ").into_bytes(),
    ] {
        let read = read("rows.json", bytes);
        assert_eq!((read.len(), &read[0]["id"]), (1, &"7".into()));
        assert_eq!(read[0]["report"]["published"]["value"], "2021-03-03");
        assert!(read[0]["mentions"].to_string().contains("actor"), "{}", read[0]);
    }
    let latin = b"Police arrested N\xfa\xf1ez in Peru. \x93No,\x94 he said.";
    for bytes in [wide("Police arrested Núñez in Peru. “No,” he said."), latin.to_vec()] {
        let read = read("report.txt", &bytes);
        assert_eq!(read[0]["sentences"][0], serde_json::json!([0, 30]));
        assert_eq!(read[0]["notes"].to_string().contains("guessed-encoding"), bytes == latin);
    }
}

#[test]
fn files_that_hold_no_text_are_named_with_what_to_do() {
    check_refused("a.pdf", b"%PDF-1.4\n%\xe2\xe3", &["a.pdf: ", "found a PDF", "pdftotext"]);
    check_refused(
        "a.docx",
        b"PK\x03\x04\x14\0\x06\0word/document.xml",
        &["a Word document", "damaged or truncated"],
    );
    check_refused("a.zip", b"PK\x03\x04\x14\0a.txt", &["a zip archive", "damaged or truncated"]);
    check_refused("a.xlsx", b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", &["an Excel table", "JSON object"]);
    check_refused("a.png", b"\x89PNG\r\n\x1a\n\0\0", &["a PNG image", "no text"]);
    check_refused("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", &["a JPEG image"]);
    check_refused("binary.txt", b"\x7fELF\0\0\0", &["binary"]);
}

#[test]
fn pages_feeds_and_tables_are_read_by_any_name() {
    let words = "Rebels attacked a town near Gao in Mali on Monday, killing two soldiers, the army said in a statement. ";
    let page = format!(
        "<!DOCTYPE html><html><head><script>attack('rebels killed two')</script></head><body><nav>Most read: Peru accused Chile of \
         spying</nav><article><p>{}</p></article></body></html>",
        words.repeat(4)
    );
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><guid>g</guid><description>{words}</description></item></channel></rss>"
    );
    let table = format!("id,published,text\n1,2021-03-03,\"{words}\"\n2,2021-03-04,Police came.\n");
    for (bytes, ends, n_rows) in [
        (&page, ["html", "txt", "md"], 1),
        (&feed, ["xml", "rss", "txt"], 1),
        (&table, ["csv", "txt", "md"], 2),
    ] {
        for end in ends {
            let rows = read(&format!("report.{end}"), bytes);
            assert_eq!(rows.len(), n_rows, "{end}");
            let first = rows[0].to_string();
            assert!(
                first.contains("\"MLI\"") && !first.contains("Chile") && !first.contains("rebels killed"),
                "{end}: {first}"
            );
        }
    }
    let bare = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>Peru accused Chile</title></item></channel></rss>";
    check_refused("feed.xml", bare, &["expected a text in item 1 of the feed", "Peru accused Chile"]);
    check_refused(
        "menu.html",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        &["expected a web page with an article"],
    );
    check_refused("table.csv", "no,body\n1,One.\n", &["--column text=NAME"]);
}

#[test]
fn a_folder_with_one_of_each_goes_in_with_one_command() {
    let desk = Desk::new();
    let text = "Rebels attacked a town near Gao in Mali on Monday, killing two soldiers, the army said in a statement. ".repeat(4);
    desk.file("one/a.txt", &text);
    desk.file("one/b.html", format!("<html><body><article><time datetime='2021-03-03'>3 March</time><p>{text}</p></article></body></html>"));
    desk.file("one/c.csv", format!("id,published,text\nc,2021-03-03,\"{text}\"\n"));
    desk.file(
        "one/d.eml",
        format!("From: a@n.example\nDate: Wed, 3 Mar 2021 10:15:00 +0000\nSubject: Attack\n\n{text}\n"),
    );
    desk.file("one/e.jsonl", format!("{{\"id\":\"e\",\"text\":\"{text}\"}}\n"));
    desk.file(
        "one/f.rss",
        format!("<rss><channel><item><guid>f</guid><description>{text}</description></item></channel></rss>"),
    );
    desk.file("one/g.json", format!("{{\"name\":\"News\",\"type\":\"public_channel\",\"id\":1,\"messages\":[\n{{\"id\":7,\"type\":\"message\",\"date\":\"2021-03-03T10:15:00\",\"text\":[\"{text}\",{{\"type\":\"bold\",\"text\":\"Two died.\"}}]}},{{\"id\":8,\"type\":\"service\"}}\n]}}"));
    desk.file("one/h.png", b"\x89PNG\r\n\x1a\n\0\0");
    desk.file("one/i.html", "");
    let output = desk.run(&["import", "--dry-run", "one"]);
    let (seen, complaints) = (text_of(&output.stdout), text_of(&output.stderr));
    let expected = [
        "one/a: plain text · no day given",
        "one/b.html: web page · 2021-03-03 by time in the article",
        "c: row of a table · 2021-03-03 as given",
        "one/d.eml: mail · 2021-03-03 by the mail's header",
        "e: JSON row · no day given",
        "f: item of a feed · no day given",
        "one/g.json#7: message of Telegram · 2021-03-03 as given",
        "7 reports, 2 failed; nothing was added",
    ];
    assert_eq!(seen.lines().count(), expected.len(), "{seen}{complaints}");
    for (line, expected) in seen.lines().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert!(complaints.contains("one/h.png: ") && complaints.contains("one/i.html: "), "{complaints}");
    assert_eq!(output.status.code(), Some(1));
    let output = desk.run(&["add", "--fast", "one"]);
    assert!(
        text_of(&output.stdout).contains("7 added, 0 there already, 2 failed"),
        "{}",
        text_of(&output.stdout)
    );
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn rows_of_news_please_and_trafilatura() {
    let desk = Desk::new();
    desk.file(
        "rows.jsonl",
        "{\"maintext\": \"Peru accused Chile of spying.\", \"date_publish\": \"2021-03-03 10:15:00\", \"source_domain\": \"a.example\", \"url\": \"https://a.example/1\", \"title\": \"T\", \"authors\": [\"A\"]}\n\
         {\"text\": \"Police arrested five men in Kenya.\", \"date\": \"2021-03-04\", \"hostname\": \"b.example\", \"id\": null, \"source\": \"https://b.example/2\", \"authors\": [\"B\"]}\n",
    );
    let output = desk.run(&["read", "--fast", "rows.jsonl"]);
    let heads: Vec<_> = rows(&output)
        .iter()
        .map(|row| {
            format!("{} {} {}", row["id"], row["report"]["outlet"], row["report"]["published"]["value"])
        })
        .collect();
    assert_eq!(
        heads,
        [
            "\"https://a.example/1\" \"a.example\" \"2021-03-03\"",
            "\"https://b.example/2\" \"b.example\" \"2021-03-04\"",
        ]
    );
    assert_eq!(text(&output.stderr), "annalist: rows.jsonl: nothing is made of the field `authors`\n");
}

#[test]
fn a_broken_object_over_many_lines_is_one_error() {
    let row = "{\n  \"id\": \"a\",\n  \"title\": \"T\"\n  \"text\": \"One.\",\n  \"outlet\": \"O\",\n  \"url\": \"u\"\n}\n";
    check_refused("rows.json", row, &["rows.json:4: not JSON"]);
}

#[test]
fn dates_in_many_forms() {
    for (published, expected, note) in [
        ("Wed, 03 Mar 2021 10:15:00 +0100", "2021-03-03", ""),
        ("2021-03-03T23:30:00-05:00", "2021-03-03", ""),
        ("March 3, 2021", "2021-03-03", ""),
        ("03/04/2021", "2021-03-04/2021-04-03", "which may be 2021-04-03 or 2021-03-04"),
    ] {
        let row =
            serde_json::json!({"id": "a", "published": published, "text": "Peru accused Chile of spying."});
        let read = read("a.jsonl", row.to_string());
        assert_eq!(read[0]["report"]["published"]["value"], expected, "{published}");
        assert!(read[0]["notes"].to_string().contains(note), "{published}: {}", read[0]["notes"]);
    }
    for published in ["0025-03-03", "2099-03-03"] {
        let row = serde_json::json!({"id": "a", "published": published, "text": "Gunmen killed four soldiers in Quetta on Tuesday."});
        let read = read("a.jsonl", row.to_string());
        assert!(read[0]["notes"].to_string().contains("expected a year from 1000"), "{}", read[0]["notes"]);
        assert!(!read[0]["claims"][0]["date"].to_string().starts_with(&format!("\"{}", &published[..4])));
    }
}

#[test]
fn a_line_with_a_stamp_dates_the_report() {
    for line in [
        "2021-03-03T10:15:00+01:00",
        "Wed, 03 Mar 2021 10:15:00 +0100",
        "Wed Mar 03 2021 10:15:00 GMT+0100 (CET)",
        "By Jane Roe   Updated 3 Mar 2021 10:15",
    ] {
        let report = format!(
            "Four soldiers killed in Quetta\n{line}\nGunmen killed four soldiers in Quetta on Tuesday.\n"
        );
        let read = read("a.txt", report);
        assert_eq!(read[0]["report"]["title"], "Four soldiers killed in Quetta", "{line}");
        assert_eq!(read[0]["report"]["published"]["value"], "2021-03-03", "{line}");
        let dates: Vec<_> =
            read[0]["claims"].as_array().unwrap().iter().map(|claim| claim["date"].clone()).collect();
        assert!(dates.contains(&"2021-03-02".into()), "{line}: {dates:?}");
    }
    let read = read(
        "a.txt",
        "March 3, 2021\n\nGunmen killed four soldiers in Quetta on Tuesday. Police arrested a man.\n",
    );
    assert_eq!(read[0]["report"]["title"], serde_json::Value::Null);
    assert_eq!(read[0]["report"]["published"]["value"], "2021-03-03");
    assert!(read[0]["claims"].to_string().contains("\"date\":\"2021-03-02\""), "{}", read[0]["claims"]);
}

#[test]
fn a_folder_is_read_in_order_and_what_is_none_is_named() {
    let desk = Desk::new();
    desk.file("reports/b.txt", GOOD);
    desk.file("reports/a/rows.jsonl", KENYA);
    desk.file("reports/map.png", b"\x89PNG");
    let output = desk.run(&["read", "--fast", "reports"]);
    assert_eq!(ids(&output), ["x", "reports/b", "reports/map.png"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("reports/map.png: expected text or JSON, found a PNG image"));
    for (name, words) in [
        ("https://a.example/news.html", "found an address on the network"),
        ("reports/*.pdf", "found a pattern that no file fits"),
        ("none.txt", "found nothing of this name"),
    ] {
        let output = desk.run(&["read", "--fast", name]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(words), "{name}: {}", text(&output.stderr));
    }
}

#[test]
fn a_report_that_is_not_english_says_so() {
    let desk = Desk::new();
    let spanish = "Los rebeldes atacaron el lunes una aldea en el norte de Malí y mataron a tres soldados, según dijo el ejército en un comunicado.";
    desk.file("a.txt", spanish);
    let output = desk.run(&["read", "--fast", "a.txt"]);
    assert!(rows(&output)[0]["notes"].to_string().contains("unsupported-language"));
    assert!(text(&output.stderr).contains("report `a`: the text looks like Spanish, not English"));
}

#[test]
fn no_report_gives_no_annals() {
    let desk = Desk::new();
    desk.file("empty.jsonl", "");
    for arguments in [&["brief", "--fast", "empty.jsonl"][..], &["brief", "--fast", "none.txt"]] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(!text(&output.stdout).contains("Annals of 0"), "{arguments:?}");
        assert!(text(&output.stderr).contains("no report was read"), "{arguments:?}");
    }
}

#[test]
fn marks_of_markdown_are_no_masked_words() {
    let read = read(
        "a.md",
        "**Kabul** fell.\n\n**Police** arrested **five** men in **Kenya**.\n\n- **Ann Roe** left.\n",
    );
    assert!(!read[0]["notes"].to_string().contains("masked-words"), "{}", read[0]["notes"]);
}

#[cfg(unix)]
#[test]
fn an_archive_that_is_deleted_or_replaced_meanwhile_is_an_error() {
    use std::io::Write;
    use std::process::Stdio;

    for replace in [false, true] {
        let desk = Desk::new();
        let archive = desk.0.path().join("annals.db");
        desk.file("first.txt", "It rained in Peru.");
        assert!(desk.run(&["add", "--fast", "--archive", "annals.db", "first.txt"]).status.success());
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("annalist"))
            .current_dir(desk.0.path())
            .args(["add", "--fast", "--archive", "annals.db", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        // The archive is opened before what comes is read: its log is there.
        let log = desk.0.path().join("annals.db-wal");
        for _ in 0..1000 {
            std::thread::sleep(std::time::Duration::from_millis(20));
            if log.exists() {
                break;
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
        std::fs::remove_file(&archive).unwrap();
        if replace {
            std::fs::write(&archive, b"").unwrap();
        }
        input.write_all(KENYA.as_bytes()).unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(!text(&output.stdout).contains("added"), "{}", text(&output.stdout));
        let complaint = text(&output.stderr);
        assert!(complaint.contains("annals.db: expected the archive that was opened, found"), "{complaint}");
    }
}
