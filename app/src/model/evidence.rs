//! The views of the evidence behind a consent.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{AccountStatus, InvitationKind, Probe, state::codes};

codes! {
    /// A call to Meta whose answer is kept.
    MetaCall {
        CodeExchange = "code_exchange", TokenExchange = "token_exchange", DebugToken = "debug_token",
        Me = "me", Permissions = "permissions", AdAccounts = "ad_accounts", Businesses = "businesses",
        BusinessAccounts = "business_accounts", Campaigns = "campaigns",
    }
}

/// A consent in the list of a client's.
#[derive(Clone, Debug)]
pub struct GrantLine {
    pub id: Uuid,
    pub kind: InvitationKind,
    pub person_name: String,
    pub meta_user_id: String,
    pub granted_at: DateTime<Utc>,
    /// How many permissions were asked, and how many of those were given.
    pub asked: u64,
    pub granted: u64,
}

/// A login that led to no consent, or to none that could be kept.
#[derive(Clone, Debug)]
pub struct FailedLogin {
    pub id: Uuid,
    pub at: DateTime<Utc>,
}

/// The whole evidence of one consent.
#[derive(Clone, Debug)]
pub struct GrantPageView {
    pub id: Uuid,
    pub client_id: Uuid,
    pub client_name: String,
    pub kind: InvitationKind,
    pub person_name: String,
    pub meta_user_id: String,
    /// A business portfolio agreed, not a person.
    pub is_business: bool,
    pub granted_at: DateTime<Utc>,
    /// By Meta's names.
    pub asked: Vec<String>,
    /// Of those that were asked.
    pub granted: Vec<String>,
    pub declined: Vec<String>,
    /// Given before, and not asked this time.
    pub also: Vec<String>,
    pub origin: OriginView,
    /// How many ad accounts were there to choose from, and how many were chosen.
    pub offered: u64,
    pub chosen: u64,
    /// One page of them, the chosen first.
    pub accounts: Vec<GrantAccountView>,
    /// Counted from one.
    pub page: u64,
    pub pages: u64,
    pub answers: AnswersView,
}

/// Where a consent came from.
#[derive(Clone, Debug)]
pub enum OriginView {
    /// Not for this reader.
    Hidden,
    /// The person was erased, and where they came from with them.
    Erased,
    Known {
        address: Option<String>,
        user_agent: String,
    },
}

/// An ad account that was offered, as it was then.
#[derive(Clone, Debug)]
pub struct GrantAccountView {
    pub number: String,
    pub name: String,
    pub currency: String,
    pub status: AccountStatus,
    pub business: Option<String>,
    pub is_chosen: bool,
    pub probe: Option<Probe>,
    pub probed_at: Option<DateTime<Utc>>,
}

/// What Meta answered.
#[derive(Clone, Debug)]
pub enum AnswersView {
    /// Not for this reader.
    Hidden,
    /// Destroyed after their time, or never kept.
    Gone,
    Kept {
        until: DateTime<Utc>,
        answers: Vec<AnswerView>,
    },
}

/// One answer of Meta's, redacted.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// The code of a [`MetaCall`], or the name of a call that this version does not know.
    pub call: String,
    /// Missing where no answer came.
    pub status: Option<u16>,
    pub is_good: bool,
    /// Meta's error code and subcode.
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    /// How many calls of this kind there were in the same go.
    pub calls: u64,
    /// Bytes that came.
    pub size: u64,
    /// The end was left out.
    pub is_cut: bool,
    pub text: Option<String>,
}

/// What Meta answered during a login that led to no consent.
#[derive(Clone, Debug)]
pub struct LoginPageView {
    pub client_id: Uuid,
    pub client_name: String,
    pub at: DateTime<Utc>,
    pub answers: AnswersView,
}
