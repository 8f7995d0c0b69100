//! Makes a MISP feed: issued notices and campaigns as events, with manifest and hashes.

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_model::rights::Right;
use forewarn_model::{
    Date, EvidenceTarget, Incident, Marking, NoticeState, Pap, Timestamp, Tlp, date::day_of,
};
use forewarn_share::misp::{
    CampaignEventInput, CampaignIdentifier, Event, NoticeEventInput, campaign_event, feed_hashes,
    feed_manifest, notice_event,
};
use forewarn_share::notice_json::parse_signed;
use serde_json::Value;

use crate::campaign::find::{self, Overview};
use crate::network::build;
use crate::notice::{self, render};
use crate::{AppError, Context, Workspace, files};

/// What goes into a feed.
#[derive(Debug, Clone)]
pub struct Request {
    /// The most restricted marking that leaves.
    pub tlp: Tlp,
    /// Only what changed on this day or later.
    pub since: Option<Date>,
    /// The organisation that sends the campaigns; that of the last notice if none is given.
    pub issuer: Option<String>,
    /// How many campaigns, the largest first.
    pub campaigns_count_max: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self { tlp: Tlp::Green, since: None, issuer: None, campaigns_count_max: 1_000 }
    }
}

/// A feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Its events, notices first.
    pub events: Vec<Event>,
}

impl Feed {
    /// The file `manifest.json`.
    pub fn manifest(&self) -> Value {
        feed_manifest(&self.events)
    }

    /// The file `hashes.csv`.
    pub fn hashes(&self) -> String {
        feed_hashes(&self.events)
    }

    /// The file of one event.
    pub fn event(&self, uuid: &str) -> Option<&Value> {
        self.events.iter().find(|event| event.uuid == uuid).map(|event| &event.document)
    }
}

/// Makes the feed of what the actor may see and `tlp` lets out. What belongs to an organisation stays with it.
pub fn make(workspace: &Workspace, context: &Context, request: &Request) -> Result<Feed, AppError> {
    context.require(Right::Export)?;
    workspace.seen(context, "misp.export", "feed");
    let context = &Context { clearance: context.clearance.outward(request.tlp), ..context.clone() };
    let mut events = Vec::new();
    let incidents = workspace.store.incidents()?;
    let mut issuer = request.issuer.clone();
    for (stored, notice) in notice::all_visible(workspace, context)? {
        let Some(signed) = &stored.signed else { continue };
        let texts = parse_signed(signed)
            .and_then(|document| document.texts())
            .map_err(AppError::refused("write the notice for MISP"))?;
        let cited: Vec<EvidenceTarget> =
            notice.references().iter().map(|reference| reference.target).collect();
        let of_notice: Vec<Incident> = incidents
            .iter()
            .filter(|incident| cited.contains(&EvidenceTarget::Incident(incident.id)))
            .cloned()
            .collect();
        if request.issuer.is_none() && notice.state() == NoticeState::Issued {
            issuer = Some(notice.issuer.clone());
        }
        events.push(notice_event(&NoticeEventInput {
            notice: &notice,
            texts: &texts,
            incidents: &of_notice,
            sender: render::SENDER,
        }));
    }
    let issuer = issuer.unwrap_or_else(|| context.actor.clone());
    events.extend(campaigns(workspace, context, request, &issuer)?);
    if let Some(since) = request.since {
        events.retain(|event| day_of(event.changed_at) >= since);
    }
    Ok(Feed { events })
}

/// Writes a feed into a folder: the events first, then hashes and manifest, so that whoever reads meanwhile
/// finds every event that the manifest names. Events of an earlier feed that are no longer in it are removed.
pub fn write(
    workspace: &mut Workspace,
    context: &Context,
    request: &Request,
    out: &Path,
) -> Result<Feed, AppError> {
    let feed = make(workspace, context, request)?;
    files::make_folder(out)?;
    let manifest = out.join("manifest.json");
    let before: BTreeMap<String, Value> = match std::fs::read(&manifest) {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => BTreeMap::new(),
    };
    for event in &feed.events {
        files::write_whole(&out.join(format!("{}.json", event.uuid)), &pretty(&event.document)?)?;
    }
    files::write_whole(&out.join("hashes.csv"), feed.hashes().as_bytes())?;
    files::write_whole(&manifest, &pretty(&feed.manifest())?)?;
    let plain = |uuid: &&String| uuid.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    for uuid in before.keys().filter(|uuid| feed.event(uuid).is_none()).filter(plain) {
        let path = out.join(format!("{uuid}.json"));
        if path.exists() {
            std::fs::remove_file(&path).map_err(AppError::file("remove", &path))?;
        }
    }
    let told = format!("{} events up to {}", feed.events.len(), request.tlp);
    workspace.note(context, "misp.feed", &out.display().to_string(), &told)?;
    Ok(feed)
}

fn pretty(value: &Value) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec_pretty(value).map_err(AppError::refused("write the feed"))
}

/// The marking is the strictest that the reader may see: the event says nothing of single reports, and may be
/// passed on as far as the strictest of them.
fn campaigns(
    workspace: &Workspace,
    context: &Context,
    request: &Request,
    issuer: &str,
) -> Result<Vec<Event>, AppError> {
    let pap = if context.clearance.tlp == Tlp::Clear { Pap::White } else { Pap::Amber };
    let marking = Marking { tlp: context.clearance.tlp, pap };
    let lists = build::lists(workspace)?;
    let decided: BTreeMap<String, Timestamp> = workspace
        .store
        .last_decisions("cmp-")?
        .into_iter()
        .map(|decision| (decision.subject, decision.decided_at))
        .collect();
    let event = |overview: Overview| {
        let Overview { campaign, members, countries, indicators, identifiers, .. } = overview;
        let received = campaign.members.iter().filter_map(|member| member.received_at);
        let changed_at = received.chain(decided.get(&campaign.id.to_string()).copied()).max();
        let countries: Vec<_> = countries.into_iter().map(|(country, _)| country).collect();
        let identifiers: Vec<CampaignIdentifier> = identifiers
            .into_iter()
            .map(|((kind, value), members)| {
                let list = lists.list_of(kind, &value).map(|list| list.name.clone());
                CampaignIdentifier { kind, value, members, list }
            })
            .collect();
        campaign_event(&CampaignEventInput {
            campaign: &campaign,
            members,
            issuer,
            marking,
            changed_at: changed_at.unwrap_or_default(),
            countries: &countries,
            indicators: &indicators,
            identifiers: &identifiers,
        })
    };
    // A single offer that may leave is no campaign.
    let all = find::overview(workspace, context, request.campaigns_count_max)?;
    Ok(all.into_iter().filter(|overview| overview.members >= 2).map(event).collect())
}
