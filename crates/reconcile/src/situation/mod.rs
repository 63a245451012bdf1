//! *What holds, according to whom?* Clusters of claims become events with their cells; postures and processes join them.

mod anchor;
mod cell;
mod copy;
mod decided;
mod event;
mod origin;
mod posture;
mod process;
mod value;
mod weight;

use annalist_schema::{Copy, Event, Situation};

use crate::hand::Hand;
use crate::parallel;
use crate::pile::Pile;

use copy::Copies;
pub(crate) use copy::Reprints;
pub(crate) use copy::redirected;
pub(crate) use event::{event, rank};
use origin::Origins;
pub(crate) use posture::posture_key;
pub use posture::sort_postures;
pub(crate) use process::process_key;

/// Events put together at a time.
const CHUNK: usize = 4096;

/// Everything that holds, each list sorted by a rule that does not depend on arrival. The events are handed on one by one,
/// so that they need not fit into memory, and are not part of what is returned.
pub(crate) fn assemble(
    pile: &Pile<'_>,
    hand: &Hand<'_>,
    clusters: &[Vec<u32>],
    mut take: impl FnMut(Event),
) -> Situation {
    let assembly = Assembly::new(pile);
    let origins = assembly.origins(pile);
    let ranks = parallel::map(clusters.len(), |index| rank(pile, hand, &origins, &clusters[index]));
    let mut order: Vec<_> = (0..clusters.len()).collect();
    order.sort_by(|&one, &other| ranks[one].cmp(&ranks[other]));
    drop(ranks);
    for chunk in order.chunks(CHUNK) {
        let event = |position: usize| event(pile, hand, &origins, &clusters[chunk[position]]);
        parallel::map(chunk.len(), event).into_iter().for_each(&mut take);
    }
    assembly.rest(pile)
}

/// What all events of a pile are put together with.
pub(crate) struct Assembly {
    copied: Copies,
    copies: Vec<Copy>,
}

impl Assembly {
    /// Needs no claims.
    pub fn new(pile: &Pile<'_>) -> Self {
        let (copied, copies) = Copies::find(pile);
        Self { copied, copies }
    }

    /// Who is behind the statements of the same reports, whichever claims of them the pile has.
    pub fn origins<'a>(&'a self, pile: &'a Pile<'a>) -> Origins<'a> {
        Origins::new(pile, &self.copied)
    }

    /// What holds beside the events; needs no claims either.
    pub fn rest(self, pile: &Pile<'_>) -> Situation {
        Situation {
            events: Vec::new(),
            postures: posture::postures(pile, &self.origins(pile)),
            processes: process::processes(pile),
            copies: self.copies,
            dates: Vec::new(),
            notes: Vec::new(),
        }
    }
}
