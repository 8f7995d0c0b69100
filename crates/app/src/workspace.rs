//! The data folder: the store, the keys, and who holds it open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use forewarn_store::{AuditEntry, Options, Store};

use crate::audit::Later;
use crate::user::Limits;
use crate::{AppError, Context};

/// An open data folder.
#[derive(Debug)]
pub struct Workspace {
    /// The store.
    pub store: Store,
    /// How long sessions and the like last.
    pub limits: Limits,
    folder: PathBuf,
    views: Option<Arc<Later>>,
}

impl Workspace {
    /// Opens a data folder; makes it if it does not exist.
    pub fn open(folder: &Path) -> Result<Self, AppError> {
        Ok(Self::of(Store::open(folder, &Options::default())?, folder))
    }

    /// Opens a data folder that must exist.
    pub fn open_existing(folder: &Path) -> Result<Self, AppError> {
        Ok(Self::of(Store::open_existing(folder, &Options::default())?, folder))
    }

    /// From now on, views are noted: in this queue, which its owner flushes. A command run on the machine by the
    /// owner of the data folder notes none.
    pub fn note_views_in(&mut self, later: Arc<Later>) {
        self.views = Some(later);
    }

    /// The same, with options of the store.
    pub fn open_with(folder: &Path, options: &Options) -> Result<Self, AppError> {
        Ok(Self::of(Store::open_existing(folder, options)?, folder))
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Notes that the actor saw, searched or took out something: an id or the short name of a list, never a text.
    /// Costs no write.
    pub fn seen(&self, context: &Context, action: &str, subject: &str) {
        if let Some(later) = &self.views {
            later.note(context, action, subject, "");
        }
    }

    fn of(store: Store, folder: &Path) -> Self {
        Self { store, limits: Limits::default(), folder: folder.to_owned(), views: None }
    }

    /// Notes in the audit log what the actor did. `detail` never holds personal data nor a text.
    pub(crate) fn note(
        &mut self,
        context: &Context,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), AppError> {
        let entry = AuditEntry {
            at: context.now,
            actor: context.actor.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        };
        Ok(self.store.audit(&entry)?)
    }
}
