//! Saved views of the network: the payload is JSON of `app`, and nothing here reads it.

use forewarn_model::{Clearance, Timestamp};
use rusqlite::Row;

use crate::row::{parsed, to_json};
use crate::{Store, StoreError};

/// Which view: a name is unique for its owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ViewKey {
    /// The user who saved it.
    pub owner: String,
    /// What the user calls it.
    pub name: String,
}

/// A view that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Which one.
    pub key: ViewKey,
    /// Whether others see it too.
    pub shared: bool,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// What it shows, as JSON.
    pub payload: String,
}

impl Store {
    /// Saves a view in place of the one of that owner and name, unless it is new and the owner has
    /// `count_max` already: whether it was saved. The owner's clearance is kept with it: a view may name what only
    /// such a reader may see.
    pub fn put_view(
        &mut self,
        view: &SavedView,
        clearance: &Clearance,
        count_max: u32,
    ) -> Result<bool, StoreError> {
        let audience = self.audience(clearance)?;
        self.write("save a view in", |transaction| {
            let others: u32 = transaction.query_row(
                "SELECT count(*) FROM network_view WHERE owner = ?1 AND name <> ?2",
                (&view.key.owner, &view.key.name),
                |row| row.get(0),
            )?;
            if others >= count_max {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO network_view (owner, name, shared, tlp, organisations, saved_at, payload)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (owner, name) DO UPDATE SET shared = excluded.shared, tlp = excluded.tlp,
                     organisations = excluded.organisations, saved_at = excluded.saved_at, payload = excluded.payload",
                (
                    &view.key.owner,
                    &view.key.name,
                    view.shared,
                    audience.marking(),
                    to_json(&audience.numbers())?,
                    view.saved_at.to_string(),
                    &view.payload,
                ),
            )?;
            Ok(true)
        })
    }

    /// The views that a user may open: the own ones, and shared ones within the clearance; in order of owner
    /// and name, at most `count_max`.
    pub fn views(
        &self,
        user: &str,
        clearance: &Clearance,
        count_max: u32,
    ) -> Result<Vec<SavedView>, StoreError> {
        let audience = self.audience(clearance)?;
        let also = audience.has_all_of("organisations").map_or_else(String::new, |all| format!("AND {all}"));
        let sql = format!(
            "SELECT * FROM network_view WHERE tlp <= ?2 AND (owner = ?1 OR shared) {also}
             ORDER BY owner <> ?1, owner, name LIMIT ?3"
        );
        self.read("read views from", &sql, (user, audience.marking(), count_max), saved)
    }

    /// Removes a view: whether there was one.
    pub fn delete_view(&mut self, key: &ViewKey) -> Result<bool, StoreError> {
        self.write("delete a view from", |transaction| {
            let sql = "DELETE FROM network_view WHERE owner = ?1 AND name = ?2";
            Ok(transaction.execute(sql, (&key.owner, &key.name))? > 0)
        })
    }
}

fn saved(row: &Row<'_>) -> rusqlite::Result<SavedView> {
    Ok(SavedView {
        key: ViewKey { owner: row.get("owner")?, name: row.get("name")? },
        shared: row.get("shared")?,
        saved_at: parsed(row, "saved_at")?,
        payload: row.get("payload")?,
    })
}

#[cfg(test)]
mod tests {
    use forewarn_model::Tlp;

    use super::*;
    use crate::Options;

    #[test]
    fn a_view_is_seen_by_its_owner_and_by_the_cleared_if_it_is_shared() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let view = |owner: &str, name: &str, shared: bool| SavedView {
            key: ViewKey { owner: owner.into(), name: name.into() },
            shared,
            saved_at: "2024-01-02T03:04:05Z".parse().unwrap(),
            payload: "{}".into(),
        };
        let amber = Clearance::up_to(Tlp::Amber);
        for kept in [view("ana", "own", false), view("ana", "for all", true), view("ben", "a", true)] {
            assert!(store.put_view(&kept, &amber, 2).unwrap());
        }
        assert!(store.put_view(&view("ana", "own", false), &amber, 2).unwrap(), "again is no third one");
        assert!(!store.put_view(&view("ana", "third", false), &amber, 2).unwrap());
        let names = |user: &str, tlp: Tlp| -> Vec<String> {
            let all = store.views(user, &Clearance::up_to(tlp), 10).unwrap();
            all.into_iter().map(|view| format!("{}/{}", view.key.owner, view.key.name)).collect()
        };
        assert_eq!(names("ana", Tlp::Amber), ["ana/for all", "ana/own", "ben/a"]);
        assert_eq!(names("ben", Tlp::Amber), ["ben/a", "ana/for all"]);
        assert_eq!(names("ben", Tlp::Green), Vec::<String>::new());
        assert!(store.delete_view(&view("ana", "own", false).key).unwrap());
        assert!(!store.delete_view(&view("ana", "own", false).key).unwrap());
    }
}
