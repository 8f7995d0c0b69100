//! `forewarn watch`

use anyhow::{Result, bail};
use forewarn_app::alarm::replay::{self, Told};
use forewarn_app::collect::{Limits, incidents};
use forewarn_app::model::date::day_of;
use forewarn_app::watch::Config;
use forewarn_app::{engine, share};

use crate::args::{Global, Watch};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Watch) -> Result<Code> {
    let context = setup::context(global);
    let gazetteer = engine::gazetteer()?;
    let mut code = Code::Done;
    let incidents = match &args.incidents {
        Some(path) => {
            let (input, _) = setup::open(path)?;
            let (read, problems) = incidents::read(input, &path.display().to_string(), &Limits::default());
            output::problems(&problems);
            if read.is_empty() && !problems.is_empty() {
                return Ok(Code::Failed);
            }
            if !problems.is_empty() {
                code = Code::SomeRefused;
            }
            read
        }
        None => replay::incidents(&setup::workspace(global)?)?,
    };
    if incidents.is_empty() {
        bail!(
            "watch: there are no incidents: import some with `forewarn incidents import`, or name a table with --incidents"
        );
    }
    let mut config = Config::default();
    if let Some(days) = args.recurrence_days {
        if !days.is_finite() || days < 1.0 {
            bail!("watch: --recurrence-days {days}: expected one day or more");
        }
        config.recurrence_days = days;
    }
    let names = gazetteer.country_names();
    let last = replay::last_known(&incidents).unwrap_or(day_of(context.now));
    let alarms = if args.replay {
        replay::run(&incidents, names, &config, last)
    } else {
        replay::at(&incidents, names, &config, args.as_of.unwrap_or(day_of(context.now).min(last)))
    };
    if global.json {
        let pairs: Vec<_> = alarms.iter().map(|told| (told.alarm.clone(), told.sentence.clone())).collect();
        output::json(&share::json::alarms(&pairs, &incidents))?;
    } else {
        show(&alarms)?;
    }
    Ok(code)
}

/// A line for each alarm, under its day.
fn show(alarms: &[Told]) -> Result<()> {
    for told in alarms {
        tell(told)?;
    }
    output::line(&format!("{} alarms", alarms.len()))
}

/// One alarm: day, kind, sentence.
pub(crate) fn tell(told: &Told) -> Result<()> {
    let kind = format!("{:12}", told.alarm.kind.as_str());
    output::line(&format!("{}  {} {}", told.alarm.raised_on, output::orange(&kind), told.sentence))
}
