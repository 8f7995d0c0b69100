//! The life of a notice: draft, in review, approved, issued, then superseded, withdrawn or expired.
//!
//! Four eyes: two different people approve, neither of them the author. Steps are only added, time never
//! runs backwards, and what is approved and issued is what was submitted: the content's fingerprint is
//! recorded on submission and compared at every step until the issue.
//!
//! How steps are recorded, in the terms of [`forewarn_model::Step`]:
//! - an override of a blocking finding: a step that stays a draft, just before the submission;
//! - the submission: the step from draft to in review; its reason ends with the fingerprint;
//! - the first approval: a step that stays in review;
//! - the second approval: the step to approved.

use forewarn_model::{Date, Notice, NoticeId, NoticeState, Step, Timestamp, Tlp};
use thiserror::Error;

use crate::check::{FindingSeverity, check};
use crate::fingerprint::fingerprint;

/// How many people must approve.
pub const APPROVALS_MIN: usize = 2;

/// A blocking finding that a person overrides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Override<'a> {
    /// The message of the finding, `finding-publishers-few`.
    pub finding: &'a str,
    /// The place of the finding as [`crate::Place::name`] gives it; none for every place.
    pub place: Option<&'a str>,
    /// Why it may stand.
    pub reason: &'a str,
}

/// What a person does with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action<'a> {
    /// Hand a draft to the reviewers. The compliance check runs for `audience`; what blocks must be
    /// overridden.
    Submit {
        /// The clearance of those who will receive it.
        audience: Tlp,
        /// Findings that may stand.
        overrides: &'a [Override<'a>],
    },
    /// Approve; the second approval, by another person, makes it approved.
    Approve,
    /// Send it back to its author: it is a draft again, and approvals are void.
    Reject,
    /// Issue it.
    Issue,
    /// Replace an issued notice by another.
    Supersede {
        /// The notice that replaces it.
        by: NoticeId,
    },
    /// Take it back, at any time before its end.
    Withdraw,
    /// End it: after its last day.
    Expire,
}

/// Why a step was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StateError {
    /// The action does not fit the state.
    #[error("{action} notice {number}: it is {state}")]
    NotNow {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// The state that it is in.
        state: &'static str,
    },
    /// Who or why is blank.
    #[error("{action} notice {number}: {field} is blank")]
    Blank {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// `who`, `why` or `the reason of an override`.
        field: &'static str,
    },
    /// The step lies before the last one.
    #[error("{action} notice {number}: {when} lies before its last step at {last}")]
    TimeBackwards {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// When the step would be.
        when: Timestamp,
        /// When the last one was, or the drafting.
        last: Timestamp,
    },
    /// The author approves their own notice.
    #[error("approve notice {number}: {who} is its author")]
    OwnWork {
        /// The number of the notice.
        number: String,
        /// Who.
        who: String,
    },
    /// The same person approves twice.
    #[error("approve notice {number}: {who} has approved it already; another person must")]
    Twice {
        /// The number of the notice.
        number: String,
        /// Who.
        who: String,
    },
    /// Findings block the submission.
    #[error("submit notice {number}: blocked by {findings}: correct it or override with a reason")]
    Blocked {
        /// The number of the notice.
        number: String,
        /// The findings, each with its place.
        findings: String,
    },
    /// The content is not what was submitted.
    #[error("{action} notice {number}: it was changed after it was submitted: reject it and submit it again")]
    Changed {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
    },
    /// Issued after its last day, or expired before it.
    #[error("{action} notice {number} on {on}: its last day is {review_by}")]
    LastDay {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// The day of the step.
        on: Date,
        /// Its last day.
        review_by: Date,
    },
    /// A notice replaces itself.
    #[error("supersede notice {number}: it cannot replace itself")]
    Itself {
        /// The number of the notice.
        number: String,
    },
}

/// What a recorded step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A finding that blocks was overridden.
    Overridden,
    /// It was handed to the reviewers.
    Submitted,
    /// One person approved it.
    Approved,
    /// It went back to its author.
    Rejected,
    /// It was issued.
    Issued,
    /// It was replaced.
    Superseded,
    /// It was taken back.
    Withdrawn,
    /// It ended after its last day.
    Expired,
}

/// How near the end of a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Review is due in so many days; 0 on the last day.
    ReviewIn(i32),
    /// It is past its last day by so many days, and should expire.
    Overdue(i32),
}

/// What stands before the fingerprint in the reason of a submission.
const SEAL: &str = " [content ";

/// Which states an action starts from.
fn starts_from(action: &Action<'_>) -> &'static [NoticeState] {
    use NoticeState::{Approved, Draft, InReview, Issued};
    match action {
        Action::Submit { .. } => &[Draft],
        Action::Approve => &[InReview],
        Action::Reject => &[InReview, Approved],
        Action::Issue => &[Approved],
        Action::Supersede { .. } | Action::Expire => &[Issued],
        Action::Withdraw => &[Draft, InReview, Approved, Issued],
    }
}

/// Takes a step: appends it to the history, or refuses and changes nothing.
pub fn apply(
    notice: &mut Notice,
    action: Action<'_>,
    who: &str,
    when: Timestamp,
    why: &str,
) -> Result<(), StateError> {
    let name = action.name();
    let number = || notice.number.clone();
    let state = notice.state();
    if !starts_from(&action).contains(&state) {
        return Err(StateError::NotNow { action: name, number: number(), state: state.as_str() });
    }
    for (field, text) in [("who", who), ("why", why)] {
        if text.trim().is_empty() {
            return Err(StateError::Blank { action: name, number: number(), field });
        }
    }
    let last = notice.history.last().map_or(notice.created_at, |step| step.when).max(notice.created_at);
    if when < last {
        return Err(StateError::TimeBackwards { action: name, number: number(), when, last });
    }
    let steps = match action {
        Action::Submit { audience, overrides } => submit(notice, audience, overrides, why)?,
        Action::Approve => {
            unchanged(notice, name)?;
            vec![(approve(notice, who)?, why.to_owned())]
        }
        Action::Reject => vec![(NoticeState::Draft, why.to_owned())],
        Action::Issue => {
            unchanged(notice, name)?;
            last_day(notice, name, when, |on, review_by| on <= review_by)?;
            vec![(NoticeState::Issued, why.to_owned())]
        }
        Action::Supersede { by } if by == notice.id => return Err(StateError::Itself { number: number() }),
        Action::Supersede { by } => vec![(NoticeState::Superseded, format!("by {by}: {why}"))],
        Action::Withdraw => vec![(NoticeState::Withdrawn, why.to_owned())],
        Action::Expire => {
            last_day(notice, name, when, |on, review_by| on > review_by)?;
            vec![(NoticeState::Expired, why.to_owned())]
        }
    };
    let who = who.trim().to_owned();
    notice.history.extend(steps.into_iter().map(|(to, why)| Step { to, who: who.clone(), when, why }));
    Ok(())
}

/// Who has approved what is in review now, or was approved, in order.
pub fn approvals(notice: &Notice) -> Vec<&str> {
    let run = review(notice);
    run.iter().skip(1).map(|step| step.who.as_str()).collect()
}

/// What was done in each step of a notice, and the reason as it was given, in order.
pub fn acts(notice: &Notice) -> Vec<(Act, &str)> {
    let mut before = NoticeState::Draft;
    let mut all = Vec::with_capacity(notice.history.len());
    for step in &notice.history {
        let act = match (before, step.to) {
            (NoticeState::Draft, NoticeState::Draft) => Act::Overridden,
            (_, NoticeState::Draft) => Act::Rejected,
            (NoticeState::Draft, NoticeState::InReview) => Act::Submitted,
            (_, NoticeState::InReview | NoticeState::Approved) => Act::Approved,
            (_, NoticeState::Issued) => Act::Issued,
            (_, NoticeState::Superseded) => Act::Superseded,
            (_, NoticeState::Withdrawn) => Act::Withdrawn,
            (_, NoticeState::Expired) => Act::Expired,
        };
        before = step.to;
        let why = step.why.as_str();
        let reason = match act {
            // The seal of the content is for the machine.
            Act::Submitted => why.rsplit_once(SEAL).map_or(why, |(reason, _)| reason),
            Act::Overridden | Act::Superseded => why.split_once(": ").map_or(why, |(_, reason)| reason),
            _ => why,
        };
        all.push((act, reason));
    }
    all
}

/// Whether an issued notice comes to its end within `days_before` days of `today`, or is past it.
pub fn due(notice: &Notice, today: Date, days_before: i32) -> Option<Due> {
    let left = forewarn_model::date::days_between(today, notice.review_by);
    match notice.state() {
        NoticeState::Issued if left < 0 => Some(Due::Overdue(-left)),
        NoticeState::Issued if left <= days_before => Some(Due::ReviewIn(left)),
        _ => None,
    }
}

impl Act {
    /// The name in catalogues: `approved`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overridden => "overridden",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Issued => "issued",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

impl Action<'_> {
    /// The name in commands and messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Issue => "issue",
            Self::Supersede { .. } => "supersede",
            Self::Withdraw => "withdraw",
            Self::Expire => "expire",
        }
    }
}

fn submit(
    notice: &Notice,
    audience: Tlp,
    overrides: &[Override<'_>],
    why: &str,
) -> Result<Vec<(NoticeState, String)>, StateError> {
    let mut steps = Vec::new();
    let mut blocking = Vec::new();
    for finding in check(notice, audience) {
        let place = finding.place.name();
        let fits = |o: &&Override<'_>| o.finding == finding.message && o.place.is_none_or(|p| p == place);
        match overrides.iter().find(fits) {
            Some(o) if o.reason.trim().is_empty() => {
                let (action, number) = ("submit", notice.number.clone());
                return Err(StateError::Blank { action, number, field: "the reason of an override" });
            }
            Some(o) => {
                let why = format!("override {} at {place}: {}", finding.message, o.reason.trim());
                steps.push((NoticeState::Draft, why));
            }
            None if finding.severity == FindingSeverity::Block => {
                blocking.push(format!("{} at {place} ({})", finding.message, finding.rule));
            }
            None => {}
        }
    }
    if !blocking.is_empty() {
        return Err(StateError::Blocked { number: notice.number.clone(), findings: blocking.join(", ") });
    }
    steps.push((NoticeState::InReview, format!("{why}{}", seal(notice))));
    Ok(steps)
}

fn approve(notice: &Notice, who: &str) -> Result<NoticeState, StateError> {
    let (number, who) = (notice.number.clone(), who.trim().to_owned());
    if same_person(&who, &notice.author) {
        return Err(StateError::OwnWork { number, who });
    }
    let before = approvals(notice);
    if before.iter().any(|known| same_person(known, &who)) {
        return Err(StateError::Twice { number, who });
    }
    Ok(if before.len() + 1 >= APPROVALS_MIN { NoticeState::Approved } else { NoticeState::InReview })
}

/// The steps of the present review: the submission, then the approvals. Empty for a draft.
fn review(notice: &Notice) -> &[Step] {
    let history = &notice.history;
    let is_review = |step: &Step| matches!(step.to, NoticeState::InReview | NoticeState::Approved);
    let Some(end) = history.iter().rposition(is_review) else { return &[] };
    // A draft step after it means that the review was ended by a rejection.
    if history[end..].iter().any(|step| step.to == NoticeState::Draft) {
        return &[];
    }
    let start = history[..=end].iter().rposition(|step| !is_review(step)).map_or(0, |before| before + 1);
    &history[start..=end]
}

fn unchanged(notice: &Notice, action: &'static str) -> Result<(), StateError> {
    let submitted = review(notice).first().is_some_and(|step| step.why.ends_with(&seal(notice)));
    if submitted { Ok(()) } else { Err(StateError::Changed { action, number: notice.number.clone() }) }
}

fn seal(notice: &Notice) -> String {
    format!("{SEAL}{}]", fingerprint(notice))
}

fn last_day(
    notice: &Notice,
    action: &'static str,
    when: Timestamp,
    holds: impl Fn(Date, Date) -> bool,
) -> Result<(), StateError> {
    let on = jiff::tz::TimeZone::UTC.to_datetime(when).date();
    let (number, review_by) = (notice.number.clone(), notice.review_by);
    if holds(on, review_by) { Ok(()) } else { Err(StateError::LastDay { action, number, on, review_by }) }
}

/// Names of users differ in more than case and outer white space, or they are the same.
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::notice;
    use proptest::prelude::*;

    const SUBMIT: Action<'_> = Action::Submit { audience: Tlp::Amber, overrides: &[] };

    /// An instant on a day of July 2022, or later.
    fn day(number: i64) -> Timestamp {
        let start: Timestamp = "2022-07-01T12:00:00Z".parse().unwrap();
        start + jiff::SignedDuration::from_hours(24 * number)
    }

    /// Steps (action, who, day), and the error of the last one, or the state that they lead to.
    #[track_caller]
    fn check_steps(steps: &[(Action<'_>, &str, i64)], expected: Result<NoticeState, &str>) {
        let mut notice = notice();
        let (last, before) = steps.split_last().unwrap();
        for (action, who, when) in before {
            apply(&mut notice, *action, who, day(*when), "a reason").unwrap();
        }
        let untouched = notice.clone();
        let result = apply(&mut notice, last.0, last.1, day(last.2), "a reason");
        match expected {
            Ok(state) => assert_eq!((result, notice.state()), (Ok(()), state)),
            Err(text) => {
                assert_eq!(result.unwrap_err().to_string(), text);
                assert_eq!(notice, untouched);
            }
        }
    }

    const ISSUED: [(Action<'_>, &str, i64); 4] = [
        (SUBMIT, "asha", 1),
        (Action::Approve, "ben", 2),
        (Action::Approve, "chen", 3),
        (Action::Issue, "asha", 4),
    ];

    #[test]
    fn two_others_approve_before_it_is_issued() {
        let number = "FW-2022-OR-0001";
        check_steps(&ISSUED[..1], Ok(NoticeState::InReview));
        check_steps(&ISSUED[..2], Ok(NoticeState::InReview));
        check_steps(&ISSUED[..3], Ok(NoticeState::Approved));
        check_steps(&ISSUED, Ok(NoticeState::Issued));
        let own = [ISSUED[0], (Action::Approve, " Asha ", 2)];
        check_steps(&own, Err(&format!("approve notice {number}: Asha is its author")));
        let twice = [ISSUED[0], ISSUED[1], (Action::Approve, "BEN", 3)];
        let text = format!("approve notice {number}: BEN has approved it already; another person must");
        check_steps(&twice, Err(&text));
        let early = [ISSUED[0], ISSUED[1], (Action::Issue, "asha", 4)];
        check_steps(&early, Err(&format!("issue notice {number}: it is in_review")));
        let again = [ISSUED[0], ISSUED[1], ISSUED[2], ISSUED[3], (Action::Issue, "asha", 5)];
        check_steps(&again, Err(&format!("issue notice {number}: it is issued")));
    }

    #[test]
    fn a_rejection_voids_approvals() {
        let reject = (Action::Reject, "ben", 3);
        check_steps(&[ISSUED[0], ISSUED[1], reject], Ok(NoticeState::Draft));
        let again = [ISSUED[0], ISSUED[1], reject, (SUBMIT, "asha", 4), (Action::Approve, "chen", 5)];
        check_steps(&again, Ok(NoticeState::InReview));
        let rejected =
            [ISSUED[0], ISSUED[1], ISSUED[2], (Action::Reject, "dina", 4), (Action::Approve, "eva", 5)];
        check_steps(&rejected, Err("approve notice FW-2022-OR-0001: it is draft"));
    }

    #[test]
    fn an_issued_notice_comes_to_an_end() {
        let end = |action, when| {
            let mut steps = ISSUED.to_vec();
            steps.push((action, "asha", when));
            steps
        };
        let by = NoticeId::derive(&[b"next"]);
        check_steps(&end(Action::Supersede { by }, 5), Ok(NoticeState::Superseded));
        check_steps(&end(Action::Withdraw, 5), Ok(NoticeState::Withdrawn));
        check_steps(&end(Action::Expire, 366), Ok(NoticeState::Expired));
        let text = "expire notice FW-2022-OR-0001 on 2023-07-01: its last day is 2023-07-01";
        check_steps(&end(Action::Expire, 365), Err(text));
        let itself = end(Action::Supersede { by: notice().id }, 5);
        check_steps(&itself, Err("supersede notice FW-2022-OR-0001: it cannot replace itself"));
        let late = [ISSUED[0], ISSUED[1], ISSUED[2], (Action::Issue, "asha", 366)];
        check_steps(&late, Err("issue notice FW-2022-OR-0001 on 2023-07-02: its last day is 2023-07-01"));
        check_steps(
            &[ISSUED[0], (Action::Withdraw, "asha", 2), (SUBMIT, "asha", 3)],
            Err("submit notice FW-2022-OR-0001: it is withdrawn"),
        );
    }

    #[test]
    fn each_step_is_told_by_what_was_done() {
        let mut changed = notice();
        changed.alarm = None;
        let overrides =
            [Override { finding: "finding-alarm-missing", place: None, reason: "known: elsewhere" }];
        let submit = Action::Submit { audience: Tlp::Amber, overrides: &overrides };
        let steps = [
            (submit, "asha", 1, "ready"),
            (Action::Approve, "ben", 2, "one"),
            (Action::Reject, "cleo", 3, "no"),
            (submit, "asha", 4, "again"),
            (Action::Approve, "ben", 5, "two"),
            (Action::Approve, "cleo", 6, "three"),
            (Action::Issue, "dina", 7, "out"),
            (Action::Supersede { by: NoticeId::derive(&[b"next"]) }, "dina", 8, "better: newer"),
        ];
        for (action, who, when, why) in steps {
            apply(&mut changed, action, who, day(when), why).unwrap();
        }
        let told: Vec<String> =
            acts(&changed).iter().map(|(act, why)| format!("{} {why}", act.as_str())).collect();
        assert_eq!(
            told,
            [
                "overridden known: elsewhere",
                "submitted ready",
                "approved one",
                "rejected no",
                "overridden known: elsewhere",
                "submitted again",
                "approved two",
                "approved three",
                "issued out",
                "superseded better: newer",
            ]
        );
    }

    #[test]
    fn a_clock_that_jumps_back_is_refused() {
        let back = [(SUBMIT, "asha", 3), (Action::Approve, "ben", 2)];
        let text = "approve notice FW-2022-OR-0001: 2022-07-03T12:00:00Z lies before its last step at 2022-07-04T12:00:00Z";
        check_steps(&back, Err(text));
        let text = "submit notice FW-2022-OR-0001: 2022-06-30T12:00:00Z lies before its last step at 2022-07-01T09:30:00Z";
        check_steps(&[(SUBMIT, "asha", -1)], Err(text));
    }

    #[test]
    fn who_and_why_are_recorded() {
        let mut notice = notice();
        let blank = apply(&mut notice, SUBMIT, "asha", day(1), " ").unwrap_err();
        assert_eq!(blank.to_string(), "submit notice FW-2022-OR-0001: why is blank");
        let blank = apply(&mut notice, SUBMIT, "", day(1), "ready").unwrap_err();
        assert_eq!(blank.to_string(), "submit notice FW-2022-OR-0001: who is blank");
        apply(&mut notice, SUBMIT, " asha ", day(1), "ready").unwrap();
        let step = &notice.history[0];
        assert_eq!((step.who.as_str(), step.when), ("asha", day(1)));
        assert!(step.why.starts_with("ready [content "));
    }

    #[test]
    fn blocking_findings_need_a_reason_that_stays() {
        let mut notice = notice();
        notice.alarm = None;
        let blocked = apply(&mut notice, SUBMIT, "asha", day(1), "ready").unwrap_err().to_string();
        assert_eq!(
            blocked,
            "submit notice FW-2022-OR-0001: blocked by finding-alarm-missing at notice (RPD arts. 88–96): \
             correct it or override with a reason"
        );
        let submit = |finding, place, reason, notice: &mut Notice| {
            let overrides = [Override { finding, place, reason }];
            apply(
                notice,
                Action::Submit { audience: Tlp::Amber, overrides: &overrides },
                "asha",
                day(1),
                "ready",
            )
        };
        assert!(submit("finding-alarm-missing", Some("headline"), "known otherwise", &mut notice).is_err());
        let blank = submit("finding-alarm-missing", None, " ", &mut notice).unwrap_err().to_string();
        assert_eq!(blank, "submit notice FW-2022-OR-0001: the reason of an override is blank");
        assert!(notice.history.is_empty());
        submit("finding-alarm-missing", Some("notice"), "known otherwise", &mut notice).unwrap();
        let step = &notice.history[0];
        assert_eq!(step.to, NoticeState::Draft);
        assert_eq!(step.why, "override finding-alarm-missing at notice: known otherwise");
        assert_eq!(notice.state(), NoticeState::InReview);
        apply(&mut notice, Action::Approve, "ben", day(2), "good").unwrap();
        assert_eq!(approvals(&notice), ["ben"]);
    }

    /// Every field that a change could slip through.
    #[test]
    fn what_was_submitted_cannot_change_before_it_is_issued() {
        let changes: [fn(&mut Notice); 8] = [
            |n| n.number.push('x'),
            |n| n.marking = forewarn_model::Marking::PUBLIC,
            |n| n.review_by = "2022-12-31".parse().unwrap(),
            |n| n.headline.message.push('x'),
            |n| drop(n.statements[3].args.insert("events".into(), forewarn_model::Arg::Number(9_999))),
            |n| n.statements[0].refs[0].label.push('x'),
            |n| n.observables[0].value.push('0'),
            |n| n.observables.clear(),
        ];
        for (number, change) in changes.iter().enumerate() {
            for steps in [1, 3] {
                let mut notice = notice();
                for (action, who, when) in &ISSUED[..steps] {
                    apply(&mut notice, *action, who, day(*when), "a reason").unwrap();
                }
                change(&mut notice);
                let (action, who, when) = ISSUED[steps];
                let error = apply(&mut notice, action, who, day(when), "a reason").unwrap_err();
                assert!(matches!(error, StateError::Changed { .. }), "change {number}: {error}");
            }
        }
    }

    #[test]
    fn the_end_is_announced() {
        let mut notice = notice();
        let on = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(due(&notice, on("2023-07-01"), 30), None);
        for (action, who, when) in ISSUED {
            apply(&mut notice, action, who, day(when), "a reason").unwrap();
        }
        assert_eq!(due(&notice, on("2023-05-31"), 30), None);
        assert_eq!(due(&notice, on("2023-06-01"), 30), Some(Due::ReviewIn(30)));
        assert_eq!(due(&notice, on("2023-07-01"), 30), Some(Due::ReviewIn(0)));
        assert_eq!(due(&notice, on("2023-07-03"), 30), Some(Due::Overdue(2)));
    }

    proptest! {
        /// Whatever people do, in whatever order: nothing is issued without the approval, after the last
        /// submission, of two different people who are not its author; it is issued at most once; and time
        /// never runs backwards.
        #[test]
        fn nobody_gets_round_four_eyes(steps in proptest::collection::vec((0usize..7, 0usize..4, -1i64..3), 1..40)) {
            let people = ["asha", "Ben", "ben ", "chen"];
            let mut notice = notice();
            let mut clock = 0;
            let mut approved: Vec<String> = Vec::new();
            let mut issued = 0;
            for (action, who, pause) in steps {
                let action = [
                    SUBMIT,
                    Action::Approve,
                    Action::Approve,
                    Action::Issue,
                    Action::Reject,
                    Action::Withdraw,
                    Action::Supersede { by: NoticeId::derive(&[b"next"]) },
                ][action];
                let before = notice.history.len();
                let result = apply(&mut notice, action, people[who], day(clock + pause), "a reason");
                if result.is_err() {
                    prop_assert_eq!(notice.history.len(), before);
                    continue;
                }
                prop_assert!(pause >= 0 || before == 0 || notice.history[before].when >= notice.history[before - 1].when);
                clock += pause;
                match action {
                    Action::Submit { .. } | Action::Reject => approved.clear(),
                    Action::Approve => {
                        let who = people[who].trim().to_lowercase();
                        prop_assert!(who != "asha" && !approved.contains(&who));
                        approved.push(who);
                    }
                    Action::Issue => {
                        prop_assert!(approved.len() >= APPROVALS_MIN);
                        issued += 1;
                    }
                    _ => {}
                }
                prop_assert!(issued <= 1);
                prop_assert!(notice.history.is_sorted_by_key(|step| step.when));
            }
        }
    }
}
