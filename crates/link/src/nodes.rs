//! The nodes: reports, then campaigns, then identifiers, each in order; a node is its place in this list.

use forewarn_model::{
    CampaignId, CryptoChain, Entity, EntityKind, HandleService, ObservableKind, ReportId, Timestamp,
};

use crate::intern::Interner;

/// What is known of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ReportRow {
    pub(crate) id: ReportId,
    pub(crate) received_at: Option<Timestamp>,
    pub(crate) campaign: u32,
}

/// No campaign.
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Default)]
pub(crate) struct Nodes {
    /// In order of id, each once.
    pub(crate) reports: Vec<ReportRow>,
    /// In order.
    pub(crate) campaigns: Vec<CampaignId>,
    /// Sorted.
    pub(crate) values: Interner,
    /// How many independent groups share each value.
    pub(crate) groups: Vec<u32>,
}

impl Nodes {
    pub(crate) fn len(&self) -> usize {
        self.reports.len() + self.campaigns.len() + self.values.len()
    }

    /// The node of the first identifier.
    pub(crate) fn first_value(&self) -> u32 {
        (self.reports.len() + self.campaigns.len()) as u32
    }

    pub(crate) fn report(&self, id: ReportId) -> Option<u32> {
        self.reports.binary_search_by_key(&id, |row| row.id).ok().map(|at| at as u32)
    }

    pub(crate) fn campaign(&self, id: CampaignId) -> Option<u32> {
        let at = self.campaigns.binary_search(&id).ok()?;
        Some((self.reports.len() + at) as u32)
    }

    pub(crate) fn value(&self, kind: ObservableKind, value: &str) -> Option<u32> {
        self.values.search(kind, value).map(|number| self.first_value() + number)
    }

    /// The node of a kind with a value, as [`Entity`] prints it.
    pub(crate) fn find(&self, kind: EntityKind, value: &str) -> Option<u32> {
        match kind {
            EntityKind::Observable(kind) => self.value(kind, value),
            EntityKind::Report => self.report(value.parse().ok()?),
            EntityKind::Campaign => self.campaign(value.parse().ok()?),
            EntityKind::Hub | EntityKind::Country | EntityKind::Organisation => None,
        }
    }

    pub(crate) fn kind(&self, node: u32) -> EntityKind {
        let (reports, first) = (self.reports.len() as u32, self.first_value());
        match node {
            node if node < reports => EntityKind::Report,
            node if node < first => EntityKind::Campaign,
            node => EntityKind::Observable(self.values.value(node - first).0),
        }
    }

    pub(crate) fn entity(&self, node: u32) -> Entity {
        let (reports, first) = (self.reports.len(), self.first_value());
        match self.kind(node) {
            EntityKind::Report => {
                Entity::new(EntityKind::Report, &self.reports[node as usize].id.to_string())
            }
            EntityKind::Campaign => {
                let id = self.campaigns[node as usize - reports];
                Entity::new(EntityKind::Campaign, &id.to_string())
            }
            kind => Entity::new(kind, self.values.value(node - first).1),
        }
    }
}

/// Every kind of identifier: for a value whose kind the caller does not know.
pub(crate) fn kinds() -> impl Iterator<Item = ObservableKind> {
    let plain = [
        ObservableKind::Phone,
        ObservableKind::Email,
        ObservableKind::Url,
        ObservableKind::Domain,
        ObservableKind::Iban,
    ];
    let handles = HandleService::ALL.iter().map(|&service| ObservableKind::Handle(service));
    let chains = CryptoChain::ALL.iter().map(|&chain| ObservableKind::Crypto(chain));
    plain.into_iter().chain(handles).chain(chains)
}
