//! *Which archive is shown?* Connections to it are kept and lent, one a request.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use annalist::archive::{Access, Archive, Result};
use annalist::archive::{Asked, Facets};
use annalist::briefing::FrontLine;

use crate::guard;
use crate::memo::{Memo, State};

/// Connections that are kept when nobody needs them.
const SPARE: usize = 4;

/// Key points that the first page shows.
const POINTS: usize = 10;

/// An archive with what the server remembers of it.
#[derive(Debug)]
pub struct Site {
    access: Access,
    spare: Mutex<Vec<Archive>>,
    /// What forms of ours carry.
    pub(crate) token: String,
    pub(crate) memo: Mutex<Memo>,
    gist: Mutex<Option<(State, Arc<Gist>)>>,
    /// Whether it is shown as an example: nothing is decided in it for good.
    pub(crate) is_example: bool,
}

/// What every page says of the whole.
#[derive(Debug, Default)]
pub(crate) struct Gist {
    pub facets: Facets,
    pub outlets: Vec<(String, usize)>,
    pub n_reports: usize,
    pub points: Vec<FrontLine>,
    pub n_talks: usize,
    pub n_forces: usize,
    pub published: Option<(String, String)>,
}

impl Site {
    /// Of an archive that is there, brought up to date where it may be.
    ///
    /// # Errors
    /// If it cannot be opened, or there is no chance.
    pub fn open(access: Access, is_example: bool) -> std::result::Result<Self, crate::Error> {
        let archive = access.open()?;
        if !archive.is_current()? {
            return Err(crate::Error::Behind { path: access.path });
        }
        let token = guard::new_token().map_err(|_| crate::Error::NoChance)?;
        let (spare, memo) = (Mutex::new(vec![archive]), Mutex::default());
        Ok(Self { access, spare, token, memo, gist: Mutex::default(), is_example })
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.access.path
    }

    /// Lends a connection.
    pub(crate) fn with<T, E: From<annalist::archive::Error>>(
        &self,
        read: impl FnOnce(&Archive) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let kept = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let archive = kept.map_or_else(|| self.access.open(), Ok)?;
        let outcome = read(&archive);
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push(archive);
        }
        outcome
    }

    /// A connection of its own that changes something, logged with this moment.
    pub(crate) fn writer(&self) -> Result<Archive> {
        let now = std::time::SystemTime::now().try_into().unwrap_or(self.access.now);
        Access { now, ..self.access.clone() }.open()
    }

    /// What is said of the whole at a state, worked out once.
    pub(crate) fn gist(&self, archive: &Archive, state: State) -> Result<Arc<Gist>> {
        // Whoever comes second waits rather than working out the same.
        let mut known = self.gist.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, gist)) = known.as_ref().filter(|(of, _)| *of == state) {
            return Ok(Arc::clone(gist));
        }
        let none = annalist::archive::Window::first(0);
        let gist = Arc::new(Gist {
            facets: archive.facets(&Asked::default())?,
            outlets: archive.outlets()?,
            n_reports: archive.n_reports()?.try_into().unwrap_or_default(),
            points: archive.key_points(POINTS)?,
            n_talks: archive.processes(none)?.total,
            n_forces: archive.postures(none)?.total,
            published: archive.published()?,
        });
        *known = Some((state, Arc::clone(&gist)));
        Ok(gist)
    }
}
