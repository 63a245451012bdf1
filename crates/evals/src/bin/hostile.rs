//! *Can any text hurt reading?* Damages reports at random for a given time and reads them with both tiers: no panic, no more
//! than a second of CPU time for each 100 kB (twenty in the full tier, which runs a network), every span a piece of the text.
//!
//! `cargo run --release -p annalist-evals --bin hostile -- SECONDS [SEED] [FILES]`. Prints what was read and every finding with the
//! seed that brings it back; exits with 1 if there was one.

use std::fmt::Write as _;
use std::io::{Write, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use annalist::input;
use annalist::{Options, Reader, Tier, reconcile, rows};
use annalist_schema::{DayInterval, Reading, Report, Span};
use cpu_time::ThreadTime;

/// Reports of our own, long enough to hold all that readers look for.
const REPORTS: [&str; 3] = [
    include_str!("../../../../examples/cauca/herald.txt"),
    include_str!("../../../../examples/cauca/lantern.txt"),
    "Ferry talks resume\n\nTALLINN, March 3, 2021 (Harbour Wire) - Estonia and Finland resumed talks on the ferry line on \
     Tuesday, the Estonian prime minister said. “We won't accept less than 12 crossings a day,” she added.\n\nOn 27 January \
     about 1,200 dockers had walked out; 14 were arrested and three injured in clashes with police.\n- Helsinki denied \
     that it had threatened sanctions.\n- Sweden* called on both sides to sign.\n",
];

/// What strange files hold: control characters, marks of direction, joiners, pictures, other scripts, brackets that never
/// close, numbers that no type holds.
const STRANGE: [&str; 43] = [
    "\0",
    "\x07",
    "\x1b[31m",
    "\x7f",
    "\u{85}",
    "\r",
    "\r\n",
    "\n\n\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "\u{200f}",
    "\u{2066}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{301}\u{302}\u{303}",
    "\u{fffd}",
    "👩‍👩‍👧",
    "🇮🇶",
    "😀",
    "الحكومة",
    "攻击了",
    "Правительство",
    "ממשלה",
    "ß",
    "İ",
    "ǆ",
    "((((",
    "\"",
    "“",
    "''",
    ",,,,",
    "---",
    "...",
    "2024-13-45",
    "99999999999999999999",
    "1,000,000,000,000,000",
    "0.0000001",
    "ʿ",
    " ʾ ",
    "ʼs",
];

/// Whole texts of one kind, repeated up to a length.
const UNITS: [&str; 28] = [
    ",",
    "\"",
    "“",
    "(",
    "a",
    "A",
    "-",
    "'",
    "😀",
    "\u{202e}x ",
    "\u{301}",
    "الحكومة ",
    "攻击了",
    "Правительство Iraq ",
    "Rebels killed three soldiers in Mali on Monday. ",
    "he said that ",
    "the army of the government of ",
    "Mosul, ",
    "3 May 1999 ",
    "12,000 ",
    "killed and ",
    "Iraqi parliamentarians and gunmen backed by Iran, ",
    "(Iraq ",
    "Iraq attacked Iran; ",
    "killed 3, ",
    "- Iraq denied it.\n",
    "a** ",
    "ʿ",
];

/// What is allowed for each 100 kB, in the fast and the full tier.
const ALLOWED: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(20)];

/// Longer texts are cut for the full tier, or one of them would take all the time there is.
const MOST_FULL: usize = 50_000;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().ok_or("usage: hostile SECONDS [SEED] [FILES]")?.parse()?;
    let first: u64 = arguments.next().map_or(Ok(0), |seed| seed.parse())?;
    let texts = texts(arguments)?;
    let readers = [("fast", Tier::Fast), ("full", Tier::Full)].map(|(name, tier)| (name, reader(tier)));
    let mut tally = Tally::default();
    let end = Instant::now() + Duration::from_secs(seconds);
    std::panic::set_hook(Box::new(|_| {}));
    let mut seed = first;
    while Instant::now() < end {
        // The full tier is fifteen times slower; each gets about half the time.
        let n_fast = 12;
        for turn in 0..=n_fast {
            let (name, reader) = &readers[usize::from(turn == n_fast)];
            let mut bytes = damaged(seed, &texts);
            bytes.truncate(if turn == n_fast { MOST_FULL } else { usize::MAX });
            tally.check(name, reader.as_ref().map_err(|error| error.to_string())?, seed, &bytes);
            seed += 1;
        }
    }
    tally.print(first, seed)
}

fn reader(tier: Tier) -> Result<Reader, annalist_read::Error> {
    Reader::new(Options { tier, threads: 1 })
}

/// Our own reports, and those that are named.
fn texts(paths: impl Iterator<Item = String>) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut texts: Vec<String> = REPORTS.iter().map(|text| (*text).to_owned()).collect();
    for path in paths {
        let file = std::io::BufReader::new(std::fs::File::open(&path)?);
        texts.extend(input::reports(&path, file).flatten().map(|report| report.text));
    }
    Ok(texts)
}

/// What was read, and what went wrong.
#[derive(Default)]
struct Tally {
    n_refused: u64,
    n_texts: [u64; 2],
    n_bytes: [u64; 2],
    longest: usize,
    /// The most seconds for each 100 kB, of texts of 10 kB and more.
    slowest: [f64; 2],
    findings: Vec<String>,
}

impl Tally {
    fn check(&mut self, tier: &str, reader: &Reader, seed: u64, bytes: &[u8]) {
        let at = usize::from(tier == "full");
        for outcome in input::reports("hostile.txt", bytes) {
            let Ok(mut report) = outcome else {
                self.n_refused += 1;
                continue;
            };
            report.published = DayInterval::parse("2021-03-03").filter(|_| seed.is_multiple_of(2));
            self.n_texts[at] += 1;
            self.n_bytes[at] += report.text.len() as u64;
            self.longest = self.longest.max(report.text.len());
            let start = ThreadTime::now();
            let read = catch_unwind(AssertUnwindSafe(|| read(reader, &report)));
            let taken = start.elapsed();
            let allowed = ALLOWED[at].mul_f64((report.text.len() as f64 / 1e5).max(1.0));
            let per_100_kb = taken.as_secs_f64() * 1e5 / report.text.len().max(10_000) as f64;
            self.slowest[at] = self.slowest[at].max(per_100_kb);
            let is_slow = taken > allowed;
            let finding = match read {
                Err(_) => Some("panic".to_owned()),
                Ok(Some(problem)) => Some(problem),
                Ok(None) if is_slow => Some(format!("{:.1} s", taken.as_secs_f64())),
                Ok(None) => None,
            };
            self.findings.extend(finding.map(|finding| describe(tier, seed, &report, &finding)));
        }
    }

    fn print(&self, first: u64, end: u64) -> Result<ExitCode, Box<dyn std::error::Error>> {
        let mut out = stdout().lock();
        let (refused, longest) = (self.n_refused, self.longest);
        writeln!(out, "seeds {first} to {}, {refused} refused, longest text {longest} bytes", end - 1)?;
        for (at, tier) in ["fast", "full"].iter().enumerate() {
            let (n, bytes, slowest) = (self.n_texts[at], self.n_bytes[at], self.slowest[at]);
            writeln!(out, "{tier}: {n} texts, {bytes} bytes, at most {slowest:.2} s for each 100 kB")?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
        writeln!(out, "{} findings", self.findings.len())?;
        Ok(ExitCode::from(u8::from(!self.findings.is_empty())))
    }
}

fn describe(tier: &str, seed: u64, report: &Report, finding: &str) -> String {
    let mut line = format!("{tier}, seed {seed}, {} bytes: {finding}: ", report.text.len());
    let start: String = report.text.chars().take(120).collect();
    let _ = write!(line, "{start:?}");
    line
}

/// Reads, reconciles and writes the row; what is wrong with the reading, if anything is.
fn read(reader: &Reader, report: &Report) -> Option<String> {
    let reading = reader.read(std::slice::from_ref(report)).pop()?;
    let mut problem = None;
    reading.clone().map_spans(|span: Span| {
        if report.text.get(span.range()).is_none() {
            problem = Some(format!("{span:?} is no piece of the text"));
        }
        span
    });
    let situation = reconcile(std::slice::from_ref(&reading));
    rows::situation_rows(&situation).for_each(drop);
    let row = rows::reading_row(report, reading, false).to_string();
    problem.or_else(|| serde_json::from_str::<Reading>(&row).err().map(|error| error.to_string()))
}

/// A small generator, so that a finding comes back with its seed on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// The first seeds' texts, so that every run from the start has them: a unit and how many bytes of it. Five megabytes are
/// more than a report may have, four are not.
const WHOLE: [(&str, usize); 7] = [
    (",", 100_000),
    ("a", 5_000_000),
    ("a", 4_000_000),
    ("Rebels killed three soldiers in Mali on Monday. ", 5_000_000),
    ("Rebels killed three soldiers in Mali on Monday. ", 4_000_000),
    ("Mosul and ", 4_000_000),
    ("\u{202e}攻击了 😀 Правительство (", 1_000_000),
];

/// The bytes of a seed: nearly always a damaged report, seldom a long line of one kind.
fn damaged(seed: u64, texts: &[String]) -> Vec<u8> {
    if let Some((unit, length)) = WHOLE.get(seed as usize) {
        return unit.repeat(length.div_ceil(unit.len())).into_bytes();
    }
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    dice.below(2);
    match dice.below(200) {
        0 => one_kind(&mut dice, 5_000_000),
        1..=3 => one_kind(&mut dice, 300_000),
        4..=9 => mixed(&mut dice, 100_000),
        10..=29 => mixed(&mut dice, 20_000),
        _ => broken(&mut dice, texts),
    }
}

fn one_kind(dice: &mut Dice, most: usize) -> Vec<u8> {
    let unit = dice.one_of(&UNITS);
    let length = most / (1 + dice.below(4));
    unit.repeat(length / unit.len()).into_bytes()
}

/// A long line of many kinds, each for a while.
fn mixed(dice: &mut Dice, most: usize) -> Vec<u8> {
    let mut text = String::new();
    while text.len() < most {
        let piece = if dice.below(2) == 0 { dice.one_of(&UNITS) } else { dice.one_of(&STRANGE) };
        let times = if dice.below(8) == 0 { dice.below(200) } else { dice.below(3) };
        text.push_str(&piece.repeat(times));
    }
    text.into_bytes()
}

fn broken(dice: &mut Dice, texts: &[String]) -> Vec<u8> {
    let mut bytes = texts[dice.below(texts.len())].clone().into_bytes();
    for _ in 0..=dice.below(12) {
        let (one, other) = (dice.below(bytes.len() + 1), dice.below(bytes.len() + 1));
        let (start, end) = (one.min(other), one.max(other));
        let near = end.min(start + 60);
        match dice.below(9) {
            0 => drop(bytes.drain(start..near)),
            1 => drop(bytes.splice(start..start, dice.one_of(&STRANGE).bytes())),
            2 => {
                let again = bytes[start..near].repeat(1 + dice.below(40));
                bytes.splice(end..end, again);
            }
            3 => bytes.truncate(end.max(20)),
            4 => bytes[start..end].make_ascii_uppercase(),
            5 => bytes[start..end].iter_mut().filter(|byte| **byte == b' ').for_each(|byte| *byte = b'\n'),
            6 => drop(bytes.splice(start..near, dice.one_of(&STRANGE).repeat(50).bytes())),
            7 => drop(bytes.splice(start..near, [dice.below(256) as u8])),
            _ => drop(bytes.splice(start..start, dice.one_of(&UNITS).repeat(30).bytes())),
        }
    }
    // What is no UTF-8 is refused at the door; the same bytes as a careless program would pass them on are read.
    if dice.below(4) == 0 { bytes } else { String::from_utf8_lossy(&bytes).into_owned().into_bytes() }
}
