//! *Does the event lie in the time named, run from it on, or stand on one side of it?*

use annalist_schema::DayInterval;

use super::super::Context;
use super::super::tree::Tree;
use super::expression::Expression;

/// What the word before a time expression says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relation {
    /// On it, in it, by it.
    #[default]
    Within,
    /// "for": for a time that is planned, or about one that is over.
    For,
    /// "since": from it on.
    Since,
    /// "from", "between": from it to another.
    From,
    /// "until", "before", "after": on one side of it.
    Beside,
}

impl Relation {
    /// By the prepositions of the word that carries the expression.
    pub fn of(tree: &Tree<'_>, head: u32) -> Self {
        let marks = tree.children_by(head, &["case", "mark"]).map(|mark| tree.lemma(mark));
        marks.map(Self::by_word).find(|relation| *relation != Self::Within).unwrap_or_default()
    }

    fn by_word(word: &str) -> Self {
        match word {
            "for" => Self::For,
            "since" => Self::Since,
            "from" | "between" => Self::From,
            "until" | "till" | "before" | "after" | "prior" | "following" | "ahead" => Self::Beside,
            _ => Self::Within,
        }
    }

    /// What it costs, in tenths, to take such an expression.
    pub fn surcharge(self) -> u32 {
        match self {
            Self::Within | Self::Since | Self::From => 0,
            Self::For => 5,
            Self::Beside => 10,
        }
    }

    /// The rule, where the relation makes it.
    pub fn rule(self) -> Option<&'static str> {
        match self {
            Self::Since => Some("since"),
            Self::From => Some("from-to"),
            _ => None,
        }
    }
}

/// The days of an event at an expression; `None` for one that only lies on one side of it.
pub fn days(
    context: &Context<'_>,
    tree: &Tree<'_>,
    near: &[Expression],
    expression: &Expression,
) -> Option<DayInterval> {
    match expression.relation {
        Relation::Within => Some(with_next(context, near, expression)),
        Relation::For => Some(expression.days),
        Relation::Since => Some(since(context, expression.days)),
        Relation::From => Some(
            other_end(context, tree, near, expression)
                .map_or(expression.days, |latest| DayInterval { earliest: expression.days.earliest, latest }),
        ),
        Relation::Beside => None,
    }
}

/// From the time named to the publication.
fn since(context: &Context<'_>, days: DayInterval) -> DayInterval {
    let now = context.published.map_or(days.latest, |published| published.value.latest);
    DayInterval { earliest: days.earliest, latest: now.max(days.latest) }
}

/// "On the 1st and 2nd of May", "on the night of 3-4 June": a day goes on with the next where the words join the two.
fn with_next(context: &Context<'_>, near: &[Expression], expression: &Expression) -> DayInterval {
    let days = expression.days;
    let beside = near.iter().filter(|other| other.timex.abs_diff(expression.timex) == 1);
    let joined = beside.filter(|other| {
        let (first, second) =
            if other.timex > expression.timex { (expression, *other) } else { (*other, expression) };
        let is_next = || first.days.latest.tomorrow().is_ok_and(|next| next == second.days.earliest);
        days.n_days() == 1 && other.days.n_days() == 1 && is_next() && joint(context, first, second).is_some()
    });
    joined.fold(days, |days, other| DayInterval {
        earliest: days.earliest.min(other.days.earliest),
        latest: days.latest.max(other.days.latest),
    })
}

/// What stands between two expressions and makes one time of them.
fn joint<'a>(context: &Context<'a>, first: &Expression, second: &Expression) -> Option<&'a str> {
    let end = context.timexes.get(first.timex)?.span.end;
    let start = context.timexes.get(second.timex)?.span.start;
    let between = context.view.text.get(end as usize..start as usize)?.trim();
    matches!(
        between,
        "to" | "until" | "till" | "through" | "and" | "and the" | "and on" | "or" | "-" | "–" | "—"
    )
    .then_some(between)
}

/// The end of "from March 3 to March 9", "between March 3 and March 9".
fn other_end(
    context: &Context<'_>,
    tree: &Tree<'_>,
    near: &[Expression],
    from: &Expression,
) -> Option<jiff::civil::Date> {
    let next = near.iter().find(|next| next.timex == from.timex + 1)?;
    let is_joined = next.head.abs_diff(from.head) < 8
        && tree
            .children_by(next.head, &["case", "cc"])
            .any(|mark| matches!(tree.lemma(mark), "to" | "until" | "till" | "through" | "and" | "-" | "–"));
    let is_joined = is_joined || joint(context, from, next).is_some();
    (is_joined && next.days.latest >= from.days.earliest).then_some(next.days.latest)
}
