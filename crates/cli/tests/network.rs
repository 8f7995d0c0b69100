//! The network and the campaigns as an analyst meets them: what is tied, by what, and what is wrong with it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{json, run};

const WALLET: &str = "TNJGU5tjSzC1EQQabZoy1nnVkBGTFwAMaa";

/// Three ads of one template, one of another with the same contact, and a scam site with its wallet.
fn told(data: &Path) {
    let ad = |name: &str, number: u32| {
        format!(
            "{{\"id\":\"{number}\",\"text\":\"Customer service staff wanted in {name}. Salary {number}000 USD a month, \
             free flight, hotel and visa, no experience needed, passport and typing speed only. \
             Contact our manager on Telegram @hr_vest_test at any hour.\"}}\n"
        )
    };
    let ads = ["Lima", "Oslo", "Perth"].iter().zip(1..).map(|(name, number)| ad(name, number));
    let ads: String = ads.collect::<String>()
        + "{\"id\":\"9\",\"text\":\"Carpenters for a hotel, long project, ask @hr_vest_test or mail jobs@gmail.com\"}\n";
    json(data, &["ingest", "--format", "jsonl", "--source", "board", "-"], ads.as_bytes(), 0);
    let scam = "I lost my savings on samplevest.example, told to me by @hr_vest_test on Telegram.";
    json(data, &["ingest", "--kind", "scam_report", "--grading", "B2", "-"], scam.as_bytes(), 0);
    let list =
        format!("site,address,day\nsamplevest.example,{WALLET},2024-05-06\nnot a site,not a wallet,\n");
    let mapping = "domain=site,wallet=address,published_at=day";
    let arguments =
        ["ingest", "--as", "observables", "--map", mapping, "--format", "csv", "--source", "a list", "-"];
    json(data, &[&arguments[..], &["--grading", "C3"]].concat(), list.as_bytes(), 3);
}

fn values(told: &Value, list: &str) -> Vec<String> {
    told[list].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_ad_leads_to_a_wallet_with_evidence_on_every_step() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path());
    let path = json(folder.path(), &["network", "--path", "@hr_vest_test", WALLET], b"", 0);
    let steps = path["steps"].as_array().unwrap();
    assert_eq!((path["found"].as_bool(), steps.len()), (Some(true), 3), "{path}");
    assert!(steps.iter().all(|step| !step["proofs"].as_array().unwrap().is_empty()));
    let last = &steps[2]["proofs"][0];
    assert_eq!((last["source"].as_str(), last["grading"].as_str()), (Some("a list"), Some("C3")));
    assert!(last["date"].as_str().unwrap().starts_with("2024-05-06"));
    // Nobody need keep the capitals of a wallet.
    let wallet = WALLET.to_lowercase();
    let (near, same) = (["network", WALLET], ["network", &wallet]);
    assert_eq!(json(folder.path(), &same, b"", 0)["nodes"], json(folder.path(), &near, b"", 0)["nodes"]);

    let view = json(folder.path(), &["network", "@hr_vest_test", "--steps", "4"], b"", 0);
    assert!(values(&view, "nodes").contains(&WALLET.to_owned()));
    let common = &view["common"][0];
    assert_eq!(
        (common["value"].as_str(), common["list"][2].as_str()),
        (Some("gmail.com"), Some("public-mail.json"))
    );
    let unknown = run(folder.path(), &["network", "--path", "jobs@gmail.com", "rpt-000000"], b"");
    assert_eq!(unknown.status.code(), Some(1));
}

#[test]
fn a_tie_that_is_wrong_stays_out_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path());
    let around = |steps: &str| json(folder.path(), &["network", WALLET, "--steps", steps], b"", 0);
    assert_eq!(values(&around("1"), "nodes").len(), 3);
    let mark = ["network", "mark-wrong", WALLET, "samplevest.example", "--why", "an older owner"];
    assert!(run(folder.path(), &mark, b"").status.success());
    let marked = around("1");
    assert!(!values(&marked, "nodes").contains(&"samplevest.example".to_owned()));
    assert_eq!(marked["marked_wrong"][0]["why"].as_str(), Some("an older owner"));
    // The same list once more: the mark holds.
    told(folder.path());
    assert!(!values(&around("1"), "nodes").contains(&"samplevest.example".to_owned()));
    let unmark = ["network", "unmark", WALLET, "samplevest.example", "--why", "it was the same one"];
    assert!(run(folder.path(), &unmark, b"").status.success());
    assert!(values(&around("1"), "nodes").contains(&"samplevest.example".to_owned()));
    assert!(!run(folder.path(), &unmark, b"").status.success(), "there is no mark any more");
    let no_reason = ["network", "mark-wrong", WALLET, "samplevest.example", "--why", " "];
    assert!(!run(folder.path(), &no_reason, b"").status.success());
}

#[test]
fn a_campaign_keeps_its_id_and_stays_split() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path());
    let campaigns = || json(folder.path(), &["campaigns"], b"", 0);
    let first = campaigns();
    assert_eq!((first.as_array().unwrap().len(), first[0]["size"].as_u64()), (1, Some(3)), "{first}");
    let id = first[0]["id"].as_str().unwrap();
    let member = first[0]["members"][2]["report"].as_str().unwrap();
    let split = ["campaigns", "split", id, "--member", member, "--why", "another employer"];
    assert!(run(folder.path(), &split, b"").status.success());
    assert_eq!(campaigns()[0]["size"].as_u64(), Some(2));
    told(folder.path());
    let after = campaigns();
    assert_eq!((after[0]["id"].as_str(), after[0]["size"].as_u64()), (Some(id), Some(2)));
    let history = json(folder.path(), &["campaigns", "history", id], b"", 0);
    assert_eq!(history[0]["marked"]["why"].as_str(), Some("another employer"));
    assert!(
        run(folder.path(), &["campaigns", "unsplit", id, "--why", "the same after all"], b"")
            .status
            .success()
    );
    assert_eq!(campaigns()[0]["size"].as_u64(), Some(3));
}
