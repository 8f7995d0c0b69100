//! The map of hubs, origins and routes as of a day: the inhabited world, and an inset of the Mekong.

use std::collections::BTreeMap;

use forewarn_model::Country;

use super::{Canvas, INK, MIDDLE, MapPlot, QUIET, STRONG};
use crate::pdf::map::equal_earth;
use crate::pdf::topology::Topology;

const SIZE: (f64, f64) = (1_200.0, 640.0);

/// A part of the world and where it is drawn.
struct View {
    /// The id of its clip path.
    id: &'static str,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// Its north-western corner in the projection.
    corner: (f64, f64),
    /// Points per unit of the projection.
    scale: f64,
}

/// The inhabited world.
const WORLD: View = View {
    id: "frame",
    left: 20.0,
    top: 50.0,
    width: 1_160.0,
    height: 510.0,
    corner: (-2.7, -1.32),
    scale: 1_160.0 / 5.4,
};
/// The Mekong and its neighbours larger, where most hubs lie close together; it covers open sea.
const INSET: View = View {
    id: "inset",
    left: 28.0,
    top: 304.0,
    width: 284.0,
    height: 248.0,
    corner: (1.37, -0.56),
    scale: 620.0,
};
/// The radius of a hub's disc, and how far apart two must be.
const DISC: f64 = 9.0;
const APART: f64 = 19.0;
/// Routes that are drawn at most: the ones with most events.
const ROUTES_MAX: usize = 60;

const SEA: &str = "#f3f6f8";
const LAND: &str = "#e2ded6";
const CLAIMED: &str = "#e0a27c";

pub(super) fn draw(plot: &MapPlot, topology: &Topology) -> String {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1);
    scene(&mut canvas, plot, topology, &WORLD);
    if plot.hubs.iter().any(|(hub, _)| is_in_inset(*hub, topology)) {
        let (left, top) = WORLD.place_projected(INSET.corner);
        let scale = WORLD.scale / INSET.scale;
        frame(&mut canvas, left, top, INSET.width * scale, INSET.height * scale);
        scene(&mut canvas, plot, topology, &INSET);
        frame(&mut canvas, INSET.left, INSET.top, INSET.width, INSET.height);
    }
    legend(&mut canvas);
    canvas.finish(&plot.title, &plot.description)
}

impl View {
    fn place(&self, point: (f64, f64)) -> (f64, f64) {
        self.place_projected(equal_earth(point))
    }

    fn place_projected(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.left + (x - self.corner.0) * self.scale, self.top + (y - self.corner.1) * self.scale)
    }

    fn centre(&self, country: Country, topology: &Topology) -> Option<(f64, f64)> {
        Some(self.place(topology.place(country)?.centre))
    }

    fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..self.left + self.width).contains(&x) && (self.top..self.top + self.height).contains(&y)
    }
}

fn is_in_inset(country: Country, topology: &Topology) -> bool {
    INSET.centre(country, topology).is_some_and(|at| INSET.holds(at))
}

fn frame(canvas: &mut Canvas, left: f64, top: f64, width: f64, height: f64) {
    canvas.push(format_args!(
        r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" fill="none" stroke="{INK}" stroke-width="1"/>"#
    ));
}

/// Countries, routes and hubs of one view. What the inset shows is not repeated on the world, but for the land.
fn scene(canvas: &mut Canvas, plot: &MapPlot, topology: &Topology, view: &View) {
    let View { id, left, top, width, height, .. } = view;
    canvas.push(format_args!(
        r#"<clipPath id="{id}"><rect x="{left}" y="{top}" width="{width}" height="{height}"/></clipPath>
<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{SEA}"/><g clip-path="url(#{id})">"#
    ));
    let hubs: BTreeMap<Country, bool> = plot.hubs.iter().copied().collect();
    let fill = |country: Option<Country>| match country {
        Some(country) if hubs.get(&country) == Some(&true) => STRONG,
        Some(country) if hubs.contains_key(&country) => CLAIMED,
        Some(country) if plot.origins.contains(&country) => "url(#hatch)",
        _ => LAND,
    };
    let mut drawn = Vec::new();
    for (country, rings) in topology.shapes() {
        let mut path = String::new();
        for ring in rings {
            let points: Vec<(f64, f64)> = ring.iter().map(|point| view.place(*point)).collect();
            if !overlaps(&points, view) {
                continue;
            }
            for (at, (x, y)) in points.iter().enumerate() {
                path.push_str(&format!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
            }
            path.push('Z');
        }
        drawn.extend(*country);
        if path.is_empty() {
            continue;
        }
        let fill = fill(*country);
        canvas.push(format_args!(
            r##"<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="#fff" stroke-width="0.6"/>"##
        ));
    }
    // Countries too small for an outline still have to be seen.
    let small = hubs.keys().chain(&plot.origins).filter(|country| !drawn.contains(country));
    for country in small {
        if let Some((x, y)) = view.centre(*country, topology) {
            let fill = if hubs.contains_key(country) { fill(Some(*country)) } else { MIDDLE };
            canvas.push(format_args!(
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="{fill}" stroke="{INK}" stroke-width="0.7"/>"#
            ));
        }
    }
    let is_inset = view.id == INSET.id;
    let inside = |country: &Country| is_in_inset(*country, topology);
    let mut routes: Vec<_> = plot.routes.iter().collect();
    routes.sort_by_key(|route| (std::cmp::Reverse(route.2), route.0, route.1));
    let shown = routes.iter().take(ROUTES_MAX).filter(|it| (inside(&it.0) && inside(&it.1)) == is_inset);
    for (from, to, events) in shown {
        if let (Some(from), Some(to)) = (view.centre(*from, topology), view.centre(*to, topology)) {
            route(canvas, from, to, *events);
        }
    }
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for (country, confirmed) in plot.hubs.iter().filter(|(hub, _)| inside(hub) == is_inset) {
        if let Some(at) = view.centre(*country, topology) {
            let free = free_place(at, &placed);
            if free != at {
                canvas.line(at, free, INK, 1.0, "");
            }
            placed.push(free);
            hub(canvas, free, *country, *confirmed);
        }
    }
    canvas.push(format_args!("</g>"));
}

/// Whether a ring may be seen in a view: their boxes meet.
fn overlaps(points: &[(f64, f64)], view: &View) -> bool {
    let range = |of: fn(&(f64, f64)) -> f64| {
        let all = points.iter().map(of);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let (x, y) = (range(|point| point.0), range(|point| point.1));
    x.1 >= view.left && x.0 <= view.left + view.width && y.1 >= view.top && y.0 <= view.top + view.height
}

/// The place nearest to `at` where a disc covers none of those that were placed: `at` itself, or on a ring
/// around it.
fn free_place(at: (f64, f64), placed: &[(f64, f64)]) -> (f64, f64) {
    let around = (1..=4).flat_map(|ring| {
        (0..12).map(move |step| {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 12.0).sin_cos();
            (at.0 - cos * APART * f64::from(ring), at.1 - sin * APART * f64::from(ring))
        })
    });
    let is_free =
        |it: &(f64, f64)| placed.iter().all(|other| (it.0 - other.0).hypot(it.1 - other.1) >= APART);
    std::iter::once(at).chain(around).find(is_free).unwrap_or(at)
}

fn hub(canvas: &mut Canvas, (x, y): (f64, f64), country: Country, confirmed: bool) {
    let (fill, text) = if confirmed { (INK, "#fff") } else { ("#fff", INK) };
    canvas.push(format_args!(
        r#"<circle cx="{x:.1}" cy="{y:.1}" r="{DISC}" fill="{fill}" stroke="{INK}" stroke-width="1.2"/>"#
    ));
    canvas.text((x, y + 3.2), 9.0, "middle", text, country.as_str());
}

/// An arc that rises to the side, wider for more events, with an arrow head short of the hub's disc.
fn route(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), events: u32) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 24.0 {
        return;
    }
    let side = if dx < 0.0 { -0.18 } else { 0.18 };
    let bend = ((from.0 + to.0) / 2.0 + dy * side, (from.1 + to.1) / 2.0 - dx * side);
    let (ex, ey) = (to.0 - bend.0, to.1 - bend.1);
    let end = ex.hypot(ey).max(1.0);
    let (ux, uy) = (ex / end, ey / end);
    let tip = (to.0 - ux * 10.0, to.1 - uy * 10.0);
    let base = (tip.0 - ux * 7.0, tip.1 - uy * 7.0);
    let width = 0.7 + 0.5 * f64::from(events).log2().max(0.0);
    canvas.push(format_args!(
        r#"<path d="M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}" fill="none" stroke="{INK}" stroke-opacity="0.65" stroke-width="{width:.1}"/>
<path d="M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z" fill="{INK}" fill-opacity="0.8"/>"#,
        from.0, from.1, bend.0, bend.1, base.0, base.1,
        tip.0, tip.1, base.0 - uy * 3.5, base.1 + ux * 3.5, base.0 + uy * 3.5, base.1 - ux * 3.5,
    ));
}

fn legend(canvas: &mut Canvas) {
    let y = 592.0;
    let entries = [
        (STRONG, "hub, confirmed: dark disc (3 events, 3 publishers)"),
        (CLAIMED, "hub, not confirmed: white disc"),
        ("url(#hatch)", "country of origin"),
    ];
    for (index, (fill, words)) in entries.into_iter().enumerate() {
        let x = [24.0, 430.0, 706.0][index];
        canvas.push(format_args!(
            r#"<rect x="{x}" y="{:.1}" width="22" height="14" fill="{fill}" stroke="{INK}" stroke-width="0.6"/>"#,
            y - 12.0
        ));
        canvas.text((x + 30.0, y), 14.0, "start", INK, words);
    }
    canvas.line((900.0, y - 5.0), (930.0, y - 5.0), INK, 2.0, "");
    canvas.text((938.0, y), 14.0, "start", INK, "route; wider: more events");
    let note = "Equal Earth projection. Outlines: Natural Earth, public domain; they take no position on status. \
                What the press wrote, not a census.";
    canvas.text((24.0, 622.0), 12.0, "start", QUIET, note);
}
