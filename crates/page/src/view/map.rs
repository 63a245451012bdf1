//! *Where?* Events on a map; a ring is as wide as the place is vague.

use annalist::archive::{Order, Spot};
use annalist::gazetteer::reach_km;
use maud::{Markup, html};

use super::list;
use crate::address::{ROWS, with};
use crate::desk::{Desk, Outcome, Shown, View};
use crate::draw::intervals::round;
use crate::draw::outlines::Area;
use crate::marks::told;
use crate::reply::Form;
use crate::words::{count, number};

const PATH: &str = "/map";

/// Places that are put on a map.
const MOST: usize = 600;

/// Places that are named in the list under it.
const NAMED: usize = 40;

/// Names on the map.
const LABELS: usize = 12;

/// Parts of all events that may lie west, east, north or south of what is shown at first.
const OUTSIDE: f64 = 0.04;

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 520.0;

pub fn show(desk: &Desk<'_>) -> Outcome {
    let asked = &desk.filter.asked;
    if desk.form != Form::Page {
        let listed = desk.archive.events(asked, Order::Weight, desk.filter.window(desk.rows(ROWS)))?;
        return list::data(desk, listed.rows, listed.total);
    }
    let gist = desk.gist()?;
    let total = desk.archive.facets(asked)?.total;
    let spots = desk.archive.spots(asked)?;
    let n_placed: usize = spots.iter().map(|spot| spot.n_events).sum();
    let is_world = desk.request.asked("area") == Some("world");
    let area = if is_world {
        Area::around(&[], WIDTH, HEIGHT)
    } else {
        Area::around(&middle(&spots), WIDTH, HEIGHT)
    };
    let n_outside: usize =
        spots.iter().filter(|spot| !area.holds(spot.point)).map(|spot| spot.n_events).sum();
    let main = html! {
        h1 { "Map" }
        p.lead { (count(n_placed, "event")) " at " (count(spots.len(), "place")) "; " (number(total.saturating_sub(n_placed))) " more have no place that is known. A dot grows with its events, and a ring is as wide as the place is vague." }
        (list::filters(desk, PATH, &gist.outlets))
        p.zoom {
            a aria-current=[(!is_world).then_some("true")] href=(desk.filter.address(PATH, &[])) { "where most lie" }
            a aria-current=[is_world.then_some("true")] href=(desk.filter.address(PATH, &[("area", Some("world"))])) { "the world" }
            @if n_outside > 0 { span.none { (count(n_outside, "event")) " outside of the picture" } }
        }
        (picture(&area, &spots, desk))
        table.parties {
            caption { "The places with most events" }
            thead { tr { th scope="col" { "Place" } th scope="col" { "Country" } th.n scope="col" { "Events" } } }
            tbody { @for spot in spots.iter().take(NAMED) {
                tr {
                    td { a href=(address(desk, spot)) { (told(name(spot))) } }
                    td.code { (spot.country.as_deref().unwrap_or("")) }
                    td.n { (number(spot.n_events)) }
                }
            } }
        }
    };
    Ok(Shown::View(Box::new(View {
        title: "Map".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}

fn name(spot: &Spot) -> &str {
    spot.place.as_deref().or(spot.country.as_deref()).unwrap_or("")
}

/// The corners of where nearly all events lie: one place far away must not make all others one dot.
fn middle(spots: &[Spot]) -> Vec<(f64, f64)> {
    let total: usize = spots.iter().map(|spot| spot.n_events).sum();
    let edge = |pick: fn(&Spot) -> f64, part: f64| {
        let mut all: Vec<_> = spots.iter().collect();
        all.sort_by(|one, other| pick(one).total_cmp(&pick(other)));
        let mut seen = 0;
        let found = all.iter().find(|spot| {
            seen += spot.n_events;
            seen as f64 >= part * total as f64
        });
        found.or(all.last()).map(|spot| pick(spot))
    };
    let lat = |spot: &Spot| spot.point.0;
    let lon = |spot: &Spot| spot.point.1;
    let corner = |part: f64| edge(lat, part).zip(edge(lon, part));
    [corner(OUTSIDE), corner(1.0 - OUTSIDE)].into_iter().flatten().collect()
}

fn address(desk: &Desk<'_>, spot: &Spot) -> String {
    let pairs = desk.filter.pairs();
    let kept = pairs.iter().filter(|(name, _)| *name != "place").map(|(name, value)| (*name, value.clone()));
    let place = [("place", name(spot).to_owned())];
    with("/", &kept.chain(place).collect::<Vec<_>>())
}

fn picture(area: &Area, spots: &[Spot], desk: &Desk<'_>) -> Markup {
    let most = spots.iter().map(|spot| spot.n_events).max().unwrap_or(1) as f64;
    let shown: Vec<_> = spots.iter().filter(|spot| area.holds(spot.point)).take(MOST).collect();
    let radius = |spot: &Spot| round(3.0 + 11.0 * (spot.n_events as f64 / most).sqrt());
    let rings = shown.iter().filter_map(|spot| {
        let reach = area.km(reach_km(name(spot), spot.point)?);
        (reach > radius(spot) + 2.0).then(|| (area.at(spot.point), reach.min(260.0)))
    });
    html! {
        figure.map {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label={ "A map of " (count(shown.len(), "place")) "; the table below names them" } {
                path.land d=(area.outlines()) {}
                @for ((x, y), reach) in rings { circle.vague cx=(x) cy=(y) r=(reach) {} }
                @for spot in &shown {
                    @let (x, y) = area.at(spot.point);
                    a href=(address(desk, spot)) aria-label={ (name(spot)) ": " (count(spot.n_events, "event")) } {
                        circle.spot.open[spot.is_contradicted] cx=(x) cy=(y) r=(radius(spot)) {
                            title { (name(spot)) ": " (count(spot.n_events, "event")) }
                        }
                    }
                }
                @for (x, y, name) in labels(area, &shown, radius) { text.label x=(x) y=(y) { (name) } }
            }
            figcaption { "Outlines: Natural Earth. Borders are as its authors draw them." }
        }
    }
}

/// The names of the places with most events, each where it stands over no other.
fn labels<'a>(area: &Area, shown: &[&'a Spot], radius: impl Fn(&Spot) -> f64) -> Vec<(f64, f64, &'a str)> {
    let mut placed: Vec<(f64, f64, &str)> = Vec::new();
    for spot in shown {
        let (x, y) = area.at(spot.point);
        let (x, y, name) = (round(x + radius(spot) + 4.0), round(y + 4.0), name(spot));
        let width = |name: &str| 7.5 * name.chars().count() as f64;
        let is_over = |(left, other, text): &(f64, f64, &str)| {
            (y - other).abs() < 14.0 && x < left + width(text) && *left < x + width(name)
        };
        if placed.len() < LABELS && !placed.iter().any(is_over) && x + width(name) < area.width {
            placed.push((x, y, name));
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, point: (f64, f64), n_events: usize) -> Spot {
        Spot { place: Some(name.to_owned()), country: None, point, n_events, is_contradicted: false }
    }

    #[test]
    fn one_place_far_away_is_left_out_at_first() {
        let spots =
            [spot("near", (2.0, -76.0), 60), spot("next", (3.0, -75.0), 40), spot("far", (50.0, 70.0), 2)];
        assert_eq!(middle(&spots), [(2.0, -76.0), (3.0, -75.0)]);
        assert!(middle(&[]).is_empty());
    }

    #[test]
    fn no_name_stands_over_another() {
        let spots = [
            spot("Damascus", (33.5, 36.3), 9),
            spot("Douma", (33.51, 36.31), 3),
            spot("Aleppo", (36.2, 37.2), 2),
        ];
        let area = Area::around(&[(33.5, 36.3), (36.2, 37.2)], WIDTH, HEIGHT);
        let labels = labels(&area, &spots.iter().collect::<Vec<_>>(), |_| 3.0);
        assert_eq!(labels.iter().map(|label| label.2).collect::<Vec<_>>(), ["Damascus", "Aleppo"]);
    }
}
