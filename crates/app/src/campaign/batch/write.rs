//! The members of the campaigns of a batch as CSV (RFC 4180), in the order of the input.

use std::borrow::Cow;
use std::io::{self, Write};

use forewarn_model::Role;

use super::describe::{Described, NONE};
use super::{Outcome, Request};
use crate::{AppError, Progress};

/// How many records lie between two reports of progress.
const RECORDS_A_REPORT: u64 = 16_384;

pub(super) fn members(
    mut described: Described,
    request: &Request<'_>,
    out: &mut (dyn Write + Send),
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    let total = described.outcome.read;
    progress.begin("write the members", Some(total));
    let unwritten =
        |error: io::Error| AppError::Refused { operation: "write the members", why: error.to_string() };
    let mut line = b"id,campaign,role".to_vec();
    for name in &described.columns {
        // A carried column of the same name as one of ours keeps apart from it.
        let ours = matches!(name.as_str(), "id" | "campaign" | "role");
        line.push(b',');
        field(
            &mut line,
            &if ours { Cow::Owned(format!("input_{name}")) } else { Cow::Borrowed(name.as_str()) },
        );
    }
    end(&mut line, out).map_err(unwritten)?;
    let mut values: Vec<String> = vec![String::new(); described.columns.len()];
    for record in 0..total {
        let at = record as u32;
        let row = described.rows.read(at);
        let row = row.map_err(AppError::file("read a temporary file in", request.spill_folder))?;
        values.iter_mut().for_each(String::clear);
        let id = decode(&row, &mut values);
        field(&mut line, &id);
        line.push(b',');
        let campaign = described.campaign_of[record as usize];
        if campaign != NONE {
            line.extend_from_slice(described.ids[campaign as usize].as_bytes());
            line.push(b',');
            line.extend_from_slice(role(&described, campaign, at).as_str().as_bytes());
        } else {
            line.push(b',');
        }
        for value in &values {
            line.push(b',');
            field(&mut line, value);
        }
        end(&mut line, out).map_err(unwritten)?;
        if record % RECORDS_A_REPORT == 0 {
            progress.at(record);
        }
    }
    out.flush().map_err(unwritten)?;
    progress.end(&format!("{total} ads"));
    Ok(described.outcome)
}

fn role(described: &Described, campaign: u32, record: u32) -> Role {
    if described.leaders[campaign as usize] == record {
        Role::Leader
    } else if described.copies.binary_search(&record).is_ok() {
        Role::Copy
    } else {
        Role::Member
    }
}

/// Appends bytes with their length before them.
pub(super) fn put(record: &mut Vec<u8>, bytes: &[u8]) {
    record.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    record.extend_from_slice(bytes);
}

/// The id in a record on disk.
pub(super) fn id(record: &[u8]) -> String {
    decode(record, &mut [])
}

/// The id in a record, and its columns in their places.
fn decode(mut record: &[u8], values: &mut [String]) -> String {
    let id = take(&mut record).unwrap_or_default().to_owned();
    while let Some(place) = number(&mut record) {
        let value = take(&mut record).unwrap_or_default();
        if let Some(slot) = values.get_mut(place as usize) {
            slot.push_str(value);
        }
    }
    id
}

fn number(record: &mut &[u8]) -> Option<u32> {
    let (number, rest) = record.split_first_chunk::<4>()?;
    *record = rest;
    Some(u32::from_le_bytes(*number))
}

fn take<'a>(record: &mut &'a [u8]) -> Option<&'a str> {
    let len = number(record)? as usize;
    let (text, rest) = record.split_at_checked(len)?;
    *record = rest;
    std::str::from_utf8(text).ok()
}

/// Appends a field, in quotes where it needs them.
fn field(line: &mut Vec<u8>, value: &str) {
    if value.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        line.push(b'"');
        line.extend_from_slice(value.replace('"', "\"\"").as_bytes());
        line.push(b'"');
    } else {
        line.extend_from_slice(value.as_bytes());
    }
}

fn end(line: &mut Vec<u8>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    line.push(b'\n');
    out.write_all(line)?;
    line.clear();
    Ok(())
}
