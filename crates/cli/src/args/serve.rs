//! The arguments of `demo` and `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Tell the whole story on the input that ships inside, from reports to a signed warning
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  forewarn demo\n  forewarn demo --no-serve --data /tmp/d --out /tmp/o")]
pub(crate) struct Demo {
    /// Where the notice, the alarms and the campaigns are written
    #[arg(long, value_name = "DIR", default_value = "demo-out")]
    pub(crate) out: PathBuf,
    /// End when the files are written; open no page
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Where the page listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
}

/// Open the pages in a browser on this machine
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn serve\n  forewarn serve --check-only --listen 0.0.0.0:8080\n\nOn the signal SIGHUP the rules are read again; the old ones stay if the new ones are wrong."
)]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
    /// Serve only the public page for job seekers; needs no data folder
    #[arg(long)]
    pub(crate) check_only: bool,
    /// Ask nobody to sign in: whoever can reach the address acts as the owner of the data folder. Only on a
    /// loopback address
    #[arg(long, conflicts_with = "check_only")]
    pub(crate) no_sign_in: bool,
    /// Speak TLS with this certificate and its chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The certificate's private key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Browsers come through a proxy that speaks TLS: keep cookies on TLS, and take the address of who asks from
    /// the end of `X-Forwarded-For`
    #[arg(long)]
    pub(crate) behind_tls: bool,
    /// Deliver nothing to members from here: `forewarn notice deliver` does
    #[arg(long)]
    pub(crate) no_deliver: bool,
    /// The mail server for notices: smtps://, smtp+starttls:// or smtp:// and a host; without one, e-mail waits
    #[arg(long, env = "FOREWARN_SMTP", value_name = "URL", requires = "smtp_from")]
    pub(crate) smtp: Option<String>,
    /// Who sends e-mail
    #[arg(long, env = "FOREWARN_SMTP_FROM", value_name = "MAILBOX")]
    pub(crate) smtp_from: Option<String>,
    /// With TLS, here or at a proxy: for how many seconds browsers come to this name by nothing else (HSTS); 0 has
    /// them forget it
    #[arg(long, value_name = "SECONDS", default_value_t = 15_552_000)]
    pub(crate) hsts_seconds: u32,
    #[command(flatten)]
    pub(crate) oidc: OidcArgs,
    #[command(flatten)]
    pub(crate) limits: ServeLimits,
}

/// Sign-in by another system (OpenID Connect). Users are those that an administrator added, matched by the name at the
/// provider; nobody is added silently
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Sign-in by OpenID Connect")]
pub(crate) struct OidcArgs {
    /// The provider's issuer; it sends browsers back to /sign-in/callback
    #[arg(long, env = "FOREWARN_OIDC_ISSUER", value_name = "URL", requires = "oidc_client_id", conflicts_with_all = ["check_only", "no_sign_in"])]
    pub(crate) oidc_issuer: Option<String>,
    /// What this service is called at the provider
    #[arg(long, env = "FOREWARN_OIDC_CLIENT_ID", value_name = "ID")]
    pub(crate) oidc_client_id: Option<String>,
    /// A file with the secret of this service at the provider; none for a public client
    #[arg(long, env = "FOREWARN_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub(crate) oidc_client_secret_file: Option<PathBuf>,
    /// How the provider is called on the page
    #[arg(long, env = "FOREWARN_OIDC_NAME", value_name = "NAME", default_value = "OpenID Connect")]
    pub(crate) oidc_name: String,
    /// Longest that an answer of the provider may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) oidc_timeout_seconds: u64,
}

/// Limits of the service
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct ServeLimits {
    /// One offer, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 65_536)]
    pub(crate) text_bytes_max: usize,
    /// How many offers wait or are read at a time; further ones are asked to come again
    #[arg(long, value_name = "COUNT", default_value_t = 64)]
    pub(crate) waiting_count_max: usize,
    /// The body of a request to the desk, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 33_554_432)]
    pub(crate) body_bytes_max: usize,
    /// How long an answer of the desk may take, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 30_000)]
    pub(crate) answer_ms_max: u64,
    /// How many requests a minute each may send to the API
    #[arg(long, value_name = "COUNT", default_value_t = 600)]
    pub(crate) api_minute_count_max: u32,
    /// How many attempts to sign in or to join a minute may come from an address
    #[arg(long, value_name = "COUNT", default_value_t = 30)]
    pub(crate) sign_in_minute_count_max: u32,
    /// How many requests a minute to the public check may come from an address
    #[arg(long, value_name = "COUNT", default_value_t = 120)]
    pub(crate) check_minute_count_max: u32,
    /// How many other requests a minute without a session or a token may come from an address
    #[arg(long, value_name = "COUNT", default_value_t = 120)]
    pub(crate) stranger_minute_count_max: u32,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            text_bytes_max: 65_536,
            waiting_count_max: 64,
            body_bytes_max: 33_554_432,
            answer_ms_max: 30_000,
            api_minute_count_max: 600,
            sign_in_minute_count_max: 30,
            check_minute_count_max: 120,
            stranger_minute_count_max: 120,
        }
    }
}
