//! Notices on their way: to a folder, a webhook and a mail server on this machine, with faults.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Output;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use support::forewarn;

const TIMELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../incidents/timeline.csv");
const NOW: &str = "2025-02-01T00:00:00Z";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// With an issued notice EX-1, marked GREEN.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.ok("ana", NOW, &["incidents", "import", TIMELINE]);
        let alarms: Value = serde_json::from_str(&desk.ok("ana", NOW, &["watch", "--json"])).unwrap();
        let alarm = alarms[0]["id"].as_str().unwrap().to_owned();
        let draft =
            ["notice", "draft", &alarm, "--issuer", "Example Bureau", "--number", "EX-1", "--tlp", "GREEN"];
        desk.ok("ana", NOW, &draft);
        desk.ok("ana", NOW, &["notice", "submit", "EX-1", "--why", "w"]);
        for reviewer in ["bo", "cy"] {
            desk.ok(reviewer, NOW, &["notice", "approve", "EX-1", "--why", "w"]);
        }
        desk
    }

    fn issue(&self) {
        let out = self.folder.path().join("out");
        self.ok("dee", NOW, &["notice", "issue", "EX-1", "--why", "w", "--out", out.to_str().unwrap()]);
    }

    fn member(&self, id: &str, country: &str, clearance: &str, channels: &[&str]) {
        let mut arguments = vec![
            "members",
            "put",
            id,
            "--name",
            id,
            "--kind",
            "bureau",
            "--country",
            country,
            "--clearance",
            clearance,
        ];
        for channel in channels {
            arguments.extend(["--channel", channel]);
        }
        self.ok("ana", NOW, &arguments);
    }

    fn run(&self, user: &str, now: &str, arguments: &[&str]) -> Output {
        let mut command = forewarn(&self.folder.path().join("data"), arguments);
        command.env("FOREWARN_USER", user).env("FOREWARN_NOW", now);
        command.env("FOREWARN_KEY_PASSPHRASE", "a passphrase for tests");
        command.stdin(std::process::Stdio::null()).output().unwrap()
    }

    #[track_caller]
    fn ok(&self, user: &str, now: &str, arguments: &[&str]) -> String {
        let output = self.run(user, now, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Delivers once; how many arrived, failed, were given up.
    #[track_caller]
    fn deliver(&self, now: &str, more: &[&str]) -> (u64, u64, u64) {
        let arguments =
            [&["notice", "deliver", "--json", "--plain-http", "--timeout-seconds", "2"], more].concat();
        let output = self.run("timer", now, &arguments);
        let told: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        let of = |name: &str| told[name].as_u64().unwrap();
        (of("delivered"), of("failed"), of("given_up"))
    }

    fn status(&self, member: &str) -> Value {
        let rows: Value =
            serde_json::from_str(&self.ok("ana", NOW, &["notice", "status", "EX-1", "--json"])).unwrap();
        rows.as_array().unwrap().iter().find(|row| row["member"] == member).cloned().unwrap_or(Value::Null)
    }
}

/// A request that a server on this machine got: head and body.
type Request = (String, Vec<u8>);

/// Serves one connection after another; `answer` says what to write, nothing for a server that hangs.
fn server(answer: impl Fn(usize) -> Option<&'static str> + Send + 'static) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let request = read(&mut stream);
            let hangs = answer(number).is_none();
            if let Some(text) = answer(number) {
                let _ = stream.write_all(text.as_bytes());
            }
            let _ = sender.send(request);
            if hangs {
                std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_secs(30));
                    drop(stream);
                });
            }
        }
    });
    (address, receiver)
}

fn read(stream: &mut TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        let line = line.to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head += &line;
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    (head, body)
}

const OK: &str = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const ELSEWHERE: &str =
    "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[test]
fn members_get_what_they_are_cleared_for_and_answer() {
    let desk = Desk::new();
    let inbox = desk.folder.path().join("in box");
    let folder = format!("folder:{}", inbox.display());
    desk.member("ke-bureau", "KE", "AMBER", &[&folder]);
    desk.member("kh-bureau", "KH", "CLEAR", &["folder:/nowhere"]);
    desk.member("fetches", "KE", "GREEN", &[]);
    let early = desk.run("ana", NOW, &["notice", "distribute", "EX-1"]);
    assert!(String::from_utf8_lossy(&early.stderr).contains("only what is issued goes out"));
    desk.issue();
    let plan: Value =
        serde_json::from_str(&desk.ok("ana", NOW, &["notice", "distribute", "EX-1", "--dry-run", "--json"]))
            .unwrap();
    assert_eq!(plan["recipients"], serde_json::json!(["fetches", "ke-bureau"]));
    assert_eq!(plan["left_out"][0]["member"], "kh-bureau");
    assert_eq!(desk.deliver(NOW, &[]), (0, 0, 0));
    for queued in ["1 deliveries queued", "0 deliveries queued"] {
        assert!(desk.ok("ana", NOW, &["notice", "distribute", "EX-1"]).contains(queued));
    }
    assert_eq!(desk.deliver(NOW, &[]), (1, 0, 0));
    assert_eq!(desk.deliver(NOW, &[]), (0, 0, 0));
    let place = std::fs::read_dir(&inbox).unwrap().next().unwrap().unwrap().path();
    let names: BTreeSet<String> = std::fs::read_dir(&place)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.contains("document.json") && names.contains("notice.pdf"), "{names:?}");
    desk.ok("eve", NOW, &["verify", place.join("document.json").to_str().unwrap()]);

    for kind in ["opened", "acknowledged", "acknowledged"] {
        desk.ok("officer", NOW, &["notice", "receipt", "EX-1", "--member", "ke-bureau", "--kind", kind]);
    }
    let reply = [
        "notice",
        "reply",
        "EX-1",
        "--member",
        "ke-bureau",
        "--kind",
        "new_observables",
        "--text",
        "seen in two more ads",
        "--observable",
        "handle:telegram:test_sample_hr",
        "--grading",
        "B2",
    ];
    assert!(desk.ok("officer", NOW, &reply).contains("rpt-"));
    let row = desk.status("ke-bureau");
    for receipt in ["delivered", "opened", "acknowledged"] {
        assert!(row["receipts"][receipt].is_string(), "{row}");
    }
    assert_eq!(row["replies"][0]["observables"][0][0], "handle:telegram");
    let uncleared =
        desk.run("x", NOW, &["notice", "receipt", "EX-1", "--member", "kh-bureau", "--kind", "opened"]);
    assert!(String::from_utf8_lossy(&uncleared.stderr).contains("not cleared"));
    let nobody = desk.run("x", NOW, &["notice", "receipt", "EX-1", "--member", "nobody", "--kind", "opened"]);
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("nobody"));

    // The end goes where the notice went.
    let out = desk.folder.path().join("out");
    desk.ok("ana", NOW, &["notice", "withdraw", "EX-1", "--why", "an error", "--out", out.to_str().unwrap()]);
    assert_eq!(desk.deliver(NOW, &[]), (1, 0, 0));
    assert_eq!(std::fs::read_dir(&inbox).unwrap().count(), 2);
}

#[test]
fn a_webhook_that_fails_is_tried_again_with_the_same_number_and_given_up_in_the_end() {
    let desk = Desk::new();
    desk.issue();
    // Busy, elsewhere, silent, then well.
    let (address, requests) =
        server(|number| [Some(BUSY), Some(ELSEWHERE), None].get(number).copied().unwrap_or(Some(OK)));
    desk.member("hook", "KE", "AMBER", &[&format!("webhook:{address}")]);
    desk.member("dead", "KE", "AMBER", &["webhook:http://127.0.0.1:9/none"]);
    desk.ok("ana", NOW, &["notice", "distribute", "EX-1"]);
    let often = ["--attempts-max", "3"];
    assert_eq!(desk.deliver(NOW, &often), (0, 2, 0));
    assert_eq!(desk.deliver(NOW, &often), (0, 0, 0), "not before its time");
    assert_eq!(desk.deliver("2025-02-01T00:02:00Z", &often), (0, 2, 0));
    assert_eq!(desk.deliver("2025-02-01T01:00:00Z", &often), (0, 0, 2));
    assert!(desk.status("hook")["deliveries"][0]["said"].as_str().unwrap().contains("timeout"));
    assert_eq!(desk.deliver("2025-02-05T00:00:00Z", &often), (0, 0, 0));
    desk.ok("ana", "2025-02-05T00:00:00Z", &["notice", "retry", "EX-1"]);
    assert_eq!(desk.deliver("2025-02-05T00:00:00Z", &often), (1, 0, 1));

    let got: Vec<Request> = requests.try_iter().collect();
    assert_eq!(got.len(), 4);
    let ids: BTreeSet<&str> = got
        .iter()
        .map(|(head, _)| head.lines().find(|line| line.starts_with("webhook-id:")).unwrap())
        .collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let (head, body) = got.last().unwrap();
    assert!(head.contains("webhook-signature: v1,"), "{head}");
    let document: Value = serde_json::from_slice(body).unwrap();
    assert_eq!(document["notice"]["number"], "EX-1");
}

#[test]
fn a_clock_that_was_set_back_stops_no_delivery() {
    let desk = Desk::new();
    desk.issue();
    let inbox = desk.folder.path().join("in");
    desk.member("ke", "KE", "AMBER", &[&format!("folder:{}", inbox.display())]);
    desk.ok("ana", "2030-01-01T00:00:00Z", &["notice", "distribute", "EX-1"]);
    assert_eq!(desk.deliver(NOW, &["--document-only"]), (1, 0, 0));
}

#[test]
fn what_was_queued_survives_a_kill_and_arrives_once_in_a_folder() {
    let desk = Desk::new();
    desk.issue();
    let folders: Vec<PathBuf> = (0..40).map(|at| desk.folder.path().join(format!("in{at}"))).collect();
    for (at, folder) in folders.iter().enumerate() {
        desk.member(&format!("m{at}"), "KE", "AMBER", &[&format!("folder:{}", folder.display())]);
    }
    desk.ok("ana", NOW, &["notice", "distribute", "EX-1"]);
    for wait in [50, 400, 800] {
        let arguments = ["notice", "deliver", "--document-only", "--parallel-max", "1"];
        let mut command = forewarn(&desk.folder.path().join("data"), &arguments);
        command.env("FOREWARN_NOW", NOW).stdin(std::process::Stdio::null());
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    desk.deliver(NOW, &["--document-only"]);
    assert_eq!(desk.deliver(NOW, &[]), (0, 0, 0));
    for folder in folders {
        let places: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert_eq!(places.len(), 1, "{}", folder.display());
    }
}
