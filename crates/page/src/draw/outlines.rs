//! *Where on earth?* The outlines of countries (Natural Earth, as `world-atlas` packs them), projected for the area that is shown.

use std::fmt::Write;
use std::sync::LazyLock;

use serde::Deserialize;

use super::intervals::round;

/// Countries at 1 : 50 million as TopoJSON: see `data/outlines/README.md`.
const TOPOLOGY: &str = include_str!("../../../../data/outlines/countries-50m.json");

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<(i32, i32)>>,
    transform: Transform,
}

#[derive(Deserialize)]
struct Transform {
    scale: (f64, f64),
    translate: (f64, f64),
}

/// Lines of borders and coasts, each as degrees east and north, with the box around it.
struct Line {
    points: Vec<(f64, f64)>,
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

/// Each border once; a file that cannot be read would be found by the test below and gives no outlines.
static LINES: LazyLock<Result<Vec<Line>, String>> = LazyLock::new(|| {
    let topology: Topology = serde_json::from_str(TOPOLOGY).map_err(|error| error.to_string())?;
    Ok(topology.arcs.iter().map(|arc| unpacked(arc, &topology.transform)).collect())
});

/// Points are steps from the one before.
fn unpacked(arc: &[(i32, i32)], transform: &Transform) -> Line {
    let (mut x, mut y) = (0, 0);
    let points: Vec<_> = arc
        .iter()
        .map(|(dx, dy)| {
            (x, y) = (x + dx, y + dy);
            let east = f64::from(x) * transform.scale.0 + transform.translate.0;
            (east, f64::from(y) * transform.scale.1 + transform.translate.1)
        })
        .collect();
    let all = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick);
    Line {
        west: all(|point| point.0).fold(f64::MAX, f64::min),
        east: all(|point| point.0).fold(f64::MIN, f64::max),
        south: all(|point| point.1).fold(f64::MAX, f64::min),
        north: all(|point| point.1).fold(f64::MIN, f64::max),
        points,
    }
}

/// An area of the earth on a picture: degrees are shortened from west to east as they are at its middle.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    west: f64,
    north: f64,
    scale: f64,
    squeeze: f64,
    pub width: f64,
    pub height: f64,
}

/// The least that is shown from north to south.
const LEAST_DEGREES: f64 = 3.0;

impl Area {
    /// An area that holds some points, with room around them.
    pub fn around(points: &[(f64, f64)], width: f64, height: f64) -> Self {
        let lat = || points.iter().map(|point| point.0);
        let lon = || points.iter().map(|point| point.1);
        let (south, north) = (lat().fold(90.0, f64::min), lat().fold(-90.0, f64::max));
        let (west, east) = (lon().fold(180.0, f64::min), lon().fold(-180.0, f64::max));
        if points.is_empty() {
            return Self::of((-56.0, 78.0), (-180.0, 180.0), width, height);
        }
        let room = ((north - south).max(east - west) * 0.12).max(LEAST_DEGREES / 2.0);
        let south = (south - room).max(-85.0);
        Self::of((south, (north + room).min(85.0)), (west - room, east + room), width, height)
    }

    fn of((south, north): (f64, f64), (west, east): (f64, f64), width: f64, height: f64) -> Self {
        let (middle, squeeze) = (south.midpoint(north), south.midpoint(north).to_radians().cos().max(0.2));
        let scale = (width / ((east - west) * squeeze)).min(height / (north - south));
        let west = west.midpoint(east) - width / scale / squeeze / 2.0;
        Self { west, north: middle + height / scale / 2.0, scale, squeeze, width, height }
    }

    /// Where a point is, by degrees north and east.
    pub fn at(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        (round((lon - self.west) * self.squeeze * self.scale), round((self.north - lat) * self.scale))
    }

    /// Whether a point is on the picture.
    pub fn holds(&self, point: (f64, f64)) -> bool {
        let (x, y) = self.at(point);
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// How long some kilometres are from north to south.
    pub fn km(&self, km: f64) -> f64 {
        round(km / 111.2 * self.scale)
    }

    /// Borders and coasts as one path; of points closer than a pixel one is drawn.
    pub fn outlines(&self) -> String {
        let east = self.west + self.width / self.scale / self.squeeze;
        let south = self.north - self.height / self.scale;
        let mut path = String::new();
        for line in LINES.iter().flatten() {
            if line.east < self.west || line.west > east || line.north < south || line.south > self.north {
                continue;
            }
            self.draw(&mut path, line);
        }
        path
    }

    fn draw(&self, path: &mut String, line: &Line) {
        let mut last: Option<(f64, f64)> = None;
        let n = line.points.len();
        for (index, (lon, lat)) in line.points.iter().enumerate() {
            let (x, y) = self.at((*lat, *lon));
            let is_far = |(px, py): (f64, f64)| (px - x).abs() + (py - y).abs() >= 1.2;
            match last {
                None => {
                    let _ = write!(path, "M{x} {y}");
                }
                Some(last) if is_far(last) || index + 1 == n => {
                    let _ = write!(path, "L{x} {y}");
                }
                Some(_) => continue,
            }
            last = Some((x, y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_travel_inside() {
        assert!(LINES.as_ref().is_ok_and(|lines| lines.len() > 1000));
    }

    fn check(points: &[(f64, f64)], inside: (f64, f64), outside: (f64, f64)) {
        let area = Area::around(points, 760.0, 420.0);
        assert!(points.iter().all(|point| area.holds(*point)), "{area:?}");
        assert_eq!((area.holds(inside), area.holds(outside)), (true, false), "{area:?}");
        assert!(area.outlines().len() > 100);
    }

    #[test]
    fn an_area_holds_its_points() {
        check(&[(2.4, -76.6)], (3.0, -76.0), (40.0, -3.0));
        check(&[(2.4, -76.6), (23.1, -82.4)], (10.0, -78.0), (60.0, 30.0));
        assert!(Area::around(&[], 760.0, 420.0).outlines().len() < 400_000);
    }
}
