//! One notice: its page, and the next step of its life. What is wrong with a form is said beside it, and nothing that
//! was typed is lost.

mod page;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::Language;
use forewarn_app::notice::end::{self, End};
use forewarn_app::notice::review::{self, Choice, Overridden};
use forewarn_app::notice::{edit, issue, render};
use forewarn_app::{Context, Workspace};
use serde::Deserialize;

use self::page::{Fields, Typed, all, first};
use super::notices::marking;
use crate::shell::{PageError, Shared, Signed, Told};

/// The files of a notice: name, media type, whether there is one before it is issued.
pub(crate) const FILES: [(&str, &str, bool); 6] = [
    ("notice.pdf", "application/pdf", true),
    ("notice.html", "text/html; charset=utf-8", true),
    ("notice.txt", "text/plain; charset=utf-8", true),
    ("notice.json", "application/json", false),
    ("notice.cap.xml", "application/cap+xml", false),
    ("notice.stix.json", "application/stix+json;version=2.1", false),
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/notices/{id}", get(show))
        .route("/notices/{id}/edit", post(change))
        .route("/notices/{id}/submit", post(submit))
        .route("/notices/{id}/approve", post(approve))
        .route("/notices/{id}/reject", post(reject))
        .route("/notices/{id}/issue", post(issued))
        .route("/notices/{id}/end", post(ended))
        .route("/notices/{id}/file/{file}", get(file))
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    page::show(&shell, &who, id, None).await
}

/// Back to the notice where a step was taken, when others were told that it has changed; the page with the form as it
/// was typed where it was refused.
async fn answer(
    shell: &Shared,
    who: &Signed,
    id: String,
    done: Result<&'static str, Typed>,
) -> Result<Response, PageError> {
    match done {
        Ok(done) => {
            shell.live.tell("notices", id.as_str());
            Ok(Redirect::to(&format!("/notices/{id}?done={done}")).into_response())
        }
        Err(typed)
            if matches!(typed.error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) =>
        {
            page::show(shell, who, id, Some(typed)).await
        }
        Err(typed) => Err(typed.error),
    }
}

/// A passphrase is never written back into a page.
fn without_secrets(fields: Fields) -> Fields {
    fields.into_iter().filter(|(name, _)| name != "passphrase").collect()
}

/// Why it is done: without it nothing is done.
fn why(fields: &Fields) -> Result<String, PageError> {
    let why = first(fields, "why");
    if why.trim().is_empty() {
        let missing = PageError::new(StatusCode::UNPROCESSABLE_ENTITY, "why: it is blank: say why");
        return Err(missing.told(Told::Plain("why-missing")));
    }
    Ok(why.to_owned())
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = save(&shell, &who, &id, &fields).await.map(|()| "notice-changed");
    answer(&shell, &who, id, done.map_err(|error| Typed { form: "edit", fields, error })).await
}

/// Keeps what is ticked.
async fn save(shell: &Shared, who: &Signed, id: &str, fields: &Fields) -> Result<(), PageError> {
    let (name, choice) = (id.to_owned(), choice(fields)?);
    shell.write(who, move |workspace, context| edit::run(workspace, context, &name, &choice).map(drop)).await
}

fn choice(fields: &Fields) -> Result<edit::Choice, PageError> {
    let review_by = first(fields, "review_by");
    Ok(edit::Choice {
        version: Some(first(fields, "version").to_owned()),
        statements: all(fields, "statement"),
        observables: all(fields, "identifier"),
        marking: marking(first(fields, "tlp"))?,
        review_by: review_by.parse().map_err(|_| {
            let what = format!("read last day {review_by:?}: expected a date such as 2026-12-31");
            PageError::new(StatusCode::UNPROCESSABLE_ENTITY, what).told(Told::Plain("day-unread"))
        })?,
    })
}

/// Hands it in as it is ticked on the page: what is ticked is kept first.
async fn submit(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = hand_in(&shell, &who, &id, &fields).await.map(|()| "notice-submitted");
    answer(&shell, &who, id, done.map_err(|error| Typed { form: "submit", fields, error })).await
}

async fn hand_in(shell: &Shared, who: &Signed, id: &str, fields: &Fields) -> Result<(), PageError> {
    // `override <finding>@<place>`: the reason for which that finding may stand.
    let overridden =
        fields.iter().filter(|(_, reason)| !reason.trim().is_empty()).filter_map(|(name, reason)| {
            let (finding, place) = name.strip_prefix("override ")?.split_once('@')?;
            let (finding, reason) = (finding.to_owned(), reason.clone());
            Some(Overridden { finding, place: Some(place.to_owned()), reason })
        });
    let handed = Choice::Submit { audience: None, overrides: overridden.collect() };
    let (name, why, chosen) = (id.to_owned(), why(fields)?, choice(fields)?);
    shell
        .write(who, move |workspace, context| {
            edit::run(workspace, context, &name, &chosen)?;
            review::run(workspace, context, &name, handed, &why).map(drop)
        })
        .await
}

async fn approve(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = step(&shell, &who, &id, Choice::Approve, &fields).await.map(|()| "notice-approved");
    answer(&shell, &who, id, done.map_err(|error| Typed { form: "approve", fields, error })).await
}

async fn reject(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = step(&shell, &who, &id, Choice::Reject, &fields).await.map(|()| "notice-rejected");
    answer(&shell, &who, id, done.map_err(|error| Typed { form: "reject", fields, error })).await
}

async fn step(
    shell: &Shared,
    who: &Signed,
    id: &str,
    choice: Choice,
    fields: &Fields,
) -> Result<(), PageError> {
    let (name, why) = (id.to_owned(), why(fields)?);
    shell
        .write(who, move |workspace, context| review::run(workspace, context, &name, choice, &why).map(drop))
        .await
}

/// The context with the passphrase that was typed into the page, if one was; it is neither kept nor logged.
fn with_passphrase(context: &Context, typed: &str) -> Context {
    if typed.is_empty() {
        return context.clone();
    }
    let typed = typed.to_owned();
    Context { passphrase: Arc::new(move |_| Ok(typed.clone())), ..context.clone() }
}

async fn issued(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = sign(&shell, &who, &id, &fields).await.map(|()| "notice-issued");
    let typed = |error| Typed { form: "issue", fields: without_secrets(fields), error };
    answer(&shell, &who, id, done.map_err(typed)).await
}

async fn sign(shell: &Shared, who: &Signed, id: &str, fields: &Fields) -> Result<(), PageError> {
    let (name, why, desk) = (id.to_owned(), why(fields)?, Arc::clone(&shell.desk));
    let passphrase = first(fields, "passphrase").to_owned();
    shell
        .write(who, move |workspace, context| {
            let context = with_passphrase(context, &passphrase);
            desk.with_engine(|engine| {
                issue::run(workspace, &context, engine.country_names(), &name, &why).map(drop)
            })
        })
        .await
}

async fn ended(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let form = match first(&fields, "how") {
        "supersede" => "supersede",
        "withdraw" => "withdraw",
        "expire" => "expire",
        how => {
            let what = format!("end the notice by {how:?}: expected withdraw, supersede or expire");
            return Err(PageError::bad(what));
        }
    };
    let done = end_it(&shell, &who, &id, form, &fields).await.map(|()| "notice-ended");
    let typed = |error| Typed { form, fields: without_secrets(fields), error };
    answer(&shell, &who, id, done.map_err(typed)).await
}

async fn end_it(
    shell: &Shared,
    who: &Signed,
    id: &str,
    how: &'static str,
    fields: &Fields,
) -> Result<(), PageError> {
    let (name, why) = (id.to_owned(), why(fields)?);
    let (passphrase, by) = (first(fields, "passphrase").to_owned(), first(fields, "by").to_owned());
    shell
        .write(who, move |workspace: &mut Workspace, context| {
            let context = with_passphrase(context, &passphrase);
            let how = match how {
                "supersede" => End::Supersede { by: &by },
                "expire" => End::Expire,
                _ => End::Withdraw,
            };
            end::run(workspace, &context, &name, how, &why).map(drop)
        })
        .await?;
    // Whoever has it is told.
    shell.outgoing.notify_one();
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskFile {
    lang: String,
}

/// A file of the notice, to look at or to keep.
async fn file(
    State(shell): State<Shared>,
    who: Signed,
    Path((id, file)): Path<(String, String)>,
    Query(ask): Query<AskFile>,
) -> Result<Response, PageError> {
    let Some((name, kind, _)) = FILES.iter().find(|(name, ..)| *name == file) else {
        return Err(PageError::not_found("file", &file));
    };
    let language: Language = ask.lang.parse().unwrap_or(who.language);
    let bytes = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            render::one(workspace, context, engine.gazetteer(), &id, name, language)
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, (*kind).to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        // The page of a notice brings its own style, and nothing else.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
