//! Signing in: name, password, second factor; slower with every failure.

use forewarn_model::{Session, User};

use super::password::Password;
use super::{secret, totp};
use crate::{AppError, Context, Workspace};

/// Longest description of a browser that is kept, in bytes.
const AGENT_BYTES_MAX: usize = 120;

/// What somebody tried to sign in with.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The name that was typed.
    pub name: &'a str,
    /// The password that was typed.
    pub password: &'a Password,
    /// A code of the second factor, or a recovery code; if the person was asked for one.
    pub code: Option<&'a str>,
    /// How the browser calls itself.
    pub agent: &'a str,
    /// The address it came from; blank if that says nothing, as behind a proxy that does not tell.
    pub address: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// It is the person. The token goes into a cookie and nowhere else.
    In {
        /// What the browser keeps.
        token: String,
        /// Who it is.
        user: Box<User>,
    },
    /// Name and password are right; a code of the second factor is needed too.
    NeedsCode,
    /// Something of it is wrong. Nobody is told what.
    Refused {
        /// So long every further attempt is refused, in seconds.
        retry_after_s: u32,
    },
}

/// Tries to sign in.
pub fn sign_in(
    workspace: &mut Workspace,
    context: &Context,
    attempt: &Attempt<'_>,
) -> Result<SignIn, AppError> {
    let name = attempt.name.trim();
    if let Some(retry_after_s) = begin(workspace, context, name, attempt.address)? {
        return Ok(SignIn::Refused { retry_after_s });
    }
    let user = workspace.store.user(name)?;
    let proof = user.as_ref().map(|user| workspace.store.proof(&user.name)).transpose()?.unwrap_or_default();
    let right = attempt.password.verify(proof.password.as_deref())?;
    let Some(user) = user else { return refuse(workspace, context, None, attempt.address) };
    if !right || !user.active {
        return refuse(workspace, context, Some(&user), attempt.address);
    }
    if proof.totp.is_some() {
        let code = attempt.code.map(str::trim).filter(|code| !code.is_empty());
        let Some(code) = code else {
            forgive(workspace, name, attempt.address, false)?;
            return Ok(SignIn::NeedsCode);
        };
        if !totp::take(workspace, context, &user.name, &proof, code)? {
            return refuse(workspace, context, Some(&user), attempt.address);
        }
    }
    forgive(workspace, name, attempt.address, true)?;
    admit(workspace, context, user, attempt.agent, "")
}

/// Signs in a person for whom another system vouches under one of these names, which an administrator wrote
/// down ([`super::set_external`]). Nobody is added silently.
pub fn vouched(
    workspace: &mut Workspace,
    context: &Context,
    names: &[String],
    agent: &str,
) -> Result<SignIn, AppError> {
    for name in names {
        if let Some(user) = workspace.store.user_by_external(name)? {
            return admit(workspace, context, user, agent, "by the provider");
        }
    }
    Ok(SignIn::Refused { retry_after_s: 0 })
}

fn admit(
    workspace: &mut Workspace,
    context: &Context,
    user: User,
    agent: &str,
    how: &str,
) -> Result<SignIn, AppError> {
    let operation = "sign in";
    let token = secret::make(context, operation)?;
    let lasting = jiff::SignedDuration::from_secs(i64::from(workspace.limits.session_s_max));
    let session = Session {
        id: secret::hash("session", &token),
        user: user.name.clone(),
        made: context.now,
        last_seen: context.now,
        expires: context.now.checked_add(lasting).map_err(AppError::refused(operation))?,
        agent: shortened(agent),
    };
    let (idle_s, most) = (workspace.limits.session_idle_s, workspace.limits.sessions_max);
    workspace.store.begin_session(&session, idle_s, most)?;
    workspace.note(&context.acting_as(user.name.as_str()), "session.begin", user.name.as_str(), how)?;
    Ok(SignIn::In { token, user: Box::new(user) })
}

/// A failure of a known user is noted; what was typed as an unknown name may be a password, and is not.
fn refuse(
    workspace: &mut Workspace,
    context: &Context,
    user: Option<&User>,
    address: &str,
) -> Result<SignIn, AppError> {
    if let Some(user) = user {
        let nobody = context.acting_as("anonymous");
        workspace.note(&nobody, "session.refuse", user.name.as_str(), "")?;
    }
    let name = user.map_or("", |user| user.name.as_str());
    tracing::warn!(user.name = name, client.address = address, "a sign-in was refused");
    Ok(SignIn::Refused { retry_after_s: 0 })
}

/// Counts an attempt, before it is looked at, so that many at once are no way around the count; or says how long
/// to wait, in seconds.
pub(super) fn begin(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    address: &str,
) -> Result<Option<u32>, AppError> {
    let throttle = workspace.limits.throttle.clone();
    Ok(workspace.store.begin_attempt(&subjects(name, address), context.now, &throttle)?)
}

/// Takes the attempt back; `whole` forgets all failures of the name.
pub(super) fn forgive(
    workspace: &mut Workspace,
    name: &str,
    address: &str,
    whole: bool,
) -> Result<(), AppError> {
    let cleared = secret::hash("attempt by name", name);
    Ok(workspace.store.forgive_attempt(&subjects(name, address), whole.then_some(&cleared))?)
}

fn subjects(name: &str, address: &str) -> Vec<[u8; 32]> {
    let mut all = vec![secret::hash("attempt by name", name)];
    if !address.is_empty() {
        all.push(secret::hash("attempt by address", address));
    }
    all
}

/// What browsers put into their names, and what that means; the first that is found counts, as most claim to be
/// others too.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// `Firefox 128, Windows` where that can be told, else one line of printable characters.
fn shortened(agent: &str) -> String {
    let browser = BROWSERS.iter().find_map(|(mark, name)| {
        let version = agent.split_once(mark)?.1;
        let digits: String = version.chars().take_while(char::is_ascii_digit).take(4).collect();
        Some(format!("{name} {digits}"))
    });
    let system = SYSTEMS.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    if let (Some(browser), Some(system)) = (browser, system) {
        return format!("{}, {system}", browser.trim());
    }
    let plain: String = agent.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut end = plain.len().min(AGENT_BYTES_MAX);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    plain[..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(agent: &str, expected: &str) {
        assert_eq!(super::shortened(agent), expected);
    }

    #[test]
    fn browsers_are_told_in_short() {
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox 128, Windows",
        );
        check(
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
            "Chrome 120, Android",
        );
        check("curl/8.0\r\nx: y", "curl/8.0  x: y");
        check(&"é".repeat(100), &"é".repeat(60));
        check("", "");
    }
}
