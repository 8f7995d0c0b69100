//! Near-duplicates → [`Campaign`]s with templates: who writes these ads?
//!
//! An ad becomes a [`Sketch`]: its tokens, and a consistent sample of its phrases. An [`Index`] finds the
//! few ads that share rare phrases with it, measures how many bits each of them saves when the ad is told
//! in its words (minimum description length, after InfoShield and DeltaShield, Lee et al., ICDE 2021 and
//! ACM TKDD 2023), and joins them. A [`Template`](forewarn_model::Template) is what the members of a
//! campaign have in common, with typed slots where they differ.
//!
//! This room knows nothing of what an ad means: no rule, no verdict. It does no I/O, and the same documents
//! in the same order give the same campaigns on any number of threads.

mod align;
mod chunks;
mod copying;
mod groups;
mod index;
mod masks;
mod postings;
mod sketch;
mod snapshot;
pub mod synthetic;
mod template;
mod tokens;

pub use groups::Merge;
pub use index::{Group, Index, Outcome};
pub use sketch::Sketch;
pub use snapshot::SnapshotError;
pub use template::{Outline, Tally, describe, voters};

use forewarn_model::{Campaign, Normalized, ReportId, SlotKind, Span, Timestamp};
use rayon::prelude::*;

/// One report as the clusterer sees it.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The report.
    pub report: ReportId,
    /// The text that spans count in; templates quote it.
    pub text: &'a str,
    /// The folded text; tokens are compared by it.
    pub normalized: &'a Normalized,
    /// Identifiers, money, places and the like, in spans of the original; in any order, may overlap. What
    /// has the shape of an identifier, a date or an amount is masked besides.
    pub masks: &'a [(Span, SlotKind)],
    /// When the report was received, where known.
    pub received_at: Option<Timestamp>,
}

/// Limits and thresholds. The defaults fit long and short texts in every script; none needs to be set for
/// a kind of input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Config {
    /// How many tokens of a text are compared; what follows is left out.
    pub tokens_max: usize,
    /// About how many phrases of a text are kept in the index.
    pub phrases_max: usize,
    /// How many campaigns or single ads an ad is compared with word by word.
    pub candidates_max: usize,
    /// How many different members of a campaign stand for it in the index.
    pub representatives_max: usize,
    /// Which share of the words that are not boilerplate, in bits, two ads must have in common.
    pub shared_min: f32,
    /// How many bits two ads must have in common beyond that share.
    pub evidence_bits_min: f32,
    /// How many members vote on the words of a template.
    pub voters_max: usize,
    /// How many values of a slot are kept.
    pub slot_values_max: usize,
    /// How many different values of a place in a template are counted; further ones count as filled only.
    pub slot_values_counted_max: usize,
    /// How many characters of a value of a slot are kept.
    pub slot_value_chars_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            tokens_max: 4_096,
            phrases_max: 40,
            candidates_max: 6,
            representatives_max: 8,
            shared_min: 0.16,
            evidence_bits_min: 25.0,
            voters_max: 32,
            slot_values_max: 20,
            slot_values_counted_max: 65_536,
            slot_value_chars_max: 120,
        }
    }
}

/// Groups documents that were written from one template. The campaigns come in the order in which their
/// first members stand in the input; documents in no campaign are left out.
pub fn cluster(documents: &[Document<'_>], config: &Config) -> Vec<Campaign> {
    cluster_apart(documents, config, &[])
}

/// The same, with pairs of reports that are never in one campaign, however alike they are: what an analyst
/// marked as a wrong merge stays wrong. To keep two campaigns apart, give a member of each.
pub fn cluster_apart(
    documents: &[Document<'_>],
    config: &Config,
    apart: &[(ReportId, ReportId)],
) -> Vec<Campaign> {
    let mut index = Index::new(*config);
    apart.iter().for_each(|&(a, b)| {
        index.keep_apart(a, b);
    });
    // A report that comes twice is inserted once, so entries of the index are not places in the input.
    let mut inserted: Vec<&Document<'_>> = Vec::with_capacity(documents.len());
    // Sketching reads the text and costs most; it needs no index, so blocks of it run on all cores.
    for block in documents.chunks(8_192) {
        let sketches: Vec<Sketch> = block.par_iter().map(|document| Sketch::new(document, config)).collect();
        for (document, sketch) in block.iter().zip(&sketches) {
            if !matches!(index.insert_sketch(sketch), Outcome::Known { .. }) {
                inserted.push(document);
            }
        }
    }
    let groups = index.groups();
    groups
        .par_iter()
        .filter_map(|group| {
            let members: Vec<Document<'_>> = group.members.iter().map(|&at| *inserted[at as usize]).collect();
            describe(group.id, &members, config)
        })
        .collect()
}
