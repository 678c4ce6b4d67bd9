//! Tokens and authorization codes, how they are made, and what can happen to them.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use super::logins::Quirks;

/// A long-lived token lives 60 days to the second (`meta.md` §2.2).
pub const LONG_LIFE_SECONDS: i64 = 5_184_000;
/// Data access ends 90 days after the person's last login (`meta.md` §2.2).
pub const DATA_ACCESS_SECONDS: i64 = 7_776_000;
/// Assumed life of an authorization code (`meta.md` §16).
pub const CODE_SECONDS: i64 = 600;

/// `type` in the answer of `debug_token`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TokenKind {
    #[default]
    User,
    /// A business login's token. The `person` it is minted for plays the system user.
    SystemUser,
}

/// Why Meta no longer takes a token, other than its time being up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenEnd {
    /// The person changed the password: 460.
    PasswordChanged,
    /// Ended by an API call: 466.
    Invalidated,
    /// The person logged out: 467.
    LoggedOut,
    /// The person removed the app, or the app gave up all permissions: 458.
    AppRemoved,
}

/// An access token of a person. Times are unix seconds; 0 means never.
#[derive(Clone, PartialEq, Serialize)]
pub struct Token {
    pub access_token: String,
    pub app_id: String,
    #[serde(rename = "type")]
    pub kind: TokenKind,
    /// Id of the person it belongs to.
    pub person: String,
    pub scopes: Vec<String>,
    /// Ad accounts it may see (digits); absent: all of the person's.
    pub assets: Option<BTreeSet<String>>,
    pub long_lived: bool,
    pub issued_at: i64,
    pub expires_at: i64,
    pub data_access_expires_at: i64,
    pub end: Option<TokenEnd>,
    pub quirks: Quirks,
}

impl Token {
    /// Whether its time is up.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at != 0 && self.expires_at <= now
    }

    /// Whether the 90 days since the person's last login are over.
    pub fn is_data_access_over(&self, now: i64) -> bool {
        self.data_access_expires_at != 0 && self.data_access_expires_at <= now
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    pub(crate) fn sees(&self, account: &str) -> bool {
        self.assets
            .as_ref()
            .is_none_or(|assets| assets.contains(account))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("person", &self.person)
            .field("scopes", &self.scopes)
            .field("expires_at", &self.expires_at)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// A token to be made without a login: `POST /_control/tokens`. What is left out is as after a
/// login and a long-lived exchange.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mint {
    /// Id of the person.
    pub person: String,
    #[serde(rename = "type")]
    pub kind: TokenKind,
    /// Default: the person's granted ones, or all that Portico asks for.
    pub scopes: Option<Vec<String>>,
    /// Unix seconds, 0 for never. In JSON also as RFC 3339.
    #[serde(deserialize_with = "moment")]
    pub expires_at: Option<i64>,
    /// Unix seconds, 0 for never. In JSON also as RFC 3339.
    #[serde(deserialize_with = "moment")]
    pub data_access_expires_at: Option<i64>,
    /// Another app's id: then `debug_token` refuses to look at it.
    pub app_id: Option<String>,
    /// Ad accounts it may see (digits); absent: all of the person's.
    pub assets: Option<BTreeSet<String>>,
    /// A short-lived token has no `issued_at` in `debug_token`.
    pub short_lived: bool,
}

/// A moment as unix seconds or as RFC 3339.
pub(super) fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Moment {
        Unix(i64),
        Written(DateTime<Utc>),
    }
    let moment = Option::<Moment>::deserialize(deserializer)?;
    Ok(moment.map(|moment| match moment {
        Moment::Unix(seconds) => seconds,
        Moment::Written(time) => time.timestamp(),
    }))
}

/// What can happen to tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Their time is up: 463.
    Expire,
    /// The 90 days of data access are over: 493.
    EndDataAccess,
    /// 460.
    ChangePassword,
    /// 467.
    LogOut,
    /// 466.
    Invalidate,
    /// The person removes the app: 458, and the consent is forgotten.
    RemoveApp,
    /// The person removes the app, if they have not yet, and asks for their data to be deleted.
    RequestDeletion,
    /// Meta locks the person out: 459, until `Unblock`.
    Block,
    Unblock,
}

/// Whom an event befalls.
#[derive(Clone)]
pub enum Target {
    /// All tokens of the person with this id.
    Person(String),
    /// This token only; for `RemoveApp`, `RequestDeletion`, `Block` and `Unblock`: the person it belongs to.
    Token(String),
}

/// There is no such person or token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchTarget;

impl fmt::Display for NoSuchTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such person or token")
    }
}

impl std::error::Error for NoSuchTarget {}

/// An authorization code, kept after use so that a second use can be told from nonsense.
pub(crate) struct Code {
    /// The person, or the system user of a business login.
    pub person: String,
    pub is_for: CodeFor,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub expires_at: i64,
    pub used: bool,
    /// Of the token that it will become.
    pub quirks: Quirks,
}

/// What a code is redeemed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeFor {
    /// A person's short-lived token.
    Person,
    /// A system user's token, without an end or with sixty days.
    Business { ends: bool },
}
