//! Two organisations that compare lists, and what becomes of a partner that lies.

use std::cell::RefCell;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use forewarn_model::id::hash_parts;
use forewarn_model::rights::{Rights, Role};
use forewarn_model::{Clearance, MatchLearns, MatchPurpose, MatchState, Officer};
use forewarn_notice::sign;
use forewarn_share::matching::{self as wire, Body, Message};

use super::exchange::{Ask, Carrier};
use super::receive::Outcome;
use super::{Limits, agree, ask, exchange, hits, receive, recheck, sets};
use crate::{AppError, Context, Workspace, keys};

const NOW: &str = "2025-03-01T12:00:00Z";

fn random(bytes: &mut [u8; 32]) -> Result<(), String> {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    *bytes = hash_parts("test", &[&DRAWN.fetch_add(1, Ordering::Relaxed).to_le_bytes()]);
    Ok(())
}

struct Side {
    _folder: tempfile::TempDir,
    workspace: Workspace,
    context: Context,
}

impl Side {
    fn new(actor: &str, values: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::open(folder.path()).unwrap();
        let context = Context {
            now: NOW.parse().unwrap(),
            actor: actor.to_owned(),
            clearance: Clearance::ALL,
            rights: Rights::all(),
            random,
            passphrase: Arc::new(|_| Ok("a passphrase for tests".to_owned())),
        };
        let path = folder.path().join("values.csv");
        fs::write(&path, values).unwrap();
        let mut side = Self { _folder: folder, workspace, context };
        let officer =
            Officer { name: format!("Desk of {actor}"), contact: format!("{actor}@bureau.example") };
        let request =
            sets::Request { name: "open cases", officer: &officer, from: &[sets::From::File(&path)] };
        let made = sets::add(&mut side.workspace, &side.context, &request, &limits()).unwrap();
        assert_eq!(made.refused, 0, "{:?}", made.problems);
        side
    }

    fn jwk(&mut self) -> String {
        keys::current(&mut self.workspace, &self.context).unwrap().jwk
    }

    fn agree(&mut self, partner: &str, jwk: String, learns: MatchLearns) -> agree::Request {
        let request = agree::Request {
            partner: partner.to_owned(),
            jwk,
            set: Some("open cases".to_owned()),
            learns,
            url: Some("https://partner.example/share/match".to_owned()),
            token_file: None,
            values_max: 100,
            questions_per_day: 3,
            values_per_day: 1000,
            active: true,
        };
        agree::run(&mut self.workspace, &self.context, &request).unwrap();
        request
    }

    fn take(&mut self, message: &[u8]) -> Result<Outcome, AppError> {
        receive::run(&mut self.workspace, &self.context, message, &limits())
    }

    fn ask(&mut self, purpose: MatchPurpose) -> Vec<u8> {
        ask::run(&mut self.workspace, &self.context, "other", "open cases", purpose, &limits())
            .unwrap()
            .message
    }

    fn found(&self) -> Vec<(String, String, u32, String)> {
        let all = hits::list(&self.workspace, &self.context, true, 100).unwrap();
        let mut all: Vec<_> =
            all.into_iter().map(|hit| (hit.value, hit.case_ref, hit.count, hit.officer.name)).collect();
        all.sort();
        all
    }

    fn audited(&self, action: &str) -> usize {
        let all = self.workspace.store.audit_after(0, 1000).unwrap();
        all.iter().filter(|(_, entry)| entry.action == action).count()
    }

    /// Signs what somebody changed, as this side.
    fn forge(&mut self, message: &Message) -> Vec<u8> {
        let key = keys::current(&mut self.workspace, &self.context).unwrap().key;
        let payload = wire::payload(message).unwrap();
        wire::signed(&payload, sign::sign(&key, &payload).as_str())
    }
}

fn limits() -> Limits {
    Limits { fill_multiple: 10, case_values_min: 4, ..Limits::default() }
}

const OURS: &str = "kind,value,case\nphone,+442079460123,A-1\nphone,+44 20 7946 0124,A-1\nphone,+442079460123,A-2\n\
                    handle:telegram,@lucky_jobs,A-2\n";
const THEIRS: &str = "value\n+442079460123\n+442079460999\nhttps://t.me/lucky_jobs\n";

fn pair(learns: MatchLearns) -> (Side, Side) {
    let (mut a, mut b) = (Side::new("ana", OURS), Side::new("bo", THEIRS));
    let (key_a, key_b) = (a.jwk(), b.jwk());
    a.agree("other", key_b, learns);
    b.agree("other", key_a, learns);
    (a, b)
}

fn hit(value: &str, case: &str, count: u32, officer: &str) -> (String, String, u32, String) {
    (value.into(), case.into(), count, officer.into())
}

#[test]
fn both_learn_what_they_have_in_common_and_whom_to_talk_to() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    let question = a.ask(MatchPurpose::Values);
    let answer = b.take(&question).unwrap().reply.unwrap();
    let finished = a.take(&answer).unwrap();
    assert_eq!((finished.hits, finished.state), (Some(2), MatchState::Finished));
    let closing = finished.reply.unwrap();
    assert_eq!(b.take(&closing).unwrap().hits, Some(2));
    let (phone, handle) = ("phone:+442079460123", "handle:telegram:lucky_jobs");
    let desk = "Desk of bo";
    assert_eq!(
        a.found(),
        [hit(handle, "A-2", 1, desk), hit(phone, "A-1", 1, desk), hit(phone, "A-2", 1, desk)]
    );
    assert_eq!(b.found(), [hit(handle, "", 1, "Desk of ana"), hit(phone, "", 1, "Desk of ana")]);
    assert_eq!((a.audited("match.ask"), a.audited("match.finish")), (1, 1));
    assert_eq!((b.audited("match.answer"), b.audited("match.close")), (1, 1));
    let text = a.workspace.store.audit_after(0, 1000).unwrap();
    assert!(!format!("{text:?}").contains("2079460123"), "the audit log names no value");

    // The same messages again change nothing.
    assert!(b.take(&question).unwrap_err().to_string().contains("another question"));
    assert_eq!(a.take(&answer).unwrap().reply.unwrap(), closing);
    assert_eq!(b.take(&closing).unwrap().hits, Some(2));
    assert_eq!((a.found().len(), b.found().len()), (3, 2));

    let number = hits::list(&a.workspace, &a.context, true, 10).unwrap()[0].number;
    hits::talked(&mut a.workspace, &a.context, number, "one case, theirs leads").unwrap();
    assert_eq!(a.found().len(), 2);
    assert!(hits::talked(&mut a.workspace, &a.context, number, "again").is_err());
}

#[test]
fn where_the_requester_alone_learns_nothing_goes_back() {
    let (mut a, mut b) = pair(MatchLearns::Requester);
    let answer = b.take(&a.ask(MatchPurpose::Values)).unwrap().reply.unwrap();
    let finished = a.take(&answer).unwrap();
    assert_eq!((finished.hits, finished.reply), (Some(2), None));
    assert_eq!(b.found(), []);
}

#[test]
fn cases_are_counted_and_no_value_is_named() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    let answer = b.take(&a.ask(MatchPurpose::Cases)).unwrap().reply.unwrap();
    let finished = a.take(&answer).unwrap();
    assert_eq!(a.found(), [hit("", "A-1", 1, "Desk of bo"), hit("", "A-2", 2, "Desk of bo")]);
    assert_eq!(b.take(&finished.reply.unwrap()).unwrap().hits, Some(2));
    assert_eq!(b.found(), [hit("", "", 2, "Desk of ana")]);
}

/// What the answering side says of a question that somebody made otherwise.
#[track_caller]
fn lying_question(change: impl FnOnce(&mut Message), expected: &str) {
    let (mut a, mut b) = pair(MatchLearns::Both);
    let question = a.ask(MatchPurpose::Values);
    let mut message = wire::parse(&question, &limits().message).unwrap().message;
    change(&mut message);
    let forged = a.forge(&message);
    let told = b.take(&forged).unwrap_err().to_string();
    assert!(told.contains(expected), "{told}");
    assert_eq!(b.audited("match.refuse"), 1);
    assert_eq!(b.audited("match.answer"), 0);
}

fn blinded(message: &mut Message) -> &mut Vec<[u8; 32]> {
    match &mut message.body {
        Body::Question { blinded, .. } => blinded,
        _ => panic!("it is a question"),
    }
}

#[test]
fn a_lying_question_has_no_answer() {
    lying_question(|message| message.head.to = message.head.from.clone(), "for another key than ours");
    lying_question(
        |message| message.head.made_at = "2025-01-01T00:00:00Z".parse().unwrap(),
        "more than 30 days ago",
    );
    lying_question(
        |message| message.head.made_at = "2025-03-02T00:00:00Z".parse().unwrap(),
        "or in the future",
    );
    lying_question(|message| message.head.learns = MatchLearns::Requester, "the agreement says both");
    lying_question(|message| message.head.purpose = MatchPurpose::Cases, "do not fit");
    lying_question(|message| blinded(message)[3] = [0; 32], "element 4: it is the identity");
    lying_question(|message| blinded(message)[3] = [0xff; 32], "element 4: it is not on the curve");
    lying_question(
        |message| {
            let one = blinded(message)[0];
            blinded(message)[7] = one;
        },
        "value 8 came before",
    );
    lying_question(|message| blinded(message).resize(101, [7; 32]), "agreed are at most 100");
}

#[test]
fn a_message_that_was_changed_or_is_from_a_stranger_is_refused() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    let mut question = a.ask(MatchPurpose::Values);
    *question.last_mut().unwrap() ^= 1;
    let told = b.take(&question).unwrap_err().to_string();
    assert!(told.contains("does not fit the content"), "{told}");
    let mut stranger = Side::new("eve", OURS);
    let key = b.jwk();
    stranger.agree("other", key, MatchLearns::Both);
    let told = b.take(&stranger.ask(MatchPurpose::Values)).unwrap_err().to_string();
    assert!(told.contains("no partner with an agreement in force"), "{told}");
    assert!(b.take(b"x").unwrap_err().to_string().contains("first line is missing"));
    assert_eq!(b.audited("match.refuse"), 3);
}

#[test]
fn a_partner_asks_no_more_than_was_agreed() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    for _ in 0..3 {
        let question = a.ask(MatchPurpose::Values);
        let first = b.take(&question).unwrap().reply;
        // Sent twice after a cut: the same answer, counted once.
        assert_eq!(b.take(&question).unwrap().reply, first);
    }
    let question = a.ask(MatchPurpose::Values);
    let told = b.take(&question).unwrap_err().to_string();
    assert!(told.contains("has asked 3 questions for 30 values in a day"), "{told}");
    b.context = b.context.at("2025-03-02T12:00:01Z".parse().unwrap());
    assert!(b.take(&question).is_ok());
}

#[test]
fn an_answer_to_something_else_or_a_made_up_hit_is_refused() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    let (first, second) = (a.ask(MatchPurpose::Values), a.ask(MatchPurpose::Values));
    let answers = [b.take(&first).unwrap().reply.unwrap(), b.take(&second).unwrap().reply.unwrap()];
    let mut message = wire::parse(&answers[0], &limits().message).unwrap().message;
    message.head.session = wire::parse(&answers[1], &limits().message).unwrap().message.head.session;
    let told = a.take(&b.forge(&message)).unwrap_err().to_string();
    assert!(told.contains("another question"), "{told}");
    let mut message = wire::parse(&answers[0], &limits().message).unwrap().message;
    if let Body::Answer { evaluated, .. } = &mut message.body {
        evaluated.reverse();
    }
    let told = a.take(&b.forge(&message)).unwrap_err().to_string();
    assert!(told.contains("verify the proof"), "{told}");
    assert_eq!(a.found(), []);

    let closing = a.take(&answers[0]).unwrap().reply.unwrap();
    let mut message = wire::parse(&closing, &limits().message).unwrap().message;
    if let Body::Closing { claims, .. } = &mut message.body {
        claims.push([9; 32]);
    }
    let told = b.take(&a.forge(&message)).unwrap_err().to_string();
    assert!(told.contains("hit 3 is no value of this set"), "{told}");
    assert_eq!(b.found(), []);
    assert_eq!(b.take(&closing).unwrap().hits, Some(2));
}

#[test]
fn a_partners_token_brings_messages_and_sees_nothing() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    b.context.rights = Role::Partner.rights();
    let answer = b.take(&a.ask(MatchPurpose::Values)).unwrap().reply.unwrap();
    let denied = |error: AppError| assert!(matches!(error, AppError::Denied { .. }), "{error}");
    denied(sets::list(&b.workspace, &b.context).unwrap_err());
    denied(hits::list(&b.workspace, &b.context, true, 1).unwrap_err());
    denied(agree::list(&b.workspace, &b.context).unwrap_err());
    a.context.rights = Role::Partner.rights();
    denied(a.take(&answer).unwrap_err());
}

/// A node of the partner; the first messages are lost on their way back.
struct Node {
    side: RefCell<Side>,
    lost: RefCell<u32>,
}

impl Carrier for Node {
    fn carry(&self, _: &str, _: Option<&str>, message: &[u8], _: usize) -> Result<Vec<u8>, String> {
        let answer = self.side.borrow_mut().take(message).map_err(|error| error.to_string())?;
        let mut lost = self.lost.borrow_mut();
        if *lost > 0 {
            *lost -= 1;
            return Err("the connection was cut".to_owned());
        }
        Ok(answer.reply.unwrap_or_default())
    }
}

#[test]
fn an_exchange_that_was_cut_goes_on_and_counts_once() {
    let (mut a, b) = pair(MatchLearns::Both);
    let node = Node { side: RefCell::new(b), lost: RefCell::new(1) };
    let new = Ask::New { partner: "other", set: "open cases", purpose: MatchPurpose::Values };
    let told = exchange::run(&mut a.workspace, &a.context, new, &node, &limits()).unwrap_err().to_string();
    let session = hits::sessions(&a.workspace, &a.context, 1).unwrap()[0].id;
    assert!(told.contains(&format!("resume {}", wire::hex(&session))), "{told}");
    let outcome =
        exchange::run(&mut a.workspace, &a.context, Ask::Resume { session }, &node, &limits()).unwrap();
    assert_eq!(outcome.hits, Some(2));
    let b = node.side.into_inner();
    assert_eq!(b.found().len(), 2);
    assert_eq!(hits::sessions(&b.workspace, &b.context, 10).unwrap().len(), 1);
}

#[test]
fn what_was_sent_can_be_shown_to_be_what_was_committed_to_until_it_is_wiped() {
    let (mut a, mut b) = pair(MatchLearns::Both);
    b.take(&a.ask(MatchPurpose::Cases)).unwrap();
    let id = wire::hex(&hits::sessions(&a.workspace, &a.context, 1).unwrap()[0].id);
    let check = |side: &mut Side| recheck::run(&mut side.workspace, &side.context, &id[..6], &limits());
    let holds = |question_holds| recheck::Outcome { set_holds: true, question_holds };
    assert_eq!(check(&mut a).unwrap(), holds(Some(true)));
    assert_eq!(check(&mut b).unwrap(), holds(None));
    // Another list under the same name does not touch the exchange.
    sets::remove(&mut a.workspace, &a.context, "open cases").unwrap();
    assert_eq!(check(&mut a).unwrap(), holds(Some(true)));
    ask::forget(&mut a.workspace, "2025-05-01T00:00:00Z".parse().unwrap(), &limits()).unwrap();
    assert!(check(&mut a).unwrap_err().to_string().contains("too old"));
}

#[track_caller]
fn values(text: &str, expected: &[(&str, &str)], refused: u64) {
    let mut side = Side::new("ana", THEIRS);
    let path = side._folder.path().join("list.csv");
    fs::write(&path, text).unwrap();
    let officer = Officer { name: "Desk".into(), contact: "desk@bureau.example".into() };
    let request = sets::Request { name: "list", officer: &officer, from: &[sets::From::File(&path)] };
    let made = sets::add(&mut side.workspace, &side.context, &request, &limits()).unwrap();
    let found = sets::show(&mut side.workspace, &side.context, "list").unwrap();
    let found: Vec<(&str, &str)> =
        found.iter().map(|(value, case)| (value.as_str(), case.as_str())).collect();
    assert_eq!((found, made.refused), (expected.to_vec(), refused), "{:?}", made.problems);
}

#[test]
fn lists_in_many_forms_have_one_normal_form() {
    values(
        "+44 20 7946 0123\n\n+44 (0)20 7946 0124\n",
        &[("phone:+442079460123", ""), ("phone:+442079460124", "")],
        0,
    );
    values(
        "\u{feff}Value;Kind;Case\n+442079460123;phone;K 1\nnothing;phone;K 2\n",
        &[("phone:+442079460123", "K 1")],
        1,
    );
    values(
        "kind\tvalue\nhandle:telegram\tLucky_Jobs\ndomain\tEXAMPLE.com\nemail\tHR@Example.COM\n",
        &[("domain:example.com", ""), ("email:hr@example.com", ""), ("handle:telegram:lucky_jobs", "")],
        0,
    );
    values("kind,value\nphone,+442079460123\nzebra,+442079460124\n", &[("phone:+442079460123", "")], 1);
}
