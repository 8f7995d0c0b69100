//! The network as a picture: nodes and ties with what a drawing needs of them, and no place for any: where a
//! node lies is a matter of the one who draws.

use serde::Serialize;
use serde_json::Value;

use super::network::{NetworkCommon, NetworkMark};
use crate::wire::value;

/// A node to draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrawnNode {
    /// Derived from kind and value: the same in every drawing.
    pub id: String,
    /// How to ask for it: `phone:+447700900123`, or the id of a report or campaign.
    pub key: String,
    /// `phone`, `handle:telegram`, `report`, …
    pub kind: String,
    /// What is written beside it: short, and a web address in a form that nobody follows by mistake.
    pub label: String,
    /// How many steps from the centre.
    pub step: u32,
    /// How many reports stand behind it, in all.
    pub reports: usize,
    /// Whether there is more around it than was read.
    pub more: bool,
    /// How many ties it has among those drawn.
    pub ties: usize,
}

/// A tie to draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DrawnTie {
    /// Derived from kind and ends.
    pub id: String,
    /// `names`, `member_of`, `part_of`, `pays_to`.
    pub kind: String,
    /// The id of the node that it leaves.
    pub from: String,
    /// The id of the node that it leads to.
    pub to: String,
    /// 0 to 1.
    pub strength: f64,
    /// How many reports prove it.
    pub reports: usize,
    /// How many groups share the value that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<usize>,
    /// The day of the first report that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The day of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// What is drawn. `complete` says whether nothing was left out for its size.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Drawing {
    /// The ids of the nodes that were asked for.
    pub centre: Vec<String>,
    /// The nodes, the nearest first.
    pub nodes: Vec<DrawnNode>,
    /// The ties, the strongest first.
    pub ties: Vec<DrawnTie>,
    /// How many nodes of each kind there are, hidden ones too, in order of kind.
    pub kinds: Vec<(String, usize)>,
    /// The day of the first report behind what is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The day of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Values that tie nobody.
    pub common: Vec<NetworkCommon>,
    /// What is marked as wrong.
    pub marked_wrong: Vec<NetworkMark>,
    /// Whether this is all.
    pub complete: bool,
}

/// A drawing as JSON: the fields of [`Drawing`].
pub fn drawing(drawing: &Drawing) -> Value {
    value(drawing)
}
