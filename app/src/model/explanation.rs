//! What a check of a token found, as it is explained to people.

use super::{AnswerClass, TokenStatus, meta_code, state::codes};

codes! {
    /// Whose turn it is.
    Whom {
        Nobody = "nobody",
        /// It is mended without anybody.
        Portico = "portico",
        /// The agency's staff, with this client.
        Staff = "staff",
        /// The client, with a link that the agency sends.
        Client = "client",
        /// Whoever looks after the agency's app at Meta.
        AppKeeper = "app_keeper",
        /// Whoever runs Portico.
        Operator = "operator",
    }
}

codes! {
    /// What a check of a token found. Finer than the class of Meta's answer: as fine as what is said to people.
    Explanation {
        Works = "works",
        EndsSoon = "ends_soon",
        DataEndsSoon = "data_ends_soon",
        Ended = "ended",
        DataEnded = "data_ended",
        PasswordChanged = "password_changed",
        LoggedOut = "logged_out",
        EndedByCall = "ended_by_call",
        AppRemoved = "app_removed",
        NotConfirmed = "not_confirmed",
        PageRoleLost = "page_role_lost",
        SecondFactor = "second_factor",
        /// Meta gives no reason.
        LoginGone = "login_gone",
        /// What was given is too long for a token, or no text. Meta was not asked.
        NoToken = "no_token",
        /// The token is somebody else's than the connection's.
        AnotherPerson = "another_person",
        /// What came back from Facebook's dialog was used before, or is too old.
        CodeOver = "code_over",
        Checkpoint = "checkpoint",
        PolicyBlock = "policy_block",
        Throttled = "throttled",
        /// Portico keeps a pause that Meta asked for, and did not call.
        Held = "held",
        /// A required permission or a chosen account is missing.
        Limited = "limited",
        PermissionMissing = "permission_missing",
        NotReachable = "not_reachable",
        /// A rule about who owns a portfolio or an ad account.
        Ownership = "ownership",
        /// The token is another app's, or no person's at all.
        AnotherApp = "another_app",
        WrongApp = "wrong_app",
        WrongSecret = "wrong_secret",
        WrongRedirect = "wrong_redirect",
        AppOff = "app_off",
        NotAllowed = "not_allowed",
        OldVersion = "old_version",
        /// Meta does not take the call as it was made.
        Refused = "refused",
        /// Our sealed copy does not open: Meta was not asked.
        KeyMissing = "key_missing",
        MetaTrouble = "meta_trouble",
        NoAnswer = "no_answer",
        Nonsense = "nonsense",
    }
}

impl AnswerClass {
    /// The `action` of a line of `token check`: it has fewer words than there are classes (`product.md`, the outer
    /// contract).
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Blocked => Self::Wait.code(),
            Self::NotFound => Self::FixConfig.code(),
            class => class.code(),
        }
    }
}

codes! {
    /// What Portico sees by itself, without an error of Meta's.
    OwnSign {
        Held = "held",
        Timeout = "timeout",
        Unreachable = "unreachable",
        Broken = "broken",
        Nonsense = "nonsense",
        /// An item of a batch.
        Null = "null",
        NotSent = "not_sent",
        LostKey = "lost_key",
        /// A line of the input of `token check`.
        NoToken = "no_token",
        FactsApp = "facts_app",
        FactsPerson = "facts_person",
        FactsEnded = "facts_ended",
        FactsSoon = "facts_soon",
        FactsDataSoon = "facts_data_soon",
        FactsLimited = "facts_limited",
        FactsGood = "facts_good",
    }
}

impl OwnSign {
    /// What it is to people.
    #[must_use]
    pub const fn explanation(self) -> Explanation {
        match self {
            Self::Held => Explanation::Held,
            Self::Timeout | Self::Unreachable | Self::Broken | Self::Null => Explanation::NoAnswer,
            Self::Nonsense => Explanation::Nonsense,
            Self::NotSent => Explanation::Refused,
            Self::NoToken => Explanation::NoToken,
            Self::LostKey => Explanation::KeyMissing,
            Self::FactsApp => Explanation::AnotherApp,
            Self::FactsPerson => Explanation::AnotherPerson,
            Self::FactsEnded => Explanation::Ended,
            Self::FactsSoon => Explanation::EndsSoon,
            Self::FactsDataSoon => Explanation::DataEndsSoon,
            Self::FactsLimited => Explanation::Limited,
            Self::FactsGood => Explanation::Works,
        }
    }
}

impl Explanation {
    /// Its place on the page and in the document that explain it.
    #[must_use]
    pub fn anchor(self) -> String {
        format!("found-{}", self.code())
    }

    /// What is to be done, as Portico tells answers of Meta's apart.
    #[must_use]
    pub const fn class(self) -> AnswerClass {
        match self {
            Self::Works => AnswerClass::None,
            Self::EndsSoon => AnswerClass::Renew,
            Self::DataEndsSoon
            | Self::Ended
            | Self::DataEnded
            | Self::PasswordChanged
            | Self::LoggedOut
            | Self::EndedByCall
            | Self::AppRemoved
            | Self::NotConfirmed
            | Self::PageRoleLost
            | Self::SecondFactor
            | Self::LoginGone
            | Self::NoToken
            | Self::AnotherPerson
            | Self::CodeOver => AnswerClass::Relogin,
            Self::Checkpoint | Self::PolicyBlock => AnswerClass::Blocked,
            Self::Throttled | Self::Held => AnswerClass::Wait,
            Self::Limited | Self::PermissionMissing => AnswerClass::AskPermission,
            Self::NotReachable | Self::Ownership => AnswerClass::NotFound,
            Self::AnotherApp
            | Self::WrongApp
            | Self::WrongSecret
            | Self::WrongRedirect
            | Self::AppOff
            | Self::NotAllowed
            | Self::OldVersion
            | Self::Refused
            | Self::KeyMissing => AnswerClass::FixConfig,
            Self::MetaTrouble | Self::NoAnswer | Self::Nonsense => AnswerClass::Retry,
        }
    }

    /// Whose turn it is.
    #[must_use]
    pub const fn whom(self) -> Whom {
        match self {
            Self::Works => Whom::Nobody,
            Self::Throttled | Self::Held | Self::MetaTrouble | Self::NoAnswer | Self::Nonsense => {
                Whom::Portico
            }
            Self::AnotherApp
            | Self::Limited
            | Self::PermissionMissing
            | Self::NotReachable
            | Self::Ownership => Whom::Staff,
            Self::WrongApp
            | Self::WrongSecret
            | Self::WrongRedirect
            | Self::AppOff
            | Self::NotAllowed => Whom::AppKeeper,
            Self::NoToken | Self::OldVersion | Self::Refused | Self::KeyMissing => Whom::Operator,
            _ => Whom::Client,
        }
    }

    /// What a check found, from what is kept of it: its own word on the token, the class of Meta's answer, and
    /// Meta's numbers where it gave any.
    #[must_use]
    pub fn of(
        said: TokenStatus,
        class: AnswerClass,
        code: Option<i64>,
        subcode: Option<i64>,
    ) -> Self {
        if (said, class) == (TokenStatus::Revoked, AnswerClass::FixConfig) {
            return Self::AnotherApp;
        }
        if let Some(code) = code {
            return meta_code::lookup(code, subcode, class).unwrap_or_else(|| Self::usual(class));
        }
        match (said, class) {
            (TokenStatus::Expired, _) => Self::Ended,
            (TokenStatus::Expiring, AnswerClass::Relogin) => Self::DataEndsSoon,
            (TokenStatus::Limited, _) => Self::Limited,
            (TokenStatus::Unknown, AnswerClass::FixConfig) => Self::KeyMissing,
            (_, AnswerClass::Wait) => Self::Held,
            (_, AnswerClass::Retry) => Self::NoAnswer,
            (_, class) => Self::usual(class),
        }
    }

    /// What is said of a class where nothing finer is known.
    const fn usual(class: AnswerClass) -> Self {
        match class {
            AnswerClass::None => Self::Works,
            AnswerClass::Renew => Self::EndsSoon,
            AnswerClass::Relogin => Self::LoginGone,
            AnswerClass::Blocked => Self::Checkpoint,
            AnswerClass::Wait => Self::Throttled,
            AnswerClass::AskPermission => Self::PermissionMissing,
            AnswerClass::FixConfig => Self::Refused,
            AnswerClass::Retry => Self::MetaTrouble,
            AnswerClass::NotFound => Self::NotReachable,
        }
    }
}

#[cfg(test)]
mod tests;
