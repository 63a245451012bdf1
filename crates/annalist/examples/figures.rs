//! From files to figures: every number that reports give of an event, by whose words, with the sentence.
//!
//! ```sh
//! cargo run -p annalist --example figures -- examples/cauca/*.txt
//! ```

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::PathBuf;

use annalist::figure::figures;
use annalist::pile::Pile;
use annalist::{Options, Reader, input, reconcile};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = std::env::args().skip(1).map(PathBuf::from).collect();
    Ok(stdout().write_all(told(&paths, Options::default())?.as_bytes())?)
}

/// One line a figure, one line a sentence that states it.
pub fn told(paths: &[PathBuf], options: Options) -> Result<String, Box<dyn Error>> {
    // A file may hold many reports; one that cannot be read says why and where.
    let mut reports = Vec::new();
    for path in paths {
        let file = BufReader::new(File::open(path)?);
        for outcome in input::reports(&path.display().to_string(), file) {
            reports.push(outcome.map_err(|failure| failure.to_string())?);
        }
    }

    // Each report is read by itself, then all readings together make one situation.
    let readings = Reader::new(options)?.read(&reports);
    let situation = reconcile(&readings);

    // The pile finds the sentences again.
    let pile = Pile::new(reports.into_iter().zip(readings).collect());
    let mut out = String::new();
    for event in &situation.events {
        for figure in figures(event, &pile) {
            let by = figure.by.join(", ");
            out += &format!(
                "{} {} {} {} ({}; {by})\n",
                figure.event, figure.what, figure.cmp, figure.n, figure.verdict
            );
            for citation in &figure.citations {
                out += &format!("    {} {} “{}”\n", citation.mark(), citation.report, citation.text);
            }
        }
    }
    Ok(out)
}
