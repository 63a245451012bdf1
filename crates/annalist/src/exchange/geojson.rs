//! *How do events look on a map?* GeoJSON (RFC 7946): a point each, its properties those of our table of events.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::account::Told;
use super::layout::whole_object;
use super::tables::EVENTS;
use crate::plain;

/// What is lost.
pub static LOST: &[&str] = &[
    "All of a place but one point: a state or country is the point that stands for it, `place_precision` says so.",
    "All but the sentence that tells an event best, and all but low, best and high of the killed and wounded.",
];

/// Writes one collection, an event a line; events without a point have no geometry.
pub fn write(out: &mut dyn Write, events: impl Iterator<Item = Told>) -> io::Result<()> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (at, told) in events.enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{}", plain::json(&feature(&told))?)?;
    }
    writeln!(out, "\n]}}")
}

fn feature(told: &Told) -> Value {
    let point = told.event.place.as_ref().and_then(|place| place.lon.zip(place.lat));
    let geometry = point.map(|(lon, lat)| json!({"type": "Point", "coordinates": [lon, lat]}));
    // A list of texts is one text: readers of tables have no lists.
    let flat = |value: Value| if value.is_array() { super::layout::cell(&value).into() } else { value };
    let properties = whole_object(EVENTS, told).into_iter().map(|(name, value)| (name, flat(value)));
    let properties: serde_json::Map<_, _> = properties.collect();
    json!({"type": "Feature", "id": told.event.id, "geometry": geometry, "properties": properties})
}
