//! Fetches what a partner has for us, page by page. Each page and the place in the collection are written together:
//! a run that breaks off goes on where it stopped, and nothing is taken twice.

use std::collections::HashMap;

use forewarn_model::Timestamp;
use forewarn_model::rights::Right;
use forewarn_share::stix::{Admission, Piece, SplitLimits, Splitter, read_time};
use forewarn_store::{Added, ExchangeCursor, ExchangeObject, ExchangeRun, Quarantined, instant_text};

use super::judge::{Judgement, judge};
use super::object::quarantined;
use super::partner::{self, Partner};
use super::wire::{Answer, Limits, Remote, Wire, WireError, in_query, is_plain, sound};
use super::{access, admit_all, stored};
use crate::{AppError, Context, Progress, Workspace};

/// Fetches from a partner; what came of it. Trouble on the other side is told in the outcome, not as an error.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: &str,
    wire: &dyn Wire,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<ExchangeRun, AppError> {
    context.require(Right::Share)?;
    let partner = partner::find(workspace, context, id)?;
    let inbox = access::find(workspace, context, &partner.root, &partner.inbox())?.collection.number;
    progress.begin(&format!("fetch from {id}"), None);
    let mut run = begun(id, "pull", context);
    match Remote::of(&partner, wire, limits.answer_bytes_max) {
        // What is wrong with one partner's address or token is no reason not to ask the next.
        Err(error) => run.error = Some(error.to_string()),
        Ok(remote) => {
            let mut pulling = Pulling { workspace, context, partner, remote, inbox, limits, run, progress };
            let trouble = pulling.all();
            run = pulling.run;
            match trouble {
                Ok(()) => {}
                Err(Trouble::There(what)) => run.error = Some(what),
                Err(Trouble::Here(error)) => return Err(error),
            }
        }
    }
    workspace.store.put_run(&run)?;
    let told =
        format!("{} new, {} known, {} held back, {} refused", run.accepted, run.known, run.held, run.refused);
    workspace.note(context, "share.pull", id, &told)?;
    progress.end(&told);
    Ok(run)
}

/// An attempt that has come to nothing yet.
pub(crate) fn begun(partner: &str, direction: &str, context: &Context) -> ExchangeRun {
    ExchangeRun {
        partner: partner.to_owned(),
        direction: direction.to_owned(),
        at: context.now,
        accepted: 0,
        known: 0,
        held: 0,
        refused: 0,
        error: None,
    }
}

/// Trouble there is the partner's, and is told; trouble here ends the action.
pub(crate) enum Trouble {
    There(String),
    Here(AppError),
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::Here(error)
    }
}

impl From<forewarn_store::StoreError> for Trouble {
    fn from(error: forewarn_store::StoreError) -> Self {
        Self::Here(error.into())
    }
}

struct Pulling<'a> {
    workspace: &'a mut Workspace,
    context: &'a Context,
    partner: Partner,
    remote: Remote<'a>,
    inbox: i64,
    limits: &'a Limits,
    run: ExchangeRun,
    progress: &'a dyn Progress,
}

/// What a page says beside its objects.
#[derive(Default)]
struct Frame {
    more: bool,
    next: Option<String>,
}

impl Pulling<'_> {
    fn all(&mut self) -> Result<(), Trouble> {
        let mut names = self.partner.pull.clone();
        if names.is_empty() {
            let all = self.remote.collections().map_err(Trouble::There)?;
            // What we bring there is our own.
            let theirs = all.into_iter().filter(|it| it.read && !it.alias.starts_with("from-"));
            names = theirs.map(|it| it.id).collect();
        }
        names.iter().try_for_each(|name| self.collection(name))
    }

    fn collection(&mut self, name: &str) -> Result<(), Trouble> {
        if !is_plain(name) {
            return Err(Trouble::There(format!("{name:?} is no name of a collection")));
        }
        let mut cursor = self.workspace.store.cursor(&self.partner.id, "pull", name)?;
        let mut next: Option<String> = None;
        let mut size = self.limits.page_objects_max.max(1);
        for _ in 0..self.limits.pages_max {
            let address = address(name, cursor.as_deref(), next.as_deref(), size);
            let answer = match self.remote.ask(&address, None) {
                Ok(answer) => answer,
                // A smaller page may do.
                Err(WireError::TooLong(_)) if size > 1 => {
                    size = (size / 10).max(1);
                    continue;
                }
                Err(error) => return Err(Trouble::There(error.to_string())),
            };
            sound(&answer).map_err(Trouble::There)?;
            let (objects, frame) = self.cut(&answer)?;
            let later = self.later(cursor.as_deref(), answer.added_last.as_deref());
            let moved = later != cursor;
            self.take(objects, name, later.as_deref())?;
            cursor = later;
            self.progress.at(self.run.accepted + self.run.known);
            if !frame.more {
                return Ok(());
            }
            if frame.next.is_some() && frame.next != next {
                next = frame.next;
            } else if moved {
                next = None;
            } else {
                let what = "it says that there is more and gives no way to it".to_owned();
                return Err(Trouble::There(what));
            }
        }
        Err(Trouble::There(format!("more than {} pages: it may not come to an end", self.limits.pages_max)))
    }

    /// The objects of a page; all of them, or none if the page is broken.
    fn cut(&mut self, answer: &Answer) -> Result<(Vec<Vec<u8>>, Frame), Trouble> {
        let (mut objects, mut frame, mut too_long) = (Vec::new(), Frame::default(), 0);
        let mut splitter = Splitter::new(SplitLimits::default());
        let pushed = splitter.push(&answer.body, &mut |piece| match piece {
            Piece::Object { bytes, .. } => objects.push(bytes.to_vec()),
            Piece::TooLong { .. } => too_long += 1,
            Piece::Member { name: "more", json } => frame.more = json == b"true",
            Piece::Member { name: "next", json } => frame.next = serde_json::from_slice(json).ok(),
            Piece::Member { .. } => {}
        });
        let broken =
            |error: forewarn_share::stix::SplitError| Trouble::There(format!("its page is broken: {error}"));
        pushed.map_err(broken)?;
        splitter.finish().map_err(broken)?;
        self.run.refused += too_long;
        Ok((objects, frame))
    }

    /// Where to go on next time: never back. An instant that is yet to come is not believed: what comes in before it
    /// would be missed.
    fn later(&self, cursor: Option<&str>, told: Option<&str>) -> Option<String> {
        let known = cursor.and_then(read_time);
        let told = told.and_then(read_time).filter(|time| *time <= self.context.now);
        known.max(told).map(|time| instant_text(time.as_microsecond()))
    }

    fn take(&mut self, objects: Vec<Vec<u8>>, name: &str, cursor: Option<&str>) -> Result<(), Trouble> {
        let (context, id) = (self.context, self.partner.id.clone());
        let (mut keep, mut hold): (Vec<ExchangeObject>, Vec<Quarantined>) = (Vec::new(), Vec::new());
        let mut of_page: HashMap<(String, Option<Timestamp>), [u8; 32]> = HashMap::new();
        let looked_at = admit_all(&objects, &Admission::default());
        let (mut known, mut refused) = (0, 0);
        for (admitted, bytes) in looked_at.into_iter().zip(objects) {
            let Ok(admitted) = admitted else {
                refused += 1;
                continue;
            };
            let object = stored(&admitted, bytes);
            match judge(self.workspace, &self.partner, &admitted, &object.bytes, context.now)? {
                Judgement::Echo => known += 1,
                Judgement::Hold { code, reason } => {
                    hold.push(quarantined(&self.partner, object, code, reason, context));
                }
                Judgement::Take => {
                    let key = (object.id.clone(), admitted.version);
                    match of_page.insert(key, object.digest) {
                        Some(other) if other != object.digest && admitted.version.is_some() => {
                            let reason =
                                "the same page has another object with this id and version".to_owned();
                            hold.push(quarantined(&self.partner, object, "id-collision", reason, context));
                        }
                        _ => keep.push(object),
                    }
                }
            }
        }
        let held = self.workspace.store.quarantine_size(&id)?;
        if held + hold.len() as u64 > self.limits.held_max {
            let what =
                format!("more than {} objects are held back: look at them first", self.limits.held_max);
            return Err(Trouble::There(what));
        }
        let position = cursor.unwrap_or_default().to_owned();
        let cursor = ExchangeCursor { partner: id, direction: "pull", collection: name.to_owned(), position };
        let store = &mut self.workspace.store;
        let added = store.add_objects_at(self.inbox, &keep, context.now, &cursor, &hold)?;
        for added in added {
            match added {
                Added::New(_) => self.run.accepted += 1,
                Added::Known | Added::Collides => known += 1,
            }
        }
        self.run.known += known;
        self.run.refused += refused;
        self.run.held += hold.len() as u64;
        Ok(())
    }
}

fn address(name: &str, cursor: Option<&str>, next: Option<&str>, size: usize) -> String {
    let mut address = format!("collections/{name}/objects/?limit={size}&match%5Bversion%5D=all");
    // One microsecond earlier: another server may have given one instant to several objects, and a page may have ended
    // between them.
    let after = cursor.and_then(read_time).map(|time| instant_text(time.as_microsecond() - 1));
    if let Some(after) = after {
        address.push_str(&format!("&added_after={}", in_query(&after)));
    }
    if let Some(next) = next {
        address.push_str(&format!("&next={}", in_query(next)));
    }
    address
}
