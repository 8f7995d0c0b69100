//! Who asks: the user of a session or of a token, or the owner where everybody is the owner.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use forewarn_app::model::rights::{Right, Rights};
use forewarn_app::model::{Language, Tlp};
use forewarn_app::{Context, token, user};

use super::{Access, PageError, Shared, Words};
use crate::language;

/// The name of the cookie that holds the session.
pub(crate) const SESSION_COOKIE: &str = "forewarn_session";

/// The name of the cookie that holds the chosen language, and of the one that holds the theme.
pub(crate) const LANGUAGE_COOKIE: &str = "forewarn_lang";
pub(crate) const THEME_COOKIE: &str = "forewarn_theme";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the browser prefers.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// Who asks. As an argument of a handler it means: who is not signed in does not come in.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// The user's name, for the audit log.
    pub(crate) name: String,
    /// How it is shown; empty where nobody signs in.
    pub(crate) shown: String,
    /// The language of the pages.
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// What was just done: the message of `?done=`.
    pub(crate) note: Option<String>,
    clearance: Tlp,
    rights: Rights,
    /// The user, where one signed in.
    user: Option<user::Signed>,
}

impl Signed {
    /// The context in which this person acts now.
    pub(crate) fn context(&self, shell: &Shared) -> Context {
        Context {
            now: shell.now(),
            actor: self.name.clone(),
            clearance: self.clearance,
            rights: self.rights,
            ..shell.options.context.clone()
        }
    }

    /// Whether nobody signs in here.
    pub(crate) fn local(&self) -> bool {
        self.user.is_none()
    }

    /// The user who signed in; an error where everybody acts as the owner.
    pub(crate) fn user(&self) -> Result<&user::Signed, PageError> {
        let what = "nobody signs in here: start the service without --no-sign-in";
        self.user.as_ref().ok_or_else(|| PageError::new(StatusCode::CONFLICT, what))
    }

    /// What this person may do.
    pub(crate) fn rights(&self) -> Rights {
        self.rights
    }

    /// Goes on only with a right: for what a page shows besides what `app` guards.
    pub(crate) fn require(&self, right: Right) -> Result<(), PageError> {
        if self.rights.has(right) {
            return Ok(());
        }
        let what =
            format!("{:?} lacks the right {right}: ask an administrator for a role that has it", self.name);
        Err(PageError::new(StatusCode::FORBIDDEN, what))
    }
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, shell: &Shared) -> Result<Self, PageError> {
        let user = match credential(&parts.headers)? {
            Some(credential) => Some(prove(shell, credential).await?),
            None if shell.options.access == Access::Local => None,
            None => return Err(unknown("sign in first")),
        };
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let message = done(uri.query().unwrap_or_default());
        let chosen = cookie(&parts.headers, LANGUAGE_COOKIE).is_some();
        let locale = user.as_ref().and_then(|signed| signed.user.locale).filter(|_| !chosen);
        let language = locale.map_or_else(|| page_language(&parts.headers), |locale| Words::choose([locale]));
        let owner = &shell.options.context;
        let context = user.as_ref().map_or_else(|| owner.clone(), |signed| user::context(signed, owner));
        Ok(Self {
            name: context.actor,
            shown: user.as_ref().map(|signed| signed.user.shown.clone()).unwrap_or_default(),
            language,
            theme: cookie(&parts.headers, THEME_COOKIE).map_or(Theme::Auto, Theme::read),
            note: message.map(|message| shell.words().say(language, &message, &[])),
            clearance: context.clearance,
            rights: context.rights,
            user,
        })
    }
}

/// What a request brought to prove who sends it.
enum Credential {
    Session(String),
    Token(String),
}

/// A token in `Authorization` (as a bearer, or as the password of the basic scheme, which tools for TAXII speak),
/// else the session of the cookie.
fn credential(headers: &HeaderMap) -> Result<Option<Credential>, PageError> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().unwrap_or_default();
        let (scheme, rest) = text.split_once(' ').unwrap_or_default();
        let token = match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(rest.trim().to_owned()),
            "basic" => basic_password(rest.trim()),
            _ => None,
        };
        return match token {
            Some(token) => Ok(Some(Credential::Token(token))),
            None => Err(unknown(
                "expected `Authorization: Bearer <token>`, or the basic scheme with a token as password",
            )),
        };
    }
    Ok(cookie(headers, SESSION_COOKIE).map(|token| Credential::Session(token.to_owned())))
}

fn basic_password(text: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

async fn prove(shell: &Shared, credential: Credential) -> Result<user::Signed, PageError> {
    let proven = shell
        .alone(move |workspace, context| match credential {
            Credential::Session(token) => user::by_session(workspace, context, &token),
            Credential::Token(token) => token::by_bearer(workspace, context, &token),
        })
        .await?;
    proven.ok_or_else(|| unknown("the session or token does not hold: sign in again, or make a new token"))
}

fn unknown(what: &str) -> PageError {
    PageError::new(StatusCode::UNAUTHORIZED, what)
}

/// The language of the pages: as chosen, else as the browser prefers.
pub(crate) fn page_language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok());
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::choose(chosen.into_iter().chain(language::preferred(accept.unwrap_or_default())))
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The message of `?done=…`: letters, digits and hyphens only.
fn done(query: &str) -> Option<String> {
    let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
    let plain = value.len() <= 60 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| format!("done-{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; forewarn_lang=ar;b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "forewarn_lang"), Some("ar"));
        assert_eq!(cookie(&headers, "b"), Some("2"));
        assert_eq!(cookie(&headers, "c"), None);
        assert_eq!(page_language(&headers).to_string(), "ar");
    }

    #[test]
    fn a_note_is_a_message_and_nothing_else() {
        assert_eq!(done("x=1&done=alarm-dismissed").as_deref(), Some("done-alarm-dismissed"));
        assert_eq!(done("done=%3Cscript%3E"), None);
        assert_eq!(done(""), None);
    }
}
