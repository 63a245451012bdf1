//! *Are these two spellings the same name?*

use crate::gazetteer::fold;

/// The folded name as the index knows it: without the Arabic article in or before a longer name, so that
/// "Ibrahim al-Jaafari" and "Ibrahim Jaafari" meet, while "al-Shabaab" and "Al Gore" stay whole.
pub fn key(text: &str) -> String {
    without_articles(&fold(text))
}

pub(super) fn without_articles(folded: &str) -> String {
    let is_article = |word: &str| matches!(word, "al" | "el" | "ul");
    let n_others = folded.split(' ').filter(|word| !is_article(word)).count();
    if n_others < 2 {
        return folded.to_owned();
    }
    folded.split(' ').filter(|word| !is_article(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(key(text), expected, "{text}");
    }

    #[test]
    fn spellings_of_one_name_meet() {
        check("Kata'ib Hezbollah", "kataib hezbollah");
        check("the U.N.", "un");
        check("Recep Tayyip ERDOĞAN", "recep tayyip erdogan");
        check("Abdel-Fattah el-Sisi", "abdel fattah sisi");
        check("al-Shabaab", "al shabaab");
        check("Al Gore", "al gore");
        check("  \u{200d}—", "");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,40}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
