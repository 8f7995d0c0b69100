//! The stage as a whole: one advertisement of each kind, limits, and input that nobody should send.

use std::sync::OnceLock;

use forewarn_model::Facts;
use proptest::prelude::*;

use super::*;

fn extractor() -> &'static Extractor {
    static ONE: OnceLock<Extractor> = OnceLock::new();
    ONE.get_or_init(|| Extractor::builtin().unwrap())
}

/// Language, countries, observables and amounts in one line each.
#[track_caller]
fn check(text: &str, language: &str, countries: &[&str], observables: &[&str], money: &[&str]) {
    let (facts, problems) = extractor().extract_text(text);
    assert_eq!(problems, []);
    assert_eq!(facts.language.as_str(), language);
    assert_eq!(facts.countries().iter().map(ToString::to_string).collect::<Vec<_>>(), countries);
    let found: Vec<String> = facts.observables.iter().map(|o| format!("{} {}", o.kind, o.value)).collect();
    assert_eq!(found, observables);
    let amounts: Vec<String> =
        facts.money.iter().map(|m| format!("{}-{} {}", m.min, m.max, m.currency)).collect();
    assert_eq!(amounts, money);
}

#[test]
fn reads_an_english_offer() {
    check(
        "Urgent! Customer service in Thailand (near Mae Sot). $1,200 a month, flight paid for Kenyans.\n\
         Telegram: @sample_hr_00 or +66 81 234 5678, jobs (at) sample [dot] example",
        "en",
        &["KE", "TH"],
        &[
            "handle:telegram sample_hr_00",
            "phone +66812345678",
            "email jobs@sample.example",
            "domain sample.example",
        ],
        &["1200-1200 USD"],
    );
}

#[test]
fn reads_a_chinese_offer() {
    check(
        "【高薪】地点：老挝金三角，打字客服，底薪1.5万人民币，包机票。飞机：@ceshi_hr00",
        "zh-Hans",
        &["LA"],
        &["handle:telegram ceshi_hr00"],
        &["15000-15000 CNY"],
    );
}

#[test]
fn the_source_tells_the_language_where_the_text_does_not() {
    let sighting = forewarn_model::Sighting {
        source: forewarn_model::Source::default(),
        received_at: forewarn_model::Timestamp::UNIX_EPOCH,
        published_at: None,
    };
    let report = |text: &str| {
        Report::new(
            forewarn_model::ReportKind::JobAd,
            Some("12".to_owned()),
            text.to_owned(),
            "sw".parse().ok(),
            forewarn_model::Marking::PUBLIC,
            forewarn_model::Grading::UNKNOWN,
            sighting.clone(),
        )
    };
    assert_eq!(extractor().extract(&report("123 456")).0.language.as_str(), "sw");
    assert_eq!(
        extractor().extract(&report("we are looking for people with the skills")).0.language.as_str(),
        "en"
    );
}

#[test]
fn cuts_a_text_that_is_too_long() {
    let config = Config { text_chars_max: 10, ..Config::default() };
    let extractor = Extractor::new(extractor().gazetteer().clone(), config);
    let (facts, problems) = extractor.extract_text("กขคงจฉชซฌญฎฏ Kenya");
    assert_eq!(facts.normalized.original_len(), 10);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["text-too-long"]);
    let (_, problems) = extractor.extract_text("กขคงจฉชซฌญ");
    assert_eq!(problems, []);
}

#[test]
fn survives_what_nobody_should_send() {
    let long = "a".repeat(5_000_000);
    let inputs = [
        String::new(),
        "\u{0}\u{1}\u{7}\u{FEFF}\u{200B}".repeat(100),
        "([{<".repeat(10_000),
        long,
        "@".repeat(100_000),
        "1 ".repeat(100_000),
        "+1".repeat(50_000),
        ".a".repeat(100_000),
        "e\u{301}".repeat(50_000),
        "\u{301}".repeat(50_000),
        "🇰🇭".repeat(20_000),
        "San ".repeat(40_000),
        "中".repeat(100_000),
        "$1-".repeat(50_000),
        format!("{}é", "7".repeat(200_000)),
        "a  ".repeat(60_000),
        " ".repeat(200_000),
        "tg.".repeat(60_000),
        "telegram ".repeat(20_000),
        "Kenya $5, ".repeat(20_000),
        "Chinese Thai ".repeat(15_000),
        "\u{202E}".repeat(200_000),
        "\u{327}\u{301}".repeat(100_000),
        "DE89 ".repeat(40_000),
        "a dot com ".repeat(20_000),
    ];
    for input in inputs {
        let (facts, _) = extractor().extract_text(&input);
        check_spans(&facts);
    }
}

/// Spans lie in the text, are not empty and do not go backwards.
fn check_spans(facts: &Facts) {
    let len = facts.normalized.original_len();
    let spans = |list: Vec<forewarn_model::Span>| {
        assert!(list.iter().all(|span| span.start < span.end && span.end <= len), "{list:?} in {len}");
        assert!(list.windows(2).all(|pair| pair[0].start <= pair[1].start), "{list:?}");
    };
    spans(facts.observables.iter().map(|found| found.span).collect());
    spans(facts.places.iter().map(|found| found.span).collect());
    spans(facts.money.iter().map(|found| found.span).collect());
}

/// Offers in every language, to be mutilated.
const OFFERS: &str = include_str!("../../../fixtures/offers/lures-dev.jsonl");

proptest! {
    #[test]
    fn never_panics_on_mutilated_offers(
        number in 0usize..60,
        cuts in proptest::collection::vec((0.0f64..1.0, 0usize..40, "[\\s\\S]{0,6}"), 0..12),
    ) {
        let line = OFFERS.lines().nth(number).unwrap_or_default();
        let ad: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut text: Vec<char> = ad["text"].as_str().unwrap_or_default().chars().collect();
        for (at, len, instead) in cuts {
            let at = (at * text.len() as f64) as usize;
            let end = (at + len).min(text.len());
            text.splice(at..end, instead.chars());
        }
        check_spans(&extractor().extract_text(&text.into_iter().collect::<String>()).0);
    }

    #[test]
    fn never_panics_and_keeps_spans_inside(text in "[\\s\\S]{0,300}") {
        check_spans(&extractor().extract_text(&text).0);
    }

    #[test]
    fn never_panics_on_what_looks_like_an_offer(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("t(.)me/"), Just("@ab_1"), Just("+66 "), Just("81 234 5678"), Just("$1,200"), Just("–"),
                Just("月薪3万"), Just("Camboya "), Just("บาท"), Just("IBAN DE89 "), Just("0x"), Just("bc1q"),
                Just("🇰🇭"), Just("https://"), Just("a.example"), Just("[dot]"), Just("\u{200B}"), Just("\n"),
                Just("LINE ID: "), Just("Таиланде"), Just("e\u{301}"), Just("in Georgia, "), Just("1.5"),
            ],
            0..30,
        )
    ) {
        let text = parts.concat();
        let (facts, _) = extractor().extract_text(&text);
        check_spans(&facts);
        prop_assert_eq!(extractor().extract_text(&text).0, facts);
    }
}
