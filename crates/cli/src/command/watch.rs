//! `forewarn watch`

use std::path::Path;

use anyhow::{Result, bail};
use forewarn_app::alarm::plot;
use forewarn_app::alarm::replay::{self, Told};
use forewarn_app::alarm::trend::{self, Step};
use forewarn_app::collect::Limits;
use forewarn_app::incident::import;
use forewarn_app::model::date::day_of;
use forewarn_app::model::{Date, Incident, Variant};
use forewarn_app::watch::Config;
use forewarn_app::watch::trend::{Estimate, Figures};
use forewarn_app::{engine, share};
use serde_json::{Value, json};

use crate::args::{Global, StepArg, Watch, WatchAction, WatchInput};
use crate::exit::Code;
use crate::{output, setup};

/// Regions that the table of the trend names.
const REGIONS_SHOWN: usize = 3;

pub(crate) fn run(global: &Global, args: &Watch) -> Result<Code> {
    let context = setup::context(global);
    let config = config(args.input.recurrence_days, &args.input.variant)?;
    let (incidents, code) = incidents(global, &args.input)?;
    if incidents.is_empty() {
        bail!(
            "watch: there are no incidents: import some with `forewarn incidents import`, or name a table with --incidents"
        );
    }
    let last = replay::last_known(&incidents).unwrap_or(day_of(context.now));
    let as_of = args.input.as_of.unwrap_or(if args.replay { last } else { day_of(context.now).min(last) });
    match &args.action {
        None => alarms(global, args, &incidents, &config, as_of)?,
        Some(WatchAction::Trend { every }) => figures(global, &incidents, &config, as_of, *every)?,
        Some(WatchAction::Plot { out }) => plots(global, &incidents, &config, as_of, out)?,
    }
    Ok(code)
}

/// The settings that the arguments ask for.
pub(crate) fn config(recurrence_days: Option<f64>, variant: &str) -> Result<Config> {
    let mut config = Config::default();
    if let Some(days) = recurrence_days {
        if !days.is_finite() || days < 1.0 {
            bail!("watch: --recurrence-days {days}: expected one day or more");
        }
        config.recurrence_days = days;
    }
    config.variants = match variant {
        "all" => Variant::ALL.to_vec(),
        name => match name.parse() {
            Ok(variant) => vec![variant],
            Err(error) => bail!("watch: --variant: {error}, or all"),
        },
    };
    Ok(config)
}

/// The incidents of a file, and how the program ends if it ends well; refused rows are told.
pub(crate) fn read(path: &Path) -> Result<(Vec<Incident>, Code)> {
    let (input, _) = setup::open(path)?;
    let (read, problems) = import::read(input, &path.display().to_string(), &Limits::default());
    output::problems(&problems);
    if read.is_empty() && !problems.is_empty() {
        bail!("read {}: no incident in it can be used", path.display());
    }
    Ok((read, if problems.is_empty() { Code::Done } else { Code::SomeRefused }))
}

fn incidents(global: &Global, input: &WatchInput) -> Result<(Vec<Incident>, Code)> {
    match &input.incidents {
        Some(path) => read(path),
        None => Ok((replay::incidents(&setup::workspace(global)?, &setup::context(global))?, Code::Done)),
    }
}

fn alarms(global: &Global, args: &Watch, incidents: &[Incident], config: &Config, as_of: Date) -> Result<()> {
    let gazetteer = engine::gazetteer()?;
    let names = gazetteer.country_names();
    let mut alarms = if args.replay {
        replay::run(incidents, names, config, as_of)
    } else {
        replay::at(incidents, names, config, as_of)
    };
    alarms.retain(|told| args.kind.is_empty() || args.kind.contains(&told.alarm.kind));
    if global.json {
        let pairs: Vec<_> = alarms.iter().map(|told| (told.alarm.clone(), told.sentence.clone())).collect();
        return output::json(&share::json::alarms(&pairs, incidents));
    }
    if args.replay {
        alarms.iter().try_for_each(tell)?;
        return output::line(&format!("{} alarms until {as_of}", alarms.len()));
    }
    let shown = &alarms[..alarms.len().min(args.count_max)];
    let rows = shown.iter().enumerate().map(|(index, Told { alarm, .. })| {
        vec![
            (index + 1).to_string(),
            alarm.raised_on.to_string(),
            alarm.kind.as_str().to_owned(),
            alarm.subject.to_string(),
            format!("{:.2}", alarm.score),
            alarm.sources.to_string(),
            alarm.events.len().to_string(),
            alarm.variant.to_string(),
        ]
    });
    let header = ["", "raised on", "kind", "subject", "score", "sources", "events", "variant"];
    output::table(&header, rows.collect())?;
    output::line("")?;
    shown.iter().try_for_each(tell)?;
    let more = if shown.len() < alarms.len() { "; --count-max shows more, --kind fewer" } else { "" };
    output::line(&format!("{} of {} alarms as known on {as_of}{more}", shown.len(), alarms.len()))
}

/// One alarm: day, kind, sentence.
pub(crate) fn tell(told: &Told) -> Result<()> {
    let kind = format!("{:12}", told.alarm.kind.as_str());
    output::line(&format!("{}  {} {}", told.alarm.raised_on, output::orange(&kind), told.sentence))
}

fn figures(
    global: &Global,
    incidents: &[Incident],
    config: &Config,
    as_of: Date,
    every: StepArg,
) -> Result<()> {
    let step = match every {
        StepArg::Month => Step::Month,
        StepArg::Quarter => Step::Quarter,
        StepArg::Year => Step::Year,
    };
    let mut views = Vec::new();
    for &variant in &config.variants {
        let series = trend::run(incidents, variant, as_of, step);
        if global.json {
            views.extend(series.iter().map(view));
        } else {
            output::line(&format!(
                "{variant}, as known at the end of each day; 95 % intervals in brackets\n"
            ))?;
            output::table(&HEADER, series.iter().map(row).collect())?;
            output::line("")?;
        }
    }
    if global.json {
        return output::json(&Value::Array(views));
    }
    output::line(
        "Events are counted, not rows. Origins are corrected for those not seen (Chao). People: at least and at \
         most, after de-duplication; official totals overlap and are not added. It is what was published, not a census.",
    )
}

const HEADER: [&str; 9] = [
    "as of",
    "events",
    "hubs",
    "confirmed",
    "origins",
    "origins, seen or not",
    "order 1",
    "order 2",
    "largest regions",
];

fn row(figures: &Figures) -> Vec<String> {
    let estimate = |e: Estimate| format!("{:.1} [{:.1}, {:.1}]", e.value, e.low, e.high);
    let share = |share: &forewarn_app::watch::trend::Share| {
        let percent = |part: f64| (part * 100.0).round();
        let of = share.share;
        format!(
            "{} {} % [{}, {}]",
            share.region.english(),
            percent(of.value),
            percent(of.low),
            percent(of.high)
        )
    };
    let mut regions: Vec<String> = figures.regions.iter().take(REGIONS_SHOWN).map(share).collect();
    regions.push(format!("people {}–{}", figures.people.min, figures.people.max));
    vec![
        figures.as_of.to_string(),
        figures.events.to_string(),
        figures.hubs.len().to_string(),
        figures.hubs_confirmed.len().to_string(),
        figures.origins.len().to_string(),
        estimate(figures.origin_diversity.richness),
        estimate(figures.origin_diversity.effective_q1),
        estimate(figures.origin_diversity.effective_q2),
        regions.join("; "),
    ]
}

fn view(figures: &Figures) -> Value {
    let codes =
        |all: &[forewarn_app::model::Country]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let estimate = |e: Estimate| json!({ "value": e.value, "low": e.low, "high": e.high });
    json!({
        "as_of": figures.as_of.to_string(),
        "variant": figures.variant.as_str(),
        "events": figures.events,
        "hubs": codes(&figures.hubs),
        "hubs_confirmed": codes(&figures.hubs_confirmed),
        "origins": codes(&figures.origins),
        "origin_diversity": {
            "richness": estimate(figures.origin_diversity.richness),
            "effective_q1": estimate(figures.origin_diversity.effective_q1),
            "effective_q2": estimate(figures.origin_diversity.effective_q2),
        },
        "regions": figures.regions.iter().map(|share| json!({
            "region": share.region.to_string(),
            "name": share.region.english(),
            "events": share.events,
            "share": estimate(share.share),
        })).collect::<Vec<_>>(),
        "people": { "min": figures.people.min, "max": figures.people.max },
    })
}

fn plots(global: &Global, incidents: &[Incident], config: &Config, as_of: Date, out: &Path) -> Result<()> {
    let [variant] = config.variants.as_slice() else {
        bail!("plot: --variant all: choose one variant, since they are not to be mixed in one picture")
    };
    let gazetteer = engine::gazetteer()?;
    let written = plot::run(incidents, gazetteer.country_names(), config, *variant, as_of, out)?;
    let paths: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    if global.json {
        return output::json(&json!({ "as_of": as_of.to_string(), "written": paths }));
    }
    paths.iter().try_for_each(|path| output::line(path))
}
