//! The incidents that a person looks for, a page at a time, and one of them with the decisions on it.

use std::collections::BTreeSet;

use forewarn_model::{Country, Date, Incident, IncidentId, IncidentKind, Variant};
use forewarn_store::Decision;

use crate::alarm::cache::{Cache, Known};
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// Which incidents; what is left open does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Words that summary, place, publisher, address or event hold, whatever their case: all of them.
    pub text: String,
    /// Of this kind.
    pub kind: Option<IncidentKind>,
    /// The trend or a look-alike.
    pub variant: Option<Variant>,
    /// With this country as hub or origin.
    pub country: Option<Country>,
    /// Known from this day on or later.
    pub from: Option<Date>,
    /// Known by the end of this day, as of which retractions count too.
    pub until: Option<Date>,
    /// Only those whose source states coercion.
    pub coercion: bool,
    /// Those that were withdrawn too.
    pub retracted_too: bool,
    /// How many are passed over.
    pub skip: usize,
    /// How many are returned.
    pub count_max: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The incidents, what became known last first.
    pub incidents: Vec<Incident>,
    /// How many there are in all.
    pub total: usize,
    /// How many there are without any filter.
    pub all: usize,
    /// The countries that any incident names, in order of code.
    pub countries: Vec<Country>,
}

/// An incident with what people decided on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The incident.
    pub incident: Incident,
    /// Others that tell of the same event.
    pub same_event: Vec<Incident>,
    /// Every decision on it, the last one last.
    pub decisions: Vec<Decision>,
}

/// Lists incidents.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    cache: &Cache,
    request: &Request,
) -> Result<Found, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "incident.search", "incidents");
    let known = cache.known(workspace)?;
    Ok(find(&known, request))
}

/// One incident.
pub fn show(
    workspace: &Workspace,
    context: &Context,
    cache: &Cache,
    id: IncidentId,
) -> Result<Detail, AppError> {
    context.require(Right::Look)?;
    let known = cache.known(workspace)?;
    let incident = known.get(&id).cloned().ok_or_else(|| {
        let remedy = "choose one from the list of incidents".to_owned();
        AppError::NotFound { what: "incident", name: id.to_string(), remedy }
    })?;
    workspace.seen(context, "incident.view", &id.to_string());
    let same = known.all().iter().filter(|other| other.event == incident.event && other.id != id);
    Ok(Detail {
        same_event: same.cloned().collect(),
        decisions: workspace.store.decisions(&id.to_string())?,
        incident,
    })
}

fn find(known: &Known, request: &Request) -> Found {
    let words: Vec<String> = request.text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |incident: &&Incident| {
        let countries = [incident.hub, incident.origin];
        let day = incident.known_from.latest();
        request.kind.is_none_or(|kind| incident.kind == kind)
            && request.variant.is_none_or(|variant| incident.variant == variant)
            && request.country.is_none_or(|country| countries.contains(&Some(country)))
            && request.from.is_none_or(|from| day >= from)
            && request.until.is_none_or(|until| day <= until)
            && (!request.coercion || incident.coercion_stated)
            && (request.retracted_too || !retracted(incident, request.until))
            && words.iter().all(|word| holds(incident, word))
    };
    let all: Vec<&Incident> = known.all().iter().rev().filter(fits).collect();
    let countries: BTreeSet<Country> =
        known.all().iter().flat_map(|incident| [incident.hub, incident.origin]).flatten().collect();
    Found {
        total: all.len(),
        incidents: all.into_iter().skip(request.skip).take(request.count_max).cloned().collect(),
        all: known.all().len(),
        countries: countries.into_iter().collect(),
    }
}

/// Whether it was withdrawn by the end of a day; of any day, if none is asked for.
fn retracted(incident: &Incident, until: Option<Date>) -> bool {
    incident.retracted_on.is_some_and(|day| until.is_none_or(|until| day <= until))
}

fn holds(incident: &Incident, word: &str) -> bool {
    let place = incident.place.as_deref().unwrap_or_default();
    let (publisher, url) = (&incident.publication.publisher, &incident.publication.url);
    [&incident.summary, place, publisher, url, &incident.event]
        .into_iter()
        .any(|text| text.to_lowercase().contains(word))
}
