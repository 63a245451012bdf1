//! *How much does an event matter to whoever follows the news?* Points, what they are given for, and whether it is news at all.

use serde::{Deserialize, Serialize};

/// What speaks for telling an event first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weight {
    /// More matter more; they say nothing beyond the order.
    pub points: u32,
    /// What the event is to those who report it.
    pub standing: Standing,
    /// What the points are given for, and why it stands as it does, in words.
    pub why: Vec<String>,
}

crate::code::string_enum! {
    /// What an event is to those who report it.
    #[derive(Default)]
    Standing {
        /// It happened about when the reports came out.
        News = "news",
        /// Nothing tells when, and hardly anybody tells it.
        #[default]
        Undated = "undated",
        /// It had been known for long when the first report came out.
        Background = "background",
        /// Only comments and analyses tell it.
        Opinion = "opinion",
        /// Nobody says that it has happened.
        Forecast = "forecast",
    }
}
