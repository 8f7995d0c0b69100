//! The network as a file for other tools: GraphML, GEXF, CSV or STIX.

use std::collections::BTreeMap;
use std::io::Write;
use std::str::FromStr;

use forewarn_link::{Edge, Graph, Node};
use forewarn_model::rights::Right;
use forewarn_model::{Entity, Link, Marking, Pap, Tlp};
use forewarn_share::graph_file::{FileEdge, FileNode, edges_csv, gexf, graphml};
use forewarn_share::stix::{NetworkBundleInput, network_bundle};

use super::build;
use super::explore::{self, Limits};
use super::find::Key;
use crate::{AppError, Context, Progress, Workspace};

/// A format of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GraphML 1.0.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// STIX 2.1.
    Stix,
    /// A table of edges.
    Csv,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "graphml" => Ok(Self::GraphMl),
            "gexf" => Ok(Self::Gexf),
            "stix" => Ok(Self::Stix),
            "csv" => Ok(Self::Csv),
            _ => Err(format!("read export format {text:?}: expected graphml, gexf, stix or csv")),
        }
    }
}

/// How many nodes go into one STIX bundle, which is made as a whole in memory.
const STIX_NODES_MAX: usize = 50_000;

/// Writes what is tied to some nodes within `steps`, or everything if there are none: how many nodes and ties.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    centre: &[Key],
    steps: u32,
    format: Format,
    out: &mut dyn Write,
    progress: &dyn Progress,
) -> Result<(usize, usize), AppError> {
    context.require(Right::Export)?;
    let limits = Limits { nodes_max: usize::MAX, reports_max: 200_000, ..Limits::default() };
    let (graph, nodes, edges): (Graph, Vec<Node>, Vec<Edge>) = if centre.is_empty() {
        let graph = build::run(workspace, context, progress)?.into_graph();
        let tied = graph.nodes().filter(|node| graph.degree(*node) > 0).collect();
        let edges = graph.edges().collect();
        (graph, tied, edges)
    } else {
        let (graph, nodes) = explore::part(workspace, context, centre, steps, &limits)?;
        let edges = graph.among(&nodes);
        (graph, nodes.into_iter().map(|(node, _)| node).collect(), edges)
    };
    write(context, &graph, &nodes, &edges, format, out)
}

/// Writes some nodes and edges of a graph: how many.
pub(super) fn write(
    context: &Context,
    graph: &Graph,
    nodes: &[Node],
    edges: &[Edge],
    format: Format,
    out: &mut dyn Write,
) -> Result<(usize, usize), AppError> {
    let size = (nodes.len(), edges.len());
    if format == Format::Stix {
        if nodes.len() > STIX_NODES_MAX {
            let why = format!(
                "{} nodes are more than a bundle of {STIX_NODES_MAX} holds: name an identifier and fewer \
                 steps, or write graphml, gexf or csv",
                nodes.len()
            );
            return Err(AppError::Refused { operation: "export the network as stix", why });
        }
        stix(context, graph, nodes, edges, out)?;
        return Ok(size);
    }
    let number: BTreeMap<Node, usize> = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let file_node = |node: Node| {
        let Entity { kind, value, .. } = graph.entity(node);
        FileNode { number: number.get(&node).copied().unwrap_or_default(), kind: kind.name(), value }
    };
    let file_edge = |edge: Edge| {
        let (from, to) = graph.ends(edge);
        let (link, why) = (graph.link(edge), graph.why(edge));
        FileEdge {
            from: file_node(from),
            to: file_node(to),
            kind: link.kind.as_str(),
            strength: why.strength,
            reports: why.reports,
            evidence: link.evidence().iter().map(|proof| proof.report.to_string()).collect(),
        }
    };
    let file_nodes = nodes.iter().map(|node| file_node(*node));
    let file_edges = edges.iter().map(|edge| file_edge(*edge));
    let written = match format {
        Format::GraphMl => graphml(out, file_nodes, file_edges),
        Format::Gexf => gexf(out, file_nodes, file_edges),
        Format::Csv | Format::Stix => edges_csv(out, file_edges),
    };
    written.map_err(AppError::refused("write the export"))?;
    Ok(size)
}

/// The bundle carries the strictest marking of what the reader may see: it says nothing of single reports,
/// and may be passed on as far as the strictest of them.
fn stix(
    context: &Context,
    graph: &Graph,
    nodes: &[Node],
    edges: &[Edge],
    out: &mut dyn Write,
) -> Result<(), AppError> {
    let entities: Vec<Entity> = nodes.iter().map(|node| graph.entity(*node)).collect();
    let links: Vec<Link> = edges.iter().map(|edge| graph.link(*edge)).collect();
    let pap = if context.clearance.tlp == Tlp::Clear { Pap::White } else { Pap::Amber };
    let bundle = network_bundle(&NetworkBundleInput {
        entities: &entities,
        links: &links,
        issuer: &context.actor,
        marking: Marking { tlp: context.clearance.tlp, pap },
        written_at: context.now,
    });
    serde_json::to_writer_pretty(out, &bundle).map_err(AppError::refused("write the export"))
}
