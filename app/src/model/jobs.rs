//! Work that happens by itself, as its page shows it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::state::codes;

codes! {
    /// What a job is to do.
    JobKind {
        SendMail = "send_mail",
        ReadAccounts = "read_accounts",
        ProbeAccounts = "probe_accounts",
        ProbeCandidate = "probe_candidate",
        RevokeToken = "revoke_token",
        /// Something that Meta told of a person.
        MetaEvent = "meta_event",
        /// Every token of an agency whose time has come.
        ValidateTokens = "validate_tokens",
        /// The ad accounts of an agency whose time has come.
        RefreshAccounts = "refresh_accounts",
        /// What is over in one agency.
        TidyAgency = "tidy_agency",
        /// What is over and belongs to nobody.
        TidyInstallation = "tidy_installation",
    }
}

codes! {
    /// Why a job came to nothing.
    JobTrouble {
        /// Meta could not be reached, or would not have it.
        Meta = "meta",
        NoMetaApp = "no_meta_app",
        Database = "database",
        /// A sealed value does not open: its key is not in the ring.
        Sealed = "sealed",
        /// The process that worked on it ended, each time.
        Lost = "lost",
        /// Ours to mend.
        Defect = "defect",
    }
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    pub id: Uuid,
    pub kind: JobKind,
    /// Whom it was for: id and name.
    pub client: Option<(Uuid, String)>,
    pub trouble: JobTrouble,
    /// What went wrong at the last try, for whoever mends it.
    pub error: Option<String>,
    pub tries: u32,
    pub enqueued_at: DateTime<Utc>,
    pub given_up_at: DateTime<Utc>,
}

/// Jobs of a kind that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownJobs {
    /// As the newer version named it.
    pub kind: String,
    pub count: u64,
    pub since: DateTime<Utc>,
}

/// What was given up, and what waits for a newer version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobsView {
    /// All of them, not only those of this page.
    pub count: u64,
    pub jobs: Vec<JobRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    pub unknown: Vec<UnknownJobs>,
    pub may_mend: bool,
}
