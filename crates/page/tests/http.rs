//! The page over a real connection: what is answered, to whom, and that nothing in a report acts.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;

use annalist::archive::Access;
use annalist::schema::{DayInterval, Report};
use annalist::{Options, Reader, Tier};
use annalist_page::{Server, Site};

const HOSTILE: &str = "\"><script>alert(1)</script>";

fn report(id: &str, day: &str, outlet: &str, text: &str) -> Report {
    Report {
        id: id.to_owned(),
        text: text.to_owned(),
        published: DayInterval::parse(day),
        outlet: Some(outlet.to_owned()),
        ..Report::default()
    }
}

fn reports() -> Vec<Report> {
    let mut reports = vec![
        report(
            "one",
            "2024-06-07",
            "Herald",
            "Rebels killed 12 soldiers in Kidal on 6 June 2024. About 2,500 French troops are in Mali.",
        ),
        report(
            "two",
            "2024-06-08",
            "Lantern",
            "Rebels killed 9 soldiers in Kidal on 6 June 2024, the army said. Mali and the rebels held talks in Algiers on 7 June 2024.",
        ),
        Report {
            title: Some(format!("{HOSTILE}\u{202e}")),
            url: Some("javascript:alert(1)".to_owned()),
            ..report(
                HOSTILE,
                "2024-06-09",
                "<b onmouseover=alert(1)>",
                "Gunmen killed 3 people in Gao on 8 June 2024. <img src=x onerror=alert(1)> \u{202e}Rebels attacked a village near Gao.",
            )
        },
    ];
    reports.extend((0..60).map(|index| {
        report(
            &format!("many/{index}"),
            "2024-07-02",
            "Many",
            &format!("Protesters blocked a road in Bamako on {} July 2024.", index % 28 + 1),
        )
    }));
    reports
}

/// A server over an archive of its own, which ends with the tests.
fn port() -> u16 {
    static PORT: OnceLock<u16> = OnceLock::new();
    *PORT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let access = Access { path: folder.path().join("a.db"), wait_s: 5, now: jiff::Timestamp::UNIX_EPOCH };
        let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
        let (reports, mut archive) = (reports(), access.create().unwrap());
        let readings = reader.read(&reports);
        archive.add(&reports.into_iter().zip(readings).collect::<Vec<_>>(), "test").unwrap();
        archive.refresh().unwrap();
        let server = Server::listen(Site::open(access, false).unwrap(), 0).unwrap();
        let port = server.address().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        std::mem::forget(folder);
        std::thread::spawn(move || server.run());
        port
    })
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Sends a request as it is and reads what comes back.
fn send(request: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port())).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

fn get_as(host: &str, address: &str) -> Answer {
    send(&format!("GET {address} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"))
}

fn get(address: &str) -> Answer {
    get_as(&format!("127.0.0.1:{}", port()), address)
}

fn post(address: &str, headers: &str, form: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    send(&format!(
        "POST {address} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
        port(),
        body.len()
    ))
}

const VIEWS: [&str; 14] = [
    "/",
    "/timeline",
    "/disputes",
    "/forces",
    "/talks",
    "/actors",
    "/map",
    "/reports",
    "/search?q=rebels",
    "/changes?since=0",
    "/outlook?about=Mali",
    "/decisions",
    "/report/one",
    "/compare?report=one&report=two",
];

/// The address of a twin.
fn twin(view: &str, ending: &str) -> String {
    let (path, query) =
        view.split_once('?').map_or((view, String::new()), |(path, query)| (path, format!("?{query}")));
    let path = if path == "/" { "/situation" } else { path };
    format!("{path}.{ending}{query}")
}

fn first_event() -> String {
    let rows: serde_json::Value =
        serde_json::from_str(&get("/situation.json?actor=rebel&place=Kidal").body).unwrap();
    rows["rows"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_view_answers_and_loads_nothing_from_elsewhere() {
    for view in VIEWS {
        let answer = get(view);
        assert_eq!(answer.status, 200, "{view}: {}", answer.body);
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "samesite=strict",
        ] {
            assert!(answer.head.contains(header), "{view}: {}", answer.head);
        }
        for sign in ["style=\"", " src=\"http", "onclick", "<base"] {
            assert!(!answer.body.contains(sign), "{view}: {sign}");
        }
    }
}

#[test]
fn every_view_has_twins() {
    let mut views: Vec<String> = VIEWS.iter().map(|view| (*view).to_owned()).collect();
    views.push(format!("/event/{}", first_event()));
    for view in views {
        let json = get(&twin(&view, "json"));
        assert!(json.head.contains("application/json"), "{view}");
        serde_json::from_str::<serde_json::Value>(&json.body).unwrap();
        let csv = get(&twin(&view, "csv"));
        assert!(csv.head.contains("text/csv"), "{view}");
        let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
        assert!(reader.headers().unwrap().len() > 3, "{view}");
        assert!(reader.records().all(|record| record.is_ok()), "{view}");
    }
}

#[test]
fn an_event_is_the_row_of_reconcile() {
    let row: serde_json::Value =
        serde_json::from_str(&get(&format!("/event/{}.json", first_event())).body).unwrap();
    for field in ["kind", "id", "claims", "type", "actors", "recipients", "date", "place", "cells"] {
        assert!(!row[field].is_null(), "{field}: {row}");
    }
    assert_eq!(row["kind"], "event");
}

#[test]
fn a_value_leads_to_the_words_that_state_it() {
    let id = first_event();
    for index in [0, 1] {
        let page = get(&format!("/event/{id}?at=killed.{index}")).body;
        let row: serde_json::Value = serde_json::from_str(&get(&format!("/event/{id}.json")).body).unwrap();
        let cells = row["cells"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["attribute"] == "killed").unwrap();
        let value = cell["values"][index]["value"].as_str().unwrap();
        let (_, lit) = page.split_once("<mark class=\"value\">").unwrap();
        let (lit, _) = lit.split_once("</mark>").unwrap();
        assert!(lit.starts_with(value.split(' ').next().unwrap()), "{value} in {lit}");
    }
}

#[test]
fn a_stranger_gets_nothing() {
    for host in ["evil.example", "127.0.0.1", "127.0.0.1.evil.example:7060"] {
        assert_eq!(get_as(host, "/").status, 421, "{host}");
    }
    let form = [("kind", "accept"), ("event", "one/c0"), ("because", "so")];
    for headers in
        ["origin: http://evil.example\r\n", "origin: null\r\n", "sec-fetch-site: cross-site\r\n", ""]
    {
        assert_eq!(post("/decide", headers, &form).status, 403, "{headers}");
    }
    assert!(!get("/decisions").body.contains("so”"));
}

#[test]
fn what_is_decided_is_seen_and_undone() {
    let page = get("/decisions");
    let cookie = page.head.split("annalist=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let headers = format!("cookie: annalist={cookie}\r\n");
    let id = first_event();
    let form = [
        ("token", cookie.as_str()),
        ("kind", "set"),
        ("event", &id),
        ("attribute", "killed"),
        ("value", "12"),
        ("because", "the army counted <b>"),
    ];
    let answer = post("/decide", &headers, &form);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(get(&format!("/event/{id}")).body.contains("decided"));
    let listed = get("/decisions").body;
    assert!(listed.contains("the army counted &lt;b&gt;"), "{listed}");
    let number = listed.split("name=\"number\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(post("/undo", &headers, &[("token", &cookie), ("number", number)]).status, 303);
    assert!(get("/decisions").body.contains("undone"));
    let senseless = [
        ("token", cookie.as_str()),
        ("kind", "set"),
        ("event", "nothing/c1"),
        ("attribute", "killed"),
        ("value", "1"),
        ("because", "x"),
    ];
    assert_eq!(post("/decide", &headers, &senseless).status, 400);
}

#[test]
fn hostile_words_are_words() {
    let id = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let views = [
        format!("/report/{id}"),
        "/".to_owned(),
        "/reports".to_owned(),
        "/search?q=gunmen".to_owned(),
        "/?q=%22%3E%3Cscript%3E".to_owned(),
        "/?type=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        format!("/nothing/{id}"),
        "/changes?since=0".to_owned(),
        "/map".to_owned(),
    ];
    for view in views {
        let body = get(&view).body;
        for sign in ["<script>alert", "<img src=x", "<b onmouseover", "href=\"javascript", "\u{202e}"] {
            assert!(!body.contains(sign), "{view}: {sign}");
        }
    }
    let report = get(&format!("/report/{id}"));
    assert!(report.status == 200 && report.body.contains("&lt;img src=x"), "{}", report.body);
}

#[test]
fn a_long_list_is_paged() {
    let all = get("/reports");
    assert!(all.body.contains("1–50 of 63") && all.body.contains("/reports?page=2"));
    assert!(get("/reports?page=2").body.contains("51–63 of 63"));
    assert_eq!(get("/reports?page=999999999999").status, 200);
}

#[test]
fn what_is_not_there_is_said() {
    for address in ["/event/nothing/c1", "/report/nothing", "/nowhere", "/event/nothing/c1.json"] {
        assert_eq!(get(address).status, 404, "{address}");
    }
    assert_eq!(
        send(&format!("DELETE / HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n", port())).status,
        405
    );
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let answer = get("/reports");
    let version = answer.head.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
    let again = send(&format!(
        "GET /reports HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nif-none-match: {version}\r\nconnection: close\r\n\r\n",
        port()
    ));
    assert!(again.status == 304 || again.status == 200 && !again.body.is_empty());
}
