//! *How alike are two reports, and which are most alike?* Cosine of their content words, rare ones weighing more.

use std::collections::HashMap;

use annalist_schema::Reading;

use crate::pile::Pile;

/// Words a report is compared by: its heaviest.
const MAX_TERMS: usize = 96;
/// Words by which neighbours are looked for, and the number of reports beyond which a word finds none.
const MAX_SEEDS: usize = 16;
const MAX_POSTINGS: usize = 256;
/// Neighbours kept of a report.
const MAX_NEIGHBOURS: usize = 40;
/// Reports less alike than this are no neighbours.
const MIN_COSINE: f64 = 0.08;
/// A small pile cannot tell common words from rare ones, so it is taken as part of a pile of ten reports more.
const UNSEEN_REPORTS: f64 = 10.0;

/// The reports of a pile as vectors of unit length, with the neighbours of each.
pub(crate) struct Likeness {
    vectors: Vec<Vec<(u32, f64)>>,
    /// Of each report: the reports most like it, most alike first.
    pub neighbours: Vec<Vec<u32>>,
}

impl Likeness {
    pub fn new(pile: &Pile<'_>) -> Self {
        let counts: Vec<_> = pile.readings.iter().map(|reading| counts(reading)).collect();
        let mut likeness = Self { vectors: vectors(&counts), neighbours: Vec::new() };
        likeness.neighbours = neighbours(&likeness);
        likeness
    }

    /// Between 0 and 1.
    pub fn cosine(&self, one: u32, other: u32) -> f64 {
        dot(&self.vectors[one as usize], &self.vectors[other as usize])
    }
}

/// The report's content words, or those of its claims' sentences where the reader gave none.
fn counts(reading: &Reading) -> Vec<(&str, u32)> {
    let terms = &reading.fingerprint.terms;
    if !terms.is_empty() {
        return terms.iter().map(|(term, count)| (term.as_str(), *count)).collect();
    }
    let mut words: Vec<_> = reading.claims.iter().flat_map(|claim| &claim.key.words).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|word| (word.as_str(), 1)).collect()
}

fn vectors(counts: &[Vec<(&str, u32)>]) -> Vec<Vec<(u32, f64)>> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut n_reports: Vec<u32> = Vec::new();
    for (term, _) in counts.iter().flatten() {
        let number = *numbers.entry(term).or_insert(n_reports.len() as u32);
        n_reports.resize(n_reports.len().max(number as usize + 1), 0);
        n_reports[number as usize] += 1;
    }
    let n = counts.len() as f64 + UNSEEN_REPORTS;
    let weigh = |&(term, count): &(&str, u32)| {
        let number = numbers.get(term).copied()?;
        let rarity = (n / f64::from(n_reports[number as usize])).ln().max(0.0);
        Some((number, (1.0 + f64::from(count.max(1)).ln()) * rarity))
    };
    counts.iter().map(|terms| unit_vector(terms.iter().filter_map(weigh).collect())).collect()
}

/// The heaviest terms, sorted by number, scaled to length one.
fn unit_vector(mut terms: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    terms.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    terms.truncate(MAX_TERMS);
    terms.sort_by_key(|term| term.0);
    terms.dedup_by_key(|term| term.0);
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    terms
}

fn dot(one: &[(u32, f64)], other: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(left, x)), Some(&(right, y))) = (one.get(i), other.get(j)) {
        if left == right {
            sum += x * y;
        }
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    sum
}

/// Looks through the reports that share one of a report's heaviest words, so the cost stays near-linear.
fn neighbours(likeness: &Likeness) -> Vec<Vec<u32>> {
    let seeds: Vec<_> = likeness.vectors.iter().map(|vector| heaviest(vector)).collect();
    let mut postings: HashMap<u32, Vec<u32>> = HashMap::new();
    for (report, vector) in likeness.vectors.iter().enumerate() {
        vector.iter().for_each(|(term, _)| postings.entry(*term).or_default().push(report as u32));
    }
    postings.retain(|_, reports| reports.len() <= MAX_POSTINGS);
    let nearest = |(report, seeds): (usize, &Vec<u32>)| {
        let report = report as u32;
        let found = seeds.iter().filter_map(|term| postings.get(term)).flatten().copied();
        let mut found: Vec<u32> = found.filter(|&other| other != report).collect();
        found.sort_unstable();
        found.dedup();
        let mut ranked: Vec<_> =
            found.into_iter().map(|other| (likeness.cosine(report, other), other)).collect();
        ranked.retain(|(cosine, _)| *cosine >= MIN_COSINE);
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        ranked.truncate(MAX_NEIGHBOURS);
        ranked.into_iter().map(|(_, other)| other).collect()
    };
    seeds.iter().enumerate().map(nearest).collect()
}

fn heaviest(vector: &[(u32, f64)]) -> Vec<u32> {
    let mut terms = vector.to_vec();
    terms.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    terms.into_iter().take(MAX_SEEDS).map(|(term, _)| term).collect()
}

#[cfg(test)]
mod tests {
    use annalist_schema::Fingerprint;

    use super::*;

    fn likeness(texts: &[&str]) -> Likeness {
        let reading = |(index, text): (usize, &&str)| {
            let mut terms: Vec<_> = text.split(' ').map(|word| (word.to_owned(), 1)).collect();
            terms.sort();
            let fingerprint = Fingerprint { terms, ..Fingerprint::default() };
            Reading { id: index.to_string(), fingerprint, ..Reading::default() }
        };
        let readings: Vec<_> = texts.iter().enumerate().map(reading).collect();
        Likeness::new(&Pile::new(&readings))
    }

    #[test]
    fn likes_what_shares_words() {
        let likeness = likeness(&["flood bridge Elbe", "flood bridge dam", "election vote"]);
        assert!((likeness.cosine(0, 0) - 1.0).abs() < 1e-9);
        assert!(likeness.cosine(0, 1) > 0.5 && likeness.cosine(0, 2) == 0.0);
        assert_eq!(likeness.neighbours, [vec![1], vec![0], vec![]]);
    }
}
