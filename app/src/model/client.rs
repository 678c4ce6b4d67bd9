//! The views of the client's way.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    AccountStatus, ConnectionState, FormState, InvitationKind, Probe, ProbeFailure, state::codes,
};

/// A guided link that works.
#[derive(Clone, Debug)]
pub struct InvitationView {
    pub client_name: String,
    /// The words differ.
    pub kind: InvitationKind,
    /// The scopes that will be asked, by Meta's names.
    pub scopes: Vec<String>,
    pub expires_at: DateTime<Utc>,
    /// Where *Continue with Facebook* posts to.
    pub start: String,
}

/// A guided link that does not lead on.
#[derive(Clone, Debug)]
pub enum EndedLinkView {
    Unknown,
    /// May be replaced by a fresh one to the address on file: where that form posts to.
    Expired {
        fresh: String,
    },
    /// A fresh link was just asked for; shown whether or not one could be sent.
    FreshAsked,
    Revoked,
    /// The connection's state and when it took it. Nothing else is told.
    Spent {
        state: ConnectionState,
        since: DateTime<Utc>,
    },
}

/// Who signed in.
#[derive(Clone, Debug)]
pub struct PersonView {
    pub name: String,
    /// On Meta's hosts; never stored.
    pub picture: Option<String>,
    /// The token belongs to a business portfolio and not to a person.
    pub is_business: bool,
}

/// A permission that was asked and not given.
#[derive(Clone, Debug)]
pub struct MissingScope {
    pub scope: String,
    /// Without it the connection can do nothing for the agency.
    pub required: bool,
}

/// How a client may go on who did not allow everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoOn {
    /// Nothing that is required is missing.
    Freely,
    /// Without `ads_read` nothing can be listed: going on shows just that.
    NothingToList,
    /// Refused for the first time: Facebook is asked again before anything else.
    AfterAskingAgain,
    /// Refused again: the agency takes a limited connection.
    Limited,
    /// Refused again, and the agency takes no limited connection.
    NotAtAll,
}

/// *Is this you?*
#[derive(Clone, Debug)]
pub struct IdentityView {
    pub visit: Uuid,
    pub client_name: String,
    pub person: PersonView,
    pub missing: Vec<MissingScope>,
    pub go_on: GoOn,
    /// Who signed in for this client before, where that was somebody else.
    pub last_person: Option<String>,
    /// The permission does not end by itself.
    pub is_endless: bool,
}

/// Something long is at work; the page asks again by itself.
#[derive(Clone, Debug)]
pub enum ProgressView {
    /// The callback of another tab or of the first try is still being worked on.
    SigningIn,
    /// Ad accounts are being read: how many so far.
    Reading { found: u64 },
    /// Chosen accounts are being tested.
    Probing { done: u64, total: u64 },
}

/// One ad account to choose.
#[derive(Clone, Debug)]
pub struct AccountChoice {
    /// The number without `act_`.
    pub number: String,
    pub name: String,
    pub currency: String,
    pub status: AccountStatus,
    pub chosen: bool,
    pub probe: Option<Probe>,
}

/// Accounts under one roof: a business, or the person's own.
#[derive(Clone, Debug)]
pub struct AccountGroup {
    /// `None`: the person's own.
    pub business: Option<String>,
    pub accounts: Vec<AccountChoice>,
}

/// The choice of ad accounts: one page of it.
#[derive(Clone, Debug)]
pub struct AccountsView {
    pub visit: Uuid,
    pub person: PersonView,
    pub missing: Vec<MissingScope>,
    pub query: String,
    pub groups: Vec<AccountGroup>,
    /// How many there are in all, and how many match the search.
    pub total: u64,
    pub matching: u64,
    /// Counted from one.
    pub page: u64,
    pub pages: u64,
    /// Chosen in all, on other pages too.
    pub chosen: u64,
    pub form: FormState,
    /// The list could not be read to its end: what is here may not be all.
    pub incomplete: bool,
}

codes! {
    /// Why no ad account was found.
    NoAccountsReason {
        /// `ads_read` was not given.
        AdsScopeMissing = "ads_scope_missing",
        /// Nothing of their own, and businesses may not be looked through.
        BusinessScopeMissing = "business_scope_missing",
        /// Everything was given, and there is nothing.
        NothingThere = "nothing_there",
        /// The list could not be read.
        MetaUnavailable = "meta_unavailable",
    }
}

/// No ad account to choose.
#[derive(Clone, Debug)]
pub struct NoAccountsView {
    pub visit: Uuid,
    pub person: PersonView,
    pub reason: NoAccountsReason,
}

codes! {
    /// Why a way came to a halt. Closed: the words are in the catalogue (`stop-…-title`, `-text`).
    StopReason {
        /// Facebook says that permission was not given. No blame: Meta says so too for people who never cancelled.
        NotGiven = "not_given",
        /// The visit's 30 minutes are over.
        VisitOver = "visit_over",
        /// This browser is not the one that started (or keeps no cookies).
        OtherBrowser = "other_browser",
        /// The answer of Facebook came too late, or twice.
        LoginExpired = "login_expired",
        /// The code was spent, refused or lost: sign in again.
        TryAgain = "try_again",
        /// Meta cannot be reached or asks to wait.
        MetaUnavailable = "meta_unavailable",
        /// Meta refuses our app: the agency has to mend it.
        Misconfigured = "misconfigured",
        /// The token is not for this app or not for this person.
        NotOurs = "not_ours",
        /// Facebook Login for Business was refused as a whole: it knows no half.
        BusinessNotGiven = "business_not_given",
        /// We were stopped in the middle, and can go on with what we have.
        Interrupted = "interrupted",
        /// The login ended at Facebook before the accounts were read.
        LoginEnded = "login_ended",
        /// Facebook has blocked the person for now.
        Blocked = "blocked",
        /// The link behind this visit was revoked, or the client archived.
        LinkEnded = "link_ended",
        /// A backup by the person who is connected already is none.
        SecondPersonNeeded = "second_person_needed",
        /// Somebody went on with the link elsewhere since: another tab, another device, another person.
        Overtaken = "overtaken",
    }
}

/// A login beside a live connection that reaches none of its accounts.
#[derive(Clone, Debug)]
pub struct UnreachedView {
    pub visit: Uuid,
    pub person: PersonView,
    pub missing: Vec<MissingScope>,
    /// Why, and for how many accounts. Which they are is not told to a login that cannot see them.
    pub failures: Vec<(ProbeFailure, u64)>,
}

/// A halt, and the one next step.
#[derive(Clone, Debug)]
pub struct StoppedView {
    pub reason: StopReason,
    /// Where *Continue with Facebook* posts to, when this browser may go on from here.
    pub again: Option<String>,
    /// Where *Try again* posts to, when the login can go on without the person signing in once more.
    pub resume: Option<String>,
}

/// The client's part is done.
#[derive(Clone, Debug)]
pub struct DoneView {
    pub client_name: String,
    pub person_name: String,
    pub submitted_at: DateTime<Utc>,
    pub accounts: Vec<String>,
    /// Scopes that were given.
    pub scopes: Vec<String>,
    /// When Facebook wants to be asked again, for the token or for the data. `None`: never.
    pub expires_at: Option<DateTime<Utc>>,
    /// Facebook gave hours instead of weeks.
    pub is_short: bool,
    /// It was given for a business portfolio and not by a person.
    pub is_business: bool,
    pub email: String,
    pub state: ConnectionState,
}
