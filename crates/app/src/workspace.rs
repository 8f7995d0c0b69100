//! The data folder: the store, the keys, and who holds it open.

use std::path::{Path, PathBuf};

use forewarn_store::{AuditEntry, Options, Store};

use crate::{AppError, Context};

/// An open data folder.
#[derive(Debug)]
pub struct Workspace {
    /// The store.
    pub store: Store,
    folder: PathBuf,
}

impl Workspace {
    /// Opens a data folder; makes it if it does not exist.
    pub fn open(folder: &Path) -> Result<Self, AppError> {
        let store = Store::open(folder, &Options::default())?;
        Ok(Self { store, folder: folder.to_owned() })
    }

    /// Opens a data folder that must exist.
    pub fn open_existing(folder: &Path) -> Result<Self, AppError> {
        let store = Store::open_existing(folder, &Options::default())?;
        Ok(Self { store, folder: folder.to_owned() })
    }

    /// The same, with options of the store.
    pub fn open_with(folder: &Path, options: &Options) -> Result<Self, AppError> {
        Ok(Self { store: Store::open_existing(folder, options)?, folder: folder.to_owned() })
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
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
