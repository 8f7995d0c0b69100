//! One data folder, open several times: a service answers many at once, and each answer wants a connection.
//!
//! SQLite in WAL mode lets any number read while one writes. The pool keeps a few connections open and makes
//! further ones when all are taken; whoever bounds how much work runs at a time bounds them too.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use forewarn_store::Options;

use crate::audit::Later;
use crate::{AppError, Workspace, user};

/// How the pool behaves.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections stay open while nobody uses them.
    pub idle_count_max: usize,
    /// Of each connection.
    pub store: Options,
    /// Of sessions, tokens and the like.
    pub people: user::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        let store = Options { cache_kib: 8 * 1024, ..Options::default() };
        Self { idle_count_max: 8, store, people: user::Limits::default() }
    }
}

/// Connections to one data folder.
#[derive(Debug)]
pub struct Pool {
    folder: PathBuf,
    limits: Limits,
    views: Arc<Later>,
    idle: Mutex<Vec<Workspace>>,
}

impl Pool {
    /// Opens a data folder that must exist.
    pub fn open(folder: &Path, limits: Limits) -> Result<Self, AppError> {
        let (views, idle) = (Arc::default(), Mutex::default());
        let pool = Self { folder: folder.to_owned(), limits, views, idle };
        let first = pool.connect()?;
        pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(first);
        Ok(pool)
    }

    /// Writes the views that wait (see [`Later`]); to be called every second, and at the end. How many there were.
    pub fn flush_views(&self) -> Result<usize, AppError> {
        self.with(|workspace| self.views.flush(workspace))
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How it behaves.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Does a piece of work with a connection of its own. If the work panics, its connection is not used again.
    pub fn with<T, E: From<AppError>>(
        &self,
        work: impl FnOnce(&mut Workspace) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut workspace = match kept {
            Some(workspace) => workspace,
            None => self.connect()?,
        };
        let done = work(&mut workspace);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.limits.idle_count_max {
            idle.push(workspace);
        }
        done
    }

    fn connect(&self) -> Result<Workspace, AppError> {
        let mut workspace = Workspace::open_with(&self.folder, &self.limits.store)?;
        workspace.limits = self.limits.people.clone();
        workspace.note_views_in(Arc::clone(&self.views));
        Ok(workspace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_side_by_side_and_keeps_what_it_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Pool::open(folder.path(), Limits::default()).is_err(), "there is no store yet");
        Workspace::open(folder.path()).unwrap();
        let pool = Pool::open(folder.path(), Limits::default()).unwrap();
        let count = |workspace: &mut Workspace| Ok::<_, AppError>(workspace.store.counts()?.0);
        let both = pool.with(|_| pool.with(count)).unwrap();
        assert_eq!(both, 0);
        assert_eq!(pool.idle.lock().unwrap().len(), 2);
    }
}
