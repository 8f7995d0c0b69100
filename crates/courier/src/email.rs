//! E-mail through the server that the user names.

use std::time::Duration;

use forewarn_app::delivery::Parcel;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};

/// How the connection to the server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after a greeting; without it nothing is sent.
    StartTls,
    /// None: only for a server on the same machine.
    None,
}

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    host: String,
    port: u16,
    security: SmtpSecurity,
    from: Mailbox,
    credentials: Option<(String, String)>,
}

/// An address of a server that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpError(String);

impl Smtp {
    /// Reads `smtps://host[:465]`, `smtp+starttls://host[:587]` or `smtp://host[:25]`; `from` is who sends.
    pub fn new(address: &str, from: &str, credentials: Option<(String, String)>) -> Result<Self, SmtpError> {
        let expected = || {
            SmtpError(format!(
                "mail server {address:?}: expected smtps://, smtp+starttls:// or smtp:// and a host"
            ))
        };
        let (scheme, rest) = address.split_once("://").ok_or_else(expected)?;
        let (security, usual) = match scheme {
            "smtps" => (SmtpSecurity::Tls, 465),
            "smtp+starttls" => (SmtpSecurity::StartTls, 587),
            "smtp" => (SmtpSecurity::None, 25),
            _ => return Err(expected()),
        };
        let rest = rest.trim_end_matches('/');
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| expected())?),
            None => (rest, usual),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(expected());
        }
        let from = from.parse().map_err(|error| SmtpError(format!("sender {from:?}: {error}")))?;
        Ok(Self { host: host.to_owned(), port, security, from, credentials })
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Smtp({}:{})", self.host, self.port)
    }
}

impl std::fmt::Display for SmtpError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SmtpError {}

pub(crate) fn send(smtp: &Smtp, to: &str, parcel: &Parcel, timeout_seconds: u64) -> Result<String, String> {
    let message = message(smtp, to, parcel)?;
    let parameters = || TlsParameters::new(smtp.host.clone()).map_err(|error| error.to_string());
    let tls = match smtp.security {
        SmtpSecurity::Tls => Tls::Wrapper(parameters()?),
        SmtpSecurity::StartTls => Tls::Required(parameters()?),
        SmtpSecurity::None => Tls::None,
    };
    let mut transport = SmtpTransport::builder_dangerous(&smtp.host)
        .port(smtp.port)
        .tls(tls)
        .timeout(Some(Duration::from_secs(timeout_seconds)));
    if let Some((user, password)) = &smtp.credentials {
        transport = transport.credentials(Credentials::new(user.clone(), password.clone()));
    }
    let response = transport.build().send(&message).map_err(|error| error.to_string())?;
    Ok(response.message().collect::<Vec<_>>().join(" "))
}

/// The text for a person, with the signed document and the other files attached. The message id is made of
/// the number of the delivery: a second arrival bears the same.
fn message(smtp: &Smtp, to: &str, parcel: &Parcel) -> Result<Message, String> {
    let to: Mailbox = to.parse().map_err(|error| format!("recipient: {error}"))?;
    let domain = smtp.from.email.domain().to_owned();
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(parcel.text.clone()));
    let document = [("document.json".to_owned(), parcel.document.clone())];
    for (name, bytes) in document.iter().chain(parcel.files.iter().filter(|(name, _)| name != "notice.json"))
    {
        let kind = ContentType::parse(media_type(name)).map_err(|error| error.to_string())?;
        parts = parts.singlepart(Attachment::new(name.clone()).body(bytes.clone(), kind));
    }
    let date = std::time::UNIX_EPOCH + Duration::from_secs(parcel.at.as_second().max(0).unsigned_abs());
    Message::builder()
        .from(smtp.from.clone())
        .to(to)
        .subject(&parcel.subject)
        .date(date)
        .message_id(Some(format!("<dlv_{}@{domain}>", parcel.number)))
        .multipart(parts)
        .map_err(|error| error.to_string())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("json") => "application/json",
        Some("xml") => "application/cap+xml",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, from: &str, expected: Result<&str, &str>) {
        let read = Smtp::new(address, from, None).map(|smtp| format!("{smtp:?} {:?}", smtp.security));
        match expected {
            Ok(told) => assert_eq!(read.unwrap(), told),
            Err(part) => assert!(read.unwrap_err().to_string().contains(part)),
        }
    }

    #[test]
    fn reads_addresses_of_servers() {
        let from = "Example Bureau <desk@bureau.example>";
        check("smtps://mail.example", from, Ok("Smtp(mail.example:465) Tls"));
        check("smtp+starttls://mail.example", from, Ok("Smtp(mail.example:587) StartTls"));
        check("smtp://127.0.0.1:2525/", from, Ok("Smtp(127.0.0.1:2525) None"));
        check("mail.example", from, Err("expected smtps://"));
        check("http://mail.example", from, Err("expected smtps://"));
        check("smtp://", from, Err("expected smtps://"));
        check("smtp://mail.example:x", from, Err("expected smtps://"));
        check("smtp://mail.example", "nobody", Err("sender"));
    }

    #[test]
    fn says_nothing_of_the_password() {
        let secret = ("user".to_owned(), "hunter2hunter2".to_owned());
        let smtp = Smtp::new("smtp://mail.example", "a@b.example", Some(secret)).unwrap();
        assert!(!format!("{smtp:?}").contains("hunter2"));
    }
}
