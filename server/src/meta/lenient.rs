//! Readers for values that Meta writes in more than one way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::error::{Endpoint, MetaError};

/// What most answers hold their list or object in.
#[derive(Deserialize)]
pub(super) struct Data<T> {
    pub data: T,
}

/// An id or another text that old versions write as a number. Never through a float: ids exceed 2^53.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// A number that may be written as a text.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Serde's way to [`text`]; a value of another kind counts as left out.
pub(super) fn de_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(text(&Value::deserialize(from)?))
}

/// Serde's way to [`integer`]; a value of another kind counts as left out.
pub(super) fn de_integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(integer(&Value::deserialize(from)?))
}

/// Unix seconds; 0 is Meta's word for "never".
pub(super) fn moment(seconds: Option<i64>) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds.filter(|seconds| *seconds > 0)?, 0)
}

/// An id that may become part of a path: digits only.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether something was done. Documented is `true`; recorded are `{"success":true}` and `{"success":"true"}`.
pub(super) fn success(endpoint: Endpoint, answer: &Value) -> Result<(), MetaError> {
    let said = answer.get("success").unwrap_or(answer);
    if said == &Value::Bool(true) || said.as_str() == Some("true") {
        Ok(())
    } else {
        Err(MetaError::nonsense(endpoint, "no word of success"))
    }
}
