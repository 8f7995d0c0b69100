//! The figures of the trend, over time.

use forewarn_model::{Date, Incident, Variant};
use forewarn_watch::trend::{Figures, series};

/// How many days are between two points of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The end of each month.
    Month,
    /// The end of each quarter.
    Quarter,
    /// The end of each year.
    Year,
}

/// The figures at the end of each step from the first incident on, and at `as_of`; each from nothing that
/// became known later.
pub fn run(incidents: &[Incident], variant: Variant, as_of: Date, step: Step) -> Vec<Figures> {
    let first = incidents.iter().map(|incident| incident.known_from.latest()).min().unwrap_or(as_of);
    series(incidents, variant, &ends(first, as_of, step))
}

/// The ends of the steps from the one that holds `first` until `last`, and `last`.
pub(crate) fn ends(first: Date, last: Date, step: Step) -> Vec<Date> {
    let is_end = |date: &Date| match step {
        Step::Month => true,
        Step::Quarter => date.month() % 3 == 0,
        Step::Year => date.month() == 12,
    };
    let months = std::iter::successors(Some(first.last_of_month()), |end| {
        end.tomorrow().ok().map(|day| day.last_of_month())
    });
    let mut ends: Vec<Date> = months.take_while(|end| *end < last).filter(is_end).collect();
    ends.push(last);
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &str, last: &str, step: Step, expected: &str) {
        let ends = ends(first.parse().unwrap(), last.parse().unwrap(), step);
        assert_eq!(ends.iter().map(Date::to_string).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn ends_steps_with_the_calendar_and_with_the_day_asked_for() {
        check("2022-11-05", "2023-02-10", Step::Month, "2022-11-30 2022-12-31 2023-01-31 2023-02-10");
        check("2022-11-05", "2023-03-31", Step::Quarter, "2022-12-31 2023-03-31");
        check("2018-01-18", "2020-06-01", Step::Year, "2018-12-31 2019-12-31 2020-06-01");
        check("2024-01-01", "2023-01-01", Step::Year, "2023-01-01");
    }
}
