//! The outlines of countries, from the TopoJSON file that comes with the program.
//!
//! Source of the format: M. Bostock and C. Metcalf, *The TopoJSON Format Specification*, version 1.0:
//! delta-encoded arcs on a grid, shared by neighbours; a negative index `-1 - n` means arc `n` backwards.
//! Source of the outlines: Natural Earth, 1:110 million, public domain.

use std::collections::BTreeMap;

use forewarn_model::Country;
use serde_json::Value;

use crate::RenderError;

const WORLD: &str = include_str!("../../../../gazetteers/naturalearth/countries-110m.json");
const CODES: &str = include_str!("../../../../gazetteers/iso3166/iso3166_codes.json");

/// Outlines that the file gives without an ISO number, and the country that they are drawn with. A map of
/// origins and hubs takes no position on status; it says so in its note.
const WITHOUT_NUMBER: &[(&str, &str)] = &[("Kosovo", "XK"), ("Somaliland", "SO"), ("N. Cyprus", "CY")];

/// Countries and territories too small for outlines at 1:110 million: code, longitude, latitude in degrees.
/// Source: Natural Earth, 1:50 million, centres of the largest outlines.
const SMALL: &str = include_str!("../../../../gazetteers/naturalearth/small.json");

/// A closed line of points, longitude and latitude in degrees.
pub(crate) type Ring = Vec<(f64, f64)>;

/// Outlines and centres of countries.
#[derive(Debug)]
pub(crate) struct Topology {
    shapes: Vec<(Option<Country>, Vec<Ring>)>,
    places: BTreeMap<Country, Place>,
}

/// Where a country lies: the middle of its largest part, and the west, south, east and north of that.
/// Longitudes and latitudes in degrees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) centre: (f64, f64),
    pub(crate) corners: [(f64, f64); 2],
}

impl Topology {
    pub(crate) fn builtin() -> Result<Self, RenderError> {
        let error = |reason: &str| RenderError::Asset { what: "map".to_owned(), reason: reason.to_owned() };
        let codes: Vec<[String; 4]> = serde_json::from_str(CODES).map_err(|e| error(&e.to_string()))?;
        let codes: BTreeMap<&str, &str> =
            codes.iter().map(|row| (row[2].as_str(), row[0].as_str())).collect();
        let world: Value = serde_json::from_str(WORLD).map_err(|e| error(&e.to_string()))?;
        let arcs = read_arcs(&world).ok_or_else(|| error("no arcs with a transform"))?;
        let geometries = world["objects"]["countries"]["geometries"].as_array();
        let mut shapes = Vec::new();
        for geometry in geometries.ok_or_else(|| error("no countries"))? {
            let rings = read_rings(geometry, &arcs).ok_or_else(|| error("an outline of unknown form"))?;
            shapes.push((read_country(geometry, &codes), rings));
        }
        let point = |lon, lat| Place { centre: (lon, lat), corners: [(lon, lat); 2] };
        let small: Vec<(String, f64, f64)> =
            serde_json::from_str(SMALL).map_err(|e| error(&e.to_string()))?;
        let small = small.iter().filter_map(|(code, lon, lat)| Some((code.parse().ok()?, point(*lon, *lat))));
        let mut places: BTreeMap<Country, Place> = small.collect();
        for (country, rings) in &shapes {
            if let (Some(country), Some(place)) = (country, read_place(rings)) {
                // Where two outlines belong to one country, the first, the country's own, counts.
                places.entry(*country).or_insert(place);
            }
        }
        Ok(Self { shapes, places })
    }

    /// Every outline, with the country that it belongs to.
    pub(crate) fn shapes(&self) -> &[(Option<Country>, Vec<Ring>)] {
        &self.shapes
    }

    /// Where a country lies; every country has a place.
    pub(crate) fn place(&self, country: Country) -> Option<Place> {
        self.places.get(&country).copied()
    }
}

fn read_country(geometry: &Value, codes: &BTreeMap<&str, &str>) -> Option<Country> {
    let code = match geometry["id"].as_str() {
        Some(number) => codes.get(number).copied(),
        None => {
            let name = geometry["properties"]["name"].as_str()?;
            WITHOUT_NUMBER.iter().find(|row| row.0 == name).map(|row| row.1)
        }
    };
    code?.parse().ok()
}

fn read_arcs(world: &Value) -> Option<Vec<Ring>> {
    let (scale, translate) = (pair(&world["transform"]["scale"])?, pair(&world["transform"]["translate"])?);
    let arc = |arc: &Value| -> Option<Ring> {
        let mut at = (0.0, 0.0);
        let deltas = arc.as_array()?.iter().map(pair);
        let point = |delta: Option<(f64, f64)>| {
            let (dx, dy) = delta?;
            at = (at.0 + dx, at.1 + dy);
            Some((at.0 * scale.0 + translate.0, at.1 * scale.1 + translate.1))
        };
        deltas.map(point).collect()
    };
    world["arcs"].as_array()?.iter().map(arc).collect()
}

fn pair(value: &Value) -> Option<(f64, f64)> {
    Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
}

fn read_rings(geometry: &Value, arcs: &[Ring]) -> Option<Vec<Ring>> {
    let polygons: Vec<&Value> = match geometry["type"].as_str()? {
        "Polygon" => vec![&geometry["arcs"]],
        "MultiPolygon" => geometry["arcs"].as_array()?.iter().collect(),
        _ => return None,
    };
    let mut rings = Vec::new();
    for polygon in polygons {
        for ring in polygon.as_array()? {
            rings.push(read_ring(ring, arcs)?);
        }
    }
    Some(rings)
}

fn read_ring(indices: &Value, arcs: &[Ring]) -> Option<Ring> {
    let mut ring = Ring::new();
    for index in indices.as_array()? {
        let index = index.as_i64()?;
        let forward = usize::try_from(if index < 0 { -1 - index } else { index }).ok()?;
        let arc = arcs.get(forward)?;
        // An arc starts where the one before it ended.
        ring.pop();
        if index < 0 { ring.extend(arc.iter().rev()) } else { ring.extend(arc) }
    }
    unwrap(&mut ring);
    Some(ring)
}

/// Lets a ring that crosses the 180th meridian go on beyond it, rather than jump round the globe.
fn unwrap(ring: &mut Ring) {
    for at in 1..ring.len() {
        let turns = ((ring[at].0 - ring[at - 1].0) / 360.0).round();
        ring[at].0 -= 360.0 * turns;
    }
}

/// The largest ring counts. Its centroid is weighted by area on the grid of degrees: good enough for a
/// marker.
fn read_place(rings: &[Ring]) -> Option<Place> {
    let largest = rings.iter().max_by(|a, b| moments(a).0.abs().total_cmp(&moments(b).0.abs()))?;
    let (area, x, y) = moments(largest);
    let (west, south) = largest.iter().copied().reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)))?;
    let (east, north) = largest.iter().copied().reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))?;
    let centre = (x / (3.0 * area), y / (3.0 * area));
    (area != 0.0).then_some(Place { centre, corners: [(west, south), (east, north)] })
}

/// Twice the signed area of a ring, and twice its first moments times three (shoelace formula).
fn moments(ring: &Ring) -> (f64, f64, f64) {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    edges.fold((0.0, 0.0, 0.0), |(area, x, y), (a, b)| {
        let cross = a.0 * b.1 - b.0 * a.1;
        (area + cross, x + (a.0 + b.0) * cross, y + (a.1 + b.1) * cross)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(topology: &Topology, code: &str, expected: (f64, f64)) {
        let centre = topology.place(code.parse().unwrap()).unwrap().centre;
        let near = (centre.0 - expected.0).abs() < 2.5 && (centre.1 - expected.1).abs() < 2.5;
        assert!(near, "{code}: {centre:?}, expected about {expected:?}");
    }

    #[test]
    fn knows_where_countries_are() {
        let topology = Topology::builtin().unwrap();
        check(&topology, "KH", (105.0, 12.7));
        check(&topology, "MM", (96.5, 21.0));
        check(&topology, "FR", (2.5, 46.6));
        check(&topology, "SO", (45.7, 4.8));
        check(&topology, "SG", (103.8, 1.35));
        check(&topology, "HK", (114.1, 22.4));
        check(&topology, "PW", (134.6, 7.5));
    }

    #[test]
    fn has_a_place_for_every_country() {
        let topology = Topology::builtin().unwrap();
        let without: Vec<Country> =
            Country::all().into_iter().filter(|&country| topology.place(country).is_none()).collect();
        assert_eq!(format!("{without:?}"), "[]");
    }

    #[test]
    fn outlines_are_closed_and_on_the_globe() {
        let topology = Topology::builtin().unwrap();
        assert_eq!(topology.shapes().len(), 177);
        for ring in topology.shapes().iter().flat_map(|(_, rings)| rings) {
            assert!(
                ring.len() >= 4 && ring.iter().all(|&(lon, lat)| lon.abs() <= 200.0 && lat.abs() <= 90.0)
            );
            assert!(
                ring.windows(2).all(|edge| (edge[0].0 - edge[1].0).abs() < 180.0),
                "an edge round the globe"
            );
        }
    }
}
