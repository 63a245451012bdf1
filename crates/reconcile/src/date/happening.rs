//! *What had happened when the report was written?* Days of events that it tells of, as dated reports give them.

use annalist_schema::{Claim, DayInterval, Status};

use super::shape::{self, Shape};
use super::tie::Ledger;

/// A happening on so many days tells little.
const WIDEST: i64 = 7;

/// An event that an undated report tells of.
pub(crate) struct Happening {
    /// Its claim.
    claim: u32,
    /// The claim of a dated report.
    told: u32,
    /// When it was, by that claim.
    pub days: DayInterval,
}

/// The happenings that a report tells of and dated reports date.
pub(crate) fn of_report(ledger: &Ledger<'_>, report: u32) -> Vec<Happening> {
    let mut found: Vec<Happening> = Vec::new();
    for claim in ledger.index.claims(report) {
        let told = ledger.others(claim).filter_map(|(told, _)| Some((days(ledger.pile.claim(told))?, told)));
        let best = told.min_by_key(|&(days, told)| (days.n_days(), days, told));
        if let Some((days, told)) = best
            && is_told(ledger.pile.claim(claim))
            && found.iter().all(|one| one.days != days)
        {
            found.push(Happening { claim, told, days });
        }
    }
    found
}

fn is_told(claim: &Claim) -> bool {
    matches!(claim.status, Status::Happened | Status::Planned)
}

fn days(claim: &Claim) -> Option<DayInterval> {
    let is_dated = claim.date_basis.as_deref() != Some("published") && claim.status == Status::Happened;
    claim.date.filter(|days| is_dated && days.n_days() <= WIDEST)
}

impl Happening {
    /// How the days of reports lie to what they tell of.
    pub fn shape(&self) -> &'static Shape {
        &shape::HAPPENED
    }

    /// For people.
    pub fn why(&self, ledger: &Ledger<'_>) -> String {
        let teller = ledger.name(ledger.report(self.told));
        format!("{} was on {}, by {teller}", ledger.quote(self.claim), self.days.format())
    }
}
