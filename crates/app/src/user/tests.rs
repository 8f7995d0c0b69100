//! The life of a user, as pages and programs meet it.

use forewarn_model::rights::{Right, Rights, Role};
use forewarn_model::{Clearance, Organisations, Tlp};
use forewarn_store::AuditFilter;

use super::testing::{good, owner, user, workspace};
use super::*;
use crate::token;
use crate::{Workspace, audit};

fn later(context: &Context, seconds: i64) -> Context {
    context.at(context.now + jiff::SignedDuration::from_secs(seconds))
}

fn attempt<'a>(name: &'a str, password: &'a Password, code: Option<&'a str>) -> Attempt<'a> {
    Attempt { name, password, code, agent: "Browser/1", address: "192.0.2.1" }
}

#[track_caller]
fn enter(workspace: &mut Workspace, context: &Context, name: &str) -> (String, Signed) {
    match sign_in(workspace, context, &attempt(name, &good(), None)).unwrap() {
        SignIn::In { token, .. } => {
            let signed = by_session(workspace, context, &token).unwrap().unwrap();
            (token, signed)
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(result: Result<impl std::fmt::Debug, AppError>, part: &str) {
    let error = result.unwrap_err().to_string();
    assert!(error.contains(part), "{error}");
}

#[test]
fn the_first_start_invites_an_administrator_until_somebody_has_joined() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let first = first_start(&mut workspace, &context).unwrap().unwrap();
    let second = first_start(&mut workspace, &context).unwrap().unwrap();
    refused(join(&mut workspace, &context, &first.token, &good()), "was replaced");
    let late = later(&context, 86_401);
    refused(join(&mut workspace, &late, &second.token, &good()), "has ended");
    let joined = join(&mut workspace, &context, &second.token, &good()).unwrap();
    assert!(joined.rights().has(Right::UserWrite) && joined.rights().has(Right::Look));
    refused(join(&mut workspace, &context, &second.token, &good()), "was used");
    assert_eq!(first_start(&mut workspace, &context).unwrap(), None);
    enter(&mut workspace, &context, "admin");
}

#[test]
fn a_session_holds_while_it_is_used_and_ends_in_time() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    let (token, _) = enter(&mut workspace, &context, "ana");
    let mut at = context.clone();
    // Used every eleven hours it lives for seven days; then it is over.
    for step in 1..=15 {
        at = later(&context, step * 11 * 3_600);
        assert!(by_session(&mut workspace, &at, &token).unwrap().is_some(), "{step}");
    }
    assert!(by_session(&mut workspace, &later(&context, 7 * 86_400), &token).unwrap().is_none());
    let (idle, _) = enter(&mut workspace, &at, "ana");
    assert!(by_session(&mut workspace, &later(&at, 12 * 3_600), &idle).unwrap().is_none());
    assert!(by_session(&mut workspace, &context, "").unwrap().is_none());
}

#[test]
fn what_an_administrator_changes_holds_at_once() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let ana = user("ana", &[Role::Analyst]);
    add(&mut workspace, &context, &ana, &good()).unwrap();
    let (token, signed) = enter(&mut workspace, &context, "ana");
    assert!(super::context(&signed, &context).require(Right::NoticeDraft).is_ok());
    change(
        &mut workspace,
        &context,
        &User { roles: vec![Role::Reader], clearance: Tlp::Green, ..ana.clone() },
    )
    .unwrap();
    let signed = by_session(&mut workspace, &context, &token).unwrap().unwrap();
    let now = super::context(&signed, &context);
    assert_eq!((now.clearance.tlp, now.actor.as_str()), (Tlp::Green, "ana"));
    assert!(now.require(Right::NoticeDraft).is_err());
    change(&mut workspace, &context, &User { active: false, ..ana }).unwrap();
    assert!(by_session(&mut workspace, &context, &token).unwrap().is_none());
    let again = sign_in(&mut workspace, &context, &attempt("ana", &good(), None)).unwrap();
    assert_eq!(again, SignIn::Refused { retry_after_s: 0 });
}

#[test]
fn one_session_can_be_ended_among_many() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    add(&mut workspace, &context, &user("ben", &[Role::Analyst]), &good()).unwrap();
    let (kept, ana) = enter(&mut workspace, &context, "ana");
    let (lost, _) = enter(&mut workspace, &context, "ana");
    let (_, ben) = enter(&mut workspace, &context, "ben");
    let as_ana = super::context(&ana, &context);
    let as_ben = super::context(&ben, &context);
    let lost_id = secret::hash("session", &lost);
    let all = sessions(&workspace, &as_ana, "ana").unwrap();
    let printed = all.iter().find(|session| session.id == lost_id).unwrap().printed();
    assert_eq!((all.len(), all[0].agent.as_str()), (2, "Browser/1"));
    refused(revoke_session(&mut workspace, &as_ben, "ana", &printed), "user_write");
    assert_eq!(revoke_session(&mut workspace, &as_ana, "ana", "").unwrap(), Ended::Before);
    assert_eq!(revoke_session(&mut workspace, &as_ana, "ana", &printed).unwrap(), Ended::Now);
    assert!(by_session(&mut workspace, &context, &lost).unwrap().is_none());
    assert!(by_session(&mut workspace, &context, &kept).unwrap().is_some());
    sign_out(&mut workspace, &as_ana, &ana).unwrap();
    assert!(by_session(&mut workspace, &context, &kept).unwrap().is_none());
}

#[test]
fn failures_slow_down_by_name_and_by_address_and_tell_nothing() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    let wrong = Password::new("not the right one");
    let waits =
        |workspace: &mut Workspace, context: &Context, name: &str, address: &str, password: &Password| {
            let attempt = Attempt { address, ..attempt(name, password, None) };
            match sign_in(workspace, context, &attempt).unwrap() {
                SignIn::Refused { retry_after_s } => Some(retry_after_s),
                _ => None,
            }
        };
    // Nobody can tell a name that exists from one that does not.
    for name in ["ana", "nobody"] {
        for attempt in 1..=5 {
            let address = format!("{name}{attempt}");
            assert_eq!(waits(&mut workspace, &context, name, &address, &wrong), Some(0), "{attempt}");
        }
        assert_eq!(waits(&mut workspace, &context, name, "elsewhere", &wrong), Some(2));
    }
    assert_eq!(
        waits(&mut workspace, &context, "ana", "elsewhere", &good()),
        Some(2),
        "even the right one waits"
    );
    let after = later(&context, 2);
    assert_eq!(waits(&mut workspace, &after, "ana", "elsewhere", &wrong), Some(0));
    assert_eq!(waits(&mut workspace, &after, "ana", "elsewhere", &good()), Some(4), "twice as long");
    let after = later(&after, 4);
    assert_eq!(waits(&mut workspace, &after, "ana", "elsewhere", &good()), None);
    assert_eq!(waits(&mut workspace, &after, "ana", "elsewhere", &wrong), Some(0), "forgotten after success");
    // One address that tries many names waits too.
    for attempt in 1..=5 {
        assert_eq!(waits(&mut workspace, &after, &format!("user{attempt}"), "one", &wrong), Some(0));
    }
    assert_eq!(waits(&mut workspace, &after, "user6", "one", &wrong), Some(2));
    let day = later(&after, 86_401);
    assert_eq!(waits(&mut workspace, &day, "user6", "one", &wrong), Some(0), "forgotten after a day");
}

#[test]
fn the_second_factor_is_asked_for_and_each_code_counts_once() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    let (_, ana) = enter(&mut workspace, &context, "ana");
    let enrolment = totp_begin(&mut workspace, &context, &ana).unwrap();
    assert!(enrolment.address.starts_with("otpauth://totp/Forewarn:ana?secret="));
    refused(totp_confirm(&mut workspace, &context, &ana, "000000"), "does not fit");
    let code = |at: &Context| totp::code_at(&enrolment.secret, at.now);
    let recovery = totp_confirm(&mut workspace, &context, &ana, &code(&context)).unwrap();
    assert_eq!((recovery.len(), recovery[0].len()), (10, 19));
    refused(totp_begin(&mut workspace, &context, &ana), "remove it first");

    let with = |workspace: &mut Workspace, at: &Context, code: Option<&str>| {
        sign_in(workspace, at, &attempt("ana", &good(), code)).unwrap()
    };
    assert_eq!(with(&mut workspace, &context, None), SignIn::NeedsCode);
    let used = code(&context);
    assert!(matches!(with(&mut workspace, &context, Some(&used)), SignIn::Refused { .. }), "used to confirm");
    let next = later(&context, 30);
    let fresh = code(&next);
    assert!(matches!(with(&mut workspace, &next, Some(&fresh)), SignIn::In { .. }));
    assert!(
        matches!(with(&mut workspace, &next, Some(&fresh)), SignIn::Refused { .. }),
        "a code counts once"
    );
    let late = later(&next, 30 + 29);
    let spaced = format!("{} {}", &code(&later(&next, 30))[..3], &code(&later(&next, 30))[3..]);
    assert!(matches!(with(&mut workspace, &late, Some(&spaced)), SignIn::In { .. }), "one step late, spaced");
    let lower = recovery[3].to_lowercase();
    assert!(matches!(with(&mut workspace, &late, Some(&lower)), SignIn::In { .. }));
    assert!(matches!(with(&mut workspace, &late, Some(&lower)), SignIn::Refused { .. }));
    let as_ana = super::context(&ana, &late);
    assert_eq!(totp_left(&workspace, &as_ana, "ana").unwrap(), 9);
    refused(totp_remove(&mut workspace, &as_ana, "ana", None), "does not fit");
    totp_remove(&mut workspace, &as_ana, "ana", Some(&recovery[4])).unwrap();
    assert!(!totp_on(&workspace, &as_ana, "ana").unwrap());
    assert!(matches!(with(&mut workspace, &later(&late, 900), None), SignIn::In { .. }));
}

#[track_caller]
fn rate(password: &str, expected: &str) {
    let told = Password::new(password).rate(&user("ana", &[])).err().map(|error| error.to_string());
    assert!(told.unwrap_or_else(|| "good".into()).contains(expected), "{password}");
}

#[test]
fn weak_passwords_are_refused_with_what_to_do() {
    rate("short", "take at least 12");
    rate("password1234", "easily guessed");
    rate("example bureau", "easily guessed");
    rate("aaaaaaaaaaaaaaaa", "easily guessed");
    rate(&"long ".repeat(300), "longer than 1024 bytes");
    rate("violet-anchor-mosaic-tundra", "good");
    rate("كلمات طويلة لا علاقة بينها", "good");
    rate("正確馬電池釘書針雨傘青蛙", "good");
}

#[test]
fn a_password_is_one_however_its_letters_are_written() {
    let (composed, decomposed) =
        (Password::new("caf\u{e9} violet anchor"), Password::new("cafe\u{301} violet anchor"));
    let hash = composed.hash(&owner()).unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(decomposed.verify(Some(&hash)).unwrap());
    assert!(!Password::new("cafe violet anchor").verify(Some(&hash)).unwrap());
    assert!(!composed.verify(None).unwrap());
    assert_eq!(format!("{composed:?}"), "Password");
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    let (here, signed) = enter(&mut workspace, &context, "ana");
    let (there, _) = enter(&mut workspace, &context, "ana");
    let new = Password::new("copper lantern drifts upstream");
    let as_ana = super::context(&signed, &context);
    refused(change_password(&mut workspace, &as_ana, &signed, &new, &new), "another");
    change_password(&mut workspace, &as_ana, &signed, &good(), &new).unwrap();
    assert!(by_session(&mut workspace, &context, &here).unwrap().is_some());
    assert!(by_session(&mut workspace, &context, &there).unwrap().is_none());
    refused(set_password(&mut workspace, &as_ana, "ana", &good()), "user_write");
    set_password(&mut workspace, &context, "ana", &good()).unwrap();
    assert!(by_session(&mut workspace, &context, &here).unwrap().is_none());
}

#[test]
fn the_last_administrator_stays() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let one = user("one", &[Role::Administrator]);
    add(&mut workspace, &context, &one, &good()).unwrap();
    refused(change(&mut workspace, &context, &User { active: false, ..one.clone() }), "nobody else");
    refused(
        change(&mut workspace, &context, &User { roles: vec![Role::Reader], ..one.clone() }),
        "nobody else",
    );
    add(&mut workspace, &context, &user("two", &[Role::Administrator]), &good()).unwrap();
    change(&mut workspace, &context, &User { active: false, ..one }).unwrap();
}

#[test]
fn nobody_gives_what_they_do_not_have() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let admin = Context { clearance: Clearance::up_to(Tlp::Green), ..context.acting_as("admin") };
    refused(add(&mut workspace, &admin, &user("ana", &[]), &good()), "above your own");
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    refused(add(&mut workspace, &context, &user("ana", &[]), &good()), "already");
    let twice = User { shown: "  ".into(), ..user("eve", &[]) };
    refused(invite(&mut workspace, &context, &twice), "blank");
}

#[test]
fn nobody_clears_others_for_organisations_that_they_are_not_cleared_for() {
    type Of<'a> = (Tlp, &'a str, &'a [&'a str]);
    /// Whether an actor may make of a person, who is not there before or is so, one like this.
    #[track_caller]
    fn check((actor, of): (Tlp, &[&str]), before: Option<Of<'_>>, after: Of<'_>, allowed: bool) {
        let (_folder, mut workspace) = workspace();
        let clearance = Clearance { tlp: actor, organisations: Organisations::named(of.iter().copied()) };
        let admin = Context { clearance, ..owner().acting_as("admin") };
        let eve = |(clearance, own, named): Of<'_>| User {
            clearance,
            organisation: own.to_owned(),
            organisations: named.iter().map(|&name| name.to_owned()).collect(),
            ..user("eve", &[])
        };
        let outcome = match before {
            None => add(&mut workspace, &admin, &eve(after), &good()),
            Some(before) => {
                add(&mut workspace, &owner(), &eve(before), &good()).unwrap();
                change(&mut workspace, &admin, &eve(after))
            }
        };
        match outcome {
            Ok(()) => assert!(allowed, "{before:?} to {after:?} by one of {of:?}"),
            Err(error) => {
                assert!(!allowed, "{before:?} to {after:?} by one of {of:?}: {error}");
                assert!(error.to_string().contains("not cleared for yourself"), "{error}");
            }
        }
    }
    let a = (Tlp::Red, &["Bureau A"][..]);
    check(a, None, (Tlp::Red, " bureau  a", &[]), true);
    check(a, None, (Tlp::Red, "Bureau B", &[]), false);
    check(a, None, (Tlp::Red, "", &["Bureau B"]), false);
    check(a, None, (Tlp::Red, "", &["*"]), false);
    // Below AMBER+STRICT an organisation lets one see nothing.
    check(a, None, (Tlp::Amber, "Bureau B", &["*"]), true);
    check(a, Some((Tlp::Amber, "Bureau B", &[])), (Tlp::AmberStrict, "Bureau B", &[]), false);
    check((Tlp::Red, &[]), None, (Tlp::AmberStrict, "Bureau A", &[]), false);
    // What somebody has may stay, and go.
    check(a, Some((Tlp::Red, "Bureau B", &["*"])), (Tlp::AmberStrict, "Bureau C", &["NGO D"]), true);
    check(a, Some((Tlp::Red, "Bureau B", &["NGO C"])), (Tlp::Red, "Bureau B", &["Bureau A"]), true);
    check(a, Some((Tlp::Red, "Bureau B", &[])), (Tlp::Red, "Bureau B", &["*"]), false);
    check((Tlp::Red, &["*"]), None, (Tlp::Red, "Bureau B", &["*"]), true);
    // The name of one's own organisation is no list of names.
    check(a, None, (Tlp::Red, "*", &[]), true);
}

#[test]
fn a_token_may_at_most_what_its_owner_may() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let ana = user("ana", &[Role::Analyst]);
    add(&mut workspace, &context, &ana, &good()).unwrap();
    let (_, signed) = enter(&mut workspace, &context, "ana");
    let as_ana = super::context(&signed, &context);
    let scopes = Rights::NONE.with(Right::Look).with(Right::ReportAdd);
    let request = token::Request { owner: "ana", name: "feed", scopes, days: 30 };
    let beyond = token::Request { scopes: scopes.with(Right::NoticeIssue), ..request.clone() };
    refused(token::make(&mut workspace, &as_ana, &beyond), "notice_issue");
    refused(token::make(&mut workspace, &as_ana, &token::Request { days: 0, ..request.clone() }), "0 days");
    refused(
        token::make(&mut workspace, &as_ana, &token::Request { scopes: Rights::NONE, ..request.clone() }),
        "no scope",
    );
    let made = token::make(&mut workspace, &as_ana, &request).unwrap();
    assert!(made.secret.starts_with(&made.token.prefix) && made.token.prefix.len() == 12);
    assert!(!format!("{made:?}").contains(&made.secret));
    let by = token::by_bearer(&mut workspace, &context, &made.secret).unwrap().unwrap();
    assert_eq!(by.rights(), scopes);
    // A token is no way to more than it has, nor to the account.
    let as_token = super::context(&by, &context);
    let wider = token::Request { scopes: Rights::NONE.with(Right::NoticeDraft), ..request.clone() };
    refused(token::make(&mut workspace, &as_token, &wider), "notice_draft");
    refused(totp_begin(&mut workspace, &as_token, &by), "a token was given");
    refused(change_password(&mut workspace, &as_token, &by, &good(), &good()), "a token was given");
    // The owner loses a right, the token does too.
    change(&mut workspace, &context, &User { roles: vec![Role::Reader], ..ana }).unwrap();
    let by = token::by_bearer(&mut workspace, &context, &made.secret).unwrap().unwrap();
    assert_eq!(by.rights(), Rights::NONE.with(Right::Look));
    assert_eq!(
        token::list(&workspace, &as_ana, Some("ana")).unwrap()[0].last_used,
        Some("2024-03-01".parse().unwrap())
    );
    assert!(token::by_bearer(&mut workspace, &later(&context, 30 * 86_400), &made.secret).unwrap().is_none());
    assert_eq!(token::revoke(&mut workspace, &as_ana, &made.token.prefix).unwrap(), Ended::Now);
    assert_eq!(token::revoke(&mut workspace, &as_ana, &made.token.prefix).unwrap(), Ended::Before);
    assert!(token::by_bearer(&mut workspace, &context, &made.secret).unwrap().is_none());
}

#[test]
fn another_system_vouches_only_for_whom_an_administrator_wrote_down() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    add(&mut workspace, &context, &user("ben", &[Role::Analyst]), &good()).unwrap();
    let enters = |workspace: &mut Workspace, external: &str| {
        matches!(
            vouched(workspace, &context, &["subject:0".to_owned(), external.to_owned()], "b").unwrap(),
            SignIn::In { .. }
        )
    };
    assert!(!enters(&mut workspace, "ana@example.org"));
    set_external(&mut workspace, &context, "ana", Some("ana@example.org")).unwrap();
    refused(set_external(&mut workspace, &context, "ben", Some("ana@example.org")), "another user");
    assert!(enters(&mut workspace, "ana@example.org"));
    set_external(&mut workspace, &context, "ana", None).unwrap();
    assert!(!enters(&mut workspace, "ana@example.org") && !enters(&mut workspace, ""));
}

#[test]
fn what_happened_stands_in_the_log_and_no_secret_does() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    add(&mut workspace, &context, &user("ana", &[Role::Analyst]), &good()).unwrap();
    let wrong = Password::new("not the right one");
    sign_in(&mut workspace, &context, &attempt("ana", &wrong, None)).unwrap();
    sign_in(&mut workspace, &context, &attempt("my secret typed as a name", &wrong, None)).unwrap();
    enter(&mut workspace, &context, "ana");
    let page = audit::search(&workspace, &context, &AuditFilter::default(), None, 2).unwrap();
    let more = audit::search(&workspace, &context, &AuditFilter::default(), page.next, 10).unwrap();
    let told: Vec<String> = page
        .entries
        .iter()
        .chain(&more.entries)
        .map(|(_, entry)| format!("{} {} {}", entry.actor, entry.action, entry.subject))
        .collect();
    assert_eq!(told, ["ana session.begin ana", "anonymous session.refuse ana", "local user.add ana"]);
    assert_eq!(more.next, None);
    let reader = Context { rights: Role::Analyst.rights(), ..context };
    refused(audit::search(&workspace, &reader, &AuditFilter::default(), None, 2), "audit_read");
}

#[test]
fn views_are_written_together() {
    let (_folder, mut workspace) = workspace();
    let context = owner();
    let later_on = std::sync::Arc::new(audit::Later::default());
    workspace.seen(&context, "report.view", "rpt-0");
    workspace.note_views_in(later_on.clone());
    workspace.seen(&context, "report.view", "rpt-1");
    assert!(!later_on.note(&context, "report.view", "rpt-2", ""));
    assert!(later_on.note(&later(&context, 1), "report.view", "rpt-3", ""));
    assert_eq!(later_on.flush(&mut workspace).unwrap(), 3);
    assert_eq!(later_on.flush(&mut workspace).unwrap(), 0);
    assert_eq!(audit::verify(&workspace, &context).unwrap(), Ok(3));
}
