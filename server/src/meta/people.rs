//! Whose a token is: the person or the system user behind it, what they granted, and the end of all of it.

use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{
    error::{Endpoint, Fault, MetaError},
    graph::{Call, Graph},
    lenient::{self, Data, de_text},
};

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
            .call(&Call {
                endpoint,
                method: Method::DELETE,
                path: &[user_id, "permissions"],
                token,
                params: &[],
                secrets: &[],
                weight: 1,
            })
            .await?;
        lenient::success(endpoint, &answer)
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
