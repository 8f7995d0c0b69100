//! The watch as it stands on a day, kept as long as no incident changes: a page must not replay the world.
//!
//! What is kept is bounded, and never older than the store: each question asks for the version of the
//! incidents first. While one caller replays, the others wait for that replay and share it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use forewarn_model::{Alarm, AlarmId, Date, Incident, IncidentId};
use forewarn_store::IncidentVersion;
use forewarn_watch::{Config, as_of};

use crate::{AppError, Workspace};

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For how many days.
    pub days_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { days_count_max: 8 }
    }
}

/// The incidents of the store with an index, in order of the day from which they were known.
#[derive(Debug, Default)]
pub struct Known {
    incidents: Vec<Incident>,
    by_id: BTreeMap<IncidentId, usize>,
}

impl Known {
    fn new(incidents: Vec<Incident>) -> Self {
        let by_id = incidents.iter().enumerate().map(|(at, incident)| (incident.id, at)).collect();
        Self { incidents, by_id }
    }

    /// All of them.
    pub fn all(&self) -> &[Incident] {
        &self.incidents
    }

    /// One of them.
    pub fn get(&self, id: &IncidentId) -> Option<&Incident> {
        self.by_id.get(id).map(|at| &self.incidents[*at])
    }
}

/// What the watch says at the end of a day, from nothing that became known later.
#[derive(Debug)]
pub struct Heard {
    /// The day.
    pub day: Date,
    /// The incidents of the store; also those that became known later.
    pub known: Arc<Known>,
    /// Every time that an alarm sounded, by its id, in order of day, with the score as of the day.
    pub soundings: BTreeMap<AlarmId, Vec<Alarm>>,
}

impl Heard {
    /// The last sounding of each alarm, in order of id.
    pub fn latest(&self) -> impl Iterator<Item = &Alarm> {
        self.soundings.values().filter_map(|soundings| soundings.last())
    }

    /// The incidents behind an alarm, in its order.
    pub fn behind(&self, alarm: &Alarm) -> Vec<Incident> {
        alarm.incidents.iter().filter_map(|id| self.known.get(id)).cloned().collect()
    }
}

#[derive(Debug, Default)]
struct Kept {
    version: Option<IncidentVersion>,
    known: Arc<Known>,
    /// The one that was asked for last is the last.
    heard: VecDeque<Arc<Heard>>,
}

/// Keeps what the watch heard. One of it serves all requests.
#[derive(Debug, Default)]
pub struct Cache {
    config: Config,
    limits: Limits,
    kept: Mutex<Kept>,
}

impl Cache {
    /// An empty one for one configuration of the watch.
    pub fn new(config: Config, limits: Limits) -> Self {
        Self { config, limits, kept: Mutex::default() }
    }

    /// The incidents.
    pub fn known(&self, workspace: &Workspace) -> Result<Arc<Known>, AppError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.refresh(workspace)?;
        Ok(Arc::clone(&kept.known))
    }

    /// What the watch says at the end of a day.
    pub fn at(&self, workspace: &Workspace, day: Date) -> Result<Arc<Heard>, AppError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.refresh(workspace)?;
        let heard = match kept.heard.iter().position(|heard| heard.day == day) {
            Some(at) => kept.heard.remove(at),
            None => None,
        };
        let heard = heard.unwrap_or_else(|| Arc::new(hear(Arc::clone(&kept.known), &self.config, day)));
        while kept.heard.len() >= self.limits.days_count_max.max(1) {
            kept.heard.pop_front();
        }
        kept.heard.push_back(Arc::clone(&heard));
        Ok(heard)
    }
}

impl Kept {
    fn refresh(&mut self, workspace: &Workspace) -> Result<(), AppError> {
        let version = workspace.store.incident_version()?;
        if self.version != Some(version) {
            // If more is added in between, the version is the older one, and all is read again next time.
            let known = Arc::new(Known::new(workspace.store.incidents()?));
            *self = Self { version: Some(version), known, heard: VecDeque::new() };
        }
        Ok(())
    }
}

fn hear(known: Arc<Known>, config: &Config, day: Date) -> Heard {
    let mut soundings: BTreeMap<AlarmId, Vec<Alarm>> = BTreeMap::new();
    for alarm in as_of(known.all(), config, day) {
        soundings.entry(alarm.id).or_default().push(alarm);
    }
    for of_one in soundings.values_mut() {
        of_one.sort_by_key(|alarm| alarm.raised_on);
    }
    Heard { day, known, soundings }
}
