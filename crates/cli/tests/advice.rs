//! What a job seeker gets from `forewarn check`, and what is left of it afterwards: nothing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use support::{json, run};

/// Words that no log line and no file may hold.
const SECRET: &str = "Poipet-hotel-77342";

fn lure() -> String {
    format!(
        "{SECRET}: customer service in Poipet, Cambodia, 3,500 USD, no experience. We pay the flight, your \
         passport is kept by the company. Telegram only. Start this week!"
    )
}

#[track_caller]
fn told(arguments: &[&str], input: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), arguments, input);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        }
        found.push(path.display().to_string());
    }
    found
}

#[test]
fn nothing_is_stored_and_nothing_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["check", "-", "--log", "trace"][..], &["check", "-", "--json", "--log", "trace"]] {
        let mut command = support::forewarn(folder.path(), arguments);
        // Everything that a program could write to by habit points into the folder.
        command.current_dir(folder.path()).env("HOME", folder.path()).env("TMPDIR", folder.path());
        let mut child = command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), lure().as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!String::from_utf8_lossy(&output.stderr).contains(SECRET));
        assert!(String::from_utf8_lossy(&output.stdout).contains("Poipet"));
    }
    assert_eq!(files_below(folder.path()), Vec::<String>::new());
}

#[test]
fn answers_in_the_language_that_is_wanted() {
    let french = "Urgent : cherchons agents de service client au Cambodge, 3000 dollars par mois, sans \
                  expérience, billet d’avion payé, contact par Telegram seulement.";
    for (arguments, input, expected) in [
        (&["check", "-"][..], lure(), "strong warning signs"),
        (&["check", "-", "--lang", "ar"], lure(), "علامات تحذير قوية"),
        (&["check", "-", "--lang", "zh-TW"], lure(), "警示跡象"),
        (&["check", "-"], french.to_owned(), "signes d’alerte"),
        (&["check", "-", "--lang", "en"], french.to_owned(), "warning signs"),
    ] {
        let (out, _) = told(arguments, input.as_bytes());
        assert!(out.contains(expected), "{arguments:?}: {out}");
    }
    let (out, err) = told(&["check", "-", "--lang", "cy"], lure().as_bytes());
    assert!(out.contains("warning signs") && err.contains("no answer in cy yet"), "{err}");
}

#[test]
fn what_is_piped_in_needs_no_name_and_a_country_no_capitals() {
    let (out, _) = told(&["check", "--country", "ke"], lure().as_bytes());
    assert!(out.contains("strong warning signs") && out.contains("Your country: Kenya"), "{out}");
}

#[test]
fn a_blank_text_is_said_to_be_short_and_has_no_signs() {
    for blank in ["", " \n\t "] {
        let (out, _) = told(&["check"], blank.as_bytes());
        assert!(out.contains("very short") && !out.contains("who the employer is"), "{out}");
    }
}

#[test]
fn what_is_no_text_is_refused_and_never_told_to_have_no_signs() {
    let noise: Vec<u8> = (0..3_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let folder = tempfile::tempdir().unwrap();
    for (bytes, remedy) in [
        (&b"%PDF-1.7\n1 0 obj"[..], "PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"\x1f\x8b\x08\0", "decompress"),
        (noise.as_slice(), "plain text"),
    ] {
        let output = run(folder.path(), &["check"], bytes);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(output.stdout.is_empty() && told.contains(remedy), "{told}");
    }
}

#[test]
fn who_reads_no_messages_gets_the_exit_code_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = support::forewarn(folder.path(), &["check", "no-such-file.txt"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(command.stderr(writer).status().unwrap().code(), Some(1));
}

#[test]
fn writes_no_colour_and_no_control_characters_into_a_pipe() {
    let text = format!("{}\u{1b}]0;title\u{7}\u{202e}passport is kept by us\u{1b}[2J", lure());
    let (out, _) = told(&["check", "-"], text.as_bytes());
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
    assert!(!out.contains('\u{202e}'));
}

#[test]
fn words_from_right_to_left_are_isolated() {
    let (out, _) = told(&["check", "-", "--lang", "ar"], lure().as_bytes());
    let count = |mark: char| out.chars().filter(|c| *c == mark).count();
    let (first, left, end) = (count('\u{2068}'), count('\u{2066}'), count('\u{2069}'));
    assert!(first > 0 && left > 0, "{out}");
    assert_eq!(first + left, end);
    assert!(out.contains("\u{2066}117\u{2069}"), "{out}");
}

#[test]
fn json_has_the_advice_with_sources() {
    let folder = tempfile::tempdir().unwrap();
    let told = json(folder.path(), &["check", "-", "--country", "KE"], lure().as_bytes(), 0);
    let advice = &told["advice"];
    assert_eq!(advice["language"], "en");
    let signs = advice["signs"].as_array().unwrap();
    assert!(signs.iter().any(|sign| sign["id"] == "passport_handover" && sign["ask"].is_string()));
    for group in advice["help"].as_array().unwrap() {
        for entry in group["entries"].as_array().unwrap() {
            assert!(entry["source"].as_str().unwrap().starts_with("http"));
            assert_eq!(entry["checked"].as_str().unwrap().len(), "2026-11-22".len());
        }
    }
}

#[test]
fn an_offer_of_nothing_gets_a_defined_answer() {
    for input in [&b""[..], b"\n\n", b"\xff\xfe\xfd", b"?????", "🙂🙂🙂".as_bytes()] {
        let (out, _) = told(&["check", "-", "--reasons"], input);
        assert!(out.contains("too short to judge") && !out.contains("No known warning signs"), "{out}");
        assert!(out.contains("The text is very short"), "{out}");
    }
}
