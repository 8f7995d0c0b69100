//! `forewarn eval watch`

use anyhow::Result;
use forewarn_app::alarm::evaluate::{self, CHOSEN_UNTIL, Slice};
use forewarn_app::alarm::replay;
use forewarn_app::model::date::day_of;
use forewarn_app::watch::evaluation::{Evaluation, Outcome};
use forewarn_app::watch::null::Rate;
use forewarn_app::{bundled, collect, incident};
use serde_json::{Value, json};

use crate::args::{EvalWatch, Global};
use crate::command::watch;
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &EvalWatch) -> Result<Code> {
    let config = watch::config(args.recurrence_days, "scam_centre")?;
    let (incidents, code) = match &args.incidents {
        Some(path) => watch::read(path)?,
        None => {
            let limits = collect::Limits::default();
            let (read, problems) = incident::import::read(bundled::TIMELINE, "timeline.csv", &limits);
            output::problems(&problems);
            (read, Code::Done)
        }
    };
    if incidents.is_empty() {
        anyhow::bail!("evaluate the watch: there are no incidents: name a table with --incidents");
    }
    let last = replay::last_known(&incidents).unwrap_or(day_of(setup::context(global).now));
    let until = args.until.unwrap_or(last);
    let slices = evaluate::run(&incidents, &config, until, args.seed, args.runs);
    if global.json {
        let views: Vec<Value> = slices.iter().map(|slice| view(slice, config.recurrence_days)).collect();
        output::json(&json!({
            "chosen_until": CHOSEN_UNTIL,
            "recurrence_days": config.recurrence_days,
            "runs": args.runs,
            "seed": args.seed,
            "slices": views,
        }))?;
    } else {
        for slice in &slices {
            show(slice, config.recurrence_days)?;
        }
    }
    Ok(code)
}

fn show(slice: &Slice, recurrence_days: f64) -> Result<()> {
    let later =
        if slice.is_later { "; what is later had been seen by then, so it is no blind test" } else { "" };
    output::line(&format!(
        "Known until {}. The setting was chosen on what was known until {CHOSEN_UNTIL}{later}.\n",
        slice.until
    ))?;
    let rows = slice.curve.iter().map(|(point, rates)| {
        let mut cells = vec![format!("once in {:.0} days", point.recurrence_days)];
        cells.extend(figures(&point.evaluation));
        cells.push(format!("{:.2}", 365.25 / point.recurrence_days));
        cells.extend(rates.iter().map(|rate| format!("{:.2}", rate.per_year)));
        cells
    });
    let header = [
        "setting",
        "alarms",
        "found",
        "median delay",
        "first 10 right",
        "allowed",
        "hub",
        "place",
        "origin",
        "route",
        "region",
        "accel.",
        "displ.",
    ];
    output::table(&header, rows.collect())?;
    output::line("\nThe last seven columns: alarms a year of each kind when nothing emerges (simulated).\n")?;
    let rules = slice.rules.iter().map(|(rule, evaluation)| {
        let mut cells = vec![rule.name.to_owned()];
        cells.extend(figures(evaluation));
        cells
    });
    output::table(&["simple rule", "alarms", "found", "median delay", "first 10 right"], rules.collect())?;
    output::line(&format!("\nAt once in {recurrence_days:.0} days, country by country:\n"))?;
    let outcomes = slice.setting.outcomes.iter().map(|outcome| {
        vec![
            outcome.hub.to_string(),
            outcome.first_known.to_string(),
            outcome.alarmed_on.map(|day| day.to_string()).unwrap_or_default(),
            outcome.delay_days().map(|days| days.to_string()).unwrap_or_default(),
            outcome.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            outcome.events.to_string(),
            outcome.publishers.to_string(),
            if outcome.is_confirmed() { "confirmed" } else { "" }.to_owned(),
            outcome.explanation(recurrence_days).unwrap_or_default(),
        ]
    });
    let header =
        ["hub", "first known", "alarm", "delay", "rank", "events", "publishers", "", "what needs explaining"];
    output::table(&header, outcomes.collect())?;
    output::line("\nNot confirmed is not the same as false: captivity with few reports is captivity.\n")
}

fn figures(evaluation: &Evaluation) -> Vec<String> {
    vec![
        evaluation.alarms.to_string(),
        format!("{} of {}", evaluation.found, evaluation.confirmed),
        evaluation.median_delay_days.map_or("never".to_owned(), |days| format!("{days} days")),
        format!("{:.2}", evaluation.precision_at_10),
    ]
}

fn view(slice: &Slice, recurrence_days: f64) -> Value {
    json!({
        "until": slice.until.to_string(),
        "is_later": slice.is_later,
        "curve": slice.curve.iter().map(|(point, rates)| {
            let mut view = evaluation(&point.evaluation);
            view["recurrence_days"] = json!(point.recurrence_days);
            view["allowed_per_year"] = json!(365.25 / point.recurrence_days);
            view["null_alarms_per_year"] = null(rates);
            view
        }).collect::<Vec<_>>(),
        "simple_rules": slice.rules.iter().map(|(rule, judged)| {
            let mut view = evaluation(judged);
            view["rule"] = json!(rule.name);
            view
        }).collect::<Vec<_>>(),
        "hubs": slice.setting.outcomes.iter().map(|it| outcome(it, recurrence_days)).collect::<Vec<_>>(),
    })
}

fn evaluation(evaluation: &Evaluation) -> Value {
    json!({
        "alarms": evaluation.alarms,
        "confirmed": evaluation.confirmed,
        "found": evaluation.found,
        "median_delay_days": evaluation.median_delay_days,
        "precision_at_10": evaluation.precision_at_10,
    })
}

fn null(rates: &[Rate]) -> Value {
    let of = |rate: &Rate| {
        (rate.kind.as_str().to_owned(), json!({ "mean": rate.per_year, "standard_error": rate.error }))
    };
    Value::Object(rates.iter().map(of).collect())
}

fn outcome(outcome: &Outcome, recurrence_days: f64) -> Value {
    json!({
        "hub": outcome.hub.to_string(),
        "first_known": outcome.first_known.to_string(),
        "alarmed_on": outcome.alarmed_on.map(|day| day.to_string()),
        "delay_days": outcome.delay_days(),
        "rank": outcome.rank,
        "events": outcome.events,
        "publishers": outcome.publishers,
        "confirmed": outcome.is_confirmed(),
        "explanation": outcome.explanation(recurrence_days),
    })
}
