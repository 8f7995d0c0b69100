//! Short news texts of our own wording, and what must be read from them: all of it, and nothing else.

use forewarn_model::{
    Facts, Grading, Language, Marking, NormalizedBuilder, Pap, Place, PlaceKind, Report, ReportKind,
    Sighting, Source, Span, Timestamp, Tlp,
};

use super::{candidates, subject_text};

/// Places that the texts name: kind, country or region, names. Zones and the towns marked "hub" are hubs.
const PLACES: &[(PlaceKind, &str, &str)] = &[
    (PlaceKind::Country, "KH", "Cambodia|Cambodge|Camboya"),
    (PlaceKind::Country, "LA", "Laos"),
    (PlaceKind::Country, "MM", "Myanmar|Birmanie"),
    (PlaceKind::Country, "TH", "Thailand"),
    (PlaceKind::Country, "CN", "China"),
    (PlaceKind::Country, "MY", "Malaysia"),
    (PlaceKind::Country, "SG", "Singapore"),
    (PlaceKind::Country, "PH", "the Philippines|Philippines"),
    (PlaceKind::Country, "KE", "Kenya"),
    (PlaceKind::Country, "UG", "Uganda"),
    (PlaceKind::Country, "ET", "Ethiopia"),
    (PlaceKind::Country, "IN", "India"),
    (PlaceKind::Country, "ES", "Spain"),
    (PlaceKind::Country, "HR", "Croatia"),
    (PlaceKind::Country, "FR", "France"),
    (PlaceKind::Country, "AE", "the United Arab Emirates"),
    (PlaceKind::Country, "GE", "Georgia"),
    (PlaceKind::Country, "TL", "Timor-Leste"),
    (PlaceKind::People, "MY", "Malaysians|Malaysian"),
    (PlaceKind::People, "CN", "Chinese"),
    (PlaceKind::People, "VN", "Vietnamese"),
    (PlaceKind::People, "PH", "Filipinos|Filipino"),
    (PlaceKind::People, "ID", "Indonesians|Indonesian"),
    (PlaceKind::People, "TH", "Thais|Thai"),
    (PlaceKind::People, "KE", "Kenyans|Kenyan"),
    (PlaceKind::People, "IN", "Indians|Indian"),
    (PlaceKind::People, "TW", "Taiwanese"),
    (PlaceKind::People, "KH", "Cambodian"),
    (PlaceKind::People, "US", "Americans|American"),
    (PlaceKind::People, "MA", "marocains"),
    (PlaceKind::People, "CO", "colombianos"),
    (PlaceKind::City, "KH", "Poipet|Bavet|Sihanoukville"),
    (PlaceKind::City, "MM", "Myawaddy"),
    (PlaceKind::City, "PH", "Las Piñas|Manila"),
    (PlaceKind::City, "TH", "Bangkok"),
    (PlaceKind::City, "KE", "Nairobi"),
    (PlaceKind::City, "HR", "Zagreb"),
    (PlaceKind::Zone, "MM", "KK Park"),
    (PlaceKind::Zone, "LA", "Golden Triangle Special Economic Zone"),
    (PlaceKind::Region, "011", "West Africa|West African"),
    (PlaceKind::Region, "014", "East Africa"),
    (PlaceKind::Region, "005", "South America|South Americans"),
    (PlaceKind::Region, "155", "Western Europe"),
    (PlaceKind::Region, "035", "Southeast Asia"),
    (PlaceKind::Region, "142", "Asian"),
];

const HUB_TOWNS: &[&str] = &["Poipet", "Bavet", "Sihanoukville", "Myawaddy"];

/// Finds the places of the table; the longest name wins.
fn places(text: &str) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    let mut names: Vec<_> =
        PLACES.iter().flat_map(|row| row.2.split('|').map(move |name| (name, row.0, row.1))).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.0.len()));
    for (name, kind, code) in names {
        for (at, _) in text.match_indices(name) {
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if inside(text[..at].chars().next_back()) || inside(text[at + name.len()..].chars().next()) {
                continue;
            }
            let start = text[..at].chars().count() as u32;
            let span = Span::new(start, start + name.chars().count() as u32);
            if found.iter().all(|place| !place.span.overlaps(span)) {
                found.push(Place {
                    span,
                    kind,
                    name: name.to_owned(),
                    country: code.parse().ok(),
                    region: code.parse().ok(),
                    position: None,
                    hub: kind == PlaceKind::Zone || HUB_TOWNS.contains(&name),
                });
            }
        }
    }
    found.sort_by_key(|place| place.span);
    found
}

fn report(kind: ReportKind, text: &str) -> Report {
    let sighting =
        Sighting { source: Source::default(), received_at: Timestamp::UNIX_EPOCH, published_at: None };
    Report::new(
        kind,
        None,
        text.to_owned(),
        None,
        Marking { tlp: Tlp::Clear, pap: Pap::White },
        Grading::UNKNOWN,
        sighting,
    )
}

fn facts(text: &str) -> Facts {
    let mut builder = NormalizedBuilder::default();
    for (at, c) in text.chars().enumerate() {
        for folded in c.to_lowercase() {
            let folded = if folded == '’' { '\'' } else { folded };
            builder.push(folded, Span::new(at as u32, at as u32 + 1));
        }
    }
    Facts {
        language: Language::ENGLISH,
        other_languages: Vec::new(),
        normalized: builder.finish(text.chars().count() as u32),
        observables: Vec::new(),
        places: places(text),
        money: Vec::new(),
    }
}

/// What is read, one line each: kind, subject, "?" where hedged, and the words.
fn read(text: &str) -> Vec<String> {
    let found = candidates(&report(ReportKind::News, text), &facts(text));
    found
        .iter()
        .map(|found| {
            let hedge = if found.hedged { "?" } else { "" };
            assert!(found.sentence.contains(found.span), "{found:?}");
            format!("{} {}{hedge} {:?}", found.kind, subject_text(&found.subject), found.span.slice(text))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = read(text);
    let without_words: Vec<&str> =
        found.iter().map(|line| line.split_once(" \"").map_or(line.as_str(), |parts| parts.0)).collect();
    assert_eq!(without_words, expected, "{text}\n{found:#?}");
}

#[test]
fn an_outline_of_the_trend() {
    check(
        "Police organisation warns the world of fraud by trafficked people\n\
         Tens of thousands of people in Southeast Asia are thought to be affected. The organisation has issued \
         an Orange Notice to all its members.\n\
         The first online scam centres were found in Cambodia, and more trafficking hubs later turned up in Laos \
         and Myanmar. The scheme has since expanded to at least four other Asian countries and there are signs \
         of it being replicated in regions like West Africa.\n\
         The first victims were Chinese-speaking people from countries such as China, Malaysia, Thailand and \
         Singapore. Today people are trafficked to Southeast Asia from places as far away as South America, \
         East Africa and Western Europe.\n\
         The organisation has its seat in France.",
        &[
            "victims_reported people 20000..99999",
            "notice notice orange",
            "hub_report hub KH",
            "hub_report hub LA",
            "hub_report hub MM",
            "hub_report hubs 4..",
            "hub_report hub 011?",
            "victims_reported origin CN",
            "victims_reported origin MY",
            "victims_reported origin TH",
            "victims_reported origin SG",
            "victims_reported origin 005",
            "victims_reported origin 014",
            "victims_reported origin 155",
        ],
    );
}

#[test]
fn rescues() {
    check(
        "47 Malaysians rescued from Poipet",
        &["victims_rescued people 47..47", "victims_rescued origin MY", "victims_rescued hub KH"],
    );
    check(
        "Thai police freed 260 people from 20 countries, including Ethiopia, Kenya and the Philippines, who had \
         been held in scam compounds in Myawaddy, Myanmar.",
        &[
            "victims_rescued people 260..260",
            "victims_rescued origin ET",
            "victims_rescued origin KE",
            "victims_rescued origin PH",
            "victims_rescued hub MM",
        ],
    );
    check(
        "More than two hundred and fifty Kenyans lured by fake job offers have been rescued from scam centres in \
         the Golden Triangle Special Economic Zone, Laos, the ministry said.",
        &["victims_rescued people 250..", "victims_rescued origin KE", "victims_rescued hub LA"],
    );
    check(
        "A dozen Indians were tricked by an agent in Nairobi, flown to Bangkok and then smuggled into Myanmar for \
         scam work.",
        &["victims_reported people 12..12", "victims_reported origin IN", "victims_reported hub MM"]
            .map(|line| line.replace("victims_reported hub", "hub_report hub"))
            .each_ref()
            .map(String::as_str),
    );
}

#[test]
fn repatriations() {
    check(
        "Eight Filipinos are home from Cambodian casinos, where they were trapped and made to scam Chinese.",
        &["victims_rescued people 8..8", "victims_rescued origin PH", "victims_rescued hub KH"],
    );
    check(
        "Two men freed from Cambodia, Malaysia said, had been taken to Bavet with Thai supermarket jobs as bait for \
         a scam.",
        &["victims_rescued people 2..2", "victims_rescued hub KH"],
    );
    check(
        "Kenya repatriated 68 citizens from Myanmar, where they had been forced to work in scam centres. The group \
         arrived in Nairobi on Monday.",
        &["victims_rescued origin KE", "victims_rescued people 68..68", "victims_rescued hub MM"],
    );
    check(
        "About 100 victims of the cyber scam compounds in Cambodia have returned home to Malaysia.",
        &["victims_rescued people 90..110", "victims_rescued hub KH", "victims_rescued origin MY"],
    );
}

#[test]
fn raids() {
    check(
        "More than 2,700 people were found when police raided a scam hub in Las Piñas, among them 1,534 Filipinos, \
         604 Chinese, 183 Vietnamese, 137 Indonesians, 134 Malaysians and 81 Thais who had been trafficked and \
         forced to work.",
        &[
            "raid people 2700..",
            "raid hub PH",
            "raid people 1534..1534",
            "raid origin PH",
            "raid people 604..604",
            "raid origin CN",
            "raid people 183..183",
            "raid origin VN",
            "raid people 137..137",
            "raid origin ID",
            "raid people 134..134",
            "raid origin MY",
            "raid people 81..81",
            "raid origin TH",
        ],
    );
    check(
        "Police in Bavet raided a scam compound, arrested 12 Chinese nationals and rescued 30 Vietnamese.",
        &["raid hub KH", "raid people 12..12", "victims_rescued people 30..30", "victims_rescued origin VN"],
    );
    check(
        "Cambodian police raided a suspected scam centre. Two Taiwanese suspects were charged with trafficking \
         Thais.",
        &["raid hub KH", "raid people 2..2", "victims_reported origin TH"],
    );
}

#[test]
fn perpetrators_are_no_origin() {
    check(
        "Chinese crime syndicates hold thousands of workers in scam compounds in Myawaddy.",
        &["victims_reported people 2000..9999", "hub_report hub MM"],
    );
    check(
        "The Chinese-run scam centres in Cambodia cheated Americans out of their savings; workers are tortured.",
        &["hub_report hub KH"],
    );
}

#[test]
fn fraud_without_coercion() {
    check(
        "Police in Spain arrested 20 Taiwanese over a call centre that defrauded pensioners in China.",
        &[],
    );
    check(
        "Police searched a call centre in Zagreb and detained 40 Taiwanese. No trafficking was found, Croatia said.",
        &[],
    );
    check("88 Chinese held over a romance scam that cheated Americans.", &[]);
    check("Ten Kenyans were rescued from a flooded river in Uganda.", &[]);
    check("There is no evidence of scam compounds in Timor-Leste, and nobody was held in Kenya.", &[]);
}

#[test]
fn a_retrospective() {
    check(
        "In May 2018, 47 Malaysians duped by a fake job agency were held in Poipet. Since 2018, embassies have \
         brought home hundreds of victims from scam centres.",
        &[
            "victims_reported people 47..47",
            "victims_reported origin MY",
            "hub_report hub KH",
            "statistic people 200..999",
        ],
    );
}

#[test]
fn advisories_and_sanctions() {
    check(
        "The Indian embassy warned Indians against job offers in Laos, as many are held in scam centres.",
        &["advisory hub LA"],
    );
    check(
        "The Treasury sanctioned a Cambodian tycoon and his resorts, whose scam compounds in Sihanoukville use \
         forced labour.",
        &["sanction hub KH"],
    );
}

#[test]
fn hedges() {
    check(
        "Up to 120,000 people may be held in scam centres in Myanmar, and up to 100,000 in Cambodia.",
        &["victims_reported people 1..120000?", "hub_report hub MM?", "hub_report hub KH"],
    );
    check(
        "Scam centres with trafficked workers have reportedly spread to Georgia and the United Arab Emirates.",
        &["hub_report hub GE?", "hub_report hub AE?"],
    );
    check(
        "Laos has become a hub for scam gangs that enslave West African workers.",
        &["hub_report hub LA", "victims_reported origin 011"],
    );
}

#[test]
fn notices() {
    check("Interpol has published a Purple Notice about the method.", &["notice notice purple"]);
    check("He is wanted under a Red Notice.", &[]);
    check("L'organisation a publié une notice mauve.", &["notice notice purple"]);
}

#[test]
fn french_and_spanish() {
    check(
        "Douze ressortissants ont été libérés. Au moins 40 marocains, attirés par un faux emploi, ont été libérés \
         d'un centre d'escroquerie en Birmanie.",
        &["victims_rescued people 40..", "victims_rescued origin MA", "victims_rescued hub MM"],
    );
    check(
        "Rescatados 15 colombianos forzados a trabajar en centros de estafa en Camboya.",
        &["victims_rescued people 15..15", "victims_rescued origin CO", "victims_rescued hub KH"],
    );
}

#[test]
fn lines_that_are_wrapped_are_one_sentence() {
    check(
        "Scam compounds that hold trafficked people\nhave been found in Laos\nCambodia is not concerned",
        &["hub_report hub LA"],
    );
}

#[test]
fn one_fact_once_with_its_words() {
    let text = "Scam centres may exist in Laos. Trafficked workers fled scam centres in Laos. Laos.";
    assert_eq!(read(text), ["hub_report hub LA? \"Laos\"", "victims_rescued hub LA \"Laos\""],);
    let text = "Über 47 junge Leute: 47 trafficked Malaysians were rescued from KK Park.";
    assert_eq!(
        read(text),
        [
            "victims_rescued people 47..47 \"47 trafficked Malaysians\"",
            "victims_rescued origin MY \"Malaysians\"",
            "victims_rescued hub MM \"KK Park\"",
        ]
    );
}

#[test]
fn advertisements_state_no_facts() {
    let text = "47 Malaysians rescued from Poipet";
    assert!(candidates(&report(ReportKind::JobAd, text), &facts(text)).is_empty());
}

#[test]
fn ids_depend_on_the_text_and_never_on_the_run() {
    let text = "47 Malaysians rescued from Poipet";
    let once = candidates(&report(ReportKind::News, text), &facts(text));
    assert_eq!(once, candidates(&report(ReportKind::News, text), &facts(text)));
    let mut ids: Vec<_> = once.iter().map(|found| found.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), once.len());
}

proptest::proptest! {
    /// Any order of the words that matter: no panic, spans inside the text.
    #[test]
    fn never_panics(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "scam", "centres", "in", "from", "to", "Cambodia", "Kenyans", "rescued", "20", "000", "tens", "of",
            "thousands", "two", "hundred", "and", ",", ".", "'s", "-", "countries", "other", "at", "least", "orange",
            "notice", "issued", "West Africa", "may", "no evidence", "were", "\n", "面", "\u{1F1F0}", "1.5",
            "99999999999999999999", "million", "million", "between", "de", "KK Park", "has", "become", "border",
        ]), 0..60), spaced in proptest::bool::ANY) {
        let text = words.join(if spaced { " " } else { "" });
        let length = text.chars().count() as u32;
        for found in candidates(&report(ReportKind::News, &text), &facts(&text)) {
            proptest::prop_assert!(found.sentence.contains(found.span) && found.sentence.end <= length);
        }
    }
}
