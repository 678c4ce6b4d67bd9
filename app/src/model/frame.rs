use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{AnswerClass, Role, TokenStatus};

/// What every page needs beside its own view.
#[derive(Clone, Debug)]
pub struct Frame {
    pub agency: AgencyView,
    /// The person who is signed in, on the admin's pages.
    pub staff: Option<StaffView>,
    /// The moment of rendering, from the server's clock: pages never look at a clock themselves.
    pub now: DateTime<Utc>,
    /// The path of this page, to mark where one is in the navigation.
    pub path: String,
    /// What the last action led to, shown above the page.
    pub notice: Option<Notice>,
}

/// The agency as its clients see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencyView {
    pub name: String,
    pub support_email: Option<String>,
    /// The path of the stylesheet with its colour, if it has chosen one.
    pub stylesheet: Option<String>,
    pub logo: Option<LogoView>,
}

/// The agency's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoView {
    pub path: String,
    /// In pixels, as the file says.
    pub width: u32,
    pub height: u32,
    /// What it shows, for those who cannot see it. Empty where it is but the name, which stands beside it.
    pub alt: String,
}

/// A member of the agency's staff who looks at a page.
#[derive(Clone, Debug)]
pub struct StaffView {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    /// How many connections wait in the queue, for the navigation.
    pub waiting: u64,
    /// How many things need a person, for the navigation.
    pub needs: u64,
    /// The settings, the team among them, are shown in the navigation.
    pub may_see_settings: bool,
}

/// What an action led to. A closed code, kept sealed for the page that comes after: nobody can put words on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Notice {
    ClientAdded,
    LinkSent,
    LinkResent,
    LinksRevoked,
    /// A link was made to copy; it is on the page.
    LinkCopied,
    Approved {
        count: u64,
    },
    Rejected {
        count: u64,
    },
    /// Somebody was quicker: who, what they decided and when, one for each connection.
    AlreadyDecided {
        mine: u64,
        others: Vec<OtherDecision>,
    },
    /// Connections that were changed by their clients since the page was loaded; they still wait.
    ChangedMeanwhile {
        mine: u64,
        changed: u64,
    },
    /// The client's connection waits or is live: no link is needed.
    AlreadyConnected,
    /// A backup stands beside a connection that is in use, and there is none.
    NothingToBackUp,
    /// A backup waits for a decision already.
    BackupWaits,
    /// Meta said how a token stands.
    TokenChecked {
        status: TokenStatus,
    },
    /// Meta could not say how a token stands: why, and what is known from before.
    TokenNotChecked {
        class: AnswerClass,
        last_known: TokenStatus,
        validated_at: Option<DateTime<Utc>>,
    },
    TooManyChecks,
    /// A test call was made to each chosen ad account.
    ConnectionTested {
        chosen: u64,
        answered: u64,
        /// Not to be had any more; what is neither could not be said.
        lost: u64,
    },
    MailQueuedAgain,
    TestMailQueued,
    TooManyTestMails,
    JobsRunAgain {
        count: u64,
    },
    JobDismissed,
    /// It was run again or dismissed before.
    JobSettled,
    PasswordChanged,
    SignedOut,
    SecondFactorAdded,
    SecondFactorRemoved,
    RecoveryCodesMade,
    /// Signed in with a recovery code.
    RecoveryCodeUsed,
    SessionEnded,
    PersonDisabled,
    PersonEnabled,
    SecondFactorReset,
    SecondFactorRequired,
    SecondFactorOptional,
    AgencySaved,
    /// The settings' page wears a colour that is not saved.
    ColourTriedOn,
    /// Nothing was ticked when a decision about several was asked for.
    NothingChosen,
    TooManyMails,
    /// The agency was told that a client needs help.
    HelpAsked,
}

/// A decision that somebody else had taken before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherDecision {
    pub client_name: String,
    pub decided_by: String,
    pub state: super::ConnectionState,
    pub at: DateTime<Utc>,
}
