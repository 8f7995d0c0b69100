//! Takes a bundle of any length into a collection, without holding more than a part of it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use forewarn_model::rights::Right;
use forewarn_model::{Problem, Severity};
use forewarn_share::stix::{Admission, Admitted, Oddity, Piece, Refusal, SplitLimits, Splitter};
use forewarn_store::{Added, CollectionRole, ExchangeObject};

use super::access;
use super::collection::{self, ROOT};
use super::{admit_all, stored};
use crate::{AppError, Context, Progress, Workspace};

/// How much is held and told.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of the frame and its objects.
    pub split: SplitLimits,
    /// Objects that are looked at and written together.
    pub batch_objects_max: usize,
    /// The same, in bytes.
    pub batch_bytes_max: usize,
    /// Problems that are told one by one; further ones are counted.
    pub problems_max: usize,
    /// Ids that are remembered to tell which references lead nowhere.
    pub ids_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            split: SplitLimits::default(),
            batch_objects_max: 2_000,
            batch_bytes_max: 16 << 20,
            problems_max: 1_000,
            ids_max: 1_000_000,
        }
    }
}

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Objects that are new.
    pub accepted: u64,
    /// Objects that were there already.
    pub known: u64,
    /// Objects that were refused.
    pub refused: u64,
    /// Objects that were kept though something is odd about them: how many, by what it is.
    pub oddities: BTreeMap<Oddity, u64>,
    /// References that lead to nothing that is known here.
    pub dangling: u64,
    /// References that were not looked at because there were too many.
    pub unchecked: u64,
    /// What was refused, and why: the first of them.
    pub problems: Vec<Problem>,
}

/// Imports into the collection `into` of the first API root. If the frame breaks off, what came before it is kept and
/// the rest is told as a problem.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    mut input: impl Read,
    name: &str,
    into: &str,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::Share)?;
    collection::ensure(workspace)?;
    let open = access::find(workspace, context, ROOT, into)?;
    if open.collection.role != CollectionRole::Shared || !open.write {
        let why = format!("{into:?} is not a shared collection that you may write to");
        return Err(AppError::Refused { operation: "import a bundle", why });
    }
    progress.begin(&format!("import {name}"), None);
    let mut importing = Importing {
        workspace,
        context,
        name,
        collection: open.collection,
        limits,
        batch: Batch::default(),
        references: References::default(),
        outcome: Outcome::default(),
    };
    let mut splitter = Splitter::new(limits.split);
    let mut buffer = vec![0; 1 << 18];
    let mut bytes_read = 0;
    let mut broken = None;
    while broken.is_none() {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => {
                broken = Some(error.to_string());
                break;
            }
        };
        let batch = &mut importing.batch;
        let pushed = splitter.push(&buffer[..count], &mut |piece| batch.take(piece));
        broken = pushed.err().map(|error| error.to_string());
        bytes_read += count as u64;
        if importing.batch.is_full(limits) {
            importing.write()?;
            progress.at(bytes_read);
        }
    }
    importing.write()?;
    let ended = match broken {
        None => splitter.finish().err().map(|error| error.to_string()),
        broken => broken,
    };
    if let Some(what) = ended {
        importing.refuse(
            "stix-bundle",
            what,
            "give a whole STIX 2.1 bundle in JSON; what came before is kept",
        );
    }
    importing.tell_if_empty();
    let outcome = importing.finish()?;
    let told = format!(
        "{} new, {} known, {} refused, {} references lead nowhere",
        outcome.accepted, outcome.known, outcome.refused, outcome.dangling
    );
    progress.end(&told);
    Ok(outcome)
}

#[derive(Default)]
struct Batch {
    places: Vec<(u64, u64)>,
    objects: Vec<Vec<u8>>,
    bytes: usize,
    too_long: Vec<(u64, u64, u64)>,
}

impl Batch {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Object { number, offset, bytes } => {
                self.places.push((number, offset));
                self.objects.push(bytes.to_vec());
                self.bytes += bytes.len();
            }
            Piece::TooLong { number, offset, bytes } => self.too_long.push((number, offset, bytes)),
            Piece::Member { .. } => {}
        }
    }

    fn is_full(&self, limits: &Limits) -> bool {
        self.objects.len() >= limits.batch_objects_max || self.bytes >= limits.batch_bytes_max
    }
}

struct Importing<'a> {
    workspace: &'a mut Workspace,
    context: &'a Context,
    name: &'a str,
    collection: forewarn_store::Collection,
    limits: &'a Limits,
    batch: Batch,
    references: References,
    outcome: Outcome,
}

impl Importing<'_> {
    fn write(&mut self) -> Result<(), AppError> {
        let batch = std::mem::take(&mut self.batch);
        for (number, offset, bytes) in batch.too_long {
            let bytes_max = self.limits.split.object_bytes_max;
            self.refuse_object(number, offset, &Refusal::TooLong { bytes, bytes_max });
        }
        if batch.objects.is_empty() {
            return Ok(());
        }
        let looked_at = admit_all(&batch.objects, &Admission::default());
        let mut objects: Vec<ExchangeObject> = Vec::with_capacity(looked_at.len());
        let mut places = Vec::with_capacity(looked_at.len());
        for ((admitted, bytes), place) in looked_at.into_iter().zip(batch.objects).zip(batch.places) {
            let admitted = match admitted {
                Ok(admitted) => admitted,
                Err(refusal) => {
                    self.refuse_object(place.0, place.1, &refusal);
                    continue;
                }
            };
            if admitted.marking.tlp > self.collection.tlp {
                let (tlp, most) = (admitted.marking.tlp, self.collection.tlp);
                let what = format!("{}: it is marked {tlp}, the collection holds up to {most}", at(place));
                self.refuse("stix-marking", what, "import it into a collection for its marking");
                continue;
            }
            self.references.note(&admitted, self.limits.ids_max);
            for oddity in &admitted.oddities {
                *self.outcome.oddities.entry(*oddity).or_default() += 1;
            }
            objects.push(stored(&admitted, bytes));
            places.push(place);
        }
        let added = self.workspace.store.add_objects(self.collection.number, &objects, self.context.now)?;
        for ((added, object), place) in added.into_iter().zip(&objects).zip(places) {
            match added {
                Added::New(_) => self.outcome.accepted += 1,
                Added::Known => self.outcome.known += 1,
                Added::Collides => {
                    let what = format!("{}: {} says otherwise in the same version", at(place), object.id);
                    self.refuse(
                        "stix-collision",
                        what,
                        "ask its producer for a new version; the first one stays",
                    );
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Outcome, AppError> {
        self.outcome.unchecked = self.references.unchecked;
        for id in self.references.open.values() {
            self.outcome.dangling += u64::from(self.workspace.store.known_object(id)?.is_empty());
        }
        let outcome = self.outcome;
        let told = format!("{} new, {} known, {} refused", outcome.accepted, outcome.known, outcome.refused);
        self.workspace.note(self.context, "share.import", self.name, &told)?;
        Ok(outcome)
    }

    fn tell_if_empty(&mut self) {
        let it = &mut self.outcome;
        if it.accepted + it.known + it.refused == 0 {
            it.problems.push(Problem {
                severity: Severity::Warning,
                code: "stix-empty",
                input: self.name.to_owned(),
                line: None,
                what: "it holds no object".to_owned(),
                remedy: "check that it is the right file, and that it was written whole".to_owned(),
            });
        }
    }

    fn refuse_object(&mut self, number: u64, offset: u64, refusal: &Refusal) {
        self.refuse(refusal.code(), format!("{}: {refusal}", at((number, offset))), refusal.remedy());
    }

    fn refuse(&mut self, code: &'static str, what: String, remedy: &str) {
        self.outcome.refused += 1;
        if self.outcome.problems.len() < self.limits.problems_max {
            self.outcome.problems.push(Problem {
                severity: Severity::Refused,
                code,
                input: self.name.to_owned(),
                line: None,
                what,
                remedy: remedy.to_owned(),
            });
        }
    }
}

fn at((number, offset): (u64, u64)) -> String {
    format!("object {number}, byte {offset}")
}

/// Which ids were seen, and which were referred to and not seen yet. An id is remembered by its UUID.
#[derive(Default)]
struct References {
    seen: HashSet<u128>,
    open: HashMap<u128, String>,
    unchecked: u64,
}

impl References {
    fn note(&mut self, admitted: &Admitted, ids_max: usize) {
        if let Some(key) = uuid(&admitted.id) {
            self.open.remove(&key);
            if self.seen.len() < ids_max {
                self.seen.insert(key);
            }
        }
        for id in &admitted.refs {
            let Some(key) = uuid(id) else { continue };
            if self.seen.contains(&key) || self.open.contains_key(&key) {
                continue;
            }
            if self.seen.len() + self.open.len() < ids_max {
                self.open.insert(key, id.clone());
            } else {
                self.unchecked += 1;
            }
        }
    }
}

fn uuid(id: &str) -> Option<u128> {
    let digits: String = id.split_once("--")?.1.chars().filter(|c| *c != '-').collect();
    u128::from_str_radix(&digits, 16).ok()
}
