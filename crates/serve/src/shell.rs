//! What every page of the desk shares: the store, the words, who is signed in, the time.
//!
//! A page asks the shell to read or to write; the work runs on a blocking thread with a connection of its own
//! and the context of whoever asked. Writing is one at a time, so that nobody waits in a lock of the store.

mod assets;
mod door;
pub(crate) mod error;
mod frame;
mod guard;
pub(crate) mod live;
pub(crate) mod metrics;
pub(crate) mod post;
pub(crate) mod session;
pub(crate) mod steps;
pub(crate) mod strangers;
pub(crate) mod tend;
pub(crate) mod tls;
mod words;

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use forewarn_app::model::Timestamp;
use forewarn_app::{AppError, Context, Engine, Pool, Workspace};
use tokio::sync::{Notify, Semaphore};

pub(crate) use assets::routes as assets;
pub(crate) use assets::{address, sheet};
pub(crate) use door::Door;
pub(crate) use error::{PageError, Told};
pub(crate) use frame::{Frame, home};
pub(crate) use guard::{guard, harden};
pub(crate) use session::Signed;
pub use strangers::StrangerLimits;
pub(crate) use strangers::{Strangers, meet};
pub use tls::Tls;
pub(crate) use words::INTERFACE;
pub(crate) use words::{Fact, Words};

use crate::desk::{Desk, NoAnswer};

/// How many sign in at a time: each costs 19 MiB and some hundredths of a second, and whoever knocks must not
/// keep those waiting who are in.
const DOOR_COUNT_MAX: usize = 2;

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody who can reach the address acts as the owner of the data folder: for one person at one
    /// machine, and for the demonstration. Only requests to a loopback name are answered.
    Local,
    /// Users sign in.
    SignIn,
}

/// How the desk behaves.
#[derive(Clone)]
pub struct Options {
    /// Who may come in.
    pub access: Access,
    /// Whether browsers reach it by TLS, here or at a proxy: cookies then stay on TLS.
    pub tls: bool,
    /// Requests come through a proxy that says in `X-Forwarded-For` from where.
    pub behind_proxy: bool,
    /// How much those may ask who have not signed in.
    pub strangers: StrangerLimits,
    /// Another system that vouches for people.
    pub provider: Option<Arc<dyn forewarn_app::user::Provider>>,
    /// Who carries notices to members while the service runs; none if something else delivers what is queued.
    pub courier: Option<Arc<dyn forewarn_app::delivery::Courier>>,
    /// Who acts where nobody is signed in, and where passphrases and randomness come from.
    pub context: Context,
    /// The clock.
    pub clock: fn() -> Timestamp,
    /// How many requests read the store at a time.
    pub readers_count_max: usize,
    /// The body of a request, in bytes.
    pub body_bytes_max: usize,
    /// How long an answer may take, in milliseconds.
    pub answer_ms_max: u64,
    /// How many requests a minute each may send to the API.
    pub api_minute_count_max: u32,
}

/// The shell; one for a service.
pub struct Shell {
    pub(crate) pool: Pool,
    pub(crate) desk: Arc<Desk>,
    pub(crate) live: live::Live,
    pub(crate) metrics: metrics::Metrics,
    /// How much is left to those who have not signed in.
    pub(crate) strangers: Arc<Strangers>,
    /// How much is left to each who asks the API.
    pub(crate) api: crate::api::Limiter,
    /// What the watch heard, kept between requests.
    pub(crate) alarms: forewarn_app::alarm::cache::Cache,
    /// What the map shows, kept between requests.
    pub(crate) worlds: forewarn_app::situation::world::Cache,
    pub(crate) options: Options,
    /// Told when reports came in, or the rules that read them changed.
    pub(crate) unread: Notify,
    /// Told when deliveries were queued.
    pub(crate) outgoing: Notify,
    /// Sign-ins that wait for a code.
    pub(crate) coding: steps::Steps<(String, forewarn_app::user::Password)>,
    /// Sign-ins that are at the provider, with where they lead.
    pub(crate) vouching: steps::Steps<(forewarn_app::user::Step, String)>,
    words: Words,
    readers: Semaphore,
    writer: Semaphore,
    door: Semaphore,
}

/// How routes hold it.
pub(crate) type Shared = Arc<Shell>;

impl Shell {
    /// Puts it together.
    pub fn new(pool: Pool, desk: Arc<Desk>, options: Options) -> Result<Self, AppError> {
        Ok(Self {
            pool,
            desk,
            live: live::Live::default(),
            metrics: metrics::Metrics::default(),
            strangers: Arc::new(Strangers::new(options.strangers, options.behind_proxy, options.clock)),
            api: crate::api::Limiter::new(options.api_minute_count_max),
            coding: steps::Steps::default(),
            vouching: steps::Steps::default(),
            alarms: forewarn_app::alarm::cache::Cache::default(),
            worlds: forewarn_app::situation::world::Cache::default(),
            words: Words::builtin()?,
            readers: Semaphore::new(options.readers_count_max.max(1)),
            writer: Semaphore::new(1),
            door: Semaphore::new(DOOR_COUNT_MAX),
            unread: Notify::new(),
            outgoing: Notify::new(),
            options,
        })
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// The words of the interface in a language.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Reads, as whoever asked.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        who: &Signed,
        work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        self.run(&self.readers, who.context(self), work).await
    }

    /// Writes, as whoever asked, when those before it have written.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        who: &Signed,
        work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        self.run(&self.writer, who.context(self), work).await
    }

    /// Works for somebody who has not signed in yet: only what lets them in.
    pub(crate) async fn admit<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        let context = Context {
            actor: "anonymous".to_owned(),
            clearance: forewarn_app::model::Clearance::up_to(forewarn_app::model::Tlp::Clear),
            rights: forewarn_app::model::rights::Rights::NONE,
            ..self.options.context.at(self.now())
        };
        self.run(&self.door, context, work).await
    }

    /// Works with the engine that reads texts and the store together.
    pub(crate) async fn read_with_engine<T: Send + 'static>(
        self: &Arc<Self>,
        who: &Signed,
        work: impl FnOnce(&mut Workspace, &Context, &Engine) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        let desk = Arc::clone(&self.desk);
        self.read(who, move |workspace, context| desk.with_engine(|engine| work(workspace, context, engine)))
            .await
    }

    /// Reads or writes in a context that was found otherwise than by a page.
    pub(crate) async fn act<T: Send + 'static>(
        self: &Arc<Self>,
        write: bool,
        context: Context,
        work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        let gate = if write { &self.writer } else { &self.readers };
        self.run(gate, context, work).await
    }

    async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        gate: &Semaphore,
        context: Context,
        work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, PageError> {
        let _turn = gate.acquire().await.map_err(|_| PageError::failed("wait for a turn"))?;
        let shell = Arc::clone(self);
        let done =
            tokio::task::spawn_blocking(move || shell.pool.with(|workspace| work(workspace, &context)));
        match done.await {
            Ok(outcome) => outcome.map_err(PageError::from),
            Err(_) => Err(PageError::failed("answer a request")),
        }
    }
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell").field("pool", &self.pool).finish_non_exhaustive()
    }
}

impl From<NoAnswer> for PageError {
    fn from(why: NoAnswer) -> Self {
        match why {
            NoAnswer::Busy => Self::busy(),
            NoAnswer::Failed => Self::failed("read a text"),
        }
    }
}

/// A page as an answer: never kept by a browser or a proxy, for it is one person's.
pub(crate) fn page(template: &impl askama::Template) -> Result<Response, PageError> {
    let html = template.render().map_err(|error| {
        tracing::error!("make a page: {error}");
        PageError::failed("make the page")
    })?;
    Ok(html_answer(StatusCode::OK, html))
}

pub(crate) fn html_answer(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept-Language, Cookie, HX-Request"),
    ];
    (status, headers, html).into_response()
}
