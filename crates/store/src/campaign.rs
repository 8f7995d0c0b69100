//! Campaigns: they grow with the reports, merge, and are kept apart where an analyst says so.
//!
//! A report comes to one campaign, its *home*, and stays there. When two campaigns turn out to be one, the
//! merge is recorded and the *whole* of the younger one becomes the older one; to take a merge back changes
//! the whole and moves no report.

use forewarn_model::{
    Campaign, CampaignId, Clearance, Member, ReportId, Role, Segment, Slot, SlotKind, Template, Timestamp,
    Vec1,
};
use rusqlite::{OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::decision::insert as insert_decision;
use crate::row::{damaged, id_bytes, json, parsed, parsed_option, to_json};
use crate::{Decision, Store, StoreError, campaign_index, campaign_view};

const SLOT_KINDS: [SlotKind; 11] = [
    SlotKind::Phone,
    SlotKind::Handle,
    SlotKind::Email,
    SlotKind::Url,
    SlotKind::Account,
    SlotKind::Place,
    SlotKind::Salary,
    SlotKind::Date,
    SlotKind::Number,
    SlotKind::Name,
    SlotKind::Text,
];

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SegmentRow {
    Fixed(String),
    Slot { kind: String, values: Vec<(String, u32)>, empty: u32 },
}

/// That a report came to a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The report.
    pub report: ReportId,
    /// The campaign that it came to.
    pub home: CampaignId,
    /// The number of its first sighting.
    pub number: i64,
}

/// That two campaigns turned out to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignMerge {
    /// The younger one.
    pub absorbed: CampaignId,
    /// The older one, whose id counts.
    pub kept: CampaignId,
    /// The report that showed it.
    pub by: ReportId,
    /// When.
    pub at: Timestamp,
}

/// How far the reports were taken into campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignState {
    /// The engine that took them, with its version.
    pub engine: String,
    /// The last sighting that was taken.
    pub sighting: i64,
}

/// How many members a campaign has, and how many it had when its template was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignSize {
    /// The campaign.
    pub id: CampaignId,
    /// How many reports are in it.
    pub members: u64,
    /// How many were when its template was made; 0 if there is none.
    pub described: u64,
}

/// Wholes and their sizes; a campaign has at least two members.
const SIZES: &str = "SELECT whole AS id, sum(size) AS members,
        coalesce((SELECT described FROM campaign w WHERE w.id = c.whole), 0) AS described
    FROM campaign c GROUP BY whole HAVING sum(size) >= 2";

impl Store {
    /// How far the reports were taken; none if no campaign was ever looked for.
    pub fn campaign_state(&self) -> Result<Option<CampaignState>, StoreError> {
        let sql = "SELECT engine, sighting FROM campaign_state";
        let row = |row: &Row<'_>| Ok(CampaignState { engine: row.get(0)?, sighting: row.get(1)? });
        Ok(self.read("read campaigns from", sql, [], row)?.pop())
    }

    /// Forgets all campaigns, so that they are found anew; what analysts decided stays.
    pub fn forget_campaigns(&mut self) -> Result<(), StoreError> {
        self.write("forget campaigns in", |transaction| {
            transaction.execute_batch(
                "DELETE FROM campaign_member; DELETE FROM campaign_merge; DELETE FROM campaign;
                 DELETE FROM campaign_state;",
            )?;
            campaign_index::forget(transaction)
        })
    }

    /// Adds reports to campaigns and records merges, up to and with a sighting. All of it or nothing is
    /// there after a crash; what is there already stays as it is, so that it may be done again. `index` is that of
    /// the clusterer after this sighting; without it the one before stays.
    pub fn place_in_campaigns(
        &mut self,
        state: &CampaignState,
        placements: &[Placement],
        merges: &[CampaignMerge],
        wholes: &[(CampaignId, CampaignId)],
        index: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        self.write("add to campaigns in", |transaction| {
            let mut found = transaction.prepare_cached(
                "INSERT INTO campaign (id, whole) VALUES (?1, ?1) ON CONFLICT (id) DO NOTHING",
            )?;
            let mut place = transaction.prepare_cached(
                "INSERT INTO campaign_member (report, home, number) VALUES (?1, ?2, ?3)
                 ON CONFLICT (report) DO NOTHING",
            )?;
            let mut grow = transaction.prepare_cached("UPDATE campaign SET size = size + 1 WHERE id = ?1")?;
            for Placement { report, home, number } in placements {
                found.execute([home.as_bytes()])?;
                if place.execute((report.as_bytes(), home.as_bytes(), number))? == 1 {
                    grow.execute([home.as_bytes()])?;
                }
            }
            let mut merge = transaction.prepare_cached(
                "INSERT INTO campaign_merge (absorbed, kept, by_report, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (absorbed, kept) DO NOTHING",
            )?;
            for CampaignMerge { absorbed, kept, by, at } in merges {
                found.execute([absorbed.as_bytes()])?;
                found.execute([kept.as_bytes()])?;
                merge.execute((absorbed.as_bytes(), kept.as_bytes(), by.as_bytes(), at.to_string()))?;
            }
            put_wholes(transaction, wholes)?;
            transaction.execute(
                "INSERT INTO campaign_state (only_one, engine, sighting) VALUES (1, ?1, ?2)
                 ON CONFLICT (only_one) DO UPDATE SET engine = excluded.engine, sighting = excluded.sighting",
                (&state.engine, state.sighting),
            )?;
            index.map_or(Ok(()), |index| campaign_index::put(transaction, state, index))
        })
    }

    /// Writes decisions of an analyst on campaigns together with what follows from them: new homes of
    /// reports, and the wholes of campaigns. The templates of those concerned are to be made anew.
    pub fn decide_on_campaigns(
        &mut self,
        decisions: &[Decision],
        homes: &[(ReportId, CampaignId)],
        wholes: &[(CampaignId, CampaignId)],
    ) -> Result<(), StoreError> {
        self.write("write decisions on campaigns to", |transaction| {
            decisions.iter().try_for_each(|decision| insert_decision(transaction, decision))?;
            for (report, home) in homes {
                let old: Option<[u8; 20]> = transaction
                    .query_row(
                        "SELECT home FROM campaign_member WHERE report = ?1",
                        [report.as_bytes()],
                        |row| row.get(0),
                    )
                    .optional()?;
                let Some(old) = old else { continue };
                transaction.execute(
                    "INSERT INTO campaign (id, whole) VALUES (?1, ?1) ON CONFLICT (id) DO NOTHING",
                    [home.as_bytes()],
                )?;
                transaction.execute(
                    "UPDATE campaign_member SET home = ?2, role = 'member' WHERE report = ?1",
                    [report.as_bytes(), home.as_bytes()],
                )?;
                transaction
                    .execute("UPDATE campaign SET size = size - 1, described = 0 WHERE id = ?1", [old])?;
                transaction.execute(
                    "UPDATE campaign SET size = size + 1, described = 0 WHERE id = ?1",
                    [home.as_bytes()],
                )?;
                // The template belongs to the whole.
                transaction.execute(
                    "UPDATE campaign SET described = 0 WHERE id = (SELECT whole FROM campaign WHERE id = ?1)",
                    [old],
                )?;
            }
            put_wholes(transaction, wholes)?;
            campaign_view::refresh(transaction, u32::MAX).map(drop)
        })
    }

    /// Every merge, in the order in which they happened.
    pub fn campaign_merges(&self) -> Result<Vec<CampaignMerge>, StoreError> {
        let sql = "SELECT absorbed, kept, by_report, at FROM campaign_merge ORDER BY number";
        self.read("read campaigns from", sql, [], |row| {
            Ok(CampaignMerge {
                absorbed: CampaignId::from_bytes(id_bytes(row, "absorbed")?),
                kept: CampaignId::from_bytes(id_bytes(row, "kept")?),
                by: ReportId::from_bytes(id_bytes(row, "by_report")?),
                at: parsed(row, "at")?,
            })
        })
    }

    /// The campaign that a report came to, whether it is alone there or not.
    pub fn campaign_home(&self, report: ReportId) -> Result<Option<CampaignId>, StoreError> {
        let sql = "SELECT home FROM campaign_member WHERE report = ?1";
        let row = |row: &Row<'_>| id_bytes(row, "home").map(CampaignId::from_bytes);
        Ok(self.read("read campaigns from", sql, [report.as_bytes()], row)?.pop())
    }

    /// The campaign that a report belongs to now.
    pub fn campaign_of(&self, report: ReportId) -> Result<Option<CampaignId>, StoreError> {
        let sql = "SELECT c.whole FROM campaign_member m JOIN campaign c ON c.id = m.home
                   WHERE m.report = ?1
                       AND (SELECT sum(p.size) FROM campaign p WHERE p.whole = c.whole) >= 2";
        let row = |row: &Row<'_>| id_bytes(row, "whole").map(CampaignId::from_bytes);
        Ok(self.read("read campaigns from", sql, [report.as_bytes()], row)?.pop())
    }

    /// The campaign that a campaign is part of now; none if there is no such campaign.
    pub fn campaign_whole(&self, id: CampaignId) -> Result<Option<CampaignId>, StoreError> {
        let sql = "SELECT whole FROM campaign WHERE id = ?1";
        let row = |row: &Row<'_>| id_bytes(row, "whole").map(CampaignId::from_bytes);
        Ok(self.read("read campaigns from", sql, [id.as_bytes()], row)?.pop())
    }

    /// The ids of campaigns that start with `prefix` (hexadecimal digits after `cmp-`), at most `count_max`.
    pub fn campaign_ids_starting(&self, prefix: &str, count_max: u32) -> Result<Vec<CampaignId>, StoreError> {
        let sql = "SELECT id FROM campaign WHERE lower(hex(id)) LIKE ?1 || '%' ORDER BY id LIMIT ?2";
        let digits: String = prefix.chars().filter(char::is_ascii_hexdigit).collect();
        self.read("read campaigns from", sql, (digits.to_lowercase(), count_max), |row| {
            id_bytes(row, "id").map(CampaignId::from_bytes)
        })
    }

    /// The largest campaigns, at most `count_max`; ties in order of id.
    pub fn largest_campaigns(&self, count_max: u32) -> Result<Vec<CampaignSize>, StoreError> {
        let sql = format!("{SIZES} ORDER BY members DESC, id LIMIT ?1");
        self.read("read campaigns from", &sql, [count_max], size)
    }

    /// How many campaigns there are, and how many reports are in them.
    pub fn count_campaigns(&self) -> Result<(u64, u64), StoreError> {
        let campaigns = self.count(&format!("SELECT count(*) FROM ({SIZES})"), [])?;
        let members = self.count(&format!("SELECT coalesce(sum(members), 0) FROM ({SIZES})"), [])?;
        Ok((campaigns, members))
    }

    /// Campaigns without a template, or with one that was made from less than eight ninths of the members.
    pub fn campaigns_to_describe(&self) -> Result<Vec<CampaignSize>, StoreError> {
        let sql = format!("SELECT * FROM ({SIZES}) WHERE members * 8 > described * 9 ORDER BY id");
        self.read("read campaigns from", &sql, [], size)
    }

    /// The members of a campaign that the reader may see, in the order of arrival, at most `count_max`.
    pub fn campaign_members(
        &self,
        id: CampaignId,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Member>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT m.report, m.role,
                 (SELECT min(s.received_at) FROM sighting s WHERE s.report = m.report) AS received_at
             FROM campaign c JOIN campaign_member m ON m.home = c.id
             WHERE c.whole = ?1 AND {}
             ORDER BY m.number LIMIT ?2",
            audience.seen("(SELECT r.tlp FROM report r WHERE r.id = m.report)", "?3")
        );
        let parameters = (id.as_bytes(), count_max, audience.marking());
        self.read("read campaigns from", &sql, parameters, member)
    }

    /// Writes templates, the number of members that each was made for, and the parts that those members
    /// play that it was made from.
    pub fn put_templates(&mut self, described: &[(Campaign, u64)]) -> Result<(), StoreError> {
        self.write("write campaigns to", |transaction| {
            let mut put = transaction.prepare_cached(
                "UPDATE campaign SET described = ?2, relative_length = ?3, compression = ?4, segments = ?5
                 WHERE id = ?1",
            )?;
            let mut play =
                transaction.prepare_cached("UPDATE campaign_member SET role = ?2 WHERE report = ?1")?;
            for (Campaign { id, template, members }, size) in described {
                let segments: Vec<SegmentRow> = template.segments.iter().map(segment_row).collect();
                let Template { relative_length, compression, .. } = template;
                let row = (id.as_bytes(), *size as i64, relative_length, compression, to_json(&segments)?);
                put.execute(row)?;
                for member in members {
                    play.execute((member.report.as_bytes(), member.role.as_str()))?;
                }
            }
            Ok(())
        })
    }

    /// A campaign with those of its members that the reader may see, at most `members_max`, the leader
    /// first; none if there is no such campaign, it has no template yet, or nothing of it may be seen.
    pub fn campaign(
        &self,
        id: CampaignId,
        members_max: u32,
        clearance: &Clearance,
    ) -> Result<Option<Campaign>, StoreError> {
        let sql = "SELECT * FROM campaign WHERE id = ?1 AND segments IS NOT NULL";
        let Some((id, mut template)) = self.read("read campaigns from", sql, [id.as_bytes()], head)?.pop()
        else {
            return Ok(None);
        };
        self.hide(id, &mut template, clearance)?;
        let mut members = self.campaign_members(id, members_max, clearance)?;
        members.sort_by_key(|member| (member.role != Role::Leader, member.report));
        Ok(Vec1::try_from_vec(members).ok().map(|members| Campaign { id, template, members }))
    }

    /// The template of a campaign, if it has one and the reader may see a member.
    pub fn campaign_template(
        &self,
        id: CampaignId,
        clearance: &Clearance,
    ) -> Result<Option<Template>, StoreError> {
        Ok(self.campaign(id, 1, clearance)?.map(|campaign| campaign.template))
    }

    /// Takes the values of slots out of a template that was made from members that the reader may not see. Its
    /// fixed words stand in every member.
    fn hide(&self, id: CampaignId, template: &mut Template, clearance: &Clearance) -> Result<(), StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT count(*) FROM (
                 SELECT 1 FROM campaign c JOIN campaign_member m ON m.home = c.id
                 JOIN report r ON r.id = m.report WHERE c.whole = ?1 AND NOT ({}) LIMIT 1)",
            audience.seen("r.tlp", "?2")
        );
        if audience.sees_all() || self.count(&sql, (id.as_bytes(), audience.marking()))? == 0 {
            return Ok(());
        }
        for segment in template.segments.iter_mut() {
            if let Segment::Slot(slot) = segment {
                slot.values.clear();
                slot.empty = 0;
            }
        }
        Ok(())
    }

    /// Offers in the order of their first sightings, after sighting number `after`, at most `count_max`.
    pub fn offers_after(&self, after: i64, count_max: u32) -> Result<Vec<(i64, ReportId)>, StoreError> {
        let sql = "SELECT s.number, s.report FROM sighting s JOIN report r ON r.id = s.report
                   WHERE s.number > ?1 AND r.kind IN ('job_ad', 'chat')
                       AND NOT EXISTS (SELECT 1 FROM sighting e WHERE e.report = s.report AND e.number < s.number)
                   ORDER BY s.number LIMIT ?2";
        self.read("read reports from", sql, (after, count_max), |row| {
            Ok((row.get("number")?, ReportId::from_bytes(id_bytes(row, "report")?)))
        })
    }

    /// The number of the last sighting; 0 if there is none.
    pub fn last_sighting(&self) -> Result<i64, StoreError> {
        self.count("SELECT coalesce(max(number), 0) FROM sighting", []).map(|number| number as i64)
    }
}

/// Writes which campaign each of these is part of; the templates of what changed are to be made anew.
fn put_wholes(transaction: &Transaction<'_>, wholes: &[(CampaignId, CampaignId)]) -> rusqlite::Result<()> {
    let mut change =
        transaction.prepare_cached("UPDATE campaign SET whole = ?2 WHERE id = ?1 AND whole <> ?2")?;
    let mut stale = transaction.prepare_cached(
        "UPDATE campaign SET described = 0 WHERE id IN (?2, (SELECT whole FROM campaign WHERE id = ?1))",
    )?;
    let mut differs = transaction.prepare_cached("SELECT 1 FROM campaign WHERE id = ?1 AND whole <> ?2")?;
    for (id, whole) in wholes {
        if differs.exists([id.as_bytes(), whole.as_bytes()])? {
            stale.execute([id.as_bytes(), whole.as_bytes()])?;
            change.execute([id.as_bytes(), whole.as_bytes()])?;
        }
    }
    Ok(())
}

fn size(row: &Row<'_>) -> rusqlite::Result<CampaignSize> {
    Ok(CampaignSize {
        id: CampaignId::from_bytes(id_bytes(row, "id")?),
        members: row.get::<_, i64>("members")?.max(0) as u64,
        described: row.get::<_, i64>("described")?.max(0) as u64,
    })
}

fn segment_row(segment: &Segment) -> SegmentRow {
    match segment {
        Segment::Fixed(text) => SegmentRow::Fixed(text.clone()),
        Segment::Slot(slot) => SegmentRow::Slot {
            kind: slot.kind.as_str().to_owned(),
            values: slot.values.clone(),
            empty: slot.empty,
        },
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<(CampaignId, Template)> {
    let segments = json::<Vec<SegmentRow>>(row, "segments")?
        .into_iter()
        .map(|segment| match segment {
            SegmentRow::Fixed(text) => Ok(Segment::Fixed(text)),
            SegmentRow::Slot { kind, values, empty } => SLOT_KINDS
                .into_iter()
                .find(|known| known.as_str() == kind)
                .map(|kind| Segment::Slot(Slot { kind, values, empty }))
                .ok_or_else(|| damaged("segments", &kind)),
        })
        .collect::<rusqlite::Result<Vec<Segment>>>()?;
    let template = Template {
        segments: Vec1::try_from_vec(segments).map_err(|_| damaged("segments", &"empty"))?,
        relative_length: row.get("relative_length")?,
        compression: row.get("compression")?,
    };
    Ok((CampaignId::from_bytes(id_bytes(row, "id")?), template))
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let role: String = row.get("role")?;
    let role = [Role::Leader, Role::Member, Role::Copy]
        .into_iter()
        .find(|known| known.as_str() == role)
        .ok_or_else(|| damaged("role", &role))?;
    Ok(Member {
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        role,
        received_at: parsed_option::<Timestamp>(row, "received_at")?,
    })
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Grading, Marking, Report, ReportKind, Sighting, Source, Tlp, vec1};

    use super::*;
    use crate::Options;

    fn store_with(reports: usize) -> (tempfile::TempDir, Store, Vec<ReportId>) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let at: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
        let run = store.begin_ingest("ads", at).unwrap();
        let reports: Vec<Report> = (0..reports)
            .map(|number| {
                let source = Source { name: "ads".into(), external_id: Some(number.to_string()), url: None };
                let sighting = Sighting { source, received_at: at, published_at: None };
                let kind = if number == 3 { ReportKind::News } else { ReportKind::JobAd };
                let text = format!("ad {number}");
                Report::new(kind, None, text, None, Marking::DEFAULT, Grading::UNKNOWN, sighting)
            })
            .collect();
        store.ingest(run, &reports, 1, 0).unwrap();
        // Seen once more elsewhere: that is no new offer.
        let mut again = reports[0].clone();
        again.sighting.source.name = "elsewhere".into();
        store.ingest(run, &[again], 1, 0).unwrap();
        (folder, store, reports.iter().map(Report::id).collect())
    }

    #[test]
    fn offers_come_once_in_the_order_of_arrival() {
        let (_folder, store, ids) = store_with(6);
        let offers: Vec<ReportId> =
            store.offers_after(0, 10).unwrap().into_iter().map(|(_, id)| id).collect();
        assert_eq!(offers, [ids[0], ids[1], ids[2], ids[4], ids[5]]);
        assert_eq!(store.offers_after(5, 10).unwrap().len(), 1);
        assert_eq!(store.last_sighting().unwrap(), 7);
    }

    #[test]
    fn a_merge_can_be_taken_back_and_a_template_ages() {
        let (_folder, mut store, ids) = store_with(6);
        let (a, b) = (Campaign::founded_by(ids[0]), Campaign::founded_by(ids[2]));
        let place = |at: usize, home| Placement { report: ids[at], home, number: at as i64 };
        let state = CampaignState { engine: "e/1".into(), sighting: 6 };
        let merge =
            CampaignMerge { absorbed: b, kept: a, by: ids[4], at: "2024-01-02T03:04:05Z".parse().unwrap() };
        let placed = [place(0, a), place(1, a), place(2, b), place(5, b), place(4, a)];
        for _ in 0..2 {
            store.place_in_campaigns(&state, &placed, &[merge], &[(b, a)], None).unwrap();
        }
        assert_eq!(store.campaign_state().unwrap(), Some(state.clone()));
        assert_eq!(store.count_campaigns().unwrap(), (1, 5));
        assert_eq!(store.campaign_of(ids[2]).unwrap(), Some(a));
        assert_eq!(store.campaign_merges().unwrap(), [merge]);

        let segments = vec1![Segment::Fixed("ad".into())];
        let template = Template { segments, relative_length: 1.0, compression: 0.5 };
        let members = store.campaign_members(a, 10, &Clearance::ALL).unwrap();
        let campaign = Campaign { id: a, template, members: Vec1::try_from_vec(members).unwrap() };
        assert_eq!(store.campaigns_to_describe().unwrap().len(), 1);
        store.put_templates(&[(campaign.clone(), 5)]).unwrap();
        assert_eq!(store.campaigns_to_describe().unwrap(), []);
        assert_eq!(store.campaign(a, 10, &Clearance::ALL).unwrap().unwrap().members.len(), 5);
        assert_eq!(
            store.campaign(a, 10, &Clearance::up_to(Tlp::Clear)).unwrap(),
            None,
            "nothing of it may be seen"
        );

        let decision = Decision {
            subject: "merge".into(),
            verdict: "wrong".into(),
            decided_by: "ana".into(),
            decided_at: merge.at,
            reason: "two gangs".into(),
            seen_score: None,
        };
        store.decide_on_campaigns(&[decision], &[], &[(b, b)]).unwrap();
        assert_eq!(store.campaign_of(ids[2]).unwrap(), Some(b));
        assert_eq!(store.campaigns_to_describe().unwrap().len(), 2, "both have changed");
        let alone = Campaign::founded_by(ids[5]);
        store.decide_on_campaigns(&[], &[(ids[5], alone)], &[]).unwrap();
        assert_eq!(store.campaign_of(ids[5]).unwrap(), None, "one report is no campaign");
        assert_eq!(store.campaign_of(ids[2]).unwrap(), None);
        assert_eq!(store.campaign_home(ids[5]).unwrap(), Some(alone));
        assert_eq!(store.largest_campaigns(9).unwrap().len(), 1);
        store.forget_campaigns().unwrap();
        assert_eq!(store.campaign_state().unwrap(), None);
    }
}
