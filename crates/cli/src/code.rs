//! *Which code does an argument name?* In any case, every value listed in help and completions.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Reads one of the values of a code.
pub fn code<T>(all: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Into<&'static str> + Send + Sync + 'static,
{
    let name = |one: &T| -> &'static str { (*one).into() };
    PossibleValuesParser::new(all.iter().map(name)).try_map(move |text| {
        let found = all.iter().find(|one| name(one).eq_ignore_ascii_case(&text)).copied();
        found.ok_or_else(|| format!("`{text}` is none of them"))
    })
}
