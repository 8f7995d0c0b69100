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

proptest! {
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
