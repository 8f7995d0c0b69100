//! The neighbourhood of a node: what `network` shows.

use forewarn_model::{Asserter, Country, Entity, EntityId, Evidence, Link};
use serde::Serialize;
use serde_json::Value;

use crate::wire::value;

/// A part of the graph around `centre`: `centre`, `entities` (`id`, `kind`, `value`, `country`) and `links`
/// (`id`, `kind`, `from`, `to`, `strength`, `evidence`: `report`, `asserter`, `asserter_kind`, `seen_at`),
/// each in the order given.
pub fn neighbourhood(centre: EntityId, entities: &[Entity], links: &[Link]) -> Value {
    value(GraphView {
        centre: centre.to_string(),
        entities: entities.iter().map(entity).collect(),
        links: links.iter().map(link).collect(),
    })
}

#[derive(Serialize)]
struct GraphView<'a> {
    centre: String,
    entities: Vec<EntityView<'a>>,
    links: Vec<LinkView<'a>>,
}

#[derive(Serialize)]
struct EntityView<'a> {
    id: String,
    kind: String,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
}

#[derive(Serialize)]
struct LinkView<'a> {
    id: String,
    kind: &'static str,
    from: String,
    to: String,
    strength: f64,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    report: String,
    asserter: &'a str,
    asserter_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_at: Option<String>,
}

fn entity(entity: &Entity) -> EntityView<'_> {
    EntityView {
        id: entity.id.to_string(),
        kind: entity.kind.name(),
        value: &entity.value,
        country: entity.country.as_ref().map(Country::as_str),
    }
}

fn link(link: &Link) -> LinkView<'_> {
    LinkView {
        id: link.id.to_string(),
        kind: link.kind.as_str(),
        from: link.from.to_string(),
        to: link.to.to_string(),
        strength: link.strength,
        evidence: link.evidence().iter().map(evidence).collect(),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView<'_> {
    let (asserter_kind, asserter) = match &evidence.asserter {
        Asserter::Stage(name) => ("stage", name),
        Asserter::Analyst(name) => ("analyst", name),
        Asserter::Source(name) => ("source", name),
    };
    EvidenceView {
        report: evidence.report.to_string(),
        asserter,
        asserter_kind,
        seen_at: evidence.seen_at.map(|time| time.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{EntityKind, LinkKind, ObservableKind, ReportId, vec1};

    use super::*;
    use crate::sample;

    #[test]
    fn shows_an_edge_with_its_proofs() {
        let report = ReportId::derive(&[b"r"]);
        let from = Entity::new(EntityKind::Report, &report.to_string());
        let mut to = Entity::new(EntityKind::Observable(ObservableKind::Phone), "+85512000001");
        to.country = "KH".parse().ok();
        let proof = |asserter, seen_at: Option<&str>| Evidence {
            report,
            asserter,
            seen_at: seen_at.map(|time| time.parse().unwrap()),
        };
        let evidence = vec1![
            proof(Asserter::Stage("extract 1".into()), Some("2022-08-01T00:00:00Z")),
            proof(Asserter::Analyst("u1".into()), None),
            proof(Asserter::Source("list".into()), None),
        ];
        let link = Link::new(LinkKind::Names, from.id, to.id, 0.5, evidence);
        insta::assert_snapshot!(sample::pretty(&neighbourhood(from.id, &[from, to], &[link])));
    }
}
