//! The network: what is tied to an identifier, with the evidence.

use forewarn_app::network::explore::{self, Aim, Limits};
use forewarn_app::network::find;
use forewarn_app::network::mark::{self, Outcome};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, query};
use super::{Answer, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

const VALUE: Kind = Kind::Text(2_000);
const WHY: Param = body("why", Kind::Text(2_000), "Why; stays on record");
const A: Param = body("a", VALUE, "One end of the tie: an identifier, a report, a campaign");
const B: Param = body("b", VALUE, "The other end");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/network",
        name: "exploreNetwork",
        told: "What is tied to an identifier, a report or a campaign within some steps",
        right: "look",
        params: &[
            Param {
                required: true,
                ..query("centre", VALUE, "A phone, handle, domain, wallet, report, campaign")
            },
            query("steps", Kind::Integer(1, 4), "How many steps; 1 if none"),
        ],
        gives: Gives::One,
        run: Run::Read(explore),
    },
    Endpoint {
        method: "GET",
        path: "/network/path",
        name: "findPath",
        told: "The shortest way between two nodes, or the strongest",
        right: "look",
        params: &[
            Param { required: true, ..query("from", VALUE, "One end") },
            Param { required: true, ..query("to", VALUE, "The other end") },
            query("strongest", Kind::Boolean, "The strongest way instead of the shortest"),
        ],
        gives: Gives::One,
        run: Run::Read(path),
    },
    Endpoint {
        method: "GET",
        path: "/network/marks",
        name: "listMarks",
        told: "Ties that analysts marked as wrong",
        right: "look",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(marks),
    },
    Endpoint {
        method: "POST",
        path: "/network/marks",
        name: "markWrong",
        told: "Say that a tie is wrong; it is out of the network until it is taken back",
        right: "network_mark",
        params: &[A, B, WHY],
        gives: Gives::Made,
        run: Run::Write(mark_wrong),
    },
    Endpoint {
        method: "POST",
        path: "/network/marks/take-back",
        name: "takeMarkBack",
        told: "Take back that a tie is wrong",
        right: "network_mark",
        params: &[A, B, WHY],
        gives: Gives::One,
        run: Run::Write(take_back),
    },
];

fn explore(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let centre = find::run(workspace, context, ask.word("centre"))?;
    let steps = ask.get("steps")?.unwrap_or(1);
    let view = explore::run(workspace, context, &centre, steps, &Limits::default())?;
    Ok(Answer::one(&explore::view(&view)))
}

fn path(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let ends = [ask.word("from"), ask.word("to")];
    let (from, to) = (find::run(workspace, context, ends[0])?, find::run(workspace, context, ends[1])?);
    let aim = if ask.is("strongest") { Aim::Strongest } else { Aim::Shortest };
    let way = explore::path(workspace, context, &from, &to, aim, &Limits::default())?;
    Ok(Answer::one(&json!({ "path": explore::way_view(way.as_ref()) })))
}

fn marks(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    match mark::views(&mark::standing(inside.workspace, inside.context)?) {
        Value::Array(items) => Answer::part(items, inside.ask),
        other => Ok(Answer::one(&other)),
    }
}

fn mark_wrong(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let outcome = mark::run(workspace, context, ask.word("a"), ask.word("b"), ask.word("why"))?;
    Ok(Answer::made(&match outcome {
        Outcome::Marked(mark) => json!({ "marked": mark::views(&[mark])[0] }),
        Outcome::Split(split) => {
            let ids: Vec<String> = split.campaigns.iter().map(|(id, _)| id.to_string()).collect();
            json!({ "split": ids })
        }
    }))
}

fn take_back(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let mark = mark::take_back(workspace, context, ask.word("a"), ask.word("b"), ask.word("why"))?;
    Ok(Answer::one(&json!({ "taken_back": mark::views(&[mark])[0] })))
}
