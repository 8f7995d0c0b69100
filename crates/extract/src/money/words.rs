//! Words around amounts that are no currencies: multipliers, what joins the two ends of a range, what may
//! stand between a number and its currency, words for pay in scripts that leave the currency out, and things
//! that are counted. All as folded text.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::unit::Unit;

/// A word that multiplies the number before it.
pub(super) struct Multiplier {
    pub(super) factor: f64,
    /// The currency that the word alone tells, in languages where hardly anything else is counted by it in
    /// an offer.
    pub(super) implied: Option<Unit>,
}

const fn times(factor: f64) -> Multiplier {
    Multiplier { factor, implied: None }
}

const fn money(factor: f64, currencies: &'static [&'static str]) -> Multiplier {
    Multiplier { factor, implied: Some(Unit::Of(currencies)) }
}

const MALAY: &[&str] = &["IDR", "MYR"];
const SOUTH_ASIAN: &[&str] = &["INR", "PKR", "BDT", "NPR", "LKR"];
const TAMIL: &[&str] = &["INR", "LKR"];

static MULTIPLIER_ROWS: &[(Multiplier, &str)] = &[
    (times(1e3), "k|к|thousand|grand|mil|mille|tausend|tsd|tsd.|mila|mie|mii|mii de|tys|tys.|bin|хиляди"),
    (times(1e3), "тыс|тыс.|тысяч*|тис|тис.|тисяч*|к.|miň|миң|elfu|libo|libong|ሺ|ሺህ|ألف|الف|آلاف|الاف"),
    (times(1e3), "千|仟|천|พัน|ພັນ|ពាន់|ထောင်|දහස|දහසක්|දාහක්|هزار|אלף"),
    (times(1e2), "百|백"),
    (times(1e4), "万|萬|만|หมื่น|ຫມື່ນ|ຫມື່ນ|ម៉ឺន|w"),
    (times(1e5), "แสน|ແສນ|សែន|laki"),
    (money(1e5, SOUTH_ASIAN), "lac|lacs|lakh|lakhs"),
    (times(1e6), "m|mn|mln|million|millions|millones|millón|milhões|milhão|milioni|milioane|milionů|mio"),
    (times(1e6), "mio."),
    (times(1e6), "milyon|milyong|млн|млн.|миллион*|мільйон*|مليون|ملايين|ሚሊዮን|ล้าน|លាន|百万|百萬|백만"),
    (times(1e7), "천만|千万|千萬"),
    (money(1e7, SOUTH_ASIAN), "crore|crores"),
    (times(1e8), "億|亿|억"),
    (money(1e3, &["VND"]), "nghìn|ngàn|nghìn đồng|ngàn đồng"),
    (money(1e6, &["VND"]), "triệu|tr|củ"),
    (money(1e9, &["VND"]), "tỷ|tỉ"),
    (money(1e3, MALAY), "rb|ribu"),
    (money(1e6, MALAY), "jt|juta"),
    (Multiplier { factor: 1e3, implied: Some(Unit::Devanagari) }, "हजार|हज़ार"),
    (Multiplier { factor: 1e5, implied: Some(Unit::Devanagari) }, "लाख"),
    (money(1e3, &["BDT", "INR"]), "হাজার|হাজাৰ"),
    (money(1e5, &["BDT", "INR"]), "লাখ|লক্ষ"),
    (money(1e3, TAMIL), "ஆயிரம்|ஆயிரத்து"),
    (money(1e5, TAMIL), "லட்சம்|இலட்சம்|லட்சத்து"),
    (money(1e3, &["PKR", "INR"]), "ہزار"),
    (money(1e5, &["PKR", "INR"]), "لاکھ"),
    (money(1e5, &["LKR"]), "ලක්ෂ|ලක්ෂය|ලක්ෂයක්"),
    (money(1e5, &["MMK"]), "သိန်း"),
    (money(1e4, &["MMK"]), "သောင်း"),
    (money(1e6, &["MMK"]), "သန်း"),
    (money(1e6, &["LAK"]), "ລ້ານ"),
    (money(1e3, &["MNT"]), "мянга|мянган|мянгаас"),
    (money(1e6, &["MNT"]), "сая|саяас|саяын"),
    (money(1e3, &["KZT"]), "мың|мыңнан"),
    (money(1e3, &["UZS"]), "ming|minggacha|mingdan"),
    (money(1e3, &["RUB"]), "т.р|т.р.|т. р.|тр|тыр|тыс. руб|тыс. руб.|тыс.руб|тыс.руб."),
    (money(1e3, &["CLP"]), "lucas|luca"),
    (money(1e3, &["THB"]), "พันกว่าบาท"),
    (money(1e4, &["THB"]), "หมื่นกว่าบาท"),
];

static MULTIPLIER_BEFORE_ROWS: &[(Multiplier, &str)] = &[
    (times(1e3), "elfu"),
    (times(1e5), "laki"),
    (times(1e6), "milioni"),
    (money(1e5, &["LKR"]), "ලක්ෂ"),
    (money(1e5, &["MMK"]), "သိန်း"),
    (money(1e4, &["MMK"]), "သောင်း"),
];

/// Multipliers after a number.
pub(super) static MULTIPLIERS: LazyLock<Lexicon<Multiplier>> =
    LazyLock::new(|| Lexicon::new(MULTIPLIER_ROWS.iter().map(|(row, words)| (row, *words))));

/// Multipliers before a number.
pub(super) static MULTIPLIERS_BEFORE: LazyLock<Lexicon<Multiplier>> =
    LazyLock::new(|| Lexicon::new(MULTIPLIER_BEFORE_ROWS.iter().map(|(row, words)| (row, *words))));

/// What joins the two ends of a range.
pub(super) static JOINERS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new([
        (&(), "-|–|—|―|‒|−|‐|~|〜|∼|至|到|から|より|에서|부터|ー|--|->|→|..|...|...|⁓"),
        (&(), "to|upto|up to|through|bis|à|jusqu'à|a|hasta|até|fino a|la|până la|pana la|do|до|ile|ila"),
        (&(), "-den|дан"),
        (&(), "dan|den|-|gacha|إلى|الى|لـ|ل|حتى|تا|سے|से|देखि|থেকে|হতে|முதல்|සිට|මှ|မှ|ကနေ|ដល់|ទៅ|ຫາ|ເຖິງ|ຮອດ"),
        (&(), "ถึง|đến|tới|hingga|sampai|s/d|s.d.|sd|hanggang|hadi|mpaka|እስከ|дейін|аас|-аас|ээс|-ээс|оос"),
        (&(), "-оос|өөс|-өөс"),
    ])
});

/// What may stand between a number and the currency after it.
pub(super) static INFIXES: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new([(&(), "+|(|多|余|餘|来|กว่า|여|de|ka|ki|ng|(in|,-|.-|,--|ක්|की|के")]));

/// Half of the multiplier more, after it and before the number.
pub(super) static HALVES: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new([(&(), "ခွဲ|半|rưỡi|ครึ่ง|반|ເຄິ່ງ|កន្លះ")]));
pub(super) static HALVES_BEFORE: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new([(&(), "সাড়ে|साढ़े|साढे|ساڑھے")]));

/// Nouns that are counted: a number with a multiplier before one of them is no pay.
pub(super) static COUNTED: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new([
        (&(), "orang*|pelanggan|pengikut|người|khách|người*|theo dõi|followers|लोग*|व्यक्ति*|जना|जन|युवा*"),
        (&(), "कामदार*|কর্মী*|জন*"),
        (&(), "মানুষ*|பேர்*|நபர்*|மக்கள்*|افراد|لوگ*|දෙනෙක්|දෙනා|ယောက်|ဦး|လူ|ຄົນ|хүн*|адам*|kishi*|odam*|личност*"),
        (&(), "km|км|کلومیٹر|किलोमीटर|কিলোমিটার|கிலோமீட்டர்|साल*|वर्ष*|বছর*|ஆண்டு*|سال*|subscriber*"),
        (&(), "people|persons|customers|users|candidates|workers|jobs|members|views|downloads|%|पद*|পদ*|میل"),
    ])
});

/// Words for pay that a number without a currency may follow, with the currency that they then tell.
static PAY_ROWS: &[(Unit, &str)] = &[
    (Unit::Yuan, "月薪|底薪|薪资|薪資|薪水|工资|工資|月入|年薪|日薪|时薪|時薪|日结|日結|周薪|週薪|月收入"),
    (Unit::Yuan, "月收|到手|保底|薪酬|薪金|人工|收入|待遇"),
    (Unit::Of(&["JPY"]), "月給|月収|月収例|時給|日給|日当|年収|年俸|給料|給与|固定給|基本給|日払い|^月"),
    (Unit::Of(&["JPY"]), "報酬"),
    (Unit::Of(&["KRW"]), "월급|월급여|급여|월수입|월수익|연봉|기본급|시급|일급|월수|^월|초봉"),
    (Unit::Of(&["THB"]), "เงินเดือน|ฐาน|รายได้|ฐานเงินเดือน|เดือนละ|วันละ|ค่าแรง|ค่าจ้าง|รายได้ต่อเดือน"),
    (Unit::Of(&["NPR", "INR"]), "तलब|तलबमान"),
    (Unit::Of(&["PHP"]), "sahod|sweldo"),
];

/// The words for pay.
pub(super) static PAY: LazyLock<Lexicon<Unit>> =
    LazyLock::new(|| Lexicon::new(PAY_ROWS.iter().map(|(row, words)| (row, *words))));

/// What may stand between a word for pay and the number.
pub(super) static PAY_FILLERS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new([
        (&(), ":| |~|约|約|可达|可達|达|達|高达|高達|保底|最低|平均|轻松|輕鬆|至少|固定|为|為|每月|每日"),
        (&(), "每天|能|有|有望|超|破"),
        (&(), "过|過|在|从|從|是|就|都|起步|税后|税前|稅後|人均|额面|額面|手取り|最大|基本|목표|평균"),
        (&(), "최소|최대|약|보장|기본|고정|실수령"),
        (&(), "เริ่มต้น|เริ่ม|ประมาณ|ขั้นต่ํา|สูงสุด|ละ|รวม|สูงถึง|พื้นฐาน|綜合|综合|)|(|💰|💵|【|】|[|]"),
    ])
});

/// Characters right after a number that show it is no pay: counters, times, percentages.
pub(super) const COUNTERS: &str = "天个個人名点點%岁歲小时時次号號日年月倍折薪週周回件本歳分秒つ명개회시세살일년박건주層层楼樓间間%:期批届届組组";
