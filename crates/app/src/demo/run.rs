//! From bundled reports to a signed notice, by the same actions that a user has.
//!
//! The story stands on its own day: the clock of the demonstration is the day after the last fact of the
//! timeline became known, so that the same input gives the same notice whenever it is told. Its people are
//! invented. Told again on the same data folder, it finds everything there: reports are duplicates, the
//! notice is issued already and stays as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use forewarn_collect::{Defaults, Format, Limits, RowOptions, Source};
use forewarn_model::date::day_of;
use forewarn_model::{
    AlarmKind, Date, ExtractChoice, Grading, Incident, Marking, Pap, ReportKind, Timestamp, Tlp,
};
use forewarn_share::json::{alarms, alarms_csv};
use forewarn_watch::Config;

use crate::alarm::replay::{self, Told};
use crate::campaign::find::{self, Overview};
use crate::campaign::update;
use crate::network::build::{self, Network};
use crate::notice::draft::Origin;
use crate::notice::review::Choice;
use crate::notice::{self, draft, extract, issue, render, review};
use crate::report::{ingest, process};
use crate::situation::by_month;
use crate::{AppError, Context, Engine, Progress, Silent, Workspace, bundled, files, incident};

/// What is told while it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// How many offers have which verdict, by its name in files.
    Assessed(&'a [(String, u64)]),
    /// The campaigns, the largest first.
    Campaigns(&'a [Overview]),
    /// The network, and a tie between recruitment and fraud in it, if there is one.
    Tied(&'a Network, Option<&'a build::Tie>),
    /// A month of the replay ends: hub and origin countries known at its end, alarms raised in it.
    Month(Date, usize, usize, &'a [Told]),
    /// The alarm that the notice is drafted from.
    Chosen(&'a Told),
    /// The campaign that the second notice is drafted from.
    Method(&'a Overview),
    /// A step in the life of a notice: who, and what.
    Step(&'a str, &'a str),
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The numbers of the notices, the Orange one first.
    pub numbers: Vec<String>,
    /// Everything that was written.
    pub files: Vec<PathBuf>,
    /// The last day on which something in it became known.
    pub last_known: Date,
}

/// Where the files of the second notice lie.
const METHOD_FOLDER: &str = "method";

/// Where what is public lies.
const PUBLIC_FOLDER: &str = "public";

const ISSUER: &str = "Example Bureau (demonstration)";
const NUMBER: &str = "FW-DEMO-OR-0001";
const METHOD_NUMBER: &str = "FW-DEMO-PU-0001";
const AUTHOR: &str = "analyst.demo";
const REVIEWERS: [&str; 2] = ["reviewer-one.demo", "reviewer-two.demo"];
const PUBLISHER: &str = "publisher.demo";
const RETENTION_DAYS: u32 = 365;

/// The passphrase of the demonstration's key, which vouches for nothing; so everybody may know it.
pub const PASSPHRASE: &str = "only for the demonstration";

/// Gives it to whoever signs.
pub fn passphrase(_new: bool) -> Result<String, String> {
    Ok(PASSPHRASE.to_owned())
}

/// Tells the story.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    out: &Path,
    progress: &dyn Progress,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, AppError> {
    let limits = Limits::default();
    incident::import::run(workspace, context, bundled::TIMELINE, "timeline.csv", &limits, progress)?;
    let incidents = replay::incidents(workspace, context)?;
    let last = replay::last_known(&incidents)
        .ok_or_else(|| AppError::BuiltIn { part: "timeline", what: "it has no incidents".to_owned() })?;
    let context = &Context { now: morning_after(last)?, passphrase: Arc::new(passphrase), ..context.clone() };
    take_in(workspace, context, &limits, progress)?;
    process::run(workspace, context, engine, progress)?;
    tell(Event::Assessed(&workspace.store.verdict_counts()?));

    update::run(workspace, context, engine, &update::Limits::default(), progress)?;
    let campaigns = find::overview(workspace, context, usize::MAX)?;
    tell(Event::Campaigns(&campaigns));
    let network = build::run(workspace, context, progress)?;
    tell(Event::Tied(&network, network.recruitment_to_fraud().as_ref()));

    progress.begin("replay the watch", None);
    let alarms = replay::run(&incidents, engine.country_names(), &Config::default(), last);
    progress.end(&format!("{} alarms until {last}", alarms.len()));
    for (month, raised) in by_month(alarms.clone()) {
        let (hubs, origins) = replay::reach(&incidents, month);
        tell(Event::Month(month, hubs.len(), origins.len(), &raised));
    }

    let chosen = choose(&alarms)?;
    tell(Event::Chosen(chosen));
    let from = Origin::Alarm(chosen.alarm.id);
    let orange = warn(
        workspace,
        context,
        engine,
        &Warning { number: NUMBER, from, reason: "the alarm stands on several sources" },
        tell,
    )?;
    let mut numbers = vec![NUMBER.to_owned()];
    let method =
        campaigns.iter().max_by(|a, b| a.probability.unwrap_or(0.0).total_cmp(&b.probability.unwrap_or(0.0)));
    let mut purple = None;
    if let Some(method) = method {
        tell(Event::Method(method));
        let from = Origin::Campaign(method.campaign.id);
        let reason = "the offers share one template and lead where centres are known";
        purple =
            Some(warn(workspace, context, engine, &Warning { number: METHOD_NUMBER, from, reason }, tell)?);
        numbers.push(METHOD_NUMBER.to_owned());
    }
    progress.begin("write the notices", None);
    let mut written = render::run(workspace, context, engine.gazetteer(), &orange, out)?;
    if let Some(purple) = &purple {
        written.extend(render::run(
            workspace,
            context,
            engine.gazetteer(),
            purple,
            &out.join(METHOD_FOLDER),
        )?);
    }
    // Told by its English pages; the other languages lie beside them.
    let public = extract::export(workspace, None, engine.country_names(), &out.join(PUBLIC_FOLDER))?;
    written.extend(public.into_iter().filter(|path| path.to_string_lossy().contains(".en.")));
    written.extend(write_views(out, &alarms, &incidents, &campaigns)?);
    progress.end(&format!("{} files in {}", written.len(), out.display()));
    Ok(Outcome { numbers, files: written, last_known: last })
}

/// Nine in the morning of the next day, in UTC.
fn morning_after(day: Date) -> Result<Timestamp, AppError> {
    let next = forewarn_model::date::add_days(day, 1);
    format!("{next}T09:00:00Z").parse().map_err(AppError::built_in("timeline"))
}

/// The bundled offers and scam reports. They are invented and public.
fn take_in(
    workspace: &mut Workspace,
    context: &Context,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<(), AppError> {
    let offers = bundled::offers()?.into_iter().map(|file| (file, ReportKind::JobAd));
    let reports = bundled::scam_reports()?.into_iter().map(|file| (file, ReportKind::ScamReport));
    let inputs: Vec<_> = offers.chain(reports).collect();
    progress.begin("ingest bundled reports", Some(inputs.len() as u64));
    let (mut accepted, mut duplicates) = (0, 0);
    for (at, ((name, bytes), kind)) in inputs.into_iter().enumerate() {
        let request = ingest::Request {
            name: &name,
            bytes_total: Some(bytes.len() as u64),
            options: RowOptions {
                format: Some(Format::JsonLines),
                limits: limits.clone(),
                ..RowOptions::default()
            },
            defaults: Defaults {
                source: name.clone(),
                kind,
                marking: Marking::PUBLIC,
                grading: Grading::UNKNOWN,
                received_at: context.now,
            },
            batch_count_max: 1_000,
            problems_kept_max: 1,
        };
        let outcome = ingest::run(workspace, context, Source::memory(bytes), &request, &Silent, &mut |_| {})?;
        if let Some(problem) = outcome.problems.into_iter().next() {
            return Err(AppError::Input(Box::new(problem)));
        }
        accepted += outcome.accepted;
        duplicates += outcome.seen_again + outcome.duplicates;
        progress.at(at as u64 + 1);
    }
    progress.end(&format!("{accepted} accepted, {duplicates} duplicates, 0 refused"));
    Ok(())
}

/// The alarm that matters: the latest on a new region of hubs that two independent sources stand behind. It
/// says that the trend has reached where nobody looks for it yet. Without one, the highest of all.
fn choose(alarms: &[Told]) -> Result<&Told, AppError> {
    let regions =
        alarms.iter().filter(|told| told.alarm.kind == AlarmKind::Region && told.alarm.sources >= 2);
    let highest = || alarms.iter().max_by(|a, b| a.alarm.score.total_cmp(&b.alarm.score));
    regions.max_by_key(|told| told.alarm.raised_on).or_else(highest).ok_or_else(|| AppError::BuiltIn {
        part: "timeline",
        what: "the watch raises no alarm on it".to_owned(),
    })
}

/// A notice of the story.
struct Warning<'a> {
    number: &'a str,
    from: Origin,
    /// Why it is submitted.
    reason: &'a str,
}

/// Draft, review by two people, issue; or what was issued before.
fn warn(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    warning: &Warning<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<u8>, AppError> {
    let number = warning.number;
    let known = notice::list(workspace, context)?.into_iter().find(|(stored, _)| stored.number == number);
    if let Some(signed) = known.and_then(|(stored, _)| stored.signed) {
        tell(Event::Step(PUBLISHER, "was issued before, and is issued once"));
        return Ok(signed);
    }
    let author = context.acting_as(AUTHOR);
    let request = draft::Request {
        from: warning.from,
        issuer: ISSUER,
        number,
        as_of: day_of(context.now),
        marking: Marking { tlp: Tlp::Green, pap: Pap::Green },
        retention_days: RETENTION_DAYS,
    };
    let drafted = draft::run(workspace, &author, &request)?;
    let told = format!(
        "drafts it: {} sentences, {} references",
        drafted.statements.len(),
        drafted.references().len()
    );
    tell(Event::Step(AUTHOR, &told));
    let submit = Choice::Submit { audience: None, overrides: Vec::new() };
    review::run(workspace, &author, number, submit, warning.reason)?;
    tell(Event::Step(AUTHOR, "submits it: no rule blocks it"));
    for reviewer in REVIEWERS {
        let why = "every sentence was compared with its references";
        review::run(workspace, &context.acting_as(reviewer), number, Choice::Approve, why)?;
        tell(Event::Step(reviewer, "approves it"));
    }
    let publisher = context.acting_as(PUBLISHER);
    let signed =
        issue::run(workspace, &publisher, engine.country_names(), number, "approved by two reviewers")?;
    tell(Event::Step(PUBLISHER, "issues it, signed"));
    publish(workspace, context, number)?;
    tell(Event::Step(REVIEWERS[0], "makes an extract of it public, which the publisher chose"));
    Ok(signed)
}

/// Everything that has a public form and names nobody.
fn publish(workspace: &mut Workspace, context: &Context, number: &str) -> Result<(), AppError> {
    let (_, notice) = notice::find(workspace, context, number)?;
    let choice = ExtractChoice { statements: extract::choosable(&notice), observables: Vec::new() };
    let propose = extract::Choice::Propose(choice, Vec::new());
    let publisher = context.acting_as(PUBLISHER);
    extract::run(workspace, &publisher, number, &propose, "job seekers should know")?;
    let reviewer = context.acting_as(REVIEWERS[0]);
    let why = "it names nobody, and its sources are public";
    extract::run(workspace, &reviewer, number, &extract::Choice::Publish, why).map(|_| ())
}

/// Alarms and campaigns as files.
fn write_views(
    out: &Path,
    alarms_told: &[Told],
    incidents: &[Incident],
    campaigns: &[Overview],
) -> Result<Vec<PathBuf>, AppError> {
    let pairs: Vec<_> = alarms_told.iter().map(|told| (told.alarm.clone(), told.sentence.clone())).collect();
    let pretty = |value: &serde_json::Value| {
        serde_json::to_vec_pretty(value).map_err(AppError::refused("write the alarms and campaigns"))
    };
    let contents = [
        ("alarms.json", pretty(&alarms(&pairs, incidents))?),
        ("alarms.csv", alarms_csv(&pairs, incidents).into_bytes()),
        ("campaigns.json", pretty(&find::view(campaigns))?),
    ];
    contents
        .into_iter()
        .map(|(name, bytes)| {
            let path = out.join(name);
            files::write_whole(&path, &bytes)?;
            Ok(path)
        })
        .collect()
}
