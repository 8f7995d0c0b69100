//! Members: who receives notices, and how they are reached.

use forewarn_app::member;
use forewarn_app::model::member::Member;
use forewarn_app::model::{MemberKind, Tlp};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, body, list, maybe, path};
use super::{Answer, Endpoint, GET, Gives, Inside, POST, Run};
use crate::shell::PageError;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/members",
        name: "listMembers",
        told: "The members, in order of short name",
        right: "look",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        path: "/members/{id}",
        name: "getMember",
        told: "A member",
        params: &[path("id", Kind::Text(64), "Its short name")],
        run: Run::Read(one),
        ..GET
    },
    Endpoint {
        path: "/members/{id}/secret",
        name: "showMemberSecret",
        told: "What deliveries to a member are signed with, for the member to keep; that it was shown is noted",
        right: "member_write",
        params: &[path("id", Kind::Text(64), "Its short name")],
        gives: Gives::Secret,
        run: Run::Write(secret),
        ..POST
    },
    Endpoint {
        method: "PUT",
        path: "/members/{id}",
        name: "putMember",
        told: "Add a member, or write it anew",
        right: "member_write",
        params: &[
            path("id", Kind::Text(64), "Its short name: lower-case letters, digits and hyphens"),
            body("name", Kind::Text(200), "Its name"),
            body("kind", Kind::Words(kinds), "What kind of organisation it is"),
            maybe("country", Kind::Country, "Its country; none for an international one"),
            body("clearance", Kind::Words(markings), "The most restricted marking that it may receive"),
            list(
                "channels",
                Kind::Text(2_000),
                "The ways to it: webhook:https://…, email:name@host, folder:/path",
            ),
            maybe("active", Kind::Boolean, "Whether it takes part now; true if none"),
        ],
        gives: Gives::One,
        run: Run::Write(put),
    },
];

fn kinds() -> Vec<String> {
    MemberKind::ALL.iter().map(ToString::to_string).collect()
}

/// The labels of TLP, as requests name them.
pub(super) fn markings() -> Vec<String> {
    Tlp::ALL.iter().map(|tlp| tlp.as_str().to_lowercase()).collect()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = member::list(inside.workspace, inside.context)?;
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = member::find(inside.workspace, inside.context, inside.ask.word("id"))?;
    Ok(Answer::one(&view(&found)))
}

fn secret(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let id = inside.ask.word("id");
    let secret = member::secret(inside.workspace, inside.context, id)?;
    Ok(Answer::made(&json!({ "id": id, "secret": secret })))
}

fn put(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let member = Member {
        id: ask.word("id").to_owned(),
        name: ask.word("name").to_owned(),
        kind: ask.need("kind")?,
        country: ask.get("country")?,
        clearance: ask.need("clearance")?,
        channels: ask.all("channels")?,
        active: ask.text("active") != Some("false"),
    };
    member::put(workspace, context, &member)?;
    Ok(Answer::one(&view(&member)))
}

fn view(member: &Member) -> Value {
    json!({
        "id": member.id,
        "name": member.name,
        "kind": member.kind.to_string(),
        "country": member.country.map(|country| country.to_string()),
        "clearance": member.clearance.to_string(),
        "channels": member.channels.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "active": member.active,
    })
}
