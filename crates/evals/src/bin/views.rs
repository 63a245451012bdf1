//! *How long does a view of an archive take when many ask at once?* Asks a running `annalist serve` for views, many in flight.
//!
//! `cargo run --release -p annalist-evals --bin views -- PORT [REQUESTS [IN_FLIGHT]]`. Prints for each view how many were asked and
//! the median, the 99th hundredth and the slowest in milliseconds; a view is asked for other rows each time, so that few answers
//! are remembered ones.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write, stdout};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const N_REQUESTS: usize = 10_000;
const IN_FLIGHT: usize = 20;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<usize>());
    let port = u16::try_from(numbers.next().ok_or("usage: views PORT [REQUESTS [IN_FLIGHT]]")??)?;
    let n_requests = numbers.next().unwrap_or(Ok(N_REQUESTS))?;
    let in_flight = numbers.next().unwrap_or(Ok(IN_FLIGHT))?;
    let views = views(port)?;
    let (next, times) = (AtomicUsize::new(0), Mutex::new(BTreeMap::<&str, Vec<Duration>>::new()));
    let ask = || -> Outcome<()> {
        let mut connection = Connection::open(port)?;
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= n_requests {
                return Ok(());
            }
            let (name, addresses) = &views[index % views.len()];
            let address = &addresses[(index / views.len()) % addresses.len()];
            let start = Instant::now();
            connection.get(address)?;
            let took = start.elapsed();
            times.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default().push(took);
        }
    };
    let start = Instant::now();
    std::thread::scope(|scope| {
        let askers: Vec<_> = (0..in_flight).map(|_| scope.spawn(ask)).collect();
        askers.into_iter().try_for_each(|asker| asker.join().map_err(|_| "an asker failed")?)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let mut out = stdout().lock();
    writeln!(
        out,
        "{n_requests} requests, {in_flight} in flight, {seconds:.1} s, {:.0} a second",
        n_requests as f64 / seconds
    )?;
    writeln!(out, "{:<12}{:>8}{:>8}{:>8}{:>8}", "view", "n", "p50", "p99", "max")?;
    for (name, mut of_view) in times.into_inner().unwrap_or_else(PoisonError::into_inner) {
        of_view.sort_unstable();
        let at = |part: f64| of_view[((of_view.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
        writeln!(out, "{name:<12}{:>8}{:>8.1}{:>8.1}{:>8.1}", of_view.len(), at(0.5), at(0.99), at(1.0))?;
    }
    Ok(())
}

/// The views with the addresses at which each is asked.
fn views(port: u16) -> Outcome<Vec<(&'static str, Vec<String>)>> {
    let mut connection = Connection::open(port)?;
    let mut ids = |address: &str| -> Outcome<Vec<String>> {
        let rows: serde_json::Value = serde_json::from_str(&connection.get(address)?)?;
        let rows = rows["rows"].as_array().cloned().unwrap_or_default();
        Ok(rows.iter().filter_map(|row| row["id"].as_str()).map(str::to_owned).collect())
    };
    let (events, reports) = (ids("/situation.json")?, ids("/reports.json")?);
    let paged = |path: &str, pages: usize| -> Vec<String> {
        let sign = if path.contains('?') { '&' } else { '?' };
        (1..=pages).map(|page| format!("{path}{sign}page={page}")).collect()
    };
    let words =
        ["police", "army", "attacked", "killed", "town", "river", "wounded", "Mopti", "Quetta", "protest"];
    let types = ["ASSAULT", "COERCE", "PROTEST", "CONSULT", "RETREAT", "AID", "REQUEST"];
    let of = |path: &str, values: &[&str]| values.iter().map(|value| format!("{path}{value}")).collect();
    Ok(vec![
        ("situation", paged("/", 30)),
        ("filtered", of("/?type=", &types)),
        ("event", events.iter().map(|id| format!("/event/{id}")).collect()),
        ("timeline", paged("/timeline", 30)),
        ("disputes", paged("/disputes", 20)),
        ("forces", vec!["/forces".to_owned()]),
        ("talks", vec!["/talks".to_owned()]),
        ("actors", of("/actors?type=", &types)),
        ("map", of("/map?type=", &types)),
        ("reports", paged("/reports", 100)),
        ("report", reports.iter().map(|id| format!("/report/{id}")).collect()),
        (
            "compare",
            reports.windows(2).map(|two| format!("/compare?report={}&report={}", two[0], two[1])).collect(),
        ),
        ("search", of("/search?q=", &words)),
        ("words", of("/?q=", &words)),
        ("changes", paged("/changes?since=0", 100)),
        ("decisions", vec!["/decisions".to_owned()]),
    ])
}

/// One connection that is kept.
struct Connection {
    stream: BufReader<TcpStream>,
    port: u16,
}

impl Connection {
    fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), port })
    }

    fn get(&mut self, address: &str) -> Outcome<String> {
        let address = address.replace(' ', "%20");
        let request = format!("GET {address} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", self.port);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut line, mut length, mut status) = (String::new(), 0, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            match line.trim_end() {
                "" => break,
                first if first.starts_with("HTTP/") => status = first.to_owned(),
                header => {
                    if let Some(n) = header.to_lowercase().strip_prefix("content-length: ") {
                        length = n.parse()?;
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        if !status.contains(" 200 ") {
            return Err(format!("expected 200 of {address}, found {status}").into());
        }
        Ok(String::from_utf8(body)?)
    }
}
