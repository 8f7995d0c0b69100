//! The pictures of the trend, as files: what the watch knows goes in, SVG comes out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use forewarn_model::{
    AlarmKind, Country, CountryNames, Date, Incident, IncidentKind, Language, Subject, Variant,
};
use forewarn_render::{
    Appearance, CurvePlot, EpidemicPlot, Line, MapPlot, TimelinePlot, curve_plot, epidemic_plot, map_plot,
    timeline_plot,
};
use forewarn_watch::trend::{Estimate, Figures, figures};
use forewarn_watch::{Config, replay};

use super::trend::{self, Step};
use crate::{AppError, files};

/// Below so many events, a number of origins corrected for what was not seen says nothing.
const DIVERSITY_EVENTS_MIN: usize = 5;

/// Writes `map.svg`, `timeline.svg`, `epidemic.svg` and `diversity.svg` into a folder, as known at the end of a
/// day. The files that were written.
pub fn run(
    incidents: &[Incident],
    names: &CountryNames,
    config: &Config,
    variant: Variant,
    as_of: Date,
    folder: &Path,
) -> Result<Vec<PathBuf>, AppError> {
    files::make_folder(folder)?;
    let known: Vec<&Incident> =
        incidents.iter().filter(|incident| watched(incident, variant, as_of)).collect();
    let plots = [
        ("map.svg", map(incidents, &known, names, variant, as_of)?),
        ("timeline.svg", timeline(incidents, names, config, variant, as_of)),
        ("epidemic.svg", epidemic(&known, variant, as_of)),
        ("diversity.svg", diversity(incidents, variant, as_of)),
    ];
    let mut written = Vec::new();
    for (name, svg) in plots {
        let path = folder.join(name);
        files::write_whole(&path, svg.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// The map as known at the end of a day, as SVG.
pub fn world_map(
    incidents: &[Incident],
    names: &CountryNames,
    variant: Variant,
    as_of: Date,
) -> Result<String, AppError> {
    let known: Vec<&Incident> =
        incidents.iter().filter(|incident| watched(incident, variant, as_of)).collect();
    map(incidents, &known, names, variant, as_of)
}

fn watched(incident: &Incident, variant: Variant, as_of: Date) -> bool {
    let told = incident.variant == variant && (variant != Variant::ScamCentre || incident.coercion_stated);
    told && incident.known_at(as_of)
}

/// What a variant is called in a title.
fn what(variant: Variant) -> &'static str {
    match variant {
        Variant::ScamCentre => "Scam centres with coerced workers",
        Variant::FraudNoCoercion => "Fraud call centres, no coercion stated",
        Variant::RecruitmentPyramid => "Recruitment pyramids",
        Variant::LocalCartel => "Forced recruitment by cartels",
        Variant::VirtualKidnap => "Virtual kidnapping",
        Variant::RansomOnly => "Captivity for ransom",
    }
}

fn map(
    incidents: &[Incident],
    known: &[&Incident],
    names: &CountryNames,
    variant: Variant,
    as_of: Date,
) -> Result<String, AppError> {
    let of_day = figures(incidents, variant, as_of);
    let mut routes: BTreeMap<(Country, Country), std::collections::BTreeSet<&str>> = BTreeMap::new();
    for incident in known {
        if let (Some(origin), Some(hub)) = (incident.origin, incident.hub)
            && origin != hub
            && of_day.origins.contains(&origin)
        {
            routes.entry((origin, hub)).or_default().insert(&incident.event);
        }
    }
    let english =
        |all: &[Country]| all.iter().map(|c| names.get(Language::ENGLISH, c)).collect::<Vec<_>>().join(", ");
    let plot = MapPlot {
        title: format!("{}: where, and where the people come from, as known on {as_of}", what(variant)),
        description: format!(
            "World map. {} hub countries, {} of them confirmed: {}. {} countries of origin; arrows lead from \
             origins to hubs.",
            of_day.hubs.len(),
            of_day.hubs_confirmed.len(),
            english(&of_day.hubs),
            of_day.origins.len()
        ),
        hubs: of_day.hubs.iter().map(|hub| (*hub, of_day.hubs_confirmed.contains(hub))).collect(),
        origins: of_day.origins,
        routes: routes.into_iter().map(|((from, to), events)| (from, to, events.len() as u32)).collect(),
    };
    map_plot(&plot).map_err(AppError::built_in("the map"))
}

fn timeline(
    incidents: &[Incident],
    names: &CountryNames,
    config: &Config,
    variant: Variant,
    as_of: Date,
) -> String {
    let config = Config { variants: vec![variant], surges: false, ..config.clone() };
    let english = |country: &Country| names.get(Language::ENGLISH, country).to_owned();
    let rows: Vec<Appearance> = replay(incidents, &config, as_of)
        .into_iter()
        .filter_map(|alarm| {
            let (name, is_hub) = match (alarm.kind, &alarm.subject) {
                (AlarmKind::Hub, Subject::Country(country)) => (english(country), true),
                (AlarmKind::Region, Subject::Region(region)) => (region.english().to_owned(), false),
                (AlarmKind::Origin, Subject::Country(country)) => {
                    (format!("people from {}", english(country)), false)
                }
                _ => return None,
            };
            Some(Appearance {
                name,
                first_known: alarm.first_incident_on,
                raised_on: alarm.raised_on,
                is_hub,
            })
        })
        .collect();
    let hubs = rows.iter().filter(|row| row.is_hub).map(|row| format!("{} on {}", row.name, row.raised_on));
    timeline_plot(&TimelinePlot {
        title: format!("{}: first appearances until {as_of}", what(variant)),
        description: format!(
            "One row for each alarm on something new, with the day of its first report and of the alarm. Hubs: {}.",
            hubs.collect::<Vec<_>>().join("; ")
        ),
        rows,
        until: as_of,
    })
}

fn epidemic(known: &[&Incident], variant: Variant, as_of: Date) -> String {
    let mut events: BTreeMap<&str, (Date, usize)> = BTreeMap::new();
    for incident in known {
        let month = incident.known_from.latest().last_of_month();
        let layer = match incident.kind {
            IncidentKind::Raid | IncidentKind::VictimsRescued => 0,
            IncidentKind::VictimsReported | IncidentKind::HubReport => 1,
            _ => 2,
        };
        let event = events.entry(&incident.event).or_insert((month, layer));
        *event = (event.0.min(month), event.1.min(layer));
    }
    let mut counts: BTreeMap<Date, Vec<u32>> = BTreeMap::new();
    for (month, layer) in events.values() {
        counts.entry(*month).or_insert_with(|| vec![0; 3])[*layer] += 1;
    }
    let first = counts.keys().next().copied().unwrap_or(as_of);
    let months = trend::ends(first, as_of, Step::Month)
        .into_iter()
        .map(|end| (end, counts.get(&end.last_of_month()).cloned().unwrap_or_else(|| vec![0; 3])))
        .collect();
    let most = counts.iter().max_by_key(|(_, counts)| counts.iter().sum::<u32>());
    let most = most.map_or(String::new(), |(month, counts)| {
        format!(" The most in one month: {} in {}.", counts.iter().sum::<u32>(), &month.to_string()[..7])
    });
    epidemic_plot(&EpidemicPlot {
        title: format!("{}: events that became known, by month, until {as_of}", what(variant)),
        description: format!("Stacked bars; {} events in all.{most}", events.len()),
        layers: vec![
            "raids and rescues".to_owned(),
            "victims or centres reported".to_owned(),
            "advisories, statistics and other".to_owned(),
        ],
        months,
    })
}

fn diversity(incidents: &[Incident], variant: Variant, as_of: Date) -> String {
    let series = trend::run(incidents, variant, as_of, Step::Quarter);
    let enough: Vec<&Figures> =
        series.iter().filter(|figures| figures.events >= DIVERSITY_EVENTS_MIN).collect();
    let line = |name: &str, of: fn(&Figures) -> Estimate| Line {
        name: name.to_owned(),
        points: enough
            .iter()
            .map(|figures| {
                let estimate = of(figures);
                (figures.as_of, estimate.value, estimate.low.max(0.0), estimate.high)
            })
            .collect(),
    };
    let seen = Line {
        name: "countries of origin seen".to_owned(),
        points: enough
            .iter()
            .map(|figures| {
                let seen = figures.origins.len() as f64;
                (figures.as_of, seen, seen, seen)
            })
            .collect(),
    };
    let lines = vec![
        line("effective number, order 1 (Shannon)", |figures| figures.origin_diversity.effective_q1),
        line("effective number, order 2 (Simpson)", |figures| figures.origin_diversity.effective_q2),
        seen,
    ];
    let last = series.last().map_or(String::new(), |figures| {
        let (one, two) = (figures.origin_diversity.effective_q1, figures.origin_diversity.effective_q2);
        format!(
            " On {as_of}: {} seen, order 1 {:.1} ({:.1} to {:.1}), order 2 {:.1} ({:.1} to {:.1}).",
            figures.origins.len(),
            one.value,
            one.low,
            one.high,
            two.value,
            two.low,
            two.high
        )
    });
    curve_plot(&CurvePlot {
        title: format!("{}: how many origins, until {as_of}", what(variant)),
        description: format!(
            "Lines by quarter: Hill numbers of the countries of origin, corrected for what was not seen, with \
             95 % bands.{last}"
        ),
        axis: "countries".to_owned(),
        lines,
    })
}
