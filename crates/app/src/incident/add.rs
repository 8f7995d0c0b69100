//! Adds one incident from a form.

use forewarn_collect::{Limits, incidents};
use forewarn_model::rights::Right;
use forewarn_model::{Incident, IncidentId};

use crate::{AppError, Context, Workspace};

/// The cells of a form, as a person fills them in; the words and forms are those of the columns of
/// `incidents/timeline.csv`, and what is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The event that it belongs to; without one, a name is made of kind, hub, origin and date.
    pub event: String,
    /// When it happened: `2023-06-07`, `2023-06` or `2023`.
    pub date: String,
    /// `event`, `publication` or `inferred`.
    pub date_basis: String,
    /// From when it was publicly known; the date if empty.
    pub known_from: String,
    /// What kind of fact.
    pub kind: String,
    /// Where the centre is.
    pub hub: String,
    /// The place in it.
    pub place: String,
    /// Where the people come from.
    pub origin: String,
    /// How many people.
    pub count: String,
    /// Whether the source states coercion: `y` or `n`.
    pub coercion: String,
    /// The trend or a look-alike.
    pub variant: String,
    /// What the source calls the people.
    pub person_role: String,
    /// The address.
    pub url: String,
    /// The publisher.
    pub publisher: String,
    /// In our own words.
    pub summary: String,
    /// How far to trust it.
    pub grading: String,
}

/// Adds the incident of a form; its id, and whether it is new.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    form: &Form,
) -> Result<(IncidentId, bool), AppError> {
    context.require(Right::IncidentWrite)?;
    let incident = read(form)?;
    let new = workspace.store.put_incidents(std::slice::from_ref(&incident))? > 0;
    workspace.note(context, "incident.add", &incident.id.to_string(), if new { "new" } else { "known" })?;
    Ok((incident.id, new))
}

/// Reads a form as a table of one row is read, so that both refuse the same and say the same.
pub fn read(form: &Form) -> Result<Incident, AppError> {
    let precision = ["year", "month", "day"].get(form.date.matches('-').count()).copied().unwrap_or_default();
    let or = |given: &str, other: &str| if given.is_empty() { other.to_owned() } else { given.to_owned() };
    let name = || {
        let parts = [&form.hub, &form.origin, &form.kind, &form.date].map(|part| part.to_lowercase());
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("-")
    };
    let cells: [(&str, String); 17] = [
        ("event_id", if form.event.is_empty() { name() } else { form.event.clone() }),
        ("date", form.date.clone()),
        ("date_precision", precision.to_owned()),
        ("date_basis", or(&form.date_basis, "event")),
        ("known_from", or(&form.known_from, &form.date)),
        ("kind", form.kind.clone()),
        ("hub_country_iso2", form.hub.clone()),
        ("place", form.place.clone()),
        ("origin_country_iso2", form.origin.clone()),
        ("count", form.count.clone()),
        ("coercion_stated", or(&form.coercion, "n")),
        ("variant", or(&form.variant, "scam_centre")),
        ("person_role", form.person_role.clone()),
        ("source_url", form.url.clone()),
        ("publisher", form.publisher.clone()),
        ("summary", form.summary.clone()),
        ("grading", form.grading.clone()),
    ];
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let header = cells.iter().map(|cell| cell.0).collect::<Vec<_>>().join(",");
    let row = cells.iter().map(|cell| quoted(&cell.1)).collect::<Vec<_>>().join(",");
    let table = format!("{header}\n{row}\n");
    let (mut read, mut problems) = incidents::read(table.as_bytes(), "the form", &Limits::default());
    match (read.pop(), problems.pop()) {
        (Some(incident), None) => Ok(incident),
        (_, Some(mut problem)) => {
            problem.line = None;
            Err(AppError::Input(Box::new(problem)))
        }
        (None, None) => {
            Err(AppError::Refused { operation: "add an incident", why: "the form is empty".to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form {
            date: "2025-02-10".into(),
            kind: "raid".into(),
            hub: "TL".into(),
            url: "https://example.org/1".into(),
            publisher: "Example".into(),
            summary: "Thirty people \"freed\", says the ministry".into(),
            ..Form::default()
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut Form), expected: &str) {
        let mut form = form();
        change(&mut form);
        let told = match read(&form) {
            Ok(incident) => format!("{} {} {}", incident.event, incident.known_from, incident.summary),
            Err(error) => error.to_string(),
        };
        assert!(told.contains(expected), "{told:?} lacks {expected:?}");
    }

    #[test]
    fn reads_a_form_as_a_row_is_read() {
        check(|_| {}, "tl-raid-2025-02-10 2025-02-10 Thirty people \"freed\", says the ministry");
        check(|form| form.event = "own".into(), "own 2025-02-10");
        check(|form| form.date = "2025-06-31".into(), "no such date");
        check(|form| form.hub = "XX".into(), "hub_country_iso2");
        check(|form| form.count = "-3".into(), "whole number");
        check(|form| form.known_from = "2024-01-01".into(), "before it happened");
        check(|form| form.publisher = String::new(), "publisher is empty");
    }
}
