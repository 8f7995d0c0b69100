//! The style sheet, under an address that names its content, so that browsers may keep it for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// Its text.
pub(crate) const SHEET: &str = include_str!("../../../templates/web/style.css");

/// Its address: `/assets/style-<first bytes of its SHA-256>.css`.
pub(crate) static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(SHEET.as_bytes());
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/style-{name}.css")
});
