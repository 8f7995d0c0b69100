//! Curves over months as the inside of an SVG. Numbers and years only: what has words stands in the page around it.

/// The size of the drawing; the style sheet stretches it.
pub(crate) const SIZE: (f64, f64) = (560.0, 220.0);

/// Room for the figures at the start and at the foot, and at the end and the top.
const ROOM: (f64, f64) = (72.0, 30.0);
const EDGE: (f64, f64) = (8.0, 10.0);

/// A curve: a value for each month, with a range where there is one.
pub(crate) struct Series {
    /// Its class: `s1`, `s2`, `s3`.
    pub(crate) class: &'static str,
    /// Lowest and highest value of each month. Where both are the same, a line; else an area.
    pub(crate) values: Vec<(f64, f64)>,
}

/// Draws curves over the same months; `years` are the labels of the first month of each year, by position.
/// `number` writes a figure of the axis.
pub(crate) fn curves(series: &[Series], years: &[(usize, i16)], number: impl Fn(u64) -> String) -> String {
    let months = series.iter().map(|one| one.values.len()).max().unwrap_or(0);
    let most = series.iter().flat_map(|one| &one.values).map(|(_, high)| *high).fold(1.0, f64::max);
    let top = ceiling(most);
    let (width, height) = (SIZE.0 - ROOM.0 - EDGE.0, SIZE.1 - ROOM.1 - EDGE.1);
    let x = |month: usize| ROOM.0 + width * month as f64 / months.saturating_sub(1).max(1) as f64;
    let y = |value: f64| EDGE.1 + height * (1.0 - value / top);
    let mut out = String::new();
    for step in 0..=2u32 {
        let value = top * f64::from(step) / 2.0;
        let at = y(value);
        out.push_str(&format!(
            "<path class=\"axis\" d=\"M{:.1} {at:.1}H{:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            ROOM.0,
            SIZE.0 - EDGE.0,
            ROOM.0 - 6.0,
            at + 4.0,
            number(value as u64),
        ));
    }
    // Not more labels than fit.
    let every = years.len().div_ceil(9).max(1);
    for (month, year) in years.iter().rev().step_by(every) {
        let at = x(*month);
        out.push_str(&format!(
            "<path class=\"axis\" d=\"M{at:.1} {:.1}v5\"/><text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{year}</text>",
            EDGE.1 + height,
            SIZE.1 - 6.0,
        ));
    }
    for one in series {
        let point = |(month, value): (usize, f64)| format!("{:.1} {:.1}", x(month), y(value));
        let low: Vec<String> = one.values.iter().enumerate().map(|(m, v)| point((m, v.0))).collect();
        let high: Vec<String> = one.values.iter().enumerate().map(|(m, v)| point((m, v.1))).collect();
        if one.values.iter().any(|(low, high)| low < high) {
            let back: Vec<&str> = low.iter().rev().map(String::as_str).collect();
            out.push_str(&format!(
                "<path class=\"area {0}\" d=\"M{1}L{2}Z\"/><path class=\"line {0}\" d=\"M{1}\"/><path class=\"line {0}\" d=\"M{3}\"/>",
                one.class,
                high.join("L"),
                back.join("L"),
                low.join("L"),
            ));
        } else if !one.values.is_empty() {
            out.push_str(&format!("<path class=\"line {}\" d=\"M{}\"/>", one.class, low.join("L")));
        }
    }
    out
}

/// The next number that is one, two, four, five or ten times a power of ten, so that its half is round too.
fn ceiling(value: f64) -> f64 {
    let value = value.max(2.0);
    let power = 10f64.powf(value.log10().floor());
    [1.0, 2.0, 4.0, 5.0, 10.0]
        .iter()
        .map(|times| times * power)
        .find(|round| *round >= value)
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, expected: f64) {
        assert_eq!(ceiling(value), expected, "{value}");
    }

    #[test]
    fn axes_end_at_round_numbers() {
        check(0.0, 2.0);
        check(2.0, 2.0);
        check(17.0, 20.0);
        check(66.0, 100.0);
        check(35_000.0, 40_000.0);
        check(100.0, 100.0);
    }

    #[test]
    fn draws_lines_and_ranges_and_survives_nothing() {
        let range = Series { class: "s1", values: vec![(0.0, 1.0), (1.0, 4.0)] };
        let line = Series { class: "s2", values: vec![(1.0, 1.0), (2.0, 2.0)] };
        let drawn = curves(&[range, line], &[(1, 2023)], |n| n.to_string());
        assert_eq!((drawn.matches("class=\"area").count(), drawn.matches("class=\"line").count()), (1, 3));
        assert!(drawn.contains(">2023<") && !drawn.contains("NaN"));
        assert!(!curves(&[], &[], |n| n.to_string()).contains("NaN"));
        let one = Series { class: "s1", values: vec![(3.0, 3.0)] };
        assert!(!curves(&[one], &[(0, 2023)], |n| n.to_string()).contains("NaN"));
    }
}
