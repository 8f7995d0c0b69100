//! Puts what may go out into the collections: by marking for staff, by rule for each partner. Done again it changes
//! nothing; what says something new becomes a new version; what was withdrawn follows to whoever had it; what a rule
//! no longer lets go is taken out of the outbox.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::id::hash_parts;
use forewarn_model::rights::{Right, Rights};
use forewarn_model::{
    Arg, Campaign, Clearance, Country, CountryNames, Marking, Notice, NoticeState, Pap, Timestamp, Tlp,
};
use forewarn_share::stix::{
    Admission, CampaignBundleInput, IncidentBundleInput, admit, campaign_bundle, identifier_bundle,
    incident_bundle,
};
use forewarn_store::{Added, Collection, CollectionRole, ExchangeObject, VersionFilter};
use serde_json::Value;

use super::partner::{self, Partner};
use super::rules::{Decision, ItemKind, Rules, Subject};
use super::{collection, stored};
use crate::campaign::find::{self, Overview};
use crate::notice::render;
use crate::{AppError, Context, Progress, Workspace, notice};

/// Most campaigns that are looked at, the largest first.
const CAMPAIGNS_MAX: u32 = 10_000;
/// Most countries and red flags of a campaign that are told.
const NAMED_MAX: usize = 20;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Items that were looked at.
    pub items: u64,
    /// Objects that were added to collections, each counted for each collection.
    pub added: u64,
    /// Objects that were taken out of outboxes.
    pub removed: u64,
}

/// What would go to a partner, and what would not, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who may see it.
    pub marking: Marking,
    /// Whether it goes.
    pub send: bool,
    /// The rule or the limit that decided.
    pub because: String,
    /// Whether it lies in the partner's outbox already.
    pub there: bool,
}

/// Publishes.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    names: &CountryNames,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::Share)?;
    collection::ensure(workspace)?;
    let rules = Rules::load(workspace.folder())?;
    let partners = partner::all(workspace)?;
    let collections = workspace.store.collections()?;
    progress.begin("publish", None);
    let items = items(workspace, context, names, &rules)?;
    let mut outcome = Outcome { items: items.len() as u64, ..Outcome::default() };
    let mut published = Vec::new();
    for (target, receiver) in targets(&collections, &partners) {
        let refill = take_out(workspace, &items, &rules, target, receiver, &mut outcome)?;
        let mut objects: Vec<ExchangeObject> = Vec::new();
        for item in &items {
            let sends = match receiver {
                Some(partner) => item.decide(&rules, partner).send,
                None => item.marking.tlp == target.tlp,
            };
            let had = workspace.store.has_object(target.number, &item.head)?;
            let news = item.changed || !had || refill;
            match (sends, had) {
                (true, _) if news => objects.extend(item.objects()?),
                // Who had it learns that it was withdrawn, whatever the rules say now.
                (false, true) if item.revoked && item.changed => objects.extend(item.head_object()?),
                _ => {}
            }
        }
        for part in objects.chunks(5_000) {
            let added = workspace.store.add_objects(target.number, part, context.now)?;
            outcome.added += added.iter().filter(|added| matches!(added, Added::New(_))).count() as u64;
        }
        progress.at(outcome.added);
    }
    for item in &items {
        if item.changed {
            published.push((item.key.clone(), item.digest, item.modified.to_string()));
        }
    }
    workspace.store.put_published_items(&published)?;
    let told =
        format!("{} items, {} objects added, {} taken out", outcome.items, outcome.added, outcome.removed);
    if outcome.added + outcome.removed > 0 {
        workspace.note(context, "share.publish", "", &told)?;
    }
    progress.end(&told);
    Ok(outcome)
}

/// What would go to a partner; nothing is changed.
pub fn preview(
    workspace: &Workspace,
    context: &Context,
    names: &CountryNames,
    id: &str,
) -> Result<Vec<Preview>, AppError> {
    let partner = partner::find(workspace, context, id)?;
    let rules = Rules::load(workspace.folder())?;
    let outbox = workspace.store.collections()?.into_iter().find(|it| is_outbox_of(it, &partner));
    let mut all = Vec::new();
    for item in items(workspace, context, names, &rules)? {
        if !item.marking.visible_to(context.clearance.tlp) {
            continue;
        }
        let decision = item.decide(&rules, &partner);
        let there = match &outbox {
            Some(outbox) => workspace.store.has_object(outbox.number, &item.head)?,
            None => false,
        };
        all.push(Preview {
            kind: item.kind,
            id: item.id,
            title: item.title,
            marking: item.marking,
            send: decision.send,
            because: decision.because,
            there,
        });
    }
    Ok(all)
}

/// Something that is published as a whole.
struct Item {
    kind: ItemKind,
    key: String,
    id: String,
    title: String,
    marking: Marking,
    countries: Vec<Country>,
    revoked: bool,
    /// The id of the object that stands for it.
    head: String,
    bundle: Value,
    digest: [u8; 32],
    modified: Timestamp,
    /// Whether it says something that was not published yet.
    changed: bool,
    /// Members to whom it was not distributed.
    kept_from: BTreeSet<String>,
}

impl Item {
    /// Whether it goes to a partner. No rule overrides a distribution: a partner that is a member too gets the
    /// notices that were distributed to it.
    fn decide(&self, rules: &Rules, partner: &Partner) -> Decision {
        if self.kept_from.contains(&partner.id) {
            return Decision { send: false, because: "it was not distributed to this member".to_owned() };
        }
        rules.decide(&self.subject(), partner)
    }

    fn subject(&self) -> Subject<'_> {
        Subject { kind: self.kind, marking: self.marking, countries: &self.countries }
    }

    fn objects(&self) -> Result<Vec<ExchangeObject>, AppError> {
        let all = self.bundle["objects"].as_array().map_or(&[][..], Vec::as_slice);
        let admission = Admission { unmarked: Marking::PUBLIC };
        all.iter()
            .map(|object| {
                let bytes = object.to_string().into_bytes();
                let admitted = admit(&bytes, &admission).map_err(AppError::refused("publish"))?;
                Ok(stored(&admitted, bytes))
            })
            .collect()
    }

    fn head_object(&self) -> Result<Option<ExchangeObject>, AppError> {
        Ok(self.objects()?.into_iter().find(|object| object.id == self.head))
    }
}

fn targets<'a>(
    collections: &'a [Collection],
    partners: &'a [Partner],
) -> Vec<(&'a Collection, Option<&'a Partner>)> {
    let own = collections.iter().filter(|it| it.role == CollectionRole::Published).map(|it| (it, None));
    let theirs = partners.iter().filter_map(|partner| {
        let outbox = collections.iter().find(|it| is_outbox_of(it, partner))?;
        Some((outbox, Some(partner)))
    });
    own.chain(theirs).collect()
}

fn is_outbox_of(it: &Collection, partner: &Partner) -> bool {
    it.role == CollectionRole::Outbox
        && it.root == partner.root
        && it.partner.as_deref() == Some(partner.id.as_str())
}

/// Takes out of an outbox what may no longer go; whether what remains has to be added again, because items share
/// objects.
fn take_out(
    workspace: &mut Workspace,
    items: &[Item],
    rules: &Rules,
    target: &Collection,
    receiver: Option<&Partner>,
    outcome: &mut Outcome,
) -> Result<bool, AppError> {
    let Some(partner) = receiver else { return Ok(false) };
    let mut gone = BTreeSet::new();
    for item in items {
        let held = !item.decide(rules, partner).send && !item.revoked;
        if held && workspace.store.has_object(target.number, &item.head)? {
            let own = item.objects()?.into_iter().filter(|object| object.creator.is_some());
            gone.extend(own.map(|object| object.id));
        }
    }
    let all = VersionFilter { all: true, ..VersionFilter::default() };
    for id in &gone {
        outcome.removed += workspace.store.remove_object(target.number, id, &all)?;
    }
    Ok(!gone.is_empty())
}

/// Everything that may be published, in order of kind and id. What goes where is decided by rules, not by what
/// whoever starts it may see.
fn items(
    workspace: &Workspace,
    context: &Context,
    names: &CountryNames,
    rules: &Rules,
) -> Result<Vec<Item>, AppError> {
    // What belongs to an organisation is not for this house to pass on.
    let clearance = Clearance::up_to(Tlp::AmberStrict);
    let inside = Context { clearance, rights: Rights::all(), ..context.clone() };
    let maker = Maker { workspace, names, rules, now: context.now };
    let mut items = Vec::new();
    for (stored, notice) in notice::all_visible(workspace, &inside)? {
        if let Some(signed) = stored.signed {
            items.extend(maker.notice(&notice, &signed)?);
        }
    }
    // What came from others is theirs to pass on.
    let received = workspace.store.taken("inc-")?;
    for incident in workspace.store.incidents()? {
        if received.contains(&incident.id.to_string()) {
            continue;
        }
        items.extend(maker.incident(&incident)?);
    }
    for size in workspace.store.largest_campaigns(CAMPAIGNS_MAX)? {
        if let Some(overview) = find::gather(workspace, &inside, size.id)? {
            items.extend(maker.campaign(&overview)?);
        }
    }
    Ok(items)
}

struct Maker<'a> {
    workspace: &'a Workspace,
    names: &'a CountryNames,
    rules: &'a Rules,
    now: Timestamp,
}

/// What is known of an item before its bundle is made.
struct Outline {
    kind: ItemKind,
    id: String,
    title: String,
    marking: Marking,
    countries: Vec<Country>,
    /// The type of the object that stands for it.
    head: &'static str,
}

impl Maker<'_> {
    fn notice(&self, notice: &Notice, signed: &[u8]) -> Result<Option<Item>, AppError> {
        let end = self.workspace.store.notice_end(notice.id)?;
        let documents: Vec<&[u8]> = std::iter::once(signed).chain(end.as_deref()).collect();
        let bundle = render::bundle(self.workspace, self.names, notice, &documents)?;
        let args = notice.statements.iter().flat_map(|statement| statement.args.values());
        let mut countries: BTreeSet<Country> = BTreeSet::new();
        for arg in args {
            match arg {
                Arg::Countries(named) => countries.extend(named),
                Arg::Route(from, to) => countries.extend([from, to]),
                _ => {}
            }
        }
        let outline = Outline {
            kind: ItemKind::Notice,
            id: notice.id.to_string(),
            title: notice.number.clone(),
            marking: notice.marking,
            countries: countries.into_iter().collect(),
            head: "report",
        };
        // Its time is that of its last step.
        let mut item = self.item(outline, |_| bundle.clone())?;
        if let Some(item) = &mut item {
            item.revoked |= notice.state() == NoticeState::Withdrawn;
            let recipients = self.workspace.store.recipients(notice.id)?;
            let members = self.workspace.store.members()?.into_iter().map(|member| member.id);
            item.kept_from = members.filter(|member| !recipients.contains(member)).collect();
        }
        Ok(item)
    }

    fn incident(&self, incident: &forewarn_model::Incident) -> Result<Option<Item>, AppError> {
        let outline = Outline {
            kind: ItemKind::Incident,
            id: incident.id.to_string(),
            title: incident.event.clone(),
            marking: self.rules.incident_marking,
            countries: incident.hub.into_iter().chain(incident.origin).collect(),
            head: "incident",
        };
        let marking = self.rules.incident_marking;
        self.item(outline, |written_at| {
            incident_bundle(&IncidentBundleInput {
                incidents: std::slice::from_ref(incident),
                issuer: &self.rules.issuer,
                marking,
                written_at,
                names: self.names,
            })
        })
    }

    fn campaign(&self, overview: &Overview) -> Result<Vec<Item>, AppError> {
        let campaign = &overview.campaign;
        let likely = overview.probability.is_some_and(|it| it >= self.rules.campaign_probability_min);
        if overview.members < self.rules.campaign_offers_min || !likely {
            return Ok(Vec::new());
        }
        let marking = Marking { tlp: self.strictest(campaign, overview.members)?, pap: Pap::Amber };
        let first = |count: &mut Vec<Country>| count.truncate(NAMED_MAX);
        let mut countries: Vec<Country> = overview.countries.iter().map(|(country, _)| *country).collect();
        first(&mut countries);
        let red_flags: Vec<_> =
            overview.indicators.iter().take(NAMED_MAX).map(|(name, _)| name.clone()).collect();
        let input = |written_at| CampaignBundleInput {
            campaign,
            identifiers: &overview.identifiers,
            countries: &countries,
            red_flags: &red_flags,
            issuer: &self.rules.issuer,
            marking,
            written_at,
            names: self.names,
        };
        let outline = |kind, head| Outline {
            kind,
            id: campaign.id.to_string(),
            title: format!("{} offers", overview.members),
            marking,
            countries: countries.clone(),
            head,
        };
        let itself = self.item(outline(ItemKind::Campaign, "campaign"), |at| campaign_bundle(&input(at)))?;
        let named = match overview.identifiers.is_empty() {
            true => None,
            false => {
                self.item(outline(ItemKind::Observable, "indicator"), |at| identifier_bundle(&input(at)))?
            }
        };
        Ok(itself.into_iter().chain(named).collect())
    }

    /// The marking under which all of its offers may be seen.
    fn strictest(&self, campaign: &Campaign, members: usize) -> Result<Tlp, AppError> {
        for tlp in [Tlp::Clear, Tlp::Green, Tlp::Amber] {
            if self.workspace.store.campaign_members(campaign.id, u32::MAX, &Clearance::up_to(tlp))?.len()
                >= members
            {
                return Ok(tlp);
            }
        }
        Ok(Tlp::AmberStrict)
    }

    /// The item with its bundle: of the time at which it was published as it is, or of now if it says something new.
    fn item(&self, it: Outline, make: impl Fn(Timestamp) -> Value) -> Result<Option<Item>, AppError> {
        let key = format!("{}:{}", it.kind.as_str(), it.id);
        let digest = digest(&make(Timestamp::MAX));
        let known = self.workspace.store.published_item(&key)?;
        let before = known.as_ref().and_then(|(_, modified)| modified.parse::<Timestamp>().ok());
        let changed = known.as_ref().is_none_or(|(known, _)| *known != digest);
        let modified = match (changed, before) {
            (false, Some(before)) => before,
            // To the millisecond, and later than the version before it.
            (_, before) => {
                let next = before.map_or(i64::MIN, |before| before.as_millisecond() + 1);
                Timestamp::from_millisecond(self.now.as_millisecond().max(next)).unwrap_or(self.now)
            }
        };
        let bundle = make(modified);
        let objects = bundle["objects"].as_array().map_or(&[][..], Vec::as_slice);
        let Some(head) = objects.iter().find(|object| object["type"] == it.head) else { return Ok(None) };
        let (head, revoked) = (head["id"].as_str().unwrap_or_default().to_owned(), head["revoked"] == true);
        Ok(Some(Item {
            kind: it.kind,
            key,
            id: it.id,
            title: it.title,
            marking: it.marking,
            countries: it.countries,
            revoked,
            head,
            bundle,
            digest,
            modified,
            changed,
            kept_from: BTreeSet::new(),
        }))
    }
}

/// Hash of what a bundle says, in whatever order its members stand.
fn digest(bundle: &Value) -> [u8; 32] {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().map(sorted).collect(),
            Value::Object(members) => {
                let all: BTreeMap<&String, Value> =
                    members.iter().map(|(name, it)| (name, sorted(it))).collect();
                all.into_iter().map(|(name, it)| (name.clone(), it)).collect()
            }
            other => other.clone(),
        }
    }
    hash_parts("forewarn/published/1", &[sorted(&bundle["objects"]).to_string().as_bytes()])
}
