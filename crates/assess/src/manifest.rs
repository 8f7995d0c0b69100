//! Which examples train, which tune, which are held out: a rule in a file, not a throw of dice.
//!
//! ```toml
//! [split]
//! held_out_languages = ["sw", "km"]   # whole languages
//! held_out_every = 5                  # and one in five of the rest, by the hash of its group
//!
//! [[file]]
//! path = "offers/en.jsonl"
//! role = "train"                      # train: split by the rule above; dev and held_out: as a whole
//! sha256 = "…"
//!
//! [generator]                         # for files of templates (*.toml)
//! seed = 1
//! texts_per_template = 6
//! sha256 = "…"                        # of everything generated, so that a changed generator is noticed
//! ```

use forewarn_model::Language;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::random::hash;
use crate::sign::hex;

/// A manifest, or a file of it, that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ManifestError {
    /// The manifest is not what it should be.
    #[error("read manifest: {0}")]
    Form(String),
    /// A file is not the one that the manifest names.
    #[error(
        "read {path}: checksum is {found}, the manifest says {stated}: restore the file, or write the new \
         checksum into the manifest if the change is meant"
    )]
    Checksum {
        /// The file.
        path: String,
        /// SHA-256 of what was read.
        found: String,
        /// SHA-256 that the manifest states.
        stated: String,
    },
}

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Weights are learned from it.
    Train,
    /// Settings are chosen by it.
    Dev,
    /// Figures are reported on it, and nothing is decided by it.
    HeldOut,
}

impl Part {
    /// The name in files: `train`, `dev`, `held_out`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::HeldOut => "held_out",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Train, Self::Dev, Self::HeldOut].into_iter().find(|part| part.as_str() == text)
    }
}

/// A file of examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it lies, from the folder of the manifest.
    pub path: String,
    /// What it is for.
    pub role: Part,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The files of examples and the rule that divides them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Languages of which nothing is trained on.
    pub held_out_languages: Vec<Language>,
    /// Of the groups in other languages, one in this many is held out; at least 2.
    pub held_out_every: u64,
    /// The files.
    pub files: Vec<File>,
    /// How templates are expanded; files of templates need it.
    pub generator: Option<Generator>,
}

/// How templates are expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator {
    /// Decides which alternatives are drawn.
    pub seed: u64,
    /// How many texts a template yields at most.
    pub texts_per_template: usize,
    /// SHA-256 of all generated texts, each followed by a line feed, in the order of files and templates.
    pub sha256: String,
}

/// How many texts a template may be asked for.
const TEXTS_PER_TEMPLATE_MAX: u64 = 10_000;

impl Manifest {
    /// Reads a manifest.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let form = |what: &str| ManifestError::Form(what.to_owned());
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| form(error.message()))?;
        let split =
            table.get("split").and_then(toml::Value::as_table).ok_or_else(|| form("expected [split]"))?;
        let languages = split.get("held_out_languages").and_then(toml::Value::as_array);
        let held_out_languages = languages
            .ok_or_else(|| form("expected split.held_out_languages"))?
            .iter()
            .map(|tag| tag.as_str().and_then(|tag| tag.parse().ok()))
            .collect::<Option<_>>()
            .ok_or_else(|| form("expected language tags in split.held_out_languages"))?;
        let held_out_every = split.get("held_out_every").and_then(toml::Value::as_integer);
        let held_out_every = held_out_every
            .and_then(|every| u64::try_from(every).ok())
            .filter(|&every| every >= 2)
            .ok_or_else(|| form("expected split.held_out_every of at least 2"))?;
        let files =
            table.get("file").and_then(toml::Value::as_array).ok_or_else(|| form("expected [[file]]"))?;
        let files = files.iter().map(file).collect::<Option<Vec<File>>>();
        let files = files
            .ok_or_else(|| form("expected path, role (train, dev, held_out) and sha256 of every file"))?;
        let generator = table.get("generator").map(generator);
        let wrong = || form("expected seed, texts_per_template (1 to 10000) and sha256 in [generator]");
        let generator = generator.map(|found| found.ok_or_else(wrong)).transpose()?;
        if generator.is_none() && files.iter().any(File::is_templates) {
            return Err(form("expected [generator], since there are files of templates (*.toml)"));
        }
        Ok(Self { held_out_languages, held_out_every, files, generator })
    }

    /// What an example of a file is for. A group (template, campaign) lies on one side as a whole, unless it
    /// spans languages.
    pub fn part(&self, role: Part, language: Language, group: &str) -> Part {
        let held_out =
            self.held_out_languages.contains(&language) || hash(0, group).is_multiple_of(self.held_out_every);
        if role == Part::Train && held_out { Part::HeldOut } else { role }
    }
}

impl Generator {
    /// Whether these are the texts that the manifest was written for.
    pub fn verify<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Result<(), ManifestError> {
        let mut hasher = Sha256::new();
        for text in texts {
            hasher.update(text);
            hasher.update("\n");
        }
        let found = hex(&hasher.finalize());
        if found == self.sha256 {
            return Ok(());
        }
        Err(ManifestError::Checksum {
            path: "what the templates yield".to_owned(),
            found,
            stated: self.sha256.clone(),
        })
    }
}

impl File {
    /// Whether it holds templates, not examples.
    pub fn is_templates(&self) -> bool {
        self.path.ends_with(".toml")
    }

    /// Whether these are the bytes that the manifest names.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), ManifestError> {
        let found = hex(&Sha256::digest(bytes));
        if found == self.sha256 {
            return Ok(());
        }
        Err(ManifestError::Checksum { path: self.path.clone(), found, stated: self.sha256.clone() })
    }
}

fn generator(value: &toml::Value) -> Option<Generator> {
    let number = |key: &str| value.get(key)?.as_integer().and_then(|number| u64::try_from(number).ok());
    let texts = number("texts_per_template").filter(|texts| (1..=TEXTS_PER_TEMPLATE_MAX).contains(texts))?;
    Some(Generator {
        seed: number("seed")?,
        texts_per_template: usize::try_from(texts).ok()?,
        sha256: value.get("sha256")?.as_str()?.to_owned(),
    })
}

fn file(value: &toml::Value) -> Option<File> {
    let text = |key: &str| value.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Some(File { path: text("path")?, role: Part::parse(&text("role")?)?, sha256: text("sha256")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "[split]\nheld_out_languages = [\"sw\"]\nheld_out_every = 4\n\n[[file]]\npath = \"a.jsonl\"\n\
        role = \"train\"\nsha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n";

    #[test]
    fn divides_by_language_and_by_group() {
        let manifest = Manifest::parse(SAMPLE).unwrap();
        let tag = |tag: &str| tag.parse::<Language>().unwrap();
        assert_eq!(manifest.part(Part::Train, tag("sw"), "x"), Part::HeldOut);
        assert_eq!(manifest.part(Part::Dev, tag("sw"), "x"), Part::Dev);
        let parts: Vec<Part> =
            (0..400).map(|i| manifest.part(Part::Train, tag("en"), &format!("group-{i}"))).collect();
        let held = parts.iter().filter(|part| **part == Part::HeldOut).count();
        assert!((60..140).contains(&held), "{held} of 400");
    }

    #[test]
    fn verifies_files() {
        let manifest = Manifest::parse(SAMPLE).unwrap();
        assert_eq!(manifest.files[0].verify(b"abc"), Ok(()));
        assert!(
            manifest.files[0]
                .verify(b"abd")
                .unwrap_err()
                .to_string()
                .starts_with("read a.jsonl: checksum is")
        );
    }

    fn check(from: &str, to: &str, expected: &str) {
        assert!(SAMPLE.contains(from));
        assert_eq!(Manifest::parse(&SAMPLE.replace(from, to)).unwrap_err().to_string(), expected);
    }

    #[test]
    fn says_what_is_missing() {
        check("[split]", "[spit]", "read manifest: expected [split]");
        check("\"sw\"", "\"?\"", "read manifest: expected language tags in split.held_out_languages");
        check("= 4", "= 1", "read manifest: expected split.held_out_every of at least 2");
        check("[[file]]", "[[life]]", "read manifest: expected [[file]]");
        let file = "read manifest: expected path, role (train, dev, held_out) and sha256 of every file";
        check("\"train\"", "\"trian\"", file);
        check("path", "paht", file);
        check(
            "a.jsonl",
            "a.toml",
            "read manifest: expected [generator], since there are files of templates (*.toml)",
        );
        check(
            "[[file]]",
            "[generator]\nseed = 1\ntexts_per_template = 0\nsha256 = \"\"\n\n[[file]]",
            "read manifest: expected seed, texts_per_template (1 to 10000) and sha256 in [generator]",
        );
    }

    #[test]
    fn notices_a_changed_generator() {
        let sha256 = hex(&Sha256::digest("a\nb\n"));
        let generator = Generator { seed: 1, texts_per_template: 2, sha256 };
        assert_eq!(generator.verify(["a", "b"].into_iter()), Ok(()));
        assert!(generator.verify(["a", "c"].into_iter()).is_err());
    }
}
