//! *Which finer CAMEO code does the topic choose?* "Aid" is 070, military aid 072.

use std::collections::{BTreeMap, HashMap};

use annalist_schema::Cameo;

use super::text::items;
use super::{ClassId, Classes, Error};

/// For a code, the finer codes by the class of the words around it, in the order of the file.
#[derive(Debug, Default)]
pub struct Refinements(HashMap<Cameo, Vec<(ClassId, Cameo)>>);

impl Refinements {
    /// Reads `"070, 033" = "military 072, ..."`: for each code, pairs of class and finer code, best first.
    pub(super) fn parse(text: &str, classes: &Classes) -> Result<Self, Error> {
        let error = |entry: &str, problem| Error {
            file: "refine.toml".to_owned(),
            entry: Some(entry.to_owned()),
            problem,
        };
        let rows: BTreeMap<String, String> =
            toml::from_str(text).map_err(|cause| error("", cause.to_string()))?;
        let convert = |(code, list): (String, String)| {
            let base =
                Cameo::new(&code).ok_or_else(|| error(&code, format!("`{code}` is not a CAMEO code")))?;
            let pairs = items(&list).map(|item| pair(item, classes)).collect::<Result<_, _>>();
            Ok((base, pairs.map_err(|problem| error(&code, problem))?))
        };
        rows.into_iter().map(convert).collect::<Result<_, _>>().map(Self)
    }

    /// The finer code whose class has one of the words, the file's order deciding between several.
    pub fn refine<'w>(
        &self,
        code: &Cameo,
        words: impl Iterator<Item = &'w str> + Clone,
        classes: &Classes,
    ) -> Option<&Cameo> {
        let pairs = self.0.get(code)?;
        let fits = |class: ClassId| words.clone().any(|word| classes.has(class, word));
        pairs.iter().find(|(class, _)| fits(*class)).map(|(_, finer)| finer)
    }
}

fn pair(item: &str, classes: &Classes) -> Result<(ClassId, Cameo), String> {
    let (class, code) = item.split_once(' ').ok_or_else(|| format!("`{item}` is not a class and a code"))?;
    let class = classes.id(class).ok_or_else(|| format!("there is no class `{class}`"))?;
    let known = Cameo::new(code.trim()).filter(|code| crate::ontology::ontology().cameo(code).is_some());
    Ok((class, known.ok_or_else(|| format!("`{code}` is not a CAMEO code"))?))
}
