//! Which ads are together: a union-find over small entries, with what is known of each campaign, the record
//! of merges, and the pairs that an analyst keeps apart.

use std::collections::BTreeMap;

use forewarn_model::{Campaign, CampaignId, ReportId, Timestamp};

use crate::chunks::Chunks;

/// Two campaigns that became one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The older one, whose id the members have since.
    pub kept: CampaignId,
    /// The other one, whose id is used no more.
    pub absorbed: CampaignId,
    /// The ad that is written like members of both.
    pub by: ReportId,
    /// When that ad was received, where known.
    pub received_at: Option<Timestamp>,
}

/// An ad: 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) report: ReportId,
    /// The lower half of the hash of its text.
    pub(crate) copy: u32,
    /// Towards the ad that stands for the whole group; for that ad itself, or with `CAMPAIGN` the number of
    /// its campaign.
    pub(crate) up: u32,
    /// The next member of the group, in a ring.
    pub(crate) next: u32,
}

/// What is known of a group of two and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) size: u32,
    /// The earliest ad of the pair that founded it, and the later one.
    pub(crate) founder: u32,
    pub(crate) founded_at: u32,
    /// How many members represent it.
    pub(crate) representatives: u32,
}

pub(crate) const CAMPAIGN: u32 = 1 << 31;

/// Ads and groups.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    pub(crate) entries: Chunks<Entry>,
    pub(crate) known: Chunks<Known>,
    /// When each ad was received; empty as long as no ad says it.
    pub(crate) received: Chunks<Option<Timestamp>>,
    pub(crate) merges: Vec<Merge>,
    /// For each report that is kept apart from others, those.
    pub(crate) apart: BTreeMap<ReportId, Vec<ReportId>>,
    /// The same as entries, once both are known.
    pub(crate) apart_entries: Vec<(u32, u32)>,
}

/// What became of the campaigns of ads that were joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) campaign: CampaignId,
    pub(crate) new: bool,
    pub(crate) absorbed: Vec<CampaignId>,
}

impl Groups {
    pub(crate) fn push(&mut self, report: ReportId, copy: u64, received_at: Option<Timestamp>) -> u32 {
        let at = self.entries.len() as u32;
        self.entries.push(Entry { report, copy: copy as u32, up: at, next: at });
        if received_at.is_some() || self.received.len() > 0 {
            while self.received.len() < at as usize {
                self.received.push(None);
            }
            self.received.push(received_at);
        }
        at
    }

    pub(crate) fn received_at(&self, entry: u32) -> Option<Timestamp> {
        if (entry as usize) < self.received.len() { self.received[entry as usize] } else { None }
    }

    pub(crate) fn root(&self, mut at: u32) -> u32 {
        loop {
            let up = self.entries[at as usize].up;
            if up == at || up & CAMPAIGN != 0 {
                return at;
            }
            at = up;
        }
    }

    /// The number of the group that an ad stands for, if it is more than that ad.
    pub(crate) fn number(&self, root: u32) -> Option<u32> {
        let up = self.entries[root as usize].up;
        (up & CAMPAIGN != 0).then_some(up & !CAMPAIGN)
    }

    /// What is known of that group.
    pub(crate) fn known(&self, root: u32) -> Option<&Known> {
        self.number(root).map(|number| &self.known[number as usize])
    }

    pub(crate) fn campaign_of(&self, entry: u32) -> Option<CampaignId> {
        self.known(self.root(entry)).map(|known| self.id(known.founder))
    }

    fn id(&self, founder: u32) -> CampaignId {
        Campaign::founded_by(self.entries[founder as usize].report)
    }

    /// How many ads represent the group of a root; one that is alone represents itself.
    pub(crate) fn representatives(&self, root: u32) -> u32 {
        self.known(root).map_or(1, |known| known.representatives)
    }

    pub(crate) fn count_representative(&mut self, root: u32) {
        if let Some(number) = self.number(root) {
            self.known[number as usize].representatives += 1;
        }
    }

    /// Joins a new ad with others, those that are kept apart from the ones before them left out; none if
    /// there are no others.
    pub(crate) fn join(&mut self, entry: u32, others: &[u32]) -> Option<Joined> {
        let mut roots: Vec<u32> = Vec::with_capacity(others.len());
        for &other in others {
            let root = self.root(other);
            if !roots.contains(&root) && !roots.iter().chain([&entry]).any(|&one| self.are_apart(one, root)) {
                roots.push(root);
            }
        }
        roots.sort_unstable();
        let first = roots.first().copied()?;
        let mut campaigns: Vec<(u32, u32)> = roots
            .iter()
            .filter_map(|&root| self.known(root))
            .map(|known| (known.founded_at, known.founder))
            .collect();
        campaigns.sort_unstable();
        let (founded_at, founder) = campaigns.first().copied().unwrap_or((entry, first));
        let known = Known {
            size: 1 + roots.iter().map(|&root| self.size(root)).sum::<u32>(),
            founder,
            founded_at,
            representatives: roots.iter().map(|&root| self.representatives(root)).sum(),
        };
        // The root of the largest group stands for all, so that no path gets long.
        let root =
            roots.iter().copied().min_by_key(|&root| (u32::MAX - self.size(root), root)).unwrap_or(first);
        let number = self.number(root).unwrap_or_else(|| {
            self.known.push(known);
            self.known.len() as u32 - 1
        });
        self.known[number as usize] = known;
        for child in roots.iter().copied().filter(|&child| child != root).chain([entry]) {
            self.entries[child as usize].up = root;
            let (root_next, child_next) =
                (self.entries[root as usize].next, self.entries[child as usize].next);
            self.entries[root as usize].next = child_next;
            self.entries[child as usize].next = root_next;
        }
        self.entries[root as usize].up = CAMPAIGN | number;
        let campaign = self.id(founder);
        let absorbed: Vec<CampaignId> =
            campaigns.iter().skip(1).map(|&(_, founder)| self.id(founder)).collect();
        let (by, received_at) = (self.entries[entry as usize].report, self.received_at(entry));
        self.merges.extend(absorbed.iter().map(|&absorbed| Merge {
            kept: campaign,
            absorbed,
            by,
            received_at,
        }));
        Some(Joined { campaign, new: campaigns.is_empty(), absorbed })
    }

    fn size(&self, root: u32) -> u32 {
        self.known(root).map_or(1, |known| known.size)
    }

    /// The members of the group of an ad, in order of insertion; only itself if it is alone.
    pub(crate) fn ring(&self, first: u32) -> Vec<u32> {
        let mut ring = vec![first];
        let mut at = self.entries[first as usize].next;
        while at != first && ring.len() < self.entries.len() {
            ring.push(at);
            at = self.entries[at as usize].next;
        }
        ring.sort_unstable();
        ring
    }

    pub(crate) fn keep_apart(&mut self, a: ReportId, b: ReportId) {
        for (one, other) in [(a, b), (b, a)] {
            let others = self.apart.entry(one).or_default();
            if !others.contains(&other) {
                others.push(other);
            }
        }
    }

    fn are_apart(&self, a: u32, b: u32) -> bool {
        !self.apart_entries.is_empty() && {
            let (a, b) = (self.root(a), self.root(b));
            self.apart_entries.iter().any(|&(one, other)| {
                let pair = (self.root(one), self.root(other));
                pair == (a, b) || pair == (b, a)
            })
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.entries.bytes()
            + self.known.bytes()
            + self.received.bytes()
            + self.merges.capacity() * size_of::<Merge>()
            + self.apart_entries.capacity() * size_of::<(u32, u32)>()
    }
}
