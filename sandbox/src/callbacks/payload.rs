//! The bodies of Meta's calls, ready to be sent.

use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::signed::{hub_signature, signed_request};
use crate::Config;

const ALGORITHM: &str = "HMAC-SHA256";
/// `expires` minus `issued_at` in the documented example of a deletion request.
const DELETION_SECONDS: i64 = 3600;
/// What the documentation's example challenges with.
const CHALLENGE: &str = "1158201444";

/// A call as it will be made, byte for byte, also when it is repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parcel {
    Form { path: &'static str, body: String },
    Json { body: String, signature: String },
    Verification { query: String },
}

/// What a `permissions` webhook tells about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Connected(bool),
    Permission {
        name: String,
        granted: bool,
        /// Ad accounts that it was limited to.
        targets: Option<Vec<String>>,
    },
}

/// In the order of the recorded payload, which is what gets signed.
#[derive(Serialize)]
struct Deauthorization<'a> {
    user_id: &'a str,
    algorithm: &'static str,
    issued_at: i64,
}

/// In the documented order.
#[derive(Serialize)]
struct Deletion<'a> {
    algorithm: &'static str,
    expires: i64,
    issued_at: i64,
    user_id: &'a str,
}

impl Parcel {
    /// The person removed the app.
    pub fn deauthorization(config: &Config, person: &str, now: i64, padded: bool) -> Self {
        let payload = Deauthorization {
            user_id: person,
            algorithm: ALGORITHM,
            issued_at: now,
        };
        Self::signed(config, "/meta/deauthorize", &payload, padded)
    }

    /// The person asks for their data to be deleted.
    pub fn deletion(config: &Config, person: &str, now: i64, padded: bool) -> Self {
        let payload = Deletion {
            algorithm: ALGORITHM,
            expires: now + DELETION_SECONDS,
            issued_at: now,
            user_id: person,
        };
        Self::signed(config, "/meta/data-deletion", &payload, padded)
    }

    fn signed(config: &Config, path: &'static str, payload: &impl Serialize, padded: bool) -> Self {
        let payload = serde_json::to_string(payload).expect("strings and numbers become JSON");
        let signed = signed_request(&config.app_secret, &payload, padded);
        let mut body = Serializer::new(String::new());
        body.append_pair("signed_request", &signed);
        Self::Form {
            path,
            body: body.finish(),
        }
    }

    /// A person's permissions changed.
    pub fn permissions(config: &Config, person: &str, now: i64, changes: &[Change]) -> Self {
        let changes: Vec<Value> = changes.iter().map(Change::json).collect();
        let entry = json!({ "id": person, "uid": person, "time": now, "changes": changes });
        Self::webhook(
            config,
            &json!({ "object": "permissions", "entry": [entry] }),
        )
    }

    /// Any webhook. Meta escapes what is not ASCII, and signs what it sends.
    pub fn webhook(config: &Config, content: &Value) -> Self {
        let body = escape(&content.to_string());
        let signature = hub_signature(&config.app_secret, body.as_bytes());
        Self::Json { body, signature }
    }

    /// Asks the portal whether it expects webhooks.
    pub fn verification(verify_token: &str) -> Self {
        let mut query = Serializer::new(String::new());
        query.extend_pairs([
            ("hub.mode", "subscribe"),
            ("hub.challenge", CHALLENGE),
            ("hub.verify_token", verify_token),
        ]);
        Self::Verification {
            query: query.finish(),
        }
    }

    /// Path at the portal.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Form { path, .. } => path,
            Self::Json { .. } | Self::Verification { .. } => "/meta/webhook",
        }
    }

    /// What is sent, for the log.
    pub fn body(&self) -> &str {
        match self {
            Self::Form { body, .. } | Self::Json { body, .. } => body,
            Self::Verification { .. } => "",
        }
    }

    /// Whether an answer is what a verification wants to hear.
    pub fn is_challenge(answer: &str) -> bool {
        answer == CHALLENGE
    }
}

impl Change {
    /// The two shapes that were recorded: `connected` has its verb outside `value`.
    fn json(&self) -> Value {
        let verb = |granted: bool| if granted { "granted" } else { "revoked" };
        match self {
            Self::Connected(granted) => json!({ "field": "connected", "verb": verb(*granted) }),
            Self::Permission {
                name,
                granted,
                targets,
            } => {
                let mut value = json!({ "verb": verb(*granted) });
                if let Some(targets) = targets {
                    value["target_ids"] = json!(targets);
                }
                json!({ "field": name, "value": value })
            }
        }
    }
}

/// JSON with every character beyond ASCII as `\uXXXX`, and slashes escaped too, as PHP does it.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '/' => escaped.push_str("\\/"),
            ascii if ascii.is_ascii() => escaped.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_beyond_ascii_is_escaped_and_means_the_same() {
        let content = json!({ "name": "Zoë 🐘 a/b \"q\"" });
        let escaped = escape(&content.to_string());
        assert_eq!(escaped, r#"{"name":"Zo\u00eb \ud83d\udc18 a\/b \"q\""}"#);
        assert_eq!(serde_json::from_str::<Value>(&escaped).ok(), Some(content));
    }

    #[test]
    fn changes_have_the_two_recorded_shapes() {
        let granted = Change::Permission {
            name: "ads_read".to_owned(),
            granted: true,
            targets: Some(vec!["1".to_owned()]),
        };
        assert_eq!(
            [Change::Connected(false).json(), granted.json()],
            [
                json!({ "field": "connected", "verb": "revoked" }),
                json!({ "field": "ads_read", "value": { "verb": "granted", "target_ids": ["1"] } }),
            ]
        );
    }
}
