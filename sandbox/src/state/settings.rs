//! What the app's dashboard says, and which of Meta's ways the dialog answers in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Settings of app, dialog and callbacks: `POST /_control/settings` changes those that it names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub app_mode: AppMode,
    /// People with a role on the app, who may log in while it is in development.
    pub app_roles: BTreeSet<String>,
    /// What the others get then.
    pub without_role: WithoutRole,
    /// How *Cancel* comes back.
    pub cancel: CancelForm,
    /// If set, no dialog ends well: it comes back with this.
    pub dialog_error: Option<DialogError>,
    /// Whether deauthorizations and deletion requests are sent to the callback address. Webhooks
    /// have a switch of their own: the subscription.
    pub callbacks: bool,
    /// Writes signed requests with `=` at the end, which Meta normally leaves away.
    pub pad_signed_requests: bool,
    /// Pauses before a failed webhook is tried again, in seconds of the computer's clock. Meta
    /// tries for 36 hours, ever more seldom (`meta.md` §13).
    pub retry_seconds: Vec<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            app_mode: AppMode::Live,
            app_roles: BTreeSet::new(),
            without_role: WithoutRole::Denied,
            cancel: CancelForm::Field,
            dialog_error: None,
            callbacks: false,
            pad_signed_requests: false,
            retry_seconds: vec![1, 5, 25, 125],
        }
    }
}

/// Whom the app lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppMode {
    Live,
    /// Only people with a role on it.
    Development,
    /// Nobody, and Graph refuses it too.
    Inactive,
}

/// What people without a role get from an app in development (`meta.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithoutRole {
    /// They are sent back as if they had cancelled.
    Denied,
    /// They are sent back with `error_code=901` and `error_message`, and nothing else.
    ErrorCode,
    /// They get a page, *App Not Setup*, and are not sent back.
    Page,
}

/// The two forms of a cancellation (`meta.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelForm {
    /// As seen in the field: with `error_code=200` and the state.
    Field,
    /// As documented: without both.
    Documented,
}

/// The form of an error that has no `error` in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DialogError {
    pub error_code: i64,
    pub error_message: String,
    /// Whether the state comes back with it.
    pub state: bool,
}

impl Default for DialogError {
    fn default() -> Self {
        let message = "This app is in sandbox mode. Edit the app configuration at \
                       http://developers.facebook.com/apps to make the app publicly visible.";
        Self {
            error_code: 901,
            error_message: message.to_owned(),
            state: false,
        }
    }
}
