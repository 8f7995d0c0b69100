//! Prints the OpenAPI document: `cargo xtask gen` keeps it in `schemas/openapi.json`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a generator prints, and may fail")]

fn main() {
    println!("{}", serde_json::to_string_pretty(&forewarn_serve::openapi()).unwrap());
}
