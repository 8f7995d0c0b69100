//! What a member has received: the notices that were issued for it, for programs of that member.

use forewarn_app::model::rights::Right;
use forewarn_app::notice::received::{self, Received};
use forewarn_app::share;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, maybe, query};
use super::notices::{NAME, head};
use super::{Answer, Endpoint, GET, Gives, Inside, POST, Run};
use crate::shell::PageError;

const TOLD: &str = "The member, by its short name; one's own organisation if none. Another one takes the right \
                    to look";

/// In whose name one answers.
pub(super) const MEMBER: Param = maybe("member", Kind::Text(64), TOLD);

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/received",
        name: "listReceived",
        told: "Everything that was issued for a member, the newest first",
        right: "notice_answer",
        params: &[query("member", Kind::Text(64), TOLD), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
        ..GET
    },
    Endpoint {
        path: "/received/{name}/open",
        name: "openNotice",
        told: "Open a notice that was issued for a member; that it was opened is noted, once",
        right: "notice_answer",
        params: &[NAME, MEMBER],
        run: Run::Write(open),
        ..POST
    },
];

/// In whose name somebody answers: one's own organisation; whoever may look may name another.
pub(super) fn member(inside: &Inside<'_>) -> Result<String, PageError> {
    inside.context.require(Right::NoticeAnswer)?;
    let own = inside.who.account().map(|account| account.user.organisation.clone()).unwrap_or_default();
    match inside.ask.text("member") {
        Some(named) if named == own || inside.context.rights.has(Right::Look) => Ok(named.to_owned()),
        Some(named) => {
            let what = format!("member {named:?}: you answer in the name of your own organisation only");
            Err(PageError::new(axum::http::StatusCode::FORBIDDEN, what))
        }
        None if own.is_empty() => Err(PageError::bad("member: name one: you belong to no organisation here")),
        None => Ok(own),
    }
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let member = member(inside)?;
    let found = received::list(inside.workspace, inside.context, &member)?;
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn open(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let member = member(inside)?;
    let (one, _) = received::open(inside.workspace, inside.context, &member, inside.ask.word("name"))?;
    inside.shell.live.tell("deliveries", "");
    let mut told = view(&one);
    told["notice"] = share::json::notice(&one.notice, &[]);
    Ok(Answer::one(&told))
}

fn view(one: &Received) -> Value {
    let receipts: serde_json::Map<String, Value> =
        one.receipts.iter().map(|(kind, at)| (kind.to_string(), json!(at.to_string()))).collect();
    let replies = one.replies.iter().map(
        |reply| json!({ "kind": reply.kind.to_string(), "at": reply.at.to_string(), "text": reply.text }),
    );
    let mut told = head(&one.notice);
    told["stands"] = json!(one.stands());
    told["receipts"] = Value::Object(receipts);
    told["replies"] = replies.collect();
    told
}
