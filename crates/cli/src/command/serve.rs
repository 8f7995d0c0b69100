//! `forewarn serve`

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use forewarn_app::delivery::Courier;
use forewarn_app::user::{self, Invitation, Provider};
use forewarn_app::{Context, Pool, Workspace, pool};
use forewarn_serve::{Access, Desk, Limits, Load, Options, Shell, Site, StrangerLimits, Tls};

use forewarn_courier::{Config, Network, Oidc, OidcConfig, Smtp};

use crate::args::{Global, OidcArgs, Serve, ServeLimits};
use crate::exit::Code;
use crate::setup;

/// Longest secret at a provider, in bytes.
const SECRET_BYTES_MAX: u64 = 65_536;

/// Longest answer of a provider, in bytes.
const PROVIDER_ANSWER_BYTES_MAX: u64 = 1_048_576;

pub(crate) fn run(global: &Global, args: &Serve) -> Result<Code> {
    let limits = &args.limits;
    if args.check_only {
        let site = Site::check_only(desk(global, limits.into())?, limits.into(), args.behind_tls, setup::now);
        return listen(args.listen, harder(site, hsts(args)), tls(args).as_ref(), "/check", None);
    }
    if args.no_sign_in && !args.listen.ip().is_loopback() {
        bail!("listen on {} without sign-in: only a loopback address may be served so", args.listen);
    }
    let access = if args.no_sign_in { Access::Local } else { Access::SignIn };
    let folder = setup::data_folder(global)?;
    let invitation = first_start(global, &folder, access)?;
    let context = Context { passphrase: Arc::new(setup::service_passphrase), ..setup::context(global) };
    let mut options = options(context, access, args.behind_tls || tls(args).is_some(), limits);
    options.behind_proxy = args.behind_tls;
    options.provider = provider(&args.oidc)?;
    options.courier = courier(args)?;
    let opening = Opening { path: "/", invitation, hsts_seconds: hsts(args) };
    open(global, &folder, args.listen, options, tls(args).as_ref(), limits.into(), opening)
}

/// How people come in.
#[derive(Default)]
pub(crate) struct Opening<'a> {
    /// The page to open.
    pub(crate) path: &'a str,
    /// How the first administrator comes in.
    pub(crate) invitation: Option<Invitation>,
    /// How long browsers come by TLS alone; none where they need not.
    pub(crate) hsts_seconds: Option<u32>,
}

/// Makes the data folder if need be; where nobody can sign in yet, invites the first administrator.
fn first_start(global: &Global, folder: &Path, access: Access) -> Result<Option<Invitation>> {
    let mut workspace = Workspace::open(folder)?;
    if access == Access::Local {
        return Ok(None);
    }
    Ok(user::first_start(&mut workspace, &setup::context(global))?)
}

fn tls(args: &Serve) -> Option<Tls> {
    let (certificate, key) = (args.tls_certificate.clone()?, args.tls_key.clone()?);
    Some(Tls { certificate, key, client_authorities: None })
}

/// How long browsers are told to come by TLS alone: only where they do.
fn hsts(args: &Serve) -> Option<u32> {
    (args.behind_tls || tls(args).is_some()).then_some(args.hsts_seconds)
}

fn harder(site: Site, hsts_seconds: Option<u32>) -> Site {
    match hsts_seconds {
        Some(seconds) => site.with_hsts(seconds),
        None => site,
    }
}

/// Serves the desk of a data folder until interrupted.
pub(crate) fn open(
    global: &Global,
    folder: &Path,
    address: SocketAddr,
    options: Options,
    tls: Option<&Tls>,
    limits: Limits,
    opening: Opening<'_>,
) -> Result<Code> {
    let pool = Pool::open(folder, pool::Limits::default())?;
    let shell = Shell::new(pool, desk(global, limits)?, options)?;
    let site = harder(Site::new(Arc::new(shell)), opening.hsts_seconds);
    listen(address, site, tls, opening.path, opening.invitation)
}

/// Who carries notices to members, unless something else does.
fn courier(args: &Serve) -> Result<Option<Arc<dyn Courier>>> {
    if args.no_deliver {
        return Ok(None);
    }
    let smtp = match (&args.smtp, &args.smtp_from) {
        (Some(address), Some(from)) => Some(Smtp::new(address, from, setup::smtp_credentials()?)?),
        _ => None,
    };
    Ok(Some(Arc::new(Network::new(Config { smtp, ..Config::default() }))))
}

/// The provider of sign-ins, if one is named.
fn provider(args: &OidcArgs) -> Result<Option<Arc<dyn Provider>>> {
    let (Some(issuer), Some(client_id)) = (&args.oidc_issuer, &args.oidc_client_id) else { return Ok(None) };
    let secret = |path: &PathBuf| setup::text(path, SECRET_BYTES_MAX).map(|text| text.trim().to_owned());
    let config = OidcConfig {
        name: args.oidc_name.clone(),
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret: args.oidc_client_secret_file.as_ref().map(secret).transpose()?,
        timeout_seconds: args.oidc_timeout_seconds,
        answer_bytes_max: PROVIDER_ANSWER_BYTES_MAX,
    };
    Ok(Some(Arc::new(Oidc::new(config)?)))
}

/// How the desk behaves.
pub(crate) fn options(context: Context, access: Access, tls: bool, limits: &ServeLimits) -> Options {
    Options {
        access,
        tls,
        behind_proxy: false,
        strangers: limits.into(),
        provider: None,
        courier: None,
        context,
        clock: setup::now,
        readers_count_max: cores() * 2,
        body_bytes_max: limits.body_bytes_max,
        answer_ms_max: limits.answer_ms_max,
        api_minute_count_max: limits.api_minute_count_max,
    }
}

/// Under which address this machine reaches a service that listens there: "on every interface" is none to open.
fn reached(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn listen(
    address: SocketAddr,
    site: Site,
    tls: Option<&Tls>,
    path: &str,
    invitation: Option<Invitation>,
) -> Result<Code> {
    let scheme = if tls.is_some() { "https" } else { "http" };
    forewarn_serve::run(address, site, tls, cores() * 4, |address| {
        let address = reached(address);
        crate::output::note!("\nOpen {scheme}://{address}{path} in a browser. Stop with Ctrl-C.");
        if let Some(invitation) = invitation {
            let link = format!("{scheme}://{address}/join/{}", invitation.token);
            crate::output::note!(
                "Nobody can sign in yet. Become the administrator within a day at\n  {link}"
            );
        }
    })?;
    Ok(Code::Done)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// The desk with the packs of the data folder; it reads them again when it is told to (SIGHUP).
fn desk(global: &Global, limits: Limits) -> Result<Arc<Desk>> {
    let global = global.clone();
    let load: Load = Box::new(move || setup::engine(&global).map_err(|error| format!("{error:#}")));
    Ok(Arc::new(Desk::new(load, limits)?))
}

impl From<&ServeLimits> for StrangerLimits {
    fn from(limits: &ServeLimits) -> Self {
        Self {
            sign_in_minute_count_max: limits.sign_in_minute_count_max,
            check_minute_count_max: limits.check_minute_count_max,
            other_minute_count_max: limits.stranger_minute_count_max,
        }
    }
}

impl From<&ServeLimits> for Limits {
    fn from(limits: &ServeLimits) -> Self {
        Self { text_bytes_max: limits.text_bytes_max, waiting_count_max: limits.waiting_count_max }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_listens_everywhere_is_reached_on_this_machine() {
        let check = |listens: &str, expected: &str| {
            assert_eq!(reached(listens.parse().unwrap()).to_string(), expected);
        };
        check("0.0.0.0:8787", "127.0.0.1:8787");
        check("[::]:1", "[::1]:1");
        check("192.0.2.7:8787", "192.0.2.7:8787");
    }
}
