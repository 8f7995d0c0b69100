//! Identifiers become a graph: who is tied to whom, and which reports prove it.
//!
//! A value that very many unrelated reports share (a platform's domain, a public hotline) ties nobody to
//! anybody. It is listed as *common* and no edge is written for it: the limit comes before the edges, so
//! that the graph grows with the reports and not with their square. Pure functions; the same reports in any
//! order give the same graph.
//!
//! Edges, each with the reports that prove it:
//!
//! - report –names→ identifier, and campaign –names→ identifier;
//! - report –member of→ campaign;
//! - e-mail or web address –part of→ domain, where a report names both;
//! - site –pays to→ wallet or account, where one scam report or advisory names both.
//!
//! The strength of an edge is the rarity of the identifier that it leads to, 1 / log2(1 + groups that share
//! it), weakened where little stands behind the edge: times 1 − 2^−n, where n is the number of reports of a
//! campaign that name the identifier, and else the number of independent groups.

mod build;
mod communities;
mod components;
mod graph;
mod intern;
mod lists;
mod nodes;
mod path;
pub mod synthetic;
mod wrong;

use forewarn_model::{CampaignId, Observable, ObservableKind, ReportId, ReportKind, Timestamp};

pub use build::{Builder, build};
pub use communities::{Communities, CommunityConfig, Weighted, communities};
pub use graph::{Edge, Graph, Node, Tie, Why};
pub use lists::{ListError, Listed, WarningLists};
pub use path::{Aim, Path};
pub use wrong::Wrong;

/// One report as the graph sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The report.
    pub report: ReportId,
    /// What it is.
    pub kind: ReportKind,
    /// When it was first seen, where known: what its evidence is ordered and dated by.
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
    /// How many reports are kept as evidence of one edge; the earliest ones. All are counted.
    pub evidence_per_link_max: usize,
    /// How many sites or wallets of one scam report are tied to each other.
    pub pairs_per_report_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { groups_per_value_max: 200, evidence_per_link_max: 100, pairs_per_report_max: 64 }
    }
}

/// How widely a value is shared, where the reports at hand are not all that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// How many independent groups name it; one more than the limit stands for all that is above it.
    pub groups: usize,
    /// How many reports name it.
    pub reports: usize,
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
    pub list: Option<Listed>,
}
