//! What ties reports, and what does not.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use forewarn_link::{Config, Graph, Input, WarningLists, WrongLinks, build};
use forewarn_model::{
    CampaignId, CryptoChain, Entity, EntityKind, HandleService, LinkKind, Observable, ObservableKind,
    ReportId, ReportKind, Span,
};
use proptest::prelude::*;

const PHONE: ObservableKind = ObservableKind::Phone;
const HANDLE: ObservableKind = ObservableKind::Handle(HandleService::Telegram);
const WALLET: ObservableKind = ObservableKind::Crypto(CryptoChain::Tron);

fn report(number: u8, kind: ReportKind, campaign: Option<u8>, named: &[(ObservableKind, &str)]) -> Input {
    Input {
        report: ReportId::derive(&[&[number]]),
        kind,
        received_at: None,
        observables: named
            .iter()
            .map(|(kind, value)| Observable {
                kind: *kind,
                value: (*value).to_owned(),
                span: Span::new(0, 1),
            })
            .collect(),
        campaign: campaign.map(|number| CampaignId::derive(&[&[number]])),
    }
}

fn graph(inputs: &[Input], config: &Config) -> Graph {
    build(inputs, &WarningLists::builtin().unwrap(), &WrongLinks::new(), config)
}

fn id(kind: ObservableKind, value: &str) -> forewarn_model::EntityId {
    Entity::new(EntityKind::Observable(kind), value).id
}

fn story() -> Vec<Input> {
    vec![
        report(1, ReportKind::JobAd, Some(1), &[(HANDLE, "hr_test"), (PHONE, "+447700900001")]),
        report(2, ReportKind::JobAd, Some(1), &[(HANDLE, "hr_test")]),
        report(
            3,
            ReportKind::ScamReport,
            None,
            &[
                (HANDLE, "hr_test"),
                (ObservableKind::Domain, "vest.example"),
                (ObservableKind::Url, "https://pay.vest.example/x?y"),
                (WALLET, "T1"),
            ],
        ),
        report(4, ReportKind::JobAd, None, &[(PHONE, "+33639980001"), (ObservableKind::Domain, "gmail.com")]),
    ]
}

#[test]
fn recruitment_and_fraud_meet_with_evidence_on_every_edge() {
    let graph = graph(&story(), &Config::default());
    assert!(graph.links().iter().all(|link| !link.evidence().is_empty()));
    let path = graph.recruitment_to_fraud().unwrap();
    let walked: Vec<&str> = path.steps.iter().map(|tie| tie.other.value.as_str()).collect();
    assert_eq!(path.start.kind, EntityKind::Campaign);
    assert_eq!((walked[0], walked.last()), ("hr_test", Some(&"T1")), "{walked:?}");
    let pays = graph.links().iter().find(|link| link.kind == LinkKind::PaysTo).unwrap();
    assert_eq!((pays.from, pays.to), (id(ObservableKind::Domain, "vest.example"), id(WALLET, "T1")));
    assert!(graph.links().iter().any(|link| link.kind == LinkKind::PartOf));
    assert_eq!(graph.path(id(PHONE, "+33639980001"), id(WALLET, "T1")), None);
    assert_eq!(graph.components().len(), 2);
    assert_eq!(graph.find("@HR_test").len(), 1);
}

#[test]
fn a_platform_ties_nobody() {
    let graph = graph(&story(), &Config::default());
    assert!(graph.find("gmail.com").is_empty());
    assert_eq!(graph.common().len(), 1);
    assert!(graph.common()[0].list.is_some());
}

#[test]
fn a_value_in_too_many_unrelated_reports_is_common_and_one_campaign_is_not_many() {
    let many = |campaign: Option<u8>| -> Vec<Input> {
        (0..20).map(|n| report(n, ReportKind::JobAd, campaign, &[(PHONE, "+447700900001")])).collect()
    };
    let config = Config { groups_per_value_max: 10, ..Config::default() };
    let unrelated = graph(&many(None), &config);
    assert_eq!((unrelated.links().len(), unrelated.common().len()), (0, 1));
    assert_eq!(unrelated.common()[0].reports, 20);
    let campaign = graph(&many(Some(1)), &config);
    assert_eq!(campaign.common().len(), 0);
    assert_eq!(campaign.neighbours(id(PHONE, "+447700900001")).len(), 21);
}

#[test]
fn a_wrong_edge_stays_out() {
    let before = graph(&story(), &Config::default());
    let ties = before.neighbours(id(WALLET, "T1"));
    let wrong: WrongLinks = ties.iter().map(|tie| tie.link.id).collect();
    let after = build(&story(), &WarningLists::builtin().unwrap(), &wrong, &Config::default());
    assert!(after.neighbours(id(WALLET, "T1")).is_empty());
    assert_eq!(after.links().len(), before.links().len() - wrong.len());
}

#[test]
fn a_wrong_membership_takes_its_evidence_from_the_campaign() {
    let before = graph(&story(), &Config::default());
    let campaign = before.entities().iter().find(|entity| entity.kind == EntityKind::Campaign).unwrap();
    let phone = id(PHONE, "+447700900001");
    let names = |graph: &Graph| graph.links().iter().any(|link| (link.from, link.to) == (campaign.id, phone));
    let member = Entity::new(EntityKind::Report, &ReportId::derive(&[&[1]]).to_string());
    let wrong: WrongLinks = before
        .links()
        .iter()
        .filter(|link| link.kind == LinkKind::MemberOf && link.from == member.id)
        .map(|link| link.id)
        .collect();
    let after = build(&story(), &WarningLists::builtin().unwrap(), &wrong, &Config::default());
    assert_eq!((wrong.len(), names(&before), names(&after)), (1, true, false));
    assert!(after.path(member.id, phone).is_some_and(|path| path.steps.len() == 1));
}

#[test]
fn what_lies_around_a_node_is_its_hops_and_the_edges_among_them() {
    let graph = graph(&story(), &Config::default());
    let check = |hops: u32, entities_max: usize, expected: (usize, usize)| {
        let (entities, links) = graph.around(id(WALLET, "T1"), hops, entities_max);
        assert_eq!((entities.len(), links.len()), expected, "{hops} hops");
        let inside = |end| entities.iter().any(|entity| entity.id == end);
        assert!(links.iter().all(|link| inside(link.from) && inside(link.to)));
    };
    check(0, 100, (1, 0));
    // The scam report and the site; beyond them the address of the site and the handle.
    check(1, 100, (3, 3));
    check(2, 100, (5, 6));
    check(2, 2, (2, 1));
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(
        named in prop::collection::vec((0..6_u8, 0..3_u8, 0..5_u8), 0..40),
        seed in any::<u64>(),
    ) {
        let inputs: Vec<Input> = named
            .iter()
            .enumerate()
            .map(|(at, (_, campaign, value))| {
                let campaign = (*campaign > 0).then_some(*campaign);
                report(at as u8, ReportKind::ScamReport, campaign, &[(PHONE, &format!("+{value}")), (WALLET, &format!("T{value}"))])
            })
            .collect();
        let mut shuffled = [inputs.clone(), inputs.iter().take(3).cloned().collect()].concat();
        let len = shuffled.len().max(1);
        for at in 0..shuffled.len() {
            shuffled.swap(at, (seed as usize).wrapping_mul(at + 7) % len);
        }
        let config = Config { groups_per_value_max: 5, ..Config::default() };
        prop_assert_eq!(graph(&inputs, &config), graph(&shuffled, &config));
    }
}
