//! An identifier as a member types it: its kind, a colon, its value. What cannot be one of its kind is refused, so that
//! a slip does not end up in the network.

use forewarn_model::ObservableKind;

use crate::AppError;

/// What an identifier of no known kind should look like.
const ANY: &str = "kind:value, such as phone:+85512345678 or handle:telegram:name";

/// Longest identifier, in characters.
const CHARS_MAX: usize = 2_000;

/// How the values of a kind look: an example, and whether a value can be one.
type Shape = (&'static str, fn(&str) -> bool);

/// `phone:+855…`, `handle:telegram:name`, `crypto:tron:T…`: the kind is everything before the value.
pub fn read(text: &str) -> Result<(ObservableKind, String), AppError> {
    let text = text.trim();
    let split = |(at, _): (usize, &str)| {
        Some((text[..at].parse::<ObservableKind>().ok()?, text[at + 1..].trim().to_owned()))
    };
    let found = text.rmatch_indices(':').find_map(split);
    let (kind, value) = found.ok_or_else(|| unread(text.to_owned(), ANY))?;
    verify(kind, &value)?;
    Ok((kind, value))
}

/// Refuses a value that cannot be an identifier of its kind. It is a look at the shape: a number that nobody has yet
/// passes.
pub fn verify(kind: ObservableKind, value: &str) -> Result<(), AppError> {
    let (example, fits) = shape(kind);
    let fits = !value.is_empty() && value.chars().count() <= CHARS_MAX && fits(value);
    if fits { Ok(()) } else { Err(unread(format!("{kind}:{value}"), example)) }
}

fn unread(text: String, expected: &'static str) -> AppError {
    AppError::Identifier { text, expected }
}

fn shape(kind: ObservableKind) -> Shape {
    match kind {
        ObservableKind::Phone => ("a telephone number, such as phone:+85512345678", is_phone),
        ObservableKind::Email => ("an address, such as email:name@mail.example", is_email),
        ObservableKind::Url => ("an address, such as url:https://jobs.example/apply", is_url),
        ObservableKind::Domain => ("a name, such as domain:jobs.example", is_domain),
        ObservableKind::Iban => ("an account, such as iban:GB82WEST12345698765432", is_iban),
        ObservableKind::Handle(_) => ("an account, such as handle:telegram:name", is_one_word),
        ObservableKind::Crypto(_) => ("an address of 20 letters and digits or more", is_wallet),
    }
}

/// Six to fifteen digits (ITU-T E.164) with what people write between them.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let between = |c: char| c.is_ascii_digit() || " +-().\u{a0}/".contains(c);
    (6..=15).contains(&digits) && value.chars().all(between)
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| is_one_word(name) && is_domain(host))
}

fn is_url(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")).unwrap_or(value);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    is_one_word(value) && is_domain(host)
}

fn is_domain(value: &str) -> bool {
    let labels: Vec<&str> = value.trim_end_matches('.').split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    labels.len() >= 2 && labels.iter().all(is_label)
}

/// Country, check digits, account (ISO 13616), with the right remainder.
fn is_iban(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    if !(15..=34).contains(&plain.len()) || !plain.chars().all(|c| c.is_ascii_alphanumeric()) {
        return false;
    }
    let moved = plain[4..].chars().chain(plain[..4].chars());
    let remainder = moved.filter_map(|c| c.to_digit(36)).fold(0, |rest, digit| match digit {
        0..=9 => (rest * 10 + digit) % 97,
        _ => (rest * 100 + digit) % 97,
    });
    remainder == 1
}

fn is_wallet(value: &str) -> bool {
    value.len() >= 20 && value.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_one_word(value: &str) -> bool {
    !value.is_empty() && !value.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(&str, &str)>) {
        let read = read(line).ok().map(|(kind, value)| (kind.to_string(), value));
        assert_eq!(read, expected.map(|(kind, value)| (kind.to_owned(), value.to_owned())), "{line}");
    }

    #[test]
    fn reads_kinds_and_values() {
        check("phone:+85512345678", Some(("phone", "+85512345678")));
        check(" phone: +855 (12) 345-678 ", Some(("phone", "+855 (12) 345-678")));
        check("handle:telegram:test_sample", Some(("handle:telegram", "test_sample")));
        check("url:https://sample.example/x?y=1", Some(("url", "https://sample.example/x?y=1")));
        check("domain:jobs.example", Some(("domain", "jobs.example")));
        check("email:a.b@mail.example", Some(("email", "a.b@mail.example")));
        check("iban:GB82 WEST 1234 5698 7654 32", Some(("iban", "GB82 WEST 1234 5698 7654 32")));
        let wallet = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8";
        check(&format!("crypto:tron:{wallet}"), Some(("crypto:tron", wallet)));
    }

    #[test]
    fn refuses_what_cannot_be_one() {
        for line in [
            "phone: ",
            "phone:notaphone",
            "phone:12",
            "phone:call +85512345678 now",
            "just words",
            "",
            "email:nobody",
            "email:a b@mail.example",
            "domain:nodot",
            "url:not an address",
            "iban:GB82WEST12345698765433",
            "iban:GB",
            "crypto:btc:short",
            "handle:telegram:two words",
        ] {
            check(line, None);
        }
        let told = read("phone:notaphone").unwrap_err().to_string();
        assert!(told.contains("phone:notaphone") && told.contains("phone:+85512345678"), "{told}");
    }
}
