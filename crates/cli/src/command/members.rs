//! `forewarn members`

use anyhow::Result;
use forewarn_app::member;
use forewarn_app::model::Channel;
use forewarn_app::model::member::Member;
use serde_json::{Value, json};

use crate::args::{Global, Members, MembersAction};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Members) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    match &args.action {
        MembersAction::Put { id, name, kind, country, clearance, channels, inactive } => {
            let put = Member {
                id: id.clone(),
                name: name.clone(),
                kind: *kind,
                country: *country,
                clearance: *clearance,
                channels: channels.clone(),
                active: !inactive,
            };
            member::put(&mut workspace, &context, &put)?;
            show(global, &[put])
        }
        MembersAction::List => show(global, &member::list(&workspace, &context)?),
        MembersAction::Secret { id } => {
            let secret = member::secret(&mut workspace, &context, id)?;
            if global.json {
                output::json(&json!({ "id": id, "secret": secret }))?;
            } else {
                output::line(&secret)?;
            }
            Ok(Code::Done)
        }
    }
}

fn show(global: &Global, members: &[Member]) -> Result<Code> {
    if global.json {
        output::json(&Value::Array(members.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let rows = members.iter().map(|member| {
        vec![
            member.id.clone(),
            member.name.clone(),
            member.kind.to_string(),
            member.country.map_or_else(String::new, |country| country.to_string()),
            format!("TLP:{}", member.clearance.as_str()),
            channels(member).join(" "),
            if member.active { String::new() } else { "inactive".to_owned() },
        ]
    });
    let header = ["member", "name", "kind", "country", "clearance", "channels", ""];
    output::list(&header, rows.collect(), "no members yet: `forewarn members put` adds one")?;
    Ok(Code::Done)
}

fn channels(member: &Member) -> Vec<String> {
    member.channels.iter().map(Channel::to_string).collect()
}

fn view(member: &Member) -> Value {
    json!({
        "id": member.id, "name": member.name, "kind": member.kind.as_str(),
        "country": member.country.map(|country| country.to_string()),
        "clearance": member.clearance.as_str(), "channels": channels(member), "active": member.active,
    })
}
