//! Invented values for the tests of this crate, and generators of arbitrary notices.

use std::collections::BTreeMap;

use forewarn_model::{
    Alarm, AlarmKind, Arg, Campaign, Country, Credibility, DateBasis, EvidenceRef, EvidenceTarget, Grading,
    HandleService, Incident, IncidentId, IncidentKind, Language, Likelihood, LocalizedNotice,
    LocalizedSection, LocalizedSentence, Marking, Member, Notice, NoticeId, NoticeKind, NoticeState,
    ObservableKind, Pap, PersonRole, Publication, Region, Reliability, ReportId, Role, Section, Segment,
    Slot, SlotKind, Statement, Step, Subject, Template, Timestamp, Tlp, Variant, Vec1, WatchedObservable,
    vec1,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

/// JSON on several lines with its names in order, whatever order the build of `serde_json` keeps.
pub(crate) fn pretty(value: &Value) -> String {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().map(sorted).collect(),
            Value::Object(members) => {
                let mut all: Vec<_> =
                    members.iter().map(|(name, part)| (name.clone(), sorted(part))).collect();
                all.sort_by(|a, b| a.0.cmp(&b.0));
                Value::Object(all.into_iter().collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }
    serde_json::to_string_pretty(&sorted(value)).unwrap()
}

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Two incidents of one event and one that was retracted, as two invented papers told them.
pub(crate) fn incidents() -> Vec<Incident> {
    let mut raid = Incident {
        id: IncidentId::from_bytes([0; 20]),
        event: "kh-raid-2022".into(),
        happened: "2022-08".parse().unwrap(),
        basis: DateBasis::Event,
        known_from: "2022-08-20".parse().unwrap(),
        kind: IncidentKind::Raid,
        hub: Some(country("KH")),
        place: Some("Sihanoukville".into()),
        origin: Some(country("TW")),
        count: Some(47),
        coercion_stated: true,
        variant: Variant::ScamCentre,
        person_role: Some(PersonRole::Victim),
        publication: Publication {
            publisher: "Example Post".into(),
            url: "https://post.example/raid".into(),
        },
        summary: "Police free 47 from a compound".into(),
        grading: "B2".parse().unwrap(),
        retracted_on: None,
    };
    raid.id = raid.derive_id();
    let mut report = Incident {
        happened: "2022".parse().unwrap(),
        basis: DateBasis::Inferred,
        known_from: "2022-09".parse().unwrap(),
        kind: IncidentKind::VictimsReported,
        place: None,
        origin: Some(country("MY")),
        count: None,
        person_role: None,
        publication: Publication {
            publisher: "Example Daily".into(),
            url: "https://daily.example/1?a=1&b=2".into(),
        },
        summary: "\"Lured\", says the embassy; =1+1".into(),
        grading: "C3".parse().unwrap(),
        ..raid.clone()
    };
    report.id = report.derive_id();
    let mut hoax = Incident {
        event: "kh-hoax-2022".into(),
        origin: None,
        publication: Publication { publisher: "Example Sun".into(), url: "https://sun.example/hoax".into() },
        summary: "A rescue that did not take place".into(),
        grading: "D5".parse().unwrap(),
        retracted_on: "2022-09-10".parse().ok(),
        ..report.clone()
    };
    hoax.id = hoax.derive_id();
    vec![raid, report, hoax]
}

/// An alarm on the first two incidents.
pub(crate) fn alarm() -> Alarm {
    let incidents = incidents();
    let (kind, subject) = (AlarmKind::Hub, Subject::Country(country("KH")));
    Alarm {
        id: Alarm::derive_id(kind, &subject, Variant::ScamCentre),
        kind,
        subject,
        variant: Variant::ScamCentre,
        raised_on: "2022-09-30".parse().unwrap(),
        first_incident_on: "2022-08-20".parse().unwrap(),
        recurrence_interval_days: 3650.5,
        recurrence_backed_days: 4000.0,
        score: 7.25,
        sources: 2,
        events: vec1!["kh-raid-2022".into()],
        incidents: vec1![incidents[0].id, incidents[1].id],
    }
}

/// A campaign of two offers that differ in place and handle.
pub(crate) fn campaign() -> Campaign {
    let founder = ReportId::derive(&[b"1"]);
    let slot = |kind, values: &[(&str, u32)], empty| {
        let values = values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect();
        Segment::Slot(Slot { kind, values, empty })
    };
    Campaign {
        id: Campaign::founded_by(founder),
        template: Template {
            segments: vec1![
                Segment::Fixed("Typist wanted in".into()),
                slot(SlotKind::Place, &[("Bavet", 1), ("Poipet", 1)], 0),
                Segment::Fixed("ticket paid, write to".into()),
                slot(SlotKind::Handle, &[("@hr_example", 1)], 1),
            ],
            relative_length: 1.125,
            compression: 0.5,
        },
        members: vec1![
            Member { report: founder, role: Role::Leader, received_at: Some(time("2022-08-01T10:00:00Z")) },
            Member {
                report: ReportId::derive(&[b"2"]),
                role: Role::Member,
                received_at: Some(time("2022-08-03T10:00:00.5Z")),
            },
        ],
    }
}

fn evidence(target: EvidenceTarget, grading: &str, known_from: &str, label: &str) -> EvidenceRef {
    EvidenceRef {
        target,
        grading: grading.parse().unwrap(),
        known_from: known_from.parse().unwrap(),
        label: label.to_owned(),
    }
}

/// An issued Orange Notice that rests on the incidents, the alarm and the campaign above.
pub(crate) fn notice() -> Notice {
    let incidents = incidents();
    let raid = evidence(
        EvidenceTarget::Incident(incidents[0].id),
        "B2",
        "2022-08-20",
        "Example Post, https://post.example/raid",
    );
    let report = evidence(
        EvidenceTarget::Incident(incidents[1].id),
        "C3",
        "2022-09-30",
        "Example Daily, https://daily.example/1?a=1&b=2",
    );
    let alarm = evidence(EvidenceTarget::Alarm(alarm().id), "F6", "2022-09-30", "Alarm: hub KH");
    let campaign = evidence(EvidenceTarget::Campaign(campaign().id), "F6", "2022-08-03", "Two offers");
    let offer = evidence(EvidenceTarget::Report(ReportId::derive(&[b"1"])), "F6", "2022-08-01", "An offer");
    let regraded = EvidenceRef { grading: "A1".parse().unwrap(), ..raid.clone() };
    let statement = |section, message: &str, args: Vec<(&str, Arg)>, refs| Statement {
        section,
        message: message.to_owned(),
        args: args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect(),
        refs,
    };
    let countries = |codes: &[&str]| Arg::Countries(codes.iter().map(|code| country(code)).collect());
    let step = |to, who: &str, when: &str, why: &str| Step {
        to,
        who: who.to_owned(),
        when: time(when),
        why: why.to_owned(),
    };
    let created_at = time("2022-10-01T08:00:00Z");
    Notice {
        id: NoticeId::derive(&[b"sample"]),
        number: "FW-2022-OR-0001".into(),
        kind: NoticeKind::Orange,
        issuer: "Example Bureau".into(),
        author: "u1".into(),
        created_at,
        as_of: "2022-09-30".parse().unwrap(),
        marking: Marking { tlp: Tlp::AmberStrict, pap: Pap::Amber },
        review_by: "2023-10-01".parse().unwrap(),
        headline: statement(
            Section::Threat,
            "headline-hub",
            vec![("country", countries(&["KH"]))],
            vec1![alarm.clone()],
        ),
        statements: vec1![
            statement(
                Section::Hubs,
                "hubs-place",
                vec![
                    ("place", Arg::Name("Sihanoukville".into())),
                    ("country", countries(&["KH"])),
                    ("events", Arg::Number(1)),
                    ("since", Arg::Date("2022-08".parse().unwrap())),
                ],
                vec1![raid.clone(), report.clone()],
            ),
            statement(
                Section::Origins,
                "origins-region",
                vec![
                    ("region", Arg::Region("035".parse().unwrap())),
                    ("countries", countries(&["MY", "TH"])),
                ],
                vec1![report],
            ),
            statement(
                Section::Routes,
                "routes-one",
                vec![("route", Arg::Route(country("TW"), country("KH")))],
                vec1![regraded],
            ),
            statement(
                Section::Scale,
                "scale-people",
                vec![("people", Arg::Range(47, 9_007_199_254_740_993))],
                vec1![raid],
            ),
        ],
        observables: vec![
            WatchedObservable {
                kind: ObservableKind::Phone,
                value: "+85512000001".into(),
                refs: vec1![campaign.clone(), offer],
            },
            WatchedObservable {
                kind: ObservableKind::Handle(HandleService::Telegram),
                value: "o'hr\\example".into(),
                refs: vec1![campaign],
            },
        ],
        alarm: Some(self::alarm().id),
        supersedes: Some(NoticeId::derive(&[b"earlier"])),
        history: vec![
            step(NoticeState::InReview, "u1", "2022-10-01T09:00:00Z", "ready"),
            step(NoticeState::Approved, "u2", "2022-10-01T10:00:00.25Z", "checked"),
            step(NoticeState::Issued, "u3", "2022-10-02T07:30:00Z", "issued"),
        ],
    }
}

/// The headline and two sections in English and Arabic.
pub(crate) fn texts() -> Vec<LocalizedNotice> {
    let text = |language: &str, said: [&str; 5], kind: &str| LocalizedNotice {
        language: language.parse().unwrap(),
        headline: LocalizedSentence { text: said[0].into(), refs: vec![1] },
        sections: vec![
            LocalizedSection {
                section: Section::Hubs,
                heading: said[1].into(),
                sentences: vec![LocalizedSentence { text: said[2].into(), refs: vec![2, 3] }],
            },
            LocalizedSection {
                section: Section::Origins,
                heading: said[3].into(),
                sentences: vec![LocalizedSentence { text: said[4].into(), refs: vec![3] }],
            },
        ],
        labels: [("kind".to_owned(), kind.to_owned())].into(),
        values: [("issued".to_owned(), "2022-10-02".to_owned())].into(),
    };
    vec![
        text(
            "en",
            [
                "A new hub in Cambodia.",
                "Hubs",
                "Sihanoukville in Cambodia.",
                "Origins",
                "Malaysia, Thailand.",
            ],
            "Orange Notice",
        ),
        text(
            "ar",
            ["مركز جديد في كمبوديا.", "المراكز", "سيهانوكفيل في كمبوديا.", "المنشأ", "ماليزيا وتايلند."],
            "نشرة برتقالية",
        ),
    ]
}

fn any_country() -> impl Strategy<Value = Country> {
    select(Country::all())
}

fn any_day() -> impl Strategy<Value = forewarn_model::Date> {
    let start: forewarn_model::Date = "0001-01-01".parse().unwrap();
    (0..3_652_000).prop_map(move |days| forewarn_model::date::add_days(start, days))
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (-62_135_596_800_i64..=253_402_207_200, 0..1_000_000_000)
        .prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap_or_default())
}

fn any_date() -> impl Strategy<Value = forewarn_model::PartialDate> {
    (any_day(), select(vec![4, 7, 10])).prop_map(|(day, len)| day.to_string()[..len].parse().unwrap())
}

fn any_evidence() -> impl Strategy<Value = EvidenceRef> {
    let target = (0..4, 0u8..4).prop_map(|(kind, seed)| match kind {
        0 => EvidenceTarget::Report(ReportId::derive(&[&[seed]])),
        1 => EvidenceTarget::Incident(IncidentId::derive(&[&[seed]])),
        2 => EvidenceTarget::Campaign(Campaign::founded_by(ReportId::derive(&[&[seed]]))),
        _ => EvidenceTarget::Alarm(forewarn_model::AlarmId::derive(&[&[seed]])),
    });
    (target, 0..2, any_day(), ".{0,12}").prop_map(|(target, grade, known_from, label)| EvidenceRef {
        target,
        grading: ["A1", "F6"][grade as usize].parse().unwrap(),
        known_from,
        label,
    })
}

fn any_refs() -> impl Strategy<Value = Vec1<EvidenceRef>> {
    vec(any_evidence(), 1..5).prop_map(|refs| Vec1::try_from_vec(refs).unwrap())
}

fn any_arg() -> impl Strategy<Value = Arg> {
    prop_oneof![
        any::<i64>().prop_map(Arg::Number),
        (any::<i64>(), any::<i64>()).prop_map(|(min, max)| Arg::Range(min, max)),
        any_date().prop_map(Arg::Date),
        vec(any_country(), 0..4).prop_map(Arg::Countries),
        select(Region::all().collect::<Vec<_>>()).prop_map(Arg::Region),
        (any_country(), any_country()).prop_map(|(from, to)| Arg::Route(from, to)),
        vec(".{0,9}", 0..3).prop_map(Arg::Messages),
        ".{0,20}".prop_map(Arg::Name),
        select(Likelihood::ALL).prop_map(Arg::Likelihood),
    ]
}

fn any_statement() -> impl Strategy<Value = Statement> {
    (select(Section::ALL), ".{0,9}", btree_map(".{0,5}", any_arg(), 0..4), any_refs())
        .prop_map(|(section, message, args, refs)| Statement { section, message, args, refs })
}

pub(crate) fn any_kind() -> impl Strategy<Value = ObservableKind> {
    let handles = HandleService::ALL.iter().map(|&service| ObservableKind::Handle(service));
    let chains = forewarn_model::CryptoChain::ALL.iter().map(|&chain| ObservableKind::Crypto(chain));
    let others = [
        ObservableKind::Phone,
        ObservableKind::Email,
        ObservableKind::Url,
        ObservableKind::Domain,
        ObservableKind::Iban,
    ];
    select(others.into_iter().chain(handles).chain(chains).collect::<Vec<_>>())
}

/// Any notice at all, sensible or not.
pub(crate) fn any_notice() -> impl Strategy<Value = Notice> {
    let head = (".{0,9}", ".{0,9}", ".{0,9}", select(NoticeKind::ALL), select(Tlp::ALL.to_vec()));
    let times = (any_time(), any_day(), any_day(), select(Pap::ALL.to_vec()));
    let observable = (any_kind(), ".{0,20}", any_refs()).prop_map(|(kind, value, refs)| WatchedObservable {
        kind,
        value,
        refs,
    });
    let step = (select(NoticeState::ALL), ".{0,5}", any_time(), ".{0,9}")
        .prop_map(|(to, who, when, why)| Step { to, who, when, why });
    let body = (any_statement(), vec(any_statement(), 1..5), vec(observable, 0..4), vec(step, 0..4));
    let links = (option::of(0u8..9), option::of(0u8..9));
    (head, times, body, links).prop_map(|(head, times, body, links)| {
        let ((number, issuer, author, kind, tlp), (created_at, as_of, review_by, pap)) = (head, times);
        let (headline, statements, observables, history) = body;
        Notice {
            id: NoticeId::derive(&[number.as_bytes()]),
            number,
            kind,
            issuer,
            author,
            created_at,
            as_of,
            marking: Marking { tlp, pap },
            review_by,
            headline,
            statements: Vec1::try_from_vec(statements).unwrap(),
            observables,
            alarm: links.0.map(|seed| forewarn_model::AlarmId::derive(&[&[seed]])),
            supersedes: links.1.map(|seed| NoticeId::derive(&[&[seed]])),
            history,
        }
    })
}

/// Any incident at all.
pub(crate) fn any_incident() -> impl Strategy<Value = Incident> {
    let dates = (any_date(), any_date(), option::of(any_day()));
    let kinds = (select(IncidentKind::ALL), select(DateBasis::ALL), select(Variant::ALL));
    let places = (option::of(any_country()), option::of(".{0,9}"), option::of(any_country()));
    let people = (option::of(any::<u32>()), any::<bool>(), option::of(select(PersonRole::ALL)));
    let grading = (select(Reliability::ALL.to_vec()), select(Credibility::ALL.to_vec()));
    let words = (".{0,9}", ".{0,9}", ".{0,30}", ".{0,30}");
    (dates, kinds, places, people, grading, words).prop_map(
        |(dates, kinds, places, people, grading, words)| {
            let mut incident = Incident {
                id: IncidentId::from_bytes([0; 20]),
                event: words.0,
                happened: dates.0,
                basis: kinds.1,
                known_from: dates.1,
                kind: kinds.0,
                hub: places.0,
                place: places.1,
                origin: places.2,
                count: people.0,
                coercion_stated: people.1,
                variant: kinds.2,
                person_role: people.2,
                publication: Publication { publisher: words.1, url: words.2 },
                summary: words.3,
                grading: Grading { reliability: grading.0, credibility: grading.1 },
                retracted_on: dates.2,
            };
            incident.id = incident.derive_id();
            incident
        },
    )
}

/// Any texts at all.
pub(crate) fn any_texts() -> impl Strategy<Value = Vec<LocalizedNotice>> {
    let sentence =
        || (".{0,30}", vec(1usize..9, 0..3)).prop_map(|(text, refs)| LocalizedSentence { text, refs });
    let section = (select(Section::ALL), ".{0,9}", vec(sentence(), 0..3))
        .prop_map(|(section, heading, sentences)| LocalizedSection { section, heading, sentences });
    let words = || btree_map("[a-z-]{1,9}", ".{0,9}", 0..3);
    let language = select(vec!["en", "ar", "fr", "es", "zh-Hans", "und"]);
    let text = (language, sentence(), vec(section, 0..3), words(), words()).prop_map(
        |(language, headline, sections, labels, values): (_, _, _, BTreeMap<_, _>, BTreeMap<_, _>)| {
            let language: Language = language.parse().unwrap();
            LocalizedNotice { language, headline, sections, labels, values }
        },
    );
    vec(text, 0..3)
}
