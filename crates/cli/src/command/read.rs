//! `forewarn read`

use anyhow::Result;
use forewarn_app::model::{CandidateSubject, CountryNames, IncidentCandidate, Language, Quantity};
use forewarn_app::report::read;
use forewarn_app::{Engine, share};
use serde_json::json;

use crate::args::{Global, Read};
use crate::exit::Code;
use crate::{output, setup};

/// How long a pasted text may be, in bytes.
pub(crate) const TEXT_BYTES_MAX: u64 = 64 << 20;

pub(crate) fn run(global: &Global, args: &Read) -> Result<Code> {
    let text = setup::text(&args.file, TEXT_BYTES_MAX)?;
    let engine = Engine::builtin()?;
    let (report, reading) = read::run(&engine, &setup::context(global), &text);
    output::problems(&reading.problems);
    if global.json {
        let candidates = share::json::candidates(&reading.candidates, &report.full_text());
        output::json(&json!({ "language": reading.facts.language.as_str(), "candidates": candidates }))?;
        return Ok(Code::Done);
    }
    let names = engine.country_names();
    let text = report.full_text();
    let rows = reading.candidates.iter().map(|candidate| {
        let quote = candidate.span.slice(&text).replace('\n', " ");
        let hedged = if candidate.hedged { "hedged" } else { "" };
        vec![
            claim(candidate, names),
            hedged.to_owned(),
            format!("“{quote}”"),
            candidate.span.start.to_string(),
        ]
    });
    output::table(&["claim", "", "words", "at"], rows.collect())?;
    output::line(&format!("{} claims, for an analyst to confirm", reading.candidates.len()))?;
    Ok(Code::Done)
}

fn claim(candidate: &IncidentCandidate, names: &CountryNames) -> String {
    let name = |country| names.get(Language::ENGLISH, country).to_owned();
    let range = |quantity: &Quantity| match quantity.max {
        Some(max) if max == quantity.min => max.to_string(),
        Some(max) => format!("{} to {max}", quantity.min),
        None => format!("at least {}", quantity.min),
    };
    match &candidate.subject {
        CandidateSubject::HubCountry(country) => format!("hub: {}", name(country)),
        CandidateSubject::HubRegion(region) => format!("hub region: {}", region.english()),
        CandidateSubject::OriginCountry(country) => format!("origin: {}", name(country)),
        CandidateSubject::OriginRegion(region) => format!("origin region: {}", region.english()),
        CandidateSubject::People(quantity) => format!("people: {}", range(quantity)),
        CandidateSubject::HubCountries(quantity) => format!("further hub countries: {}", range(quantity)),
        CandidateSubject::NoticeIssued(colour) => format!("notice issued: {colour}"),
    }
}
