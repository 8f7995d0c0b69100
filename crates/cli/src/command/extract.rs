//! `forewarn notice extract`

use anyhow::{Context as _, Result};
use forewarn_app::engine;
use forewarn_app::model::{CountryNames, Extract as Model, ExtractChoice, Language, Notice};
use forewarn_app::notice::extract::{self, Choice};
use forewarn_app::notice::localize;
use serde_json::{Value, json};

use crate::args::{Extract, ExtractAction, Global, Step};
use crate::command::notice::overridden;
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Extract) -> Result<Code> {
    match &args.action {
        ExtractAction::Show { notice, lang } => show(global, notice, *lang),
        ExtractAction::Propose { step: it, sentence, identifier, overrides } => {
            let choice =
                ExtractChoice { statements: positions(sentence)?, observables: positions(identifier)? };
            let overrides = overrides.iter().map(|text| overridden(text)).collect::<Result<_>>()?;
            step(global, it, &Choice::Propose(choice, overrides))
        }
        ExtractAction::Publish(it) => step(global, it, &Choice::Publish),
        ExtractAction::Reject(it) => step(global, it, &Choice::Reject),
        ExtractAction::Withdraw(it) => step(global, it, &Choice::Withdraw),
    }
}

/// Numbers from 1 as positions from 0, in order, each once.
fn positions(numbers: &[usize]) -> Result<Vec<usize>> {
    let from_one = |number: &usize| number.checked_sub(1).context("numbers count from 1");
    let mut all = numbers.iter().map(from_one).collect::<Result<Vec<usize>>>()?;
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn step(global: &Global, args: &Step, choice: &Choice) -> Result<Code> {
    let context = setup::context(global);
    let all = extract::run(&mut setup::workspace(global)?, &context, &args.notice, choice, &args.why)?;
    if global.json {
        output::json(&Value::Array(all.iter().map(view).collect()))?;
    } else if let Some(last) = all.last() {
        output::line(&format!("extract of {}: {}", args.notice, last.state()))?;
    }
    Ok(Code::Done)
}

fn show(global: &Global, name: &str, language: Language) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let (notice, all) = extract::of(&workspace, &setup::context(global), name)?;
    if global.json {
        output::json(&Value::Array(all.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let gazetteer = engine::gazetteer()?;
    list(&notice, gazetteer.country_names())?;
    for step in all.iter().flat_map(|one| &one.steps) {
        output::line(&format!("{} {} by {}: {}", step.when, step.to, step.who, step.why))?;
    }
    let public = extract::public(&workspace)?.into_iter().find(|public| public.notice.id == notice.id);
    let Some(public) = public else {
        output::line("nothing of it is public")?;
        return Ok(Code::Done);
    };
    let text = public.text(language, gazetteer.country_names())?;
    output::line(&format!("\n{}", output::orange(&text.title)))?;
    text.ended.iter().chain(&text.points).try_for_each(|line| output::line(line))?;
    for (heading, items) in &text.lists {
        output::line(&format!("\n{heading}"))?;
        items.iter().try_for_each(|item| output::line(&format!("- {item}")))?;
    }
    output::line("")?;
    text.notes.iter().try_for_each(|note| output::line(note))?;
    Ok(Code::Done)
}

/// Sentences that have a public form, with their numbers, and identifiers.
fn list(notice: &Notice, names: &CountryNames) -> Result<()> {
    let text = localize::one(notice, Language::ENGLISH, names)?;
    let sentences: Vec<&str> =
        text.sections.iter().flat_map(|section| &section.sentences).map(|one| one.text.as_str()).collect();
    let can = extract::choosable(notice);
    let rows = can.iter().map(|at| {
        vec![format!("sentence {}", at + 1), sentences.get(*at).copied().unwrap_or_default().to_owned()]
    });
    let identifiers = notice.observables.iter().enumerate();
    let identifiers = identifiers
        .map(|(at, one)| vec![format!("identifier {}", at + 1), format!("{} {}", one.kind, one.value)]);
    output::table(&["", "can be chosen"], rows.chain(identifiers).collect())
}

fn view(one: &Model) -> Value {
    let numbers = |list: &[usize]| list.iter().map(|at| at + 1).collect::<Vec<usize>>();
    let steps = one.steps.iter().map(|step| {
        json!({ "to": step.to.as_str(), "who": step.who, "at": step.when.to_string(), "why": step.why })
    });
    json!({
        "notice": one.notice.to_string(), "state": one.state().as_str(),
        "sentences": numbers(&one.choice.statements), "identifiers": numbers(&one.choice.observables),
        "steps": steps.collect::<Vec<_>>(),
    })
}
