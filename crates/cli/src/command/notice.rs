//! `forewarn notice`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use forewarn_app::campaign::find;
use forewarn_app::delivery::queue::Selection;
use forewarn_app::model::date::day_of;
use forewarn_app::model::{Language, LocalizedNotice, Marking, Notice as Warning, Pap, Tlp};
use forewarn_app::notice::draft::Origin;
use forewarn_app::notice::end::{self, End as How};
use forewarn_app::notice::extract as public;
use forewarn_app::notice::review::{self, Choice, Overridden};
use forewarn_app::notice::{self, draft, issue, localize, log, render};
use forewarn_app::{Workspace, engine, files, share};
use serde_json::{Value, json};

use crate::args::{End, Global, Notice, NoticeAction, Step};
use crate::command::delivery::{self, Answer};
use crate::command::extract;
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Notice) -> Result<Code> {
    match &args.action {
        NoticeAction::Draft { from, issuer, number, as_of, tlp, retention_days } => {
            let context = setup::context(global);
            let mut workspace = setup::workspace(global)?;
            let pap = if *tlp == Tlp::Clear { Pap::White } else { Marking::DEFAULT.pap };
            let request = draft::Request {
                from: origin(&workspace, from)?,
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
        NoticeAction::Check { notice, audience } => check(global, notice, *audience),
        NoticeAction::Submit { step: it, audience, overrides } => {
            let overrides = overrides.iter().map(|text| overridden(text)).collect::<Result<_>>()?;
            step(global, it, Choice::Submit { audience: *audience, overrides })
        }
        NoticeAction::Approve(it) => step(global, it, Choice::Approve),
        NoticeAction::Reject(it) => step(global, it, Choice::Reject),
        NoticeAction::Withdraw(it) => ended(global, it, How::Withdraw),
        NoticeAction::Supersede { end, by } => ended(global, end, How::Supersede { by }),
        NoticeAction::Expire(it) => ended(global, it, How::Expire),
        NoticeAction::Due { within_days } => due(global, *within_days),
        NoticeAction::Distribute { notice, country, kind, member, dry_run } => {
            let selection =
                Selection { countries: country.clone(), kinds: kind.clone(), members: member.clone() };
            delivery::distribute(global, notice, &selection, *dry_run)
        }
        NoticeAction::Deliver(it) => delivery::deliver(global, it),
        NoticeAction::Status { notice } => delivery::status(global, notice),
        NoticeAction::Retry { notice } => delivery::retry(global, notice),
        NoticeAction::Receipt { notice, member, kind } => delivery::receipt(global, notice, member, *kind),
        NoticeAction::Reply { notice, member, kind, text, observables, grading } => {
            let told = Answer { member, kind: *kind, text, observables, grading: *grading };
            delivery::reply(global, notice, &told)
        }
        NoticeAction::Log { out } => {
            let written = log::export(&setup::workspace(global)?, out)?;
            paths(global, &written)
        }
        NoticeAction::Issue { step, out } => issue(global, step, out),
        NoticeAction::Extract(it) => extract::run(global, it),
        NoticeAction::Feed { out, base_url } => {
            let gazetteer = engine::gazetteer()?;
            let workspace = setup::workspace(global)?;
            let written = public::export(&workspace, base_url.as_deref(), gazetteer.country_names(), out)?;
            paths(global, &written)
        }
    }
}

/// `alm-…`, `cmp-…` or the beginning of the latter.
fn origin(workspace: &Workspace, text: &str) -> Result<Origin> {
    if text.starts_with("cmp-") {
        return Ok(Origin::Campaign(find::named(workspace, text)?));
    }
    let alarm = text
        .parse()
        .context("expected an alarm (alm-…, see `forewarn watch --json`) or a campaign (cmp-…)")?;
    Ok(Origin::Alarm(alarm))
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
    let empty =
        "no notices yet: `forewarn notice draft` makes one from an alarm (`forewarn watch`) or a campaign";
    output::list(&["number", "kind", "state", "marking", "issuer", "id"], rows.collect(), empty)?;
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

fn check(global: &Global, name: &str, audience: Option<Tlp>) -> Result<Code> {
    let (_, found) = notice::find(&setup::workspace(global)?, &setup::context(global), name)?;
    let gazetteer = engine::gazetteer()?;
    let findings = review::findings(&found, audience, Language::ENGLISH, gazetteer.country_names())?;
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
    let written = render::run(&workspace, &context, &gazetteer, &signed, out)?;
    paths(global, &written)
}

/// `FINDING[@PLACE]=REASON`
pub(crate) fn overridden(text: &str) -> Result<Overridden> {
    let (name, reason) = text
        .split_once('=')
        .with_context(|| format!("--override {text:?}: expected FINDING[@PLACE]=REASON"))?;
    let (finding, place) = match name.split_once('@') {
        Some((finding, place)) => (finding, Some(place.trim().to_owned())),
        None => (name, None),
    };
    Ok(Overridden { finding: finding.trim().to_owned(), place, reason: reason.trim().to_owned() })
}

fn ended(global: &Global, args: &End, how: How<'_>) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let step = &args.step;
    let (notice, signed) = end::run(&mut workspace, &setup::context(global), &step.notice, how, &step.why)?;
    if let Some(signed) = signed {
        let path = args.out.join(format!("{}.{}.json", notice.number, notice.state().as_str()));
        files::make_folder(&args.out)?;
        files::write_whole(&path, &signed)?;
        if !global.json {
            output::line(&path.display().to_string())?;
        }
    }
    told(global, &notice)
}

fn due(global: &Global, within_days: i32) -> Result<Code> {
    let context = setup::context(global);
    let workspace = setup::workspace(global)?;
    let due = notice::due(&workspace, &context, within_days)?;
    if global.json {
        let views = due.iter().map(|(notice, days)| {
            json!({ "id": notice.id.to_string(), "number": notice.number, "review_by": notice.review_by.to_string(), "days_left": days })
        });
        output::json(&Value::Array(views.collect()))?;
        return Ok(Code::Done);
    }
    let rows = due.iter().map(|(notice, days)| {
        let told = match days {
            0 => "review is due today".to_owned(),
            left if *left > 0 => format!("review in {left} days"),
            over => format!("past its last day by {} days: review it, or `forewarn notice expire`", -over),
        };
        vec![notice.number.clone(), notice.review_by.to_string(), told]
    });
    output::table(&["number", "last day", ""], rows.collect())?;
    output::line(&format!("{} notices are due within {within_days} days", due.len()))?;
    Ok(Code::Done)
}

fn paths(global: &Global, written: &[PathBuf]) -> Result<Code> {
    if global.json {
        let paths: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
        output::json(&json!({ "written": paths }))?;
    } else {
        for path in written {
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
