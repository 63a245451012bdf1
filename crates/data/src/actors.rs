//! *Who is it?* Office holders, forces, parties, armed groups and organisations with their names, countries, sectors and dates.
//!
//! The files are `data/actors/*.toml`, readable and editable without Rust; `data/actors/README.md` describes their lines.
//! Every entry names the encyclopaedia article (or another origin) that says so, or it does not load.

mod entry;
mod index;
mod key;
mod load;
mod role;
mod thing;

use std::sync::LazyLock;

pub use entry::{Actor, ActorKind, Term};
pub use index::{Match, NameStyle};
pub use key::key;
pub use role::{LONGEST_ROLE, Role, RoleKind, Roles, roles, singular};
pub use thing::{ThingKind, Things, things};

use index::Index;

use crate::error::{Error, checked, loaded};

/// The files that travel inside the binary, with their names for error messages.
const FILES: &[(&str, &str)] = &[
    ("groups.toml", include_str!("../../../data/actors/groups.toml")),
    ("institutions.toml", include_str!("../../../data/actors/institutions.toml")),
    ("leaders.toml", include_str!("../../../data/actors/leaders.toml")),
    ("media.toml", include_str!("../../../data/actors/media.toml")),
    ("organisations.toml", include_str!("../../../data/actors/organisations.toml")),
    ("parties.toml", include_str!("../../../data/actors/parties.toml")),
    ("seats.toml", include_str!("../../../data/actors/seats.toml")),
];

/// All known actors with an index of their names.
#[derive(Debug, Default)]
pub struct Actors {
    entries: Vec<Actor>,
    index: Index,
}

static KNOWN: LazyLock<Result<Actors, Error>> = LazyLock::new(|| Actors::load(FILES));

/// The shipped actors, loaded at first use.
pub fn known() -> &'static Actors {
    loaded(&KNOWN)
}

pub(crate) fn check() -> Result<(), Error> {
    checked(&KNOWN)?;
    role::check()?;
    thing::check()
}

impl Actors {
    /// Loads actors from files given as name and text.
    ///
    /// # Errors
    /// Names the file and the entry that has no origin, or a value that cannot be read.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, Error> {
        let entries = load::entries(files)?;
        let index = Index::new(&entries);
        Ok(Self { entries, index })
    }

    /// Every entry, sorted by id.
    pub fn entries(&self) -> &[Actor] {
        &self.entries
    }

    /// The entry with an id.
    pub fn by_id(&self, id: &str) -> Option<&Actor> {
        let at = self.entries.binary_search_by(|actor| actor.id.as_str().cmp(id)).ok()?;
        self.entries.get(at)
    }

    /// Who may be called so, as written. Acronyms keep their capitals: "who" is nobody, "WHO" is an organisation.
    pub fn named(&self, words: &str) -> Vec<Match<'_>> {
        self.index.find(&self.entries, words)
    }

    /// Persons who may be meant by a last name alone.
    pub fn by_surname(&self, words: &str) -> Vec<&Actor> {
        self.index.surname(&self.entries, words)
    }

    /// The most words of any name that begins with a folded word; 0 if none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.index.longest_from(first)
    }

    /// Persons with the terms they held, sorted by id: what a report's date can be read from.
    pub fn office_holders(&self) -> impl Iterator<Item = &Actor> {
        self.entries.iter().filter(|actor| !actor.terms.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_load() {
        let actors = Actors::load(FILES).unwrap();
        assert!(actors.entries().len() > 500);
        assert!(actors.entries().windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    fn check(words: &str, expected: &[&str]) {
        let mut found: Vec<_> = known().named(words).iter().map(|found| found.actor.name.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn names_are_found_however_they_are_spelled() {
        check("Vladimir Putin", &["Vladimir Putin"]);
        check("RECEP TAYYIP ERDOGAN", &["Recep Tayyip Erdoğan"]);
        check("Qais el-Khazali", &["Qais al-Khazali"]);
        check("George Bush", &["George H. W. Bush", "George W. Bush"]);
        check("George W.  Bush", &["George W. Bush"]);
        check("Muhammad Shiaa Al Sudani", &["Mohammed Shia' al-Sudani"]);
        check("Nobody Inparticular", &[]);
        check("", &[]);
    }

    #[test]
    fn surnames_lead_to_persons() {
        let found =
            |words: &str| known().by_surname(words).iter().map(|actor| &*actor.name).collect::<Vec<_>>();
        assert_eq!(found("Macron"), ["Emmanuel Macron"]);
        assert_eq!(found("al-Sudani"), ["Mohammed Shia' al-Sudani"]);
        assert_eq!(found("Bush"), ["George H. W. Bush", "George W. Bush"]);
    }
}
