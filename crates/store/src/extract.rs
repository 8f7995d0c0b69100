//! Public extracts of notices: steps that are only ever added.

use forewarn_model::{Extract, ExtractChoice, ExtractState, ExtractStep, NoticeId, Vec1};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::row::{damaged, id_bytes, parsed, to_json};
use crate::{Store, StoreError};

const LAST: &str = "SELECT * FROM extract_step WHERE notice = ?1 ORDER BY number DESC LIMIT 1";

#[derive(Serialize, Deserialize)]
struct ChoiceRow {
    statements: Vec<usize>,
    observables: Vec<usize>,
}

struct StepRow {
    notice: NoticeId,
    choice: Option<ExtractChoice>,
    step: ExtractStep,
}

impl Store {
    /// Adds a step; a proposal carries its choice. Only if the last step of the notice's extract is still the
    /// one that the caller saw (`None`: there is none); whether it was added.
    pub fn add_extract_step(
        &mut self,
        notice: NoticeId,
        seen: Option<&ExtractStep>,
        choice: Option<&ExtractChoice>,
        step: &ExtractStep,
    ) -> Result<bool, StoreError> {
        self.write("write an extract to", |transaction| {
            let mut last = transaction.prepare_cached(LAST)?;
            let last = last.query_map([notice.as_bytes()], row)?.next().transpose()?;
            if last.map(|row| row.step).as_ref() != seen {
                return Ok(false);
            }
            let choice = choice.map(|ExtractChoice { statements, observables }| {
                let (statements, observables) = (statements.clone(), observables.clone());
                to_json(&ChoiceRow { statements, observables })
            });
            transaction.execute(
                "INSERT INTO extract_step (notice, state, choice, who, at, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (
                    notice.as_bytes(),
                    step.to.as_str(),
                    choice.transpose()?,
                    &step.who,
                    step.when.to_string(),
                    &step.why,
                ),
            )?;
            Ok(true)
        })
    }

    /// The last step on any extract of a notice.
    pub fn last_extract_step(&self, notice: NoticeId) -> Result<Option<ExtractStep>, StoreError> {
        Ok(self.read("read extracts from", LAST, [notice.as_bytes()], row)?.pop().map(|row| row.step))
    }

    /// The extracts of a notice, the oldest first.
    pub fn extracts(&self, notice: NoticeId) -> Result<Vec<Extract>, StoreError> {
        let sql = "SELECT * FROM extract_step WHERE notice = ?1 ORDER BY number";
        Ok(gather(self.read("read extracts from", sql, [notice.as_bytes()], row)?))
    }

    /// All extracts, in the order in which they were proposed.
    pub fn all_extracts(&self) -> Result<Vec<Extract>, StoreError> {
        Ok(gather(self.read("read extracts from", "SELECT * FROM extract_step ORDER BY number", [], row)?))
    }
}

/// Steps in order become extracts: a proposal begins one, other steps belong to the last one of the notice.
fn gather(rows: Vec<StepRow>) -> Vec<Extract> {
    let mut all: Vec<Extract> = Vec::new();
    for StepRow { notice, choice, step } in rows {
        match choice {
            Some(choice) => all.push(Extract { notice, choice, steps: Vec1::new(step) }),
            None => {
                // A withdrawal concerns what is public; a decision, what was proposed.
                let from = match step.to {
                    ExtractState::Withdrawn => ExtractState::Published,
                    _ => ExtractState::Proposed,
                };
                let meant = |extract: &&mut Extract| extract.notice == notice && extract.state() == from;
                if let Some(last) = all.iter_mut().rev().find(meant) {
                    last.steps.push(step);
                }
            }
        }
    }
    all
}

fn row(row: &Row<'_>) -> rusqlite::Result<StepRow> {
    let choice: Option<String> = row.get("choice")?;
    let choice = choice.map(|text| serde_json::from_str(&text)).transpose();
    let choice = choice.map_err(|error| damaged("choice", &error))?;
    Ok(StepRow {
        notice: NoticeId::from_bytes(id_bytes(row, "notice")?),
        choice: choice.map(|ChoiceRow { statements, observables }| ExtractChoice { statements, observables }),
        step: ExtractStep {
            to: parsed::<ExtractState>(row, "state")?,
            who: row.get("who")?,
            when: parsed(row, "at")?,
            why: row.get("why")?,
        },
    })
}

#[cfg(test)]
mod tests {
    use forewarn_model::NoticeState;

    use super::*;
    use crate::{Options, StoredNotice};

    #[test]
    fn steps_follow_what_their_author_saw() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let id = NoticeId::derive(&[b"n"]);
        let (number, state, payload) = ("FW-1".to_owned(), NoticeState::Issued, b"{}".to_vec());
        store.put_notice(&StoredNotice { id, number, state, payload, signed: None }).unwrap();
        let step = |to, why: &str| ExtractStep {
            to,
            who: "ana".into(),
            when: "2024-01-02T03:04:05Z".parse().unwrap(),
            why: why.into(),
        };
        let choice = ExtractChoice { statements: vec![0, 2], observables: vec![1] };
        let proposed = step(ExtractState::Proposed, "for job seekers");
        assert!(store.add_extract_step(id, None, Some(&choice), &proposed).unwrap());
        assert!(!store.add_extract_step(id, None, Some(&choice), &proposed).unwrap(), "somebody was faster");
        let published = step(ExtractState::Published, "compared");
        assert!(store.add_extract_step(id, Some(&proposed), None, &published).unwrap());
        let found = store.extracts(id).unwrap();
        assert_eq!(found, store.all_extracts().unwrap());
        assert_eq!(found[0].choice, choice);
        assert_eq!(found[0].state(), ExtractState::Published);
        assert!(store.connection.execute("DELETE FROM extract_step", []).is_err());
    }
}
