//! Begins an exchange: the question that goes to the partner.

use forewarn_model::{MatchPurpose, MatchState, Timestamp};
use forewarn_privacy::matching::{CaseQuestion, Question};
use forewarn_share::matching::{Body, Head, Message, hex};
use forewarn_store::{Agreement, MatchSession, MatchSet};
use jiff::SignedDuration;

use super::{Limits, Values, agreement, own_kid, random, refused, require_inside, sets, signed};
use crate::{AppError, Context, Workspace};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The exchange.
    pub session: [u8; 16],
    /// How many values it asks for, those that fill it up included.
    pub count: usize,
    /// The message for the partner.
    pub message: Vec<u8>,
}

/// What a question was made of, to read the answer with.
pub(super) enum Made {
    Values(Question),
    Cases(CaseQuestion),
}

/// Makes a question about a set.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    partner: &str,
    set: &str,
    purpose: MatchPurpose,
    limits: &Limits,
) -> Result<Asked, AppError> {
    require_inside(context)?;
    forget(workspace, context.now, limits)?;
    let agreement = agreement(workspace, partner)?;
    let set = sets::find(workspace, set)?;
    let mut id = [0; 16];
    id.copy_from_slice(&random(context)?[..16]);
    let mut session = MatchSession {
        id,
        asked: true,
        partner: partner.to_owned(),
        set_number: set.number,
        purpose,
        learns: agreement.learns,
        state: MatchState::Asked,
        made_at: context.now,
        kid: own_kid(workspace, context)?,
        seed: Some(random(context)?),
        sent: [0; 32],
        received: None,
        count: 0,
        hits: None,
    };
    let (message, made) = question(workspace, &session, &set, &agreement, limits)?;
    let count = made.count();
    if count > limits.message.values_max {
        let why = format!("{count} values, at most {}", limits.message.values_max);
        return Err(AppError::Refused { operation: "match", why });
    }
    let (bytes, digest) = signed(workspace, context, &message)?;
    session.sent = digest;
    session.count = u32::try_from(count).unwrap_or(u32::MAX);
    workspace.store.put_match_session(&session, None)?;
    let told = format!("{partner}, set {:?}, {purpose}, {count} values, {} learns", set.name, session.learns);
    workspace.note(context, "match.ask", &hex(&id), &told)?;
    Ok(Asked { session: id, count, message: bytes })
}

/// The same question again, for a partner that did not get it.
pub fn again(
    workspace: &mut Workspace,
    context: &Context,
    session: &[u8; 16],
    limits: &Limits,
) -> Result<Asked, AppError> {
    require_inside(context)?;
    let kept = open(workspace, session)?;
    let (message, made) = remade(workspace, &kept, limits)?;
    let (bytes, digest) = signed(workspace, context, &message)?;
    if digest != kept.sent {
        return Err(refused("send the question again")("it comes out otherwise: begin again".to_owned()));
    }
    Ok(Asked { session: *session, count: made.count(), message: bytes })
}

impl Made {
    fn count(&self) -> usize {
        match self {
            Self::Values(question) => question.blinded.len(),
            Self::Cases(question) => question.blinded.len(),
        }
    }
}

/// An exchange that this side began.
pub(super) fn open(workspace: &Workspace, id: &[u8; 16]) -> Result<MatchSession, AppError> {
    let session = workspace.store.match_session(id)?.filter(|session| session.asked);
    session.ok_or_else(|| AppError::NotFound {
        what: "match that was begun here",
        name: hex(id),
        remedy: "see `forewarn share matches`".to_owned(),
    })
}

/// The question of an exchange, made again of its secret and its set.
pub(super) fn remade(
    workspace: &Workspace,
    session: &MatchSession,
    limits: &Limits,
) -> Result<(Message, Made), AppError> {
    let gone = || refused("match")("the secrets of this exchange were wiped: begin again".to_owned());
    let set = workspace.store.match_set(session.set_number)?.ok_or_else(gone)?;
    let agreement = agreement(workspace, &session.partner)?;
    question(workspace, session, &set, &agreement, limits)
}

fn question(
    workspace: &Workspace,
    session: &MatchSession,
    set: &MatchSet,
    agreement: &Agreement,
    limits: &Limits,
) -> Result<(Message, Made), AppError> {
    let operation = "make the question";
    let Some(seed) = session.seed else {
        return Err(refused("match")("the secrets of this exchange were wiped: begin again".to_owned()));
    };
    let values = Values::load(workspace, set.number)?;
    let (made, groups, blinded) = match session.purpose {
        MatchPurpose::Values => {
            let made = Question::of(&values.all(), &seed, limits.fill_multiple);
            let made = made.map_err(AppError::refused(operation))?;
            let blinded = made.blinded.clone();
            (Made::Values(made), Vec::new(), blinded)
        }
        MatchPurpose::Cases => {
            let made = CaseQuestion::of(&values.by_case(), &seed, limits.case_values_min);
            let made = made.map_err(AppError::refused(operation))?;
            let (groups, blinded) = (made.groups.clone(), made.blinded.clone());
            (Made::Cases(made), groups, blinded)
        }
    };
    let head = Head {
        session: session.id,
        purpose: session.purpose,
        learns: session.learns,
        from: session.kid.clone(),
        to: agreement.kid.clone(),
        made_at: session.made_at,
    };
    Ok((Message { head, body: Body::Question { commitment: set.commitment, groups, blinded } }, made))
}

/// Wipes the secrets of old exchanges.
pub(super) fn forget(workspace: &mut Workspace, now: Timestamp, limits: &Limits) -> Result<(), AppError> {
    let kept = SignedDuration::from_hours(24 * i64::from(limits.secret_days_max));
    workspace.store.wipe_matches(now.checked_sub(kept).unwrap_or(Timestamp::MIN))?;
    Ok(())
}
