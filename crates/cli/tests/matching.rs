//! Two organisations compare lists: by files carried by hand, and over HTTP between two nodes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;
use support::forewarn;

struct Bureau {
    folder: tempfile::TempDir,
}

impl Bureau {
    fn new(values: &str) -> Self {
        let bureau = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(bureau.file("values.csv"), values).unwrap();
        let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../../incidents/timeline.csv");
        bureau.ok(&["incidents", "import", list]);
        bureau.ok(&["keys", "rotate"]);
        let keys = bureau.ok(&["keys", "list", "--json"]);
        std::fs::write(bureau.file("keys.json"), keys).unwrap();
        let from = bureau.file("values.csv");
        let add = ["share", "sets", "add", "open cases", "--officer", "Desk 4", "--contact", "+1 555 0100"];
        bureau.ok(&[&add[..], &["--from", from.to_str().unwrap()]].concat());
        bureau
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = forewarn(&self.folder.path().join("data"), arguments);
        // A node that serves has the clock of the machine; messages are of their day.
        command.env_remove("FOREWARN_NOW");
        command.env("FOREWARN_KEY_PASSPHRASE", "a passphrase for tests").stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn agree(&self, partner: &Path, more: &[&str]) {
        let key = partner.to_str().unwrap();
        self.ok(&[&["share", "agree", "partner", "--key", key, "--set", "open cases"], more].concat());
    }

    fn hits(&self) -> Vec<(String, String)> {
        let all: Value = serde_json::from_str(&self.ok(&["share", "hits", "--json"])).unwrap();
        let text = |hit: &Value, name: &str| hit[name].as_str().unwrap().to_owned();
        let mut all: Vec<_> =
            all.as_array().unwrap().iter().map(|hit| (text(hit, "value"), text(hit, "case"))).collect();
        all.sort();
        all
    }

    fn served(&self) -> (Child, String) {
        let arguments = ["serve", "--no-sign-in", "--listen", "127.0.0.1:0"];
        let mut child =
            self.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let lines = BufReader::new(out).lines().chain(BufReader::new(err).lines());
        let address = lines.map(Result::unwrap).find_map(|line| {
            let at = line.find("http://")?;
            Some(line[at..].split_whitespace().next()?.trim_end_matches(['/', '.']).to_owned())
        });
        (child, address.unwrap())
    }
}

fn pair() -> (Bureau, Bureau) {
    let ours = "kind,value,case\nphone,+442079460123,A-1\nphone,+442079460124,A-1\n";
    let (a, b) = (Bureau::new(ours), Bureau::new("+442079460123\n+442079460999\n"));
    a.agree(&b.file("keys.json"), &[]);
    b.agree(&a.file("keys.json"), &[]);
    (a, b)
}

#[test]
fn by_files_carried_by_hand() {
    let (a, b) = pair();
    let (one, two, three) = (a.file("1.match"), b.file("2.match"), a.file("3.match"));
    let path = |path: &PathBuf| path.to_str().unwrap().to_owned();
    a.ok(&["share", "match", "begin", "--with", "partner", "--set", "open cases", "--out", &path(&one)]);
    b.ok(&["share", "match", "answer", &path(&one), "--out", &path(&two)]);
    let told = a.ok(&["share", "match", "finish", &path(&two), "--out", &path(&three)]);
    assert!(told.contains("1 in common") && told.contains("Talk to Desk 4, +1 555 0100"), "{told}");
    b.ok(&["share", "match", "finish", &path(&three)]);
    assert_eq!(a.hits(), [("phone:+442079460123".to_owned(), "A-1".to_owned())]);
    assert_eq!(b.hits(), [("phone:+442079460123".to_owned(), String::new())]);
    let session: Value = serde_json::from_str(&a.ok(&["share", "matches", "--json"])).unwrap();
    let id = session[0]["session"].as_str().unwrap().to_owned();
    let held = a.ok(&["share", "match", "recheck", &id[..8]]);
    assert_eq!(held.matches("holds").count(), 2, "{held}");
    // Nothing of the other list is in the files.
    for file in [&one, &two, &three] {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"207946012"), "{file:?}");
    }
}

#[test]
fn between_two_nodes() {
    let (a, b) = pair();
    let (mut node, address) = b.served();
    a.agree(&b.file("keys.json"), &["--url", &format!("{address}/share/match")]);
    let matched =
        a.command(&["share", "match", "--with", "partner", "--set", "open cases", "--plain-http"]).output();
    let counted = a
        .command(&["share", "deconflict", "--with", "partner", "--set", "open cases", "--plain-http"])
        .output();
    node.kill().unwrap();
    node.wait().unwrap();
    for (output, expected) in [(matched.unwrap(), "phone:+442079460123"), (counted.unwrap(), "1 in common")] {
        let told = String::from_utf8_lossy(&output.stdout);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains(expected), "{told}{error}");
    }
    assert_eq!(b.hits(), [(String::new(), String::new()), ("phone:+442079460123".to_owned(), String::new())]);
}
