//! Who may do what, and who did what: users, tokens, the audit log.

use forewarn_app::model::{Token, User};
use forewarn_app::store::AuditFilter;
use forewarn_app::{audit, token, user};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, path, query};
use super::{Answer, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

const NAME: Kind = Kind::Text(200);

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/users",
        name: "listUsers",
        told: "The users, in order of name",
        right: "user_write",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(users),
    },
    Endpoint {
        method: "GET",
        path: "/users/{name}",
        name: "getUser",
        told: "A user",
        right: "user_write",
        params: &[path("name", NAME, "The short name")],
        gives: Gives::One,
        run: Run::Read(one_user),
    },
    Endpoint {
        method: "GET",
        path: "/tokens",
        name: "listTokens",
        told: "Tokens of programs: one's own, or those of another user",
        right: "none for one's own; user_write",
        params: &[query("owner", NAME, "Whose; one's own if none"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(tokens),
    },
    Endpoint {
        method: "GET",
        path: "/audit",
        name: "searchAudit",
        told: "The audit log, the newest entries first",
        right: "audit_read",
        params: &[
            query("actor", NAME, "By whom"),
            query("action", NAME, "What was done; `notice` means everything that begins with `notice.`"),
            query("subject", NAME, "To what"),
            query("from", Kind::Day, "Not before this day"),
            query("to", Kind::Day, "Not after this day"),
            query("q", NAME, "What subject or detail contains"),
            LIMITED,
            CURSOR,
        ],
        gives: Gives::Page,
        run: Run::Read(search),
    },
];

fn users(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = user::list(inside.workspace, inside.context)?;
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn one_user(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = user::find(inside.workspace, inside.context, inside.ask.word("name"))?;
    Ok(Answer::one(&view(&found)))
}

fn tokens(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let owner = inside.ask.text("owner").unwrap_or(&inside.context.actor);
    let found = token::list(inside.workspace, inside.context, Some(owner))?;
    Answer::part(found.iter().map(token_view).collect(), inside.ask)
}

fn search(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let ask = inside.ask;
    let text = |name: &str| ask.text(name).map(str::to_owned);
    let filter = AuditFilter {
        actor: text("actor"),
        action: text("action"),
        subject: text("subject"),
        from: ask.get("from")?,
        to: ask.get("to")?,
        text: text("q"),
    };
    let count = u32::try_from(ask.limit()).unwrap_or(u32::MAX);
    let page = audit::search(inside.workspace, inside.context, &filter, ask.get("cursor")?, count)?;
    let entries = page.entries.iter().map(|(number, entry)| {
        json!({
            "number": number,
            "at": entry.at.to_string(),
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
        })
    });
    Ok(Answer::page(entries.collect(), page.next.map(|next| next.to_string())))
}

fn view(user: &User) -> Value {
    json!({
        "name": user.name.to_string(),
        "shown": user.shown,
        "organisation": user.organisation,
        "roles": user.roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "clearance": user.clearance.to_string(),
        "organisations": user.organisations,
        "active": user.active,
        "created": user.created.to_string(),
    })
}

fn token_view(token: &Token) -> Value {
    json!({
        "prefix": token.prefix,
        "name": token.name,
        "owner": token.owner.to_string(),
        "scopes": token.scopes.iter().map(|right| right.to_string()).collect::<Vec<_>>(),
        "made": token.made.to_string(),
        "expires": token.expires.to_string(),
        "last_used": token.last_used.map(|day| day.to_string()),
        "revoked": token.revoked.map(|at| at.to_string()),
    })
}
