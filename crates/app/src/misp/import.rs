//! Takes other people's MISP events in: identifiers become graded reports, incidents join the table.
//!
//! An event that was taken before is the same report again, so giving a feed again doubles nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use forewarn_collect::ObservableRow;
use forewarn_model::rights::Right;
use forewarn_model::{
    Date, Grading, Incident, Marking, Problem, Report, ReportKind, Severity, Sighting, Source, date::day_of,
};
use forewarn_share::misp::{self, Group, Read, events, manifest_entries, read_event};
use serde_json::Value;

use crate::incident::retract;
use crate::network::{build, observe};
use crate::{AppError, Context, Engine, Progress, Workspace};

/// Where the files of a feed come from. The binary hands in one that fetches them over the network.
pub trait Files {
    /// The content of a file of the feed, such as `manifest.json`, if it is not longer than `bytes_max`.
    fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, String>;
}

/// The files of a feed in a folder.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, String> {
        read_file(&self.0.join(name), bytes_max)
    }
}

/// Reads a file of at most so many bytes.
pub fn read_file(path: &Path, bytes_max: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(bytes_max + 1).read_to_end(&mut bytes));
    read.map_err(|error| format!("{}: {error}", path.display()))?;
    if bytes.len() as u64 > bytes_max {
        return Err(format!("{}: longer than {bytes_max} bytes", path.display()));
    }
    Ok(bytes)
}

/// What is taken in.
pub enum Origin<'a> {
    /// A document with one event or several.
    Document(Vec<u8>),
    /// A feed.
    Feed(&'a dyn Files),
}

/// How it is taken in.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The name of the input, for messages.
    pub name: &'a str,
    /// Of a feed, only events that changed on this day or later.
    pub since: Option<Date>,
    /// The grading of what has none.
    pub grading: Grading,
    /// How much is read of each event.
    pub limits: misp::Limits,
    /// The longest file, in bytes.
    pub file_bytes_max: u64,
    /// How many events of a feed are read; the others are left for another time, and told.
    pub events_count_max: usize,
    /// How many problems are kept for the outcome; the rest is counted.
    pub problems_kept_max: usize,
}

impl<'a> Request<'a> {
    /// With the usual limits.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            since: None,
            grading: Grading::UNKNOWN,
            limits: misp::Limits::default(),
            file_bytes_max: 64 << 20,
            events_count_max: 100_000,
            problems_kept_max: 50,
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Events that were read.
    pub events: u64,
    /// Events that could not be read.
    pub events_refused: u64,
    /// Reports that are new.
    pub accepted: u64,
    /// Reports that were there already.
    pub duplicates: u64,
    /// Incidents that are new.
    pub incidents: u64,
    /// Incidents that others have withdrawn and that were in the table.
    pub retracted: u64,
    /// Identifiers that were taken.
    pub identifiers: u64,
    /// Of these, how many stand on a warning list: they tie nobody.
    pub listed: u64,
    /// Attributes that are no identifiers in their own form: a checksum does not hold, a domain has no ending.
    pub refused: u64,
    /// Attributes that were withdrawn by their makers, and left out.
    pub withdrawn: u64,
    /// Attributes that belong to persons, and were left out.
    pub personal: u64,
    /// Attributes of types that are not looked at here, by type.
    pub passed: BTreeMap<String, u64>,
    /// What was wrong, the first ones.
    pub problems: Vec<Problem>,
}

impl Outcome {
    fn keep(&mut self, problem: Problem, kept_max: usize) {
        if self.problems.len() < kept_max {
            self.problems.push(problem);
        }
    }
}

/// How many reports go into one transaction.
const BATCH: usize = 1_000;

/// Takes them in.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    origin: Origin<'_>,
    request: &Request<'_>,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    context.require(Right::IncidentWrite)?;
    let mut outcome = Outcome::default();
    let mut taker = Taker {
        engine,
        lists: build::lists(workspace)?,
        request,
        context,
        run: workspace.store.begin_ingest(&format!("MISP {}", request.name), context.now)?,
        reports: Vec::new(),
    };
    match origin {
        Origin::Document(bytes) => {
            progress.begin(&format!("import {}", request.name), None);
            let found = parse(request.name, &bytes)
                .map(events)
                .map_err(|problem| AppError::Input(Box::new(problem)))?;
            if found.is_empty() {
                let what = "it holds no event".to_owned();
                return Err(AppError::Input(Box::new(wrong(request.name, what))));
            }
            for event in found {
                taker.event(workspace, &event, request.name, &mut outcome)?;
            }
        }
        Origin::Feed(files) => {
            let manifest = files
                .get("manifest.json", request.file_bytes_max)
                .and_then(|bytes| parse("manifest.json", &bytes).map_err(|problem| problem.to_string()))
                .map_err(|what| AppError::Input(Box::new(wrong(request.name, what))))?;
            let (mut entries, problems) = manifest_entries(&manifest, request.name);
            problems.into_iter().for_each(|problem| outcome.keep(problem, request.problems_kept_max));
            if let Some(since) = request.since {
                entries.retain(|(_, changed)| changed.is_none_or(|changed| day_of(changed) >= since));
            }
            if entries.len() > request.events_count_max {
                let what = format!("{} events, {} are read", entries.len(), request.events_count_max);
                outcome.keep(wrong(request.name, what), request.problems_kept_max);
                // The newest first: what is left is old.
                entries.sort_by_key(|(_, changed)| std::cmp::Reverse(*changed));
                entries.truncate(request.events_count_max);
            }
            progress.begin(&format!("import {}", request.name), Some(entries.len() as u64));
            for (at, (uuid, _)) in entries.into_iter().enumerate() {
                let name = format!("{uuid}.json");
                let read = files.get(&name, request.file_bytes_max).map_err(|what| wrong(&name, what));
                match read.and_then(|bytes| parse(&name, &bytes)) {
                    Ok(document) => {
                        for event in events(document) {
                            taker.event(workspace, &event, &name, &mut outcome)?;
                        }
                    }
                    Err(problem) => {
                        outcome.events_refused += 1;
                        outcome.keep(problem, request.problems_kept_max);
                    }
                }
                progress.at(at as u64 + 1);
            }
        }
    }
    taker.flush(workspace, &mut outcome)?;
    workspace.store.end_ingest(taker.run)?;
    let Outcome { events, accepted, duplicates, incidents, refused, .. } = outcome;
    let told = format!(
        "{events} events: {accepted} reports, {duplicates} known, {incidents} incidents, {refused} refused"
    );
    workspace.note(context, "misp.import", request.name, &told)?;
    progress.end(&told);
    Ok(outcome)
}

struct Taker<'a> {
    engine: &'a Engine,
    lists: forewarn_link::WarningLists,
    request: &'a Request<'a>,
    context: &'a Context,
    run: forewarn_store::IngestRun,
    reports: Vec<Report>,
}

impl Taker<'_> {
    fn event(
        &mut self,
        workspace: &mut Workspace,
        event: &Value,
        name: &str,
        outcome: &mut Outcome,
    ) -> Result<(), AppError> {
        let read = read_event(event, name, &self.request.limits);
        outcome.events += 1;
        outcome.personal += read.personal;
        outcome.withdrawn += read.deleted;
        for (kind, count) in &read.passed {
            *outcome.passed.entry(kind.clone()).or_insert(0) += count;
        }
        for problem in &read.problems {
            outcome.refused += u64::from(problem.severity == Severity::Refused);
            outcome.keep(problem.clone(), self.request.problems_kept_max);
        }
        for group in &read.groups {
            self.group(&read, group, name, outcome);
            if self.reports.len() >= BATCH {
                self.flush(workspace, outcome)?;
            }
        }
        self.incidents(workspace, &read, outcome)
    }

    /// A group as a report, with those of its identifiers that are recognised; none if none is.
    fn group(&mut self, read: &Read, group: &Group, name: &str, outcome: &mut Outcome) {
        let mut lines = group.lines.clone();
        let report = self.report(read, group, &lines);
        let row = ObservableRow { line: 0, report, identifiers: lines.len(), warnings: Vec::new() };
        let (kept, missed) = observe::recognised_lines(self.engine, row);
        for line in &missed {
            outcome.refused += 1;
            let problem = Problem {
                code: "not-recognised",
                remedy: "mend it where it was made: addresses must have the right checksum, domains a known \
                         ending"
                    .to_owned(),
                ..wrong(name, format!("{line:?} is no identifier that is known here"))
            };
            outcome.keep(problem, self.request.problems_kept_max);
        }
        lines.retain(|line| !missed.contains(line));
        if lines.is_empty() {
            return;
        }
        let report = if missed.is_empty() {
            kept
        } else {
            let (identifiers, report) = (lines.len(), self.report(read, group, &lines));
            let row = ObservableRow { line: 0, report, identifiers, warnings: Vec::new() };
            observe::recognised_lines(self.engine, row).0
        };
        let (facts, _) = self.engine.extractor.extract(&report);
        outcome.identifiers += lines.len() as u64;
        let common =
            |found: &&forewarn_model::Observable| self.lists.list_of(found.kind, &found.value).is_some();
        outcome.listed += facts.observables.iter().filter(common).count() as u64;
        self.reports.push(report);
    }

    fn report(&self, read: &Read, group: &Group, lines: &[String]) -> Report {
        let mut body = lines.join("\n");
        if !read.info.is_empty() {
            body.push_str(&format!("\nnote: {}", read.info));
        }
        let source = match read.creator.as_str() {
            "" => "MISP".to_owned(),
            creator => format!("MISP: {creator}"),
        };
        let sighting = Sighting {
            source: Source {
                name: source,
                external_id: Some(format!("{} {}", read.uuid, group.key).trim().to_owned()),
                url: None,
            },
            received_at: self.context.now,
            published_at: read.changed_at,
        };
        let grading = if group.grading == Grading::UNKNOWN { self.request.grading } else { group.grading };
        let marking: Marking = group.marking;
        Report::new(ReportKind::Advisory, None, body, None, marking, grading, sighting)
    }

    /// New incidents join the table; of known ones only a withdrawal is taken over, as a decision.
    fn incidents(
        &self,
        workspace: &mut Workspace,
        read: &Read,
        outcome: &mut Outcome,
    ) -> Result<(), AppError> {
        if read.incidents.is_empty() {
            return Ok(());
        }
        outcome.incidents += workspace.store.put_incidents(&read.incidents)?;
        let withdrawn: Vec<&Incident> =
            read.incidents.iter().filter(|incident| incident.retracted_on.is_some()).collect();
        if withdrawn.is_empty() {
            return Ok(());
        }
        let known: BTreeMap<_, _> =
            workspace.store.incidents()?.into_iter().map(|incident| (incident.id, incident)).collect();
        for incident in withdrawn {
            let standing = known.get(&incident.id).filter(|known| known.retracted_on.is_none());
            let (Some(known), Some(day)) = (standing, incident.retracted_on) else { continue };
            let day = day.max(known.known_from.latest());
            let why = format!("withdrawn by {} in event {}", read.creator, read.uuid);
            outcome.retracted +=
                retract::run(workspace, self.context, &incident.id.to_string(), day, &why)? as u64;
        }
        Ok(())
    }

    fn flush(&mut self, workspace: &mut Workspace, outcome: &mut Outcome) -> Result<(), AppError> {
        if self.reports.is_empty() {
            return Ok(());
        }
        let written = workspace.store.ingest(self.run, &self.reports, outcome.events, 0)?;
        outcome.accepted += written.accepted;
        outcome.duplicates += written.seen_again + written.duplicates;
        self.reports.clear();
        Ok(())
    }
}

fn parse(name: &str, bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| wrong(name, error.to_string()))
}

fn wrong(name: &str, what: String) -> Problem {
    Problem {
        severity: Severity::Refused,
        code: "misp",
        input: name.to_owned(),
        line: None,
        what,
        remedy: "give a MISP event in JSON, or the folder or address of a feed".to_owned(),
    }
}
