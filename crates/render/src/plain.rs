//! A notice as plain text: to be read out, sent by telex, fax or SMS, or pasted into a mail.

use forewarn_model::{LocalizedNotice, Notice, Section};

use crate::clean::{isolate, isolate_numbers};
use crate::sheet::{Line, Sheet, cited};

/// The whole notice in one language, one sentence to a line. Lines are not wrapped: the device that shows
/// them knows its width.
pub fn text(notice: &Notice, text: &LocalizedNotice) -> String {
    let sheet = Sheet::new(notice, text);
    let rtl = text.language.is_right_to_left();
    let prose = |text: &str| if rtl { isolate_numbers(text) } else { text.to_owned() };
    // A Latin value inside Arabic has to be kept together; inside Latin text nothing can turn it round.
    let value = |text: &str| if rtl { isolate(text) } else { text.to_owned() };
    let sentence = |line: &Line| format!("{} {}", prose(&line.text), cited(&line.refs)).trim_end().to_owned();

    let mut out: Vec<String> = vec![notice.marking.to_string()];
    out.extend(sheet.state_warning());
    out.push(format!("{} {}", sheet.label("kind"), value(&notice.number)));
    out.push(sheet.label("kind-meaning"));
    out.extend([String::new(), sentence(&sheet.headline()), String::new()]);
    out.extend(sheet.facts().iter().map(|(name, fact)| format!("{name}: {}", value(fact))));

    for part in sheet.parts() {
        out.extend(heading(&part.heading));
        out.extend(part.lines.iter().map(|line| format!("- {}", sentence(line))));
    }
    let observables = sheet.observables();
    if !observables.is_empty() {
        out.extend(heading(&sheet.label("observables")));
        out.extend(observables.iter().map(|row| {
            format!("- {}: {} {}", row.kind, value(&row.value), cited(&row.refs)).trim_end().to_owned()
        }));
    }
    out.extend(heading(&sheet.label("references")));
    for reference in sheet.references() {
        out.push(format!(
            "[{}] {}; {}: {}; {}: {}; {}",
            reference.number,
            value(&reference.label),
            sheet.label("grading"),
            value(&reference.grading),
            sheet.label("known-from"),
            value(&reference.known_from),
            value(&reference.id),
        ));
    }
    out.push(String::new());
    out.extend(sheet.notes());
    out.extend([sheet.label("disclaimer"), notice.marking.to_string(), String::new()]);
    out.join("\n")
}

/// The notice in at most `chars_max` characters, for SMS and radio: marking, kind and number, the headline,
/// then as many of the recommended actions as fit, whole sentences only. A headline that does not fit ends
/// in an ellipsis.
pub fn short(notice: &Notice, text: &LocalizedNotice, chars_max: usize) -> String {
    let sheet = Sheet::new(notice, text);
    let mut out =
        format!("{} {} {}: {}", sheet.tlp(), sheet.label("kind"), notice.number, sheet.headline().text);
    if out.chars().count() > chars_max {
        let mut cut: String = out.chars().take(chars_max.saturating_sub(1)).collect();
        cut.truncate(cut.trim_end().len());
        cut.extend((chars_max > 0).then_some('…'));
        return cut;
    }
    let parts = sheet.parts();
    let actions = parts.iter().filter(|part| part.section == Section::Actions).flat_map(|part| &part.lines);
    for action in actions {
        if out.chars().count() + 1 + action.text.chars().count() > chars_max {
            break;
        }
        out.push(' ');
        out.push_str(&action.text);
    }
    out
}

fn heading(text: &str) -> [String; 3] {
    let rule = "-".repeat(text.chars().count().min(72));
    [String::new(), text.to_owned(), rule]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn reads_from_top_to_bottom() {
        let sample = sample::notice();
        insta::assert_snapshot!("english", text(&sample.notice, &sample.texts[0]));
        insta::assert_snapshot!("arabic", text(&sample.notice, &sample.texts[1]));
    }

    #[test]
    fn hostile_text_stays_text() {
        let sample = sample::hostile();
        let out = text(&sample.notice, &sample.texts[0]);
        assert!(out.contains("#import \"/etc/passwd\"") && out.contains("[U+202E]"));
        assert!(!out.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[track_caller]
    fn check(chars_max: usize, expected: &str) {
        let sample = sample::notice();
        let out = short(&sample.notice, &sample.texts[0], chars_max);
        assert!(out.chars().count() <= chars_max);
        assert_eq!(out, expected);
    }

    #[test]
    fn the_short_form_keeps_its_length() {
        let head = "TLP:AMBER Orange Notice FW-2023-OR-0001: Job offers draw people into scam centres in \
                    Cambodia and Myanmar.";
        check(0, "");
        check(1, "…");
        check(10, "TLP:AMBER…");
        check(120, head);
        check(
            200,
            &format!("{head} Border police: ask travellers with a ticket paid by an unknown employer."),
        );
    }
}
