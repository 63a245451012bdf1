//! *How are lists written in the lexicon's files?* Words stand in one string, separated by commas.

/// The items of a list: `"attack, carry out"`.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}
