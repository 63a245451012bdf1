//! *How does an archive grow?* It is made when the first report goes in, and whoever stops the program learns what is safe.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use annalist::archive::{Archive, Change, Standing};
use annalist::schema::{Decision, Reading, Report};

use crate::archive::ArchiveArguments;

/// An archive that reports go into, or the place where one will be made for them.
pub struct Growing<'a> {
    arguments: &'a ArchiveArguments,
    archive: Option<Archive>,
    tally: Arc<Mutex<Tally>>,
}

/// What is safe, told if the program is stopped.
#[derive(Clone, Copy, Default)]
struct Tally {
    n_there: i64,
    n_added: i64,
}

impl<'a> Growing<'a> {
    /// Opens the archive if there is one. From now on a stop from outside waits until what is being stored is on the disk
    /// and was told.
    pub fn open(arguments: &'a ArchiveArguments) -> anyhow::Result<Self> {
        let archive = arguments.open_if_there()?;
        let n_there = archive.as_ref().map_or(Ok(0), Archive::n_reports)?;
        let tally = Arc::new(Mutex::new(Tally { n_there, n_added: 0 }));
        stop::watch(&arguments.archive, Arc::clone(&tally))?;
        Ok(Self { arguments, archive, tally })
    }

    /// How a report stands to those of the archive.
    pub fn standing(&self, report: &Report) -> anyhow::Result<Standing> {
        Ok(self.archive.as_ref().map_or(Ok(Standing::New), |archive| archive.standing(report))?)
    }

    /// Stores reports with their readings in one transaction; `tell` says which are new once they are on the disk.
    pub fn add(
        &mut self,
        entries: &[(Report, Reading)],
        reader: &str,
        tell: impl FnOnce(&[String]) -> anyhow::Result<()>,
    ) -> anyhow::Result<usize> {
        if entries.is_empty() {
            return Ok(0);
        }
        let archive = match &mut self.archive {
            Some(archive) => archive,
            none => none.insert(self.arguments.create()?),
        };
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        let added = archive.add(entries, reader)?;
        tally.n_there += added.len() as i64;
        tally.n_added += added.len() as i64;
        tell(&added)?;
        Ok(added.len())
    }

    /// Takes in decisions, and gives what they changed.
    pub fn take_in(&mut self, decisions: Vec<Decision>) -> anyhow::Result<Vec<Change>> {
        let archive = self.archive.as_mut().filter(|_| !decisions.is_empty());
        Ok(archive.map_or(Ok(Vec::new()), |archive| archive.take_in(decisions))?)
    }

    /// Brings events up to the reports, and gives what changed. A stop in between loses none of it: the next command does
    /// the same.
    pub fn refresh(&mut self) -> anyhow::Result<Vec<Change>> {
        Ok(self.archive.as_mut().map_or(Ok(Vec::new()), Archive::refresh)?)
    }
}

impl Tally {
    /// `64 reports are in annals.db, 32 of them added now`.
    fn told(self, archive: &Path) -> String {
        let Self { n_there, n_added } = self;
        let archive = archive.display();
        let s = if n_there == 1 { " is" } else { "s are" };
        let safe = match n_there {
            0 => format!("nothing is in {archive} yet"),
            _ => format!("{n_there} report{s} in {archive}, {n_added} of them added now"),
        };
        format!("stopped: {safe}; run the same command again to go on")
    }
}

#[cfg(unix)]
mod stop {
    use std::path::Path;
    use std::process::exit;
    use std::sync::{Arc, Mutex, PoisonError};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use super::Tally;
    use crate::files;

    /// The shell's code for a program that a signal ended.
    const BY_SIGNAL: i32 = 128;

    /// On an interruption or termination, waits for what is being stored, says what is safe, and ends the program.
    pub fn watch(archive: &Path, tally: Arc<Mutex<Tally>>) -> anyhow::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let archive = archive.to_owned();
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                let tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                files::complain(&tally.told(&archive));
                exit(BY_SIGNAL + signal);
            }
        });
        Ok(())
    }
}

#[cfg(not(unix))]
mod stop {
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use super::Tally;

    /// Elsewhere the system ends the program, which loses nothing either, and nobody is told.
    pub fn watch(_: &Path, _: Arc<Mutex<Tally>>) -> anyhow::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n_there: i64, n_added: i64, expected: &str) {
        let told = Tally { n_there, n_added }.told(Path::new("a.db"));
        assert_eq!(told, format!("stopped: {expected}; run the same command again to go on"));
    }

    #[test]
    fn says_what_is_safe() {
        check(0, 0, "nothing is in a.db yet");
        check(1, 1, "1 report is in a.db, 1 of them added now");
        check(64, 32, "64 reports are in a.db, 32 of them added now");
    }
}
