//! *Which finer CAMEO code does the topic choose?* "Aid" is 070, military aid 072.

use std::collections::{BTreeMap, HashMap};

use annalist_schema::Cameo;

use toml::Spanned;

use super::text::items;
use super::{ClassId, Classes};
use crate::error::{Error, from_toml};

const FILE: &str = "data/lexicon/refine.toml";

/// For a code, the finer codes by the class of the words around it, in the order of the file.
#[derive(Debug, Default)]
pub struct Refinements(HashMap<Cameo, Vec<(ClassId, Cameo)>>);

impl Refinements {
    /// Reads `"070, 033" = "military 072, ..."`: for each code, pairs of class and finer code, best first.
    pub(super) fn parse(text: &str, classes: &Classes) -> Result<Self, Error> {
        let rows: BTreeMap<Spanned<String>, String> = from_toml(FILE, text)?;
        let convert = |(code, list): (Spanned<String>, String)| {
            row(code.get_ref(), &list, classes)
                .map_err(|problem| Error::entry(FILE, text, code.span().start, code.get_ref(), problem))
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

fn row(code: &str, list: &str, classes: &Classes) -> Result<(Cameo, Vec<(ClassId, Cameo)>), String> {
    let pairs = items(list).map(|item| pair(item, classes)).collect::<Result<_, _>>()?;
    Ok((known(code)?, pairs))
}

fn pair(item: &str, classes: &Classes) -> Result<(ClassId, Cameo), String> {
    let (class, code) = item.split_once(' ').ok_or_else(|| format!("`{item}` is not a class and a code"))?;
    let class = classes.id(class).ok_or_else(|| format!("there is no class `{class}`"))?;
    Ok((class, known(code.trim())?))
}

fn known(code: &str) -> Result<Cameo, String> {
    let known = Cameo::new(code).filter(|code| crate::ontology::ontology().cameo(code).is_some());
    known.ok_or_else(|| format!("`{code}` is not a CAMEO code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_or_says_why_not() {
        let check = |text: &str, expected: &str| {
            let classes = Classes::parse("military = \"arms\"").unwrap();
            let read = Refinements::parse(text, &classes).map(|rows| format!("{} codes", rows.0.len()));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("070 = \"military 072\"", "1 codes");
        check(
            "070 = \"military 072\"\n\"999\" = \"military 072\"",
            "data/lexicon/refine.toml:2: entry `999`: `999` is not a CAMEO code",
        );
        check("070 = \"food 072\"", "data/lexicon/refine.toml:1: entry `070`: there is no class `food`");
        check(
            "070 = \"military\"",
            "data/lexicon/refine.toml:1: entry `070`: `military` is not a class and a code",
        );
    }
}
