//! *Which words belong together?* Named sets of lemmas that patterns refer to as `@name`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Error;
use super::text::items;

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
        let error = |problem: String| Error { file: "classes.toml".to_owned(), entry: None, problem };
        let rows: BTreeMap<String, String> =
            toml::from_str(text).map_err(|cause| error(cause.to_string()))?;
        let ids = rows.keys().zip(0..).map(|(name, id)| (name.clone(), ClassId(id))).collect();
        let mut members = Vec::new();
        for name in rows.keys() {
            let mut words = HashSet::new();
            collect(&rows, name, &mut words, &mut HashSet::new()).map_err(error)?;
            members.push(words);
        }
        Ok(Self { ids, members })
    }

    /// The class of a name.
    pub fn id(&self, name: &str) -> Option<ClassId> {
        self.ids.get(name).copied()
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

/// Adds the words of a class and of the classes it holds; `open` keeps two that hold each other from going round for ever.
fn collect<'r>(
    rows: &'r BTreeMap<String, String>,
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
        assert!(has("arms", "tank") && has("big", "gun") && !has("arms", "talk"));
        assert!(Classes::parse("arms = \"@none\"").is_err());
    }
}
