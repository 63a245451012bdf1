//! *Who acts, and who deals how with whom?* The busiest as a matrix and a network, all as a list.

use std::collections::BTreeSet;

use annalist::archive::{PartyLine, Window};
use annalist::table::Record;
use maud::html;
use serde::Serialize;

use super::list;
use crate::address::{ROWS, with};
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::draw::matrix;
use crate::marks::told;
use crate::reply::Form;
use crate::words::{count, number};

const PATH: &str = "/actors";

/// Parties in the matrix.
const MATRIX: usize = 14;

/// Parties in the network.
const NETWORK: usize = 9;

/// A party as a row of a table.
#[derive(Serialize)]
#[serde(transparent)]
struct Party<'a>(&'a PartyLine);

impl Record for Party<'_> {
    const COLUMNS: &'static [&'static str] = &["name", "country", "sector", "n_as_actor", "n_as_recipient"];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let party = self.0;
        vec![
            party.name.clone(),
            text(&party.country),
            text(&party.sector),
            party.n_as_actor.to_string(),
            party.n_as_recipient.to_string(),
        ]
    }
}

pub fn show(desk: &Desk<'_>) -> Outcome {
    let asked = &desk.filter.asked;
    let listed = desk.archive.parties(asked, desk.filter.window(desk.rows(ROWS)))?;
    if desk.form != Form::Page {
        let rows: Vec<_> = listed.rows.iter().map(Party).collect();
        return Ok(match desk.form {
            Form::Csv => table(&rows),
            _ => desk.rows_of(listed.total, rows.iter().map(value).collect()),
        });
    }
    let gist = desk.gist()?;
    let busiest = desk.archive.parties(asked, Window::first(MATRIX))?.rows;
    let among: BTreeSet<String> = busiest.iter().map(|party| party.identity.clone()).collect();
    let pairs = if among.is_empty() { Vec::new() } else { desk.archive.pairs(asked, &among)? };
    let dealings = matrix::dealings(&pairs);
    let events_of = |party: &PartyLine| with("/", &[("actor", party.name.clone())]);
    let main = html! {
        h1 { "Actors and relations" }
        p.lead { (count(listed.total, "party").replace("partys", "parties")) ", by the number of their events." }
        (list::filters(desk, PATH, &gist.outlets))
        @if !pairs.is_empty() {
            (matrix::network(&busiest[..busiest.len().min(NETWORK)], &dealings))
            (matrix::table(&busiest, &dealings, events_of))
        }
        table.parties {
            caption { "All parties" }
            thead { tr { th scope="col" { "Party" } th scope="col" { "Country" } th scope="col" { "Sector" } th.n scope="col" { "acts" } th.n scope="col" { "is acted upon" } } }
            tbody { @for party in &listed.rows {
                tr {
                    td { a href=(events_of(party)) { (told(&party.name)) } }
                    td.code { (party.country.as_deref().unwrap_or("")) }
                    td.code { (party.sector.as_deref().unwrap_or("")) }
                    td.n { (number(party.n_as_actor)) }
                    td.n { (number(party.n_as_recipient)) }
                }
            } }
        }
        (desk.pages(PATH, listed.total, ROWS, &[]))
    };
    Ok(Shown::View(Box::new(View {
        title: "Actors".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}
