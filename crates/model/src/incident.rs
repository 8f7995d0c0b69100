//! Dated facts about the trend, and candidates for them that were read from a text.
//!
//! An incident is bitemporal: it has the date on which it happened and the date from which it was publicly
//! known. Whatever is answered "as of" a day uses only what was known by its end.

use crate::date::{Date, PartialDate};
use crate::geo::{Country, Region};
use crate::grading::Grading;
use crate::id::{CandidateId, IncidentId, ReportId};
use crate::text::Span;
use crate::words::words;

words! {
    /// What kind of fact it is.
    IncidentKind ("kind"):
    /// A scam centre was reported.
    HubReport = "hub_report",
    /// Victims were reported.
    VictimsReported = "victims_reported",
    /// Victims were rescued, freed or brought home.
    VictimsRescued = "victims_rescued",
    /// A raid or arrests.
    Raid = "raid",
    /// Advertisements that recruit.
    AdCampaign = "ad_campaign",
    /// A warning by an authority.
    Advisory = "advisory",
    /// A notice by a police organisation.
    Notice = "notice",
    /// A sanction.
    Sanction = "sanction",
    /// An official total; cumulative, overlaps with others.
    Statistic = "statistic",
}

words! {
    /// The trend itself, or one of its look-alikes and neighbours.
    Variant ("variant"):
    /// Centres with coerced workers: the trend.
    ScamCentre = "scam_centre",
    /// Fraud call centres without coercion.
    FraudNoCoercion = "fraud_no_coercion",
    /// Recruitment pyramids.
    RecruitmentPyramid = "recruitment_pyramid",
    /// Forced recruitment by a local cartel.
    LocalCartel = "local_cartel",
    /// Virtual kidnapping.
    VirtualKidnap = "virtual_kidnap",
    /// Captivity for ransom only.
    RansomOnly = "ransom_only",
}

words! {
    /// What the source calls the people counted. A claim of the source, not a label: the same people are
    /// called victims by one source and suspects by another.
    PersonRole ("person_role"):
    /// Victims.
    Victim = "victim",
    /// Suspects.
    Suspect = "suspect",
    /// Some of each.
    Mixed = "mixed",
    /// The source leaves it open.
    Unclear = "unclear",
}

words! {
    /// What the date of an incident rests on.
    DateBasis ("date_basis"):
    /// The date of the event.
    Event = "event",
    /// The date of publication.
    Publication = "publication",
    /// Worked out from the text.
    Inferred = "inferred",
}

/// Who published a fact, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Publication {
    /// The publisher.
    pub publisher: String,
    /// The address.
    pub url: String,
}

/// One fact for one origin country. Several incidents can tell of one event: count `event`, not rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Derived from event, hub, origin, place, kind, publication, dates and count.
    pub id: IncidentId,
    /// The event that it belongs to.
    pub event: String,
    /// When it happened.
    pub happened: PartialDate,
    /// What `happened` rests on.
    pub basis: DateBasis,
    /// From when it was publicly known; counts at its latest day.
    pub known_from: PartialDate,
    /// What kind of fact.
    pub kind: IncidentKind,
    /// Where the centre is.
    pub hub: Option<Country>,
    /// The place in `hub`, as the source writes it.
    pub place: Option<String>,
    /// Where the people come from. None with a `count`: the total of a mixed group.
    pub origin: Option<Country>,
    /// How many people; none where the source gives no number.
    pub count: Option<u32>,
    /// Whether the source states coercion or captivity.
    pub coercion_stated: bool,
    /// The trend or a look-alike.
    pub variant: Variant,
    /// What the source calls the people.
    pub person_role: Option<PersonRole>,
    /// Who published it.
    pub publication: Publication,
    /// In our own words.
    pub summary: String,
    /// How far to trust it.
    pub grading: Grading,
    /// The day from which it was known to be withdrawn by its source or refuted, if it was.
    pub retracted_on: Option<Date>,
}

impl Incident {
    /// The id of an incident with these facts.
    pub fn derive_id(&self) -> IncidentId {
        let text = |country: Option<Country>| country.map(|c| c.to_string()).unwrap_or_default();
        let count = self.count.map(|count| count.to_string()).unwrap_or_default();
        IncidentId::derive(&[
            self.event.as_bytes(),
            text(self.hub).as_bytes(),
            text(self.origin).as_bytes(),
            self.place.as_deref().unwrap_or_default().as_bytes(),
            self.kind.as_str().as_bytes(),
            self.publication.url.as_bytes(),
            self.happened.to_string().as_bytes(),
            self.known_from.to_string().as_bytes(),
            count.as_bytes(),
        ])
    }

    /// Whether it was known, and not yet retracted, at the end of `day`.
    pub fn known_at(&self, day: Date) -> bool {
        self.known_from.latest() <= day && self.retracted_on.is_none_or(|retracted| retracted > day)
    }

    /// Whether it tells of captivity or coercion in a scam centre: the trend that is watched.
    pub fn is_coercive(&self) -> bool {
        self.coercion_stated && self.variant == Variant::ScamCentre
    }
}

/// A number in a text, as a range: "tens of thousands" is 20,000 to 99,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// At least.
    pub min: u64,
    /// At most; none where the text leaves it open.
    pub max: Option<u64>,
}

/// What a candidate claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateSubject {
    /// Scam centres in a country.
    HubCountry(Country),
    /// Scam centres in a region.
    HubRegion(Region),
    /// Victims from a country.
    OriginCountry(Country),
    /// Victims from a region.
    OriginRegion(Region),
    /// How many people.
    People(Quantity),
    /// How many hub countries beyond those named.
    HubCountries(Quantity),
    /// A police organisation issued a notice of this colour.
    NoticeIssued(String),
}

/// A fact that a text seems to state. A claim, kept for an analyst to confirm or reject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentCandidate {
    /// Derived from report, subject and span.
    pub id: CandidateId,
    /// The text that it was read from.
    pub report: ReportId,
    /// The kind of incident that it would become.
    pub kind: IncidentKind,
    /// What it claims.
    pub subject: CandidateSubject,
    /// Whether the text hedges ("has shown indications of").
    pub hedged: bool,
    /// The words that name the subject.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_known_only_at_the_end_of_its_known_from() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut incident = Incident {
            id: IncidentId::from_bytes([0; 20]),
            event: "e".into(),
            happened: "2018".parse().unwrap(),
            basis: DateBasis::Event,
            known_from: "2022-07".parse().unwrap(),
            kind: IncidentKind::Raid,
            hub: "KH".parse().ok(),
            place: None,
            origin: "MY".parse().ok(),
            count: Some(47),
            coercion_stated: true,
            variant: Variant::ScamCentre,
            person_role: Some(PersonRole::Victim),
            publication: Publication { publisher: "p".into(), url: "u".into() },
            summary: String::new(),
            grading: Grading::UNKNOWN,
            retracted_on: None,
        };
        assert!(!incident.known_at(day("2018-12-31")));
        assert!(!incident.known_at(day("2022-07-30")));
        assert!(incident.known_at(day("2022-07-31")));
        incident.retracted_on = Some(day("2022-09-01"));
        assert!(incident.known_at(day("2022-08-31")));
        assert!(!incident.known_at(day("2022-09-01")));
    }

    #[test]
    fn reads_the_words_of_its_lists() {
        assert_eq!("raid".parse(), Ok(IncidentKind::Raid));
        let error = "ambush".parse::<IncidentKind>().unwrap_err().to_string();
        assert!(error.contains("hub_report, ") && error.contains("ambush"), "{error}");
    }
}
