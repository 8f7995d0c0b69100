//! `forewarn share match | deconflict | sets | agree | agreements | matches | hits | talked`

use std::path::Path;

use anyhow::{Context as _, Result};
use forewarn_app::files;
use forewarn_app::matching::exchange::{self, Ask};
use forewarn_app::matching::receive::{self, Outcome};
use forewarn_app::matching::{Limits, agree, ask, hits, recheck, sets};
use forewarn_app::model::{MatchPurpose, Officer};
use forewarn_app::share::matching::hex;
use forewarn_app::store::{Agreement, MatchHit, MatchSession, MatchSet};
use forewarn_courier::MatchCarrier;
use serde_json::{Value, json};

use crate::args::{AgreeForm, Global, Match, MatchNetwork, MatchStep, MatchingAction, SetsAction};
use crate::exit::Code;
use crate::{output, setup};

/// Most exchanges and hits that are listed.
const SHOWN_MAX: u32 = 1_000;

/// Longest file with a key, in bytes.
const KEY_BYTES_MAX: u64 = 1 << 20;

pub(crate) fn run(global: &Global, action: &MatchingAction) -> Result<Code> {
    match action {
        MatchingAction::Match(it) => matched(global, it),
        MatchingAction::Deconflict { with, set, network } => {
            over_the_network(global, Ask::New { partner: with, set, purpose: MatchPurpose::Cases }, network)
        }
        MatchingAction::Sets { action } => of_sets(global, action.as_ref().unwrap_or(&SetsAction::List)),
        MatchingAction::Agree(form) => agreed(global, form),
        MatchingAction::Agreements => {
            let all = agree::list(&setup::workspace(global)?, &setup::context(global))?;
            show_agreements(global, &all)
        }
        MatchingAction::Matches => {
            let all = hits::sessions(&setup::workspace(global)?, &setup::context(global), SHOWN_MAX)?;
            show_sessions(global, &all)
        }
        MatchingAction::Hits { all } => {
            let found = hits::list(&setup::workspace(global)?, &setup::context(global), !all, SHOWN_MAX)?;
            show_hits(global, &found)
        }
        MatchingAction::Talked { number, outcome } => {
            hits::talked(&mut setup::workspace(global)?, &setup::context(global), *number, outcome)?;
            output::line(&format!("hit {number}: talked about"))?;
            Ok(Code::Done)
        }
    }
}

fn matched(global: &Global, args: &Match) -> Result<Code> {
    let limits = Limits::default();
    match &args.step {
        None => {
            let (partner, set) =
                (args.with.as_deref().unwrap_or_default(), args.set.as_deref().unwrap_or_default());
            over_the_network(global, Ask::New { partner, set, purpose: MatchPurpose::Values }, &args.network)
        }
        Some(MatchStep::Begin { with, set, cases, out }) => {
            let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
            let purpose = if *cases { MatchPurpose::Cases } else { MatchPurpose::Values };
            let asked = ask::run(&mut workspace, &context, with, set, purpose, &limits)?;
            files::write_whole(out, &asked.message)?;
            if global.json {
                output::json(&json!({
                    "session": hex(&asked.session), "values": asked.count, "file": out, "bytes": asked.message.len(),
                }))?;
                return Ok(Code::Done);
            }
            let told = format!("{}: {} values, {} bytes", out.display(), asked.count, asked.message.len());
            output::line(&format!(
                "{told}\nHand it to {with}; what comes back is read by `share match finish`."
            ))?;
            Ok(Code::Done)
        }
        Some(MatchStep::Answer { file, out }) => taken(global, file, Some(out)),
        Some(MatchStep::Finish { file, out }) => taken(global, file, out.as_deref()),
        Some(MatchStep::Resume { session, network }) => {
            let session = hits::named(&setup::workspace(global)?, &setup::context(global), session)?.id;
            over_the_network(global, Ask::Resume { session }, network)
        }
        Some(MatchStep::Recheck { session }) => {
            let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
            let outcome = recheck::run(&mut workspace, &context, session, &limits)?;
            if global.json {
                output::json(
                    &json!({ "set_holds": outcome.set_holds, "question_holds": outcome.question_holds }),
                )?;
            } else {
                let word = |holds: bool| if holds { "holds" } else { "DOES NOT HOLD" };
                output::line(&format!("the set that was committed to: {}", word(outcome.set_holds)))?;
                if let Some(holds) = outcome.question_holds {
                    output::line(&format!("the question that was sent: {}", word(holds)))?;
                }
            }
            let holds = outcome.set_holds && outcome.question_holds != Some(false);
            Ok(if holds { Code::Done } else { Code::DoesNotHold })
        }
    }
}

fn over_the_network(global: &Global, what: Ask<'_>, network: &MatchNetwork) -> Result<Code> {
    let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
    let carrier = MatchCarrier::new(network.timeout_seconds, network.plain_http);
    let outcome = exchange::run(&mut workspace, &context, what, &carrier, &Limits::default())?;
    let found = hits::of(&workspace, &context, &outcome.session)?;
    told(global, &outcome, &found, None)
}

fn taken(global: &Global, file: &Path, out: Option<&Path>) -> Result<Code> {
    let limits = Limits::default();
    let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
    let (input, _) = setup::open(file)?;
    let bytes_max = limits.message.message_bytes_max() as u64;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(input, bytes_max + 1), &mut bytes)
        .with_context(|| format!("read {}", file.display()))?;
    let outcome = receive::run(&mut workspace, &context, &bytes, &limits)?;
    if let (Some(reply), Some(out)) = (&outcome.reply, out) {
        files::write_whole(out, reply)?;
    }
    let found = hits::of(&workspace, &context, &outcome.session)?;
    told(global, &outcome, &found, out)
}

fn told(global: &Global, outcome: &Outcome, found: &[MatchHit], out: Option<&Path>) -> Result<Code> {
    if global.json {
        output::json(&json!({
            "session": hex(&outcome.session), "partner": outcome.partner, "purpose": outcome.purpose.as_str(),
            "state": outcome.state.as_str(), "hits": outcome.hits,
            "officer": outcome.officer.as_ref().map(|it| json!({ "name": it.name, "contact": it.contact })),
            "found": found.iter().map(hit_view).collect::<Vec<_>>(),
            "reply": outcome.reply.as_ref().and(out),
        }))?;
        return Ok(Code::Done);
    }
    match outcome.hits {
        None => output::line(&format!("{}: answered; what they learn is for them to tell", outcome.partner))?,
        Some(0) => output::line(&format!("{}: nothing in common", outcome.partner))?,
        Some(count) => {
            output::line(&format!("{}: {count} in common", outcome.partner))?;
            show_hits(global, found)?;
            if let Some(Officer { name, contact }) = &outcome.officer {
                output::line(&format!("Talk to {name}, {contact}."))?;
            }
        }
    }
    match (&outcome.reply, out) {
        (Some(_), Some(out)) => output::line(&format!("{}: hand it to {}", out.display(), outcome.partner))?,
        (Some(_), None) => {
            output::note!("{} is to learn it too: give --out and hand it over", outcome.partner)
        }
        (None, _) => {}
    }
    Ok(Code::Done)
}

fn of_sets(global: &Global, action: &SetsAction) -> Result<Code> {
    let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
    match action {
        SetsAction::Add { name, officer, contact, from, campaign } => {
            let officer = Officer { name: officer.clone(), contact: contact.clone() };
            let files = from.iter().map(|path| sets::From::File(path));
            let from: Vec<sets::From<'_>> =
                files.chain(campaign.iter().copied().map(sets::From::Campaign)).collect();
            let request = sets::Request { name, officer: &officer, from: &from };
            let made = sets::add(&mut workspace, &context, &request, &Limits::default())?;
            output::problems(&made.problems);
            if global.json {
                output::json(&json!({ "set": set_view(&made.set), "refused": made.refused }))?;
            } else {
                let refused = match made.refused {
                    0 => String::new(),
                    count => format!(", {count} rows refused"),
                };
                output::line(&format!("{name}: {} values{refused}", made.set.count))?;
            }
            Ok(if made.refused == 0 { Code::Done } else { Code::SomeRefused })
        }
        SetsAction::List => {
            let all = sets::list(&workspace, &context)?;
            if global.json {
                output::json(&Value::Array(all.iter().map(set_view).collect()))?;
                return Ok(Code::Done);
            }
            let row = |set: &MatchSet| {
                let Officer { name, contact } = &set.officer;
                vec![
                    set.name.clone(),
                    set.count.to_string(),
                    format!("{name}, {contact}"),
                    set.made_at.to_string(),
                ]
            };
            let empty = "no sets yet: `forewarn share sets add` makes one from a table of values";
            output::list(&["set", "values", "officer", "made"], all.iter().map(row).collect(), empty)?;
            Ok(Code::Done)
        }
        SetsAction::Show { name } => {
            let values = sets::show(&mut workspace, &context, name)?;
            if global.json {
                let view = |(value, case): &(String, String)| json!({ "value": value, "case": case });
                output::json(&Value::Array(values.iter().map(view).collect()))?;
                return Ok(Code::Done);
            }
            output::table(
                &["value", "case"],
                values.into_iter().map(|(value, case)| vec![value, case]).collect(),
            )?;
            Ok(Code::Done)
        }
        SetsAction::Remove { name } => {
            sets::remove(&mut workspace, &context, name)?;
            output::line(&format!("{name}: out of use"))?;
            Ok(Code::Done)
        }
    }
}

fn agreed(global: &Global, form: &AgreeForm) -> Result<Code> {
    let request = agree::Request {
        partner: form.partner.clone(),
        jwk: jwk(&files::read_text(&form.key, KEY_BYTES_MAX)?)
            .with_context(|| format!("read {}", form.key.display()))?,
        set: form.set.clone(),
        learns: form.learns,
        url: form.url.clone(),
        token_file: form.token_file.clone(),
        values_max: form.values_max,
        questions_per_day: form.questions_per_day,
        values_per_day: form.values_per_day,
        active: !form.inactive,
    };
    let agreement = agree::run(&mut setup::workspace(global)?, &setup::context(global), &request)?;
    show_agreements(global, &[agreement])
}

/// The key in a file: a JSON Web Key itself, or the one that counts in what `forewarn keys list --json` prints.
fn jwk(text: &str) -> Result<String> {
    let value: Value = serde_json::from_str(text)
        .context("it is not JSON: expected what `forewarn keys list --json` prints")?;
    let current = |key: &&Value| key.get("exp").is_none_or(Value::is_null);
    let key = match value.get("keys").and_then(Value::as_array) {
        Some(keys) => keys.iter().rev().find(current).context("it holds no key that counts now")?,
        None => &value,
    };
    Ok(key.to_string())
}

fn show_agreements(global: &Global, all: &[Agreement]) -> Result<Code> {
    if global.json {
        let view = |one: &Agreement| {
            json!({
                "partner": one.partner, "kid": one.kid, "set": one.set_name, "learns": one.learns.as_str(),
                "url": one.url, "values_max": one.values_max, "questions_per_day": one.questions_per_day,
                "values_per_day": one.values_per_day, "active": one.active,
            })
        };
        output::json(&Value::Array(all.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let row = |one: &Agreement| {
        vec![
            one.partner.clone(),
            one.set_name.clone().unwrap_or_else(|| "may not ask".to_owned()),
            one.learns.to_string(),
            format!("{} in {} questions", one.values_per_day, one.questions_per_day),
            one.url.clone().unwrap_or_else(|| "by hand".to_owned()),
            if one.active { String::new() } else { "not in force".to_owned() },
        ]
    };
    let header = ["partner", "our set", "who learns", "values a day", "address", ""];
    let empty = "no agreements yet: `forewarn share agree` writes one down";
    output::list(&header, all.iter().map(row).collect(), empty)?;
    Ok(Code::Done)
}

fn show_sessions(global: &Global, all: &[MatchSession]) -> Result<Code> {
    if global.json {
        let view = |one: &MatchSession| {
            json!({
                "session": hex(&one.id), "partner": one.partner, "asked": one.asked, "purpose": one.purpose.as_str(),
                "learns": one.learns.as_str(), "state": one.state.as_str(), "made_at": one.made_at.to_string(),
                "values": one.count, "hits": one.hits,
            })
        };
        output::json(&Value::Array(all.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let row = |one: &MatchSession| {
        vec![
            hex(&one.id)[..8].to_owned(),
            one.made_at.to_string(),
            one.partner.clone(),
            if one.asked { "we asked" } else { "they asked" }.to_owned(),
            one.purpose.to_string(),
            one.count.to_string(),
            one.state.to_string(),
            one.hits.map_or_else(String::new, |hits| format!("{hits} hits")),
        ]
    };
    let header = ["match", "when", "partner", "", "about", "values", "state", ""];
    let empty = "nothing was matched yet: `forewarn share match --with PARTNER --set NAME` begins";
    output::list(&header, all.iter().map(row).collect(), empty)?;
    Ok(Code::Done)
}

fn show_hits(global: &Global, found: &[MatchHit]) -> Result<Code> {
    if global.json {
        output::json(&Value::Array(found.iter().map(hit_view).collect()))?;
        return Ok(Code::Done);
    }
    let row = |hit: &MatchHit| {
        vec![
            hit.number.to_string(),
            if hit.value.is_empty() { format!("{} in common", hit.count) } else { hit.value.clone() },
            hit.case_ref.clone(),
            format!("{}, {}", hit.officer.name, hit.officer.contact),
            hit.outcome.clone().unwrap_or_else(|| "to be talked about".to_owned()),
        ]
    };
    let empty =
        "nothing to talk about: what `forewarn share match` finds is listed here; --all shows closed ones";
    output::list(&["hit", "value", "case", "talk to", ""], found.iter().map(row).collect(), empty)?;
    Ok(Code::Done)
}

fn hit_view(hit: &MatchHit) -> Value {
    json!({
        "number": hit.number, "session": hex(&hit.session), "value": hit.value, "case": hit.case_ref, "count": hit.count,
        "officer": hit.officer.name, "contact": hit.officer.contact, "found_at": hit.found_at.to_string(),
        "talked_at": hit.talked_at.map(|at| at.to_string()), "outcome": hit.outcome,
    })
}

fn set_view(set: &MatchSet) -> Value {
    json!({
        "name": set.name, "values": set.count, "officer": set.officer.name, "contact": set.officer.contact,
        "made_at": set.made_at.to_string(), "commitment": hex(&set.commitment),
    })
}
