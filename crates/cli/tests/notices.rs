//! A notice from alarm to end, as its people go it, and what happens when somebody tampers with it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use support::forewarn;

const PASSPHRASE: &str = "a passphrase for tests";
const TIMELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../incidents/timeline.csv");

/// A data folder with the timeline, and a folder for what is written.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.ok("ana", "2025-02-01T00:00:00Z", &["incidents", "import", TIMELINE]);
        desk
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn run(&self, user: &str, now: &str, passphrase: &str, arguments: &[&str]) -> Output {
        let mut command = forewarn(&self.data(), arguments);
        command.env("FOREWARN_USER", user).env("FOREWARN_NOW", now);
        command.env("FOREWARN_KEY_PASSPHRASE", passphrase).stdin(std::process::Stdio::null());
        command.output().unwrap()
    }

    #[track_caller]
    fn ok(&self, user: &str, now: &str, arguments: &[&str]) -> String {
        let output = self.run(user, now, PASSPHRASE, arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    fn refused(&self, user: &str, now: &str, arguments: &[&str], expected: &str) {
        let output = self.run(user, now, PASSPHRASE, arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{arguments:?} should be refused");
        assert!(told.contains(expected), "{arguments:?}: {told:?} should say {expected:?}");
    }

    /// Drafts, reviews and issues a notice on the latest alarm on a region; the path of its document.
    fn issued(&self, number: &str, day: &str) -> PathBuf {
        let now = format!("{day}T00:00:00Z");
        let alarms: Value = serde_json::from_str(&self.ok("ana", &now, &["watch", "--json"])).unwrap();
        let alarm = alarms.as_array().unwrap().iter().rfind(|alarm| alarm["kind"] == "region").unwrap();
        let alarm = alarm["id"].as_str().unwrap();
        let draft =
            ["notice", "draft", alarm, "--issuer", "Example Bureau", "--number", number, "--tlp", "GREEN"];
        self.ok("ana", &now, &draft);
        self.ok("ana", &now, &["notice", "submit", number, "--why", "the alarm stands"]);
        for reviewer in ["bo", "cy"] {
            self.ok(reviewer, &now, &["notice", "approve", number, "--why", "compared"]);
        }
        let out = self.out().join(number);
        let out = out.to_str().unwrap();
        self.ok("dee", &now, &["notice", "issue", number, "--why", "approved", "--out", out]);
        Path::new(out).join("notice.json")
    }

    /// What `verify` says of a document with a copy of the log.
    fn verify(&self, document: &Path, more: &[&str]) -> Value {
        let arguments = [&["verify", document.to_str().unwrap(), "--json"], more].concat();
        let output = self.run("eve", "2026-01-01T00:00:00Z", PASSPHRASE, &arguments);
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(if told["holds"] == true { 0 } else { 4 }), "{told}");
        told
    }
}

#[test]
fn a_notice_is_issued_replaced_and_ended_and_every_copy_can_be_verified() {
    let desk = Desk::new();
    let first = desk.issued("EX-1", "2025-02-01");
    let log = desk.folder.path().join("log");
    let log_folder = log.to_str().unwrap();
    desk.ok("ana", "2025-02-01T00:00:00Z", &["notice", "log", "--out", log_folder]);
    let kept = desk.folder.path().join("kept");
    std::fs::copy(log.join("checkpoint"), &kept).unwrap();

    // A new key, a second notice, the first one replaced, the second one taken back.
    desk.ok("ana", "2025-03-01T00:00:00Z", &["keys", "rotate"]);
    let second = desk.issued("EX-2", "2025-03-02");
    let out = desk.out();
    let out = out.to_str().unwrap();
    let late = "2025-03-03T00:00:00Z";
    let why = ["--why", "the route has changed", "--out", out];
    desk.ok("ana", late, &[&["notice", "supersede", "EX-1", "--by", "EX-2"], &why[..]].concat());
    desk.refused(
        "ana",
        late,
        &[&["notice", "supersede", "EX-1", "--by", "EX-2"], &why[..]].concat(),
        "superseded",
    );
    desk.refused("ana", late, &[&["notice", "expire", "EX-2"], &why[..]].concat(), "last day");
    desk.ok("ana", late, &[&["notice", "withdraw", "EX-2"], &why[..]].concat());
    desk.ok("ana", late, &["notice", "log", "--out", log_folder]);

    let known = ["--log-folder", log_folder, "--checkpoint", kept.to_str().unwrap()];
    let ends = [desk.out().join("EX-1.superseded.json"), desk.out().join("EX-2.withdrawn.json")];
    for (document, state) in
        [(&first, "issued"), (&second, "issued"), (&ends[0], "superseded"), (&ends[1], "withdrawn")]
    {
        let told = desk.verify(document, &known);
        assert_eq!(told["holds"], true, "{told}");
        assert_eq!(told["state"], state);
        assert_eq!(told["trusted"], true);
    }
    assert_ne!(desk.verify(&first, &[])["kid"], desk.verify(&second, &[])["kid"]);
    let whole: Value = serde_json::from_str(&desk.ok("ana", late, &["verify", "--json"])).unwrap();
    assert_eq!(whole["checks"].as_array().unwrap().len(), 6, "{whole}");

    tampered(&desk, &first, &log, &known);
}

/// Every change to the document, the log, the keys or the checkpoint is seen and named.
fn tampered(desk: &Desk, document: &Path, log: &Path, known: &[&str]) {
    let good = std::fs::read_to_string(document).unwrap();
    let forged = desk.folder.path().join("forged.json");
    let changes: &[(&str, &str, &str)] = &[
        ("Example Bureau", "Another Bureau", "signature"),
        ("\"index\": 0", "\"index\": 1", "log"),
        ("\"hashes\": []", "\"hashes\": [\"ztjUqDPypEr+dR7a1+klsYZYIokvpv7CfC4NoYZUbmw=\"]", "log"),
        ("\\n1\\n", "\\n2\\n", "log"),
    ];
    for (from, to, what) in changes {
        assert!(good.contains(from), "{from}");
        std::fs::write(&forged, good.replace(from, to)).unwrap();
        let told = desk.verify(&forged, known);
        assert!(told["why"].as_str().unwrap().starts_with(what), "{from} -> {to}: {told}");
    }
    let tile =
        std::fs::read_dir(log.join("tile/0/000.p")).unwrap().map(|file| file.unwrap().path()).max().unwrap();
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&tile, &bytes).unwrap();
    let told = desk.verify(&desk.out().join("EX-2/notice.json"), known);
    assert!(told["why"].as_str().unwrap().contains("log"), "{told}");
}

#[test]
fn the_key_is_had_with_its_passphrase_only_and_no_passphrase_is_told() {
    let desk = Desk::new();
    let now = "2025-02-01T00:00:00Z";
    let short = desk.run("ana", now, "short", &["keys", "rotate"]);
    assert!(String::from_utf8_lossy(&short.stderr).contains("shorter than"));
    desk.issued("EX-1", "2025-02-01");
    desk.ok("ana", now, &["keys", "list"]);
    let wrong = "another passphrase";
    let alarm = desk.ok("ana", now, &["watch", "--json"]);
    let alarm: Value = serde_json::from_str(&alarm).unwrap();
    let alarm = alarm[0]["id"].as_str().unwrap();
    desk.ok(
        "ana",
        now,
        &["notice", "draft", alarm, "--issuer", "Example Bureau", "--number", "EX-9", "--tlp", "GREEN"],
    );
    desk.ok("ana", now, &["notice", "submit", "EX-9", "--why", "w"]);
    for reviewer in ["bo", "cy"] {
        desk.ok(reviewer, now, &["notice", "approve", "EX-9", "--why", "w"]);
    }
    let out = desk.out();
    let issue = ["notice", "issue", "EX-9", "--why", "w", "--out", out.to_str().unwrap()];
    let output = desk.run("dee", now, wrong, &issue);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("not the one"), "{told}");
    assert!(!told.contains(wrong) && !told.contains(PASSPHRASE), "{told}");
    // Refused is refused: with the right passphrase it is issued after all, once.
    desk.ok("dee", now, &issue);
    let pem = std::fs::read_dir(desk.data().join("keys")).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(pem).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}

#[test]
fn blocked_findings_stand_only_with_a_reason() {
    let desk = Desk::new();
    let now = "2025-02-01T00:00:00Z";
    let alarms: Value = serde_json::from_str(&desk.ok("ana", now, &["watch", "--json"])).unwrap();
    let alarm = alarms[0]["id"].as_str().unwrap();
    desk.ok(
        "ana",
        now,
        &["notice", "draft", alarm, "--issuer", "Example Bureau", "--number", "EX-1", "--tlp", "AMBER"],
    );
    // For recipients who are cleared for less than the notice's marking.
    let submit = ["notice", "submit", "EX-1", "--why", "w", "--audience", "GREEN"];
    desk.refused("ana", now, &submit, "finding-marking-above");
    desk.refused(
        "ana",
        now,
        &[&submit[..], &["--override", "finding-marking-above"]].concat(),
        "expected FINDING",
    );
    desk.refused("ana", now, &[&submit[..], &["--override", "finding-marking-above= "]].concat(), "blank");
    let reason = "finding-marking-above=the recipients agreed to AMBER by letter";
    desk.ok("ana", now, &[&submit[..], &["--override", reason]].concat());
    let list: Value =
        serde_json::from_str(&desk.ok("ana", now, &["notice", "show", "EX-1", "--json"])).unwrap();
    assert!(list.to_string().contains("agreed to AMBER by letter"), "{list}");
}

#[test]
fn reminds_before_retention_ends() {
    let desk = Desk::new();
    desk.issued("EX-1", "2025-02-01");
    for (now, within, expected) in [
        ("2025-06-01T00:00:00Z", "30", ""),
        ("2026-01-15T00:00:00Z", "30", "review in 17 days"),
        ("2026-02-03T00:00:00Z", "30", "past its last day by 2 days"),
    ] {
        let told = desk.ok("ana", now, &["notice", "due", "--within-days", within]);
        assert!(told.contains(expected), "{now}: {told}");
        assert_eq!(told.contains("EX-1"), !expected.is_empty(), "{now}: {told}");
    }
    let out = desk.out();
    desk.ok(
        "ana",
        "2026-02-03T00:00:00Z",
        &["notice", "expire", "EX-1", "--why", "w", "--out", out.to_str().unwrap()],
    );
}

#[test]
fn a_notice_is_issued_once_or_not_at_all_whenever_it_is_killed() {
    let desk = Desk::new();
    let now = "2025-02-01T00:00:00Z";
    // The key is made before, so that each kill falls into the issuing itself.
    desk.ok("ana", now, &["keys", "rotate"]);
    let alarms: Value = serde_json::from_str(&desk.ok("ana", now, &["watch", "--json"])).unwrap();
    let alarm = alarms[0]["id"].as_str().unwrap();
    let draft =
        ["notice", "draft", alarm, "--issuer", "Example Bureau", "--number", "EX-1", "--tlp", "GREEN"];
    desk.ok("ana", now, &draft);
    desk.ok("ana", now, &["notice", "submit", "EX-1", "--why", "w"]);
    for reviewer in ["bo", "cy"] {
        desk.ok(reviewer, now, &["notice", "approve", "EX-1", "--why", "w"]);
    }
    let out = desk.out();
    let issue = ["notice", "issue", "EX-1", "--why", "w", "--out", out.to_str().unwrap()];
    for wait_ms in [20, 300, 1_500] {
        let mut command = forewarn(&desk.data(), &issue);
        command.env("FOREWARN_USER", "dee").env("FOREWARN_NOW", now);
        command.env("FOREWARN_KEY_PASSPHRASE", PASSPHRASE).stdin(std::process::Stdio::null());
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever the instant: either still approved, or issued with its document and its leaf.
        desk.ok("eve", now, &["verify"]);
    }
    desk.ok("dee", now, &issue);
    let signed = std::fs::read(out.join("notice.json")).unwrap();
    desk.ok("dee", now, &issue);
    assert_eq!(std::fs::read(out.join("notice.json")).unwrap(), signed, "issued once");
    let log = desk.folder.path().join("log");
    desk.ok("ana", now, &["notice", "log", "--out", log.to_str().unwrap()]);
    let checkpoint = std::fs::read_to_string(log.join("checkpoint")).unwrap();
    assert_eq!(checkpoint.lines().nth(1), Some("1"), "one leaf");
    // A clock that was set back refuses the next step, and says so; nothing is lost.
    let end = ["notice", "withdraw", "EX-1", "--why", "w", "--out", out.to_str().unwrap()];
    desk.refused("dee", "2025-01-31T00:00:00Z", &end, "lies before its last step");
    desk.ok("dee", "2025-02-02T00:00:00Z", &end);
}

/// The number of the sentence with the advice to job seekers, as the command shows it.
fn advice(shown: &str) -> String {
    let line = shown.lines().find(|line| line.contains("Job seekers:")).unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}

#[test]
fn an_extract_is_public_after_two_people_and_ends_with_its_notice() {
    let desk = Desk::new();
    desk.issued("EX-1", "2025-02-01");
    let now = "2025-02-02T00:00:00Z";
    let shown = desk.ok("dee", now, &["notice", "extract", "show", "EX-1"]);
    assert!(shown.contains("nothing of it is public"), "{shown}");
    let sentence = advice(&shown);
    let propose = ["notice", "extract", "propose", "EX-1", "--why", "job seekers should know"];
    desk.refused("dee", now, &propose, "finding-extract-empty");
    desk.refused("dee", now, &[&propose[..], &["--sentence", "999"]].concat(), "no sentence 999");
    desk.ok("dee", now, &[&propose[..], &["--sentence", &sentence]].concat());
    desk.refused("Dee", now, &["notice", "extract", "publish", "EX-1", "--why", "w"], "another person");
    let feed = |now: &str| {
        let out = desk.folder.path().join("public");
        desk.ok("any", now, &["notice", "feed", "--out", out.to_str().unwrap()]);
        std::fs::read_to_string(out.join("feed.en.atom")).unwrap()
    };
    assert!(!feed(now).contains("<entry"), "proposed is not public");
    desk.ok("bo", now, &["notice", "extract", "publish", "EX-1", "--why", "it names nobody"]);
    let standing = feed(now);
    assert!(
        standing.contains("<entry") && standing.contains("Do not travel for work on a tourist"),
        "{standing}"
    );
    let later = "2025-02-03T00:00:00Z";
    let out = desk.out();
    let end = ["notice", "withdraw", "EX-1", "--why", "an error", "--out", out.to_str().unwrap()];
    desk.ok("dee", later, &end);
    let ended = feed(later);
    assert!(ended.contains("withdrawn on 2025-02-03") && !ended.contains("tourist"), "{ended}");
    let ids = |feed: &str| feed.matches("<id>").count();
    assert_eq!(ids(&standing), ids(&ended), "an entry that ended stays, and says so");
}

#[test]
fn a_purple_notice_is_drafted_from_a_campaign() {
    let desk = Desk::new();
    let offers = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/offers/campaigns.jsonl");
    let now = "2025-02-01T00:00:00Z";
    desk.ok("ana", now, &["ingest", offers, "--tlp", "CLEAR"]);
    let campaigns: Value = serde_json::from_str(&desk.ok("ana", now, &["campaigns", "--json"])).unwrap();
    let id = campaigns.pointer("/0/id").or_else(|| campaigns.pointer("/campaigns/0/id")).unwrap();
    let id = id.as_str().unwrap();
    let head = ["--issuer", "Example Bureau", "--number", "EX-P", "--tlp", "GREEN"];
    desk.refused("ana", now, &[&["notice", "draft", "cmp-0000"], &head[..]].concat(), "campaign");
    desk.refused("ana", now, &[&["notice", "draft", "nonsense"], &head[..]].concat(), "expected an alarm");
    desk.ok("ana", now, &[&["notice", "draft", &id[..12]], &head[..]].concat());
    let shown = desk.ok("ana", now, &["notice", "show", "EX-P", "--lang", "es"]);
    assert!(shown.contains("Notificación morada") && shown.contains("anuncios"), "{shown}");
    desk.ok("ana", now, &["notice", "check", "EX-P"]);
}
