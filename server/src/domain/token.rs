//! What a check of a token means: its status, and what to do.
//!
//! Meta's answers mean the same under every HTTP status, so only code and subcode count here (`meta.md` 6,
//! from Meta's *Error handling* and *Access token debugging*).

use app::model::TokenStatus;
use chrono::{DateTime, Utc};

use super::numbers::EXPIRY_WARNING;

/// What a check of a token saw. What Meta did not tell counts as fine: `is_ours` and `is_expected_person`
/// are false only when Meta named another app or another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `debug_token`'s `is_valid`; `None` when Meta could not say.
    pub is_valid: Option<bool>,
    /// Code and subcode that Meta gave for this token: `debug_token`'s `data.error`, or the error of a call
    /// made with the token. A refusal of the app's own token belongs here as code 101, never as 190.
    pub error: Option<(i64, Option<i64>)>,
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
    let complaint = seen
        .error
        .map(|(code, subcode)| Complaint::of(code, subcode));
    match complaint {
        Some(Complaint::Blocked) => (TokenStatus::Blocked, Action::Wait),
        Some(Complaint::Ended) => (TokenStatus::Expired, Action::Relogin),
        Some(Complaint::LoginGone) => (TokenStatus::Revoked, Action::Relogin),
        Some(Complaint::Throttled) => (TokenStatus::Unknown, Action::Wait),
        Some(Complaint::Transient) => (TokenStatus::Unknown, Action::Retry),
        Some(Complaint::Access) => judge_access(seen.is_valid),
        // With a verdict of invalid: `(#100) The App_id in the input_token did not match the Viewing App`.
        Some(Complaint::Config) if seen.is_valid == Some(false) => {
            (TokenStatus::Revoked, Action::FixConfig)
        }
        Some(Complaint::Config) => (TokenStatus::Unknown, Action::FixConfig),
        None => judge_facts(seen, now),
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

/// What an error of Meta says about a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Complaint {
    /// Meta has blocked the person; no login helps, and the token is kept.
    Blocked,
    /// The token or its data access has ended.
    Ended,
    /// Password changed, logged out, app removed, or no reason given.
    LoginGone,
    Throttled,
    Transient,
    /// A right is missing for the object of the call.
    Access,
    /// Our app or our call is at fault.
    Config,
}

impl Complaint {
    /// Subcodes come first: Meta sends those of a login under more than one code. What is not known is
    /// transient, so that no status changes on a guess.
    const fn of(code: i64, subcode: Option<i64>) -> Self {
        match (code, subcode) {
            (_, Some(459)) | (368, _) => Self::Blocked,
            (_, Some(463 | 493)) => Self::Ended,
            (_, Some(458 | 460 | 464 | 466 | 467)) => Self::LoginGone,
            // Throttling of apps in development, disguised as a missing right.
            (200, Some(4_841_013)) => Self::Throttled,
            (102 | 190, _) => Self::LoginGone,
            (4 | 17 | 32 | 341 | 613 | 80_000..=80_014, _) => Self::Throttled,
            (10 | 200..=299, _) | (100, Some(33)) => Self::Access,
            (3 | 100 | 101 | 104 | 105 | 191 | 2500 | 2635, _) | (1, Some(2_853_001)) => {
                Self::Config
            }
            _ => Self::Transient,
        }
    }
}

#[cfg(test)]
mod tests;
