//! A backup of the data folder in one file, made while the house works; and a data folder out of one.
//!
//! The file is a tar archive, compressed with Zstandard: `manifest.json` first, with the length and SHA-256 of every
//! other file, then these. So it can be looked into, and unpacked, without Forewarn.

pub mod make;
pub mod restore;

use serde::{Deserialize, Serialize};

/// The form of the archive.
const FORMAT: &str = "forewarn/backup/1";

/// The first file of the archive.
const MANIFEST: &str = "manifest.json";

/// The folders of the data folder that go along. Whatever else lies there can be made again or is not ours.
const FOLDERS: [&str; 4] = ["keys", "packs", "warninglists", "tls"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: String,
    made_at: String,
    files: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Whether a path of the archive stays inside the folder into which it is unpacked, and is one of ours.
fn is_ours(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let plain =
        |part: &&str| !part.is_empty() && *part != "." && *part != ".." && !part.contains(['\\', '\0', ':']);
    let inside = parts.iter().all(plain);
    inside && (path == forewarn_store::FILE_NAME || (parts.len() > 1 && FOLDERS.contains(&parts[0])))
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_files_of_the_folder_are_unpacked() {
        for (path, ours) in [
            ("forewarn.db", true),
            ("keys/a.pem", true),
            ("packs/own/indicators/a.toml", true),
            ("keys", false),
            ("../forewarn.db", false),
            ("keys/../../x", false),
            ("/etc/passwd", false),
            ("keys//x", false),
            ("other/x", false),
            ("keys/a\\..\\b", false),
            ("", false),
        ] {
            assert_eq!(super::is_ours(path), ours, "{path:?}");
        }
    }
}
