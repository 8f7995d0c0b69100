//! What every rendering shows, in the order in which it shows it; each of them only adds its own form.
//!
//! All text that leaves this room is clean (see `clean`) and on one line.

use forewarn_model::{
    EvidenceRef, Language, LocalizedNotice, LocalizedSentence, Notice, NoticeState, Section,
    WatchedObservable,
};

use crate::clean::one_line;

/// Every label that a rendering looks up in [`LocalizedNotice::labels`], so that a catalogue can be checked
/// against it. One that is missing shows as its own name.
pub const LABELS: &[&str] = &[
    "kind",
    "kind-meaning",
    "number",
    "issuer",
    "issued",
    "as-of",
    "review-by",
    "marking",
    "observables",
    "table-kind",
    "table-value",
    "table-refs",
    "references",
    "table-number",
    "table-source",
    "grading",
    "known-from",
    "disclaimer",
    "verify",
    "map",
    "timeline",
    "page",
    "of",
];

/// Labels that explain how the notice is to be read: shown at its end, those that the catalogue has.
const NOTES: &[&str] = &["claims", "likelihood-meaning", "grading-meaning", "designations"];

/// A notice in one language.
pub(crate) struct Sheet<'a> {
    notice: &'a Notice,
    text: &'a LocalizedNotice,
    references: Vec<&'a EvidenceRef>,
}

/// A sentence and the numbers of its references.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) refs: Vec<usize>,
}

/// A part of the notice.
pub(crate) struct Part {
    pub(crate) section: Section,
    pub(crate) heading: String,
    pub(crate) lines: Vec<Line>,
}

/// An identifier to look for.
pub(crate) struct Watched {
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) refs: Vec<usize>,
}

/// An entry in the list of references.
pub(crate) struct Reference {
    pub(crate) number: usize,
    pub(crate) label: String,
    pub(crate) id: String,
    pub(crate) grading: String,
    pub(crate) known_from: String,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(notice: &'a Notice, text: &'a LocalizedNotice) -> Self {
        Self { notice, text, references: notice.references() }
    }

    pub(crate) fn language(&self) -> Language {
        self.text.language
    }

    pub(crate) fn direction(&self) -> &'static str {
        if self.text.language.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// A label; its own name where the catalogue has none.
    pub(crate) fn label(&self, name: &str) -> String {
        one_line(self.text.labels.get(name).map_or(name, String::as_str))
    }

    /// How the notice is to be read.
    pub(crate) fn notes(&self) -> Vec<String> {
        NOTES.iter().filter_map(|name| self.text.labels.get(*name)).map(|note| one_line(note)).collect()
    }

    /// The TLP label as its standard writes it: the same in every language.
    pub(crate) fn tlp(&self) -> String {
        self.notice.marking.tlp.to_string()
    }

    /// Where the notice stands, if it must not be taken for one that is in force.
    pub(crate) fn state_warning(&self) -> Option<String> {
        let state = self.notice.state();
        let word = self.text.values.get("state").map_or(state.as_str(), String::as_str);
        (state != NoticeState::Issued).then(|| one_line(word))
    }

    pub(crate) fn headline(&self) -> Line {
        self.line(&self.text.headline)
    }

    /// The head of the notice: name and value.
    pub(crate) fn facts(&self) -> Vec<(String, String)> {
        let notice = self.notice;
        let issued = notice.issued_at().map(|at| at.strftime("%Y-%m-%d").to_string());
        let facts = [
            ("number", Some(notice.number.clone())),
            ("issuer", Some(notice.issuer.clone())),
            ("issued", issued),
            ("as-of", Some(notice.as_of.to_string())),
            ("review-by", Some(notice.review_by.to_string())),
            ("marking", Some(notice.marking.to_string())),
        ];
        let localized = |name: &str| self.text.values.get(name).cloned();
        let shown = facts.into_iter().filter_map(|(name, value)| Some((name, localized(name).or(value)?)));
        shown.map(|(name, value)| (self.label(name), one_line(&value))).collect()
    }

    pub(crate) fn parts(&self) -> Vec<Part> {
        let parts = self.text.sections.iter().filter(|part| !part.sentences.is_empty());
        parts
            .map(|part| Part {
                section: part.section,
                heading: one_line(&part.heading),
                lines: part.sentences.iter().map(|sentence| self.line(sentence)).collect(),
            })
            .collect()
    }

    pub(crate) fn observables(&self) -> Vec<Watched> {
        self.notice.observables.iter().map(|observable| self.watched(observable)).collect()
    }

    pub(crate) fn references(&self) -> Vec<Reference> {
        let entry = |(at, reference): (usize, &&EvidenceRef)| Reference {
            number: at + 1,
            label: one_line(
                self.text.values.get(&format!("source {}", reference.target)).unwrap_or(&reference.label),
            ),
            id: reference.target.to_string(),
            grading: reference.grading.to_string(),
            known_from: reference.known_from.to_string(),
        };
        self.references.iter().enumerate().map(entry).collect()
    }

    /// A number that no entry of the list has would lead nowhere and is left out.
    fn line(&self, sentence: &LocalizedSentence) -> Line {
        let known = 1..=self.references.len();
        let refs = sentence.refs.iter().copied().filter(|number| known.contains(number)).collect();
        Line { text: one_line(&sentence.text), refs }
    }

    fn watched(&self, observable: &WatchedObservable) -> Watched {
        let kind = observable.kind.to_string();
        let name = format!("observable-{}", kind.replace(':', "-"));
        let number = |of: &EvidenceRef| self.references.iter().position(|known| known.target == of.target);
        Watched {
            // The catalogues may have a word for a kind; its name in files is understood everywhere.
            kind: self.text.labels.get(&name).map_or(kind, |word| one_line(word)),
            value: one_line(&observable.value),
            refs: observable.refs.iter().filter_map(number).map(|at| at + 1).collect(),
        }
    }
}

/// The numbers of references as text: `[1, 4]`, nothing for none.
pub(crate) fn cited(refs: &[usize]) -> String {
    if refs.is_empty() {
        return String::new();
    }
    let numbers = runs(refs).into_iter().map(|(first, last)| match last {
        last if last == first => first.to_string(),
        last => format!("{first}–{last}"),
    });
    format!("[{}]", numbers.collect::<Vec<_>>().join(", "))
}

/// The numbers with each run of three or more in a row as its first and last; a number alone is both.
pub(crate) fn runs(refs: &[usize]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for &number in refs {
        match all.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => all.push((number, number)),
        }
    }
    let two = |(first, last): (usize, usize)| last == first + 1;
    all.into_iter()
        .flat_map(|run| if two(run) { vec![(run.0, run.0), (run.1, run.1)] } else { vec![run] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_told_by_their_ends() {
        for (refs, expected) in [
            (&[][..], ""),
            (&[4], "[4]"),
            (&[1, 2], "[1, 2]"),
            (&[1, 2, 3], "[1–3]"),
            (&[1, 3, 4, 5, 6, 9, 10], "[1, 3–6, 9, 10]"),
        ] {
            assert_eq!(cited(refs), expected);
        }
    }
}
