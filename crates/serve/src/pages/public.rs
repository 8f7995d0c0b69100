//! What everybody may read: extracts of notices, as a page, as a feed and as JSON. No sign-in, no cookie.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use forewarn_app::model::Language;
use forewarn_app::notice::extract;
use forewarn_app::{AppError, Engine, Workspace};
use serde::Deserialize;

use crate::language;
use crate::shell::{PageError, Shared, sheet};

/// How long a reader may keep an answer, in seconds: a withdrawal must not come late.
const KEPT_S: u32 = 300;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/public", get(show))
        .route("/public/feed.atom", get(feed))
        .route("/public/{id}", get(json))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    lang: String,
}

impl Ask {
    /// As asked, else as the browser prefers.
    fn language(&self, headers: &HeaderMap) -> Result<Language, AppError> {
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let preferred = language::preferred(accept.unwrap_or_default()).into_iter().next();
        extract::nearest(self.lang.parse().ok().or(preferred).unwrap_or(Language::ENGLISH))
    }
}

#[derive(Template)]
#[template(path = "public.html")]
struct PublicPage {
    lang: String,
    dir: &'static str,
    sheet: String,
    title: String,
    /// "Read this page in", and this language's own name.
    reading_in: String,
    languages: Vec<(String, String)>,
    /// Made by `render`, every text in it escaped.
    articles: Vec<String>,
    feed_word: &'static str,
}

async fn show(
    State(shell): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let desk = std::sync::Arc::clone(&shell.desk);
    let html = read(&shell, move |workspace, engine| {
        let language = ask.language(&headers)?;
        let names = engine.country_names();
        let all = extract::public(workspace)?;
        let articles = all.iter().map(|one| one.article(language, names)).collect::<Result<_, _>>()?;
        let languages =
            extract::languages()?.into_iter().map(|one| Ok((one.to_string(), extract::own_name(one)?)));
        let page = PublicPage {
            lang: language.to_string(),
            dir: if language.is_right_to_left() { "rtl" } else { "ltr" },
            sheet: sheet(),
            title: extract::title(language)?,
            reading_in: {
                let words = desk.words().catalogues.choose([language]);
                format!("{}: {}", words.word("page-languages"), extract::own_name(language)?)
            },
            languages: languages.collect::<Result<_, AppError>>()?,
            articles,
            feed_word: "Atom",
        };
        page.render().map_err(AppError::built_in("the public page"))
    })
    .await?;
    Ok(answer("text/html; charset=utf-8", html))
}

async fn feed(
    State(shell): State<Shared>,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let base = format!("{}://{host}", if shell.options.tls { "https" } else { "http" });
    let feed = read(&shell, move |workspace, engine| {
        let language = ask.language(&headers)?;
        extract::feed(workspace, language, Some(&base), engine.country_names())
    })
    .await?;
    Ok(answer("application/atom+xml; charset=utf-8", feed))
}

/// One extract, by the id of its notice with `.json` behind it.
async fn json(State(shell): State<Shared>, Path(id): Path<String>) -> Result<Response, PageError> {
    let wanted = id.clone();
    let found = read(&shell, move |workspace, engine| {
        let name = wanted.trim_end_matches(".json");
        let one = extract::public(workspace)?.into_iter().find(|one| one.notice.id.to_string() == name);
        one.map(|one| one.json(engine.country_names())).transpose()
    })
    .await?;
    let found = found.ok_or_else(|| PageError::not_found("extract", &id))?;
    Ok(answer("application/json", found.to_string()))
}

/// Reads what is public, as nobody in particular.
async fn read<T: Send + 'static>(
    shell: &Shared,
    work: impl FnOnce(&Workspace, &Engine) -> Result<T, AppError> + Send + 'static,
) -> Result<T, PageError> {
    let shell = std::sync::Arc::clone(shell);
    let done = tokio::task::spawn_blocking(move || {
        shell.desk.with_engine(|engine| shell.pool.with(|workspace| work(workspace, engine)))
    });
    match done.await {
        Ok(outcome) => outcome.map_err(PageError::from),
        Err(_) => Err(PageError::failed("read what is public")),
    }
}

fn answer(kind: &str, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, format!("public, max-age={KEPT_S}")),
        (header::VARY, "Accept-Language".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    (StatusCode::OK, headers, body).into_response()
}
