//! The time that an amount is paid for, from the words around it.

use std::sync::LazyLock;

use forewarn_model::Period::{self, Day, Hour, Month, Week, Year};

use super::lexicon::{Lexicon, is_letter, is_unspaced};
use super::number::skip_space;

/// How far from the amount the words may stand.
const AFTER_WORDS_MAX: usize = 4;
const AFTER_CHARS_MAX: usize = 32;
const BEFORE_WORDS_MAX: usize = 6;
const BEFORE_CHARS_MAX: usize = 40;
/// The same in scripts without spaces, where each character may start a word.
const UNSPACED_CHARS_MAX: usize = 12;

/// Names of a time that need a word such as "per" before them.
static NOUN_ROWS: &[(Period, &str)] = &[
    (Month, "month|months|mo|mo.|mth|mnth|mois|mes|mês|mese|monat|lună|luna|lunii|ay|ayda|bulan|bln"),
    (Month, "bulannya|buwan|tháng|mwezi|oy|месяц|мес|мес.|місяць|міс|міс.|ай|айға|айына|сар|сард|сарын"),
    (Month, "月|个月|個月|か月|ヶ月|カ月|월|달|개월|เดือน|ເດືອນ|ខែ|လ|माह|महीना|महीने|महिना|महिने|मास|মাস"),
    (Month, "মাসে|மாதம்|மாதத்திற்கு|மாசம்|මාසය|මාසයකට|මසකට|شهر|شهرياً|شهريا|مہینہ|ماہ|ወር"),
    (Week, "week|wk|semaine|semana|settimana|woche|săptămână|săptămana|hafta|minggu|linggo|tuần|wiki"),
    (Week, "неделю|нед|нед.|тиждень|апта|аптаға|долоо хоног|7 хоног|周|週|星期|礼拜|禮拜|週間|주|주일"),
    (Week, "สัปดาห์|อาทิตย์"),
    (Week, "ອາທິດ|សប្តាហ៍|អាទិត្យ|ပတ်|सप्ताह|हफ्ता|हफ्ते|हप्ता|সপ্তাহ|সপ্তাহে|வாரம்|වාරය|සතිය|සතියකට|أسبوع|اسبوع|ہفتہ"),
    (Week, "ሳምንት"),
    (Day, "day|jour|día|dia|giorno|tag|zi|gün|hari|araw|ngày|siku|kun|день|сутки|смену|зміну|день|күн"),
    (Day, "күнге|өдөр|天|日|일|วัน|ມື້|ថ្ងៃ|ရက်|दिन|দিন|দিনে|நாள்|දවස|දවසකට|දිනකට|يوم|دن|ቀን|shift|ca|buổi"),
    (Day, "ca làm|jornada|diária|schicht|shif|ekor"),
    (Hour, "hour|hr|h|hrs|heure|hora|ora|std|std.|stunde|oră|saat|jam|oras|giờ|tiếng|saa|soat|час|ч|год"),
    (Hour, "год.|годину|сағат|сағатқа|цаг|小时|小時|時間|時|시간|ชั่วโมง|ชม.|ชม|ຊົ່ວໂມງ|ម៉ោង|နာရီ|घंटा|घंटे|घण्टा"),
    (Hour, "ঘণ্টা|ঘন্টা|மணி நேரம்|மணிநேரம்|පැය|පැයකට|ساعة|گھنٹہ|ሰዓት"),
    (Year, "year|yr|annum|an|année|año|ano|anno|jahr|yıl|sene|tahun|thn|taon|năm|mwaka|yil|год|рік|жыл"),
    (Year, "жылға|жил|年|년|ปี|ປີ|ឆ្នាំ|နှစ်|वर्ष|साल|বছর|বছরে|ஆண்டு|வருடம்|වසර|අවුරුද්ද|سنة|عام|سال|ዓመት"),
];

/// Words before the name of a time.
static LEADS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new([
        (&(), "/|a|an|per|p|p.|each|every|one|any|par|chaque|le|la|por|al|cada|a la|por cada|un|à|à l'"),
        (&(), "l'|pro|im|in der|je|am|die|jeden|den|der|au|o|ao|à|al|all'|alla|il|ogni|pe|pe o|la o"),
        (&(), "fiecare|de|в|за|на|у|кожен|каждый|в 1|за 1|en un|za|kwa|kila"),
        (&(), "kada|bawat|isang|sa isang|tiap|setiap|dalam|sebulan|tiap-tiap|mỗi|một|hàng|theo|1|在|每"),
        (&(), "一|每个|每個|一个|一個|1个|1個|毎|매|한|1|당|ต่อ|ละ|ต่|ຕໍ່|ຫນຶ່ງ|ຫນຶ່ງ|ក្នុង|ក្នុងមួយ|មួយ|ក្នុង១|ក្នុង 1|တစ်"),
        (&(), "၁|प्रति|हर|एक|प्रत्येक|প্রতি|ஒரு|எங்க|එක්|في|بال|في ال|لل|كل|ل|بـ|في كل|ال|عن|فی|ہر|فى|በ|ለ|በአንድ"),
        (&(), "ለአንድ|በየ|har|bir|her|нэг|бір|әр"),
    ])
});

/// Words that tell the time alone, before or after the amount.
static ADVERB_ROWS: &[(Period, &str)] = &[
    (Month, "monthly|p.m.|pcm|pm gross|/m|/mo|mensual*|mensuel*|mensil*|mensal|mensais|monatlich*|lunar*"),
    (Month, "aylık|ayda|aylığı|sebulan|bulanan|per bulannya|buwanan|hàng tháng|hằng tháng|oyiga|oylik"),
    (Month, "ежемесячно|щомісяця|щомісячно|ай сайын|айына|айлығы|сар бүр|сард|сарын|сардаа"),
    (Month, "mshahara wa mwezi"),
    (Month, "每月|月薪|月入|月收入|月收|月结|月給|月给|月収|月収例|月額|毎月|月到手|一个月|一個月|按月|월급"),
    (Month, "매월|매달|한달|월평균|월수입|월수익|월수|เดือนละ|ต่อเดือน|ເດືອນລະ|ຕໍ່ເດືອນ|ຕໍ່ ເດືອນ|ប្រចាំខែ|មួយខែ"),
    (Month, "ក្នុងមួយខែ|ក្នុង១ខែ|တစ်လ|လစဉ်|တလ|1 လ"),
    (Month, "मासिक|महीने का|महिनाको|महिनामा|मासिक तलब|মাসিক|মাসে|মাসের|মাস শেষে|மாத|மாதச்|மாதத்திற்கு|මාසික"),
    (Month, "මසකට|මාසෙට|මාසෙකට|මාසයකට|شهرياً|شهريا|الشهرية|شهرية|الشهري|شهري|بالشهر|ماہانہ|ماہوار|በወር"),
    (Month, "በየወሩ|ወርሃዊ|የወር"),
    (Week, "weekly|p.w.|pw|hebdomadaire|semanal*|settimanal*|wöchentlich*|săptămânal*|haftalık|haftada"),
    (Week, "haftasiga|haftalik|seminggu|mingguan|lingguhan|hàng tuần|аптасына|еженедельно|щотижня|每周"),
    (Week, "每週|周给|一周|一週|周薪|週薪|周结|週休|週給|週|주급|매주|สัปดาห์ละ|อาทิตย์ละ|ອາທິດລະ|ប្រចាំសប្តាហ៍|မတစ်ပတ်"),
    (Week, "တစ်ပတ်"),
    (Week, "साप्ताहिक|সাপ্তাহিক|সপ্তাহে|வாரத்திற்கு|සතියකට|أسبوعياً|أسبوعيا|اسبوعيا|ہفتہ وار|በሳምንት"),
    (Day, "daily|p.d.|per diem|journalier*|quotidien*|diari*|diário*|diária*|giornalier*|täglich*"),
    (Day, "tagesgeld|zilnic|günlük|günde|yevmiye|sehari|harian|arawan|hàng ngày|kuniga|kunlik|ежедневно"),
    (Day, "күніне|күнделікті|өдөрт|өдрийн|每天|每日|一天|日薪|日结|日結|日給|日给|日当|일당|일급|하루|วันละ"),
    (Day, "ต่อวัน|ມື້ລະ|ຕໍ່ມື້|ប្រចាំថ្ងៃ|មួយថ្ងៃ|တစ်ရက်|နေ့စား|တစ်နေ့"),
    (Day, "दैनिक|दिहाड़ी|প্রতিদিন|দৈনিক|দিনে|நாள் கூலி|தினசரி|දිනකට|දවසකට|දවසට|දෛනික|يومياً|يوميا|یومیہ|روزانہ"),
    (Day, "በቀን|ለቀን"),
    (Hour, "hourly|p/h|p.h.|ph|/h|stundenlohn|je stunde|l'heure|taux horaire|orar*|saatlik|saatte"),
    (Hour, "soatiga|sejam|kada oras|mỗi giờ|сағатына|цагийн|цагт|почасов*|погодинно|每小时|每小時|时薪|时给"),
    (Hour, "時薪|時給|시급|시간당|ชั่วโมงละ|ต่อชั่วโมง|ຊົ່ວໂມງລະ|ក្នុងមួយម៉ោង|တစ်နာရီ|प्रति घंटा|ঘণ্টায়|மணிக்கு|පැයකට"),
    (Hour, "بالساعة|في الساعة|በሰዓት|ለሰዓት"),
    (Year, "yearly|annual|annually|annum|p.a.|pa|p.a|lpa|annuel*|annuale|annui|anual*|jährlich*"),
    (Year, "jahresgehalt|jahresbrutto|brutto/jahr|ral|yıllık|setahun|tahunan|taunan|hàng năm|жылына"),
    (Year, "жылда|жилийн|жилд|в год|годовых|на рік|yiliga|yillik|年薪|年收|年収|年俸|每年|一年|연봉"),
    (Year, "초봉 연|ปีละ|ต่อปี|ປີລະ|ប្រចាំឆ្នាំ|တစ်နှစ်"),
    (Year, "वार्षिक|सालाना|বার্ষিক|বছরে|ஆண்டுக்கு|වාර්ෂික|වසරකට|سنوياً|سنويا|سالانہ|በዓመት"),
];

/// Names of a time that tell it alone before an amount, and after it where nothing stands between; else they
/// are lengths of time ("90 हजार तीन महीने").
static BARE_ROWS: &[(Period, &str)] = &[
    (Month, "tháng|महीना|महीने|महिना|மாதம்|மாசம்|مہینے|مہینہ|^월|월급|^月|ខែ|ເດືອນ"),
    (Week, "tuần|हफ्ते|வாரம்|^주|주에"),
    (Day, "நாள்|रोज|रोज़|दिन|ngày"),
    (Hour, "घंटे|گھنٹہ"),
];

/// Words that begin another thing: what comes after them is not about the amount.
static CLAUSE_WORDS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new([
        (&(), "plus|and|or|más|mas|mais|y|e|et|ou|o|und|oder|cộng|và|dan|serta|и|та|й|ve|va|na|und|și|și"),
        (&(), "lub|और|এবং|اور|و|மற்றும்|සහ|after|every time|après|después|depois|nach|setelah|после|після"),
    ])
});

static BARE: LazyLock<Lexicon<Period>> =
    LazyLock::new(|| Lexicon::new(BARE_ROWS.iter().map(|(period, words)| (period, *words))));

static NOUNS: LazyLock<Lexicon<Period>> =
    LazyLock::new(|| Lexicon::new(NOUN_ROWS.iter().map(|(period, words)| (period, *words))));

static ADVERBS: LazyLock<Lexicon<Period>> =
    LazyLock::new(|| Lexicon::new(ADVERB_ROWS.iter().map(|(period, words)| (period, *words))));

/// The period that the words around the amount at bytes `start..end` name: right before it, else after it in
/// the same clause, else further before. What stands before byte `floor` is another amount's.
pub(super) fn around(text: &str, floor: usize, start: usize, end: usize) -> Option<Period> {
    let before = before(text, floor, start);
    let is_next = before.is_some_and(|(end, _)| text[end..start].chars().all(|c| matches!(c, ' ' | ':')));
    let period = before.map(|(_, period)| period);
    if is_next { period } else { after(text, end).or(period) }
}

/// Whether a phrase of time starts at byte `at`, as in "2万/月".
pub(super) fn starts_at(text: &str, at: usize) -> bool {
    phrase(text, at).is_some()
}

fn after(text: &str, end: usize) -> Option<Period> {
    let next = skip_space(text, end);
    if let Some((_, period)) = BARE.longest_at(text, next) {
        return Some(*period);
    }
    let mut words = 0;
    let mut unspaced = 0;
    let mut previous = ' ';
    for (offset, c) in text[end..].char_indices().take(AFTER_CHARS_MAX) {
        let at = end + offset;
        let starts = !is_letter(previous) || is_unspaced(c) || is_unspaced(previous) || offset == 0;
        if starts && !matches!(c, ' ' | '(') {
            if let Some((_, period)) = phrase(text, at) {
                return Some(period);
            }
            if CLAUSE_WORDS.longest_at(text, at).is_some() {
                return None;
            }
        }
        words += usize::from(c == ' ');
        unspaced += usize::from(is_unspaced(c));
        // In scripts without spaces, a space ends a phrase.
        let is_over = words > AFTER_WORDS_MAX || unspaced > UNSPACED_CHARS_MAX || (unspaced > 0 && c == ' ');
        if is_over || ends_clause(c) {
            return None;
        }
        previous = c;
    }
    None
}

/// Where the nearest phrase before byte `start` ends, and its period.
fn before(text: &str, floor: usize, start: usize) -> Option<(usize, Period)> {
    let mut words = 0;
    let mut unspaced = 0;
    let mut at = start;
    for c in text[floor.min(start)..start].chars().rev().take(BEFORE_CHARS_MAX) {
        if ends_clause(c) && c != '+' {
            return None;
        }
        at -= c.len_utf8();
        words += usize::from(c == ' ');
        unspaced += usize::from(is_unspaced(c));
        if words > BEFORE_WORDS_MAX || unspaced > UNSPACED_CHARS_MAX {
            return None;
        }
        let is_counted = || text[..at].ends_with(|c: char| c.is_ascii_digit());
        let bare = || BARE.longest_at(text, at).map(|(end, period)| (end, *period));
        if is_letter(c)
            && let Some((end, period)) = phrase(text, at).or_else(bare)
            && end <= start
            && !is_counted()
        {
            return Some((end, period));
        }
    }
    None
}

/// A phrase of time that starts at byte `at`: where it ends, and the period.
fn phrase(text: &str, at: usize) -> Option<(usize, Period)> {
    if let Some((end, period)) = ADVERBS.longest_at(text, at) {
        return Some((end, *period));
    }
    let (lead, ()) = LEADS.longest_at(text, at)?;
    let (end, period) = NOUNS.longest_at(text, skip_space(text, lead))?;
    Some((end, *period))
}

fn ends_clause(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '\n' | '.'
                | ','
                | ';'
                | '!'
                | '?'
                | '+'
                | '•'
                | '。'
                | '、'
                | '،'
                | '।'
                | '፣'
                | '።'
                | '၊'
                | '။'
                | '|'
                | '؛'
                | '۔'
        )
}
