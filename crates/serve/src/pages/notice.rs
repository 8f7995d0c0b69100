//! One notice: its sentences with their evidence, what the rules object to, and the next step of its life.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::date::day_of;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{EvidenceRef, EvidenceTarget, Language, Notice, NoticeState, Tlp};
use forewarn_app::notice::edit::{self, Candidates};
use forewarn_app::notice::end::{self, End};
use forewarn_app::notice::review::{self, Choice, Overridden, Told};
use forewarn_app::notice::{self, issue, localize, render};
use forewarn_app::{AppError, Context, Workspace};
use serde::Deserialize;

use super::notices::marking;
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many references of a sentence are shown before the rest is folded away.
const EVIDENCE_SHOWN_MAX: usize = 3;

/// The files of a notice: name, media type, whether there is one before it is issued.
pub(crate) const FILES: [(&str, &str, bool); 6] = [
    ("notice.pdf", "application/pdf", true),
    ("notice.html", "text/html; charset=utf-8", true),
    ("notice.txt", "text/plain; charset=utf-8", true),
    ("notice.json", "application/json", false),
    ("notice.cap.xml", "application/cap+xml", false),
    ("notice.stix.json", "application/stix+json;version=2.1", false),
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/notices/{id}", get(show))
        .route("/notices/{id}/edit", post(change))
        .route("/notices/{id}/submit", post(submit))
        .route("/notices/{id}/approve", post(approve))
        .route("/notices/{id}/reject", post(reject))
        .route("/notices/{id}/issue", post(issued))
        .route("/notices/{id}/end", post(ended))
        .route("/notices/{id}/file/{file}", get(file))
}

struct Proof {
    label: String,
    /// Where the thing is shown at this desk.
    href: String,
    /// Where it was published.
    url: Option<String>,
    grading: String,
    known_from: String,
}

struct Line {
    key: String,
    text: String,
    chosen: bool,
    shown: Vec<Proof>,
    more: Vec<Proof>,
    findings: Vec<Told>,
}

struct Part {
    heading: String,
    lines: Vec<Line>,
}

struct Identifier {
    key: String,
    kind: String,
    value: String,
    chosen: bool,
    findings: Vec<Told>,
}

struct StepRow {
    word: String,
    who: String,
    when: String,
    why: String,
}

/// A notice that may replace this one.
struct Successor {
    id: String,
    number: String,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    notice: Notice,
    id: String,
    state_word: String,
    headline: String,
    headline_proofs: Vec<Proof>,
    parts: Vec<Part>,
    identifiers: Vec<Identifier>,
    /// What the rules object to in the notice as a whole.
    whole: Vec<Told>,
    /// What blocks, for the form that overrides.
    blocking: Vec<Told>,
    history: Vec<StepRow>,
    approvals: Vec<String>,
    /// Why the reader may not approve, in words; none if he may.
    not_approve: Option<String>,
    clearances: Vec<&'static str>,
    successors: Vec<Successor>,
    files: Vec<&'static str>,
    editable: bool,
    overdue: bool,
}

impl NoticePage {
    fn is(&self, state: &str) -> bool {
        self.notice.state().as_str() == state
    }

    /// The class of a step in the row of steps: done, now, or nothing.
    fn step(&self, state: &str) -> &'static str {
        let order = ["draft", "in_review", "approved", "issued"];
        let place = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
        match place(state).cmp(&place(self.notice.state().as_str())) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        }
    }
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let language = who.language;
    let wanted = id.clone();
    let (all, view, findings, successors, now) = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let all = edit::candidates(workspace, context, &wanted)?;
            // All candidates are put into words at once: as if they all stood in the notice.
            let mut whole = all.notice.clone();
            let every = all.statements.iter().map(|(_, one, _)| one.clone()).collect();
            if let Ok(every) = forewarn_app::model::Vec1::try_from_vec(every) {
                whole.statements = every;
            }
            let view = localize::one(&whole, language, engine.country_names())?;
            let findings = review::findings(&all.notice, None, language, engine.country_names())?;
            let issued = notice::list(workspace, context)?.into_iter().map(|(_, notice)| notice);
            let others = issued.filter(|one| one.state() == NoticeState::Issued && one.id != all.notice.id);
            let successors: Vec<Successor> =
                others.map(|one| Successor { id: one.id.to_string(), number: one.number }).collect();
            Ok((all, view, findings, successors, context.now))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "notices", "tab-notices").titled(all.notice.number.clone());
    let Candidates { notice, statements, observables } = all;
    let mut by_place: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    let blocking = findings.iter().filter(|finding| finding.blocks).cloned().collect();
    for finding in findings {
        by_place.entry(finding.place.clone()).or_default().push(finding);
    }
    let mut parts: Vec<Part> = Vec::new();
    let (mut at, mut each) = (0, statements.iter());
    for section in &view.sections {
        let mut lines = Vec::new();
        for sentence in &section.sentences {
            let Some((key, statement, chosen)) = each.next() else { break };
            at += usize::from(*chosen);
            let place = format!("statement {at}");
            let mut shown: Vec<Proof> = statement.refs.iter().map(proof).collect();
            let more = shown.split_off(shown.len().min(EVIDENCE_SHOWN_MAX));
            let findings = if *chosen { by_place.remove(&place).unwrap_or_default() } else { Vec::new() };
            lines.push(Line {
                key: key.clone(),
                text: sentence.text.clone(),
                chosen: *chosen,
                shown,
                more,
                findings,
            });
        }
        parts.push(Part { heading: section.heading.clone(), lines });
    }
    let word = |kind: &str| view.labels.get(&format!("observable-{}", kind.replace(':', "-"))).cloned();
    let identifiers = observables.iter().enumerate().map(|(at, (one, chosen))| {
        let kind = one.kind.to_string();
        Identifier {
            key: edit::identifier_key(one),
            kind: word(&kind).unwrap_or(kind),
            value: one.value.clone(),
            chosen: *chosen,
            findings: by_place.remove(&format!("observable {}", at + 1)).unwrap_or_default(),
        }
    });
    let identifiers = identifiers.collect();
    let history = notice.history.iter().map(|step| StepRow {
        word: frame.word_of("notice-state", step.to),
        who: step.who.clone(),
        when: frame.time(&step.when),
        // The seal of the content is for the machine.
        why: step.why.split(" [content ").next().unwrap_or_default().to_owned(),
    });
    let history = history.collect();
    let approvals: Vec<String> = review::approvals(&notice).into_iter().map(str::to_owned).collect();
    let not_approve = hindrance(&frame, &notice, &approvals, &who.name);
    let (draft, issued) = (notice.state() == NoticeState::Draft, notice.issued_at().is_some());
    page(&NoticePage {
        id: notice.id.to_string(),
        state_word: frame.word_of("notice-state", notice.state()),
        headline: view.headline.text,
        headline_proofs: notice.headline.refs.iter().take(EVIDENCE_SHOWN_MAX).map(proof).collect(),
        parts,
        identifiers,
        whole: by_place.into_values().flatten().collect(),
        blocking,
        history,
        approvals,
        not_approve,
        clearances: Tlp::ALL.iter().map(|tlp| tlp.as_str()).collect(),
        successors,
        files: FILES.iter().filter(|(_, _, before)| issued || *before).map(|(name, ..)| *name).collect(),
        editable: draft && frame.may(Right::NoticeDraft),
        overdue: notice.review_by < day_of(now),
        notice,
        frame,
    })
}

/// Why this reader cannot approve: four eyes are two other people's.
fn hindrance(frame: &Frame, notice: &Notice, approvals: &[String], who: &str) -> Option<String> {
    let same = |name: &str| name.trim().eq_ignore_ascii_case(who.trim());
    if !frame.may(Right::NoticeReview) {
        Some(frame.w("notice-not-reviewer"))
    } else if same(&notice.author) {
        Some(frame.w("notice-own-work"))
    } else if approvals.iter().any(|name| same(name)) {
        Some(frame.w("notice-approved-already"))
    } else {
        None
    }
}

fn proof(reference: &EvidenceRef) -> Proof {
    let target = reference.target.to_string();
    let href = match reference.target {
        EvidenceTarget::Report(_) => format!("/reports/{target}"),
        EvidenceTarget::Incident(_) => format!("/incidents/{target}"),
        EvidenceTarget::Campaign(_) => format!("/campaigns/{target}"),
        EvidenceTarget::Alarm(_) => format!("/alarms/{target}"),
    };
    let (label, url) = match reference.label.split_once(", http") {
        Some((publisher, rest)) => (publisher.to_owned(), Some(format!("http{rest}"))),
        None => (reference.label.clone(), None),
    };
    let (grading, known_from) = (reference.grading.to_string(), reference.known_from.to_string());
    Proof { label, href, url, grading, known_from }
}

/// Fields of a form, in order; a name may come several times.
type Fields = Vec<(String, String)>;

fn first<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

fn all(fields: &Fields, name: &str) -> Vec<String> {
    fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    let review_by = first(&fields, "review_by");
    let choice = edit::Choice {
        statements: all(&fields, "statement"),
        observables: all(&fields, "identifier"),
        marking: marking(first(&fields, "tlp"))?,
        review_by: review_by.parse().map_err(|_| {
            PageError::bad(format!("read last day {review_by:?}: expected a date such as 2026-12-31"))
        })?,
    };
    let name = id.clone();
    shell.write(&who, move |workspace, context| edit::run(workspace, context, &name, &choice)).await?;
    Ok(after(&shell, &id, "notice-changed"))
}

async fn submit(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    // `override <finding>@<place>`: the reason for which that finding may stand.
    let overridden =
        fields.iter().filter(|(_, reason)| !reason.trim().is_empty()).filter_map(|(name, reason)| {
            let (finding, place) = name.strip_prefix("override ")?.split_once('@')?;
            let (finding, reason) = (finding.to_owned(), reason.clone());
            Some(Overridden { finding, place: Some(place.to_owned()), reason })
        });
    let choice = Choice::Submit { audience: None, overrides: overridden.collect() };
    step(&shell, &who, &id, choice, first(&fields, "why"), "notice-submitted").await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Why {
    why: String,
    passphrase: String,
    how: String,
    by: String,
}

async fn approve(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Why>,
) -> Result<Redirect, PageError> {
    step(&shell, &who, &id, Choice::Approve, &form.why, "notice-approved").await
}

async fn reject(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Why>,
) -> Result<Redirect, PageError> {
    step(&shell, &who, &id, Choice::Reject, &form.why, "notice-rejected").await
}

async fn step(
    shell: &Shared,
    who: &Signed,
    id: &str,
    choice: Choice,
    why: &str,
    done: &str,
) -> Result<Redirect, PageError> {
    let (name, why) = (id.to_owned(), why.to_owned());
    shell.write(who, move |workspace, context| review::run(workspace, context, &name, choice, &why)).await?;
    Ok(after(shell, id, done))
}

/// The context with the passphrase that was typed into the page, if one was; it is neither kept nor logged.
fn with_passphrase(context: &Context, typed: &str) -> Context {
    if typed.is_empty() {
        return context.clone();
    }
    let typed = typed.to_owned();
    Context { passphrase: Arc::new(move |_| Ok(typed.clone())), ..context.clone() }
}

async fn issued(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Why>,
) -> Result<Redirect, PageError> {
    let (name, desk) = (id.clone(), Arc::clone(&shell.desk));
    shell
        .write(&who, move |workspace, context| {
            let context = with_passphrase(context, &form.passphrase);
            desk.with_engine(|engine| {
                issue::run(workspace, &context, engine.country_names(), &name, &form.why)
            })
        })
        .await?;
    Ok(after(&shell, &id, "notice-issued"))
}

async fn ended(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Why>,
) -> Result<Redirect, PageError> {
    let name = id.clone();
    if !["withdraw", "supersede", "expire"].contains(&form.how.as_str()) {
        return Err(PageError::bad(format!(
            "end the notice by {:?}: expected withdraw, supersede or expire",
            form.how
        )));
    }
    shell
        .write(&who, move |workspace: &mut Workspace, context| -> Result<(), AppError> {
            let context = with_passphrase(context, &form.passphrase);
            let how = match form.how.as_str() {
                "supersede" => End::Supersede { by: &form.by },
                "expire" => End::Expire,
                _ => End::Withdraw,
            };
            end::run(workspace, &context, &name, how, &form.why).map(|_| ())
        })
        .await?;
    Ok(after(&shell, &id, "notice-ended"))
}

/// Back to the notice, when others were told that it has changed.
fn after(shell: &Shared, id: &str, done: &str) -> Redirect {
    shell.live.tell("notices", id);
    Redirect::to(&format!("/notices/{id}?done={done}"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskFile {
    lang: String,
}

/// A file of the notice, to look at or to keep.
async fn file(
    State(shell): State<Shared>,
    who: Signed,
    Path((id, file)): Path<(String, String)>,
    Query(ask): Query<AskFile>,
) -> Result<Response, PageError> {
    let Some((name, kind, _)) = FILES.iter().find(|(name, ..)| *name == file) else {
        return Err(PageError::not_found("file", &file));
    };
    let language: Language = ask.lang.parse().unwrap_or(who.language);
    let bytes = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            render::one(workspace, context, engine.gazetteer(), &id, name, language)
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, (*kind).to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        // The page of a notice brings its own style, and nothing else.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
