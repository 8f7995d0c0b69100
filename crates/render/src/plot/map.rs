//! The map of hubs, origins and routes as of a day, on the whole inhabited world.

use std::collections::BTreeMap;

use forewarn_model::Country;

use super::{Canvas, INK, MIDDLE, MapPlot, QUIET, STRONG};
use crate::pdf::map::equal_earth;
use crate::pdf::topology::Topology;

const SIZE: (f64, f64) = (1_200.0, 640.0);
/// The frame of the world: left, top, width, height.
const FRAME: (f64, f64, f64, f64) = (20.0, 50.0, 1_160.0, 510.0);
/// The inhabited world in the projection: west, north, east, south.
const WORLD: [f64; 4] = [-2.7, -1.32, 2.7, 1.06];
/// Routes that are drawn at most: the ones with most events.
const ROUTES_MAX: usize = 60;

const SEA: &str = "#f3f6f8";
const LAND: &str = "#e2ded6";
const CLAIMED: &str = "#e0a27c";

pub(super) fn draw(plot: &MapPlot, topology: &Topology) -> String {
    let mut canvas = Canvas::new(SIZE.0, SIZE.1);
    let (left, top, width, height) = FRAME;
    canvas.push(format_args!(
        r#"<clipPath id="frame"><rect x="{left}" y="{top}" width="{width}" height="{height}"/></clipPath>
<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{SEA}"/><g clip-path="url(#frame)">"#
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
            for (at, point) in ring.iter().enumerate() {
                let (x, y) = place(*point);
                path.push_str(&format!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
            }
            path.push('Z');
        }
        drawn.extend(*country);
        let fill = fill(*country);
        canvas.push(format_args!(
            r##"<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="#fff" stroke-width="0.6"/>"##
        ));
    }
    // Countries too small for an outline still have to be seen.
    let small = hubs.keys().chain(&plot.origins).filter(|country| !drawn.contains(country));
    for country in small {
        if let Some((x, y)) = centre(*country, topology) {
            let fill = if hubs.contains_key(country) { fill(Some(*country)) } else { MIDDLE };
            canvas.push(format_args!(
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="{fill}" stroke="{INK}" stroke-width="0.7"/>"#
            ));
        }
    }
    let mut routes: Vec<_> = plot.routes.iter().collect();
    routes.sort_by_key(|route| (std::cmp::Reverse(route.2), route.0, route.1));
    for (from, to, events) in routes.iter().take(ROUTES_MAX) {
        if let (Some(from), Some(to)) = (centre(*from, topology), centre(*to, topology)) {
            route(&mut canvas, from, to, *events);
        }
    }
    for (country, confirmed) in &plot.hubs {
        if let Some((x, y)) = centre(*country, topology) {
            let (fill, text) = if *confirmed { (INK, "#fff") } else { ("#fff", INK) };
            canvas.push(format_args!(
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="9" fill="{fill}" stroke="{INK}" stroke-width="1.2"/>"#
            ));
            canvas.text((x, y + 3.2), 9.0, "middle", text, country.as_str());
        }
    }
    canvas.push(format_args!("</g>"));
    legend(&mut canvas);
    canvas.finish(&plot.title, &plot.description)
}

fn place(point: (f64, f64)) -> (f64, f64) {
    let (x, y) = equal_earth(point);
    let (left, top, width, _) = FRAME;
    let scale = width / (WORLD[2] - WORLD[0]);
    (left + (x - WORLD[0]) * scale, top + (y - WORLD[1]) * scale)
}

fn centre(country: Country, topology: &Topology) -> Option<(f64, f64)> {
    Some(place(topology.place(country)?.centre))
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
        (STRONG, "hub, confirmed (3 events, 3 publishers)"),
        (CLAIMED, "hub, reported, not confirmed"),
        ("url(#hatch)", "country of origin"),
    ];
    for (index, (fill, words)) in entries.into_iter().enumerate() {
        let x = 24.0 + 330.0 * index as f64;
        canvas.push(format_args!(
            r#"<rect x="{x}" y="{:.1}" width="22" height="14" fill="{fill}" stroke="{INK}" stroke-width="0.6"/>"#,
            y - 12.0
        ));
        canvas.text((x + 30.0, y), 14.0, "start", INK, words);
    }
    canvas.line((884.0, y - 5.0), (914.0, y - 5.0), INK, 2.0, "");
    canvas.text((922.0, y), 14.0, "start", INK, "route; wider: more events");
    let note = "Equal Earth projection. Outlines: Natural Earth, public domain; they take no position on status. \
                What the press wrote, not a census.";
    canvas.text((24.0, 622.0), 12.0, "start", QUIET, note);
}
