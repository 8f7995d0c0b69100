//! What Fluent leaves to the program: numbers, lists, and the articles and prepositions of countries.
//!
//! A language without rules here gets plain forms; its catalogue must then word its sentences so that a
//! bare name suits (after a colon).

use forewarn_model::{Country, Language};

/// Forms of the names of countries in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// The name alone, for headings and tables.
    Bare,
    /// As a subject or in a list: "the Philippines".
    Subject,
    /// Where: "in the Philippines".
    In,
    /// Whence: "from the Philippines".
    From,
}

/// English names that take "the".
const ENGLISH_THE: &str =
    "AE AX BQ BS CC CD CF CG CK DO FK FO GB GM IO KM KY MH MP MV NL PH PS SB TC TF UM US VG VI";

/// French names by what stands before them. Names in no list take none: "à Singapour".
const FRENCH_MASCULINE: &str = "AF AO AZ BD BF BI BJ BN BR BT BW BZ CA CG CL CM CR CV DK EC EH GA GB GH GL GT GY \
    HN IQ IR JP KE KG KH KW KZ LA LB LI LK LR LS LU MA ME ML MM MW MX MZ NE NG NI NP PA PE PK PT PY QA RW SD \
    SJ SN SR SS SV SZ TD TG TJ TL TM UG UY UZ VA VE VN VU XK YE ZW";
const FRENCH_FEMININE: &str = "AL AM AD AR AT AU BA BB BE BG BO BY CD CF CH CI CN CO CZ DE DM DO DZ EE EG ER ES \
    ET FI FR GD GE GF GM GN GP GQ GR GW HR HU ID IE IN IS IT JM JO KP KR LT LV LY MD MK MN MQ MR MY NA NC \
    NO NZ PF PG PL RO RS RU SA SE SI SK SL SO SY TH TN TR TZ UA ZA ZM FM AQ";
const FRENCH_PLURAL: &str =
    "AE AS BM BQ BS CC CK FJ FK FO KM KY MH MP MV NL PH PN PS PW SB SC TC TF TO UM US VG VI WS AX";
/// French names without an article that take "en" all the same.
const FRENCH_EN: &str = "HT IL";

/// Spanish names by their article; most go without.
const SPANISH_ARTICLES: [(&str, &str); 4] = [
    ("el ", "GB"),
    ("la ", "CD CF DO"),
    ("los ", "NL PS"),
    ("las ", "AX BM BS CC CK FK FO KY MH MP MV SB SC TC VG VI"),
];

/// A number with the grouping of the language (CLDR: `,` in English and in Arabic with Western digits, a
/// narrow no-break space in French, `.` in Spanish from five digits on).
pub(crate) fn number(language: Language, value: i64) -> String {
    let (separator, digits_min) = match language.primary() {
        "fr" => ('\u{202f}', 4),
        "es" => ('.', 5),
        _ => (',', 4),
    };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len() >= digits_min && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}

/// A list with the language's "and".
pub(crate) fn list(language: Language, items: &[String]) -> String {
    let [first @ .., last] = items else { return String::new() };
    if first.is_empty() {
        return last.clone();
    }
    match language.primary() {
        // Arabic joins every item.
        "ar" => items.join(" و"),
        "en" => format!("{} and {last}", first.join(", ")),
        "fr" => format!("{} et {last}", first.join(", ")),
        "es" => format!("{} {} {last}", first.join(", "), spanish_and(last)),
        _ => items.join(", "),
    }
}

/// A list of phrases that may have commas and "and" inside.
pub(crate) fn phrases(language: Language, items: &[String]) -> String {
    items.join(match language.primary() {
        "ar" => "؛ ",
        "fr" => "\u{202f}; ",
        _ => "; ",
    })
}

/// Countries in a sentence. `named` gives each with its name in the language.
pub(crate) fn countries(language: Language, case: Case, named: &[(Country, String)]) -> String {
    let subjects = |case| named.iter().map(|(c, name)| one(language, case, *c, name)).collect::<Vec<_>>();
    match (language.primary(), case) {
        (_, Case::Bare | Case::Subject) | ("fr", _) => list(language, &subjects(case)),
        (tag, _) => {
            let list = list(language, &subjects(Case::Subject));
            let preposition = match (tag, case) {
                ("en", Case::In) => "in ",
                ("en", _) => "from ",
                ("es", Case::In) => "en ",
                ("es", _) => "de ",
                ("ar", Case::In) => "في ",
                ("ar", _) => "من ",
                _ => "",
            };
            // Spanish contracts "de el".
            match list.strip_prefix("el ") {
                Some(rest) if preposition == "de " => format!("del {rest}"),
                _ => format!("{preposition}{list}"),
            }
        }
    }
}

fn one(language: Language, case: Case, country: Country, name: &str) -> String {
    match (language.primary(), case) {
        (_, Case::Bare) => name.to_owned(),
        ("en", _) if holds(ENGLISH_THE, country) => format!("the {name}"),
        ("es", _) => {
            let article = SPANISH_ARTICLES.iter().find(|(_, list)| holds(list, country));
            format!("{}{name}", article.map_or("", |(article, _)| article))
        }
        ("fr", _) => french(case, country, name),
        _ => name.to_owned(),
    }
}

fn french(case: Case, country: Country, name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'É', 'È', 'Î', 'Ï', 'Ô', 'Œ']);
    let (subject, place, whence) = if holds(FRENCH_PLURAL, country) {
        ("les ", "aux ", "des ")
    } else if holds(FRENCH_EN, country) {
        ("", "en ", if vowel { "d’" } else { "de " })
    } else if holds(FRENCH_MASCULINE, country) {
        if vowel { ("l’", "en ", "d’") } else { ("le ", "au ", "du ") }
    } else if holds(FRENCH_FEMININE, country) {
        if vowel { ("l’", "en ", "d’") } else { ("la ", "en ", "de ") }
    } else {
        ("", "à ", if vowel { "d’" } else { "de " })
    };
    let before = match case {
        Case::Bare => "",
        Case::Subject => subject,
        Case::In => place,
        Case::From => whence,
    };
    format!("{before}{name}")
}

/// "y" becomes "e" before the sound i, but not before a diphthong such as "hie".
fn spanish_and(next: &str) -> &'static str {
    let folded = next.to_lowercase().replace('í', "i");
    let sound = folded.strip_prefix('h').unwrap_or(&folded);
    let diphthong = sound.starts_with("ie") || sound.starts_with("ia") || sound.starts_with("io");
    if sound.starts_with('i') && !diphthong { "e" } else { "y" }
}

fn holds(list: &str, country: Country) -> bool {
    list.split_whitespace().any(|code| code == country.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        tag.parse().unwrap()
    }

    #[track_caller]
    fn check_number(tag: &str, value: i64, expected: &str) {
        assert_eq!(number(language(tag), value), expected);
    }

    #[test]
    fn groups_digits_as_the_language_does() {
        check_number("en", 999, "999");
        check_number("en", 116_000, "116,000");
        check_number("en", -1_234_567, "-1,234,567");
        check_number("fr", 1_234, "1\u{202f}234");
        check_number("es", 1_234, "1234");
        check_number("es", 12_345, "12.345");
        check_number("ar", 12_345, "12,345");
    }

    #[track_caller]
    fn check(tag: &str, case: Case, named: &[(&str, &str)], expected: &str) {
        let named: Vec<(Country, String)> =
            named.iter().map(|(code, name)| (code.parse().unwrap(), (*name).to_owned())).collect();
        assert_eq!(countries(language(tag), case, &named), expected);
    }

    #[test]
    fn puts_articles_and_prepositions() {
        let en = [("KH", "Cambodia"), ("PH", "Philippines"), ("LA", "Laos")];
        check("en", Case::In, &en, "in Cambodia, the Philippines and Laos");
        check("en", Case::From, &en[1..2], "from the Philippines");
        check("en", Case::Bare, &en[1..2], "Philippines");
        let fr = [("KH", "Cambodge"), ("TH", "Thaïlande"), ("PH", "Philippines"), ("SG", "Singapour")];
        check("fr", Case::In, &fr, "au Cambodge, en Thaïlande, aux Philippines et à Singapour");
        check("fr", Case::From, &fr, "du Cambodge, de Thaïlande, des Philippines et de Singapour");
        check("fr", Case::Subject, &fr, "le Cambodge, la Thaïlande, les Philippines et Singapour");
        check(
            "fr",
            Case::In,
            &[("UG", "Ouganda"), ("AE", "Émirats arabes unis")],
            "en Ouganda et aux Émirats arabes unis",
        );
        check("fr", Case::From, &[("IN", "Inde"), ("OM", "Oman")], "d’Inde et d’Oman");
        let es = [("GB", "Reino Unido"), ("CN", "China"), ("ID", "Indonesia")];
        check("es", Case::From, &es, "del Reino Unido, China e Indonesia");
        check("es", Case::In, &es[1..], "en China e Indonesia");
        let ar = [("KH", "كمبوديا"), ("LA", "لاوس"), ("TH", "تايلاند")];
        check("ar", Case::In, &ar, "في كمبوديا ولاوس وتايلاند");
        check("de", Case::In, &[("KH", "Kambodscha")], "Kambodscha");
    }

    #[test]
    fn no_country_stands_in_two_lists() {
        let lists = [FRENCH_MASCULINE, FRENCH_FEMININE, FRENCH_PLURAL, FRENCH_EN];
        for country in Country::all() {
            let times = lists.iter().filter(|list| holds(list, country)).count();
            assert!(times <= 1, "{country} stands in {times} French lists");
        }
        let spanish = SPANISH_ARTICLES.map(|(_, list)| list);
        for code in lists.iter().chain(&spanish).chain([&ENGLISH_THE]).flat_map(|l| l.split_whitespace()) {
            assert!(code.parse::<Country>().is_ok(), "{code}");
        }
    }
}
