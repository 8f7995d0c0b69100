//! Takes a message of a partner: answers a question, reads an answer, keeps a closing. What does not hold is refused,
//! with an entry in the audit log, and leaves nothing behind.
//!
//! A message that comes a second time, after a cut in the network, has the same outcome as the first time and counts
//! once. One that was changed, is of another exchange, too old or not for us, is refused.

use forewarn_model::rights::Right;
use forewarn_model::{MatchLearns, MatchPurpose, MatchState, Officer, Timestamp};
use forewarn_notice::sign::{self, DetachedJws, PublicKey};
use forewarn_privacy::matching::{self as psi, Answer};
use forewarn_privacy::sealed::Sealed;
use forewarn_share::matching::{self as wire, Body, Head, Message, hex};
use forewarn_store::{Agreement, LoadMax, MatchSession, MatchSet, NewHit, Reservation};
use jiff::SignedDuration;

use super::ask::{self, Made};
use super::{Limits, Values, own_kid, random, refused, signed};
use crate::{AppError, Context, Workspace};

/// What came of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The exchange.
    pub session: [u8; 16],
    /// The partner.
    pub partner: String,
    /// What is learned in it.
    pub purpose: MatchPurpose,
    /// How far it has come.
    pub state: MatchState,
    /// How many hits there are, where this message told.
    pub hits: Option<u32>,
    /// Whom to talk to about them.
    pub officer: Option<Officer>,
    /// The message for the partner, if there is one.
    pub reply: Option<Vec<u8>>,
}

/// Takes a message, whichever of the three it is.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Outcome, AppError> {
    context.require(Right::Share)?;
    let taken = take(workspace, context, bytes, limits);
    if let Err(error) = &taken {
        let told: String = error.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
        workspace.note(context, "match.refuse", "", &told)?;
    }
    taken
}

const OPERATION: &str = "take the match message";

fn take(
    workspace: &mut Workspace,
    context: &Context,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Outcome, AppError> {
    ask::forget(workspace, context.now, limits)?;
    let read = wire::parse(bytes, &limits.message).map_err(AppError::refused(OPERATION))?;
    let head = &read.message.head;
    let agreements = workspace.store.match_agreements()?;
    let agreement = agreements.into_iter().find(|one| one.kid == head.from && one.active);
    let agreement = agreement.ok_or_else(|| {
        let from: String = head.from.chars().take(80).collect();
        refused(OPERATION)(format!("its key {from:?} is that of no partner with an agreement in force"))
    })?;
    let key = PublicKey::from_jwk(&agreement.jwk).map_err(AppError::refused(OPERATION))?;
    sign::verify(&key, read.payload, &DetachedJws::from_text(read.jws))
        .map_err(AppError::refused(OPERATION))?;
    for_us(workspace, head, context.now, limits)?;
    let digest = wire::digest(read.payload);
    let Message { head, body } = read.message;
    match body {
        Body::Question { commitment: _, groups, blinded } => {
            answer(workspace, context, &agreement, (&head, digest), (&groups, &blinded), limits)
        }
        Body::Answer {
            question,
            officer,
            public,
            evaluated,
            proofs,
            sealed_bits,
            sealed_count,
            packed,
            ..
        } => {
            let sealed = Sealed { bits: sealed_bits, count: sealed_count, packed };
            let answer = Answer { public, evaluated, proofs, sealed };
            finish(workspace, context, &agreement, (&head, digest), (question, answer, officer), limits)
        }
        Body::Closing { answer, officer, claims, cases } => {
            close(workspace, context, &agreement, (&head, digest), (answer, officer, &claims, cases))
        }
    }
}

/// Signed by the partner is not enough: it must be meant for us, now.
fn for_us(workspace: &Workspace, head: &Head, now: Timestamp, limits: &Limits) -> Result<(), AppError> {
    let ours = workspace.store.signing_keys()?.into_iter().any(|key| key.kid == head.to);
    if !ours {
        return Err(refused(OPERATION)(
            "it is for another key than ours: hand the partner `forewarn keys list --json`".to_owned(),
        ));
    }
    let age = SignedDuration::from_hours(24 * i64::from(limits.age_days_max));
    let ahead = SignedDuration::from_mins(i64::from(limits.clock_minutes_max));
    if head.made_at.duration_until(now) > age || now.duration_until(head.made_at) > ahead {
        let told = format!("it was made at {}, more than {} days ago", head.made_at, limits.age_days_max);
        return Err(refused(OPERATION)(format!(
            "{told}, or in the future: make a new one, and compare the clocks"
        )));
    }
    Ok(())
}

/// The answering side: evaluates what was asked.
fn answer(
    workspace: &mut Workspace,
    context: &Context,
    agreement: &Agreement,
    (head, digest): (&Head, [u8; 32]),
    (groups, blinded): (&[usize], &[[u8; 32]]),
    limits: &Limits,
) -> Result<Outcome, AppError> {
    let refuse = refused(OPERATION);
    if head.learns != agreement.learns {
        let told = format!("it says that {} learns, the agreement says {}", head.learns, agreement.learns);
        return Err(refuse(told));
    }
    if blinded.len() > agreement.values_max as usize {
        return Err(refuse(format!("{} values, agreed are at most {}", blinded.len(), agreement.values_max)));
    }
    let name = agreement.set_name.as_deref();
    let name = name.ok_or_else(|| refuse("no set of ours answers this partner".to_owned()))?;
    let set = super::sets::find(workspace, name)?;
    let session = MatchSession {
        id: head.session,
        asked: false,
        partner: agreement.partner.clone(),
        set_number: set.number,
        purpose: head.purpose,
        learns: head.learns,
        state: MatchState::Answered,
        made_at: context.now,
        kid: own_kid(workspace, context)?,
        seed: Some(random(context)?),
        sent: [0; 32],
        received: Some(digest),
        count: u32::try_from(blinded.len()).unwrap_or(u32::MAX),
        hits: None,
    };
    // It counts before it is computed, and also if it turns out to be worth nothing.
    let day = SignedDuration::from_hours(24);
    let load = LoadMax {
        since: context.now.checked_sub(day).unwrap_or(Timestamp::MIN),
        questions: agreement.questions_per_day,
        values: agreement.values_per_day,
    };
    let (session, set, new) = match workspace.store.put_match_session(&session, Some(&load))? {
        Reservation::New => (session, set, true),
        Reservation::Known => {
            let (session, set) = same_again(workspace, &session)?;
            (session, set, false)
        }
        Reservation::TooMuch { questions, values } => {
            return Err(refuse(format!(
                "{:?} has asked {questions} questions for {values} values in a day, agreed are {} for {}",
                agreement.partner, agreement.questions_per_day, agreement.values_per_day
            )));
        }
    };
    let Some(seed) = session.seed else {
        return Err(refuse("the secrets of this exchange were wiped: begin again".to_owned()));
    };
    let values = Values::load(workspace, set.number)?.all();
    let made = match head.purpose {
        MatchPurpose::Values => psi::answer(&values, &seed, &session.id, limits.fill_multiple, blinded),
        MatchPurpose::Cases => {
            let groups = (groups, limits.case_values_min);
            psi::answer_cases(&values, &seed, &session.id, limits.fill_multiple, groups, blinded)
        }
    };
    let Answer { public, evaluated, proofs, sealed } = made.map_err(AppError::refused(OPERATION))?;
    let body = Body::Answer {
        question: digest,
        commitment: set.commitment,
        officer: set.officer.clone(),
        public,
        evaluated,
        proofs,
        sealed_bits: sealed.bits,
        sealed_count: sealed.count,
        packed: sealed.packed,
    };
    let message = reply(head, &session, body);
    let (bytes, sent) = signed(workspace, context, &message)?;
    workspace.store.put_match_sent(&session.id, &sent)?;
    let told = format!(
        "{}, set {:?}, {}, {} values{}",
        agreement.partner,
        set.name,
        head.purpose,
        blinded.len(),
        if new { "" } else { ", sent again" }
    );
    workspace.note(context, "match.answer", &hex(&session.id), &told)?;
    Ok(Outcome {
        session: session.id,
        partner: agreement.partner.clone(),
        purpose: head.purpose,
        state: session.state,
        hits: None,
        officer: None,
        reply: Some(bytes),
    })
}

/// The exchange that a question began before, if this is the same question.
fn same_again(workspace: &Workspace, asked: &MatchSession) -> Result<(MatchSession, MatchSet), AppError> {
    let refuse = refused(OPERATION);
    let kept = workspace.store.match_session(&asked.id)?.filter(|kept| {
        let same = (kept.asked, &kept.partner, kept.received, kept.state);
        same == (false, &asked.partner, asked.received, MatchState::Answered)
    });
    let kept = kept.ok_or_else(|| {
        refuse("its exchange is there already, with another question: begin a new one".to_owned())
    })?;
    let set = workspace.store.match_set(kept.set_number)?;
    let set = set.ok_or_else(|| refuse("the set of this exchange is gone: begin again".to_owned()))?;
    Ok((kept, set))
}

/// The asking side: reads the answer.
fn finish(
    workspace: &mut Workspace,
    context: &Context,
    agreement: &Agreement,
    (head, digest): (&Head, [u8; 32]),
    (question, answer, officer): ([u8; 32], Answer, Officer),
    limits: &Limits,
) -> Result<Outcome, AppError> {
    // A partner's token may bring questions and closings; answers are read by our own people.
    super::require_inside(context)?;
    let refuse = refused(OPERATION);
    let session = ask::open(workspace, &head.session)?;
    belongs(&session, agreement, head)?;
    if session.sent != question {
        return Err(refuse("it answers another question than ours".to_owned()));
    }
    if session.state == MatchState::Finished && session.received != Some(digest) {
        return Err(refuse("the exchange has ended with another answer".to_owned()));
    }
    let (_, made) = ask::remade(workspace, &session, limits)?;
    let set = Values::load(workspace, session.set_number)?;
    let (hits, claims, cases) = match &made {
        Made::Values(asked) => {
            let found = asked.hits(&answer).map_err(AppError::refused(OPERATION))?;
            let hits = found.iter().flat_map(|hit| named(&set, &hit.value)).collect();
            (hits, found.into_iter().map(|hit| hit.claim).collect(), 0)
        }
        Made::Cases(asked) => {
            let counts = asked.counts(&answer).map_err(AppError::refused(OPERATION))?;
            let cases = counts.len() as u64;
            let hit = |(case_ref, count)| NewHit {
                value: String::new(),
                case_ref,
                count: u32::try_from(count).unwrap_or(u32::MAX),
            };
            (counts.into_iter().map(hit).collect::<Vec<_>>(), Vec::new(), cases)
        }
    };
    let new = workspace.store.finish_match(&session.id, &digest, &hits, &officer, context.now)?;
    let count = workspace.store.match_session(&session.id)?.and_then(|ended| ended.hits).unwrap_or_default();
    if new {
        let told = format!("{}, {count} hits, talk to {}", agreement.partner, officer.name);
        workspace.note(context, "match.finish", &hex(&session.id), &told)?;
    }
    let reply = match session.learns {
        MatchLearns::Requester => None,
        MatchLearns::Both => {
            let set = workspace.store.match_set(session.set_number)?;
            let own = set.map(|set| set.officer).ok_or_else(|| refuse("the set is gone".to_owned()))?;
            let body = Body::Closing { answer: digest, officer: own, claims, cases };
            Some(signed(workspace, context, &reply(head, &session, body))?.0)
        }
    };
    Ok(Outcome {
        session: session.id,
        partner: agreement.partner.clone(),
        purpose: session.purpose,
        state: MatchState::Finished,
        hits: Some(count),
        officer: Some(officer),
        reply,
    })
}

/// The answering side: keeps what the asking side found, if it can be.
fn close(
    workspace: &mut Workspace,
    context: &Context,
    agreement: &Agreement,
    (head, digest): (&Head, [u8; 32]),
    (answer, officer, claims, cases): ([u8; 32], Officer, &[[u8; 32]], u64),
) -> Result<Outcome, AppError> {
    let refuse = refused(OPERATION);
    let session = workspace.store.match_session(&head.session)?.filter(|session| !session.asked);
    let session = session.ok_or_else(|| refuse("it closes no exchange that was answered here".to_owned()))?;
    belongs(&session, agreement, head)?;
    if session.sent != answer || session.learns != MatchLearns::Both {
        return Err(refuse("it does not follow our answer, or nothing was to be told".to_owned()));
    }
    if session.state == MatchState::Finished && session.received != Some(digest) {
        return Err(refuse("the exchange has ended otherwise".to_owned()));
    }
    let Some(seed) = session.seed else {
        return Err(refuse("the secrets of this exchange were wiped: begin again".to_owned()));
    };
    let hits = match session.purpose {
        MatchPurpose::Values => {
            let set = Values::load(workspace, session.set_number)?;
            let found = psi::confirm(&set.all(), &seed, &session.id, claims);
            let found = found.map_err(AppError::refused(OPERATION))?;
            found.iter().flat_map(|value| named(&set, value)).collect()
        }
        MatchPurpose::Cases if claims.is_empty() && cases <= u64::from(session.count) => {
            let count = u32::try_from(cases).unwrap_or(u32::MAX);
            let hit = NewHit { value: String::new(), case_ref: String::new(), count };
            if cases > 0 { vec![hit] } else { Vec::new() }
        }
        MatchPurpose::Cases => {
            return Err(refuse("it names values, or more cases than were asked for".to_owned()));
        }
    };
    let new = workspace.store.finish_match(&session.id, &digest, &hits, &officer, context.now)?;
    let count = workspace.store.match_session(&session.id)?.and_then(|ended| ended.hits).unwrap_or_default();
    if new {
        let told = format!("{}, {count} hits, talk to {}", agreement.partner, officer.name);
        workspace.note(context, "match.close", &hex(&session.id), &told)?;
    }
    Ok(Outcome {
        session: session.id,
        partner: agreement.partner.clone(),
        purpose: session.purpose,
        state: MatchState::Finished,
        hits: Some(count),
        officer: Some(officer),
        reply: None,
    })
}

fn belongs(session: &MatchSession, agreement: &Agreement, head: &Head) -> Result<(), AppError> {
    let same = session.partner == agreement.partner
        && (session.purpose, session.learns) == (head.purpose, head.learns);
    if same { Ok(()) } else { Err(refused(OPERATION)("it is of another exchange than it says".to_owned())) }
}

/// A value as a hit in each of its cases.
fn named(set: &Values, value: &str) -> Vec<NewHit> {
    let cases = set.cases_of.get(value);
    let hit = |case: &String| NewHit { value: value.to_owned(), case_ref: case.clone(), count: 1 };
    cases.into_iter().flatten().map(hit).collect()
}

/// A message of this side to whoever wrote the other.
fn reply(head: &Head, session: &MatchSession, body: Body) -> Message {
    let head =
        Head { from: session.kid.clone(), to: head.from.clone(), made_at: session.made_at, ..head.clone() };
    Message { head, body }
}
