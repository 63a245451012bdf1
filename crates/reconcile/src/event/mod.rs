//! *Which claims speak of one event?*
//!
//! [`block`] proposes pairs, [`score`] weighs each as log-odds, [`cluster`] joins greedily by average link, so that a
//! chain of likely pairs never joins what its ends keep apart.

mod block;
mod cluster;
mod likeness;
mod profile;
mod score;

use crate::pile::Pile;

use likeness::Likeness;
use profile::Profiles;
use score::Scorer;

/// Claims of one event each: every claim in exactly one list, lists and their order free of arrival.
pub(crate) fn link(pile: &Pile<'_>) -> Vec<Vec<u32>> {
    let likeness = Likeness::new(pile);
    let profiles = Profiles::new(pile);
    let pairs = block::pairs(&profiles, &likeness);
    let scorer = Scorer::new(&profiles, &likeness);
    cluster::cluster(profiles.claims.len(), &pairs, |one, other| scorer.log_odds(one, other))
}
