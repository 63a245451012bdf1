//! *How are lists and examples written in the lexicon's files?* Words stand in one string, separated by commas; a sentence
//! may say several things in turn: `"Rebels (attacked | raided) a base."`.

/// The items of a list: `"attack, carry out"`.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// The sentences that an example stands for: one for each alternative in round brackets, and where several brackets have
/// alternatives, the first of each together, then the second.
pub fn sentences(example: &str) -> Result<Vec<String>, String> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for (at, part) in example.split('(').enumerate() {
        let (alternatives, after) = match (at, part.split_once(')')) {
            (0, _) => (None, part),
            (_, Some((alternatives, after))) => (Some(alternatives), after),
            (_, None) => return Err(format!("`{example}` opens a bracket that it does not close")),
        };
        parts.extend(alternatives.map(|inside| inside.split('|').map(str::trim).collect()));
        parts.push(vec![after]);
    }
    let counts: Vec<usize> = parts.iter().map(Vec::len).filter(|count| *count > 1).collect();
    let n_sentences = counts.first().copied().unwrap_or(1);
    if counts.iter().any(|count| *count != n_sentences) {
        return Err(format!(
            "`{example}` has brackets with {counts:?} alternatives: as many in each were expected"
        ));
    }
    let pick = |turn: usize| parts.iter().map(|part| part[if part.len() > 1 { turn } else { 0 }]).collect();
    Ok((0..n_sentences).map(pick).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_stand_for_sentences() {
        let check = |example: &str, expected: &str| {
            let read = sentences(example).map(|sentences| sentences.join(" / "));
            assert_eq!(read.unwrap_or_else(|problem| problem), expected);
        };
        check("Rebels met.", "Rebels met.");
        check("Rebels (met|sat down).", "Rebels met. / Rebels sat down.");
        check("(The cook | A poet) shelled (peas | eggs).", "The cook shelled peas. / A poet shelled eggs.");
        check("Rebels (met", "`Rebels (met` opens a bracket that it does not close");
        check(
            "(A|B) met (C|D|E).",
            "`(A|B) met (C|D|E).` has brackets with [2, 3] alternatives: as many in each were expected",
        );
    }
}
