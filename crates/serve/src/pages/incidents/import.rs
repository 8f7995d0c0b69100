//! Takes in a table: which column is what, a preview with what is wrong, and then the whole.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::{Redirect, Response};
use forewarn_app::AppError;
use forewarn_app::collect::Limits as ReadLimits;
use forewarn_app::collect::incidents::{COLUMNS, Cell, FURTHER, Mapping};
use forewarn_app::incident::preview::{self, Preview, Table};
use forewarn_app::model::rights::Right;

use super::{Fields, IncidentRow, Offered, incident_row, offered};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many rows of a table are shown before it is taken in.
const PREVIEW_ROWS: usize = 10;

/// The largest table that is taken in through the page, in bytes: it goes to the browser and back.
const TABLE_BYTES_MAX: usize = 8 << 20;

struct ColumnRow {
    name: &'static str,
    word: String,
    required: bool,
    columns: Vec<Offered>,
    /// The same text in every row.
    text: String,
}

struct ProblemRow {
    line: String,
    what: String,
    remedy: String,
}

struct PreviewView {
    name: String,
    table: String,
    mapping: Vec<ColumnRow>,
    incidents: Vec<IncidentRow>,
    problems: Vec<ProblemRow>,
    understood: usize,
    fresh: usize,
    known: usize,
    refused: usize,
    /// Whether it is a table whose columns can be mapped.
    mappable: bool,
}

#[derive(Template)]
#[template(path = "incident_import.html")]
struct ImportPage {
    frame: Frame,
    preview: Option<PreviewView>,
    problem: Option<String>,
}

pub(super) async fn choose_table(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-import");
    page(&ImportPage { frame, preview: None, problem: None })
}

/// What a form with a table holds.
#[derive(Debug, Default)]
struct Upload {
    name: String,
    table: Vec<u8>,
    fields: Fields,
}

impl Upload {
    async fn read(mut parts: Multipart) -> Result<Self, PageError> {
        let bad = |error: axum::extract::multipart::MultipartError| {
            PageError::new(error.status(), format!("read the upload: {error}: choose the file again"))
        };
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(bad)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(bad)?;
            match (name.as_str(), file) {
                ("file", Some(file)) if !bytes.is_empty() => {
                    (upload.name, upload.table) = (file, bytes.to_vec());
                }
                ("table", _) if upload.table.is_empty() => upload.table = bytes.to_vec(),
                ("file", _) | ("table", _) => {}
                _ => {
                    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
                    upload.fields.insert(name, text);
                }
            }
        }
        if upload.name.is_empty() {
            upload.name = upload.fields.get("name").cloned().unwrap_or_else(|| "table".to_owned());
        }
        if upload.table.is_empty() {
            return Err(PageError::bad(
                "read the upload: there is no table in it: choose a file that is not empty",
            ));
        }
        if upload.table.len() > TABLE_BYTES_MAX {
            let what = format!(
                "read the upload: more than {TABLE_BYTES_MAX} bytes: split the table, or use `forewarn incidents import`"
            );
            return Err(PageError::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, what));
        }
        Ok(upload)
    }

    /// The mapping that the form chose; none before anything was chosen.
    fn mapping(&self) -> Option<Mapping> {
        self.fields.contains_key("mapped").then(|| {
            let mut cells = BTreeMap::new();
            for ours in COLUMNS.into_iter().chain(FURTHER) {
                let text = self.fields.get(&format!("text-{ours}")).filter(|text| !text.is_empty());
                let column = self.fields.get(&format!("column-{ours}")).filter(|name| !name.is_empty());
                let cell = column.cloned().map(Cell::Column).or_else(|| text.cloned().map(Cell::Text));
                cells.extend(cell.map(|cell| (ours.to_owned(), cell)));
            }
            Mapping(cells)
        })
    }
}

pub(super) async fn show_table(
    State(shell): State<Shared>,
    who: Signed,
    parts: Multipart,
) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    let upload = Upload::read(parts).await?;
    let mapping = upload.mapping();
    let (bytes, name) = (upload.table.clone(), upload.name.clone());
    let cache = shell.clone();
    let read = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let limits = ReadLimits::default();
            let table = Table {
                name: &name,
                bytes: &bytes,
                mapping: mapping.as_ref(),
                names: engine.country_names(),
                limits: &limits,
            };
            match preview::run(workspace, context, &cache.alarms, &table, PREVIEW_ROWS) {
                Ok(preview) => Ok(Ok(preview)),
                Err(error @ AppError::Input(_)) => Ok(Err(error.to_string())),
                Err(error) => Err(error),
            }
        })
        .await?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-import");
    let (preview, problem) = match read {
        Ok(preview) => (Some(preview_view(&frame, &upload, &preview)), None),
        Err(problem) => (None, Some(problem)),
    };
    page(&ImportPage { preview, problem, frame })
}

fn preview_view(frame: &Frame, upload: &Upload, preview: &Preview) -> PreviewView {
    let row = |ours: &'static str| {
        let cell = preview.mapping.0.get(ours);
        let chosen = |name: &String| matches!(cell, Some(Cell::Column(known)) if known == name);
        let one = |name: &String| offered(name, name.clone(), chosen(name));
        ColumnRow {
            name: ours,
            word: frame.word_of("incident-column", ours),
            required: ["date", "kind", "publisher", "source_url", "summary"].contains(&ours),
            columns: preview.columns.iter().filter(|name| !name.is_empty()).map(one).collect(),
            text: match cell {
                Some(Cell::Text(text)) => text.clone(),
                _ => String::new(),
            },
        }
    };
    let problem = |problem: &forewarn_app::model::Problem| ProblemRow {
        line: problem.line.map(|line| line.to_string()).unwrap_or_default(),
        what: problem.what.clone(),
        remedy: problem.remedy.clone(),
    };
    // How precise a date is stands in its form.
    let ours = COLUMNS.into_iter().chain(FURTHER).filter(|ours| *ours != "date_precision");
    PreviewView {
        name: upload.name.clone(),
        table: String::from_utf8_lossy(&upload.table).into_owned(),
        mapping: ours.map(row).collect(),
        incidents: preview.first.iter().map(|incident| incident_row(frame, incident)).collect(),
        problems: preview.problems.iter().map(problem).collect(),
        understood: preview.understood,
        fresh: preview.understood - preview.known,
        known: preview.known,
        refused: preview.refused,
        mappable: !preview.columns.is_empty(),
    }
}

pub(super) async fn take_in(
    State(shell): State<Shared>,
    who: Signed,
    parts: Multipart,
) -> Result<Redirect, PageError> {
    who.require(Right::IncidentWrite)?;
    let upload = Upload::read(parts).await?;
    let desk = shell.desk.clone();
    shell
        .write(&who, move |workspace, context| {
            desk.with_engine(|engine| {
                let (mapping, limits) = (upload.mapping(), ReadLimits::default());
                let table = Table {
                    name: &upload.name,
                    bytes: &upload.table,
                    mapping: mapping.as_ref(),
                    names: engine.country_names(),
                    limits: &limits,
                };
                preview::take_in(workspace, context, &table)
            })
        })
        .await?;
    shell.live.tell("incidents", "");
    Ok(Redirect::to("/incidents?done=incident-imported"))
}
