//! *Who does what to whom, how often?* A table that reads better than a network when there are many, and a network of the few.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use annalist::archive::{PairLine, PartyLine};
use annalist::schema::{EventType, QuadClass};
use maud::{Markup, html};

use super::intervals::round;
use crate::marks::told;
use crate::words::cut;

/// How many events of conflict and of cooperation one has with another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dealings {
    pub conflict: usize,
    pub cooperation: usize,
}

impl Dealings {
    pub const fn total(self) -> usize {
        self.conflict + self.cooperation
    }

    const fn class(self) -> &'static str {
        if self.conflict > self.cooperation { "conflict" } else { "cooperation" }
    }
}

/// Dealings by who acts and upon whom.
pub fn dealings(pairs: &[PairLine]) -> BTreeMap<(&str, &str), Dealings> {
    let mut dealings: BTreeMap<(&str, &str), Dealings> = BTreeMap::new();
    for pair in pairs {
        let is_conflict = pair.event_type.parse::<EventType>().is_ok_and(|event_type| {
            matches!(event_type.quad(), QuadClass::VerbalConflict | QuadClass::MaterialConflict)
        });
        let of_pair = dealings.entry((&pair.actor, &pair.recipient)).or_default();
        *(if is_conflict { &mut of_pair.conflict } else { &mut of_pair.cooperation }) += pair.n_events;
    }
    dealings
}

/// Rows act, columns are acted upon.
pub fn table(
    parties: &[PartyLine],
    dealings: &BTreeMap<(&str, &str), Dealings>,
    address: impl Fn(&PartyLine) -> String,
) -> Markup {
    let most = dealings.values().map(|one| one.total()).max().unwrap_or(1);
    html! {
        div.scroll { table.matrix {
            caption { "Rows act upon columns. Outlined squares: mostly conflict; filled: mostly cooperation; the larger, the more events." }
            thead { tr { td {} @for (index, party) in parties.iter().enumerate() { th scope="col" title=(party.name) { (index + 1) } } } }
            tbody {
                @for (index, party) in parties.iter().enumerate() {
                    tr {
                        th scope="row" { span.n { (index + 1) } " " a href=(address(party)) { (told(&cut(&party.name, 34))) } }
                        @for other in parties {
                            @let of_pair = dealings.get(&(party.identity.as_str(), other.identity.as_str())).copied().unwrap_or_default();
                            td.self[party.identity == other.identity] {
                                @if of_pair.total() > 0 { (square(of_pair, most, &party.name, &other.name)) }
                            }
                        }
                    }
                }
            }
        } }
    }
}

fn square(of_pair: Dealings, most: usize, one: &str, other: &str) -> Markup {
    let side = 5.0 + 13.0 * (of_pair.total() as f64 / most as f64).sqrt();
    let at = round(11.0 - side / 2.0);
    html! {
        svg viewBox="0 0 22 22" width="22" height="22" role="img" aria-label={ (of_pair.conflict) " of conflict, " (of_pair.cooperation) " of cooperation" } {
            title { (one) " → " (other) ": " (of_pair.conflict) " of conflict, " (of_pair.cooperation) " of cooperation" }
            rect class=(of_pair.class()) x=(at) y=(at) width=(round(side)) height=(round(side)) {}
        }
    }
}

/// The parties on a circle; the thicker a line, the more events.
pub fn network(parties: &[PartyLine], dealings: &BTreeMap<(&str, &str), Dealings>) -> Markup {
    let n = parties.len().max(1) as f64;
    let place = |index: usize| {
        let angle = TAU * index as f64 / n - TAU / 4.0;
        (300.0 + 122.0 * angle.cos(), 170.0 + 122.0 * angle.sin(), angle)
    };
    let both = |one: &PartyLine, other: &PartyLine| {
        let of = |a: &PartyLine, b: &PartyLine| {
            dealings.get(&(a.identity.as_str(), b.identity.as_str())).copied().unwrap_or_default()
        };
        let (there, back) = (of(one, other), of(other, one));
        Dealings {
            conflict: there.conflict + back.conflict,
            cooperation: there.cooperation + back.cooperation,
        }
    };
    let most = dealings.values().map(|one| one.total()).max().unwrap_or(1) as f64;
    html! {
        figure.chart {
            figcaption { "Who deals with whom" }
            svg viewBox="0 0 600 340" role="img" aria-label={ "A network of " (parties.len()) " parties; the table below has the same numbers" } {
                @for (index, one) in parties.iter().enumerate() {
                    @for (further, other) in parties.iter().enumerate().skip(index + 1) {
                        @let together = both(one, other);
                        @if together.total() > 0 {
                            @let ((x1, y1, _), (x2, y2, _)) = (place(index), place(further));
                            line class={ "tie " (together.class()) } x1=(round(x1)) y1=(round(y1)) x2=(round(x2)) y2=(round(y2))
                                stroke-width=(round(1.0 + 6.0 * (together.total() as f64 / most).min(1.0))) {
                                title { (one.name) " – " (other.name) ": " (together.conflict) " of conflict, " (together.cooperation) " of cooperation" }
                            }
                        }
                    }
                }
                @for (index, one) in parties.iter().enumerate() {
                    @let (x, y, angle) = place(index);
                    circle.dot cx=(round(x)) cy=(round(y)) r="4" {}
                    text.label x=(round(x + 10.0 * angle.cos())) y=(round(y + 14.0 * angle.sin() + 4.0))
                        text-anchor=(if angle.cos() > 0.1 { "start" } else if angle.cos() < -0.1 { "end" } else { "middle" }) { (cut(&one.name, 26)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(event_type: &str, n_events: usize) -> PairLine {
        PairLine {
            actor: "a".to_owned(),
            recipient: "b".to_owned(),
            event_type: event_type.to_owned(),
            n_events,
        }
    }

    #[test]
    fn conflict_and_cooperation_are_counted_apart() {
        let pairs = [pair("ASSAULT", 3), pair("AID", 1), pair("ACCUSE", 2)];
        let expected = Dealings { conflict: 5, cooperation: 1 };
        assert_eq!(dealings(&pairs).get(&("a", "b")), Some(&expected));
        assert_eq!(expected.class(), "conflict");
    }
}
