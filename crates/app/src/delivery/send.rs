//! Tries what is due: several at a time, each within a bounded time, each attempt kept.
//!
//! If the process is killed between an arrival and its note, the delivery is tried again and arrives a second
//! time under the same number; the other side can tell. Nothing that was queued is lost.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use forewarn_extract::Gazetteer;
use forewarn_model::rights::Right;
use forewarn_model::{Channel, Language, NoticeId, ReceiptKind, Timestamp};
use forewarn_share::{notice_json, status_json};
use forewarn_store::{Attempt, Delivery, DeliveryState, Receipt};
use jiff::SignedDuration;

use crate::delivery::{Courier, Parcel};
use crate::notice::{localize, lookup, render};
use crate::{AppError, Context, Workspace, files};

/// The document of a notice.
pub(super) const ISSUED: &str = "issued";

/// The document of its end.
pub(super) const ENDED: &str = "ended";

/// How much is done in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Deliveries that are tried.
    pub deliveries_max: u32,
    /// Deliveries that are on their way at a time.
    pub parallel_max: usize,
    /// After how many attempts a delivery is given up.
    pub attempts_max: u32,
    /// Longest answer of the other side that is kept, in characters.
    pub detail_chars_max: usize,
    /// Whether PDF, CAP and STIX go along where a channel takes files; the signed document always goes.
    pub files: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { deliveries_max: 10_000, parallel_max: 16, attempts_max: 8, detail_chars_max: 200, files: true }
    }
}

/// Minutes to wait after the first, second, … failure; the last one again and again.
const WAITS_MINUTES: [i64; 6] = [1, 5, 30, 120, 360, 1440];

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The other side took them.
    pub delivered: u64,
    /// They failed and are tried again.
    pub failed: u64,
    /// They failed for the last time.
    pub given_up: u64,
}

/// Tries everything that is due once.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    courier: &dyn Courier,
    limits: &Limits,
) -> Result<Outcome, AppError> {
    let mut outcome = Outcome::default();
    let due = due(workspace, context, courier, limits)?;
    // A part at a time, so that a kill in the middle repeats at most a part.
    for part in due.chunks(part_count_max(limits)) {
        let load = load(workspace, context, gazetteer, part.to_vec(), limits)?;
        let attempts = load.carry(courier, context.now, limits);
        keep(workspace, context, &load, &attempts, &mut outcome)?;
    }
    tell(workspace, context, &outcome)?;
    Ok(outcome)
}

/// Parcels that are due, ready to leave: taken out of the store, so that nobody waits for it while they are carried.
#[derive(Debug)]
pub struct Load {
    deliveries: Vec<Delivery>,
    parcels: Vec<Parcel>,
}

/// The next part of what is due and the courier can carry; none if nothing is due.
pub fn next(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    courier: &dyn Courier,
    limits: &Limits,
) -> Result<Option<Load>, AppError> {
    let mut due = due(workspace, context, courier, limits)?;
    due.truncate(part_count_max(limits));
    if due.is_empty() {
        return Ok(None);
    }
    load(workspace, context, gazetteer, due, limits).map(Some)
}

impl Load {
    /// Carries it; what came of each delivery.
    pub fn carry(&self, courier: &dyn Courier, now: Timestamp, limits: &Limits) -> Vec<Attempt> {
        carry(&self.parcels, &self.deliveries, courier, now, limits)
    }
}

/// Keeps what came of a load.
pub fn arrive(
    workspace: &mut Workspace,
    context: &Context,
    load: &Load,
    attempts: &[Attempt],
) -> Result<Outcome, AppError> {
    context.require(Right::NoticeIssue)?;
    let mut outcome = Outcome::default();
    keep(workspace, context, load, attempts, &mut outcome)?;
    tell(workspace, context, &outcome)?;
    Ok(outcome)
}

/// How many deliveries are done at a time.
fn part_count_max(limits: &Limits) -> usize {
    limits.parallel_max.max(1) * 8
}

fn due(
    workspace: &Workspace,
    context: &Context,
    courier: &dyn Courier,
    limits: &Limits,
) -> Result<Vec<Delivery>, AppError> {
    context.require(Right::NoticeIssue)?;
    let longest = SignedDuration::from_mins(WAITS_MINUTES[WAITS_MINUTES.len() - 1]);
    let wait_max = context.now.checked_add(longest).unwrap_or(context.now);
    let mut due = workspace.store.due_deliveries(context.now, wait_max, limits.deliveries_max)?;
    due.retain(|delivery| courier.takes(&delivery.channel));
    Ok(due)
}

fn load(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    deliveries: Vec<Delivery>,
    limits: &Limits,
) -> Result<Load, AppError> {
    let parcels = pack(workspace, context, gazetteer, &deliveries, limits.files)?;
    Ok(Load { deliveries, parcels })
}

fn keep(
    workspace: &mut Workspace,
    context: &Context,
    load: &Load,
    attempts: &[Attempt],
    outcome: &mut Outcome,
) -> Result<(), AppError> {
    workspace.store.put_attempts(attempts)?;
    for (attempt, delivery) in attempts.iter().zip(&load.deliveries) {
        match attempt.state {
            DeliveryState::Delivered => {
                outcome.delivered += 1;
                arrived(workspace, context, delivery)?;
            }
            DeliveryState::Waiting => outcome.failed += 1,
            DeliveryState::GivenUp => outcome.given_up += 1,
        }
    }
    Ok(())
}

fn tell(workspace: &mut Workspace, context: &Context, outcome: &Outcome) -> Result<(), AppError> {
    if *outcome == Outcome::default() {
        return Ok(());
    }
    let Outcome { delivered, failed, given_up } = outcome;
    let told = format!("{delivered} delivered, {failed} to be tried again, {given_up} given up");
    workspace.note(context, "notice.deliver", "", &told)
}

/// Has what was given up tried again; how many deliveries that are.
pub fn retry(workspace: &mut Workspace, context: &Context, name: &str) -> Result<u64, AppError> {
    context.require(Right::NoticeIssue)?;
    let (_, notice) = lookup(workspace, context, name)?;
    let count = workspace.store.retry_deliveries(notice.id, context.now)?;
    workspace.note(context, "notice.retry", &notice.id.to_string(), &format!("{count} deliveries"))?;
    Ok(count)
}

/// What each delivery carries. The documents of a notice are made once for all its members.
fn pack(
    workspace: &Workspace,
    context: &Context,
    gazetteer: &Gazetteer,
    deliveries: &[Delivery],
    files: bool,
) -> Result<Vec<Parcel>, AppError> {
    let mut contents: BTreeMap<(NoticeId, &str), Content> = BTreeMap::new();
    let mut parcels = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let key = (delivery.notice, delivery.document.as_str());
        if let std::collections::btree_map::Entry::Vacant(vacant) = contents.entry(key) {
            // A webhook takes the document alone: then nothing need be laid out.
            let same = |other: &&Delivery| other.notice == key.0 && other.document == key.1;
            let takes = |other: &Delivery| !matches!(other.channel, Channel::Webhook(_));
            let files = files && deliveries.iter().filter(same).any(takes);
            vacant.insert(Content::of(workspace, gazetteer, delivery, files)?);
        }
        let Some(content) = contents.get(&key) else { continue };
        parcels.push(Parcel {
            number: delivery.number,
            channel: delivery.channel.clone(),
            subject: content.subject.clone(),
            text: content.text.clone(),
            document: content.document.clone(),
            files: match delivery.channel {
                Channel::Webhook(_) => Vec::new(),
                Channel::Email(_) | Channel::Folder(_) => content.files.clone(),
            },
            secret: workspace.store.member_secret(&delivery.member)?.unwrap_or_default(),
            at: context.now,
        });
    }
    Ok(parcels)
}

/// A document with what goes along.
struct Content {
    subject: String,
    text: String,
    document: Vec<u8>,
    files: Vec<(String, Vec<u8>)>,
}

impl Content {
    fn of(
        workspace: &Workspace,
        gazetteer: &Gazetteer,
        delivery: &Delivery,
        files: bool,
    ) -> Result<Self, AppError> {
        let refused = "pack the notice";
        let missing = || AppError::Refused {
            operation: refused,
            why: format!("notice {} has no signed document: run `forewarn verify`", delivery.notice),
        };
        if delivery.document == ENDED {
            let document = workspace.store.notice_end(delivery.notice)?.ok_or_else(missing)?;
            let end = status_json::parse_signed(&document, &notice_json::Limits::default())
                .map_err(AppError::refused(refused))?
                .status;
            let (number, state) = (&end.number, end.state.as_str());
            let subject = format!("Notice {number}: {state}");
            let text = format!("{}\n{number}: {state} on {}\n{}\n", end.issuer, end.at, end.why);
            return Ok(Self { subject, text, document, files: Vec::new() });
        }
        let stored = workspace.store.notice(delivery.notice)?.ok_or_else(missing)?;
        let document = stored.signed.ok_or_else(missing)?;
        let signed = notice_json::parse_signed(&document).map_err(AppError::refused(refused))?;
        let notice = signed.notice().map_err(AppError::refused(refused))?;
        let english = localize::one(&notice, Language::ENGLISH, gazetteer.country_names())?;
        let subject = format!("{} {} [TLP:{}]", notice.number, notice.issuer, notice.marking.tlp.as_str());
        let text = render::text(&notice, &english);
        let files = if files { render::files(workspace, gazetteer, &document)? } else { Vec::new() };
        Ok(Self { subject, text, document, files })
    }
}

/// Carries the parcels, several at a time; the attempts in the order of the deliveries.
fn carry(
    parcels: &[Parcel],
    deliveries: &[Delivery],
    courier: &dyn Courier,
    now: Timestamp,
    limits: &Limits,
) -> Vec<Attempt> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<String, String>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..limits.parallel_max.clamp(1, parcels.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, parcel)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    parcels.get(at).map(|parcel| (at, parcel))
                } {
                    let result = match &parcel.channel {
                        Channel::Folder(folder) => put_into(Path::new(folder), parcel),
                        Channel::Webhook(_) | Channel::Email(_) => courier.carry(parcel),
                    };
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut results = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results
        .into_iter()
        .zip(deliveries)
        .map(|((_, result), delivery)| attempt(delivery, result, now, limits))
        .collect()
}

fn attempt(delivery: &Delivery, result: Result<String, String>, now: Timestamp, limits: &Limits) -> Attempt {
    let tried = delivery.attempts as usize;
    let minutes = WAITS_MINUTES[tried.min(WAITS_MINUTES.len() - 1)];
    let later = now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now);
    let (outcome, detail, state, next_at) = match result {
        Ok(detail) => ("delivered", detail, DeliveryState::Delivered, now),
        Err(detail) if delivery.attempts + 1 >= limits.attempts_max => {
            ("failed", detail, DeliveryState::GivenUp, now)
        }
        Err(detail) => ("failed", detail, DeliveryState::Waiting, later),
    };
    let detail = detail.chars().filter(|c| !c.is_control()).take(limits.detail_chars_max).collect();
    Attempt { delivery: delivery.number, at: now, outcome, detail, state, next_at }
}

/// Writes a parcel into a folder of its own; the folder appears whole or not at all to who looks for
/// `document.json`, which is written last.
fn put_into(folder: &Path, parcel: &Parcel) -> Result<String, String> {
    let place = folder.join(format!("delivery-{:08}", parcel.number));
    let write = || -> Result<(), AppError> {
        files::make_folder(&place)?;
        for (name, bytes) in &parcel.files {
            files::write_whole(&place.join(name), bytes)?;
        }
        files::write_whole(&place.join("document.json"), &parcel.document)
    };
    write().map(|()| place.display().to_string()).map_err(|error| error.to_string())
}

/// The member's system has it: the first receipt.
fn arrived(workspace: &mut Workspace, context: &Context, delivery: &Delivery) -> Result<(), AppError> {
    if delivery.document == ISSUED {
        let receipt = Receipt {
            notice: delivery.notice,
            member: delivery.member.clone(),
            kind: ReceiptKind::Delivered,
            at: context.now,
            who: delivery.channel.kind().to_owned(),
        };
        workspace.store.put_receipt(&receipt)?;
    }
    Ok(())
}
