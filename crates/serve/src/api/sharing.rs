//! What other systems fetch: the MISP feed.

use forewarn_app::misp::feed::{self, Request};
use forewarn_app::model::Tlp;

use super::ask::{Kind, Param, path, query};
use super::members::markings;
use super::{Answer, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

const MARKING: Param = query("tlp", Kind::Words(markings), "The most restricted marking; green if none");

pub(super) const ENDPOINTS: &[Endpoint] = &[Endpoint {
    method: "GET",
    path: "/misp/{file}",
    name: "getMispFeed",
    told: "A file of the MISP feed: manifest.json, hashes.csv, or <uuid>.json of an event",
    right: "export",
    params: &[path("file", Kind::Text(60), "manifest.json, hashes.csv or <uuid>.json"), MARKING],
    gives: Gives::Document,
    run: Run::Read(misp),
}];

fn misp(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let tlp: Option<Tlp> = ask.get("tlp")?;
    let request = Request { tlp: tlp.unwrap_or(Tlp::Green), ..Request::default() };
    let file = ask.word("file");
    let feed = feed::make(workspace, context, &request)?;
    let missing = || PageError::not_found("file of the feed", file);
    Ok(match file {
        "hashes.csv" => Answer::table(feed.hashes().into_bytes()),
        "manifest.json" => Answer::one(&feed.manifest()),
        _ => Answer::one(file.strip_suffix(".json").and_then(|uuid| feed.event(uuid)).ok_or_else(missing)?),
    })
}
