//! Who did what: the audit log. What was brought in, and whose it is.

use forewarn_app::audit;
use forewarn_app::source::{self, own};
use forewarn_app::store::AuditFilter;
use serde_json::json;

use super::ask::{CURSOR, Kind, LIMITED, body, maybe, query};
use super::{Answer, Endpoint, GET, Gives, Inside, PUT, Run};
use crate::shell::PageError;

const NAME: Kind = Kind::Text(200);

pub(super) const ENDPOINTS: &[Endpoint] = &[
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
    Endpoint {
        path: "/audit/actions",
        name: "listAuditActions",
        told: "The actions that occur in the audit log",
        right: "audit_read",
        run: Run::Read(actions),
        ..GET
    },
    Endpoint {
        path: "/audit/verification",
        name: "verifyAudit",
        told: "Walk the whole chain of the audit log: how many entries hold, or where it breaks first",
        right: "audit_read",
        run: Run::Read(verify),
        ..GET
    },
    Endpoint {
        path: "/sources",
        name: "listSources",
        told: "What was brought in, from where, when, and what became of it; the newest first",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(sources),
        ..GET
    },
    Endpoint {
        path: "/sources/owners",
        name: "listSourceOwners",
        told: "The sources by name, each with the organisation that it belongs to",
        right: "look or share_rule",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(owners),
        ..GET
    },
    Endpoint {
        path: "/sources/owners",
        name: "putSourceOwner",
        told: "Give a source to an organisation, or to nobody; it holds at once, also for what came before",
        right: "share_rule",
        params: &[
            body("source", Kind::Text(1_000), "The name of the source; nothing need have come from it yet"),
            maybe("organisation", Kind::Text(200), "The organisation, as users have it; nobody if none"),
        ],
        run: Run::Write(own_source),
        ..PUT
    },
];

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

fn actions(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    Ok(Answer::one(&json!({ "actions": audit::actions(inside.workspace, inside.context)? })))
}

fn verify(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    Ok(Answer::one(&match audit::verify(inside.workspace, inside.context)? {
        Ok(count) => json!({ "holds": true, "entries": count }),
        Err(broken) => json!({ "holds": false, "broken_at": broken.number }),
    }))
}

fn owners(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let count = u32::try_from(ask.limit()).unwrap_or(u32::MAX);
    let (sources, next) = own::list(workspace, context, ask.text("cursor"), count)?;
    let views =
        sources.iter().map(|source| json!({ "source": source.name, "organisation": source.organisation }));
    Ok(Answer::page(views.collect(), next))
}

fn own_source(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let outcome = own::run(workspace, context, ask.word("source"), ask.text("organisation"))?;
    Ok(Answer::one(&json!({
        "source": outcome.source.name,
        "organisation": outcome.source.organisation,
        "known": outcome.known,
        "reports": outcome.reports,
    })))
}

fn sources(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let count = u32::try_from(inside.ask.limit()).unwrap_or(u32::MAX);
    let (runs, next) = source::list(inside.workspace, inside.context, inside.ask.get("cursor")?, count)?;
    let views = runs.iter().map(|run| {
        json!({
            "number": run.number,
            "input": run.input,
            "started": run.started_at.to_string(),
            "ended": run.ended,
            "last_line": run.last_line,
            "accepted": run.accepted,
            "duplicates": run.duplicates,
            "refused": run.refused,
        })
    });
    Ok(Answer::page(views.collect(), next.map(|next| next.to_string())))
}
