//! Drafts a notice: an Orange one from an alarm, with the campaigns and identifiers that go with it; a Purple
//! one from a campaign, with what is known of where it leads.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::{day_of, days_between};
use forewarn_model::rights::Right;
use forewarn_model::{
    Alarm, AlarmId, Campaign, CampaignId, Country, Credibility, Date, EvidenceRef, EvidenceTarget, Grading,
    Incident, Marking, Notice, ObservableKind, Reliability, Subject, Vec1,
};
use forewarn_notice::message::SIGNS;
use forewarn_notice::{CampaignInput, DraftInput, DraftLimits, Head, NamingCampaign, draft, draft_campaign};
use forewarn_watch::{Config, replay};

use crate::campaign::find::{self, Overview};
use crate::notice::save;
use crate::{AppError, Context, Workspace};

/// What is drafted.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// What it is drafted from.
    pub from: Origin,
    /// The organisation that issues it.
    pub issuer: &'a str,
    /// The number that people will quote.
    pub number: &'a str,
    /// What was known by the end of this day goes in.
    pub as_of: Date,
    /// Who may see it.
    pub marking: Marking,
    /// Days until it is reviewed or expires.
    pub retention_days: u32,
}

/// What a notice is drafted from, which settles its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An alarm: an Orange Notice.
    Alarm(AlarmId),
    /// A campaign: a Purple Notice.
    Campaign(CampaignId),
}

/// How many campaigns are looked at; the largest.
const CAMPAIGNS_MAX: usize = 1_000;

/// From which probability of its worst member a campaign counts as recruiting into scam centres.
const PROBABILITY_MIN: f64 = 0.5;

/// By how many of its offers a country or an identifier is named before it counts as the campaign's.
const NAMED_BY_MIN: u32 = 2;

/// What the clusterer and the rules say, and no person has looked at: reliability cannot be judged,
/// possibly true.
const BY_MACHINE: Grading = Grading { reliability: Reliability::F, credibility: Credibility::PossiblyTrue };

/// Drafts it and keeps it.
pub fn run(workspace: &mut Workspace, context: &Context, request: &Request<'_>) -> Result<Notice, AppError> {
    context.require(Right::NoticeDraft)?;
    let head = Head {
        issuer: request.issuer,
        author: &context.actor,
        number: request.number,
        created_at: context.now,
        as_of: request.as_of,
        marking: request.marking,
        retention_days: request.retention_days,
    };
    let notice = make(workspace, context, request.from, head)?;
    let from = match request.from {
        Origin::Alarm(id) => id.to_string(),
        Origin::Campaign(id) => id.to_string(),
    };
    let taken = workspace
        .store
        .notices()?
        .into_iter()
        .any(|known| known.number == notice.number && known.id != notice.id);
    if taken {
        return Err(AppError::NumberTaken { number: notice.number });
    }
    save(workspace, &notice)?;
    workspace.note(context, "notice.draft", &notice.id.to_string(), &from)?;
    Ok(notice)
}

/// What would be drafted now where a notice was drafted before: same head, same day.
pub(super) fn again(
    workspace: &Workspace,
    context: &Context,
    from: Origin,
    notice: &Notice,
) -> Result<Notice, AppError> {
    let days = days_between(day_of(notice.created_at), notice.review_by);
    let head = Head {
        issuer: &notice.issuer,
        author: &notice.author,
        number: &notice.number,
        created_at: notice.created_at,
        as_of: notice.as_of,
        marking: notice.marking,
        retention_days: u32::try_from(days).unwrap_or_default(),
    };
    make(workspace, context, from, head)
}

/// What a form for a new notice begins with: as the issuer the organisation of whoever drafts it, that of the last
/// notice if they belong to none; and a number that is free.
pub fn suggestion(
    workspace: &Workspace,
    context: &Context,
    from: Origin,
) -> Result<(String, String), AppError> {
    context.require(Right::NoticeDraft)?;
    let all = workspace.store.notices()?;
    let mut known: Vec<Notice> = all.iter().map(super::parse).collect::<Result<_, _>>()?;
    known.sort_by_key(|notice| notice.created_at);
    let last = || known.last().map_or_else(String::new, |notice| notice.issuer.clone());
    let issuer = own_organisation(workspace, context)?.unwrap_or_else(last);
    let kind = match from {
        Origin::Alarm(_) => "OR",
        Origin::Campaign(_) => "PU",
    };
    let year = day_of(context.now).year();
    let number = |count: u32| format!("FW-{year}-{kind}-{count:04}");
    let free = |count: &u32| !all.iter().any(|known| known.number == number(*count));
    Ok((issuer, number((1..).find(free).unwrap_or(1))))
}

/// The organisation of the actor: a member by its name, any other as it was written.
fn own_organisation(workspace: &Workspace, context: &Context) -> Result<Option<String>, AppError> {
    let Some(author) = workspace.store.user(&context.actor)? else { return Ok(None) };
    let member = workspace.store.members()?.into_iter().find(|member| member.id == author.organisation);
    let name = member.map_or(author.organisation, |member| member.name);
    Ok((!name.trim().is_empty()).then_some(name))
}

fn make(workspace: &Workspace, context: &Context, from: Origin, head: Head<'_>) -> Result<Notice, AppError> {
    let incidents = workspace.store.incidents()?;
    // Nothing above the notice's own marking goes into it, and nothing that belongs to an organisation: whoever is
    // cleared for the marking reads a notice.
    let cleared = Context { clearance: context.clearance.outward(head.marking.tlp), ..context.clone() };
    match from {
        Origin::Alarm(id) => {
            let alarm = find_alarm(&incidents, id, head.as_of)?;
            from_alarm(workspace, &cleared, &alarm, &incidents, head)
        }
        Origin::Campaign(id) => from_campaign(workspace, &cleared, id, &incidents, head),
    }
}

fn from_alarm(
    workspace: &Workspace,
    cleared: &Context,
    alarm: &Alarm,
    incidents: &[Incident],
    head: Head<'_>,
) -> Result<Notice, AppError> {
    let named = countries(alarm, incidents);
    let overviews = find::overview(workspace, cleared, CAMPAIGNS_MAX)?;
    let (near, mut campaigns): (Vec<Overview>, Vec<NamingCampaign>) = overviews
        .iter()
        .filter_map(|overview| naming(overview, &named).map(|campaign| (overview.clone(), campaign)))
        .unzip();
    if campaigns.is_empty() {
        // What offers for centres elsewhere look like is worth knowing where none is known yet; their identifiers are
        // no business of this warning.
        let known = incidents.iter().filter(|incident| incident.known_at(head.as_of));
        let hubs: BTreeSet<Country> = known.filter_map(|incident| incident.hub).collect();
        let hubs: Vec<Country> = hubs.into_iter().collect();
        campaigns = overviews.iter().filter_map(|overview| naming(overview, &hubs)).collect();
    }
    let observables = observables(&near, head.as_of);
    let input = DraftInput { alarm, incidents, campaigns: &campaigns, observables: &observables, head };
    draft(&input).map_err(AppError::refused("draft the notice"))
}

fn from_campaign(
    workspace: &Workspace,
    cleared: &Context,
    id: CampaignId,
    incidents: &[Incident],
    head: Head<'_>,
) -> Result<Notice, AppError> {
    let whole = workspace.store.campaign_whole(id)?.unwrap_or(id);
    let overview = find::gather(workspace, cleared, whole)?;
    let campaign = workspace.store.campaign(whole, u32::MAX, &cleared.clearance)?;
    let (Some(overview), Some(campaign)) = (overview, campaign) else {
        return Err(AppError::NotFound {
            what: "campaign",
            name: id.to_string(),
            remedy: format!(
                "readers of TLP:{} may know of none of its offers; see `forewarn campaigns`",
                head.marking.tlp.as_str()
            ),
        });
    };
    let (reports, texts) = cited(workspace, cleared, &campaign)?;
    draft_campaign(&CampaignInput {
        campaign: &campaign,
        grading: BY_MACHINE,
        probability: overview.probability,
        languages: &overview.languages,
        countries: &overview.countries,
        signs: &overview.indicators,
        identifiers: &overview.identifiers,
        reports: &reports,
        texts: &texts,
        incidents,
        head,
    })
    .map_err(AppError::refused("draft the notice"))
}

/// The first offers of a campaign, to be cited one by one, with their texts.
fn cited(
    workspace: &Workspace,
    cleared: &Context,
    campaign: &Campaign,
) -> Result<(Vec<EvidenceRef>, Vec<String>), AppError> {
    let (mut all, mut texts) = (Vec::new(), Vec::new());
    for member in campaign.members.iter().take(DraftLimits::default().reports_max) {
        let Some(stored) = workspace.store.report(member.report, &cleared.clearance)? else { continue };
        let report = stored.report;
        all.push(EvidenceRef {
            target: EvidenceTarget::Report(member.report),
            grading: report.grading,
            known_from: day_of(report.sighting.received_at),
            label: format!("{} from {}", report.kind.as_str().replace('_', " "), report.sighting.source.name),
        });
        texts.push(report.text().to_owned());
    }
    Ok((all, texts))
}

fn find_alarm(incidents: &[Incident], id: AlarmId, as_of: Date) -> Result<Alarm, AppError> {
    let alarms = replay(incidents, &Config::default(), as_of);
    alarms.into_iter().rev().find(|alarm| alarm.id == id).ok_or_else(|| AppError::NotFound {
        what: "alarm",
        name: id.to_string(),
        remedy: format!("no such alarm had been raised by {as_of}; see `forewarn watch --replay --json`"),
    })
}

/// The countries that an alarm is about: where the centres lie, or where the people come from if it is about that. Of
/// a region those that the incidents behind the alarm name.
fn countries(alarm: &Alarm, incidents: &[Incident]) -> Vec<Country> {
    match &alarm.subject {
        Subject::Country(country) | Subject::Place(country, _) | Subject::Route(_, country) => vec![*country],
        Subject::Region(region) => {
            let behind = incidents.iter().filter(|incident| alarm.incidents.contains(&incident.id));
            let hubs = behind.filter_map(|incident| incident.hub).filter(|hub| region.contains(*hub));
            hubs.collect::<BTreeSet<Country>>().into_iter().collect()
        }
    }
}

/// A campaign that is likely to recruit and whose offers name one of the countries; none for any other.
fn naming(overview: &Overview, countries: &[Country]) -> Option<NamingCampaign> {
    let likely = overview.probability.is_some_and(|p| p >= PROBABILITY_MIN);
    let named = overview.countries.iter().filter(|(_, offers)| *offers >= NAMED_BY_MIN);
    let named: Vec<Country> =
        named.map(|(country, _)| *country).filter(|country| countries.contains(country)).collect();
    // A pack may know indicators that the catalogues have no words for; those stay out.
    let signs = overview.indicators.iter().map(|(name, _)| name);
    let signs = signs.filter(|name| SIGNS.contains(&name.as_str())).cloned().collect();
    let campaign = overview.campaign.clone();
    (likely && !named.is_empty()).then_some(NamingCampaign {
        campaign,
        countries: named,
        signs,
        grading: BY_MACHINE,
    })
}

/// Identifiers that at least two offers of a campaign name, each with the campaigns as evidence.
fn observables(overviews: &[Overview], as_of: Date) -> Vec<(ObservableKind, String, Vec1<EvidenceRef>)> {
    let mut found: BTreeMap<(ObservableKind, &str), Vec<EvidenceRef>> = BTreeMap::new();
    for overview in overviews {
        let campaign = &overview.campaign;
        let reference = EvidenceRef {
            target: EvidenceTarget::Campaign(campaign.id),
            grading: BY_MACHINE,
            known_from: as_of,
            label: format!("campaign of {} offers", campaign.members.len()),
        };
        for ((kind, value), count) in &overview.identifiers {
            if *count >= NAMED_BY_MIN {
                found.entry((*kind, value)).or_default().push(reference.clone());
            }
        }
    }
    let whole = |((kind, value), refs): ((ObservableKind, &str), Vec<EvidenceRef>)| {
        Some((kind, value.to_owned(), Vec1::try_from_vec(refs).ok()?))
    };
    found.into_iter().filter_map(whole).collect()
}
