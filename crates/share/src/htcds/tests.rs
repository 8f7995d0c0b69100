//! Cases as a whole: what is taken, what is refused, and that it comes back.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

use super::*;

#[track_caller]
fn check(text: &str, cases: usize, expected: &[(&str, &str)]) -> Vec<Case> {
    let (read, problems) = read(text.as_bytes(), "cases", &Limits::default());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(read.len(), cases, "{text:?}: {told:?}");
    assert_eq!(problems.len(), expected.len(), "{text:?}: {told:?}");
    for (problem, (code, words)) in problems.iter().zip(expected) {
        assert!(problem.code == *code && problem.to_string().contains(words), "{problem} lacks {words:?}");
    }
    read
}

#[test]
fn reads_tables_and_json() {
    let table = "fw_CaseId,vic_TypeOfExploitation,prs_Citizenship,con_Consent,prs_FirstName\n\
                 C-1,ForcedLabour;Other,ke;ug,yes,Example\nC-2,,KH,,\n";
    let cases = check(table, 2, &[]);
    assert_eq!(cases[0].open["vic_TypeOfExploitation"], ["ForcedLabour", "Other"]);
    assert_eq!(cases[0].open["prs_Citizenship"], ["KE", "UG"]);
    assert_eq!(cases[0].sealed["prs_FirstName"], ["Example"]);
    let semicolons = "fw_CaseId;prs_Gender;vic_TypeOfExploitation\nC-1;Feminine;\"ForcedLabour;Other\"\n";
    assert_eq!(check(semicolons, 1, &[])[0].open["vic_TypeOfExploitation"].len(), 2);
    let json = r#"{"cases":[{"fw_CaseId":"C-1","con_Consent":true,"vic_AgeWhenTrafficked":24,
        "vic_MethodsOfControl":["WithholdsDocuments","DebtBondage"],"prs_Birthdate":"2000-02-29T00:00:00Z"}]}"#;
    let case = &check(json, 1, &[])[0];
    assert_eq!(case.sealed["prs_Birthdate"], ["2000-02-29"]);
    check("{\"prs_Gender\":\"Feminine\"}\n\n{\"prs_Gender\":\"Masculine\"}\n", 2, &[]);
    check("\u{feff}prs_Gender\nFeminine\n", 1, &[]);
}

#[test]
fn refuses_what_the_standard_does_not_know_and_names_the_nearest() {
    check("prs_Gender\nfeminin\n", 0, &[("htcds-value", "the nearest is Feminine")]);
    check(
        "vic_TypeOfExploitation\nForcedLabour;ForcedCriminality\n",
        0,
        &[("htcds-value", "no code of the list")],
    );
    check("prs_Citizenship\nXX\n", 0, &[("htcds-value", "no country")]);
    check("prs_Birthdate\n31/12/1999\n", 0, &[("htcds-value", "2024-12-31")]);
    check("vic_AgeWhenTrafficked\nold\n", 0, &[("htcds-value", "no number")]);
    check("con_Consent\nperhaps\n", 0, &[("htcds-value", "neither yes nor no")]);
    check("prs_PrimaryLanguage\nEnglish\n", 0, &[("htcds-value", "no language")]);
    check("prs_Gender,Shoe size\nFeminine,38\n", 1, &[("htcds-column", "Shoe size")]);
    check("prs_Gendre,prs_Citizenship\nFeminine,KE\n", 1, &[("htcds-column", "the nearest is prs_Gender")]);
    check("name,age\nA,3\n", 0, &[("htcds-header", "no column is a field")]);
    check("prs_Gender\nFeminine,x\n", 0, &[("htcds-columns", "2 cells")]);
    check("", 0, &[("htcds-empty", "empty")]);
    check("[1]", 0, &[("htcds-json", "no object")]);
    check("{\"prs_Gender\":", 0, &[("htcds-json", "EOF")]);
    check("fw_CaseId,prs_Gender\n../x\n", 0, &[("htcds-columns", "")]);
    check("fw_CaseId,prs_Gender\na<b,Feminine\n", 0, &[("htcds-value", "fw_CaseId")]);
}

#[test]
fn without_consent_nobody_is_named() {
    let table = "fw_CaseId,prs_Gender,prs_FirstName,cco_CaseComment,con_Consent\n\
                 1,Feminine,Example,Met at the airport,no\n2,Feminine,Example,,\n3,Feminine,Example,,true\n";
    let cases = check(table, 3, &[("htcds-consent", "2 fields"), ("htcds-consent", "1 fields")]);
    assert_eq!(cases.iter().map(|case| case.sealed.len()).collect::<Vec<_>>(), [0, 0, 1]);
}

#[test]
fn limits_hold_and_are_told() {
    let limits = Limits { cases_count_max: 1, ..Limits::default() };
    let (cases, problems) = read(b"prs_Gender\nFeminine\nMasculine\nFeminine\n", "c", &limits);
    assert_eq!((cases.len(), problems.len(), problems[0].code), (1, 1, "htcds-too-many"));
    let limits = Limits { input_bytes_max: 4, ..Limits::default() };
    assert_eq!(read(b"prs_Gender\n", "c", &limits).1[0].code, "htcds-too-large");
}

/// The facts that were checked of the standard: 83 fields, 26 of them lists of codes.
#[test]
fn the_table_is_that_of_the_standard() {
    assert_eq!(FIELDS.len(), 83);
    let lists = FIELDS.iter().filter(|field| matches!(field.kind, Kind::One(_) | Kind::Many(_)));
    assert!(lists.count() >= 20);
    let names: std::collections::BTreeSet<&str> =
        FIELDS.iter().chain(EXTENSIONS).map(|field| field.name).collect();
    assert_eq!(names.len(), FIELDS.len() + EXTENSIONS.len());
    assert!(FIELDS.iter().all(|field| !field.name.starts_with(EXTENSION)));
    assert!(EXTENSIONS.iter().all(|field| field.name.starts_with(EXTENSION)));
    for name in ["prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_IdentityNumber", "prs_Email"] {
        assert!(field(name).unwrap().sealed, "{name}");
    }
}

fn any_case() -> impl Strategy<Value = Case> {
    let all: Vec<&'static Field> = FIELDS.iter().chain(EXTENSIONS).collect();
    let value = |field: &'static Field| -> BoxedStrategy<Vec<String>> {
        let one = |text: &str| Just(vec![text.to_owned()]).boxed();
        match field.kind {
            // A cell keeps no spaces around it, and an apostrophe before a formula is the guard.
            Kind::Text => "[a-z=+@,;\"é ]{0,8}[a-z]".prop_map(|text| vec![text.trim().to_owned()]).boxed(),
            Kind::Number => one("12.5"),
            Kind::Date => one("2024-02-29"),
            Kind::Checkbox => one("false"),
            Kind::Country => one("KH"),
            Kind::Countries => Just(vec!["KE".to_owned(), "UG".to_owned()]).boxed(),
            Kind::Language => one("sw"),
            Kind::One(codes) => select(codes).prop_map(|code| vec![code.to_owned()]).boxed(),
            Kind::Many(codes) => subsequence(codes, 1..=codes.len())
                .prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
                .boxed(),
        }
    };
    subsequence(all, 1..20).prop_flat_map(move |fields| {
        let names: Vec<&'static Field> = fields.clone();
        let values: Vec<_> = fields.into_iter().map(value).collect();
        ("[a-z0-9-]{1,12}", values).prop_map(move |(id, values)| {
            let mut case = Case { id, ..Case::default() };
            for (field, values) in names.iter().zip(values) {
                let part = if field.sealed { &mut case.sealed } else { &mut case.open };
                part.insert(field.name.to_owned(), values);
            }
            case.open.insert("con_Consent".to_owned(), vec!["true".to_owned()]);
            case
        })
    })
}

proptest! {
    #[test]
    fn cases_come_back_as_they_were(cases in proptest::collection::vec(any_case(), 1..4)) {
        for text in [csv(&cases), json(&cases).to_string()] {
            let (read, problems) = read(text.as_bytes(), "c", &Limits::default());
            prop_assert_eq!(problems, []);
            prop_assert_eq!(&read, &cases);
        }
    }

    #[test]
    fn no_bytes_are_too_odd_to_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, "c", &Limits::default());
    }

    #[test]
    fn no_text_is_too_odd_to_be_read(text in r#"(prs_Gender|con_Consent|[,;\n"'{}\[\]:a-z]){0,40}"#) {
        let (cases, _) = read(text.as_bytes(), "c", &Limits::default());
        let _: Value = json(&cases);
    }
}
