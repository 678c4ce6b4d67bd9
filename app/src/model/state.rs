/// A closed set of words that is stored, shown and sent by its code.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every member, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as stored in the database and used in the catalogue of words.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The member of this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What a member of staff may do (`product.md`, who uses it).
    Role { Owner = "owner", Admin = "admin", Reviewer = "reviewer", Viewer = "viewer" }
}

codes! {
    /// Where a connection stands (`product.md`, states).
    ConnectionState {
        Draft = "draft", Pending = "pending", Approved = "approved", Suspended = "suspended",
        Abandoned = "abandoned", Withdrawn = "withdrawn", Rejected = "rejected",
        Disconnected = "disconnected", Archived = "archived",
    }
}

impl ConnectionState {
    /// Whether a token is in use, or held for the time when it is again.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Approved | Self::Suspended)
    }
}

codes! {
    /// What is known of a token or of a client's connection: the seed of all badges.
    TokenStatus {
        /// Not validated yet.
        Pending = "pending",
        Active = "active",
        /// 14 days or less are left of the token or of data access.
        Expiring = "expiring",
        Expired = "expired",
        /// Meta says that the person has to log in again.
        Revoked = "revoked",
        /// Meta has blocked the person; the token is kept.
        Blocked = "blocked",
        /// Valid, but a required scope or a selected account is missing.
        Limited = "limited",
        /// Could not be checked.
        Unknown = "unknown",
    }
}

codes! {
    /// What a guided link is for.
    InvitationKind { Connect = "connect", Reconnect = "reconnect", Backup = "backup", Upload = "upload" }
}

codes! {
    /// How far an invitation has come. `Expired` and `Revoked` are its two ways to end unused.
    InvitationState { Sent = "sent", Opened = "opened", Started = "started", Spent = "spent", Expired = "expired", Revoked = "revoked" }
}

codes! {
    /// Whose credential a token is.
    TokenKind { User = "user", SystemUser = "system_user" }
}

codes! {
    /// What a token is to its connection.
    TokenStanding { Candidate = "candidate", Primary = "primary", Backup = "backup", Superseded = "superseded" }
}

codes! {
    /// How a token came to us.
    TokenSource { Login = "login", Upload = "upload", Manual = "manual", Import = "import" }
}

codes! {
    /// Where a mail stands in the outbox.
    MailState {
        Queued = "queued", Sent = "sent",
        /// Given up after the last try.
        Failed = "failed",
        /// Kept for reading here, since no mail server is configured.
        Kept = "kept",
    }
}

codes! {
    /// Why a mail did not leave.
    MailTrouble {
        NoSuchAddress = "no_such_address",
        MailboxFull = "mailbox_full",
        /// Taken for spam, or against a rule of the server.
        Unwanted = "unwanted",
        /// The mail server does not take our login.
        LoginRefused = "login_refused",
        Later = "later",
        Unreachable = "unreachable",
        Other = "other",
    }
}
