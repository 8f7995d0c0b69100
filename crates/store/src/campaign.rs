//! Campaigns: derived from the reports, and replaced as a whole when they are found anew.

use forewarn_model::{
    Campaign, CampaignId, Member, ReportId, Role, Segment, Slot, SlotKind, Template, Timestamp, Vec1,
};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::row::{damaged, id_bytes, json, parsed_option, to_json};
use crate::{Store, StoreError};

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

impl Store {
    /// Replaces all campaigns.
    pub fn put_campaigns(&mut self, campaigns: &[Campaign]) -> Result<(), StoreError> {
        self.write("write campaigns to", |transaction| {
            transaction.execute("DELETE FROM campaign_member", [])?;
            transaction.execute("DELETE FROM campaign", [])?;
            for campaign in campaigns {
                let segments: Vec<SegmentRow> = campaign.template.segments.iter().map(segment_row).collect();
                transaction
                    .prepare_cached(
                        "INSERT INTO campaign (id, relative_length, compression, segments) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute((
                        campaign.id.as_bytes(),
                        campaign.template.relative_length,
                        campaign.template.compression,
                        to_json(&segments)?,
                    ))?;
                let mut insert = transaction.prepare_cached(
                    "INSERT INTO campaign_member (campaign, position, report, role) VALUES (?1, ?2, ?3, ?4)",
                )?;
                for (position, member) in campaign.members.iter().enumerate() {
                    insert.execute((
                        campaign.id.as_bytes(),
                        position as i64,
                        member.report.as_bytes(),
                        member.role.as_str(),
                    ))?;
                }
            }
            Ok(())
        })
    }

    /// All campaigns, the largest first, ties in order of id.
    pub fn campaigns(&self) -> Result<Vec<Campaign>, StoreError> {
        let sql = "SELECT c.* FROM campaign c
                   ORDER BY (SELECT count(*) FROM campaign_member m WHERE m.campaign = c.id) DESC, c.id";
        let heads = self.read("read campaigns from", sql, [], head)?;
        let sql = "SELECT m.report, m.role,
                       (SELECT min(s.received_at) FROM sighting s WHERE s.report = m.report) AS received_at
                   FROM campaign_member m WHERE m.campaign = ?1 ORDER BY m.position";
        let with_members = |(id, template): (CampaignId, Template)| {
            let members = self.read("read campaigns from", sql, [id.as_bytes()], member)?;
            let members = Vec1::try_from_vec(members).map_err(|_| StoreError::Damaged {
                operation: "read campaigns from",
                path: self.path.clone(),
                what: format!("campaign {id} has no members"),
            })?;
            Ok(Campaign { id, template, members })
        };
        heads.into_iter().map(with_members).collect()
    }
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
