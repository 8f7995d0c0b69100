//! Objects of a collection for whoever asks: read, listed, added, removed. What the TAXII service shows.

use forewarn_model::rights::Right;
use forewarn_share::stix::{Admission, Piece, SplitLimits, Splitter};
use forewarn_store::{
    Added, CollectionRole, EntryFilter, EntryPage, ExchangeObject, PageLimits, Quarantined, VersionFilter,
    instant_text,
};
use serde_json::{Value, json};

use super::access::{self, Open};
use super::judge::{Judgement, judge};
use super::{admit_all, partner, stored};
use crate::{AppError, Context, Workspace};

/// How much is taken at a time, and how much is held back.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of one object.
    pub split: SplitLimits,
    /// Objects of one request.
    pub objects_max: usize,
    /// Objects of a partner that are held back; when there are as many, nothing more is taken from it.
    pub held_max: u64,
    /// Objects that the outcome of a request lists of each kind; all are counted.
    pub status_listed_max: usize,
    /// How long the outcome of a request is kept, in days.
    pub status_days: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            split: SplitLimits::default(),
            objects_max: 100_000,
            held_max: 10_000,
            status_listed_max: 1_000,
            status_days: 7,
        }
    }
}

/// A page of objects.
pub fn page(
    workspace: &Workspace,
    context: &Context,
    root: &str,
    name: &str,
    filter: &EntryFilter,
    after: Option<i64>,
    limits: PageLimits,
) -> Result<EntryPage, AppError> {
    let open = readable(workspace, context, root, name)?;
    workspace.seen(context, "share.read", &format!("{root}/{name}"));
    Ok(workspace.store.object_page(open.collection.number, filter, after, limits)?)
}

/// A page of the entries without their objects.
pub fn manifest(
    workspace: &Workspace,
    context: &Context,
    root: &str,
    name: &str,
    filter: &EntryFilter,
    after: Option<i64>,
    limits: PageLimits,
) -> Result<EntryPage, AppError> {
    let open = readable(workspace, context, root, name)?;
    workspace.seen(context, "share.read", &format!("{root}/{name}"));
    Ok(workspace.store.manifest_page(open.collection.number, filter, after, limits)?)
}

/// Whether a collection has an object, in any version.
pub fn exists(
    workspace: &Workspace,
    context: &Context,
    root: &str,
    name: &str,
    id: &str,
) -> Result<bool, AppError> {
    let open = readable(workspace, context, root, name)?;
    Ok(workspace.store.has_object(open.collection.number, id)?)
}

/// Removes versions of an object from a shared collection; how many. Inboxes and what is published keep what they
/// have: it is withdrawn by a new version.
pub fn remove(
    workspace: &mut Workspace,
    context: &Context,
    root: &str,
    name: &str,
    id: &str,
    versions: &VersionFilter,
) -> Result<u64, AppError> {
    let open = readable(workspace, context, root, name)?;
    if !open.write || open.collection.role != CollectionRole::Shared {
        return Err(AppError::Denied { actor: context.actor.clone(), right: Right::Share });
    }
    let removed = workspace.store.remove_object(open.collection.number, id, versions)?;
    workspace.note(context, "share.remove", id, &format!("{removed} from {root}/{name}"))?;
    Ok(removed)
}

/// Adds the objects of an envelope; the status resource that tells what became of each (TAXII 2.1, section 4.3.1). An
/// error if the frame cannot be read; then nothing was added.
pub fn add(
    workspace: &mut Workspace,
    context: &Context,
    root: &str,
    name: &str,
    envelope: &[u8],
    limits: &Limits,
) -> Result<Value, AppError> {
    let open = access::find(workspace, context, root, name)?;
    if !open.write {
        return Err(AppError::Denied { actor: context.actor.clone(), right: Right::Share });
    }
    let objects = split(envelope, limits)?;
    let mut told = Told::default();
    let looked_at = admit_all(&objects, &Admission::default());
    let asking = match open.collection.role {
        CollectionRole::Inbox => partner::acting(workspace, context)?,
        _ => None,
    };
    let mut held = asking.as_ref().map_or(Ok(0), |partner| workspace.store.quarantine_size(&partner.id))?;
    let (mut keep, mut hold): (Vec<ExchangeObject>, Vec<Quarantined>) = (Vec::new(), Vec::new());
    for (admitted, bytes) in looked_at.into_iter().zip(objects) {
        let admitted = match admitted {
            Ok(admitted) => admitted,
            Err(refusal) => {
                told.failed(&bytes, &refusal.to_string());
                continue;
            }
        };
        let object = stored(&admitted, bytes);
        if admitted.marking.tlp > open.collection.tlp && asking.is_none() {
            let most = open.collection.tlp;
            told.fail(
                &object,
                &format!("it is marked {}, the collection holds up to {most}", admitted.marking.tlp),
            );
            continue;
        }
        let Some(partner) = &asking else {
            keep.push(object);
            continue;
        };
        match judge(workspace, partner, &admitted, &object.bytes, context.now)? {
            Judgement::Take => keep.push(object),
            Judgement::Echo => told.succeed(&object),
            Judgement::Hold { code, reason } if held < limits.held_max => {
                held += 1;
                told.pend(&object, code);
                hold.push(quarantined(partner, object, code, reason, context));
            }
            Judgement::Hold { .. } => {
                told.fail(&object, "too much of yours is held back: ask the other side to look at it")
            }
        }
    }
    let added = workspace.store.add_objects(open.collection.number, &keep, context.now)?;
    for (added, object) in added.into_iter().zip(keep) {
        match (added, &asking) {
            (Added::Collides, Some(partner)) => {
                told.pend(&object, "id-collision");
                let reason = "another object with this id and version came before".to_owned();
                hold.push(quarantined(partner, object, "id-collision", reason, context));
            }
            (Added::Collides, None) => told.fail(&object, "another object with this id and version is there"),
            _ => told.succeed(&object),
        }
    }
    if !hold.is_empty() {
        workspace.store.hold_back(&hold)?;
    }
    finish(workspace, context, &open, told, limits)
}

/// What became of an earlier request of the same actor.
pub fn status(
    workspace: &Workspace,
    context: &Context,
    root: &str,
    id: &str,
) -> Result<Option<String>, AppError> {
    context.require(Right::Share)?;
    Ok(workspace.store.status(id, root, &context.actor)?)
}

pub(crate) fn quarantined(
    partner: &partner::Partner,
    object: ExchangeObject,
    code: &str,
    reason: String,
    context: &Context,
) -> Quarantined {
    Quarantined {
        number: 0,
        partner: partner.id.clone(),
        id: object.id,
        digest: object.digest,
        code: code.to_owned(),
        reason,
        at: context.now,
        decided: None,
        bytes: object.bytes,
    }
}

fn readable(workspace: &Workspace, context: &Context, root: &str, name: &str) -> Result<Open, AppError> {
    let open = access::find(workspace, context, root, name)?;
    match open.read {
        true => Ok(open),
        false => Err(AppError::Denied { actor: context.actor.clone(), right: Right::Share }),
    }
}

fn split(envelope: &[u8], limits: &Limits) -> Result<Vec<Vec<u8>>, AppError> {
    let refused = |why: String| AppError::Refused { operation: "read the envelope", why };
    let mut objects = Vec::new();
    let mut too_long = None;
    let mut splitter = Splitter::new(limits.split);
    let pushed = splitter.push(envelope, &mut |piece| match piece {
        Piece::Object { bytes, .. } => objects.push(bytes.to_vec()),
        Piece::TooLong { number, .. } => too_long = too_long.or(Some(number)),
        Piece::Member { .. } => {}
    });
    pushed.map_err(|error| refused(error.to_string()))?;
    splitter.finish().map_err(|error| refused(error.to_string()))?;
    if let Some(number) = too_long {
        let most = limits.split.object_bytes_max;
        return Err(refused(format!("object {number} has more than {most} bytes: divide it")));
    }
    if objects.len() > limits.objects_max {
        let most = limits.objects_max;
        return Err(refused(format!("it has more than {most} objects: send them in several requests")));
    }
    Ok(objects)
}

#[derive(Default)]
struct Told {
    successes: Vec<Value>,
    failures: Vec<Value>,
    pendings: Vec<Value>,
}

impl Told {
    fn succeed(&mut self, object: &ExchangeObject) {
        self.successes.push(json!({ "id": object.id, "version": version(object) }));
    }

    fn fail(&mut self, object: &ExchangeObject, message: &str) {
        self.failures.push(json!({ "id": object.id, "version": version(object), "message": message }));
    }

    fn pend(&mut self, object: &ExchangeObject, code: &str) {
        let message = format!("held back until a person has looked at it: {code}");
        self.pendings.push(json!({ "id": object.id, "version": version(object), "message": message }));
    }

    /// An object that was refused may have no id, or none that can be trusted.
    fn failed(&mut self, bytes: &[u8], message: &str) {
        let object: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let text = |name: &str| object[name].as_str().map(|text| text.chars().take(300).collect::<String>());
        let version = text("modified").or(text("created")).unwrap_or_else(|| EPOCH.to_owned());
        let id = text("id").unwrap_or_else(|| "unknown".to_owned());
        self.failures.push(json!({ "id": id, "version": version, "message": message }));
    }
}

const EPOCH: &str = "1970-01-01T00:00:00.000Z";

fn version(object: &ExchangeObject) -> String {
    object.version.as_ref().map_or_else(|| EPOCH.to_owned(), |(_, text)| text.clone())
}

fn finish(
    workspace: &mut Workspace,
    context: &Context,
    open: &Open,
    told: Told,
    limits: &Limits,
) -> Result<Value, AppError> {
    let id = random_uuid(context)?;
    let at = context.now.as_microsecond();
    let counts = [told.successes.len(), told.failures.len(), told.pendings.len()];
    let mut status = json!({
        "id": id,
        "status": "complete",
        "request_timestamp": instant_text(at),
        "total_count": counts.iter().sum::<usize>(),
        "success_count": counts[0],
        "failure_count": counts[1],
        "pending_count": counts[2],
    });
    // The counts are whole; of long lists the first are told, so that what is kept has a bound.
    for (name, mut list) in
        [("successes", told.successes), ("failures", told.failures), ("pendings", told.pendings)]
    {
        list.truncate(limits.status_listed_max);
        if !list.is_empty() {
            status[name] = Value::Array(list);
        }
    }
    let since = at.saturating_sub(limits.status_days.saturating_mul(86_400_000_000));
    let it = &open.collection;
    workspace.store.put_status(&id, &it.root, &context.actor, at, since, &status.to_string())?;
    let detail = format!("{} added, {} refused, {} held back", counts[0], counts[1], counts[2]);
    workspace.note(context, "share.add", &format!("{}/{}", it.root, it.alias), &detail)?;
    Ok(status)
}

/// A random UUID (RFC 9562, version 4).
pub(crate) fn random_uuid(context: &Context) -> Result<String, AppError> {
    let mut bytes = [0; 32];
    (context.random)(&mut bytes).map_err(AppError::refused("draw an id"))?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
}
