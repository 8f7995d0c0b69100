//! Links, e-mail addresses and domains, verified by the public suffix list and IDNA.

use std::borrow::Cow;

use forewarn_model::{HandleService, ObservableKind};

use super::Found;
use super::handles::{is_account, service_of_host};
use crate::chars::CharTable;
use crate::scan::{Scan, Word};

/// Top-level domains that are reserved for examples and tests (RFC 2606, RFC 6761): they exist in no
/// registry, but texts that must name nobody use them.
const RESERVED: &[&str] = &["example", "test", "invalid"];

/// Top-level domains that are words: a bare name under one of them counts only with a path, a digit or a
/// hyphen, since a sentence without a space after its full stop looks the same.
const WORDS: &[&str] = &[
    "in", "it", "no", "so", "is", "me", "to", "at", "be", "my", "do", "as", "us", "am", "pm", "la", "id",
    "ma", "de", "es", "se", "ai", "al", "an", "br", "by", "co", "fm", "ga", "go", "he", "hr", "il", "im",
    "je", "li", "lo", "lu", "mi", "mu", "na", "ne", "ni", "nu", "om", "pa", "pe", "re", "sa", "si", "su",
    "ta", "te", "tu", "ve", "vi", "va", "work", "jobs", "job", "now", "today", "live", "life", "one", "top",
    "free", "best", "call", "you", "world", "city", "care", "help", "cash", "money", "win", "plus", "team",
    "open", "works", "zip", "mov", "here", "new", "place", "show", "fit", "fun", "gold", "host", "kim",
    "men", "red", "rest", "run", "sale", "site", "space", "style", "tips", "town", "travel", "visa", "zone",
    "sarl", "gmbh", "ltd", "inc", "company", "contact", "apply", "day", "bar", "hotel",
];

/// Hosts whose links are invitations: what follows is a code, in which case matters.
const INVITATIONS: &[&str] = &["chat.whatsapp.com", "lin.ee", "signal.group", "join.skype.com"];

/// Words for a dot and for an at sign where they are spelt out between spaces.
const DOTS: &[&str] = &["dot", "punto", "ponto", "point", "punkt", "точка", "крапка", "nokta", "titik", "."];
const ATS: &[&str] = &["at", "arroba", "собака", "chiocciola", "arobase", "aroba", "ät", "@"];

/// The longest e-mail local part (RFC 5321, section 4.5.3.1).
const LOCAL_BYTES_MAX: usize = 64;
/// The longest host (RFC 1035, section 2.3.4).
const HOST_BYTES_MAX: usize = 253;
/// The longest of `DOTS`.
const DOT_BYTES_MAX: usize = 12;
/// The longest ending of a host that is read where its dot is spelt out.
const SPELT_BYTES_MAX: usize = 12;
/// The longest link that is read.
const URL_BYTES_MAX: usize = 2048;

pub(super) fn find(scan: &Scan, found: &mut Found<'_>) {
    let candidates = &scan.candidates;
    for &at in &candidates.ats {
        email(found, at);
    }
    for &dot in &candidates.dots {
        if !found.is_taken(dot, dot + 1) {
            link(found, dot);
        }
    }
    // Few texts spell an address out: one look for each way.
    let text = found.folded.text();
    let is_spelt = memchr::memmem::find(text.as_bytes(), b" . ").is_some()
        || scan.words.iter().any(|word| {
            word.end - word.start <= DOT_BYTES_MAX && DOTS.contains(&&text[word.start..word.end])
        });
    if is_spelt {
        for at in 1..scan.words.len() {
            spelt(found, &scan.words, at);
        }
    }
}

/// An address written with words or spaces for its signs: "jobs at firm dot com", "t . me / name". `at` is
/// the word after the dot.
fn spelt(found: &mut Found<'_>, words: &[Word], at: usize) {
    let text = found.folded.text();
    let last = words[at];
    if !last.is_ascii || last.end - last.start > SPELT_BYTES_MAX {
        return;
    }
    // The dot is a word of its own, or the sign between two words.
    let between = |one: &Word, two: &Word| text[one.end..two.start].trim();
    let word = |word: &Word| &text[word.start..word.end];
    let (name, rest) = match words[..at].split_last() {
        Some((one, _)) if one.end + 2 <= last.start && between(one, &last) == "." => (*one, at - 1),
        Some((dot, [.., one]))
            if DOTS.contains(&word(dot)) && is_spaced(text, one, dot) && is_spaced(text, dot, &last) =>
        {
            (*one, at - 2)
        }
        _ => return,
    };
    if !name.is_ascii || found.is_taken(name.start, last.end) {
        return;
    }
    let host = format!("{}.{}", word(&name), word(&last));
    let after = text[last.end..].trim_start_matches(' ');
    if let (Some(service), Some(path)) = (service_of_host(&host), after.strip_prefix('/')) {
        let path = path.trim_start_matches([' ', '@', '+']);
        let end = path.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(path.len());
        let path_end = text.len() - path.len() + end;
        let path = format!("/{}", &path[..end]);
        account(found, service, false, &path, name.start, path_end, path_end);
        found.take(name.start, path_end);
        return;
    }
    let Some(registrable) = registrable(&host) else { return };
    let local = match words[..rest].split_last() {
        Some((sign, [.., local]))
            if ATS.contains(&word(sign)) && is_spaced(text, sign, &name) && is_spaced(text, local, sign) =>
        {
            Some(*local).filter(|local| local.is_ascii)
        }
        _ => None,
    };
    // "the dot in": without an at sign, an ending that is a word does not count; nor does a mere full stop.
    let is_dot = text[name.end..last.start].trim() == ".";
    match local {
        Some(local) => {
            let value = format!("{}@{host}", word(&local));
            found.add(ObservableKind::Email, value, local.start, last.end);
            found.add(ObservableKind::Domain, registrable, name.start, last.end);
            found.take(local.start, last.end);
        }
        None if !is_dot && !WORDS.contains(&word(&last)) => {
            found.add(ObservableKind::Domain, registrable, name.start, last.end);
            found.take(name.start, last.end);
        }
        None => {}
    }
}

/// Whether a single space stands between two words.
fn is_spaced(text: &str, one: &Word, two: &Word) -> bool {
    &text[one.end..two.start] == " "
}

fn email(found: &mut Found<'_>, at: usize) {
    let text = found.folded.text();
    let bytes = text.as_bytes();
    let mut start = at;
    while start > 0
        && at - start < LOCAL_BYTES_MAX
        && (bytes[start - 1].is_ascii_alphanumeric() || b"._%+-".contains(&bytes[start - 1]))
    {
        start -= 1;
    }
    while start < at && b"._%+-".contains(&bytes[start]) {
        start += 1;
    }
    let local = &text[start..at];
    let (_, end) = host_around(text, at + 1, at + 1);
    let host = &text[at + 1..end];
    if local.is_empty() || local.contains("..") || local.ends_with('.') {
        return;
    }
    let Some(registrable) = registrable(host) else { return };
    let Some(ascii) = to_ascii(host) else { return };
    let value = format!("{local}@{ascii}");
    found.add(ObservableKind::Email, value, start, end);
    found.add(ObservableKind::Domain, registrable, at + 1, end);
    found.take(start, end);
}

fn link(found: &mut Found<'_>, dot: usize) {
    let text = found.folded.text();
    let (start, end) = host_around(text, dot, dot + 1);
    let host = &text[start..end];
    let scheme = scheme_before(text, start);
    let path_end = path_end(text, end);
    let www = host.starts_with("www.");
    let Some(registrable) = registrable(host) else { return };
    let Some(ascii) = to_ascii(host) else { return };
    let last = host.rsplit('.').next().unwrap_or_default();
    let looks_written =
        path_end > end || host.contains(|c: char| c == '-' || c.is_ascii_digit()) || RESERVED.contains(&last);
    if scheme.is_none() && !www && !looks_written && (WORDS.contains(&last) || host.len() < 5) {
        return;
    }
    let from = scheme.map_or(start, |scheme| scheme.0);
    let original_path = found.folded.original(found.folded.span(end, path_end));
    if let Some(service) = service_of_host(&ascii) {
        let is_invitation = INVITATIONS.contains(&ascii.as_str());
        account(found, service, is_invitation, &text[end..path_end], from, end, path_end);
        found.take(from, path_end);
        return;
    }
    if scheme.is_some() || www || path_end > end {
        let secure = scheme.is_none_or(|scheme| scheme.1);
        let path = if original_path == "/" { "" } else { original_path };
        let scheme = if secure { "https" } else { "http" };
        found.add(ObservableKind::Url, format!("{scheme}://{ascii}{path}"), from, path_end);
    }
    found.add(ObservableKind::Domain, registrable, start, end);
    found.take(from, path_end);
}

/// The account that a link to a messaging or social service names.
#[allow(clippy::too_many_arguments, reason = "one step of link, which holds them all")]
fn account(
    found: &mut Found<'_>,
    service: HandleService,
    is_invitation: bool,
    path: &str,
    from: usize,
    host_end: usize,
    path_end: usize,
) {
    // Words of the services' own paths before the account.
    const SKIPPED: &[&str] = &[
        "s",
        "ti",
        "p",
        "r",
        "u",
        "people",
        "groups",
        "profile.php",
        "add",
        "joinchat",
        "c",
        "channel",
        "send",
        "invite",
    ];
    let mut parts = path
        .split(['/', '?', '&', '#'])
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_start_matches(['@', '~', '+']))
        .map(|part| part.strip_prefix("phone=").or(part.strip_prefix("id=")).unwrap_or(part))
        .skip_while(|part| SKIPPED.contains(part));
    let Some(name) = parts.next() else { return };
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    if matches!(service, HandleService::WhatsApp | HandleService::Zalo) && digits {
        super::phones::add_linked(found, service, name, from, path_end);
        return;
    }
    if is_account(service, name) || path[..].contains("joinchat") || path.starts_with("/+") {
        let original = found.folded.original(found.folded.span(host_end, path_end));
        // An invitation is case-sensitive, an account name is not.
        let invitation = is_invitation || path.contains("joinchat") || path.starts_with("/+");
        let value = match invitation {
            true => original
                .split('?')
                .next()
                .and_then(|path| path.rsplit(['/', '+']).next())
                .unwrap_or(name)
                .to_owned(),
            false => name.to_owned(),
        };
        if !value.is_empty() {
            found.add(ObservableKind::Handle(service), value, from, path_end);
        }
    }
}

/// The bytes of a host name around `from..to`.
fn host_around(text: &str, from: usize, to: usize) -> (usize, usize) {
    let table = CharTable::get();
    let host = |c: char| c == '-' || c == '.' || (table.is_word(c) && !table.script(c).is_unspaced());
    let mut start = from;
    for c in text[..from].chars().rev() {
        if !host(c) || from - start > HOST_BYTES_MAX {
            break;
        }
        start -= c.len_utf8();
    }
    let mut end = to;
    for c in text[to..].chars() {
        if !host(c) || end - to > HOST_BYTES_MAX {
            break;
        }
        end += c.len_utf8();
    }
    let inner = &text[start..end];
    let start = start + (inner.len() - inner.trim_start_matches(['.', '-']).len());
    let end = start.max(end - (inner.len() - inner.trim_end_matches(['.', '-']).len()));
    (start.min(from), end.max(to.min(end)))
}

/// The scheme before a host: where it starts, and whether it is secure. "hxxp" is how careful people write
/// a dangerous link.
fn scheme_before(text: &str, start: usize) -> Option<(usize, bool)> {
    const SCHEMES: &[(&str, bool)] =
        &[("https://", true), ("http://", false), ("hxxps://", true), ("hxxp://", false)];
    SCHEMES.iter().find(|row| text[..start].ends_with(row.0)).map(|row| (start - row.0.len(), row.1))
}

/// Where a link ends whose host ends at `end`: at white space, a quote or a letter of a script without
/// spaces, less the punctuation of the sentence around it.
fn path_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let rest = match rest.strip_prefix(':') {
        Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ if rest.starts_with(['/', '?', '#']) => rest,
        _ => return end,
    };
    let table = CharTable::get();
    let stop = rest
        .char_indices()
        .find(|&(at, c)| {
            c.is_whitespace()
                || at > URL_BYTES_MAX
                || matches!(
                    c,
                    '"' | '<' | '>' | '«' | '»' | '“' | '”' | '，' | '。' | '、' | '】' | '）' | '`'
                )
                || table.script(c).is_unspaced()
        })
        .map_or(rest.len(), |(at, _)| at);
    let path = rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '|', ']', '}']);
    let path = match path.strip_suffix(')') {
        Some(inner) if !inner.contains('(') => inner,
        _ => path,
    };
    end + path.len()
}

/// The registrable domain of a host, in ASCII; none if its suffix is not in the list.
pub(super) fn registrable(host: &str) -> Option<String> {
    if !host.contains('.') || host.len() > HOST_BYTES_MAX {
        return None;
    }
    let labels = host.split('.');
    if labels.clone().any(|label| label.is_empty() || label.len() > 63) {
        return None;
    }
    let last = labels.clone().next_back()?;
    if RESERVED.contains(&last) {
        let mut tail: Vec<&str> = labels.rev().take(2).collect();
        tail.reverse();
        return to_ascii(&tail.join("."));
    }
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let domain = psl::domain(host.as_bytes())?;
    if !domain.suffix().is_known() {
        return None;
    }
    to_ascii(std::str::from_utf8(domain.as_bytes()).ok()?)
}

fn to_ascii(host: &str) -> Option<String> {
    idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::URL).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn reads_email_addresses() {
        check("CV: HR@Firma.Example.", &["email hr@firma.example", "domain firma.example"]);
        check("a.b+c@mail.co.uk", &["email a.b+c@mail.co.uk", "domain mail.co.uk"]);
        check("me [at] mail [dot] com", &["email me@mail.com", "domain mail.com"]);
        check("x@localhost, @, a@b, .@x.example", &["domain x.example"]);
        check(
            "письмо на it@технопарк.рф",
            &["email it@xn--80ajqkfgik2a.xn--p1ai", "domain xn--80ajqkfgik2a.xn--p1ai"],
        );
    }

    #[test]
    fn reads_links() {
        check(
            "see https://Jobs.Firma.example/Apply?id=A1.",
            &["url https://jobs.firma.example/Apply?id=A1", "domain firma.example"],
        );
        check("hxxp://bad[.]example/x", &["url http://bad.example/x", "domain bad.example"]);
        check("www.firma.com", &["url https://www.firma.com", "domain firma.com"]);
        check("请看 https://a-b.example/路 吧", &["url https://a-b.example", "domain a-b.example"]);
        check("(http://firma.co.th/a)", &["url http://firma.co.th/a", "domain firma.co.th"]);
    }

    #[test]
    fn takes_bare_domains_only_under_a_known_suffix() {
        check("visit firma.com today", &["domain firma.com"]);
        check("firma.example/x", &["url https://firma.example/x", "domain firma.example"]);
        check("no fee.no problem e.g. 3.200 a.m. Ltd.We node.js 5.5-day", &[]);
        check("v1.2.3 and 10.0.0.1", &[]);
    }

    #[test]
    fn reads_addresses_that_are_spelt_out() {
        check("contact t . me / sample_hr00 today", &["handle:telegram sample_hr00"]);
        check("wa . me / 66812345678", &["phone +66812345678"]);
        check("t dot me / sample_hr00", &["handle:telegram sample_hr00"]);
        check("jobs at sample dot example", &["email jobs@sample.example", "domain sample.example"]);
        check("jobs arroba sample punto com", &["email jobs@sample.com", "domain sample.com"]);
        check("jobs собака sample точка com", &["email jobs@sample.com", "domain sample.com"]);
        check("visit sample dot com", &["domain sample.com"]);
        check("a red dot in the map . me and you . com", &[]);
    }

    #[test]
    fn keeps_the_case_of_invitations() {
        check(
            "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
            &["handle:whatsapp AbCdEfGhIjKlMnOpQrStUv"],
        );
    }

    #[test]
    fn reads_accounts_out_of_links() {
        check("t(.)me/Job_Sample00", &["handle:telegram job_sample00"]);
        check("https://t.me/+AbCdEf123", &["handle:telegram AbCdEf123"]);
        check("wa.me/66812345678", &["phone +66812345678"]);
        check("https://www.facebook.com/sample.page/", &["handle:facebook sample.page"]);
        check("https://line.me/ti/p/~sample01", &["handle:line sample01"]);
        check("https://zalo.me/g/abc", &[]);
    }
}
