//! Ids that follow from what they name.

use serde_json::{Value, json};
use uuid::{Uuid, uuid};

/// The namespace of observables (STIX 2.1, section 2.9).
const OBSERVABLES: Uuid = uuid!("00abedb4-aa42-466c-9c01-fed23315a9b7");

/// Our namespace for all other objects, which must not use that of observables (section 2.9): UUIDv5 of
/// `urn:forewarn:stix` in the namespace of URLs.
const OWN: Uuid = uuid!("f6a6e9fc-c22d-59b8-a893-edfe8f6cc265");

/// The id of an object that `parts` name.
pub(super) fn own(kind: &str, parts: &[&str]) -> String {
    let name = json!([kind, parts]).to_string();
    format!("{kind}--{}", Uuid::new_v5(&OWN, name.as_bytes()))
}

/// The id of an observable: UUIDv5 over the canonical JSON (RFC 8785) of the properties that contribute to
/// it (STIX 2.1, section 2.9), all of which are strings here.
pub(super) fn observable(kind: &str, contributing: &Value) -> String {
    format!("{kind}--{}", Uuid::new_v5(&OBSERVABLES, &canonical(contributing)))
}

/// The id of a TAXII collection of an API root (TAXII 2.1, section 5.2.1, asks for a UUID).
pub fn collection(root: &str, alias: &str) -> String {
    let name = json!(["collection", root, alias]).to_string();
    Uuid::new_v5(&OWN, name.as_bytes()).to_string()
}

/// The id of an object that its whole content names.
pub(super) fn of_content(kind: &str, content: &Value) -> String {
    format!("{kind}--{}", Uuid::new_v5(&OWN, &canonical(content)))
}

/// Canonical JSON (RFC 8785). It fails for no value that is made here; if it did, the id would still be
/// fixed by the content.
pub(super) fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap_or_else(|_| value.to_string().into_bytes())
}

/// Whether a text has the form of an identifier.
#[cfg(test)]
pub(super) fn is_identifier(text: &str) -> bool {
    text.rsplit_once("--").is_some_and(|(kind, id)| {
        kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && id.len() == 36
            && Uuid::parse_str(id).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_namespace_is_what_it_says() {
        assert_eq!(Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:forewarn:stix"), OWN);
    }

    /// The ids that the OASIS library `stix2` gives these observables.
    #[test]
    fn observables_have_the_ids_that_every_producer_gives_them() {
        for (kind, contributing, expected) in OASIS {
            let contributing: Value = serde_json::from_str(contributing).unwrap();
            assert_eq!(&observable(kind, &contributing), expected);
        }
    }

    const OASIS: &[(&str, &str, &str)] = &[
        ("domain-name", r#"{"value": "b.example"}"#, "domain-name--840379bd-f7cd-5f0d-8244-d74839fcb7a9"),
        ("email-addr", r#"{"value": "a@b.example"}"#, "email-addr--20f95e88-019c-5ac7-a027-aba10fdcb3ca"),
        ("url", r#"{"value": "https://b.example/a?b=1"}"#, "url--bc17718c-3be9-5af7-9e9b-ff289ee179b2"),
        (
            "user-account",
            r#"{"account_type": "phone", "user_id": "+85512000001"}"#,
            "user-account--18c04318-1a76-560d-a869-bcfb938e6add",
        ),
        (
            "user-account",
            r#"{"account_login": "o'hr\\example é"}"#,
            "user-account--d8958c72-101f-5233-951c-e5897da35b86",
        ),
    ];
}
