//! Accounts with messaging and social services: an at sign or a service's name, and what follows.
//!
//! Which service is told by the words around, in many languages, out of the tables below.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use forewarn_model::{HandleService as Service, ObservableKind};

use super::{Candidates, Found, floor};
use crate::scan::{EXACT, Scan, hash, hash_at};

/// Names of services in folded text. Weak ones are also other words: they count only right before an at
/// sign, a colon or the word for an id.
const NAMES: &[(&str, Option<Service>, bool)] = &[
    ("telegram", Some(Service::Telegram), false),
    ("telegrams", Some(Service::Telegram), false),
    ("tele", Some(Service::Telegram), true),
    ("tg", Some(Service::Telegram), true),
    ("телеграм", Some(Service::Telegram), false),
    ("телеграмм", Some(Service::Telegram), false),
    ("телега", Some(Service::Telegram), true),
    ("телеге", Some(Service::Telegram), true),
    ("тг", Some(Service::Telegram), true),
    ("تيليجرام", Some(Service::Telegram), false),
    ("تلجرام", Some(Service::Telegram), false),
    ("تلغرام", Some(Service::Telegram), false),
    ("تيليغرام", Some(Service::Telegram), false),
    ("تلگرام", Some(Service::Telegram), false),
    ("ٹیلیگرام", Some(Service::Telegram), false),
    ("टेलीग्राम", Some(Service::Telegram), false),
    ("टेलिग्राम", Some(Service::Telegram), false),
    ("টেলিগ্রাম", Some(Service::Telegram), false),
    ("டெலிகிராம்", Some(Service::Telegram), false),
    ("ටෙලිග්‍රෑම්", Some(Service::Telegram), false),
    ("ටෙලිග්‍රාම්", Some(Service::Telegram), false),
    ("ቴሌግራም", Some(Service::Telegram), false),
    ("เทเลแกรม", Some(Service::Telegram), false),
    ("เทเลเเกรม", Some(Service::Telegram), false),
    ("ເທເລແກຣມ", Some(Service::Telegram), false),
    ("តេឡេក្រាម", Some(Service::Telegram), false),
    ("တယ်လီဂရမ်", Some(Service::Telegram), false),
    ("텔레그램", Some(Service::Telegram), false),
    ("텔레", Some(Service::Telegram), true),
    ("テレグラム", Some(Service::Telegram), false),
    ("电报", Some(Service::Telegram), false),
    ("電報", Some(Service::Telegram), false),
    ("飞机", Some(Service::Telegram), true),
    ("飛機", Some(Service::Telegram), true),
    ("纸飞机", Some(Service::Telegram), false),
    ("紙飛機", Some(Service::Telegram), false),
    ("✈️", Some(Service::Telegram), true),
    ("✈", Some(Service::Telegram), true),
    ("whatsapp", Some(Service::WhatsApp), false),
    ("whats app", Some(Service::WhatsApp), false),
    ("watsap", Some(Service::WhatsApp), false),
    ("wasap", Some(Service::WhatsApp), false),
    ("wsp", Some(Service::WhatsApp), true),
    ("wa", Some(Service::WhatsApp), true),
    ("واتساب", Some(Service::WhatsApp), false),
    ("واتس", Some(Service::WhatsApp), false),
    ("واٹس ایپ", Some(Service::WhatsApp), false),
    ("व्हाट्सएप", Some(Service::WhatsApp), false),
    ("व्हाट्सऐप", Some(Service::WhatsApp), false),
    ("ভাইবার", Some(Service::Viber), false),
    ("হোয়াটসঅ্যাপ", Some(Service::WhatsApp), false),
    ("வாட்ஸ்அப்", Some(Service::WhatsApp), false),
    ("ዋትስአፕ", Some(Service::WhatsApp), false),
    ("ватсап", Some(Service::WhatsApp), false),
    ("вотсап", Some(Service::WhatsApp), false),
    ("왓츠앱", Some(Service::WhatsApp), false),
    ("line", Some(Service::Line), true),
    ("ไลน์", Some(Service::Line), true),
    ("ໄລນ໌", Some(Service::Line), true),
    ("ໄລ", Some(Service::Line), true),
    ("ライン", Some(Service::Line), true),
    ("라인", Some(Service::Line), true),
    ("wechat", Some(Service::WeChat), false),
    ("weixin", Some(Service::WeChat), false),
    ("vx", Some(Service::WeChat), true),
    ("wx", Some(Service::WeChat), true),
    ("v信", Some(Service::WeChat), false),
    ("微信", Some(Service::WeChat), false),
    ("薇信", Some(Service::WeChat), false),
    ("威信", Some(Service::WeChat), true),
    ("微亻言", Some(Service::WeChat), false),
    ("卫星", Some(Service::WeChat), true),
    ("위챗", Some(Service::WeChat), false),
    ("วีแชท", Some(Service::WeChat), false),
    ("ဝီချက်", Some(Service::WeChat), false),
    ("zalo", Some(Service::Zalo), false),
    ("viber", Some(Service::Viber), false),
    ("вайбер", Some(Service::Viber), false),
    ("वाइबर", Some(Service::Viber), false),
    ("भाइबर", Some(Service::Viber), false),
    ("ဗိုင်ဘာ", Some(Service::Viber), false),
    ("signal", Some(Service::Signal), true),
    ("시그널", Some(Service::Signal), true),
    ("シグナル", Some(Service::Signal), true),
    ("kakaotalk", Some(Service::Kakao), false),
    ("kakao", Some(Service::Kakao), false),
    ("카카오톡", Some(Service::Kakao), false),
    ("카톡", Some(Service::Kakao), false),
    ("カカオ", Some(Service::Kakao), false),
    ("qq", Some(Service::Qq), true),
    ("扣扣", Some(Service::Qq), false),
    ("企鹅", Some(Service::Qq), true),
    ("skype", Some(Service::Skype), false),
    ("скайп", Some(Service::Skype), false),
    ("facebook", Some(Service::Facebook), false),
    ("fb", Some(Service::Facebook), true),
    ("페이스북", Some(Service::Facebook), false),
    ("فيسبوك", Some(Service::Facebook), false),
    ("เฟซบุ๊ก", Some(Service::Facebook), false),
    ("เฟสบุ๊ค", Some(Service::Facebook), false),
    ("messenger", Some(Service::Facebook), true),
    ("instagram", Some(Service::Instagram), false),
    ("insta", Some(Service::Instagram), true),
    ("ig", Some(Service::Instagram), true),
    ("инстаграм", Some(Service::Instagram), false),
    ("인스타", Some(Service::Instagram), true),
    ("tiktok", Some(Service::TikTok), false),
    ("тикток", Some(Service::TikTok), false),
    ("twitter", Some(Service::X), false),
    ("x", Some(Service::X), true),
    ("imo", Some(Service::Imo), true),
    ("ইমো", Some(Service::Imo), true),
    // Words that only say that a telephone number follows.
    ("tel", None, true),
    ("phone", None, false),
    ("mobile", None, false),
    ("call", None, false),
    ("hotline", None, false),
    ("sms", None, false),
    ("hp", None, true),
    ("тел", None, true),
    ("телефон", None, false),
    ("звоните", None, false),
    ("هاتف", None, false),
    ("جوال", None, false),
    ("رابطہ", None, false),
    ("فون", None, false),
    ("โทร", None, false),
    ("ໂທ", None, false),
    ("ទូរស័ព្ទ", None, false),
    ("ទូរសព្ទ", None, false),
    ("ဖုန်း", None, false),
    ("ph", None, true),
    ("电话", None, false),
    ("電話", None, false),
    ("手机", None, false),
    ("전화", None, false),
    ("연락처", None, false),
    ("सम्पर्क", None, false),
    ("संपर्क", None, false),
    ("फोन", None, false),
    ("ফোন", None, false),
    ("ስልክ", None, false),
    ("simu", None, false),
    ("telp", None, false),
    ("hubungi", None, false),
    ("điện thoại", None, false),
    ("sđt", None, false),
    ("teléfono", None, false),
    ("telefon", None, false),
    ("telefono", None, false),
    ("téléphone", None, false),
    ("telefone", None, false),
];

/// Hosts of links that name an account.
const HOSTS: &[(&str, Service)] = &[
    ("t.me", Service::Telegram),
    ("telegram.me", Service::Telegram),
    ("telegram.dog", Service::Telegram),
    ("wa.me", Service::WhatsApp),
    ("api.whatsapp.com", Service::WhatsApp),
    ("chat.whatsapp.com", Service::WhatsApp),
    ("line.me", Service::Line),
    ("lin.ee", Service::Line),
    ("zalo.me", Service::Zalo),
    ("facebook.com", Service::Facebook),
    ("fb.com", Service::Facebook),
    ("fb.me", Service::Facebook),
    ("m.me", Service::Facebook),
    ("instagram.com", Service::Instagram),
    ("tiktok.com", Service::TikTok),
    ("twitter.com", Service::X),
    ("x.com", Service::X),
    ("open.kakao.com", Service::Kakao),
    ("join.skype.com", Service::Skype),
    ("signal.me", Service::Signal),
    ("signal.group", Service::Signal),
];

/// What an account name may be: fewest and most signs, signs beyond letters and digits, whether it starts
/// with a letter (the services' own public rules).
type AccountRule = (Service, usize, usize, &'static str, bool);

const ACCOUNTS: &[AccountRule] = &[
    (Service::Telegram, 4, 32, "_", true),
    (Service::WhatsApp, 20, 24, "", false),
    (Service::Line, 4, 20, "._-", false),
    (Service::WeChat, 6, 20, "_-", true),
    (Service::Zalo, 6, 30, "_.", false),
    (Service::Viber, 5, 30, "_.", true),
    (Service::Signal, 3, 32, "_.", true),
    (Service::Kakao, 4, 20, "._-", false),
    (Service::Qq, 5, 11, "", false),
    (Service::Skype, 6, 32, "._-:,", true),
    (Service::Facebook, 5, 50, ".", false),
    (Service::Instagram, 1, 30, "._", false),
    (Service::TikTok, 2, 24, "._", false),
    (Service::X, 4, 15, "_", false),
    (Service::Imo, 4, 32, "_.", true),
    (Service::Unknown, 4, 32, "._-", true),
];

/// More than any service allows.
const ACCOUNT_BYTES_MAX: usize = 64;

/// Words that may stand between a service's name and the account.
const FILLERS: &[&str] = &[
    "id",
    "账号",
    "帳號",
    "号",
    "號",
    "号码",
    "帳号",
    "아이디",
    "ไอดี",
    "ໄອດີ",
    "आईडी",
    "আইডি",
    "ايدي",
    "آئی ڈی",
    "me",
    "bot",
    "channel",
    "user",
    "username",
    "handle",
    "is",
    "是",
    "add",
    "加",
    "hr",
    "官方",
    "ID",
    "no",
    "official",
    "us",
    "at",
    "on",
    "via",
    "oa",
    "アカウント",
    "群",
    "群组",
    "群組",
    "频道",
    "頻道",
    "客服",
    "小号",
    "主号",
];

/// Gap between a service's name and an at sign, in bytes: for plain names and for weak ones.
const GAP_BYTES_MAX: usize = 48;
const WEAK_GAP_BYTES_MAX: usize = 14;
/// A name of fewer bytes right before an at sign is taken for the start of an address.
const NAME_BYTES_MIN: usize = 4;
/// Gap between an at sign's account and a service's name after it.
const AFTER_BYTES_MAX: usize = 24;

/// The names of services in a text.
pub(super) struct Services {
    automaton: Option<AhoCorasick>,
    /// Names in ASCII, in order of the hash of their first word, with their place in `NAMES`.
    ascii: Vec<(u32, usize)>,
    /// The low bits of these hashes.
    filter: [u64; FILTER_WORDS],
}

const FILTER_WORDS: usize = 64;

/// A service's name, or a word for a telephone, in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) service: Option<Service>,
    weak: bool,
}

impl Services {
    pub(super) fn new() -> Self {
        let names = NAMES.iter().map(|row| row.0.replace(['\u{200D}', '\u{FE0F}'], ""));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(names);
        let mut ascii: Vec<(u32, usize)> = NAMES
            .iter()
            .enumerate()
            .filter(|(_, row)| row.0.is_ascii())
            .map(|(at, row)| (hash(row.0.split(' ').next().unwrap_or_default(), EXACT), at))
            .collect();
        ascii.sort_by_key(|&(hash, at)| (hash, std::cmp::Reverse(NAMES[at].0.len())));
        let mut filter = [0; FILTER_WORDS];
        for &(hash, _) in &ascii {
            filter[(hash >> 6) as usize % FILTER_WORDS] |= 1 << (hash & 63);
        }
        // The table is fixed and small, so that building cannot fail; without it no cue is found.
        Self { automaton: automaton.ok(), ascii, filter }
    }

    /// The cues of a folded text, in order.
    pub(super) fn cues(&self, text: &str, scan: &Scan) -> Vec<Cue> {
        if scan.is_ascii { self.ascii_cues(text, scan) } else { self.all_cues(text) }
    }

    /// Word by word: most texts in Latin letters have no name at all.
    fn ascii_cues(&self, text: &str, scan: &Scan) -> Vec<Cue> {
        let bytes = text.as_bytes();
        let mut cues: Vec<Cue> = Vec::new();
        for word in &scan.words {
            // A name may touch digits: "wa0812".
            let mut hash = word.hash;
            if bytes[word.end - 1].is_ascii_digit() {
                let letters = bytes[word.start..word.end].iter().take_while(|b| b.is_ascii_alphabetic());
                hash = hash_at(bytes, word.start, word.start + letters.count(), EXACT);
            }
            if self.filter[(hash >> 6) as usize % FILTER_WORDS] >> (hash & 63) & 1 == 0
                || cues.last().is_some_and(|cue| cue.end > word.start)
            {
                continue;
            }
            let from = self.ascii.partition_point(|row| row.0 < hash);
            let mut rows = self.ascii[from..].iter().take_while(|row| row.0 == hash);
            cues.extend(rows.find_map(|&(_, at)| {
                let (name, service, weak) = NAMES[at];
                let end = word.start + name.len();
                let ends = !bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
                (ends && text[word.start..].starts_with(name)).then_some(Cue {
                    start: word.start,
                    end,
                    service,
                    weak,
                })
            }));
        }
        cues
    }

    fn all_cues(&self, text: &str) -> Vec<Cue> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let bytes = text.as_bytes();
        let ascii_word = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphabetic())
        };
        automaton
            .find_iter(text)
            .filter(|found| {
                let latin = bytes[found.start()].is_ascii_alphabetic();
                !(latin && (ascii_word(found.start().checked_sub(1)) || ascii_word(Some(found.end()))))
            })
            .map(|found| {
                let (_, service, weak) = NAMES[found.pattern().as_usize()];
                Cue { start: found.start(), end: found.end(), service, weak }
            })
            .collect()
    }
}

pub(super) fn find(candidates: &Candidates, cues: &[Cue], found: &mut Found<'_>) {
    for &at in &candidates.ats {
        if !found.is_taken(at, at + 1) {
            after_at(found, cues, at);
        }
    }
    for cue in cues {
        if let Some(service) = cue.service {
            after_name(found, service, *cue);
        }
    }
}

/// The service whose links have this host.
pub(super) fn service_of_host(host: &str) -> Option<Service> {
    let host = host.strip_prefix("www.").or(host.strip_prefix("m.")).unwrap_or(host);
    HOSTS.iter().find(|row| row.0 == host).map(|row| row.1)
}

/// Whether `name` may be an account with `service`.
pub(super) fn is_account(service: Service, name: &str) -> bool {
    let Some(&(_, min, max, signs, letter)) = ACCOUNTS.iter().find(|row| row.0 == service) else {
        return false;
    };
    let bytes = name.as_bytes();
    (min..=max).contains(&bytes.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || signs.as_bytes().contains(byte))
        && (!letter || bytes[0].is_ascii_alphabetic())
        && bytes[bytes.len() - 1].is_ascii_alphanumeric()
        && (service != Service::Qq || bytes.iter().all(u8::is_ascii_digit))
}

/// An account after an at sign.
fn after_at(found: &mut Found<'_>, cues: &[Cue], at: usize) {
    let text = found.folded.text();
    // "LINE@": the sign belongs to the service's name.
    let near = cues.get(cues.partition_point(|cue| cue.end < at));
    let is_after_name = near.is_some_and(|cue| cue.end == at && cue.end - cue.start >= NAME_BYTES_MIN);
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) && !is_after_name {
        return;
    }
    // "LINE@ name", "@ name": a space after the sign only where a service is named, and the name is no word.
    let start = at + 1 + usize::from(text.as_bytes().get(at + 1) == Some(&b' '));
    let end = account_end(text, start);
    let name = &text[start..end];
    if start > at + 1 && (!is_marked(name) || service_around(text, cues, at, end).is_none()) {
        return;
    }
    let service = service_around(text, cues, at, end).unwrap_or(Service::Unknown);
    // A dot makes an account of an unknown service look like a host; it is taken as a host.
    let host = super::web::registrable(name).is_some();
    let fits = |service| is_account(service, name) && !(host && service == Service::Unknown);
    let service = if fits(service) { service } else { Service::Unknown };
    if fits(service) {
        found.add(ObservableKind::Handle(service), name.to_owned(), at, end);
        found.take(at, end);
    }
}

/// Where the signs of an account that starts at `start` end; what is too long for one is not read to its end.
fn account_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let bytes = &bytes[..bytes.len().min(start + ACCOUNT_BYTES_MAX + 1)];
    let mut end = start;
    while bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte)) {
        end += 1;
    }
    while end > start && !bytes[end - 1].is_ascii_alphanumeric() {
        end -= 1;
    }
    end
}

/// The service that the words around an account name: the nearest before it in its line, else after it.
fn service_around(text: &str, cues: &[Cue], at: usize, end: usize) -> Option<Service> {
    let near = cues[..cues.partition_point(|cue| cue.end <= at)].iter().rev();
    let mut near = near.take_while(|cue| at - cue.end <= GAP_BYTES_MAX);
    let before = near.find(|cue| cue.service.is_some()).filter(|cue| {
        let gap = &text[cue.end..at];
        let max = if cue.weak { WEAK_GAP_BYTES_MAX } else { GAP_BYTES_MAX };
        gap.len() <= max && !gap.contains(['@', '\n']) && (!cue.weak || is_filler(gap))
    });
    let after = || {
        let near = cues[cues.partition_point(|cue| cue.start < end)..].iter();
        let mut near = near.take_while(|cue| cue.start - end <= AFTER_BYTES_MAX);
        near.find(|cue| cue.service.is_some()).filter(|cue| {
            let gap = &text[end..cue.start];
            !gap.contains(['@', '\n', '.']) && !cue.weak
        })
    };
    before.or_else(after).and_then(|cue| cue.service)
}

/// An account without an at sign: after a service's name and a colon or the word for an id, or at once if
/// it has a digit or an underscore, as few words do.
fn after_name(found: &mut Found<'_>, service: Service, cue: Cue) {
    let text = found.folded.text();
    let window = floor(text, cue.end + GAP_BYTES_MAX);
    let rest = &text[cue.end..window.max(cue.end)];
    let Some(offset) = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '@' || c == '\n') else {
        return;
    };
    let mut start = cue.end + offset;
    let mut gap = &rest[..offset];
    let word_end = account_end(text, start);
    // "LINE ID: x": the filler is a word itself.
    if FILLERS.contains(&&text[start..word_end]) {
        let after = &text[word_end..floor(text, word_end + WEAK_GAP_BYTES_MAX)];
        let Some(next) = after.find(|c: char| c.is_ascii_alphanumeric() || c == '@' || c == '\n') else {
            return;
        };
        gap = &after[..next];
        start = word_end + next;
    }
    // A word such as "ไอดี" between the two says as much as a colon.
    let has_word = gap.contains(|c: char| !c.is_ascii() && is_mark(c));
    let explicit = gap.contains([':', '=', '→', '>', '：'])
        || has_word
        || (start != cue.end + offset && !gap.is_empty());
    if text[start..].starts_with(['@', '\n']) || !is_filler(gap) {
        return;
    }
    // Skype's own form of an account.
    let prefix = if service == Service::Skype && text[start..].starts_with("live:") { 5 } else { 0 };
    let end = account_end(text, start + prefix);
    let name = &text[start..end];
    let marked = is_marked(name);
    let digits_only = name.bytes().all(|byte| byte.is_ascii_digit());
    let counts = match service {
        Service::Qq => true,
        _ if digits_only => false,
        _ if explicit => !text[end..].starts_with("://") && (marked || !followed_by_word(text, end)),
        _ => marked && !cue.weak || (marked && gap.trim().is_empty() && gap.len() <= 1),
    };
    if counts && is_account(service, name) && !found.is_taken(start, end) {
        found.add(ObservableKind::Handle(service), name.to_owned(), start, end);
        found.take(start, end);
    }
}

/// Whether a name has a sign that few words have.
fn is_marked(name: &str) -> bool {
    name.contains('_') || name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a further word follows in the same sentence: then what came before is a word too.
fn followed_by_word(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(' ');
    rest.len() < text[end..].len() && rest.starts_with(char::is_alphabetic)
}

/// Whether what stands between a service's name and an account is only punctuation and filler words.
fn is_filler(gap: &str) -> bool {
    gap.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|word| !word.is_empty())
        .all(|word| FILLERS.contains(&word))
}

fn is_mark(c: char) -> bool {
    crate::chars::CharTable::get().is_mark(c) || crate::chars::CharTable::get().is_word(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn reads_accounts_with_an_at_sign() {
        check("Telegram: @csr_halimbawa / Viber", &["handle:telegram csr_halimbawa"]);
        check("飞机：@ceshi_hr_000", &["handle:telegram ceshi_hr_000"]);
        check("Telegram рекрутера @obrazec_talent", &["handle:telegram obrazec_talent"]);
        check("ቴሌግራም @laos_misale", &["handle:telegram laos_misale"]);
        check("LINE @clinictest", &["handle:line clinictest"]);
        check("Signal／TG: @daigou_test", &["handle:telegram daigou_test"]);
        check("@dubai_probe auf Telegram", &["handle:telegram dubai_probe"]);
        check("ทักแชท @sample_hr", &["handle:unknown sample_hr"]);
        check("@abc @1", &[]);
    }

    #[test]
    fn reads_accounts_after_a_name() {
        check("V信：test-hr-0000", &["handle:wechat test-hr-0000"]);
        check("微信 sample_sgjob", &["handle:wechat sample_sgjob"]);
        check("WeChat: namuna_lk00", &["handle:wechat namuna_lk00"]);
        check("LINE ID: sample99", &["handle:line sample99"]);
        check("Messenger / LINE test_lao00", &["handle:line test_lao00"]);
        check("QQ 123456789", &["handle:qq 123456789"]);
        check("Skype: live:sample.hr", &["handle:skype live:sample.hr"]);
    }

    proptest! {
        #[test]
        fn the_quick_way_is_the_slow_way(text in "((wa|tele|whats app|line|tel|id|hp|sms)?[0-9]{0,2}[ :]{1,2}){0,6}") {
            let services = Services::new();
            let scan = Scan::new(&text, 0);
            prop_assert!(scan.is_ascii);
            prop_assert_eq!(services.ascii_cues(&text, &scan), services.all_cues(&text));
        }
    }

    #[test]
    fn reads_accounts_however_they_are_written() {
        check("TG群 @ceshi_hr00", &["handle:telegram ceshi_hr00"]);
        check("ไลน์ไอดี sample_th00", &["handle:line sample_th00"]);
        check("LINE@ sample00", &["handle:line sample00"]);
        check("telegram me @ sample_hr00", &["handle:telegram sample_hr00"]);
        check("meet @ noon", &[]);
        check("X: @sample_page", &["handle:x sample_page"]);
        check("薇信ceshi0000 vx：ceshi0001", &["handle:wechat ceshi0000", "handle:wechat ceshi0001"]);
        check("카톡 sample00", &["handle:kakao sample00"]);
        check("纸飞机：ceshi_hr00", &["handle:telegram ceshi_hr00"]);
        check("Тelegram: @sample_hr00", &["handle:telegram sample_hr00"]);
        check("@sample_hr00(电报)", &["handle:telegram sample_hr00"]);
    }

    #[test]
    fn leaves_words_alone() {
        check("work online in our production line 24 hours", &[]);
        check("contact us on Telegram for questions", &[]);
        check("WhatsApp group, signal the driver", &[]);
        check("telegram: questions and answers", &[]);
    }
}
