//! Login for Business: configurations, and the system users that stand for a business portfolio
//! (`meta.md` §2.5, §10).

use serde::{Deserialize, Serialize};

/// A configuration of Facebook Login for Business, as the app's dashboard holds it. Its
/// permissions are granted all or none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LoginConfiguration {
    /// `config_id` of the dialog.
    pub id: String,
    pub name: String,
    pub token_type: LoginToken,
    /// Beside `public_profile`, which is always asked.
    pub permissions: Vec<String>,
    /// Of a system user's token; a person's token lives as usual.
    pub expiry: TokenLife,
    /// Kinds of assets that are asked for. Without `ad_accounts` the token sees none.
    pub assets: Vec<AssetKind>,
}

/// Whose token a configuration asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginToken {
    /// The person's.
    #[default]
    User,
    /// Of a system user in the business portfolio that the person chooses.
    SystemUser,
}

/// How long a system user's token lives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenLife {
    #[default]
    #[serde(rename = "never")]
    Endless,
    #[serde(rename = "60_days")]
    SixtyDays,
}

/// What an app may ask to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetKind {
    AdAccounts,
}

impl LoginConfiguration {
    pub(crate) fn is_for_business(&self) -> bool {
        self.token_type == LoginToken::SystemUser
    }

    pub(crate) fn asks_for_ad_accounts(&self) -> bool {
        self.assets.contains(&AssetKind::AdAccounts)
    }
}

/// What makes one of the `people` a system user: it belongs to a business and never logs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemUser {
    /// Id of the business portfolio it belongs to.
    pub business: String,
    #[serde(default)]
    pub role: SystemUserRole,
    /// The app is installed on it, so that it can be given tokens.
    #[serde(default)]
    pub installed: bool,
    /// It came with a business login, for this app alone.
    #[serde(default)]
    pub integration: bool,
}

/// An admin reaches all of the business, an employee what was assigned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SystemUserRole {
    Admin,
    #[default]
    Employee,
}
