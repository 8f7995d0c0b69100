//! What the tests of people share.

use std::sync::atomic::{AtomicU64, Ordering};

use forewarn_model::rights::{Rights, Role};
use forewarn_model::{Clearance, Tlp, User};

use super::Password;
use crate::{Context, Workspace};

/// Different bytes at every call, and no chance.
fn counted(bytes: &mut [u8; 32]) -> Result<(), String> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    *bytes = forewarn_model::id::hash_parts("test", &[&number.to_le_bytes()]);
    Ok(())
}

pub(crate) fn owner() -> Context {
    Context {
        now: "2024-03-01T10:00:00Z".parse().unwrap(),
        actor: "local".into(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random: counted,
        passphrase: std::sync::Arc::new(|_| Ok("only a test".into())),
    }
}

pub(crate) fn user(name: &str, roles: &[Role]) -> User {
    User {
        name: name.parse().unwrap(),
        shown: "Ana K.".into(),
        organisation: "Example Bureau".into(),
        roles: roles.to_vec(),
        clearance: Tlp::Amber,
        organisations: Vec::new(),
        locale: None,
        active: true,
        created: owner().now,
    }
}

pub(crate) fn good() -> Password {
    Password::new("violet-anchor-mosaic-tundra")
}

pub(crate) fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::open(folder.path()).unwrap();
    (folder, workspace)
}
