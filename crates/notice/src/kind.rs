//! What each kind of notice must have: one table.
//!
//! Kinds follow the public convention of notice colours (INTERPOL, Rules on the Processing of Data, articles
//! 88 to 96: notices other than red ones). A further kind is a row here, a variant in the model, two
//! messages in each catalogue, and a colour and an urgency in `render`; tests hold all of them against the
//! variants.

use forewarn_model::{NoticeKind, Section};

/// What a kind of notice must and may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSpec {
    /// Which kind.
    pub kind: NoticeKind,
    /// The rule that says so, for findings.
    pub rule: &'static str,
    /// Parts that it must have.
    pub required: &'static [Section],
    /// Parts that it may have; all others are out of place.
    pub optional: &'static [Section],
    /// Whether it is drafted from an alarm: a threat that is imminent has a day on which it sounded.
    pub from_alarm: bool,
}

const KINDS: &[KindSpec] = &[
    KindSpec {
        kind: NoticeKind::Orange,
        rule: "RPD arts. 88–96",
        required: &[Section::Threat, Section::Period, Section::Actions],
        optional: &[
            Section::ModusOperandi,
            Section::Hubs,
            Section::Origins,
            Section::Routes,
            Section::Scale,
            Section::Signs,
        ],
        from_alarm: true,
    },
    KindSpec {
        kind: NoticeKind::Purple,
        rule: "RPD arts. 88–96",
        required: &[Section::ModusOperandi, Section::Actions],
        optional: &[
            Section::Threat,
            Section::Hubs,
            Section::Origins,
            Section::Routes,
            Section::Period,
            Section::Scale,
            Section::Signs,
        ],
        from_alarm: false,
    },
];

/// What `kind` must and may have.
pub fn spec_of(kind: NoticeKind) -> &'static KindSpec {
    KINDS.iter().find(|spec| spec.kind == kind).unwrap_or(&KINDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_row_and_places_each_section_once() {
        for &kind in NoticeKind::ALL {
            let spec = spec_of(kind);
            assert_eq!(spec.kind, kind);
            for section in Section::ALL {
                let times = spec.required.iter().chain(spec.optional).filter(|s| *s == section).count();
                assert_eq!(times, 1, "{kind:?} {section:?}");
            }
        }
    }
}
