//! The page of a notice: its sentences with their evidence, what the rules object to, and the forms of its next step
//! as they are filled in so far.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use forewarn_app::model::date::day_of;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{EvidenceRef, EvidenceTarget, Notice, NoticeState, Tlp};
use forewarn_app::notice::edit::{self, Candidates};
use forewarn_app::notice::review::{self, Told as Finding};
use forewarn_app::notice::{self, localize};
use forewarn_app::{AppError, Engine, keys};

use super::FILES;
use crate::pages::network::grading_words;
use crate::shell::{Fact, Frame, PageError, Shared, Signed, Told, html_answer};

/// How many references of a sentence are shown before the rest is folded away.
const EVIDENCE_SHOWN_MAX: usize = 3;

/// From how many sentences the same hint is given once for all of them.
const SAME_HINT_MIN: usize = 3;

/// Fields of a form, in order; a name may come several times.
pub(super) type Fields = Vec<(String, String)>;

pub(super) fn first<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

pub(super) fn all(fields: &Fields, name: &str) -> Vec<String> {
    fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

/// A form that is shown again because something is wrong with it: nothing that was typed is lost.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    /// Which form: the name of its step.
    pub(super) form: &'static str,
    /// What was typed into it.
    pub(super) fields: Fields,
    /// What is wrong.
    pub(super) error: PageError,
}

impl Typed {
    /// The field that is to be mended, where it is one.
    fn field(&self) -> &'static str {
        match &self.error.told {
            Told::Plain(name) if name.starts_with("passphrase") => "passphrase",
            Told::Plain("why-missing") => "why",
            Told::Plain("day-unread") => "review_by",
            _ => "",
        }
    }

    /// Whether the draft on the page has changed since, so that what was ticked says nothing about it.
    fn is_stale(&self) -> bool {
        self.error.told == Told::Plain("changed-meanwhile")
    }
}

struct Proof {
    label: String,
    /// Where the thing is shown at this desk.
    href: String,
    /// Where it was published.
    url: Option<String>,
    grading: String,
    grading_words: String,
    known_from: String,
}

struct Line {
    /// Its place among the sentences that stand, from 1; none if it is struck out.
    number: Option<usize>,
    key: String,
    text: String,
    chosen: bool,
    shown: Vec<Proof>,
    more: Vec<Proof>,
    findings: Vec<Finding>,
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
    findings: Vec<Finding>,
}

/// A hint on several sentences, given once.
struct Same {
    text: String,
    rule: String,
    sentences: Vec<usize>,
}

/// Which key will sign.
struct Key {
    /// Since when it counts, and who made it; none if there is none yet.
    made: Option<(String, String)>,
    /// Whether the server opens it itself.
    server_opens: bool,
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
    /// Which version of the draft is shown.
    version: String,
    tlp: String,
    review_by: String,
    /// Hints that hold for several sentences.
    same: Vec<Same>,
    /// What the rules object to in the notice as a whole.
    whole: Vec<Finding>,
    /// What blocks, for the form that overrides.
    blocking: Vec<Finding>,
    history: Vec<StepRow>,
    approvals: Vec<String>,
    /// Why the reader may not approve, in words; none if he may.
    not_approve: Option<String>,
    clearances: Vec<&'static str>,
    successors: Vec<Successor>,
    files: Vec<&'static str>,
    editable: bool,
    overdue: bool,
    /// Which key signs, for whoever issues.
    key: Option<Key>,
    /// A form that is shown again.
    typed: Option<Typed>,
}

impl NoticePage {
    /// What was typed into a field of a form that is shown again.
    fn typed(&self, form: &str, field: &str) -> &str {
        let typed = self.typed.as_ref().filter(|typed| typed.form == form);
        typed.map_or("", |typed| first(&typed.fields, field))
    }

    /// What is wrong with a field.
    fn fault(&self, form: &str, field: &str) -> Option<String> {
        let typed = self.typed.as_ref().filter(|typed| typed.form == form && typed.field() == field)?;
        said(&self.frame, &typed.error)
    }

    /// Which key signs, and who knows its passphrase.
    fn key_words(&self) -> String {
        let Some(key) = &self.key else { return String::new() };
        let made = match &key.made {
            Some((day, who)) if !who.is_empty() => {
                let facts = [("day", Fact::Text(day.clone())), ("who", Fact::Text(who.clone()))];
                self.frame.say("notice-key-made", &facts)
            }
            Some((day, _)) => self.frame.with("notice-key-since", "day", day),
            None => self.frame.w("notice-key-none"),
        };
        let server = if key.server_opens { self.frame.w("notice-key-server") } else { String::new() };
        format!("{made} {server}").trim_end().to_owned()
    }

    /// How a notice that stands comes to its end by itself: before its last day it is taken back.
    fn taking_back(&self) -> &'static str {
        if self.overdue { "expire" } else { "withdraw" }
    }

    /// Whether a form is shown again: then it is not folded away.
    fn again(&self, form: &str) -> bool {
        self.typed.as_ref().is_some_and(|typed| typed.form == form)
    }

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

/// The page; with a form as it was typed, if something is wrong with it.
pub(super) async fn show(
    shell: &Shared,
    who: &Signed,
    id: String,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    let status = typed.as_ref().map_or(StatusCode::OK, |typed| match typed.is_stale() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    });
    let made = make(shell, who, id, typed).await?;
    let html = made.render().map_err(|error| {
        tracing::error!("make a page: {error}");
        PageError::failed("make the page")
    })?;
    Ok(html_answer(status, html))
}

async fn make(
    shell: &Shared,
    who: &Signed,
    wanted: String,
    typed: Option<Typed>,
) -> Result<NoticePage, PageError> {
    let language = who.language;
    let issues = who.rights().has(Right::NoticeIssue);
    let (all, view, words, findings, successors, key, now) = shell
        .read_with_engine(who, move |workspace, context, engine| {
            let all = edit::candidates(workspace, context, &wanted)?;
            // All candidates are put into words at once: as if they all stood in the notice.
            let mut whole = all.notice.clone();
            let every = all.statements.iter().map(|(_, one, _)| one.clone()).collect();
            if let Ok(every) = forewarn_app::model::Vec1::try_from_vec(every) {
                whole.statements = every;
            }
            let view = localize::one(&whole, language, engine.country_names())?;
            let words = sources(&whole, language, engine)?;
            let findings = review::findings(&all.notice, None, language, engine.country_names())?;
            let others = notice::list(workspace, context)?.into_iter().map(|(_, notice)| notice);
            let others = others.filter(|other| forewarn_app::notice::end::may_replace(&all.notice, other));
            let successors: Vec<Successor> =
                others.map(|one| Successor { id: one.id.to_string(), number: one.number }).collect();
            let ready = matches!(all.notice.state(), NoticeState::Approved | NoticeState::Issued);
            let key = if issues && ready { Some(keys::outlook(workspace, context)?) } else { None };
            Ok((all, view, words, findings, successors, key, context.now))
        })
        .await?;
    let mut frame = Frame::new(shell, who, "notices", "tab-notices").titled(all.notice.number.clone());
    if let Some(typed) = typed.as_ref().filter(|typed| typed.field().is_empty()) {
        frame = match said(&frame, &typed.error) {
            Some(told) => frame.wrong(told),
            None => frame.refused(typed.error.what.clone()),
        };
    }
    let Candidates { notice, version, statements, observables } = all;
    let chosen = typed.as_ref().filter(|typed| ["edit", "submit"].contains(&typed.form) && !typed.is_stale());
    let ticked = |name: &str, key: &str, stands: bool| match chosen {
        Some(typed) => typed.fields.iter().any(|(known, value)| known == name && value == key),
        None => stands,
    };
    let mut by_place: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    let blocking = findings.iter().filter(|finding| finding.blocks).cloned().collect();
    let (same, findings) = gather(findings);
    for finding in findings {
        by_place.entry(finding.place.clone()).or_default().push(finding);
    }
    let mut parts: Vec<Part> = Vec::new();
    let (mut at, mut each) = (0, statements.iter());
    for section in &view.sections {
        let mut lines = Vec::new();
        for sentence in &section.sentences {
            let Some((key, statement, stands)) = each.next() else { break };
            at += usize::from(*stands);
            let place = format!("statement {at}");
            let mut shown: Vec<Proof> = statement.refs.iter().map(|one| proof(&frame, &words, one)).collect();
            let more = shown.split_off(shown.len().min(EVIDENCE_SHOWN_MAX));
            let findings = if *stands { by_place.remove(&place).unwrap_or_default() } else { Vec::new() };
            lines.push(Line {
                number: stands.then_some(at),
                key: key.clone(),
                text: sentence.text.clone(),
                chosen: ticked("statement", key, *stands),
                shown,
                more,
                findings,
            });
        }
        parts.push(Part { heading: section.heading.clone(), lines });
    }
    let word = |kind: &str| view.labels.get(&format!("observable-{}", kind.replace(':', "-"))).cloned();
    let mut at = 0;
    let mut identifiers = Vec::new();
    for (one, stands) in &observables {
        let (kind, key) = (one.kind.to_string(), edit::identifier_key(one));
        at += usize::from(*stands);
        let place = format!("observable {at}");
        let findings = if *stands { by_place.remove(&place).unwrap_or_default() } else { Vec::new() };
        identifiers.push(Identifier {
            kind: word(&kind).unwrap_or(kind),
            value: one.value.clone(),
            chosen: ticked("identifier", &key, *stands),
            key,
            findings,
        });
    }
    let history = notice.history.iter().zip(review::acts(&notice)).map(|(step, (act, why))| StepRow {
        word: frame.word_of("notice-act", act.as_str()),
        who: step.who.clone(),
        when: frame.time(&step.when),
        why: why.to_owned(),
    });
    let history = history.collect();
    let approvals: Vec<String> = review::approvals(&notice).into_iter().map(str::to_owned).collect();
    let not_approve = hindrance(&frame, &notice, &approvals, &who.name);
    let (draft, issued) = (notice.state() == NoticeState::Draft, notice.issued_at().is_some());
    let again = |name: &str, now: String| chosen.map_or(now, |typed| first(&typed.fields, name).to_owned());
    Ok(NoticePage {
        version,
        tlp: again("tlp", notice.marking.tlp.as_str().to_owned()),
        review_by: again("review_by", notice.review_by.to_string()),
        same,
        key: key.map(|key| Key {
            made: key.made.map(|(at, who)| (frame.day(&day_of(at)), who)),
            server_opens: key.server_opens,
        }),
        typed: typed.clone(),
        id: notice.id.to_string(),
        state_word: frame.word_of("notice-state", notice.state()),
        headline: view.headline.text,
        headline_proofs: notice
            .headline
            .refs
            .iter()
            .take(EVIDENCE_SHOWN_MAX)
            .map(|one| proof(&frame, &words, one))
            .collect(),
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

/// How a page says what is wrong; none where only English words say it.
fn said(frame: &Frame, error: &PageError) -> Option<String> {
    match &error.told {
        Told::Plain(name) => Some(frame.w(&format!("error-{name}"))),
        Told::Here => Some(error.what.clone()),
        _ => None,
    }
}

/// Hints that are given for many sentences, once for all of them; and the others.
fn gather(findings: Vec<Finding>) -> (Vec<Same>, Vec<Finding>) {
    let number = |finding: &Finding| finding.place.strip_prefix("statement ")?.parse::<usize>().ok();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| !finding.blocks && number(finding).is_some()) {
        *counts.entry(finding.message).or_default() += 1;
    }
    let (mut same, mut others): (Vec<(&'static str, Same)>, Vec<Finding>) = (Vec::new(), Vec::new());
    for finding in findings {
        let often = counts.get(finding.message).is_some_and(|count| *count >= SAME_HINT_MIN);
        let Some(number) = number(&finding).filter(|_| often && !finding.blocks) else {
            others.push(finding);
            continue;
        };
        match same.iter_mut().find(|(message, _)| *message == finding.message) {
            Some((_, known)) => known.sentences.push(number),
            None => {
                let (text, rule) = (finding.text, finding.rule_words);
                same.push((finding.message, Same { text, rule, sentences: vec![number] }));
            }
        }
    }
    (same.into_iter().map(|(_, same)| same).collect(), others)
}

/// What the things are called that a notice rests on.
fn sources(
    notice: &Notice,
    language: forewarn_app::model::Language,
    engine: &Engine,
) -> Result<BTreeMap<EvidenceTarget, String>, AppError> {
    let all = notice.references().into_iter();
    all.map(|one| Ok((one.target, localize::source(one, language, engine.country_names())?))).collect()
}

fn proof(frame: &Frame, words: &BTreeMap<EvidenceTarget, String>, reference: &EvidenceRef) -> Proof {
    let target = reference.target.to_string();
    let href = match reference.target {
        EvidenceTarget::Report(_) => format!("/reports/{target}"),
        EvidenceTarget::Incident(_) => format!("/incidents/{target}"),
        EvidenceTarget::Campaign(_) => format!("/campaigns/{target}"),
        EvidenceTarget::Alarm(_) => format!("/alarms/{target}"),
    };
    let label = words.get(&reference.target).unwrap_or(&reference.label);
    let (label, url) = match label.split_once(", http") {
        Some((publisher, rest)) => (publisher.to_owned(), Some(format!("http{rest}"))),
        None => (label.clone(), None),
    };
    let grading = reference.grading.to_string();
    Proof {
        label,
        href,
        url,
        grading_words: grading_words(frame, &grading),
        grading,
        known_from: frame.day(&reference.known_from),
    }
}
