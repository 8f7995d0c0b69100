//! Countries where fraud centres staffed from abroad were found: what often came before captivity.

use std::collections::BTreeMap;

use forewarn_model::date::days_between;
use forewarn_model::{Country, Date, Incident, Variant};

use crate::config::Config;

/// When such findings became known, and when they were withdrawn, by country.
#[derive(Debug, Default)]
pub(crate) struct Precursors<'a> {
    found: BTreeMap<Country, Vec<Finding<'a>>>,
    days_max: i32,
}

#[derive(Debug)]
struct Finding<'a> {
    event: &'a str,
    known: Date,
    withdrawn: Option<Date>,
}

impl<'a> Precursors<'a> {
    /// The findings that bear on `variant`; they bear on the trend alone, not on the look-alikes themselves.
    pub(crate) fn new(incidents: &'a [Incident], variant: Variant, config: &Config) -> Self {
        let mut found: BTreeMap<Country, Vec<Finding<'a>>> = BTreeMap::new();
        let wanted = incidents.iter().filter(|incident| {
            let late = days_between(incident.happened.latest(), incident.known_from.latest());
            variant == Variant::ScamCentre
                && incident.variant == Variant::FraudNoCoercion
                && incident.origin.is_some()
                && incident.origin != incident.hub
                && late <= config.telling_days_max
        });
        for incident in wanted {
            if let Some(hub) = incident.hub {
                found.entry(hub).or_default().push(Finding {
                    event: &incident.event,
                    known: incident.known_from.latest(),
                    withdrawn: incident.retracted_on,
                });
            }
        }
        Self { found, days_max: config.precursor_days_max }
    }

    /// Whether one was known at the end of `day`, and not too long ago. A finding is no precursor of
    /// `event` if it tells of that event itself.
    pub(crate) fn known_in(&self, country: Country, day: Date, event: Option<&str>) -> bool {
        self.found.get(&country).into_iter().flatten().any(|finding| {
            finding.known <= day
                && days_between(finding.known, day) <= self.days_max
                && finding.withdrawn.is_none_or(|withdrawn| withdrawn > day)
                && event != Some(finding.event)
        })
    }
}
