//! A notice while people work on it, and the files that come of it: what could stand in it, what the rules object
//! to, whom it would reach, whether a copy is genuine.

use axum::http::StatusCode;
use forewarn_app::delivery::{queue, send};
use forewarn_app::model::{EvidenceRef, Language, Marking, Notice, Pap, Tlp, Vec1};
use forewarn_app::notice::draft::{self, Origin};
use forewarn_app::notice::verify::{self, Known};
use forewarn_app::notice::{self, edit, localize, log, render, review};
use serde_json::{Value, json};

use super::ask::{Kind, Param, body, list, maybe, path, query};
use super::members::markings;
use super::notices::{COUNTRIES, KINDS, MEMBERS, NAME, head, paps, plan_view, selection};
use super::{Answer, Ask, Endpoint, GET, Gives, Inside, POST, PUT, Run};
use crate::pages::FILES;
use crate::shell::PageError;

const LANGUAGE: Param = query("language", Kind::Text(35), "In which language (BCP 47); English if none");

/// How far ahead one asks for notices that come to their end, in days.
const DUE_DAYS: i32 = 30;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/notices/suggestion",
        name: "suggestNotice",
        told: "What a new notice may begin with: your organisation as the issuer, or that of the last one, and a free number",
        right: "notice_draft",
        params: &[
            query("alarm", Kind::Id("alm"), "The alarm that it is about"),
            query("campaign", Kind::Id("cmp"), "The campaign that it is about"),
        ],
        run: Run::Read(suggest),
        ..GET
    },
    Endpoint {
        path: "/notices/due",
        name: "listDueNotices",
        told: "Issued notices that come to their end, or are past it, the most urgent first",
        params: &[query("days", Kind::Integer(0, 3_650), "Within so many days; 30 if none")],
        run: Run::Read(due),
        ..GET
    },
    Endpoint {
        path: "/notices/verify",
        name: "verifyNotice",
        told: "Check a signed document against the keys and the log here",
        right: "none",
        params: &[body("document", Kind::Text(8 << 20), "The document, as it was received")],
        run: Run::Read(verified),
        ..POST
    },
    Endpoint {
        path: "/notices/{name}/candidates",
        name: "getCandidates",
        told: "What could stand in a draft: each sentence and identifier with its key, and whether it stands there",
        params: &[NAME, LANGUAGE],
        run: Run::Read(candidates),
        ..GET
    },
    Endpoint {
        path: "/notices/{name}/draft",
        name: "changeNotice",
        told: "Say what stands in a draft: of its candidates these sentences and identifiers",
        right: "notice_draft",
        params: &[
            NAME,
            list("sentences", Kind::Text(200), "Keys of sentences"),
            list("identifiers", Kind::Text(2_000), "Keys of identifiers: kind:value"),
            body("tlp", Kind::Words(markings), "Who may see it"),
            maybe("pap", Kind::Words(paps), "What may be done with it; as goes with its marking if none"),
            body("review_by", Kind::Day, "Its last day"),
            maybe(
                "version",
                Kind::Text(64),
                "The version that was shown with the candidates: a draft that changed since is left as it is",
            ),
        ],
        run: Run::Write(change),
        ..PUT
    },
    Endpoint {
        path: "/notices/{name}/findings",
        name: "listFindings",
        told: "What the rules object to in a notice; what blocks stops its submission",
        params: &[
            NAME,
            query("audience", Kind::Words(markings), "The clearance of those who will receive it"),
            LANGUAGE,
        ],
        run: Run::Read(findings),
        ..GET
    },
    Endpoint {
        path: "/notices/{name}/files/{file}",
        name: "getNoticeFile",
        told: "A notice as a file; of one that was not issued there are only page, text and PDF, which say so",
        right: "look or notice_answer",
        params: &[NAME, path("file", Kind::Words(files), "Which"), LANGUAGE],
        gives: Gives::File(&[
            "application/pdf",
            "text/html",
            "text/plain",
            "application/json",
            "application/cap+xml",
            "application/stix+json",
        ]),
        run: Run::Read(file),
        ..GET
    },
    Endpoint {
        path: "/notices/{name}/recipients",
        name: "planDistribution",
        told: "Whom a choice of members would reach, and whom not, and why; nothing is sent",
        right: "notice_issue",
        params: &[NAME, asked(COUNTRIES), asked(KINDS), asked(MEMBERS)],
        run: Run::Read(plan),
        ..GET
    },
    Endpoint {
        path: "/notices/{name}/deliveries/retry",
        name: "retryDeliveries",
        told: "Try again what was given up",
        right: "notice_issue",
        params: &[NAME],
        run: Run::Write(retry),
        ..POST
    },
];

/// The same in the query.
const fn asked(param: Param) -> Param {
    Param { place: super::ask::Place::Query, ..param }
}

fn files() -> Vec<String> {
    FILES.map(|(name, ..)| name.to_owned()).into()
}

/// The alarm or the campaign that a notice is about.
pub(super) fn origin(ask: &Ask) -> Result<Origin, PageError> {
    match (ask.get("alarm")?, ask.get("campaign")?) {
        (Some(alarm), None) => Ok(Origin::Alarm(alarm)),
        (None, Some(campaign)) => Ok(Origin::Campaign(campaign)),
        _ => Err(PageError::bad("alarm, campaign: name one of them")),
    }
}

fn language(ask: &Ask) -> Result<Language, PageError> {
    Ok(ask.get("language")?.unwrap_or(Language::ENGLISH))
}

fn suggest(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    inside.context.require(forewarn_app::model::rights::Right::NoticeDraft)?;
    let (issuer, number) = draft::suggestion(inside.workspace, inside.context, origin(inside.ask)?)?;
    Ok(Answer::one(&json!({ "issuer": issuer, "number": number })))
}

fn due(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let days = inside.ask.get("days")?.unwrap_or(DUE_DAYS);
    let found = notice::due(inside.workspace, inside.context, days)?;
    let view = |(notice, left): &(Notice, i32)| {
        let mut told = head(notice);
        told["days_left"] = json!(left);
        told
    };
    Ok(Answer::one(&json!({ "notices": found.iter().map(view).collect::<Vec<_>>() })))
}

fn verified(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let keys = log::key_set(&log::key_document(inside.workspace)?)?;
    let copy = log::own(inside.workspace)?;
    let known = Known { keys: Some(keys), log: Some(&copy), ..Known::default() };
    let found = verify::run(inside.ask.word("document").as_bytes(), &known);
    let found = found.map_err(|error| PageError::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    let checks = found
        .checks
        .iter()
        .map(|check| json!({ "what": check.what, "found": check.found, "holds": check.holds }));
    Ok(Answer::one(&json!({
        "holds": found.holds(),
        "number": found.number,
        "state": found.state,
        "key": found.kid,
        "checks": checks.collect::<Vec<_>>(),
    })))
}

fn candidates(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let all = edit::candidates(workspace, context, ask.word("name"))?;
    // All candidates are put into words at once: as if they all stood in the notice.
    let mut whole = all.notice.clone();
    let every = all.statements.iter().map(|(_, one, _)| one.clone()).collect();
    if let Ok(every) = Vec1::try_from_vec(every) {
        whole.statements = every;
    }
    let told = localize::one(&whole, language(ask)?, shell.desk.parts().engine.country_names())?;
    let texts = told.sections.iter().flat_map(|section| &section.sentences);
    let sentences = all.statements.iter().zip(texts).map(|((key, statement, chosen), sentence)| {
        json!({
            "key": key,
            "chosen": chosen,
            "text": sentence.text,
            "references": statement.refs.iter().map(reference).collect::<Vec<_>>(),
        })
    });
    let identifiers = all
        .observables
        .iter()
        .map(|(one, chosen)| json!({ "key": edit::identifier_key(one), "chosen": chosen }));
    Ok(Answer::one(&json!({
        "version": all.version,
        "sentences": sentences.collect::<Vec<_>>(),
        "identifiers": identifiers.collect::<Vec<_>>(),
    })))
}

fn reference(reference: &EvidenceRef) -> Value {
    json!({
        "target": reference.target.to_string(),
        "label": reference.label,
        "grading": reference.grading.to_string(),
        "known_from": reference.known_from.to_string(),
    })
}

fn change(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let tlp: Tlp = ask.need("tlp")?;
    let usual = if tlp == Tlp::Clear { Pap::White } else { Marking::DEFAULT.pap };
    let choice = edit::Choice {
        version: ask.text("version").map(str::to_owned),
        statements: ask.texts("sentences").to_vec(),
        observables: ask.texts("identifiers").to_vec(),
        marking: Marking { tlp, pap: ask.get("pap")?.unwrap_or(usual) },
        review_by: ask.need("review_by")?,
    };
    let changed = edit::run(workspace, context, ask.word("name"), &choice)?;
    shell.live.tell("notices", "");
    Ok(Answer::one(&head(&changed)))
}

fn findings(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let (_, notice) = notice::find(workspace, context, ask.word("name"))?;
    let parts = shell.desk.parts();
    let names = parts.engine.country_names();
    let found = review::findings(&notice, ask.get("audience")?, language(ask)?, names)?;
    Ok(Answer::one(&json!({ "findings": found.iter().map(finding).collect::<Vec<_>>() })))
}

/// What a rule objects to.
pub(super) fn finding(told: &review::Told) -> Value {
    json!({
        "finding": told.message, "rule": told.rule, "blocks": told.blocks, "place": told.place, "told": told.told,
    })
}

fn file(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let wanted = ask.word("file");
    let known = FILES.iter().find(|(name, ..)| *name == wanted);
    let (name, media, _) = known.ok_or_else(|| PageError::not_found("file", wanted))?;
    let parts = shell.desk.parts();
    let bytes =
        render::one(workspace, context, parts.engine.gazetteer(), ask.word("name"), name, language(ask)?)?;
    Ok(Answer::file(media, bytes))
}

fn plan(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let (_, plan) = queue::plan(workspace, context, ask.word("name"), &selection(ask)?)?;
    Ok(Answer::one(&plan_view(&plan)))
}

fn retry(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let count = send::retry(workspace, context, ask.word("name"))?;
    shell.outgoing.notify_one();
    shell.live.tell("deliveries", "");
    Ok(Answer::one(&json!({ "queued": count })))
}
