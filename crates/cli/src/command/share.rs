//! `forewarn share`

use std::path::Path;

use anyhow::Result;
use forewarn_app::exchange::partner::{self, Partner};
use forewarn_app::exchange::status::{self, Standing};
use forewarn_app::exchange::{
    access, collection, import, publish, pull, push, quarantine, rules, take, wire,
};
use forewarn_app::source::own;
use forewarn_app::store::ExchangeRun;
use forewarn_app::{AppError, Workspace, engine};
use forewarn_courier::Taxii;
use serde_json::{Value, json};

use crate::args::{Ask, Global, PartnerAction, PartnerForm, Share, ShareAction};
use crate::command::matching;
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

/// Most held back objects that are listed.
const HELD_SHOWN: u32 = 1_000;

/// What is said where there are none.
const NO_PARTNERS: &str = "no partners yet: `forewarn share partners add` adds one";

pub(crate) fn run(global: &Global, args: &Share) -> Result<Code> {
    match &args.action {
        ShareAction::Matching(action) => matching::run(global, action),
        ShareAction::Import { file, into, object_bytes_max } => bundle(global, file, into, *object_bytes_max),
        ShareAction::Collections { add, tlp, title, description, root } => {
            let mut workspace = open(global)?;
            let context = setup::context(global);
            if let (Some(name), Some(tlp)) = (add, tlp) {
                collection::put(&mut workspace, &context, root, name, title, description, *tlp)?;
            }
            collections(global, &mut workspace)
        }
        ShareAction::Partners { action: Some(PartnerAction::Add(form)) } => add_partner(global, form),
        ShareAction::Partners { .. } => partners(global),
        ShareAction::Pull { ask } => exchange(global, ask, pull::run),
        ShareAction::Push { ask } => {
            let mut workspace = setup::workspace(global)?;
            let names = engine::gazetteer()?;
            let progress = Terminal::new(global);
            publish::run(&mut workspace, &setup::context(global), names.country_names(), &progress)?;
            exchange(global, ask, push::run)
        }
        ShareAction::Take { partner } => take(global, partner.as_deref()),
        ShareAction::Publish => publish(global),
        ShareAction::Preview { partner, sent, held } => preview(global, partner, *sent, *held),
        ShareAction::Rules => {
            let path = setup::data_folder(global)?.join(rules::FILE_NAME);
            let text = std::fs::read_to_string(&path).unwrap_or_else(|_| rules::DEFAULT.to_owned());
            rules::Rules::read(&text)?;
            output::line(text.trim_end())?;
            Ok(Code::Done)
        }
        ShareAction::Status => standing(global),
        ShareAction::Held { partner, take, drop, why } => {
            let decided = take.map(|number| (number, true)).or(drop.map(|number| (number, false)));
            if let (Some((number, take)), Some(why)) = (decided, why) {
                let mut workspace = setup::workspace(global)?;
                quarantine::decide(&mut workspace, &setup::context(global), number, take, why)?;
                output::line(&format!("{number}: {}", if take { "taken" } else { "dropped" }))?;
                return Ok(Code::Done);
            }
            held(global, partner.as_deref())
        }
    }
}

/// The data folder, made if it does not exist: a node may begin by receiving.
fn open(global: &Global) -> Result<Workspace> {
    Ok(Workspace::open(&setup::data_folder(global)?)?)
}

fn bundle(global: &Global, file: &Path, into: &str, object_bytes_max: usize) -> Result<Code> {
    let (input, _) = setup::open(file)?;
    let mut workspace = open(global)?;
    let mut limits = import::Limits::default();
    limits.split.object_bytes_max = object_bytes_max;
    let name = file.display().to_string();
    let context = setup::context(global);
    let progress = Terminal::new(global);
    let outcome = import::run(&mut workspace, &context, input, &name, into, &limits, &progress)?;
    output::problems(&outcome.problems);
    let untold = outcome.refused.saturating_sub(outcome.problems.len() as u64);
    if untold > 0 {
        output::note!("{name}: {untold} further refusals are not listed");
    }
    if global.json {
        let oddities: serde_json::Map<String, Value> =
            outcome.oddities.iter().map(|(oddity, count)| (oddity.code().to_owned(), json!(count))).collect();
        output::json(&json!({
            "accepted": outcome.accepted, "known": outcome.known, "refused": outcome.refused,
            "dangling_references": outcome.dangling, "unchecked_references": outcome.unchecked,
            "oddities": oddities,
        }))?;
    } else {
        output::line(&format!(
            "{} objects new, {} known, {} refused",
            outcome.accepted, outcome.known, outcome.refused
        ))?;
        for (oddity, count) in &outcome.oddities {
            output::line(&format!("{count}: {} [{}]", oddity.describe(), oddity.code()))?;
        }
        if outcome.dangling + outcome.unchecked > 0 {
            let (dangling, unchecked) = (outcome.dangling, outcome.unchecked);
            output::line(&format!(
                "{dangling} references lead to nothing that is here, {unchecked} not looked at"
            ))?;
        }
    }
    Ok(if outcome.refused > 0 { Code::SomeRefused } else { Code::Done })
}

fn take(global: &Global, partner: Option<&str>) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    let all = partner::list(&workspace, &context)?;
    let names: Vec<String> = match partner {
        Some(name) => vec![name.to_owned()],
        None => all.into_iter().filter(|it| it.active).map(|it| it.id).collect(),
    };
    let progress = Terminal::new(global);
    let mut rows = Vec::new();
    for name in names {
        let outcome = take::run(&mut workspace, &context, &name, &progress)?;
        rows.push((name, outcome));
    }
    if global.json {
        let view = rows.iter().map(|(name, it)| {
            json!({
                "partner": name, "objects": it.objects, "incidents": it.incidents, "retracted": it.retracted,
                "reports": it.reports, "unread": it.unread,
            })
        });
        output::json(&Value::Array(view.collect()))?;
        return Ok(Code::Done);
    }
    if rows.is_empty() {
        output::note!("{NO_PARTNERS}");
    }
    for (name, take::Outcome { objects, incidents, retracted, reports, unread }) in rows {
        output::line(&format!(
            "{name}: {objects} objects looked at: {incidents} incidents new, {retracted} withdrawn, {reports} reports, \
             {unread} incidents not read"
        ))?;
    }
    Ok(Code::Done)
}

fn publish(global: &Global) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let names = engine::gazetteer()?;
    let progress = Terminal::new(global);
    let outcome = publish::run(&mut workspace, &setup::context(global), names.country_names(), &progress)?;
    if global.json {
        output::json(&json!({ "items": outcome.items, "added": outcome.added, "removed": outcome.removed }))?;
    } else {
        let publish::Outcome { items, added, removed } = outcome;
        output::line(&format!("{items} items looked at: {added} objects added, {removed} taken out"))?;
    }
    Ok(Code::Done)
}

fn preview(global: &Global, partner: &str, sent: bool, held: bool) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let names = engine::gazetteer()?;
    let mut rows = publish::preview(&workspace, &setup::context(global), names.country_names(), partner)?;
    let (all, going) = (rows.len(), rows.iter().filter(|row| row.send).count());
    rows.retain(|row| (row.send || !sent) && (!row.send || !held));
    if global.json {
        let view = rows.iter().map(|row| {
            json!({
                "kind": row.kind.as_str(), "id": row.id, "title": row.title, "marking": row.marking.to_string(),
                "send": row.send, "because": row.because, "there": row.there,
            })
        });
        output::json(&Value::Array(view.collect()))?;
        return Ok(Code::Done);
    }
    let table = rows.iter().map(|row| {
        let what = match (row.send, row.there) {
            (true, true) => "has it",
            (true, false) => "would go",
            (false, true) => "would be taken back",
            (false, false) => "stays",
        };
        vec![
            what.to_owned(),
            row.kind.as_str().to_owned(),
            row.id.chars().take(16).collect(),
            row.title.clone(),
            row.marking.to_string(),
            row.because.clone(),
        ]
    });
    output::table(&["", "kind", "id", "title", "marking", "because"], table.collect())?;
    output::line(&format!("{going} of {all} items go to {partner}"))?;
    Ok(Code::Done)
}

fn collections(global: &Global, workspace: &mut Workspace) -> Result<Code> {
    collection::ensure(workspace)?;
    let all = access::list(workspace, &setup::context(global))?;
    let size = |number: i64| workspace.store.collection_size(number, 1_000_000).map_err(AppError::from);
    let rows: Vec<(access::Open, u64)> = all
        .into_iter()
        .map(|open| Ok::<_, AppError>((open.clone(), size(open.collection.number)?)))
        .collect::<Result<_, _>>()?;
    if global.json {
        let view = rows.iter().map(|(open, size)| {
            let it = &open.collection;
            json!({
                "root": it.root, "alias": it.alias, "id": it.id, "title": it.title, "description": it.description,
                "role": it.role.as_str(), "tlp": it.tlp.as_str(), "partner": it.partner,
                "can_read": open.read, "can_write": open.write, "objects": size,
            })
        });
        output::json(&Value::Array(view.collect()))?;
        return Ok(Code::Done);
    }
    let rows = rows.iter().map(|(open, size)| {
        let it = &open.collection;
        let may = if open.write { "read and write" } else { "read" };
        vec![
            format!("{}/{}", it.root, it.alias),
            it.role.as_str().to_owned(),
            it.tlp.to_string(),
            may.to_owned(),
            size.to_string(),
            it.title.clone(),
        ]
    });
    output::table(&["collection", "role", "up to", "", "objects", "title"], rows.collect())?;
    Ok(Code::Done)
}

fn add_partner(global: &Global, form: &PartnerForm) -> Result<Code> {
    let mut workspace = open(global)?;
    let context = setup::context(global);
    let known = partner::list(&workspace, &context)?.into_iter().find(|it| it.id == form.id);
    let mut it = known.unwrap_or_else(|| Partner::new(&form.id));
    it.active = !form.inactive;
    macro_rules! given {
        ($($field:ident = $value:expr),* $(,)?) => {$(
            if let Some(value) = $value.clone() {
                it.$field = value;
            }
        )*};
    }
    given!(
        title = form.title,
        clearance = form.clearance,
        pap = form.pap,
        accepts = form.accepts,
        grading = form.grading,
        root = form.root,
    );
    macro_rules! optional {
        ($($field:ident = $value:expr),* $(,)?) => {$(
            if $value.is_some() {
                it.$field = $value.clone();
            }
        )*};
    }
    optional!(
        url = form.url,
        push = form.push,
        user = form.sign_in,
        token_file = form.token_file,
        country = form.country,
        key = form.key,
        identity = form.identity,
    );
    if !form.pull.is_empty() {
        it.pull = form.pull.clone();
    }
    partner::put(&mut workspace, &context, &it)?;
    if let Some(organisation) = &form.organisation {
        let organisation = Some(organisation.as_str()).filter(|name| !name.trim().is_empty());
        own::run(&mut workspace, &context, &partner::source_of(&it.id), organisation)?;
    }
    show(global, &[it])
}

fn partners(global: &Global) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    show(global, &partner::list(&workspace, &setup::context(global))?)
}

fn show(global: &Global, all: &[Partner]) -> Result<Code> {
    if global.json {
        output::json(&Value::Array(all.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let rows = all.iter().map(|it| {
        vec![
            it.id.clone(),
            it.title.clone(),
            it.url.clone().unwrap_or_else(|| "comes and fetches".to_owned()),
            format!("{} {}", it.clearance, it.pap),
            it.accepts.to_string(),
            it.grading.to_string(),
            if it.active { String::new() } else { "inactive".to_owned() },
        ]
    });
    let header = ["partner", "name", "address", "may have", "taken up to", "grading", ""];
    output::list(&header, rows.collect(), NO_PARTNERS)?;
    Ok(Code::Done)
}

fn view(it: &Partner) -> Value {
    json!({
        "id": it.id, "title": it.title, "url": it.url, "pull": it.pull, "push": it.push, "sign_in": it.user,
        "token_file": it.token_file.as_ref().map(|path| path.display().to_string()),
        "clearance": it.clearance.as_str(), "pap": it.pap.as_str(), "accepts": it.accepts.as_str(),
        "country": it.country.map(|country| country.to_string()), "key": it.key, "identity": it.identity,
        "grading": it.grading.to_string(), "root": it.root, "active": it.active,
    })
}

type Exchange = fn(
    &mut Workspace,
    &forewarn_app::Context,
    &str,
    &dyn wire::Wire,
    &wire::Limits,
    &dyn forewarn_app::Progress,
) -> Result<ExchangeRun, AppError>;

/// Exchanges with one partner, or with each that has an address; the trouble of one does not stop the others.
fn exchange(global: &Global, ask: &Ask, action: Exchange) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    let network = Taxii::new(ask.timeout_seconds, ask.plain_http);
    let limits = wire::Limits {
        page_objects_max: ask.page_objects_max,
        answer_bytes_max: ask.answer_bytes_max,
        ..wire::Limits::default()
    };
    let names: Vec<String> = match &ask.partner {
        Some(name) => vec![name.clone()],
        None => {
            let all = partner::list(&workspace, &context)?;
            all.into_iter().filter(|it| it.active && it.url.is_some()).map(|it| it.id).collect()
        }
    };
    let progress = Terminal::new(global);
    let mut runs = Vec::new();
    for name in &names {
        runs.push(action(&mut workspace, &context, name, &network, &limits, &progress)?);
    }
    if global.json {
        output::json(&Value::Array(runs.iter().map(run_view).collect()))?;
    } else if runs.is_empty() {
        output::line("no active partner has an address: see `forewarn share partners`")?;
    }
    for run in &runs {
        let ExchangeRun { partner, accepted, known, held, refused, error, .. } = run;
        if !global.json {
            let told =
                format!("{partner}: {accepted} new, {known} known, {held} held back, {refused} refused");
            output::line(&told)?;
        }
        if let Some(error) = error {
            output::note!("{partner}: {error}");
        }
    }
    let failed = runs.iter().any(|run| run.error.is_some());
    let partly = runs.iter().any(|run| run.refused + run.held > 0);
    Ok(match (failed, partly) {
        (true, _) => Code::Failed,
        (false, true) => Code::SomeRefused,
        _ => Code::Done,
    })
}

fn run_view(run: &ExchangeRun) -> Value {
    json!({
        "partner": run.partner, "direction": run.direction, "at": run.at.to_string(), "accepted": run.accepted,
        "known": run.known, "held": run.held, "refused": run.refused, "error": run.error,
    })
}

fn standing(global: &Global) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let all = status::run(&workspace, &setup::context(global))?;
    if global.json {
        let view = all.iter().map(|it| {
            json!({
                "partner": it.partner.id, "active": it.partner.active, "waiting": it.waiting, "for_it": it.for_it,
                "from_it": it.from_it, "held": it.held,
                "runs": it.runs.iter().map(run_view).collect::<Vec<_>>(),
            })
        });
        output::json(&Value::Array(view.collect()))?;
        return Ok(Code::Done);
    }
    let rows = all.iter().map(|it| {
        vec![
            it.partner.id.clone(),
            it.waiting.map_or_else(|| "fetches".to_owned(), |count| count.to_string()),
            it.for_it.to_string(),
            it.from_it.to_string(),
            it.held.to_string(),
            last(it, "push"),
            last(it, "pull"),
        ]
    });
    let head = ["partner", "waiting", "for it", "from it", "held back", "last brought", "last fetched"];
    output::list(&head, rows.collect(), NO_PARTNERS)?;
    for it in &all {
        let errors = ["push", "pull"].iter().filter_map(|direction| {
            let run = it.runs.iter().find(|run| run.direction == *direction)?;
            Some(format!("{}, {direction}: {}", it.partner.id, run.error.as_ref()?))
        });
        errors.for_each(|line| output::note!("{line}"));
    }
    Ok(Code::Done)
}

fn last(it: &Standing, direction: &str) -> String {
    let run = it.runs.iter().find(|run| run.direction == direction);
    run.map_or_else(
        || "never".to_owned(),
        |run| {
            let day = run.at.strftime("%Y-%m-%d %H:%M");
            format!("{day}, {} new, {} held, {} refused", run.accepted, run.held, run.refused)
        },
    )
}

fn held(global: &Global, partner: Option<&str>) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let all = quarantine::list(&workspace, &setup::context(global), partner, HELD_SHOWN)?;
    if global.json {
        let view = all.iter().map(|it| {
            let object: Value = serde_json::from_slice(&it.bytes).unwrap_or_default();
            json!({
                "number": it.number, "partner": it.partner, "id": it.id, "code": it.code, "reason": it.reason,
                "at": it.at.to_string(), "object": object,
            })
        });
        output::json(&Value::Array(view.collect()))?;
        return Ok(Code::Done);
    }
    let rows = all.iter().map(|it| {
        vec![it.number.to_string(), it.partner.clone(), it.id.clone(), it.code.clone(), it.reason.clone()]
    });
    let empty = "nothing is held back";
    output::list(&["number", "partner", "object", "code", "reason"], rows.collect(), empty)?;
    Ok(Code::Done)
}
