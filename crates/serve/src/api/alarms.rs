//! Alarms: what the watch raised, and what people made of it.

use forewarn_app::alarm::decide::{self, Choice};
use forewarn_app::alarm::list::{self, Request, Row, Sort};
use forewarn_app::alarm::show;
use forewarn_app::model::{AlarmId, AlarmKind, AlarmState, Incident, Language};
use forewarn_app::share::json::{alarms, incidents};
use forewarn_app::store::Decision;
use forewarn_app::watch::sentence;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, maybe, path, query};
use super::{Answer, Endpoint, Gives, Inside, Run};
use crate::shell::{PageError, Shell};

const ID: Param = path("id", Kind::Id("alm"), "The alarm");
const AS_OF: Param = query("as_of", Kind::Day, "As known at the end of this day; today if none");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/alarms",
        name: "listAlarms",
        told: "Alarms as of a day",
        right: "look",
        params: &[
            AS_OF,
            query("state", Kind::Words(states), "Where they stand with people"),
            query("kind", Kind::Words(kinds), "What kind of change"),
            query("country", Kind::Country, "About this country"),
            query("sort", Kind::Words(sorts), "In which order; the most urgent first if none"),
            LIMITED,
            CURSOR,
        ],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        method: "GET",
        path: "/alarms/{id}",
        name: "getAlarm",
        told: "An alarm with the incidents behind it and every decision on it",
        right: "look",
        params: &[ID, AS_OF],
        gives: Gives::One,
        run: Run::Read(one),
    },
    Endpoint {
        method: "POST",
        path: "/alarms/{id}/decision",
        name: "decideOnAlarm",
        told: "Dismiss an alarm, merge it into another, watch it, or open it again",
        right: "alarm_decide",
        params: &[
            ID,
            body("choice", Kind::Words(choices), "What is decided"),
            maybe("into", Kind::Id("alm"), "The alarm that tells the same, to merge"),
            body("why", Kind::Text(2_000), "Why; stays on record"),
        ],
        gives: Gives::One,
        run: Run::Write(decide),
    },
];

fn states() -> Vec<String> {
    AlarmState::ALL.iter().map(ToString::to_string).collect()
}

fn kinds() -> Vec<String> {
    AlarmKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect()
}

fn sorts() -> Vec<String> {
    Sort::ALL.iter().map(|(name, _)| (*name).to_owned()).collect()
}

fn choices() -> Vec<String> {
    ["dismiss", "merge", "watch", "reopen"].map(str::to_owned).into()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let request = Request {
        as_of: ask.as_of(context.now)?,
        state: ask.get("state")?,
        kind: AlarmKind::ALL.into_iter().find(|kind| Some(kind.as_str()) == ask.text("kind")),
        country: ask.get("country")?,
        sort: Sort::ALL
            .iter()
            .find(|row| Some(row.0) == ask.text("sort"))
            .map(|row| row.1)
            .unwrap_or_default(),
    };
    let listed = list::run(workspace, context, &shell.alarms, &request)?;
    let known = shell.alarms.known(workspace)?;
    let (skip, count) = (ask.offset()?, ask.limit());
    let views = listed.rows.iter().skip(skip).take(count).map(|row| view(shell, row, known.all()));
    let next = skip.saturating_add(count);
    Ok(Answer::page(views.collect(), (listed.rows.len() > next).then(|| next.to_string())))
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let id: AlarmId = ask.need("id")?;
    let detail = show::run(workspace, context, &shell.alarms, id, ask.as_of(context.now)?)?;
    let mut told = view(shell, &detail.row, &detail.incidents);
    told["incidents_behind"] = incidents(&detail.incidents);
    told["decisions"] = detail.decisions.iter().map(decision).collect();
    told["as_of"] = json!(detail.as_of.to_string());
    Ok(Answer::one(&told))
}

fn decide(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let into: Option<AlarmId> = ask.get("into")?;
    let choice = match (ask.word("choice"), into) {
        ("merge", Some(into)) => Choice::Merge(into),
        ("merge", None) => return Err(PageError::bad("into: name the alarm that tells the same")),
        (_, Some(_)) => return Err(PageError::bad("into: only a merge has it")),
        ("dismiss", None) => Choice::Dismiss,
        ("watch", None) => Choice::Watch,
        _ => Choice::Reopen,
    };
    let id: AlarmId = ask.need("id")?;
    decide::run(workspace, context, &shell.alarms, id, choice, ask.word("why"))?;
    shell.live.tell("alarms", "");
    Ok(Answer::one(&json!({ "id": id.to_string(), "decided": ask.word("choice") })))
}

/// An alarm with where it stands.
fn view(shell: &Shell, row: &Row, known: &[Incident]) -> Value {
    let parts = shell.desk.parts();
    let said = sentence(&row.alarm, known, parts.engine.country_names(), Language::ENGLISH);
    let mut told = alarms(&[(row.alarm.clone(), said)], known)[0].take();
    told["state"] = json!(row.state.to_string());
    told["soundings"] = json!(row.soundings_count);
    told["merged_into"] = json!(row.merged_into.map(|id| id.to_string()));
    told["notices"] = row.notices.iter().map(|notice| json!(notice.number)).collect();
    told
}

/// A decision.
pub(super) fn decision(decision: &Decision) -> Value {
    json!({
        "verdict": decision.verdict,
        "by": decision.decided_by,
        "at": decision.decided_at.to_string(),
        "why": decision.reason,
    })
}
