//! How long private matching takes, and how much of it travels: `bench/matching.py` runs it beside its peer.
//!
//! `cargo run --release -p forewarn-privacy --example matching_speed -- 100000 100000`

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::collections::BTreeSet;
use std::time::Instant;

use forewarn_privacy::matching::{self, Question};

fn main() {
    let mut counts = std::env::args().skip(1).map(|count| count.parse::<u64>().unwrap());
    let (asked, held) = (counts.next().unwrap_or(100_000), counts.next().unwrap_or(100_000));
    let set = |from: u64, count: u64| -> BTreeSet<String> {
        (from..from + count).map(|number| format!("phone:+855{number:09}")).collect()
    };
    // A tenth of the questions are hits.
    let (ours, theirs) = (set(0, asked), set(asked - asked / 10, held));
    let begin = Instant::now();
    let question = Question::of(&ours, &[1; 32], 1).unwrap();
    let asked_at = begin.elapsed();
    let answer = matching::answer(&theirs, &[2; 32], b"bench", 1, &question.blinded).unwrap();
    let answered_at = begin.elapsed();
    let hits = question.hits(&answer).unwrap().len();
    let finished_at = begin.elapsed();
    let bytes = 32 * (question.blinded.len() + answer.evaluated.len())
        + 64 * answer.proofs.len()
        + answer.sealed.packed.len();
    println!(
        "{{\"asked\": {asked}, \"held\": {held}, \"hits\": {hits}, \"bytes\": {bytes}, \"bytes_per_value\": {:.1}, \
         \"ask_seconds\": {:.2}, \"answer_seconds\": {:.2}, \"finish_seconds\": {:.2}}}",
        bytes as f64 / asked as f64,
        asked_at.as_secs_f64(),
        (answered_at - asked_at).as_secs_f64(),
        (finished_at - answered_at).as_secs_f64(),
    );
}
