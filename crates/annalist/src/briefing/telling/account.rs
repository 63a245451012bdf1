//! *Who claims it, who is blamed for it, who denies it?*

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{Span, Status};

use super::{Source, Told, Witness, party, sentence};
use crate::pile::Citation;

/// Claims of responsibility, blame and denials that are told with an event.
const MOST: usize = 2;

pub(super) fn tell(source: &Source<'_>, told: &Told) -> Option<Told> {
    let mut found: BTreeMap<(u8, &str), Found> = BTreeMap::new();
    let is_told = told.text.contains("denie");
    for witness in &source.claims {
        let claim = witness.claim;
        for one in claim.attribution.iter().filter(|one| one.of_actors) {
            if claim.actors.iter().any(|actor| actor.name == one.name) {
                found.entry((0, &one.name)).or_default().add(
                    witness,
                    one.span,
                    format!("{} claimed it.", one.name),
                );
            }
        }
        let denier = claim.attribution.first().filter(|_| claim.status == Status::Denied);
        if let Some(by) = denier.filter(|_| !is_told) {
            found.entry((1, &by.name)).or_default().add(witness, by.span, format!("{} denied it.", by.name));
        }
        for account in &claim.accounts {
            let Some(by) = account.attribution.first() else { continue };
            let whom: Vec<_> = account.actors.iter().map(|actor| actor.name.clone()).take(2).collect();
            if account.denies && !is_told {
                found.entry((1, &by.name)).or_default().add(
                    witness,
                    by.span,
                    format!("{} denied it.", by.name),
                );
            } else if !account.denies && !whom.is_empty() && !whom.contains(&by.name) {
                let text = format!("{} blamed {}.", by.name, party::list(&whom));
                found.entry((2, &by.name)).or_default().add(witness, by.span, text);
            }
        }
    }
    // That somebody is blamed is often misread; two reports that read alike are not.
    let is_told = |kind: u8, found: &Found| found.n_reports() >= if kind == 2 { 2 } else { 1 };
    let mut found: Vec<_> = found.into_iter().filter(|((kind, _), found)| is_told(*kind, found)).collect();
    found.sort_by_key(|((kind, by), found)| (*kind, std::cmp::Reverse(found.n_reports()), *by));
    let found: Vec<_> = found
        .into_iter()
        .filter_map(|(_, found)| Some((found.text, found.citations.first()?.clone())))
        .collect();
    let found: Vec<_> =
        found.into_iter().filter(|(text, _)| !told.text.contains(text.as_str())).take(MOST).collect();
    let (texts, citations): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(text, citation)| (sentence(&text), citation)).unzip();
    (!texts.is_empty()).then(|| Told { text: texts.join(" "), citations })
}

/// What somebody says of it, and where.
#[derive(Default)]
struct Found {
    text: String,
    citations: Vec<Citation>,
}

impl Found {
    fn add(&mut self, witness: &Witness<'_>, words: Span, text: String) {
        if self.text.is_empty() {
            self.text = text;
        }
        self.citations.extend(witness.cite(words));
    }

    fn n_reports(&self) -> usize {
        self.citations.iter().map(|citation| citation.number).collect::<BTreeSet<_>>().len()
    }
}
