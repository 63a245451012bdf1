//! *How does a value follow from its anchor?* In words, for whoever checks it.

use super::symbol::{Anchor, Outlook, Pick, Symbol};
use super::unit::Unit;

/// How a symbol becomes a value, counted from an anchor.
pub fn why(symbol: &Symbol, anchor: Option<Anchor>, outlook: Outlook) -> String {
    let from = anchor.map_or("a day that is not known", name);
    match symbol {
        Symbol::Fixed(_) => "as written".to_owned(),
        Symbol::Named(_, pick) => picked(*pick, from, outlook),
        Symbol::Step(0, unit, _) => format!("the {} of {from}", unit_name(*unit)),
        Symbol::Step(n, unit, _) => {
            format!("{} {} {from}", count(n.unsigned_abs(), *unit), side(*n))
        }
        Symbol::Shift(length, sign, _) => format!("{length} {} {from}", side(*sign)),
        Symbol::Inside(_, outer) => format!("the one in: {}", why(outer, anchor, outlook)),
        Symbol::At(_, day) => format!("a time on: {}", why(day, anchor, outlook)),
        Symbol::WeekBy(_, day) => format!("the week of: {}", why(day, anchor, outlook)),
        Symbol::Length(_, Some((sign, _))) if *sign < 0 => format!("a length that ends at {from}"),
        Symbol::Length(_, Some(_)) => format!("a length that begins at {from}"),
        Symbol::Length(_, None) => "a length of time".to_owned(),
        Symbol::Set(_) => "recurs".to_owned(),
        Symbol::Reference(_) => "vague".to_owned(),
    }
}

fn name(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Published => "the day of publication",
        Anchor::Story => "the time that the text has arrived at",
    }
}

fn picked(pick: Pick, from: &str, outlook: Outlook) -> String {
    match (pick, outlook) {
        (Pick::Last | Pick::Preceding, _) => format!("the last one before {from}"),
        (Pick::Next | Pick::Following, _) => format!("the first one after {from}"),
        (Pick::This, _) => format!("the one of the same period as {from}"),
        (Pick::Near, Outlook::Past | Outlook::Settled) => {
            format!("the last one up to {from}, for the clause speaks of the past")
        }
        (Pick::Near, Outlook::Future) => {
            format!("the first one from {from} on, for the clause speaks of the future")
        }
        (Pick::Near, Outlook::Unknown) => {
            format!("the last one up to {from}, unless the next one is much nearer; no tense tells")
        }
    }
}

fn side(sign: i32) -> &'static str {
    if sign < 0 { "before" } else { "after" }
}

fn count(n: u32, unit: Unit) -> String {
    match (n, unit) {
        (2.., Unit::Century) => format!("{n} centuries"),
        (2.., Unit::Millennium) => format!("{n} millennia"),
        (2.., _) => format!("{n} {}s", unit_name(unit)),
        _ => format!("{n} {}", unit_name(unit)),
    }
}

fn unit_name(unit: Unit) -> String {
    format!("{unit:?}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use annalist_schema::{DayInterval, Document, View};

    use super::super::{find, resolve};

    fn check(text: &str, expected: &str) {
        let document = Document::default();
        let view = View::new(text, &document);
        let timexes = resolve(view, find(view), DayInterval::parse("2024-02-11"));
        let whys: Vec<_> = timexes.iter().map(|timex| timex.why.as_str()).collect();
        assert_eq!(whys, [expected], "{text}");
    }

    #[test]
    fn every_way_is_told() {
        check("They met on May 3, 2021.", "as written");
        check("They agreed last August.", "the last one before the day of publication");
        check("It rained yesterday.", "1 day before the day of publication");
        check("It rained two weeks ago.", "P2W before the day of publication");
        check(
            "He left on Friday.",
            "the last one up to the day of publication, for the clause speaks of the past",
        );
        check("They agreed in October last year.", "the one in: 1 year before the day of publication");
        check("over the past three months", "a length that ends at the day of publication");
        check("It rains every Monday.", "recurs");
    }
}
