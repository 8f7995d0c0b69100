//! Invented incidents, an alarm, a campaign and the notice drafted from them, for the tests of this crate.

use forewarn_model::{
    Alarm, AlarmKind, Campaign, Country, CountryNames, Date, DateBasis, EvidenceRef, EvidenceTarget,
    HandleService, Incident, IncidentId, IndicatorName, Language, Marking, Member, Notice, ObservableKind,
    Pap, PersonRole, Publication, ReportId, Role, Segment, Subject, Template, Timestamp, Tlp, Variant, Vec1,
    vec1,
};

use crate::catalogue::Catalogues;
use crate::draft::{CampaignInput, DraftInput, Head, NamingCampaign, draft, draft_campaign};

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
    pub(crate) campaigns: Vec<NamingCampaign>,
    pub(crate) observables: Vec<(ObservableKind, String, Vec1<EvidenceRef>)>,
    pub(crate) texts: Vec<String>,
    pub(crate) languages: Vec<(Language, u32)>,
    pub(crate) countries: Vec<(Country, u32)>,
    pub(crate) signs: Vec<(IndicatorName, u32)>,
    pub(crate) identifiers: Vec<((ObservableKind, String), u32)>,
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
            recurrence_backed_days: 1200.0,
            score: 8.5,
            sources: 2,
            events: vec1!["raid-1".to_owned()],
            incidents: vec1![raised_by.id],
        };
        let reports = [b"one", b"two", b"six"].map(|text| ReportId::derive(&[text]));
        let campaign = Campaign {
            id: Campaign::founded_by(reports[0]),
            template: Template {
                segments: vec1![
                    Segment::Fixed("work in customer service, free ticket and room".to_owned()),
                    Segment::Fixed("ask Miss Example for the best of all the places there are".to_owned()),
                    Segment::Fixed(
                        "write to agency_example on any of the messengers that you have".to_owned()
                    ),
                ],
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
            campaigns: vec![NamingCampaign {
                campaign,
                countries: vec![country("KH")],
                signs,
                grading: "C3".parse().unwrap(),
            }],
            observables: vec![(ObservableKind::Phone, "+85512345678".to_owned(), vec1![seen])],
            texts: vec![
                "NEW work in customer service, free  ticket\nand room. ask Miss Example for the best of all the places \
                 there are. write to agency_example on any of the messengers that you have. A sentence of one \
                 offer only and a long one"
                    .to_owned();
                2
            ],
            languages: vec![(language("en"), 2), (language("zh-Hans"), 1), (language("eo"), 1)],
            countries: vec![(country("KH"), 3), (country("LA"), 2), (country("FR"), 1)],
            signs: [("free_travel", 3), ("messaging_app_contact", 2), ("of_another_pack", 2), ("urgent", 1)]
                .iter()
                .filter_map(|(name, count)| Some((IndicatorName::new(name)?, *count)))
                .collect(),
            identifiers: vec![
                ((ObservableKind::Phone, "+85512345678".to_owned()), 2),
                ((ObservableKind::Handle(HandleService::Telegram), "test_sample".to_owned()), 2),
                ((ObservableKind::Phone, "+85512345679".to_owned()), 1),
            ],
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
            head: self.head("FW-2022-OR-0001"),
        }
    }

    fn head<'a>(&self, number: &'a str) -> Head<'a> {
        Head {
            issuer: "Example Bureau",
            author: "asha",
            number,
            created_at: self.created_at,
            as_of: self.as_of,
            marking: Marking { tlp: Tlp::Green, pap: Pap::Green },
            retention_days: 365,
        }
    }

    /// The same campaign, for a Purple Notice.
    pub(crate) fn campaign_input(&self) -> CampaignInput<'_> {
        let NamingCampaign { campaign, grading, .. } = &self.campaigns[0];
        CampaignInput {
            campaign,
            grading: *grading,
            probability: Some(0.93),
            languages: &self.languages,
            countries: &self.countries,
            signs: &self.signs,
            identifiers: &self.identifiers,
            reports: &self.observables[0].2,
            texts: &self.texts,
            incidents: &self.incidents,
            head: self.head("FW-2022-PU-0001"),
        }
    }
}

/// The Purple Notice drafted from the campaign of [`Fixture::new`].
pub(crate) fn purple() -> Notice {
    draft_campaign(&Fixture::new().campaign_input()).unwrap()
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
