//! Reads a news text sentence by sentence and names the facts on the trend that it seems to state: where scam
//! centres are, where victims come from, how many people, which notice was issued.
//!
//! These are claims for an analyst to confirm, with the words that make them. Nothing is decided here, and
//! nothing is worked out that the text does not say. Precision comes first: what is neither clearly a hub
//! nor clearly an origin is left out, and so is a text without any sign of coercion.

use std::collections::BTreeMap;
use std::ops::Range;

use forewarn_model::{
    CandidateId, CandidateSubject, Facts, IncidentCandidate, IncidentKind, PlaceKind, Quantity, Report,
    ReportKind, Span,
};

mod cues;
mod quantity;
mod roles;
mod sentence;
#[cfg(test)]
mod tests;

use cues::{Cue, Hit};
use roles::{Role, Scene};
use sentence::Gap;

/// How many places of a text are looked at to learn which countries it has hub places in.
const PLACES_MAX: usize = 200;

/// How many words may stand between a number and the people that it counts.
const QUALITIES_MAX: usize = 4;

/// The facts that a text seems to state, in the order of the text; of several mentions of one fact the first
/// without a hedge, else the first. None for an advertisement or a chat: these state no facts on the trend.
pub(crate) fn candidates(report: &Report, facts: &Facts) -> Vec<IncidentCandidate> {
    if matches!(report.kind, ReportKind::JobAd | ReportKind::Chat) {
        return Vec::new();
    }
    let sentences = sentence::split(report, facts);
    let cues: Vec<Vec<Hit>> = sentences.iter().map(cues::find).collect();
    let on_trend = is_on_trend(facts, &cues);
    let mut found = Vec::new();
    for (sentence, cues) in sentences.iter().zip(&cues) {
        let scene = Scene::new(facts, sentence, cues);
        if scene.has(Cue::Deny) {
            continue;
        }
        let mut drafts = Vec::new();
        notices(&scene, &mut drafts);
        if on_trend && cues.iter().any(|hit| bears(hit.cue)) {
            places(facts, &scene, &mut drafts);
            numbers(facts, &scene, &mut drafts);
        }
        drafts.sort_by_key(|draft| draft.words.start);
        let whole = sentence::span(facts, sentence);
        found.extend(drafts.into_iter().map(|draft| {
            let span = facts.normalized.original_span(sentence.bytes(&draft.words));
            let hedged = is_hedged(&scene, &draft.words);
            let id = derive_id(report, &draft.subject, span);
            let Draft { kind, subject, .. } = draft;
            IncidentCandidate { id, report: report.id(), kind, subject, hedged, span, sentence: whole }
        }));
    }
    unique(found)
}

/// A fact before it has its spans.
struct Draft {
    kind: IncidentKind,
    subject: CandidateSubject,
    words: Range<usize>,
}

/// Whether the text is about the trend: fraud and coercion, or a known place of scam centres and coercion.
fn is_on_trend(facts: &Facts, cues: &[Vec<Hit>]) -> bool {
    let known = facts.places.iter().any(|place| place.hub);
    let (mut fraud, mut coercion, mut centre) = (false, false, false);
    for hits in cues {
        let has = |cue: Cue| hits.iter().any(|hit| hit.cue == cue);
        if has(Cue::Deny) {
            continue;
        }
        fraud |= has(Cue::Scam) || has(Cue::HubNoun) || has(Cue::HubWeak) || has(Cue::Defraud);
        centre |= has(Cue::HubNoun);
        coercion |=
            has(Cue::Traffic) || has(Cue::Captive) || has(Cue::Rescue) || has(Cue::Lure) && has(Cue::Job);
    }
    fraud && (coercion || centre || known) || known && coercion
}

/// Whether a cue alone makes a sentence worth reading.
fn bears(cue: Cue) -> bool {
    !matches!(
        cue,
        Cue::Body
            | Cue::Ministry
            | Cue::Elsewhere
            | Cue::Hedge
            | Cue::Deny
            | Cue::Total
            | Cue::Issue
            | Cue::Job
    )
}

/// Hubs and origins.
fn places(facts: &Facts, scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    for list in &scene.groups {
        let role = scene.role(facts, list);
        for member in &list.members {
            let Some(place) = facts.places.get(member.place) else { continue };
            let region = place.region.filter(|_| place.kind == PlaceKind::Region);
            let fact = match role {
                Role::Hub => (
                    hub_kind(scene),
                    region.map(CandidateSubject::HubRegion),
                    place.country.map(CandidateSubject::HubCountry),
                ),
                Role::Victims(cue) => (
                    people_kind(scene, cue),
                    region.map(CandidateSubject::OriginRegion),
                    place.country.map(CandidateSubject::OriginCountry),
                ),
                Role::Arrested | Role::Neither => continue,
            };
            let (kind, region, country) = fact;
            if let Some(subject) = region.or(country) {
                drafts.push(Draft { kind, subject, words: member.words.clone() });
            }
        }
    }
}

fn hub_kind(scene: &Scene<'_>) -> IncidentKind {
    let rows = [
        (scene.has(Cue::Sanction), IncidentKind::Sanction),
        (scene.has(Cue::Raid), IncidentKind::Raid),
        (scene.has(Cue::Rescue) || scene.has(Cue::Home), IncidentKind::VictimsRescued),
        (scene.has(Cue::Warn) && (scene.has(Cue::Ministry) || scene.has(Cue::Job)), IncidentKind::Advisory),
    ];
    rows.into_iter().find(|row| row.0).map_or(IncidentKind::HubReport, |row| row.1)
}

fn people_kind(scene: &Scene<'_>, cue: Option<Cue>) -> IncidentKind {
    let freed =
        matches!(cue, Some(Cue::Rescue | Cue::Home)) || scene.has(Cue::Rescue) || scene.has(Cue::Home);
    match (freed, scene.has(Cue::Raid)) {
        (true, _) => IncidentKind::VictimsRescued,
        (false, true) => IncidentKind::Raid,
        (false, false) => IncidentKind::VictimsReported,
    }
}

/// Numbers of people, and of countries with hubs beyond those named.
fn numbers(facts: &Facts, scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    for number in quantity::find(scene.sentence) {
        if let Some(end) = further_countries(scene, number.words.end) {
            let to = number.words.start.checked_sub(1).and_then(|at| scene.sentence.governor(at));
            let hubs = scene
                .cues
                .iter()
                .rev()
                .find(|hit| hit.end <= number.words.start)
                .is_some_and(|hit| matches!(hit.cue, Cue::Expand | Cue::HubNoun | Cue::HubWeak));
            if hubs && matches!(to, Some(cues::Governor::In | cues::Governor::To)) {
                let subject = CandidateSubject::HubCountries(number.quantity);
                drafts.push(Draft { kind: IncidentKind::HubReport, subject, words: number.words.start..end });
            }
            continue;
        }
        let Some(noun) = people_after(facts, scene, number.words.end) else { continue };
        let kind = match scene.people(&noun) {
            Role::Victims(cue) => match scene.has(Cue::Total) {
                true => IncidentKind::Statistic,
                false => people_kind(scene, cue),
            },
            Role::Arrested => IncidentKind::Raid,
            Role::Neither if scene.has(Cue::HubNoun) && !names_others(scene, &noun) => {
                people_kind(scene, None)
            }
            Role::Hub | Role::Neither => continue,
        };
        let words = number.words.start..noun.end;
        drafts.push(Draft { kind, subject: CandidateSubject::People(number.quantity), words });
    }
}

/// Whether the people are named as something else than victims, or somebody is defrauded or sanctioned.
fn names_others(scene: &Scene<'_>, noun: &Range<usize>) -> bool {
    let near = |hit: &&Hit| hit.start < noun.end + 2 && hit.end + 2 > noun.start;
    scene.has(Cue::Defraud)
        || scene.has(Cue::Sanction)
        || scene.cues.iter().filter(near).any(|hit| matches!(hit.cue, Cue::Perpetrator | Cue::Body))
}

/// The word after "other Asian countries", when that follows a number.
fn further_countries(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let noun = (at..at + QUALITIES_MAX).find(|at| sentence.is(*at, cues::COUNTRY_NOUNS))?;
    let between = at..noun;
    let expands = scene.cues.iter().any(|hit| hit.cue == Cue::Expand && hit.end <= at);
    let further = between.clone().any(|at| sentence.is(at, cues::FURTHER));
    let plain = between.clone().all(|at| sentence.is(at, cues::FURTHER) || sentence.mention_at(at).is_some());
    (plain && (further || expands)).then_some(noun + 1)
}

/// The words from a number to the noun for the people that it counts.
fn people_after(facts: &Facts, scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let sentence = scene.sentence;
    if sentence.gap(at) != Gap::Space {
        return None;
    }
    if sentence.is(at, cues::PERSON_VERBS)
        || scene.cues.iter().any(|hit| hit.start == at && matches!(hit.cue, Cue::Rescue | Cue::Arrest))
    {
        return Some(at..at);
    }
    let mut end = at;
    let mut people = None;
    while end < at + QUALITIES_MAX + 1 && matches!(sentence.gap(end), Gap::Space | Gap::Hyphen) {
        if let Some(mention) = sentence.mention_at(end) {
            let place = facts.places.get(mention.place)?;
            end = mention.words.end;
            let region = place.kind == PlaceKind::Region && sentence.word(end - 1).ends_with("ans");
            if place.kind == PlaceKind::People || region {
                people = Some(at..end);
            }
            continue;
        }
        if sentence.is(end, cues::PERSONS) {
            people = Some(at..end + 1);
        } else if people.is_some() || !sentence.is(end, cues::PERSON_QUALITIES) {
            break;
        }
        end += 1;
    }
    people
}

/// Notices of police organisations, by their colour.
fn notices(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let sentence = scene.sentence;
    if !scene.has(Cue::Issue) {
        return;
    }
    for at in 0..sentence.len() {
        if !sentence.is(at, cues::NOTICES) {
            continue;
        }
        let colour = |at: usize| cues::COLOURS.iter().find(|row| row.0 == sentence.word(at)).map(|row| row.1);
        let found =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find_map(|at| Some((at, colour(at)?)));
        if let Some((beside, name)) = found {
            let subject = CandidateSubject::NoticeIssued(name.to_owned());
            let words = at.min(beside)..at.max(beside) + 1;
            drafts.push(Draft { kind: IncidentKind::Notice, subject, words });
        }
    }
}

/// Whether the text hedges: before the words without a break between, or right after them.
fn is_hedged(scene: &Scene<'_>, words: &Range<usize>) -> bool {
    scene.cues.iter().filter(|hit| hit.cue == Cue::Hedge).any(|hit| match hit.end <= words.start {
        true => !(hit.end..words.start).any(|at| scene.begins_clause(at)),
        false => {
            let between = words.end..hit.start;
            between.len() < 3
                && between.clone().all(|at| !scene.sentence.is(at, "and et y"))
                && (words.end..hit.start + 1).all(|at| scene.sentence.gap(at) == Gap::Space)
                && hit.start >= words.end
        }
    })
}

/// The subject in words: what the id is derived from and facts are compared by.
fn subject_text(subject: &CandidateSubject) -> String {
    let number = |quantity: &Quantity| {
        format!("{}..{}", quantity.min, quantity.max.map(|max| max.to_string()).unwrap_or_default())
    };
    match subject {
        CandidateSubject::HubCountry(country) => format!("hub {country}"),
        CandidateSubject::HubRegion(region) => format!("hub {region}"),
        CandidateSubject::OriginCountry(country) => format!("origin {country}"),
        CandidateSubject::OriginRegion(region) => format!("origin {region}"),
        CandidateSubject::People(quantity) => format!("people {}", number(quantity)),
        CandidateSubject::HubCountries(quantity) => format!("hubs {}", number(quantity)),
        CandidateSubject::NoticeIssued(colour) => format!("notice {colour}"),
    }
}

fn derive_id(report: &Report, subject: &CandidateSubject, span: Span) -> CandidateId {
    let span = format!("{}..{}", span.start, span.end);
    CandidateId::derive(&[report.id().as_bytes(), subject_text(subject).as_bytes(), span.as_bytes()])
}

/// Each fact once.
fn unique(found: Vec<IncidentCandidate>) -> Vec<IncidentCandidate> {
    let mut kept: BTreeMap<(IncidentKind, String), IncidentCandidate> = BTreeMap::new();
    for candidate in found {
        let key = (candidate.kind, subject_text(&candidate.subject));
        match kept.get_mut(&key) {
            Some(old) if old.hedged && !candidate.hedged => *old = candidate,
            Some(_) => {}
            None => {
                kept.insert(key, candidate);
            }
        }
    }
    let mut all: Vec<IncidentCandidate> = kept.into_values().collect();
    all.sort_by_key(|candidate| (candidate.span, candidate.kind));
    all
}
