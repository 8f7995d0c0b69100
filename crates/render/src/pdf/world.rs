//! All that the typesetter can see: its library, our fonts, the template, and the files of one page.
//!
//! Nothing else of the machine is in reach, whatever a template asks for: no file system, no packages, no
//! clock.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use unicode_segmentation::UnicodeSegmentation;

use crate::RenderError;
use crate::clean::push_code;

/// Latin, Greek and Cyrillic first; then what the languages of the trend add. Arabic is Naskh rather than
/// Sans because it joins lam and alef without a ligature, which readers of PDF files take apart in the wrong
/// order when they copy or search.
const FONTS: &[(&str, &[u8])] = &[
    ("NotoSans-Regular", include_bytes!("../../../../fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold", include_bytes!("../../../../fonts/NotoSans-Bold.ttf")),
    ("NotoNaskhArabic-Regular", include_bytes!("../../../../fonts/NotoNaskhArabic-Regular.ttf")),
    ("NotoNaskhArabic-Bold", include_bytes!("../../../../fonts/NotoNaskhArabic-Bold.ttf")),
    ("NotoSansThai-Regular", include_bytes!("../../../../fonts/NotoSansThai-Regular.ttf")),
    ("NotoSansKhmer-Regular", include_bytes!("../../../../fonts/NotoSansKhmer-Regular.ttf")),
    ("NotoSansLao-Regular", include_bytes!("../../../../fonts/NotoSansLao-Regular.ttf")),
    ("NotoSansMyanmar-Regular", include_bytes!("../../../../fonts/NotoSansMyanmar-Regular.ttf")),
];

const TEMPLATE: &str = include_str!("../../../../templates/notice/notice.typ");

/// What all notices share.
#[derive(Debug)]
pub(super) struct Assets {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

/// The files of one notice, by name, beside the template.
pub(super) type Files = BTreeMap<&'static str, Vec<u8>>;

/// The world of one notice.
#[derive(Debug)]
pub(super) struct PageWorld<'a> {
    assets: &'a Assets,
    files: Vec<(FileId, Bytes)>,
}

impl Assets {
    pub(super) fn builtin() -> Result<Self, RenderError> {
        let load = |(name, bytes): &(&str, &'static [u8])| {
            Font::new(Bytes::new(*bytes), 0).ok_or_else(|| RenderError::Asset {
                what: format!("font {name}"),
                reason: "not a font that can be read".to_owned(),
            })
        };
        let fonts: Vec<Font> = FONTS.iter().map(load).collect::<Result<_, _>>()?;
        let main = file_id("notice.typ").ok_or_else(|| RenderError::Asset {
            what: "template notice.typ".to_owned(),
            reason: "not a file name".to_owned(),
        })?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(main, TEMPLATE.to_owned()),
        })
    }

    /// The text with everything that no font can show written as code points: an archived file must not
    /// hold the empty boxes that would stand there instead (ISO 19005-2, 6.2.11.8), and the reader can look
    /// up what was meant. A grapheme has to come from one font whole, as the typesetter chooses fonts.
    pub(super) fn printable(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for grapheme in text.graphemes(true) {
            if self.has(grapheme) {
                out.push_str(grapheme);
            } else {
                let shown = grapheme.chars().filter(|&c| !is_default_ignorable(c));
                shown.for_each(|c| push_code(&mut out, c));
            }
        }
        out
    }

    fn has(&self, grapheme: &str) -> bool {
        let covers = |font: &Font| {
            let mut chars =
                grapheme.chars().filter(|&c| !is_default_ignorable(c) && !c.is_ascii_whitespace());
            chars.all(|c| !is_private(c) && font.info().coverage.contains(c.into()))
        };
        self.fonts.iter().any(covers)
    }
}

impl<'a> PageWorld<'a> {
    pub(super) fn new(assets: &'a Assets, files: Files) -> Self {
        let files = files.into_iter().filter_map(|(name, bytes)| Some((file_id(name)?, Bytes::new(bytes))));
        Self { assets, files: files.collect() }
    }
}

impl World for PageWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.assets.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.assets.book
    }

    fn main(&self) -> FileId {
        self.assets.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.assets.template.clone()) } else { Err(not_found(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.iter().find(|(known, _)| *known == id);
        file.map(|(_, bytes)| bytes.clone()).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.assets.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Private use areas: what stands there is a matter between two parties, not text (ISO 19005-2, 6.2.11.7).
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x10_0000..=0x10_FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_no_font_has() {
        let assets = Assets::builtin().unwrap();
        for (input, expected) in [
            ("plain, é, Ж, نص, ไทย, ខ្មែរ, ລາວ, မြန်မာ", "plain, é, Ж, نص, ไทย, ខ្មែរ, ລາວ, မြန်မာ"),
            ("a中b", "a[U+4E2D]b"),
            ("👩\u{200d}👧", "[U+1F469][U+1F467]"),
            ("\u{e000}", "[U+E000]"),
            ("isolates \u{2066}1\u{2069} stay", "isolates \u{2066}1\u{2069} stay"),
            ("a\u{0e31}", "[U+0061][U+0E31]"),
        ] {
            assert_eq!(assets.printable(input), expected);
        }
    }

    #[test]
    fn knows_no_other_files() {
        let assets = Assets::builtin().unwrap();
        let world = PageWorld::new(&assets, Files::from([("data.json", b"{}".to_vec())]));
        assert_eq!(world.file(file_id("data.json").unwrap()).unwrap().as_slice(), b"{}");
        for name in ["etc/passwd", "notice2.typ", "fonts/NotoSans-Regular.ttf"] {
            assert!(
                world.file(file_id(name).unwrap()).is_err() && world.source(file_id(name).unwrap()).is_err()
            );
        }
    }
}
