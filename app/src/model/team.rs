//! The views of one's own account and of the team.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{FormState, Role};

/// Where a person's second factor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorView {
    /// There is none.
    Off,
    /// A secret waits for its first code. Shown to its person only.
    New {
        /// The secret as it is typed by hand, in groups of four.
        typed: String,
        /// What the QR code says.
        address: String,
    },
    On {
        since: DateTime<Utc>,
        /// Recovery codes that are not used up.
        codes_left: u64,
    },
}

/// The second step of a sign-in.
#[derive(Clone, Debug)]
pub struct SecondStepView {
    pub email: String,
    pub factor: FactorView,
    /// Where to go afterwards: an own path.
    pub next: Option<String>,
    pub form: FormState,
}

/// One's own account.
#[derive(Clone, Debug)]
pub struct AccountPageView {
    pub email: String,
    pub role: Role,
    pub factor: FactorView,
    /// The agency asks everybody for a second factor.
    pub is_required: bool,
    /// Recovery codes that were just made; shown once.
    pub new_codes: Vec<String>,
    pub sessions: Vec<SessionView>,
    pub form: FormState,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug)]
pub struct SessionView {
    pub id: Uuid,
    /// The one that looks at the page.
    pub is_this: bool,
    pub signed_in_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub address: Option<String>,
    pub user_agent: String,
}

/// Who works here.
#[derive(Clone, Debug)]
pub struct TeamView {
    pub people: Vec<PersonRow>,
    /// Nobody gets in with a password alone.
    pub is_required: bool,
    /// Disable people, reset and require second factors.
    pub may_manage: bool,
    /// Whoever requires a second factor has one.
    pub may_require: bool,
}

/// A member of staff.
#[derive(Clone, Debug)]
pub struct PersonRow {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    pub is_self: bool,
    /// Has set a password.
    pub has_signed_in: bool,
    pub has_second_factor: bool,
    pub disabled_at: Option<DateTime<Utc>>,
    pub sessions: Vec<SessionView>,
}
