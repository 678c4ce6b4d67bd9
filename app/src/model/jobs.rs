//! Work that happens by itself, as its page shows it.

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
