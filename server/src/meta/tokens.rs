//! What Meta knows of a token and of its person.

use app::model::AnswerClass;
use chrono::{DateTime, Utc};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{
    class::{Cause, Symptom, cause, classify},
    error::{Endpoint, Fault, MetaError},
    graph::{Call, Graph, decode},
    lenient::{self, de_integer, de_text, moment},
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

/// The person behind a token. Fields that they did not grant are left out by Meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub id: String,
    /// The id where no name is told.
    pub name: String,
    pub email: Option<String>,
    /// Only https, only from Meta's picture hosts, and no silhouette.
    pub picture: Option<String>,
}

/// The system user behind a token of Facebook Login for Business, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemUser {
    pub id: String,
    /// The id where no name is told.
    pub name: String,
    /// The client's business portfolio (documentation/facebook-login/facebook-login-for-business).
    pub business_id: Option<String>,
}

/// A permission and what the person said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    pub name: String,
    pub status: PermissionStatus,
}

/// What became of a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionStatus {
    Granted,
    Declined,
    Expired,
}

impl Graph {
    /// Asks Meta about a token, in the app's name. A bad token is an answer, not an error.
    ///
    /// The token under inspection stands in the query, as Meta documents no other way; the app's token does not.
    ///
    /// # Errors
    /// `FixConfig` when the app's own id or secret is wrong, and what any call gives.
    pub async fn debug_token(&self, token: &SecretString) -> Result<TokenFacts, MetaError> {
        let endpoint = Endpoint::DebugToken;
        let answer = self
            .call(Call {
                endpoint,
                method: Method::GET,
                path: &["debug_token"],
                token: &self.app_token(),
                params: &[("input_token", token.expose_secret())],
                secrets: &[token],
            })
            .await?;
        let raw: Data<RawFacts> = decode(endpoint, answer)?;
        Ok(raw.data.facts(|words| self.redact(words, token, &[])))
    }

    /// The person behind a token.
    ///
    /// # Errors
    /// `Relogin` when the token has ended, and what any call gives.
    pub async fn me(&self, token: &SecretString) -> Result<Me, MetaError> {
        let endpoint = Endpoint::Me;
        let fields = [("fields", "id,name,email,picture{url,is_silhouette}")];
        let raw: RawMe = self.get(endpoint, &["me"], token, &fields).await?;
        let id = raw
            .id
            .ok_or_else(|| MetaError::nonsense(endpoint, "a person without an id"))?;
        Ok(Me {
            name: raw.name.unwrap_or_else(|| id.clone()),
            id,
            email: raw.email,
            picture: raw.picture.as_ref().and_then(picture),
        })
    }

    /// The system user behind a token: it has no picture and no address, and Meta refuses to be asked for them.
    ///
    /// # Errors
    /// As [`Graph::me`].
    pub async fn system_user(&self, token: &SecretString) -> Result<SystemUser, MetaError> {
        let endpoint = Endpoint::Me;
        let fields = [("fields", "id,name,client_business_id")];
        let raw: RawSystemUser = self.get(endpoint, &["me"], token, &fields).await?;
        let id = raw
            .id
            .ok_or_else(|| MetaError::nonsense(endpoint, "a system user without an id"))?;
        Ok(SystemUser {
            name: raw.name.unwrap_or_else(|| id.clone()),
            id,
            business_id: raw.client_business_id.filter(|id| lenient::is_id(id)),
        })
    }

    /// The name of a business portfolio; `None` where Meta does not tell it.
    ///
    /// # Errors
    /// What any call gives.
    pub async fn business_name(
        &self,
        token: &SecretString,
        business_id: &str,
    ) -> Result<Option<String>, MetaError> {
        let endpoint = Endpoint::Business;
        if !lenient::is_id(business_id) {
            return Err(MetaError::of_fault(endpoint, Fault::NotSent, "not an id"));
        }
        let fields = [("fields", "id,name")];
        let raw: RawSystemUser = self.get(endpoint, &[business_id], token, &fields).await?;
        if raw.id.is_none() {
            return Err(MetaError::nonsense(endpoint, "a business without an id"));
        }
        Ok(raw.name)
    }

    /// What the person granted and declined, one by one. A permission with an unknown status is left out.
    ///
    /// # Errors
    /// What any call gives.
    pub async fn permissions(&self, token: &SecretString) -> Result<Vec<Permission>, MetaError> {
        let path = ["me", "permissions"];
        let raw: Data<Vec<RawPermission>> =
            self.get(Endpoint::Permissions, &path, token, &[]).await?;
        Ok(raw
            .data
            .into_iter()
            .filter_map(RawPermission::known)
            .collect())
    }

    /// Takes the whole consent back: every token of this person for our app ends, at Meta too
    /// (guides/permissions/request-revoke).
    ///
    /// # Errors
    /// `Relogin` when the token has ended before, and what any call gives.
    pub async fn revoke(&self, token: &SecretString, user_id: &str) -> Result<(), MetaError> {
        let endpoint = Endpoint::Revoke;
        if !lenient::is_id(user_id) {
            return Err(MetaError::of_fault(endpoint, Fault::NotSent, "not an id"));
        }
        let answer = self
            .call(Call {
                endpoint,
                method: Method::DELETE,
                path: &[user_id, "permissions"],
                token,
                params: &[],
                secrets: &[],
            })
            .await?;
        // Documented is `true`; recorded are `{"success":true}` and `{"success":"true"}`.
        let said = answer.get("success").unwrap_or(&answer);
        if said == &Value::Bool(true) || said.as_str() == Some("true") {
            Ok(())
        } else {
            Err(MetaError::nonsense(endpoint, "no word of success"))
        }
    }
}

#[derive(Deserialize)]
struct Data<T> {
    data: T,
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

#[derive(Deserialize)]
struct RawMe {
    #[serde(default, deserialize_with = "de_text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "de_text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "de_text")]
    email: Option<String>,
    picture: Option<Value>,
}

#[derive(Deserialize)]
struct RawSystemUser {
    #[serde(default, deserialize_with = "de_text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "de_text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "de_text")]
    client_business_id: Option<String>,
}

#[derive(Deserialize)]
struct RawPermission {
    permission: String,
    status: String,
}

impl RawPermission {
    fn known(self) -> Option<Permission> {
        let status = match self.status.as_str() {
            "granted" => PermissionStatus::Granted,
            "declined" => PermissionStatus::Declined,
            "expired" => PermissionStatus::Expired,
            _ => return None,
        };
        Some(Permission {
            name: self.permission,
            status,
        })
    }
}

/// The hosts that pages may show pictures from (`security.md`, `img-src`).
fn picture(value: &Value) -> Option<String> {
    let data = value.get("data")?;
    if data.get("is_silhouette") == Some(&Value::Bool(true)) {
        return None;
    }
    let url = Url::parse(data.get("url")?.as_str()?).ok()?;
    let host = url.host_str()?;
    let ours = host == "lookaside.facebook.com"
        || [".fbcdn.net", ".fbsbx.com"]
            .iter()
            .any(|domain| host.ends_with(domain));
    let plain = url.scheme() == "https" && url.port().is_none() && url.username().is_empty();
    (ours && plain).then(|| url.into())
}
