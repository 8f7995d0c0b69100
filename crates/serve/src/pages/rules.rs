//! The rules in use: what they look for, a text to try them on, and reading them again.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::advice::Catalogue;
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
    title: Title,
    what: String,
    why: String,
    source: String,
    /// What a job seeker is told, in the language of the page where there are words in it.
    means: Title,
}

/// What a sign is called: in the page's language, else as the pack has it.
#[derive(Clone)]
struct Title {
    words: String,
    lang: String,
}

/// A passage that shows an indicator.
struct Found {
    title: Title,
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
    let rows = shell.desk.run(move |parts| found(&parts.engine, &asked)).await?;
    let titled = |(name, words, pattern): (String, String, String)| {
        let known = made.indicators.iter().find(|line| line.name == name).map(|line| line.title.clone());
        let title = known.unwrap_or_else(|| Title { words: name.clone(), lang: "und".to_owned() });
        Found { title, name, words, pattern }
    };
    made.found = Some(rows.into_iter().map(titled).collect());
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
    let words = shell.desk.words().catalogues.find(frame.language());
    let (version, indicators) = shell.desk.with_engine(|engine| {
        let lines = engine.pack().indicators().iter().map(|doc| line(&frame, words, doc)).collect();
        (engine.pack().version().to_owned(), lines)
    });
    Ok(RulesPage { frame, version, indicators, text: String::new(), found: None, checked: None })
}

fn line(frame: &Frame, words: Option<&Catalogue>, doc: &IndicatorDoc) -> Line {
    Line {
        name: doc.name.to_string(),
        title: title(frame, doc),
        what: doc.what.clone(),
        why: doc.why.clone(),
        source: doc.source.clone(),
        means: means(frame, words, doc),
    }
}

fn title(frame: &Frame, doc: &IndicatorDoc) -> Title {
    let own = frame.find(&format!("sign-{}", doc.name.as_str().replace('_', "-")));
    match own.filter(|_| frame.language() != Language::ENGLISH) {
        Some(words) => Title { words: capital(&words), lang: frame.language().to_string() },
        None => Title { words: doc.title.clone(), lang: Language::ENGLISH.to_string() },
    }
}

/// As the check tells a job seeker; for an indicator of another pack, as that has it.
fn means(frame: &Frame, words: Option<&Catalogue>, doc: &IndicatorDoc) -> Title {
    let language = frame.language();
    let told =
        words.and_then(|words| words.find(&format!("means-{}", doc.name.as_str().replace('_', "-")), &[]));
    let of = |wanted: Language| {
        let own = doc.means.iter().find(|(tag, _)| tag.primary() == wanted.primary());
        own.map(|(_, words)| Title { words: words.clone(), lang: wanted.to_string() })
    };
    let told = told.map(|words| Title { words, lang: language.to_string() });
    let found = told.or_else(|| of(language)).or_else(|| of(Language::ENGLISH));
    found.unwrap_or_else(|| Title { words: doc.title.clone(), lang: Language::ENGLISH.to_string() })
}

/// With a capital at its beginning, where the script has them.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What the rules find in a text: the names of the signs, and where.
fn found(engine: &Engine, text: &str) -> Vec<(String, String, String)> {
    let offer = pipeline::offer(engine, text, None);
    let row = |indicator: &forewarn_app::model::Indicator| {
        let span = indicator.span;
        let words = text.chars().skip(span.start as usize).take(span.len() as usize).collect();
        (indicator.name.to_string(), words, indicator.pattern.clone())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_a_capital_where_there_are_capitals() {
        for (words, expected) in [("écart", "Écart"), ("عرض عمل", "عرض عمل"), ("", "")] {
            assert_eq!(capital(words), expected);
        }
    }
}
