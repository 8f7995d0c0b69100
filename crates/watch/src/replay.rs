//! The walk through the days: every alarm on the day on which it sounds, and the ranking as of a day.
//!
//! Nothing here looks ahead: each day is judged from the reports known by its end. What a day is judged by
//! is in `world`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Alarm, Country, Date, Incident, Variant};

use crate::config::Config;
use crate::precursor::Precursors;
use crate::report;
use crate::world::{Hearing, Sounded, World};

/// Every alarm that sounds until the end of `until`, on the day on which it sounds, with its score on that
/// day: in order of day, then score descending, then kind, then subject.
///
/// Each variant of `config` is walked through apart. An alarm stays in the list when a report behind it is
/// withdrawn later: it did sound.
pub fn replay(incidents: &[Incident], config: &Config, until: Date) -> Vec<Alarm> {
    let mut alarms: Vec<Alarm> =
        walk(incidents, config, until).into_iter().map(|sounded| sounded.alarm).collect();
    alarms.sort_by(|a, b| a.raised_on.cmp(&b.raised_on).then_with(|| by_score(a, b)));
    alarms
}

/// The alarms that had sounded by the end of `day`, from nothing that became known later, with their scores
/// as of that day: the ranking, highest score first, then kind, subject, and day. Where all that an alarm
/// rested on was withdrawn by then, its score is 0.
pub fn as_of(incidents: &[Incident], config: &Config, day: Date) -> Vec<Alarm> {
    let rescored = |sounded: Sounded| Alarm { score: sounded.score_at_end, ..sounded.alarm };
    let mut alarms: Vec<Alarm> = walk(incidents, config, day).into_iter().map(rescored).collect();
    alarms.sort_by(|a, b| by_score(a, b).then_with(|| a.raised_on.cmp(&b.raised_on)));
    alarms
}

/// How near to an alarm each hub came: the day on which it was heard strongest, up to its alarm if it has one.
pub(crate) fn hearings(incidents: &[Incident], config: &Config, until: Date) -> BTreeMap<Country, Hearing> {
    let reports = report::prepare(incidents, Variant::ScamCentre, config, until);
    let precursors = Precursors::new(incidents, Variant::ScamCentre, config);
    World::new(config, Variant::ScamCentre, &reports, precursors).walk(until).1
}

fn walk(incidents: &[Incident], config: &Config, until: Date) -> Vec<Sounded> {
    let variants: BTreeSet<Variant> = config.variants.iter().copied().collect();
    let of_variant = |variant| {
        let reports = report::prepare(incidents, variant, config, until);
        let precursors = Precursors::new(incidents, variant, config);
        World::new(config, variant, &reports, precursors).walk(until).0
    };
    variants.into_iter().flat_map(of_variant).collect()
}

fn by_score(a: &Alarm, b: &Alarm) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| a.kind.cmp(&b.kind))
        .then_with(|| a.subject.cmp(&b.subject))
        .then_with(|| a.variant.cmp(&b.variant))
}
