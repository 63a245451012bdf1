//! *Of which verb is this an irregular form?* "Fled" of "flee": the rows of `data/lexicon/irregular.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use toml::Spanned;

use super::text::items;
use crate::error::{Error, checked, from_toml, loaded};

const FILE: &str = "data/lexicon/irregular.toml";

/// Verbs by their forms.
type Verbs = HashMap<Box<str>, Box<str>>;

static EMBEDDED: LazyLock<Result<Verbs, Error>> =
    LazyLock::new(|| parse(include_str!("../../../../data/lexicon/irregular.toml")));

/// The verb of an irregular past form, in small letters; `None` for all other words.
pub fn verb_of(form: &str) -> Option<&'static str> {
    loaded(&EMBEDDED).get(form).map(|verb| &**verb)
}

pub(super) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

/// Reads `flee = "fled"` into verbs by their forms.
fn parse(text: &str) -> Result<Verbs, Error> {
    let rows: BTreeMap<Spanned<String>, String> = from_toml(FILE, text)?;
    let mut verbs = HashMap::new();
    for (verb, forms) in &rows {
        for form in items(forms) {
            let (at, verb) = (verb.span().start, verb.get_ref());
            if let Some(other) = verbs.insert(form.into(), verb.as_str().into()) {
                return Err(Error::entry(FILE, text, at, verb, format!("`{form}` is also of `{other}`")));
            }
        }
    }
    Ok(verbs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_one_verb() {
        assert_eq!(verb_of("fled"), Some("flee"));
        assert_eq!(verb_of("bombed"), None);
        let check = |text: &str, expected: &str| {
            let read = parse(text).map(|verbs| format!("{} forms", verbs.len()));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("fly = \"flew, flown\"", "2 forms");
        check(
            "lie = \"lay\"\nlay = \"laid, lay\"",
            "data/lexicon/irregular.toml:1: entry `lie`: `lay` is also of `lay`",
        );
        check(
            "fly =",
            "data/lexicon/irregular.toml:1: string values must be quoted, expected literal string, found `fly =`",
        );
    }
}
