//! STIX objects in collections: added once, paged by the instant at which they came in.
//!
//! The store keeps the bytes and what its indexes need; it understands none of them. A page is cut by key, so that it
//! costs the same in a collection of ten and of a million objects.

use forewarn_model::{Marking, Pap, Timestamp, Tlp};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row, Transaction, params_from_iter};

use crate::row::item;
use crate::{Store, StoreError};

/// An object as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeObject {
    /// `type--UUID`.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// `2.0` or `2.1`.
    pub spec_version: String,
    /// The time that tells its versions apart, and how it is written; none for observables, whose versions are told
    /// apart by when they came in.
    pub version: Option<(Timestamp, String)>,
    /// Hash of what it says.
    pub digest: [u8; 32],
    /// Who may see it.
    pub marking: Marking,
    /// Whether its creator takes it back.
    pub revoked: bool,
    /// The identity that created it.
    pub creator: Option<String>,
    /// Its JSON text.
    pub bytes: Vec<u8>,
}

/// What a collection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CollectionRole {
    /// What this node publishes under one marking.
    Published,
    /// What this node has for one partner.
    Outbox,
    /// What one partner brought, or was fetched from it.
    Inbox,
    /// Read and written by all who are cleared.
    Shared,
}

impl CollectionRole {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Published, Self::Outbox, Self::Inbox, Self::Shared];

    /// The name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Outbox => "outbox",
            Self::Inbox => "inbox",
            Self::Shared => "shared",
        }
    }
}

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its number in this store; 0 before it is kept.
    pub number: i64,
    /// Its UUID.
    pub id: String,
    /// The API root that it belongs to.
    pub root: String,
    /// A short name in addresses.
    pub alias: String,
    /// A title.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// What it is for.
    pub role: CollectionRole,
    /// The most restricted marking that it may hold.
    pub tlp: Tlp,
    /// The partner that it is for or from.
    pub partner: Option<String>,
}

/// What became of an object that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new, added at this instant in microseconds.
    New(i64),
    /// It was there already.
    Known,
    /// Another object with this id and version is there, which stays.
    Collides,
}

/// Which versions are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionFilter {
    /// The latest of each.
    pub last: bool,
    /// The first of each.
    pub first: bool,
    /// All of each.
    pub all: bool,
    /// Those of these instants, in microseconds.
    pub exact: Vec<i64>,
}

/// What is asked for (TAXII 2.1, section 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryFilter {
    /// Of these ids, if any.
    pub ids: Vec<String>,
    /// Of these types, if any.
    pub kinds: Vec<String>,
    /// Of these versions of STIX, if any.
    pub spec_versions: Vec<String>,
    /// Which versions of each object.
    pub versions: VersionFilter,
    /// Only what came in after this instant, in microseconds.
    pub added_after: Option<i64>,
}

/// An entry of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The instant at which it came in, in microseconds; no two entries of a store share one.
    pub added: i64,
    /// The object.
    pub id: String,
    /// Its version, as it is written.
    pub version: String,
    /// `2.0` or `2.1`.
    pub spec_version: String,
    /// Its JSON text; empty where only the entry was asked for.
    pub bytes: Vec<u8>,
}

/// A part of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryPage {
    /// In order of `added`.
    pub entries: Vec<Entry>,
    /// Whether there is more after these.
    pub more: bool,
}

/// How much goes into a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimits {
    /// Most entries.
    pub entries_max: usize,
    /// Most bytes of objects, save that one object always fits.
    pub bytes_max: usize,
}

impl Store {
    /// Adds a collection, or changes its title, description and marking; its number.
    pub fn put_collection(&mut self, it: &Collection) -> Result<i64, StoreError> {
        self.write("write a collection to", |transaction| {
            transaction.execute(
                "INSERT INTO exchange_collection (id, root, alias, title, description, role, tlp, partner)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (root, alias) DO UPDATE
                 SET title = excluded.title, description = excluded.description, tlp = excluded.tlp",
                (
                    &it.id,
                    &it.root,
                    &it.alias,
                    &it.title,
                    &it.description,
                    it.role.as_str(),
                    it.tlp as i64,
                    &it.partner,
                ),
            )?;
            let sql = "SELECT number FROM exchange_collection WHERE root = ?1 AND alias = ?2";
            transaction.query_row(sql, (&it.root, &it.alias), |row| row.get(0))
        })
    }

    /// All collections, in order of root and of coming to be.
    pub fn collections(&self) -> Result<Vec<Collection>, StoreError> {
        let sql = "SELECT * FROM exchange_collection ORDER BY root, number";
        self.read("read collections from", sql, [], collection)
    }

    /// Adds objects to a collection in one transaction, in their order; what became of each.
    pub fn add_objects(
        &mut self,
        collection: i64,
        objects: &[ExchangeObject],
        now: Timestamp,
    ) -> Result<Vec<Added>, StoreError> {
        self.write("add objects to", |transaction| add(transaction, collection, objects, now))
    }

    /// The same, with the cursor of a partner moved in the same transaction: after a crash the objects are there and
    /// the cursor has moved, or neither.
    pub fn add_objects_at(
        &mut self,
        collection: i64,
        objects: &[ExchangeObject],
        now: Timestamp,
        cursor: &crate::ExchangeCursor,
        quarantined: &[crate::Quarantined],
    ) -> Result<Vec<Added>, StoreError> {
        self.write("add objects to", |transaction| {
            let added = add(transaction, collection, objects, now)?;
            crate::exchange_partner::quarantine(transaction, quarantined)?;
            crate::exchange_partner::move_cursor(transaction, cursor)?;
            Ok(added)
        })
    }

    /// A page of objects after `after`, in order of coming in.
    pub fn object_page(
        &self,
        collection: i64,
        filter: &EntryFilter,
        after: Option<i64>,
        limits: PageLimits,
    ) -> Result<EntryPage, StoreError> {
        self.entry_page(collection, filter, after, limits, true)
    }

    /// The same without the objects themselves.
    pub fn manifest_page(
        &self,
        collection: i64,
        filter: &EntryFilter,
        after: Option<i64>,
        limits: PageLimits,
    ) -> Result<EntryPage, StoreError> {
        self.entry_page(collection, filter, after, limits, false)
    }

    /// Takes an object out of a collection, in those versions; how many entries went.
    pub fn remove_object(
        &mut self,
        collection: i64,
        id: &str,
        filter: &VersionFilter,
    ) -> Result<u64, StoreError> {
        self.write("remove an object from", |transaction| {
            let sql = "SELECT added, object, version, is_first, is_last FROM exchange_entry
                       WHERE collection = ?1 AND id = ?2";
            let mut statement = transaction.prepare_cached(sql)?;
            let found = statement.query_map((collection, id), |row| {
                let (version, first, last): (i64, bool, bool) = (row.get(2)?, row.get(3)?, row.get(4)?);
                let meant = filter.all
                    || (filter.first && first)
                    || (filter.last && last)
                    || filter.exact.contains(&version);
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, meant))
            })?;
            let found: Vec<(i64, i64, bool)> = found.collect::<rusqlite::Result<_>>()?;
            let mut removed = 0;
            for (added, object, _) in found.iter().filter(|row| row.2) {
                removed +=
                    transaction.execute("DELETE FROM exchange_entry WHERE added = ?1", [added])? as u64;
                transaction.execute(
                    "DELETE FROM exchange_object WHERE number = ?1
                     AND NOT EXISTS (SELECT 1 FROM exchange_entry WHERE object = ?1)",
                    [object],
                )?;
            }
            // Which are the first and the last of what is left.
            transaction.execute(
                "UPDATE exchange_entry SET
                     is_first = version = (SELECT min(o.version) FROM exchange_entry o
                                           WHERE o.collection = ?1 AND o.id = ?2),
                     is_last = version = (SELECT max(o.version) FROM exchange_entry o
                                          WHERE o.collection = ?1 AND o.id = ?2)
                 WHERE collection = ?1 AND id = ?2",
                (collection, id),
            )?;
            Ok(removed)
        })
    }

    /// Whether a collection has an object of this id, in any version.
    pub fn has_object(&self, collection: i64, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM exchange_entry WHERE collection = ?1 AND id = ?2 LIMIT 1";
        let found = self.read("read collections from", sql, (collection, id), |row| row.get::<_, i64>(0))?;
        Ok(!found.is_empty())
    }

    /// What is known of an id: who created it, and the role of each collection that it lies in, in order of coming in.
    pub fn known_object(&self, id: &str) -> Result<Vec<KnownObject>, StoreError> {
        let sql = "SELECT o.creator, o.digest, c.role, c.partner, e.version FROM exchange_entry e
                   JOIN exchange_object o ON o.number = e.object
                   JOIN exchange_collection c ON c.number = e.collection
                   WHERE o.id = ?1 ORDER BY e.added LIMIT 1000";
        self.read("read collections from", sql, [id], |row| {
            Ok(KnownObject {
                creator: row.get("creator")?,
                digest: row.get("digest")?,
                role: role(row)?,
                partner: row.get("partner")?,
                version: row.get("version")?,
            })
        })
    }

    /// How many objects a collection holds in their latest version, at most `count_max`.
    pub fn collection_size(&self, collection: i64, count_max: u32) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM exchange_entry
                   WHERE collection = ?1 AND is_last = 1 LIMIT ?2)";
        let row = |row: &Row<'_>| row.get::<_, i64>(0);
        let counted = self.read("count the objects of", sql, (collection, count_max), row)?;
        Ok(counted.first().copied().unwrap_or_default().unsigned_abs())
    }

    /// How many entries came in after an instant in microseconds, at most `count_max`.
    pub fn entries_after(&self, collection: i64, after: i64, count_max: u32) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM exchange_entry
                   WHERE collection = ?1 AND added > ?2 LIMIT ?3)";
        let row = |row: &Row<'_>| row.get::<_, i64>(0);
        let counted = self.read("count the objects of", sql, (collection, after, count_max), row)?;
        Ok(counted.first().copied().unwrap_or_default().unsigned_abs())
    }

    /// Keeps what became of a request; forgets those from before `since_us`.
    pub fn put_status(
        &mut self,
        id: &str,
        root: &str,
        author: &str,
        at_us: i64,
        since_us: i64,
        body: &str,
    ) -> Result<(), StoreError> {
        self.write("write a status to", |transaction| {
            transaction.execute("DELETE FROM exchange_status WHERE at < ?1", [since_us])?;
            let sql = "INSERT OR REPLACE INTO exchange_status (id, root, author, at, body) VALUES (?1, ?2, ?3, ?4, ?5)";
            transaction.execute(sql, (id, root, author, at_us, body))?;
            Ok(())
        })
    }

    /// What became of a request, if `author` made it.
    pub fn status(&self, id: &str, root: &str, author: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT body FROM exchange_status WHERE id = ?1 AND root = ?2 AND author = ?3";
        Ok(self.read("read a status from", sql, (id, root, author), |row| row.get(0))?.pop())
    }

    fn entry_page(
        &self,
        collection: i64,
        filter: &EntryFilter,
        after: Option<i64>,
        limits: PageLimits,
        with_bytes: bool,
    ) -> Result<EntryPage, StoreError> {
        let after = after.max(filter.added_after);
        let one = |ids: &[String], kind: Option<&str>| {
            self.entries(collection, filter, ids, kind, after, limits, with_bytes)
        };
        // One question for each type, each by its index, and the answers merged: a question for several at once would
        // sort all of them.
        let mut parts = Vec::new();
        let ids = &filter.ids;
        match filter.kinds.as_slice() {
            [] => parts.push(one(ids, None)?),
            kinds => {
                for kind in kinds {
                    parts.push(one(ids, Some(kind))?);
                }
            }
        }
        if parts.len() == 1 {
            return Ok(parts.pop().unwrap_or_default());
        }
        let cut = parts.iter().any(|part| part.more);
        // Beyond the end of a part that was cut its next entries are not known.
        let known_to = parts.iter().filter(|part| part.more).filter_map(|part| part.entries.last());
        let known_to = known_to.map(|entry| entry.added).min().unwrap_or(i64::MAX);
        let mut entries: Vec<Entry> = parts.into_iter().flat_map(|part| part.entries).collect();
        entries.sort_by_key(|entry| entry.added);
        entries.dedup_by_key(|entry| entry.added);
        let before = entries.len();
        entries.retain(|entry| entry.added <= known_to);
        entries.truncate(limits.entries_max);
        let more = cut || entries.len() < before;
        Ok(EntryPage { entries, more })
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one question")]
    fn entries(
        &self,
        collection: i64,
        filter: &EntryFilter,
        ids: &[String],
        kind: Option<&str>,
        after: Option<i64>,
        limits: PageLimits,
        with_bytes: bool,
    ) -> Result<EntryPage, StoreError> {
        let (bytes, join) = match with_bytes {
            true => ("o.bytes", " JOIN exchange_object o ON o.number = e.object"),
            false => ("x''", ""),
        };
        let mut values: Vec<Value> = vec![collection.into()];
        let versions = &filter.versions;
        let only_last = versions.last && !versions.all && !versions.first && versions.exact.is_empty();
        let earlier_only =
            !filter.spec_versions.is_empty() && !filter.spec_versions.iter().any(|version| version == "2.1");
        // Named, because the order in which pages are asked for tempts the planner to walk the whole collection.
        let index = match (ids.is_empty(), kind) {
            (false, _) => "exchange_entry_version",
            (true, Some(_)) => "exchange_entry_kind",
            (true, None) if earlier_only => "exchange_entry_spec",
            (true, None) if only_last => "exchange_entry_last",
            (true, None) => "exchange_entry_all",
        };
        let mut sql = format!(
            "SELECT e.added, e.id, e.version_text, e.spec, {bytes} FROM exchange_entry e INDEXED BY {index}{join}
             WHERE e.collection = ?1"
        );
        let mut list = |sql: &mut String, column: &str, all: Vec<Value>| {
            let places: Vec<String> =
                (0..all.len()).map(|at| format!("?{}", values.len() + at + 1)).collect();
            sql.push_str(&format!(" AND e.{column} IN ({})", places.join(", ")));
            values.extend(all);
        };
        if !ids.is_empty() {
            list(&mut sql, "id", ids.iter().cloned().map(Value::from).collect());
        }
        if let Some(kind) = kind {
            list(&mut sql, "kind", vec![kind.to_owned().into()]);
        }
        if !filter.spec_versions.is_empty() {
            if earlier_only {
                sql.push_str(" AND e.spec <> '2.1'");
            }
            list(&mut sql, "spec", filter.spec_versions.iter().cloned().map(Value::from).collect());
        }
        if !versions.all {
            let mut any: Vec<String> = Vec::new();
            any.extend(versions.last.then(|| "e.is_last = 1".to_owned()));
            any.extend(versions.first.then(|| "e.is_first = 1".to_owned()));
            any.extend(versions.exact.iter().map(|instant| format!("e.version = {instant}")));
            if !any.is_empty() {
                sql.push_str(&format!(" AND ({})", any.join(" OR ")));
            }
        }
        if let Some(after) = after {
            sql.push_str(&format!(" AND e.added > {after}"));
        }
        sql.push_str(&format!(" ORDER BY e.added LIMIT {}", limits.entries_max as u64 + 1));
        let run = || -> rusqlite::Result<EntryPage> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(values))?;
            let mut page = EntryPage::default();
            let mut bytes = 0;
            while let Some(row) = rows.next()? {
                let object: Vec<u8> = row.get(4)?;
                bytes += object.len();
                let full = page.entries.len() == limits.entries_max;
                if full || (bytes > limits.bytes_max && !page.entries.is_empty()) {
                    page.more = true;
                    break;
                }
                page.entries.push(Entry {
                    added: row.get(0)?,
                    id: row.get(1)?,
                    version: row.get(2)?,
                    spec_version: row.get(3)?,
                    bytes: object,
                });
            }
            Ok(page)
        };
        self.wrap("read objects from", run())
    }
}

/// What is known of an object with some id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownObject {
    /// The identity that created it.
    pub creator: Option<String>,
    /// Hash of what it says.
    pub digest: [u8; 32],
    /// What the collection that it lies in is for.
    pub role: CollectionRole,
    /// The partner of that collection.
    pub partner: Option<String>,
    /// Its version, in microseconds.
    pub version: i64,
}

fn add(
    transaction: &Transaction<'_>,
    collection: i64,
    objects: &[ExchangeObject],
    now: Timestamp,
) -> rusqlite::Result<Vec<Added>> {
    let last = "SELECT max(added) FROM exchange_entry";
    let last: Option<i64> = transaction.query_row(last, [], |row| row.get(0))?;
    // Instants never go back, even if the clock does.
    let mut next = now.as_microsecond().max(last.map_or(i64::MIN, |last| last + 1));
    let mut find_entry = transaction.prepare_cached(
        "SELECT o.digest FROM exchange_entry e JOIN exchange_object o ON o.number = e.object
         WHERE e.collection = ?1 AND e.id = ?2 AND e.version = ?3",
    )?;
    let mut find_saying = transaction.prepare_cached(
        "SELECT e.added FROM exchange_entry e JOIN exchange_object o ON o.number = e.object
         WHERE e.collection = ?1 AND e.id = ?2 AND o.digest = ?3",
    )?;
    let mut find_object =
        transaction.prepare_cached("SELECT number FROM exchange_object WHERE id = ?1 AND digest = ?2")?;
    let mut keep_object = transaction.prepare_cached(
        "INSERT INTO exchange_object (id, digest, tlp, pap, revoked, creator, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut range = transaction.prepare_cached(
        "SELECT min(version), max(version) FROM exchange_entry WHERE collection = ?1 AND id = ?2",
    )?;
    let mut not_last = transaction.prepare_cached(
        "UPDATE exchange_entry SET is_last = 0 WHERE collection = ?1 AND id = ?2 AND version = ?3",
    )?;
    let mut not_first = transaction.prepare_cached(
        "UPDATE exchange_entry SET is_first = 0 WHERE collection = ?1 AND id = ?2 AND version = ?3",
    )?;
    let mut keep_entry = transaction.prepare_cached(
        "INSERT INTO exchange_entry (added, collection, object, id, kind, spec, version, version_text, is_first, is_last)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let mut outcomes = Vec::with_capacity(objects.len());
    for object in objects {
        let known: Option<[u8; 32]> = match &object.version {
            Some((version, _)) => {
                let key = (collection, &object.id, version.as_microsecond());
                find_entry.query_row(key, |row| row.get(0)).optional()?
            }
            None => {
                let key = (collection, &object.id, &object.digest);
                let found: Option<i64> = find_saying.query_row(key, |row| row.get(0)).optional()?;
                found.map(|_| object.digest)
            }
        };
        if let Some(digest) = known {
            outcomes.push(if digest == object.digest { Added::Known } else { Added::Collides });
            continue;
        }
        let added = next;
        next += 1;
        let key = (&object.id, &object.digest);
        let number: i64 = match find_object.query_row(key, |row| row.get(0)).optional()? {
            Some(number) => number,
            None => keep_object.insert((
                &object.id,
                &object.digest,
                object.marking.tlp as i64,
                object.marking.pap as i64,
                object.revoked,
                &object.creator,
                &object.bytes,
            ))?,
        };
        let (version, text) = match &object.version {
            Some((version, text)) => (version.as_microsecond(), text.clone()),
            None => (added, instant_text(added)),
        };
        let (lowest, highest): (Option<i64>, Option<i64>) =
            range.query_row((collection, &object.id), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let is_first = lowest.is_none_or(|lowest| version < lowest);
        let is_last = highest.is_none_or(|highest| version > highest);
        if let (true, Some(lowest)) = (is_first, lowest) {
            not_first.execute((collection, &object.id, lowest))?;
        }
        if let (true, Some(highest)) = (is_last, highest) {
            not_last.execute((collection, &object.id, highest))?;
        }
        keep_entry.execute((
            added,
            collection,
            number,
            &object.id,
            &object.kind,
            &object.spec_version,
            version,
            text,
            is_first,
            is_last,
        ))?;
        outcomes.push(Added::New(added));
    }
    Ok(outcomes)
}

/// An instant in microseconds as TAXII writes it (TAXII 2.1, section 3.2): with six digits behind the point.
pub fn instant_text(microseconds: i64) -> String {
    let time = Timestamp::from_microsecond(microseconds).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn role(row: &Row<'_>) -> rusqlite::Result<CollectionRole> {
    let text: String = row.get("role")?;
    let role = CollectionRole::ALL.into_iter().find(|role| role.as_str() == text);
    role.ok_or_else(|| crate::row::damaged("role", &format!("no role {text:?}")))
}

fn collection(row: &Row<'_>) -> rusqlite::Result<Collection> {
    Ok(Collection {
        number: row.get("number")?,
        id: row.get("id")?,
        root: row.get("root")?,
        alias: row.get("alias")?,
        title: row.get("title")?,
        description: row.get("description")?,
        role: role(row)?,
        tlp: item(row, "tlp", &Tlp::ALL)?,
        partner: row.get("partner")?,
    })
}

/// The marking columns of a row.
pub(crate) fn marking(row: &Row<'_>) -> rusqlite::Result<Marking> {
    Ok(Marking { tlp: item(row, "tlp", &Tlp::ALL)?, pap: item(row, "pap", &Pap::ALL)? })
}

#[cfg(test)]
mod tests;
