//! A notice in one language as plain text.

use forewarn_model::{LocalizedNotice, LocalizedSentence, Notice};

/// The title: kind, number and headline.
pub(super) fn title(notice: &Notice, text: &LocalizedNotice) -> String {
    let kind = text.labels.get("kind").map_or_else(|| plain_kind(notice), String::clone);
    format!("{kind} {}: {}", notice.number, text.headline.text)
}

/// The title where there is no text.
pub(super) fn plain_title(notice: &Notice) -> String {
    format!("{} {}", plain_kind(notice), notice.number)
}

/// Headline, sections and references. Numbers in brackets point to the references.
pub(super) fn body(notice: &Notice, text: &LocalizedNotice) -> String {
    let mut lines = vec![sentence(&text.headline)];
    for section in &text.sections {
        lines.push(String::new());
        lines.push(section.heading.clone());
        lines.extend(section.sentences.iter().map(|said| format!("- {}", sentence(said))));
    }
    lines.push(String::new());
    lines.extend(text.labels.get("references").cloned());
    lines.push(references(notice));
    lines.extend(text.labels.get("disclaimer").cloned());
    lines.join("\n")
}

/// The references, a line each: number, label, grading and the day from which it was known.
pub(super) fn references(notice: &Notice) -> String {
    let lines = notice.references().into_iter().enumerate().map(|(at, reference)| {
        format!("[{}] {} ({}, {})", at + 1, reference.label, reference.grading, reference.known_from)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn sentence(sentence: &LocalizedSentence) -> String {
    match sentence.refs.as_slice() {
        [] => sentence.text.clone(),
        refs => {
            let numbers = refs.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            format!("{} [{numbers}]", sentence.text)
        }
    }
}

fn plain_kind(notice: &Notice) -> String {
    let kind = notice.kind.as_str();
    format!("{}{} Notice", kind[..1].to_uppercase(), &kind[1..])
}
