//! What may be kept of an answer of Meta's: everything but what gives access.
//!
//! Names, e-mail addresses, ids and numbers stay, since support needs them; tokens, codes, secrets, proofs and
//! the queries of addresses (`paging.next` embeds the token, pictures are signed) do not.

use serde_json::Value;

use super::error::{REDACTED, SECRET_KEYS, hide, is_credential};

/// Bytes of a text that are kept.
pub(super) const KEPT_MAX: usize = 64 * 1024;

/// Keys of JSON whose values give access, beside those of forms.
const MORE_SECRET_KEYS: [&str; 8] = [
    "token",
    "id_token",
    "refresh_token",
    "signed_request",
    "secret",
    "app_secret",
    "password",
    "session_key",
];
/// Keys whose values people wrote: long words in them are names, unless they are tokens of Meta's.
const NAME_KEYS: [&str; 2] = ["name", "email"];
/// An error's `code` is a number, a login's is long.
const ERROR_CODE_MAX: usize = 6;

/// A redacted text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub text: String,
    /// Its end was left out.
    pub is_cut: bool,
}

/// Takes everything out of an answer that gives access: the known secrets of its call, and what looks like one.
/// JSON is looked through value by value; whatever else Meta sends, cut off JSON and HTML, as a text.
pub(super) fn redact_body(raw: &[u8], known: &[&str]) -> Body {
    let raw = String::from_utf8_lossy(raw);
    let text = match serde_json::from_str::<Value>(&raw) {
        Ok(mut value) => {
            clean(&mut value, known, Look::Text);
            serde_json::to_string_pretty(&value).unwrap_or_default()
        }
        Err(_) => without_queries(&hide(&without_quoted(&raw), known, is_credential)),
    };
    let end = text.floor_char_boundary(KEPT_MAX);
    Body {
        is_cut: end < text.len(),
        text: text[..end].to_owned(),
    }
}

/// How a value is looked at, by the key it stands under.
#[derive(Clone, Copy)]
enum Look {
    Text,
    Name,
    Secret,
}

impl Look {
    fn under(self, key: &str) -> Self {
        if matches!(self, Self::Secret) || is_secret_key(key) {
            Self::Secret
        } else if NAME_KEYS.contains(&key) {
            Self::Name
        } else {
            Self::Text
        }
    }
}

fn is_secret_key(key: &str) -> bool {
    SECRET_KEYS.contains(&key) || MORE_SECRET_KEYS.contains(&key)
}

fn clean(value: &mut Value, known: &[&str], look: Look) {
    match value {
        Value::String(text) => *text = clean_text(text, known, look),
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, known, look)),
        Value::Object(fields) => {
            let cleaned = std::mem::take(fields).into_iter().map(|(key, mut value)| {
                clean(&mut value, known, look.under(&key));
                (clean_text(&key, known, Look::Text), value)
            });
            *fields = cleaned.collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean_text(text: &str, known: &[&str], look: Look) -> String {
    match look {
        Look::Secret if text.len() <= ERROR_CODE_MAX && text.parse::<u32>().is_ok() => {
            text.to_owned()
        }
        Look::Secret => REDACTED.to_owned(),
        Look::Text => without_queries(&hide(text, known, is_credential)),
        Look::Name => without_queries(&hide(text, known, |word| word.starts_with("EAA"))),
    }
}

/// Blanks `"access_token":"…"` in what is not JSON, up to the quote or to where the text was cut off.
fn without_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, quoted) = rest.split_at(start + 1);
        out.push_str(before);
        let end = quoted.find('"').unwrap_or(quoted.len());
        let key = quoted[..end].trim_end_matches('\\');
        out.push_str(&quoted[..end]);
        rest = &quoted[end..];
        if !is_secret_key(key) {
            // The closing quote may open the next text: it is looked at again.
            if let Some(after) = rest.strip_prefix('"') {
                out.push('"');
                rest = after;
            }
            continue;
        }
        let value = rest.trim_start_matches(['"', '\\', ' ', ':', '\n', '\r', '\t']);
        let is_text = rest[..rest.len() - value.len()].matches('"').count() > 1;
        if is_text {
            let end = value.find('"').unwrap_or(value.len());
            out.push_str("\":\"");
            out.push_str(REDACTED);
            rest = &value[end..];
        }
    }
    out + rest
}

/// Leaves out the query of every address, and a fragment that holds values.
fn without_queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("http") {
        let (before, address) = rest.split_at(start);
        out.push_str(before);
        let end = address
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'))
            .unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        let query = address.find('?').or_else(|| {
            let fragment = address.find('#')?;
            address[fragment..].contains('=').then_some(fragment)
        });
        match query {
            Some(at) => {
                out.push_str(&address[..=at]);
                out.push_str(REDACTED);
            }
            None => out.push_str(address),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests;
