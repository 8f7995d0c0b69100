//! `forewarn htcds`

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use forewarn_app::htcds::{erase, export, import, list};
use forewarn_app::model::Severity;
use forewarn_app::share::htcds::{EXTENSIONS, FIELDS, Kind, Limits, csv, json as as_json};
use forewarn_app::{Workspace, files};
use serde_json::json;

use crate::args::{Global, Htcds, HtcdsAction};
use crate::exit::Code;
use crate::{output, setup};

/// How many cases `list` shows.
const LIST_COUNT_MAX: u32 = 10_000;

pub(crate) fn run(global: &Global, args: &Htcds) -> Result<Code> {
    match &args.action {
        HtcdsAction::Import { file } => take_in(global, file),
        HtcdsAction::Export { case, out, persons, why } => {
            let request = export::Request { case: case.clone(), persons: *persons, why: why.clone() };
            take_out(global, &request, out.as_deref())
        }
        HtcdsAction::List => show(global),
        HtcdsAction::Erase { case, why } => {
            let mut workspace = setup::workspace(global)?;
            let erased = erase::run(&mut workspace, &setup::context(global), case, why)?;
            let told = if erased { "erased; its codes stay" } else { "nothing was there to erase" };
            output::line(&format!("{case}: {told}"))?;
            Ok(Code::Done)
        }
        HtcdsAction::Fields => fields(global),
    }
}

fn take_in(global: &Global, file: &Path) -> Result<Code> {
    let limits = Limits::default();
    let (input, _) = setup::open(file)?;
    let mut bytes = Vec::new();
    let read = input.take(limits.input_bytes_max as u64 + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("read {}", file.display()))?;
    let mut workspace = Workspace::open(&setup::data_folder(global)?)?;
    let name = file.display().to_string();
    let outcome = import::run(&mut workspace, &setup::context(global), &bytes, &name, &limits)?;
    output::problems(&outcome.problems);
    let refused = outcome.problems.iter().filter(|problem| problem.severity == Severity::Refused).count();
    if global.json {
        output::json(&json!({
            "new": outcome.new,
            "replaced": outcome.replaced,
            "stay_erased": outcome.stay_erased,
            "sealed": outcome.sealed,
            "refused": refused,
        }))?;
    } else {
        output::line(&format!(
            "{} new, {} replaced, {} stay erased, {} with a sealed part, {refused} refused",
            outcome.new, outcome.replaced, outcome.stay_erased, outcome.sealed
        ))?;
    }
    let nothing = outcome.new + outcome.replaced + outcome.stay_erased == 0;
    Ok(match (refused, nothing) {
        (0, _) => Code::Done,
        (_, true) => Code::Failed,
        (_, false) => Code::SomeRefused,
    })
}

fn take_out(global: &Global, request: &export::Request, out: Option<&Path>) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let cases = export::run(&mut workspace, &setup::context(global), request)?;
    let Some(path) = out else {
        output::json(&as_json(&cases))?;
        return Ok(Code::Done);
    };
    let text = match path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
        true => csv(&cases),
        false => serde_json::to_string_pretty(&as_json(&cases))?,
    };
    files::write_private(path, text.as_bytes())?;
    output::line(&format!("{} cases in {}", cases.len(), path.display()))?;
    Ok(Code::Done)
}

fn show(global: &Global) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let cases = list::run(&workspace, &setup::context(global), "", LIST_COUNT_MAX)?;
    let person = |case: &forewarn_app::store::StoredCase| match (&case.person, case.erased_at) {
        (Some(_), _) => "sealed".to_owned(),
        (None, Some(at)) => format!("erased {}", &at.to_string()[..10]),
        (None, None) => "not kept".to_owned(),
    };
    if global.json {
        let views = cases.iter().map(|case| {
            json!({ "case": case.id, "person": person(case), "changed_at": case.changed_at.to_string() })
        });
        output::json(&views.collect())?;
        return Ok(Code::Done);
    }
    let rows = cases
        .iter()
        .map(|case| vec![case.id.clone(), person(case), case.changed_at.to_string()[..10].to_owned()]);
    let empty = "no cases yet: `forewarn htcds import` takes them in";
    output::list(&["case", "person", "changed"], rows.collect(), empty)?;
    output::line(&format!("{} cases", cases.len()))?;
    Ok(Code::Done)
}

fn fields(global: &Global) -> Result<Code> {
    let all = || FIELDS.iter().chain(EXTENSIONS);
    let kind = |kind: Kind| match kind {
        Kind::Text => "text".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Checkbox => "true or false".to_owned(),
        Kind::Country => "country (ISO 3166-1)".to_owned(),
        Kind::Countries => "countries (ISO 3166-1)".to_owned(),
        Kind::Language => "language (ISO 639)".to_owned(),
        Kind::One(codes) => format!("one of {}", codes.join(", ")),
        Kind::Many(codes) => format!("some of {}", codes.join(", ")),
    };
    if global.json {
        let views = all()
            .map(|field| json!({ "field": field.name, "holds": kind(field.kind), "sealed": field.sealed }));
        output::json(&views.collect())?;
        return Ok(Code::Done);
    }
    let rows = all().map(|field| {
        vec![field.name.to_owned(), if field.sealed { "sealed" } else { "" }.to_owned(), kind(field.kind)]
    });
    output::table(&["field", "", "holds"], rows.collect())?;
    Ok(Code::Done)
}
