//! Webhooks: that they are Meta's, and what they tell (docs/graph-api/webhooks/getting-started).

use chrono::{DateTime, Utc};
use hmac::Mac as _;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{lenient, signature::keyed};

/// The object whose changes are acted on.
const PERMISSIONS: &str = "permissions";
/// The longest challenge that is given back; Meta's has ten digits.
const CHALLENGE_MAX: usize = 200;
const SIGNATURE_HEX: usize = 64;

/// Whether `X-Hub-Signature-256` is Meta's over these bytes, exactly as they came: Meta signs the escaped form that
/// it sends, which no JSON writer gives back.
#[must_use]
pub fn is_signed(app_secret: &SecretString, header: &str, body: &[u8]) -> bool {
    let signature = header.strip_prefix("sha256=").and_then(bytes_of);
    signature.is_some_and(|signature| keyed(app_secret, body).verify_slice(&signature).is_ok())
}

/// Lowercase hex, as Meta writes it.
fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    if hex.len() != SIGNATURE_HEX {
        return None;
    }
    hex.as_bytes()
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

/// What Meta asks when somebody subscribes in its dashboard.
#[derive(Clone, Debug, Default)]
pub struct Subscription {
    /// `hub.mode`
    pub mode: String,
    /// `hub.challenge`
    pub challenge: String,
    /// `hub.verify_token`
    pub verify_token: SecretString,
}

impl Subscription {
    /// The challenge to be given back, if the verify token is the one that was agreed on.
    #[must_use]
    pub fn answer(&self, agreed: &SecretString) -> Option<&str> {
        // Of hashes, so that not even the length of the agreed one can be measured.
        let hash = |word: &SecretString| Sha256::digest(word.expose_secret().as_bytes());
        let is_agreed: bool = hash(&self.verify_token).ct_eq(&hash(agreed)).into();
        let is_plain = self
            .challenge
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric());
        let fits = !self.challenge.is_empty() && self.challenge.len() <= CHALLENGE_MAX;
        (is_agreed && self.mode == "subscribe" && is_plain && fits).then_some(&self.challenge)
    }
}

/// What a webhook tells that is acted on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub changes: Vec<Change>,
    /// Things that nothing is known of, or that are of no interest here.
    pub ignored: usize,
}

/// A person's permissions changed: some were given or taken back. Which, is not believed but asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The person's id for this app.
    pub user_id: String,
    /// When, by Meta.
    pub at: Option<DateTime<Utc>>,
    /// What came, as one text that is the same when it comes again.
    pub content: String,
}

/// Reads a webhook whose signature was checked; `None` where it is no JSON object.
///
/// An entry is `{"id","uid","time","changes":[{"field","verb"} | {"field","value":{"verb","target_ids"}}]}` (recorded
/// by restfb and bk-rs), or names its `changed_fields` only, where the subscription leaves values out.
#[must_use]
pub fn read(body: &[u8]) -> Option<Told> {
    let content: Value = serde_json::from_slice(body).ok()?;
    let content = content.as_object()?;
    let mut told = Told::default();
    let no_entries = Vec::new();
    let entries = content.get("entry").and_then(Value::as_array);
    let is_of_permissions = content.get("object").and_then(Value::as_str) == Some(PERMISSIONS);
    for entry in entries.unwrap_or(&no_entries) {
        match change(entry).filter(|_| is_of_permissions) {
            Some(change) => told.changes.push(change),
            None => told.ignored += 1,
        }
    }
    Some(told)
}

fn change(entry: &Value) -> Option<Change> {
    let id = entry.get("uid").or_else(|| entry.get("id"))?;
    let user_id = lenient::text(id).filter(|id| lenient::is_id(id))?;
    let list = |key| {
        entry
            .get(key)
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice)
    };
    let is_told = list("changes").iter().any(is_change)
        || list("changed_fields")
            .iter()
            .any(|field| lenient::text(field).is_some());
    is_told.then(|| Change {
        user_id,
        at: lenient::moment(entry.get("time").and_then(lenient::integer)),
        content: entry.to_string(),
    })
}

/// A permission, or `connected`, that was given or taken back.
fn is_change(change: &Value) -> bool {
    let verb = change
        .get("verb")
        .or_else(|| change.get("value")?.get("verb"));
    let is_known = matches!(verb.and_then(Value::as_str), Some("granted" | "revoked"));
    is_known && change.get("field").is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn signature(secret: &str, body: &[u8]) -> String {
        let mac = keyed(&secret.into(), body).finalize().into_bytes();
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256={hex}")
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn signature_is_hmac_sha_256_in_hex() {
        let header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let body = b"what do ya want for nothing?";
        assert!(is_signed(&"Jefe".into(), header, body));
        assert!(!is_signed(&"Jeff".into(), header, body));
        assert!(!is_signed(&"Jefe".into(), &header.to_uppercase(), body));
        for wrong in ["", "sha256=", "sha1=5bdc", &header[7..], &header[..70]] {
            assert!(!is_signed(&"Jefe".into(), wrong, body), "{wrong}");
        }
    }

    #[test]
    fn challenge_is_given_back_for_the_agreed_word_only() {
        let asked = |mode: &str, challenge: &str, token: &str| Subscription {
            mode: mode.into(),
            challenge: challenge.into(),
            verify_token: token.into(),
        };
        let agreed = SecretString::from("agreed");
        let answer = asked("subscribe", "1158201444", "agreed");
        assert_eq!(answer.answer(&agreed), Some("1158201444"));
        let long = "1".repeat(CHALLENGE_MAX + 1);
        for (mode, challenge, token) in [
            ("subscribe", "1158201444", "agreed "),
            ("subscribe", "1158201444", ""),
            ("unsubscribe", "1158201444", "agreed"),
            ("", "1158201444", "agreed"),
            ("subscribe", "", "agreed"),
            ("subscribe", "<script>", "agreed"),
            ("subscribe", &long, "agreed"),
        ] {
            let asked = asked(mode, challenge, token);
            assert_eq!(asked.answer(&agreed), None, "{mode} {challenge} {token}");
        }
    }

    fn read_json(content: &Value) -> Told {
        read(content.to_string().as_bytes()).expect("an object")
    }

    #[test]
    fn both_recorded_shapes_are_read() {
        let connected = json!({"id": "7", "uid": "7", "time": 9, "changes": [{"field": "connected", "verb": "granted"}]});
        let ads = json!({"uid": 8, "time": "9", "changes": [
            {"field": "ads_read", "value": {"verb": "revoked", "target_ids": ["1"]}}, {"field": "ads_management", "value": {"verb": "granted"}},
        ]});
        let bare = json!({"id": "9", "time": 9, "changed_fields": ["ads_read"]});
        let told = read_json(&json!({"object": "permissions", "entry": [connected, ads, bare]}));
        let people: Vec<_> = told
            .changes
            .iter()
            .map(|change| change.user_id.as_str())
            .collect();
        assert_eq!((people, told.ignored), (vec!["7", "8", "9"], 0));
        assert!(
            told.changes
                .iter()
                .all(|change| change.at == DateTime::from_timestamp(9, 0))
        );
    }

    #[test]
    fn what_is_unknown_is_counted() {
        let known = json!({"field": "connected", "verb": "granted"});
        for (content, ignored) in [
            (json!({}), 0),
            (json!({"object": "permissions"}), 0),
            (json!({"object": "permissions", "entry": 7}), 0),
            (
                json!({"object": "ad_account", "entry": [{"id": "7", "changes": [known]}]}),
                1,
            ),
            (
                json!({"object": "permissions", "entry": [
                    7, {}, {"uid": "7"}, {"uid": "seven", "changes": [known]}, {"uid": "7", "changes": []},
                    {"uid": "7", "changes": [{"field": "connected", "verb": "renamed"}]},
                    {"uid": "7", "changes": [{"verb": "granted"}, {"field": "x"}, 7]},
                ]}),
                7,
            ),
        ] {
            let told = read_json(&content);
            assert_eq!((told.changes, told.ignored), (vec![], ignored), "{content}");
        }
        for body in ["", "[]", "7", "{", "\u{0}"] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn thousand_changes_are_read() {
        let change = json!({"field": "ads_read", "value": {"verb": "granted"}});
        let entry = |id: usize| json!({"uid": id.to_string(), "time": 9, "changes": [change]});
        let entries: Vec<_> = (1..=1_000).map(entry).collect();
        let told = read_json(&json!({"object": "permissions", "entry": entries}));
        assert_eq!((told.changes.len(), told.ignored), (1_000, 0));
    }

    fn arbitrary_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "permissions|granted|revoked|connected|[0-9]{1,4}|\\PC{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            let key = "object|entry|id|uid|time|changes|field|value|verb|changed_fields";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(key, inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_body_panics(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&body);
        }

        #[test]
        fn no_json_panics_and_only_ids_come_out(content in arbitrary_json()) {
            let told = read(content.to_string().as_bytes()).unwrap_or_default();
            prop_assert!(told.changes.iter().all(|change| lenient::is_id(&change.user_id)));
        }

        #[test]
        fn no_header_panics(header in "\\PC{0,100}", body in prop::collection::vec(any::<u8>(), 0..50)) {
            prop_assert!(!is_signed(&"s".into(), &header, &body));
        }

        #[test]
        fn flipped_bit_never_passes(
            body in prop::collection::vec(any::<u8>(), 1..200),
            place in any::<prop::sample::Index>(),
            bit in 0_u8..8,
        ) {
            let header = signature("s", &body);
            prop_assert!(is_signed(&"s".into(), &header, &body));
            let mut other = body.clone();
            let at = place.index(other.len());
            other[at] ^= 1 << bit;
            prop_assert!(!is_signed(&"s".into(), &header, &other));
            let mut other = header.into_bytes();
            let at = place.index(other.len());
            other[at] ^= 1 << bit;
            if let Ok(header) = String::from_utf8(other) {
                prop_assert!(!is_signed(&"s".into(), &header, &body));
            }
        }
    }
}
