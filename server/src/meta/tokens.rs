//! What Meta knows of a token and of its person.

use app::model::AnswerClass;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::{
    class::{Cause, Symptom, cause, classify},
    error::{Endpoint, MetaError},
    graph::{Call, Graph, decode},
    lenient::{self, Data, de_integer, de_text, moment},
};

/// Whose credential a token is, by Meta's word (`debug_token.type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    User,
    Page,
    App,
    SystemUser,
    Other,
}

impl TokenKind {
    fn from_meta(word: &str) -> Self {
        match word {
            "USER" => Self::User,
            "PAGE" => Self::Page,
            "APP" => Self::App,
            "SYSTEM_USER" => Self::SystemUser,
            _ => Self::Other,
        }
    }
}

/// What `debug_token` says (docs/graph-api/reference/debug_token). Whether it is our app's and the expected
/// person's is for the caller to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    pub is_valid: bool,
    pub app_id: Option<String>,
    /// The person's id within the app; equals `/me.id`.
    pub user_id: Option<String>,
    pub kind: Option<TokenKind>,
    /// `None`: never, or not told.
    pub expires_at: Option<DateTime<Utc>>,
    /// `None`: never, or not told. Apart from `expires_at`: a token can outlive its right to data.
    pub data_access_expires_at: Option<DateTime<Utc>>,
    /// Told for long-lived tokens only.
    pub issued_at: Option<DateTime<Utc>>,
    pub scopes: Vec<String>,
    pub granular: Vec<GranularScope>,
    /// The nonce of the login that asked for the password again, where Meta tells it (`metadata`).
    pub auth_nonce: Option<String>,
    /// Why it is not valid.
    pub error: Option<GraphError>,
}

impl TokenFacts {
    /// Whether it is exchanged for nothing: a system user's token, or one that is valid and does not end.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        self.kind == Some(TokenKind::SystemUser) || (self.is_valid && self.expires_at.is_none())
    }

    /// What the error inside the answer means for the token.
    #[must_use]
    pub fn class(&self) -> Option<AnswerClass> {
        self.error.as_ref().map(GraphError::class)
    }
}

/// A permission that the person limited to chosen objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GranularScope {
    pub scope: String,
    /// `None`: not limited.
    pub target_ids: Option<Vec<String>>,
}

/// An error inside an answer. Its words are redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphError {
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub message: String,
}

impl GraphError {
    /// Judged as a word about the inspected token, not about the call.
    #[must_use]
    pub fn class(&self) -> AnswerClass {
        classify(&self.symptom())
    }

    /// What is told beside the class.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        cause(&self.symptom())
    }

    const fn symptom(&self) -> Symptom<'_> {
        Symptom {
            endpoint: Endpoint::Me,
            code: self.code,
            subcode: self.subcode,
            // Meta leaves the type out here: whatever stands here is about the token.
            kind: Some("OAuthException"),
            transient: false,
            message: self.message.as_str(),
        }
    }
}

impl Graph {
    /// Asks Meta about a token, in the app's name. A bad token is an answer, not an error.
    ///
    /// The token under inspection stands in the query, as Meta documents no other way; the app's token does not.
    ///
    /// # Errors
    /// `FixConfig` when the app's own id or secret is wrong, and what any call gives.
    pub async fn debug_token(&self, token: &SecretString) -> Result<TokenFacts, MetaError> {
        let (app, params) = (self.app_token(), inspection(token));
        let answer = self.call(&inspect(&app, &params, &[token])).await?;
        self.facts(token, answer)
    }

    /// Asks Meta about many tokens, fifty in one call. One answer for each, in their order: whoever is left out or
    /// failed at is asked about singly. All stand in bodies, none in an address.
    pub async fn debug_tokens(
        &self,
        tokens: &[SecretString],
    ) -> Vec<Result<TokenFacts, MetaError>> {
        let app = self.app_token();
        let params: Vec<_> = tokens.iter().map(inspection).collect();
        let secrets: Vec<_> = tokens.iter().map(|token| [token]).collect();
        let asked = params.iter().zip(&secrets);
        let calls: Vec<_> = asked
            .map(|(params, secrets)| inspect(&app, params, secrets))
            .collect();
        let answers = self.batch(&calls).await;
        let told = tokens.iter().zip(answers);
        told.map(|(token, answer)| self.facts(token, answer?))
            .collect()
    }

    fn facts(&self, token: &SecretString, answer: Value) -> Result<TokenFacts, MetaError> {
        let raw: Data<RawFacts> = decode(Endpoint::DebugToken, answer)?;
        Ok(raw.data.facts(|words| self.redact(words, token, &[])))
    }
}

fn inspection(token: &SecretString) -> [(&'static str, &str); 1] {
    [("input_token", token.expose_secret())]
}

fn inspect<'a>(
    app: &'a SecretString,
    params: &'a [(&'a str, &'a str)],
    secrets: &'a [&'a SecretString],
) -> Call<'a> {
    let path = &["debug_token"];
    Call {
        secrets,
        ..Call::read(Endpoint::DebugToken, path, app, params)
    }
}

#[derive(Deserialize)]
struct RawFacts {
    is_valid: bool,
    #[serde(default, deserialize_with = "de_text")]
    app_id: Option<String>,
    #[serde(default, deserialize_with = "de_text")]
    user_id: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "de_text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "de_integer")]
    expires_at: Option<i64>,
    #[serde(default, deserialize_with = "de_integer")]
    data_access_expires_at: Option<i64>,
    #[serde(default, deserialize_with = "de_integer")]
    issued_at: Option<i64>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    granular_scopes: Vec<RawGranular>,
    metadata: Option<Value>,
    error: Option<RawError>,
}

#[derive(Deserialize)]
struct RawGranular {
    scope: String,
    target_ids: Option<Vec<Value>>,
}

/// The key is `subcode` here, not `error_subcode`.
#[derive(Deserialize)]
struct RawError {
    #[serde(default, deserialize_with = "de_integer")]
    code: Option<i64>,
    #[serde(default, deserialize_with = "de_integer")]
    subcode: Option<i64>,
    #[serde(default)]
    message: String,
}

impl RawFacts {
    fn facts(self, redact: impl Fn(&str) -> String) -> TokenFacts {
        TokenFacts {
            is_valid: self.is_valid,
            app_id: self.app_id,
            user_id: self.user_id,
            kind: self.kind.as_deref().map(TokenKind::from_meta),
            expires_at: moment(self.expires_at),
            data_access_expires_at: moment(self.data_access_expires_at),
            issued_at: moment(self.issued_at),
            scopes: self.scopes,
            granular: self
                .granular_scopes
                .into_iter()
                .map(|raw| GranularScope {
                    scope: raw.scope,
                    target_ids: raw
                        .target_ids
                        .map(|ids| ids.iter().filter_map(lenient::text).collect()),
                })
                .collect(),
            auth_nonce: self
                .metadata
                .as_ref()
                .and_then(|metadata| metadata.get("auth_nonce"))
                .and_then(lenient::text),
            error: self.error.map(|raw| GraphError {
                code: raw.code,
                subcode: raw.subcode,
                message: redact(&raw.message),
            }),
        }
    }
}
