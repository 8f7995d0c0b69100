//! The bar chart of incidents over time, as fractions of its box.

use std::collections::BTreeMap;

use forewarn_model::Date;
use serde_json::{Value, json};

/// More bars than this cannot be told apart on a page.
const BARS_MAX: usize = 72;

/// Widths that a bar may stand for, in months.
const WIDTHS: &[i32] = &[1, 3, 12, 60];

/// More marks than this run into each other below the chart.
const TICKS_MAX: usize = 16;

/// The chart: bars (`x` and `w` of the width, `h` of the height), marks below it (`x`, `text`), and the
/// count at its top. Nothing if no day has a count.
pub(super) fn chart(days: &[(Date, u32)]) -> Option<Value> {
    let mut by_month: BTreeMap<i32, u64> = BTreeMap::new();
    for (day, count) in days.iter().filter(|(_, count)| *count > 0) {
        *by_month.entry(month_number(*day)).or_default() += u64::from(*count);
    }
    let (first, last) = (*by_month.keys().next()?, *by_month.keys().next_back()?);
    let bins = |width: &i32| {
        usize::try_from(last.div_euclid(*width) - first.div_euclid(*width)).unwrap_or(usize::MAX)
    };
    let width = WIDTHS.iter().copied().find(|width| bins(width) < BARS_MAX).unwrap_or(12 * 1_000);
    let start = first.div_euclid(width);
    let total = usize::try_from(last.div_euclid(width) - start + 1).unwrap_or(1);

    let mut counts = vec![0_u64; total];
    for (month, count) in &by_month {
        let bin = usize::try_from(month.div_euclid(width) - start).unwrap_or(0);
        counts[bin] += count;
    }
    let top = round_up(counts.iter().copied().max().unwrap_or(1));
    let step = 1.0 / total as f64;
    let at = |bin: usize| rounded(bin as f64 * step);
    let bars: Vec<Value> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(bin, count)| {
            let height = rounded(*count as f64 / top as f64);
            json!({ "x": at(bin), "w": rounded(step * 0.8), "h": height })
        })
        .collect();
    let months: Vec<i32> = (start..).map(|bin| bin * width).take(total).collect();
    let ticks: Vec<Value> =
        ticks(&months).into_iter().map(|(bin, text)| json!({ "x": at(bin), "text": text })).collect();
    Some(json!({ "bars": bars, "ticks": ticks, "top": top }))
}

/// Marks below the bars, which start at these months: years where the chart spans several, else months.
fn ticks(months: &[i32]) -> Vec<(usize, String)> {
    let year = |month: i32| month.div_euclid(12);
    let starts_year = |&bin: &usize| bin == 0 || year(months[bin]) != year(months[bin - 1]);
    let mut marks: Vec<(usize, String)> =
        (0..months.len()).filter(starts_year).map(|bin| (bin, year(months[bin]).to_string())).collect();
    if marks.len() <= 2 {
        let name = |month: i32| format!("{:04}-{:02}", year(month), month.rem_euclid(12) + 1);
        marks = months.iter().enumerate().map(|(bin, month)| (bin, name(*month))).collect();
    } else if marks[1].0 < 3 && months.len() > 24 {
        // The rest of a year that has hardly begun would print its number over that of the next one.
        marks.remove(0);
    }
    let every = marks.len().div_ceil(TICKS_MAX).max(1);
    marks.into_iter().step_by(every).collect()
}

/// Months since the year 0.
fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The next of 1, 2, 5, 10, 20, 50, … that is not smaller.
fn round_up(count: u64) -> u64 {
    let powers = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    steps.find(|step| *step >= count).unwrap_or(u64::MAX)
}

/// Four decimals are finer than any printer.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(rows: &[(&str, u32)]) -> Vec<(Date, u32)> {
        rows.iter().map(|(day, count)| (day.parse().unwrap(), *count)).collect()
    }

    #[track_caller]
    fn check(rows: &[(&str, u32)], bars: usize, top: u64, ticks: &[&str]) {
        let chart = chart(&days(rows)).unwrap();
        let shown: Vec<&str> =
            chart["ticks"].as_array().unwrap().iter().filter_map(|tick| tick["text"].as_str()).collect();
        assert_eq!(
            (chart["bars"].as_array().unwrap().len(), &chart["top"], shown.as_slice()),
            (bars, &json!(top), ticks)
        );
    }

    #[test]
    fn bars_are_months_quarters_or_years() {
        check(&[("2023-06-07", 3)], 1, 5, &["2023-06"]);
        check(
            &[("2023-06-07", 3), ("2023-08-01", 1), ("2023-06-30", 9)],
            2,
            20,
            &["2023-06", "2023-07", "2023-08"],
        );
        check(&[("2019-05-01", 1), ("2021-01-01", 1)], 2, 1, &["2019", "2020", "2021"]);
        check(
            &[("2010-01-01", 1), ("2010-02-01", 1), ("2020-01-01", 7)],
            2,
            10,
            &["2010", "2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020"],
        );
    }

    #[test]
    fn nothing_to_count_is_no_chart() {
        assert_eq!(chart(&[]), None);
        assert_eq!(chart(&days(&[("2023-06-07", 0)])), None);
    }

    proptest! {
        #[test]
        fn every_bar_stands_in_the_box(
            rows in prop::collection::vec((-9999_i16..=9999, 1_i8..=12, 0_u32..), 1..20),
        ) {
            let days: Vec<(Date, u32)> =
                rows.iter().map(|(year, month, count)| (Date::constant(*year, *month, 1), *count)).collect();
            if let Some(chart) = chart(&days) {
                let bars = chart["bars"].as_array().unwrap();
                prop_assert!(bars.len() <= 1 + BARS_MAX);
                for bar in bars {
                    let [x, w, h] = ["x", "w", "h"].map(|name| bar[name].as_f64().unwrap());
                    prop_assert!(x >= 0.0 && x + w <= 1.001 && (0.0..=1.0).contains(&h));
                }
                prop_assert!(chart["ticks"].as_array().unwrap().len() <= TICKS_MAX);
            }
        }
    }
}
