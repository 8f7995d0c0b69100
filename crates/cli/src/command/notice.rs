//! `forewarn notice`

use std::path::Path;

use anyhow::{Context as _, Result};
use forewarn_app::model::date::day_of;
use forewarn_app::model::{Language, LocalizedNotice, Marking, Notice as Warning, Pap, Tlp};
use forewarn_app::notice::review::{self, Choice};
use forewarn_app::notice::{self, draft, issue, localize, render};
use forewarn_app::{engine, share};
use serde_json::{Value, json};

use crate::args::{Global, Notice, NoticeAction, Step};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Notice) -> Result<Code> {
    match &args.action {
        NoticeAction::Draft { alarm, issuer, number, as_of, tlp, retention_days } => {
            let context = setup::context(global);
            let mut workspace = setup::workspace(global)?;
            let pap = if *tlp == Tlp::Clear { Pap::White } else { Marking::DEFAULT.pap };
            let request = draft::Request {
                alarm: alarm.parse().context("see `forewarn watch --json`")?,
                issuer,
                number,
                as_of: as_of.unwrap_or(day_of(context.now)),
                marking: Marking { tlp: *tlp, pap },
                retention_days: *retention_days,
            };
            let drafted = draft::run(&mut workspace, &context, &request)?;
            told(global, &drafted)
        }
        NoticeAction::List => list(global),
        NoticeAction::Show { notice, lang } => show(global, notice, *lang),
        NoticeAction::Check { notice } => check(global, notice),
        NoticeAction::Submit(it) => step(global, it, Choice::Submit),
        NoticeAction::Approve(it) => step(global, it, Choice::Approve),
        NoticeAction::Reject(it) => step(global, it, Choice::Reject),
        NoticeAction::Withdraw(it) => step(global, it, Choice::Withdraw),
        NoticeAction::Issue { step, out } => issue(global, step, out),
    }
}

fn list(global: &Global) -> Result<Code> {
    let all = notice::list(&setup::workspace(global)?, &setup::context(global))?;
    if global.json {
        let views = all.iter().map(|(_, notice)| view(notice));
        output::json(&Value::Array(views.collect()))?;
        return Ok(Code::Done);
    }
    let rows = all.iter().map(|(_, notice)| {
        vec![
            notice.number.clone(),
            notice.kind.as_str().to_owned(),
            notice.state().as_str().to_owned(),
            notice.marking.to_string(),
            notice.issuer.clone(),
            notice.id.to_string(),
        ]
    });
    output::table(&["number", "kind", "state", "marking", "issuer", "id"], rows.collect())?;
    output::line(&format!("{} notices", all.len()))?;
    Ok(Code::Done)
}

fn show(global: &Global, name: &str, language: Language) -> Result<Code> {
    let (_, found) = notice::find(&setup::workspace(global)?, &setup::context(global), name)?;
    let gazetteer = engine::gazetteer()?;
    let text = localize::one(&found, language, gazetteer.country_names())?;
    if global.json {
        output::json(&share::json::notice(&found, &[text]))?;
    } else {
        output::line(&render::text(&found, &text))?;
    }
    Ok(Code::Done)
}

fn check(global: &Global, name: &str) -> Result<Code> {
    let (_, found) = notice::find(&setup::workspace(global)?, &setup::context(global), name)?;
    let gazetteer = engine::gazetteer()?;
    let findings = review::findings(&found, gazetteer.country_names())?;
    let blocks = findings.iter().filter(|finding| finding.blocks).count();
    if global.json {
        let views: Vec<Value> = findings
            .iter()
            .map(|it| json!({ "message": it.message, "rule": it.rule, "blocks": it.blocks, "told": it.told }))
            .collect();
        output::json(&Value::Array(views))?;
    } else {
        for finding in &findings {
            output::line(&finding.told)?;
        }
        output::line(&format!("{} findings, {blocks} of them block", findings.len()))?;
    }
    Ok(if blocks == 0 { Code::Done } else { Code::DoesNotHold })
}

fn step(global: &Global, args: &Step, choice: Choice) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let after = review::run(&mut workspace, &setup::context(global), &args.notice, choice, &args.why)?;
    told(global, &after)
}

fn issue(global: &Global, args: &Step, out: &Path) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let gazetteer = engine::gazetteer()?;
    let signed = issue::run(&mut workspace, &context, gazetteer.country_names(), &args.notice, &args.why)?;
    let written = render::run(&workspace, &gazetteer, &signed, out)?;
    if global.json {
        let paths: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
        output::json(&json!({ "notice": args.notice, "state": "issued", "files": paths }))?;
    } else {
        for path in &written {
            output::line(&path.display().to_string())?;
        }
    }
    Ok(Code::Done)
}

fn told(global: &Global, notice: &Warning) -> Result<Code> {
    if global.json {
        output::json(&view(notice))?;
    } else {
        output::line(&format!("{} {}: {}", notice.number, notice.id, notice.state().as_str()))?;
    }
    Ok(Code::Done)
}

/// A notice without its texts.
fn view(notice: &Warning) -> Value {
    let none: [LocalizedNotice; 0] = [];
    share::json::notice(notice, &none)
}
