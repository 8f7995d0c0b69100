//! Case data after the Human Trafficking Case Data Standard 2.0 (HTCDS, International Organization for Migration):
//! read from tables and JSON, checked against its code lists, written again without loss.
//!
//! Codes are taken verbatim; what the standard does not know is refused, with the nearest that it knows. The
//! standard has no code for forced criminality, so fields of our own stand beside its own, all named `fw_…`.
//!
//! A case falls into two parts from the start: codes, which can be counted, and whatever tells who somebody is, which is
//! sealed under a key of that case alone ([`seal`]). Without consent the second part is not even read.

mod field;
mod read;
pub mod seal;
mod write;

pub use field::{CASE_ID, EXTENSION, EXTENSIONS, FIELDS, Field, Kind, field};
pub use read::{Case, Limits, Values, read};
pub use write::{csv, json};

#[cfg(test)]
mod tests;
