//! The views of the admin's desk.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::state::codes;
use super::{
    AccountStatus, ClientFilter, ClientProgress, ConnectionState, Explanation, FailedLogin,
    FormState, GrantLine, InvitationKind, InvitationState, MailFilter, MailState, MailTrouble,
    Probe, QueueCounts, QueueTab, SetupView, TokenKind, TokenSource, TokenStanding, TokenStatus,
};

/// The sign-in page.
#[derive(Clone, Debug, Default)]
pub struct SignInView {
    /// Where to go afterwards: an own path.
    pub next: Option<String>,
    /// Signed in already, but too long ago for what was asked.
    pub is_again: bool,
    pub form: FormState,
}

/// The page behind a one-time sign-in link.
#[derive(Clone, Debug)]
pub struct FirstSignInView {
    pub email: String,
    /// Where the form posts to.
    pub action: String,
    pub form: FormState,
}

/// What waits for a decision, oldest first.
#[derive(Clone, Debug)]
pub struct QueueView {
    pub tab: QueueTab,
    pub counts: QueueCounts,
    /// What waits under this tab.
    pub cases: Vec<CaseView>,
    pub may_decide: bool,
    /// The reason that was typed into a refused rejection, by connection.
    pub form: FormState,
    /// What Meta has against the agency's app, until it is mended.
    pub trouble: Option<MetaTroubleView>,
    /// What a new agency has still to do; for those who may do it.
    pub setup: Option<SetupView>,
}

codes! {
    /// What the agency has to mend before clients can sign in: `trouble-…-title` and `-text`.
    MetaTrouble {
        WrongSecret = "wrong_secret",
        WrongApp = "wrong_app",
        WrongRedirect = "wrong_redirect",
        /// Switched off, blocked, or in development mode.
        Inactive = "inactive",
        OldVersion = "old_version",
        /// A capability is missing: App Review.
        NotAllowed = "not_allowed",
        Other = "other",
    }
}

/// What Meta has against the agency's app.
#[derive(Clone, Debug)]
pub struct MetaTroubleView {
    pub kind: MetaTrouble,
    /// The address that Meta has to know, where that is what is wrong.
    pub redirect_uri: String,
    /// Meta's numbers, for whoever looks them up.
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// How many logins it has stopped.
    pub count: u64,
    pub may_clear: bool,
}

/// Who decided what lately.
#[derive(Clone, Debug)]
pub struct DecidedView {
    pub counts: QueueCounts,
    /// One page, newest first.
    pub decided: Vec<DecidedCase>,
    /// Opaque: where the next page begins.
    pub next: Option<String>,
}

/// A decision.
#[derive(Clone, Debug)]
pub struct DecidedCase {
    pub client_id: Uuid,
    pub client_name: String,
    /// A reconnection or a backup, or else the connection itself.
    pub kind: InvitationKind,
    /// What it was decided to be.
    pub state: ConnectionState,
    pub decided_by: String,
    pub decided_at: DateTime<Utc>,
}

/// One connection in the queue, with what a decision needs.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The connection; a backup by its own id.
    pub connection: Uuid,
    /// The version that was looked at: a decision names it, so that nobody decides what they have not seen.
    pub version: i64,
    /// A reconnection or a backup, or else the connection itself.
    pub kind: InvitationKind,
    /// The evidence.
    pub grant: Option<Uuid>,
    pub client_id: Uuid,
    pub client_name: String,
    pub person_name: String,
    pub submitted_at: DateTime<Utc>,
    pub accounts: Vec<CaseAccount>,
    /// Accounts that the client had chosen too, and that did not answer the test call.
    pub failed: Vec<CaseAccount>,
    /// How many accounts were there to choose from.
    pub offered: u64,
    pub scopes: Vec<ScopeView>,
    pub life: TokenLife,
    pub warnings: Vec<CaseWarning>,
}

/// A chosen account in the queue.
#[derive(Clone, Debug)]
pub struct CaseAccount {
    pub number: String,
    pub name: String,
    pub probe: Option<Probe>,
}

/// A scope that was asked.
#[derive(Clone, Debug)]
pub struct ScopeView {
    pub scope: String,
    pub granted: bool,
}

/// How long a token lives.
#[derive(Clone, Debug, Default)]
pub struct TokenLife {
    /// `None`: never ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// `None`: never ends.
    pub data_access_expires_at: Option<DateTime<Utc>>,
}

/// Something worth a pause before a decision.
#[derive(Clone, Debug)]
pub enum CaseWarning {
    /// Another person than before signed in to reconnect.
    OtherReconnects { before: String },
    /// The same Facebook person is connected under another client.
    SamePerson { client_name: String },
    /// An account is connected under another client too.
    SameAccount { number: String, client_name: String },
    /// Neither the person nor an account is called like the client.
    NameDiffers { client_name: String },
    /// A required scope is missing.
    ScopeMissing { scope: String },
    /// Somebody passed the link on, and whoever got it signed in.
    Forwarded {
        /// Who was signed in with Facebook when it was passed on; `None`: nobody yet.
        by: Option<String>,
        at: DateTime<Utc>,
    },
    /// Another Facebook person than the one who signed in for this client before.
    OtherPerson { last_person: String },
    /// Facebook gave hours instead of weeks.
    ShortLife { until: DateTime<Utc> },
    /// The token lives on, but the access to data ends soon.
    DataEnds { until: DateTime<Utc> },
}

/// The list of clients.
#[derive(Clone, Debug)]
pub struct ClientsView {
    pub filter: ClientFilter,
    /// Rows on a page, at most.
    pub limit: u64,
    pub rows: Vec<ClientRow>,
    /// How many match.
    pub total: u64,
    /// Opaque: where the next page begins.
    pub next: Option<String>,
    pub may_add: bool,
}

/// A client in the list.
#[derive(Clone, Debug)]
pub struct ClientRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub connection: Option<ConnectionState>,
    pub token_status: TokenStatus,
    pub invitation: Option<InvitationState>,
    /// The token that is held, or its access to data: whichever ends first.
    pub ends_at: Option<DateTime<Utc>>,
    pub progress: ClientProgress,
}

/// The form for a new client.
#[derive(Clone, Debug, Default)]
pub struct NewClientView {
    pub form: FormState,
}

/// Everything of one client.
#[derive(Clone, Debug)]
pub struct ClientPageView {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub meta_account_name: Option<String>,
    pub token_status: TokenStatus,
    pub created_at: DateTime<Utc>,
    pub progress: ClientProgress,
    pub connection: Option<ConnectionView>,
    /// What waits for a decision beside the connection.
    pub candidates: Vec<CandidateView>,
    pub tokens: Vec<TokenView>,
    pub accounts: Vec<AccountView>,
    /// Accounts that were chosen too and did not answer the test call.
    pub failed_accounts: Vec<AccountView>,
    pub invitations: Vec<SentInvitationView>,
    /// The evidence of each consent, newest first.
    pub grants: Vec<GrantLine>,
    /// Logins that led to nothing and whose answers are kept; none for whoever may not read them.
    pub failed_logins: Vec<FailedLogin>,
    /// Newest first.
    pub timeline: Vec<TimelineEntry>,
    /// A link that was just minted to be copied. Shown to the person who asked, for 30 minutes.
    pub minted_link: Option<String>,
    /// The reason that was typed into a refused rejection.
    pub form: FormState,
    /// What a link can be for now; empty where none may be sent. The first is the usual one.
    pub links: Vec<InvitationKind>,
    pub may_decide: bool,
    /// *Validate token* is offered.
    pub may_validate: bool,
}

/// The connection of a client.
#[derive(Clone, Debug)]
pub struct ConnectionView {
    pub id: Uuid,
    pub version: i64,
    pub state: ConnectionState,
    pub person_name: String,
    pub meta_user_id: String,
    /// The client's business portfolio behind a system user's token.
    pub business_id: Option<String>,
    pub scopes: Vec<ScopeView>,
    pub since: DateTime<Utc>,
    pub decided_by: Option<String>,
    pub reason: Option<String>,
}

/// What waits beside a client's connection.
#[derive(Clone, Debug)]
pub struct CandidateView {
    /// What the form of a decision names, with its version.
    pub case: Uuid,
    pub version: i64,
    pub kind: InvitationKind,
    pub grant: Uuid,
    pub person_name: String,
    pub submitted_at: DateTime<Utc>,
}

/// A token, never its secret.
#[derive(Clone, Debug)]
pub struct TokenView {
    pub id: Uuid,
    pub kind: TokenKind,
    pub standing: TokenStanding,
    /// Who signed in.
    pub person_name: Option<String>,
    pub status: TokenStatus,
    pub source: TokenSource,
    /// Of the keyed hash: `7c1f·e09b·44d2`.
    pub fingerprint: String,
    pub life: TokenLife,
    pub created_at: DateTime<Utc>,
    pub last_used: Option<DateTime<Utc>>,
    pub last_validated: Option<DateTime<Utc>>,
    pub is_destroyed: bool,
    /// The last checks, newest first.
    pub checks: Vec<TokenCheck>,
}

/// One check of a token against Meta.
#[derive(Clone, Debug)]
pub struct TokenCheck {
    pub at: DateTime<Utc>,
    /// What it said by itself: `unknown` where Meta could not say.
    pub said: TokenStatus,
    pub explanation: Explanation,
    /// Meta's numbers, for whoever looks them up.
    pub code: Option<i64>,
    pub subcode: Option<i64>,
}

/// An ad account of a client.
#[derive(Clone, Debug)]
pub struct AccountView {
    pub number: String,
    pub name: String,
    pub currency: String,
    pub status: AccountStatus,
    pub business: Option<String>,
    pub probe: Option<Probe>,
    pub probed_at: Option<DateTime<Utc>>,
}

/// A guided link that was sent.
#[derive(Clone, Debug)]
pub struct SentInvitationView {
    pub id: Uuid,
    pub kind: InvitationKind,
    pub state: InvitationState,
    pub sent_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub opened: u64,
    pub last_opened_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    /// Spent, revoked or expired: when.
    pub ended_at: Option<DateTime<Utc>>,
    /// Still leads somewhere.
    pub is_live: bool,
    /// Each time that it was passed on, oldest first.
    pub forwarded: Vec<ForwardedView>,
}

/// A link that a client passed on to somebody else.
#[derive(Clone, Debug)]
pub struct ForwardedView {
    pub at: DateTime<Utc>,
    /// Who was signed in with Facebook when it was passed on.
    pub by: Option<String>,
    /// Whether somebody signed in with it, and their connection is the one that counts.
    pub is_used: bool,
}

/// One line of a client's story, from the audit trail.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    pub at: DateTime<Utc>,
    /// The audit action, e.g. `connection.approved`: the words are `timeline-connection-approved`.
    pub action: String,
    /// Values for the words, such as `count` or `client`.
    pub details: Vec<(String, String)>,
    pub actor: TimelineActor,
    pub refused: bool,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineActor {
    /// By e-mail address.
    Staff(String),
    Client,
    System,
}

/// The outbox: one page of mails, newest first.
#[derive(Clone, Debug)]
pub struct OutboxView {
    /// What the list is narrowed to.
    pub filter: MailFilter,
    /// How many mails are in each state.
    pub counts: Vec<(MailState, u64)>,
    /// How many were given up and can be sent again.
    pub open: u64,
    pub mails: Vec<MailRow>,
    pub next: Option<String>,
    pub may_send: bool,
    /// No mail server is configured: mails are kept here.
    pub is_kept_here: bool,
}

/// A mail in the outbox.
#[derive(Clone, Debug)]
pub struct MailRow {
    pub id: Uuid,
    pub client_id: Option<Uuid>,
    pub to: String,
    pub subject: String,
    pub state: MailState,
    pub attempts: u32,
    /// What the mail server said at the last try.
    pub error: Option<String>,
    /// What that means.
    pub trouble: Option<MailTrouble>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub next_try_at: Option<DateTime<Utc>>,
    /// The body is still here: it can be read and sent again.
    pub has_body: bool,
}

/// One mail with its text.
#[derive(Clone, Debug)]
pub struct MailView {
    pub mail: MailRow,
    /// `None`: destroyed, or the reader may not see links.
    pub text: Option<String>,
    pub may_send: bool,
}

/// A page that says what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureView {
    NotFound,
    /// The role does not allow it.
    Forbidden,
    /// The form came from another site, or from a page that is too old.
    CrossSite,
    TooManyRequests {
        retry_after_seconds: u64,
    },
    /// The one-time sign-in link was used or is over.
    SignInLinkEnded,
    BadRequest,
    TooLarge,
    Unavailable,
    /// Our fault; the request id helps support.
    Internal {
        request_id: String,
    },
}
