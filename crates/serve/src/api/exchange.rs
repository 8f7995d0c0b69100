//! Exchange with other nodes: how it stands with partners, what is held back, and private matching by hand.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use forewarn_app::exchange::partner::{self, Partner};
use forewarn_app::exchange::{publish, quarantine, status, take};
use forewarn_app::matching::{Limits, agree, ask, hits, receive, sets};
use forewarn_app::model::{MatchPurpose, Pap, Tlp};
use forewarn_app::share::matching::hex;
use forewarn_app::store::{Agreement, ExchangeRun, MatchHit, MatchSession, MatchSet, Quarantined};
use forewarn_app::{AppError, Silent, statistics};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, list, maybe, path, query};
use super::members::markings;
use super::notices::paps;
use super::{Answer, Endpoint, GET, Gives, Inside, POST, PUT, Run};
use crate::shell::PageError;

/// How many things of a list are read.
const COUNT_MAX: u32 = 10_000;

const ID: Param = path("id", Kind::Text(64), "The partner, by its short name");
const INSIDE: &str = "share and look";

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/exchange/partners",
        name: "listPartners",
        told: "The partners, and how the exchange with each stands",
        right: "share",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(partners),
        ..GET
    },
    Endpoint {
        path: "/exchange/partners/{id}",
        name: "putPartner",
        told: "Add a partner, or write it anew; what is left out stays as it is. Where it is reached and the file \
               with the token for that are written at the machine (`forewarn share partners`)",
        right: "share_rule and share",
        params: &[
            ID,
            maybe("title", Kind::Text(200), "Its name"),
            maybe("clearance", Kind::Words(below_red), "The most restricted marking that may go to it"),
            maybe("pap", Kind::Words(paps), "The most restricted marking of actions that may go to it"),
            maybe("accepts", Kind::Words(markings), "The most restricted marking that is taken from it"),
            maybe("country", Kind::Country, "Its country, for rules"),
            maybe("key", Kind::Text(200), "The thumbprint of the key with which it signs"),
            maybe("identity", Kind::Text(200), "The STIX identity that creates its objects"),
            maybe("grading", Kind::Grading, "How far what comes from it is trusted"),
            list("pull", Kind::Text(200), "Collections there that are fetched from"),
            maybe("push", Kind::Text(200), "The collection there that is brought to"),
            maybe("active", Kind::Boolean, "Whether anything is exchanged with it now"),
        ],
        run: Run::Write(put_partner),
        ..PUT
    },
    Endpoint {
        path: "/exchange/partners/{id}/preview",
        name: "previewPartner",
        told: "What would go to a partner and what would not, and by which rule; nothing is changed",
        right: "share",
        params: &[ID, LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(preview),
        ..GET
    },
    Endpoint {
        path: "/exchange/partners/{id}/take",
        name: "takeFromPartner",
        told: "Take what came from a partner as graded claims",
        right: "share, incident_write and report_add",
        params: &[ID],
        run: Run::Write(take_in),
        ..POST
    },
    Endpoint {
        path: "/exchange/held",
        name: "listHeld",
        told: "What came from partners and is held back, each with the reason",
        right: "share",
        params: &[query("partner", Kind::Text(64), "Of this partner"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(held),
        ..GET
    },
    Endpoint {
        path: "/exchange/held/{number}",
        name: "decideOnHeld",
        told: "Take something that is held back after all, or drop it",
        right: "share_rule",
        params: &[
            path("number", Kind::Integer(0, i64::MAX), "Its number"),
            body("choice", Kind::Words(choices), "What is decided"),
            body("why", Kind::Text(2_000), "Why; stays on record"),
        ],
        run: Run::Write(decide_held),
        ..POST
    },
    Endpoint {
        path: "/exchange/agreements",
        name: "listAgreements",
        told: "With whom values may be matched, and how much",
        right: "share_rule, or share and look",
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(agreements),
        ..GET
    },
    Endpoint {
        path: "/exchange/sets",
        name: "listSets",
        told: "The sets of values that answer and ask, without their values",
        right: INSIDE,
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all_sets),
        ..GET
    },
    Endpoint {
        path: "/exchange/matches",
        name: "listMatches",
        told: "Exchanges of private matching, the newest first",
        right: INSIDE,
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(matches),
        ..GET
    },
    Endpoint {
        path: "/exchange/hits",
        name: "listHits",
        told: "What matching found in common, and whom to talk to",
        right: INSIDE,
        params: &[query("all", Kind::Boolean, "Those that were talked about too"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all_hits),
        ..GET
    },
    Endpoint {
        path: "/exchange/hits/{number}",
        name: "closeHit",
        told: "Note what came of talking about a hit",
        right: INSIDE,
        params: &[
            path("number", Kind::Integer(0, i64::MAX), "Its number"),
            body("outcome", Kind::Text(2_000), "What came of it"),
        ],
        run: Run::Write(talked),
        ..POST
    },
    Endpoint {
        path: "/exchange/questions",
        name: "askPartner",
        told: "Make a question about a set, to be carried to the partner by hand: base64",
        right: INSIDE,
        params: &[
            body("partner", Kind::Text(64), "The partner"),
            body("set", Kind::Text(200), "The set that is asked about"),
            body("purpose", Kind::Words(purposes), "What is learned"),
        ],
        run: Run::Long(question),
        ..POST
    },
    Endpoint {
        path: "/exchange/messages",
        name: "takeMessage",
        told: "Take a message of a partner that was carried by hand; what goes back comes in the answer: base64",
        right: "share",
        params: &[body("message", Kind::Text(64 << 20), "The message: base64")],
        run: Run::Long(message),
        ..POST
    },
    Endpoint {
        path: "/exchange/statistics",
        name: "listStatistics",
        told: "Statistics that were published with noise, the newest first, and what is left of their budget",
        right: INSIDE,
        run: Run::Read(releases),
        ..GET
    },
];

fn below_red() -> Vec<String> {
    markings().into_iter().filter(|word| word != "red").collect()
}

fn choices() -> Vec<String> {
    ["take", "drop"].map(str::to_owned).into()
}

fn purposes() -> Vec<String> {
    MatchPurpose::ALL.iter().map(ToString::to_string).collect()
}

fn partners(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let run = |run: &ExchangeRun| {
        json!({
            "direction": run.direction, "at": run.at.to_string(), "accepted": run.accepted, "known": run.known,
            "held": run.held, "refused": run.refused, "error": run.error,
        })
    };
    let all = status::run(inside.workspace, inside.context)?;
    let view = |one: &status::Standing| {
        let mut told = partner_view(&one.partner);
        told["waiting"] = json!(one.waiting);
        told["for_it"] = json!(one.for_it);
        told["from_it"] = json!(one.from_it);
        told["held"] = json!(one.held);
        told["runs"] = one.runs.iter().map(run).collect();
        told
    };
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn partner_view(partner: &Partner) -> Value {
    json!({
        "id": partner.id,
        "title": partner.title,
        "reached": partner.url.is_some(),
        "pull": partner.pull,
        "push": partner.push,
        "clearance": partner.clearance.to_string(),
        "pap": partner.pap.to_string(),
        "accepts": partner.accepts.to_string(),
        "country": partner.country.map(|country| country.to_string()),
        "key": partner.key,
        "identity": partner.identity,
        "grading": partner.grading.to_string(),
        "active": partner.active,
    })
}

fn put_partner(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    context.require(forewarn_app::model::rights::Right::ShareRule)?;
    let before = match partner::find(workspace, context, ask.word("id")) {
        Err(AppError::NotFound { .. }) => Partner::new(ask.word("id")),
        found => found?,
    };
    let text = |name: &str| ask.text(name).map(str::to_owned);
    let (clearance, accepts): (Option<Tlp>, Option<Tlp>) = (ask.get("clearance")?, ask.get("accepts")?);
    let pap: Option<Pap> = ask.get("pap")?;
    let partner = Partner {
        title: text("title").unwrap_or(before.title),
        clearance: clearance.unwrap_or(before.clearance),
        pap: pap.unwrap_or(before.pap),
        accepts: accepts.unwrap_or(before.accepts),
        country: ask.get("country")?.or(before.country),
        key: text("key").or(before.key),
        identity: text("identity").or(before.identity),
        grading: ask.get("grading")?.unwrap_or(before.grading),
        pull: if ask.texts("pull").is_empty() { before.pull } else { ask.texts("pull").to_vec() },
        push: text("push").or(before.push),
        active: ask.text("active").map_or(before.active, |told| told == "true"),
        ..before
    };
    partner::put(workspace, context, &partner)?;
    Ok(Answer::one(&partner_view(&partner)))
}

fn preview(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let parts = shell.desk.parts();
    let all = publish::preview(workspace, context, parts.engine.country_names(), ask.word("id"))?;
    let view = |one: &publish::Preview| {
        json!({
            "kind": one.kind.as_str(), "id": one.id, "title": one.title, "tlp": one.marking.tlp.to_string(),
            "send": one.send, "because": one.because, "there": one.there,
        })
    };
    Answer::part(all.iter().map(view).collect(), ask)
}

fn take_in(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let outcome = take::run(inside.workspace, inside.context, inside.ask.word("id"), &Silent)?;
    inside.shell.live.tell("incidents", "");
    Ok(Answer::one(&json!({
        "objects": outcome.objects, "incidents": outcome.incidents, "retracted": outcome.retracted,
        "reports": outcome.reports, "unread": outcome.unread,
    })))
}

fn held(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let all = quarantine::list(inside.workspace, inside.context, inside.ask.text("partner"), COUNT_MAX)?;
    let view = |held: &Quarantined| {
        json!({
            "number": held.number, "partner": held.partner, "id": held.id, "code": held.code,
            "reason": held.reason, "at": held.at.to_string(),
        })
    };
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn decide_held(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let number = ask.need("number")?;
    quarantine::decide(workspace, context, number, ask.word("choice") == "take", ask.word("why"))?;
    Ok(Answer::one(&json!({ "number": number, "decided": ask.word("choice") })))
}

fn agreements(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let view = |one: &Agreement| {
        json!({
            "partner": one.partner, "key": one.kid, "set": one.set_name, "learns": one.learns.to_string(),
            "values_max": one.values_max, "questions_per_day": one.questions_per_day,
            "values_per_day": one.values_per_day, "active": one.active,
        })
    };
    let all = agree::list(inside.workspace, inside.context)?;
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn all_sets(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let view = |set: &MatchSet| {
        json!({
            "name": set.name, "values": set.count, "officer": set.officer.name, "contact": set.officer.contact,
            "made": set.made_at.to_string(),
        })
    };
    let all = sets::list(inside.workspace, inside.context)?;
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn matches(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let view = |one: &MatchSession| {
        json!({
            "id": hex(&one.id), "asked": one.asked, "partner": one.partner, "purpose": one.purpose.to_string(),
            "learns": one.learns.to_string(), "state": one.state.to_string(), "made": one.made_at.to_string(),
            "values": one.count, "hits": one.hits,
        })
    };
    let all = hits::sessions(inside.workspace, inside.context, COUNT_MAX)?;
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn all_hits(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let view = |hit: &MatchHit| {
        json!({
            "number": hit.number, "match": hex(&hit.session), "value": hit.value, "case": hit.case_ref,
            "count": hit.count, "officer": hit.officer.name, "contact": hit.officer.contact,
            "found": hit.found_at.to_string(), "talked": hit.talked_at.map(|at| at.to_string()),
            "outcome": hit.outcome,
        })
    };
    let all = hits::list(inside.workspace, inside.context, !inside.ask.is("all"), COUNT_MAX)?;
    Answer::part(all.iter().map(view).collect(), inside.ask)
}

fn talked(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let number = ask.need("number")?;
    hits::talked(workspace, context, number, ask.word("outcome"))?;
    Ok(Answer::one(&json!({ "number": number, "outcome": ask.word("outcome") })))
}

fn question(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask: asked, .. } = inside;
    let purpose: MatchPurpose = asked.need("purpose")?;
    let limits = Limits::default();
    let made = ask::run(workspace, context, asked.word("partner"), asked.word("set"), purpose, &limits)?;
    let message = STANDARD.encode(&made.message);
    Ok(Answer::one(&json!({ "match": hex(&made.session), "values": made.count, "message": message })))
}

fn message(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let bytes = STANDARD.decode(inside.ask.word("message").trim());
    let bytes = bytes.map_err(|error| PageError::bad(format!("message: expected base64: {error}")))?;
    let taken = receive::run(inside.workspace, inside.context, &bytes, &Limits::default())?;
    Ok(Answer::one(&json!({
        "match": hex(&taken.session),
        "partner": taken.partner,
        "purpose": taken.purpose.to_string(),
        "state": taken.state.to_string(),
        "hits": taken.hits,
        "officer": taken.officer.as_ref().map(|officer| &officer.name),
        "contact": taken.officer.as_ref().map(|officer| &officer.contact),
        "reply": taken.reply.map(|reply| STANDARD.encode(reply)),
    })))
}

fn releases(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let limits = statistics::Limits::default();
    let budget = statistics::budget(inside.workspace, inside.context, &limits)?;
    let past = statistics::past(inside.workspace, inside.context, &limits, COUNT_MAX)?;
    let view = |one: &statistics::Past| json!({ "at": one.at.to_string(), "by": one.actor, "question": one.question, "epsilon": one.epsilon });
    Ok(Answer::one(&json!({
        "spent_epsilon": budget.spent_epsilon,
        "epsilon": budget.epsilon,
        "delta": budget.delta,
        "releases": past.iter().map(view).collect::<Vec<_>>(),
    })))
}
