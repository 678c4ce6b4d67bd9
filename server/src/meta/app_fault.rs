//! What Meta has against the agency's app, told apart as far as it leads to different work.

use app::model::AnswerClass;

use super::{
    callback::Refusal,
    error::{Endpoint, MetaError},
};

/// What the agency has to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppFault {
    /// The app secret is not this app's.
    WrongSecret,
    /// There is no app with this id.
    WrongApp,
    /// Our address is not among the app's *Valid OAuth Redirect URIs*.
    WrongRedirect,
    /// The app is switched off, blocked by Meta, or in development mode.
    Inactive,
    /// The Graph version is over.
    OldVersion,
    /// The app lacks a capability: access was not granted by App Review.
    NotAllowed,
    /// Meta takes this one call of ours for wrong in itself. Others may be answered.
    Refused,
    Other,
}

impl MetaError {
    /// What is wrong with the app, where the error says that something is.
    #[must_use]
    pub fn app_fault(&self) -> Option<AppFault> {
        (self.class == AnswerClass::FixConfig).then(|| self.judge_app())
    }

    fn judge_app(&self) -> AppFault {
        let says = |words: &str| self.message.contains(words);
        let is_exchange = self.endpoint == Endpoint::CodeExchange;
        match (self.code, self.subcode) {
            _ if says("appsecret_proof") => AppFault::WrongSecret,
            _ if is_switched_off(&self.message) => AppFault::Inactive,
            (Some(191), _) => AppFault::WrongRedirect,
            _ if is_exchange && says("redirect_uri") => AppFault::WrongRedirect,
            (_, Some(36_008)) if is_exchange => AppFault::WrongRedirect,
            (Some(101), _) => AppFault::WrongApp,
            (Some(2635), _) => AppFault::OldVersion,
            (Some(3), _) => AppFault::NotAllowed,
            (Some(1), _)
                if matches!(
                    self.endpoint,
                    Endpoint::CodeExchange | Endpoint::TokenExchange
                ) =>
            {
                AppFault::WrongSecret
            }
            // The app's own token, which is its id and its secret, was refused.
            (Some(102 | 190), _)
                if matches!(
                    self.endpoint,
                    Endpoint::CodeExchange | Endpoint::DebugToken | Endpoint::Batch
                ) =>
            {
                AppFault::WrongSecret
            }
            (Some(100), _) if matches!(self.endpoint, Endpoint::DebugToken | Endpoint::Batch) => {
                AppFault::Other
            }
            (Some(100 | 506 | 2500 | 3018), _) => AppFault::Refused,
            _ => AppFault::Other,
        }
    }
}

impl Refusal {
    /// What is wrong with the app by the word of the dialog. It came through a browser, so anybody in front of
    /// one may have written it.
    #[must_use]
    pub const fn app_fault(&self) -> AppFault {
        match self.code {
            Some(101) => AppFault::WrongApp,
            Some(191) => AppFault::WrongRedirect,
            Some(901) => AppFault::Inactive,
            _ => AppFault::Other,
        }
    }
}

/// Meta gives an app that is switched off the code of a missing permission, and says so in words only (field
/// reports: 200 `API access deactivated. To reactivate, go to the app dashboard.`, 200 `API access blocked.`,
/// 190 `Error validating application. Application has been deleted.`).
pub(super) fn is_switched_off(message: &str) -> bool {
    [
        "API access deactivated",
        "API access blocked",
        "Application has been deleted",
        "app is in development mode",
        "App not active",
    ]
    .iter()
    .any(|words| message.contains(words))
}
