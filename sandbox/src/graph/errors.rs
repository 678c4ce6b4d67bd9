//! Meta's errors: the envelope, the texts and the header that mirrors them (`meta.md` §2.1, §4, §6).

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::version::LATEST;
use crate::state::Fault;

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

/// An error as Graph answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    pub status: StatusCode,
    pub kind: Cow<'static, str>,
    /// 0: none, as in very old bodies and in those of a batch.
    pub code: i64,
    pub subcode: Option<i64>,
    pub message: String,
    pub is_transient: bool,
    /// Words for people, if Meta has any here.
    pub told: Option<Box<Told>>,
    /// The word in `WWW-Authenticate`, by which OAuth libraries tell errors apart.
    pub challenge: &'static str,
}

/// `error_user_title` and `error_user_msg`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub title: Option<String>,
    pub message: Option<String>,
}

impl GraphError {
    /// An `OAuthException` with HTTP 400.
    pub fn oauth(code: i64, subcode: Option<i64>, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: Cow::Borrowed(OAUTH),
            code,
            subcode,
            message: message.into(),
            is_transient: false,
            told: None,
            challenge: match (code, subcode) {
                (190, _) => "invalid_token",
                (803, _) => "not_found",
                (100, Some(36_007..=36_009)) => "invalid_code",
                _ => "invalid_request",
            },
        }
    }

    fn method(code: i64, subcode: Option<i64>, message: impl Into<String>) -> Self {
        Self {
            kind: Cow::Borrowed(METHOD),
            ..Self::oauth(code, subcode, message)
        }
    }

    /// An authorization code that cannot be redeemed.
    pub fn code(subcode: Option<i64>, message: &str) -> Self {
        Self {
            challenge: "invalid_code",
            ..Self::oauth(100, subcode, message)
        }
    }

    /// A token that is dead or never lived.
    pub fn token(subcode: Option<i64>, message: impl Into<String>) -> Self {
        Self::oauth(190, subcode, message)
    }

    /// The app was deactivated in its dashboard.
    pub fn app_inactive() -> Self {
        let message = "API access deactivated. To reactivate, go to the app dashboard.";
        Self::oauth(200, None, message)
    }

    /// No token where the current user is asked for.
    pub fn no_current_user() -> Self {
        let message =
            "An active access token must be used to query information about the current user.";
        Self::oauth(2500, None, message)
    }

    /// No token where an object is asked for.
    pub fn no_token() -> Self {
        Self::oauth(
            104,
            None,
            "An access token is required to request this resource.",
        )
    }

    pub fn proof_missing() -> Self {
        Self::method(
            100,
            None,
            "API calls from the server require an appsecret_proof argument",
        )
    }

    pub fn proof_wrong() -> Self {
        Self::method(
            100,
            None,
            "Invalid appsecret_proof provided in the API argument",
        )
    }

    /// An object that is not there, or not for this token.
    pub fn unreachable(id: &str) -> Self {
        let message = format!(
            "Unsupported get request. Object with ID '{id}' does not exist, cannot be loaded due \
             to missing permissions, or does not support this operation. Please read the Graph \
             API documentation at https://developers.facebook.com/docs/graph-api"
        );
        Self::method(100, Some(33), message)
    }

    pub fn unknown_alias(alias: &str) -> Self {
        let message = format!("(#803) Some of the aliases you requested do not exist: {alias}");
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::oauth(803, None, message)
        }
    }

    pub fn unknown_path(segments: &[String]) -> Self {
        let path = segments
            .iter()
            .skip(1)
            .map(|segment| format!("/{segment}"))
            .collect::<String>();
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            path
        };
        Self::oauth(2500, None, format!("Unknown path components: {path}"))
    }

    pub fn unknown_field(field: &str, node: &str) -> Self {
        let message =
            format!("(#100) Tried accessing nonexisting field ({field}) on node type ({node})");
        Self::oauth(100, None, message)
    }

    pub fn bad_parameter(message: &str) -> Self {
        Self::oauth(100, None, format!("(#100) {message}"))
    }

    pub fn bad_cursor() -> Self {
        Self::oauth(2642, None, "(#2642) Invalid cursors values")
    }

    pub fn version_over() -> Self {
        let message = format!(
            "(#2635) You are calling a deprecated version of the Ads API. Please update to the \
             latest version: {LATEST}."
        );
        Self::oauth(2635, None, message)
    }

    pub fn start_too_old() -> Self {
        let message = "(#3018) The start date of the time range cannot be beyond 37 months from \
                       the current date";
        Self::oauth(3018, None, message)
    }

    /// An ad account's data without `ads_read`. Meta has been recorded with 403 here.
    pub fn account_permission() -> Self {
        let message = "(#200) Ad account owner has NOT grant ads_management or ads_read permission";
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::oauth(200, None, message)
        }
    }

    /// A person's list without the permission for it.
    pub fn permission(needed: &str) -> Self {
        Self::oauth(
            200,
            None,
            format!("(#200) Requires {needed} permission to manage the object."),
        )
    }

    /// A business's list without the permission for it.
    pub fn app_permission(needed: &str) -> Self {
        Self::oauth(
            10,
            None,
            format!("(#10) This endpoint requires the '{needed}' permission"),
        )
    }

    /// A batch that cannot be done as a whole; it has no code.
    pub fn batch(message: impl Into<String>) -> Self {
        Self {
            kind: Cow::Borrowed("GraphBatchException"),
            ..Self::oauth(0, None, message)
        }
    }

    /// An item of a batch that waited in vain.
    pub fn aborted() -> Self {
        let message = "Request aborted. This could happen if a dependent request failed or the \
                       entire request timed out.";
        Self::oauth(960, None, message)
    }

    /// The envelope.
    pub fn body(&self, trace: &str) -> Value {
        let mut error = json!({ "message": self.message, "type": self.kind, "fbtrace_id": trace });
        if self.code != 0 {
            error["code"] = self.code.into();
        }
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        if self.is_transient {
            error["is_transient"] = true.into();
        }
        if let Some(title) = self.told.as_ref().and_then(|told| told.title.as_deref()) {
            error["error_user_title"] = title.into();
        }
        if let Some(message) = self.told.as_ref().and_then(|told| told.message.as_deref()) {
            error["error_user_msg"] = message.into();
        }
        json!({ "error": error })
    }

    /// `WWW-Authenticate`: the message once more. What cannot stand in a header becomes a space.
    pub fn mirror(&self) -> Option<HeaderValue> {
        let message = self
            .message
            .replace('"', "'")
            .replace(char::is_control, " ");
        let text = format!(
            r#"OAuth "Facebook Platform" "{}" "{message}""#,
            self.challenge
        );
        HeaderValue::from_bytes(text.as_bytes()).ok()
    }
}

impl From<&Fault> for GraphError {
    fn from(fault: &Fault) -> Self {
        Self {
            status: StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            kind: fault.error_type.clone().into(),
            is_transient: fault.is_transient,
            told: Some(Box::new(Told {
                title: fault.user_title.clone(),
                message: fault.user_message.clone(),
            })),
            ..Self::oauth(fault.code, fault.subcode, fault.message.as_str())
        }
    }
}
