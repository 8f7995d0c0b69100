//! `forewarn incidents`

use std::path::Path;

use anyhow::{Context as _, Result};
use forewarn_app::alarm::replay;
use forewarn_app::collect::Limits;
use forewarn_app::incident::add::{self, Form};
use forewarn_app::incident::decide::{self, Choice, Claim};
use forewarn_app::incident::{import, retract};
use forewarn_app::model::Date;
use forewarn_app::model::date::day_of;
use forewarn_app::store::candidate_subject_text;
use forewarn_app::{Workspace, bundled, share};
use serde_json::{Value, json};

use crate::args::{Decide, Global, IncidentAction, IncidentForm, Incidents};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Incidents) -> Result<Code> {
    match &args.action {
        IncidentAction::Import { file } => import(global, file),
        IncidentAction::Add(form) => add(global, form),
        IncidentAction::Retract { incident, why, known_from } => retract(global, incident, why, *known_from),
        IncidentAction::List => list(global),
        IncidentAction::Candidates { all } => candidates(global, *all),
        IncidentAction::Confirm { decide, form } => confirm(global, decide, form),
        IncidentAction::Reject(it) => decide(global, it, Choice::Reject),
    }
}

fn import(global: &Global, file: &Path) -> Result<Code> {
    let mut workspace = Workspace::open(&setup::data_folder(global)?)?;
    let context = setup::context(global);
    let progress = Terminal::new(global);
    let limits = Limits::default();
    let outcome = if file == Path::new("bundled") {
        import::run(&mut workspace, &context, bundled::TIMELINE, "timeline.csv", &limits, &progress)?
    } else {
        let (input, _) = setup::open(file)?;
        import::run(&mut workspace, &context, input, &file.display().to_string(), &limits, &progress)?
    };
    output::problems(&outcome.problems);
    let refused = outcome.problems.len();
    if global.json {
        output::json(
            &json!({ "accepted": outcome.accepted, "duplicates": outcome.duplicates, "refused": refused }),
        )?;
    } else {
        let told =
            format!("{} accepted, {} duplicates, {refused} refused", outcome.accepted, outcome.duplicates);
        output::line(&told)?;
    }
    let nothing = outcome.accepted + outcome.duplicates == 0;
    Ok(match (refused, nothing) {
        (0, _) => Code::Done,
        (_, true) => Code::Failed,
        (_, false) => Code::SomeRefused,
    })
}

fn list(global: &Global) -> Result<Code> {
    let incidents = replay::incidents(&setup::workspace(global)?, &setup::context(global))?;
    if global.json {
        output::json(&share::json::incidents(&incidents))?;
        return Ok(Code::Done);
    }
    let text =
        |country: Option<forewarn_app::model::Country>| country.map(|c| c.to_string()).unwrap_or_default();
    let rows = incidents.iter().map(|incident| {
        vec![
            incident.known_from.to_string(),
            incident.kind.to_string(),
            text(incident.hub),
            text(incident.origin),
            incident.count.map(|count| count.to_string()).unwrap_or_default(),
            incident.summary.clone(),
        ]
    });
    let empty =
        "no incidents yet: `forewarn incidents import bundled` takes in the public timeline, or name a table";
    output::list(&["known from", "kind", "hub", "origin", "people", "summary"], rows.collect(), empty)?;
    Ok(Code::Done)
}

fn candidates(global: &Global, all: bool) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let found = decide::candidates(&workspace, &setup::context(global), all)?;
    if global.json {
        let views: Vec<Value> = found.iter().map(view).collect();
        output::json(&Value::Array(views))?;
        return Ok(Code::Done);
    }
    let rows = found.iter().map(|Claim { stored, text }| {
        vec![
            stored.candidate.id.to_string(),
            stored.candidate.kind.to_string(),
            candidate_subject_text(&stored.candidate.subject),
            if stored.candidate.hedged { "hedged" } else { "" }.to_owned(),
            stored.decision.as_ref().map(|decision| decision.verdict.clone()).unwrap_or_default(),
            stored.candidate.sentence.slice(text).replace('\n', " "),
        ]
    });
    let empty = match all {
        true => "no claims yet: `forewarn ingest --kind news` reads them from texts",
        false => {
            "no claims to decide on: `forewarn ingest --kind news` reads them from texts; --all shows decided ones"
        }
    };
    output::list(&["candidate", "kind", "claims", "", "decision", "sentence"], rows.collect(), empty)?;
    output::line(&format!("{} claims", found.len()))?;
    Ok(Code::Done)
}

/// A claim with its words and the last decision on it.
fn view(claim: &Claim) -> Value {
    let candidate = std::slice::from_ref(&claim.stored.candidate);
    let mut view = share::json::candidates(candidate, &claim.text)[0].take();
    view["decision"] = claim.stored.decision.as_ref().map_or(Value::Null, |decision| {
        json!({
            "verdict": decision.verdict,
            "by": decision.decided_by,
            "at": decision.decided_at.to_string(),
            "why": decision.reason,
        })
    });
    view
}

fn add(global: &Global, form: &IncidentForm) -> Result<Code> {
    let mut workspace = Workspace::open(&setup::data_folder(global)?)?;
    let (id, new) = add::run(&mut workspace, &setup::context(global), &cells(form))?;
    if global.json {
        output::json(&json!({ "id": id.to_string(), "new": new }))?;
    } else {
        output::line(&format!("{id}: {}", if new { "added" } else { "was there already" }))?;
    }
    Ok(Code::Done)
}

fn retract(global: &Global, incident: &str, why: &str, known_from: Option<Date>) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    let from = known_from.unwrap_or(day_of(context.now));
    let count = retract::run(&mut workspace, &context, incident, from, why)?;
    if global.json {
        output::json(&json!({ "retracted": count, "known_from": from.to_string() }))?;
    } else {
        let rows = if count == 1 { "1 incident" } else { &format!("{count} incidents") };
        output::line(&format!("{rows} retracted from {from} on; earlier days still have it"))?;
    }
    Ok(Code::Done)
}

/// Confirms a claim, and adds the incident that it states.
fn confirm(global: &Global, args: &Decide, form: &IncidentForm) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    let id = args.candidate.parse().context("see `forewarn incidents candidates`")?;
    // The incident first: if the form is refused, nothing is decided.
    let added = decide::to_incident(&mut workspace, &context, id, &cells(form))?;
    decide::run(&mut workspace, &context, id, Choice::Confirm, &args.why)?;
    let incident = added.map(|(incident, _)| incident.to_string());
    if global.json {
        output::json(&json!({ "candidate": id.to_string(), "decision": "confirmed", "incident": incident }))?;
        return Ok(Code::Done);
    }
    output::line(&format!("{id}: confirmed"))?;
    match incident {
        Some(incident) => {
            let note = if form.coercion == "y" {
                ""
            } else {
                ", without coercion: the watch hears it only with --coercion y"
            };
            output::line(&format!("{incident}: added{note}"))?;
        }
        None => output::line("it names no country, so no incident was added")?,
    }
    Ok(Code::Done)
}

fn cells(form: &IncidentForm) -> Form {
    Form {
        event: form.event.clone(),
        date: form.date.clone(),
        date_basis: form.date_basis.clone(),
        known_from: form.known_from.clone(),
        kind: form.kind.clone(),
        hub: form.hub.clone(),
        place: form.place.clone(),
        origin: form.origin.clone(),
        count: form.count.clone(),
        coercion: form.coercion.clone(),
        variant: form.variant.clone(),
        person_role: form.role.clone(),
        url: form.url.clone(),
        publisher: form.publisher.clone(),
        summary: form.summary.clone(),
        grading: form.grading.clone(),
    }
}

fn decide(global: &Global, args: &Decide, choice: Choice) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let id = args.candidate.parse().context("see `forewarn incidents candidates`")?;
    decide::run(&mut workspace, &setup::context(global), id, choice, &args.why)?;
    output::line(&format!("{id}: {}", choice.as_str()))?;
    Ok(Code::Done)
}
