//! Clusters generated ads and prints how well and how fast: `measure KIND ADS SEED`, where KIND is
//! long, short, single, han, thai, han-short, thai-short, cyrillic-short, or edits for the curve over edit rates,
//! orders for random orders of arrival, write to print long ads for other programs;
//! or of the second generator: mix-long, mix-short, mix-hard, mix-tiny, mix-huge, mix-none, with an alphabet after
//! it (mix-short-khmer), mix-edits, mix-slots and mix-shuffled for curves.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program that measures and prints")]

use std::collections::BTreeMap;
use std::time::Instant;

use forewarn_cluster::synthetic::mixture::{ALPHABETS, Mixture};
use forewarn_cluster::synthetic::{Ad, Recipe, Script, ads, agreement, fold};
use forewarn_cluster::{Config, Document, Index, Sketch, cluster};
use forewarn_model::{Normalized, ReportId, Segment, SlotKind, Span};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let kind = args.first().map_or("long", String::as_str);
    let count = args.get(1).and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let seed = args.get(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    if let Some(kind) = kind.strip_prefix("mix-") {
        return mixtures(kind, count, seed);
    }
    let recipe = match kind {
        "short" => Recipe::short(seed, count),
        "single" => Recipe::single_slot(seed, count),
        "han" => Recipe { script: Script::Han, ..Recipe::long(seed, count) },
        "thai" => Recipe { script: Script::Thai, ..Recipe::long(seed, count) },
        "han-short" => Recipe { script: Script::Han, ..Recipe::short(seed, count) },
        "thai-short" => Recipe { script: Script::Thai, ..Recipe::short(seed, count) },
        "cyrillic-short" => Recipe { script: Script::Cyrillic, ..Recipe::short(seed, count) },
        _ => Recipe::long(seed, count),
    };
    if kind == "write" {
        // One ad a line for other programs: the number of its template, a tab, its text.
        for ad in ads(&recipe) {
            println!("{}\t{}", ad.template.map(|n| n.to_string()).unwrap_or_default(), ad.text);
        }
        return;
    }
    if kind == "orders" {
        return orders(count, seed);
    }
    if kind == "edits" {
        for percent in [0, 5, 10, 15, 20, 25, 30, 35, 40, 50] {
            print!("{percent:2} % edited: ");
            measure_recipe(&Recipe { edits: vec![f64::from(percent) / 100.0], ..recipe.clone() });
        }
        return;
    }
    measure_recipe(&recipe);
}

/// How well random orders of arrival agree with the first one, over ten seeds.
fn orders(count: usize, seed: u64) {
    let mut all = Vec::new();
    for seed in seed..seed + 10 {
        let inputs: Vec<(ReportId, Normalized, String)> = ads(&Recipe::long(seed, count))
            .into_iter()
            .map(|ad| (ReportId::derive(&[ad.text.as_bytes()]), fold(&ad.text), ad.text))
            .collect();
        let labels = |places: &[usize]| {
            let mut index = Index::new(Config::default());
            for &at in places {
                let (report, normalized, text) = &inputs[at];
                index.insert(&Document { report: *report, text, normalized, masks: &[], received_at: None });
            }
            let groups = index.groups();
            let place: BTreeMap<ReportId, u32> =
                groups.iter().zip(0..).flat_map(|(g, n)| g.reports.iter().map(move |r| (*r, n))).collect();
            inputs.iter().map(|(report, ..)| place.get(report).copied()).collect::<Vec<Option<u32>>>()
        };
        let mut places: Vec<usize> = (0..inputs.len()).collect();
        let first = labels(&places);
        for order in 0..4_u64 {
            places.sort_by_key(|&at| {
                (at as u64 + 1).wrapping_mul(2 * order + 3).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            });
            all.push(agreement(&first, &labels(&places)).rand_index);
        }
    }
    all.sort_by(f64::total_cmp);
    println!("{count} ads, {} orders: least {:.4}, median {:.4}", all.len(), all[0], all[all.len() / 2]);
}

fn mixtures(kind: &str, count: usize, seed: u64) {
    let (kind, name) = kind.split_once('-').unwrap_or((kind, "latin"));
    let alphabet =
        ALPHABETS.iter().find(|(known, _)| *known == name).map_or(ALPHABETS[0].1, |(_, alphabet)| *alphabet);
    let stock = stock(name);
    let measure = |mixture: &Mixture<'_>| measure(mixture.ads(), &[0.1], false);
    let long = Mixture::long(seed, count, alphabet, &stock);
    match kind {
        "short" => measure(&Mixture::short(seed, count, alphabet, &stock)),
        "hard" => measure(&Mixture::hard(seed, count, alphabet, &stock)),
        "tiny" => measure(&Mixture { members: 2..=4, ..Mixture::hard(seed, count, alphabet, &stock) }),
        "huge" => measure(&Mixture { huge: count / 5, ..Mixture::hard(seed, count, alphabet, &stock) }),
        "none" => measure(&Mixture { templated: 0.0, ..Mixture::hard(seed, count, alphabet, &stock) }),
        "single" => measure(&Mixture {
            edits: (0.0, 0.0),
            slots: 1..=1,
            ..Mixture::short(seed, count, alphabet, &stock)
        }),
        "edits" => {
            for percent in [0, 5, 10, 15, 20, 25, 30, 35, 40, 50] {
                print!("{percent:2} % edited: ");
                let edits = f64::from(percent) / 100.0;
                measure(&Mixture { edits: (edits, edits), ..long.clone() });
            }
        }
        "slots" => {
            for slots in [3, 6, 12, 20, 30, 45] {
                print!("{slots} slot sentences: ");
                measure(&Mixture { slots: slots..=slots, ..long.clone() });
            }
        }
        "shuffled" => measure(&Mixture { moved: 2.0, ..long }),
        _ => measure(&long),
    }
}

/// Sentences of the invented offers in the language that goes with an alphabet.
fn stock(name: &str) -> Vec<String> {
    let languages: [(&str, &[&str]); 9] = [
        ("latin", &["en", "es", "fil", "ms", "sw", "pt"]),
        ("arabic", &["ar", "ur"]),
        ("devanagari", &["hi", "ne"]),
        ("han", &["zh-Hans"]),
        ("japanese", &["ja"]),
        ("thai", &["th"]),
        ("lao", &["lo"]),
        ("khmer", &["km"]),
        ("burmese", &["my"]),
    ];
    let known =
        languages.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, languages)| *languages);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/offers");
    let files = known
        .iter()
        .filter_map(|language| std::fs::read_to_string(folder.join(format!("{language}.jsonl"))).ok());
    files
        .flat_map(|file| file.lines().map(str::to_owned).collect::<Vec<String>>())
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(&line).ok()?["text"].as_str().map(str::to_owned)
        })
        .flat_map(|text| {
            text.split(['\n', '.', '。', '။']).map(|part| part.trim().to_owned()).collect::<Vec<String>>()
        })
        .filter(|sentence| (13..=100).contains(&sentence.chars().count()))
        .collect()
}

fn measure_recipe(recipe: &Recipe) {
    measure(ads(recipe), &recipe.edits, true);
}

struct Input {
    ad: Ad,
    normalized: Normalized,
    masks: Vec<(Span, SlotKind)>,
    report: ReportId,
}

fn measure(made: Vec<Ad>, edits: &[f64], extracted: bool) {
    let inputs: Vec<Input> = made
        .into_iter()
        .enumerate()
        .map(|(at, ad)| Input {
            normalized: fold(&ad.text),
            // What an extractor would find for certain; places, names and free text it would not.
            masks: ad
                .slots
                .iter()
                .copied()
                .filter(|(_, kind)| {
                    extracted
                        && matches!(
                            kind,
                            SlotKind::Phone | SlotKind::Handle | SlotKind::Salary | SlotKind::Date
                        )
                })
                .collect(),
            report: ReportId::derive(&[&at.to_le_bytes()]),
            ad,
        })
        .collect();
    let documents: Vec<Document<'_>> = inputs
        .iter()
        .map(|input| Document {
            report: input.report,
            text: &input.ad.text,
            normalized: &input.normalized,
            masks: &input.masks,
            received_at: None,
        })
        .collect();
    let config = Config::default();
    let start = Instant::now();
    let campaigns = cluster(&documents, &config);
    let seconds = start.elapsed().as_secs_f64();

    let mut place: BTreeMap<ReportId, u32> = BTreeMap::new();
    for (number, campaign) in campaigns.iter().enumerate() {
        campaign.members.iter().for_each(|member| {
            place.insert(member.report, number as u32);
        });
    }
    let truth: Vec<Option<u32>> = inputs.iter().map(|input| input.ad.template).collect();
    let found: Vec<Option<u32>> = inputs.iter().map(|input| place.get(&input.report).copied()).collect();
    let all = agreement(&truth, &found);
    let largest = campaigns.iter().map(|campaign| campaign.members.len()).max().unwrap_or(0);
    println!(
        "ARI {:.4}  precision {:.4}  recall {:.4}  {} campaigns, largest {largest}  {:.0} ads/s",
        all.rand_index,
        all.precision,
        all.recall,
        campaigns.len(),
        inputs.len() as f64 / seconds,
    );
    for (level, edits) in edits.iter().enumerate() {
        let keep = |at: &usize| truth[*at].is_some() && inputs[*at].ad.level == level;
        let at: Vec<usize> = (0..truth.len()).filter(keep).collect();
        let pick = |labels: &[Option<u32>]| at.iter().map(|&at| labels[at]).collect::<Vec<_>>();
        let part = agreement(&pick(&truth), &pick(&found));
        println!("  edits {:.2}: ARI {:.4}  recall {:.4}", edits, part.rand_index, part.recall);
    }
    slot_words(&campaigns, &inputs, edits.len());
    latencies(&documents, &config);
}

/// Which share of the words in slots stands in no fixed part of the template, and which share of the words
/// that the templates show as values were slots.
fn slot_words(campaigns: &[forewarn_model::Campaign], inputs: &[Input], levels: usize) {
    let by_report: BTreeMap<ReportId, &Input> = inputs.iter().map(|input| (input.report, input)).collect();
    let mut counts = vec![[0_usize; 4]; levels];
    for campaign in campaigns {
        let values: Vec<&str> = campaign
            .template
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Slot(slot) => Some(slot.values.iter().flat_map(|(value, _)| value.split(' '))),
                Segment::Fixed(_) => None,
            })
            .flatten()
            .collect();
        let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let values: std::collections::BTreeSet<String> = values.into_iter().map(clean).collect();
        let members: Vec<&Input> = campaign.members.iter().map(|m| by_report[&m.report]).collect();
        let Some(level) = members.iter().find(|m| m.ad.template.is_some()).map(|m| m.ad.level) else {
            continue;
        };
        // Values beyond those that a slot keeps cannot be looked up.
        if members.len() > 20 {
            continue;
        }
        let mut true_values = std::collections::BTreeSet::new();
        for member in members {
            for (span, _) in &member.ad.slots {
                true_values.extend(span.slice(&member.ad.text).split(' ').map(clean));
            }
        }
        let both = values.intersection(&true_values).count();
        let row = &mut counts[level];
        *row = [row[0] + both, row[1] + true_values.len(), row[2] + values.len(), row[3] + 1];
    }
    for (level, [both, truth, shown, campaigns]) in counts.into_iter().enumerate() {
        let share = |whole: usize| both as f64 / whole.max(1) as f64;
        println!(
            "  slot words, level {level}: recall {:.3} precision {:.3} ({campaigns} campaigns)",
            share(truth),
            share(shown)
        );
    }
}

fn latencies(documents: &[Document<'_>], config: &Config) {
    let mut index = Index::new(*config);
    let mut micros: Vec<f64> = documents
        .iter()
        .map(|document| {
            let start = Instant::now();
            index.insert_sketch(&Sketch::new(document, config));
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    let total: f64 = micros.iter().sum();
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros[((micros.len() - 1) as f64 * share) as usize];
    println!(
        "  one by one: {:.0} ads/s, p50 {:.0} us, p99 {:.0} us, worst {:.0} us, {} bytes an ad",
        micros.len() as f64 / total * 1e6,
        at(0.5),
        at(0.99),
        at(1.0),
        index.bytes() / documents.len().max(1)
    );
}
