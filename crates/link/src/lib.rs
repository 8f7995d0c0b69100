//! Identifiers become a graph: who is tied to whom, and which reports prove it.
//!
//! A value that very many unrelated reports share (a platform's domain, a public hotline) ties nobody to
//! anybody. It is listed as *common* and no edge is written for it: the limit comes before the edges, so
//! that the graph grows with the reports and not with their square. Pure functions; the same reports in any
//! order give the same graph.

mod build;
mod graph;
mod lists;

use forewarn_model::{CampaignId, LinkId, Observable, ObservableKind, ReportId, ReportKind, Timestamp};

pub use build::build;
pub use graph::{Graph, Path, Tie};
pub use lists::{ListError, WarningLists};

/// One report as the graph sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The report.
    pub report: ReportId,
    /// What it is.
    pub kind: ReportKind,
    /// When it was received, where known.
    pub received_at: Option<Timestamp>,
    /// Its identifiers.
    pub observables: Vec<Observable>,
    /// The campaign that it belongs to, if it does.
    pub campaign: Option<CampaignId>,
}

/// Limits of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// How many independent groups (campaigns, or single reports in none) may share a value before it is
    /// common. Ten thousand ads of one campaign are one group.
    pub groups_per_value_max: usize,
    /// How many reports are kept as evidence of one edge; the earliest ones.
    pub evidence_per_link_max: usize,
    /// How many sites or wallets of one scam report are tied to each other.
    pub pairs_per_report_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { groups_per_value_max: 200, evidence_per_link_max: 100, pairs_per_report_max: 64 }
    }
}

/// Why a value is in the reports and not in the graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Common {
    /// What kind.
    pub kind: ObservableKind,
    /// The value.
    pub value: String,
    /// How many reports name it.
    pub reports: usize,
    /// The list that it stands on; none if too many unrelated reports share it.
    pub list: Option<String>,
}

/// Edges that an analyst marked as wrong: they stay out, however often they are found again.
pub type WrongLinks = std::collections::BTreeSet<LinkId>;
