//! `forewarn serve`

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use forewarn_app::{Workspace, situation};
use forewarn_serve::{Desk, Download, Limits, Load, Site};

use crate::args::{Global, Serve, ServeLimits};
use crate::exit::Code;
use crate::setup;

pub(crate) fn run(global: &Global, args: &Serve) -> Result<Code> {
    let limits = &args.limits;
    if args.check_only {
        return listen(args.listen, Site::check_only(desk(global, limits.into())?), "/check");
    }
    let workspace = setup::workspace(global)?;
    open(global, &workspace, args.listen, Vec::new(), limits.into())
}

/// Serves the situation of a data folder until interrupted.
pub(crate) fn open(
    global: &Global,
    workspace: &Workspace,
    address: SocketAddr,
    files: Vec<Download>,
    limits: Limits,
) -> Result<Code> {
    let context = setup::context(global);
    let desk = desk(global, limits)?;
    let situation =
        desk.with_engine(|engine| situation::tell(workspace, &context, engine.country_names(), None))?;
    listen(address, Site::new(&situation, files, desk)?, "/")
}

fn listen(address: SocketAddr, site: Site, path: &str) -> Result<Code> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    forewarn_serve::run(address, site, cores, |address| {
        crate::output::note!("\nOpen http://{address}{path} in a browser. Stop with Ctrl-C.");
    })?;
    Ok(Code::Done)
}

/// The desk with the packs of the data folder; it reads them again when it is told to (SIGHUP).
fn desk(global: &Global, limits: Limits) -> Result<Arc<Desk>> {
    let global = global.clone();
    let load: Load = Box::new(move || setup::engine(&global).map_err(|error| format!("{error:#}")));
    Ok(Arc::new(Desk::new(load, limits)?))
}

impl From<&ServeLimits> for Limits {
    fn from(limits: &ServeLimits) -> Self {
        Self { text_bytes_max: limits.text_bytes_max, waiting_count_max: limits.waiting_count_max }
    }
}
