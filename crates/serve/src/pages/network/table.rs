//! What is tied to what was asked for, as tables, with places to begin where nothing was asked for.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use forewarn_app::AppError;
use forewarn_app::campaign::list;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Segment, Template as Written};
use forewarn_app::network::save::{self, View};
use forewarn_app::network::view::{self, Limits, Query};
use forewarn_app::share::json::{self, Drawing};

use super::{Ask, address, every_kind, kind_word, pair};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many rows a table has without script.
const ROWS_MAX: usize = 200;

/// How many campaigns are offered as places to begin.
const STARTS_MAX: u32 = 8;

/// How many steps the form offers.
const STEPS: [u32; 4] = [1, 2, 3, 4];

struct NodeRow {
    id: String,
    key: String,
    label: String,
    kind: String,
    step: u32,
    reports: usize,
    ties: usize,
    expand: Option<String>,
    hide: String,
}

struct TieRow {
    id: String,
    from: String,
    to: String,
    kind: String,
    reports: usize,
    strength: String,
    days: String,
    /// The parameters of the page with its evidence.
    ask: String,
}

struct KindRow {
    name: String,
    word: String,
    count: usize,
    hidden: bool,
}

struct MarkRow {
    a: String,
    b: String,
    a_key: String,
    b_key: String,
    by: String,
    at: String,
    why: String,
}

struct ViewRow {
    name: String,
    owner: String,
    own: bool,
    shared: bool,
    ask: String,
}

struct Start {
    id: String,
    words: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    frame: Frame,
    /// What was asked for, as the form shows it.
    text: String,
    query: Query,
    /// The query as parameters.
    ask: String,
    pinned: String,
    view_name: String,
    problem: Option<String>,
    /// Why it was refused, in English.
    refused: Option<String>,
    drawing: Drawing,
    nodes: Vec<NodeRow>,
    ties: Vec<TieRow>,
    kinds: Vec<KindRow>,
    tie_kinds: Vec<(&'static str, String)>,
    /// What every kind of node is called: for kinds that come later.
    kind_words: Vec<(String, String)>,
    marks: Vec<MarkRow>,
    views: Vec<ViewRow>,
    starts: Vec<Start>,
    steps: [u32; 4],
}

pub(super) async fn network(
    State(shell): State<Shared>,
    who: Signed,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let query = ask.query()?;
    let named = ask.one("view").map(|name| (ask.one("owner").unwrap_or_else(|| who.name.clone()), name));
    let (view, views, drawn, starts) = shell
        .read(&who, move |workspace, context| {
            let limits = save::Limits::default();
            let view = match named {
                Some((owner, name)) => Some(save::open(workspace, context, &owner, &name, &limits)?),
                None => None,
            };
            let query = view.as_ref().map_or(query, |view| view.query.clone());
            let asked = !(query.centre.is_empty() && query.expanded.is_empty() && query.also.is_empty());
            let drawn = match asked {
                true => view::run(workspace, context, &query, &Limits::default()),
                false => Ok(Drawing::default()),
            };
            let starts = match asked {
                true => Vec::new(),
                false => {
                    list::run(
                        workspace,
                        context,
                        &list::Request { count_max: STARTS_MAX, ..Default::default() },
                    )?
                    .campaigns
                }
            };
            let views = save::list(workspace, context, &limits)?;
            Ok((view, views, (query, asked, drawn), starts))
        })
        .await?;
    let (query, asked, drawn) = drawn;
    let frame = Frame::new(&shell, &who, "network", "tab-network").with_script("graph.js");
    let nothing = Drawing::default;
    let (drawing, problem, refused) = match drawn {
        Ok(drawing) if asked && drawing.nodes.is_empty() => {
            (drawing, Some(frame.w("network-nothing-tied")), None)
        }
        Ok(drawing) => (drawing, None, None),
        Err(AppError::NotFound { name, .. }) => {
            (nothing(), Some(frame.with("network-unknown", "text", name)), None)
        }
        Err(AppError::Refused { why, .. }) => (nothing(), None, Some(why)),
        Err(error) => return Err(error.into()),
    };
    let starts = starts.into_iter().map(|listed| Start {
        id: listed.row.id.to_string(),
        words: listed.template.as_ref().map(template_words).unwrap_or_default(),
        count: listed.row.members,
    });
    page(&NetworkPage {
        text: query.centre.join(" "),
        ask: address(&query),
        pinned: view.as_ref().map_or("{}".to_owned(), pinned),
        view_name: view.as_ref().map(|view| view.name.clone()).unwrap_or_default(),
        nodes: node_rows(&frame, &query, &drawing),
        ties: tie_rows(&frame, &drawing),
        kinds: kind_rows(&frame, &query, &drawing),
        tie_kinds: TIE_KINDS.map(|kind| (kind, frame.word_of("network-tie", kind))).to_vec(),
        kind_words: every_kind().map(|kind| (kind.clone(), kind_word(&frame, &kind))).collect(),
        marks: drawing.marked_wrong.iter().map(mark_row).collect(),
        views: views.iter().map(|view| view_row(&who, view)).collect(),
        starts: starts.collect(),
        steps: STEPS,
        problem,
        refused,
        drawing,
        query,
        frame,
    })
}

/// The kinds of ties that reports prove.
const TIE_KINDS: [&str; 4] = ["names", "member_of", "part_of", "pays_to"];

/// The fixed words of a campaign's template.
fn template_words(template: &Written) -> String {
    let fixed = template.segments.iter().map(|segment| match segment {
        Segment::Fixed(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Segment::Slot(_) => "…".to_owned(),
    });
    let words = fixed.collect::<Vec<_>>().join(" ");
    words.chars().take(120).collect()
}

fn pinned(view: &View) -> String {
    serde_json::to_string(&view.pinned).unwrap_or_else(|_| "{}".to_owned())
}

fn node_rows(frame: &Frame, query: &Query, drawing: &Drawing) -> Vec<NodeRow> {
    let row = |node: &json::DrawnNode| {
        let with = |change: fn(&mut Query, String), value: &str| {
            let mut query = query.clone();
            change(&mut query, value.to_owned());
            address(&query)
        };
        NodeRow {
            id: node.id.clone(),
            key: pair("key", &node.key),
            label: node.label.clone(),
            kind: kind_word(frame, &node.kind),
            step: node.step,
            reports: node.reports,
            ties: node.ties,
            expand: node.more.then(|| with(|query, key| query.expanded.push(key), &node.key)),
            hide: with(|query, id| query.hidden.extend([id]), &node.id),
        }
    };
    drawing.nodes.iter().take(ROWS_MAX).map(row).collect()
}

fn tie_rows(frame: &Frame, drawing: &Drawing) -> Vec<TieRow> {
    let node = |id: &str| drawing.nodes.iter().find(|node| node.id == id);
    let row = |tie: &json::DrawnTie| {
        let (from, to) = (node(&tie.from)?, node(&tie.to)?);
        let ends = [("a", &from.key), ("b", &to.key)];
        Some(TieRow {
            id: tie.id.clone(),
            from: from.label.clone(),
            to: to.label.clone(),
            kind: frame.word_of("network-tie", &tie.kind),
            reports: tie.reports,
            strength: format!("{:.2}", tie.strength),
            days: days(tie),
            ask: form_urlencoded::Serializer::new(String::new()).extend_pairs(ends).finish(),
        })
    };
    drawing.ties.iter().take(ROWS_MAX).filter_map(row).collect()
}

fn days(tie: &json::DrawnTie) -> String {
    match (&tie.first, &tie.last) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(first), _) => first.clone(),
        _ => String::new(),
    }
}

fn kind_rows(frame: &Frame, query: &Query, drawing: &Drawing) -> Vec<KindRow> {
    let row = |(kind, count): &(String, usize)| KindRow {
        name: kind.clone(),
        word: kind_word(frame, kind),
        count: *count,
        hidden: query.hidden_kinds.contains(kind),
    };
    drawing.kinds.iter().map(row).collect()
}

fn mark_row(mark: &json::NetworkMark) -> MarkRow {
    let key = |node: &json::NetworkNode| match node.kind.as_str() {
        "report" | "campaign" => node.value.clone(),
        kind => format!("{kind}:{}", node.value),
    };
    MarkRow {
        a: mark.a.value.clone(),
        b: mark.b.value.clone(),
        a_key: key(&mark.a),
        b_key: key(&mark.b),
        by: mark.by.clone(),
        at: mark.at.get(..10).unwrap_or(&mark.at).to_owned(),
        why: mark.why.clone(),
    }
}

fn view_row(who: &Signed, view: &View) -> ViewRow {
    let pairs = [("view", &view.name), ("owner", &view.owner)];
    ViewRow {
        name: view.name.clone(),
        owner: view.owner.clone(),
        own: view.owner == who.name,
        shared: view.shared,
        ask: form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish(),
    }
}
