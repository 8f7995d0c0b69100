//! What `network` shows: ties with their proofs, values that tie nobody, and what was marked as wrong.

use forewarn_model::Entity;
use serde::Serialize;
use serde_json::Value;

use crate::wire::value;

/// A node: its kind, its value, and how many steps from the centre it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkNode {
    /// Derived from kind and value.
    pub id: String,
    /// `phone`, `handle:telegram`, `report`, …
    pub kind: String,
    /// The normalised value; the printed id for reports and campaigns.
    pub value: String,
    /// How many steps from what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

/// A report that proves a tie.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkProof {
    /// Its id.
    pub report: String,
    /// What it is.
    pub kind: String,
    /// The file, feed or platform.
    pub source: String,
    /// Its id there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published, else received.
    pub date: String,
    /// A1 to F6.
    pub grading: String,
    /// What it says.
    pub excerpt: String,
}

/// A tie. `shared_by` is how many unrelated reports or campaigns share the identifier that it leads to;
/// `reports` how many prove the tie, of which `proofs` are some.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkTie {
    /// How many steps from the centre its farther end is.
    pub step: u32,
    /// `names`, `member_of`, `part_of`, `pays_to`.
    pub kind: String,
    /// From.
    pub from: NetworkNode,
    /// To.
    pub to: NetworkNode,
    /// 0 to 1.
    pub strength: f64,
    /// How many groups share the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<usize>,
    /// How many reports prove it.
    pub reports: usize,
    /// Some of them.
    pub proofs: Vec<NetworkProof>,
}

/// A value that ties nobody, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkCommon {
    /// Its kind.
    pub kind: String,
    /// The value.
    pub value: String,
    /// How many reports name it.
    pub reports: usize,
    /// The warning list that it stands on, its version and file; none if too many unrelated reports share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<(String, u64, String)>,
}

/// A tie that is marked as wrong: by whom, when and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkMark {
    /// One end.
    pub a: NetworkNode,
    /// The other.
    pub b: NetworkNode,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub why: String,
}

/// What is tied to a node. `complete` says whether nothing was left out for its size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkView {
    /// What was asked for.
    pub centre: Vec<NetworkNode>,
    /// The nodes, the nearest first.
    pub nodes: Vec<NetworkNode>,
    /// The ties, in order of step, the strongest first.
    pub ties: Vec<NetworkTie>,
    /// Values that tie nobody.
    pub common: Vec<NetworkCommon>,
    /// What is marked as wrong.
    pub marked_wrong: Vec<NetworkMark>,
    /// Whether this is all.
    pub complete: bool,
}

impl NetworkNode {
    /// A node of the graph.
    pub fn new(entity: &Entity, step: Option<u32>) -> Self {
        let Entity { id, kind, value, .. } = entity;
        Self { id: id.to_string(), kind: kind.name(), value: value.clone(), step }
    }
}

/// What is tied to a node, as JSON: the fields of [`NetworkView`].
pub fn network(view: &NetworkView) -> Value {
    value(view)
}

/// A way from one node to another: `from`, `steps` (the fields of [`NetworkTie`]), `complete`; `found` is
/// false and the rest is left out if there is none.
pub fn network_path(from: Option<&NetworkNode>, steps: &[NetworkTie], complete: bool) -> Value {
    match from {
        Some(from) => serde_json::json!({
            "found": true, "from": from, "steps": steps, "complete": complete,
        }),
        None => serde_json::json!({ "found": false, "complete": complete }),
    }
}

/// Marks as a JSON array.
pub fn network_marks(marks: &[NetworkMark]) -> Value {
    value(marks)
}

#[cfg(test)]
mod tests {
    use forewarn_model::{EntityKind, ObservableKind};

    use super::*;
    use crate::sample;

    #[test]
    fn shows_ties_with_proofs_and_what_ties_nobody() {
        let phone = Entity::new(EntityKind::Observable(ObservableKind::Phone), "+85512000001");
        let report = Entity::new(EntityKind::Report, "rpt-1");
        let proof = NetworkProof {
            report: "rpt-1".into(),
            kind: "job_ad".into(),
            source: "ads.jsonl".into(),
            external_id: None,
            url: None,
            date: "2024-01-02T00:00:00Z".into(),
            grading: "B2".into(),
            excerpt: "call +85512000001".into(),
        };
        let tie = NetworkTie {
            step: 1,
            kind: "names".into(),
            from: NetworkNode::new(&report, Some(1)),
            to: NetworkNode::new(&phone, Some(0)),
            strength: 0.5,
            shared_by: Some(1),
            reports: 1,
            proofs: vec![proof],
        };
        let common = NetworkCommon {
            kind: "domain".into(),
            value: "gmail.com".into(),
            reports: 9,
            list: Some(("Public mail domains".into(), 1, "public-mail.json".into())),
        };
        let view = NetworkView {
            centre: vec![NetworkNode::new(&phone, Some(0))],
            nodes: vec![NetworkNode::new(&phone, Some(0)), NetworkNode::new(&report, Some(1))],
            ties: vec![tie],
            common: vec![common],
            marked_wrong: Vec::new(),
            complete: true,
        };
        insta::assert_snapshot!(sample::pretty(&network(&view)));
    }
}
