//! The rules in use: what they look for, a text to try them on, and reading them again.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::Language;
use forewarn_app::model::rights::Right;
use forewarn_app::pack::reload;
use forewarn_app::rules::{Diagnostic, IndicatorDoc, Severity};
use forewarn_app::{Engine, pipeline};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, page};

/// Findings that are shown.
const FINDINGS_MAX: usize = 200;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/rules", get(show))
        .route("/rules/try", post(try_text))
        .route("/rules/check", post(check))
        .route("/rules/reload", post(read_again))
}

struct Line {
    name: String,
    title: String,
    what: String,
    why: String,
    source: String,
    /// What a job seeker is told, in the language of the page where the pack has it.
    means: String,
}

/// A passage that shows an indicator.
struct Found {
    title: String,
    name: String,
    words: String,
    pattern: String,
}

struct Finding {
    mistake: bool,
    place: String,
    code: &'static str,
    told: String,
    help: String,
}

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    frame: Frame,
    version: String,
    indicators: Vec<Line>,
    text: String,
    /// What the rules found in a text that was tried.
    found: Option<Vec<Found>>,
    /// What checking the packs found: in a sentence, and each finding.
    checked: Option<(String, Vec<Finding>)>,
}

#[derive(Deserialize)]
struct Tried {
    #[serde(default)]
    text: String,
}

async fn show(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    page(&rules(&shell, &who)?)
}

async fn try_text(
    State(shell): State<Shared>,
    who: Signed,
    Form(Tried { text }): Form<Tried>,
) -> Result<Response, PageError> {
    let mut made = rules(&shell, &who)?;
    let most = shell.desk.limits.text_bytes_max;
    if text.len() > most {
        return Err(PageError::bad(format!("try a text of {} bytes: at most {most} are read", text.len())));
    }
    let asked = text.clone();
    made.found = Some(shell.desk.run(move |parts| found(&parts.engine, &asked)).await?);
    made.text = text;
    page(&made)
}

async fn check(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let (count, findings) = shell.read(&who, |workspace, context| reload::check(workspace, context)).await?;
    let mut made = rules(&shell, &who)?;
    let told = match count {
        Some(count) => made.frame.count("rules-hold", count),
        None => made.frame.w("rules-broken"),
    };
    made.checked = Some((told, findings.iter().take(FINDINGS_MAX).map(finding).collect()));
    page(&made)
}

async fn read_again(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::RuleWrite)?;
    let desk = std::sync::Arc::clone(&shell.desk);
    let outcome = tokio::task::spawn_blocking(move || desk.reload()).await;
    match outcome.map_err(|_| PageError::failed("read the rules again"))? {
        Ok(version) => {
            shell.write(&who, move |workspace, context| reload::note(workspace, context, &version)).await?;
            Ok(Redirect::to("/rules?done=rules-reloaded").into_response())
        }
        Err(why) => {
            let mut made = rules(&shell, &who)?;
            made.frame = made.frame.refused(why);
            page(&made)
        }
    }
}

fn rules(shell: &Shared, who: &Signed) -> Result<RulesPage, PageError> {
    if !who.rights().has(Right::Look) {
        who.require(Right::RuleWrite)?;
    }
    let frame = Frame::new(shell, who, "rules", "tab-rules");
    let language = frame.language();
    let (version, indicators) = shell.desk.with_engine(|engine| {
        let lines = engine.pack().indicators().iter().map(|doc| line(doc, language)).collect();
        (engine.pack().version().to_owned(), lines)
    });
    Ok(RulesPage { frame, version, indicators, text: String::new(), found: None, checked: None })
}

fn line(doc: &IndicatorDoc, language: Language) -> Line {
    let own = doc.means.iter().find(|(tag, _)| tag.primary() == language.primary());
    let english = || doc.means.iter().find(|(tag, _)| *tag == Language::ENGLISH);
    Line {
        name: doc.name.to_string(),
        title: doc.title.clone(),
        what: doc.what.clone(),
        why: doc.why.clone(),
        source: doc.source.clone(),
        means: own.or_else(english).map(|(_, words)| words.clone()).unwrap_or_default(),
    }
}

fn found(engine: &Engine, text: &str) -> Vec<Found> {
    let offer = pipeline::offer(engine, text, None);
    let row = |indicator: &forewarn_app::model::Indicator| Found {
        title: engine
            .pack()
            .indicator(indicator.name.as_str())
            .map(|doc| doc.title.clone())
            .unwrap_or_default(),
        name: indicator.name.to_string(),
        words: text.chars().skip(indicator.span.start as usize).take(indicator.span.len() as usize).collect(),
        pattern: indicator.pattern.clone(),
    };
    offer.indicators.iter().map(row).collect()
}

fn finding(found: &Diagnostic) -> Finding {
    Finding {
        mistake: found.severity == Severity::Error,
        place: format!("{}:{}:{}", found.path, found.line, found.column),
        code: found.code,
        told: format!("{}: {}", found.title, found.label),
        help: found.help.clone(),
    }
}
