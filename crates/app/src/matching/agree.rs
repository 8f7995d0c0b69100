//! What is agreed with a partner before lists are compared: its key, who learns the result, and how much it may ask.

use forewarn_model::MatchLearns;
use forewarn_model::rights::Right;
use forewarn_notice::sign::PublicKey;
use forewarn_store::Agreement;

use super::{refused, require_inside};
use crate::{AppError, Context, Workspace};

/// Longest short name, in bytes.
const NAME_BYTES_MAX: usize = 64;

/// An agreement as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The partner's short name: the same as in `forewarn share partners`, if it stands there too.
    pub partner: String,
    /// Its public key, as a JSON Web Key.
    pub jwk: String,
    /// Which of our sets answers its questions; none if it may not ask.
    pub set: Option<String>,
    /// Who learns the result.
    pub learns: MatchLearns,
    /// Where its node answers: `https://…/share/match`.
    pub url: Option<String>,
    /// The file with the token for that.
    pub token_file: Option<String>,
    /// Most values in one question.
    pub values_max: u32,
    /// Most questions that it may ask in a day.
    pub questions_per_day: u32,
    /// Most values that it may ask for in a day.
    pub values_per_day: u32,
    /// Whether it is in force.
    pub active: bool,
}

/// Writes an agreement, or changes the one with that partner.
pub fn run(workspace: &mut Workspace, context: &Context, request: &Request) -> Result<Agreement, AppError> {
    context.require(Right::ShareRule)?;
    let refused = refused("write the agreement");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let name = &request.partner;
    if name.is_empty() || name.len() > NAME_BYTES_MAX || !name.chars().all(plain) {
        let expected = format!("at most {NAME_BYTES_MAX} lower-case letters, digits and hyphens");
        return Err(refused(format!("partner {name:?}: expected {expected}")));
    }
    let key = PublicKey::from_jwk(&request.jwk).map_err(AppError::refused("write the agreement"))?;
    let kid = key.kid();
    if workspace.store.signing_keys()?.iter().any(|own| own.kid == kid) {
        return Err(refused(
            "this is a key of our own: ask the partner for its `forewarn keys list --json`".to_owned(),
        ));
    }
    if let Some(other) = workspace.store.match_agreements()?.iter().find(|one| one.kid == kid)
        && other.partner != *name
    {
        return Err(refused(format!(
            "partner {:?} has that key already: one key, one partner",
            other.partner
        )));
    }
    if let Some(set) = &request.set
        && !workspace.store.match_sets()?.iter().any(|one| one.name == *set)
    {
        return Err(refused(format!("there is no set {set:?}: add it with `forewarn share sets add`")));
    }
    if let Some(url) = &request.url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        return Err(refused(format!("{url:?}: expected https://…/share/match")));
    }
    let agreement = Agreement {
        partner: name.clone(),
        kid: kid.clone(),
        jwk: key.to_jwk(),
        set_name: request.set.clone(),
        learns: request.learns,
        url: request.url.clone(),
        token_file: request.token_file.clone(),
        values_max: request.values_max,
        questions_per_day: request.questions_per_day,
        values_per_day: request.values_per_day,
        active: request.active,
    };
    workspace.store.put_match_agreement(&agreement)?;
    let told = format!(
        "key {kid}, {} learns, {} values in {} questions a day{}",
        request.learns,
        request.values_per_day,
        request.questions_per_day,
        if request.active { "" } else { ", not in force" }
    );
    workspace.note(context, "match.agree", name, &told)?;
    Ok(agreement)
}

/// All agreements, in order of partner.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<Agreement>, AppError> {
    context.require_any(&[Right::ShareRule, Right::Share])?;
    // A partner's own token has the right to share, and shall not see who else takes part.
    if !context.rights.has(Right::ShareRule) {
        require_inside(context)?;
    }
    Ok(workspace.store.match_agreements()?)
}
