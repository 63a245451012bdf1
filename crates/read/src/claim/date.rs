//! *Which days does an event belong to?*

use annalist_schema::DayInterval;

use super::Context;

/// The days of an event, and how they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days.
    pub days: DayInterval,
    /// Name of the rule; `published` where nothing in the report dates the event, so that callers can drop it.
    pub basis: &'static str,
    /// Index into the context's timexes.
    pub timex: Option<usize>,
}

/// The date of the event whose head is the token `trigger`.
pub fn date_of(context: &Context<'_>, _trigger: u32) -> Option<Dated> {
    let days = context.published?.value;
    Some(Dated { days, basis: "published", timex: None })
}
