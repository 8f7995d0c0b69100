//! A notice as HTML without scripts, styles from elsewhere, or anything that loads.

use std::fmt::Write as _;

use forewarn_model::{LocalizedNotice, Notice};

use crate::clean::{escape_into, isolate_numbers};
use crate::sheet::{Line, Sheet, runs};

/// The style of a page that stands alone: legible without colour, and on paper.
const STYLE: &str = include_str!("../../../templates/notice/notice.css");

/// A page that stands alone, with one article for each text, in the order given.
pub fn html(notice: &Notice, texts: &[LocalizedNotice]) -> String {
    let first = texts.first().map_or("und", |text| text.language.as_str());
    let title = texts.first().map_or(String::new(), |text| Sheet::new(notice, text).headline().text);
    let articles: String = texts.iter().map(|text| html_article(notice, text)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{first}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} – {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{articles}</body>\n</html>\n",
        escaped(&notice.number),
        escaped(&title),
    )
}

/// One text of a notice as an `<article class="notice">`, to be set into another page. Ids in it start with
/// the number and the language, so that several can stand on one page.
pub fn html_article(notice: &Notice, text: &LocalizedNotice) -> String {
    let sheet = Sheet::new(notice, text);
    let page = Page { sheet: &sheet, anchor: anchor(notice, text) };
    let (lang, dir, kind) = (sheet.language(), sheet.direction(), notice.kind.as_str());
    let mut out = format!("<article class=\"notice {kind}\" lang=\"{lang}\" dir=\"{dir}\">\n");
    page.write_head(&mut out);
    page.write_facts(&mut out);
    page.write_parts(&mut out);
    page.write_observables(&mut out);
    page.write_references(&mut out);
    page.write_foot(&mut out);
    out.push_str("</article>\n");
    out
}

struct Page<'a> {
    sheet: &'a Sheet<'a>,
    anchor: String,
}

impl Page<'_> {
    fn write_head(&self, out: &mut String) {
        let sheet = self.sheet;
        let (kind, meaning) = (self.prose(&sheet.label("kind")), self.prose(&sheet.label("kind-meaning")));
        let tlp = sheet.tlp();
        push(out, format_args!("<header><p class=\"kind\">{kind}</p><p class=\"meaning\">{meaning}</p>"));
        push(out, format_args!("<p class=\"tlp\" dir=\"ltr\">{tlp}</p></header>\n"));
        if let Some(state) = sheet.state_warning() {
            push(out, format_args!("<p class=\"state\">{}</p>\n", self.prose(&state)));
        }
        push(out, format_args!("<h1>{}</h1>\n", self.sentence(&sheet.headline())));
    }

    fn write_facts(&self, out: &mut String) {
        out.push_str("<dl>\n");
        for (name, value) in self.sheet.facts() {
            push(out, format_args!("<dt>{}</dt><dd>{}</dd>\n", self.prose(&name), value_html(&value)));
        }
        out.push_str("</dl>\n");
    }

    fn write_parts(&self, out: &mut String) {
        for part in self.sheet.parts() {
            let section = part.section.as_str();
            push(
                out,
                format_args!("<section class=\"{section}\"><h2>{}</h2>\n<ul>\n", self.prose(&part.heading)),
            );
            for line in &part.lines {
                push(out, format_args!("<li>{}</li>\n", self.sentence(line)));
            }
            out.push_str("</ul></section>\n");
        }
    }

    fn write_observables(&self, out: &mut String) {
        let rows = self.sheet.observables();
        if rows.is_empty() {
            return;
        }
        let [title, kind, value, references] = ["observables", "table-kind", "table-value", "table-refs"]
            .map(|name| self.prose(&self.sheet.label(name)));
        push(out, format_args!("<section class=\"observables\"><h2>{title}</h2>\n<table>\n"));
        push(
            out,
            format_args!(
                "<thead><tr><th>{kind}</th><th>{value}</th><th>{references}</th></tr></thead>\n<tbody>\n"
            ),
        );
        for row in rows {
            let (kind, value, refs) =
                (self.prose(&row.kind), value_html(&row.value), self.citations(&row.refs));
            push(out, format_args!("<tr><td>{kind}</td><td>{value}</td><td>{refs}</td></tr>\n"));
        }
        out.push_str("</tbody>\n</table></section>\n");
    }

    fn write_references(&self, out: &mut String) {
        let [title, grading, known_from] =
            ["references", "grading", "known-from"].map(|name| self.prose(&self.sheet.label(name)));
        push(out, format_args!("<section class=\"references\"><h2>{title}</h2>\n<ol>\n"));
        for entry in self.sheet.references() {
            push(
                out,
                format_args!("<li id=\"{}-{}\">{}; ", self.anchor, entry.number, value_html(&entry.label)),
            );
            push(
                out,
                format_args!(
                    "{grading}: <bdi>{}</bdi>; {known_from}: <bdi>{}</bdi>; ",
                    entry.grading, entry.known_from
                ),
            );
            push(out, format_args!("<code>{}</code></li>\n", entry.id));
        }
        out.push_str("</ol></section>\n");
    }

    fn write_foot(&self, out: &mut String) {
        out.push_str("<footer>");
        for note in self.sheet.notes().iter().chain([&self.sheet.label("disclaimer")]) {
            push(out, format_args!("<p>{}</p>\n", self.prose(note)));
        }
        push(out, format_args!("<p class=\"tlp\" dir=\"ltr\">{}</p></footer>\n", self.sheet.tlp()));
    }

    fn sentence(&self, line: &Line) -> String {
        let citations = self.citations(&line.refs);
        let refs = if citations.is_empty() { citations } else { format!("<sup>{citations}</sup>") };
        format!("{}{refs}", self.prose(&line.text))
    }

    fn citations(&self, refs: &[usize]) -> String {
        let link = |number: usize| format!("<a href=\"#{}-{number}\">{number}</a>", self.anchor);
        let run = |(first, last)| match last {
            last if last == first => link(first),
            last => format!("{}–{}", link(first), link(last)),
        };
        runs(refs).into_iter().map(run).collect::<Vec<_>>().join(" ")
    }

    fn prose(&self, text: &str) -> String {
        if self.sheet.direction() == "rtl" { escaped(&isolate_numbers(text)) } else { escaped(text) }
    }
}

/// A value whose direction is its own.
fn value_html(value: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(value))
}

/// A name for anchors: letters, digits and hyphens only.
fn anchor(notice: &Notice, text: &LocalizedNotice) -> String {
    let id = format!("{}-{}", notice.number, text.language);
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, &crate::clean::one_line(text));
    out
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_page_in_two_languages() {
        let sample = sample::notice();
        let page = html(&sample.notice, &sample.texts).replace(STYLE, "…\n");
        insta::assert_snapshot!(page);
    }

    #[test]
    fn hostile_text_stays_text() {
        let sample = sample::hostile();
        let page = html(&sample.notice, &sample.texts);
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("[U+202E]"));
        for tag in ["<script", "<img", "onerror=\"", "javascript:alert\""] {
            assert!(!page.contains(tag), "{tag}");
        }
    }

    #[test]
    fn every_citation_has_its_reference() {
        let sample = sample::notice();
        let page = html(&sample.notice, &sample.texts);
        let targets: Vec<&str> =
            page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(targets.len() > 10);
        for target in targets {
            assert_eq!(page.matches(&format!("id=\"{target}\"")).count(), 1, "{target}");
        }
    }
}
