//! Sources, and the organisations that they belong to.

use std::collections::BTreeMap;

use forewarn_model::clearance::organisation_key;
use forewarn_model::{ReportId, Tlp};
use rusqlite::{OptionalExtension, Row, Transaction};

use crate::audience::{self, ORGANISATIONS_MAX};
use crate::{Store, StoreError, campaign_view};

/// A source that reports came from, or are to come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSource {
    /// Its name, as it stands in sightings.
    pub name: String,
    /// The organisation that it belongs to, if it has an owner.
    pub organisation: Option<String>,
}

/// What became of a change of owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerWritten {
    /// It was so before.
    Same,
    /// It is so now; so many restricted reports have another owner.
    Changed(u64),
    /// There are as many organisations as a store has.
    TooMany,
}

/// The owners of sources during one batch, so that each is looked up once.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    known: BTreeMap<String, Option<i64>>,
}

const SELECT: &str = "SELECT s.name, o.name AS organisation FROM source s
    LEFT JOIN organisation o ON o.number = s.organisation";

impl Store {
    /// Sources in order of name, after `after`, at most `count_max`.
    pub fn sources(&self, after: Option<&str>, count_max: u32) -> Result<Vec<StoredSource>, StoreError> {
        let sql = format!("{SELECT} WHERE s.name > ?1 ORDER BY s.name LIMIT ?2");
        self.read("read sources from", &sql, (after.unwrap_or_default(), count_max), stored)
    }

    /// Sources that belong to somebody, in order of name.
    pub fn owned_sources(&self) -> Result<Vec<StoredSource>, StoreError> {
        let sql = format!("{SELECT} WHERE s.organisation IS NOT NULL ORDER BY s.name");
        self.read("read sources from", &sql, [], stored)
    }

    /// A source, if there is one of that name.
    pub fn source(&self, name: &str) -> Result<Option<StoredSource>, StoreError> {
        let sql = format!("{SELECT} WHERE s.name = ?1");
        Ok(self.read("read sources from", &sql, [name], stored)?.pop())
    }

    /// The organisation that a report stays with, if its marking and its source keep it there.
    pub fn kept_by(&self, report: ReportId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT o.name FROM report r JOIN organisation o ON o.number = r.tlp / ?2 WHERE r.id = ?1";
        let parameters = (report.as_bytes(), audience::STEP);
        Ok(self.read("read organisations from", sql, parameters, |row| row.get(0))?.pop())
    }

    /// Writes whom a source belongs to, none for nobody, and with it who sees the restricted reports that were first
    /// seen there: all of it at once.
    pub fn put_owner(
        &mut self,
        source: &str,
        organisation: Option<&str>,
    ) -> Result<OwnerWritten, StoreError> {
        self.write("write the owner of a source to", |transaction| {
            let number = match organisation {
                None => None,
                Some(name) => match organisation_number(transaction, name)? {
                    None => return Ok(OwnerWritten::TooMany),
                    some => some,
                },
            };
            let before: Option<Option<i64>> = transaction
                .query_row("SELECT organisation FROM source WHERE name = ?1", [source], |row| row.get(0))
                .optional()?;
            if before == Some(number) {
                return Ok(OwnerWritten::Same);
            }
            transaction.execute(
                "INSERT INTO source (name, organisation) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET organisation = excluded.organisation",
                (source, number),
            )?;
            give(transaction, source, number).map(OwnerWritten::Changed)
        })
    }
}

impl Owners {
    /// The number of the organisation that a source belongs to; a source that is new belongs to nobody.
    pub(crate) fn of(
        &mut self,
        transaction: &Transaction<'_>,
        source: &str,
    ) -> rusqlite::Result<Option<i64>> {
        if let Some(owner) = self.known.get(source) {
            return Ok(*owner);
        }
        let insert = "INSERT INTO source (name) VALUES (?1) ON CONFLICT (name) DO NOTHING";
        transaction.prepare_cached(insert)?.execute([source])?;
        let owner = transaction
            .prepare_cached("SELECT organisation FROM source WHERE name = ?1")?
            .query_row([source], |row| row.get(0))?;
        self.known.insert(source.to_owned(), owner);
        Ok(owner)
    }
}

/// The number of an organisation, which gets one if it has none; none if there are too many.
fn organisation_number(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<Option<i64>> {
    let key = organisation_key(name);
    let known: Option<i64> = transaction
        .query_row("SELECT number FROM organisation WHERE key = ?1", [&key], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    let count: i64 = transaction.query_row("SELECT count(*) FROM organisation", [], |row| row.get(0))?;
    if count >= ORGANISATIONS_MAX as i64 {
        return Ok(None);
    }
    transaction.execute("INSERT INTO organisation (key, name) VALUES (?1, ?2)", (&key, name.trim()))?;
    Ok(Some(transaction.last_insert_rowid()))
}

/// Makes the codes of what was first seen in a source those of its owner: how many reports have another one now.
fn give(transaction: &Transaction<'_>, source: &str, owner: Option<i64>) -> rusqlite::Result<u64> {
    // What is less restricted belongs to nobody.
    let mut changed = 0;
    for tlp in Tlp::ALL.into_iter().filter(|tlp| tlp.stays_with_owner()) {
        changed += transaction.execute(
            "UPDATE report SET tlp = ?2 WHERE tlp % ?3 = ?4 AND tlp <> ?2 AND id IN
                 (SELECT s.report FROM sighting s WHERE s.source = ?1 AND NOT EXISTS
                     (SELECT 1 FROM sighting e WHERE e.report = s.report AND e.number < s.number))",
            (source, audience::code(tlp, owner), audience::STEP, tlp as i64),
        )?;
    }
    // Its number in the search is that of the first sighting.
    transaction.execute(
        "UPDATE search_entry SET tlp = (SELECT r.tlp FROM report r WHERE r.id = search_entry.report)
         WHERE number IN (SELECT number FROM sighting WHERE source = ?1)",
        [source],
    )?;
    campaign_view::refresh(transaction, u32::MAX)?;
    Ok(changed as u64)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredSource> {
    Ok(StoredSource { name: row.get("name")?, organisation: row.get("organisation")? })
}
