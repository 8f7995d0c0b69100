//! One JSON object a line: only the fields that are asked for are kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::fields::{COUNT, Mapping};

/// The fields of an object, with how well the key of each fitted.
pub(crate) type Found = [Option<String>; COUNT];

/// Reads one line. Besides the fields it says whether lone surrogates were replaced.
pub(crate) fn parse(line: &str, mapping: &Mapping, depth_max: usize) -> Result<(Found, bool), String> {
    if depth(line) > depth_max {
        return Err(format!("values nested deeper than {depth_max}"));
    }
    let line = mend_surrogates(line);
    let mut deserializer = serde_json::Deserializer::from_str(&line);
    let found = Object(mapping).deserialize(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok((found, matches!(line, Cow::Owned(_))))
}

/// How deep the brackets outside of strings nest.
fn depth(line: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Half of a surrogate pair alone is no character: it becomes U+FFFD, as decoders of UTF-16 do.
fn mend_surrogates(line: &str) -> Cow<'_, str> {
    let unit = |at: usize| -> Option<u16> {
        let escape = line.as_bytes().get(at..at + 6)?;
        let hex = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
        hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(hex, 16).ok())?
    };
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(found) = line.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                lone.push(at);
                at += 6;
            }
            Some(_) => at += 6,
            // Any other escape is two bytes of ASCII; if it is malformed, the parser says so.
            None => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
        }
    }
    if lone.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut mended = line.to_owned();
    for at in lone {
        mended.replace_range(at..at + 6, "\\ufffd");
    }
    Cow::Owned(mended)
}

struct Object<'a>(&'a Mapping);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found: [Option<(usize, String)>; COUNT] = Default::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let Some((field, rank)) = self.0.rank(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(Scalar)?;
            let slot = &mut found[field as usize];
            if let Some(value) = value
                && slot.as_ref().is_none_or(|(known, _)| rank <= *known)
            {
                *slot = Some((rank, value));
            }
        }
        Ok(found.map(|slot| slot.map(|(_, value)| value)))
    }
}

/// A string, number or boolean as text; null as nothing; an array or object as nothing.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<(&str, &str), &str>) {
        let got = parse(line, &Mapping::default(), 8).map(|(found, _)| {
            let [text, _, id, ..] = found;
            (text.unwrap_or_default(), id.unwrap_or_default())
        });
        match (got, expected) {
            (Ok(got), Ok((text, id))) => assert_eq!(got, (text.to_owned(), id.to_owned()), "{line}"),
            (Err(got), Err(part)) => assert!(got.contains(part), "{line}: {got}"),
            (got, expected) => panic!("{line}: {got:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn keeps_what_is_asked_for() {
        check(r#"{"id": 7, "text": "a\nb", "tags": ["x", {"y": 1}]}"#, Ok(("a\nb", "7")));
        check(r#"{"description": "long", "text": "short"}"#, Ok(("short", "")));
        check(r#"{"text": null, "id": "x"}"#, Ok(("", "x")));
        check(r#"{"text": ["a"], "id": true}"#, Ok(("", "true")));
    }

    #[test]
    fn replaces_lone_surrogates_only() {
        check(r#"{"text": "\ud83d\ude00"}"#, Ok(("😀", "")));
        check(r#"{"text": "a\ud83d b\ude00\\ud800"}"#, Ok(("a\u{fffd} b\u{fffd}\\ud800", "")));
    }

    #[test]
    fn refuses_what_is_no_object() {
        check("[]", Err("expected a JSON object"));
        check(r#"{"text": "a"} x"#, Err("trailing"));
        check(r#"{"text": "a""#, Err("EOF"));
        check("", Err("EOF"));
        check(
            &format!("{{\"x\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000)),
            Err("nested deeper than 8"),
        );
        check(r#"{"text": "\u00"}"#, Err("escape"));
    }
}
