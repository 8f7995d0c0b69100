//! Runs what the fuzz targets run over the seeds that are committed, and over every input that once broke
//! something (docs/fuzzing.md).

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../../fuzz/entries/share.rs"]
mod entries;

/// A target's name and what it runs.
type Target = (&'static str, fn(&[u8]));

#[test]
fn seeds_break_nothing() {
    let targets: &[Target] = &[("read_stix", entries::read_stix), ("read_notice", entries::read_notice)];
    for (target, run) in targets {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/");
        let mut seeds: Vec<_> = std::fs::read_dir(format!("{folder}{target}"))
            .unwrap()
            .map(|seed| seed.unwrap().path())
            .collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{target} has seeds");
        for seed in seeds {
            run(&std::fs::read(&seed).unwrap());
        }
    }
}
