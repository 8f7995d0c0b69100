//! What is written together with a name in one word: articles and prepositions before it, endings after it.

use crate::chars::Script;

/// What is written together with the word after it: Arabic article and prepositions, Amharic prepositions.
pub(super) const JOINED_BEFORE: &[(Script, &str)] = &[
    (Script::Arabic, "وال"),
    (Script::Arabic, "بال"),
    (Script::Arabic, "فال"),
    (Script::Arabic, "كال"),
    (Script::Arabic, "لل"),
    (Script::Arabic, "ال"),
    (Script::Arabic, "وب"),
    (Script::Arabic, "ول"),
    (Script::Arabic, "و"),
    (Script::Arabic, "ب"),
    (Script::Arabic, "ل"),
    (Script::Arabic, "ف"),
    (Script::Ethiopic, "በ"),
    (Script::Ethiopic, "የ"),
    (Script::Ethiopic, "ከ"),
    (Script::Ethiopic, "ለ"),
    (Script::Ethiopic, "ስለ"),
    (Script::Ethiopic, "እስከ"),
    (Script::Ethiopic, "ወደ"),
    (Script::Hebrew, "ב"),
    (Script::Hebrew, "ל"),
    (Script::Hebrew, "מ"),
    (Script::Hebrew, "ה"),
];

/// Endings of names in Latin letters, by language, with what the name has instead.
pub(super) const LATIN_ENDINGS: &[(&str, &[(&str, &str)])] = &[
    (
        "uz",
        &[
            ("da", ""),
            ("dan", ""),
            ("ga", ""),
            ("ning", ""),
            ("ni", ""),
            ("dagi", ""),
            ("lik", ""),
            ("dagilar", ""),
            ("danman", ""),
            ("ka", ""),
            ("qa", ""),
        ],
    ),
    ("ro", &[("ei", "a"), ("ul", ""), ("ului", ""), ("ia", "ia")]),
    ("de", &[("s", ""), ("er", "")]),
    (
        "tr",
        &[
            ("da", ""),
            ("de", ""),
            ("dan", ""),
            ("den", ""),
            ("ta", ""),
            ("te", ""),
            ("a", ""),
            ("e", ""),
            ("ya", ""),
            ("ye", ""),
        ],
    ),
    ("id", &[("nya", "")]),
    ("pl", &[("ii", "ia"), ("i", "a"), ("u", ""), ("ie", "a")]),
];

/// A word of fewer bytes has no ending that is looked at.
pub(super) const INFLECTED_BYTES_MIN: usize = 6;

/// Endings of names in Cyrillic: cases of Russian and Ukrainian, of Kazakh and Kyrgyz, of Mongolian.
const CYRILLIC_ENDINGS: &[&str] = &[
    "а", "я", "ь", "й", "у", "ю", "е", "и", "ы", "і", "ї", "о", "ой", "ою", "ей", "ею", "єю", "ом", "ем",
    "ём", "ам", "ах", "ами", "ям", "ях", "ями", "ию", "ии", "ія", "ії", "ію", "ия", "ів", "ов", "ью", "ові",
    "да", "де", "та", "те", "ға", "ге", "қа", "ке", "ды", "ді", "ты", "ті", "ны", "ні", "ның", "нің", "дың",
    "дің", "тың", "тің", "нан", "нен", "дан", "ден", "тан", "тен", "дағы", "дегі", "тағы", "тегі", "лық",
    "лік", "дық", "дік", "тық", "тік", "мен", "пен", "ға", "д", "т", "ын", "ийн", "ны", "ний", "ыг", "ийг",
    "аас", "ээс", "оос", "өөс", "иас", "иос", "аар", "оор", "ээр", "руу", "рүү", "луу", "лүү", "дахь", "дэх",
    "тай", "той", "тэй", "ыс", "н", "ар", "даг", "т", "ид", "од", "ад", "эд", "гийн", "гаас",
];

/// Postpositions of Hindi and Nepali.
const DEVANAGARI_ENDINGS: &[&str] = &[
    "को",
    "का",
    "की",
    "के",
    "मा",
    "में",
    "से",
    "बाट",
    "सम्म",
    "लाई",
    "ले",
    "तिर",
    "देखि",
    "भित्र",
    "स्थित",
    "मै",
    "कै",
    "सँग",
    "र",
    "हुँदै",
    "जाने",
    "ी",
    "ीय",
    "ीहरू",
    "ीको",
    "ी केटा",
    "वाट",
    "भन्दा",
    "मार्फत",
];

/// Particles of Korean.
const HANGUL_ENDINGS: &[&str] = &[
    "에서",
    "에",
    "로",
    "으로",
    "의",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "와",
    "과",
    "인",
    "까지",
    "부터",
    "행",
    "측",
    "도",
    "내",
    "쪽",
    "이나",
    "나",
    "에서는",
    "에서의",
    "이고",
    "현지",
    "산",
    "시",
    "시내",
    "발",
    "편",
    "경유",
    "국경",
    "으로의",
    "로의",
    "이며",
    "입니다",
    "지사",
    "공항",
    "본사",
];

/// Whether `tail` may follow a name in the same word.
pub(super) fn is_ending(script: Script, name: &str, tail: &str) -> bool {
    let signs = tail.chars().count();
    match script {
        // The name may lack its last vowel (`compile`): then the ending starts with it.
        Script::Cyrillic => {
            let rest = tail.strip_prefix(['а', 'я', 'ь', 'й', 'ы']).unwrap_or(tail);
            rest.is_empty() || CYRILLIC_ENDINGS.contains(&tail) || CYRILLIC_ENDINGS.contains(&rest)
        }
        Script::Devanagari => DEVANAGARI_ENDINGS.contains(&tail),
        Script::Hangul => HANGUL_ENDINGS.contains(&tail) || (name.chars().count() >= 3 && signs <= 3),
        Script::Bengali | Script::Sinhala => signs <= 5,
        Script::Tamil => signs <= 9,
        Script::Ethiopic => signs <= 2,
        Script::Georgian | Script::Armenian => signs <= 3,
        _ => false,
    }
}
