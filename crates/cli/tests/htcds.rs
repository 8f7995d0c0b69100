//! Cases come in, their codes go out, and who they are about leaves only on demand, until it is erased.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use support::forewarn;

const CASES: &str = "fw_CaseId,con_Consent,prs_FirstName,prs_SecondName,vic_TypeOfExploitation,fw_HubCountry\n\
                     C-1,yes,Invented,Person,ForcedLabour,KH\nC-2,no,Another,Person,Other,MM\n\
                     C-3,yes,Third,Person,ForcedLabor,KH\n";

fn run(data: &Path, passphrase: &str, arguments: &[&str]) -> Output {
    let mut command = forewarn(data, arguments);
    command.env("FOREWARN_KEY_PASSPHRASE", passphrase).stdin(std::process::Stdio::null());
    command.output().unwrap()
}

#[track_caller]
fn ok(data: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(data, "a passphrase for tests", arguments);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[track_caller]
fn cases(text: &str) -> Value {
    serde_json::from_str::<Value>(text).unwrap()["cases"].take()
}

#[test]
fn persons_stay_sealed_leave_on_demand_and_are_erased() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("cases.csv"));
    std::fs::write(&file, CASES).unwrap();
    let told = ok(&data, &["htcds", "import", file.to_str().unwrap()], 3);
    assert!(told.contains("2 new") && told.contains("1 with a sealed part"), "{told}");
    assert!(told.contains("the nearest is ForcedLabour") && told.contains("without consent"), "{told}");

    let open = cases(&ok(&data, &["htcds", "export"], 0));
    let expected = json!([
        { "fw_CaseId": "C-1", "con_Consent": true, "vic_TypeOfExploitation": ["ForcedLabour"], "fw_HubCountry": "KH" },
        { "fw_CaseId": "C-2", "con_Consent": false, "vic_TypeOfExploitation": ["Other"], "fw_HubCountry": "MM" },
    ]);
    assert_eq!(open, expected);
    let person = ["htcds", "export", "--case", "C-1", "--persons", "--why", "referral"];
    assert_eq!(cases(&ok(&data, &person, 0))[0]["prs_FirstName"], "Invented");
    let wrong = run(&data, "another passphrase", &person);
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("the passphrase is not the one"));
    for item in std::fs::read_dir(&data).unwrap() {
        let path = item.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        assert!(!bytes.windows(8).any(|window| window == b"Invented"), "{}", path.display());
    }

    assert!(ok(&data, &["htcds", "erase", "C-1", "--why", "asked for"], 0).contains("erased"));
    assert_eq!(cases(&ok(&data, &person, 0))[0], expected[0]);
    let told = ok(&data, &["htcds", "import", file.to_str().unwrap()], 3);
    assert!(told.contains("1 stay erased"), "{told}");
    assert_eq!(cases(&ok(&data, &person, 0))[0], expected[0]);
    assert!(ok(&data, &["htcds", "list"], 0).contains("erased 2025-01-02"));
    ok(&data, &["verify"], 0);
}

#[test]
fn what_leaves_as_a_table_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("cases.csv"));
    std::fs::write(&file, CASES).unwrap();
    ok(&data, &["htcds", "import", file.to_str().unwrap()], 3);
    let out = folder.path().join("out.csv");
    ok(&data, &["htcds", "export", "--out", out.to_str().unwrap()], 0);
    let other = folder.path().join("other");
    ok(&other, &["htcds", "import", out.to_str().unwrap()], 0);
    assert_eq!(cases(&ok(&other, &["htcds", "export"], 0)), cases(&ok(&data, &["htcds", "export"], 0)));
}
