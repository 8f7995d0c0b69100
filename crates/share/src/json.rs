//! The JSON views: what `--json`, the files that the demo writes, and the API show.
//!
//! Field names are in snake case and never change their meaning; a new fact gets a new field. Dates are
//! ISO 8601 (with reduced precision where they are known only to the month or year), instants RFC 3339 in
//! UTC, countries ISO 3166-1 alpha-2, spans `[start, end)` in Unicode scalar values of the original text.
//! What is not known is left out; a number that is not finite is `null`.

mod alarm;
mod campaign;
mod check;
pub(crate) mod csv;
mod drawing;
mod incident;
mod network;
mod problem;
mod report;

pub use alarm::{alarms, alarms_csv};
pub use campaign::{CampaignExtras, campaigns};
pub use check::{CheckId, CheckInput, assessment, check, check_error_line, check_line};
pub use drawing::{Drawing, DrawnNode, DrawnTie, drawing};
pub use incident::{candidates, incidents};
pub use network::{
    NetworkCommon, NetworkMark, NetworkNode, NetworkProof, NetworkTie, NetworkView, network, network_marks,
    network_path,
};
pub use problem::problems;
pub use report::{REPORTS_CSV_HEAD, ReportInput, report, report_csv, report_line};

pub(crate) use csv::{Field, record};

use forewarn_model::{LocalizedNotice, Notice};
use serde_json::Value;

/// A notice with its texts: the same document that is signed ([`crate::notice_json::payload`]).
pub fn notice(notice: &Notice, texts: &[LocalizedNotice]) -> Value {
    crate::notice_json::payload(notice, texts)
}
