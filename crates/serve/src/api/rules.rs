//! The rules that answer now: what they look for, how they read a text, and reading them anew.

use forewarn_app::model::rights::Right;
use forewarn_app::pack::reload;
use forewarn_app::pipeline;
use forewarn_app::rules::{Diagnostic, IndicatorDoc};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, body};
use super::{Answer, Endpoint, GET, Gives, Inside, POST, Run};
use crate::shell::PageError;

const LOOK: [Right; 2] = [Right::Look, Right::RuleWrite];
const EITHER: &str = "look or rule_write";

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/rules",
        name: "listRules",
        told: "The indicators that are looked for, each with what it means and where that comes from",
        right: EITHER,
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
        ..GET
    },
    Endpoint {
        path: "/rules/try",
        name: "tryRules",
        told: "Say which indicators a text has, and where; nothing is kept",
        right: EITHER,
        params: &[body("text", Kind::Text(65_536), "The text")],
        run: Run::Read(try_text),
        ..POST
    },
    Endpoint {
        path: "/rules/check",
        name: "checkRules",
        told: "Read the packs of the data folder without using them: every mistake and warning",
        right: "rule_write",
        run: Run::Read(check),
        ..GET
    },
    Endpoint {
        path: "/rules/reload",
        name: "reloadRules",
        told: "Read the packs anew and use them from now on; if they have mistakes the old ones stay",
        right: "rule_write",
        run: Run::Long(read_again),
        ..POST
    },
];

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    inside.context.require_any(&LOOK)?;
    let parts = inside.shell.desk.parts();
    Answer::part(parts.engine.pack().indicators().iter().map(view).collect(), inside.ask)
}

fn view(doc: &IndicatorDoc) -> Value {
    let means: serde_json::Map<String, Value> =
        doc.means.iter().map(|(tag, words)| (tag.to_string(), json!(words))).collect();
    json!({
        "name": doc.name.to_string(),
        "title": doc.title,
        "what": doc.what,
        "why": doc.why,
        "source": doc.source,
        "means": means,
    })
}

fn try_text(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    inside.context.require_any(&LOOK)?;
    let (parts, text) = (inside.shell.desk.parts(), inside.ask.word("text"));
    let offer = pipeline::offer(&parts.engine, text, None);
    let found = offer.indicators.iter().map(|indicator| {
        json!({
            "name": indicator.name.to_string(),
            "start": indicator.span.start,
            "end": indicator.span.end,
            "words": indicator.span.slice(text),
            "pattern": indicator.pattern,
        })
    });
    Ok(Answer::one(
        &json!({ "version": parts.engine.pack().version(), "indicators": found.collect::<Vec<_>>() }),
    ))
}

fn check(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let (count, findings) = reload::check(inside.workspace, inside.context)?;
    let view = |found: &Diagnostic| {
        json!({
            "code": found.code,
            "severity": format!("{:?}", found.severity).to_lowercase(),
            "path": found.path,
            "line": found.line,
            "column": found.column,
            "title": found.title,
            "label": found.label,
            "help": found.help,
        })
    };
    Ok(Answer::one(&json!({
        "holds": count.is_some(),
        "indicators": count,
        "findings": findings.iter().map(view).collect::<Vec<_>>(),
    })))
}

fn read_again(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    inside.context.require(Right::RuleWrite)?;
    let version = inside.shell.desk.reload();
    let version = version.map_err(|why| PageError::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, why))?;
    reload::note(inside.workspace, inside.context, &version)?;
    Ok(Answer::one(&json!({ "version": version })))
}
