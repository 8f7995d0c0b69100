//! `forewarn check`

use anyhow::{Result, bail};
use forewarn_app::collect::Format;
use forewarn_app::model::{Assessment, Indicator, ReasonSource, Verdict};
use forewarn_app::report::check;
use forewarn_app::{Engine, share};

use crate::args::{Check, Global};
use crate::command::check_stream;
use crate::command::read::TEXT_BYTES_MAX;
use crate::exit::Code;
use crate::{output, setup};

/// What a person is told. Never that an offer is safe.
const VERDICTS: [(Verdict, &str); 3] = [
    (Verdict::NoKnownSigns, "No known warning signs found. That does not mean that the offer is safe."),
    (Verdict::SomeSigns, "Some warning signs. Ask more before you accept or travel."),
    (
        Verdict::StrongSigns,
        "Strong warning signs of recruitment into a scam centre. Do not travel; ask for help.",
    ),
];

pub(crate) fn run(global: &Global, args: &Check) -> Result<Code> {
    if args.jsonl {
        return check_stream::run(global, args);
    }
    let many = args.file.to_str().and_then(Format::of_name).filter(|format| *format != Format::Text);
    if many.is_some() {
        bail!("check {}: it holds records, not one text: add --jsonl", args.file.display());
    }
    let text = setup::text(&args.file, TEXT_BYTES_MAX)?;
    let engine = Engine::builtin()?;
    let (report, reading) = check::run(&engine, &setup::context(global), &text, args.lang);
    output::problems(&reading.problems);
    let Some(assessment) = &reading.assessment else { return Ok(Code::Failed) };
    let text = report.full_text();
    if global.json {
        output::json(&share::json::check(&share::json::CheckInput {
            id: None,
            text: &text,
            title_chars: 0,
            facts: &reading.facts,
            indicators: &reading.indicators,
            assessment,
            warnings: &reading.problems,
        }))?;
        return Ok(Code::Done);
    }
    let verdict = VERDICTS.iter().find(|(verdict, _)| *verdict == assessment.verdict());
    output::line(&output::orange(verdict.map_or("", |(_, words)| words)))?;
    output::line(&format!(
        "probability {:.0} % ({} in log-odds), language {}",
        100.0 * assessment.probability(),
        signed(assessment.log_odds()),
        reading.facts.language
    ))?;
    passages(&engine, &text, &reading.indicators)?;
    reasons(assessment)?;
    Ok(Code::Done)
}

fn passages(engine: &Engine, text: &str, indicators: &[Indicator]) -> Result<()> {
    let rows = indicators.iter().map(|found| {
        let meaning = engine.pack().indicator(found.name.as_str()).map_or("", |doc| doc.title.as_str());
        let quote = found.span.slice(text).replace('\n', " ");
        vec![format!("“{quote}”"), found.name.to_string(), meaning.to_owned()]
    });
    output::line("")?;
    output::table(&["passage", "indicator", "what it means"], rows.collect())
}

fn reasons(assessment: &Assessment) -> Result<()> {
    let rows = assessment.reasons().iter().map(|reason| {
        let source = match &reason.source {
            ReasonSource::Prior => "before reading".to_owned(),
            ReasonSource::Indicator(name) => name.to_string(),
            ReasonSource::Structure(name) => format!("the text as a whole: {name}"),
            ReasonSource::Wording => "the wording".to_owned(),
        };
        vec![signed(reason.log_odds), source]
    });
    output::line("")?;
    output::table(&["log-odds", "reason"], rows.collect())
}

fn signed(value: f64) -> String {
    format!("{value:+.2}")
}
