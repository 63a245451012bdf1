//! *Which reports came with one id, and how are they told apart?* By what they are, whichever came first.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use annalist_schema::{Note, NoteKind, Reading, ReadingStatus, ReportNote};

use crate::gist::{Gist, content};

/// Digits of a report's digest that tell it from others of its id.
const N_DIGITS: usize = 8;

/// The id of a report beside others that came with the same one: the id with the first digits of the report's digest.
pub fn id_beside_others(id: &str, digest: &str) -> String {
    format!("{id}~{}", digest.get(..N_DIGITS).unwrap_or(digest))
}

/// The note on a report that has a longer id than it came with.
pub fn shared_id_note(given: &str, longer: &str) -> Note {
    let message = format!(
        "different reports came with the id `{given}`: this one is called `{longer}`; give each an id of its own"
    );
    Note { kind: NoteKind::SharedId, span: None, message }
}

/// The ids of reports whose own stand for others too, by position. That is so where reports of one id have different
/// digests, and where one of them was called so already by whoever read it.
pub fn longer_ids(ids: &[&str], digest: impl Fn(usize) -> String) -> BTreeMap<usize, String> {
    let given = |(position, id): (usize, &&'_ str)| {
        let (given, digits) = id.rsplit_once('~').filter(|(_, digits)| digits.len() == N_DIGITS)?;
        digest(position).starts_with(digits).then(|| given.to_owned())
    };
    let told: HashSet<String> = ids.iter().enumerate().filter_map(given).collect();
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&position| ids[position]);
    let mut longer = BTreeMap::new();
    for group in order.chunk_by(|&one, &other| ids[one] == ids[other]) {
        let id = ids[group[0]];
        let is_told = told.contains(id);
        if group.len() == 1 && !is_told {
            continue;
        }
        let digests: Vec<String> = group.iter().map(|&position| digest(position)).collect();
        if is_told || digests.iter().any(|digest| *digest != digests[0]) {
            let longer_id = digests.iter().map(|digest| id_beside_others(id, digest));
            longer.extend(group.iter().copied().zip(longer_id));
        }
    }
    longer
}

/// Readings with ids that tell different reports apart; the same ones where the ids do already.
pub(crate) fn told_apart(readings: &[Reading]) -> Cow<'_, [Reading]> {
    let whole: Vec<usize> =
        (0..readings.len()).filter(|&at| readings[at].status == ReadingStatus::Ok).collect();
    let ids: Vec<&str> = whole.iter().map(|&at| readings[at].id.as_str()).collect();
    let longer = longer_ids(&ids, |position| digest(&readings[whole[position]]));
    if longer.is_empty() {
        return Cow::Borrowed(readings);
    }
    let mut readings = readings.to_vec();
    for (position, id) in longer {
        rename(&mut readings[whole[position]], id);
    }
    Cow::Owned(readings)
}

/// The same of gists.
pub(crate) fn gists_told_apart(mut gists: Vec<Gist>) -> Vec<Gist> {
    let ids: Vec<&str> = gists.iter().map(|gist| gist.reading.id.as_str()).collect();
    let longer = longer_ids(&ids, |position| digest(&gists[position].reading));
    for (position, id) in longer {
        let gist = &mut gists[position];
        rename(&mut gist.reading, id);
        gist.card.set_mark(&gist.reading.id);
    }
    gists
}

fn rename(reading: &mut Reading, id: String) {
    reading.notes.push(shared_id_note(&reading.id, &id));
    reading.id = id;
}

/// The digest that the reader left, or one of what fusion keeps of the reading.
pub(crate) fn digest(reading: &Reading) -> String {
    if !reading.report.digest.is_empty() {
        return reading.report.digest.clone();
    }
    let hash = content(reading).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The notes on ids, in order of the reports.
pub(crate) fn notes(readings: &[&Reading]) -> Vec<ReportNote> {
    let of_reading = |reading: &&Reading| {
        let shared = reading.notes.iter().find(|note| note.kind == NoteKind::SharedId).cloned();
        shared.map(|note| ReportNote { report: Some(reading.id.clone()), note })
    };
    readings.iter().filter_map(of_reading).collect()
}

#[cfg(test)]
mod tests {
    use annalist_schema::ReportHead;

    use super::*;
    use crate::{reconcile, reconcile_gists};

    fn check(reports: &[(&str, &str)], expected: &[&str]) {
        let ids: Vec<&str> = reports.iter().map(|(id, _)| *id).collect();
        let longer = longer_ids(&ids, |position| reports[position].1.to_owned());
        let got: Vec<_> = (0..ids.len())
            .map(|position| longer.get(&position).map_or(ids[position], String::as_str))
            .collect();
        assert_eq!(got, expected, "{reports:?}");
    }

    #[test]
    fn different_reports_of_one_id() {
        let (one, other) = ("11111111aa", "22222222bb");
        check(&[("a", one), ("b", other)], &["a", "b"]);
        check(&[("a", one), ("a", one)], &["a", "a"]);
        check(&[("a", one), ("a", other), ("a", one)], &["a~11111111", "a~22222222", "a~11111111"]);
        // Whoever read a stream could not see the second coming.
        check(&[("a", one), ("a~22222222", other)], &["a~11111111", "a~22222222"]);
        check(&[("a~22222222", one), ("a", one)], &["a~22222222", "a"]);
    }

    #[test]
    fn both_are_kept_with_a_note_in_any_order() {
        let reading = |digest: &str| Reading {
            id: "a".to_owned(),
            report: ReportHead { digest: digest.to_owned(), ..ReportHead::default() },
            ..Reading::default()
        };
        let (one, other) = (reading("1111111111111111"), reading("2222222222222222"));
        let notes = |readings: &[Reading]| {
            let gists = readings.iter().cloned().filter_map(Gist::new).collect();
            let situation = reconcile(readings);
            assert_eq!(reconcile_gists(gists, |_| ()), situation);
            situation.notes.into_iter().filter_map(|note| note.report).collect::<Vec<_>>()
        };
        assert_eq!(notes(&[one.clone(), other.clone()]), ["a~11111111", "a~22222222"]);
        assert_eq!(notes(&[other, one.clone()]), ["a~11111111", "a~22222222"]);
        assert!(notes(&[one.clone(), one]).is_empty());
    }

    #[test]
    fn readings_without_a_digest_are_told_by_their_content() {
        let one = Reading { id: "a".to_owned(), ..Reading::default() };
        let title = Some("Rain".to_owned());
        let other = Reading { report: ReportHead { title, ..ReportHead::default() }, ..one.clone() };
        assert_eq!(reconcile(&[one.clone(), other]).notes.len(), 2);
        assert!(reconcile(&[one.clone(), one]).notes.is_empty());
    }
}
