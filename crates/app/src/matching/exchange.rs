//! A whole exchange with a partner's node: question, answer, and the closing where both sides learn the result.

use std::path::Path;

use forewarn_model::MatchPurpose;
use forewarn_share::matching::hex;

use super::ask::{self, Asked};
use super::receive::{self, Outcome};
use super::{Limits, agreement, require_inside};
use crate::{AppError, Context, Workspace, files};

/// Longest token that is read, in bytes.
const TOKEN_BYTES_MAX: u64 = 4096;

/// Carries one message to a partner's node and brings back what it answers.
pub trait Carrier {
    /// Sends `message` to `url` with a bearer token; reads at most `answer_bytes_max` bytes of the answer. The error says
    /// why it did not arrive, or why it was refused there.
    fn carry(
        &self,
        url: &str,
        token: Option<&str>,
        message: &[u8],
        answer_bytes_max: usize,
    ) -> Result<Vec<u8>, String>;
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask<'a> {
    /// A new exchange about a set.
    New {
        /// The partner.
        partner: &'a str,
        /// The set.
        set: &'a str,
        /// What is learned.
        purpose: MatchPurpose,
    },
    /// One that was cut off.
    Resume {
        /// Its id.
        session: [u8; 16],
    },
}

/// Goes through the exchange. If the network is cut in the middle, it can be resumed; nothing counts twice.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    what: Ask<'_>,
    carrier: &dyn Carrier,
    limits: &Limits,
) -> Result<Outcome, AppError> {
    require_inside(context)?;
    let partner = match what {
        Ask::New { partner, .. } => partner.to_owned(),
        Ask::Resume { session } => ask::open(workspace, &session)?.partner,
    };
    let agreement = agreement(workspace, &partner)?;
    let url = agreement.url.ok_or_else(|| AppError::Refused {
        operation: "match",
        why: format!(
            "there is no address for {partner:?}: name one with `forewarn share agree --url`, or carry the files by \
             hand with `forewarn share match begin`"
        ),
    })?;
    let token = match &agreement.token_file {
        Some(path) => Some(files::read_text(Path::new(path), TOKEN_BYTES_MAX)?.trim().to_owned()),
        None => None,
    };
    let Asked { session, message, .. } = match what {
        Ask::New { partner, set, purpose } => ask::run(workspace, context, partner, set, purpose, limits)?,
        Ask::Resume { session } => ask::again(workspace, context, &session, limits)?,
    };
    let bytes_max = limits.message.message_bytes_max();
    let carry = |message: &[u8]| {
        carrier.carry(&url, token.as_deref(), message, bytes_max).map_err(|why| AppError::Refused {
            operation: "match",
            why: format!("{url}: {why}: try again with `forewarn share match resume {}`", hex(&session)),
        })
    };
    let answer = carry(&message)?;
    let outcome = receive::run(workspace, context, &answer, limits)?;
    if outcome.session != session {
        let why = format!("{url} answered for another exchange than the one that was begun");
        return Err(AppError::Refused { operation: "match", why });
    }
    if let Some(closing) = &outcome.reply {
        carry(closing)?;
    }
    Ok(Outcome { reply: None, ..outcome })
}
