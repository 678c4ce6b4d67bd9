//! What can go wrong in a call to Meta, in words that hold no secret.

use app::model::AnswerClass;
use chrono::{DateTime, Utc};

use super::class::Cause;

/// Which call it was. Part of the judgement: code 1 means "wrong secret" at one and "try again" at the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    CodeExchange,
    TokenExchange,
    DebugToken,
    Me,
    Business,
    Permissions,
    Revoke,
    AdAccounts,
    Businesses,
    BusinessAccounts,
    Campaigns,
    AdAccount,
    /// Many reads in one call.
    Batch,
}

impl Endpoint {
    /// Every call there is.
    pub const ALL: &'static [Self] = &[
        Self::CodeExchange,
        Self::TokenExchange,
        Self::DebugToken,
        Self::Me,
        Self::Business,
        Self::Permissions,
        Self::Revoke,
        Self::AdAccounts,
        Self::Businesses,
        Self::BusinessAccounts,
        Self::Campaigns,
        Self::AdAccount,
        Self::Batch,
    ];

    /// Its name in logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeExchange => "code_exchange",
            Self::TokenExchange => "token_exchange",
            Self::DebugToken => "debug_token",
            Self::Me => "me",
            Self::Business => "business",
            Self::Permissions => "permissions",
            Self::Revoke => "revoke",
            Self::AdAccounts => "ad_accounts",
            Self::Businesses => "businesses",
            Self::BusinessAccounts => "business_accounts",
            Self::Campaigns => "campaigns",
            Self::AdAccount => "ad_account",
            Self::Batch => "batch",
        }
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Where it went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Meta answered with an error of its own.
    Graph,
    /// No answer in time. The call may have had its effect.
    Timeout,
    /// No connection: name not found, refused, TLS failed. The call did not reach Meta.
    Unreachable,
    /// The connection broke. The call may have had its effect.
    Broken,
    /// An answer that is no Graph answer: HTML, cut off JSON, a bare text, a redirect, an unknown shape.
    Nonsense,
    /// The call was not made: what it was to be made with cannot be right.
    NotSent,
    /// The call was not made: Meta had asked to wait (`Wait`), or has not answered for a while (`Retry`).
    Held,
}

/// A failed call to Meta. Its texts are redacted: no token, secret, code or proof stands in them.
#[derive(Clone, Debug, thiserror::Error)]
#[error("meta {endpoint}: {message} ({class:?}, code {}, subcode {})", number(.code), number(.subcode))]
pub struct MetaError {
    pub endpoint: Endpoint,
    /// What to do about it.
    pub class: AnswerClass,
    /// What Meta tells beside the class.
    pub cause: Option<Cause>,
    pub fault: Fault,
    /// Meta's `error.code`.
    pub code: Option<i64>,
    /// Meta's `error.error_subcode`.
    pub subcode: Option<i64>,
    /// Meta's words for a developer, or ours where there was no Graph answer.
    pub message: String,
    /// Meta's `fbtrace_id`: what their support asks for.
    pub fbtrace: Option<String>,
    /// Not before, where Meta has asked to wait or has not answered for a while.
    pub retry_at: Option<DateTime<Utc>>,
}

fn number(value: &Option<i64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

impl MetaError {
    /// No Graph answer came.
    pub(super) fn of_fault(endpoint: Endpoint, fault: Fault, message: &str) -> Self {
        Self {
            endpoint,
            class: match fault {
                Fault::NotSent => AnswerClass::FixConfig,
                _ => AnswerClass::Retry,
            },
            cause: None,
            fault,
            code: None,
            subcode: None,
            message: message.to_owned(),
            fbtrace: None,
            retry_at: None,
        }
    }

    /// An answer that is no Graph answer.
    pub(super) fn nonsense(endpoint: Endpoint, message: &str) -> Self {
        Self::of_fault(endpoint, Fault::Nonsense, message)
    }

    /// From reqwest. Its own text is not kept: it tells the URL.
    pub(super) fn of_transport(endpoint: Endpoint, error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::of_fault(endpoint, Fault::Timeout, "no answer in time")
        } else if error.is_connect() {
            Self::of_fault(endpoint, Fault::Unreachable, "no connection")
        } else if error.is_builder() {
            Self::of_fault(endpoint, Fault::NotSent, "the call could not be built")
        } else {
            Self::of_fault(endpoint, Fault::Broken, "the connection broke")
        }
    }

    /// Meta asks for smaller pages (code 1, which says it in words only).
    #[must_use]
    pub fn asks_for_less(&self) -> bool {
        self.code == Some(1) && self.message.contains("reduce the amount of data")
    }

    /// The cursor is no longer good (code 2642): start the list again.
    #[must_use]
    pub fn is_stale_cursor(&self) -> bool {
        self.code == Some(2642)
    }
}

/// Characters of a text of Meta's that are kept.
const TEXT_MAX: usize = 500;
/// A run of this many characters with a digit or a capital in it is a credential, as far as we can tell:
/// permission names are longer but lowercase, ids are shorter.
const CREDENTIAL_MIN: usize = 24;
/// Keys whose values are credentials.
pub(super) const SECRET_KEYS: [&str; 7] = [
    "access_token",
    "input_token",
    "fb_exchange_token",
    "client_secret",
    "appsecret_proof",
    "code_verifier",
    "code",
];
pub(super) const REDACTED: &str = "[redacted]";

/// Takes credentials out of a text: those we know of, values of telling keys, and what looks like one. Control
/// characters become spaces, and the text ends after 500 characters.
pub(super) fn redact(text: &str, known: &[&str]) -> String {
    let out = hide(text, known, is_credential).replace(char::is_control, " ");
    let out = out.trim();
    match out.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => format!("{}…", &out[..end]),
        None => out.to_owned(),
    }
}

/// Takes credentials out of a text, and leaves it otherwise as it is.
pub(super) fn hide(text: &str, known: &[&str], is_credential: impl Fn(&str) -> bool) -> String {
    let mut text = text.to_owned();
    for secret in known.iter().filter(|secret| secret.len() >= 6) {
        text = text.replace(secret, REDACTED);
    }
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let mut after_secret_key = false;
    let hidden = |word: &str, is_value: bool| (is_value && !word.is_empty()) || is_credential(word);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '|' | '%' | '.') {
            word.push(c);
            continue;
        }
        let hide = hidden(&word, after_secret_key);
        after_secret_key = c == '=' && SECRET_KEYS.contains(&word.as_str());
        out.push_str(if hide { REDACTED } else { &word });
        word.clear();
        out.push(c);
    }
    out.push_str(if hidden(&word, after_secret_key) {
        REDACTED
    } else {
        &word
    });
    out
}

/// Whether a word looks like one.
pub(super) fn is_credential(word: &str) -> bool {
    let telling = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    (word.starts_with("EAA") && word.len() >= 8)
        || (word.len() >= CREDENTIAL_MIN && word.contains(telling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redact_hides_credentials_and_leaves_words() {
        for (text, expected) in [
            (
                "Malformed access token EAAbcdefgh12345",
                "Malformed access token [redacted]",
            ),
            (
                "GET /me?access_token=abc&fields=id",
                "GET /me?access_token=[redacted]&fields=id",
            ),
            (
                "client_secret=s3cr3t failed",
                "client_secret=[redacted] failed",
            ),
            ("code=AQB1.x_y#_", "code=[redacted]#_"),
            ("bad AQBx7yZ9w8v7u6t5s4r3q2p1o0n9m8", "bad [redacted]"),
            (
                "Any of the instagram_business_manage_messages, pages_read_engagement",
                "Any of the instagram_business_manage_messages, pages_read_engagement",
            ),
            (
                "more info: https://developers.facebook.com/docs/graph-api/overview/rate-limiting#ads-management.",
                "more info: https://developers.facebook.com/docs/graph-api/overview/rate-limiting#ads-management.",
            ),
            (
                "Object with ID '120330000123456789'",
                "Object with ID '120330000123456789'",
            ),
            ("one\r\ntwo", "one  two"),
            ("the very-secret one", "the [redacted] one"),
        ] {
            assert_eq!(redact(text, &["very-secret"]), expected);
        }
    }

    #[test]
    fn redact_ends_long_texts() {
        let text = redact(&"ä ".repeat(2_000), &[]);
        assert_eq!(text.chars().count(), TEXT_MAX + 1);
    }
}
