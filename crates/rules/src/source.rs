//! A file of a pack, as it came in.

/// A file: its path inside the pack folder, with `/` between folders, and its text. Where several packs are
/// compiled together, the files of all but the one that they stand on have the pack's folder in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// For example `indicators/free_housing.toml`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// The folder of the pack that the file belongs to, with its last `/`: the longest of `roots` in which it
    /// lies.
    pub(crate) fn root<'r>(&self, roots: &'r [String]) -> &'r str {
        let holds = |root: &&String| self.path.starts_with(root.as_str());
        roots.iter().filter(holds).max_by_key(|root| root.len()).map_or("", String::as_str)
    }

    /// What the path below the pack's folder says the file is; none where it has no place in a pack.
    pub(crate) fn kind(&self, root: &str) -> Option<FileKind> {
        let path = self.path.strip_prefix(root)?;
        if path == MANIFEST {
            return Some(FileKind::Manifest);
        }
        // An indicator may lie right in the folder of a pack that holds little else.
        let folder = path.rsplit_once('/').map_or("indicators", |(folder, _)| folder);
        let kind = KINDS.iter().find(|(name, end, _)| {
            folder.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                && path.ends_with(end)
        });
        kind.map(|&(_, _, kind)| kind)
    }
}

/// The folders of the packs among some files: where a manifest lies; the pack that the others stand on has
/// the empty one.
pub(crate) fn roots(files: &[SourceFile]) -> Vec<String> {
    let folder = |file: &SourceFile| Some(file.path.strip_suffix(MANIFEST)?.to_owned());
    let mut roots: Vec<String> =
        files.iter().filter_map(folder).filter(|root| root.is_empty() || root.ends_with('/')).collect();
    roots.sort();
    roots.dedup();
    roots
}

/// The file that makes a folder a pack.
const MANIFEST: &str = "pack.toml";

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

/// Folder, end of the path, what that means.
const KINDS: [(&str, &str, FileKind); 5] = [
    ("indicators", ".toml", FileKind::Indicator),
    ("languages", ".toml", FileKind::Language),
    ("exclusions", ".toml", FileKind::Exclusion),
    ("lists", ".toml", FileKind::List),
    ("tests", ".md", FileKind::Tests),
];
