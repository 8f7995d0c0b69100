//! Uuids that follow from what they name.

use serde_json::json;
use uuid::{Uuid, uuid};

/// Our namespace: UUIDv5 of `urn:forewarn:misp` in the namespace of URLs.
const OWN: Uuid = uuid!("fe48d789-e19a-59c3-b3c9-90db6417dbbf");

/// The uuid of the thing that `parts` name, for ever.
pub(super) fn own(kind: &str, parts: &[&str]) -> String {
    Uuid::new_v5(&OWN, json!([kind, parts]).to_string().as_bytes()).to_string()
}

/// Whether a text is a uuid in the usual form: the only names under which events are looked for.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::parse_str(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_namespace_is_what_it_says() {
        assert_eq!(Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:forewarn:misp"), OWN);
    }

    #[test]
    fn knows_a_uuid_from_a_path() {
        assert!(is_uuid("fe48d789-e19a-59c3-b3c9-90db6417dbbf"));
        for text in [
            "",
            "../../../etc/passwd",
            "fe48d789e19a59c3b3c990db6417dbbf",
            "{fe48d789-e19a-59c3-b3c9-90db6417db}",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
