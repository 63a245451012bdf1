//! *What does everybody who reads the news know the day of?* Happenings, things and persons of their time,
//! what things cost, the titles that offices go by, and who leads which coalition, from the tables in `data/world`.

mod coalition;
mod era;
mod event;
mod level;
mod title;

use std::sync::LazyLock;

pub use coalition::Coalition;
pub use era::{Era, EraKind, Eras};
pub use event::{Memory, WorldEvent};
pub use level::Level;
pub use title::{Title, longest_title};

use crate::error::{Error, checked, loaded};

/// A table that is loaded at first use.
type Table<T> = LazyLock<Result<T, Error>>;

/// Loads a table of `data/world` with its name.
macro_rules! table {
    ($load:path, $name:literal) => {
        LazyLock::new(|| {
            $load(concat!("data/world/", $name), include_str!(concat!("../../../data/world/", $name)))
        })
    };
}

static EVENTS: Table<Vec<WorldEvent>> = table!(event::load, "events.tsv");
static ERAS: Table<Eras> = table!(Eras::load, "eras.tsv");
static LEVELS: Table<Vec<Level>> = table!(level::load, "levels.tsv");
static COALITIONS: Table<Vec<Coalition>> = table!(coalition::load, "coalitions.tsv");
static TITLES: Table<Vec<Title>> = table!(title::load, "titles.tsv");

/// The shipped happenings in order of time.
pub fn events() -> &'static [WorldEvent] {
    loaded(&EVENTS).as_slice()
}

/// The shipped things and persons of their time.
pub fn eras() -> &'static Eras {
    loaded(&ERAS)
}

/// The shipped prices and rates.
pub fn levels() -> &'static [Level] {
    loaded(&LEVELS).as_slice()
}

/// The shipped coalitions of forces.
pub fn coalitions() -> &'static [Coalition] {
    loaded(&COALITIONS).as_slice()
}

/// The titles before a name.
pub fn titles() -> &'static [Title] {
    loaded(&TITLES).as_slice()
}

pub(crate) fn check() -> Result<(), Error> {
    checked(&EVENTS)?;
    checked(&ERAS)?;
    checked(&LEVELS)?;
    checked(&COALITIONS)?;
    checked(&TITLES)
}
