//! What a check of a token means: its status, and what to do.
//!
//! What Meta's errors ask for is judged by the Graph client alone; here it is weighed against what else is known
//! (Meta: *Access token debugging*).

use app::model::{AnswerClass, TokenStatus};
use chrono::{DateTime, Utc};

use super::numbers::EXPIRY_WARNING;

/// What a check of a token saw. What Meta did not tell counts as fine: `is_ours` and `is_expected_person`
/// are false only when Meta named another app or another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `debug_token`'s `is_valid`; `None` when Meta could not say.
    pub is_valid: Option<bool>,
    /// What Meta's error about this token asks for: of `debug_token`'s `data.error`, or of a call made with the
    /// token. A refusal of the app's own token is `FixConfig`, never `Relogin`.
    pub error: Option<AnswerClass>,
    /// Meta's error says that the time of the token or of data access is over (463, 493).
    pub has_ended: bool,
    /// `None`: never.
    pub expires_at: Option<DateTime<Utc>>,
    /// `None`: never.
    pub data_access_expires_at: Option<DateTime<Utc>>,
    /// `ads_read`, or a scope that the agency marked as required, was not granted.
    pub missing_required_scope: bool,
    /// A selected ad account cannot be reached.
    pub missing_account: bool,
    /// A user's or system user's token of our app, not another app's and not an app token.
    pub is_ours: bool,
    /// The Meta user of the connection, where one is known.
    pub is_expected_person: bool,
}

/// The one next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    None,
    /// Exchange it for one that lives longer.
    Renew,
    /// The client has to log in again.
    Relogin,
    /// Meta asks to wait, or the person has to sort it out with Meta.
    Wait,
    /// Ask for a permission or for access to an account.
    AskPermission,
    /// The agency has to mend its Meta app, or give a token of that app.
    FixConfig,
    /// Check again a little later.
    Retry,
}

impl Action {
    /// The code as printed by `token check` and stored with a validation.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Renew => "renew",
            Self::Relogin => "relogin",
            Self::Wait => "wait",
            Self::AskPermission => "ask_permission",
            Self::FixConfig => "fix_config",
            Self::Retry => "retry",
        }
    }

    /// The action of this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::None,
            Self::Renew,
            Self::Relogin,
            Self::Wait,
            Self::AskPermission,
            Self::FixConfig,
            Self::Retry,
        ]
        .into_iter()
        .find(|action| action.code() == code)
    }
}

/// What a check led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What the token's status is from now on. The last known one when the check could not tell.
    pub status: TokenStatus,
    /// What this check said by itself: `unknown` when it could not tell. For the record of the validation
    /// and for `token check`.
    pub said: TokenStatus,
    pub action: Action,
}

/// Judges a check. A transient error never changes a status.
#[must_use]
pub fn status(seen: &Seen, now: DateTime<Utc>, last_known: TokenStatus) -> Verdict {
    let (said, action) = judge(seen, now);
    let status = if said == TokenStatus::Unknown {
        last_known
    } else {
        said
    };
    Verdict {
        status,
        said,
        action,
    }
}

fn judge(seen: &Seen, now: DateTime<Utc>) -> (TokenStatus, Action) {
    if !seen.is_ours {
        return (TokenStatus::Revoked, Action::FixConfig);
    }
    if !seen.is_expected_person {
        return (TokenStatus::Revoked, Action::Relogin);
    }
    match seen.error {
        Some(AnswerClass::Blocked) => (TokenStatus::Blocked, Action::Wait),
        Some(AnswerClass::Relogin) if seen.has_ended => (TokenStatus::Expired, Action::Relogin),
        Some(AnswerClass::Relogin) => (TokenStatus::Revoked, Action::Relogin),
        Some(AnswerClass::Wait) => (TokenStatus::Unknown, Action::Wait),
        Some(AnswerClass::Retry) => (TokenStatus::Unknown, Action::Retry),
        Some(AnswerClass::AskPermission) => judge_access(seen.is_valid),
        Some(AnswerClass::NotFound) if seen.is_valid == Some(true) => {
            (TokenStatus::Limited, Action::FixConfig)
        }
        // With a verdict of invalid: `(#100) The App_id in the input_token did not match the Viewing App`.
        Some(AnswerClass::FixConfig | AnswerClass::NotFound) if seen.is_valid == Some(false) => {
            (TokenStatus::Revoked, Action::FixConfig)
        }
        Some(AnswerClass::FixConfig | AnswerClass::NotFound) => {
            (TokenStatus::Unknown, Action::FixConfig)
        }
        None | Some(AnswerClass::None | AnswerClass::Renew) => judge_facts(seen, now),
    }
}

/// A call was refused for want of a right. Alone it proves nothing about the token: throttling has been
/// seen in this disguise (`meta.md` 6), so it counts only beside `debug_token`'s word.
const fn judge_access(is_valid: Option<bool>) -> (TokenStatus, Action) {
    match is_valid {
        Some(true) => (TokenStatus::Limited, Action::AskPermission),
        Some(false) => (TokenStatus::Revoked, Action::Relogin),
        None => (TokenStatus::Unknown, Action::Retry),
    }
}

fn judge_facts(seen: &Seen, now: DateTime<Utc>) -> (TokenStatus, Action) {
    let Some(is_valid) = seen.is_valid else {
        return (TokenStatus::Unknown, Action::Retry);
    };
    let past = |end: Option<DateTime<Utc>>| end.is_some_and(|end| end <= now);
    let near = |end: Option<DateTime<Utc>>| end.is_some_and(|end| end - now <= EXPIRY_WARNING);
    if past(seen.expires_at) || past(seen.data_access_expires_at) {
        return (TokenStatus::Expired, Action::Relogin);
    }
    if !is_valid {
        return (TokenStatus::Revoked, Action::Relogin);
    }
    if seen.missing_required_scope || seen.missing_account {
        return (TokenStatus::Limited, Action::AskPermission);
    }
    // Only a login gives data access again, whatever an exchange does for the token
    // (Meta: Access tokens, *Authorization versus data access*).
    if near(seen.data_access_expires_at) {
        return (TokenStatus::Expiring, Action::Relogin);
    }
    if near(seen.expires_at) {
        return (TokenStatus::Expiring, Action::Renew);
    }
    (TokenStatus::Active, Action::None)
}

#[cfg(test)]
mod tests;
