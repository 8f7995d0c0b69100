//! Prints the incident candidates of a news text: `cargo run --example read_news -- FILE`.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use forewarn_extract::Extractor;
use forewarn_model::{Grading, Marking, Report, ReportKind, Sighting, Source, Timestamp};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_news FILE")?;
    let text = std::fs::read_to_string(&path)?;
    let sighting = Sighting {
        source: Source { name: path, external_id: None, url: None },
        received_at: Timestamp::UNIX_EPOCH,
        published_at: None,
    };
    let report = Report::new(ReportKind::News, None, text, None, Marking::PUBLIC, Grading::UNKNOWN, sighting);
    let extractor = Extractor::builtin()?;
    let (facts, _) = extractor.extract(&report);
    for candidate in extractor.incident_candidates(&report, &facts) {
        println!(
            "{:?} {:?}{} {:?}",
            candidate.kind,
            candidate.subject,
            if candidate.hedged { " (hedged)" } else { "" },
            candidate.span.slice(&report.full_text())
        );
    }
    Ok(())
}
