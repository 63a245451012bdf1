//! *Which words belong together?* Named sets of lemmas that patterns refer to as `@name`.

use std::collections::{BTreeMap, HashMap, HashSet};

use toml::Spanned;

use super::text::items;
use crate::error::{Error, from_toml};

const FILE: &str = "data/lexicon/classes.toml";

/// A class, valid for the lexicon it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(u16);

/// Named sets of lemmas.
#[derive(Debug, Default)]
pub struct Classes {
    ids: HashMap<String, ClassId>,
    members: Vec<HashSet<Box<str>>>,
}

impl Classes {
    /// Reads `name = "word, word, @other"`; a class may hold classes that stand before it in the alphabet or not.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let spanned: BTreeMap<Spanned<String>, String> = from_toml(FILE, text)?;
        let (places, rows): (Vec<_>, Rows) =
            spanned.into_iter().map(|(name, list)| (name.span().start, (name.into_inner(), list))).unzip();
        let ids = rows.keys().zip(0..).map(|(name, id)| (name.clone(), ClassId(id))).collect();
        let mut members = Vec::new();
        for (name, at) in rows.keys().zip(places) {
            let mut words = HashSet::new();
            let collected = collect(&rows, name, &mut words, &mut HashSet::new());
            collected.map_err(|problem| Error::entry(FILE, text, at, name, problem))?;
            members.push(words);
        }
        Ok(Self { ids, members })
    }

    /// The class of a name.
    pub fn id(&self, name: &str) -> Option<ClassId> {
        self.ids.get(name).copied()
    }

    /// The name of a class.
    pub fn name(&self, class: ClassId) -> Option<&str> {
        self.ids.iter().find(|(_, id)| **id == class).map(|(name, _)| name.as_str())
    }

    /// Every word of every class.
    pub fn words(&self) -> impl Iterator<Item = &Box<str>> {
        self.members.iter().flatten()
    }

    /// Whether a lemma belongs to a class.
    pub fn has(&self, class: ClassId, lemma: &str) -> bool {
        self.members.get(class.0 as usize).is_some_and(|words| words.contains(lemma))
    }
}

/// Lists by the names of their classes.
type Rows = BTreeMap<String, String>;

/// Adds the words of a class and of the classes it holds; `open` keeps two that hold each other from going round for ever.
fn collect<'r>(
    rows: &'r Rows,
    name: &'r str,
    words: &mut HashSet<Box<str>>,
    open: &mut HashSet<&'r str>,
) -> Result<(), String> {
    let list = rows.get(name).ok_or_else(|| format!("there is no class `{name}`"))?;
    if !open.insert(name) {
        return Ok(());
    }
    for item in items(list) {
        match item.strip_prefix('@') {
            Some(other) => collect(rows, other, words, open)?,
            None => {
                words.insert(item.into());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_classes() {
        let classes = Classes::parse("arms = \"gun, @big\"\nbig = \"tank, @arms\"").unwrap();
        let has = |name, word| classes.has(classes.id(name).unwrap(), word);
        assert_eq!(classes.id("big").and_then(|big| classes.name(big)), Some("big"));
        assert!(has("arms", "tank") && has("big", "gun") && !has("arms", "talk"));
        let error = Classes::parse("talk = \"meet\"\narms = \"@none\"").unwrap_err().to_string();
        assert_eq!(error, "data/lexicon/classes.toml:2: entry `arms`: there is no class `none`");
    }
}
