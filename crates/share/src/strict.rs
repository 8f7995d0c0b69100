//! JSON that every reader understands alike (I-JSON, RFC 7493): no member name twice, no whole number
//! beyond 2^53 − 1.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::wire::SAFE_INTEGER_MAX;

/// Reads one JSON text; a member name that stands twice in one object is an error.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Unambiguous.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The first whole number in the value that a reader who keeps numbers as IEEE 754 doubles would round.
pub(crate) fn unsafe_number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => {
            let beyond = match (number.as_i64(), number.as_u64()) {
                (Some(signed), _) => signed.unsigned_abs() > SAFE_INTEGER_MAX.unsigned_abs(),
                (None, whole) => whole.is_some(),
            };
            beyond.then(|| number.to_string())
        }
        Value::Array(items) => items.iter().find_map(unsafe_number),
        Value::Object(members) => members.values().find_map(unsafe_number),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

/// Builds a [`Value`] and refuses a member name that the object already has.
struct Unambiguous;

impl<'de> DeserializeSeed<'de> for Unambiguous {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unambiguous {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number is not finite"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Unambiguous)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if all.contains_key(&name) {
                return Err(A::Error::custom(format_args!("member {name:?} stands twice in one object")));
            }
            let value = members.next_value_seed(Unambiguous)?;
            all.insert(name, value);
        }
        Ok(Value::Object(all))
    }
}
