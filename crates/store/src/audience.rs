//! Who sees a row: one number beside each report and beside all that is made from reports.
//!
//! The *code* is the marking's number (0 to 4); of what stays with an organisation it is sixteen times the
//! organisation's number more. So `code <= marking` is true of everything that goes by the marking alone and false of
//! everything that belongs to somebody: a question that knows nothing of owners shows too little, never too much. In a
//! store in which no source has an owner every question is what it would be without owners.

use forewarn_model::{Clearance, Organisations, Tlp};
use rusqlite::{OptionalExtension, Row, Transaction};

use crate::row::damaged;
use crate::{Store, StoreError};

/// A code is so many times the organisation's number, and the marking's.
pub(crate) const STEP: i64 = 16;

/// Most organisations of a store.
pub const ORGANISATIONS_MAX: usize = 1_000;

/// The code of what is marked so and comes from a source of an organisation, if it has an owner.
pub(crate) fn code(tlp: Tlp, owner: Option<i64>) -> i64 {
    tlp as i64 + owner.filter(|_| tlp.stays_with_owner()).map_or(0, |number| number * STEP)
}

/// The number of the marking in a code.
pub(crate) fn marking_number(code: i64) -> i64 {
    code.rem_euclid(STEP)
}

/// The marking in a column with a code.
pub(crate) fn tlp(row: &Row<'_>, column: &str) -> rusqlite::Result<Tlp> {
    let number = marking_number(row.get(column)?);
    let found = Tlp::ALL.into_iter().find(|tlp| *tlp as i64 == number);
    found.ok_or_else(|| damaged(column, &format!("no marking {number}")))
}

/// The number of the owner of a report: that of the source where it was first seen.
pub(crate) fn owner_of(transaction: &Transaction<'_>, report: &[u8; 20]) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT o.organisation FROM sighting s JOIN source o ON o.name = s.source
               WHERE s.number = (SELECT min(f.number) FROM sighting f WHERE f.report = ?1)";
    Ok(transaction.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?.flatten())
}

/// What a reader sees of the codes that this store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Audience {
    tlp: Tlp,
    kept: Kept,
}

/// What belongs to organisations, and what of it is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    /// No organisation has a source here.
    Nothing,
    /// That of the organisations with these numbers.
    Of(Vec<i64>),
    /// All of it.
    All,
}

impl Store {
    /// What a reader sees. An organisation that comes to be after this was asked is one that the reader is not of.
    pub(crate) fn audience(&self, clearance: &Clearance) -> Result<Audience, StoreError> {
        let tlp = clearance.tlp;
        let sql = "SELECT number, name FROM organisation ORDER BY number";
        let known = self.read("read organisations from", sql, [], |row| {
            Ok((row.get::<_, i64>("number")?, row.get::<_, String>("name")?))
        })?;
        let kept = match &clearance.organisations {
            _ if known.is_empty() => Kept::Nothing,
            _ if !tlp.stays_with_owner() => Kept::Of(Vec::new()),
            Organisations::Every => Kept::All,
            of => {
                let own = known.into_iter().filter(|(_, name)| of.has(name));
                Kept::Of(own.map(|(number, _)| number).collect())
            }
        };
        Ok(Audience { tlp, kept })
    }
}

impl Audience {
    /// The number of the reader's marking.
    pub(crate) fn marking(&self) -> i64 {
        self.tlp as i64
    }

    /// Whether nothing is kept from the reader.
    pub(crate) fn sees_all(&self) -> bool {
        self.tlp == Tlp::Red && !matches!(self.kept, Kept::Of(_))
    }

    /// The condition under which a code is seen; `marking` is the parameter with [`Audience::marking`].
    pub(crate) fn seen(&self, code: &str, marking: &str) -> String {
        match self.owned(code) {
            Some(owned) => format!("({code} <= {marking} OR {owned})"),
            None => format!("{code} <= {marking}"),
        }
    }

    /// The condition under which a code is of something that belongs to an organisation and is seen; none if nothing
    /// of the kind is.
    pub(crate) fn owned(&self, code: &str) -> Option<String> {
        match &self.kept {
            Kept::All => {
                Some(format!("({code} >= {STEP} AND ({code} & {}) <= {})", STEP - 1, self.marking()))
            }
            Kept::Of(numbers) if !numbers.is_empty() => {
                let markings =
                    || Tlp::ALL.into_iter().filter(|tlp| tlp.stays_with_owner() && *tlp <= self.tlp);
                let codes = numbers.iter().flat_map(|number| markings().map(|tlp| code_text(tlp, *number)));
                Some(format!("{code} IN ({})", codes.collect::<Vec<_>>().join(", ")))
            }
            Kept::Of(_) | Kept::Nothing => None,
        }
    }

    /// The condition under which it is not for the reader to know that something was seen in a source; none if there
    /// is no such source.
    pub(crate) fn hides_source(&self, source: &str) -> Option<String> {
        let Kept::Of(numbers) = &self.kept else { return None };
        let seen: Vec<String> = numbers.iter().map(i64::to_string).collect();
        Some(format!(
            "{source} IN (SELECT name FROM source WHERE organisation IS NOT NULL AND organisation NOT IN ({}))",
            seen.join(", ")
        ))
    }

    /// The organisations whose restricted reports are seen, as a saved view keeps them.
    pub(crate) fn numbers(&self) -> Vec<i64> {
        match &self.kept {
            Kept::Nothing => Vec::new(),
            Kept::Of(numbers) => numbers.clone(),
            Kept::All => vec![0],
        }
    }

    /// The condition under which a reader may know what one with these organisations (as [`Audience::numbers`], in a
    /// column of JSON) saw; none if it always holds.
    pub(crate) fn has_all_of(&self, column: &str) -> Option<String> {
        if self.kept == Kept::All {
            return None;
        }
        let own: Vec<String> = self.numbers().iter().map(i64::to_string).collect();
        Some(format!(
            "NOT EXISTS (SELECT 1 FROM json_each({column}) other WHERE other.value NOT IN ({}))",
            own.join(", ")
        ))
    }
}

fn code_text(tlp: Tlp, number: i64) -> String {
    code(tlp, Some(number)).to_string()
}

#[cfg(test)]
mod tests;
