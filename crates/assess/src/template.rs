//! Many offers out of a few written by hand: templates with alternatives, expanded by a seed.
//!
//! ```toml
//! language = "en"
//!
//! [[template]]
//! id = "en-l01"
//! label = "lure"            # or "legit"
//! style = "post"            # or "chat"
//! text = '''{Cook|Nurse} wanted, USD {500|650}. Apply {@mail}'''
//! ```
//!
//! `{a|b}` is one of its alternatives, which may hold further ones and may be empty; `{@mail}`, `{@user}` and
//! `{@phone:66}` are contacts that belong to nobody: addresses under `.example` (RFC 2606), handles that say
//! that they are samples, numbers of zeros. The same template and seed give the same texts on every machine.

use std::collections::BTreeSet;

use forewarn_model::Language;
use thiserror::Error;

use crate::random::{SplitMix64, hash};

/// How deep alternatives may nest.
const DEPTH_MAX: usize = 8;

/// A file of templates that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// The file is not what it should be.
    #[error("read templates: {0}")]
    Form(String),
    /// A template is not what it should be.
    #[error("read template {id}: {what}")]
    Template {
        /// The template.
        id: String,
        /// What is wrong with it.
        what: String,
    },
}

/// One hand-written offer with alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its name, the group of everything that it yields.
    pub id: String,
    /// The language that it is written in.
    pub language: Language,
    /// Whether it recruits into a scam centre.
    pub lure: bool,
    /// How it is written: `post`, `chat`.
    pub style: String,
    text: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Text(String),
    One(Vec<Vec<Node>>),
    Mail,
    User,
    Phone(String),
}

/// Reads a file of templates.
pub fn parse(text: &str) -> Result<Vec<Template>, TemplateError> {
    let form = |what: &str| TemplateError::Form(what.to_owned());
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| form(error.message()))?;
    let language = table.get("language").and_then(toml::Value::as_str).and_then(|tag| tag.parse().ok());
    let language = language.ok_or_else(|| form("expected language, such as language = \"en\""))?;
    let list = table.get("template").and_then(toml::Value::as_array);
    let list = list.ok_or_else(|| form("expected [[template]]"))?;
    let mut ids = BTreeSet::new();
    let mut templates = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let field = |key: &str| value.get(key).and_then(toml::Value::as_str);
        let id = field("id").map_or_else(|| format!("number {}", at + 1), str::to_owned);
        let wrong = |what: &str| TemplateError::Template { id: id.clone(), what: what.to_owned() };
        let lure = match field("label") {
            Some("lure") => true,
            Some("legit") => false,
            _ => return Err(wrong("expected label = \"lure\" or \"legit\"")),
        };
        let (Some(style), Some(source)) = (field("style"), field("text")) else {
            return Err(wrong("expected style and text"));
        };
        if field("id").is_none() || !ids.insert(id.clone()) {
            return Err(wrong("expected an id of its own"));
        }
        let mut parser = Parser { rest: source.trim(), depth: 0 };
        let nodes = parser.sequence().map_err(|what| wrong(&what))?;
        if !parser.rest.is_empty() {
            return Err(wrong("a brace is closed that was not opened"));
        }
        templates.push(Template { id, language, lure, style: style.to_owned(), text: nodes });
    }
    Ok(templates)
}

impl Template {
    /// At most `count` different texts; fewer where the template does not yield as many.
    pub fn texts(&self, seed: u64, count: usize) -> Vec<String> {
        // A template that yields few texts repeats itself: how often that is taken before it counts as empty.
        const TRIES_PER_TEXT: usize = 8;
        let mut stream = SplitMix64::new(hash(seed, &self.id));
        let mut texts: Vec<String> = Vec::with_capacity(count);
        for _ in 0..count.saturating_mul(TRIES_PER_TEXT) {
            if texts.len() == count {
                break;
            }
            let mut text = String::new();
            write(&self.text, &mut stream, &mut text);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

fn write(nodes: &[Node], stream: &mut SplitMix64, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::One(alternatives) => write(&alternatives[stream.below(alternatives.len())], stream, out),
            Node::Mail => {
                let (box_, name, kind) = (pick(stream, BOXES), pick(stream, NAMES), pick(stream, KINDS));
                out.push_str(&format!("{box_}@{name}-{kind}.example"));
            }
            Node::User => {
                let (name, kind) = (pick(stream, NAMES), pick(stream, KINDS));
                out.push_str(&format!("@{name}_{kind}_{:03}", stream.below(1000)));
            }
            Node::Phone(country) => {
                out.push_str(&format!("+{country} 000 000 {:04}", stream.below(1000)));
            }
        }
    }
}

const BOXES: &[&str] = &["jobs", "hr", "cv", "career", "apply", "team", "office", "info"];
const NAMES: &[&str] =
    &["sample", "specimen", "placeholder", "muster", "exempla", "fictiva", "demo", "proba"];
const KINDS: &[&str] = &["test", "group", "global", "works", "line", "point", "house", "desk"];

fn pick<'a>(stream: &mut SplitMix64, list: &[&'a str]) -> &'a str {
    list[stream.below(list.len())]
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    /// Everything up to the `|` or `}` that ends it, or the end.
    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            let stop = |c: char| c == '{' || c == '}' || (c == '|' && self.depth > 0);
            let end = self.rest.find(stop).unwrap_or(self.rest.len());
            if end > 0 {
                nodes.push(Node::Text(self.rest[..end].to_owned()));
            }
            self.rest = &self.rest[end..];
            match self.rest.strip_prefix('{') {
                Some(inside) => {
                    self.rest = inside;
                    nodes.push(self.braces()?);
                }
                None => return Ok(nodes),
            }
        }
    }

    /// What follows a `{`, with the `}`.
    fn braces(&mut self) -> Result<Node, String> {
        if let Some(slot) = self.rest.strip_prefix('@') {
            let end = slot.find('}').ok_or("a brace is not closed")?;
            let node = slot_named(&slot[..end])?;
            self.rest = &slot[end + 1..];
            return Ok(node);
        }
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("braces nest deeper than {DEPTH_MAX}"));
        }
        let mut alternatives = vec![self.sequence()?];
        while let Some(next) = self.rest.strip_prefix('|') {
            self.rest = next;
            alternatives.push(self.sequence()?);
        }
        self.rest = self.rest.strip_prefix('}').ok_or("a brace is not closed")?;
        self.depth -= 1;
        Ok(Node::One(alternatives))
    }
}

fn slot_named(name: &str) -> Result<Node, String> {
    match name.split_once(':') {
        None if name == "mail" => Ok(Node::Mail),
        None if name == "user" => Ok(Node::User),
        Some(("phone", country)) if !country.is_empty() && country.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Node::Phone(country.to_owned()))
        }
        _ => Err(format!("no slot is called {name:?}: there are mail, user, phone:<country code>")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> String {
        format!(
            "language = \"en\"\n[[template]]\nid = \"a\"\nlabel = \"lure\"\nstyle = \"post\"\ntext = '''{text}'''"
        )
    }

    /// All the texts that a template yields, sorted.
    fn check(text: &str, expected: &[&str]) {
        let mut texts = parse(&file(text)).unwrap()[0].texts(1, 50);
        texts.sort();
        assert_eq!(texts, expected, "{text}");
    }

    #[test]
    fn yields_every_alternative_once() {
        check("plain | text", &["plain | text"]);
        check("{a|b} {c|d}", &["a c", "a d", "b c", "b d"]);
        check("x{| y}", &["x", "x y"]);
        check("{a {b|c}|d}", &["a b", "a c", "d"]);
    }

    #[test]
    fn contacts_belong_to_nobody() {
        let template = parse(&file("{@mail} {@user} {@phone:855}")).unwrap().remove(0);
        for text in template.texts(7, 20) {
            let parts: Vec<&str> = text.splitn(3, ' ').collect();
            assert!(parts[0].ends_with(".example"), "{text}");
            assert!(parts[1].starts_with('@'), "{text}");
            assert!(parts[2].starts_with("+855 000 000 0"), "{text}");
        }
        assert_eq!(template.texts(7, 20), template.texts(7, 20));
        assert_ne!(template.texts(7, 20), template.texts(8, 20));
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = |text: &str, expected: &str| {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        };
        wrong("", "expected language");
        wrong("language = \"en\"", "expected [[template]]");
        wrong(&file("{a|b"), "read template a: a brace is not closed");
        wrong(&file("a}"), "closed that was not opened");
        wrong(&file("{@fax}"), "no slot is called \"fax\"");
        wrong(&file(&"{".repeat(9)), "nest deeper than 8");
        wrong(&file("x").replace("lure", "bait"), "expected label");
        wrong(&file("x").replace("id =", "name ="), "expected an id of its own");
    }
}
