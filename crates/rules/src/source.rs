//! A file of a pack, as it came in.

/// A file: its path inside the pack folder, with `/` between folders, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// For example `indicators/free_housing.toml`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// What the path says the file is; none where it has no place in a pack.
    pub(crate) fn kind(&self) -> Option<FileKind> {
        KINDS
            .iter()
            .find(|(folder, extension, _)| self.path.starts_with(folder) && self.path.ends_with(extension))
            .map(|&(_, _, kind)| kind)
    }
}

/// What a file of a pack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Manifest,
    Indicator,
    Language,
    Exclusion,
    List,
    Tests,
}

/// Start of the path, its end, what that means.
const KINDS: [(&str, &str, FileKind); 6] = [
    ("pack.toml", "", FileKind::Manifest),
    ("indicators/", ".toml", FileKind::Indicator),
    ("languages/", ".toml", FileKind::Language),
    ("exclusions/", ".toml", FileKind::Exclusion),
    ("lists/", ".toml", FileKind::List),
    ("tests/", ".md", FileKind::Tests),
];
