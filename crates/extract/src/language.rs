//! Which language a text is in: by its script where that decides, then by a count of its own words, and by
//! the trigram detector `whatlang` only where the count leaves doubt.
//!
//! The words lie in `gazetteers/forewarn/function-words.tsv`; this room holds what letters tell.

use std::collections::BTreeMap;

use forewarn_model::Language;
use whatlang::{Detector, Lang};

use crate::chars::Script;
use crate::scan::{COUNTED_BYTES_MAX, Count, EXACT, Scan, Word, hash, hash_at};

/// The languages of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Languages {
    pub(crate) main: Language,
    /// The others, strongest first.
    pub(crate) others: Vec<Language>,
}

/// Tells languages apart.
pub(crate) struct Detection {
    /// Open addressing on the hash of the word: the hash and the languages as bits; zero bits are empty.
    words: Vec<(u32, u64)>,
    languages: Vec<Language>,
    /// For every character of the Basic Multilingual Plane: 0, or one more than its place in `cues`.
    cue_of: Vec<u16>,
    cues: Vec<Cue>,
    /// For every row of `ENDINGS` its language, and what it is worth.
    endings: Vec<(usize, f32)>,
    whatlang: Detector,
}

/// What one letter tells.
#[derive(Debug, Clone, Default)]
struct Cue {
    /// Languages as indexes, with what the letter is worth for each.
    worth: Vec<(usize, f32)>,
    /// Positive for simplified, negative for traditional Chinese.
    simplified: i8,
}

const FUNCTION_WORDS: &str = include_str!("../../../gazetteers/forewarn/function-words.tsv");

/// Letters that one language has and the others of its script lack, with what one of them is worth. Those
/// of Latin are the ones beyond the common accents.
const LETTERS: &[(&str, &str, f32)] = &[
    ("vi", "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ", 0.6),
    ("ro", "țșţă", 0.5),
    ("tr", "ğışİ", 0.5),
    ("de", "ß", 1.0),
    ("pl", "łęążźśćń", 0.5),
    ("pt", "ãõ", 0.7),
    ("es", "ñ¿¡", 0.7),
    ("fr", "œèêëùœ«»", 0.15),
    ("de", "äöü", 0.1),
    ("tr", "öüç", 0.05),
    ("kk", "әғқұһ", 0.5),
    ("kk", "ңі", 0.2),
    ("mn", "өү", 0.15),
    ("ky", "ңөү", 0.12),
    ("uk", "їєґ", 0.6),
    ("uk", "і", 0.2),
    ("ru", "ыэъё", 0.15),
    ("tg", "ҷӣӯҳ", 0.6),
    ("uz", "ўҳ", 0.5),
    ("ur", "ٹڈڑںےہھۓ", 0.5),
    ("fa", "ژگ", 0.1),
    ("ar", "ةىأإيك", 0.15),
    ("ps", "ټډړښځګې", 0.5),
    ("ne", "ँ", 0.1),
    ("hi", "ज़फ़ड़ढ़ॉ", 0.2),
];

/// Ends of words that one language writes as part of the word and its neighbours do not: case endings of
/// Nepali (Hindi writes its postpositions apart) and of Mongolian.
const ENDINGS: &[(&str, Script, &[&str], f32)] = &[
    ("ne", Script::Devanagari, &["को", "लाई", "हरू", "का", "मा", "बाट", "ले", "सँग"], 0.7),
    (
        "mn",
        Script::Cyrillic,
        &["ийн", "ийг", "аас", "ээс", "оос", "өөс", "аар", "ээр", "тай", "тэй", "дахь", "дэх", "руу", "рүү"],
        0.6,
    ),
];
/// The part of a word before such an ending has at least this many bytes: two letters.
const STEM_BYTES_MIN: usize = 4;

/// Scripts that one language of our list uses.
const SCRIPTS: &[(Script, &str)] = &[
    (Script::Thai, "th"),
    (Script::Lao, "lo"),
    (Script::Khmer, "km"),
    (Script::Myanmar, "my"),
    (Script::Hangul, "ko"),
    (Script::Ethiopic, "am"),
    (Script::Sinhala, "si"),
    (Script::Tamil, "ta"),
    (Script::Bengali, "bn"),
    (Script::Telugu, "te"),
    (Script::Kannada, "kn"),
    (Script::Malayalam, "ml"),
    (Script::Gujarati, "gu"),
    (Script::Gurmukhi, "pa"),
    (Script::Greek, "el"),
    (Script::Hebrew, "he"),
    (Script::Georgian, "ka"),
    (Script::Armenian, "hy"),
    (Script::Tibetan, "bo"),
    (Script::Kana, "ja"),
];

/// Common ideographs that only one of the two ways of writing Chinese has.
const SIMPLIFIED: &str = "们这来时说国对学为会发过样当点经现实从开关门问间话语让见车长东马钱银铁际险验页须领题额飞饭饮馆鸡岁员薪单号联络务职业专无须请电话费广贵贸资质赚给达认证签约龄顾极岗奖类办进边还区园项组网红层级种习乐听写满净轻处备复动卖买价试训带办护照";
const TRADITIONAL: &str = "們這來時說國對學為會發過樣當點經現實從開關門問間話語讓見車長東馬錢銀鐵際險驗頁須領題額飛飯飲館雞歲員單號聯絡務職業專無請電費廣貴貿資質賺給達認證簽約齡顧極崗獎類辦進邊還區園項組網紅層級種習樂聽寫滿淨輕處備復動賣買價試訓帶護嘅咗唔冇喺嚟";

/// Letters of another script count as the text's own from this share of all letters.
const SHARE_MIN: f32 = 0.15;
/// A script other than Latin decides from this share, since handles, links and trade words are Latin
/// everywhere.
const NATIVE_SHARE_MIN: f32 = 0.3;
/// The word count decides from this score, and if the second is at most this part of the first.
const SCORE_MIN: f32 = 1.5;
const SECOND_MAX: f32 = 0.75;
/// A second language is named from this part of the first one's score.
const OTHER_MIN: f32 = 0.45;
/// And from this score of its own.
const OTHER_SCORE_MIN: f32 = 4.0;
/// How much the trigram detector is given, in bytes: its time grows with the text.
const TRIGRAM_BYTES_MAX: usize = 600;

impl Detection {
    pub(crate) fn new() -> Self {
        let mut detection = Self {
            words: vec![(0, 0); 8192],
            languages: Vec::new(),
            cue_of: vec![0; 0x1_0000],
            cues: Vec::new(),
            endings: Vec::new(),
            whatlang: trigram_detector(),
        };
        for line in FUNCTION_WORDS.lines().filter(|line| !line.starts_with('#')) {
            let Some((tag, words)) = line.split_once('\t') else { continue };
            let Ok(language) = tag.parse() else { continue };
            let bit = detection.languages.len();
            detection.languages.push(language);
            for word in words.split(' ') {
                detection.add(hash(word, EXACT) | 1, 1 << bit);
            }
        }
        detection.add_cues();
        for row in ENDINGS {
            let at = detection.languages.iter().position(|language| language.as_str() == row.0);
            detection.endings.push((at.unwrap_or(0), row.3));
        }
        detection
    }

    fn add_cues(&mut self) {
        let mut cues: BTreeMap<char, Cue> = BTreeMap::new();
        for &(tag, letters, worth) in LETTERS {
            if let Some(at) = self.languages.iter().position(|language| language.as_str() == tag) {
                for c in letters.chars() {
                    cues.entry(c).or_default().worth.push((at, worth));
                }
            }
        }
        for (letters, simplified) in [(SIMPLIFIED, 1), (TRADITIONAL, -1)] {
            for c in letters.chars() {
                cues.entry(c).or_default().simplified += simplified;
            }
        }
        for (c, cue) in cues {
            self.cues.push(cue);
            if let (Some(slot), Ok(number)) =
                (self.cue_of.get_mut(c as usize), u16::try_from(self.cues.len()))
            {
                *slot = number;
            }
        }
    }

    fn cue(&self, c: char) -> Option<&Cue> {
        let number = usize::from(*self.cue_of.get(c as usize)?);
        self.cues.get(number.checked_sub(1)?)
    }

    fn add(&mut self, hash: u32, bit: u64) {
        let mask = self.words.len() - 1;
        let mut at = hash as usize & mask;
        while self.words[at].1 != 0 && self.words[at].0 != hash {
            at = (at + 1) & mask;
        }
        self.words[at].0 = hash;
        self.words[at].1 |= bit;
    }

    fn bits(&self, hash: u32) -> u64 {
        let mask = self.words.len() - 1;
        let mut at = hash as usize & mask;
        while self.words[at].1 != 0 {
            if self.words[at].0 == hash {
                return self.words[at].1;
            }
            at = (at + 1) & mask;
        }
        0
    }

    /// The languages of a folded text.
    pub(crate) fn detect(&self, text: &str, scan: &Scan) -> Languages {
        let mut end = text.len().min(COUNTED_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let words = &scan.words[..scan.words.partition_point(|word| word.end <= end)];
        let count = japanese(&scan.count);
        let mut found: Vec<(Language, f32)> = Vec::new();
        for (script, share) in shares(&count) {
            let native = script != Script::Latin;
            if share < SHARE_MIN {
                continue;
            }
            let weight = if native && share >= NATIVE_SHARE_MIN { share + 1.0 } else { share };
            for (language, part) in self.of_script(script, &count, text, words) {
                found.push((language, weight * part));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let main = found.first().map_or(Language::UNKNOWN, |found| found.0);
        let mut others: Vec<Language> = Vec::new();
        for (language, _) in found {
            if language != main && !language.is_unknown() && !others.contains(&language) {
                others.push(language);
            }
        }
        Languages { main, others }
    }

    /// The languages that the part of a text in one script may be in, with their parts of it.
    fn of_script(&self, script: Script, count: &Count, text: &str, words: &[Word]) -> Vec<(Language, f32)> {
        if script == Script::Han {
            return vec![(self.chinese(text), 1.0)];
        }
        if let Some(&(_, tag)) = SCRIPTS.iter().find(|row| row.0 == script) {
            return vec![(tag.parse().unwrap_or(Language::UNKNOWN), 1.0)];
        }
        let scores = self.scores(script, text, words);
        let first = scores.first().copied().unwrap_or((Language::UNKNOWN, 0.0));
        let second = scores.get(1).map_or(0.0, |second| second.1);
        if first.1 >= SCORE_MIN && second <= SECOND_MAX * first.1 {
            let mut found = vec![(first.0, 1.0)];
            let others = scores[1..].iter();
            let others = others.filter(|score| score.1 >= (OTHER_MIN * first.1).max(OTHER_SCORE_MIN));
            found.extend(others.map(|score| (score.0, score.1 / first.1)));
            return found;
        }
        let by_trigrams = self.by_trigrams(text);
        let among_first = |language: Language| scores.iter().take(3).any(|score| score.0 == language);
        match by_trigrams {
            Some((language, sure)) if first.1 == 0.0 && (sure || count.letters >= 40) => {
                vec![(language, 1.0)]
            }
            Some((language, _)) if among_first(language) && first.1 > 0.0 => {
                let better = scores.iter().find(|score| score.0 == language).map_or(0.0, |score| score.1);
                match better >= 0.9 * first.1 {
                    true => vec![(language, 1.0)],
                    false => vec![(first.0, 1.0)],
                }
            }
            _ if first.1 >= 0.5 => vec![(first.0, 1.0)],
            _ => Vec::new(),
        }
    }

    /// Scores of the languages by words and letters, best first.
    fn scores(&self, script: Script, text: &str, words: &[Word]) -> Vec<(Language, f32)> {
        let mut by_bit = [0.0f32; u64::BITS as usize];
        let mut words = words.iter().peekable();
        while let Some(word) = words.next() {
            if !word.is_ascii {
                for c in text[word.start..word.end].chars().filter(|c| !c.is_ascii()) {
                    for &(at, worth) in self.cue(c).map_or(&[][..], |cue| &cue.worth) {
                        by_bit[at] += worth;
                    }
                }
            }
            if word.script != script || is_part_of_address(text, word) {
                continue;
            }
            if let Some(&(at, worth)) = self.ending(&text[word.start..word.end], script) {
                by_bit[at] += worth;
            }
            let mut bits = 0;
            // "don't", "bo'lib": one word of the list, else two.
            if text.as_bytes().get(word.end) == Some(&b'\'')
                && let Some(next) = words.peek()
                && next.start == word.end + 1
            {
                bits = self.bits(hash_at(text.as_bytes(), word.start, next.end, EXACT) | 1);
                if bits != 0 {
                    words.next();
                }
            }
            if bits == 0 {
                bits = self.bits(word.hash | 1);
            }
            let weight = 1.0 / bits.count_ones().max(1) as f32;
            while bits != 0 {
                by_bit[bits.trailing_zeros() as usize] += weight;
                bits &= bits - 1;
            }
        }
        for c in text.chars().filter(|c| matches!(c, '¿' | '¡' | '«' | '»')) {
            for &(at, worth) in self.cue(c).map_or(&[][..], |cue| &cue.worth) {
                by_bit[at] += worth;
            }
        }
        let mut scores: Vec<(Language, f32)> =
            self.languages.iter().copied().zip(by_bit).filter(|score| score.1 > 0.0).collect();
        // "Job in …" is as German as it is English: of equals, the one that most offers are written in.
        let other = |language: Language| language != Language::ENGLISH;
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then((other(a.0), a.0).cmp(&(other(b.0), b.0))));
        scores
    }

    /// The language whose ending a word has, and what that is worth.
    fn ending(&self, word: &str, script: Script) -> Option<&(usize, f32)> {
        let row = ENDINGS.iter().position(|row| {
            let stem = |ending: &&str| word.strip_suffix(*ending).is_some_and(|s| s.len() >= STEM_BYTES_MIN);
            row.1 == script && row.2.iter().any(stem)
        })?;
        self.endings.get(row)
    }

    /// Simplified unless the letters that only one of the two has say otherwise.
    fn chinese(&self, text: &str) -> Language {
        let cues = text.chars().filter(|c| !c.is_ascii()).filter_map(|c| self.cue(c));
        let simplified: i32 = cues.map(|cue| i32::from(cue.simplified)).sum();
        let tag = if simplified < 0 { "zh-Hant" } else { "zh-Hans" };
        tag.parse().unwrap_or(Language::UNKNOWN)
    }

    fn by_trigrams(&self, text: &str) -> Option<(Language, bool)> {
        let mut end = text.len().min(TRIGRAM_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let info = self.whatlang.detect(&text[..end])?;
        let language = TRIGRAM_LANGUAGES.iter().find(|row| row.0 == info.lang())?.1.parse().ok()?;
        Some((language, info.is_reliable()))
    }
}

/// What the trigram detector may answer, with our tags; it has none for ms, sw, kk, ky, mn, ur apart.
const TRIGRAM_LANGUAGES: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ron, "ro"),
    (Lang::Deu, "de"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Slk, "sk"),
    (Lang::Hun, "hu"),
    (Lang::Hrv, "hr"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "nb"),
    (Lang::Fin, "fi"),
    (Lang::Est, "et"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Tur, "tr"),
    (Lang::Aze, "az"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Ind, "id"),
    (Lang::Tgl, "fil"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Bul, "bg"),
    (Lang::Srp, "sr"),
    (Lang::Ara, "ar"),
    (Lang::Urd, "ur"),
    (Lang::Pes, "fa"),
    (Lang::Hin, "hi"),
    (Lang::Nep, "ne"),
    (Lang::Mar, "mr"),
];

fn trigram_detector() -> Detector {
    Detector::with_allowlist(TRIGRAM_LANGUAGES.iter().map(|row| row.0).collect())
}

/// A text of ideographs with more kana than one in this many letters is Japanese.
const KANA_FACTOR: u32 = 12;

/// Whether a word is a part of a link, an e-mail address or an account: these tell nothing of the language.
fn is_part_of_address(text: &str, word: &Word) -> bool {
    let bytes = text.as_bytes();
    let before = word.start.checked_sub(1).map_or(b' ', |at| bytes[at]);
    let [after, next] = [0, 1].map(|at| bytes.get(word.end + at).copied().unwrap_or(b' '));
    matches!(before, b'.' | b'@' | b'_')
        || matches!(after, b'@' | b'_')
        || (after == b'.' && next.is_ascii_alphanumeric())
        || (after == b':' && next == b'/')
}

/// Japanese is written in two scripts; Chinese and Korean hardly use kana.
fn japanese(count: &Count) -> Count {
    let mut by_script = count.by_script;
    let [kana, han] = [Script::Kana as usize, Script::Han as usize];
    if by_script[kana] * KANA_FACTOR > by_script[han] {
        by_script[kana] += std::mem::take(&mut by_script[han]);
    }
    Count { by_script, letters: count.letters }
}

fn shares(count: &Count) -> impl Iterator<Item = (Script, f32)> {
    let all = count.letters.max(1) as f32;
    let scripts = SCRIPTS.iter().map(|row| row.0).chain([
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Devanagari,
        Script::Han,
    ]);
    scripts.map(move |script| (script, count.by_script[script as usize] as f32 / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    #[track_caller]
    fn check(text: &str, main: &str, others: &[&str]) {
        let folded = Folded::new(text);
        let found = Detection::new().detect(folded.text(), &Scan::new(folded.text(), 0));
        let tags: Vec<String> = found.others.iter().map(Language::to_string).collect();
        assert_eq!(
            (found.main.as_str(), tags),
            (main, others.iter().map(|&t| t.to_owned()).collect()),
            "{text:?}"
        );
    }

    #[test]
    fn tells_scripts_apart() {
        check("รับสมัครแอดมินตอบแชท", "th", &[]);
        check("ຮັບພະນັກງານ Telegram LINE WhatsApp", "lo", &[]);
        check("채팅상담원 채용", "ko", &[]);
        check("タイ北部の物流会社で翻訳", "ja", &[]);
        check("招聘客服，会打字就行，包机票", "zh-Hans", &[]);
        check("徵客服，會打字就得，包機票", "zh-Hant", &[]);
    }

    #[test]
    fn tells_languages_of_one_script_apart() {
        check("We are looking for staff with a good salary", "en", &[]);
        check("Dicari karyawan untuk kantor kami, gaji besar", "id", &[]);
        check("Syarikat kami memerlukan pekerja, gaji lumayan, elaun disediakan", "ms", &[]);
        check("Kailangan po namin ng mga tao, libre ang ticket", "fil", &[]);
        check("Tunatafuta watu wa kazi kwa mshahara mzuri", "sw", &[]);
        check("Ish bor, oylik yaxshi, bilet va yotoqxona bepul", "uz", &[]);
        check("Работа в офисе, опыт не нужен, билет и проживание", "ru", &[]);
        check("Робота в офісі, досвід не потрібен, квиток і проживання", "uk", &[]);
        check("Жұмыс бар, тәжірибе қажет емес, билет тегін", "kk", &[]);
        check("Ажилд авна, туршлага шаардлагатай биш, тийз үнэгүй", "mn", &[]);
        check("مطلوب موظف للعمل في شركة، سكن وتذكرة", "ar", &[]);
        check("کمپنی میں نوکری، تجربہ ضروری نہیں، ٹکٹ اور رہائش", "ur", &[]);
        check("कंपनी में नौकरी है, अनुभव की जरूरत नहीं", "hi", &[]);
        check("कम्पनीमा काम गर्ने केटा केटी चाहिएको छ, अनुभव नभए पनि हुने", "ne", &[]);
    }

    #[test]
    fn of_two_languages_that_share_all_words_english_is_told() {
        check("Job", "en", &[]);
        check("job in Poipet", "en", &[]);
        check("Job in Wien gesucht", "de", &[]);
    }

    #[test]
    fn names_a_second_language() {
        check(
            "We are hiring people for our office in the city, salary and food for all. \
             招聘客服，会打字就行，包机票，包吃住，月薪三万，男女不限，十八到三十五岁",
            "zh-Hans",
            &["en"],
        );
    }

    #[test]
    fn owns_up_to_not_knowing() {
        check("", "und", &[]);
        check("12345 --- !!!", "und", &[]);
        check("xq zvw", "und", &[]);
    }
}
