//! `annalist serve`: the page of an archive, for a browser on this machine.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::archive::Access;
use annalist::schema::Report;
use annalist::{Options, Reader};
use annalist_page::{Server, Site};
use clap::Args;

use crate::archive::ArchiveArguments;
use crate::files;

/// Shows an archive in a browser on this machine: situation, timeline, disputes, map, and the words behind everything
///
/// Prints the address, and answers until Ctrl-C. Nothing leaves the machine and nobody else can look: another program's page
/// can neither read nor decide. Every address ends in `.json` or `.csv` for programs. Examples: annalist serve annals.db ·
/// annalist serve --example
#[derive(Args)]
pub struct Arguments {
    /// The archive, one file
    #[arg(value_name = "ARCHIVE", env = "ANNALIST_ARCHIVE", default_value = "annals.db")]
    archive: PathBuf,
    /// Shows two short reports that travel inside the program; what is decided then is gone when it ends
    #[arg(long)]
    example: bool,
    /// The port, 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 7060)]
    port: u16,
}

/// The reports of the example, by id.
const EXAMPLE: [(&str, &str); 2] = [
    ("herald", include_str!("../../../examples/cauca/herald.txt")),
    ("lantern", include_str!("../../../examples/cauca/lantern.txt")),
];

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let site = match arguments.example {
        true => Site::open(example()?, true)?,
        false => Site::open(ArchiveArguments::at(&arguments.archive).access(), false)?,
    };
    let server = Server::listen(site, arguments.port)?;
    writeln!(stdout().lock(), "{}", server.address())?;
    files::complain("showing the page at that address; Ctrl-C ends it");
    server.run()?;
    Ok(ExitCode::SUCCESS)
}

/// An archive of the example, which is taken away when the program ends.
fn example() -> anyhow::Result<Access> {
    let path = std::env::temp_dir().join(format!("annalist-example-{}.db", std::process::id()));
    away::when_ended(&path)?;
    let access = ArchiveArguments::at(&path).access();
    let report = |(id, text): &(&str, &str)| Report {
        id: (*id).to_owned(),
        text: (*text).to_owned(),
        ..Report::default()
    };
    let reports: Vec<_> = EXAMPLE.iter().map(report).collect();
    let readings = Reader::new(Options::default())?.read(&reports);
    let mut archive = access.create()?;
    archive.add(&reports.into_iter().zip(readings).collect::<Vec<_>>(), "annalist serve --example")?;
    archive.refresh()?;
    Ok(access)
}

fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}

#[cfg(unix)]
mod away {
    use std::path::Path;
    use std::process::exit;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    /// Takes a file away when the program is told to end.
    pub fn when_ended(path: &Path) -> anyhow::Result<()> {
        let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
        let path = path.to_owned();
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                super::remove(&path);
                exit(if signal == SIGINT { 0 } else { 128 + signal });
            }
        });
        Ok(())
    }
}

#[cfg(not(unix))]
mod away {
    use std::path::Path;

    /// Elsewhere the system empties its folder of such files.
    pub fn when_ended(path: &Path) -> anyhow::Result<()> {
        super::remove(path);
        Ok(())
    }
}
