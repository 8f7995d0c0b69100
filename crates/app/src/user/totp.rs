//! The second factor: codes of an app that change every half minute (TOTP, RFC 6238), and recovery codes for when
//! the app is lost.

use forewarn_model::UserName;
use forewarn_model::rights::Right;
use forewarn_store::Proof;
use totp_rs::{Builder, Secret, Totp};

use super::{Signed, named, nobody, secret};
use crate::{AppError, Context, Workspace};

/// Length of the secret, in bytes (RFC 4226, section 4, requirement 6).
const SECRET_BYTES: usize = 20;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// Random bytes of a recovery code: 16 letters.
const RECOVERY_BYTES: usize = 10;

/// What a person enters into an app, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret, to be typed: base32.
    pub secret: String,
    /// The same, to be shown as a QR code (`otpauth:`).
    pub address: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment")
    }
}

/// Whether a user has a second factor.
pub fn totp_on(workspace: &Workspace, context: &Context, name: &str) -> Result<bool, AppError> {
    let user = super::find(workspace, context, name)?;
    Ok(workspace.store.proof(&user.name)?.totp.is_some())
}

/// How many recovery codes a user has left.
pub fn totp_left(workspace: &Workspace, context: &Context, name: &str) -> Result<u64, AppError> {
    let user = super::find(workspace, context, name)?;
    Ok(workspace.store.recovery_codes_left(&user.name)?)
}

/// Makes a secret for one's own second factor; it counts once it is confirmed. One that is in use must be removed
/// first, with a code of it: a session left open is no way to replace it.
pub fn totp_begin(
    workspace: &mut Workspace,
    context: &Context,
    signed: &Signed,
) -> Result<Enrolment, AppError> {
    signed.session()?;
    let operation = "add a second factor";
    let name = &signed.user.name;
    if workspace.store.proof(name)?.totp.is_some() {
        let why = "there is one: remove it first".to_owned();
        return Err(AppError::Refused { operation, why });
    }
    let random = secret::bytes(context, operation)?;
    let secret = &random[..SECRET_BYTES];
    workspace.store.put_totp_pending(name, secret)?;
    let shown = Secret::new(secret.into()).to_base32();
    // <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>; name and issuer need no escapes.
    let address = format!("otpauth://totp/Forewarn:{name}?secret={shown}&issuer=Forewarn");
    Ok(Enrolment { secret: shown, address })
}

/// Confirms the second factor with its first code; gives the recovery codes, which are shown once.
pub fn totp_confirm(
    workspace: &mut Workspace,
    context: &Context,
    signed: &Signed,
    code: &str,
) -> Result<Vec<String>, AppError> {
    signed.session()?;
    let operation = "add a second factor";
    let name = &signed.user.name;
    let proof = workspace.store.proof(name)?;
    let pending = proof
        .totp_pending
        .ok_or_else(|| AppError::Refused { operation, why: "none was begun: begin again".to_owned() })?;
    let step = matching(operation, &pending, context, code)?.ok_or_else(|| AppError::Refused {
        operation,
        why: "the code does not fit: check the clock of your device and type the next one".to_owned(),
    })?;
    let codes = recovery_codes(context, operation)?;
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(name, code)).collect();
    let confirmed =
        Proof { totp: Some(pending), totp_pending: None, totp_step: step, password: proof.password };
    workspace.store.put_totp(name, &confirmed, &hashes)?;
    workspace.note(context, "user.totp", name.as_str(), "added")?;
    Ok(codes)
}

/// Removes a second factor: one's own with a code of it, another's with the right to write users.
pub fn totp_remove(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    code: Option<&str>,
) -> Result<(), AppError> {
    let operation = "remove the second factor";
    let own = context.actor == name;
    if !own {
        context.require(Right::UserWrite)?;
    }
    let user = workspace.store.user(named(name)?.as_str())?.ok_or_else(|| nobody(name))?;
    let refused = |why: String| Err(AppError::Refused { operation, why });
    if own {
        if let Some(wait_s) = super::sign_in::begin(workspace, context, name, "")? {
            return refused(format!("too many wrong codes: try again in {wait_s} seconds"));
        }
        let proof = workspace.store.proof(&user.name)?;
        if !take(workspace, context, &user.name, &proof, code.unwrap_or_default())? {
            return refused("the code does not fit: type the next one, or a recovery code".to_owned());
        }
        super::sign_in::forgive(workspace, name, "", true)?;
    }
    let password = workspace.store.proof(&user.name)?.password;
    workspace.store.put_totp(&user.name, &Proof { password, ..Proof::default() }, &[])?;
    workspace.note(context, "user.totp", name, "removed")
}

/// Whether a code is the second factor's, or a recovery code; it counts once.
pub(super) fn take(
    workspace: &mut Workspace,
    context: &Context,
    name: &UserName,
    proof: &Proof,
    code: &str,
) -> Result<bool, AppError> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(secret) = &proof.totp
        && let Some(step) = matching("check the code", secret, context, &plain)?
    {
        return Ok(workspace.store.take_totp_step(name, step)?);
    }
    Ok(workspace.store.take_recovery_code(name, &recovery_hash(name, &plain))?)
}

/// The time step of a code, one step early or late allowed (RFC 6238, section 5.2).
fn matching(
    operation: &'static str,
    secret: &[u8],
    context: &Context,
    code: &str,
) -> Result<Option<u64>, AppError> {
    let plain: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(context.now.as_second()).unwrap_or_default();
    Ok(codes_of(operation, secret)?.check(&plain, seconds))
}

/// SHA-1, six digits, half a minute: what every app does.
fn codes_of(operation: &'static str, secret: &[u8]) -> Result<Totp, AppError> {
    Builder::new().with_secret(Secret::new(secret.into())).build().map_err(AppError::refused(operation))
}

/// The code of a secret at a time, for tests.
#[cfg(test)]
pub(super) fn code_at(secret: &str, now: forewarn_model::Timestamp) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let codes = codes_of("test", secret.as_bytes()).unwrap();
    codes.generate(now.as_second().unsigned_abs()).to_string()
}

/// `ABCD-EFGH-IJKL-MNOP`: 80 random bits each.
fn recovery_codes(context: &Context, operation: &'static str) -> Result<Vec<String>, AppError> {
    let one = |_| {
        let random = secret::bytes(context, operation)?;
        let text = Secret::new(random[..RECOVERY_BYTES].into()).to_base32();
        let parts: Vec<&str> = (0..text.len()).step_by(4).filter_map(|at| text.get(at..at + 4)).collect();
        Ok(parts.join("-"))
    };
    (0..RECOVERY_CODES).map(one).collect()
}

fn recovery_hash(name: &UserName, code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::hash("recovery code", &format!("{name} {}", plain.to_ascii_uppercase()))
}
