//! Groups the ads of one file, without a store: `id,campaign,role` for each ad, and the template of each
//! campaign.
//!
//! The ads are read once, as a stream. Texts and carried columns wait on disk; memory holds the index, some
//! hundred bytes an ad. Campaigns are then described from the disk, a few at a time.

mod describe;
mod spill;
mod write;

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::Path;

use forewarn_cluster::{Config, Document, Index, Sketch};
use forewarn_collect::{Field, Mapping, Parser, Piece, RowOptions, Rows, Source, Value};
use forewarn_extract::normalize;
use forewarn_model::{Language, Problem, ReportId, Severity, Template};
use rayon::prelude::*;

use crate::campaign::batch::spill::Spill;
use crate::{AppError, Engine, Progress};

/// What to read and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// The name of the input, for messages; its ending may tell the format.
    pub name: &'a str,
    /// How large it is, where that is known, for the progress.
    pub bytes_total: Option<u64>,
    /// Which columns hold id and text, the format, and the limits of reading.
    pub options: RowOptions,
    /// Where texts wait; about as much room as the input takes is needed there.
    pub spill_folder: &'a Path,
    /// How many threads work; all cores if none is told.
    pub threads: Option<usize>,
    /// How much is held at once.
    pub limits: Limits,
}

/// Limits of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many records are read ahead of the index, and of how many bytes in all.
    pub block_records_max: usize,
    /// See `block_records_max`.
    pub block_bytes_max: usize,
    /// How many different carried columns are kept; further ones are left out, with a warning.
    pub columns_max: usize,
    /// How many problems are listed; all are counted.
    pub problems_kept_max: usize,
    /// How many campaigns are kept for showing.
    pub shown_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            block_records_max: 8_192,
            block_bytes_max: 32 << 20,
            columns_max: 1_000,
            problems_kept_max: 20,
            shown_max: 10,
        }
    }
}

/// A campaign of the batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its id, derived from the id of the ad that founded it.
    pub id: String,
    /// How many ads it has.
    pub size: u64,
    /// The ids of its first and last ad, in the order of the input.
    pub first: String,
    /// See `first`.
    pub last: String,
    /// The languages of two of its ads, the commonest first.
    pub languages: Vec<Language>,
    /// What the ads have in common.
    pub template: Template,
}

/// What came of a batch.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Ads that were compared.
    pub read: u64,
    /// Records that were refused.
    pub refused: u64,
    /// Warnings, repeated ids among them.
    pub warned: u64,
    /// Ads whose id another ad before them has: `#2`, `#3`, … was added to it.
    pub repeated_ids: u64,
    /// Campaigns.
    pub campaigns: u64,
    /// Ads in them.
    pub members: u64,
    /// The largest campaigns.
    pub largest: Vec<Found>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// False if the reading ended before the end of the input.
    pub complete: bool,
}

/// Reads, compares and writes. `members` receives CSV, `templates` JSON.
pub fn run(
    source: Source<'_>,
    request: &Request<'_>,
    engine: &Engine,
    members: &mut (dyn Write + Send),
    templates: Option<&mut (dyn Write + Send)>,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    let work = || on_these_threads(source, request, engine, members, templates, progress);
    match request.threads {
        None => work(),
        Some(count) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(count.max(1)).build();
            pool.map_err(AppError::refused("start threads"))?.install(work)
        }
    }
}

fn on_these_threads(
    source: Source<'_>,
    request: &Request<'_>,
    engine: &Engine,
    members: &mut (dyn Write + Send),
    templates: Option<&mut (dyn Write + Send)>,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    let mut batch = Batch::new(request)?;
    batch.read(source, progress)?;
    let compared = batch.finish(progress)?;
    let described = describe::run(compared, &engine.extractor, request, templates, progress)?;
    write::members(described, request, members, progress)
}

/// A group of ads, and their roles.
#[derive(Debug)]
struct Campaign {
    id: String,
    members: Vec<u32>,
}

/// What is known when all ads have been compared.
struct Compared {
    outcome: Outcome,
    columns: Vec<String>,
    texts: spill::Spilled,
    rows: spill::Spilled,
    campaigns: Vec<Campaign>,
}

/// An ad that was read and is not yet compared.
struct Ad {
    row: forewarn_collect::Row,
    sketch: Sketch,
}

struct Batch<'a> {
    request: &'a Request<'a>,
    config: Config,
    outcome: Outcome,
    index: Index,
    ids: Ids,
    columns: Columns,
    texts: Spill,
    rows: Spill,
}

impl<'a> Batch<'a> {
    fn new(request: &'a Request<'a>) -> Result<Self, AppError> {
        let spill = || {
            Spill::new(request.spill_folder)
                .map_err(AppError::file("make a temporary file in", request.spill_folder))
        };
        let config = Config::default();
        Ok(Self {
            request,
            config,
            outcome: Outcome { complete: true, ..Outcome::default() },
            index: Index::new(config),
            ids: Ids::default(),
            columns: Columns::default(),
            texts: spill()?,
            rows: spill()?,
        })
    }

    fn read(&mut self, source: Source<'_>, progress: &dyn Progress) -> Result<(), AppError> {
        let options = RowOptions {
            carry: true,
            mapping: self.request.options.mapping.clone().only(&[Field::Text, Field::Id]),
            ..self.request.options.clone()
        };
        let bytes = forewarn_collect::Progress::default();
        let mut rows = forewarn_collect::rows(source, self.request.name, &options, &bytes)
            .map_err(|problem| AppError::Input(Box::new(problem)))?;
        rows.take_notes().into_iter().for_each(|note| self.outcome.note(note, &self.request.limits));
        progress.begin("read and compare", self.request.bytes_total);
        let parser = rows.parser();
        let limits = self.request.limits;
        let config = self.config;
        let mut ready = prepare(block(&mut rows, &limits), &parser, &config);
        while !ready.is_empty() {
            // One block is read and understood while the one before it is compared.
            let (next, inserted) = rayon::join(
                || prepare(block(&mut rows, &limits), &parser, &config),
                || ready.into_iter().try_for_each(|ad| self.take(ad)),
            );
            inserted?;
            ready = next;
            progress.at(bytes.bytes());
        }
        let Outcome { read, refused, .. } = self.outcome;
        progress.end(&format!("{read} ads, {refused} refused"));
        Ok(())
    }

    fn take(&mut self, ad: Result<Ad, forewarn_collect::Refused>) -> Result<(), AppError> {
        let limits = self.request.limits;
        let Ad { row, sketch } = match ad {
            Ok(ad) => ad,
            Err(refused) => {
                self.outcome.complete &= !refused.ends;
                self.outcome.note(*refused.problem, &limits);
                return Ok(());
            }
        };
        row.warnings.into_iter().for_each(|warning| self.outcome.note(warning, &limits));
        let given = row.id.map_or_else(|| row.line.to_string(), Value::into_text);
        let (id, repeated) = self.ids.unique(given);
        if repeated {
            self.outcome.repeated_ids += 1;
            let problem = Problem {
                severity: Severity::Warning,
                code: "repeated-id",
                input: self.request.name.to_owned(),
                line: Some(row.line),
                what: "an id that an earlier record has".to_owned(),
                remedy: format!("it is called {id:?} in the output; give every record an id of its own"),
            };
            self.outcome.note(problem, &limits);
        }
        let (record, left_out) = self.columns.encode(&id, row.carried, limits.columns_max);
        if left_out {
            let problem = Problem {
                severity: Severity::Warning,
                code: "columns",
                input: self.request.name.to_owned(),
                line: Some(row.line),
                what: format!("more than {} different columns", limits.columns_max),
                remedy: "further ones are left out; remove columns from the input".to_owned(),
            };
            self.outcome.note(problem, &limits);
        }
        let folder = self.request.spill_folder;
        let written = self.rows.push(&record).and_then(|()| self.texts.push(row.text.as_bytes()));
        written.map_err(AppError::file("write to a temporary file in", folder))?;
        let report = ReportId::derive(&[id.as_bytes()]);
        self.index.insert_sketch(&sketch.named(report));
        self.outcome.read += 1;
        Ok(())
    }

    fn finish(self, progress: &dyn Progress) -> Result<Compared, AppError> {
        progress.begin("collect the campaigns", None);
        let campaigns: Vec<Campaign> = self
            .index
            .groups()
            .into_iter()
            .map(|group| Campaign { id: group.id.to_string(), members: group.members })
            .collect();
        let folder = self.request.spill_folder;
        let finish =
            |spill: Spill| spill.finish().map_err(AppError::file("read a temporary file in", folder));
        let mut outcome = self.outcome;
        outcome.campaigns = campaigns.len() as u64;
        outcome.members = campaigns.iter().map(|campaign| campaign.members.len() as u64).sum();
        progress.end(&format!("{} campaigns of {} ads", outcome.campaigns, outcome.members));
        Ok(Compared {
            outcome,
            columns: self.columns.names,
            texts: finish(self.texts)?,
            rows: finish(self.rows)?,
            campaigns,
        })
    }
}

impl Outcome {
    fn note(&mut self, problem: Problem, limits: &Limits) {
        match problem.severity {
            Severity::Refused => self.refused += 1,
            Severity::Warning => self.warned += 1,
        }
        if self.problems.len() < limits.problems_kept_max {
            self.problems.push(problem);
        }
    }
}

/// The next records, cut out of the input; none at its end.
fn block(rows: &mut Rows<'_>, limits: &Limits) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut bytes = 0;
    while pieces.len() < limits.block_records_max && bytes < limits.block_bytes_max {
        let Some(piece) = rows.next_piece() else { break };
        bytes += piece.bytes();
        pieces.push(piece);
    }
    pieces
}

/// Understands records and sketches their texts, on all cores.
fn prepare(
    pieces: Vec<Piece>,
    parser: &Parser,
    config: &Config,
) -> Vec<Result<Ad, forewarn_collect::Refused>> {
    // The name comes later, when it is known that no other ad has it.
    let nameless = ReportId::from_bytes([0; forewarn_model::id::ID_BYTES]);
    pieces
        .into_par_iter()
        .map(|piece| {
            let row = parser.parse(piece)?;
            let normalized = normalize(&row.text);
            let document = Document {
                report: nameless,
                text: &row.text,
                normalized: &normalized,
                masks: &[],
                received_at: None,
            };
            Ok(Ad { sketch: Sketch::new(&document, config), row })
        })
        .collect()
}

/// The ids so far, as hashes, and how often those came that came more than once.
#[derive(Default)]
struct Ids {
    seen: HashSet<u64>,
    repeated: HashMap<String, u64>,
}

impl Ids {
    /// An id that no other record has, and whether something had to be added to the given one.
    fn unique(&mut self, given: String) -> (String, bool) {
        if self.seen.insert(hash(&given)) {
            return (given, false);
        }
        let count = self.repeated.entry(given.clone()).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{given}#{count}");
            if self.seen.insert(hash(&id)) {
                return (id, true);
            }
        }
    }
}

fn hash(id: &str) -> u64 {
    let bytes = *ReportId::derive(&[id.as_bytes()]).as_bytes();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

/// The carried columns, in the order in which they first came.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    places: HashMap<String, u32>,
}

impl Columns {
    /// A record for the disk: the id, then the number and value of each column, each value preceded by its
    /// length. Says too whether a column had to be left out.
    fn encode(&mut self, id: &str, carried: Vec<(String, Value)>, columns_max: usize) -> (Vec<u8>, bool) {
        let mut record = Vec::with_capacity(8 + id.len());
        let mut left_out = false;
        write::put(&mut record, id.as_bytes());
        for (name, value) in carried {
            let place = match self.places.get(&name) {
                Some(place) => *place,
                None if self.names.len() < columns_max => {
                    let place = self.names.len() as u32;
                    self.names.push(name.clone());
                    self.places.insert(name, place);
                    place
                }
                None => {
                    left_out = true;
                    continue;
                }
            };
            record.extend_from_slice(&place.to_le_bytes());
            write::put(&mut record, value.text().as_bytes());
        }
        (record, left_out)
    }
}

/// A campaign as JSON, as in the file of templates.
pub fn view(found: &Found) -> serde_json::Value {
    describe::view(found)
}

/// The mapping of a batch: as told, with the usual names for id and text.
pub fn mapping(told: Mapping, id: Option<&str>, text: Option<&str>) -> Mapping {
    let with = |mapping: Mapping, field, column: Option<&str>| match column {
        Some(column) => mapping.with(field, column),
        None => mapping,
    };
    with(with(told, Field::Id, id), Field::Text, text)
}
