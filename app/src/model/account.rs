use super::state::codes;

codes! {
    /// The state of an ad account in our words. From Meta's `account_status` (Marketing API reference, Ad Account).
    AccountStatus {
        /// 1
        Active = "active",
        /// 2
        Disabled = "disabled",
        /// 3
        Unsettled = "unsettled",
        /// 7
        RiskReview = "risk_review",
        /// 8
        PendingSettlement = "pending_settlement",
        /// 9
        GracePeriod = "grace_period",
        /// 100
        PendingClosure = "pending_closure",
        /// 101
        Closed = "closed",
        /// A number that Meta has not documented.
        Other = "other",
    }
}

impl AccountStatus {
    /// From the number that Meta gives.
    #[must_use]
    pub const fn from_meta(number: i32) -> Self {
        match number {
            1 => Self::Active,
            2 => Self::Disabled,
            3 => Self::Unsettled,
            7 => Self::RiskReview,
            8 => Self::PendingSettlement,
            9 => Self::GracePeriod,
            100 => Self::PendingClosure,
            101 => Self::Closed,
            _ => Self::Other,
        }
    }

    /// A closed account never delivers again, so it cannot be chosen; every other state may pass.
    #[must_use]
    pub const fn is_selectable(self) -> bool {
        !matches!(self, Self::Closed)
    }

    /// The tone of its badge.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Active => Tone::Good,
            Self::Disabled => Tone::Bad,
            Self::Closed | Self::Other => Tone::Quiet,
            _ => Tone::Warn,
        }
    }
}

codes! {
    /// How a badge looks.
    Tone { Good = "good", Warn = "warn", Bad = "bad", Quiet = "quiet" }
}

codes! {
    /// Why a test call to an ad account did not answer with data.
    ProbeFailure {
        /// The person may not read this account, or it is gone (codes 10, 100/33, 200-299).
        NoAccess = "no_access",
        /// Meta asks to wait.
        Throttled = "throttled",
        /// The login has ended meanwhile.
        LoginEnded = "login_ended",
        /// Meta could not be reached, or answered nonsense.
        MetaUnavailable = "meta_unavailable",
        /// Meta refuses the agency's app, which nobody in front of the page can mend.
        Misconfigured = "misconfigured",
    }
}

/// What the test call to an ad account said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Answered, with the number of campaigns and the time it took.
    Answered {
        campaigns: u64,
        millis: u64,
    },
    Failed(ProbeFailure),
}
