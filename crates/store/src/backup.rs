//! A copy of the database while others read and write it.

use std::path::Path;

use crate::{Store, StoreError};

impl Store {
    /// Writes a copy into a new file: the state at one instant, whole, without the pages of what was erased
    /// (SQLite, `VACUUM INTO`; a read transaction like any other, so nobody waits for it). Fails if the file exists.
    pub fn copy_into(&self, path: &Path) -> Result<(), StoreError> {
        let copied = self.connection.execute("VACUUM INTO ?1", [path.to_string_lossy()]);
        self.wrap("copy", copied.map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuditEntry, Options};

    fn entry(subject: &str) -> AuditEntry {
        AuditEntry {
            at: "2024-01-02T03:04:05Z".parse().unwrap(),
            actor: "ana".into(),
            action: "notice.approve".into(),
            subject: subject.into(),
            detail: String::new(),
        }
    }

    #[test]
    fn a_copy_holds_one_instant() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("a"), &Options::default()).unwrap();
        store.audit(&entry("before")).unwrap();
        let other = folder.path().join("b");
        std::fs::create_dir(&other).unwrap();
        store.copy_into(&other.join(crate::FILE_NAME)).unwrap();
        assert!(store.copy_into(&other.join(crate::FILE_NAME)).is_err(), "it writes over nothing");
        store.audit(&entry("after")).unwrap();
        let copy = Store::open_existing(&other, &Options::default()).unwrap();
        assert_eq!(copy.verify_audit().unwrap(), Ok(1));
        assert_eq!(store.verify_audit().unwrap(), Ok(2));
    }
}
