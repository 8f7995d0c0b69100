//! The audit log: who did and saw what; the search, and whether the chain holds.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use forewarn_app::audit;
use forewarn_app::store::AuditFilter;
use serde::Deserialize;

use super::asked::day;
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// Entries on a page.
const PAGE_COUNT: u32 = 25;

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/audit", get(list)).route("/audit/verify", post(verify))
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Ask {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    text: String,
    cursor: Option<i64>,
}

struct Line {
    number: i64,
    at: String,
    actor: String,
    action: String,
    /// Its name in the log.
    code: String,
    subject: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    ask: Ask,
    /// Names of actions with their words.
    actions: Vec<(String, String)>,
    entries: Vec<Line>,
    next: Option<String>,
    /// What verifying found: whether it holds, and in words.
    chain: Option<(bool, String)>,
}

async fn list(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (made, wrong) = search(&shell, &who, ask).await?;
    let mut answer = page(&made)?;
    wrong.inspect(|error| *answer.status_mut() = error.status);
    Ok(answer)
}

async fn verify(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let outcome = shell.read(&who, |workspace, context| audit::verify(workspace, context)).await?;
    let (mut made, _) = search(&shell, &who, Ask::default()).await?;
    made.chain = Some(match outcome {
        Ok(count) => (true, made.frame.count("audit-holds", count)),
        Err(broken) => (false, made.frame.with("audit-broken", "number", broken.number)),
    });
    page(&made)
}

/// The page, and what of the question was not understood: then nothing is found.
async fn search(shell: &Shared, who: &Signed, ask: Ask) -> Result<(AuditPage, Option<PageError>), PageError> {
    let (filter, wrong) = match filter(&ask) {
        Ok(filter) => (filter, None),
        Err(error) => (AuditFilter::default(), Some(error)),
    };
    let cursor = ask.cursor;
    let (mut found, actions) = shell
        .read(who, move |workspace, context| {
            let found = audit::search(workspace, context, &filter, cursor, PAGE_COUNT)?;
            Ok((found, audit::actions(workspace, context)?))
        })
        .await?;
    if wrong.is_some() {
        (found.entries, found.next) = (Vec::new(), None);
    }
    let frame = Frame::new(shell, who, "audit", "tab-audit").wrong_if(wrong.as_ref());
    let line = |(number, entry): &(i64, forewarn_app::store::AuditEntry)| Line {
        number: *number,
        at: entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        actor: entry.actor.clone(),
        action: action_word(&frame, &entry.action),
        code: entry.action.clone(),
        subject: entry.subject.clone(),
        detail: entry.detail.clone(),
    };
    let next = found.next.map(|cursor| link(&ask, cursor));
    let entries = found.entries.iter().map(line).collect();
    let actions = actions.into_iter().map(|action| (action.clone(), action_word(&frame, &action))).collect();
    Ok((AuditPage { frame, ask, actions, entries, next, chain: None }, wrong))
}

/// An action in words; a log may hold some that this version does not know.
fn action_word(frame: &Frame, action: &str) -> String {
    frame.find(&action_message(action)).unwrap_or_else(|| action.to_owned())
}

/// The message that tells of an action: `audit-action-user-list`.
fn action_message(action: &str) -> String {
    format!("audit-action-{}", action.replace(['.', '_'], "-"))
}

/// What is asked for; a blank field asks for all.
fn filter(ask: &Ask) -> Result<AuditFilter, PageError> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(AuditFilter {
        actor: text(&ask.actor),
        action: text(&ask.action),
        subject: text(&ask.subject),
        from: day("from", &ask.from)?,
        to: day("to", &ask.to)?,
        text: text(&ask.text),
    })
}

fn link(ask: &Ask, cursor: i64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let fields = [
        ("actor", &ask.actor),
        ("action", &ask.action),
        ("subject", &ask.subject),
        ("from", &ask.from),
        ("to", &ask.to),
        ("text", &ask.text),
    ];
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    query.append_pair("cursor", &cursor.to_string());
    format!("/audit?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_words_in_every_language() {
        let words = crate::shell::Words::builtin().unwrap();
        for action in audit::ACTIONS {
            for (tag, _) in crate::shell::INTERFACE {
                // Another test holds the languages against each other.
                let found = words.find(tag.parse().unwrap(), &action_message(action), &[]);
                assert!(found.is_some(), "{tag}: {action}");
            }
        }
    }

    #[test]
    fn the_next_page_asks_for_the_same() {
        let ask = Ask { actor: "ana k".into(), from: "2024-03-01".into(), ..Ask::default() };
        assert_eq!(link(&ask, 7), "/audit?actor=ana+k&from=2024-03-01&cursor=7");
        assert_eq!(filter(&ask).unwrap().actor.as_deref(), Some("ana k"));
        assert!(filter(&Ask { to: "yesterday".into(), ..ask }).unwrap_err().what.contains("expected a day"));
    }
}
