//! The network as data: for the picture, and as files to take away.

use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use forewarn_app::network::explore::Aim;
use forewarn_app::network::export::Format;
use forewarn_app::network::view::{self, Limits};
use forewarn_app::share::json;

use super::Ask;
use crate::shell::{PageError, Shared, Signed};

pub(super) async fn drawing(
    State(shell): State<Shared>,
    who: Signed,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let query = Ask::read(raw).query()?;
    let drawn = shell
        .read(&who, move |workspace, context| view::run(workspace, context, &query, &Limits::default()))
        .await?;
    Ok(data(&json::drawing(&drawn)))
}

pub(super) async fn way_drawing(
    State(shell): State<Shared>,
    who: Signed,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (from, to) = (ask.required("way_from")?, ask.required("way_to")?);
    let found = shell
        .read(&who, move |workspace, context| {
            view::path(workspace, context, &from, &to, Aim::Shortest, &Limits::default())
        })
        .await?;
    let mut view = json::drawing(&found.as_ref().map(|(drawing, _)| drawing.clone()).unwrap_or_default());
    view["found"] = found.is_some().into();
    Ok(data(&view))
}

fn data(value: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, value.to_string()).into_response()
}

pub(super) async fn export(
    State(shell): State<Shared>,
    who: Signed,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let query = ask.query()?;
    let name = ask.required("format")?;
    let format: Format = name.parse().map_err(PageError::bad)?;
    let bytes = shell
        .write(&who, move |workspace, context| {
            let mut bytes = Vec::new();
            view::export(workspace, context, &query, format, &mut bytes, &Limits::default())?;
            Ok(bytes)
        })
        .await?;
    let (media_type, ending) = match format {
        Format::GraphMl => ("application/graphml+xml", "graphml"),
        Format::Gexf => ("application/gexf+xml", "gexf"),
        Format::Stix => ("application/stix+json;version=2.1", "json"),
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let disposition = format!("attachment; filename=\"network.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
