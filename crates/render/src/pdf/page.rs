//! The files that the template reads: `data.json`, `map.svg`, `detail.svg`, `qr.svg`.

use forewarn_model::{LocalizedNotice, Notice, NoticeKind, Section, Tlp};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::topology::Topology;
use super::world::{Assets, Files};
use super::{PdfInput, map, qr, timeline};
use crate::clean::{isolate, isolate_numbers, one_line, runs_right_to_left};
use crate::sheet::{LABELS, Line, Sheet, runs};
use crate::{Limits, RenderError};

/// The colour of the band, by kind: dark enough that white stands out on it (WCAG 2.2, 1.4.3: at least
/// 4.5 to 1).
const BANDS: &[(NoticeKind, &str)] = &[(NoticeKind::Orange, "#c84b00"), (NoticeKind::Purple, "#5b2a86")];

/// The colour in which a TLP label stands on black. Source: FIRST, TLP 2.0, table of colours.
const TLP_COLOURS: &[(Tlp, &str)] = &[
    (Tlp::Clear, "#ffffff"),
    (Tlp::Green, "#33ff00"),
    (Tlp::Amber, "#ffc000"),
    (Tlp::AmberStrict, "#ffc000"),
    (Tlp::Red, "#ff2b2b"),
];

/// The sections whose sentences stand each for itself.
const LISTS: &[Section] = &[Section::Signs, Section::Actions];

/// A word longer than this may be broken anywhere; in graphemes.
const WORD_MAX: usize = 24;

/// The files of one notice.
pub(super) fn files(
    input: &PdfInput<'_>,
    topology: &Topology,
    assets: &Assets,
    limits: &Limits,
) -> Result<Files, RenderError> {
    check(input, limits)?;
    let printer = Printer { assets };
    let mut files = Files::new();

    let map = input.map.map(|map| {
        let (wide, detail) = map::draw(&map, topology);
        files.insert("map.svg", wide.svg.into_bytes());
        let mut drawings = vec![json!({ "file": "map.svg", "drawing": wide.data })];
        if let Some(detail) = detail {
            files.insert("detail.svg", detail.svg.into_bytes());
            drawings.push(json!({ "file": "detail.svg", "drawing": detail.data }));
        }
        json!({ "drawings": drawings, "origins": !map.origins.is_empty(), "routes": !map.routes.is_empty() })
    });
    let verification = one_line(input.verification);
    if !verification.is_empty() {
        files.insert("qr.svg", qr::svg(&verification)?.into_bytes());
    }
    let each = input.texts.iter().enumerate();
    let texts: Vec<Value> = each.map(|(at, text)| printer.text(input, at, text)).collect();
    let first = input.texts.first().map(|text| Sheet::new(input.notice, text));
    let tlp = input.notice.marking.tlp;
    let data = json!({
        "title": printer.plain(&format!(
            "{} {}",
            one_line(&input.notice.number),
            first.map(|sheet| sheet.headline().text).unwrap_or_default(),
        )),
        "issuer": printer.plain(&one_line(&input.notice.issuer)),
        "band": BANDS.iter().find(|row| row.0 == input.notice.kind).map_or("#1c1c1c", |row| row.1),
        "tlp": tlp.to_string(),
        "tlp-colour": TLP_COLOURS.iter().find(|row| row.0 == tlp).map_or("#ffffff", |row| row.1),
        "texts": texts,
        "map": map,
        "timeline": timeline::chart(input.timeline),
    });
    files.insert("data.json", data.to_string().into_bytes());
    Ok(files)
}

fn check(input: &PdfInput<'_>, limits: &Limits) -> Result<(), RenderError> {
    let number = || input.notice.number.clone();
    if input.texts.is_empty() {
        return Err(RenderError::NoText { number: number() });
    }
    let bytes = input.texts.iter().map(|text| bytes(input.notice, text)).max().unwrap_or(0);
    let sizes = [
        ("languages", input.texts.len(), limits.languages_max),
        ("observables", input.notice.observables.len(), limits.observables_max),
        ("references", input.notice.references().len(), limits.references_max),
        ("bytes of text", bytes, limits.text_bytes_max),
        ("days in the timeline", input.timeline.len(), limits.timeline_days_max),
        ("hubs on the map", input.map.map_or(0, |map| map.hubs.len()), limits.hubs_max),
    ];
    match sizes.into_iter().find(|(_, count, max)| count > max) {
        None => Ok(()),
        Some((what, count, max)) => Err(RenderError::TooLarge { number: number(), what, count, max }),
    }
}

fn bytes(notice: &Notice, text: &LocalizedNotice) -> usize {
    let sections = text.sections.iter().flat_map(|section| {
        section.sentences.iter().map(|sentence| sentence.text.len()).chain([section.heading.len()])
    });
    let labels = text.labels.values().chain(text.values.values()).map(String::len);
    let references = notice.references().into_iter().map(|reference| reference.label.len());
    let observables = notice.observables.iter().map(|observable| observable.value.len());
    sections.chain(labels).chain(references).chain(observables).sum::<usize>()
        + text.headline.text.len()
        + notice.number.len()
        + notice.issuer.len()
}

/// Makes strings of the page out of strings of the notice.
struct Printer<'a> {
    assets: &'a Assets,
}

impl Printer<'_> {
    /// `at` is the position of the text among those of the notice.
    fn text(&self, input: &PdfInput<'_>, at: usize, text: &LocalizedNotice) -> Value {
        let sheet = Sheet::new(input.notice, text);
        let rtl = text.language.is_right_to_left();
        let prose = |text: &str| self.prose(text, rtl);
        let value = |text: &str| self.value(text, rtl);
        let line = |line: &Line| json!({ "text": prose(&line.text), "refs": runs(&line.refs) });
        let labels = LABELS.iter().map(|name| ((*name).to_owned(), prose(&sheet.label(name))));
        // The key of the map says what the sections say.
        let heading = |section: Section| {
            let part = sheet.parts().into_iter().find(|part| part.section == section);
            part.map(|part| prose(&part.heading))
        };
        let map_key = json!({
            "hubs": heading(Section::Hubs),
            "origins": heading(Section::Origins),
            "routes": heading(Section::Routes),
        });
        let parts = sheet.parts().into_iter().map(|part| {
            json!({
                "heading": prose(&part.heading),
                "listed": LISTS.contains(&part.section),
                "lines": part.lines.iter().map(line).collect::<Vec<_>>(),
            })
        });
        let observables = sheet.observables().into_iter().map(
            |row| json!({ "kind": prose(&row.kind), "value": value(&row.value), "refs": runs(&row.refs) }),
        );
        let references = sheet.references().into_iter().map(|row| {
            json!({
                "number": row.number,
                "label": value(&row.label),
                "id": value(&row.id),
                "grading": row.grading,
                "known-from": value(&row.known_from),
            })
        });
        let facts = sheet.facts().into_iter().map(|(name, fact)| json!([prose(&name), value(&fact)]));
        let hubs = input.map.map_or(&[][..], |map| map.hubs);
        json!({
            "lang": sheet.language().primary(),
            "dir": sheet.direction(),
            "labels": labels.collect::<serde_json::Map<_, _>>(),
            "number": value(&input.notice.number),
            "hubs": hubs.iter().map(|hub| value(hub.name_in(at))).collect::<Vec<_>>(),
            "verification": (!input.verification.trim().is_empty()).then(|| value(input.verification)),
            "map-key": map_key,
            "notes": sheet.notes().iter().map(|note| prose(note)).collect::<Vec<_>>(),
            "state": sheet.state_warning().map(|state| prose(&state)),
            "headline": line(&sheet.headline()),
            "facts": facts.collect::<Vec<_>>(),
            "parts": parts.collect::<Vec<_>>(),
            "observables": observables.collect::<Vec<_>>(),
            "references": references.collect::<Vec<_>>(),
        })
    }

    /// For the properties of the file, which have no fonts.
    fn plain(&self, text: &str) -> String {
        self.assets.printable(text)
    }

    /// A sentence or a label in the language of its page.
    fn prose(&self, text: &str, rtl: bool) -> Value {
        let printable = self.assets.printable(text);
        pieces(&if rtl { isolate_numbers(&printable) } else { printable })
    }

    /// A value whose direction is its own.
    fn value(&self, text: &str, rtl: bool) -> Value {
        let printable = self.assets.printable(&one_line(text));
        pieces(&if rtl || runs_right_to_left(&printable) { isolate(&printable) } else { printable })
    }
}

/// A text for the template: a list of strings between which a line may end, so that no word is wider than
/// its column.
fn pieces(text: &str) -> Value {
    let mut pieces = vec![String::new()];
    let mut word = 0;
    for grapheme in text.graphemes(true) {
        word = if grapheme.chars().all(char::is_whitespace) { 0 } else { word + 1 };
        if word > WORD_MAX {
            pieces.push(String::new());
            word = 1;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(grapheme);
        }
    }
    json!(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        assert_eq!(pieces(input), json!(expected));
    }

    #[test]
    fn long_words_can_be_broken() {
        check("", &[""]);
        check("plain words stay whole", &["plain words stay whole"]);
        check(&"a".repeat(50), &[&"a".repeat(24), &"a".repeat(24), "aa"]);
        check(
            &format!("x {}", "e\u{301}".repeat(25)),
            &[&format!("x {}", "e\u{301}".repeat(24)), "e\u{301}"],
        );
    }
}
