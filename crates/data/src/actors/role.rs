//! *What does a noun say about an actor without a name?* "Lawmakers" legislate, "gunmen" are armed and unknown.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use annalist_schema::Sector;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, checked, from_toml, loaded};
use crate::gazetteer::fold;

/// What a role noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleKind {
    /// One person or several.
    Person,
    /// People or a force without being one organisation.
    Group,
    /// An organisation.
    Organisation,
    /// A ship, aircraft or vehicle that acts for its crew.
    Platform,
}

/// What a role noun says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Sectors, the first primary; empty if the noun alone does not tell.
    pub sectors: Vec<Sector>,
    /// What it names.
    pub kind: RoleKind,
    /// Whether the words around it decide first.
    pub weak: bool,
}

/// The words of `data/actors/roles.toml`.
#[derive(Debug, Default)]
pub struct Roles {
    roles: Vec<Role>,
    words: HashMap<String, usize>,
    modifiers: HashMap<String, Sector>,
    former: HashSet<String>,
    titles: HashMap<String, String>,
}

/// Nouns have at most this many words.
pub const LONGEST_ROLE: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    origin: String,
    role: Vec<Spanned<RoleTable>>,
    modifier: Vec<Spanned<ModifierTable>>,
    former: Words,
    titles: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleTable {
    sectors: Vec<Sector>,
    kind: RoleKind,
    #[serde(default)]
    weak: bool,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifierTable {
    sectors: [Sector; 1],
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
}

const FILE: &str = "data/actors/roles.toml";
const TEXT: &str = include_str!("../../../../data/actors/roles.toml");

static ROLES: LazyLock<Result<Roles, Error>> = LazyLock::new(|| Roles::load(TEXT));

/// The shipped role nouns.
pub fn roles() -> &'static Roles {
    loaded(&ROLES)
}

pub(super) fn check() -> Result<(), Error> {
    checked(&ROLES)
}

impl Roles {
    /// Loads role nouns from the text of a file.
    ///
    /// # Errors
    /// If the file has another form, no origin, or a word in two roles.
    pub fn load(text: &str) -> Result<Self, Error> {
        let file: File = from_toml(FILE, text)?;
        if file.origin.trim().is_empty() {
            return Err(Error::of(FILE, "`origin` is empty"));
        }
        let mut roles = Self {
            former: split(&file.former.words).collect(),
            titles: file.titles.iter().map(|(short, long)| (fold(short), fold(long))).collect(),
            ..Self::default()
        };
        let located = |at, (word, problem): (String, &str)| Error::entry(FILE, text, at, &word, problem);
        for table in file.role {
            let at = table.span().start;
            roles.add_role(table.into_inner()).map_err(|problem| located(at, problem))?;
        }
        for table in file.modifier {
            roles.add_modifier(table.get_ref()).map_err(|problem| located(table.span().start, problem))?;
        }
        if let Some((short, title)) = roles.titles.iter().find(|(_, title)| !roles.words.contains_key(*title))
        {
            return Err(Error::of(FILE, format!("title `{short}`: no role has `{title}`")));
        }
        Ok(roles)
    }

    fn add_role(&mut self, table: RoleTable) -> Result<(), (String, &'static str)> {
        for word in split(&table.words) {
            let earlier = self.words.insert(word.clone(), self.roles.len());
            if earlier.is_some_and(|earlier| earlier != self.roles.len()) {
                return Err((word, "has two roles"));
            }
        }
        self.roles.push(Role { sectors: table.sectors, kind: table.kind, weak: table.weak });
        Ok(())
    }

    fn add_modifier(&mut self, table: &ModifierTable) -> Result<(), (String, &'static str)> {
        let [sector] = table.sectors;
        for word in split(&table.words) {
            if self.modifiers.insert(word.clone(), sector).is_some_and(|earlier| earlier != sector) {
                return Err((word, "modifies in two ways"));
            }
        }
        Ok(())
    }

    /// The role of a noun in singular or plural, or of a shortened title, all folded.
    pub fn get(&self, folded: &str) -> Option<&Role> {
        let at = self.position(folded).or_else(|| self.position(&singular(folded)?))?;
        self.roles.get(at)
    }

    fn position(&self, folded: &str) -> Option<usize> {
        let full = self.titles.get(folded).map_or(folded, String::as_str);
        self.words.get(full).copied()
    }

    /// The sector that a folded adjective or attributive noun lends to its head.
    pub fn modifier(&self, folded: &str) -> Option<Sector> {
        self.modifiers.get(folded).copied()
    }

    /// Whether a folded word ends an office: "former", "ousted".
    pub fn is_former(&self, folded: &str) -> bool {
        self.former.contains(folded)
    }
}

fn split(words: &str) -> impl Iterator<Item = String> {
    words.split(',').map(fold).filter(|word| !word.is_empty())
}

/// The singular of the last word, if it looks like a plural.
pub fn singular(folded: &str) -> Option<String> {
    let (before, last) = folded.rsplit_once(' ').map_or(("", folded), |(before, last)| (before, last));
    let last = match last {
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        "wives" => "wife".to_owned(),
        "thieves" => "thief".to_owned(),
        "bourgeoisie" | "police" | "media" | "news" => return None,
        _ => singular_word(last)?,
    };
    Some(if before.is_empty() { last } else { format!("{before} {last}") })
}

fn singular_word(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("men").filter(|stem| stem.len() > 2) {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("women") {
        return Some(format!("{stem}woman"));
    }
    if let Some(stem) = word.strip_suffix("children") {
        return Some(format!("{stem}child"));
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let sibilant = ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending));
    let stem = word.strip_suffix(if sibilant { "es" } else { "s" })?;
    (stem.len() > 1 && !stem.ends_with('s')).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_loads() {
        let roles = Roles::load(TEXT).unwrap();
        assert!(roles.words.len() > 1000);
        assert!(roles.words.keys().all(|words| words.split(' ').count() <= LONGEST_ROLE));
    }

    fn check(words: &str, expected: &str) {
        let sectors =
            roles().get(words).map(|role| role.sectors.iter().map(|sector| sector.as_str()).collect());
        let found = sectors.map_or("-".to_owned(), |sectors: Vec<_>| sectors.join(" "));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn nouns_give_sectors() {
        check("lawmakers", "LEG");
        check("gunmen", "UAF");
        check("foreign ministries", "GOV");
        check("churches", "REL");
        check("lt gen", "MIL");
        check("political prisoners", "CVL OPP");
        check("leaders", "");
        check("bicycles", "-");
    }

    #[test]
    fn a_damaged_file_says_where() {
        let table = "[[role]]\nsectors = []\nkind = \"person\"\nwords = \"king\"\n".repeat(2);
        let check = |origin: &str, roles: &str, titles: &str, expected: &str| {
            let text = format!(
                "origin = \"{origin}\"\nmodifier = []\n{roles}[former]\nwords = \"ex\"\n[titles]\n{titles}"
            );
            let error = Roles::load(&text).unwrap_err().to_string();
            assert_eq!(error, format!("data/actors/roles.toml{expected}"));
        };
        check("me", &table, "", ":7: entry `king`: has two roles");
        check("", "role = []\n", "", ": `origin` is empty");
        check("me", "role = []\n", "gen = \"general\"", ": title `gen`: no role has `general`");
        check("me", "role = 1\n", "", ":3: invalid type: integer `1`, expected a sequence, found `role = 1`");
    }
}
