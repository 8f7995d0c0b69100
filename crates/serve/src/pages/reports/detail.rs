//! One report with everything that is known of it, and the form that marks it.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{Redirect, Response};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Credibility, Grading, ObservableKind, Pap, ReasonSource, Reliability, Tlp};
use forewarn_app::report::mark::{self, Changed};
use forewarn_app::report::search;
use forewarn_app::report::show::{self, Passage, Shown};
use serde::Deserialize;

use super::{Graded, Marking, graded, identifier_kind, marking, network, percent, verdict};
use crate::pages::asked::{Asked, Select, select};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// A part of the text with what was found in it.
struct Piece {
    text: String,
    /// The classes of the mark; empty where nothing was found.
    class: String,
    /// What it is, in words.
    title: String,
}

/// A reason of the score.
struct Reason {
    name: String,
    means: Option<String>,
    log_odds: String,
    /// Where its bar begins and how long it is, in percent.
    x: String,
    width: String,
    class: &'static str,
    quotes: Vec<String>,
}

struct Identifier {
    kind: String,
    value: String,
    href: String,
    count: u32,
}

struct Seen {
    time: String,
    published: Option<String>,
    source: String,
    external_id: String,
    url: Option<String>,
}

struct Told {
    time: String,
    by: String,
    what: String,
    why: String,
}

struct Claim {
    words: String,
    href: String,
    decided: Option<String>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Detail {
    frame: Frame,
    id: String,
    short: String,
    title: Option<String>,
    lang: String,
    kind: String,
    language: String,
    countries: String,
    tlp: Marking,
    /// With which organisation it stays.
    kept: Option<String>,
    pap: String,
    grading: Graded,
    verdict: Option<String>,
    tone: &'static str,
    chance: Option<String>,
    dated: Option<String>,
    pieces: Vec<Piece>,
    normalized: String,
    reasons: Vec<Reason>,
    /// Reasons that weigh little.
    slight: Vec<Reason>,
    identifiers: Vec<Identifier>,
    seen: Vec<Seen>,
    seen_count: String,
    campaign: Option<String>,
    network: String,
    claims: Vec<Claim>,
    changes: Vec<Told>,
    /// What can be changed.
    marks: Vec<Select>,
}

pub(super) async fn detail(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let shown = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let id = show::named(workspace, context, &id)?;
            show::run(workspace, context, engine, id)
        })
        .await?;
    let frame = Frame::new(&shell, &who, "reports", "tab-reports");
    let catalogue = shell.desk.words().catalogues.find(frame.language());
    let explain = |name: &str| catalogue?.find(&format!("means-{}", name.replace('_', "-")), &[]);
    page(&make_detail(frame, &shown, &explain))
}

/// The class of a passage's mark: each kind has an underline of its own.
fn class(shown: &Shown, passage: Passage) -> &'static str {
    match passage {
        Passage::Indicator(_) => "sign",
        Passage::Observable(at) => match shown.reading.facts.observables[at].kind {
            ObservableKind::Phone | ObservableKind::Email | ObservableKind::Handle(_) => {
                "found found-contact"
            }
            ObservableKind::Url | ObservableKind::Domain => "found found-web",
            ObservableKind::Crypto(_) | ObservableKind::Iban => "found found-money",
        },
        Passage::Place(_) => "found found-place",
        Passage::Money(_) => "found found-money",
    }
}

/// What a passage is, in words.
fn meaning(frame: &Frame, shown: &Shown, passage: Passage) -> String {
    let reading = &shown.reading;
    match passage {
        Passage::Indicator(at) => frame.word_of("sign", reading.indicators[at].name.as_str()),
        Passage::Observable(at) => {
            let observable = &reading.facts.observables[at];
            format!("{}: {}", identifier_kind(frame, &observable.kind.to_string()), observable.value)
        }
        Passage::Place(at) => {
            let place = &reading.facts.places[at];
            let country = place.country.map(|country| frame.country(&country));
            match country.filter(|country| *country != place.name) {
                Some(country) => format!("{}, {country}", place.name),
                None => place.name.clone(),
            }
        }
        Passage::Money(_) => frame.w("report-money"),
    }
}

fn pieces(frame: &Frame, shown: &Shown, text: &str) -> Vec<Piece> {
    let passages = shown.passages();
    shown
        .pieces(text, &passages)
        .into_iter()
        .map(|piece| {
            let mut classes: Vec<&str> = Vec::new();
            let mut titles: Vec<String> = Vec::new();
            for at in &piece.covers {
                let (class, title) = (class(shown, passages[*at].0), meaning(frame, shown, passages[*at].0));
                if !classes.contains(&class) {
                    classes.push(class);
                }
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            // What is inside another passage keeps the sign's ground and the other's underline.
            Piece { text: piece.text.to_owned(), class: classes.join(" "), title: titles.join("; ") }
        })
        .collect()
}

/// How many reasons are shown at once; the others, which weigh less, on demand.
const REASONS_SHOWN_MAX: usize = 12;

/// How many quotes are shown with a reason.
const QUOTES_MAX: usize = 4;

fn reasons(
    frame: &Frame,
    shown: &Shown,
    text: &str,
    explain: &dyn Fn(&str) -> Option<String>,
) -> Vec<Reason> {
    let Some(assessment) = &shown.reading.assessment else { return Vec::new() };
    let all = assessment.reasons();
    let widest = all.iter().map(|reason| reason.log_odds.abs()).fold(1.0, f64::max);
    let mut reasons: Vec<&forewarn_app::model::Reason> = all.iter().collect();
    // The prior first, then by weight.
    reasons[1..].sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
    reasons
        .into_iter()
        .map(|reason| {
            let (name, means) = match &reason.source {
                ReasonSource::Prior => (frame.w("report-reason-prior"), None),
                ReasonSource::Indicator(name) => {
                    (frame.word_of("sign", name.as_str()), explain(name.as_str()))
                }
                ReasonSource::Structure(name) => {
                    // Words that are quoted show it themselves.
                    let whole = reason.spans.is_empty().then(|| frame.w("report-reason-structure"));
                    (structure(frame, name), whole)
                }
                ReasonSource::Wording => (frame.w("report-reason-wording"), None),
            };
            let width = reason.log_odds.abs() / widest * 50.0;
            let x = if reason.log_odds < 0.0 { 50.0 - width } else { 50.0 };
            let quotes = reason.spans.iter().take(QUOTES_MAX).map(|span| span.slice(text).to_owned());
            Reason {
                name,
                means,
                log_odds: signed(reason.log_odds),
                x: format!("{x:.1}%"),
                width: format!("{width:.1}%"),
                class: if reason.log_odds < 0.0 { "bar bar-minus" } else { "bar bar-warn" },
                quotes: quotes.collect(),
            }
        })
        .collect()
}

/// A property of the whole text in words; two signs that stand together have a plus between them.
fn structure(frame: &Frame, name: &str) -> String {
    let word = |part: &str| {
        let find = |list| frame.find(&format!("{list}-{}", part.replace('_', "-")));
        let known = ["structure", "sign", "regular"].into_iter().find_map(find);
        known.unwrap_or_else(|| part.replace('_', " "))
    };
    name.split('+').map(word).collect::<Vec<_>>().join(" + ")
}

/// A number with its sign, and a real minus.
fn signed(number: f64) -> String {
    format!("{number:+.2}").replace('-', "−")
}

fn make_detail(frame: Frame, shown: &Shown, explain: &dyn Fn(&str) -> Option<String>) -> Detail {
    let short: String = shown.stored.report.id().to_string().chars().take(12).collect();
    let owned = frame.titled(short.clone());
    let frame = &owned;
    let report = &shown.stored.report;
    let text = report.full_text();
    let facts = &shown.reading.facts;
    let assessment = shown.reading.assessment.as_ref();
    let verdict = assessment.map(|assessment| verdict(frame, assessment.verdict().as_str()));
    let id = report.id().to_string();
    let mut identifiers: Vec<Identifier> = Vec::new();
    for observable in &facts.observables {
        let kind = identifier_kind(frame, &observable.kind.to_string());
        match identifiers.iter_mut().find(|known| known.kind == kind && known.value == observable.value) {
            Some(known) => known.count += 1,
            None => identifiers.push(Identifier {
                href: network(&format!("{}:{}", observable.kind, observable.value)),
                kind,
                value: observable.value.clone(),
                count: 1,
            }),
        }
    }
    let seen = shown.sightings.iter().map(|sighting| Seen {
        time: frame.time(&sighting.received_at),
        published: sighting.published_at.map(|at| frame.time(&at)),
        source: sighting.source.name.clone(),
        external_id: sighting.source.external_id.clone().unwrap_or_default(),
        url: sighting.source.url.clone(),
    });
    let mut reasons = reasons(frame, shown, &text, explain);
    let slight = reasons.split_off(reasons.len().min(REASONS_SHOWN_MAX));
    let claims = shown.candidates.iter().map(|stored| Claim {
        words: stored.candidate.sentence.slice(&text).to_owned(),
        href: "/incidents/candidates".to_owned(),
        decided: stored.decision.as_ref().map(|decision| frame.word_of("report-claim", &decision.verdict)),
    });
    let changes = shown.changes.iter().rev().map(|change| Told {
        time: frame.time(&change.at),
        by: change.by.clone(),
        what: match change.what {
            Changed::Marking(from, to) => format!("{from} → {to}"),
            Changed::Grading(from, to) => format!("{from} → {to}"),
        },
        why: change.reason.clone(),
    });
    let one = |name, current: String, choices: Vec<(String, String)>| {
        let asked = Asked::default();
        let mut made = select(&asked, name, frame.word_of("report-mark", name), choices);
        made.choices.iter_mut().for_each(|choice| choice.chosen = choice.value == current);
        made
    };
    let same = |text: String| (text.clone(), text);
    let letters = Reliability::ALL.map(|reliability| {
        let letter = reliability.letter().to_string();
        let words = format!("{letter}: {}", frame.word_of("incident-reliability", &letter));
        (letter, words)
    });
    let digits = Credibility::ALL.map(|credibility| {
        let digit = credibility.digit().to_string();
        let words = format!("{digit}: {}", frame.word_of("incident-credibility", &digit));
        (digit, words)
    });
    let (tlp, pap, grading) = (report.marking.tlp, report.marking.pap, report.grading);
    Detail {
        short,
        title: report.title().map(str::to_owned),
        lang: facts.language.to_string(),
        kind: frame.word_of("report-kind", report.kind),
        language: facts.language.to_string(),
        countries: facts
            .countries()
            .iter()
            .map(|country| frame.country(country))
            .collect::<Vec<_>>()
            .join(", "),
        tlp: marking(tlp),
        kept: shown.organisation.as_ref().map(|name| frame.with("report-kept", "organisation", name)),
        pap: pap.to_string(),
        grading: graded(frame, grading),
        tone: verdict.as_ref().map_or("", |(_, tone)| tone),
        verdict: verdict.map(|(word, _)| word),
        chance: assessment.map(|assessment| percent(assessment.probability())),
        dated: shown.is_dated().then(|| {
            let stored = shown.assessment.as_ref().and_then(search::probability);
            frame.with("report-dated", "chance", stored.map_or_else(|| "–".to_owned(), percent))
        }),
        pieces: pieces(frame, shown, &text),
        normalized: facts.normalized.as_str().to_owned(),
        reasons,
        slight,
        identifiers,
        seen: seen.collect(),
        seen_count: frame.count("report-seen-times", shown.stored.sightings),
        campaign: shown.campaign.map(|id| id.to_string()),
        network: network(&id),
        claims: claims.collect(),
        changes: changes.collect(),
        marks: vec![
            one("tlp", tlp.to_string(), Tlp::ALL.map(|tlp| same(tlp.to_string())).to_vec()),
            one("pap", pap.to_string(), Pap::ALL.map(|pap| same(pap.to_string())).to_vec()),
            one("reliability", grading.reliability.letter().to_string(), letters.to_vec()),
            one("credibility", grading.credibility.digit().to_string(), digits.to_vec()),
        ],
        id,
        frame: owned,
    }
}

/// The form that changes a marking and a grading.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    tlp: String,
    pap: String,
    reliability: String,
    credibility: String,
    #[serde(default)]
    why: String,
}

pub(super) async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Change>,
) -> Result<Redirect, PageError> {
    let wrong = |error: &dyn std::fmt::Display| PageError::bad(error.to_string());
    let request = mark::Request {
        tlp: Some(form.tlp.parse::<Tlp>().map_err(|error| wrong(&error))?),
        pap: Some(form.pap.parse::<Pap>().map_err(|error| wrong(&error))?),
        grading: Some(
            format!("{}{}", form.reliability, form.credibility)
                .parse::<Grading>()
                .map_err(|error| wrong(&error))?,
        ),
    };
    let (id, changed) = shell
        .write(&who, move |workspace, context| {
            let id = show::named(workspace, context, &id)?;
            Ok((id, mark::run(workspace, context, id, request, &form.why)?))
        })
        .await?;
    let done = if changed.is_empty() { "report-unchanged" } else { "report-marked" };
    if !changed.is_empty() {
        shell.live.tell("reports", "");
    }
    Ok(Redirect::to(&format!("/reports/{id}?done={done}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_real_minus() {
        assert_eq!((signed(-0.5), signed(1.234)), ("−0.50".to_owned(), "+1.23".to_owned()));
    }

    #[test]
    fn every_sign_of_a_regular_employer_has_words() {
        let signs = include_str!("../../../../../models/core/signs.tsv");
        let words = include_str!("../../../../../translations/en/desk-sign.ftl");
        let rows = signs.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for sign in rows.filter_map(|line| line.split('\t').next()) {
            let message = format!("regular-{} = ", sign.replace('_', "-"));
            assert!(words.contains(&message), "translations/en/desk-sign.ftl lacks {message}");
        }
    }
}
