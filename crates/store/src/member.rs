//! Members, deliveries to them, and their receipts and replies.

use forewarn_model::member::Member;
use forewarn_model::{Channel, NoticeId, ObservableKind, ReceiptKind, Reply, ReportId, Timestamp, Tlp};
use rusqlite::{OptionalExtension, Row};

use crate::row::{damaged, id_bytes, item, json, parsed, parsed_option, to_json};
use crate::{Store, StoreError};

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is to be tried, for the first time or again.
    Waiting,
    /// The other side took it.
    Delivered,
    /// It failed as often as it is tried; a person must look.
    GivenUp,
}

/// A document on its way to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number; the other side tells a second arrival by it.
    pub number: i64,
    /// The notice.
    pub notice: NoticeId,
    /// Which document: `issued` or `ended`.
    pub document: String,
    /// The member.
    pub member: String,
    /// The way to it.
    pub channel: Channel,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before this instant.
    pub next_at: Timestamp,
}

/// What came of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The delivery.
    pub delivery: i64,
    /// When.
    pub at: Timestamp,
    /// `delivered` or `failed`.
    pub outcome: &'static str,
    /// What the other side said.
    pub detail: String,
    /// Where the delivery stands after it.
    pub state: DeliveryState,
    /// When it is tried again.
    pub next_at: Timestamp,
}

/// A receipt of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The notice.
    pub notice: NoticeId,
    /// The member.
    pub member: String,
    /// What it confirms.
    pub kind: ReceiptKind,
    /// When.
    pub at: Timestamp,
    /// Which person or system.
    pub who: String,
}

impl DeliveryState {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

impl Store {
    /// Adds a member or changes one; the secret of one that is there stays.
    pub fn put_member(&mut self, member: &Member, secret: &[u8; 32]) -> Result<(), StoreError> {
        self.write("write a member to", |transaction| {
            let channels: Vec<String> = member.channels.iter().map(Channel::to_string).collect();
            let clearance = Tlp::ALL.iter().position(|tlp| *tlp == member.clearance).unwrap_or_default();
            transaction.execute(
                "INSERT INTO member (id, name, kind, country, clearance, channels, active, secret)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                     country = excluded.country, clearance = excluded.clearance,
                     channels = excluded.channels, active = excluded.active",
                (
                    &member.id,
                    &member.name,
                    member.kind.as_str(),
                    member.country.map(|country| country.to_string()),
                    clearance as i64,
                    to_json(&channels)?,
                    member.active,
                    secret,
                ),
            )?;
            Ok(())
        })
    }

    /// All members, in order of id.
    pub fn members(&self) -> Result<Vec<Member>, StoreError> {
        self.read("read members from", "SELECT * FROM member ORDER BY id", [], member)
    }

    /// What deliveries to a member are signed with.
    pub fn member_secret(&self, id: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let sql = "SELECT secret FROM member WHERE id = ?1";
        Ok(self.read("read members from", sql, [id], |row| row.get(0))?.pop())
    }

    /// Notes who receives a notice, and queues a document of it for them, each with its channels, in one
    /// transaction; how many deliveries are new. What was queued before is not queued again. A member without
    /// channels fetches it.
    pub fn queue_deliveries(
        &mut self,
        notice: NoticeId,
        document: &str,
        recipients: &[(String, Vec<Channel>)],
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        self.write("queue deliveries in", |transaction| {
            let mut receives = transaction.prepare_cached(
                "INSERT INTO recipient (notice, member, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO delivery (notice, document, member, channel, state, next_at)
                 VALUES (?1, ?2, ?3, ?4, 'waiting', ?5) ON CONFLICT DO NOTHING",
            )?;
            let at = at.to_string();
            let mut queued = 0;
            for (member, channels) in recipients {
                receives.execute((notice.as_bytes(), member, &at))?;
                for channel in channels {
                    let way = (notice.as_bytes(), document, member, channel.to_string(), &at);
                    queued += insert.execute(way)? as u64;
                }
            }
            Ok(queued)
        })
    }

    /// The members to whom a notice was distributed, by id, in order.
    pub fn recipients(&self, notice: NoticeId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT member FROM recipient WHERE notice = ?1 ORDER BY member";
        self.read("read deliveries from", sql, [notice.as_bytes()], |row| row.get(0))
    }

    /// The notices that were distributed to a member.
    pub fn distributed_to(&self, member: &str) -> Result<Vec<NoticeId>, StoreError> {
        let sql = "SELECT notice FROM recipient WHERE member = ?1 ORDER BY notice";
        self.read("read deliveries from", sql, [member], |row| {
            Ok(NoticeId::from_bytes(id_bytes(row, "notice")?))
        })
    }

    /// Deliveries that are due, the longest waiting first, at most `count_max`. One whose time lies further
    /// ahead than any wait is due too: then the clock was set back.
    pub fn due_deliveries(
        &self,
        now: Timestamp,
        wait_max: Timestamp,
        count_max: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let sql = "SELECT * FROM delivery WHERE state = 'waiting' AND (next_at <= ?1 OR next_at > ?2)
                   ORDER BY next_at, number LIMIT ?3";
        let parameters = (now.to_string(), wait_max.to_string(), count_max);
        self.read("read deliveries from", sql, parameters, delivery)
    }

    /// All deliveries of a notice, in order of number.
    pub fn deliveries(&self, notice: NoticeId) -> Result<Vec<Delivery>, StoreError> {
        let sql = "SELECT * FROM delivery WHERE notice = ?1 ORDER BY number";
        self.read("read deliveries from", sql, [notice.as_bytes()], delivery)
    }

    /// What the other side said to the last attempt of each delivery of a notice.
    pub fn last_attempts(&self, notice: NoticeId) -> Result<Vec<(i64, String, String)>, StoreError> {
        let sql = "SELECT a.delivery, a.at, a.detail FROM delivery_attempt a JOIN delivery d
                   ON d.number = a.delivery AND d.attempts = a.attempt WHERE d.notice = ?1 ORDER BY a.delivery";
        self.read("read deliveries from", sql, [notice.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    /// Writes what came of attempts, in one transaction.
    pub fn put_attempts(&mut self, attempts: &[Attempt]) -> Result<(), StoreError> {
        self.write("write deliveries to", |transaction| {
            for attempt in attempts {
                transaction.execute(
                    "UPDATE delivery SET attempts = attempts + 1, state = ?2, next_at = ?3 WHERE number = ?1",
                    (attempt.delivery, attempt.state.as_str(), attempt.next_at.to_string()),
                )?;
                transaction.execute(
                    "INSERT INTO delivery_attempt (delivery, attempt, at, outcome, detail)
                     SELECT ?1, attempts, ?2, ?3, ?4 FROM delivery WHERE number = ?1",
                    (attempt.delivery, attempt.at.to_string(), attempt.outcome, &attempt.detail),
                )?;
            }
            Ok(())
        })
    }

    /// Tries again what was given up; how many deliveries that are.
    pub fn retry_deliveries(&mut self, notice: NoticeId, at: Timestamp) -> Result<u64, StoreError> {
        self.write("write deliveries to", |transaction| {
            let sql = "UPDATE delivery SET state = 'waiting', next_at = ?2
                       WHERE notice = ?1 AND state = 'given_up'";
            Ok(transaction.execute(sql, (notice.as_bytes(), at.to_string()))? as u64)
        })
    }

    /// Notes a receipt; whether it is the first of its kind.
    pub fn put_receipt(&mut self, receipt: &Receipt) -> Result<bool, StoreError> {
        self.write("write a receipt to", |transaction| {
            let Receipt { notice, member, kind, at, who } = receipt;
            let known: Option<i64> = transaction
                .query_row("SELECT 1 FROM member WHERE id = ?1", [member], |row| row.get(0))
                .optional()?;
            if known.is_none() {
                return Ok(false);
            }
            let written = transaction.execute(
                "INSERT INTO receipt (notice, member, kind, at, who) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                (notice.as_bytes(), member, kind.as_str(), at.to_string(), who),
            )?;
            Ok(written == 1)
        })
    }

    /// All receipts of a notice.
    pub fn receipts(&self, notice: NoticeId) -> Result<Vec<Receipt>, StoreError> {
        let sql = "SELECT * FROM receipt WHERE notice = ?1 ORDER BY member, at, kind";
        self.read("read receipts from", sql, [notice.as_bytes()], |row| {
            Ok(Receipt {
                notice: NoticeId::from_bytes(id_bytes(row, "notice")?),
                member: row.get("member")?,
                kind: parsed(row, "kind")?,
                at: parsed(row, "at")?,
                who: row.get("who")?,
            })
        })
    }

    /// Adds a reply, with the report that it became in the store.
    pub fn put_reply(&mut self, reply: &Reply, report: Option<ReportId>) -> Result<(), StoreError> {
        self.write("write a reply to", |transaction| {
            let observables: Vec<(String, &str)> =
                reply.observables.iter().map(|(kind, value)| (kind.to_string(), value.as_str())).collect();
            transaction.execute(
                "INSERT INTO reply (notice, member, at, kind, text, observables, report)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                (
                    reply.notice.as_bytes(),
                    &reply.member,
                    reply.at.to_string(),
                    reply.kind.as_str(),
                    &reply.text,
                    to_json(&observables)?,
                    report.map(|report| *report.as_bytes()),
                ),
            )?;
            Ok(())
        })
    }

    /// All replies to a notice, in order, each with the report that it became.
    pub fn replies(&self, notice: NoticeId) -> Result<Vec<(Reply, Option<ReportId>)>, StoreError> {
        let sql = "SELECT * FROM reply WHERE notice = ?1 ORDER BY number";
        self.read("read replies from", sql, [notice.as_bytes()], |row| {
            let observables: Vec<(String, String)> = json(row, "observables")?;
            let observables = observables.into_iter().map(|(kind, value)| {
                let kind: ObservableKind = kind.parse().map_err(|error| damaged("observables", &error))?;
                Ok((kind, value))
            });
            let report: Option<[u8; 20]> = row.get("report")?;
            let reply = Reply {
                notice: NoticeId::from_bytes(id_bytes(row, "notice")?),
                member: row.get("member")?,
                at: parsed(row, "at")?,
                kind: parsed(row, "kind")?,
                text: row.get("text")?,
                observables: observables.collect::<rusqlite::Result<_>>()?,
            };
            Ok((reply, report.map(ReportId::from_bytes)))
        })
    }
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let channels: Vec<String> = json(row, "channels")?;
    let channels = channels.iter().map(|text| text.parse().map_err(|error| damaged("channels", &error)));
    Ok(Member {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: parsed(row, "kind")?,
        country: parsed_option(row, "country")?,
        clearance: item(row, "clearance", &Tlp::ALL)?,
        channels: channels.collect::<rusqlite::Result<_>>()?,
        active: row.get("active")?,
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let state: String = row.get("state")?;
    let all = [DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::GivenUp];
    let state = all.into_iter().find(|known| known.as_str() == state);
    Ok(Delivery {
        number: row.get("number")?,
        notice: NoticeId::from_bytes(id_bytes(row, "notice")?),
        document: row.get("document")?,
        member: row.get("member")?,
        channel: parsed(row, "channel")?,
        state: state.ok_or_else(|| damaged("state", &"no such state"))?,
        attempts: row.get("attempts")?,
        next_at: parsed(row, "next_at")?,
    })
}

#[cfg(test)]
mod tests {
    use forewarn_model::{MemberKind, NoticeState, ReplyKind};

    use super::*;
    use crate::{Options, StoredNotice};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn member(id: &str) -> Member {
        Member {
            id: id.into(),
            name: "Example Bureau".into(),
            kind: MemberKind::Bureau,
            country: Some("KE".parse().unwrap()),
            clearance: Tlp::Amber,
            channels: vec!["folder:/tmp/in".parse().unwrap(), "email:a@b.example".parse().unwrap()],
            active: true,
        }
    }

    fn store() -> (tempfile::TempDir, Store, NoticeId) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let id = NoticeId::derive(&[b"n"]);
        let notice = StoredNotice {
            id,
            number: "EX-1".into(),
            state: NoticeState::Issued,
            payload: b"{}".to_vec(),
            signed: None,
        };
        store.put_notice(&notice).unwrap();
        store.put_member(&member("a"), &[1; 32]).unwrap();
        (folder, store, id)
    }

    #[test]
    fn a_member_changes_and_keeps_its_secret() {
        let (_folder, mut store, _) = store();
        let changed = Member { active: false, country: None, channels: vec![], ..member("a") };
        store.put_member(&changed, &[2; 32]).unwrap();
        assert_eq!(store.members().unwrap(), [changed]);
        assert_eq!(store.member_secret("a").unwrap(), Some([1; 32]));
        assert_eq!(store.member_secret("b").unwrap(), None);
    }

    #[test]
    fn a_delivery_is_queued_once_tried_again_and_given_up() {
        let (_folder, mut store, id) = store();
        let (now, later, end) =
            (at("2025-01-01T00:00:00Z"), at("2025-01-01T01:00:00Z"), at("2025-01-03T00:00:00Z"));
        let to = [("a".to_owned(), member("a").channels)];
        assert_eq!(store.queue_deliveries(id, "issued", &to, now).unwrap(), 2);
        assert_eq!(store.queue_deliveries(id, "issued", &to, later).unwrap(), 0);
        assert_eq!(store.due_deliveries(now, end, 1).unwrap().len(), 1);
        let due = store.due_deliveries(now, end, 10).unwrap();
        let attempt = |delivery, state, next_at| Attempt {
            delivery,
            at: now,
            outcome: if state == DeliveryState::Delivered { "delivered" } else { "failed" },
            detail: "503".into(),
            state,
            next_at,
        };
        let waiting = attempt(due[0].number, DeliveryState::Waiting, later);
        let delivered = attempt(due[1].number, DeliveryState::Delivered, later);
        store.put_attempts(&[waiting, delivered]).unwrap();
        assert_eq!(store.due_deliveries(now, end, 10).unwrap(), []);
        let due = store.due_deliveries(later, end, 10).unwrap();
        assert_eq!((due.len(), due[0].attempts), (1, 1));
        // The clock was set back by years: what waits is due all the same.
        let past = at("2020-01-01T00:00:00Z");
        assert_eq!(store.due_deliveries(past, at("2020-01-02T00:00:00Z"), 10).unwrap().len(), 1);
        store.put_attempts(&[attempt(due[0].number, DeliveryState::GivenUp, later)]).unwrap();
        assert_eq!(store.last_attempts(id).unwrap().len(), 2);
        assert_eq!(store.due_deliveries(end, end, 10).unwrap(), []);
        assert_eq!(store.retry_deliveries(id, end).unwrap(), 1);
        assert_eq!(store.due_deliveries(end, end, 10).unwrap().len(), 1);
        assert!(store.connection.execute("UPDATE delivery_attempt SET detail = ''", []).is_err());
    }

    #[test]
    fn whoever_has_no_channel_receives_it_all_the_same() {
        let (_folder, mut store, id) = store();
        store.put_member(&Member { channels: vec![], ..member("b") }, &[2; 32]).unwrap();
        store.put_member(&member("c"), &[3; 32]).unwrap();
        assert_eq!(store.recipients(id).unwrap(), [""; 0]);
        let to = [("b".to_owned(), vec![]), ("a".to_owned(), member("a").channels)];
        assert_eq!(store.queue_deliveries(id, "issued", &to, at("2025-01-01T00:00:00Z")).unwrap(), 2);
        assert_eq!(store.recipients(id).unwrap(), ["a", "b"]);
        assert_eq!(store.distributed_to("b").unwrap(), [id]);
        assert_eq!(store.distributed_to("c").unwrap(), []);
    }

    #[test]
    fn receipts_count_once_and_replies_stay() {
        let (_folder, mut store, id) = store();
        let receipt = Receipt {
            notice: id,
            member: "a".into(),
            kind: ReceiptKind::Opened,
            at: at("2025-01-01T00:00:00Z"),
            who: "officer".into(),
        };
        assert!(store.put_receipt(&receipt).unwrap());
        assert!(!store.put_receipt(&receipt).unwrap());
        assert!(!store.put_receipt(&Receipt { member: "nobody".into(), ..receipt.clone() }).unwrap());
        assert_eq!(store.receipts(id).unwrap(), [receipt]);
        let reply = Reply {
            notice: id,
            member: "a".into(),
            at: at("2025-01-02T00:00:00Z"),
            kind: ReplyKind::NewObservables,
            text: "two more numbers".into(),
            observables: vec![(ObservableKind::Phone, "+855100000".into())],
        };
        store.put_reply(&reply, None).unwrap();
        assert_eq!(store.replies(id).unwrap(), [(reply, None)]);
        assert!(store.connection.execute("UPDATE reply SET text = ''", []).is_err());
    }

    #[test]
    fn ten_thousand_members_are_queued_together() {
        let (_folder, mut store, id) = store();
        for number in 0..50 {
            store.put_member(&member(&format!("m{number}")), &[1; 32]).unwrap();
        }
        let ways = |of: u32| (0..200).map(|at| Channel::Folder(format!("/tmp/{of}/{at}"))).collect();
        let to: Vec<(String, Vec<Channel>)> = (0..50).map(|at| (format!("m{at}"), ways(at))).collect();
        let now = at("2025-01-01T00:00:00Z");
        assert_eq!(store.queue_deliveries(id, "issued", &to, now).unwrap(), 10_000);
        assert_eq!(store.deliveries(id).unwrap().len(), 10_000);
    }
}
