//! The weights file: text, so that a change of the model can be read in a diff.
//!
//! ```text
//! forewarn-model 1
//! name core-1
//! prevalence 0.1
//! calibration <slope> <offset>
//! thresholds <some> <strong>
//! signs <SHA-256 of signs.tsv>
//! prior <log-odds>
//! indicator_default <log-odds>
//! indicator <name> <log-odds>          one line each, sorted; then pair, structure, sign likewise
//! wording <hash bits> <log-odds a step> <most log-odds>
//! <64 weights a line, two hexadecimal digits each, two's complement>
//! sha256 <of all lines before>
//! ```

use std::fmt::Write;

use forewarn_model::{Calibration, IndicatorName, Thresholds};
use sha2::{Digest, Sha256};

use crate::feature::{PAIRS, STRUCTURE, pair_name};
use crate::model::{ModelError, Weights, Wording};
use crate::sign::{Signs, hex};

const HEADER: &str = "forewarn-model 1";
const STEPS_PER_LINE: usize = 64;
const HASH_BITS_MAX: u32 = 20;

pub(crate) fn format(weights: &Weights, signs: &Signs) -> String {
    let mut out = format!("{HEADER}\nname {}\nprevalence {}\n", weights.name, weights.prevalence);
    let Calibration { slope, offset } = weights.calibration;
    let Thresholds { some, strong } = weights.thresholds;
    // Writing to a string cannot fail.
    let _ =
        writeln!(out, "calibration {slope} {offset}\nthresholds {some} {strong}\nsigns {}", signs.checksum());
    let _ = writeln!(out, "prior {}\nindicator_default {}", weights.prior, weights.indicator_default);
    let mut list = |kind: &str, names: &mut dyn Iterator<Item = (String, f64)>| {
        for (name, weight) in names {
            let _ = writeln!(out, "{kind} {name} {weight}");
        }
    };
    list("indicator", &mut weights.indicators.iter().map(|(name, weight)| (name.to_string(), *weight)));
    list("pair", &mut PAIRS.iter().map(|&pair| pair_name(pair)).zip(weights.pairs.iter().copied()));
    let properties = STRUCTURE.iter().map(|(name, _)| (*name).to_owned());
    list("structure", &mut properties.zip(weights.structure.iter().copied()));
    list("sign", &mut signs.names().iter().cloned().zip(weights.signs.iter().copied()));
    let wording = &weights.wording;
    let _ = writeln!(out, "wording {} {} {}", wording.hash_bits, wording.scale, wording.log_odds_max);
    for line in wording.steps.chunks(STEPS_PER_LINE) {
        for step in line {
            let _ = write!(out, "{step:02x}");
        }
        out.push('\n');
    }
    let checksum = hex(&Sha256::digest(&out));
    out + "sha256 " + &checksum + "\n"
}

pub(crate) fn parse(bytes: &[u8], signs: &Signs) -> Result<Weights, ModelError> {
    let text = std::str::from_utf8(bytes).map_err(|_| form(1, "expected UTF-8 text"))?;
    let body = checked(text)?;
    let mut lines = Lines { lines: body.lines().enumerate().peekable(), at: 0 };
    if lines.next() != Some(HEADER) {
        return Err(form(1, "expected the header \"forewarn-model 1\""));
    }
    let name = lines.field("name")?.to_owned();
    let [prevalence] = lines.numbers("prevalence")?;
    let [slope, offset] = lines.numbers("calibration")?;
    let [some, strong] = lines.numbers("thresholds")?;
    if lines.field("signs")? != signs.checksum() {
        return Err(ModelError::SignsChanged { model: name });
    }
    let [prior] = lines.numbers("prior")?;
    let [indicator_default] = lines.numbers("indicator_default")?;
    let indicators = lines.indicators()?;
    let pairs = lines.list("pair", PAIRS.iter().map(|&pair| pair_name(pair)))?;
    let structure = lines.list("structure", STRUCTURE.iter().map(|(name, _)| (*name).to_owned()))?;
    let signs = lines.list("sign", signs.names().iter().cloned())?;
    let wording = lines.wording()?;
    Ok(Weights {
        name,
        prevalence,
        calibration: Calibration { slope, offset },
        thresholds: Thresholds { some, strong },
        prior,
        indicators,
        indicator_default,
        pairs,
        structure,
        signs,
        wording,
    })
}

fn form(line: usize, what: &str) -> ModelError {
    ModelError::Form { line, what: what.to_owned() }
}

/// The text before the last line, once its checksum is right.
fn checked(text: &str) -> Result<&str, ModelError> {
    let last = text.lines().count();
    let missing = || form(last, "expected the checksum");
    let trimmed = text.strip_suffix('\n').ok_or_else(missing)?;
    let at = trimmed.rfind('\n').map_or(0, |at| at + 1);
    let stated = trimmed[at..].strip_prefix("sha256 ").ok_or_else(missing)?;
    let found = hex(&Sha256::digest(&text[..at]));
    if found != stated {
        return Err(ModelError::Checksum { found, stated: stated.to_owned() });
    }
    Ok(&text[..at])
}

struct Lines<'a> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
    /// Number of the line read last, from 1.
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let (at, line) = self.lines.next()?;
        self.at = at + 1;
        Some(line)
    }

    fn error(&self, what: &str) -> ModelError {
        form(self.at, what)
    }

    fn field(&mut self, key: &str) -> Result<&'a str, ModelError> {
        let line = self.next().unwrap_or_default();
        let value = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(' '));
        value
            .filter(|value| !value.is_empty())
            .ok_or_else(|| self.error(&format!("expected {key} and its value")))
    }

    fn numbers<const N: usize>(&mut self, key: &str) -> Result<[f64; N], ModelError> {
        let value = self.field(key)?;
        let numbers: Option<Vec<f64>> = value.split(' ').map(number).collect();
        numbers
            .and_then(|numbers| numbers.try_into().ok())
            .ok_or_else(|| self.error(&format!("expected {key} with {N} finite numbers")))
    }

    fn named(&mut self, key: &str) -> Result<(&'a str, f64), ModelError> {
        let value = self.field(key)?;
        let parts = value.split_once(' ').and_then(|(name, weight)| Some((name, number(weight)?)));
        parts.ok_or_else(|| self.error(&format!("expected {key}, a name and a number")))
    }

    fn indicators(&mut self) -> Result<Vec<(IndicatorName, f64)>, ModelError> {
        let mut all: Vec<(IndicatorName, f64)> = Vec::new();
        while self.lines.peek().is_some_and(|(_, line)| line.starts_with("indicator ")) {
            let (name, weight) = self.named("indicator")?;
            let name =
                IndicatorName::new(name).ok_or_else(|| self.error("expected the name of an indicator"))?;
            if all.last().is_some_and(|(last, _)| *last >= name) {
                return Err(self.error("expected indicators in the order of their names"));
            }
            all.push((name, weight));
        }
        Ok(all)
    }

    fn list(&mut self, key: &str, names: impl Iterator<Item = String>) -> Result<Vec<f64>, ModelError> {
        names
            .map(|name| match self.named(key)? {
                (found, weight) if found == name => Ok(weight),
                _ => Err(self.error(&format!("expected {key} {name}"))),
            })
            .collect()
    }

    fn wording(&mut self) -> Result<Wording, ModelError> {
        let [bits, scale, log_odds_max] = self.numbers("wording")?;
        let hash_bits = bits as u32;
        if !(1..=HASH_BITS_MAX).contains(&hash_bits) || f64::from(hash_bits) != bits || log_odds_max < 0.0 {
            return Err(self.error("expected wording with 1 to 20 hash bits and a limit above zero"));
        }
        let mut steps = Vec::new();
        while let Some(line) = self.next() {
            for at in (0..line.len()).step_by(2) {
                let step = line.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                steps.push(step.ok_or_else(|| self.error("expected pairs of hexadecimal digits"))? as i8);
            }
        }
        match steps.len() {
            0 => Ok(Wording { hash_bits, scale, log_odds_max, steps }),
            count if count == 1 << hash_bits => Ok(Wording { hash_bits, scale, log_odds_max, steps }),
            count => {
                Err(self.error(&format!("expected {} weights of wording, found {count}", 1 << hash_bits)))
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Weights {
        let flag = |name: &str| IndicatorName::new(name).unwrap();
        Weights {
            name: "test-1".into(),
            prevalence: 0.1,
            calibration: Calibration { slope: 1.25, offset: -2.0 },
            thresholds: Thresholds { some: 0.2, strong: 0.75 },
            prior: -0.5,
            indicators: vec![(flag("a"), 0.25), (flag("b"), 0.0)],
            indicator_default: 0.1,
            pairs: vec![0.125; PAIRS.len()],
            structure: vec![-0.0625; STRUCTURE.len()],
            signs: vec![-0.5; Signs::builtin().unwrap().names().len()],
            wording: Wording { hash_bits: 7, scale: 0.01, log_odds_max: 1.5, steps: (-64..64).collect() },
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let signs = Signs::builtin().unwrap();
        let mut weights = sample();
        for steps in [weights.wording.steps.clone(), Vec::new()] {
            weights.wording.steps = steps;
            assert_eq!(parse(format(&weights, &signs).as_bytes(), &signs), Ok(weights.clone()));
        }
    }

    /// Replaces `from` by `to`, mends the checksum, and expects this error.
    fn check(from: &str, to: &str, expected: &str) {
        let signs = Signs::builtin().unwrap();
        let text = format(&sample(), &signs);
        let body = &text[..text.trim_end().rfind('\n').unwrap() + 1];
        assert!(body.contains(from), "{from}");
        let changed = body.replacen(from, to, 1);
        let sum = hex(&Sha256::digest(&changed));
        let error = parse(format!("{changed}sha256 {sum}\n").as_bytes(), &signs).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            "forewarn-model 1",
            "forewarn-model 9",
            "read model, line 1: expected the header \"forewarn-model 1\"",
        );
        check(
            "prevalence 0.1",
            "prevalence NaN",
            "read model, line 3: expected prevalence with 1 finite numbers",
        );
        check(
            "indicator a ",
            "indicator c ",
            "read model, line 10: expected indicators in the order of their names",
        );
        check("indicator a ", "indicator A ", "read model, line 9: expected the name of an indicator");
        check(
            "pair overseas",
            "pair elsewhere",
            "read model, line 11: expected pair overseas_offer+no_experience",
        );
        check("wording 7", "wording 8", "read model, line 47: expected 256 weights of wording, found 128");
        check("c0c1", "c0zz", "read model, line 46: expected pairs of hexadecimal digits");
        check(
            "signs ",
            "signs x",
            "read model test-1: trained with other signs of a regular employer, train again",
        );
    }

    #[test]
    fn notices_every_changed_byte_of_the_body() {
        let signs = Signs::builtin().unwrap();
        let bytes = format(&sample(), &signs).into_bytes();
        for at in (0..bytes.len()).step_by(7) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(parse(&changed, &signs).is_err(), "byte {at}");
            assert!(parse(&bytes[..at], &signs).is_err(), "cut at {at}");
        }
    }
}
