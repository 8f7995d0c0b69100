//! A part of the network: its identifiers as observables, its reports and campaigns, and the ties between
//! them as relationships that say how strong they are and which reports prove them.

use std::collections::BTreeMap;

use forewarn_model::{Entity, EntityId, EntityKind, Link, Marking, Timestamp};
use serde_json::{Value, json};

use super::object::{self, Head};
use super::{Bundle, observable};

/// A part of the network that is sent.
#[derive(Debug, Clone, Copy)]
pub struct NetworkBundleInput<'a> {
    /// The nodes.
    pub entities: &'a [Entity],
    /// The ties among them.
    pub links: &'a [Link],
    /// The organisation that sends it.
    pub issuer: &'a str,
    /// Who may see it.
    pub marking: Marking,
    /// The time of this revision of it.
    pub written_at: Timestamp,
}

/// A bundle of nodes and ties. A report is a `report` that refers to the identifiers that it names; one that
/// names none here is left out. Every other tie is a `relationship` of type `related-to`, with its kind and
/// strength in the description and the reports that prove it as external references.
pub fn network_bundle(input: &NetworkBundleInput<'_>) -> Value {
    let head = Head::new(input.issuer, input.marking, input.written_at, input.written_at);
    let mut bundle = Bundle::default();
    bundle.add(object::identity(input.issuer));
    let mut objects: BTreeMap<EntityId, Value> = BTreeMap::new();
    for entity in input.entities {
        let made = match entity.kind {
            EntityKind::Observable(kind) => observable::plain(&head, kind, &entity.value),
            EntityKind::Campaign => head.object(
                "campaign",
                &[&entity.value],
                &head.created,
                json!({
                    "name": format!("Job offers from one template, {}", entity.value),
                    "external_references": [object::external_reference("Forewarn", None, &entity.value, "")],
                }),
            ),
            _ => continue,
        };
        objects.insert(entity.id, bundle.add(made));
    }
    for report in input.entities.iter().filter(|entity| entity.kind == EntityKind::Report) {
        let of_report = || input.links.iter().filter(|link| link.from == report.id);
        let named: Vec<&str> =
            of_report().filter_map(|link| objects.get(&link.to)).map(object::id_of).collect();
        if named.is_empty() {
            continue;
        }
        let seen = of_report().flat_map(|link| link.evidence()).filter_map(|proof| proof.seen_at).min();
        bundle.add(head.object(
            "report",
            &[&report.value],
            &head.created,
            json!({
                "name": format!("Report {}", report.value),
                "report_types": ["observed-data"],
                "published": seen.map_or(head.created.clone(), object::instant),
                "object_refs": named,
                "external_references": [object::external_reference("Forewarn", None, &report.value, "")],
            }),
        ));
    }
    for link in input.links {
        let (Some(from), Some(to)) = (objects.get(&link.from), objects.get(&link.to)) else { continue };
        let description = link.kind.as_str().replace('_', " ");
        let mut tie = head.relationship(from, "related-to", to, &description);
        let proofs = link
            .evidence()
            .iter()
            .map(|proof| object::external_reference("Forewarn", None, &proof.report.to_string(), ""));
        tie["external_references"] = proofs.collect();
        // STIX has a scale for how far to trust a statement (appendix A); the strength is put on it.
        tie["confidence"] = json!((link.strength * 100.0).round() as u64);
        bundle.add(tie);
    }
    bundle.finish(input.marking)
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Asserter, Evidence, LinkKind, ObservableKind, ReportId, vec1};

    use super::*;
    use crate::sample;

    #[test]
    fn tells_nodes_and_ties() {
        let report = ReportId::derive(&[b"r"]);
        let node = |kind, value: &str| Entity::new(EntityKind::Observable(kind), value);
        let entities = [
            Entity::new(EntityKind::Report, &report.to_string()),
            node(ObservableKind::Domain, "vest.example"),
            node("crypto:tron".parse().unwrap(), "T1"),
            Entity::new(EntityKind::Campaign, "cmp-1"),
        ];
        let link = |kind, from: usize, to: usize| {
            let asserter = Asserter::Stage("link/2".into());
            let seen_at = "2024-01-02T00:00:00Z".parse().ok();
            let evidence = vec1![Evidence { report, asserter, seen_at }];
            Link::new(kind, entities[from].id, entities[to].id, 0.5, evidence)
        };
        let links = [link(LinkKind::Names, 0, 1), link(LinkKind::PaysTo, 1, 2), link(LinkKind::Names, 3, 1)];
        let bundle = network_bundle(&NetworkBundleInput {
            entities: &entities,
            links: &links,
            issuer: "Example Bureau",
            marking: Marking::DEFAULT,
            written_at: "2024-02-03T00:00:00Z".parse().unwrap(),
        });
        insta::assert_snapshot!(sample::pretty(&bundle));
    }
}
