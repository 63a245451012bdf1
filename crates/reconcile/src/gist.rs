//! *What must fusion keep of a reading?* So that a pile of a million claims fits into memory.

use annalist_schema::{Claim, ClaimKey, Document, Fingerprint, Note, Reading, ReadingStatus, ReportHead};

use crate::event::Card;
use crate::same_id::digest;

/// A reading made ready for fusion: what linking compares is gathered, and what fusion has no use for is let go. Made
/// from the reading alone, so it can be made while other reports are still being read.
#[derive(Debug)]
pub struct Gist {
    pub(crate) reading: Reading,
    pub(crate) card: Card,
}

impl Gist {
    /// The gist of a reading; `None` if the report could not be read.
    pub fn new(reading: Reading) -> Option<Self> {
        if reading.status != ReadingStatus::Ok {
            return None;
        }
        let card = Card::new(&reading);
        Some(Self { reading: without_words(reading), card })
    }

    /// The claims by themselves, for whoever keeps them elsewhere, and what must stay at hand without them.
    pub fn apart(mut self) -> (Stub, Vec<Claim>) {
        // Without its claims two that differ would look alike.
        self.reading.report.digest = digest(&self.reading);
        let claims = std::mem::take(&mut self.reading.claims);
        // A copy has no room to grow in any of its lists and texts.
        (Stub(Self { reading: self.reading.clone(), card: self.card }), claims)
    }
}

/// A gist whose claims are kept elsewhere: what linking compares of them is here.
#[derive(Debug)]
pub struct Stub(pub(crate) Gist);

impl Stub {
    /// What the reading says of its report, and what was noted on it.
    pub fn head(&self) -> (&ReportHead, &[Note]) {
        (&self.0.reading.report, &self.0.reading.notes)
    }
}

/// What fusion keeps of a reading, in letters: the same for a reading and its gist.
pub(crate) fn content(reading: &Reading) -> String {
    format!("{:?}", without_words(reading.clone()))
}

/// Without the words that linking compares and what only a single report is read for.
fn without_words(mut reading: Reading) -> Reading {
    reading.sentences = Vec::new();
    reading.timexes = Vec::new();
    reading.toponyms = Vec::new();
    reading.mentions = Vec::new();
    reading.document = Document::default();
    reading.fingerprint = Fingerprint { terms: Vec::new(), ..reading.fingerprint };
    reading.claims.shrink_to_fit();
    for claim in &mut reading.claims {
        let quote = std::mem::take(&mut claim.key.quote);
        claim.key = ClaimKey { quote, ..ClaimKey::default() };
    }
    reading
}

#[cfg(test)]
mod tests {
    use annalist_schema::Claim;

    use super::*;

    #[test]
    fn keeps_what_a_cell_shows() {
        let key = ClaimKey {
            lemma: "meet".to_owned(),
            words: vec!["meet".to_owned()],
            quote: "They met.".to_owned(),
            ..ClaimKey::default()
        };
        let claims = vec![Claim { key, ..Claim::default() }];
        let reading = Reading { id: "a".to_owned(), claims, ..Reading::default() };
        let gist = Gist::new(reading.clone()).map(|gist| gist.reading).unwrap_or_default();
        assert_eq!((&*gist.id, &*gist.claims[0].key.quote), ("a", "They met."));
        assert!(gist.claims[0].key.words.is_empty());
        assert!(Gist::new(Reading { status: ReadingStatus::Failed, ..reading }).is_none());
    }
}
