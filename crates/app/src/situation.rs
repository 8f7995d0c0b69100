//! The situation in one view: what is known, what was raised, who recruits, what was issued.

pub mod overview;
pub mod world;

use forewarn_model::Date;

use crate::alarm::replay::Told;

/// Alarms by the last day of the month in which they were raised.
pub fn by_month(alarms: Vec<Told>) -> Vec<(Date, Vec<Told>)> {
    let mut months: Vec<(Date, Vec<Told>)> = Vec::new();
    for told in alarms {
        let last = told.alarm.raised_on.last_of_month();
        match months.last_mut() {
            Some((month, alarms)) if *month == last => alarms.push(told),
            _ => months.push((last, vec![told])),
        }
    }
    months
}
