//! Whether what the rules and the gazetteer find is what a reader found: precision, recall and F1.

use std::collections::{BTreeMap, BTreeSet};

use crate::train::Example;

/// How often something was labelled, found, and both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Labelled by the reader.
    pub labelled: usize,
    /// Found here.
    pub found: usize,
    /// Both.
    pub both: usize,
}

impl Counts {
    /// Share of what was found that the reader found too.
    pub fn precision(&self) -> f64 {
        self.both as f64 / self.found.max(1) as f64
    }

    /// Share of what the reader found that was found.
    pub fn recall(&self) -> f64 {
        self.both as f64 / self.labelled.max(1) as f64
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.labelled + self.found).max(1) as f64
    }

    fn add(&mut self, labelled: bool, found: bool) {
        self.labelled += usize::from(labelled);
        self.found += usize::from(found);
        self.both += usize::from(labelled && found);
    }
}

/// What was found of the labels of some texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// How many texts are labelled with red flags.
    pub indicator_texts: usize,
    /// By red flag. One that no text is labelled with is left out: the readers did not look for it.
    pub indicators: BTreeMap<String, Counts>,
    /// How many texts are labelled with countries.
    pub country_texts: usize,
    /// Countries, over all texts.
    pub countries: Counts,
}

impl Findings {
    /// Compares what was found with the labels.
    pub fn of(examples: &[Example]) -> Self {
        let labelled = |example: &Example| example.labels.indicators.clone();
        let names: BTreeSet<String> = examples.iter().filter_map(labelled).flatten().collect();
        let mut findings = Self::default();
        for example in examples {
            if let Some(labels) = &example.labels.indicators {
                findings.indicator_texts += 1;
                let found: BTreeSet<&str> = example.indicators.iter().map(|i| i.name.as_str()).collect();
                for name in &names {
                    let counts = findings.indicators.entry(name.clone()).or_default();
                    counts.add(labels.contains(name), found.contains(name.as_str()));
                }
            }
            if let Some(labels) = &example.labels.countries {
                findings.country_texts += 1;
                let found: BTreeSet<String> =
                    example.facts.countries().iter().map(|country| country.as_str().to_owned()).collect();
                for code in labels.union(&found) {
                    findings.countries.add(labels.contains(code), found.contains(code));
                }
            }
        }
        findings
    }

    /// All red flags counted together; none where no text is labelled.
    pub fn micro(&self) -> Option<Counts> {
        let sum = |a: Counts, b: &Counts| Counts {
            labelled: a.labelled + b.labelled,
            found: a.found + b.found,
            both: a.both + b.both,
        };
        (!self.indicators.is_empty()).then(|| self.indicators.values().fold(Counts::default(), sum))
    }

    /// The mean F1 over red flags; none where no text is labelled.
    pub fn macro_f1(&self) -> Option<f64> {
        let sum: f64 = self.indicators.values().map(Counts::f1).sum();
        (!self.indicators.is_empty()).then(|| sum / self.indicators.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::Language;

    use super::*;
    use crate::feature::tests::{facts, indicator};
    use crate::train::Labels;

    fn example(found: &[&str], labelled: Option<&[&str]>) -> Example {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Example {
            id: "a".into(),
            data_set: "test".into(),
            text: "text".into(),
            facts: facts("text"),
            indicators: found.iter().map(|name| indicator(name, 0, 1)).collect(),
            label: true,
            group: "a".into(),
            language: Language::ENGLISH,
            weight: 1.0,
            labels: Labels { indicators: labelled.map(set), countries: labelled.map(|_| set(&["KH"])) },
        }
    }

    #[test]
    fn counts_by_name_and_over_all() {
        let findings = Findings::of(&[
            example(&["urgent", "urgent", "never_labelled"], Some(&["urgent"])),
            example(&["urgent"], Some(&["free_travel"])),
            example(&["urgent"], None),
        ]);
        assert_eq!((findings.indicator_texts, findings.country_texts), (2, 2));
        let names: Vec<&str> = findings.indicators.keys().map(String::as_str).collect();
        assert_eq!(names, ["free_travel", "urgent"]);
        assert_eq!(findings.micro(), Some(Counts { labelled: 2, found: 2, both: 1 }));
        // F1 is 0 for the one and 2/3 for the other.
        assert_eq!(findings.macro_f1(), Some(1.0 / 3.0));
        assert_eq!(findings.countries, Counts { labelled: 2, found: 0, both: 0 });
        let unlabelled = Findings::of(&[example(&["urgent"], None)]);
        assert_eq!((unlabelled.micro(), unlabelled.macro_f1()), (None, None));
    }
}
