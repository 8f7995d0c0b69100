//! What the fuzz target of `extract` runs, shared with its tests. What must hold: no panic, every span lies
//! in the text, and the same text gives the same facts.

use std::sync::OnceLock;

use forewarn_extract::Extractor;

/// Any bytes as a text; what is not UTF-8 is replaced, as readers do.
pub(crate) fn extract(bytes: &[u8]) {
    static EXTRACTOR: OnceLock<Option<Extractor>> = OnceLock::new();
    let Some(extractor) = EXTRACTOR.get_or_init(|| Extractor::builtin().ok()) else { return };
    let text = String::from_utf8_lossy(bytes);
    let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let (facts, problems) = extractor.extract_text(&text);
    let spans = facts.observables.iter().map(|found| found.span);
    let spans = spans.chain(facts.places.iter().map(|found| found.span));
    for span in spans.chain(facts.money.iter().map(|found| found.span)) {
        assert!(span.start < span.end && span.end <= chars, "{span:?} in a text of {chars}");
    }
    assert!((facts, problems) == extractor.extract_text(&text), "the same again");
}
