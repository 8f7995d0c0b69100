//! What lists say when there is nothing in them: never nothing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::{json, run};

/// A list of an empty store, and the words in which it says what to do.
const LISTS: &[(&[&str], &str)] = &[
    (&["reports"], "forewarn ingest"),
    (&["campaigns"], "forewarn ingest"),
    (&["incidents", "list"], "forewarn incidents import"),
    (&["incidents", "candidates"], "forewarn ingest --kind news"),
    (&["network", "marks"], "forewarn network mark-wrong"),
    (&["notice", "list"], "forewarn notice draft"),
    (&["notice", "due"], "0 notices are due"),
    (&["members", "list"], "forewarn members put"),
    (&["users", "list"], "forewarn users add"),
    (&["users", "tokens"], "--make"),
    (&["audit", "--actor", "nobody"], "no entry fits"),
    (&["htcds", "list"], "forewarn htcds import"),
    (&["share", "status"], "forewarn share partners add"),
    (&["share", "partners", "list"], "forewarn share partners add"),
    (&["share", "take"], "forewarn share partners add"),
    (&["share", "held"], "nothing is held back"),
    (&["share", "sets", "list"], "forewarn share sets add"),
    (&["share", "agreements"], "forewarn share agree"),
    (&["share", "matches"], "forewarn share match"),
    (&["share", "hits"], "forewarn share match"),
    (&["statistics", "--past"], "nothing was released yet"),
    (&["keys", "list"], "forewarn notice issue"),
];

#[test]
fn an_empty_list_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    json(data, &["share", "import", "-"], br#"{"type":"bundle","objects":[]}"#, 0);
    for (words, expected) in LISTS {
        let output = run(data, words, b"");
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {told}");
        assert!(told.contains(expected), "{words:?} does not say {expected:?}: {told}");
        let told = run(data, &[words, &["--json"][..]].concat(), b"");
        assert_eq!(String::from_utf8_lossy(&told.stderr), "", "{words:?}: JSON speaks for itself");
        assert!(serde_json::from_slice::<serde_json::Value>(&told.stdout).is_ok(), "{words:?}");
    }
}
