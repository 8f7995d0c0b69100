//! Language and appearance: kept in the browser, where they belong.

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

use crate::shell::session::{LANGUAGE_COOKIE, THEME_COOKIE, Theme};
use crate::shell::{INTERFACE, PageError, Shared};

/// How long a browser keeps a choice, in seconds: a year.
const KEPT_S: u32 = 31_536_000;

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/settings", post(choose))
}

#[derive(Debug, Deserialize)]
struct Choice {
    language: Option<String>,
    theme: Option<String>,
}

async fn choose(
    State(shell): State<Shared>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response, PageError> {
    let mut response = Redirect::to(&back(&headers)).into_response();
    if let Some(tag) = choice.language {
        let known = INTERFACE.iter().find(|(known, _)| *known == tag);
        let Some((tag, _)) = known else {
            let list = INTERFACE.map(|(tag, _)| tag).join(", ");
            return Err(PageError::bad(format!("choose language {tag:?}: expected one of {list}")));
        };
        set(&mut response, &shell, LANGUAGE_COOKIE, tag);
    }
    if let Some(theme) = choice.theme {
        set(&mut response, &shell, THEME_COOKIE, Theme::read(&theme).as_str());
    }
    Ok(response)
}

fn set(response: &mut Response, shell: &Shared, name: &str, value: &str) {
    let secure = if shell.options.tls { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={KEPT_S}; SameSite=Lax; HttpOnly{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// The page that the reader came from: its path only, so that nobody is sent elsewhere.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.filter(|path| !path.starts_with("//") && !path.starts_with("/\\")).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_to_a_path_of_ours_only() {
        let check = |referer: &str, expected: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, referer.parse().unwrap());
            assert_eq!(back(&headers), expected, "{referer}");
        };
        check("http://localhost:8787/alarms?x=1", "/alarms?x=1");
        check("http://localhost:8787//evil.example/", "/");
        check("nonsense", "/");
        check("http://localhost", "/");
    }
}
