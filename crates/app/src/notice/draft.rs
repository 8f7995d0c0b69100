//! Drafts a notice from an alarm, with the campaigns and identifiers that go with it.

use std::collections::BTreeMap;

use forewarn_model::{
    Alarm, AlarmId, Campaign, Country, Credibility, Date, EvidenceRef, EvidenceTarget, Grading, Incident,
    IndicatorName, Marking, Notice, ObservableKind, Reliability, Vec1,
};
use forewarn_notice::message::SIGNS;
use forewarn_notice::{DraftInput, draft};
use forewarn_watch::{Config, replay};

use crate::alarm::replay::{incidents as load_incidents, reach};
use crate::campaign::find::{self, Overview};
use crate::notice::save;
use crate::{AppError, Context, Workspace};

/// What is drafted.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The alarm.
    pub alarm: AlarmId,
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

/// How many campaigns are looked at; the largest.
const CAMPAIGNS_MAX: usize = 1_000;

/// From which probability of its worst member a campaign counts as recruiting for the trend.
const PROBABILITY_MIN: f64 = 0.5;

/// What the clusterer and the rules say, and no person has looked at: reliability cannot be judged,
/// possibly true.
const BY_MACHINE: Grading = Grading { reliability: Reliability::F, credibility: Credibility::PossiblyTrue };

/// Drafts it and keeps it.
pub fn run(workspace: &mut Workspace, context: &Context, request: &Request<'_>) -> Result<Notice, AppError> {
    let incidents = load_incidents(workspace)?;
    let alarm = find_alarm(&incidents, request)?;
    // Nothing above the notice's own marking goes into it.
    let cleared = Context { clearance: context.clearance.min(request.marking.tlp), ..context.clone() };
    let overviews =
        recruiting(find::overview(workspace, &cleared, CAMPAIGNS_MAX)?, &reach(&incidents, request.as_of).0);
    let campaigns: Vec<(Campaign, Vec<IndicatorName>, Grading)> = overviews
        .iter()
        .map(|overview| {
            // A pack may know indicators that the catalogues have no words for; those stay out.
            let names = overview.indicators.iter().map(|(name, _)| name);
            let names = names.filter(|name| SIGNS.contains(&name.as_str())).cloned().collect();
            (overview.campaign.clone(), names, BY_MACHINE)
        })
        .collect();
    let observables = observables(&overviews, request.as_of);
    let input = DraftInput {
        alarm: &alarm,
        incidents: &incidents,
        campaigns: &campaigns,
        observables: &observables,
        issuer: request.issuer,
        author: &context.actor,
        number: request.number,
        created_at: context.now,
        as_of: request.as_of,
        marking: request.marking,
        retention_days: request.retention_days,
    };
    let notice = draft(&input).map_err(AppError::refused("draft the notice"))?;
    let taken = workspace
        .store
        .notices()?
        .into_iter()
        .any(|known| known.number == notice.number && known.id != notice.id);
    if taken {
        let why = format!("the number {} is taken: choose another with --number", notice.number);
        return Err(AppError::Refused { operation: "draft the notice", why });
    }
    save(workspace, &notice)?;
    workspace.note(context, "notice.draft", &notice.id.to_string(), &alarm.id.to_string())?;
    Ok(notice)
}

fn find_alarm(incidents: &[Incident], request: &Request<'_>) -> Result<Alarm, AppError> {
    let alarms = replay(incidents, &Config::default(), request.as_of);
    alarms.into_iter().rev().find(|alarm| alarm.id == request.alarm).ok_or_else(|| AppError::NotFound {
        what: "alarm",
        name: request.alarm.to_string(),
        remedy: format!(
            "no such alarm had been raised by {}; see `forewarn watch --replay --json`",
            request.as_of
        ),
    })
}

/// Campaigns that are likely to recruit for the trend and name one of its hub countries.
fn recruiting(overviews: Vec<Overview>, hubs: &[Country]) -> Vec<Overview> {
    let leads = |overview: &Overview| overview.countries.iter().any(|(country, _)| hubs.contains(country));
    let likely = |overview: &Overview| overview.probability.is_some_and(|p| p >= PROBABILITY_MIN);
    overviews.into_iter().filter(|overview| leads(overview) && likely(overview)).collect()
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
            if *count >= 2 {
                found.entry((*kind, value)).or_default().push(reference.clone());
            }
        }
    }
    let whole = |((kind, value), refs): ((ObservableKind, &str), Vec<EvidenceRef>)| {
        Some((kind, value.to_owned(), Vec1::try_from_vec(refs).ok()?))
    };
    found.into_iter().filter_map(whole).collect()
}
