//! The kinds of job. A kind that is added to [`JobKind`] gets its constant and its place here, and what it runs in
//! `jobs`.

use app::model::JobKind;

use crate::domain::urgency::Urgency;

pub const SEND_MAIL: JobKind = JobKind::SendMail;
pub const READ_ACCOUNTS: JobKind = JobKind::ReadAccounts;
pub const PROBE_ACCOUNTS: JobKind = JobKind::ProbeAccounts;
pub const PROBE_CANDIDATE: JobKind = JobKind::ProbeCandidate;
pub const REVOKE_TOKEN: JobKind = JobKind::RevokeToken;
/// About something that Meta told of a person.
pub const META_EVENT: JobKind = JobKind::MetaEvent;
/// About the agency itself.
pub const VALIDATE_TOKENS: JobKind = JobKind::ValidateTokens;
/// About the agency itself.
pub const REFRESH_ACCOUNTS: JobKind = JobKind::RefreshAccounts;
/// About the agency itself.
pub const TIDY_AGENCY: JobKind = JobKind::TidyAgency;
/// About the first agency.
pub const TIDY_INSTALLATION: JobKind = JobKind::TidyInstallation;

/// How urgent a kind is.
#[must_use]
pub const fn urgency(kind: JobKind) -> Urgency {
    match kind {
        READ_ACCOUNTS | PROBE_ACCOUNTS | PROBE_CANDIDATE => Urgency::Waiting,
        SEND_MAIL | REVOKE_TOKEN | META_EVENT => Urgency::Soon,
        VALIDATE_TOKENS | REFRESH_ACCOUNTS => Urgency::Bulk,
        TIDY_AGENCY | TIDY_INSTALLATION => Urgency::Upkeep,
    }
}

/// Tries of a kind until a job of it is given up.
#[must_use]
pub const fn tries(kind: JobKind) -> i32 {
    match kind {
        // Somebody waits in front of the page.
        READ_ACCOUNTS | PROBE_ACCOUNTS | PROBE_CANDIDATE => 4,
        REVOKE_TOKEN | VALIDATE_TOKENS | REFRESH_ACCOUNTS | TIDY_AGENCY | TIDY_INSTALLATION => 10,
        // Mail keeps its own count; these are failures of ours, such as a database that is down.
        SEND_MAIL | META_EVENT => 20,
    }
}
