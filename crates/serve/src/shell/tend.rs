//! What the service does unasked: it reads reports that nobody has read yet, or that older stages or rules read,
//! and takes new offers into campaigns.
//!
//! It begins at the start, and again when reports came in or the rules were renewed. It works in small steps between
//! the writes of people, so that nobody waits long.

use std::sync::Arc;
use std::time::Duration;

use forewarn_app::campaign::update;
use forewarn_app::report::process;
use forewarn_app::{AppError, Context, Silent};
use tokio::time::Instant;

use super::Shared;

/// How many reports are read in a step: some hundredths of a second.
const STEP_COUNT_MAX: u32 = 200;

/// The campaigns are brought up to date at most this part of the time: the larger the store, the longer it takes to
/// load their index, and the more offers go in at a time.
const REST: u32 = 10;

/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(60);

/// Does it for as long as the service runs.
pub(crate) async fn tend(shell: Shared) {
    loop {
        match round(&shell).await {
            Ok(spent) => {
                tokio::time::sleep(spent * REST).await;
                shell.unread.notified().await;
            }
            Err(error) => {
                tracing::warn!("reports stay unread for now: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Reads what is unread, then brings the campaigns up to date: how long the campaigns took.
async fn round(shell: &Shared) -> Result<Duration, String> {
    let mut read = 0;
    loop {
        let desk = Arc::clone(&shell.desk);
        let step = shell.act(true, context(shell), move |workspace, context| {
            desk.with_engine(|engine| process::some(workspace, context, engine, STEP_COUNT_MAX))
        });
        let done = step.await.map_err(|error| error.what)?.read;
        if done == 0 {
            break;
        }
        read += done;
        shell.live.tell("job", format!("{read} reports read"));
    }
    let (desk, begun) = (Arc::clone(&shell.desk), Instant::now());
    let update = shell.act(true, context(shell), move |workspace, context| {
        desk.with_engine(|engine| -> Result<u64, AppError> {
            let limits = update::Limits::default();
            Ok(update::run(workspace, context, engine, &limits, &Silent)?.taken)
        })
    });
    let taken = update.await.map_err(|error| error.what)?;
    if read + taken > 0 {
        shell.live.tell("reports", "");
    }
    Ok(begun.elapsed())
}

/// The service itself acts.
pub(super) fn context(shell: &Shared) -> Context {
    shell.options.context.at(shell.now()).acting_as("system")
}

#[cfg(test)]
mod tests {
    use forewarn_app::collect::{Defaults, RowOptions, Source};
    use forewarn_app::model::rights::Rights;
    use forewarn_app::model::{Clearance, Grading, Marking, ReportKind};
    use forewarn_app::report::ingest;
    use forewarn_app::report::search::{self, Request};
    use forewarn_app::{Pool, Workspace, pool};

    use super::*;
    use crate::shell::{Access, Options, Shell};
    use crate::{Desk, Limits};

    const OFFERS: &str = concat!(
        r#"{"text":"We hire typists in Sihanoukville, 3000 USD a month, visa and flight paid, write to @fastjob_kh"}"#,
        "\n",
        r#"{"text":"We hire typists in Poipet, 3500 USD a month, visa and flight paid, write to @fastjob_pp"}"#,
    );

    fn context() -> Context {
        Context {
            now: "2025-06-01T00:00:00Z".parse().unwrap(),
            actor: "owner".into(),
            clearance: Clearance::ALL,
            rights: Rights::all(),
            random: |_| Ok(()),
            passphrase: Arc::new(|_| Err("none".into())),
        }
    }

    #[test]
    fn reports_that_nobody_has_read_are_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let request = ingest::Request {
            name: "offers",
            bytes_total: None,
            options: RowOptions {
                format: Some(forewarn_app::collect::Format::JsonLines),
                ..Default::default()
            },
            defaults: Defaults {
                source: "offers".into(),
                kind: ReportKind::JobAd,
                marking: Marking::DEFAULT,
                grading: Grading::UNKNOWN,
                received_at: context().now,
            },
            batch_count_max: 10,
            problems_kept_max: 10,
        };
        let source = Source::memory(OFFERS.as_bytes().to_vec());
        ingest::run(&mut workspace, &context(), source, &request, &Silent, &mut |_| {}).unwrap();
        drop(workspace);

        let load = || forewarn_app::Engine::builtin().map_err(|error| error.to_string());
        let desk = Desk::new(Box::new(load), Limits::default()).unwrap();
        let options = Options {
            access: Access::Local,
            tls: false,
            behind_proxy: false,
            strangers: Default::default(),
            provider: None,
            courier: None,
            context: context(),
            clock: || "2025-06-01T00:00:00Z".parse().unwrap_or_default(),
            readers_count_max: 1,
            body_bytes_max: 1_000,
            answer_ms_max: 60_000,
            api_minute_count_max: 60,
        };
        let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
        let shell = Arc::new(Shell::new(pool, Arc::new(desk), options).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let found = || {
            shell.pool.with(|workspace| {
                let found =
                    search::run(workspace, &context(), &Request { count_max: 10, ..Request::default() })?;
                Ok::<_, AppError>(found.found.iter().filter(|row| row.assessment.is_some()).count())
            })
        };
        assert_eq!(found().unwrap(), 0);
        for _ in 0..2 {
            runtime.block_on(round(&shell)).unwrap();
            assert_eq!(found().unwrap(), 2);
        }
        let notes = shell.pool.with(|workspace| {
            let all = workspace.store.audit_after(0, 100)?;
            Ok::<_, AppError>(all.iter().filter(|(_, entry)| entry.action == "report.process").count())
        });
        assert_eq!(notes.unwrap(), 1);
    }
}
