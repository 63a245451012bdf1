//! *Which words are a number, and which number?*
//!
//! Works on the text alone, so that a hyphen that a tokeniser splits or keeps changes nothing. Numbers that count nothing are passed over here where
//! their shape shows it: ordinals, percentages, clock times, dates, fractions, and designations such as "F-16".

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
    let (value, next) = range(pieces, at, first, next);
    let countable = !is_fraction(pieces, next) && !is_percentage(pieces, next);
    let read = Numeral {
        span: pieces[at].span.cover(pieces[next - 1].span),
        low: value.low,
        high: value.high,
        bound: value.bound,
        currency: currency_before(pieces, at),
        change: None,
    };
    Some((if countable { vec![read] } else { Vec::new() }, next))
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
        .or_else(|| half_a_million(pieces, at))
        .or_else(|| figure(pieces, at))
        .or_else(|| words(pieces, at))
}

/// "hundreds", "tens of thousands": at least one of them.
fn round_plural(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let first = plural_magnitude(pieces.get(at)?.word()?)?;
    let of_more =
        (is_word(pieces, at + 1, "of")).then(|| plural_magnitude(pieces.get(at + 2)?.word()?)).flatten();
    match of_more {
        Some(second) if second > first => {
            Some((Amount::bounded(first * second, Comparator::AtLeast), at + 3))
        }
        _ if first >= 100.0 => Some((Amount::bounded(first, Comparator::AtLeast), at + 1)),
        _ => None,
    }
}

fn plural_magnitude(word: &str) -> Option<f64> {
    let singular = word.to_lowercase();
    let singular = singular.strip_suffix('s')?;
    if singular == "ten" { Some(10.0) } else { magnitude(singular) }
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
    let size = magnitude(&pieces.get(next)?.word()?.to_lowercase())?;
    Some((Amount::bounded(size, Comparator::AtLeast), next + 1))
}

/// "a dozen", "two dozen", "half a dozen": about as many.
fn dozens(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let first = pieces.get(at)?.word()?.to_lowercase();
    let (count, next) = match first.as_str() {
        "dozen" => (1.0, at),
        "a" => (1.0, at + 1),
        "half" => (0.5, at + if is_word(pieces, at + 1, "a") { 2 } else { 1 }),
        word => (small(word)?, at + 1),
    };
    is_word(pieces, next, "dozen").then(|| (Amount::bounded(count * 12.0, Comparator::About), next + 1))
}

/// "half a million".
fn half_a_million(pieces: &[Piece<'_>], at: usize) -> Option<(Amount, usize)> {
    let is_half = is_word(pieces, at, "half") && is_word(pieces, at + 1, "a");
    let size = magnitude(&pieces.get(at + 2)?.word()?.to_lowercase())?;
    is_half.then(|| (Amount::bounded(size / 2.0, Comparator::About), at + 3))
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
            sum.group += half;
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
    (next > at).then(|| (Amount::plain(sum.total(), sum.last_scale, false), next))
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
    let low = if first.scale == 1.0 && second.scale > 1.0 && first.low < 1000.0 {
        first.low * second.scale
    } else {
        first.low
    };
    if second.bound.is_some() || first.bound.is_some() || low >= second.low {
        return (first, next);
    }
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
    let currency = usize::from(pieces.get(next + 1).is_some_and(|piece| currency_of(piece).is_some()));
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

fn currency_before(pieces: &[Piece<'_>], at: usize) -> Option<&'static str> {
    currency_of(pieces.get(at.checked_sub(1)?)?)
}

fn currency_of(piece: &Piece<'_>) -> Option<&'static str> {
    match piece.kind {
        PieceKind::Mark('$') => Some("USD"),
        PieceKind::Mark('€') => Some("EUR"),
        PieceKind::Mark('£') => Some("GBP"),
        PieceKind::Mark('¥') => Some("JPY"),
        PieceKind::Mark('₪') => Some("ILS"),
        PieceKind::Mark('₽') => Some("RUB"),
        PieceKind::Mark('₹') => Some("INR"),
        PieceKind::Mark('₴') => Some("UAH"),
        _ => None,
    }
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
    match word {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
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
        check("dozens of houses, scores of cars, tens of men", &[]);
    }

    #[test]
    fn reads_ranges_and_changes() {
        check("20 to 30 people", &["20 to 30|20..30"]);
        check("between 10 and 15 boats", &["10 and 15|10..15"]);
        check("2-3 million", &["2-3 million|2000000..3000000"]);
        check("15–20 trucks", &["15–20|15..20"]);
        check("two or three men", &["two or three|2..3"]);
        check("from 900 to about 400", &["900|900 From", "400|400 To"]);
        check("10 and 15", &["10|10", "15|15"]);
        check("killed 12 or wounded 5", &["12|12", "5|5"]);
    }

    #[test]
    fn keeps_money_apart() {
        check("$1.2 billion", &["1.2 billion|1200000000 USD"]);
        check("€20-30 million", &["20-30 million|20000000..30000000 EUR"]);
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
