//! Reports as they are listed and taken out: one object or one row each.

use std::io;

use forewarn_model::assessment::logistic;
use forewarn_model::{CampaignId, Report};
use serde::Serialize;
use serde_json::Value;

use super::{Field, record};
use crate::wire::value;

/// What the caller knows of a report beyond itself.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// The report, with its first sighting.
    pub report: &'a Report,
    /// How many sightings it has.
    pub sightings: u32,
    /// Its language, by its tag; none where it was not read yet.
    pub language: Option<&'a str>,
    /// The countries that it names.
    pub countries: &'a [forewarn_model::Country],
    /// Calibrated log-odds, where it was assessed.
    pub log_odds: Option<f64>,
    /// Its verdict by the name in files, where it was assessed.
    pub verdict: Option<&'a str>,
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
}

#[derive(Serialize)]
struct ReportView<'a> {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    countries: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'a str>,
    tlp: &'static str,
    pap: &'static str,
    grading: String,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    received_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
    sightings: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign: Option<String>,
}

/// A report as JSON: `id`, `kind`, `title`, `text`, `language`, `countries`, `probability`, `verdict`, `tlp`, `pap`,
/// `grading`, the `source`, `external_id`, `url`, `received_at` and `published_at` of its first sighting, the number of
/// its `sightings`, and its `campaign`.
pub fn report(input: &ReportInput<'_>) -> Value {
    value(view(input))
}

/// The same as one line (JSON Lines), ended by a line feed.
pub fn report_line(input: &ReportInput<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &view(input))?;
    out.push(b'\n');
    Ok(())
}

/// The head of a table of reports (RFC 4180).
pub const REPORTS_CSV_HEAD: &str = "id,kind,title,text,language,countries,probability,verdict,tlp,pap,grading,source,\
external_id,url,received_at,published_at,sightings,campaign\r\n";

/// The same as a row of a table, safe to open in a spreadsheet. Countries have spaces between them.
pub fn report_csv(input: &ReportInput<'_>, out: &mut String) {
    let view = view(input);
    let own = |text: Option<String>| Field::Own(text.unwrap_or_default());
    record(
        out,
        &[
            Field::Own(view.id),
            Field::Own(view.kind.to_owned()),
            Field::Text(view.title.unwrap_or_default()),
            Field::Text(view.text),
            Field::Text(view.language.unwrap_or_default()),
            Field::Own(view.countries.join(" ")),
            own(view.probability.map(|probability| probability.to_string())),
            Field::Text(view.verdict.unwrap_or_default()),
            Field::Own(view.tlp.to_owned()),
            Field::Own(view.pap.to_owned()),
            Field::Own(view.grading),
            Field::Text(view.source),
            Field::Text(view.external_id.unwrap_or_default()),
            Field::Text(view.url.unwrap_or_default()),
            Field::Own(view.received_at),
            own(view.published_at),
            Field::Own(view.sightings.to_string()),
            own(view.campaign),
        ],
    );
}

fn view<'a>(input: &ReportInput<'a>) -> ReportView<'a> {
    let report = input.report;
    let sighting = &report.sighting;
    ReportView {
        id: report.id().to_string(),
        kind: report.kind.as_str(),
        title: report.title(),
        text: report.text(),
        language: input.language,
        countries: input.countries.iter().map(forewarn_model::Country::as_str).collect(),
        probability: input.log_odds.map(|log_odds| rounded(logistic(log_odds))),
        verdict: input.verdict,
        tlp: report.marking.tlp.as_str(),
        pap: report.marking.pap.as_str(),
        grading: report.grading.to_string(),
        source: &sighting.source.name,
        external_id: sighting.source.external_id.as_deref(),
        url: sighting.source.url.as_deref(),
        received_at: sighting.received_at.to_string(),
        published_at: sighting.published_at.map(|at| at.to_string()),
        sightings: input.sightings,
        campaign: input.campaign.map(|id| id.to_string()),
    }
}

/// Four digits after the point: more would tell more than is known.
fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Grading, Marking, ReportKind, Sighting, Source};

    use super::*;

    #[test]
    fn one_report_in_three_forms() {
        let source = Source { name: "ads.csv".into(), external_id: Some("=1".into()), url: None };
        let received_at = "2024-01-02T03:04:05Z".parse().unwrap();
        let sighting = Sighting { source, received_at, published_at: None };
        let report = Report::new(
            ReportKind::JobAd,
            Some("Easy, well paid".into()),
            "Two\nlines".into(),
            None,
            Marking::DEFAULT,
            Grading::UNKNOWN,
            sighting,
        );
        let input = ReportInput {
            report: &report,
            sightings: 2,
            language: Some("en"),
            countries: &["KH".parse().unwrap(), "MM".parse().unwrap()],
            log_odds: Some(0.0),
            verdict: Some("some_signs"),
            campaign: None,
        };
        let mut line = Vec::new();
        report_line(&input, &mut line).unwrap();
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        assert_eq!(serde_json::from_slice::<Value>(&line).unwrap(), super::report(&input));
        let mut table = REPORTS_CSV_HEAD.to_owned();
        report_csv(&input, &mut table);
        let id = report.id();
        let row = format!(
            "{id},job_ad,\"Easy, well paid\",\"Two\nlines\",en,KH MM,0.5,some_signs,AMBER,AMBER,F6,ads.csv,'=1,,\
2024-01-02T03:04:05Z,,2,\r\n"
        );
        assert_eq!(table, format!("{REPORTS_CSV_HEAD}{row}"));
        assert_eq!(REPORTS_CSV_HEAD.split(',').count(), 18);
    }
}
