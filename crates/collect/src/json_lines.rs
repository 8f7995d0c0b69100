//! One JSON object a line: only the fields that are asked for are kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::fields::{COUNT, Field, Mapping};
use crate::value::Value;

/// What a line holds.
#[derive(Debug, Default)]
pub(crate) struct Object {
    /// The fields of a report.
    pub(crate) fields: [Option<Value>; COUNT],
    /// The other keys, if they were asked for.
    pub(crate) carried: Vec<(String, Value)>,
    /// The JSON type of the text, where it is neither a string nor null.
    pub(crate) text_is: Option<&'static str>,
    /// Whether lone surrogates were replaced.
    pub(crate) mended: bool,
}

/// Reads one line; `carry` keeps the keys that are no field of a report too.
pub(crate) fn parse(line: &str, mapping: &Mapping, depth_max: usize, carry: bool) -> Result<Object, String> {
    if depth(line, depth_max) > depth_max {
        return Err(format!("values nested deeper than {depth_max}"));
    }
    let line = mend_surrogates(line);
    let mut deserializer = serde_json::Deserializer::from_str(&line);
    let seed = ObjectSeed { mapping, carry };
    let mut object = seed.deserialize(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    object.mended = matches!(line, Cow::Owned(_));
    Ok(object)
}

/// How deep the brackets outside of strings nest.
fn depth(line: &str, depth_max: usize) -> usize {
    // Few brackets cannot nest deeply; most records end here.
    let brackets = memchr::memchr2_iter(b'{', b'[', line.as_bytes()).take(depth_max + 1).count();
    if brackets <= depth_max {
        return brackets;
    }
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
    while let Some(found) = line.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
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

struct ObjectSeed<'a> {
    mapping: &'a Mapping,
    carry: bool,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object::default();
        let mut ranks = [usize::MAX; COUNT];
        while let Some(key) = map.next_key_seed(Key { mapping: self.mapping, carry: self.carry })? {
            match key {
                KeyIs::Other => drop(map.next_value::<IgnoredAny>()?),
                KeyIs::Carried(name) => {
                    if let Scalar::Value(value) = scalar(map.next_value::<&RawValue>()?)? {
                        object.carried.push((name, value));
                    }
                }
                KeyIs::Field(field, rank) => {
                    let value = match field {
                        // An id is handed back as it was: its digits must not change.
                        Field::Id => scalar(map.next_value::<&RawValue>()?)?,
                        _ => map.next_value_seed(ScalarSeed)?,
                    };
                    if rank > ranks[field as usize] {
                        continue;
                    }
                    if field == Field::Text {
                        object.text_is = value.odd_text();
                    }
                    if let Scalar::Value(value) = value {
                        ranks[field as usize] = rank;
                        object.fields[field as usize] = Some(value);
                    }
                }
            }
        }
        Ok(object)
    }
}

/// What a key is for.
enum KeyIs {
    Field(Field, usize),
    Carried(String),
    Other,
}

struct Key<'a> {
    mapping: &'a Mapping,
    carry: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = KeyIs;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<KeyIs, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = KeyIs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<KeyIs, E> {
        Ok(match self.mapping.rank(key) {
            Some((field, rank)) => KeyIs::Field(field, rank),
            None if self.carry => KeyIs::Carried(key.to_owned()),
            None => KeyIs::Other,
        })
    }
}

/// A JSON value as far as a record cares.
enum Scalar {
    Value(Value),
    Null,
    Array,
    Object,
}

impl Scalar {
    /// The type of what stands where a text should.
    fn odd_text(&self) -> Option<&'static str> {
        match self {
            Self::Value(Value::Text(_)) | Self::Null => None,
            Self::Value(Value::Number(_)) => Some("a number"),
            Self::Value(Value::Bool(_)) => Some("true or false"),
            Self::Array => Some("an array"),
            Self::Object => Some("an object"),
        }
    }
}

/// A value with its digits as they were written.
fn scalar<E: Error>(raw: &RawValue) -> Result<Scalar, E> {
    let json = raw.get();
    Ok(match json.as_bytes().first() {
        Some(b'"') => Scalar::Value(Value::Text(serde_json::from_str(json).map_err(E::custom)?)),
        Some(b'n') | None => Scalar::Null,
        Some(b't') => Scalar::Value(Value::Bool(true)),
        Some(b'f') => Scalar::Value(Value::Bool(false)),
        Some(b'[') => Scalar::Array,
        Some(b'{') => Scalar::Object,
        Some(_) => Scalar::Value(Value::Number(json.to_owned())),
    })
}

struct ScalarSeed;

impl<'de> DeserializeSeed<'de> for ScalarSeed {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ScalarSeed {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Value(Value::Text(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Value(Value::Bool(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Value(Value::Number(value.to_string())))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Value(Value::Number(value.to_string())))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Value::of_f64(value).map_or(Scalar::Null, Scalar::Value))
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<(&str, &str), &str>) {
        let got = parse(line, &Mapping::default(), 8, false).map(|object| {
            let [text, _, id, ..] = object.fields.map(|value| value.map_or(String::new(), Value::into_text));
            (text, id)
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
        check(r#"{"te\u0078t": "a", "id": 12345678901234567890.50}"#, Ok(("a", "12345678901234567890.50")));
        check(r#"{"id": {"x": 1}, "text": "a"}"#, Ok(("a", "")));
    }

    #[test]
    fn says_what_stands_where_a_text_should() {
        for (json, expected) in
            [("\"a\"", None), ("null", None), ("7", Some("a number")), ("[]", Some("an array"))]
        {
            let line = format!("{{\"text\": {json}}}");
            assert_eq!(parse(&line, &Mapping::default(), 8, false).unwrap().text_is, expected, "{json}");
        }
    }

    #[test]
    fn carries_the_other_keys_where_they_are_asked_for() {
        let line = r#"{"text": "a", "label": 1.50, "tags": [], "ok": false, "x": null}"#;
        let carried = parse(line, &Mapping::default(), 8, true).unwrap().carried;
        let expected = [("label", Value::Number("1.50".into())), ("ok", Value::Bool(false))];
        assert_eq!(carried, expected.map(|(name, value)| (name.to_owned(), value)));
        assert!(parse(line, &Mapping::default(), 8, false).unwrap().carried.is_empty());
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
