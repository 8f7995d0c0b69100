//! Words that a notice should not contain, in its four languages.

use super::QUALITY;

/// Article 2: within the spirit of the Universal Declaration of Human Rights (whose article 11 presumes
/// innocence).
const HUMAN_RIGHTS: &str = "Constitution art. 2";
/// Article 3: no intervention of a political, military, religious or racial character.
const NEUTRALITY: &str = "Constitution art. 3";
/// Particularly sensitive data, which need conditions of their own.
const SENSITIVE: &str = "RPD, sensitive data";
/// Words that give a notice a character that it must not have, or that label or name a person, in the four
/// languages. A `*` stands for any ending. Whole words only: Islamabad is a place.
const TERMS: [(&str, &str, &[&str]); 4] = [
    (
        "finding-neutrality",
        NEUTRALITY,
        &[
            "communis*",
            "comunis*",
            "fascis*",
            "dictator*",
            "dictad*",
            "dictat*",
            "regime",
            "régime",
            "junta",
            "opposition",
            "oposición",
            "dissident*",
            "disident*",
            "propagand*",
            "election*",
            "élection*",
            "eleccion*",
            "army",
            "armée",
            "ejército",
            "militar*",
            "militair*",
            "militia*",
            "milice*",
            "milicia*",
            "soldier*",
            "soldat*",
            "soldado*",
            "troops",
            "rebel*",
            "insurgen*",
            "guerrill*",
            "muslim*",
            "musulm*",
            "islam",
            "islamic",
            "islamist*",
            "islamique*",
            "islámic*",
            "christian",
            "christians",
            "chrétien*",
            "cristian*",
            "jew",
            "jews",
            "jewish",
            "juif*",
            "juive*",
            "judí*",
            "buddhis*",
            "bouddhis*",
            "budis*",
            "hindu",
            "hindus",
            "hindou*",
            "hindú*",
            "race",
            "racial*",
            "racis*",
            "raza*",
            "ethnic*",
            "ethni*",
            "étni*",
            "شيوعي*",
            "ديكتاتور*",
            "دكتاتور*",
            "معارضة",
            "انتخاب*",
            "جيش",
            "عسكري*",
            "ميليشيا*",
            "متمرد*",
            "مسلم*",
            "إسلامي*",
            "مسيحي*",
            "يهود*",
            "بوذي*",
            "هندوس*",
            "عرقي*",
            "عنصري*",
        ],
    ),
    (
        "finding-sensitive",
        SENSITIVE,
        &[
            "hiv",
            "vih",
            "sida",
            "pregnan*",
            "enceinte*",
            "embarazad*",
            "homosex*",
            "gay",
            "gays",
            "lesbian*",
            "lesbien*",
            "transgen*",
            "transgén*",
            "disabled",
            "handicap*",
            "discapacitad*",
            "psychiatr*",
            "psiquiátr*",
            "trade-union*",
            "حامل",
            "مثلي*",
            "إيدز",
        ],
    ),
    (
        "finding-person-label",
        HUMAN_RIGHTS,
        &[
            "offender*",
            "criminal*",
            "trafficker*",
            "suspect*",
            "mastermind*",
            "ringleader*",
            "kingpin*",
            "convict*",
            "fugitive*",
            "guilty",
            "victim*",
            "trafiquant*",
            "coupable*",
            "délinquant*",
            "criminel*",
            "condamné*",
            "fugitif*",
            "traficante*",
            "delincuente*",
            "culpable*",
            "sospechos*",
            "condenad*",
            "fugitiv*",
            "víctima*",
            "مشتبه",
            "متهم*",
            "مجرم*",
            "مدان*",
            "هارب*",
            "ضحية",
            "ضحايا",
        ],
    ),
    (
        "finding-person-name",
        QUALITY,
        &[
            "mr", "mrs", "ms", "miss", "dr", "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta",
            "señor*", "doña", "alias", "aka", "سيد", "سيدة",
        ],
    ),
];

/// The terms of [`TERMS`] in a text, each table once: its message, its rule, and the word as written.
pub(super) fn hits(text: &str) -> Vec<(&'static str, &'static str, String)> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let hit = |terms: &[&str]| words.iter().find(|word| terms.iter().any(|term| matches(term, word)));
    TERMS
        .iter()
        .filter_map(|(message, rule, terms)| hit(terms).map(|word| (*message, *rule, (*word).to_owned())))
        .collect()
}

fn matches(term: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    // The Arabic article, with or without a particle before it.
    let stem =
        ["وال", "بال", "لل", "ال"].iter().find_map(|prefix| lower.strip_prefix(prefix)).unwrap_or(&lower);
    match term.strip_suffix('*') {
        Some(start) => lower.starts_with(start) || stem.starts_with(start),
        None => lower == term || stem == term,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_are_neutral() {
        let catalogues = crate::testing::catalogues();
        for language in catalogues.languages() {
            for name in catalogues.names("sign-").chain(catalogues.names("section-")) {
                let text = catalogues.word(language, name).unwrap();
                assert_eq!(hits(&text), [], "{language} {name}: {text}");
            }
        }
    }
}
