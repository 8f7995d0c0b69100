//! The network as a file for other tools: GraphML, GEXF 1.3, and CSV of edges.
//!
//! Written as it goes, so that a graph of any size needs no more memory than it has already.
//! Sources: *GraphML Primer* and its schema 1.0 (graphml.graphdrawing.org); *GEXF 1.3 Primer* (gexf.net).

use std::io::{self, Write};

use crate::json::{Field, record};

/// A node; `number` names it within the file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileNode {
    /// From 0.
    pub number: usize,
    /// `phone`, `report`, …
    pub kind: String,
    /// The value.
    pub value: String,
}

/// An edge.
#[derive(Debug, Clone, PartialEq)]
pub struct FileEdge {
    /// The node that it comes from.
    pub from: FileNode,
    /// The node that it leads to.
    pub to: FileNode,
    /// `names`, `member_of`, `part_of`, `pays_to`.
    pub kind: &'static str,
    /// 0 to 1.
    pub strength: f64,
    /// How many reports prove it.
    pub reports: usize,
    /// The ids of some of them.
    pub evidence: Vec<String>,
}

/// Writes GraphML; edges are directed.
pub fn graphml(
    out: &mut dyn Write,
    nodes: impl Iterator<Item = FileNode>,
    edges: impl Iterator<Item = FileEdge>,
) -> io::Result<()> {
    out.write_all(
        br#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="value" for="node" attr.name="value" attr.type="string"/>
<key id="link" for="edge" attr.name="link" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="reports" for="edge" attr.name="reports" attr.type="int"/>
<key id="evidence" for="edge" attr.name="evidence" attr.type="string"/>
<graph id="network" edgedefault="directed">
"#,
    )?;
    for FileNode { number, kind, value } in nodes {
        let (kind, value) = (xml(&kind), xml(&value));
        writeln!(
            out,
            r#"<node id="n{number}"><data key="kind">{kind}</data><data key="value">{value}</data></node>"#
        )?;
    }
    for (number, FileEdge { from, to, kind, strength, reports, evidence }) in edges.enumerate() {
        let (from, to, evidence) = (from.number, to.number, evidence.join(" "));
        write!(
            out,
            r#"<edge id="e{number}" source="n{from}" target="n{to}"><data key="link">{kind}</data>"#
        )?;
        write!(out, r#"<data key="weight">{strength}</data><data key="reports">{reports}</data>"#)?;
        writeln!(out, r#"<data key="evidence">{evidence}</data></edge>"#)?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

/// Writes GEXF 1.3; edges are directed.
pub fn gexf(
    out: &mut dyn Write,
    nodes: impl Iterator<Item = FileNode>,
    edges: impl Iterator<Item = FileEdge>,
) -> io::Result<()> {
    out.write_all(
        br#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Forewarn</creator></meta>
<graph mode="static" defaultedgetype="directed">
<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>
<attributes class="edge"><attribute id="link" title="link" type="string"/><attribute id="reports" title="reports" type="integer"/><attribute id="evidence" title="evidence" type="string"/></attributes>
<nodes>
"#,
    )?;
    for FileNode { number, kind, value } in nodes {
        let (kind, value) = (xml(&kind), xml(&value));
        write!(out, r#"<node id="n{number}" label="{value}"><attvalues>"#)?;
        writeln!(out, r#"<attvalue for="kind" value="{kind}"/></attvalues></node>"#)?;
    }
    out.write_all(b"</nodes>\n<edges>\n")?;
    for (number, FileEdge { from, to, kind, strength, reports, evidence }) in edges.enumerate() {
        let (from, to, evidence) = (from.number, to.number, evidence.join(" "));
        write!(
            out,
            r#"<edge id="e{number}" source="n{from}" target="n{to}" weight="{strength}"><attvalues>"#
        )?;
        write!(out, r#"<attvalue for="link" value="{kind}"/><attvalue for="reports" value="{reports}"/>"#)?;
        writeln!(out, r#"<attvalue for="evidence" value="{evidence}"/></attvalues></edge>"#)?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

/// Writes a table with one row an edge: `from_kind`, `from`, `link`, `to_kind`, `to`, `strength`, `reports`,
/// `evidence` (ids of reports, divided by spaces). RFC 4180; a cell that a spreadsheet could take for a
/// formula begins with `'`.
pub fn edges_csv(out: &mut dyn Write, edges: impl Iterator<Item = FileEdge>) -> io::Result<()> {
    out.write_all(b"from_kind,from,link,to_kind,to,strength,reports,evidence\r\n")?;
    let mut line = String::new();
    for FileEdge { from, to, kind, strength, reports, evidence } in edges {
        line.clear();
        let evidence = evidence.join(" ");
        record(
            &mut line,
            &[
                Field::Text(&from.kind),
                Field::Text(&from.value),
                Field::Text(kind),
                Field::Text(&to.kind),
                Field::Text(&to.value),
                Field::Own(format!("{strength:.4}")),
                Field::Own(reports.to_string()),
                Field::Own(evidence),
            ],
        );
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// Text in XML 1.0: what has a meaning there is escaped, and characters that it does not have become U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<FileNode>, Vec<FileEdge>) {
        let node =
            |number, kind: &str, value: &str| FileNode { number, kind: kind.into(), value: value.into() };
        let nodes = vec![
            node(0, "report", "rpt-1"),
            node(1, "url", "https://a.example/?b=1&c=\"<\u{1}"),
            node(2, "phone", "+44"),
        ];
        let edge = |to: usize| FileEdge {
            from: nodes[0].clone(),
            to: nodes[to].clone(),
            kind: "names",
            strength: 0.5,
            reports: 1,
            evidence: vec!["rpt-1".into(), "rpt-2".into()],
        };
        let edges = vec![edge(1), edge(2)];
        (nodes, edges)
    }

    type Writer =
        fn(&mut dyn Write, std::vec::IntoIter<FileNode>, std::vec::IntoIter<FileEdge>) -> io::Result<()>;

    #[test]
    fn writes_each_format() {
        let (nodes, edges) = sample();
        let mut all = String::new();
        let table: Writer = |out, _, edges| edges_csv(out, edges);
        for write in [graphml as Writer, gexf as Writer, table] {
            let mut out = Vec::new();
            write(&mut out, nodes.clone().into_iter(), edges.clone().into_iter()).unwrap();
            all.push_str(&String::from_utf8(out).unwrap());
        }
        insta::assert_snapshot!(all);
    }
}
