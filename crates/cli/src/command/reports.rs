//! `forewarn reports`

use std::io;

use anyhow::Result;
use forewarn_app::model::{ReasonSource, Verdict, percent};
use forewarn_app::report::export::{self, Format, input};
use forewarn_app::report::mark::{self, Change, Changed};
use forewarn_app::report::output::Output;
use forewarn_app::report::search::{self, Found, Marked, Request};
use forewarn_app::report::show::{self, Passage, Shown};
use forewarn_app::share::json::report as report_json;
use forewarn_app::store::Sort;
use forewarn_app::{Context, Workspace};
use serde_json::{Value, json};

use crate::args::{Global, ReportAction, Reports, SortArg, YesNo};
use crate::exit::Code;
use crate::{output, setup};

/// How much of a text is shown of each hit.
const EXCERPT_CHARS: usize = 240;

pub(crate) fn run(global: &Global, args: &Reports) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    match &args.action {
        Some(ReportAction::Show { report }) => {
            let engine = setup::engine(global)?;
            let id = show::named(&workspace, &context, report)?;
            let shown = show::run(&workspace, &context, &engine, id)?;
            if global.json { output::json(&show::view(&shown))? } else { tell(&shown)? }
        }
        Some(ReportAction::Mark { report, tlp, pap, grading, why }) => {
            let id = show::named(&workspace, &context, report)?;
            let request = mark::Request { tlp: *tlp, pap: *pap, grading: *grading };
            let changes = mark::run(&mut workspace, &context, id, request, why)?;
            if global.json {
                output::json(&Value::Array(changes.iter().map(show::change_view).collect()))?;
            } else if changes.is_empty() {
                output::line("it was so before: nothing was changed")?;
            } else {
                changes.iter().try_for_each(|change| output::line(&told(change)))?;
            }
        }
        None if args.csv || args.jsonl => take_out(&mut workspace, &context, args)?,
        None => list(global, &workspace, &context, args)?,
    }
    Ok(Code::Done)
}

fn request(args: &Reports) -> Request {
    let filter = &args.filter;
    Request {
        text: args.query.join(" "),
        identifier: filter.identifier.clone(),
        identifier_kinds: filter.identifier_kind.clone(),
        countries: filter.country.clone(),
        languages: filter.language.clone(),
        kinds: filter.kind.clone(),
        verdicts: filter.verdict.clone(),
        probability: (filter.probability_min, filter.probability_max),
        sources: filter.source.clone(),
        received: (filter.from, filter.to),
        published: (filter.published_from, filter.published_to),
        markings: filter.tlp.clone(),
        grading: filter.grading,
        campaign: filter.campaign.clone(),
        claims: filter.claims.map(|claims| claims == YesNo::Yes),
        sort: match args.sort {
            SortArg::Newest => Sort::Newest,
            SortArg::Score => Sort::Score,
        },
        cursor: args.cursor.clone(),
        count_max: args.count_max,
    }
}

fn take_out(workspace: &mut Workspace, context: &Context, args: &Reports) -> Result<()> {
    let format = if args.csv { Format::Csv } else { Format::JsonLines };
    let request = request(args);
    export::begin(workspace, context, &request, format)?;
    let mut out = match &args.out {
        Some(path) => Output::file(path, None)?,
        None => Output::stream(io::stdout()),
    };
    let outcome = export::write(workspace, context, &request, format, &export::Limits::default(), &mut out)?;
    out.finish()?;
    let more = if outcome.cut { "; there are more: narrow the search" } else { "" };
    output::note!("{} reports{more}", outcome.reports);
    Ok(())
}

fn list(global: &Global, workspace: &Workspace, context: &Context, args: &Reports) -> Result<()> {
    let outcome = search::run(workspace, context, &request(args))?;
    let waiting = search::waiting(workspace)?;
    if global.json {
        return output::json(&json!({
            "reports": outcome.found.iter().map(|found| report_json(&input(found))).collect::<Vec<Value>>(),
            "count": outcome.count,
            "next": outcome.next,
            "waiting": waiting,
        }));
    }
    for (kind, value) in &outcome.identifiers {
        output::line(&output::dim(&format!("{kind} {value}")))?;
    }
    outcome.found.iter().try_for_each(show_hit)?;
    output::line(&match outcome.count {
        Some(1) => "1 report".to_owned(),
        Some(count) => format!("{count} reports"),
        None => format!("more than {} reports", search::COUNTED_MAX),
    })?;
    if outcome.found.is_empty() && waiting == 0 {
        output::note!("`forewarn ingest` takes reports in; fewer words and filters find more");
    }
    if let Some(next) = &outcome.next {
        output::line(&format!("more: the same with --cursor {next}"))?;
    }
    if waiting > 0 {
        output::note!("{waiting} reports wait to be read and are not found yet: forewarn ingest reads them");
    }
    Ok(())
}

fn show_hit(found: &Found) -> Result<()> {
    let report = &found.report;
    let mut facts = vec![output::orange(&report.id().to_string()[..12]), report.kind.as_str().to_owned()];
    if let Some(assessment) = &found.assessment {
        facts.push(assessment.language.to_string());
        facts.extend(search::probability(assessment).map(|p| format!("{} %", percent(p))));
        let countries: Vec<&str> = assessment.countries.iter().map(|country| country.as_str()).collect();
        facts.extend((!countries.is_empty()).then(|| countries.join(" ")));
    }
    facts.push(report.marking.tlp.to_string());
    facts.push(report.grading.to_string());
    facts.push(report.sighting.received_at.to_string()[..10].to_owned());
    facts.push(report.sighting.source.name.clone());
    if found.sightings > 1 {
        facts.push(format!("seen {} times", found.sightings));
    }
    output::line(&facts.join(" · "))?;
    let excerpt = found.excerpt(EXCERPT_CHARS);
    if let Some(title) = &excerpt.title {
        output::line(&format!("  {}", painted(title)))?;
    }
    let (before, after) =
        (if excerpt.begins_before { "… " } else { "" }, if excerpt.goes_on { " …" } else { "" });
    output::line(&format!("  {before}{}{after}\n", painted(&excerpt.text)))
}

/// A text in one line, with what was found in colour.
fn painted(marked: &Marked) -> String {
    let pieces = marked.pieces().into_iter().map(|piece| {
        let text: String = piece.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if piece.covers.is_empty() { text } else { output::orange(&text) }
    });
    pieces.collect()
}

fn told(change: &Change) -> String {
    let what = match change.what {
        Changed::Marking(from, to) => format!("marking: {from} → {to}"),
        Changed::Grading(from, to) => format!("grading: {from} → {to}"),
    };
    let day = &change.at.to_string()[..10];
    format!("{what}, by {} on {day} because “{}”", change.by, change.reason)
}

fn tell(shown: &Shown) -> Result<()> {
    let report = &shown.stored.report;
    let text = report.full_text();
    output::line(&output::orange(&report.id().to_string()))?;
    let language = shown.reading.facts.language;
    output::line(&format!("{} · {language} · {} · {}", report.kind, report.marking, report.grading))?;
    let passages = shown.passages();
    let pieces = shown.pieces(&text, &passages).into_iter().map(|piece| {
        let flag = piece.covers.iter().any(|at| matches!(passages[*at].0, Passage::Indicator(_)));
        let words: String =
            piece.text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        match () {
            () if flag => output::orange(&words),
            () if !piece.covers.is_empty() => output::slot(&words),
            () => words,
        }
    });
    output::line(&format!("\n{}\n", pieces.collect::<String>()))?;
    if let Some(assessment) = &shown.reading.assessment {
        let verdict = match assessment.verdict() {
            Verdict::NoKnownSigns => "no known signs",
            Verdict::SomeSigns => "some signs",
            Verdict::StrongSigns => "strong signs",
        };
        output::line(&format!("{} %: {verdict}", percent(assessment.probability())))?;
        for reason in assessment.reasons() {
            let name = match &reason.source {
                ReasonSource::Prior => "before anything was read".to_owned(),
                ReasonSource::Indicator(name) => name.to_string(),
                ReasonSource::Structure(name) => name.clone(),
                ReasonSource::Wording => "wording".to_owned(),
            };
            let quoted: Vec<&str> = reason.spans.iter().take(3).map(|span| span.slice(&text)).collect();
            let quoted = if quoted.is_empty() {
                String::new()
            } else {
                format!("  “{}”", quoted.join("”, “"))
            };
            output::line(&format!("  {:+.2}  {name}{quoted}", reason.log_odds))?;
        }
        if shown.is_dated() {
            let stored = shown.assessment.as_ref().and_then(search::probability).unwrap_or_default();
            output::line(&format!(
                "  taken in as {} %: the rules or the model changed since",
                percent(stored)
            ))?;
        }
    }
    let observables = &shown.reading.facts.observables;
    if !observables.is_empty() {
        output::line("\nidentifiers:")?;
    }
    for observable in observables {
        let words = observable.span.slice(&text);
        output::line(&format!("  {} {}  “{words}”", observable.kind, observable.value))?;
    }
    output::line(&format!("\nseen {} times:", shown.stored.sightings))?;
    for sighting in &shown.sightings {
        let source = &sighting.source;
        let id = source.external_id.as_deref().map(|id| format!(" #{id}")).unwrap_or_default();
        let url = source.url.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
        output::line(&format!("  {} {}{id}{url}", &sighting.received_at.to_string()[..10], source.name))?;
    }
    if let Some(campaign) = shown.campaign {
        output::line(&format!("campaign: {campaign}"))?;
    }
    for stored in &shown.candidates {
        let words = stored.candidate.span.slice(&text);
        output::line(&format!("claim: {} “{words}”", stored.candidate.id))?;
    }
    shown.changes.iter().try_for_each(|change| output::line(&told(change)))
}
