//! What a search finds, as a file, while it is found.

use std::io::{self, Write};

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use forewarn_app::report::export::{self, Format};
use tokio::sync::{Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use super::request;
use crate::pages::asked::Asked;
use crate::shell::{PageError, Shared, Signed};

/// How many exports run at a time, and how many parts of one wait for a slow reader.
const EXPORTS_AT_ONCE: usize = 2;
const PARTS_WAITING_MAX: usize = 4;

/// Exports that run now.
static EXPORTS: Semaphore = Semaphore::const_new(EXPORTS_AT_ONCE);

pub(super) async fn take_out(
    State(shell): State<Shared>,
    who: Signed,
    RawQuery(raw): RawQuery,
) -> Result<Response, PageError> {
    let asked = Asked::read(raw.as_deref())?;
    let formats = [("csv", Format::Csv), ("jsonl", Format::JsonLines)];
    let format = asked.word("format", &formats)?.unwrap_or(Format::Csv);
    let request = request(&asked)?;
    let turn = EXPORTS.try_acquire().map_err(|_| PageError::busy())?;
    let noted = request.clone();
    shell.write(&who, move |workspace, context| export::begin(workspace, context, &noted, format)).await?;
    let (sender, receiver) = mpsc::channel(PARTS_WAITING_MAX);
    let context = who.context(&shell);
    // Not among the readers of pages: a slow download would keep one of them waiting.
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut out = Parts(sender);
        let limits = export::Limits::default();
        let done = shell
            .pool
            .with(|workspace| export::write(workspace, &context, &request, format, &limits, &mut out));
        if let Err(error) = done {
            tracing::error!("export reports: {error}");
            // The download breaks off instead of ending as if it were whole.
            let _ = out.0.blocking_send(Err(io::Error::other("the export broke off")));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"reports.{}\"", format.extension())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// Parts of a body on their way to whoever reads them.
struct Parts(mpsc::Sender<io::Result<Vec<u8>>>);

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(bytes.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
