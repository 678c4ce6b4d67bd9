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
    /// The whole address of this page, to be opened in another browser.
    pub link: String,
    /// The page is shown inside an app, whose window often breaks logins.
    pub in_app: Option<InAppBrowser>,
}

codes! {
    /// An app whose own window shows a link, by what its browser says of itself.
    InApp {
        Facebook = "facebook",
        Messenger = "messenger",
        Instagram = "instagram",
        LinkedIn = "linkedin",
        /// A window that does not say whose it is: Gmail on an iPhone, among many others.
        Unnamed = "unnamed",
    }
}

codes! {
    /// The kind of phone, which decides where the menu is.
    Phone { Apple = "apple", Android = "android" }
}

/// The window of an app in place of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InAppBrowser {
    pub app: InApp,
    pub phone: Phone,
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
    /// Meta told what the person may do with the account, and it is nothing.
    pub without_role: bool,
}

/// Stands in forms for the accounts of no business, where else Meta's id of one stands.
pub const OWN_ACCOUNTS: &str = "own";

/// Accounts under one roof: a business, or the person's own.
#[derive(Clone, Debug)]
pub struct AccountGroup {
    /// Meta's id of the business. `None`: the person's own.
    pub id: Option<String>,
    /// Its name. `None`: the person's own.
    pub business: Option<String>,
    pub accounts: Vec<AccountChoice>,
    /// How many of it match the search and can be chosen, on other pages too.
    pub open: u64,
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
    /// Accounts that did not answer the last test call and are no longer chosen, wherever in the list they are.
    pub failed: Vec<AccountChoice>,
}

codes! {
    /// Why there is no ad account to choose. Which of them it is decides `server::domain::diagnosis`.
    NoAccountsReason {
        /// `ads_read` was not given.
        AdsScopeMissing = "ads_scope_missing",
        /// Nothing of their own, and businesses may not be looked through.
        BusinessScopeMissing = "business_scope_missing",
        /// The permission was limited to chosen objects, and none was ticked.
        AssetsNotTicked = "assets_not_ticked",
        /// The permission was limited to chosen accounts, and Meta lists none of them.
        AssetsUnreachable = "assets_unreachable",
        /// Meta refuses the list although the permission was given.
        ListRefused = "list_refused",
        /// They belong to a business portfolio whose ad accounts Meta does not show them.
        BusinessRefused = "business_refused",
        /// They belong to a business portfolio, and it holds no ad account.
        BusinessEmpty = "business_empty",
        /// There are accounts, and all of them are closed.
        AllClosed = "all_closed",
        /// Everything was given, and there is nothing: no role on any account, no portfolio.
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
    /// Names of the accounts that are there and cannot be chosen, a few of them.
    pub closed: Vec<String>,
}

/// *Pass this on*: a link for somebody else.
#[derive(Clone, Debug)]
pub struct PassOnView {
    pub visit: Uuid,
    pub client_name: String,
    /// Just made, and shown this once; `None` before.
    pub link: Option<String>,
    /// The link behind this visit leads nowhere any more, so none can be made from it.
    pub link_ended: bool,
    /// Until when a link works.
    pub expires_at: DateTime<Utc>,
}

codes! {
    /// Where somebody stands who asks for help.
    HelpStep {
        SigningIn = "signing_in",
        Identity = "identity",
        Reading = "reading",
        Choosing = "choosing",
        Testing = "testing",
        NoAccounts = "no_accounts",
        Stopped = "stopped",
    }
}

/// What somebody who asks for help is told of their case; the mail says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpCase {
    /// Nothing is known to be wrong.
    Open,
    NoAccounts(NoAccountsReason),
    Stopped(StopReason),
    /// So many chosen accounts did not answer the test call.
    ProbesFailed(u64),
}

impl HelpCase {
    /// The key of its words, which may name a `count`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Open => "help-case-open".to_owned(),
            Self::NoAccounts(reason) => format!("no-accounts-{}-case", reason.code()),
            Self::Stopped(reason) => format!("stop-{}-title", reason.code()),
            Self::ProbesFailed(_) => "help-case-probes".to_owned(),
        }
    }

    /// The `count` in its words.
    #[must_use]
    pub const fn count(self) -> u64 {
        match self {
            Self::ProbesFailed(count) => count,
            _ => 0,
        }
    }
}

impl HelpStep {
    /// The key of its words.
    #[must_use]
    pub fn key(self) -> String {
        format!("help-step-{}", self.code())
    }
}

/// *Ask for help*.
#[derive(Clone, Debug)]
pub struct HelpView {
    pub visit: Uuid,
    pub client_name: String,
    /// Where the answer will go.
    pub email: String,
    /// Who signed in with Facebook.
    pub person_name: Option<String>,
    pub step: HelpStep,
    pub case: HelpCase,
}

codes! {
    /// Why a way came to a halt. Closed: the words are in the catalogue (`stop-…-title`, `-text`).
    StopReason {
        /// Facebook says that permission was not given. No blame: Meta says so too for people who never cancelled.
        NotGiven = "not_given",
        /// The visit's 30 minutes are over.
        VisitOver = "visit_over",
        /// This browser is not the one that started.
        OtherBrowser = "other_browser",
        /// The browser came back without the cookie that it was given.
        CookiesOff = "cookies_off",
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

codes! {
    /// How far the deletion of a person's data is.
    DeletionState {
        Received = "received",
        /// One agency of several is done.
        Doing = "doing",
        Done = "done",
        /// Nothing was known of the person.
        Nothing = "nothing",
    }
}

/// How far the deletion of a person's data is. Nothing in it tells who they are: whoever has the address may read it.
#[derive(Clone, Debug)]
pub struct DeletionView {
    pub state: DeletionState,
    pub received_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    /// Connections that they were taken out of.
    pub connections: u64,
    /// Who had the data.
    pub contacts: Vec<Contact>,
}

/// Whom to ask at an agency.
#[derive(Clone, Debug)]
pub struct Contact {
    pub agency: String,
    pub email: Option<String>,
}
