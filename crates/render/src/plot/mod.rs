//! Plots as SVG files: the map of a day, the timeline of first appearances, the epidemic curve, the curve of
//! diversity.
//!
//! They stand here, beside the map of the notice, because outlines and projection do; numbers come in as they
//! are and nothing is computed but where they go. Colours are of the palette of Okabe and Ito (2008), told
//! apart also by lightness, hatching or shape, so that each plot reads in black and white. Each has a title and
//! a description for screen readers (SVG 2, section 5.7; WAI-ARIA role `img`).

mod chart;
mod map;

use std::fmt::Write as _;

use forewarn_model::{Country, Date};

use crate::RenderError;
use crate::pdf::topology::Topology;

const INK: &str = "#1b1b1b";
const QUIET: &str = "#6b6b6b";
const GRID: &str = "#d9d9d9";
/// Vermilion: dark in grey.
const STRONG: &str = "#b84300";
/// Blue: of middle tone in grey.
const MIDDLE: &str = "#4f8fc0";

/// What the map shows.
#[derive(Debug, Clone, Default)]
pub struct MapPlot {
    /// Title and description for people who cannot see it; the title stands on it too.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Hub countries, and whether each is confirmed.
    pub hubs: Vec<(Country, bool)>,
    /// Countries of origin.
    pub origins: Vec<Country>,
    /// Routes and the number of events on each.
    pub routes: Vec<(Country, Country, u32)>,
}

/// A row of the timeline: a subject from the day on which it was first known to the day of its alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// What it is, for a reader.
    pub name: String,
    /// The day from which its first incident was known.
    pub first_known: Date,
    /// The day of the alarm.
    pub raised_on: Date,
    /// Hubs are drawn filled, the rest hollow.
    pub is_hub: bool,
}

/// What the timeline shows.
#[derive(Debug, Clone)]
pub struct TimelinePlot {
    /// See [`MapPlot`].
    pub title: String,
    /// See [`MapPlot`].
    pub description: String,
    /// The rows, first appearance first.
    pub rows: Vec<Appearance>,
    /// The last day.
    pub until: Date,
}

/// A month and its bars, from the bottom up.
pub type Month = (Date, Vec<u32>);

/// What the epidemic curve shows.
#[derive(Debug, Clone)]
pub struct EpidemicPlot {
    /// See [`MapPlot`].
    pub title: String,
    /// See [`MapPlot`].
    pub description: String,
    /// What each layer is, from the bottom up; three are told apart.
    pub layers: Vec<String>,
    /// The months, each with as many numbers as there are layers.
    pub months: Vec<Month>,
}

/// A line with its band.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// Day, value, lower and upper end.
    pub points: Vec<(Date, f64, f64, f64)>,
}

/// What the curve of diversity shows.
#[derive(Debug, Clone)]
pub struct CurvePlot {
    /// See [`MapPlot`].
    pub title: String,
    /// See [`MapPlot`].
    pub description: String,
    /// What is counted.
    pub axis: String,
    /// The lines; three are told apart.
    pub lines: Vec<Line>,
}

/// The map.
pub fn map_plot(plot: &MapPlot) -> Result<String, RenderError> {
    Ok(map::draw(plot, &Topology::builtin()?))
}

/// The timeline.
pub fn timeline_plot(plot: &TimelinePlot) -> String {
    chart::timeline(plot)
}

/// The epidemic curve.
pub fn epidemic_plot(plot: &EpidemicPlot) -> String {
    chart::epidemic(plot)
}

/// The curve of diversity.
pub fn curve_plot(plot: &CurvePlot) -> String {
    chart::curve(plot)
}

/// A drawing that is being made.
struct Canvas {
    body: String,
    width: f64,
    height: f64,
}

impl Canvas {
    fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), width, height }
    }

    fn push(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(arguments);
        self.body.push('\n');
    }

    fn text(&mut self, (x, y): (f64, f64), size: f64, anchor: &str, fill: &str, text: &str) {
        let text = escaped(text);
        self.push(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{text}</text>"#
        ));
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        self.push(format_args!(
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{stroke}" stroke-width="{width}"{dash}/>"#,
            from.0, from.1, to.0, to.1
        ));
    }

    /// The finished file.
    fn finish(self, title: &str, description: &str) -> String {
        let Self { body, width, height } = self;
        let (title, description) = (escaped(title), escaped(description));
        format!(
            r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc" font-family="'Noto Sans', 'DejaVu Sans', Arial, sans-serif">
<title id="title">{title}</title>
<desc id="desc">{description}</desc>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="2.5" height="6" fill="{MIDDLE}"/></pattern></defs>
<rect width="{width}" height="{height}" fill="#fff"/>
<text x="24" y="34" font-size="18" font-weight="bold" fill="{INK}">{title}</text>
{body}</svg>
"##
        )
    }
}

/// Text for XML: markup and characters that XML 1.0 does not have are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Well-formed, named and described, and nothing in it that is not a number.
    #[track_caller]
    fn check(svg: &str, expected: &[&str]) {
        let mut reader = quick_xml::Reader::from_str(svg);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) => {
                    names.push(tag.name().as_ref().to_owned());
                }
                _ => {}
            }
        }
        assert!(names.contains(&"title".to_owned()) && names.contains(&"desc".to_owned()));
        for words in expected {
            assert!(svg.contains(words), "{words:?} is not in {svg}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
    }

    #[test]
    fn draws_every_plot_even_of_nothing() {
        let (title, description) = ("<Hubs> & \"routes\"".to_owned(), "As known\u{1}".to_owned());
        let country = |code: &str| code.parse::<Country>().unwrap();
        for full in [false, true] {
            let hubs = if full { vec![(country("KH"), true), (country("SG"), false)] } else { vec![] };
            let routes = if full { vec![(country("TW"), country("KH"), 9)] } else { vec![] };
            let origins = if full { vec![country("TW"), country("MT")] } else { vec![] };
            let plot =
                MapPlot { title: title.clone(), description: description.clone(), hubs, origins, routes };
            check(&map_plot(&plot).unwrap(), &["&lt;Hubs&gt; &amp; &quot;routes&quot;", "confirmed"]);
            let rows = Appearance {
                name: "Cambodia <".into(),
                first_known: day("2019-02-28"),
                raised_on: day("2020-01-01"),
                is_hub: true,
            };
            let timeline = TimelinePlot {
                title: title.clone(),
                description: description.clone(),
                rows: if full { vec![rows] } else { vec![] },
                until: day("2024-12-31"),
            };
            check(&timeline_plot(&timeline), if full { &["Cambodia &lt;", "2019"] } else { &[] });
            let epidemic = EpidemicPlot {
                title: title.clone(),
                description: description.clone(),
                layers: vec!["raids".into(), "reports".into()],
                months: if full {
                    vec![(day("2023-01-31"), vec![3, 4]), (day("2023-02-28"), vec![0, 0])]
                } else {
                    vec![]
                },
            };
            check(&epidemic_plot(&epidemic), &["raids"]);
            let points = if full {
                vec![(day("2022-12-31"), 10.0, 5.0, 15.0), (day("2023-12-31"), 12.0, 9.0, 15.0)]
            } else {
                vec![]
            };
            let curve = CurvePlot {
                title: title.clone(),
                description: description.clone(),
                axis: "countries".into(),
                lines: vec![Line { name: "order 1".into(), points }],
            };
            check(&curve_plot(&curve), &["order 1"]);
        }
    }
}
