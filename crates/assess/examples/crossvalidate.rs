//! Chooses the settings of training without a look at what is held out: out of fold by template, from one
//! source to the other, and on languages that were left out, all inside the part `train` of a manifest.
//!
//! ```text
//! cargo run --release -p forewarn-assess --example crossvalidate -- fixtures/manifest.toml [honest.jsonl]
//! ```
//!
//! A second file holds honest advertisements; how many of them would get a warning is printed for each setting.
//! With `ERRORS=1`, what the default setting gets wrong out of fold is listed.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a developer's tool"
)]

use std::path::Path;

use forewarn_assess::manifest::{Manifest, Part};
use forewarn_assess::metrics::{self, Sample};
use forewarn_assess::template;
use forewarn_assess::train::{Config, Example, Labels, Penalties, train};
use forewarn_extract::Extractor;
use forewarn_model::Language;
use forewarn_rules::Pack;
use serde_json::Value;

struct Reader {
    extractor: Extractor,
    pack: Pack,
}

impl Reader {
    fn example(
        &self,
        id: String,
        set: &str,
        text: String,
        label: bool,
        group: String,
        lang: Option<Language>,
    ) -> Example {
        let facts = self.extractor.extract_text(&text).0;
        let indicators = self.pack.find(&facts.normalized, &facts);
        let language = lang.unwrap_or(facts.language);
        let (data_set, labels) = (set.to_owned(), Labels::default());
        Example { id, data_set, text, facts, indicators, label, group, language, weight: 1.0, labels }
    }

    fn lines(&self, text: &str, set: &str) -> Vec<Example> {
        let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.enumerate()
            .map(|(at, row)| {
                let string = |key: &str| row[key].as_str().map(str::to_owned);
                let id = string("id").unwrap_or_else(|| format!("{set}:{at}"));
                let group = string("campaign").or(string("group")).unwrap_or_else(|| id.clone());
                let body = string("text").unwrap();
                let text = string("title").map_or(body.clone(), |title| format!("{title}\n{body}"));
                let label = string("label").is_some_and(|label| label == "lure");
                let language = string("lang").or(string("language")).and_then(|tag| tag.parse().ok());
                self.example(id, set, text, label, group, language)
            })
            .collect()
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = Path::new(&arguments[0]);
    let manifest = Manifest::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let pack = Pack::builtin().map_err(|found| found.len()).unwrap();
    let reader = Reader { extractor: Extractor::builtin().unwrap(), pack };
    let mut examples = Vec::new();
    for file in manifest.files.iter().filter(|file| file.role == Part::Train) {
        let text = std::fs::read_to_string(path.parent().unwrap().join(&file.path)).unwrap();
        let Some(generator) = manifest.generator.as_ref().filter(|_| file.is_templates()) else {
            examples.extend(reader.lines(&text, "offers"));
            continue;
        };
        for template in template::parse(&text).unwrap() {
            for (at, text) in
                template.texts(generator.seed, generator.texts_per_template).into_iter().enumerate()
            {
                let (id, group) = (format!("{}-{at}", template.id), template.id.clone());
                examples.push(reader.example(
                    id,
                    "generated",
                    text,
                    template.lure,
                    group,
                    Some(template.language),
                ));
            }
        }
    }
    examples.retain(|e| manifest.part(Part::Train, e.language, &e.group) == Part::Train);
    let honest = arguments.get(1).map(|path| reader.lines(&std::fs::read_to_string(path).unwrap(), "honest"));
    println!("{} examples; of {} honest advertisements", examples.len(), honest.as_ref().map_or(0, Vec::len));
    println!(
        "flag pair struct sign word | out of fold AUC  FP some strong  lures some | across sources | languages left out | honest"
    );
    let base = Config::default();
    let p = base.penalties;
    let settings = [
        p,
        Penalties { wording: 0.5, ..p },
        Penalties { wording: 2.0, ..p },
        Penalties { indicator: 2.0, pair: 4.0, ..p },
        Penalties { indicator: 0.5, pair: 1.0, ..p },
        Penalties { sign: 0.5, ..p },
        Penalties { structure: 3.0, ..p },
    ];
    for penalties in settings {
        show(&examples, honest.as_deref(), &Config { penalties, ..base.clone() });
    }
    for wording_log_odds_max in [1.0, 2.5] {
        println!("wording at most {wording_log_odds_max}");
        show(&examples, honest.as_deref(), &Config { wording_log_odds_max, ..base.clone() });
    }
    if std::env::var_os("ERRORS").is_some() {
        let (model, report) = train(&examples, &base).unwrap();
        for (example, p) in examples.iter().zip(&report.out_of_fold) {
            if example.label != (*p >= model.thresholds().some) {
                let flags: Vec<&str> = example.indicators.iter().map(|i| i.name.as_str()).collect();
                println!(
                    "\n{} {p:.2} {} {flags:?}\n{}",
                    if example.label { "MISSED" } else { "FALSE" },
                    example.id,
                    example.text
                );
            }
        }
    }
}

fn show(examples: &[Example], honest: Option<&[Example]>, config: &Config) {
    let (model, report) = train(examples, config).unwrap();
    let some = model.thresholds().some;
    let share = |label: bool, at: f64| {
        let of = examples.iter().zip(&report.out_of_fold).filter(|(e, _)| e.label == label);
        let all = of.clone().count();
        of.filter(|(_, p)| **p >= at).count() as f64 / all as f64
    };
    let quick = Config { deals: 1, folds: 2, ..config.clone() };
    let across = [
        auc(examples, &quick, |e| e.data_set == "offers"),
        auc(examples, &quick, |e| e.data_set != "offers"),
    ];
    let mut languages: Vec<Language> = examples.iter().map(|e| e.language).collect();
    languages.sort_unstable();
    languages.dedup();
    let third = |turn: usize| {
        auc(examples, &quick, |e| languages.binary_search(&e.language).is_ok_and(|at| at % 3 == turn))
    };
    let left_out = [third(0), third(1), third(2)];
    let flagged = honest.map(|list| {
        let p = |e: &Example| model.assess(&e.text, &e.facts, &e.indicators).probability();
        let (a, b) = (
            list.iter().filter(|e| p(e) >= some).count(),
            list.iter().filter(|e| p(e) >= model.thresholds().strong).count(),
        );
        format!("{a} {b}")
    });
    let Penalties { indicator, pair, structure, sign, wording } = config.penalties;
    println!(
        "{indicator} {pair} {structure} {sign} {wording} | {:.4}  {:.3} {:.3}  {:.3} | {:.4} {:.4} | {:.4} {:.4} {:.4} | {}",
        report.roc_auc,
        share(false, some),
        share(false, model.thresholds().strong),
        share(true, some),
        across[0],
        across[1],
        left_out[0],
        left_out[1],
        left_out[2],
        flagged.unwrap_or_default()
    );
}

/// Trained on the examples that are not `left_out`, measured on those that are.
fn auc(examples: &[Example], config: &Config, left_out: impl Fn(&Example) -> bool) -> f64 {
    let (held, seen): (Vec<Example>, Vec<Example>) = examples.iter().cloned().partition(left_out);
    let (model, _) = train(&seen, config).unwrap();
    let samples: Vec<Sample> = held
        .iter()
        .enumerate()
        .map(|(group, e)| Sample {
            score: model.assess(&e.text, &e.facts, &e.indicators).log_odds(),
            label: e.label,
            weight: 1.0,
            group,
        })
        .collect();
    metrics::roc_auc(&samples).unwrap()
}
