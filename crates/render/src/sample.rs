//! Notices made up for the tests of this crate.

use std::collections::BTreeMap;

use forewarn_model::{
    Arg, Country, EvidenceRef, EvidenceTarget, HandleService, IncidentId, Language, LocalizedNotice,
    LocalizedSection, LocalizedSentence, Marking, Notice, NoticeId, NoticeKind, NoticeState, ObservableKind,
    Pap, ReportId, Section, Statement, Step, Tlp, WatchedObservable, vec1,
};

/// A notice with its texts.
pub(crate) struct Sample {
    pub(crate) notice: Notice,
    pub(crate) texts: Vec<LocalizedNotice>,
}

/// A heading and its sentences in English and in Arabic, with the numbers of their references.
type Row = (Section, [&'static str; 2], &'static [([&'static str; 2], &'static [usize])]);

const HEADLINE: [&str; 2] = [
    "Job offers draw people into scam centres in Cambodia and Myanmar.",
    "عروض عمل تستدرج أشخاصًا إلى مراكز احتيال في كمبوديا وميانمار.",
];

const ROWS: &[Row] = &[
    (
        Section::Threat,
        ["The threat", "التهديد"],
        &[
            (
                [
                    "People who accept such an offer are held and made to defraud others online.",
                    "يُحتجز من يقبل هذه العروض ويُجبر على الاحتيال على آخرين عبر الإنترنت.",
                ],
                &[1, 2],
            ),
            (
                [
                    "It is likely (55–80 %) that more countries of origin will follow.",
                    "من المرجّح (55–80 %) أن تُستهدف بلدان منشأ أخرى.",
                ],
                &[3],
            ),
        ],
    ),
    (
        Section::ModusOperandi,
        ["How it is done", "أسلوب العمل"],
        &[(
            [
                "Offers promise high pay for customer service, pay the ticket and move talk to a messenger.",
                "تعد العروض بأجر مرتفع مقابل خدمة العملاء وتدفع ثمن التذكرة وتنقل الحديث إلى تطبيق مراسلة.",
            ],
            &[2, 4],
        )],
    ),
    (
        Section::Hubs,
        ["Where the centres are", "مواقع المراكز"],
        &[(
            ["Cambodia (Sihanoukville) and Myanmar (Myawaddy).", "كمبوديا (سيهانوكفيل) وميانمار (مياوادي)."],
            &[1],
        )],
    ),
    (
        Section::Origins,
        ["Where the people come from", "بلدان المنشأ"],
        &[(["Kenya, India, Malaysia and Brazil.", "كينيا والهند وماليزيا والبرازيل."], &[2, 3])],
    ),
    (
        Section::Scale,
        ["How many", "الحجم"],
        &[(["Between 100 000 and 120 000 people.", "ما بين 100 000 و120 000 شخص."], &[3])],
    ),
    (
        Section::Actions,
        ["What to do", "الإجراءات المطلوبة"],
        &[
            (
                [
                    "Border police: ask travellers with a ticket paid by an unknown employer.",
                    "شرطة الحدود: سؤال المسافرين الذين دفع صاحب عمل مجهول ثمن تذكرتهم.",
                ],
                &[1],
            ),
            (
                [
                    "Embassies: call +855 23 000 000 before any travel.",
                    "السفارات: الاتصال بالرقم +855 23 000 000 قبل أي سفر.",
                ],
                &[2],
            ),
        ],
    ),
];

const LABELS: &[(&str, [&str; 2])] = &[
    ("kind", ["Orange Notice", "نشرة برتقالية"]),
    ("kind-meaning", ["Serious and imminent threat to public safety", "تهديد خطير ووشيك للسلامة العامة"]),
    ("number", ["Number", "الرقم"]),
    ("issuer", ["Issued by", "جهة الإصدار"]),
    ("issued", ["Issued", "تاريخ الإصدار"]),
    ("as-of", ["Based on what was known on", "استنادًا إلى ما كان معروفًا في"]),
    ("review-by", ["To be reviewed by", "تُراجع قبل"]),
    ("marking", ["Marking", "درجة السرية"]),
    ("observables", ["Identifiers to look for", "معرّفات يجب رصدها"]),
    ("references", ["References", "المراجع"]),
    (
        "disclaimer",
        [
            "Forewarn is independent and no part of INTERPOL. The colour follows the public convention.",
            "منصة مستقلة وليست جزءًا من الإنتربول. اللون يتبع العرف المعلن.",
        ],
    ),
    ("verify", ["Verify this notice", "التحقق من هذه النشرة"]),
    ("table-kind", ["Kind", "النوع"]),
    ("table-value", ["Value", "القيمة"]),
    ("grading", ["Grading", "التقييم"]),
    ("known-from", ["Known from", "معروف منذ"]),
    ("page", ["Page", "الصفحة"]),
    ("of", ["of", "من"]),
    ("table-refs", ["References", "المراجع"]),
    ("table-number", ["No.", "الرقم"]),
    ("table-source", ["Source", "المصدر"]),
    ("observable-phone", ["Telephone number", "رقم هاتف"]),
    ("claims", ["Reports are quoted as claims of their sources.", "تُنقل البلاغات بوصفها أقوال مصادرها."]),
    ("designations", ["Names and boundaries imply no opinion.", "لا تعني الأسماء والحدود أي رأي."]),
    ("map", ["Map", "الخريطة"]),
    ("timeline", ["Reported incidents", "الحوادث المبلّغ عنها"]),
];

/// An issued Orange Notice in English and Arabic.
pub(crate) fn notice() -> Sample {
    let reports = [
        evidence(b"1", "B2", "2022-08-19", "Example Post, https://post.example/centres"),
        evidence(b"2", "A1", "2022-09-02", "Embassy of Exampleland, advisory 7/2022"),
        evidence(b"3", "C3", "2023-03-01", "示例日报 / Example Daily"),
    ];
    let incident = EvidenceRef {
        target: EvidenceTarget::Incident(IncidentId::derive(&[b"4"])),
        ..evidence(b"4", "F6", "2023-05-30", "Testimony, summarised by a helper")
    };
    let countries = |codes: &[&str]| Arg::Countries(codes.iter().map(|code| country(code)).collect());
    let statement = |section: Section, args: Vec<(&str, Arg)>, refs: &[&EvidenceRef]| Statement {
        section,
        message: section.as_str().to_owned(),
        args: args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect::<BTreeMap<_, _>>(),
        refs: refs.iter().map(|&r| r.clone()).collect::<Vec<_>>().try_into().unwrap(),
    };
    let [first, second, third] = &reports;
    let notice = Notice {
        id: NoticeId::derive(&[b"sample"]),
        number: "FW-2023-OR-0001".to_owned(),
        kind: NoticeKind::Orange,
        issuer: "Example Desk against Trafficking".to_owned(),
        author: "analyst".to_owned(),
        created_at: "2023-06-07T12:00:00Z".parse().unwrap(),
        as_of: "2023-06-07".parse().unwrap(),
        marking: Marking { tlp: Tlp::Amber, pap: Pap::Green },
        review_by: "2024-06-06".parse().unwrap(),
        headline: statement(Section::Threat, vec![], &[first]),
        statements: vec1![
            statement(Section::Threat, vec![], &[first, second, third]),
            statement(Section::ModusOperandi, vec![], &[second, &incident]),
            statement(Section::Hubs, vec![("hubs", countries(&["KH", "MM"]))], &[first]),
            statement(
                Section::Origins,
                vec![
                    ("origins", countries(&["KE", "IN", "MY", "BR"])),
                    ("region", Arg::Region("014".parse().unwrap())),
                ],
                &[second, third],
            ),
            statement(Section::Actions, vec![], &[first]),
        ],
        observables: vec![
            watched(ObservableKind::Phone, "+85596123456", first),
            watched(ObservableKind::Handle(HandleService::Telegram), "easyjobs_hr", second),
            watched(
                ObservableKind::Url,
                "https://jobs.example/apply/customer-service-representative-with-accommodation?ref=0123456789",
                second,
            ),
        ],
        alarm: None,
        supersedes: None,
        history: vec![step(NoticeState::Issued, "2023-06-08T09:30:00Z")],
    };
    let texts = ["en", "ar"].into_iter().enumerate().map(|(at, tag)| localized(tag, at)).collect();
    Sample { notice, texts }
}

/// The same notice with text that tries to get out of its place.
pub(crate) fn hostile() -> Sample {
    let mut sample = notice();
    let strings = [
        "#import \"/etc/passwd\": * #panic() #sys.inputs $x$ *bold* _it_ = Heading @label <label> \\",
        "]]> <script>alert(1)</script> <img src=x onerror=\"alert(1)\"> &amp; </alert>",
        "null \0 bell \u{7} vertical tab \u{b} delete \u{7f} end",
        "abc\u{202E}gnp.exe \u{2067}open isolate \u{2069}\u{2069} closed",
        "\u{0301}\u{0301} \u{0e31}\u{17d2} a\u{0e31} e\u{064b}\u{0e49} 中文 👩\u{200d}👧 \u{e000} \u{feff}",
    ];
    let long = "Ж".repeat(10_000);
    for text in &mut sample.texts {
        let sentences = strings.iter().copied().chain([long.as_str()]);
        text.sections[0].sentences =
            sentences.map(|text| LocalizedSentence { text: text.to_owned(), refs: vec![1, 0, 99] }).collect();
        text.headline.text = strings.join(" ");
        text.labels.insert("kind".to_owned(), strings[1].to_owned());
        text.labels.remove("disclaimer");
    }
    sample.notice.number = strings[1].to_owned();
    sample.notice.issuer = strings[3].to_owned();
    for (observable, text) in sample.notice.observables.iter_mut().zip(strings) {
        observable.value = text.repeat(20);
    }
    sample.notice.observables[0].refs.first_mut().label = strings.join("\n");
    sample.notice.headline.refs.first_mut().label = strings.join("\n");
    sample
}

/// A step of a notice's life.
pub(crate) fn step(to: NoticeState, when: &str) -> Step {
    Step { to, who: "reviewer".to_owned(), when: when.parse().unwrap(), why: "checked".to_owned() }
}

/// A country by its code.
pub(crate) fn country(code: &str) -> Country {
    code.parse().unwrap()
}

fn localized(tag: &str, at: usize) -> LocalizedNotice {
    let sentence =
        |text: &str, refs: &[usize]| LocalizedSentence { text: text.to_owned(), refs: refs.to_vec() };
    let section = |row: &Row| LocalizedSection {
        section: row.0,
        heading: row.1[at].to_owned(),
        sentences: row.2.iter().map(|(texts, refs)| sentence(texts[at], refs)).collect(),
    };
    let values = [
        ("issued", ["8 June 2023", "8 يونيو 2023"]),
        ("as-of", ["7 June 2023", "7 يونيو 2023"]),
        ("review-by", ["6 June 2024", "6 يونيو 2024"]),
    ];
    let by_name = |pairs: &[(&str, [&str; 2])]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, texts)| ((*name).to_owned(), texts[at].to_owned())).collect()
    };
    LocalizedNotice {
        language: tag.parse::<Language>().unwrap(),
        headline: sentence(HEADLINE[at], &[1]),
        sections: ROWS.iter().map(section).collect(),
        labels: by_name(LABELS),
        values: by_name(&values),
    }
}

fn evidence(seed: &[u8], grading: &str, known_from: &str, label: &str) -> EvidenceRef {
    EvidenceRef {
        target: EvidenceTarget::Report(ReportId::derive(&[seed])),
        grading: grading.parse().unwrap(),
        known_from: known_from.parse().unwrap(),
        label: label.to_owned(),
    }
}

fn watched(kind: ObservableKind, value: &str, reference: &EvidenceRef) -> WatchedObservable {
    WatchedObservable { kind, value: value.to_owned(), refs: vec1![reference.clone()] }
}
