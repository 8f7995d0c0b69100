//! A notice as PDF/A-2a, laid out by Typst.
//!
//! The way of a page: `page` turns the notice into data for the template, with `map`, `timeline` and `qr`
//! for its drawings; `world` gives the typesetter these files and its fonts, and nothing else of the
//! machine; the template `templates/notice/notice.typ` says how it looks.

pub(crate) mod map;
mod page;
mod qr;
mod timeline;
pub(crate) mod topology;
mod world;

use forewarn_model::{Country, Date, LocalizedNotice, Notice, Timestamp};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{Limits, RenderError};
use topology::Topology;
use world::{Assets, PageWorld};

/// What goes into a PDF.
#[derive(Debug, Clone, Copy)]
pub struct PdfInput<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// Its texts, in the order in which they shall stand; each starts a new page.
    pub texts: &'a [LocalizedNotice],
    /// What to show on the map; no map without it.
    pub map: Option<MapInput<'a>>,
    /// How many incidents became known on which day, in any order; no chart if there are none.
    pub timeline: &'a [(Date, u32)],
    /// What the QR code says: where and how to verify the notice; no code if it is empty.
    pub verification: &'a str,
}

/// A country with centres.
#[derive(Debug, Clone, PartialEq)]
pub struct Hub {
    /// The country.
    pub country: Country,
    /// Latitude and longitude in degrees (WGS 84) of the place, if it is known.
    pub position: Option<(f32, f32)>,
    /// Its name in each of the texts, in their order; the first stands in for those that lack.
    pub names: Vec<String>,
}

impl Hub {
    fn name_in(&self, text: usize) -> &str {
        self.names.get(text).or(self.names.first()).map_or(self.country.as_str(), String::as_str)
    }
}

/// What to show on the map.
#[derive(Debug, Clone, Copy)]
pub struct MapInput<'a> {
    /// Where the centres are. Each gets a number on the map and its name in the key.
    pub hubs: &'a [Hub],
    /// Countries that people come from.
    pub origins: &'a [Country],
    /// Routes, from and to.
    pub routes: &'a [(Country, Country)],
}

/// Makes PDFs. Reads fonts, template and map once; make one and keep it. May be used from several threads
/// at once.
#[derive(Debug)]
pub struct PdfRenderer {
    assets: Assets,
    topology: Topology,
    standards: PdfStandards,
    limits: Limits,
}

impl PdfRenderer {
    /// A renderer with the fonts, the template and the map that come with the program.
    pub fn new() -> Result<Self, RenderError> {
        Self::with_limits(Limits::default())
    }

    /// The same with other limits.
    pub fn with_limits(limits: Limits) -> Result<Self, RenderError> {
        // PDF/A-2a (ISO 19005-2, level A): self-contained, tagged, text extractable. PDF/UA-1 (ISO 14289-1)
        // adds what screen readers need.
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| {
            RenderError::Asset { what: "pdf standards".to_owned(), reason: error.message().to_string() }
        })?;
        Ok(Self { assets: Assets::builtin()?, topology: Topology::builtin()?, standards, limits })
    }

    /// The notice as PDF/A-2a and PDF/UA-1, the same bytes for the same input.
    pub fn pdf(&self, input: &PdfInput<'_>) -> Result<Vec<u8>, RenderError> {
        let number = &input.notice.number;
        let files = page::files(input, &self.topology, &self.assets, &self.limits)?;
        let world = PageWorld::new(&self.assets, files);
        let document = typst::compile(&world).output.map_err(|errors| layout_error(number, &errors))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{}/{}", input.notice.id, input.notice.history.len())),
            creator: Smart::Custom(Some("Forewarn".to_owned())),
            timestamp: typst_pdf_timestamp(last_change(input.notice)),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| layout_error(number, &errors));
        // Keeps what the next notice shares with this one, and no more.
        typst::comemo::evict(2);
        bytes
    }
}

/// When the notice last changed: the date of the file.
fn last_change(notice: &Notice) -> Timestamp {
    notice.history.last().map_or(notice.created_at, |step| step.when)
}

fn typst_pdf_timestamp(at: Timestamp) -> Option<typst_pdf::Timestamp> {
    let utc = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let (year, month, day) = (utc.year().into(), utc.month().unsigned_abs(), utc.day().unsigned_abs());
    let (hour, minute, second) =
        (utc.hour().unsigned_abs(), utc.minute().unsigned_abs(), utc.second().unsigned_abs());
    Datetime::from_ymd_hms(year, month, day, hour, minute, second).map(typst_pdf::Timestamp::new_utc)
}

fn layout_error(number: &str, errors: &[typst::diag::SourceDiagnostic]) -> RenderError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    RenderError::Layout { number: number.to_owned(), reason: messages.join("; ") }
}
#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use forewarn_model::NoticeKind;
    use proptest::prelude::*;

    use crate::sample::{self, Sample, country};

    const VERIFICATION: &str = "https://forewarn.example/verify/FW-2023-OR-0001#sha256=0123456789abcdef";

    /// Renders a sample with everything that a page can hold.
    fn render(sample: &Sample) -> Result<Vec<u8>, RenderError> {
        let hubs = [
            ("KH", Some((10.61, 103.53)), "Sihanoukville"),
            ("KH", Some((13.66, 102.56)), "Poipet"),
            ("MM", Some((16.69, 98.51)), "Myawaddy"),
            ("LA", None, "Golden Triangle"),
        ]
        .map(|(code, position, name)| Hub {
            country: country(code),
            position,
            names: vec![name.to_owned()],
        });
        let origins = ["KE", "IN", "MY", "BR", "MO"].map(country);
        let routes = ["KE", "IN", "MY", "BR"].map(|from| (country(from), country("KH")));
        let months: Vec<(Date, u32)> = (0..36)
            .map(|month| {
                (Date::constant(2020 + month / 12, month as i8 % 12 + 1, 3), (month * month / 30) as u32)
            })
            .collect();
        let input = PdfInput {
            notice: &sample.notice,
            texts: &sample.texts,
            map: Some(MapInput { hubs: &hubs, origins: &origins, routes: &routes }),
            timeline: &months,
            verification: VERIFICATION,
        };
        PdfRenderer::new()?.pdf(&input)
    }

    fn pages(pdf: &[u8]) -> usize {
        // The page tree states how many pages it has.
        let text = String::from_utf8_lossy(pdf);
        let counts = text.split("/Count ").skip(1);
        counts
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn the_same_notice_gives_the_same_bytes() {
        let sample = sample::notice();
        let pdf = render(&sample).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7") && pdf.trim_ascii_end().ends_with(b"%%EOF"));
        assert_eq!(pages(&pdf), 4, "two pages for each language");
        assert_eq!(render(&sample).unwrap(), pdf);
    }

    #[test]
    fn hostile_text_is_laid_out_as_text() {
        let pdf = render(&sample::hostile()).unwrap();
        assert!(pages(&pdf) > 4);
    }

    #[test]
    fn a_bare_draft_is_laid_out() {
        let Sample { mut notice, mut texts } = sample::notice();
        notice.kind = NoticeKind::Purple;
        notice.history.clear();
        notice.observables.clear();
        texts.truncate(1);
        texts[0].labels.clear();
        texts[0].values.clear();
        texts[0].sections.clear();
        let input = PdfInput { notice: &notice, texts: &texts, map: None, timeline: &[], verification: "" };
        let pdf = PdfRenderer::new().unwrap().pdf(&input).unwrap();
        assert_eq!(pages(&pdf), 1);
    }

    #[test]
    fn refuses_what_it_cannot_lay_out() {
        let Sample { notice, texts } = sample::notice();
        let check = |texts: &[LocalizedNotice], verification: &str, limits: Limits, expected: &str| {
            let input = PdfInput { notice: &notice, texts, map: None, timeline: &[], verification };
            let refused = PdfRenderer::with_limits(limits).unwrap().pdf(&input).unwrap_err();
            assert_eq!(refused.to_string(), expected);
        };
        let (usual, few) = (Limits::default(), Limits { observables_max: 2, ..Limits::default() });
        let number = "render notice FW-2023-OR-0001";
        check(&[], "", usual, &format!("{number}: expected it in at least one language"));
        check(&texts, "", few, &format!("{number}: 3 observables, at most 2 are allowed"));
        check(&texts, &"x".repeat(3_000), usual, "draw qr code: 3000 bytes do not fit");
    }

    proptest! {
        // Each case is a whole file.
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn any_text_is_laid_out(strings in prop::collection::vec("\\PC{0,40}|[\\x00-\\u{2fff}]{0,60}", 4)) {
            static RENDERER: LazyLock<PdfRenderer> = LazyLock::new(|| PdfRenderer::new().unwrap());
            let Sample { mut notice, mut texts } = sample::notice();
            for text in &mut texts {
                text.headline.text.push_str(&strings[0]);
                text.sections[0].sentences[0].text.clone_from(&strings[1]);
                text.labels.insert("verify".to_owned(), strings[2].clone());
            }
            notice.observables[0].value.clone_from(&strings[1]);
            notice.issuer.clone_from(&strings[2]);
            notice.headline.refs.first_mut().label.clone_from(&strings[3]);
            let (texts, verification) = (texts.as_slice(), strings[3].as_str());
            let input = PdfInput { notice: &notice, texts, map: None, timeline: &[], verification };
            let result = RENDERER.pdf(&input);
            prop_assert!(result.is_ok(), "{:?}", result.err());
        }
    }
}
