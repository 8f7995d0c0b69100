//! Makes of what partners sent what Forewarn works with: incidents, and reports with identifiers, each graded and with
//! its provenance. Nothing is taken by itself; a person starts it.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::rights::Right;
use forewarn_model::{Grading, Incident, IncidentId, Marking, Report, ReportKind, Sighting, Source};
use forewarn_share::stix::{read_incidents, read_observable, read_pattern};
use forewarn_store::{EntryFilter, PageLimits, Received, VersionFilter};
use serde_json::{Value, json};

use super::access;
use super::partner::{self, Partner};
use crate::incident::retract;
use crate::{AppError, Context, Progress, Workspace};

/// Objects that are looked at together.
const PART: u32 = 1_000;
/// Most identifiers of one report.
const IDENTIFIERS_MAX: usize = 1_000;
/// Longest text of a report, in characters.
const TEXT_CHARS_MAX: usize = 100_000;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Objects that were looked at.
    pub objects: u64,
    /// Incidents that are new.
    pub incidents: u64,
    /// Incidents that were withdrawn.
    pub retracted: u64,
    /// Reports that were made of what others wrote.
    pub reports: u64,
    /// Incidents that cannot be read.
    pub unread: u64,
}

/// Takes what came from a partner since the last time.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: &str,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::Share)?;
    context.require(Right::IncidentWrite)?;
    context.require(Right::ReportAdd)?;
    let partner = partner::find(workspace, context, id)?;
    let inbox = access::find(workspace, context, &partner.root, &partner.inbox())?.collection.number;
    progress.begin(&format!("take what came from {id}"), None);
    let known = workspace.store.incidents()?.into_iter().map(|incident| incident.id).collect();
    let mut taking = Taking { workspace, context, partner, inbox, known, outcome: Outcome::default() };
    let mut after = i64::MIN;
    loop {
        let part = taking.workspace.store.untaken(inbox, after, PART)?;
        let Some(last) = part.last() else { break };
        after = last.added;
        taking.part(&part)?;
        progress.at(taking.outcome.objects);
    }
    let outcome = taking.outcome;
    let told = format!(
        "{} incidents new, {} withdrawn, {} reports",
        outcome.incidents, outcome.retracted, outcome.reports
    );
    if outcome.objects > 0 {
        workspace.note(context, "share.take", id, &told)?;
    }
    progress.end(&told);
    Ok(outcome)
}

struct Taking<'a> {
    workspace: &'a mut Workspace,
    context: &'a Context,
    partner: Partner,
    inbox: i64,
    /// The incidents that this node knows by itself.
    known: BTreeSet<IncidentId>,
    outcome: Outcome,
}

impl Taking<'_> {
    fn part(&mut self, part: &[Received]) -> Result<(), AppError> {
        let mut incidents: Vec<Incident> = Vec::new();
        let mut reports: Vec<Report> = Vec::new();
        let mut looked_for: BTreeMap<Marking, Vec<String>> = BTreeMap::new();
        let mut taken = Vec::with_capacity(part.len());
        for received in part {
            self.outcome.objects += 1;
            let object: Value = serde_json::from_slice(&received.bytes).unwrap_or_default();
            let revoked = object["revoked"] == true;
            let became = match object["type"].as_str().unwrap_or_default() {
                "incident" => self.incident(&object, &mut incidents),
                "report" | "grouping" | "observed-data" | "note" if !revoked => {
                    let report = self.report(&object, received)?;
                    let id = report.as_ref().map(|report| report.id().to_string());
                    reports.extend(report);
                    id.unwrap_or_default()
                }
                "indicator" if !revoked => {
                    let found = read_pattern(object["pattern"].as_str().unwrap_or_default());
                    let lines = found.iter().map(|(kind, value)| format!("{kind} {value}"));
                    looked_for.entry(received.marking).or_default().extend(lines);
                    String::new()
                }
                _ => String::new(),
            };
            taken.push((received.id.clone(), received.digest, became));
        }
        for (marking, lines) in looked_for {
            for lines in lines.chunks(IDENTIFIERS_MAX) {
                let title = format!("Identifiers from {}", self.partner.title);
                reports.push(self.made(Some(title), lines.join("\n"), marking, None));
            }
        }
        let accepted = self.workspace.store.put_incidents(&incidents)?;
        self.outcome.incidents += accepted;
        for incident in incidents.iter().filter(|incident| incident.retracted_on.is_some()) {
            self.retract(incident)?;
        }
        if !reports.is_empty() {
            let store = &mut self.workspace.store;
            let run = store.begin_ingest(&partner::source_of(&self.partner.id), self.context.now)?;
            store.ingest(run, &reports, 0, 0)?;
            store.end_ingest(run)?;
            self.outcome.reports += reports.len() as u64;
        }
        Ok(self.workspace.store.put_taken(&taken)?)
    }

    fn incident(&mut self, object: &Value, incidents: &mut Vec<Incident>) -> String {
        let bundle = json!({ "objects": [object] });
        let (read, problems) = read_incidents(&bundle, &self.partner.id);
        self.outcome.unread += problems.len() as u64;
        let mut became = String::new();
        for mut incident in read {
            incident.grading = worse(incident.grading, self.partner.grading);
            // What this node knew before stays its own, and may be passed on.
            if !self.known.contains(&incident.id) {
                became = incident.id.to_string();
            }
            incidents.push(incident);
        }
        became
    }

    /// An incident that was known before it was withdrawn is withdrawn here too.
    fn retract(&mut self, incident: &Incident) -> Result<(), AppError> {
        let Some(from) = incident.retracted_on else { return Ok(()) };
        let id = incident.id.to_string();
        let known = self.workspace.store.incidents()?;
        if known.iter().any(|it| it.id == incident.id && it.retracted_on.is_none()) {
            let why = format!("withdrawn by {}", self.partner.id);
            retract::run(self.workspace, self.context, &id, from, &why)?;
        }
        self.outcome.retracted += 1;
        Ok(())
    }

    /// What somebody wrote, with the identifiers that it refers to; none if it says nothing.
    fn report(&self, object: &Value, received: &Received) -> Result<Option<Report>, AppError> {
        let text = |name: &str| object[name].as_str().unwrap_or_default().trim().to_owned();
        let refs = object["object_refs"].as_array().map_or(&[][..], Vec::as_slice);
        let ids: Vec<String> =
            refs.iter().filter_map(Value::as_str).take(IDENTIFIERS_MAX).map(str::to_owned).collect();
        let mut lines = Vec::new();
        for ids in ids.chunks(100) {
            let versions = VersionFilter { last: true, ..VersionFilter::default() };
            let filter = EntryFilter { ids: ids.to_vec(), versions, ..EntryFilter::default() };
            let limits = PageLimits { entries_max: 1_000, bytes_max: 16 << 20 };
            let page = self.workspace.store.object_page(self.inbox, &filter, None, limits)?;
            for entry in page.entries {
                let object: Value = serde_json::from_slice(&entry.bytes).unwrap_or_default();
                lines.extend(read_observable(&object).map(|(kind, value)| format!("{kind} {value}")));
            }
        }
        lines.sort();
        lines.dedup();
        let (title, said) = (text("name"), [text("description"), text("content")].join("\n"));
        let title = if title.is_empty() { text("abstract") } else { title };
        let said: String = said.trim().chars().take(TEXT_CHARS_MAX).collect();
        if said.is_empty() && lines.is_empty() {
            return Ok(None);
        }
        let body =
            std::iter::once(said).chain(lines).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let title = Some(title).filter(|title| !title.is_empty());
        Ok(Some(self.made(title, body, received.marking, Some(received.id.clone()))))
    }

    fn made(&self, title: Option<String>, body: String, marking: Marking, id: Option<String>) -> Report {
        let sighting = Sighting {
            source: Source { name: partner::source_of(&self.partner.id), external_id: id, url: None },
            received_at: self.context.now,
            published_at: None,
        };
        Report::new(ReportKind::Advisory, title, body, None, marking, self.partner.grading, sighting)
    }
}

/// The less trusting of two gradings; one that judges nothing leaves the other as it is.
fn worse(theirs: Grading, ours: Grading) -> Grading {
    if ours == Grading::UNKNOWN {
        return theirs;
    }
    Grading {
        reliability: theirs.reliability.max(ours.reliability),
        credibility: theirs.credibility.max(ours.credibility),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trusts_no_more_than_both_do() {
        for (theirs, ours, expected) in [
            ("A1", "B2", "B2"),
            ("C4", "B2", "C4"),
            ("A6", "C1", "C6"),
            ("B2", "F6", "B2"),
            ("F6", "B2", "F6"),
        ] {
            let [theirs, ours, expected]: [Grading; 3] =
                [theirs, ours, expected].map(|text| text.parse().unwrap());
            assert_eq!(worse(theirs, ours), expected);
        }
    }
}
