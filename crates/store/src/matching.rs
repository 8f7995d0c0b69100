//! Private matching: agreements with partners, sets of values, exchanges and their hits.

use std::collections::BTreeSet;

use forewarn_model::{MatchLearns, MatchPurpose, MatchState, Officer, Timestamp};
use rusqlite::{Connection, Row};

use crate::row::{damaged, parsed, parsed_option};
use crate::{Store, StoreError};

/// What was agreed with a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The partner's short name.
    pub partner: String,
    /// The name of its key (RFC 7638).
    pub kid: String,
    /// Its public key, as a JSON Web Key.
    pub jwk: String,
    /// Which of our sets answers its questions; none if it may not ask.
    pub set_name: Option<String>,
    /// Who learns the result.
    pub learns: MatchLearns,
    /// Where its node answers questions.
    pub url: Option<String>,
    /// A file with the token for that.
    pub token_file: Option<String>,
    /// Most values in one question.
    pub values_max: u32,
    /// Most questions that it may ask in a day.
    pub questions_per_day: u32,
    /// Most values that it may ask for in a day.
    pub values_per_day: u32,
    /// Whether it is in force.
    pub active: bool,
}

/// A set of values, as it is now or was when an exchange began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchSet {
    /// Its number; a set that changes gets a new one.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Whom a hit leads to.
    pub officer: Officer,
    /// When it was made.
    pub made_at: Timestamp,
    /// What the commitment is made with.
    pub nonce: [u8; 32],
    /// What binds this organisation to the set.
    pub commitment: [u8; 32],
    /// How many values it has.
    pub count: u32,
    /// Whether it is the set of that name now.
    pub current: bool,
}

/// An exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchSession {
    /// Its id.
    pub id: [u8; 16],
    /// Whether this side asked.
    pub asked: bool,
    /// The partner.
    pub partner: String,
    /// Our set.
    pub set_number: i64,
    /// What is learned.
    pub purpose: MatchPurpose,
    /// Who learns it.
    pub learns: MatchLearns,
    /// How far it has come.
    pub state: MatchState,
    /// When this side's first message was made.
    pub made_at: Timestamp,
    /// The key that this side signs with.
    pub kid: String,
    /// What this side's secrets are drawn from; none when it was wiped.
    pub seed: Option<[u8; 32]>,
    /// SHA-256 of the signed part of this side's first message.
    pub sent: [u8; 32],
    /// SHA-256 of the signed part of the last message from the other side.
    pub received: Option<[u8; 32]>,
    /// How many values were asked for.
    pub count: u32,
    /// How many hits there were, if this side learned it.
    pub hits: Option<u32>,
}

/// A hit: a request to talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchHit {
    /// Its number.
    pub number: i64,
    /// The exchange that found it.
    pub session: [u8; 16],
    /// `kind:value`; empty where only numbers were learned.
    pub value: String,
    /// Our reference of the case; empty if the value belongs to none.
    pub case_ref: String,
    /// How many values it stands for.
    pub count: u32,
    /// Whom to talk to on the other side.
    pub officer: Officer,
    /// When it was found.
    pub found_at: Timestamp,
    /// When it was talked about.
    pub talked_at: Option<Timestamp>,
    /// What came of that.
    pub outcome: Option<String>,
}

/// How much a partner may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadMax {
    /// What it asked since this instant counts.
    pub since: Timestamp,
    /// Questions.
    pub questions: u32,
    /// Values in all of them.
    pub values: u32,
}

/// What became of a new exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// It is kept.
    New,
    /// Its id is there already.
    Known,
    /// The partner has asked too much.
    TooMuch {
        /// Questions before this one.
        questions: u64,
        /// Values before this one.
        values: u64,
    },
}

/// What one hit is, before it is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NewHit {
    /// `kind:value`, or empty.
    pub value: String,
    /// Our reference of the case, or empty.
    pub case_ref: String,
    /// How many values it stands for.
    pub count: u32,
}

impl Store {
    /// Adds an agreement or changes the one with that partner.
    pub fn put_match_agreement(&mut self, agreement: &Agreement) -> Result<(), StoreError> {
        self.write("write an agreement to", |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO match_agreement (partner, kid, jwk, set_name, learns, url, token_file,
                     values_max, questions_per_day, values_per_day, active)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                (
                    &agreement.partner,
                    &agreement.kid,
                    &agreement.jwk,
                    &agreement.set_name,
                    agreement.learns.as_str(),
                    &agreement.url,
                    &agreement.token_file,
                    agreement.values_max,
                    agreement.questions_per_day,
                    agreement.values_per_day,
                    agreement.active,
                ),
            )?;
            Ok(())
        })
    }

    /// All agreements, in order of partner.
    pub fn match_agreements(&self) -> Result<Vec<Agreement>, StoreError> {
        self.read("read agreements from", "SELECT * FROM match_agreement ORDER BY partner", [], agreement)
    }

    /// Makes a set the current one of its name, with values and the case of each (empty for none). The number
    /// that it gets; `set.number`, `set.count` and `set.current` are not read.
    pub fn put_match_set(&mut self, set: &MatchSet, values: &[(String, String)]) -> Result<i64, StoreError> {
        self.write("write a set to", |transaction| {
            transaction.execute("UPDATE match_set SET current = 0 WHERE name = ?1", [&set.name])?;
            let number: i64 = transaction.query_row(
                "INSERT INTO match_set (name, officer, contact, made_at, nonce, commitment, count, current)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 1) RETURNING number",
                (
                    &set.name,
                    &set.officer.name,
                    &set.officer.contact,
                    set.made_at.to_string(),
                    set.nonce,
                    set.commitment,
                ),
                |row| row.get(0),
            )?;
            let sql = "INSERT OR IGNORE INTO match_value (set_number, value, case_ref) VALUES (?1, ?2, ?3)";
            let mut statement = transaction.prepare(sql)?;
            for (value, case) in values {
                statement.execute((number, value, case))?;
            }
            transaction.execute(
                "UPDATE match_set SET count =
                     (SELECT count(DISTINCT value) FROM match_value WHERE set_number = ?1) WHERE number = ?1",
                [number],
            )?;
            Ok(number)
        })
    }

    /// The sets as they are now, in order of name.
    pub fn match_sets(&self) -> Result<Vec<MatchSet>, StoreError> {
        self.read("read sets from", "SELECT * FROM match_set WHERE current = 1 ORDER BY name", [], set)
    }

    /// A set by its number, current or not.
    pub fn match_set(&self, number: i64) -> Result<Option<MatchSet>, StoreError> {
        Ok(self.read("read sets from", "SELECT * FROM match_set WHERE number = ?1", [number], set)?.pop())
    }

    /// The values of a set with the case of each, sorted.
    pub fn match_values(&self, number: i64) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT value, case_ref FROM match_value WHERE set_number = ?1 ORDER BY value, case_ref";
        self.read("read sets from", sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Takes a set out of use; exchanges that began with it keep it until they end. Whether there was one.
    pub fn retire_match_set(&mut self, name: &str) -> Result<bool, StoreError> {
        self.write("write a set to", |transaction| {
            let sql = "UPDATE match_set SET current = 0 WHERE name = ?1 AND current = 1";
            Ok(transaction.execute(sql, [name])? > 0)
        })
    }

    /// Keeps a new exchange, if the partner has not asked too much before. An id that is there changes nothing.
    pub fn put_match_session(
        &mut self,
        session: &MatchSession,
        load: Option<&LoadMax>,
    ) -> Result<Reservation, StoreError> {
        self.write("write a match to", |transaction| {
            let sql = "SELECT count(*) FROM match_session WHERE id = ?1";
            if transaction.query_row(sql, [session.id], |row| row.get::<_, i64>(0))? > 0 {
                return Ok(Reservation::Known);
            }
            if let Some(max) = load {
                let (questions, values) = load_of(transaction, &session.partner, max.since)?;
                if questions >= u64::from(max.questions)
                    || values + u64::from(session.count) > u64::from(max.values)
                {
                    return Ok(Reservation::TooMuch { questions, values });
                }
            }
            transaction.execute(
                "INSERT INTO match_session (id, asked, partner, set_number, purpose, learns, state,
                     made_at, kid, seed, sent, received, count, hits)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                (
                    session.id,
                    session.asked,
                    &session.partner,
                    session.set_number,
                    session.purpose.as_str(),
                    session.learns.as_str(),
                    session.state.as_str(),
                    session.made_at.to_string(),
                    &session.kid,
                    session.seed,
                    session.sent,
                    session.received,
                    session.count,
                    session.hits,
                ),
            )?;
            Ok(Reservation::New)
        })
    }

    /// Keeps what this side's message of an exchange is recognised by.
    pub fn put_match_sent(&mut self, id: &[u8; 16], sent: &[u8; 32]) -> Result<(), StoreError> {
        self.write("write a match to", |transaction| {
            transaction.execute("UPDATE match_session SET sent = ?2 WHERE id = ?1", (id, sent))?;
            Ok(())
        })
    }

    /// Ends an exchange with what was found. Whether it was still open: the hits of one that had ended stay as
    /// they were.
    pub fn finish_match(
        &mut self,
        id: &[u8; 16],
        received: &[u8; 32],
        hits: &[NewHit],
        officer: &Officer,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write("write a match to", |transaction| {
            // A value in two cases is one hit.
            let values: BTreeSet<&str> =
                hits.iter().map(|hit| hit.value.as_str()).filter(|value| !value.is_empty()).collect();
            let unnamed = hits.iter().filter(|hit| hit.value.is_empty()).map(|hit| i64::from(hit.count));
            let total = values.len() as i64 + unnamed.sum::<i64>();
            let open = transaction.execute(
                "UPDATE match_session SET state = ?2, received = ?3, hits = ?4 WHERE id = ?1 AND state <> ?2",
                (id, MatchState::Finished.as_str(), received, total),
            )?;
            if open == 0 {
                return Ok(false);
            }
            let sql = "INSERT OR IGNORE INTO match_hit (session, value, case_ref, count, officer, contact, found_at)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let mut statement = transaction.prepare(sql)?;
            for hit in hits {
                let (name, contact) = (&officer.name, &officer.contact);
                statement.execute((id, &hit.value, &hit.case_ref, hit.count, name, contact, at.to_string()))?;
            }
            Ok(true)
        })
    }

    /// An exchange by its id.
    pub fn match_session(&self, id: &[u8; 16]) -> Result<Option<MatchSession>, StoreError> {
        let sql = "SELECT * FROM match_session WHERE id = ?1";
        Ok(self.read("read matches from", sql, [id], session)?.pop())
    }

    /// The latest exchanges, the newest first.
    pub fn match_sessions(&self, count_max: u32) -> Result<Vec<MatchSession>, StoreError> {
        let sql = "SELECT * FROM match_session ORDER BY made_at DESC, id LIMIT ?1";
        self.read("read matches from", sql, [count_max], session)
    }

    /// How many questions a partner has asked since an instant, and for how many values.
    pub fn match_load(&self, partner: &str, since: Timestamp) -> Result<(u64, u64), StoreError> {
        self.wrap("read matches from", load_of(&self.connection, partner, since))
    }

    /// Forgets the secrets of exchanges made before an instant, and the values of sets that no exchange with
    /// secrets needs any more. How many exchanges that were.
    pub fn wipe_matches(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        self.write("wipe old matches in", |transaction| {
            // Zeros over the old bytes, before they are let go.
            transaction.pragma_update(None, "secure_delete", true)?;
            let sql = "UPDATE match_session SET seed = NULL WHERE seed IS NOT NULL AND made_at < ?1";
            let wiped = transaction.execute(sql, [before.to_string()])?;
            transaction.execute(
                "DELETE FROM match_value WHERE set_number IN (
                     SELECT number FROM match_set s WHERE current = 0 AND NOT EXISTS (
                         SELECT 1 FROM match_session WHERE set_number = s.number AND seed IS NOT NULL))",
                [],
            )?;
            Ok(wiped)
        })
    }

    /// Hits, the newest first; those that nobody has talked about yet, or all.
    pub fn match_hits(&self, open_only: bool, count_max: u32) -> Result<Vec<MatchHit>, StoreError> {
        let sql = "SELECT * FROM match_hit WHERE talked_at IS NULL OR NOT ?1 ORDER BY number DESC LIMIT ?2";
        self.read("read matches from", sql, (open_only, count_max), hit)
    }

    /// The hits of one exchange, in order of value and case.
    pub fn match_hits_of(&self, id: &[u8; 16]) -> Result<Vec<MatchHit>, StoreError> {
        let sql = "SELECT * FROM match_hit WHERE session = ?1 ORDER BY value, case_ref";
        self.read("read matches from", sql, [id], hit)
    }

    /// Notes what came of a hit. Whether it was still open.
    pub fn talk_about_match(
        &mut self,
        number: i64,
        at: Timestamp,
        outcome: &str,
    ) -> Result<bool, StoreError> {
        self.write("write a match to", |transaction| {
            let sql =
                "UPDATE match_hit SET talked_at = ?2, outcome = ?3 WHERE number = ?1 AND talked_at IS NULL";
            Ok(transaction.execute(sql, (number, at.to_string(), outcome))? > 0)
        })
    }

    /// Keeps what a release of noisy counts cost, in millionths of zero-concentrated privacy budget, if all
    /// releases together stay within a budget. What was spent before it, and whether it was kept.
    pub fn spend_statistics(
        &mut self,
        (at, actor, question): (Timestamp, &str, &str),
        rho_micro: u64,
        budget_micro: u64,
    ) -> Result<(u64, bool), StoreError> {
        self.write("write a release to", |transaction| {
            let spent = spent(transaction)?;
            let fits = spent.checked_add(rho_micro).is_some_and(|total| total <= budget_micro);
            if fits {
                transaction.execute(
                    "INSERT INTO statistics_release (at, actor, question, rho_micro) VALUES (?1, ?2, ?3, ?4)",
                    (at.to_string(), actor, question, rho_micro as i64),
                )?;
            }
            Ok((spent, fits))
        })
    }

    /// The releases, the newest first: when, who, what, and the cost in millionths.
    pub fn statistics_releases(
        &self,
        count_max: u32,
    ) -> Result<Vec<(Timestamp, String, String, u64)>, StoreError> {
        let sql = "SELECT * FROM statistics_release ORDER BY number DESC LIMIT ?1";
        self.read("read releases from", sql, [count_max], |row| {
            Ok((parsed(row, "at")?, row.get("actor")?, row.get("question")?, micro(row, "rho_micro")?))
        })
    }

    /// What all releases have cost, in millionths.
    pub fn statistics_spent(&self) -> Result<u64, StoreError> {
        self.wrap("read releases from", spent(&self.connection))
    }
}

fn load_of(connection: &Connection, partner: &str, since: Timestamp) -> rusqlite::Result<(u64, u64)> {
    let sql = "SELECT count(*), coalesce(sum(count), 0) FROM match_session
               WHERE partner = ?1 AND asked = 0 AND made_at > ?2";
    connection.query_row(sql, (partner, since.to_string()), |row| {
        Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs()))
    })
}

fn spent(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT coalesce(sum(rho_micro), 0) AS spent FROM statistics_release";
    connection.query_row(sql, [], |row| micro(row, "spent"))
}

/// Millionths, which are never negative.
fn micro(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|error| damaged(column, &error))
}

fn agreement(row: &Row<'_>) -> rusqlite::Result<Agreement> {
    Ok(Agreement {
        partner: row.get("partner")?,
        kid: row.get("kid")?,
        jwk: row.get("jwk")?,
        set_name: row.get("set_name")?,
        learns: parsed(row, "learns")?,
        url: row.get("url")?,
        token_file: row.get("token_file")?,
        values_max: row.get("values_max")?,
        questions_per_day: row.get("questions_per_day")?,
        values_per_day: row.get("values_per_day")?,
        active: row.get("active")?,
    })
}

fn officer(row: &Row<'_>) -> rusqlite::Result<Officer> {
    Ok(Officer { name: row.get("officer")?, contact: row.get("contact")? })
}

fn set(row: &Row<'_>) -> rusqlite::Result<MatchSet> {
    Ok(MatchSet {
        number: row.get("number")?,
        name: row.get("name")?,
        officer: officer(row)?,
        made_at: parsed(row, "made_at")?,
        nonce: row.get("nonce")?,
        commitment: row.get("commitment")?,
        count: row.get("count")?,
        current: row.get("current")?,
    })
}

fn session(row: &Row<'_>) -> rusqlite::Result<MatchSession> {
    Ok(MatchSession {
        id: row.get("id")?,
        asked: row.get("asked")?,
        partner: row.get("partner")?,
        set_number: row.get("set_number")?,
        purpose: parsed(row, "purpose")?,
        learns: parsed(row, "learns")?,
        state: parsed(row, "state")?,
        made_at: parsed(row, "made_at")?,
        kid: row.get("kid")?,
        seed: row.get("seed")?,
        sent: row.get("sent")?,
        received: row.get("received")?,
        count: row.get("count")?,
        hits: row.get("hits")?,
    })
}

fn hit(row: &Row<'_>) -> rusqlite::Result<MatchHit> {
    Ok(MatchHit {
        number: row.get("number")?,
        session: row.get("session")?,
        value: row.get("value")?,
        case_ref: row.get("case_ref")?,
        count: row.get("count")?,
        officer: officer(row)?,
        found_at: parsed(row, "found_at")?,
        talked_at: parsed_option(row, "talked_at")?,
        outcome: row.get("outcome")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Options::default()).unwrap();
        (folder, store)
    }

    fn officer() -> Officer {
        Officer { name: "Desk 4".into(), contact: "desk4@bureau.example".into() }
    }

    fn put_set(store: &mut Store, values: &[(&str, &str)]) -> i64 {
        let set = MatchSet {
            number: 0,
            name: "open cases".into(),
            officer: officer(),
            made_at: at("2025-01-01T00:00:00Z"),
            nonce: [1; 32],
            commitment: [2; 32],
            count: 0,
            current: true,
        };
        let values: Vec<_> = values.iter().map(|(value, case)| ((*value).into(), (*case).into())).collect();
        store.put_match_set(&set, &values).unwrap()
    }

    fn session(id: u8, set_number: i64, made_at: &str) -> MatchSession {
        MatchSession {
            id: [id; 16],
            asked: false,
            partner: "b".into(),
            set_number,
            purpose: MatchPurpose::Values,
            learns: MatchLearns::Both,
            state: MatchState::Answered,
            made_at: at(made_at),
            kid: "kid".into(),
            seed: Some([7; 32]),
            sent: [8; 32],
            received: None,
            count: 100,
            hits: None,
        }
    }

    #[test]
    fn a_set_that_changes_leaves_the_one_that_an_exchange_began_with() {
        let (_folder, mut store) = store();
        let first = put_set(&mut store, &[("phone:+1", "A"), ("phone:+1", "B"), ("phone:+2", "")]);
        store.put_match_session(&session(1, first, "2025-01-02T00:00:00Z"), None).unwrap();
        let second = put_set(&mut store, &[("phone:+3", "")]);
        let sets = store.match_sets().unwrap();
        assert_eq!(sets.iter().map(|set| (set.number, set.count)).collect::<Vec<_>>(), [(second, 1)]);
        assert_eq!(store.match_set(first).unwrap().map(|set| (set.count, set.current)), Some((2, false)));
        assert_eq!(store.wipe_matches(at("2025-01-02T00:00:00Z")).unwrap(), 0);
        assert_eq!(store.match_values(first).unwrap().len(), 3);
        assert_eq!(store.wipe_matches(at("2025-02-02T00:00:00Z")).unwrap(), 1);
        assert_eq!(store.match_values(first).unwrap(), []);
        assert_eq!(store.match_session(&[1; 16]).unwrap().unwrap().seed, None);
        assert!(store.retire_match_set("open cases").unwrap());
        assert!(!store.retire_match_set("open cases").unwrap());
    }

    #[test]
    fn an_exchange_ends_once() {
        let (_folder, mut store) = store();
        let set = put_set(&mut store, &[("phone:+1", "A")]);
        let begun = session(1, set, "2025-01-02T00:00:00Z");
        assert_eq!(store.put_match_session(&begun, None).unwrap(), Reservation::New);
        let again = MatchSession { count: 5, ..begun.clone() };
        assert_eq!(store.put_match_session(&again, None).unwrap(), Reservation::Known);
        assert_eq!(store.match_session(&[1; 16]).unwrap(), Some(begun));
        let hits = [NewHit { value: "phone:+1".into(), case_ref: "A".into(), count: 1 }];
        let now = at("2025-01-03T00:00:00Z");
        assert!(store.finish_match(&[1; 16], &[9; 32], &hits, &officer(), now).unwrap());
        assert!(!store.finish_match(&[1; 16], &[9; 32], &[], &officer(), now).unwrap());
        let ended = store.match_session(&[1; 16]).unwrap().unwrap();
        assert_eq!((ended.state, ended.hits, ended.received), (MatchState::Finished, Some(1), Some([9; 32])));
        let hit = store.match_hits(true, 10).unwrap().remove(0);
        assert_eq!(store.match_hits_of(&[1; 16]).unwrap(), std::slice::from_ref(&hit));
        assert!(store.talk_about_match(hit.number, now, "same case").unwrap());
        assert!(!store.talk_about_match(hit.number, now, "other").unwrap());
        assert_eq!(store.match_hits(true, 10).unwrap(), []);
        assert_eq!(store.match_hits(false, 10).unwrap()[0].outcome.as_deref(), Some("same case"));
    }

    #[test]
    fn what_a_partner_asks_in_a_day_is_counted_and_limited() {
        let (_folder, mut store) = store();
        let (one, two) = ("2025-01-01T12:00:00Z", "2025-01-02T12:00:00Z");
        for (id, day) in [(1, one), (2, two), (3, two)] {
            store.put_match_session(&session(id, 1, day), None).unwrap();
        }
        let ours = MatchSession { asked: true, ..session(4, 1, two) };
        store.put_match_session(&ours, None).unwrap();
        let since = at("2025-01-02T00:00:00Z");
        let mut ask = |id, questions, values| {
            store
                .put_match_session(&session(id, 1, two), Some(&LoadMax { since, questions, values }))
                .unwrap()
        };
        assert_eq!(ask(5, 2, 1000), Reservation::TooMuch { questions: 2, values: 200 });
        assert_eq!(ask(5, 9, 299), Reservation::TooMuch { questions: 2, values: 200 });
        assert_eq!(ask(5, 3, 300), Reservation::New);
        assert_eq!(ask(5, 3, 300), Reservation::Known);
        assert_eq!(store.match_load("b", since).unwrap(), (3, 300));
        assert_eq!(store.match_load("c", since).unwrap(), (0, 0));
        assert_eq!(store.match_sessions(2).unwrap().len(), 2);
    }

    #[test]
    fn a_budget_is_spent_and_then_refused() {
        let (_folder, mut store) = store();
        let release = (at("2025-01-01T00:00:00Z"), "ana", "hub, month");
        assert_eq!(store.spend_statistics(release, 60, 100).unwrap(), (0, true));
        assert_eq!(store.spend_statistics(release, 41, 100).unwrap(), (60, false));
        assert_eq!(store.spend_statistics(release, 40, 100).unwrap(), (60, true));
        assert_eq!(store.statistics_spent().unwrap(), 100);
        assert_eq!(store.statistics_releases(10).unwrap().len(), 2);
        assert!(store.connection.execute("DELETE FROM statistics_release", []).is_err());
        assert!(store.connection.execute("UPDATE statistics_release SET rho_micro = 0", []).is_err());
    }

    #[test]
    fn an_agreement_changes() {
        let (_folder, mut store) = store();
        let agreement = Agreement {
            partner: "b".into(),
            kid: "kid".into(),
            jwk: "{}".into(),
            set_name: Some("open cases".into()),
            learns: MatchLearns::Requester,
            url: None,
            token_file: None,
            values_max: 10,
            questions_per_day: 2,
            values_per_day: 20,
            active: true,
        };
        store.put_match_agreement(&agreement).unwrap();
        let changed = Agreement { active: false, url: Some("https://b.example".into()), ..agreement };
        store.put_match_agreement(&changed).unwrap();
        assert_eq!(store.match_agreements().unwrap(), [changed]);
    }
}
