//! What the lists of the desk are narrowed to, and how far their clients have come.

use super::state::codes;
use super::{ConnectionState, Days, MailState, TokenStatus};

/// Rows on a page of the list of clients, unless more are asked for.
pub const CLIENT_ROWS: u64 = 50;
/// Rows on such a page at most.
pub const CLIENT_ROWS_MAX: u64 = 1_000;

/// What a list of clients is narrowed to. What is empty lets everybody through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientFilter {
    /// Words in the name or in the address.
    pub query: String,
    pub state: Option<StateFilter>,
    /// What is known of the token of a connection that is in use.
    pub token: Option<TokenStatus>,
    pub ends: Option<Ends>,
    pub backup: Option<BackupFilter>,
}

impl ClientFilter {
    /// Whether it lets everybody through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a connection stands, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateFilter {
    /// Nobody has signed in yet.
    Nobody,
    In(ConnectionState),
}

impl StateFilter {
    /// What the address says for [`Self::Nobody`].
    const NOBODY: &'static str = "none";

    /// Those that the list offers: an archived client stands in no list.
    pub fn all() -> impl Iterator<Item = Self> {
        let states = ConnectionState::ALL.iter().copied();
        let listed = states.filter(|state| *state != ConnectionState::Archived);
        std::iter::once(Self::Nobody).chain(listed.map(Self::In))
    }

    /// As the address says it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => Self::NOBODY,
            Self::In(state) => state.code(),
        }
    }

    /// From what the address says.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|filter| filter.code() == code)
    }
}

codes! {
    /// When a token that is in use, or its access to data, ends.
    EndsFilter {
        Ended = "ended",
        /// From now on.
        Fortnight = "14",
        Sixty = "60",
    }
}

/// When a token that is in use, or its access to data, ends: as the list offers it, or on certain days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Offered(EndsFilter),
    On(Days),
}

impl Ends {
    /// As the address says it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Offered(ends) => ends.code().to_owned(),
            Self::On(days) => days.code(),
        }
    }

    /// From what the address says.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let offered = EndsFilter::from_code(code).map(Self::Offered);
        offered.or_else(|| Days::from_code(code).map(Self::On))
    }
}

codes! {
    /// What a client has to fall back on.
    BackupFilter {
        /// Approved, critical, and nothing that Meta takes.
        Missing = "missing",
    }
}

/// What the outbox shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailFilter {
    #[default]
    All,
    In(MailState),
    /// Given up, and the text is still there.
    ToSendAgain,
}

impl MailFilter {
    /// What the address says for [`Self::ToSendAgain`].
    const AGAIN: &'static str = "again";

    /// As the address says it; nothing for all.
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::In(state) => Some(state.code()),
            Self::ToSendAgain => Some(Self::AGAIN),
        }
    }

    /// From what the address says.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match MailState::from_code(code) {
            Some(state) => Self::In(state),
            None if code == Self::AGAIN => Self::ToSendAgain,
            None => Self::All,
        }
    }
}

codes! {
    /// What the queue shows.
    QueueTab {
        /// All that waits.
        Waiting = "waiting",
        /// What has waited for more than a day.
        Long = "long",
        Backups = "backups",
        Reconnections = "reconnections",
        Decided = "decided",
    }
}

/// How much waits, for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// All together.
    pub waiting: u64,
    /// For more than a day.
    pub long: u64,
    pub backups: u64,
    pub reconnections: u64,
}

codes! {
    /// A step of a client's way, in its order.
    Milestone {
        Invited = "invited",
        Opened = "opened",
        SignedIn = "signed_in",
        AccountsChosen = "accounts_chosen",
        Approved = "approved",
        Tested = "tested",
        BackupHeld = "backup_held",
    }
}

/// How far a client has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientProgress {
    /// In the order of [`Milestone::ALL`].
    reached: [bool; Milestone::ALL.len()],
}

impl ClientProgress {
    /// From what is known of each milestone.
    #[must_use]
    pub fn of(is_reached: impl Fn(Milestone) -> bool) -> Self {
        let mut reached = [false; Milestone::ALL.len()];
        for (index, milestone) in Milestone::ALL.iter().enumerate() {
            reached[index] = is_reached(*milestone);
        }
        Self { reached }
    }

    /// Every milestone, and whether it is reached.
    pub fn each(self) -> impl Iterator<Item = (Milestone, bool)> {
        Milestone::ALL.iter().copied().zip(self.reached)
    }

    /// How many are reached.
    #[must_use]
    pub fn count(self) -> u64 {
        self.reached
            .iter()
            .map(|is_reached| u64::from(*is_reached))
            .sum()
    }

    /// The first that is open.
    #[must_use]
    pub fn next(self) -> Option<Milestone> {
        { self.each() }
            .find(|(_, is_reached)| !is_reached)
            .map(|(milestone, _)| milestone)
    }
}

/// What a new agency has done so far. There is none once all of it is.
#[derive(Clone, Copy, Debug)]
pub struct SetupView {
    pub meta: MetaSetup,
    pub mail: MailSetup,
    pub has_client: bool,
    pub has_approval: bool,
}

impl SetupView {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.meta == MetaSetup::Done
            && self.mail == MailSetup::Done
            && self.has_client
            && self.has_approval
    }
}

/// Whether clients can be sent to Meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaSetup {
    Done,
    /// No app is configured.
    Missing,
    /// Meta refuses the one that is.
    Refused,
}

/// Whether mails arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSetup {
    /// One was delivered.
    Done,
    Untested,
    /// No mail server is configured: mails stay in the outbox.
    Kept,
}
