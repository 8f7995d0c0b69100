//! The world as the map shows it: hubs, origins, routes and places, month by month, as known at each month's
//! end.
//!
//! A page with a slider asks once and has every month. What was computed is kept as long as no incident changes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use forewarn_extract::Gazetteer;
use forewarn_model::rights::Right;
use forewarn_model::{Country, Date, Incident, Variant};
use forewarn_watch::course::{Changes, Course, course};

use crate::alarm::cache::{self, Known};
use crate::alarm::trend::{Step, ends};
use crate::{AppError, Context, Workspace};

/// What the map shows: scam centres with coerced workers.
pub const WATCHED: Variant = Variant::ScamCentre;

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For how many days that were asked for.
    pub days_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { days_count_max: 8 }
    }
}

/// A place of a hub that the gazetteer knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name, as sources write it.
    pub name: String,
    /// Where it lies.
    pub country: Country,
    /// Latitude and longitude in degrees (WGS 84).
    pub position: (f32, f32),
    /// From which step on it was known.
    pub known: Changes<bool>,
}

/// The world until a day.
#[derive(Debug, Default)]
pub struct World {
    /// The steps: the ends of months from the first incident on, and the day itself.
    pub days: Vec<Date>,
    /// What changed from step to step.
    pub course: Course,
    /// Places, in order of country and name.
    pub places: Vec<Place>,
}

/// Keeps worlds. One of it serves all requests.
#[derive(Debug, Default)]
pub struct Cache {
    limits: Limits,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The incidents that the worlds were made of.
    known: Arc<Known>,
    /// The one that was asked for last is the last.
    worlds: VecDeque<(Date, Arc<World>)>,
}

/// The world until the end of `day`, from nothing that became known later.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    (watch, worlds): (&cache::Cache, &Cache),
    gazetteer: &Gazetteer,
    day: Date,
) -> Result<Arc<World>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "situation.view", "situation");
    let known = watch.known(workspace)?;
    // Whoever comes while a world is made waits for it, rather than making it a second time.
    let mut kept = worlds.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if !Arc::ptr_eq(&kept.known, &known) {
        *kept = Kept { known, worlds: VecDeque::new() };
    }
    let found = kept.worlds.iter().position(|(of, _)| *of == day);
    let (_, world) = match found.and_then(|at| kept.worlds.remove(at)) {
        Some(one) => one,
        None => (day, Arc::new(make(kept.known.all(), gazetteer, day))),
    };
    while kept.worlds.len() >= worlds.limits.days_count_max.max(1) {
        kept.worlds.pop_front();
    }
    kept.worlds.push_back((day, Arc::clone(&world)));
    Ok(world)
}

fn make(incidents: &[Incident], gazetteer: &Gazetteer, day: Date) -> World {
    let first = incidents.iter().map(|incident| incident.known_from.latest()).min().unwrap_or(day);
    let days = ends(first.min(day), day, Step::Month);
    let course = course(incidents, WATCHED, &days);
    let places = course.places.iter().filter_map(|((country, name), known)| {
        let position = gazetteer.hub_position(*country, name)?;
        Some(Place { name: name.clone(), country: *country, position, known: known.clone() })
    });
    World { places: places.collect(), days, course }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;

    fn incidents() -> Vec<Incident> {
        let limits = forewarn_collect::Limits::default();
        let (incidents, problems) =
            forewarn_collect::incidents::read(bundled::TIMELINE, "timeline.csv", &limits);
        assert!(problems.is_empty());
        incidents
    }

    #[test]
    fn a_past_day_is_the_beginning_of_today() {
        let engine = crate::Engine::builtin().unwrap();
        let until = |day: Date| make(&incidents(), engine.gazetteer(), day);
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (past, later) = (until(day("2022-12-31")), until(day("2023-06-15")));
        assert_eq!(past.days[..], later.days[..past.days.len()]);
        assert_eq!(past.course.outlines[..], later.course.outlines[..past.days.len()]);
        assert_eq!(later.days.last(), Some(&day("2023-06-15")));
        for place in &later.places {
            let (lat, lon) = place.position;
            assert!((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon), "{place:?}");
        }
        assert!(past.places.iter().any(|place| place.name == "Myawaddy"));
    }
}
