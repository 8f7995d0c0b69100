//! `forewarn cluster`

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use forewarn_app::campaign::batch::{self, Found, Limits, Outcome, Request};
use forewarn_app::collect::{Format, Mapping, RowOptions, Source};
use forewarn_app::files::Replacement;
use forewarn_app::model::{Segment, Slot};
use forewarn_app::{AppError, Engine};
use serde_json::{Value, json};

use crate::args::{Cluster, Global};
use crate::command::ingest;
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

/// How many values of a slot are shown, how many letters of one, and how many segments of a template.
const VALUES_SHOWN: usize = 3;
const VALUE_LETTERS: usize = 24;
const SEGMENTS_SHOWN: usize = 60;

pub(crate) fn run(global: &Global, args: &Cluster) -> Result<Code> {
    check_outputs(args)?;
    let (source, bytes_total, seen) = open(&args.file)?;
    let spill_folder = spill_folder(args);
    let name = args.file.display().to_string();
    let request = Request {
        name: if is_stream(&args.file) { "standard input" } else { &name },
        bytes_total,
        options: RowOptions {
            format: args.format.or(seen),
            mapping: batch::mapping(Mapping::default(), args.id_field.as_deref(), args.text_field.as_deref()),
            limits: ingest::limits(&args.limits),
            ..RowOptions::default()
        },
        spill_folder: &spill_folder,
        threads: args.threads,
        limits: Limits {
            problems_kept_max: args.problems_kept_max,
            shown_max: args.count_max,
            ..Limits::default()
        },
    };
    let mut members = Target::begin(args.out.as_deref())?;
    let mut templates = args.templates.as_deref().map(|path| Target::begin(Some(path))).transpose()?;
    let engine = Engine::builtin()?;
    let progress = Terminal::new(global);
    let told_templates = templates.as_mut().map(|target| target as &mut (dyn Write + Send));
    let outcome = match batch::run(source, &request, &engine, &mut members, told_templates, &progress) {
        Ok(outcome) => outcome,
        Err(AppError::Input(problem)) => {
            output::problems(&[*problem]);
            return Ok(Code::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    members.finish()?;
    templates.map_or(Ok(()), Target::finish)?;
    tell(global, args, &outcome, request.name)?;
    let refused = outcome.refused > 0 || !outcome.complete;
    Ok(if refused { Code::SomeRefused } else { Code::Done })
}

/// Opens the input. What comes on standard input has no name to tell its format: one text alone has no
/// campaigns, so what looks like neither JSON nor an archive is a table.
fn open(path: &Path) -> Result<(Source<'static>, Option<u64>, Option<Format>)> {
    const ARCHIVES: [u8; 2] = [0x1f, 0x28];
    if !is_stream(path) {
        let (source, bytes) = setup::source(path)?;
        return Ok((source, bytes, None));
    }
    let mut input = BufReader::new(io::stdin());
    let start = input.fill_buf().context("read standard input")?;
    let first = start.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    let table =
        first.is_some_and(|byte| byte != b'{' && !ARCHIVES.contains(&byte) && !start.starts_with(b"PAR1"));
    Ok((Source::stream(input), None, table.then_some(Format::Csv)))
}

fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

/// Refuses outputs that would write over the input or each other.
fn check_outputs(args: &Cluster) -> Result<()> {
    let outputs = [("--out", &args.out), ("--templates", &args.templates)];
    let given: Vec<(&str, &PathBuf)> =
        outputs.into_iter().filter_map(|(option, path)| Some((option, path.as_ref()?))).collect();
    let same =
        |a: &Path, b: &Path| a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
    for (option, path) in &given {
        if !is_stream(path) && same(path, &args.file) {
            bail!("write {}: it is the input: give {option} another file", path.display());
        }
    }
    if let [(_, a), (_, b)] = given.as_slice()
        && same(a, b)
    {
        bail!("write {}: members and templates cannot share it: give --templates another file", a.display());
    }
    Ok(())
}

/// Beside the output, where there will be room; else where the system keeps what is temporary.
fn spill_folder(args: &Cluster) -> PathBuf {
    if let Some(folder) = &args.temp {
        return folder.clone();
    }
    let beside = args.out.as_deref().filter(|path| !is_stream(path)).and_then(Path::parent);
    match beside {
        Some(folder) if folder == Path::new("") => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => std::env::temp_dir(),
    }
}

/// Where an output goes. A reader of standard output that went away is no error.
enum Target {
    Nowhere,
    Stream { out: BufWriter<io::Stdout>, reader_left: bool },
    File(Replacement),
}

impl Target {
    fn begin(path: Option<&Path>) -> Result<Self> {
        Ok(match path {
            None => Self::Nowhere,
            Some(path) if is_stream(path) => {
                Self::Stream { out: BufWriter::with_capacity(1 << 16, io::stdout()), reader_left: false }
            }
            Some(path) => Self::File(Replacement::begin(path)?),
        })
    }

    fn finish(mut self) -> Result<()> {
        self.flush().context("write to standard output")?;
        match self {
            Self::File(file) => Ok(file.finish()?),
            Self::Nowhere | Self::Stream { .. } => Ok(()),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Nowhere | Self::Stream { reader_left: true, .. } => Ok(bytes.len()),
            Self::File(file) => file.write(bytes),
            Self::Stream { out, reader_left } => match out.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    *reader_left = true;
                    Ok(bytes.len())
                }
                result => result,
            },
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Nowhere | Self::Stream { reader_left: true, .. } => Ok(()),
            Self::File(file) => file.flush(),
            Self::Stream { out, reader_left } => match out.flush() {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    *reader_left = true;
                    Ok(())
                }
                result => result,
            },
        }
    }
}

/// Says what came of it: on standard output, or on standard error if the members or templates go there.
fn tell(global: &Global, args: &Cluster, outcome: &Outcome, name: &str) -> Result<()> {
    output::problems(&outcome.problems);
    let listed = outcome.problems.len() as u64;
    let all = outcome.refused + outcome.warned;
    if all > listed {
        output::note!("{name}: {} more of the kind are not listed", all - listed);
    }
    let taken = [&args.out, &args.templates].into_iter().flatten().any(|path| is_stream(path));
    let line = |text: &str| -> Result<()> {
        if taken {
            output::note!("{text}");
            return Ok(());
        }
        output::line(text)
    };
    if global.json {
        return line(&serde_json::to_string_pretty(&view(outcome))?);
    }
    if !taken {
        outcome.largest.iter().try_for_each(show)?;
    }
    let Outcome { read, refused, repeated_ids, campaigns, members, .. } = outcome;
    let mut told =
        format!("{name}: {read} ads, {campaigns} campaigns with {members} of them, {refused} refused");
    if *repeated_ids > 0 {
        told.push_str(&format!(", {repeated_ids} with an id that was there already"));
    }
    if !outcome.complete {
        told.push_str("; the input was not read to its end");
    }
    line(&told)
}

fn view(outcome: &Outcome) -> Value {
    json!({
        "ads": outcome.read,
        "refused": outcome.refused,
        "warned": outcome.warned,
        "repeated_ids": outcome.repeated_ids,
        "campaigns": outcome.campaigns,
        "members": outcome.members,
        "complete": outcome.complete,
        "largest": outcome.largest.iter().map(batch::view).collect::<Vec<_>>(),
    })
}

/// A campaign: how large, which language, and its template with the slots in colour.
fn show(found: &Found) -> Result<()> {
    let languages: Vec<String> = found.languages.iter().map(ToString::to_string).collect();
    output::line(&format!(
        "{} · {} ads · {} · {:.1} times the length of exact copies",
        output::orange(found.id.get(..12).unwrap_or(&found.id)),
        found.size,
        languages.join(", "),
        found.template.relative_length,
    ))?;
    let mut words: Vec<String> = found
        .template
        .segments
        .iter()
        .take(SEGMENTS_SHOWN)
        .map(|segment| match segment {
            Segment::Fixed(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Segment::Slot(slot) => output::slot(&told(slot)),
        })
        .collect();
    if found.template.segments.len() > SEGMENTS_SHOWN {
        words.push("…".to_owned());
    }
    output::line(&words.join(" "))?;
    output::line("")
}

/// A slot: its kind and its commonest values.
fn told(slot: &Slot) -> String {
    let values: Vec<String> = slot
        .values
        .iter()
        .take(VALUES_SHOWN)
        .map(|(value, count)| {
            let short: String =
                value.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(VALUE_LETTERS).collect();
            format!("{short} ×{count}")
        })
        .collect();
    let more = if slot.values.len() > VALUES_SHOWN { ", …" } else { "" };
    format!("[{}: {}{more}]", slot.kind.as_str(), values.join(", "))
}
