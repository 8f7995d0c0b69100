//! What the watch would have said, day by day.

use forewarn_model::rights::Right;
use forewarn_model::{Alarm, Country, CountryNames, Date, Incident, Language};
use forewarn_watch::course::outline;
use forewarn_watch::{Config, as_of, replay, sentence};

use crate::situation::world::WATCHED;
use crate::{AppError, Context, Workspace};

/// An alarm with the sentence that tells it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The alarm.
    pub alarm: Alarm,
    /// For a reader in a hurry.
    pub sentence: String,
}

/// The incidents of the store, in order of the day from which they were known.
pub fn incidents(workspace: &Workspace, context: &Context) -> Result<Vec<Incident>, AppError> {
    context.require(Right::Look)?;
    Ok(workspace.store.incidents()?)
}

/// Every alarm on the day on which it sounds, until a day.
pub fn run(incidents: &[Incident], names: &CountryNames, config: &Config, until: Date) -> Vec<Told> {
    told(replay(incidents, config, until), incidents, names)
}

/// The alarms as they stand at the end of a day, from nothing that became known later.
pub fn at(incidents: &[Incident], names: &CountryNames, config: &Config, day: Date) -> Vec<Told> {
    told(as_of(incidents, config, day), incidents, names)
}

/// The last day on which something became known.
pub fn last_known(incidents: &[Incident]) -> Option<Date> {
    incidents.iter().map(|incident| incident.known_from.latest()).max()
}

/// Countries with coercion in scam centres, as known at the end of a day: where the centres are, and where
/// the people who are held come from. The same countries as on the desk's map.
pub fn reach(incidents: &[Incident], day: Date) -> (Vec<Country>, Vec<Country>) {
    let outline = outline(incidents, WATCHED, day);
    (outline.hubs, outline.origins)
}

fn told(alarms: Vec<Alarm>, incidents: &[Incident], names: &CountryNames) -> Vec<Told> {
    let tell = |alarm: Alarm| {
        let sentence = sentence(&alarm, incidents, names, Language::ENGLISH);
        Told { alarm, sentence }
    };
    alarms.into_iter().map(tell).collect()
}
