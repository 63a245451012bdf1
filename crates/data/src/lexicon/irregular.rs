//! *Of which verb is this an irregular form?* "Fled" of "flee": the rows of `data/lexicon/irregular.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::text::items;

static EMBEDDED: LazyLock<HashMap<Box<str>, Box<str>>> = LazyLock::new(|| {
    // The file travels inside the binary and a test loads it, so the empty table is never seen.
    parse(include_str!("../../../../data/lexicon/irregular.toml")).unwrap_or_default()
});

/// The verb of an irregular past form, in small letters; `None` for all other words.
pub fn verb_of(form: &str) -> Option<&'static str> {
    EMBEDDED.get(form).map(|verb| &**verb)
}

/// Reads `flee = "fled"` into verbs by their forms.
fn parse(text: &str) -> Result<HashMap<Box<str>, Box<str>>, String> {
    let rows: BTreeMap<String, String> = toml::from_str(text).map_err(|cause| cause.to_string())?;
    let mut verbs = HashMap::new();
    for (verb, forms) in &rows {
        for form in items(forms) {
            if let Some(other) = verbs.insert(form.into(), verb.as_str().into()) {
                return Err(format!("`{form}` is of `{verb}` and of `{other}`"));
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
        let check = |text: &str, expected: Result<usize, &str>| {
            assert_eq!(parse(text).as_ref().map(HashMap::len).map_err(String::as_str), expected);
        };
        check("fly = \"flew, flown\"", Ok(2));
        check("lie = \"lay\"\nlay = \"laid, lay\"", Err("`lay` is of `lie` and of `lay`"));
    }
}
