//! Identifiers in a text, each verified by its own rule before it counts.
//!
//! One pass over the folded text finds where an identifier could be: a dot, an at sign, a digit, the name
//! of a service, a long run of letters and digits. The rooms below look closer: `web` (links, e-mail,
//! domains), `handles` (accounts with messaging services), `phones`, `codes` (crypto-assets, IBAN).

mod codes;
mod handles;
mod phones;
mod web;

use forewarn_model::{Country, Observable, ObservableKind};

use crate::fold::Folded;
use crate::scan::{Candidates, Scan};
use handles::Services;
use phones::Numbers;

/// Finds identifiers.
pub(crate) struct Finder {
    services: Services,
    numbers: Numbers,
}

/// What was found so far. A later find that overlaps a range taken by another kind is left out where it
/// would only be a part of it.
struct Found<'a> {
    folded: &'a Folded<'a>,
    observables: Vec<Observable>,
    /// Ranges in order, none of which touches another.
    taken: Vec<(usize, usize)>,
}

impl Found<'_> {
    fn add(&mut self, kind: ObservableKind, value: String, start: usize, end: usize) {
        self.observables.push(Observable { kind, value, span: self.folded.span(start, end) });
    }

    fn take(&mut self, start: usize, end: usize) {
        let from = self.taken.partition_point(|range| range.1 < start);
        let to = self.taken.partition_point(|range| range.0 <= end);
        let start = self.taken[from..to].first().map_or(start, |range| range.0.min(start));
        let end = self.taken[from..to].last().map_or(end, |range| range.1.max(end));
        self.taken.splice(from..to, [(start, end)]);
    }

    fn is_taken(&self, start: usize, end: usize) -> bool {
        let before = self.taken.partition_point(|range| range.0 < end);
        self.taken[..before].last().is_some_and(|range| range.1 > start)
    }
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self { services: Services::new(), numbers: Numbers::new() }
    }

    /// The identifiers of a text in order of their spans, at most `max`. `regions` are the countries whose
    /// national telephone numbers are looked for, the likeliest first.
    pub(crate) fn find(
        &self,
        folded: &Folded<'_>,
        scan: &Scan,
        regions: &[Country],
        max: usize,
    ) -> Vec<Observable> {
        let text = folded.text();
        let candidates = &scan.candidates;
        let mut found = Found { folded, observables: Vec::new(), taken: Vec::new() };
        codes::find(candidates, &mut found);
        web::find(scan, &mut found);
        let cues = self.services.cues(text, scan);
        handles::find(candidates, &cues, &mut found);
        self.numbers.find(candidates, &cues, regions, &mut found);
        let mut observables = found.observables;
        observables.sort_by(|a, b| {
            (a.span.start, a.kind, std::cmp::Reverse(a.span.end), &a.value).cmp(&(
                b.span.start,
                b.kind,
                std::cmp::Reverse(b.span.end),
                &b.value,
            ))
        });
        without_overlaps(&mut observables);
        observables.truncate(max);
        observables
    }
}

/// Of two of one kind that overlap, the one that starts first stays.
fn without_overlaps(observables: &mut Vec<Observable>) {
    let mut ends: Vec<(ObservableKind, u32)> = Vec::new();
    observables.retain(|observable| match ends.iter_mut().find(|end| end.0 == observable.kind) {
        Some(end) if observable.span.start < end.1 => false,
        Some(end) => {
            end.1 = observable.span.end;
            true
        }
        None => {
            ends.push((observable.kind, observable.span.end));
            true
        }
    });
}

/// `at` moved down to the start of a character.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The identifiers of a text as "kind value", with the country of its national numbers.
    pub(super) fn find(text: &str, regions: &[&str]) -> Vec<String> {
        let regions: Vec<Country> = regions.iter().map(|code| code.parse().unwrap()).collect();
        let folded = Folded::new(text);
        let observables = Finder::new().find(&folded, &Scan::new(folded.text(), 100), &regions, 100);
        observables.iter().map(|found| format!("{} {}", found.kind, found.value)).collect()
    }

    #[track_caller]
    pub(super) fn check(text: &str, expected: &[&str]) {
        assert_eq!(find(text, &[]), expected, "{text:?}");
    }

    #[test]
    fn keeps_spans_in_the_original() {
        let text = "Пишите: hr (at) firma [dot] example или +66 2 123 4567";
        let folded = Folded::new(text);
        let found = Finder::new().find(&folded, &Scan::new(folded.text(), 100), &[], 100);
        let words: Vec<&str> = found.iter().map(|found| found.span.slice(text)).collect();
        assert_eq!(words, ["hr (at) firma [dot] example", "firma [dot] example", "+66 2 123 4567"]);
    }

    #[test]
    fn stays_within_its_limit() {
        let text = "a@b.example ".repeat(5000);
        let folded = Folded::new(&text);
        assert_eq!(Finder::new().find(&folded, &Scan::new(folded.text(), 50), &[], 50).len(), 50);
    }
}
