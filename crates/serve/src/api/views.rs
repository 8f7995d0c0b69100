//! The network as the page draws it: a picture's nodes and ties, evidence, saved views, files.

use std::collections::BTreeMap;

use forewarn_app::network::explore::Shown;
use forewarn_app::network::export::Format;
use forewarn_app::network::save::{self, Place};
use forewarn_app::network::view::{self, Limits, NodeDetail, Query};
use forewarn_app::share::json;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, list, maybe, path, query};
use super::{Answer, Ask, DELETE, Endpoint, GET, Gives, Inside, POST, PUT, Run};
use crate::shell::PageError;

const VALUE: Kind = Kind::Text(2_000);
const ENTITY: Kind = Kind::Id("ent");
const STEPS_MAX: i64 = 6;

const CENTRE: Param = Param {
    required: true,
    ..list("centre", VALUE, "The nodes in the middle: identifiers, reports, campaigns")
};
const STEPS: Param = maybe("steps", Kind::Integer(0, STEPS_MAX), "How many steps around them; 2 if none");
const EXPANDED: Param = list("expanded", VALUE, "Nodes whose neighbours are shown too");
const ALSO: Param = list("also", VALUE, "Nodes that are shown too, without what is around them");
const FROM: Param = maybe("from", Kind::Day, "Only ties of which a report is of this day or later");
const UNTIL: Param = maybe("until", Kind::Day, "Only ties of which a report is of this day or earlier");
const WITHOUT: Param = list("without", Kind::Text(60), "Kinds that are left out: report, phone, handle, …");
const HIDDEN: Param = list("hidden", ENTITY, "Nodes that are left out");

const fn end(name: &'static str, told: &'static str) -> Param {
    Param { required: true, ..query(name, VALUE, told) }
}

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/network/drawing",
        name: "drawNetwork",
        told: "What the page draws: nodes and ties around some nodes, thinned by kind and by time",
        params: &[CENTRE, STEPS, EXPANDED, ALSO, FROM, UNTIL, WITHOUT, HIDDEN],
        run: Run::Read(drawing),
        ..POST
    },
    Endpoint {
        path: "/network/node",
        name: "getNode",
        told: "A node with the latest reports behind it",
        params: &[end("key", "An identifier, a report, a campaign")],
        run: Run::Read(node),
        ..GET
    },
    Endpoint {
        path: "/network/ties",
        name: "getTies",
        told: "The ties between two nodes with the reports that prove them, the strongest first",
        params: &[end("a", "One end"), end("b", "The other end")],
        run: Run::Read(ties),
        ..GET
    },
    Endpoint {
        path: "/network/export",
        name: "exportNetwork",
        told: "What a drawing shows, as a file for other tools",
        right: "export",
        params: &[
            body("format", Kind::Words(formats), "graphml, gexf, stix or csv"),
            CENTRE,
            STEPS,
            EXPANDED,
            ALSO,
            FROM,
            UNTIL,
            WITHOUT,
            HIDDEN,
        ],
        gives: Gives::File(&["application/graphml+xml", "application/gexf+xml", STIX, "text/csv"]),
        run: Run::Read(export),
        ..POST
    },
    Endpoint {
        path: "/network/views",
        name: "listViews",
        told: "Saved views: one's own first, then those that others share",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(views),
        ..GET
    },
    Endpoint {
        path: "/network/views/{name}",
        name: "saveView",
        told: "Save a view under a name, or write one's own of that name anew",
        right: "network_mark",
        params: &[
            path("name", Kind::Text(80), "What one calls it"),
            maybe("shared", Kind::Boolean, "Whether others see it; false if none"),
            CENTRE,
            STEPS,
            EXPANDED,
            ALSO,
            FROM,
            UNTIL,
            WITHOUT,
            HIDDEN,
            list("pinned", Kind::Text(120), "Nodes that stay where they are: id, a space, x, a space, y"),
        ],
        run: Run::Write(save_view),
        ..PUT
    },
    Endpoint {
        path: "/network/views/{name}",
        name: "removeView",
        told: "Remove one's own view of that name",
        right: "network_mark",
        params: &[path("name", Kind::Text(80), "What one calls it")],
        run: Run::Write(remove_view),
        ..DELETE
    },
];

const STIX: &str = "application/stix+json";

fn formats() -> Vec<String> {
    ["graphml", "gexf", "stix", "csv"].map(str::to_owned).into()
}

fn read(ask: &Ask) -> Result<Query, PageError> {
    Ok(Query {
        centre: ask.texts("centre").to_vec(),
        steps: ask.get("steps")?.unwrap_or(2),
        expanded: ask.texts("expanded").to_vec(),
        also: ask.texts("also").to_vec(),
        from: ask.get("from")?,
        until: ask.get("until")?,
        hidden_kinds: ask.texts("without").iter().cloned().collect(),
        hidden: ask.texts("hidden").iter().cloned().collect(),
    })
}

fn drawing(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let query = read(inside.ask)?;
    let drawn = view::run(inside.workspace, inside.context, &query, &Limits::default())?;
    Ok(Answer::one(&json::drawing(&drawn)))
}

fn node(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let detail = view::node(workspace, context, ask.word("key"), &Limits::default())?;
    let NodeDetail { key, entity, label, reports, proofs, common } = &detail;
    Ok(Answer::one(&json!({
        "key": key,
        "id": entity.id.to_string(),
        "kind": entity.kind.name(),
        "label": label,
        "reports": reports,
        "proofs": proofs.iter().map(proof_view).collect::<Vec<_>>(),
        "common": common,
    })))
}

fn ties(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let found = view::ties(workspace, context, ask.word("a"), ask.word("b"), &Limits::default())?;
    let tie = |shown: &Shown| {
        json!({
            "kind": shown.kind.as_str(),
            "from": view::safe(&shown.from),
            "to": view::safe(&shown.to),
            "strength": shown.why.strength,
            "reports": shown.why.reports,
            "proofs": shown.proofs.iter().map(proof_view).collect::<Vec<_>>(),
        })
    };
    Ok(Answer::one(&json!({ "ties": found.iter().map(tie).collect::<Vec<_>>() })))
}

fn proof_view(proof: &forewarn_app::network::explore::Proof) -> Value {
    json!({
        "report": proof.report.to_string(),
        "kind": proof.kind.to_string(),
        "source": proof.source,
        "external_id": proof.external_id,
        "date": proof.date.to_string(),
        "grading": proof.grading.to_string(),
        "excerpt": proof.excerpt,
    })
}

fn export(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let format: Format = ask.need("format")?;
    let mut bytes = Vec::new();
    view::export(workspace, context, &read(ask)?, format, &mut bytes, &Limits::default())?;
    let media = match format {
        Format::GraphMl => "application/graphml+xml",
        Format::Gexf => "application/gexf+xml",
        Format::Stix => STIX,
        Format::Csv => "text/csv; charset=utf-8",
    };
    Ok(Answer::file(media, bytes))
}

fn views(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = save::list(inside.workspace, inside.context, &save::Limits::default())?;
    let view = |view: &save::View| {
        let query = &view.query;
        let pinned = view.pinned.iter().map(|(id, place)| format!("{id} {} {}", place.x, place.y));
        json!({
            "name": view.name,
            "owner": view.owner,
            "shared": view.shared,
            "saved_at": view.saved_at.to_string(),
            "centre": query.centre,
            "steps": query.steps,
            "expanded": query.expanded,
            "also": query.also,
            "from": query.from.map(|day| day.to_string()),
            "until": query.until.map(|day| day.to_string()),
            "without": query.hidden_kinds,
            "hidden": query.hidden,
            "pinned": pinned.collect::<Vec<_>>(),
        })
    };
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn save_view(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let pinned = ask.texts("pinned").iter().map(|text| pin(text)).collect::<Result<BTreeMap<_, _>, _>>()?;
    let (name, shared) = (ask.word("name").to_owned(), ask.is("shared"));
    let request = save::Request { name, shared, query: read(ask)?, pinned };
    save::run(workspace, context, &request, &save::Limits::default())?;
    Ok(Answer::one(&json!({ "name": request.name.trim(), "shared": shared })))
}

fn pin(text: &str) -> Result<(String, Place), PageError> {
    let read = || {
        let mut parts = text.split(' ');
        let (id, x, y) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (parts.next().is_none() && id.starts_with("ent-")).then(|| (id.to_owned(), Place { x, y }))
    };
    read().ok_or_else(|| PageError::bad("pinned: expected an id, x and y with spaces between them"))
}

fn remove_view(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    save::remove(inside.workspace, inside.context, inside.ask.word("name"))?;
    Ok(Answer::one(&json!({ "name": inside.ask.word("name"), "removed": true })))
}
