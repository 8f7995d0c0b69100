//! Counts of events for publication: with small counts left out, or with noise that is paid for out of a budget.
//!
//! What is counted are events of the trend, not rows of sources and not people. The values that a table may have (all
//! countries, all months of the time that was asked for) do not depend on what is in the store. What each way protects
//! stands in `docs/statistics.md`.

use std::collections::BTreeMap;

use forewarn_model::rights::Right;
use forewarn_model::{Country, Date, Dimension, Incident, IncidentKind, Timestamp, Variant, date};
use forewarn_privacy::counts::{self, Noise, Published, Table};

use crate::{AppError, Context, Workspace};

/// What is counted, and how it is protected.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What events are counted by, each once.
    pub by: Vec<Dimension>,
    /// From this day.
    pub from: Date,
    /// Up to and with this day.
    pub until: Date,
    /// Counts below this are left out.
    pub k: u64,
    /// How much one event may show at most (ε of differential privacy); none: exact counts, small ones suppressed.
    pub epsilon: Option<f64>,
    /// In how many cells one event counts at most.
    pub cells_per_event_max: u32,
}

/// What holds for every release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The ε that all releases of a data folder may cost together.
    pub budget_epsilon: f64,
    /// The δ that goes with every ε: the chance that it does not hold.
    pub delta: f64,
    /// Cells of one table.
    pub cells_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { budget_epsilon: 3.0, delta: 1e-6, cells_max: 2_000_000 }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The value of each dimension; `*` where all are summed up, `-` where the source names none.
    pub values: Vec<String>,
    /// How many events; none if it is left out.
    pub count: Option<u64>,
}

/// A table for publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// What its columns are.
    pub by: Vec<Dimension>,
    /// Its lines: the margins of each dimension, then the cells.
    pub lines: Vec<Line>,
    /// The standard deviation of the noise, if there is any.
    pub sigma: Option<f64>,
    /// From how much on a count is shown.
    pub shown_from: u64,
    /// What is spent of the budget.
    pub budget: Budget,
}

/// How much of the budget is spent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// The ε of all releases together.
    pub spent_epsilon: f64,
    /// The ε that they may cost.
    pub epsilon: f64,
    /// The δ of both.
    pub delta: f64,
}

/// A release that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: String,
    /// What was asked.
    pub question: String,
    /// What it cost, by itself.
    pub epsilon: f64,
}

const OPERATION: &str = "make statistics";

/// Makes a table. What noise costs is kept before anything is shown; a release that the budget has no room for is
/// refused.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    request: &Request,
    limits: &Limits,
) -> Result<Release, AppError> {
    context.require(Right::Share)?;
    context.require(Right::Export)?;
    check(request)?;
    let domain = Domain::of(request);
    let sizes = domain.values.iter().map(Vec::len).collect();
    let mut table = Table::new(sizes, limits.cells_max).map_err(AppError::refused(OPERATION))?;
    let incidents = workspace.store.incidents()?;
    let mut events: BTreeMap<&str, Vec<Vec<usize>>> = BTreeMap::new();
    let today = date::day_of(context.now);
    for incident in incidents.iter().filter(|incident| counts_as_event(incident, today)) {
        if let Some(cell) = domain.cell(incident) {
            events.entry(&incident.event).or_default().push(cell);
        }
    }
    // Without noise nothing is gained by leaving cells of an event out.
    let most = if request.epsilon.is_some() { request.cells_per_event_max } else { u32::MAX };
    events.values().for_each(|cells| table.add(cells, most));
    let question = question(request);
    let (published, sigma, shown_from) = match request.epsilon {
        None => (counts::suppressed(&table, request.k), None, request.k),
        Some(epsilon) => {
            let rho_micro = counts::rho_micro(epsilon, limits.delta);
            let noise = Noise { rho_micro, cells_per_event_max: request.cells_per_event_max, k: request.k };
            let mut seed = [0; 32];
            (context.random)(&mut seed).map_err(AppError::refused(OPERATION))?;
            let made = counts::noisy(&table, &noise, seed).map_err(AppError::refused(OPERATION))?;
            spend(workspace, context, &question, rho_micro, limits)?;
            (made.published, Some(made.sigma), made.shown_from)
        }
    };
    workspace.note(context, "statistics.make", "", &question)?;
    let lines =
        published.iter().filter(|one| sigma.is_none() || one.count.is_some()).map(|one| domain.line(one));
    Ok(Release {
        by: request.by.clone(),
        lines: lines.collect(),
        sigma,
        shown_from,
        budget: budget_of(workspace, limits)?,
    })
}

/// What is spent of the budget.
pub fn budget(workspace: &Workspace, context: &Context, limits: &Limits) -> Result<Budget, AppError> {
    context.require(Right::Share)?;
    context.require(Right::Look)?;
    budget_of(workspace, limits)
}

/// The releases with noise, the newest first.
pub fn past(
    workspace: &Workspace,
    context: &Context,
    limits: &Limits,
    count_max: u32,
) -> Result<Vec<Past>, AppError> {
    context.require(Right::Share)?;
    context.require(Right::Look)?;
    let all = workspace.store.statistics_releases(count_max)?.into_iter();
    let past = all.map(|(at, actor, question, rho_micro)| Past {
        at,
        actor,
        question,
        epsilon: counts::epsilon(rho_micro, limits.delta),
    });
    Ok(past.collect())
}

fn budget_of(workspace: &Workspace, limits: &Limits) -> Result<Budget, AppError> {
    let spent_epsilon = counts::epsilon(workspace.store.statistics_spent()?, limits.delta);
    Ok(Budget { spent_epsilon, epsilon: limits.budget_epsilon, delta: limits.delta })
}

fn check(request: &Request) -> Result<(), AppError> {
    let refused = |why: &str| Err(AppError::Refused { operation: OPERATION, why: why.to_owned() });
    let mut by = request.by.clone();
    by.sort_unstable();
    by.dedup();
    if by.is_empty() || by.len() != request.by.len() {
        return refused("count by at least one thing, and by each once");
    }
    if by.contains(&Dimension::Month) && by.contains(&Dimension::Year) {
        return refused("count by month or by year: a month lies in one year");
    }
    if request.from > request.until {
        return refused("the time ends before it begins");
    }
    if request.k == 0 {
        return refused("k is at least 1");
    }
    if request.cells_per_event_max == 0 || request.cells_per_event_max > 1_000 {
        return refused("an event counts in 1 to 1000 cells");
    }
    match request.epsilon {
        Some(epsilon) if !(epsilon.is_finite() && epsilon > 0.0) => refused("epsilon is a number above 0"),
        _ => Ok(()),
    }
}

fn question(request: &Request) -> String {
    let by: Vec<&str> = request.by.iter().map(|dimension| dimension.as_str()).collect();
    let noise = match request.epsilon {
        Some(epsilon) => format!("epsilon {epsilon}, {} cells an event", request.cells_per_event_max),
        None => "without noise".to_owned(),
    };
    format!("by {}, {} to {}, k {}, {noise}", by.join(" and "), request.from, request.until, request.k)
}

/// Keeps the cost, or refuses.
fn spend(
    workspace: &mut Workspace,
    context: &Context,
    question: &str,
    rho_micro: u64,
    limits: &Limits,
) -> Result<(), AppError> {
    let budget_micro = counts::rho_micro(limits.budget_epsilon, limits.delta);
    let release = (context.now, context.actor.as_str(), question);
    let (before, kept) = workspace.store.spend_statistics(release, rho_micro, budget_micro)?;
    if kept {
        return Ok(());
    }
    let left = counts::epsilon(budget_micro.saturating_sub(before), limits.delta);
    let told = format!(
        "the privacy budget has no room for it: {:.2} of {:.2} is spent, a release of at most epsilon {left:.2} still fits",
        counts::epsilon(before, limits.delta),
        limits.budget_epsilon
    );
    Err(AppError::Refused {
        operation: OPERATION,
        why: format!("{told}: publish what was made before instead"),
    })
}

/// An event of the trend that is known and stands; official totals overlap with others.
fn counts_as_event(incident: &Incident, today: Date) -> bool {
    let of_trend = incident.variant == Variant::ScamCentre && incident.kind != IncidentKind::Statistic;
    of_trend && incident.known_at(today)
}

/// Which values each dimension has, whatever is in the store.
struct Domain {
    by: Vec<Dimension>,
    values: Vec<Vec<String>>,
    places: Vec<BTreeMap<String, usize>>,
    from: Date,
    until: Date,
}

/// Where the source names no country.
const NONE: &str = "-";

impl Domain {
    fn of(request: &Request) -> Self {
        let values: Vec<Vec<String>> =
            request.by.iter().map(|dimension| values(*dimension, request.from, request.until)).collect();
        let index = |values: &Vec<String>| {
            values.iter().cloned().enumerate().map(|(at, value)| (value, at)).collect()
        };
        let places = values.iter().map(index).collect();
        Self { by: request.by.clone(), values, places, from: request.from, until: request.until }
    }

    fn cell(&self, incident: &Incident) -> Option<Vec<usize>> {
        let day = incident.happened.earliest();
        if day < self.from || day > self.until {
            return None;
        }
        let country = |country: Option<Country>| country.map_or_else(|| NONE.to_owned(), |it| it.to_string());
        let value = |dimension: &Dimension| match dimension {
            Dimension::Hub => country(incident.hub),
            Dimension::Origin => country(incident.origin),
            Dimension::Kind => incident.kind.to_string(),
            Dimension::Month => month(day),
            Dimension::Year => format!("{:04}", day.year()),
        };
        self.by
            .iter()
            .zip(&self.places)
            .map(|(dimension, places)| places.get(&value(dimension)).copied())
            .collect()
    }

    fn line(&self, one: &Published) -> Line {
        let value = |(values, at): (&Vec<String>, &Option<usize>)| match at {
            Some(at) => values.get(*at).cloned().unwrap_or_default(),
            None => "*".to_owned(),
        };
        Line { values: self.values.iter().zip(&one.key).map(value).collect(), count: one.count }
    }
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn values(dimension: Dimension, from: Date, until: Date) -> Vec<String> {
    match dimension {
        Dimension::Hub | Dimension::Origin => {
            let countries = Country::all().into_iter().map(|country| country.to_string());
            std::iter::once(NONE.to_owned()).chain(countries).collect()
        }
        Dimension::Kind => IncidentKind::ALL.iter().map(|kind| kind.to_string()).collect(),
        Dimension::Month => {
            let (mut year, mut number) = (from.year(), from.month());
            let mut months = Vec::new();
            while (year, number) <= (until.year(), until.month()) {
                months.push(format!("{year:04}-{number:02}"));
                (year, number) = if number == 12 { (year + 1, 1) } else { (year, number + 1) };
            }
            months
        }
        Dimension::Year => (from.year()..=until.year()).map(|year| format!("{year:04}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use forewarn_collect::Limits as Rows;
    use forewarn_model::Clearance;
    use forewarn_model::rights::Rights;

    use super::*;
    use crate::{Silent, bundled, incident::import};

    fn open() -> (tempfile::TempDir, Workspace, Context) {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let context = Context {
            now: "2025-06-01T00:00:00Z".parse().unwrap(),
            actor: "ana".into(),
            clearance: Clearance::ALL,
            rights: Rights::all(),
            random: |bytes| {
                *bytes = [7; 32];
                Ok(())
            },
            passphrase: Arc::new(|_| Err("none".into())),
        };
        import::run(&mut workspace, &context, bundled::TIMELINE, "timeline", &Rows::default(), &Silent)
            .unwrap();
        (folder, workspace, context)
    }

    fn request(by: &[Dimension], epsilon: Option<f64>) -> Request {
        let day = |text: &str| text.parse().unwrap();
        let (from, until) = (day("2020-01-01"), day("2025-05-31"));
        Request { by: by.to_vec(), from, until, k: 5, epsilon, cells_per_event_max: 4 }
    }

    #[test]
    fn exact_counts_show_nothing_below_k() {
        let (_folder, mut workspace, context) = open();
        let by = [Dimension::Hub, Dimension::Year];
        let made = run(&mut workspace, &context, &request(&by, None), &Limits::default()).unwrap();
        assert!(made.lines.iter().all(|line| line.count.is_none_or(|count| count >= 5)));
        assert!(
            made.lines.iter().any(|line| line.values == ["KH", "*"] && line.count.is_some()),
            "{:?}",
            made.lines
        );
        assert!(made.lines.iter().any(|line| line.count.is_none()), "some are left out");
        assert_eq!((made.sigma, made.budget.spent_epsilon), (None, 0.0));
    }

    #[test]
    fn noise_is_paid_for_until_the_budget_is_spent() {
        let (_folder, mut workspace, context) = open();
        let limits = Limits { budget_epsilon: 1.5, ..Limits::default() };
        let ask = |workspace: &mut Workspace| {
            run(workspace, &context, &request(&[Dimension::Hub], Some(1.0)), &limits)
        };
        let made = ask(&mut workspace).unwrap();
        assert!(made.lines.iter().all(|line| line.count.is_some_and(|count| count >= 5)));
        assert!((0.99..=1.0).contains(&made.budget.spent_epsilon), "{:?}", made.budget);
        ask(&mut workspace).unwrap();
        let told = ask(&mut workspace).unwrap_err().to_string();
        assert!(told.contains("no room for it") && told.contains("of 1.50 is spent"), "{told}");
        assert_eq!(past(&workspace, &context, &limits, 10).unwrap().len(), 2);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let (_folder, mut workspace, context) = open();
        let mut check = |change: fn(&mut Request), expected: &str| {
            let mut asked = request(&[Dimension::Hub], Some(1.0));
            change(&mut asked);
            let told = run(&mut workspace, &context, &asked, &Limits::default()).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check(|ask| ask.by.clear(), "at least one thing");
        check(|ask| ask.by.push(Dimension::Hub), "each once");
        check(|ask| ask.by.extend([Dimension::Month, Dimension::Year]), "month or by year");
        check(|ask| ask.until = "2019-01-01".parse().unwrap(), "ends before it begins");
        check(|ask| ask.k = 0, "k is at least 1");
        check(|ask| ask.epsilon = Some(f64::NAN), "above 0");
        check(|ask| ask.epsilon = Some(1e-9), "draw noise");
        check(|ask| ask.cells_per_event_max = 0, "1 to 1000");
        check(|ask| ask.by.extend([Dimension::Origin, Dimension::Month]), "choose fewer dimensions");
        check(|ask| ask.epsilon = Some(9.0), "no room");
    }
}
