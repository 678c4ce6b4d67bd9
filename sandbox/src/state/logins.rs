//! Logins: how they ended, and what is to be odd about a person's next one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tokens::moment;

/// The end of a dialog, as `GET /_control/dialogs` lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dialog {
    /// Id of the person, if they had said who they are.
    pub person: Option<String>,
    /// Permissions that the app asked for.
    pub asked: Vec<String>,
    pub auth_type: Option<String>,
    pub config_id: Option<String>,
    /// The person gave their password again, on the page for that.
    pub password_given: bool,
    pub outcome: Outcome,
    /// Sandbox time, unix seconds.
    pub at: i64,
}

/// How a dialog ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With a code.
    Granted,
    /// By the person.
    Cancelled,
    /// By Meta, which sent the person back with an error or kept them on a page.
    Refused,
}

/// What is odd about a token, in ways that only a look at it shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Quirks {
    /// `metadata` in `debug_token`: `auth_type`, `auth_nonce`.
    pub metadata: BTreeMap<String, String>,
    /// `debug_token` tells this person, `/me` the real one.
    pub debug_user_id: Option<String>,
    /// `debug_token` tells this app.
    pub debug_app_id: Option<String>,
    /// `fb_exchange_token` gives a token that ends no later than this one.
    pub short_life_only: bool,
    /// When data access ends, instead of 90 days after the login. Unix seconds, 0 for never.
    pub data_access_expires_at: Option<i64>,
}

/// What is to be odd about a person's next login: `POST /_control/logins`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NextLogin {
    /// See [`Quirks`].
    pub debug_user_id: Option<String>,
    /// See [`Quirks`].
    pub debug_app_id: Option<String>,
    /// See [`Quirks`].
    pub short_life_only: bool,
    /// Unix seconds, 0 for never. In JSON also as RFC 3339.
    #[serde(deserialize_with = "moment")]
    pub data_access_expires_at: Option<i64>,
}

impl NextLogin {
    pub(crate) fn quirks(self, metadata: BTreeMap<String, String>) -> Quirks {
        Quirks {
            metadata,
            debug_user_id: self.debug_user_id,
            debug_app_id: self.debug_app_id,
            short_life_only: self.short_life_only,
            data_access_expires_at: self.data_access_expires_at,
        }
    }
}
