//! `forewarn serve`

use std::net::SocketAddr;

use anyhow::Result;
use forewarn_app::model::CountryNames;
use forewarn_app::{Workspace, engine, situation};
use forewarn_serve::{Download, Site};

use crate::args::{Global, Serve};
use crate::exit::Code;
use crate::setup;

pub(crate) fn run(global: &Global, args: &Serve) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let gazetteer = engine::gazetteer()?;
    open(global, gazetteer.country_names(), &workspace, args.listen, Vec::new())
}

/// Serves the situation of a data folder until interrupted.
pub(crate) fn open(
    global: &Global,
    names: &CountryNames,
    workspace: &Workspace,
    listen: SocketAddr,
    files: Vec<Download>,
) -> Result<Code> {
    let context = setup::context(global);
    let situation = situation::tell(workspace, &context, names, None)?;
    let site = Site::new(&situation, files)?;
    forewarn_serve::run(listen, site, |address| {
        eprintln!("\nOpen http://{address}/ in a browser on this machine. Stop with Ctrl-C.");
    })?;
    Ok(Code::Done)
}
