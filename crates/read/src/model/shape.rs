//! *How is this word written?* The encoder does not see case; twelve shapes tell it.

/// The shape of a word, as an index of the shape embeddings; zero is for what is no word.
pub fn shape(word: &str, is_first: bool) -> usize {
    let mut letters = word.chars().filter(|char| char.is_alphabetic());
    let has_digit = word.chars().any(char::is_numeric);
    let Some(first) = letters.next() else { return if has_digit { 7 } else { 9 } };
    if has_digit {
        return 8;
    }
    if word.contains('.') {
        return 11;
    }
    of_letters(first, letters, is_first)
}

fn of_letters(first: char, others: impl Iterator<Item = char>, is_first: bool) -> usize {
    let (mut n_others, mut n_upper, mut n_lower) = (0, 0, 0);
    for char in others {
        n_others += 1;
        n_upper += usize::from(char.is_uppercase());
        n_lower += usize::from(char.is_lowercase());
    }
    let starts_upper = first.is_uppercase();
    let has_upper = starts_upper || n_upper > 0;
    let has_lower = first.is_lowercase() || n_lower > 0;
    match (has_upper, has_lower) {
        (false, false) => 10,
        (false, true) => 1,
        (true, false) => {
            if n_others == 0 {
                5
            } else {
                4
            }
        }
        (true, true) if starts_upper && n_upper == 0 => {
            if is_first {
                3
            } else {
                2
            }
        }
        (true, true) => 6,
    }
}

#[cfg(test)]
mod tests {
    fn check(word: &str, expected: usize) {
        assert_eq!(super::shape(word, false), expected, "{word}");
    }

    #[test]
    fn shapes_follow_the_order_of_the_tests() {
        for (word, shape) in
            [("42", 7), ("--", 9), ("F16", 8), ("U.S.", 11), ("حرب", 10), ("war", 1), ("A", 5)]
        {
            check(word, shape);
        }
        for (word, shape) in [("UN", 4), ("Basel", 2), ("McCoy", 6), ("iPhone", 6), ("", 9)] {
            check(word, shape);
        }
        assert_eq!(super::shape("Basel", true), 3);
    }
}
