//! Tokens: what a program signs in with. A token may at most what its owner may.

use forewarn_model::date::day_of;
use forewarn_model::rights::{Right, Rights};
use forewarn_model::{Token, UserName};

use crate::user::session::Ended;
use crate::user::{By, Signed, secret};
use crate::{AppError, Context, Workspace};

/// How every token begins, so that a search for leaked secrets finds it.
const START: &str = "fwn_";

/// How many characters of a token are shown later.
const PREFIX_CHARS: usize = START.len() + 8;

/// Longest name, in bytes.
const NAME_BYTES_MAX: usize = 100;

/// Those that ended so long ago are removed, in seconds.
const KEPT_S: u32 = 30 * 86_400;

/// What a token is asked for with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// Whose it will be: one's own name, or another's with the right to write users.
    pub owner: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
    /// What it may do.
    pub scopes: Rights,
    /// How many days it holds.
    pub days: u32,
}

/// A token that was just made. The secret is shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// What the program sends: `Authorization: Bearer …`.
    pub secret: String,
    /// What is kept of it.
    pub token: Token,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made").field("token", &self.token).finish_non_exhaustive()
    }
}

/// Makes a token. Nobody can give it what they may not do themselves.
pub fn make(workspace: &mut Workspace, context: &Context, request: &Request<'_>) -> Result<Made, AppError> {
    let operation = "make a token";
    own_or_write(context, request.owner)?;
    let refused = |why: String| Err(AppError::Refused { operation, why });
    let Some(owner) = workspace.store.user(request.owner)?.filter(|user| user.active) else {
        let remedy = "see `forewarn users list`; it must be active".to_owned();
        return Err(AppError::NotFound { what: "user", name: request.owner.to_owned(), remedy });
    };
    let name = request.name.trim();
    if name.is_empty() || name.len() > NAME_BYTES_MAX || name.chars().any(char::is_control) {
        return refused(format!("its name is no line of 1 to {NAME_BYTES_MAX} bytes"));
    }
    let days_max = workspace.limits.token_days_max;
    if !(1..=days_max).contains(&request.days) {
        return refused(format!("{} days: expected 1 to {days_max}", request.days));
    }
    if request.scopes == Rights::NONE {
        return refused("no scope was named: it could do nothing".to_owned());
    }
    let within = owner.rights().and(context.rights);
    if let Some(beyond) = request.scopes.iter().find(|right| !within.has(*right)) {
        return refused(format!("scope {beyond}: its owner, or you, lack that right"));
    }
    let secret = format!("{START}{}", secret::make(context, operation)?);
    let lasting = jiff::SignedDuration::from_hours(24 * i64::from(request.days));
    let token = Token {
        prefix: secret.chars().take(PREFIX_CHARS).collect(),
        name: name.to_owned(),
        owner: owner.name,
        scopes: request.scopes,
        made: context.now,
        expires: context.now.checked_add(lasting).map_err(AppError::refused(operation))?,
        last_used: None,
        revoked: None,
    };
    let most = workspace.limits.tokens_max;
    if !workspace.store.add_token(&token, &secret::hash("token", &secret), KEPT_S, most)? {
        return refused(format!(
            "there are {most} tokens of this owner: revoke some, and wait or raise the limit"
        ));
    }
    let scopes: Vec<&str> = token.scopes.iter().map(Right::as_str).collect();
    let detail = format!("of {}, {} days: {}", token.owner, request.days, scopes.join(" "));
    workspace.note(context, "token.make", &token.prefix, &detail)?;
    Ok(Made { secret, token })
}

/// The tokens of a user, or of all: the newest first.
pub fn list(workspace: &Workspace, context: &Context, owner: Option<&str>) -> Result<Vec<Token>, AppError> {
    let Some(owner) = owner else {
        context.require(Right::UserWrite)?;
        return Ok(workspace.store.tokens(None)?);
    };
    own_or_write(context, owner)?;
    match owner.parse::<UserName>() {
        Ok(owner) => Ok(workspace.store.tokens(Some(&owner))?),
        Err(_) => Ok(Vec::new()),
    }
}

/// Revokes a token by how it begins: one's own, or any with the right to write users.
pub fn revoke(workspace: &mut Workspace, context: &Context, prefix: &str) -> Result<Ended, AppError> {
    let own = context.actor.parse::<UserName>().ok();
    let owner = if context.rights.has(Right::UserWrite) { None } else { own };
    if owner.is_none() {
        context.require(Right::UserWrite)?;
    }
    if !workspace.store.revoke_token(owner.as_ref(), prefix, context.now)? {
        return Ok(Ended::Before);
    }
    workspace.note(context, "token.revoke", prefix, "")?;
    Ok(Ended::Now)
}

/// Whose token it is, if it holds. Notes the day of its last use.
pub fn by_bearer(
    workspace: &mut Workspace,
    context: &Context,
    bearer: &str,
) -> Result<Option<Signed>, AppError> {
    if !bearer.starts_with(START) {
        return Ok(None);
    }
    let hash = secret::hash("token", bearer);
    let Some((token, user)) = workspace.store.token(&hash, context.now)? else { return Ok(None) };
    let today = day_of(context.now);
    if token.last_used != Some(today)
        && let Err(error) = workspace.store.use_token(&token.prefix, today)
    {
        tracing::debug!(%error, "the use of a token was not noted");
    }
    Ok(Some(Signed { user, by: By::Token { prefix: token.prefix, scopes: token.scopes } }))
}

fn own_or_write(context: &Context, name: &str) -> Result<(), AppError> {
    if context.actor == name { Ok(()) } else { context.require(Right::UserWrite) }
}
