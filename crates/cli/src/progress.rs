//! Progress on a terminal: a bar with the time left where the end is known, one line for each step.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::Duration;

use forewarn_app::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::Global;

pub(crate) struct Terminal {
    quiet: bool,
    animated: bool,
    current: Mutex<Option<(String, ProgressBar)>>,
}

impl Terminal {
    pub(crate) fn new(global: &Global) -> Self {
        Self { quiet: global.quiet, animated: std::io::stderr().is_terminal(), current: Mutex::new(None) }
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Option<(String, ProgressBar)>> {
        self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Progress for Terminal {
    fn begin(&self, step: &str, total: Option<u64>) {
        if self.quiet {
            return;
        }
        let (bar, template) = match total {
            Some(total) => {
                (ProgressBar::new(total), "{msg:32} {bar:24} {percent:>3} %  {elapsed} gone, {eta} to go")
            }
            None => (ProgressBar::new_spinner(), "{msg:32} {spinner} {elapsed}"),
        };
        if !self.animated {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message(step.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        *self.current() = Some((step.to_owned(), bar));
    }

    fn at(&self, done: u64) {
        if let Some((_, bar)) = self.current().as_ref() {
            bar.set_position(done);
        }
    }

    fn end(&self, outcome: &str) {
        if let Some((step, bar)) = self.current().take() {
            bar.finish_and_clear();
            crate::output::note!("{step:32} {outcome}");
        }
    }
}
