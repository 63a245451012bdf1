//! *What holds, according to whom?* Clusters of claims become events with their cells; postures and processes join them.

mod cell;
mod copy;
mod event;
mod origin;
mod posture;
mod process;
mod value;

use annalist_schema::Situation;

use crate::parallel;
use crate::pile::Pile;

use copy::Copies;
use origin::Origins;

/// Everything that holds, each list sorted by a rule that does not depend on arrival.
pub(crate) fn assemble(pile: &Pile<'_>, clusters: &[Vec<u32>]) -> Situation {
    let (copied, copies) = Copies::find(pile);
    let origins = Origins::new(pile, &copied);
    let mut events = parallel::map(clusters.len(), |index| event::event(pile, &origins, &clusters[index]));
    events.sort_by(|one, other| {
        (one.date.is_none(), &one.date, &one.id).cmp(&(other.date.is_none(), &other.date, &other.id))
    });
    Situation {
        events,
        postures: posture::postures(pile, &origins),
        processes: process::processes(pile),
        copies,
        notes: Vec::new(),
    }
}
