//! What ties reports, and what does not.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use forewarn_link::{
    Aim, Builder, Config, Graph, Input, Node, Shared, WarningLists, Wrong, build, synthetic,
};
use forewarn_model::{
    CampaignId, CryptoChain, EntityKind, HandleService, LinkKind, Observable, ObservableKind, ReportId,
    ReportKind, Span,
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
    build(inputs, &WarningLists::builtin().unwrap(), &Wrong::default(), config)
}

type End<'a> = (EntityKind, &'a str);

fn graph_without(inputs: &[Input], wrong: &[(End<'_>, End<'_>)]) -> Graph {
    let mut pairs = Wrong::default();
    wrong.iter().for_each(|(a, b)| pairs.insert(*a, *b));
    build(inputs, &WarningLists::builtin().unwrap(), &pairs, &Config::default())
}

fn node(graph: &Graph, kind: ObservableKind, value: &str) -> Node {
    graph.node(EntityKind::Observable(kind), value).unwrap()
}

/// The values of the nodes that a path goes through.
fn walked(graph: &Graph, from: Node, to: Node, aim: Aim) -> Option<Vec<String>> {
    let path = graph.path(from, to, aim)?;
    assert_eq!(path.end(), to);
    let nodes = std::iter::once(path.start).chain(path.steps.iter().map(|tie| tie.other));
    let nodes: Vec<Node> = nodes.collect();
    for (tie, ends) in path.steps.iter().zip(nodes.windows(2)) {
        let (from, to) = graph.ends(tie.edge);
        assert!((from, to) == (ends[0], ends[1]) || (to, from) == (ends[0], ends[1]));
    }
    Some(nodes.into_iter().map(|node| graph.entity(node).value).collect())
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
    let links: Vec<_> = graph.edges().map(|edge| graph.link(edge)).collect();
    assert!(links.iter().all(|link| !link.evidence().is_empty()));
    let path = graph.recruitment_to_fraud().unwrap();
    let walked: Vec<String> = path.steps.iter().map(|tie| graph.entity(tie.other).value).collect();
    assert_eq!(graph.kind(path.start), EntityKind::Campaign);
    assert_eq!((walked[0].as_str(), walked.last().unwrap().as_str()), ("hr_test", "T1"), "{walked:?}");
    let pays = links.iter().find(|link| link.kind == LinkKind::PaysTo).unwrap();
    let id = |kind, value| graph.entity(node(&graph, kind, value)).id;
    assert_eq!((pays.from, pays.to), (id(ObservableKind::Domain, "vest.example"), id(WALLET, "T1")));
    assert!(links.iter().any(|link| link.kind == LinkKind::PartOf));
    assert_eq!(graph.components().len(), 2);
    assert_eq!(graph.find("@HR_test").len(), 1);
}

#[test]
fn a_platform_ties_nobody() {
    let graph = graph(&story(), &Config::default());
    assert!(graph.find("gmail.com").is_empty());
    assert_eq!(graph.common().len(), 1);
    assert_eq!(graph.common()[0].list.as_ref().unwrap().file, "public-mail.json");
}

#[test]
fn a_value_in_too_many_unrelated_reports_is_common_and_one_campaign_is_not_many() {
    let many = |campaign: Option<u8>| -> Vec<Input> {
        (0..20).map(|n| report(n, ReportKind::JobAd, campaign, &[(PHONE, "+447700900001")])).collect()
    };
    let config = Config { groups_per_value_max: 10, ..Config::default() };
    let unrelated = graph(&many(None), &config);
    assert_eq!((unrelated.edges_len(), unrelated.common().len()), (0, 1));
    assert_eq!(unrelated.common()[0].reports, 20);
    let campaign = graph(&many(Some(1)), &config);
    assert_eq!(campaign.common().len(), 0);
    assert_eq!(campaign.neighbours(node(&campaign, PHONE, "+447700900001")).len(), 21);
}

#[test]
fn what_is_shared_elsewhere_counts_for_the_reports_at_hand() {
    let of = |groups| {
        let mut builder = Builder::new(Config { groups_per_value_max: 10, ..Config::default() });
        builder.add(&report(1, ReportKind::JobAd, None, &[(PHONE, "+447700900001"), (HANDLE, "hr_test")]));
        builder.share(PHONE, "+447700900001", Shared { groups, reports: 30 });
        builder.build(&WarningLists::default(), &Wrong::default())
    };
    let rare = of(3);
    let why = rare.why(rare.neighbours(node(&rare, PHONE, "+447700900001"))[0].edge);
    assert_eq!((why.shared_by, why.reports, why.strength), (Some(3), 1, 0.25));
    let common = of(11);
    assert_eq!((common.edges_len(), common.common()[0].reports), (1, 30));
}

#[test]
fn strength_comes_from_rarity_and_from_independent_reports() {
    let scam = |number, campaign| {
        let site = (ObservableKind::Domain, "vest.example");
        report(number, ReportKind::ScamReport, campaign, &[site, (WALLET, "T1")])
    };
    let strength = |inputs: &[Input]| {
        let graph = graph(inputs, &Config::default());
        let pays = graph.edges().find(|edge| graph.link_kind(*edge) == LinkKind::PaysTo).unwrap();
        graph.why(pays).strength
    };
    let (one, two) = (strength(&[scam(1, None)]), strength(&[scam(1, None), scam(2, None)]));
    let copied = strength(&[scam(1, Some(1)), scam(2, Some(1))]);
    assert_eq!(one, copied, "two reports of one campaign are one source");
    assert_eq!((one, (two * 1e6) as u32), (0.5, 473_197), "0.75 / log2(3)");
}

#[test]
fn a_wrong_tie_stays_out() {
    let site = (EntityKind::Observable(ObservableKind::Domain), "vest.example");
    let wallet = (EntityKind::Observable(WALLET), "T1");
    let before = graph(&story(), &Config::default());
    let after = graph_without(&story(), &[(wallet, site)]);
    assert_eq!(after.edges_len(), before.edges_len() - 1);
    assert!(after.edges().all(|edge| after.link_kind(edge) != LinkKind::PaysTo));

    let third = ReportId::derive(&[&[3]]).to_string();
    let after = graph_without(&story(), &[((EntityKind::Report, &third), wallet)]);
    assert!(after.find("T1").is_empty(), "no other report names it");

    let campaign = CampaignId::derive(&[&[1]]).to_string();
    let handle = (EntityKind::Observable(HANDLE), "hr_test");
    let after = graph_without(&story(), &[((EntityKind::Campaign, &campaign), handle)]);
    assert_eq!(after.recruitment_to_fraud(), None);
    assert_eq!(after.neighbours(node(&after, HANDLE, "hr_test")).len(), 1, "the scam report names it still");
}

#[test]
fn a_wrong_membership_takes_its_evidence_from_the_campaign() {
    let campaign = CampaignId::derive(&[&[1]]).to_string();
    let member = ReportId::derive(&[&[1]]).to_string();
    let pair = [((EntityKind::Report, member.as_str()), (EntityKind::Campaign, campaign.as_str()))];
    let (before, after) = (graph(&story(), &Config::default()), graph_without(&story(), &pair));
    let names = |graph: &Graph| {
        let campaign = graph.node(EntityKind::Campaign, &campaign).unwrap();
        let phone = node(graph, PHONE, "+447700900001");
        graph.edges().any(|edge| graph.ends(edge) == (campaign, phone))
    };
    assert_eq!((names(&before), names(&after)), (true, false));
    let member = after.node(EntityKind::Report, &member).unwrap();
    let phone = node(&after, PHONE, "+447700900001");
    assert_eq!(after.path(member, phone, Aim::Shortest).unwrap().steps.len(), 1);
}

#[test]
fn what_lies_around_a_node_is_its_steps_and_the_edges_among_them() {
    let graph = graph(&story(), &Config::default());
    let check = |steps: u32, nodes_max: usize, expected: (usize, usize)| {
        let nodes = graph.around(&[node(&graph, WALLET, "T1")], steps, nodes_max);
        let edges = graph.among(&nodes);
        assert_eq!((nodes.len(), edges.len()), expected, "{steps} steps");
        let inside = |end| nodes.iter().any(|(node, _)| *node == end);
        assert!(edges.iter().all(|edge| inside(graph.ends(*edge).0) && inside(graph.ends(*edge).1)));
    };
    check(0, 100, (1, 0));
    // The scam report and the site; beyond them the address of the site and the handle.
    check(1, 100, (3, 3));
    check(2, 100, (5, 6));
    check(2, 2, (2, 1));
}

#[test]
fn paths_are_shortest_or_strongest_and_absent_where_there_is_none() {
    // A phone that fifty unrelated reports share is two steps from the wallet, over a weak tie; a handle
    // that two share is four steps from it, over strong ones.
    let mut inputs: Vec<Input> =
        (10..60).map(|n| report(n, ReportKind::JobAd, None, &[(PHONE, "+447700900001")])).collect();
    inputs.push(report(1, ReportKind::JobAd, None, &[(PHONE, "+447700900001"), (HANDLE, "hr_test")]));
    inputs.push(report(2, ReportKind::ScamReport, None, &[(PHONE, "+447700900001"), (WALLET, "T1")]));
    inputs.push(report(3, ReportKind::Chat, None, &[(HANDLE, "hr_test"), (WALLET, "T2")]));
    inputs.push(report(4, ReportKind::Chat, None, &[(WALLET, "T2"), (WALLET, "T1")]));
    let graph = graph(&inputs, &Config::default());
    let (from, to) = (node(&graph, HANDLE, "hr_test"), node(&graph, WALLET, "T1"));
    let values = |aim| -> Vec<String> {
        let path = walked(&graph, from, to, aim).unwrap();
        path.into_iter().filter(|value| !value.starts_with("rpt-")).collect()
    };
    assert_eq!(values(Aim::Shortest), ["hr_test", "T2", "T1"]);
    assert_eq!(values(Aim::Strongest), ["hr_test", "T2", "T1"]);
    let without: Vec<Input> = inputs[..inputs.len() - 1].to_vec();
    let graph = build(&without, &WarningLists::default(), &Wrong::default(), &Config::default());
    let (from, to) = (node(&graph, HANDLE, "hr_test"), node(&graph, WALLET, "T1"));
    let over_phone = walked(&graph, from, to, Aim::Shortest).unwrap();
    assert!(over_phone.contains(&"+447700900001".to_owned()), "{over_phone:?}");
    let lone = [
        report(1, ReportKind::JobAd, None, &[(HANDLE, "a")]),
        report(2, ReportKind::Chat, None, &[(HANDLE, "b")]),
    ];
    let graph = build(&lone, &WarningLists::default(), &Wrong::default(), &Config::default());
    assert_eq!(graph.path(node(&graph, HANDLE, "a"), node(&graph, HANDLE, "b"), Aim::Shortest), None);
    let same = node(&graph, HANDLE, "a");
    assert_eq!(graph.path(same, same, Aim::Strongest).unwrap().steps.len(), 0);
}

/// The cheapest way by brute force (Bellman and Ford), for comparison.
fn costs(graph: &Graph, from: Node, cost: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; graph.nodes_len()];
    let place = |node: Node| graph.nodes().position(|other| other == node).unwrap();
    best[place(from)] = 0.0;
    for _ in 0..graph.nodes_len() {
        for edge in graph.edges() {
            let (a, b) = graph.ends(edge);
            let (a, b) = (place(a), place(b));
            let step = cost(graph.why(edge).strength);
            best[a] = best[a].min(best[b] + step);
            best[b] = best[b].min(best[a] + step);
        }
    }
    best
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
        let told = |inputs: &[Input]| {
            let graph = graph(inputs, &config);
            let links: Vec<_> = graph.edges().map(|edge| graph.link(edge)).collect();
            (links, graph.common().to_vec(), graph.components().len())
        };
        prop_assert_eq!(told(&inputs), told(&shuffled));
    }

    #[test]
    fn paths_cost_what_an_exhaustive_search_finds(seed in 0..200_u64, ends in (0..60_usize, 0..60_usize)) {
        let recipe = synthetic::Recipe { reports: 25, reports_per_value: 3, values_per_report: 2, in_campaigns_percent: 40, seed };
        let inputs: Vec<Input> = (0..recipe.reports).map(|n| synthetic::report(&recipe, n)).collect();
        let graph = build(&inputs, &WarningLists::default(), &Wrong::default(), &Config::default());
        let nodes: Vec<Node> = graph.nodes().collect();
        let (from, to) = (nodes[ends.0 % nodes.len()], nodes[ends.1 % nodes.len()]);
        let at = nodes.iter().position(|node| *node == to).unwrap();
        let bits = |strength: f64| -strength.log2();
        for (aim, cost) in [(Aim::Shortest, &(|s: f64| 1e6 + bits(s)) as &dyn Fn(f64) -> f64), (Aim::Strongest, &bits)] {
            let best = costs(&graph, from, cost)[at];
            match graph.path(from, to, aim) {
                None => prop_assert!(best.is_infinite()),
                Some(path) => {
                    let found: f64 = path.steps.iter().map(|tie| cost(graph.why(tie.edge).strength)).sum();
                    prop_assert!((found - best).abs() < 0.01, "{aim:?}: {found} {best}");
                }
            }
        }
    }
}
