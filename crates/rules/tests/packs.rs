//! The pack language from outside: mistakes and their reports, matching, explanations, limits.

use forewarn_model::{Facts, Language};
use forewarn_rules::{Diagnostic, Limits, Obstacle, Pack, Severity, SourceFile, fold};
use proptest::prelude::*;

const MANIFEST: &str = "name = \"t\"\nversion = \"1\"\ndescription = \"d\"\nlicence = \"l\"\n";

const HEAD: &str = "name = \"free_travel\"\ntitle = \"t\"\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\n";
const TAIL: &str =
    "\n[means]\nen = \"m\"\n[ask]\nen = \"a\"\n[examples]\nmatch = [\"free ticket\"]\nno_match = [\"x\"]\n";

fn file(path: &str, text: impl Into<String>) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.into() }
}

/// A pack of one indicator with these lines between head and tail, and further files.
fn pack(lines: &str, more: &[SourceFile]) -> Result<(Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut files = vec![
        file("pack.toml", MANIFEST),
        file("indicators/free_travel.toml", format!("{HEAD}{lines}{TAIL}")),
    ];
    files.extend_from_slice(more);
    Pack::compile(&files, &Limits::default())
}

fn facts(text: &str, language: &str) -> Facts {
    Facts {
        language: language.parse().unwrap_or(Language::UNKNOWN),
        other_languages: Vec::new(),
        normalized: fold(text),
        observables: Vec::new(),
        places: Vec::new(),
        money: Vec::new(),
    }
}

/// The words found by the only indicator of a pack.
fn found(pack: &Pack, text: &str) -> Vec<String> {
    let facts = facts(text, "und");
    pack.find(&facts.normalized, &facts).iter().map(|i| i.span.slice(text).to_owned()).collect()
}

#[test]
fn every_mistake_has_its_code() {
    let check = |lines: &str, more: &[SourceFile], expected: &[&str]| {
        let found = match pack(lines, more) {
            Ok((_, warnings)) => warnings,
            Err(errors) => errors,
        };
        let mut codes: Vec<&str> = found.iter().map(|d| d.code).collect();
        codes.sort_unstable();
        assert_eq!(codes, expected, "{lines:?}: {found:#?}");
    };
    let ok = "patterns = [\"free ticket\"]\n";
    check(ok, &[], &[]);
    check("patterns = [\"free ticket\"\n", &[], &["E001"]);
    check("paterns = [\"free ticket\"]\n", &[], &["E002", "E016"]);
    check("patterns = \"free ticket\"\n", &[], &["E004", "E016"]);
    check("patterns = [\"free (ticket\"]\n", &[], &["E005", "E016"]);
    check("patterns = [\"@tiket\"]\n", &[], &["E006", "E016"]);
    check("patterns = [\"free ticket\"]\nregex = ['a(']\n", &[], &["E007"]);
    check("patterns = [\"free ticket\"]\nregex = ['a*']\n", &[], &["E007"]);
    check(ok, &[file("indicators/b.toml", format!("{HEAD}{ok}{TAIL}"))], &["E009"]);
    check(ok, &[file("languages/x.toml", "language = \"english!\"\n")], &["E011"]);
    check(ok, &[file("languages/x.toml", "language = \"th\"\nhome = [\"Thailand\"]\n")], &["E011"]);
    check(
        ok,
        &[file("languages/x.toml", "language = \"th\"\n[patterns]\nfree_travl = [\"x\"]\n")],
        &["E012"],
    );
    check(ok, &[file("notes.txt", "x")], &["E013"]);
    check(ok, &[file("tests/a.md", "## name\n- lang: zz9\n")], &["E014", "E014"]);
    check("patterns = [\"free ticket\"]\n[[when]]\nplaces = { hub = true }\n", &[], &["E002", "E015"]);
    check("patterns = [\"free ticket\"]\n[[when]]\nmoney = { chars = 3 }\n", &[], &["E015"]);
    check(ok, &[file("languages/x.toml", "language = \"th\"\n[lists]\nunused = [\"word\"]\n")], &["W103"]);
    check("patterns = [\"f*\", \"free ticket\"]\n", &[], &["W102"]);
    let nested = "patterns = [\"free ticket\"]\n[[when]]\nall = [{ all = [{ all = [{ all = [{ all = [{ all = [\
                  { all = [{ all = [{ all = [] }] }] }] }] }] }] }] }]\n";
    check(nested, &[], &["E008"]);
}

#[test]
fn a_report_shows_line_mark_and_help() {
    let errors = pack("patterns = [\"free ticket\", \"包(机票\"]\n", &[]).unwrap_err();
    insta::assert_snapshot!(errors[0].to_string(), @r#"
    error[E005]: pattern cannot be read
     --> indicators/free_travel.toml:6:28
      |
    6 | patterns = ["free ticket", "包(机票"]
      |                            ^^^^^^ brackets that do not close
      = help: write (one|two|three); brackets do not nest, and every "(" needs a ")"
    "#);
    assert_eq!(errors[0].severity, Severity::Error);
}

#[test]
fn lists_are_filled_in_for_each_language_and_never_mixed() {
    let languages = [
        file("languages/en.toml", "language = \"en\"\n[lists]\nfree = [\"free\"]\nticket = [\"ticket*\"]\n"),
        file(
            "languages/de.toml",
            "language = \"de\"\n[lists]\nfree = [\"kostenlos*\"]\nticket = [\"flug*\"]\n",
        ),
        file("languages/und.toml", "language = \"und\"\n[lists]\nticket = [\"visa\"]\n"),
    ];
    let (pack, warnings) = pack("patterns = [\"@ticket <> @free\"]\n", &languages).unwrap();
    assert_eq!(warnings, []);
    for (text, expected) in [
        ("Free tickets for all", vec!["Free ticket"]),
        ("Kostenloser Flug", vec!["Kostenloser Flug"]),
        ("Kostenlos: tickets", vec![]),
        ("free VISA", vec!["free VISA"]),
        ("free, and a long way off, behind many other words, a ticket", vec![]),
    ] {
        assert_eq!(found(&pack, text), expected, "{text:?}");
    }
}

#[test]
fn short_words_stay_in_their_language() {
    let spanish = file("languages/es.toml", "language = \"es\"\n[patterns]\nfree_travel = [\"ya\"]\n");
    let (pack, _) = pack("patterns = [\"free ticket\"]\n", &[spanish]).unwrap();
    for (text, language, expected) in [
        ("ya", "es", 1),
        ("ya", "sw", 0),
        ("ya", "und", 1),
        ("free ticket", "sw", 1),
        ("free ticket", "xh", 1),
    ] {
        let facts = facts(text, language);
        assert_eq!(pack.find(&facts.normalized, &facts).len(), expected, "{text} in {language}");
    }
}

#[test]
fn exclusions_cancel_what_they_overlap_and_explain_says_so() {
    let exclusion = file(
        "exclusions/no.toml",
        "name = \"denial\"\nwhy = \"w\"\ncancels = [\"free_travel\"]\npatterns = [\"no .. ticket\"]\n",
    );
    let (pack, _) = pack("patterns = [\"free ticket\", \"paid <>5 flight\"]\n", &[exclusion]).unwrap();
    assert_eq!(found(&pack, "free ticket. no free ticket"), ["free ticket"]);
    let text = "no free ticket, paid and later a flight";
    let facts = facts(text, "en");
    let explanation = pack.explain(&facts.normalized, &facts);
    assert_eq!(explanation.fired, []);
    let obstacles: Vec<Obstacle> = explanation.almost.into_iter().map(|almost| almost.obstacle).collect();
    assert!(
        matches!(&obstacles[..], [
            Obstacle::Excluded { exclusion, .. },
            Obstacle::TooFar { chars: 13, chars_max: 5 },
        ] if exclusion == "denial"),
        "{obstacles:?}"
    );
}

#[test]
fn a_failing_example_is_reported_with_its_place() {
    let (pack, _) = pack("patterns = [\"something else\"]\n", &[]).unwrap();
    let report = pack.test();
    assert_eq!((report.passed, report.failed.len()), (1, 1));
    let failed = &report.failed[0];
    assert_eq!((failed.line, failed.name.as_str()), (13, "free ticket"));
    assert_eq!(failed.missing, ["free_travel"]);
}

#[test]
fn limits_hold() {
    let files = [
        file("pack.toml", MANIFEST),
        file("indicators/free_travel.toml", format!("{HEAD}patterns = [\"free ticket\", \"b c\"]\n{TAIL}")),
    ];
    for limits in [
        Limits { files_max: 1, ..Limits::default() },
        Limits { file_bytes_max: 60, ..Limits::default() },
        Limits { literals_max: 1, ..Limits::default() },
        Limits { phrases_max: 1, ..Limits::default() },
        Limits { literal_bytes_max: 2, ..Limits::default() },
    ] {
        assert!(Pack::compile(&files, &limits).is_err(), "{limits:?}");
    }
    let limits = Limits { matches_per_indicator_max: 3, ..Limits::default() };
    let (pack, _) = Pack::compile(&files, &limits).unwrap();
    assert_eq!(found(&pack, &"free ticket, ".repeat(50)).len(), 3);
}

#[test]
fn the_builtin_pack_gives_the_same_on_every_thread() {
    let pack = Pack::builtin().unwrap();
    let text = "泰国边境园区招打字员，无需经验，包机票包吃住。Free flight ticket, WhatsApp only, age 18-30!";
    let facts = facts(text, "zh-Hans");
    let expected = pack.find(&facts.normalized, &facts);
    assert!(expected.len() > 6, "{expected:?}");
    assert!(expected.windows(2).all(|pair| (pair[0].span, &pair[0].name) <= (pair[1].span, &pair[1].name)));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(pack.find(&facts.normalized, &facts), expected));
        }
    });
}

#[test]
fn every_indicator_of_the_builtin_pack_says_what_to_ask() {
    let pack = Pack::builtin().unwrap();
    assert_eq!(pack.indicators().len(), 23);
    for doc in pack.indicators() {
        assert!(doc.means.iter().chain(&doc.ask).any(|(language, _)| *language == Language::ENGLISH));
        assert_eq!(pack.indicator(doc.name.as_str()), Some(doc));
    }
    assert_eq!(pack.indicator("nothing"), None);
}

/// The pack of [`pack`], and files of a pack `own/` on top.
fn with_own(own: &[SourceFile]) -> Result<(Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut more = vec![file("own/pack.toml", MANIFEST.replace("\"t\"", "\"own\""))];
    more.extend_from_slice(own);
    let english = "language = \"en\"\n[lists]\nticket = [\"ticket*\"]\n";
    more.push(file("languages/en.toml", english));
    pack("patterns = [\"free .. @ticket\", \"free ticket\"]\n", &more)
}

#[test]
fn a_pack_stands_on_another() {
    let indicator = HEAD.replace("free_travel", "blood_group")
        + "patterns = [\"blood group\", \"@ticket .. paid\"]\n"
        + TAIL;
    let words =
        "language = \"en\"\n[lists]\nticket = [\"fare\"]\n[patterns]\nfree_travel = [\"on the house\"]\n";
    for place in ["own/indicators/blood.toml", "own/blood.toml"] {
        let own = [file(place, indicator.clone()), file("own/languages/en.toml", words)];
        let (pack, _) = with_own(&own).unwrap();
        assert!(pack.version().starts_with("1+own.1."), "{}", pack.version());
        assert_eq!(
            found(&pack, "blood group. fare paid. free fare. on the house"),
            ["blood group", "fare paid", "free fare", "on the house",]
        );
        assert!(pack.test_under("own/").passed < pack.test().passed);
    }
}

#[test]
fn a_pack_on_top_changes_the_version_with_its_content() {
    let version = |text: &str| {
        let own = [file(
            "own/languages/en.toml",
            format!("language = \"en\"\n[patterns]\nfree_travel = [{text:?}]\n"),
        )];
        with_own(&own).unwrap().0.version().to_owned()
    };
    assert_eq!(version("one"), version("one"));
    assert_ne!(version("one"), version("two"));
}

#[test]
fn names_that_clash_are_told_where_they_clash() {
    let own = [file("own/urgent.toml", format!("{HEAD}patterns = [\"blood group\"]\n{TAIL}"))];
    let errors = with_own(&own).unwrap_err();
    insta::assert_snapshot!(errors[0].to_string(), @r#"
    error[E009]: name used twice
     --> own/urgent.toml:1:8
      |
    1 | name = "free_travel"
      |        ^^^^^^^^^^^^^ the indicator of indicators/free_travel.toml has it
      = help: rename one of them; to add words to an indicator of another pack, write them under [patterns] in a file of languages/
    "#);
}

#[test]
fn a_failing_test_says_why() {
    let lines = "patterns = [\"free .. ticket\", \"late\"]\n";
    let tests = "## One\n- expect: free_travel\n\n> free\n> ticket\n\n## Two\n- never: free_travel\n\n> never late\n\n\
                 ## Three\n- expect: free_travel\n\n> free fares\n";
    let (pack, _) = pack(lines, &[file("tests/a.md", tests)]).unwrap();
    let failed = pack.test().failed;
    let told: Vec<&str> = failed.iter().flat_map(|test| &test.reasons).map(String::as_str).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    free_travel nearly fired by indicators/free_travel.toml:6 free .. ticket: a line or sentence ends between its parts
    free_travel fired on "late" by indicators/free_travel.toml:6 late
    free_travel nearly fired by indicators/free_travel.toml:6 free .. ticket: nothing of ticket occurs
    "#);
}

#[test]
fn expressions_are_tried_where_a_word_they_need_occurs() {
    let check = |regex: &str, text: &str, expected: &[&str], codes: &[&str]| {
        let (pack, warnings) =
            pack(&format!("patterns = [\"free ticket\"]\nregex = ['{regex}']\n"), &[]).unwrap();
        assert_eq!(found(&pack, text), expected, "{regex} in {text:?}");
        assert_eq!(warnings.iter().map(|w| w.code).collect::<Vec<_>>(), codes, "{regex}");
    };
    check(r"room \d+", "Room 12, rooms", &["Room 12"], &[]);
    check(r"\bid-\d{2}\b", "xid-12 id-34", &["id-34"], &[]);
    check(r"\d{3}", "no 123", &["123"], &["W106"]);
    check(r"Room \d", "Room 1", &[], &["W107"]);
    check(r"(?i)Room \d", "Room 1", &["Room 1"], &[]);
}

#[test]
fn ten_thousand_brackets_are_an_error() {
    for (open, close) in [("[", "]"), ("{ a = ", "}"), ("{ all = [", "] }"), ("{ not = ", "}")] {
        let deep = format!("when = {}{}\n", open.repeat(10_000), close.repeat(10_000));
        assert!(pack(&deep, &[]).is_err(), "{open}");
        assert!(forewarn_rules::format(&file("indicators/a.toml", deep)).is_err(), "{open}");
    }
    for pattern in ["(".repeat(10_000), "(a|".repeat(10_000), "*".repeat(10_000), " ..".repeat(10_000)] {
        assert!(pack(&format!("patterns = ['{pattern}']\n"), &[]).is_err());
    }
    let regex =
        format!("regex = ['{}a{}']\npatterns = [\"free ticket\"]\n", "(".repeat(10_000), ")".repeat(10_000));
    assert!(pack(&regex, &[]).is_err());
}

#[test]
fn hard_texts_take_linear_time() {
    // What backtracks, or looks at every pair of hits, does not come to an end here.
    let (pack, _) =
        pack("patterns = [\"free ticket\", \"a .. a .. a .. b\"]\nregex = ['(a+)+b', 'a(\\s*a)*c']\n", &[])
            .unwrap();
    for text in ["a".repeat(1 << 20), "a ".repeat(1 << 17), "\u{300}".repeat(1 << 16)] {
        assert_eq!(found(&pack, &text), Vec::<String>::new());
    }
}

proptest! {
    #[test]
    fn formatting_keeps_what_a_pack_means(words in proptest::collection::vec("[a-z包]{3,8}( \\.\\. [a-z]{3,8})?", 1..9)) {
        let list: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        let text = format!("{HEAD}patterns=[{}]\n{TAIL}", list.join(" , "));
        let before = file("indicators/free_travel.toml", text);
        let after = SourceFile { text: forewarn_rules::format(&before).unwrap(), ..before.clone() };
        let compiled = |file_: SourceFile| Pack::compile(&[file("pack.toml", MANIFEST), file_], &Limits::default()).unwrap().0;
        let text = words.join(" ");
        prop_assert_eq!(found(&compiled(before), &text), found(&compiled(after), &text));
    }

    #[test]
    fn no_pack_file_panics(text in "\\PC{0,200}", which in 0_usize..5) {
        let path = ["indicators/a.toml", "languages/a.toml", "exclusions/a.toml", "lists/a.toml", "tests/a.md"][which];
        let _ = Pack::compile(&[file("pack.toml", MANIFEST), file(path, text)], &Limits::default());
    }

    #[test]
    fn no_pattern_panics(pattern in "[a-c(|)@.<>* 0-9包]{0,24}") {
        let written = pattern.replace('\\', "");
        let _ = pack(&format!("patterns = ['{written}']\n"), &[]);
    }

    #[test]
    fn spans_lie_in_the_text(text in "(free|ticket|[a-zé包\n. ]){0,12}") {
        let (pack, _) = pack("patterns = [\"free <> ticket\", \"包*\"]\n", &[]).unwrap();
        let facts = facts(&text, "und");
        let len = text.chars().count() as u32;
        let found = pack.find(&facts.normalized, &facts);
        prop_assert!(found.iter().all(|indicator| indicator.span.end <= len && !indicator.span.is_empty()));
        prop_assert!(found.windows(2).all(|pair| !pair[0].span.overlaps(pair[1].span)));
    }
}

#[test]
fn wages_name_their_source_or_are_bare() {
    for (row, expected) in [
        ("KH = 280", None),
        (r#"KH = { usd = 280, published_usd = 204, what = "w", year = 2024, source = "s" }"#, None),
        (r#"KH = { usd = 280, what = "w", year = 2024, source = "s" }"#, Some("published_usd is missing")),
        (r#"KH = { usd = 280, published_usd = 204, what = "w", year = 2024 }"#, Some("source is missing")),
        (r#"KH = "280""#, Some("expected a number")),
    ] {
        let text =
            format!("name = \"n\"\nwhat = \"w\"\nsource = \"s\"\nas_of = \"2024\"\n[monthly_usd]\n{row}\n");
        let list = SourceFile { path: "lists/wages.toml".to_owned(), text };
        let shown = match pack("patterns = [\"free ticket\"]", &[list]) {
            Ok(_) => None,
            Err(found) => Some(found.iter().map(ToString::to_string).collect::<String>()),
        };
        match expected {
            None => assert_eq!(shown, None, "{row}"),
            Some(expected) => assert!(shown.is_some_and(|shown| shown.contains(expected)), "{row}"),
        }
    }
}
