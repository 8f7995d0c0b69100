//! How large the network is, and what hangs together in it.

use forewarn_link::CommunityConfig;
use forewarn_model::Entity;
use forewarn_model::rights::Right;
use forewarn_share::json::NetworkNode;
use serde_json::{Value, json};

use super::build;
use crate::{AppError, Context, Progress, Workspace};

/// A part of the network: a connected component, or a community of a large one.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// How many nodes it has.
    pub nodes: usize,
    /// The nodes with most ties, the first ones.
    pub most_tied: Vec<Entity>,
}

/// The network in its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// How many nodes are tied.
    pub nodes: usize,
    /// How many ties there are.
    pub ties: usize,
    /// The parts, the largest first.
    pub parts: Vec<Part>,
}

/// How many nodes of a part are named.
const NAMED_MAX: usize = 5;

/// Divides the network: components of more than `component_nodes_max` nodes into communities.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    component_nodes_max: usize,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Parts, AppError> {
    context.require(Right::Look)?;
    let network = build::run(workspace, context, progress)?;
    let graph = network.graph();
    let config = CommunityConfig { seed, ..CommunityConfig::default() };
    let parts: Vec<Part> = graph
        .parts(component_nodes_max, &config)
        .into_iter()
        .map(|mut nodes| {
            let count = nodes.len();
            nodes.sort_by_key(|node| (std::cmp::Reverse(graph.degree(*node)), *node));
            nodes.truncate(NAMED_MAX);
            Part { nodes: count, most_tied: nodes.into_iter().map(|node| graph.entity(node)).collect() }
        })
        .collect();
    let nodes = parts.iter().map(|part| part.nodes).sum();
    Ok(Parts { nodes, ties: graph.edges_len(), parts })
}

/// As JSON, with the largest `count_max` parts.
pub fn view(found: &Parts, count_max: usize) -> Value {
    let part = |part: &Part| {
        let most: Vec<NetworkNode> =
            part.most_tied.iter().map(|entity| NetworkNode::new(entity, None)).collect();
        json!({ "nodes": part.nodes, "most_tied": most })
    };
    json!({
        "nodes": found.nodes,
        "ties": found.ties,
        "parts": found.parts.len(),
        "largest": found.parts.iter().take(count_max).map(part).collect::<Vec<Value>>(),
    })
}
