//! Reports: search, show, mark, take in line by line, take out as a stream.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use forewarn_app::collect::{Defaults, Format, RowOptions, Source};
use forewarn_app::model::{Grading, Marking, Pap, ReportId, ReportKind, Severity, Tlp, Verdict};
use forewarn_app::report::export::{self, Limits};
use forewarn_app::report::search::{self, Found, Request, verdict};
use forewarn_app::report::{ingest, mark, process, show};
use forewarn_app::store::Sort;
use forewarn_app::{AppError, Silent};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::ask::{CURSOR, Kind, LIMITED, Param, body, maybe, path, query, several};
use super::members::markings;
use super::{Answer, Ask, Endpoint, Gives, Inside, LINES, Run};
use crate::shell::{PageError, Shared, Signed};

const ID: Param = path("id", Kind::Id("rpt"), "The report");
const TEXT: Kind = Kind::Text(2_000);

/// How many pieces of a stream wait for a slow reader.
const PIECES_MAX: usize = 16;

/// The length of a piece, in bytes.
const PIECE_BYTES: usize = 64 << 10;

macro_rules! filters {
    ($($more:expr),* $(,)?) => {
        &[
            query("q", TEXT, "Words: all of them; \"a phrase\", begin*, -without"),
            query("identifier", TEXT, "An identifier that it names, in any way of writing it"),
            several("kind", Kind::Words(kinds), "What it is"),
            several("country", Kind::Country, "A country that it names"),
            several("language", Kind::Text(35), "Its language (BCP 47)"),
            several("verdict", Kind::Words(verdicts), "Its verdict"),
            query("probability_from", Kind::Share, "At least so probable"),
            query("probability_to", Kind::Share, "At most so probable"),
            several("source", TEXT, "Its source"),
            query("received_from", Kind::Date, "Received then or later"),
            query("received_to", Kind::Date, "Received then or earlier"),
            several("tlp", Kind::Words(markings), "Its marking"),
            query("grading", Kind::Grading, "The grading that it reaches"),
            query("campaign", Kind::Id("cmp"), "Its campaign"),
            query("sort", Kind::Words(sorts), "The order; the newest first if none"),
            $($more),*
        ]
    };
}

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/reports",
        name: "searchReports",
        told: "Reports that are found by words and by what is known of them",
        right: "look",
        params: filters![LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        method: "POST",
        path: "/reports",
        name: "addReports",
        told: "Take reports in, one JSON object a line; answers line by line. Without Idempotency-Key too, \
               what is sent again doubles nothing: the same text from the same source is the same report",
        right: "report_add",
        params: &[
            query("source", Kind::Text(200), "The name of the source; `api` if none"),
            query("as", Kind::Words(kinds), "What a report is that does not say so; job_ad if none"),
            query("marking", Kind::Words(markings), "The marking of what has none; amber if none"),
            query("grading", Kind::Grading, "The grading of what has none"),
        ],
        gives: Gives::Lines,
        run: Run::Take(add),
    },
    Endpoint {
        method: "GET",
        path: "/reports/export",
        name: "exportReports",
        told: "All reports that are found, as a stream",
        right: "export",
        params: filters![query("format", Kind::Words(formats), "jsonl or csv; jsonl if none")],
        gives: Gives::Lines,
        run: Run::Stream,
    },
    Endpoint {
        method: "GET",
        path: "/reports/{id}",
        name: "getReport",
        told: "A report with its passages, the reasons of its score, where it was seen, and every change",
        right: "look",
        params: &[ID],
        gives: Gives::One,
        run: Run::Read(one),
    },
    Endpoint {
        method: "POST",
        path: "/reports/{id}/mark",
        name: "markReport",
        told: "Change the marking or the grading of a report; every change is kept",
        right: "report_mark",
        params: &[
            ID,
            maybe("tlp", Kind::Words(markings), "How far it may be passed on"),
            maybe("pap", Kind::Words(paps), "What may be done with it"),
            maybe("grading", Kind::Grading, "How far to trust it"),
            body("why", TEXT, "Why; stays on record"),
        ],
        gives: Gives::One,
        run: Run::Write(mark_it),
    },
];

fn kinds() -> Vec<String> {
    ReportKind::ALL.iter().map(ToString::to_string).collect()
}

fn verdicts() -> Vec<String> {
    let all = [Verdict::NoKnownSigns, Verdict::SomeSigns, Verdict::StrongSigns];
    all.map(|verdict| verdict.as_str().to_owned()).into()
}

fn paps() -> Vec<String> {
    Pap::ALL.iter().map(|pap| pap.as_str().to_lowercase()).collect()
}

fn sorts() -> Vec<String> {
    ["newest", "score"].map(str::to_owned).into()
}

fn formats() -> Vec<String> {
    ["jsonl", "csv"].map(str::to_owned).into()
}

fn request(ask: &Ask) -> Result<Request, PageError> {
    let verdicts: Result<Vec<Verdict>, String> =
        ask.texts("verdict").iter().map(|text| verdict(text)).collect();
    Ok(Request {
        text: ask.word("q").to_owned(),
        identifier: ask.text("identifier").map(str::to_owned),
        kinds: ask.all("kind")?,
        countries: ask.all("country")?,
        languages: ask.all("language")?,
        verdicts: verdicts.map_err(|what| PageError::bad(format!("verdict: {what}")))?,
        probability: (ask.get("probability_from")?, ask.get("probability_to")?),
        sources: ask.texts("source").to_vec(),
        received: (ask.get("received_from")?, ask.get("received_to")?),
        markings: ask.all("tlp")?,
        grading: ask.get("grading")?,
        campaign: ask.text("campaign").map(str::to_owned),
        sort: if ask.word("sort") == "score" { Sort::Score } else { Sort::Newest },
        cursor: ask.text("cursor").map(str::to_owned),
        count_max: u32::try_from(ask.limit()).unwrap_or(search::PAGE_COUNT_MAX),
        ..Request::default()
    })
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = search::run(inside.workspace, inside.context, &request(inside.ask)?)?;
    let views: Vec<Value> = found.found.iter().map(view).collect();
    Ok(Answer::one(&json!({ "items": views, "next": found.next, "count": found.count })))
}

fn view(found: &Found) -> Value {
    forewarn_app::share::json::report(&export::input(found))
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let id: ReportId = ask.need("id")?;
    let shown = shell.desk.with_engine(|engine| show::run(workspace, context, engine, id))?;
    Ok(Answer::one(&show::view(&shown)))
}

fn mark_it(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let request = mark::Request { tlp: ask.get("tlp")?, pap: ask.get("pap")?, grading: ask.get("grading")? };
    let changes = mark::run(workspace, context, ask.need("id")?, request, ask.word("why"))?;
    let views: Vec<Value> = changes.iter().map(show::change_view).collect();
    Ok(Answer::one(&json!({ "changes": views })))
}

/// Takes lines in: one answer for each, and a last one with the sums. What was taken is read and assessed before
/// the answer.
fn add(inside: &mut Inside<'_>, bytes: &[u8]) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let kind: Option<ReportKind> = ask.get("as")?;
    let tlp: Option<Tlp> = ask.get("marking")?;
    let marking = tlp.map_or(Marking::DEFAULT, |tlp| Marking { tlp, ..Marking::DEFAULT });
    let grading: Option<Grading> = ask.get("grading")?;
    let lines: Vec<u64> = bytes
        .split(|byte| *byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(at, _)| at as u64 + 1)
        .collect();
    if lines.is_empty() {
        return Err(PageError::bad("the body is empty: send one JSON object a line"));
    }
    let name = ask.text("source").unwrap_or("api");
    let request = ingest::Request {
        name,
        bytes_total: None,
        options: RowOptions { format: Some(Format::JsonLines), ..RowOptions::default() },
        defaults: Defaults {
            source: name.to_owned(),
            kind: kind.unwrap_or(ReportKind::JobAd),
            marking,
            grading: grading.unwrap_or(Grading::UNKNOWN),
            received_at: context.now,
        },
        batch_count_max: 1_000,
        problems_kept_max: lines.len().saturating_mul(4),
    };
    let taken =
        ingest::run(workspace, context, Source::memory(bytes.to_vec()), &request, &Silent, &mut |_| {})?;
    // Their campaigns are found by the service, for all that came in together.
    let count_max = lines.len() as u32;
    shell.desk.with_engine(|engine| process::some(workspace, context, engine, count_max))?;
    shell.unread.notify_one();
    shell.live.tell("reports", "");
    let mut out = Vec::new();
    for line in &lines {
        let of_line = || taken.problems.iter().filter(|problem| problem.line == Some(*line));
        let refused = of_line().find(|problem| problem.severity == Severity::Refused);
        let told = match refused {
            Some(problem) => json!({
                "line": line, "status": "refused", "code": problem.code, "what": problem.what,
                "remedy": problem.remedy,
            }),
            None => {
                let warnings: Vec<String> = of_line().map(|problem| problem.what.clone()).collect();
                json!({ "line": line, "status": "taken", "warnings": warnings })
            }
        };
        push(&mut out, &told);
    }
    push(
        &mut out,
        &json!({
            "lines": lines.len(), "accepted": taken.accepted, "seen_again": taken.seen_again,
            "duplicates": taken.duplicates, "refused": taken.refused, "complete": taken.complete,
        }),
    );
    Ok(Answer::lines(out))
}

fn push(out: &mut Vec<u8>, value: &Value) {
    out.extend_from_slice(value.to_string().as_bytes());
    out.push(b'\n');
}

/// Answers with all reports that are found, a piece at a time: memory does not grow with the answer, and a reader
/// who goes away ends it.
pub(super) async fn stream(shell: &Shared, who: &Signed, ask: Ask) -> Result<Response, PageError> {
    let request = request(&ask)?;
    let format = if ask.word("format") == "csv" { export::Format::Csv } else { export::Format::JsonLines };
    let noted = request.clone();
    shell.write(who, move |workspace, context| export::begin(workspace, context, &noted, format)).await?;
    let (sender, receiver) = mpsc::channel::<Result<Bytes, io::Error>>(PIECES_MAX);
    let (inner, context) = (Arc::clone(shell), who.context(shell));
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { sender: sender.clone(), piece: Vec::with_capacity(PIECE_BYTES) };
        let written = inner.pool.with(|workspace| -> Result<(), AppError> {
            export::write(workspace, &context, &request, format, &Limits::default(), &mut pieces).map(drop)
        });
        let ended = match written {
            Ok(()) => pieces.flush(),
            Err(error) => Err(io::Error::other(error.to_string())),
        };
        if let Err(error) = ended {
            // The connection is cut, so that whoever reads does not take a part for the whole.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let media = if format == export::Format::Csv { format.media_type() } else { LINES };
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// Writes into a channel.
struct Pieces {
    sender: mpsc::Sender<Result<Bytes, io::Error>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
