//! The settings of the watch: what it listens to, how much a report weighs, and how often it may be wrong.
//!
//! This room holds numbers and where they come from; it computes nothing about a particular incident.
//! Weights were set by hand with the whole public timeline in view, so no year of it is a blind test. Only the
//! default of `recurrence_days` was chosen on what was known until the end of 2023. How much noise there is, how
//! strong it is and how much nearness tells is learned as the days go by and not set here.

use forewarn_model::{IncidentKind, PersonRole, Variant};

/// What the watch listens to and how strict it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// How often, in days, chance alone may raise one alarm of a kind: the false-alarm rate. An alarm sounds
    /// when its recurrence interval is at least this long.
    pub recurrence_days: f64,
    /// What is watched. Variants are kept apart: each alarm belongs to one of them.
    pub variants: Vec<Variant>,
    /// Whether surges of subjects that are already known are watched too (accelerations, displacements).
    pub surges: bool,
    /// After how many days the weight of a report halves, counted from when it was known. Affects alarms.
    pub evidence_half_life_days: f64,
    /// After how many days a subject's place in the ranking halves when nothing more is heard of it.
    pub score_half_life_days: f64,
    /// How much less a report counts that was told late: its weight halves for every so many days between
    /// the event and the day on which it became known.
    pub telling_half_life_days: f64,
    /// A report told later than this many days after the event does not help to establish a subject.
    pub telling_days_max: i32,
    /// The most that nearness counts: how many times likelier a report belongs to something that grows when
    /// its country borders an established hub, or when fraud centres staffed from abroad were found there
    /// before. How much it counts is learned; this bounds it while few hubs are known.
    pub nearness_max: f64,
    /// A priori, of so many established subjects...
    pub near_prior_subjects: f64,
    /// ...this share lay near one that was established before.
    pub near_prior_share: f64,
    /// How many days an earlier finding of fraud centres staffed from abroad counts for `nearness`.
    pub precursor_days_max: i32,
    /// A subject that had an alarm is established, and no longer noise, once this many events were reported...
    pub established_events_min: usize,
    /// ...by this many independent sources.
    pub established_sources_min: usize,
    /// Noise, a priori: so many subjects of a kind opened where nothing was to be expected...
    pub noise_prior_subjects: f64,
    /// ...in so many events.
    pub noise_prior_events: f64,
    /// After how many events noise counts half for the background.
    pub noise_half_life_events: f64,
    /// The volume of reporting, a priori: so many events...
    pub volume_prior_events: f64,
    /// ...in so many days.
    pub volume_prior_days: f64,
    /// After how many days an event counts half for the volume of reporting.
    pub volume_half_life_days: f64,
    /// A silence counts for at most so many times the mean time between two events: what is longer is a gap in the
    /// record, in which nobody listened, and no proof of calm.
    pub silence_events_max: f64,
    /// How many days a surge looks back.
    pub surge_days: i32,
    /// How many days before that make up its baseline.
    pub baseline_days: i32,
    /// A surge has at least this many events...
    pub surge_events_min: u32,
    /// ...from at least this many independent sources.
    pub surge_sources_min: u32,
    /// A report told later than this many days after the event is no sign of a surge.
    pub surge_telling_days_max: i32,
    /// The windows of the scan, in days, shortest first.
    pub scan_windows_days: Vec<i32>,
    /// How many days the scan looks back.
    pub scan_period_days: i32,
    /// How many histories the scan deals at most to say how rare a cluster is.
    pub scan_replicates: u32,
    /// The seed of those histories.
    pub scan_seed: u64,
    /// More events than this are not scanned: where counts are so high, a surge of one subject says it all.
    pub scan_events_max: usize,
    /// How many days of raids and rescues make up a crackdown, when growth nearby is traced to one.
    pub crackdown_days: i32,
    /// A crackdown is one only if chance would bring it about at most this often.
    pub crackdown_chance_max: f64,
    /// A displacement is told only if the evidence for the hub that grows is at least this: half of a report of
    /// victims by one source of unknown reliability.
    pub displacement_evidence_min: f64,
    /// After an alarm on a subject, its surges stay silent for so many days.
    pub surge_quiet_days: i32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            recurrence_days: 730.0,
            variants: vec![Variant::ScamCentre],
            surges: true,
            evidence_half_life_days: 365.0,
            score_half_life_days: 730.0,
            telling_half_life_days: 365.0,
            telling_days_max: 730,
            nearness_max: 50.0,
            near_prior_subjects: 2.0,
            near_prior_share: 0.5,
            precursor_days_max: 5 * 365,
            established_events_min: 3,
            established_sources_min: 3,
            noise_prior_subjects: 1.0,
            noise_prior_events: 2.0,
            noise_half_life_events: 30.0,
            volume_prior_events: 0.5,
            volume_prior_days: 45.0,
            volume_half_life_days: 90.0,
            silence_events_max: 20.0,
            surge_days: 28,
            baseline_days: 364,
            surge_events_min: 3,
            surge_sources_min: 2,
            surge_telling_days_max: 90,
            scan_windows_days: vec![14, 28, 56, 112, 182],
            scan_period_days: 728,
            scan_replicates: 999,
            scan_seed: 1,
            scan_events_max: 2_000,
            crackdown_days: 182,
            crackdown_chance_max: 0.1,
            displacement_evidence_min: 0.2,
            surge_quiet_days: 180,
        }
    }
}

/// A kind of incident, how much one report of it says about captivity in a place (1: someone entered and
/// found it), and how reliable its source is when nothing else is known about it. A police organisation's
/// own notice is its own source, whoever carries it.
pub(crate) const KINDS: &[(IncidentKind, f64, f64)] = &[
    (IncidentKind::Raid, 1.0, 0.5),
    (IncidentKind::VictimsRescued, 1.0, 0.5),
    (IncidentKind::Notice, 1.0, 0.9),
    (IncidentKind::VictimsReported, 0.8, 0.5),
    (IncidentKind::HubReport, 0.5, 0.5),
    (IncidentKind::Advisory, 0.5, 0.5),
    (IncidentKind::Sanction, 0.5, 0.5),
    (IncidentKind::AdCampaign, 0.3, 0.5),
    (IncidentKind::Statistic, 0.3, 0.5),
];

/// How much of a kind's weight is left by what the source calls the people: where they are called suspects,
/// the captivity is claimed less firmly.
pub(crate) fn role_weight(role: Option<PersonRole>) -> f64 {
    match role {
        None | Some(PersonRole::Victim) => 1.0,
        Some(PersonRole::Mixed | PersonRole::Unclear) => 0.75,
        Some(PersonRole::Suspect) => 0.5,
    }
}

/// What is left of a report on people held in their own country: a crime, but not yet a place that people
/// are brought to.
pub(crate) const DOMESTIC_WEIGHT: f64 = 0.5;

/// Weight and source reliability of a kind.
pub(crate) fn kind_weight(kind: IncidentKind) -> (f64, f64) {
    KINDS.iter().find(|row| row.0 == kind).map_or((0.3, 0.5), |row| (row.1, row.2))
}
