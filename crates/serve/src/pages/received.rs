//! What a member receives: notices to read, acknowledge and answer.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::delivery::answer;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Grading, Notice, ObservableKind, ReceiptKind, Reply, ReplyKind};
use forewarn_app::notice::localize;
use forewarn_app::notice::received::{self, Received};
use forewarn_app::{AppError, member};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/received", get(list))
        .route("/received/{id}", get(show))
        .route("/received/{id}/acknowledge", post(acknowledge))
        .route("/received/{id}/reply", post(reply))
}

/// For whom: the organisation of the user; whoever sees all members may choose one, to answer in its name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    member: String,
}

impl Ask {
    fn member(&self, who: &Signed) -> String {
        let own = who.account().map(|account| account.user.organisation.clone()).unwrap_or_default();
        if who.rights().has(Right::Look) && !self.member.is_empty() { self.member.clone() } else { own }
    }
}

struct Line {
    id: String,
    number: String,
    kind: &'static str,
    tlp: &'static str,
    headline: String,
    state: String,
    stands: bool,
    issued: String,
    acknowledged: bool,
    opened: bool,
}

#[derive(Template)]
#[template(path = "received.html")]
struct ListPage {
    frame: Frame,
    member: String,
    /// Members to choose from, for whoever may.
    members: Vec<(String, String)>,
    /// What was received; none where the organisation is no member.
    lines: Option<Vec<Line>>,
}

async fn list(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    who.require(Right::NoticeAnswer)?;
    let (language, member) = (who.language, ask.member(&who));
    let (asked, sees_all) = (member.clone(), who.rights().has(Right::Look));
    let (members, found) = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let members: Vec<(String, String)> = match sees_all {
                true => member::list(workspace, context)?.into_iter().map(|one| (one.id, one.name)).collect(),
                false => Vec::new(),
            };
            if asked.is_empty() {
                return Ok((members, None));
            }
            let list = match received::list(workspace, context, &asked) {
                // An account may name an organisation that is no member: the page says what is missing.
                Err(AppError::NotFound { what: "member", .. }) => return Ok((members, None)),
                list => list?,
            };
            let mut all = Vec::new();
            for one in list {
                let headline = localize::headline(&one.notice, language, engine.country_names())?;
                all.push((one, headline));
            }
            Ok((members, Some(all)))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "received", "tab-received");
    let lines =
        found.map(|all| all.into_iter().map(|(one, headline)| line(&frame, &one, headline)).collect());
    page(&ListPage { frame, member, members, lines })
}

fn line(frame: &Frame, one: &Received, headline: String) -> Line {
    let notice: &Notice = &one.notice;
    Line {
        id: notice.id.to_string(),
        number: notice.number.clone(),
        kind: notice.kind.as_str(),
        tlp: notice.marking.tlp.as_str(),
        headline,
        state: frame.word_of("notice-state", notice.state()),
        stands: one.stands(),
        issued: notice.issued_at().map_or_else(String::new, |at| frame.time(&at)),
        acknowledged: one.receipts.contains_key(&ReceiptKind::Acknowledged),
        opened: one.receipts.contains_key(&ReceiptKind::Opened),
    }
}

struct ReplyRow {
    word: String,
    text: String,
    identifiers: Vec<String>,
    at: String,
}

#[derive(Template)]
#[template(path = "received_one.html")]
struct OnePage {
    frame: Frame,
    member: String,
    line: Line,
    parts: Vec<(String, Vec<String>)>,
    identifiers: Vec<(String, String)>,
    replies: Vec<ReplyRow>,
    kinds: Vec<(&'static str, String)>,
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (language, member) = (who.language, ask.member(&who));
    let (asked, desk) = (member.clone(), std::sync::Arc::clone(&shell.desk));
    let (one, view) = shell
        .write(&who, move |workspace, context| {
            let (one, _) = received::open(workspace, context, &asked, &id)?;
            let view =
                desk.with_engine(|engine| localize::one(&one.notice, language, engine.country_names()))?;
            Ok((one, view))
        })
        .await?;
    shell.live.tell("deliveries", one.notice.id.to_string());
    let frame = Frame::new(&shell, &who, "received", "tab-received").titled(one.notice.number.clone());
    let parts = view.sections.iter().map(|part| {
        (part.heading.clone(), part.sentences.iter().map(|sentence| sentence.text.clone()).collect())
    });
    let word = |kind: &str| view.labels.get(&format!("observable-{}", kind.replace(':', "-"))).cloned();
    let identifiers = one.notice.observables.iter().map(|observable| {
        let kind = observable.kind.to_string();
        (word(&kind).unwrap_or(kind), observable.value.clone())
    });
    let replies = one.replies.iter().map(|reply| ReplyRow {
        word: frame.word_of("notice-reply", reply.kind),
        text: reply.text.clone(),
        identifiers: reply.observables.iter().map(|(_, value)| value.clone()).collect(),
        at: frame.time(&reply.at),
    });
    let kinds = ReplyKind::ALL.iter().map(|kind| (kind.as_str(), frame.word_of("notice-reply", kind)));
    page(&OnePage {
        line: line(&frame, &one, view.headline.text.clone()),
        parts: parts.collect(),
        identifiers: identifiers.collect(),
        replies: replies.collect(),
        kinds: kinds.collect(),
        member,
        frame,
    })
}

async fn acknowledge(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(ask): Form<Ask>,
) -> Result<Redirect, PageError> {
    let member = ask.member(&who);
    let (name, asked) = (id.clone(), member.clone());
    shell
        .write(&who, move |workspace, context| {
            answer::receive(workspace, context, &name, &asked, ReceiptKind::Acknowledged)
        })
        .await?;
    Ok(back(&shell, &id, &member, "received-acknowledged"))
}

/// What a member answers, as it was typed: one identifier a line, `kind:value`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    member: String,
    kind: String,
    text: String,
    identifiers: String,
}

async fn reply(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, PageError> {
    let kind: ReplyKind = typed
        .kind
        .parse()
        .map_err(|error| PageError::bad(format!("read reply {:?}: {error}", typed.kind)))?;
    let lines = typed.identifiers.lines().map(str::trim).filter(|line| !line.is_empty());
    let observables = lines.map(observable).collect::<Result<Vec<_>, _>>()?;
    let member = Ask { member: typed.member }.member(&who);
    let (name, asked, text) = (id.clone(), member.clone(), typed.text);
    shell
        .write(&who, move |workspace, context| -> Result<(), AppError> {
            let (opened, _) = received::open(workspace, context, &asked, &name)?;
            let notice = opened.notice.id;
            let reply = Reply { notice, member: asked, at: context.now, kind, text, observables };
            answer::reply(workspace, context, &name, reply, Grading::UNKNOWN).map(|_| ())
        })
        .await?;
    Ok(back(&shell, &id, &member, "received-replied"))
}

/// `phone:+855…`, `handle:telegram:name`: the kind is everything before the value.
fn observable(line: &str) -> Result<(ObservableKind, String), PageError> {
    let cuts: Vec<usize> = line.match_indices(':').map(|(at, _)| at).collect();
    let read =
        |at: &usize| Some((line[..*at].parse::<ObservableKind>().ok()?, line[at + 1..].trim().to_owned()));
    let expected = || {
        PageError::bad(format!("read identifier {line:?}: expected kind:value, such as phone:+85512345678"))
    };
    cuts.iter().rev().find_map(read).filter(|(_, value)| !value.is_empty()).ok_or_else(expected)
}

fn back(shell: &Shared, id: &str, member: &str, done: &str) -> Redirect {
    shell.live.tell("deliveries", id);
    let member: String = form_urlencoded::byte_serialize(member.as_bytes()).collect();
    Redirect::to(&format!("/received/{id}?member={member}&done={done}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_identifiers_by_line() {
        let check = |line: &str, expected: Option<(&str, &str)>| {
            let read = observable(line).ok().map(|(kind, value)| (kind.to_string(), value));
            assert_eq!(read, expected.map(|(kind, value)| (kind.to_owned(), value.to_owned())), "{line}");
        };
        check("phone:+85512345678", Some(("phone", "+85512345678")));
        check("handle:telegram:test_sample", Some(("handle:telegram", "test_sample")));
        check("url:https://sample.example/x", Some(("url", "https://sample.example/x")));
        check("phone: ", None);
        check("just words", None);
    }
}
