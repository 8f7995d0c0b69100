#![no_main]

#[path = "../entries/rules.rs"]
#[allow(dead_code, reason = "each target runs one entry")]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::pack(bytes));
