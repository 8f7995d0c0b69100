//! Public extracts of notices: what one person chooses and another makes public.

use forewarn_app::model::rights::Right;
use forewarn_app::model::{Extract, ExtractChoice, Language};
use forewarn_app::notice::extract::{self, Choice};
use forewarn_app::notice::localize;
use forewarn_app::notice::review::Overridden;
use serde_json::{Value, json};

use super::ask::{Kind, body, list, maybe, path, query};
use super::drafts::finding;
use super::notices::{NAME, WHY};
use super::{Answer, Endpoint, GET, Inside, POST, Run};
use crate::shell::PageError;

const PLACE: Kind = Kind::Integer(0, 100_000);
const RIGHTS: &str = "notice_draft, notice_review or notice_issue";

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/notices/{name}/extract",
        name: "getExtract",
        told: "What could be public of a notice, what was proposed, and what stands against it",
        params: &[NAME, query("language", Kind::Text(35), "In which language (BCP 47); English if none")],
        run: Run::Read(show),
        ..GET
    },
    Endpoint {
        path: "/notices/{name}/extract",
        name: "proposeExtract",
        told: "Propose what is to be public of an issued notice; another person publishes it",
        right: RIGHTS,
        params: &[
            NAME,
            WHY,
            list("sentences", PLACE, "Places of sentences, as the extract names them"),
            list("identifiers", PLACE, "Places of identifiers, as the extract names them"),
            maybe(
                "consent",
                Kind::Text(2_000),
                "Why what rests on restricted sources may be public all the same",
            ),
        ],
        run: Run::Write(propose),
        ..POST
    },
    Endpoint {
        path: "/notices/{name}/extract/{step}",
        name: "decideOnExtract",
        told: "Publish or reject what another person proposed, or withdraw what is public",
        right: RIGHTS,
        params: &[
            NAME,
            path("step", Kind::Words(steps), "What is decided"),
            body("why", Kind::Text(2_000), WHY_TOLD),
        ],
        run: Run::Write(decide),
        ..POST
    },
];

const WHY_TOLD: &str = "Why; stays on record";

fn steps() -> Vec<String> {
    ["publish", "reject", "withdraw"].map(str::to_owned).into()
}

fn show(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    context.require(Right::Look)?;
    let language = ask.get("language")?.unwrap_or(Language::ENGLISH);
    let (notice, all) = extract::of(workspace, context, ask.word("name"))?;
    let parts = shell.desk.parts();
    let names = parts.engine.country_names();
    let told = localize::one(&notice, language, names)?;
    let texts: Vec<&str> =
        told.sections.iter().flat_map(|part| &part.sentences).map(|one| one.text.as_str()).collect();
    let last = all.last().map(|one| one.choice.clone());
    let findings = match &last {
        Some(choice) => extract::findings(workspace, &notice, choice, language, names)?,
        None => Vec::new(),
    };
    let sentences = extract::choosable(&notice).into_iter().map(|at| {
        let chosen = last.as_ref().is_some_and(|choice| choice.statements.contains(&at));
        json!({ "place": at, "text": texts.get(at), "chosen": chosen })
    });
    let identifiers = notice.observables.iter().enumerate().map(|(at, one)| {
        let chosen = last.as_ref().is_some_and(|choice| choice.observables.contains(&at));
        json!({ "place": at, "kind": one.kind.to_string(), "value": one.value, "chosen": chosen })
    });
    Ok(Answer::one(&json!({
        "sentences": sentences.collect::<Vec<_>>(),
        "identifiers": identifiers.collect::<Vec<_>>(),
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "extracts": all.iter().map(view).collect::<Vec<_>>(),
    })))
}

fn propose(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let places = |name: &str| -> Result<Vec<usize>, PageError> {
        let mut all: Vec<usize> = inside.ask.all(name)?;
        all.sort_unstable();
        all.dedup();
        Ok(all)
    };
    let choice = ExtractChoice { statements: places("sentences")?, observables: places("identifiers")? };
    let overrides = inside.ask.text("consent").map(|reason| Overridden {
        finding: "finding-extract-above".to_owned(),
        place: None,
        reason: reason.to_owned(),
    });
    take(inside, &Choice::Propose(choice, overrides.into_iter().collect()))
}

fn decide(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let choice = match inside.ask.word("step") {
        "publish" => Choice::Publish,
        "reject" => Choice::Reject,
        _ => Choice::Withdraw,
    };
    take(inside, &choice)
}

fn take(inside: &mut Inside<'_>, choice: &Choice) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let all = extract::run(workspace, context, ask.word("name"), choice, ask.word("why"))?;
    shell.live.tell("notices", "");
    Ok(Answer::one(&json!({ "extracts": all.iter().map(view).collect::<Vec<_>>() })))
}

fn view(extract: &Extract) -> Value {
    let steps = extract.steps.iter().map(|step| {
        json!({ "state": step.to.as_str(), "by": step.who, "at": step.when.to_string(), "why": step.why })
    });
    json!({
        "state": extract.state().as_str(),
        "sentences": extract.choice.statements,
        "identifiers": extract.choice.observables,
        "steps": steps.collect::<Vec<_>>(),
    })
}
