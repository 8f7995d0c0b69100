//! Style sheets, scripts and geometry, under addresses that name their content, so that browsers may keep them
//! for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
struct Built;

struct Asset {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// By the name with the hash in it.
static ALL: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let built =
        Built::iter().filter_map(|name| Some((name.to_string(), Built::get(&name)?.data.into_owned())));
    built
        .map(|(name, bytes)| {
            let digest: String =
                Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "bin"));
            let media_type = match ending {
                "js" => "text/javascript; charset=utf-8",
                "css" => "text/css; charset=utf-8",
                "json" => "application/json",
                "svg" => "image/svg+xml",
                "txt" => "text/plain; charset=utf-8",
                _ => "application/octet-stream",
            };
            (format!("{}-{digest}.{ending}", stem.replace('/', "-")), Asset { name, media_type, bytes })
        })
        .collect()
});

/// The address of a file of `web/dist`; of nothing, if there is no such file.
pub(crate) fn address(name: &str) -> String {
    let hashed = ALL.iter().find(|(_, asset)| asset.name == name).map_or(name, |(hashed, _)| hashed);
    format!("/assets/{hashed}")
}

/// The address of the desk's style sheet.
pub(crate) fn sheet() -> String {
    address("desk.css")
}

/// The routes.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(asset)).route("/favicon.ico", get(icon))
}

/// What browsers ask for without being told to.
async fn icon() -> Response {
    let found = ALL.values().find(|asset| asset.name == "icon.svg");
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, found.map_or(&[][..], |asset| &asset.bytes)).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    match ALL.get(&name) {
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes.as_slice()).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}
