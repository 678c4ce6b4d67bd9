//! Who acts.

use std::net::IpAddr;

use app::model::Role;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Error, Result};
use crate::domain::{
    agency::AgencyScope,
    role::{Permission, may},
};

/// Where a request came from. Personal: only ever stored sealed.
#[derive(Clone, Default)]
pub struct Origin {
    pub address: Option<IpAddr>,
    /// At most 400 characters of it.
    pub user_agent: String,
}

/// A member of staff who is signed in.
#[derive(Clone)]
pub struct StaffActor {
    pub scope: AgencyScope,
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    pub session: Uuid,
    /// The hash of the session's secret: what their refused forms are bound to.
    pub session_hash: [u8; 32],
    pub signed_in_at: DateTime<Utc>,
    pub origin: Origin,
}

impl StaffActor {
    /// Whether their role allows it.
    #[must_use]
    pub const fn may(&self, permission: Permission) -> bool {
        may(self.role, permission)
    }

    /// Refuses what their role does not allow.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub const fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// Refuses what wants a sign-in of late, if theirs is as old as this or older.
    ///
    /// # Errors
    /// [`Error::StaleSignIn`].
    pub fn require_fresh(&self, now: DateTime<Utc>, within: TimeDelta) -> Result<()> {
        if self.signed_in_at + within > now {
            Ok(())
        } else {
            Err(Error::StaleSignIn)
        }
    }

    /// As the audit trail names them.
    #[must_use]
    pub fn who(&self) -> Who {
        Who::Staff(self.id, self.origin.clone())
    }
}

/// Who did something, for the audit trail.
#[derive(Clone)]
pub enum Who {
    Staff(Uuid, Origin),
    /// A client by their id.
    Client(Uuid, Origin),
    /// Portico itself: a job or a schedule.
    System,
    /// Somebody at the command line.
    Operator,
    /// Somebody whom we do not know.
    Nobody,
}

impl Who {
    /// The code of the kind, as stored.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Staff(..) => "staff",
            Self::Client(..) => "client",
            Self::System => "system",
            Self::Operator => "operator",
            Self::Nobody => "nobody",
        }
    }

    /// The person's id.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        match self {
            Self::Staff(id, _) | Self::Client(id, _) => Some(*id),
            Self::System | Self::Operator | Self::Nobody => None,
        }
    }

    /// Where they came from.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Staff(_, origin) | Self::Client(_, origin) => Some(origin),
            Self::System | Self::Operator | Self::Nobody => None,
        }
    }
}
