//! The network: what is tied to an identifier, as tables and as a picture; a node and a tie with their evidence;
//! the way between two; marks, saved views and files.
//!
//! Everything that is looked at stands in the address, so that a page can be sent on, and works without script.

use askama::Template;
use axum::Router;
use axum::extract::{Form, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::AppError;
use forewarn_app::campaign::find;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{CryptoChain, HandleService};
use forewarn_app::network::explore::{Aim, Proof, Shown};
use forewarn_app::network::export::Format;
use forewarn_app::network::find::Key;
use forewarn_app::network::mark;
use forewarn_app::network::save::{self, View};
use forewarn_app::network::view::{self, Limits, NodeDetail, Query};
use forewarn_app::share::json::{self, Drawing};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, html_answer, page};

/// How many rows a table has without script.
const ROWS_MAX: usize = 200;

/// How many campaigns are offered as places to begin.
const STARTS_MAX: usize = 8;

/// How many steps the form offers.
const STEPS: [u32; 4] = [1, 2, 3, 4];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/network", get(network))
        .route("/network.json", get(drawing))
        .route("/network/node", get(node))
        .route("/network/tie", get(tie))
        .route("/network/way", get(way))
        .route("/network/way.json", get(way_drawing))
        .route("/network/export", get(export))
        .route("/network/mark", post(mark_wrong))
        .route("/network/unmark", post(take_back))
        .route("/network/views", post(save_view))
        .route("/network/views/remove", post(remove_view))
}

/// The parameters of an address; names may come several times.
struct Ask(Vec<(String, String)>);

impl Ask {
    fn read(raw: RawQuery) -> Self {
        let text = raw.0.unwrap_or_default();
        Self::parse(&text)
    }

    fn parse(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        Self(pairs.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = String> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim().to_owned())
    }

    fn one(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    fn required(&self, name: &str) -> Result<String, PageError> {
        self.one(name).ok_or_else(|| PageError::bad(format!("read the address: {name} is missing")))
    }

    fn query(&self) -> Result<Query, PageError> {
        let steps = match self.one("steps") {
            Some(text) => text
                .parse()
                .map_err(|_| PageError::bad(format!("read steps {text:?}: expected a whole number")))?,
            None => 2,
        };
        let day = |name: &str| {
            let parse = |text: String| {
                let what = format!("read {name} {text:?}: expected a day as 2023-06-07");
                text.parse().map_err(|_| PageError::bad(what))
            };
            self.one(name).map(parse).transpose()
        };
        Ok(Query {
            centre: self.all("q").collect(),
            steps,
            expanded: self.all("more").collect(),
            also: self.all("with").collect(),
            from: day("from")?,
            until: day("until")?,
            hidden_kinds: self.all("without").collect(),
            hidden: self.all("hide").collect(),
        })
    }
}

/// A query as the parameters of an address.
fn address(query: &Query) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let lists = [("q", &query.centre), ("more", &query.expanded), ("with", &query.also)];
    for (name, values) in lists {
        out.extend_pairs(values.iter().map(|value| (name, value)));
    }
    out.append_pair("steps", &query.steps.to_string());
    for (name, values) in [("without", &query.hidden_kinds), ("hide", &query.hidden)] {
        out.extend_pairs(values.iter().map(|value| (name, value)));
    }
    for (name, day) in [("from", query.from), ("until", query.until)] {
        out.extend_pairs(day.map(|day| (name, day.to_string())));
    }
    out.finish()
}

fn pair(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

// The page.

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
    count: usize,
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

async fn network(State(shell): State<Shared>, who: Signed, raw: RawQuery) -> Result<Response, PageError> {
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
                false => find::overview(workspace, context, STARTS_MAX)?,
            };
            let views = save::list(workspace, context, &limits)?;
            Ok((view, views, (query, asked, drawn), starts))
        })
        .await?;
    let (query, asked, drawn) = drawn;
    let frame = Frame::new(&shell, &who, "network", "tab-network").with_script("graph.js");
    let (drawing, problem) = match drawn {
        Ok(drawing) if asked && drawing.nodes.is_empty() => (drawing, Some(frame.w("network-nothing-tied"))),
        Ok(drawing) => (drawing, None),
        Err(AppError::NotFound { name, .. }) => {
            (Drawing::default(), Some(frame.with("network-unknown", "text", name)))
        }
        Err(AppError::Refused { why, .. }) => (Drawing::default(), Some(why)),
        Err(error) => return Err(error.into()),
    };
    let starts = starts.into_iter().map(|overview| Start {
        id: overview.campaign.id.to_string(),
        words: template_words(&overview),
        count: overview.members,
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
        drawing,
        query,
        frame,
    })
}

/// The kinds of ties that reports prove.
const TIE_KINDS: [&str; 4] = ["names", "member_of", "part_of", "pays_to"];

/// The fixed words of a campaign's template.
fn template_words(overview: &find::Overview) -> String {
    use forewarn_app::model::Segment;
    let fixed = overview.campaign.template.segments.iter().map(|segment| match segment {
        Segment::Fixed(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Segment::Slot(_) => "…".to_owned(),
    });
    let words = fixed.collect::<Vec<_>>().join(" ");
    words.chars().take(120).collect()
}

fn pinned(view: &View) -> String {
    serde_json::to_string(&view.pinned).unwrap_or_else(|_| "{}".to_owned())
}

/// Every kind of node that is drawn.
fn every_kind() -> impl Iterator<Item = String> {
    let plain = ["phone", "email", "url", "domain", "iban", "report", "campaign"].map(str::to_owned);
    let handles = HandleService::ALL.iter().map(|service| format!("handle:{}", service.as_str()));
    let chains = CryptoChain::ALL.iter().map(|chain| format!("crypto:{}", chain.as_str()));
    plain.into_iter().chain(handles).chain(chains)
}

/// What a kind of node is called: `phone`, `handle:telegram`, …
fn kind_word(frame: &Frame, kind: &str) -> String {
    match kind.split_once(':') {
        Some(("handle", "unknown")) => frame.w("network-kind-handle"),
        Some((family, name)) => {
            let known = BRANDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, brand)| brand);
            frame.with(&format!("network-kind-{family}-of"), "name", known)
        }
        None => frame.word_of("network-kind", kind),
    }
}

/// Names of services and chains as they write themselves.
const BRANDS: [(&str, &str); 19] = [
    ("telegram", "Telegram"),
    ("whatsapp", "WhatsApp"),
    ("line", "LINE"),
    ("wechat", "WeChat"),
    ("zalo", "Zalo"),
    ("viber", "Viber"),
    ("signal", "Signal"),
    ("kakao", "KakaoTalk"),
    ("qq", "QQ"),
    ("skype", "Skype"),
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("tiktok", "TikTok"),
    ("x", "X"),
    ("imo", "imo"),
    ("btc", "Bitcoin"),
    ("eth", "Ethereum"),
    ("tron", "TRON"),
    ("ltc", "Litecoin"),
];

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

// Data for the picture.

async fn drawing(State(shell): State<Shared>, who: Signed, raw: RawQuery) -> Result<Response, PageError> {
    let query = Ask::read(raw).query()?;
    let drawn = shell
        .read(&who, move |workspace, context| view::run(workspace, context, &query, &Limits::default()))
        .await?;
    Ok(data(&json::drawing(&drawn)))
}

async fn way_drawing(State(shell): State<Shared>, who: Signed, raw: RawQuery) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (from, to) = (ask.required("way_from")?, ask.required("way_to")?);
    let found = shell
        .read(&who, move |workspace, context| {
            view::path(workspace, context, &from, &to, Aim::Shortest, &Limits::default())
        })
        .await?;
    let mut view = json::drawing(&found.as_ref().map(|(drawing, _)| drawing.clone()).unwrap_or_default());
    view["found"] = found.is_some().into();
    Ok(data(&view))
}

fn data(value: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, value.to_string()).into_response()
}

async fn export(State(shell): State<Shared>, who: Signed, raw: RawQuery) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let query = ask.query()?;
    let name = ask.required("format")?;
    let format: Format = name.parse().map_err(PageError::bad)?;
    let bytes = shell
        .write(&who, move |workspace, context| {
            let mut bytes = Vec::new();
            view::export(workspace, context, &query, format, &mut bytes, &Limits::default())?;
            Ok(bytes)
        })
        .await?;
    let (media_type, ending) = match format {
        Format::GraphMl => ("application/graphml+xml", "graphml"),
        Format::Gexf => ("application/gexf+xml", "gexf"),
        Format::Stix => ("application/stix+json;version=2.1", "json"),
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let disposition = format!("attachment; filename=\"network.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

// The panel: a part of the page for the script, a page of its own without.

struct ProofRow {
    report: String,
    kind: String,
    source: String,
    day: String,
    grading: String,
    grading_words: String,
    excerpt: String,
}

fn proof_row(frame: &Frame, proof: &Proof) -> ProofRow {
    let id = proof.external_id.as_ref().filter(|id| !id.is_empty()).map(|id| format!(" · {id}"));
    ProofRow {
        report: proof.report.to_string(),
        kind: frame.word_of("network-report", proof.kind),
        source: format!("{}{}", proof.source, id.unwrap_or_default()),
        day: proof.date.to_string().get(..10).unwrap_or_default().to_owned(),
        grading: proof.grading.to_string(),
        grading_words: grading_words(frame, &proof.grading.to_string()),
        excerpt: proof.excerpt.clone(),
    }
}

/// What a grading says, in words.
pub(crate) fn grading_words(frame: &Frame, grading: &str) -> String {
    let mut letters = grading.chars();
    let (reliability, credibility) = (letters.next().unwrap_or('F'), letters.next().unwrap_or('6'));
    let (of_source, of_fact) = (
        frame.word_of("incident-reliability", reliability),
        frame.word_of("incident-credibility", credibility),
    );
    format!("{of_source}, {of_fact}")
}

struct TiePart {
    kind: String,
    from: String,
    to: String,
    strength: String,
    reports: usize,
    shared_by: Option<usize>,
    proofs: Vec<ProofRow>,
    more: usize,
}

fn tie_part(frame: &Frame, shown: &Shown) -> TiePart {
    TiePart {
        kind: frame.word_of("network-tie", shown.kind.as_str()),
        from: view::safe(&shown.from),
        to: view::safe(&shown.to),
        strength: format!("{:.2}", shown.why.strength),
        reports: shown.why.reports,
        shared_by: shown.why.shared_by,
        proofs: shown.proofs.iter().map(|proof| proof_row(frame, proof)).collect(),
        more: shown.why.reports.saturating_sub(shown.proofs.len()),
    }
}

#[derive(Template)]
#[template(path = "network_node.html")]
struct NodePart<'a> {
    frame: &'a Frame,
    kind: String,
    ask: String,
    /// Where the report or campaign has its page.
    home: Option<String>,
    detail: &'a NodeDetail,
    proofs: Vec<ProofRow>,
    more: u64,
}

#[derive(Template)]
#[template(path = "network_tie.html")]
struct TiePartPage<'a> {
    frame: &'a Frame,
    a: &'a str,
    b: &'a str,
    ties: Vec<TiePart>,
    may_mark: bool,
}

#[derive(Template)]
#[template(path = "network_way.html")]
struct WayPart<'a> {
    frame: &'a Frame,
    from: &'a str,
    to: &'a str,
    steps: Option<Vec<TiePart>>,
    complete: bool,
}

#[derive(Template)]
#[template(path = "network_part.html")]
struct PartPage {
    frame: Frame,
    part: String,
}

/// A part by itself for the script; within a page for everybody else.
fn part(frame: Frame, headers: &HeaderMap, html: askama::Result<String>) -> Result<Response, PageError> {
    let part = html.map_err(|error| {
        tracing::error!("make a page: {error}");
        PageError::failed("make the page")
    })?;
    match headers.contains_key("hx-request") {
        true => Ok(html_answer(StatusCode::OK, part)),
        false => page(&PartPage { part, frame }),
    }
}

async fn node(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let key = Ask::read(raw).required("key")?;
    let detail = shell
        .read(&who, move |workspace, context| view::node(workspace, context, &key, &Limits::default()))
        .await?;
    let frame = Frame::new(&shell, &who, "network", "tab-network").titled(detail.label.clone());
    let home = match view::exact(&detail.key) {
        Some(Key::Report(id)) => Some(format!("/reports/{id}")),
        Some(Key::Campaign(id)) => Some(format!("/campaigns/{id}")),
        _ => None,
    };
    let html = NodePart {
        kind: kind_word(&frame, &detail.entity.kind.name()),
        ask: pair("q", &detail.key),
        home,
        proofs: detail.proofs.iter().map(|proof| proof_row(&frame, proof)).collect(),
        more: detail.reports.saturating_sub(detail.proofs.len() as u64),
        detail: &detail,
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}

async fn tie(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (a, b) = (ask.required("a")?, ask.required("b")?);
    let ends = (a.clone(), b.clone());
    let ties = shell
        .read(&who, move |workspace, context| {
            view::ties(workspace, context, &ends.0, &ends.1, &Limits::default())
        })
        .await?;
    let frame = Frame::new(&shell, &who, "network", "network-evidence");
    let html = TiePartPage {
        a: &a,
        b: &b,
        ties: ties.iter().map(|shown| tie_part(&frame, shown)).collect(),
        may_mark: frame.may(Right::NetworkMark),
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}

async fn way(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (from, to) = (ask.required("way_from")?, ask.required("way_to")?);
    let ends = (from.clone(), to.clone());
    let found = shell
        .read(&who, move |workspace, context| {
            view::path(workspace, context, &ends.0, &ends.1, Aim::Shortest, &Limits::default())
        })
        .await?;
    let frame = Frame::new(&shell, &who, "network", "network-way");
    let html = WayPart {
        from: &from,
        to: &to,
        complete: found.as_ref().is_none_or(|(drawing, _)| drawing.complete),
        steps: found.map(|(_, steps)| steps.iter().map(|step| tie_part(&frame, step)).collect()),
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}

// What an analyst does.

#[derive(Debug, Deserialize)]
struct Ends {
    a: String,
    b: String,
    #[serde(default)]
    why: String,
}

#[derive(Template)]
#[template(path = "network_done.html")]
struct Done<'a> {
    frame: &'a Frame,
    message: &'static str,
}

async fn mark_wrong(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    Form(ends): Form<Ends>,
) -> Result<Response, PageError> {
    let a = ends.a.clone();
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::NetworkMark)?;
            let (a, b) = (named(&ends.a), named(&ends.b));
            mark::run(workspace, context, &a, &b, &ends.why).map(drop)
        })
        .await?;
    after(&shell, &who, &headers, "network-marked", &a)
}

async fn take_back(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    Form(ends): Form<Ends>,
) -> Result<Response, PageError> {
    let a = ends.a.clone();
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::NetworkMark)?;
            let (a, b) = (named(&ends.a), named(&ends.b));
            mark::take_back(workspace, context, &a, &b, &ends.why).map(drop)
        })
        .await?;
    after(&shell, &who, &headers, "network-unmarked", &a)
}

/// A key as `app` reads what people write.
fn named(key: &str) -> String {
    view::exact(key).map_or_else(|| key.to_owned(), |key| view::written(&key))
}

fn after(
    shell: &Shared,
    who: &Signed,
    headers: &HeaderMap,
    done: &'static str,
    a: &str,
) -> Result<Response, PageError> {
    shell.live.tell("network", "");
    if !headers.contains_key("hx-request") {
        return Ok(Redirect::to(&format!("/network?{}&done={done}", pair("q", a))).into_response());
    }
    let frame = Frame::new(shell, who, "network", "tab-network");
    let message = if done == "network-marked" { "done-network-marked" } else { "done-network-unmarked" };
    let html = Done { frame: &frame, message }.render();
    part(frame, headers, html)
}

#[derive(Debug, Deserialize)]
struct SaveForm {
    name: String,
    query: String,
    #[serde(default)]
    pinned: String,
    shared: Option<String>,
}

async fn save_view(
    State(shell): State<Shared>,
    who: Signed,
    Form(form): Form<SaveForm>,
) -> Result<Redirect, PageError> {
    let query = Ask::parse(&form.query).query()?;
    let pinned = match form.pinned.trim() {
        "" => Default::default(),
        text => serde_json::from_str(text).map_err(|error| {
            PageError::bad(format!("read the pinned nodes: {error}: load the page again"))
        })?,
    };
    let request = save::Request { name: form.name.clone(), shared: form.shared.is_some(), query, pinned };
    shell
        .write(&who, move |workspace, context| {
            save::run(workspace, context, &request, &save::Limits::default())
        })
        .await?;
    let name = pair("view", form.name.trim());
    Ok(Redirect::to(&format!("/network?{name}&done=network-saved")))
}

#[derive(Debug, Deserialize)]
struct RemoveForm {
    name: String,
}

async fn remove_view(
    State(shell): State<Shared>,
    who: Signed,
    Form(form): Form<RemoveForm>,
) -> Result<Redirect, PageError> {
    shell.write(&who, move |workspace, context| save::remove(workspace, context, &form.name)).await?;
    Ok(Redirect::to("/network?done=network-removed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let text = "q=%40hr_vest_test&q=cmp-1&more=phone%3A%2B44&with=domain%3Aa.example&steps=3\
                    &without=report&hide=ent-1&from=2023-01-01&until=2023-12-31";
        let query = Ask::parse(text).query().unwrap();
        assert_eq!((query.centre.len(), query.steps, query.hidden.len()), (2, 3, 1));
        assert_eq!(Ask::parse(&address(&query)).query(), Ok(query));
    }

    #[test]
    fn an_address_with_mistakes_names_them() {
        for (text, part) in [("steps=x", "steps"), ("from=2023-13-01", "from"), ("steps=-1", "steps")] {
            let error = Ask::parse(text).query().unwrap_err();
            assert!(error.what.contains(part), "{text}: {}", error.what);
        }
        assert_eq!(Ask::parse("q=&steps=&from=").query().unwrap().steps, 2, "empty fields are none");
    }
}
