//! The Meta app and Meta's hosts.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{
    error::ConfigError,
    keys::{self, Key},
    site::read_host_url,
    source::Values,
};

/// The Meta app that clients sign in to, and where Meta is.
#[derive(Clone, Debug)]
pub struct MetaSection {
    /// The app's id: decimal digits, too long for a JSON number.
    pub app_id: Option<String>,
    pub app_secret: Option<SecretString>,
    /// The permissions that are asked for, in this order, none twice.
    pub scopes: Vec<String>,
    /// The configuration of Facebook Login for Business.
    pub login_config_id: Option<String>,
    /// The version of the Graph API, like `v25.0`.
    pub graph_version: String,
    /// What Meta has to say when it subscribes to the webhook.
    pub webhook_verify_token: Option<SecretString>,
    /// The host of the Graph API, without a path.
    pub graph_url: Url,
    /// The host of the login dialog, without a path.
    pub dialog_url: Url,
}

/// A Meta app that is complete.
#[derive(Clone, Copy, Debug)]
pub struct MetaApp<'a> {
    pub id: &'a str,
    pub secret: &'a SecretString,
}

impl MetaSection {
    pub(super) fn read(values: &Values) -> Result<Self, ConfigError> {
        let section = Self {
            app_id: values.optional(&keys::META_APP_ID)?,
            app_secret: values.secret(&keys::META_APP_SECRET)?,
            scopes: read_scopes(values)?,
            login_config_id: values.optional(&keys::META_LOGIN_CONFIG_ID)?,
            graph_version: values.required(&keys::META_GRAPH_VERSION)?,
            webhook_verify_token: values.secret(&keys::META_WEBHOOK_VERIFY_TOKEN)?,
            graph_url: read_host_url(values, &keys::META_GRAPH_URL)?,
            dialog_url: read_host_url(values, &keys::META_DIALOG_URL)?,
        };
        section.validate()?;
        Ok(section)
    }

    /// The origin of the login dialog, as a browser writes it.
    #[must_use]
    pub fn dialog_origin(&self) -> String {
        self.dialog_url.origin().ascii_serialization()
    }

    pub(super) fn require_app(&self) -> Result<MetaApp<'_>, ConfigError> {
        let id = self.app_id.as_deref();
        let id = id.ok_or_else(|| {
            ConfigError::of(&keys::META_APP_ID, "is missing, no client can sign in")
        })?;
        let secret = self.app_secret.as_ref();
        let secret = secret.ok_or_else(|| {
            ConfigError::of(&keys::META_APP_SECRET, "is missing, no client can sign in")
        })?;
        Ok(MetaApp { id, secret })
    }

    fn validate(&self) -> Result<(), ConfigError> {
        check_id(&keys::META_APP_ID, self.app_id.as_deref())?;
        check_id(&keys::META_LOGIN_CONFIG_ID, self.login_config_id.as_deref())?;
        check_word(&keys::META_APP_SECRET, self.app_secret.as_ref())?;
        check_word(
            &keys::META_WEBHOOK_VERIFY_TOKEN,
            self.webhook_verify_token.as_ref(),
        )?;
        check_version(&self.graph_version)?;
        if self.app_id.is_some() || self.app_secret.is_some() {
            // One half alone is a slip; none at all is a portal that Settings completes.
            self.require_app()?;
        }
        Ok(())
    }
}

fn read_scopes(values: &Values) -> Result<Vec<String>, ConfigError> {
    let scopes = values.scopes(&keys::META_SCOPES)?;
    if scopes.is_empty() {
        return Err(ConfigError::of(&keys::META_SCOPES, "is empty"));
    }
    Ok(scopes)
}

fn check_id(key: &Key, id: Option<&str>) -> Result<(), ConfigError> {
    match id {
        Some(id) if !id.bytes().all(|b| b.is_ascii_digit()) => {
            Err(ConfigError::of(key, "has to be digits only"))
        }
        _ => Ok(()),
    }
}

fn check_word(key: &Key, secret: Option<&SecretString>) -> Result<(), ConfigError> {
    match secret {
        Some(secret) if secret.expose_secret().contains(char::is_whitespace) => {
            Err(ConfigError::of(key, "may not hold white space"))
        }
        _ => Ok(()),
    }
}

/// `v25.0`: the version becomes a part of every path that is asked of Meta.
fn check_version(version: &str) -> Result<(), ConfigError> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts = version
        .strip_prefix('v')
        .and_then(|rest| rest.split_once('.'));
    match parts {
        Some((major, minor)) if is_number(major) && is_number(minor) => Ok(()),
        _ => Err(ConfigError::of(
            &keys::META_GRAPH_VERSION,
            "has to be a version like v25.0",
        )),
    }
}
