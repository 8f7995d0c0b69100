//! Labelled examples, from the files of a manifest or from anybody's JSON Lines.
//!
//! One object a line: `text`; `label` (`lure` or `legit`) or `is_lure`; and where they exist `id`, `lang` or
//! `language`, `title`, `indicators`, `countries`, and the group that must not be divided (`campaign` or
//! `group`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use forewarn_assess::manifest::{File, Manifest, Part};
use forewarn_assess::template;
use forewarn_assess::train::{Example, Labels};
use forewarn_model::{Language, Problem, Severity};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{AppError, Engine, bundled};

/// How large a file of examples may be.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// How many files a folder may hold.
const FILES_MAX: usize = 10_000;

/// Where the files of a manifest lie.
pub enum Origin {
    /// Inside the binary.
    Bundled,
    /// In the folder of this manifest.
    Manifest(PathBuf),
}

impl Origin {
    /// A manifest, or what is inside the binary.
    pub fn new(manifest: Option<&Path>) -> Self {
        manifest.map_or(Self::Bundled, |path| Self::Manifest(path.to_owned()))
    }

    fn manifest(&self) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Bundled => bundled::fixture("manifest.toml"),
            Self::Manifest(path) => fs::read(path).map_err(AppError::file("read manifest", path)),
        }
    }

    fn file(&self, name: &str) -> Result<Vec<u8>, AppError> {
        match self {
            Self::Bundled => bundled::fixture(name),
            Self::Manifest(manifest) => {
                let path = manifest.parent().unwrap_or(Path::new(".")).join(name);
                fs::read(&path).map_err(AppError::file("read file of the manifest", &path))
            }
        }
    }
}

/// A text before it is read, with what is known about it.
#[derive(Debug, Clone, PartialEq)]
struct Labelled {
    id: String,
    data_set: String,
    text: String,
    label: bool,
    group: String,
    language: Option<Language>,
    labels: Labels,
}

/// The examples of a manifest, each with the part that it belongs to. Refuses when a file is not the one that
/// the manifest names, or when the generator yields other texts.
pub fn of_manifest(engine: &Engine, origin: &Origin) -> Result<Vec<(Part, Example)>, AppError> {
    const OPERATION: &str = "read the examples";
    let text = String::from_utf8(origin.manifest()?).map_err(AppError::refused(OPERATION))?;
    let manifest = Manifest::parse(&text).map_err(AppError::refused(OPERATION))?;
    let (mut all, mut generated) = (Vec::new(), Vec::new());
    for file in &manifest.files {
        let bytes = origin.file(&file.path)?;
        file.verify(&bytes).map_err(AppError::refused(OPERATION))?;
        let listed = match (&manifest.generator, file.is_templates()) {
            (Some(generator), true) => {
                let text = String::from_utf8(bytes).map_err(AppError::refused(OPERATION))?;
                let templates = template::parse(&text).map_err(AppError::refused(OPERATION))?;
                let listed = expand(&templates, generator.seed, generator.texts_per_template);
                generated.extend(listed.iter().map(|labelled| labelled.text.clone()));
                listed
            }
            _ => whole_file(file, &bytes)?,
        };
        all.extend(listed.into_iter().map(|labelled| (file.role, labelled)));
    }
    if let Some(generator) = &manifest.generator {
        generator.verify(generated.iter().map(String::as_str)).map_err(AppError::refused(OPERATION))?;
    }
    let read = |(role, labelled): (Part, Labelled)| {
        let example = read(engine, labelled);
        (manifest.part(role, example.language, &example.group), example)
    };
    Ok(all.into_par_iter().map(read).collect())
}

/// The examples of files and of folders with files (`.jsonl`), and the lines that could not be used.
/// `unlabelled` is the label of lines that have none.
pub fn of_files(
    engine: &Engine,
    paths: &[PathBuf],
    unlabelled: Option<bool>,
) -> Result<(Vec<Example>, Vec<Problem>), AppError> {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for path in paths.iter().map(|path| files(path)).collect::<Result<Vec<_>, _>>()?.concat() {
        let bytes = limited(&path)?;
        let text = forewarn_collect::to_text(bytes);
        let data_set = stem(&path);
        let (listed, found) = lines(&text, &data_set, &path.display().to_string(), unlabelled);
        all.extend(listed);
        problems.extend(found);
    }
    Ok((all.into_par_iter().map(|labelled| read(engine, labelled)).collect(), problems))
}

/// Examples as JSON Lines, for other tools to train and measure on.
pub fn to_lines(examples: &[(Part, Example)]) -> String {
    let line = |(part, example): &(Part, Example)| {
        let row = json!({
            "id": example.id,
            "part": part.as_str(),
            "data_set": example.data_set,
            "language": example.language.to_string(),
            "label": if example.label { "lure" } else { "legit" },
            "group": example.group,
            "text": example.text,
        });
        row.to_string() + "\n"
    };
    examples.iter().map(line).collect()
}

fn files(path: &Path) -> Result<Vec<PathBuf>, AppError> {
    let meta = fs::metadata(path).map_err(AppError::file("open", path))?;
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(AppError::file("read folder", path))? {
        let path = entry.map_err(AppError::file("read folder", path))?.path();
        if path.extension().is_some_and(|end| end == "jsonl") && found.len() < FILES_MAX {
            found.push(path);
        }
    }
    if found.is_empty() {
        let remedy = "name files, or a folder with .jsonl files in it".to_owned();
        return Err(AppError::NotFound { what: "examples in", name: path.display().to_string(), remedy });
    }
    found.sort_unstable();
    Ok(found)
}

fn limited(path: &Path) -> Result<Vec<u8>, AppError> {
    let bytes = fs::metadata(path).map_err(AppError::file("open", path))?.len();
    if bytes > FILE_BYTES_MAX {
        let why = format!("{} has {bytes} bytes, {FILE_BYTES_MAX} allowed: divide it", path.display());
        return Err(AppError::Refused { operation: "read the examples", why });
    }
    fs::read(path).map_err(AppError::file("read file", path))
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "data".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

fn expand(templates: &[template::Template], seed: u64, count: usize) -> Vec<Labelled> {
    let of_one = |template: &template::Template| {
        let texts = template.texts(seed, count).into_iter().enumerate();
        let labelled = texts.map(|(at, text)| Labelled {
            id: format!("{}-{at}", template.id),
            data_set: format!("generated-{}", template.style),
            text,
            label: template.lure,
            group: template.id.clone(),
            language: Some(template.language),
            labels: Labels::default(),
        });
        labelled.collect::<Vec<_>>()
    };
    templates.iter().flat_map(of_one).collect()
}

/// A file of the manifest has no bad lines: whoever wrote its checksum has read it.
fn whole_file(file: &File, bytes: &[u8]) -> Result<Vec<Labelled>, AppError> {
    let text = String::from_utf8_lossy(bytes);
    let name = stem(Path::new(&file.path));
    let data_set =
        if matches!(name.as_str(), "campaigns" | "lures-dev") { name } else { "offers".to_owned() };
    let (listed, mut problems) = lines(&text, &data_set, &file.path, None);
    if problems.is_empty() { Ok(listed) } else { Err(AppError::Input(Box::new(problems.remove(0)))) }
}

fn lines(text: &str, data_set: &str, input: &str, unlabelled: Option<bool>) -> (Vec<Labelled>, Vec<Problem>) {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match labelled(line, data_set, at + 1, unlabelled) {
            Ok(labelled) => all.push(labelled),
            Err((what, remedy)) => problems.push(Problem {
                severity: Severity::Refused,
                code: "example-form",
                input: input.to_owned(),
                line: Some(at as u64 + 1),
                what,
                remedy: remedy.to_owned(),
            }),
        }
    }
    (all, problems)
}

fn labelled(
    line: &str,
    data_set: &str,
    number: usize,
    unlabelled: Option<bool>,
) -> Result<Labelled, (String, &'static str)> {
    let row: Value =
        serde_json::from_str(line).map_err(|error| (error.to_string(), "write one JSON object a line"))?;
    let string = |key: &str| row[key].as_str().map(str::to_owned);
    let body = string("text").ok_or(("no text".to_owned(), "give every line a field \"text\""))?;
    let text = string("title").map_or(body.clone(), |title| format!("{title}\n{body}"));
    let label = label(&row, unlabelled).ok_or_else(|| {
        let what = match &row["label"] {
            Value::Null => "no label".to_owned(),
            unknown => format!("label {unknown} is not known"),
        };
        (what, "give \"label\" (lure, legit) or \"is_lure\" (true, false)")
    })?;
    let id = match &row["id"] {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => format!("{data_set}:{number}"),
    };
    let group = ["campaign", "group"].iter().find_map(|key| string(key)).unwrap_or_else(|| id.clone());
    let language = ["lang", "language"].iter().find_map(|key| string(key)?.parse().ok());
    let set = |key: &str| {
        let list = row[key].as_array()?;
        Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<_>>())
    };
    let labels = Labels { indicators: set("indicators"), countries: set("countries") };
    Ok(Labelled { id, data_set: data_set.to_owned(), text, label, group, language, labels })
}

fn label(row: &Value, unlabelled: Option<bool>) -> Option<bool> {
    let given = ["is_lure", "label"].into_iter().map(|key| &row[key]).find(|value| !value.is_null());
    match given {
        None => unlabelled,
        Some(Value::Bool(label)) => Some(*label),
        Some(Value::Number(label)) => match label.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Some(Value::String(label)) => match label.to_ascii_lowercase().as_str() {
            "lure" | "1" | "true" => Some(true),
            "legit" | "legitimate" | "0" | "false" => Some(false),
            _ => None,
        },
        Some(_) => None,
    }
}

/// Reads a text as the pipeline reads a pasted one: what the label says of its language is for tables only.
fn read(engine: &Engine, labelled: Labelled) -> Example {
    let Labelled { id, data_set, text, label, group, language, labels } = labelled;
    let (facts, _) = engine.extractor.extract_text(&text);
    let indicators = engine.pack.find(&facts.normalized, &facts);
    let language = language.unwrap_or(facts.language);
    Example { id, data_set, text, facts, indicators, label, group, language, weight: 1.0, labels }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, unlabelled: Option<bool>, expected: Result<(&str, bool, &str), &str>) {
        let found = labelled(line, "set", 3, unlabelled);
        let found = found.as_ref().map(|l| (l.text.as_str(), l.label, l.group.as_str()));
        assert_eq!(found.map_err(|(what, _)| what.as_str()), expected, "{line}");
    }

    #[test]
    fn reads_the_forms_that_people_write() {
        check(r#"{"id":"a","text":"x","label":"lure"}"#, None, Ok(("x", true, "a")));
        check(r#"{"text":"x","label":"Legit"}"#, None, Ok(("x", false, "set:3")));
        check(r#"{"id":7,"text":"x","is_lure":true}"#, None, Ok(("x", true, "7")));
        check(r#"{"id":"a","text":"x","label":0,"campaign":"c"}"#, None, Ok(("x", false, "c")));
        check(r#"{"id":"a","title":"t","text":"x"}"#, Some(false), Ok(("t\nx", false, "a")));
        check(r#"{"id":"a","text":"x"}"#, None, Err("no label"));
        check(r#"{"id":"a","text":"x","label":"maybe"}"#, Some(true), Err("label \"maybe\" is not known"));
        check(r#"{"id":"a","label":"lure"}"#, None, Err("no text"));
        check("[]", None, Err("no text"));
    }

    #[test]
    fn tells_the_line_that_it_cannot_use() {
        let (listed, problems) = lines("{\"text\":\"x\",\"label\":1}\n\nnonsense\n", "set", "a.jsonl", None);
        assert_eq!(listed.len(), 1);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("a.jsonl:3: "), "{}", problems[0]);
    }
}
