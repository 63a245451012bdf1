//! *What does everybody who reads the news know the day of?* Happenings, things and persons of their time,
//! what things cost, the titles that offices go by, and who leads which coalition, from the tables in `data/world`.

mod coalition;
mod era;
mod event;
mod level;
mod table;
mod title;

use std::sync::OnceLock;

pub use coalition::Coalition;
pub use era::{Era, EraKind, Eras};
pub use event::{Memory, WorldEvent};
pub use level::Level;
pub use table::Error;
pub use title::{Title, longest_title};

/// The shipped happenings in order of time, loaded at first use. A test keeps the table free of errors; a damaged build knows nothing.
pub fn events() -> &'static [WorldEvent] {
    static EVENTS: OnceLock<Vec<WorldEvent>> = OnceLock::new();
    EVENTS.get_or_init(|| {
        event::load("events.tsv", include_str!("../../../data/world/events.tsv")).unwrap_or_default()
    })
}

/// The shipped things and persons of their time, loaded at first use.
pub fn eras() -> &'static Eras {
    static ERAS: OnceLock<Eras> = OnceLock::new();
    ERAS.get_or_init(|| {
        Eras::load("eras.tsv", include_str!("../../../data/world/eras.tsv")).unwrap_or_default()
    })
}

/// The shipped prices and rates, loaded at first use.
pub fn levels() -> &'static [Level] {
    static LEVELS: OnceLock<Vec<Level>> = OnceLock::new();
    LEVELS.get_or_init(|| {
        level::load("levels.tsv", include_str!("../../../data/world/levels.tsv")).unwrap_or_default()
    })
}

/// The shipped coalitions of forces, loaded at first use.
pub fn coalitions() -> &'static [Coalition] {
    static COALITIONS: OnceLock<Vec<Coalition>> = OnceLock::new();
    COALITIONS.get_or_init(|| {
        coalition::load("coalitions.tsv", include_str!("../../../data/world/coalitions.tsv"))
            .unwrap_or_default()
    })
}

/// The titles before a name, loaded at first use.
pub fn titles() -> &'static [Title] {
    static TITLES: OnceLock<Vec<Title>> = OnceLock::new();
    TITLES.get_or_init(|| {
        title::load("titles.tsv", include_str!("../../../data/world/titles.tsv")).unwrap_or_default()
    })
}
