//! Who asks: by a token, as `Bearer` or as the password of `Basic`, which is what most TAXII clients can send.

use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use forewarn_app::{Context, token, user};

use super::fault::Fault;
use crate::shell::{Access, Shared};

/// The context of whoever asks.
pub(super) async fn enter(shell: &Shared, headers: &HeaderMap) -> Result<Context, Fault> {
    let base = Context { now: shell.now(), ..shell.options.context.clone() };
    if shell.options.access == Access::Local {
        return Ok(base);
    }
    let refused =
        || Fault::new(StatusCode::UNAUTHORIZED, "sign in with a token: as Bearer, or as password of Basic");
    let (name, secret) = credentials(headers).ok_or_else(refused)?;
    let find = move |workspace: &mut forewarn_app::Workspace, context: &Context| {
        Ok(token::by_bearer(workspace, context, &secret)?.map(|signed| user::context(&signed, context)))
    };
    let found = shell.act(false, base, find).await?;
    found.filter(|context| name.is_none_or(|name| name == context.actor)).ok_or_else(refused)
}

/// The name, if one is given, and the token.
fn credentials(headers: &HeaderMap) -> Option<(Option<String>, String)> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = line.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some((None, rest.trim().to_owned())),
        "basic" => {
            let pair = String::from_utf8(BASE64.decode(rest.trim()).ok()?).ok()?;
            let (name, secret) = pair.split_once(':')?;
            Some((Some(name.to_owned()).filter(|name| !name.is_empty()), secret.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Option<&str>, &str)>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, line.parse().unwrap());
        let found = credentials(&headers);
        let found = found.as_ref().map(|(name, secret)| (name.as_deref(), secret.as_str()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn reads_both_ways_to_sign_in() {
        check("Bearer abc", Some((None, "abc")));
        check("bearer  abc ", Some((None, "abc")));
        check("Basic YTpiOmM=", Some((Some("a"), "b:c")));
        check("Basic OmI=", Some((None, "b")));
        for line in ["Basic", "Basic !", "Basic YQ==", "Digest x", "abc"] {
            check(line, None);
        }
    }
}
