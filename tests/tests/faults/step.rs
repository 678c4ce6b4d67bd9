//! The rows of the table.

use std::fmt;

use tests::{Builder, Consent, people};

/// A call that a capture makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Code,
    Lengthen,
    Inspect,
    Me,
    BusinessName,
    Permissions,
    Own,
    Businesses,
    Owned,
    Lent,
    Probe,
}

/// When a call is made: by the callback, or by the job behind one of the client's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Capture,
    Reading,
    Probing,
}

impl Call {
    /// The sandbox's name for it.
    pub const fn edge(self) -> &'static str {
        match self {
            Self::Code => "oauth/access_token:code",
            Self::Lengthen => "oauth/access_token:fb_exchange_token",
            Self::Inspect => "debug_token",
            Self::Me => "me",
            Self::BusinessName => "node",
            Self::Permissions => "me/permissions",
            Self::Own => "me/adaccounts",
            Self::Businesses => "me/businesses",
            Self::Owned => "owned_ad_accounts",
            Self::Lent => "client_ad_accounts",
            Self::Probe => "campaigns",
        }
    }

    pub const fn stage(self) -> Stage {
        match self {
            Self::Own | Self::Businesses | Self::Owned | Self::Lent => Stage::Reading,
            Self::Probe => Stage::Probing,
            _ => Stage::Capture,
        }
    }
}

/// Who signs in, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// With accounts of her own.
    Person,
    /// All of her accounts belong to businesses.
    Partner,
    /// The same, who gives a system user of her business.
    Business,
}

impl Login {
    /// The configuration that this way of signing in needs.
    pub fn set(self, builder: Builder) -> Builder {
        match self {
            // A system user's token without end (`sandbox/README.md`).
            Self::Business => builder.set("PORTICO_META__LOGIN_CONFIG_ID", "702"),
            Self::Person | Self::Partner => builder,
        }
    }

    pub fn consent(self) -> Consent {
        match self {
            Self::Person => Consent::of(people::MARTA),
            Self::Partner => Consent::of(people::PRIYA),
            Self::Business => Consent::of(people::PRIYA).for_business(people::RAMAN),
        }
    }

    /// What the page asks whoever has signed in.
    pub const fn identity(self) -> &'static str {
        match self {
            Self::Business => "Is this your business?",
            Self::Person | Self::Partner => "Is this you?",
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub login: Login,
    pub call: Call,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.call.edge(), self.login)
    }
}
