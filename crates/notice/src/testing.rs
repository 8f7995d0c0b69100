//! Invented incidents, an alarm, a campaign and the notice drafted from them, for the tests of this crate.

use forewarn_model::{
    Alarm, AlarmKind, Campaign, Country, CountryNames, Date, DateBasis, EvidenceRef, EvidenceTarget, Grading,
    Incident, IncidentId, IndicatorName, Language, Marking, Member, Notice, ObservableKind, Pap, PersonRole,
    Publication, ReportId, Role, Segment, Subject, Template, Timestamp, Tlp, Variant, Vec1, vec1,
};

use crate::catalogue::Catalogues;
use crate::draft::{DraftInput, draft};

/// An incident of the trend, known from the day on which it happened, published by `publisher`.
pub(crate) fn incident(
    event: &str,
    kind: &str,
    hub: &str,
    origin: &str,
    date: &str,
    publisher: &str,
) -> Incident {
    let mut incident = Incident {
        id: IncidentId::from_bytes([0; 20]),
        event: event.to_owned(),
        happened: date.parse().unwrap(),
        basis: DateBasis::Event,
        known_from: date.parse().unwrap(),
        kind: kind.parse().unwrap(),
        hub: hub.parse().ok(),
        place: None,
        origin: origin.parse().ok(),
        count: None,
        coercion_stated: true,
        variant: Variant::ScamCentre,
        person_role: Some(PersonRole::Victim),
        publication: Publication {
            publisher: publisher.to_owned(),
            url: format!("https://{publisher}/{event}"),
        },
        summary: "invented".to_owned(),
        grading: "B2".parse().unwrap(),
        retracted_on: None,
    };
    incident.id = incident.derive_id();
    incident
}

/// What the tests draft from: an alarm on Cambodia as a hub.
pub(crate) struct Fixture {
    pub(crate) alarm: Alarm,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) campaigns: Vec<(Campaign, Vec<IndicatorName>, Grading)>,
    pub(crate) observables: Vec<(ObservableKind, String, Vec1<EvidenceRef>)>,
    pub(crate) as_of: Date,
    pub(crate) created_at: Timestamp,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let with = |mut one: Incident, count: u32, place: &str| {
            one.count = Some(count);
            one.place = (!place.is_empty()).then(|| place.to_owned());
            one.id = one.derive_id();
            one
        };
        let mut suspects = incident("raid-2", "raid", "KH", "VN", "2022-05-02", "gazette.example");
        suspects.person_role = Some(PersonRole::Mixed);
        let incidents = vec![
            with(incident("raid-1", "raid", "KH", "MY", "2022-03-01", "daily.example"), 40, "Harbour Town"),
            with(incident("raid-1", "raid", "KH", "MY", "2022-03-02", "herald.example"), 47, "Harbour Town"),
            with(incident("raid-1", "raid", "KH", "TH", "2022-03-02", "herald.example"), 3, "Harbour Town"),
            with(suspects, 120, "Hill Zone"),
            incident("ads-1", "advisory", "KH", "PH", "2022-04", "ministry.example"),
            with(incident("sum-1", "statistic", "KH", "", "2022-06-10", "agency.example"), 1300, ""),
            incident("hub-1", "hub_report", "LA", "CN", "2021-09", "daily.example"),
            incident("hub-2", "hub_report", "MM", "", "2022-01-15", "daily.example"),
            incident("later", "raid", "KH", "KE", "2022-08-01", "daily.example"),
        ];
        let raised_by = &incidents[0];
        let subject = Subject::Country(country("KH"));
        let alarm = Alarm {
            id: Alarm::derive_id(AlarmKind::Hub, &subject, Variant::ScamCentre),
            kind: AlarmKind::Hub,
            subject,
            variant: Variant::ScamCentre,
            raised_on: "2022-03-02".parse().unwrap(),
            first_incident_on: "2022-03-01".parse().unwrap(),
            recurrence_interval_days: 412.7,
            score: 8.5,
            sources: 2,
            events: vec1!["raid-1".to_owned()],
            incidents: vec1![raised_by.id],
        };
        let reports = [b"one", b"two", b"six"].map(|text| ReportId::derive(&[text]));
        let campaign = Campaign {
            id: Campaign::founded_by(reports[0]),
            template: Template {
                segments: vec1![Segment::Fixed("invented".to_owned())],
                relative_length: 1.2,
                compression: 0.4,
            },
            members: Vec1::try_from_vec(
                reports
                    .iter()
                    .enumerate()
                    .map(|(at, report)| Member {
                        report: *report,
                        role: if at == 0 { Role::Leader } else { Role::Member },
                        received_at: format!("2022-05-0{}T08:00:00Z", at + 1).parse().ok(),
                    })
                    .collect(),
            )
            .unwrap(),
        };
        let signs = ["free_travel", "messaging_app_contact", "passport_handover"];
        let signs = signs.iter().filter_map(|name| IndicatorName::new(name)).collect();
        let seen = EvidenceRef {
            target: EvidenceTarget::Report(reports[0]),
            grading: "C3".parse().unwrap(),
            known_from: "2022-05-01".parse().unwrap(),
            label: "job advertisement".to_owned(),
        };
        Self {
            alarm,
            incidents,
            campaigns: vec![(campaign, signs, "C3".parse().unwrap())],
            observables: vec![(ObservableKind::Phone, "+85512345678".to_owned(), vec1![seen])],
            as_of: "2022-06-30".parse().unwrap(),
            created_at: "2022-07-01T09:30:00Z".parse().unwrap(),
        }
    }

    pub(crate) fn input(&self) -> DraftInput<'_> {
        DraftInput {
            alarm: &self.alarm,
            incidents: &self.incidents,
            campaigns: &self.campaigns,
            observables: &self.observables,
            issuer: "Example Bureau",
            author: "asha",
            number: "FW-2022-OR-0001",
            created_at: self.created_at,
            as_of: self.as_of,
            marking: Marking { tlp: Tlp::Green, pap: Pap::Green },
            retention_days: 365,
        }
    }
}

/// The notice drafted from [`Fixture::new`].
pub(crate) fn notice() -> Notice {
    draft(&Fixture::new().input()).unwrap()
}

pub(crate) fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub(crate) fn language(tag: &str) -> Language {
    tag.parse().unwrap()
}

pub(crate) fn catalogues() -> Catalogues {
    Catalogues::builtin().unwrap()
}

/// The names that the fixture needs, in the four languages.
pub(crate) fn names() -> CountryNames {
    let table = [
        ("KH", "Cambodia", "Cambodge", "Camboya", "كمبوديا"),
        ("LA", "Laos", "Laos", "Laos", "لاوس"),
        ("MY", "Malaysia", "Malaisie", "Malasia", "ماليزيا"),
        ("TH", "Thailand", "Thaïlande", "Tailandia", "تايلاند"),
        ("VN", "Vietnam", "Viêt Nam", "Vietnam", "فيتنام"),
        ("PH", "Philippines", "Philippines", "Filipinas", "الفلبين"),
        ("CN", "China", "Chine", "China", "الصين"),
    ];
    let mut names = CountryNames::default();
    for (code, en, fr, es, ar) in table {
        for (tag, name) in [("en", en), ("fr", fr), ("es", es), ("ar", ar)] {
            names.insert(language(tag), country(code), name.to_owned());
        }
    }
    names
}
