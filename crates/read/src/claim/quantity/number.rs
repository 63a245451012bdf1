//! *Which words are a number, and which number?*
//!
//! Works on the text alone, so that a hyphen that a tokeniser splits or keeps changes nothing. Numbers that count nothing are passed over here where
//! their shape shows it: ordinals, percentages, clock times, dates, fractions, and designations such as "F-16".

use annalist_data::quantities::Quantities;
use annalist_schema::{Comparator, Span};

use super::piece::{Piece, PieceKind, pieces};

/// A number as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// The words of the number itself.
    pub span: Span,
    /// The number, or the lower end of a range; finite and not negative.
    pub low: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How the word itself is meant: "hundreds" is at least a hundred, "a dozen" about twelve.
    pub bound: Option<Comparator>,
    /// ISO 4217 code where a currency sign stands before it.
    pub currency: Option<&'static str>,
    /// Its place in "from 5,200 to 3,500".
    pub change: Option<Change>,
}

/// The two ends of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// "from 5,200".
    From,
    /// "to 3,500".
    To,
}

/// The numbers in a stretch of text, in order.
pub fn scan(text: &str, within: Span) -> Vec<Numeral> {
    let pieces = pieces(text, within);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match numeral(&pieces, at) {
            Some((read, next)) => {
                found.extend(read);
                at = next;
            }
            None => at += 1,
        }
    }
    mark_changes(&mut found, text);
    found
}

/// A number that begins at a piece, and the piece after it; the list is empty where the number counts nothing.
fn numeral(pieces: &[Piece<'_>], at: usize) -> Option<(Vec<Numeral>, usize)> {
    let (first, next) = amount(pieces, at)?;
    if is_designation(pieces, at, next) {
        return Some((Vec::new(), after_joined_figures(pieces, next)));
    }
    if let Some(after) = ratio(pieces, first, next) {
        return Some((Vec::new(), after));
    }
    let (value, next) = range(pieces, at, first, next);
    let countable = !is_fraction(pieces, next) && !is_percentage(pieces, next);
    let read = Numeral {
        span: pieces[at].span.cover(pieces[next - 1].span),
        low: value.low,
        high: value.high,
        bound: value.bound,
        currency: currency_before(pieces, at).or_else(|| currency_behind(pieces, next)),
        change: None,
    };
    Some((if countable { vec![read] } else { Vec::new() }, next))
}

/// "One in three", "two out of five": a share, and no count of anything.
fn ratio(pieces: &[Piece<'_>], first: Amount, next: usize) -> Option<usize> {
    let is_in = is_word(pieces, next, "in");
    let second_at = match () {
        () if is_in => next + 1,
        () if is_word(pieces, next, "out") && is_word(pieces, next + 1, "of") => next + 2,
        () if is_word(pieces, next, "of") && is_word(pieces, next + 1, "every") => next + 2,
        () => return None,
    };
    let second_at = second_at + usize::from(is_word(pieces, second_at, "every"));
    let (second, after) = amount(pieces, second_at)?;
    let is_share = first.high.is_none() && first.bound.is_none() && first.low < second.low;
    let is_small = !is_in || first.low <= 9.0 && second.low <= 1000.0;
    (is_share && is_small && !is_unit(pieces, after)).then_some(after)
}

/// "Killed one in two hours": the second number measures.
fn is_unit(pieces: &[Piece<'_>], at: usize) -> bool {
    let word = pieces.get(at).and_then(Piece::word).unwrap_or_default().to_lowercase();
    Quantities::embedded().is_measure(word.trim_end_matches('s'))
}

/// A number without its comparator.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Amount {
    low: f64,
    high: Option<f64>,
    bound: Option<Comparator>,
    /// The last magnitude word, which the lower end of a range shares: "20 to 30 million".
    scale: f64,
    in_figures: bool,
}

impl Amount {
    fn plain(value: f64, scale: f64, in_figures: bool) -> Self {
        Self { low: value, high: None, bound: None, scale, in_figures }
    }

    fn bounded(value: f64, bound: Comparator) -> Self {
        Self { low: value, high: None, bound: Some(bound), scale: 1.0, in_figures: false }
    }
}

fn amount(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    round_plural(pieces, at)
        .or_else(|| vague_hundreds(pieces, at))
        .or_else(|| dozens(pieces, at))
        .or_else(|| score(pieces, at))
        .or_else(|| half_a_million(pieces, at))
        .or_else(|| part_of_a_million(pieces, at))
        .or_else(|| figure(pieces, at))
        .or_else(|| words(pieces, at))
}

/// "hundreds", "tens of thousands": at least one of them.
fn round_plural(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let first = plural_magnitude(pieces.get(at)?.word()?)?;
    let has_of = is_word(pieces, at + 1, "of");
    let of_more =
        (is_word(pieces, at + 1, "of")).then(|| plural_magnitude(pieces.get(at + 2)?.word()?)).flatten();
    match of_more {
        Some(second) if second > first => {
            Some((Amount::bounded(first * second, Comparator::AtLeast), at + 3))
        }
        _ if first >= 12.0 || has_of => Some((Amount::bounded(first, Comparator::AtLeast), at + 1)),
        _ => None,
    }
}

fn plural_magnitude(word: &str) -> Option<f64> {
    let singular = word.to_lowercase();
    let singular = singular.strip_suffix('s')?;
    match singular {
        "ten" => Some(10.0),
        "dozen" => Some(12.0),
        "score" => Some(20.0),
        _ => magnitude(singular).filter(|_| singular.len() > 4),
    }
}

/// "several hundred", "a few thousand", "a couple of hundred": at least one of them.
fn vague_hundreds(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let after_article = if is_word(pieces, at, "a") { at + 1 } else { at };
    let vague = pieces.get(after_article)?.word()?.to_lowercase();
    let mut next = after_article + 1;
    match vague.as_str() {
        "several" | "many" if after_article == at => {}
        "few" if after_article > at => {}
        "couple" if after_article > at => next += usize::from(is_word(pieces, next, "of")),
        _ => return None,
    }
    let size = match pieces.get(next)?.word()?.to_lowercase().as_str() {
        "dozen" => 12.0,
        "score" => 20.0,
        word => magnitude(word)?,
    };
    Some((Amount::bounded(size, Comparator::AtLeast), next + 1))
}

/// "a dozen", "two dozen", "half a dozen": about as many.
fn dozens(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    if let PieceKind::Figure { value, scale: None } = pieces.get(at)?.kind {
        let about = Amount { scale: 12.0, ..Amount::bounded(value * 12.0, Comparator::About) };
        return is_word(pieces, at + 1, "dozen").then_some((about, at + 2));
    }
    let first = pieces.get(at)?.word()?.to_lowercase();
    let (count, next) = match first.as_str() {
        "dozen" => (1.0, at),
        "a" => (1.0, at + 1),
        "half" => (0.5, at + if is_word(pieces, at + 1, "a") { 2 } else { 1 }),
        word => (small(word)?, at + 1),
    };
    let about = Amount { scale: 12.0, ..Amount::bounded(count * 12.0, Comparator::About) };
    is_word(pieces, next, "dozen").then_some((about, next + 1))
}

/// "three score", "threescore", "three score and ten", "a score of".
fn score(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let first = pieces.get(at)?.word()?.to_lowercase();
    if let Some(count) = first.strip_suffix("score").filter(|rest| !rest.is_empty()).and_then(small) {
        return Some((Amount::plain(count * 20.0, 1.0, false), at + 1));
    }
    if !is_word(pieces, at + 1, "score") {
        return None;
    }
    if first == "a" {
        return is_word(pieces, at + 2, "of").then(|| (Amount::bounded(20.0, Comparator::About), at + 2));
    }
    let count = small(&first)? * 20.0;
    let rest = || {
        let more = small(&pieces.get(at + 3)?.word()?.to_lowercase()).filter(|more| *more < 20.0)?;
        is_word(pieces, at + 2, "and").then_some((Amount::plain(count + more, 1.0, false), at + 4))
    };
    Some(rest().unwrap_or((Amount::plain(count, 1.0, false), at + 2)))
}

/// "half a million".
fn half_a_million(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let is_half = is_word(pieces, at, "half") && is_word(pieces, at + 1, "a");
    let size = magnitude(&pieces.get(at + 2)?.word()?.to_lowercase())?;
    is_half.then(|| (Amount::bounded(size / 2.0, Comparator::About), at + 3))
}

/// "a quarter of a million", "three quarters of a million", "a third of a million", "a quarter million".
fn part_of_a_million(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let count = pieces.get(at)?.word()?.to_lowercase();
    let count = if count == "a" { 1.0 } else { small(&count).filter(|count| *count < 10.0)? };
    let dash = usize::from(is_dash(pieces, at + 1));
    let part = match pieces.get(at + 1 + dash)?.word()?.to_lowercase().as_str() {
        "quarter" | "quarters" => 4.0,
        "third" | "thirds" => 3.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    let of_a = at + 2 + dash;
    let size_at = if is_word(pieces, of_a, "of") && is_word(pieces, of_a + 1, "a") { of_a + 2 } else { of_a };
    let size = magnitude(&pieces.get(size_at)?.word()?.to_lowercase())?;
    Some((Amount::bounded((size * count / part).round(), Comparator::About), size_at + 1))
}

/// "2,500", "1.7 million", "3.5m", "20k".
fn figure(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let PieceKind::Figure { value, scale } = pieces.get(at)?.kind else { return None };
    let (more, next) = scales(pieces, at + 1);
    let scale = scale.unwrap_or(1.0) * more;
    Some((Amount::plain(value * scale, scale, true), next)).filter(|(amount, _)| amount.low.is_finite())
}

/// Magnitude words in a row, as one factor.
fn scales(pieces: &[Piece<'_>], mut at: usize) -> (f64, usize) {
    let mut factor = 1.0;
    // Two in a row ("hundred thousand") are the most that a number has; a page of them is no number.
    for _ in 0..2 {
        let start = if is_mark(pieces, at, '-') && pieces[at].glued { at + 1 } else { at };
        let Some(size) = pieces.get(start).and_then(|piece| magnitude(&piece.word()?.to_lowercase())) else {
            break;
        };
        factor *= size;
        at = start + 1;
    }
    (factor, at)
}

/// "seventeen", "a hundred and twenty", "twenty-one thousand", "three-and-a-half million".
fn words(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let mut sum = Sum::default();
    let mut next = at;
    if is_word(pieces, at, "a") {
        magnitude(&pieces.get(at + 1)?.word()?.to_lowercase())?;
        sum.add(1.0);
        next += 1;
    }
    loop {
        let joined = joint(pieces, next, next > at);
        if let Some((half, after)) = and_a_half(pieces, joined).filter(|_| next > at) {
            sum.add_half(half);
            next = after;
            continue;
        }
        let Some(word) = pieces.get(joined).and_then(Piece::word).map(str::to_lowercase) else { break };
        let taken = match (small(&word), magnitude(&word)) {
            (Some(value), _) => sum.add(value),
            (None, Some(size)) => next > at && sum.multiply(size),
            (None, None) => false,
        };
        if !taken {
            break;
        }
        next = joined + 1;
    }
    (next > at).then(|| (Amount::plain(sum.total(), sum.last_scale.max(1.0), false), next))
}

/// Steps over the hyphen or "and" inside a number word.
fn joint(pieces: &[Piece<'_>], at: usize, inside: bool) -> usize {
    let has_more = |from: usize| {
        let word = pieces.get(from).and_then(Piece::word).map(str::to_lowercase).unwrap_or_default();
        small(&word).is_some() || magnitude(&word).is_some()
    };
    let after_hundred =
        at.checked_sub(1).and_then(|last| pieces[last].word()).is_some_and(|word| magnitude(word).is_some());
    let is_hyphen = is_mark(pieces, at, '-') && pieces[at].glued;
    let is_joint = is_hyphen || after_hundred && is_word(pieces, at, "and");
    at + usize::from(inside && is_joint && has_more(at + 1))
}

/// "and a half", "-and-a-half", with the hyphen before a magnitude.
fn and_a_half(pieces: &[Piece<'_>], at: usize) -> Option<(f64, usize)> {
    let after_hyphen = |at: usize| at + usize::from(is_mark(pieces, at, '-'));
    let mut next = at;
    for word in ["and", "a", "half"] {
        let start = after_hyphen(next);
        is_word(pieces, start, word).then_some(())?;
        next = start + 1;
    }
    let has_scale = |at: usize| {
        pieces.get(at).and_then(Piece::word).is_some_and(|word| magnitude(&word.to_lowercase()).is_some())
    };
    Some((0.5, if has_scale(after_hyphen(next)) { after_hyphen(next) } else { next }))
}

/// Adds up number words the way they are spoken.
#[derive(Default)]
struct Sum {
    total: f64,
    group: f64,
    last_added: Option<f64>,
    last_scale: f64,
}

impl Sum {
    /// Takes "twenty" and then "one", not "one" and then "twenty".
    fn add(&mut self, value: f64) -> bool {
        let fits = match self.last_added {
            None => true,
            Some(last) if last >= 100.0 => value < 100.0,
            Some(last) => last >= 20.0 && value < 10.0,
        };
        if fits {
            self.group += value;
            self.last_added = Some(value);
        }
        fits
    }

    /// "One and a half million" is half of one, "a million and a half" half of a million.
    fn add_half(&mut self, half: f64) {
        if self.last_added == Some(self.last_scale) && self.last_scale > 0.0 {
            self.total += half * self.last_scale;
        } else {
            self.group += half;
        }
    }

    fn multiply(&mut self, size: f64) -> bool {
        if self.group == 0.0 || !(self.total + self.group * size).is_finite() {
            return false;
        }
        self.last_scale = size;
        self.last_added = Some(size);
        if size == 100.0 {
            self.group *= size;
        } else {
            self.total += self.group * size;
            self.group = 0.0;
        }
        true
    }

    fn total(&self) -> f64 {
        self.total + self.group
    }
}

/// "20 to 30", "20-30", "between 10 and 15": two amounts become one range.
fn range(pieces: &[Piece<'_>], at: usize, first: Amount, next: usize) -> (Amount, usize) {
    let Some(second_at) = range_joint(pieces, at, next) else { return (first, next) };
    let Some((second, after)) = amount(pieces, second_at) else { return (first, next) };
    let shared = first.low * second.scale;
    // "Two or three hundred" shares the hundred, "fifty to two hundred" does not.
    let is_shared = first.scale == 1.0 && second.scale > 1.0 && first.low < 1000.0 && shared < second.low;
    let low = if is_shared { shared } else { first.low };
    let is_dozens = second.bound == Some(Comparator::About) && second.scale == 12.0;
    if second.bound.is_some() && !is_dozens || first.bound.is_some() || low >= second.low {
        return (first, next);
    }
    let second = if is_dozens { Amount { bound: None, ..second } } else { second };
    (Amount { low, high: Some(second.low), ..second }, after)
}

fn range_joint(pieces: &[Piece<'_>], at: usize, next: usize) -> Option<usize> {
    let before = |word: &str| at > 0 && is_word(pieces, at - 1, word);
    let dash = ['-', '–', '—'].iter().any(|&dash| is_mark(pieces, next, dash)) && pieces.get(next)?.glued;
    let joined = dash
        || (is_word(pieces, next, "to") && !before("from"))
        || (is_word(pieces, next, "to") && before("from") && at > 1 && is_word(pieces, at - 2, "ranging"))
        || (is_word(pieces, next, "and") && before("between"))
        || (is_word(pieces, next, "or") && !before("or"));
    let currency = usize::from(currency_of(pieces, next + 1).is_some());
    joined.then_some(next + 1 + currency)
}

/// "from 5,200 ... to 3,500" names the two ends of a change.
fn mark_changes(found: &mut [Numeral], text: &str) {
    for at in 1..found.len() {
        let (head, tail) = found.split_at_mut(at);
        let (Some(from), Some(to)) = (head.last_mut(), tail.first_mut()) else { continue };
        let before = last_words(text, from.span.start);
        let between = Span::new(from.span.end, to.span.start).of(text);
        let opens = before.iter().any(|word| word == "from");
        let closes = between.len() < 60
            && between.split_whitespace().any(|word| word == "to")
            && !between.contains(['.', ';', ',']);
        if opens && closes {
            from.change = Some(Change::From);
            to.change = Some(Change::To);
        }
    }
}

/// The last three words before an offset, lower case: room for a comparator between "from" and its number.
fn last_words(text: &str, end: u32) -> Vec<String> {
    let before = text.get(..end as usize).unwrap_or("");
    before
        .rsplit(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .take(3)
        .map(str::to_lowercase)
        .collect()
}

/// Part of a name, a date, a time or a telephone number rather than a count.
fn is_designation(pieces: &[Piece<'_>], at: usize, next: usize) -> bool {
    let joins = |at: usize| is_joint_of_figures(pieces, at);
    let glued_before = at > 0 && pieces[at].glued && pieces[at - 1].joins_designation();
    let in_figures = matches!(pieces[at].kind, PieceKind::Figure { .. });
    let is_range = is_dash(pieces, next) && !joins(next + 2) && !follows_article_or_name(pieces, at);
    in_figures && (glued_before || (joins(next) && !is_range))
}

/// "a 737-800", "Boeing 737-800": two figures with a dash after an article or a name are no range.
fn follows_article_or_name(pieces: &[Piece<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| pieces[before].word()).unwrap_or_default();
    matches!(before, "a" | "A" | "an" | "An") || before.starts_with(char::is_uppercase) && at > 1
}

/// Steps over the rest of "2019-10-06", "4:30" or "737-800".
fn after_joined_figures(pieces: &[Piece<'_>], mut next: usize) -> usize {
    while is_joint_of_figures(pieces, next) {
        next += 2;
    }
    next
}

fn is_joint_of_figures(pieces: &[Piece<'_>], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let joint = piece.glued && [':', '/', '-', '–', '.'].iter().any(|&mark| piece.is_mark(mark));
    joint
        && pieces.get(at + 1).is_some_and(|next| next.glued && matches!(next.kind, PieceKind::Figure { .. }))
}

fn is_dash(pieces: &[Piece<'_>], at: usize) -> bool {
    is_mark(pieces, at, '-') || is_mark(pieces, at, '–')
}

/// "two-thirds", "three quarters".
fn is_fraction(pieces: &[Piece<'_>], next: usize) -> bool {
    let at = if is_dash(pieces, next) { next + 1 } else { next };
    let word = pieces.get(at).and_then(Piece::word).map(str::to_lowercase).unwrap_or_default();
    matches!(
        word.as_str(),
        "third" | "thirds" | "quarter" | "quarters" | "fourths" | "fifth" | "fifths" | "tenth" | "tenths"
    )
}

fn is_percentage(pieces: &[Piece<'_>], next: usize) -> bool {
    let percent = |at: usize| {
        let Some(piece) = pieces.get(at) else { return false };
        piece.is_mark('%')
            || piece.word().is_some_and(|word| {
                ["percent", "percentage", "pc", "pct"].contains(&word.to_lowercase().as_str())
            })
    };
    percent(next)
        || (is_word(pieces, next, "per") && is_word(pieces, next + 1, "cent"))
        || (is_dash(pieces, next) && percent(next + 1))
}

/// "$", "US$", "Rs", "Rs." before the figure.
fn currency_before(pieces: &[Piece<'_>], at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1)?;
    let sign =
        if is_mark(pieces, before, '.') && pieces[before].glued { before.checked_sub(1)? } else { before };
    currency_of(pieces, sign)
}

/// The currency of a sign: a mark, letters and a mark glued together, or a short word.
fn currency_of(pieces: &[Piece<'_>], at: usize) -> Option<&'static str> {
    let known =
        |sign: &str| Quantities::embedded().currency_by_sign(sign).map(|currency| currency.code.as_str());
    match pieces.get(at)?.kind {
        PieceKind::Mark(mark) => {
            let letters = pieces[at].glued.then(|| pieces.get(at.checked_sub(1)?)?.word()).flatten();
            letters
                .and_then(|letters| known(&format!("{letters}{mark}")))
                .or_else(|| known(mark.encode_utf8(&mut [0; 4])))
        }
        PieceKind::Word(word) if word.len() <= 4 => known(word),
        _ => None,
    }
}

/// "dollars", "Australian dollars" behind the figure.
fn currency_behind(pieces: &[Piece<'_>], next: usize) -> Option<&'static str> {
    let word = |at: usize| pieces.get(at).and_then(Piece::word);
    let known = |name: &str, adjective: Option<&str>| {
        let found = Quantities::embedded().currency_by_name(name, adjective)?;
        Some(found.code.as_str())
    };
    let first = word(next).filter(|_| !is_dash(pieces, next))?;
    // "20 pounds of explosives" and "a 500-dollar bill".
    known(first, None).or_else(|| {
        let second = word(next + 1)?;
        known(second, Some(first)).or_else(|| known(word(next + 2)?, Some(&format!("{first} {second}"))))
    })
}

fn is_word(pieces: &[Piece<'_>], at: usize, wanted: &str) -> bool {
    pieces.get(at).and_then(Piece::word).is_some_and(|word| word.eq_ignore_ascii_case(wanted))
}

fn is_mark(pieces: &[Piece<'_>], at: usize, wanted: char) -> bool {
    pieces.get(at).is_some_and(|piece| piece.is_mark(wanted))
}

fn small(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let unit = UNITS.iter().position(|&unit| unit == word).map(|position| position as f64);
    let ten = TENS.iter().position(|&ten| ten == word).map(|position| 20.0 + 10.0 * position as f64);
    unit.or(ten)
}

fn magnitude(word: &str) -> Option<f64> {
    Quantities::embedded().magnitude(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = scan(text, Span::from(0..text.len()));
        let shown: Vec<String> = found.iter().map(|numeral| show(text, numeral)).collect();
        assert_eq!(shown, expected, "{text}");
    }

    fn show(text: &str, numeral: &Numeral) -> String {
        let bound = numeral.bound.map(Comparator::as_str).unwrap_or_default();
        let high = numeral.high.map(|high| format!("..{high}")).unwrap_or_default();
        let currency = numeral.currency.map(|code| format!(" {code}")).unwrap_or_default();
        let change = numeral.change.map(|change| format!(" {change:?}")).unwrap_or_default();
        format!("{}|{bound}{}{high}{currency}{change}", numeral.span.of(text), numeral.low)
    }

    #[test]
    fn reads_figures_and_words() {
        check("3,500 soldiers and 24 tanks", &["3,500|3500", "24|24"]);
        check("2.5 million people, 1.7m more", &["2.5 million|2500000", "1.7m|1700000"]);
        check("Seventeen rockets and twenty-one shells", &["Seventeen|17", "twenty-one|21"]);
        check("a hundred and twenty boats", &["a hundred and twenty|120"]);
        check("two hundred thousand and five hundred", &["two hundred thousand and five hundred|200500"]);
        check("over three-and-a-half million", &["three-and-a-half million|3500000"]);
        check("one and a half million", &["one and a half million|1500000"]);
        check("a million", &["a million|1000000"]);
        check("a million and a half men", &["a million and a half|1500000"]);
        check("12 000 men, 1'250 boats", &["12 000|12000", "1'250|1250"]);
        check("3 lakh men, 2.5 crore, 1,25,000", &["3 lakh|300000", "2.5 crore|25000000", "1,25,000|125000"]);
        check("a man and a boy", &[]);
    }

    #[test]
    fn reads_round_numbers_as_bounds() {
        check("hundreds of fighters", &["hundreds|>=100"]);
        check("tens of thousands marched", &["tens of thousands|>=10000"]);
        check("several hundred miners", &["several hundred|>=100"]);
        check("a few thousand", &["a few thousand|>=1000"]);
        check("two dozen men, half a dozen boats", &["two dozen|~24", "half a dozen|~6"]);
        check("half a million refugees", &["half a million|~500000"]);
        check("dozens of houses, scores of cars, tens of men", &["dozens|>=12", "scores|>=20", "tens|>=10"]);
        check("in his tens, a couple of dozen men", &["a couple of dozen|>=12"]);
        check("one in three men, two out of five, 3 in every 10", &[]);
        check("killed one in two hours", &["one|1", "two|2"]);
        check("a quarter of a million men", &["a quarter of a million|~250000"]);
        check("three quarters of a million", &["three quarters of a million|~750000"]);
        check("three score men, a score of boats", &["three score|60", "a score|~20"]);
        check("threescore and two score and ten", &["threescore|60", "two score and ten|50"]);
    }

    #[test]
    fn reads_ranges_and_changes() {
        check("20 to 30 people", &["20 to 30|20..30"]);
        check("between 10 and 15 boats", &["10 and 15|10..15"]);
        check("2-3 million", &["2-3 million|2000000..3000000"]);
        check("15–20 trucks", &["15–20|15..20"]);
        check("two or three men", &["two or three|2..3"]);
        check("from 900 to about 400", &["900|900 From", "400|400 To"]);
        check("two or three hundred men", &["two or three hundred|200..300"]);
        check("fifty to two hundred men", &["fifty to two hundred|50..200"]);
        check("2 to 3 dozen men", &["2 to 3 dozen|24..36"]);
        check("five or six thousand", &["five or six thousand|5000..6000"]);
        check("Ten[2] or eleven men", &["Ten[2] or eleven|10..11"]);
        check("10 and 15", &["10|10", "15|15"]);
        check("killed 12 or wounded 5", &["12|12", "5|5"]);
    }

    #[test]
    fn keeps_money_apart() {
        check("$1.2 billion", &["1.2 billion|1200000000 USD"]);
        check("€20-30 million", &["20-30 million|20000000..30000000 EUR"]);
        check("$1.8 bln", &["1.8 bln|1800000000 USD"]);
        check("250 mln dollars", &["250 mln|250000000 USD"]);
        check("Rs 16,189 crore", &["16,189 crore|161890000000 INR"]);
        check("A$3m, US$40k, Rs. 500", &["3m|3000000 AUD", "40k|40000 USD", "500|500 INR"]);
        check("200 million Australian dollars", &["200 million|200000000 AUD"]);
        check("three billion euros, 20 pesos", &["three billion|3000000000 EUR", "20|20"]);
    }

    #[test]
    fn passes_over_what_counts_nothing() {
        check("an F-16, M23, COVID-19, T72s, 155mm, a 737-800", &[]);
        check("at 4:30, on 2019-10-06, 12/03/2020, call 555-12-34", &[]);
        check("the 4th and 21st, 85%, five percent, 20 per cent, a 10-percent cut", &[]);
        check("two-thirds, three quarters of the town", &[]);
        check("version 1.2.3", &[]);
    }

    #[test]
    fn survives_strange_text() {
        for text in
            ["", "٣ جنود", "10😀20", "１２", "9".repeat(400).as_str(), "a-a-a", "hundred hundred hundred"]
        {
            for numeral in scan(text, Span::from(0..text.len())) {
                assert!(numeral.low.is_finite(), "{text}");
            }
        }
    }
}
