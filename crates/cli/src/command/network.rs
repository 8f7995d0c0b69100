//! `forewarn network`

use std::fs::File;
use std::io::{self, BufWriter, Write};

use anyhow::{Context as _, Result, bail};
use forewarn_app::network::build::{self, name};
use forewarn_app::network::explore::{self, Limits, Shown, View, Way};
use forewarn_app::network::find::Key;
use forewarn_app::network::mark::{self, Mark, Outcome};
use forewarn_app::network::{export, find, parts};
use forewarn_app::{Context, Workspace};

use crate::args::{Global, Network, NetworkAction};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Network) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    if let Some(action) = &args.action {
        return act(global, &mut workspace, &context, action);
    }
    if let Some(format) = args.export {
        return write_export(global, &workspace, &context, args, format);
    }
    let limits = Limits { proofs_max: args.proofs_max, ..Limits::default() };
    if !args.path.is_empty() {
        return path(global, &workspace, &context, args, &limits);
    }
    let Some(value) = &args.value else {
        bail!("network: name a phone, handle, domain, wallet, report or campaign, or give --export");
    };
    let centre = find::run(&workspace, &context, value)?;
    let view = explore::run(&workspace, &context, &centre, args.steps, &limits)?;
    if global.json {
        output::json(&explore::view(&view))?;
    } else {
        show(&view, args)?;
    }
    Ok(Code::Done)
}

fn act(
    global: &Global,
    workspace: &mut Workspace,
    context: &Context,
    action: &NetworkAction,
) -> Result<Code> {
    match action {
        NetworkAction::MarkWrong(pair) => match mark::run(workspace, context, &pair.a, &pair.b, &pair.why)? {
            Outcome::Marked(mark) => output::line(&format!("{}: it is out of the network", told(&mark)))?,
            Outcome::Split(split) => {
                for (campaign, members) in split.campaigns {
                    output::line(&format!("{campaign}: {members} reports"))?;
                }
            }
        },
        NetworkAction::Unmark(pair) => {
            let mark = mark::take_back(workspace, context, &pair.a, &pair.b, &pair.why)?;
            output::line(&format!("{} – {}: counts again", key(&mark.a), key(&mark.b)))?;
        }
        NetworkAction::Marks => {
            let marks = mark::standing(workspace, context)?;
            if global.json {
                output::json(&mark::views(&marks))?;
            } else {
                marks.iter().try_for_each(|mark| output::line(&told(mark)))?;
                output::line(&format!("{} ties are marked as wrong", marks.len()))?;
                if marks.is_empty() {
                    output::note!("`forewarn network mark-wrong` marks one");
                }
            }
        }
        NetworkAction::Lists => {
            let lists = build::lists(workspace)?;
            let rows = lists.lists().iter().map(|list| {
                vec![list.name.clone(), list.version.to_string(), list.values.to_string(), list.file.clone()]
            });
            output::table(&["list", "version", "values", "file"], rows.collect())?;
        }
        NetworkAction::Parts { count_max, component_nodes_max, seed } => {
            let found = parts::run(workspace, context, *component_nodes_max, *seed, &Terminal::new(global))?;
            if global.json {
                output::json(&parts::view(&found, *count_max))?;
                return Ok(Code::Done);
            }
            output::line(&format!(
                "{} nodes, {} ties, {} parts",
                found.nodes,
                found.ties,
                found.parts.len()
            ))?;
            for part in found.parts.iter().take(*count_max) {
                let most: Vec<String> = part.most_tied.iter().map(name).collect();
                output::line(&format!("{} nodes: {}", part.nodes, most.join(", ")))?;
            }
        }
    }
    Ok(Code::Done)
}

fn write_export(
    global: &Global,
    workspace: &Workspace,
    context: &Context,
    args: &Network,
    format: export::Format,
) -> Result<Code> {
    let centre = match &args.value {
        Some(value) => find::run(workspace, context, value)?,
        None => Vec::new(),
    };
    let progress = Terminal::new(global);
    let write =
        |out: &mut dyn Write| export::run(workspace, context, &centre, args.steps, format, out, &progress);
    let (nodes, ties) = match &args.out {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            let size = write(&mut out)?;
            out.flush()?;
            size
        }
        Some(path) => {
            // Half a file is worse than none: it is written beside, and renamed when it is complete.
            let mut beside = path.clone().into_os_string();
            beside.push(".part");
            let file = File::create(&beside).with_context(|| format!("write {}", path.display()))?;
            let mut out = BufWriter::new(file);
            let size = write(&mut out).and_then(|size| {
                out.flush().map_err(forewarn_app::AppError::file("write", path))?;
                Ok(size)
            });
            if size.is_err() {
                let _ = std::fs::remove_file(&beside);
            }
            let size = size?;
            std::fs::rename(&beside, path).with_context(|| format!("write {}", path.display()))?;
            size
        }
    };
    if !global.quiet {
        output::note!("{nodes} nodes, {ties} ties");
    }
    Ok(Code::Done)
}

fn path(
    global: &Global,
    workspace: &Workspace,
    context: &Context,
    args: &Network,
    limits: &Limits,
) -> Result<Code> {
    let (from, to) = match (args.value.as_deref(), args.path.as_slice()) {
        (Some(from), [to]) => (from, to.as_str()),
        (None, [from, to]) => (from.as_str(), to.as_str()),
        _ => bail!("network: --path needs two ends: forewarn network --path FROM TO"),
    };
    let (start, end) = (find::run(workspace, context, from)?, find::run(workspace, context, to)?);
    let aim = if args.strongest { explore::Aim::Strongest } else { explore::Aim::Shortest };
    let way = explore::path(workspace, context, &start, &end, aim, limits)?;
    if global.json {
        output::json(&explore::way_view(way.as_ref()))?;
        return Ok(if way.is_some() { Code::Done } else { Code::DoesNotHold });
    }
    let Some(Way { start, steps, complete }) = way else {
        output::line(&format!("nothing ties {from} to {to}"))?;
        return Ok(Code::DoesNotHold);
    };
    output::line(&output::orange(&name(&start)))?;
    for (step, to) in &steps {
        tie(step, to)?;
    }
    let note = if complete { "" } else { "; not all reports were read, there may be a better way" };
    output::line(&format!("{} steps{note}", steps.len()))?;
    Ok(Code::Done)
}

fn show(view: &View, args: &Network) -> Result<()> {
    for entity in &view.centre {
        output::line(&output::orange(&format!("{} {}", entity.kind.name(), entity.value)))?;
    }
    for step in 1..=args.steps {
        let of: Vec<&Shown> = view.ties.iter().filter(|tie| tie.step == step).collect();
        if of.is_empty() {
            break;
        }
        output::line(&format!("\nstep {step}: {} ties", of.len()))?;
        for shown in of.iter().take(args.count_max) {
            let (from, kind, to) = (name(&shown.from), shown.kind.as_str(), name(&shown.to));
            output::line(&format!("  {from} –{}→ {to}", kind.replace('_', " ")))?;
            proofs(shown)?;
        }
        if of.len() > args.count_max {
            output::line(&format!("  {} more: --count-max, or --json for all", of.len() - args.count_max))?;
        }
    }
    if view.ties.is_empty() {
        output::line("nothing is tied to it")?;
    }
    if !view.common.is_empty() {
        output::line("\ncommon, and so tying nobody:")?;
    }
    for common in view.common.iter().take(args.count_max) {
        let why = match &common.list {
            Some(list) => format!("on the list “{}”, version {} ({})", list.name, list.version, list.file),
            None => format!("in {} reports, too many of them unrelated", common.reports),
        };
        output::line(&format!("  {} {}: {why}", common.kind, common.value))?;
    }
    if !view.marked.is_empty() {
        output::line("\nmarked as wrong, and so left out:")?;
    }
    for mark in &view.marked {
        output::line(&format!("  {}", told(mark)))?;
    }
    if view.more {
        output::line("\nthere is more than was read: take fewer steps, or export it")?;
    }
    Ok(())
}

/// A step of a way: how it is tied, and where it leads.
fn tie(shown: &Shown, to: &forewarn_app::model::Entity) -> Result<()> {
    let forwards = shown.to.id == to.id;
    let kind = shown.kind.as_str().replace('_', " ");
    let arrow = if forwards { format!("–{kind}→") } else { format!("←{kind}–") };
    output::line(&format!("  {arrow} {}", output::orange(&name(to))))?;
    proofs(shown)
}

/// Why a tie is as strong as it is, and the reports that prove it.
fn proofs(shown: &Shown) -> Result<()> {
    let reports = match shown.why.reports {
        1 => "1 report proves it".to_owned(),
        count => format!("{count} reports prove it"),
    };
    let shared = match shown.why.shared_by {
        Some(1) => "; nobody unrelated shares it".to_owned(),
        Some(groups) => format!("; {groups} unrelated reports or campaigns share {}", name(&shown.to)),
        None => String::new(),
    };
    output::line(&output::dim(&format!("      strength {:.2}: {reports}{shared}", shown.why.strength)))?;
    for proof in &shown.proofs {
        let id = proof.external_id.as_deref().map(|id| format!(" #{id}")).unwrap_or_default();
        let day = &proof.date.to_string()[..10];
        output::line(&format!(
            "      {} · {}{id} · {day} · {} · “{}”",
            &proof.report.to_string()[..12],
            proof.source,
            proof.grading,
            proof.excerpt
        ))?;
    }
    Ok(())
}

fn told(mark: &Mark) -> String {
    let decision = &mark.decision;
    format!(
        "{} – {}: marked wrong by {} on {} because “{}”",
        key(&mark.a),
        key(&mark.b),
        decision.decided_by,
        &decision.decided_at.to_string()[..10],
        decision.reason
    )
}

fn key(key: &Key) -> String {
    let (kind, value) = key.node();
    name(&forewarn_app::model::Entity::new(kind, &value))
}
