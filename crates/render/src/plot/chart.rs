//! Charts over time: rows, bars, lines.

use forewarn_model::Date;
use forewarn_model::date::{add_days, days_between};

use super::{Canvas, CurvePlot, EpidemicPlot, GRID, INK, MIDDLE, QUIET, STRONG, TimelinePlot};

const WIDTH: f64 = 1_200.0;
const HEIGHT: f64 = 560.0;
/// How three layers or lines look: fill, and dash of the line.
const LOOKS: [(&str, &str); 3] = [(STRONG, ""), ("url(#hatch)", "7 4"), ("#d9d4c7", "2 3")];
const STROKES: [&str; 3] = [STRONG, MIDDLE, INK];
/// Rows that a timeline shows at most; the rest is told in a line.
const ROWS_MAX: usize = 60;

/// Days along a width.
struct Axis {
    first: Date,
    days: f64,
    left: f64,
    right: f64,
}

impl Axis {
    fn new(first: Date, last: Date, left: f64) -> Self {
        let days = f64::from(days_between(first, last)).max(1.0);
        Self { first, days, left, right: WIDTH - 30.0 }
    }

    fn x(&self, day: Date) -> f64 {
        let part = f64::from(days_between(self.first, day)) / self.days;
        self.left + part.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// A line and a number for the beginning of each year.
    fn years(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        let last = add_days(self.first, self.days as i32);
        let years = i32::from(last.year()) - i32::from(self.first.year());
        let step = (years / 15 + 1) as usize;
        for year in (self.first.year()..=last.year()).step_by(step) {
            let Ok(day) = Date::new(year, 1, 1) else { continue };
            if day < self.first {
                continue;
            }
            let x = self.x(day);
            canvas.line((x, top), (x, bottom), GRID, 1.0, "");
            canvas.text((x, bottom + 18.0), 13.0, "middle", QUIET, &year.to_string());
        }
    }
}

/// A round step so that about five lines lie below `most`.
fn step(most: f64) -> f64 {
    let rough = (most / 5.0).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|n| *n >= rough).unwrap_or(rough)
}

/// Lines and numbers from 0 to at least `most`; the scale in units a number.
fn heights(canvas: &mut Canvas, most: f64, left: f64, top: f64, bottom: f64) -> f64 {
    let step = step(most);
    let lines = (most / step).ceil().max(1.0);
    let scale = (bottom - top) / (lines * step);
    for line in 0..=lines as usize {
        let (value, y) = (line as f64 * step, bottom - line as f64 * step * scale);
        canvas.line((left, y), (WIDTH - 30.0, y), GRID, 1.0, "");
        canvas.text((left - 8.0, y + 4.5), 13.0, "end", QUIET, &format!("{value:.0}"));
    }
    scale
}

pub(super) fn timeline(plot: &TimelinePlot) -> String {
    let rows = &plot.rows[..plot.rows.len().min(ROWS_MAX)];
    let (top, pitch) = (96.0, 22.0);
    let bottom = top + pitch * rows.len().max(1) as f64;
    let mut canvas = Canvas::new(WIDTH, bottom + 60.0);
    canvas.line((24.0, 62.0), (64.0, 62.0), QUIET, 3.0, "");
    canvas.text((72.0, 66.5), 13.0, "start", INK, "from the first report to the alarm");
    marker(&mut canvas, (320.0, 62.0), true);
    canvas.text((334.0, 66.5), 13.0, "start", INK, "alarm on a hub country");
    marker(&mut canvas, (520.0, 62.0), false);
    canvas.text((534.0, 66.5), 13.0, "start", INK, "alarm on a region or an origin");
    let first = rows.iter().map(|row| row.first_known).min().unwrap_or(plot.until);
    let axis = Axis::new(Date::new(first.year(), 1, 1).unwrap_or(first), plot.until, 270.0);
    axis.years(&mut canvas, top - 6.0, bottom);
    for (index, row) in rows.iter().enumerate() {
        let y = top + pitch * (index as f64 + 0.5);
        let (from, to) = (axis.x(row.first_known), axis.x(row.raised_on));
        canvas.text((258.0, y + 4.5), 13.0, "end", INK, &row.name);
        canvas.line((from, y), (to, y), QUIET, 3.0, "");
        canvas.line((from, y - 5.0), (from, y + 5.0), QUIET, 1.5, "");
        marker(&mut canvas, (to, y), row.is_hub);
        let label = row.raised_on.to_string();
        let (x, anchor) =
            if to > WIDTH - 130.0 { (from.min(to) - 12.0, "end") } else { (to + 12.0, "start") };
        canvas.text((x, y + 4.0), 11.0, anchor, QUIET, &label);
    }
    if plot.rows.len() > rows.len() {
        let more = format!("and {} more", plot.rows.len() - rows.len());
        canvas.text((24.0, bottom + 44.0), 13.0, "start", QUIET, &more);
    }
    canvas.finish(&plot.title, &plot.description)
}

fn marker(canvas: &mut Canvas, (x, y): (f64, f64), filled: bool) {
    let fill = if filled { STRONG } else { "#fff" };
    canvas.push(format_args!(
        r#"<circle cx="{x:.1}" cy="{y:.1}" r="6" fill="{fill}" stroke="{INK}" stroke-width="1.4"/>"#
    ));
}

pub(super) fn epidemic(plot: &EpidemicPlot) -> String {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let (left, top, bottom) = (70.0, 96.0, HEIGHT - 50.0);
    legend(&mut canvas, &plot.layers, true);
    let most = plot.months.iter().map(|month| month.1.iter().sum::<u32>()).max().unwrap_or(0);
    let scale = heights(&mut canvas, f64::from(most), left, top, bottom);
    let (Some(first), Some(last)) = (plot.months.first(), plot.months.last()) else {
        return canvas.finish(&plot.title, &plot.description);
    };
    let axis = Axis::new(first.0.first_of_month(), add_days(last.0, 1), left);
    axis.years(&mut canvas, top, bottom);
    for (month, counts) in &plot.months {
        let (from, to) = (axis.x(month.first_of_month()), axis.x(add_days(*month, 1)));
        let mut y = bottom;
        for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let height = f64::from(*count) * scale;
            y -= height;
            let fill = LOOKS[index % LOOKS.len()].0;
            canvas.push(format_args!(
                r#"<rect x="{:.1}" y="{y:.1}" width="{:.1}" height="{height:.1}" fill="{fill}" stroke="{INK}" stroke-width="0.5"/>"#,
                from + 0.5, (to - from - 1.0).max(0.5)
            ));
        }
    }
    canvas.finish(&plot.title, &plot.description)
}

pub(super) fn curve(plot: &CurvePlot) -> String {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let (left, top, bottom) = (70.0, 96.0, HEIGHT - 50.0);
    let names: Vec<String> = plot.lines.iter().map(|line| line.name.clone()).collect();
    legend(&mut canvas, &names, false);
    canvas.text((24.0, top - 8.0), 13.0, "start", QUIET, &plot.axis);
    let points = || plot.lines.iter().flat_map(|line| &line.points);
    // A band that says little must not flatten what the lines say.
    let most = points().map(|point| point.1).fold(0.0, f64::max);
    let most = points().map(|point| point.3.min(1.5 * most)).fold(most, f64::max);
    let scale = heights(&mut canvas, most, left, top, bottom);
    let (Some(first), Some(last)) = (points().map(|p| p.0).min(), points().map(|p| p.0).max()) else {
        return canvas.finish(&plot.title, &plot.description);
    };
    let axis = Axis::new(first, last, left);
    axis.years(&mut canvas, top, bottom);
    let y = |value: f64| (bottom - value * scale).max(top);
    for (index, line) in plot.lines.iter().enumerate() {
        let stroke = STROKES[index % STROKES.len()];
        let dash = LOOKS[index % LOOKS.len()].1;
        let lower = line.points.iter().map(|p| (axis.x(p.0), y(p.2)));
        let upper = line.points.iter().rev().map(|p| (axis.x(p.0), y(p.3)));
        canvas.push(format_args!(
            r#"<polygon points="{}" fill="{stroke}" fill-opacity="0.13"/>"#,
            joined(lower.chain(upper))
        ));
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        canvas.push(format_args!(
            r#"<polyline points="{}" fill="none" stroke="{stroke}" stroke-width="2.5"{dash}/>"#,
            joined(line.points.iter().map(|p| (axis.x(p.0), y(p.1))))
        ));
    }
    canvas.finish(&plot.title, &plot.description)
}

fn joined(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

/// What the layers or lines are, above the plot.
fn legend(canvas: &mut Canvas, names: &[String], bars: bool) {
    let mut x = 24.0;
    for (index, name) in names.iter().enumerate() {
        let (fill, dash) = LOOKS[index % LOOKS.len()];
        if bars {
            canvas.push(format_args!(
                r#"<rect x="{x:.1}" y="54" width="22" height="14" fill="{fill}" stroke="{INK}" stroke-width="0.6"/>"#
            ));
        } else {
            canvas.line((x, 61.0), (x + 30.0, 61.0), STROKES[index % STROKES.len()], 2.5, dash);
        }
        canvas.text((x + 38.0, 66.0), 13.5, "start", INK, name);
        x += 60.0 + 7.6 * name.chars().count() as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(most: f64, expected: f64) {
        assert_eq!(step(most), expected, "{most}");
    }

    #[test]
    fn steps_are_round() {
        check(0.0, 1.0);
        check(4.0, 1.0);
        check(31.0, 10.0);
        check(73.0, 20.0);
        check(2_400.0, 500.0);
    }
}
