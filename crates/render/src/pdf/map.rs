//! The map of hubs, origins and routes.
//!
//! Drawn so that it can be read without colour: hubs are dark, origins of middle tone and hatched, the rest
//! light. The view closes in on what is shown, down to a limit, so that one country does not stand alone
//! without its surroundings. Hubs that lie close together in a wide view get a second map of their own.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forewarn_model::Country;
use serde_json::{Value, json};

use super::MapInput;
use super::topology::{Ring, Topology};

/// Width and height of the map, in its own units.
const WIDE: (f64, f64) = (1_000.0, 440.0);

/// Width and height of the second map, in the same units: as high as the first, beside it.
const DETAIL: (f64, f64) = (480.0, 440.0);

/// The inhabited world in the projection: west, north, east, south.
const WORLD: [f64; 4] = [-2.7, -1.32, 2.7, 1.06];

/// The narrowest view of the map, as part of the width of the world: about a continent.
const WIDE_MIN: f64 = 0.3;

/// The same for the second map: about the Mekong countries.
const DETAIL_MIN: f64 = 0.065;

/// A second map is drawn if it shows at most this part of the width of the first.
const DETAIL_MAX: f64 = 0.35;

/// What stays free around the outermost point, as part of the width of the view.
const MARGIN: f64 = 0.04;

/// Radius of a numbered marker.
const MARKER: f64 = 14.0;

/// What stays free between markers, and between a marker and a point.
const CLEAR: f64 = 4.0;

/// Rounds in which markers push each other apart; more change nothing that the eye can see.
const ROUNDS: usize = 100;

const SEA: &str = "#f3f6f8";
const LAND: &str = "#dedad3";
const ORIGIN: &str = "#4f86a8";
const HUB: &str = "#a83800";

/// A point, y downwards: of the projection, or of a drawing from its top left.
type Point = (f64, f64);

/// A drawing, and for the template where the numbers of its markers go: `ratio` of height to width,
/// `markers` with `x` and `y` as parts of width and height, and `n`.
pub(super) struct Drawing {
    pub(super) svg: String,
    pub(super) data: Value,
}

/// The part of the world that a drawing shows, and how large it is drawn.
#[derive(Debug, Clone, Copy)]
struct View {
    west: f64,
    north: f64,
    scale: f64,
    size: (f64, f64),
}

/// Draws the map, and the second one if there is cause for it. A hub whose place is not known stands in the
/// middle of its country.
pub(super) fn draw(input: &MapInput<'_>, topology: &Topology) -> (Drawing, Option<Drawing>) {
    let hubs: BTreeSet<Country> = input.hubs.iter().map(|hub| hub.country).collect();
    let origins: BTreeSet<Country> = input.origins.iter().copied().collect();
    let places: Vec<Option<Point>> =
        input.hubs.iter().map(|hub| place(hub.country, hub.position, topology)).collect();
    let routes = routes(input, &places, topology);

    let ends = routes.iter().flat_map(|(from, to)| [*from, *to]);
    let shown = hubs.union(&origins).filter_map(|&country| topology.place(country));
    let corners = shown.flat_map(|place| place.corners.map(equal_earth));
    let known = || places.iter().flatten().copied();
    let wide = View::around(known().chain(corners).chain(ends), WIDE, WIDE_MIN);
    let detail = (known().count() > 0).then(|| View::around(known(), DETAIL, DETAIL_MIN));
    let detail = detail.filter(|detail| detail.width() <= DETAIL_MAX * wide.width());

    let mut body = String::new();
    push_land(&mut body, topology, &hubs, &origins, wide);
    for (from, to) in &routes {
        push_route(&mut body, wide.point(*from), wide.point(*to));
    }
    let Some(detail) = detail else {
        let markers = push_markers(&mut body, &places, wide);
        return (drawing(&body, &markers, wide), None);
    };
    for point in known() {
        push_disc(&mut body, wide.point(point), 2.2, "#000");
    }
    push_frame(&mut body, detail, wide);
    let mut detail_body = String::new();
    push_land(&mut detail_body, topology, &hubs, &origins, detail);
    let markers = push_markers(&mut detail_body, &places, detail);
    (drawing(&body, &[], wide), Some(drawing(&detail_body, &markers, detail)))
}

fn drawing(body: &str, markers: &[Value], view: View) -> Drawing {
    let (width, height) = view.size;
    let head = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#
    );
    let hatching = format!(
        r##"<defs><pattern id="origin" width="5" height="5" patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"><rect width="5" height="5" fill="{ORIGIN}"/><rect width="1.2" height="5"
        fill="#fff"/></pattern></defs>"##
    );
    let sea = format!(r#"<rect width="{width}" height="{height}" fill="{SEA}"/>"#);
    let svg = [&head, &hatching, &sea, body, "</svg>"].concat();
    Drawing { svg, data: json!({ "width": width, "height": height, "markers": markers }) }
}

/// Each route once, as points of the projection: from the middle of the origin to the first known place in
/// the other country.
fn routes(input: &MapInput<'_>, places: &[Option<Point>], topology: &Topology) -> Vec<(Point, Point)> {
    let unique: BTreeSet<(Country, Country)> =
        input.routes.iter().copied().filter(|(from, to)| from != to).collect();
    let hub = |country: Country| {
        let at = input.hubs.iter().position(|hub| hub.country == country)?;
        places[at]
    };
    unique
        .into_iter()
        .filter_map(|(from, to)| {
            Some((place(from, None, topology)?, hub(to).or_else(|| place(to, None, topology))?))
        })
        .collect()
}

fn place(country: Country, position: Option<(f32, f32)>, topology: &Topology) -> Option<Point> {
    let known = position.map(|(lat, lon)| (f64::from(lon), f64::from(lat)));
    let valid = known.filter(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0);
    valid.or_else(|| Some(topology.place(country)?.centre)).map(equal_earth)
}

fn has_shape(topology: &Topology, country: Country) -> bool {
    topology.shapes().iter().any(|(of, _)| *of == Some(country))
}

/// Longitude and latitude in degrees on the plane, y downwards: countries keep their relative areas.
///
/// Source: B. Šavrič, T. Patterson, B. Jenny, *The Equal Earth map projection*, International Journal of
/// Geographical Information Science 33 (2019), equations 1 to 8.
pub(crate) fn equal_earth((lon, lat): (f64, f64)) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let root = 3.0_f64.sqrt();
    let theta = (root / 2.0 * lat.to_radians().sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    (2.0 * root * lon.to_radians() * theta.cos() / (3.0 * slope), -y)
}

impl View {
    /// The smallest view that holds all points with a margin, of at least a part of the world and within it;
    /// the world for no points.
    fn around(points: impl Iterator<Item = Point>, size: (f64, f64), part_min: f64) -> Self {
        let [world_west, world_north, world_east, world_south] = WORLD;
        let world = world_east - world_west;
        let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [west, north, east, south] =
            points.fold(empty, |b, (x, y)| [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)]);
        if west > east {
            return Self { west: world_west, north: world_north, scale: size.0 / world, size };
        }
        let shape = size.0 / size.1;
        let needed = (east - west).max((south - north) * shape) / (1.0 - 2.0 * MARGIN);
        let width = needed.clamp(part_min * world, world);
        let fit = |middle: f64, extent: f64, low: f64, high: f64| {
            if extent >= high - low {
                (low + high - extent) / 2.0
            } else {
                (middle - extent / 2.0).clamp(low, high - extent)
            }
        };
        Self {
            west: fit((west + east) / 2.0, width, world_west, world_east),
            north: fit((north + south) / 2.0, width / shape, world_north, world_south),
            scale: size.0 / width,
            size,
        }
    }

    /// How much of the projection it shows from west to east.
    fn width(self) -> f64 {
        self.size.0 / self.scale
    }

    fn point(self, (x, y): Point) -> Point {
        ((x - self.west) * self.scale, (y - self.north) * self.scale)
    }
}

fn push_land(
    out: &mut String,
    topology: &Topology,
    hubs: &BTreeSet<Country>,
    origins: &BTreeSet<Country>,
    view: View,
) {
    for (country, rings) in topology.shapes() {
        let fill = match country {
            Some(country) if hubs.contains(country) => HUB,
            Some(country) if origins.contains(country) => "url(#origin)",
            _ => LAND,
        };
        push_shape(out, rings, fill, view);
    }
    // Origins too small for an outline still have to be seen.
    for &country in origins.iter().filter(|&&country| !has_shape(topology, country)) {
        if let Some(point) = place(country, None, topology) {
            push_disc(out, view.point(point), 4.0, ORIGIN);
        }
    }
}

fn push_shape(out: &mut String, rings: &[Ring], fill: &str, view: View) {
    let mut path = String::new();
    for ring in rings {
        let points: Vec<Point> = ring.iter().map(|&point| view.point(equal_earth(point))).collect();
        let (width, height) = view.size;
        // Its box touches the view: more is drawn than is seen, and cut off at the edge.
        let touches = points.iter().any(|p| p.0 < width)
            && points.iter().any(|p| p.0 > 0.0)
            && points.iter().any(|p| p.1 < height)
            && points.iter().any(|p| p.1 > 0.0);
        if !touches {
            continue;
        }
        for (at, (x, y)) in points.iter().enumerate() {
            push(&mut path, format_args!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
        }
        path.push('Z');
    }
    if !path.is_empty() {
        let style = r##"fill-rule="evenodd" stroke="#fff" stroke-width="0.8""##;
        push(out, format_args!(r#"<path d="{path}" fill="{fill}" {style}/>"#));
    }
}

/// A route as an arc that rises towards the north, with an arrow head at its end.
fn push_route(out: &mut String, from: Point, to: Point) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 2.0 * MARKER {
        return;
    }
    let side = if dx < 0.0 { -0.18 } else { 0.18 };
    let bend = ((from.0 + to.0) / 2.0 + dy * side, (from.1 + to.1) / 2.0 - dx * side);
    let (ex, ey) = (to.0 - bend.0, to.1 - bend.1);
    let end = ex.hypot(ey).max(1.0);
    let (ux, uy) = (ex / end, ey / end);
    let back = |along: f64, across: f64| (to.0 - ux * along - uy * across, to.1 - uy * along + ux * across);
    let (tip, left, right) = (back(3.0, 0.0), back(13.0, 4.5), back(13.0, -4.5));
    let stop = back(11.0, 0.0);
    let line = r##"fill="none" stroke="#222" stroke-width="1.6""##;
    push(out, format_args!(r#"<path d="M{:.1} {:.1}"#, from.0, from.1));
    push(out, format_args!(r#"Q{:.1} {:.1} {:.1} {:.1}" {line}/>"#, bend.0, bend.1, stop.0, stop.1));
    push(out, format_args!(r#"<path d="M{:.1} {:.1}"#, tip.0, tip.1));
    push(
        out,
        format_args!(r##"L{:.1} {:.1}L{:.1} {:.1}Z" fill="#222"/>"##, left.0, left.1, right.0, right.1),
    );
}

/// What the second map shows, on the first.
fn push_frame(out: &mut String, shown: View, on: View) {
    let (x, y) = on.point((shown.west, shown.north));
    let (width, height) = (shown.width() * on.scale, shown.size.1 / shown.scale * on.scale);
    let line = r##"fill="none" stroke="#000" stroke-width="1.6""##;
    push(
        out,
        format_args!(r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" {line}/>"#),
    );
}

/// Numbered markers for the places that are known, and where their numbers go.
fn push_markers(out: &mut String, places: &[Option<Point>], view: View) -> Vec<Value> {
    let numbered = places.iter().enumerate().filter_map(|(at, place)| Some((at + 1, view.point((*place)?))));
    let (numbers, exact): (Vec<usize>, Vec<Point>) = numbered.unzip();
    let shown = apart(&exact, view.size);
    for (from, to) in exact.iter().zip(&shown) {
        push_marker(out, *from, *to);
    }
    let at = |(x, y): Point| (rounded(x / view.size.0), rounded(y / view.size.1));
    let places = shown.into_iter().map(at);
    let marker = |(number, (x, y)): (usize, Point)| json!({ "x": x, "y": y, "n": number.to_string() });
    numbers.into_iter().zip(places).map(marker).collect()
}

/// A disc for a number, with a line to the point that it stands for; both edged so as to be seen on any
/// ground.
fn push_marker(out: &mut String, exact: Point, shown: Point) {
    let ((ex, ey), (sx, sy)) = (exact, shown);
    for (colour, width) in [("#fff", 4.0), ("#000", 1.6)] {
        let line = format!(r#"stroke="{colour}" stroke-width="{width}""#);
        push(out, format_args!(r#"<path d="M{ex:.1} {ey:.1}L{sx:.1} {sy:.1}" {line}/>"#));
    }
    push_disc(out, exact, 3.0, "#fff");
    push_disc(out, shown, MARKER, "#fff");
}

fn push_disc(out: &mut String, (x, y): Point, radius: f64, fill: &str) {
    let line = r##"stroke="#000" stroke-width="1.6""##;
    push(out, format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{fill}" {line}/>"#));
}

/// Moves discs apart until none covers another or a point that one of them stands for, within the drawing.
fn apart(points: &[Point], (width, height): (f64, f64)) -> Vec<Point> {
    // Each starts at its point, a little off in a direction of its own, so that equal points come apart.
    let mut moved: Vec<Point> = points
        .iter()
        .enumerate()
        .map(|(at, (x, y))| {
            let turn = at as f64 * 2.4;
            (x + turn.sin(), y - 2.0 - turn.cos())
        })
        .collect();
    for _ in 0..ROUNDS {
        for a in 0..moved.len() {
            for point in points {
                moved[a] = away(moved[a], *point, MARKER + CLEAR);
            }
            for b in a + 1..moved.len() {
                let both = 2.0 * MARKER + CLEAR;
                let middle = ((moved[a].0 + moved[b].0) / 2.0, (moved[a].1 + moved[b].1) / 2.0);
                moved[a] = away(moved[a], middle, both / 2.0);
                moved[b] = away(moved[b], middle, both / 2.0);
            }
        }
        for (x, y) in &mut moved {
            *x = x.clamp(MARKER + 1.0, width - MARKER - 1.0);
            *y = y.clamp(MARKER + 1.0, height - MARKER - 1.0);
        }
    }
    // In a corner the pushing may not come to rest; whoever still lies on another looks for the nearest
    // free place in widening circles.
    for at in 0..moved.len() {
        let free = |place: Point| {
            let others = moved.iter().enumerate().filter(|(other, _)| *other != at);
            others.map(|(_, other)| *other).all(|other| distance(place, other) > 2.0 * MARKER - 1.0)
        };
        let inside =
            |(x, y): Point| (MARKER..=width - MARKER).contains(&x) && (MARKER..=height - MARKER).contains(&y);
        if !free(moved[at]) {
            let circle = |step: u32| {
                let (turn, radius) = (f64::from(step) * 2.4, f64::from(step).sqrt() * MARKER / 2.0);
                (moved[at].0 + radius * turn.cos(), moved[at].1 + radius * turn.sin())
            };
            moved[at] =
                (1..2_000).map(circle).find(|place| inside(*place) && free(*place)).unwrap_or(moved[at]);
        }
    }
    moved
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The point, or the nearest one that is so far away from another.
fn away(point: Point, from: Point, distance: f64) -> Point {
    let (dx, dy) = (point.0 - from.0, point.1 - from.1);
    let between = dx.hypot(dy);
    if between >= distance || between == 0.0 {
        return point;
    }
    let stretch = distance / between;
    (from.0 + dx * stretch, from.1 + dy * stretch)
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hub;
    use crate::sample::country;
    use proptest::prelude::*;

    #[test]
    fn the_projection_gives_known_points() {
        // The poles are a line of 0.59247 times the length of the equator (the article, section 3).
        let (east, _) = equal_earth((180.0, 0.0));
        let (pole, north) = equal_earth((180.0, 90.0));
        assert!((east - 2.706_63).abs() < 1e-4 && (pole / east - 0.592_47).abs() < 1e-4);
        assert!((north + 1.317_36).abs() < 1e-4);
        assert_eq!(equal_earth((0.0, 0.0)), (0.0, 0.0));
    }

    #[test]
    fn draws_hubs_origins_and_routes() {
        let topology = Topology::builtin().unwrap();
        let hubs = [("KH", Some((10.6, 103.5))), ("NG", None), ("SG", Some((f32::NAN, 500.0)))]
            .map(|(code, position)| Hub { country: country(code), position, names: Vec::new() });
        let origins = [country("KE"), country("MO")];
        let routes = [("KE", "KH"), ("KE", "KH"), ("KH", "KH")].map(|(a, b)| (country(a), country(b)));
        let (wide, detail) = draw(&MapInput { hubs: &hubs, origins: &origins, routes: &routes }, &topology);
        assert_eq!(wide.svg.matches(HUB).count(), 2, "Cambodia and Nigeria; Singapore has no outline");
        assert_eq!(wide.svg.matches("fill=\"url(#origin)\"").count(), 1, "Kenya");
        assert_eq!(wide.svg.matches("r=\"4.0\"").count(), 1, "Macao");
        assert_eq!(wide.svg.matches("\" fill=\"none\"").count(), 1, "one route");
        assert_eq!(wide.data["markers"].as_array().map(Vec::len), Some(3));
        assert!(detail.is_none(), "the hubs lie too far apart for a map of their own");
        assert!(!wide.svg.contains("NaN") && !wide.svg.contains("inf"));
    }

    #[test]
    fn hubs_close_together_get_a_map_of_their_own() {
        let topology = Topology::builtin().unwrap();
        let hubs = ["KH", "MM"].map(|code| Hub { country: country(code), position: None, names: Vec::new() });
        let origins = ["KE", "BR"].map(country);
        let (wide, detail) = draw(&MapInput { hubs: &hubs, origins: &origins, routes: &[] }, &topology);
        let detail = detail.unwrap();
        assert_eq!(wide.data["markers"], json!([]));
        assert_eq!(detail.data["markers"].as_array().map(Vec::len), Some(2));
        assert_eq!(detail.svg.matches(HUB).count(), 2);
    }

    #[test]
    fn nothing_to_show_is_the_whole_world() {
        let topology = Topology::builtin().unwrap();
        let (wide, detail) = draw(&MapInput { hubs: &[], origins: &[], routes: &[] }, &topology);
        assert!(wide.svg.matches("<path").count() > 150 && detail.is_none());
    }

    #[test]
    fn markers_in_a_corner_come_apart() {
        let shown =
            apart(&[(983.396_897_849_619_2, 15.554_877_753_768_842), (981.055_188_377_910_1, 0.0)], WIDE);
        assert!(distance(shown[0], shown[1]) > 2.0 * MARKER - 2.0, "{shown:?}");
    }

    proptest! {
        #[test]
        fn markers_do_not_cover_each_other(
            points in prop::collection::vec((0.0..WIDE.0, 0.0..WIDE.1), 0..12),
        ) {
            let shown = apart(&points, WIDE);
            for (at, a) in shown.iter().enumerate() {
                prop_assert!((0.0..=WIDE.0).contains(&a.0) && (0.0..=WIDE.1).contains(&a.1));
                for b in &shown[at + 1..] {
                    prop_assert!((a.0 - b.0).hypot(a.1 - b.1) > 2.0 * MARKER - 2.0);
                }
            }
        }

        #[test]
        fn every_point_is_in_view(
            points in prop::collection::vec((-179.0..179.0_f64, -55.0..80.0_f64), 1..8),
        ) {
            let points: Vec<Point> = points.into_iter().map(equal_earth).collect();
            let view = View::around(points.iter().copied(), WIDE, WIDE_MIN);
            for point in points {
                let (x, y) = view.point(point);
                prop_assert!((-1.0..=WIDE.0 + 1.0).contains(&x), "{x} {y}");
                prop_assert!((-1.0..=WIDE.1 + 1.0).contains(&y), "{x} {y}");
            }
        }
    }
}
