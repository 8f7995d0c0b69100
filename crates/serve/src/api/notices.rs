//! Notices: from a draft to its end, and what members say.

use forewarn_app::AppError;
use forewarn_app::delivery::{answer, identifier, queue, status};
use forewarn_app::model::date::day_of;
use forewarn_app::model::{
    Grading, Marking, MemberKind, Notice, NoticeId, NoticeState, Pap, ReceiptKind, Reply, ReplyKind, Tlp,
};
use forewarn_app::notice::draft;
use forewarn_app::notice::end::{self, End};
use forewarn_app::notice::review::{self, Choice, Overridden};
use forewarn_app::notice::{self, issue};
use forewarn_app::share;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, list, maybe, path, query};
use super::members::markings;
use super::received::{MEMBER, member};
use super::{Answer, Ask, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

pub(super) const NAME: Param = path("name", Kind::Text(100), "The notice, by its id or its number");
pub(super) const WHY: Param = body("why", Kind::Text(2_000), "Why; stays on record");
pub(super) const COUNTRIES: Param = list("countries", Kind::Country, "Of these countries");
pub(super) const KINDS: Param = list("kinds", Kind::Words(member_kinds), "Of these kinds");
pub(super) const MEMBERS: Param = list("members", Kind::Text(64), "These, by short name");

/// A step in the life of a notice.
const fn step(path: &'static str, name: &'static str, told: &'static str, right: &'static str) -> Endpoint {
    Endpoint {
        method: "POST",
        path,
        name,
        told,
        right,
        params: &[NAME, WHY],
        gives: Gives::One,
        run: Run::Write(approve),
    }
}

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/notices",
        name: "listNotices",
        told: "Notices, in order of number",
        right: "look",
        params: &[query("state", Kind::Words(states), "Where they stand"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        method: "POST",
        path: "/notices",
        name: "draftNotice",
        told: "Draft an Orange Notice from an alarm, or a Purple one from a campaign",
        right: "notice_draft",
        params: &[
            maybe("alarm", Kind::Id("alm"), "The alarm"),
            maybe("campaign", Kind::Id("cmp"), "The campaign"),
            body("issuer", Kind::Text(200), "The organisation that issues it"),
            body("number", Kind::Text(60), "The number that people will quote"),
            maybe("as_of", Kind::Day, "What was known by the end of this day goes in; today if none"),
            maybe("tlp", Kind::Words(markings), "Who may see it; amber if none"),
            maybe("pap", Kind::Words(paps), "What may be done with it; amber if none"),
            maybe(
                "retention_days",
                Kind::Integer(1, 3_650),
                "Days until it is reviewed or expires; 365 if none",
            ),
        ],
        gives: Gives::Made,
        run: Run::Write(draft_it),
    },
    Endpoint {
        method: "GET",
        path: "/notices/{name}",
        name: "getNotice",
        told: "A notice with its sentences, references and history",
        right: "look",
        params: &[NAME],
        gives: Gives::One,
        run: Run::Read(one),
    },
    Endpoint {
        method: "GET",
        path: "/notices/{name}/document",
        name: "getNoticeDocument",
        told: "The signed document of an issued notice, byte for byte",
        right: "look",
        params: &[NAME],
        gives: Gives::Document,
        run: Run::Read(document),
    },
    Endpoint {
        method: "POST",
        path: "/notices/{name}/submit",
        name: "submitNotice",
        told: "Hand a draft to its reviewers; findings that block stop it",
        right: "notice_draft",
        params: &[
            NAME,
            WHY,
            maybe("audience", Kind::Words(markings), "The clearance of those who will receive it"),
            list(
                "overrides",
                Kind::Text(200),
                "Findings that may stand: by name, or name@place for one place",
            ),
            maybe("override_reason", Kind::Text(2_000), "Why they may stand"),
        ],
        gives: Gives::One,
        run: Run::Write(submit),
    },
    step(
        "/notices/{name}/approve",
        "approveNotice",
        "Approve a notice; it takes two, neither its author",
        "notice_review",
    ),
    Endpoint {
        run: Run::Write(reject),
        ..step("/notices/{name}/reject", "rejectNotice", "Send a notice back to its author", "notice_review")
    },
    Endpoint {
        run: Run::Write(issue_it),
        ..step(
            "/notices/{name}/issue",
            "issueNotice",
            "Sign and issue an approved notice, once",
            "notice_issue",
        )
    },
    Endpoint {
        run: Run::Write(withdraw),
        ..step("/notices/{name}/withdraw", "withdrawNotice", "Take an issued notice back", "notice_issue")
    },
    Endpoint {
        run: Run::Write(expire),
        ..step(
            "/notices/{name}/expire",
            "expireNotice",
            "End a notice that is past its last day",
            "notice_issue",
        )
    },
    Endpoint {
        params: &[NAME, WHY, body("by", Kind::Text(100), "The notice that replaces it, by id or number")],
        run: Run::Write(supersede),
        ..step("/notices/{name}/supersede", "supersedeNotice", "Replace a notice by another", "notice_issue")
    },
    Endpoint {
        method: "POST",
        path: "/notices/{name}/distribute",
        name: "distributeNotice",
        told: "Queue an issued notice for members; without a choice for all who are cleared for it",
        right: "notice_issue",
        params: &[NAME, COUNTRIES, KINDS, MEMBERS],
        gives: Gives::One,
        run: Run::Write(distribute),
    },
    Endpoint {
        method: "GET",
        path: "/notices/{name}/deliveries",
        name: "listDeliveries",
        told: "Who has a notice, who has read it, what they answered",
        right: "look",
        params: &[NAME, LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(deliveries),
    },
    Endpoint {
        method: "POST",
        path: "/notices/{name}/receipts",
        name: "acknowledgeNotice",
        told: "Note that a member has a notice",
        right: "notice_answer",
        params: &[NAME, MEMBER, body("kind", Kind::Words(receipts), "How it came to know of it")],
        gives: Gives::One,
        run: Run::Write(receive),
    },
    Endpoint {
        method: "POST",
        path: "/notices/{name}/replies",
        name: "replyToNotice",
        told: "Say what a member found; it becomes a graded report",
        right: "notice_answer",
        params: &[
            NAME,
            MEMBER,
            body("kind", Kind::Words(replies), "What kind of answer"),
            maybe("text", Kind::Text(20_000), "More, in words"),
            list("observables", Kind::Text(2_000), "Identifiers: phone:+85512345678, handle:telegram:name"),
            maybe("grading", Kind::Grading, "How far to trust it; F6 if none"),
        ],
        gives: Gives::Made,
        run: Run::Write(reply),
    },
];

fn states() -> Vec<String> {
    NoticeState::ALL.iter().map(ToString::to_string).collect()
}

pub(super) fn paps() -> Vec<String> {
    Pap::ALL.iter().map(|pap| pap.as_str().to_lowercase()).collect()
}

fn member_kinds() -> Vec<String> {
    MemberKind::ALL.iter().map(ToString::to_string).collect()
}

fn receipts() -> Vec<String> {
    ReceiptKind::ALL.iter().map(ToString::to_string).collect()
}

fn replies() -> Vec<String> {
    ReplyKind::ALL.iter().map(ToString::to_string).collect()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let state: Option<NoticeState> = inside.ask.get("state")?;
    let found = notice::list(inside.workspace, inside.context)?;
    let wanted = found.iter().filter(|(_, notice)| state.is_none_or(|state| notice.state() == state));
    Answer::part(wanted.map(|(_, notice)| head(notice)).collect(), inside.ask)
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let (stored, notice) = notice::find(inside.workspace, inside.context, inside.ask.word("name"))?;
    let mut told = share::json::notice(&notice, &[]);
    told["signed"] = json!(stored.signed.is_some());
    Ok(Answer::one(&told))
}

fn document(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let (stored, notice) = notice::find(inside.workspace, inside.context, inside.ask.word("name"))?;
    let missing = || PageError::not_found("signed document of", &notice.number);
    stored.signed.map(Answer::document).ok_or_else(missing)
}

fn draft_it(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let from = super::drafts::origin(ask)?;
    let tlp: Option<Tlp> = ask.get("tlp")?;
    let pap: Option<Pap> = ask.get("pap")?;
    let marking =
        Marking { tlp: tlp.unwrap_or(Marking::DEFAULT.tlp), pap: pap.unwrap_or(Marking::DEFAULT.pap) };
    let request = draft::Request {
        from,
        issuer: ask.word("issuer"),
        number: ask.word("number"),
        as_of: ask.as_of(context.now)?.unwrap_or(day_of(context.now)),
        marking,
        retention_days: ask.get("retention_days")?.unwrap_or(365),
    };
    let drafted = draft::run(workspace, context, &request)?;
    shell.live.tell("notices", "");
    Ok(Answer::made(&head(&drafted)))
}

fn submit(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let ask = inside.ask;
    let reason = ask.word("override_reason");
    let overrides = ask.texts("overrides").iter().map(|text| {
        let (finding, place) = match text.split_once('@') {
            Some((finding, place)) => (finding.to_owned(), Some(place.to_owned())),
            None => (text.clone(), None),
        };
        Overridden { finding, place, reason: reason.to_owned() }
    });
    let choice = Choice::Submit { audience: ask.get("audience")?, overrides: overrides.collect() };
    reviewed(inside, choice)
}

fn approve(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    reviewed(inside, Choice::Approve)
}

fn reject(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    reviewed(inside, Choice::Reject)
}

fn reviewed(inside: &mut Inside<'_>, choice: Choice) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let notice = review::run(workspace, context, ask.word("name"), choice, ask.word("why"))?;
    shell.live.tell("notices", "");
    Ok(Answer::one(&head(&notice)))
}

fn issue_it(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let parts = shell.desk.parts();
    let names = parts.engine.country_names();
    let signed = issue::run(workspace, context, names, ask.word("name"), ask.word("why"))?;
    shell.live.tell("notices", "");
    Ok(Answer::document(signed))
}

fn withdraw(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    ended(inside, End::Withdraw)
}

fn expire(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    ended(inside, End::Expire)
}

fn supersede(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let ask: &Ask = inside.ask;
    ended(inside, End::Supersede { by: ask.word("by") })
}

fn ended(inside: &mut Inside<'_>, how: End<'_>) -> Result<Answer, PageError> {
    let (name, why) = (inside.ask.word("name"), inside.ask.word("why"));
    let (notice, _) = end::run(inside.workspace, inside.context, name, how, why)?;
    inside.shell.outgoing.notify_one();
    inside.shell.live.tell("notices", "");
    Ok(Answer::one(&head(&notice)))
}

fn distribute(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let (plan, queued) = queue::run(workspace, context, ask.word("name"), &selection(ask)?)?;
    let mut told = plan_view(&plan);
    told["queued"] = json!(queued);
    shell.outgoing.notify_one();
    Ok(Answer::one(&told))
}

/// The members that are chosen.
pub(super) fn selection(ask: &Ask) -> Result<queue::Selection, PageError> {
    Ok(queue::Selection {
        countries: ask.all("countries")?,
        kinds: ask.all("kinds")?,
        members: ask.texts("members").to_vec(),
    })
}

/// Whom a choice reaches, and whom not.
pub(super) fn plan_view(plan: &queue::Plan) -> Value {
    let left_out = plan.left_out.iter().map(|(member, why)| json!({ "member": member.id, "why": why }));
    json!({
        "recipients": plan.recipients.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
    })
}

fn deliveries(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let rows = status::run(inside.workspace, inside.context, inside.ask.word("name"))?;
    let view = |row: &status::Row| {
        let deliveries = row.deliveries.iter().map(|(delivery, said)| {
            json!({
                "document": delivery.document, "channel": delivery.channel.to_string(),
                "state": delivery.state.as_str(), "attempts": delivery.attempts,
                "next_at": delivery.next_at.to_string(), "said": said,
            })
        });
        let receipts: serde_json::Map<String, Value> =
            row.receipts.iter().map(|(kind, at)| (kind.to_string(), json!(at.to_string()))).collect();
        let replies = row.replies.iter().map(|(reply, report)| {
            json!({
                "kind": reply.kind.to_string(), "at": reply.at.to_string(), "text": reply.text,
                "report": report.map(|id| id.to_string()),
            })
        });
        json!({
            "member": row.member,
            "deliveries": deliveries.collect::<Vec<_>>(),
            "receipts": receipts,
            "replies": replies.collect::<Vec<_>>(),
        })
    };
    Answer::part(rows.iter().map(view).collect(), inside.ask)
}

fn receive(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let member = member(inside)?;
    let Inside { workspace, context, ask, .. } = inside;
    let first = answer::receive(workspace, context, ask.word("name"), &member, ask.need("kind")?)?;
    Ok(Answer::one(&json!({ "first": first })))
}

fn reply(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let member = member(inside)?;
    let Inside { workspace, context, ask, .. } = inside;
    let grading: Option<Grading> = ask.get("grading")?;
    let observables = ask.texts("observables").iter().map(|text| identifier::read(text));
    let reply = Reply {
        // `app` puts the notice of that name here.
        notice: NoticeId::derive(&[]),
        member,
        at: context.now,
        kind: ask.need("kind")?,
        text: ask.word("text").to_owned(),
        observables: observables.collect::<Result<_, AppError>>()?,
    };
    let report =
        answer::reply(workspace, context, ask.word("name"), reply, grading.unwrap_or(Grading::UNKNOWN))?;
    Ok(Answer::made(&json!({ "report": report.map(|id| id.to_string()) })))
}

/// What a list shows of a notice.
pub(super) fn head(notice: &Notice) -> Value {
    json!({
        "id": notice.id.to_string(),
        "number": notice.number,
        "kind": notice.kind.to_string(),
        "state": notice.state().to_string(),
        "issuer": notice.issuer,
        "author": notice.author,
        "marking": { "tlp": notice.marking.tlp.to_string(), "pap": notice.marking.pap.to_string() },
        "created_at": notice.created_at.to_string(),
        "issued_at": notice.issued_at().map(|at| at.to_string()),
        "as_of": notice.as_of.to_string(),
        "review_by": notice.review_by.to_string(),
    })
}
