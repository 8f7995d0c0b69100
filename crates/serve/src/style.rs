//! The style sheets, each under an address that names its content, so that browsers may keep it for ever.
//!
//! They are made from `templates/web/css/` by `web/build.mjs`, which also says what is in which.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A style sheet and its address: `/assets/<name>-<first bytes of its SHA-256>.css`.
pub(crate) struct Sheet {
    pub(crate) text: &'static str,
    pub(crate) address: String,
}

/// The sheet of the desk.
pub(crate) static DESK: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::new("desk", include_str!("../../../web/dist/desk.css")));

/// The sheet of the page for job seekers: small, for slow lines.
pub(crate) static CHECK: LazyLock<Sheet> =
    LazyLock::new(|| Sheet::new("check", include_str!("../../../web/dist/check.css")));

impl Sheet {
    fn new(name: &str, text: &'static str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { text, address: format!("/assets/{name}-{hash}.css") }
    }
}
